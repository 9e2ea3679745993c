from django.urls import include, path

from .finding import views as finding
from .views import reading

urlpatterns = [
    path("", include("groups.finding.urls")),
    path("practices/mine/", reading.practice_mine, name="practice_mine"),
    path("practices/", include("groups.writing.urls")),
    path("practices/", include("groups.review.urls")),
    path("practices/", include("groups.reuse.urls")),
    path("", include("groups.discussion.urls")),
    path("practices/<int:pk>/preview/", reading.practice_preview, name="practice_preview"),
    path("practices/<int:pk>/export/", reading.practice_export, name="practice_export"),
    # Last, because a slug can be any word.
    path("practices/<int:pk>/<slug:slug>/", finding.practice_detail, name="practice"),
]
