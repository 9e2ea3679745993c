from django.urls import path

from . import views

urlpatterns = [
    path("learning/", views.index, name="learning"),
    path("learning/mine/", views.mine, name="learning_mine"),
    path("learning/<str:slug>/", views.detail, name="resource"),
    path("learning/<int:pk>/done/", views.done, name="learning_done"),
    path("learning/<int:pk>/undone/", views.undone, name="learning_undone"),
]
