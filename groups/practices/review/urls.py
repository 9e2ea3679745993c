"""URLs for leads and authors. Reviewers work in the Wagtail admin."""

from django.urls import path

from . import views

urlpatterns = [
    path("sign-off/", views.sign_off_list, name="sign_off_list"),
    path("sign-off/<slug:slug>/", views.sign_off_choice, name="sign_off_choice"),
    path("<int:pk>/sign-off/", views.practice_sign_off, name="practice_sign_off"),
    path("<int:pk>/history/", views.practice_history, name="practice_history"),
    path("<int:pk>/appeal/", views.practice_appeal, name="practice_appeal"),
    path("<int:pk>/still-true/", views.practice_still_true, name="practice_still_true"),
]
