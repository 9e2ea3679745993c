from django.urls import path

from .views import browse, edit

urlpatterns = [
    path("schools/", browse.school_list, name="school_list"),
    path("schools/<slug:slug>/", browse.school_page, name="school"),
    path("schools/<slug:slug>/edit/", edit.edit_school, name="edit_school"),
    path("schools/<slug:slug>/preview/", edit.preview_school, name="preview_school"),
    path("schools/<slug:slug>/pictures/", edit.school_pictures, name="school_pictures"),
    path("schools/<slug:slug>/pictures/<int:pk>/remove/", edit.remove_picture, name="remove_picture"),
]
