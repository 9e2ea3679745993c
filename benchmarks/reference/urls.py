from django.urls import path

from . import views

urlpatterns = [
    path("auth/", views.auth),
    path("tpl20/", views.tpl20),
    path("register/<slug:slug>/<int:school>/", views.register),
]
