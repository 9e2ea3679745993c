from django.urls import path

from .views import reading, writing

urlpatterns = [
    path("practices/", reading.practice_list, name="practice_list"),
    path("practices/new/", writing.practice_new, name="practice_new"),
    path("practices/mine/", reading.practice_mine, name="practice_mine"),
    path("practices/<int:pk>/edit/", writing.practice_edit, name="practice_edit"),
    path("practices/<int:pk>/preview/", reading.practice_preview, name="practice_preview"),
    path("practices/<int:pk>/history/", reading.practice_history, name="practice_history"),
    path("practices/<int:pk>/export/", reading.practice_export, name="practice_export"),
    path("practices/<int:pk>/submit/", writing.practice_submit, name="practice_submit"),
    path("practices/<int:pk>/withdraw/", writing.practice_withdraw, name="practice_withdraw"),
    path("practices/<int:pk>/<slug:slug>/", reading.practice_detail, name="practice"),
]
