from django.urls import path

from . import views

urlpatterns = [
    path("new/", views.practice_new, name="practice_new"),
    path("<int:pk>/edit/", views.practice_edit, name="practice_edit"),
    path("<int:pk>/submit/", views.practice_submit, name="practice_submit"),
    path("<int:pk>/withdraw/", views.practice_withdraw, name="practice_withdraw"),
]
