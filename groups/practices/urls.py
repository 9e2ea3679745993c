from django.urls import include, path

from .page import old_addresses, own_views, views

urlpatterns = [
    path("", include("groups.practices.finding.urls")),
    path("practices/mine/", own_views.practice_mine, name="practice_mine"),
    path("practices/", include("groups.practices.writing.urls")),
    path("practices/", include("groups.practices.review.urls")),
    path("practices/", include("groups.practices.reuse.urls")),
    path("practices/<int:pk>/preview/", own_views.practice_preview, name="practice_preview"),
    path("practices/<int:pk>/export/", own_views.practice_export, name="practice_export"),
    # The digits and the dash keep a title from being taken for an action.
    path("practices/<int:pk>-<slug:slug>/", views.practice_detail, name="practice"),
    # Last, because any slug matches.
    path("practices/<int:pk>/", old_addresses.practice_old_address, name="practice_old_address"),
    path("practices/<int:pk>/<slug:slug>/", old_addresses.practice_old_address, name="practice_old_address"),
]
