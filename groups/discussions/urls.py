from django.urls import path

from moderation.hiding.views import hide_page, restore_page

from .comments import views
from .mentions import views as mention_views
from .polls import views as poll_views
from .topics import views as topic_views

urlpatterns = [
    path("comments/<int:pk>/", views.comment, name="comment"),
    path("comments/<int:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/versions/", views.comment_versions, name="comment_versions"),
    path("comments/<int:pk>/withdraw/", views.comment_withdraw, name="comment_withdraw"),
    path("comments/<int:pk>/hide/", hide_page, {"kind": "comment"}, name="comment_hide"),
    path("comments/<int:pk>/restore/", restore_page, {"kind": "comment"}, name="comment_restore"),
    path("discussions/", topic_views.topic_list, name="topic_list"),
    path("discussions/people/", mention_views.people_to_name, name="people_to_name"),
    path("discussions/new/", topic_views.topic_new, name="topic_new"),
    path("discussions/<int:pk>/change/", topic_views.topic_change, name="topic_change"),
    path("discussions/<int:pk>/hide/", hide_page, {"kind": "topic"}, name="topic_hide"),
    path("discussions/<int:pk>/restore/", restore_page, {"kind": "topic"}, name="topic_restore"),
    path("discussions/<int:pk>/poll/new/", poll_views.poll_new, name="poll_new"),
    path("discussions/<int:pk>/poll/vote/", topic_views.poll_vote, name="poll_vote"),
    path("discussions/<int:pk>/poll/change/", poll_views.poll_change, name="poll_change"),
    # The digits and the dash keep a title from being taken for an action.
    path("discussions/<int:pk>-<slug:slug>/", topic_views.topic, name="topic"),
    # Last, because any slug matches.
    path("discussions/<int:pk>/", topic_views.topic_old_address, name="topic_old_address"),
    path("discussions/<int:pk>/<slug:slug>/", topic_views.topic_old_address, name="topic_old_address"),
]
