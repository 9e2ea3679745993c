from django.urls import include, path

from .page import own_views, views

urlpatterns = [
    path("", include("groups.practices.finding.urls")),
    path("practices/mine/", own_views.practice_mine, name="practice_mine"),
    path("practices/", include("groups.practices.writing.urls")),
    path("practices/", include("groups.practices.review.urls")),
    path("practices/", include("groups.practices.reuse.urls")),
    path("practices/<int:pk>/preview/", own_views.practice_preview, name="practice_preview"),
    path("practices/<int:pk>/export/", own_views.practice_export, name="practice_export"),
    # Last, because a slug can be any word.
    path("practices/<int:pk>/<slug:slug>/", views.practice_detail, name="practice"),
]
