from django.urls import path

from . import views

urlpatterns = [
    path("invitations/<str:token>/", views.open_invitation, name="invitation"),
]
