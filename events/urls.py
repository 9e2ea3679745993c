from django.urls import path

from . import views

urlpatterns = [
    path("events/", views.index, name="events"),
    path("events/<str:slug>/", views.detail, name="event"),
    path("events/<str:slug>/register/", views.register_view, name="event_register"),
    path("events/<str:slug>/cancel/", views.cancel_view, name="event_cancel"),
    path("events/<str:slug>/join/", views.join, name="event_join"),
]
