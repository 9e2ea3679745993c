from django.urls import path

from . import collection_views, shelf_views, views

urlpatterns = [
    path("practices/", views.practice_list, name="practice_list"),
    path("practices/saved/", shelf_views.practice_saved, name="practice_saved"),
    path("practices/following/", shelf_views.following, name="following"),
    path("practices/follow/", shelf_views.follow_view, name="follow"),
    path("practices/<int:pk>/save/", shelf_views.practice_save, name="practice_save"),
    path("practices/<int:pk>/collect/", collection_views.practice_collect, name="practice_collect"),
    path("collections/", collection_views.collections, name="collections"),
    path("collections/new/", collection_views.collection_new, name="collection_new"),
    path("collections/<int:pk>/", collection_views.collection, name="collection"),
    path("collections/<int:pk>/edit/", collection_views.collection_edit, name="collection_edit"),
    path("collections/<int:pk>/delete/", collection_views.collection_delete, name="collection_delete"),
    path("collections/<int:pk>/change/", collection_views.collection_change, name="collection_change"),
]
