from django.urls import path

from community.access import public

from . import views
from .bridges.event_practice import event_to_practice
from .bridges.practice_discussion import practice_discussion, practice_listen
from .metadata.feeds import EventFeed, PracticeFeed
from .public_pages import views as visitor_views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("feeds/practices/", public(PracticeFeed()), name="practice_feed"),
    path("feeds/events/", public(EventFeed()), name="public_event_feed"),
    path("search/", views.search, name="search"),
    path("events/<str:slug>/to-practice/", event_to_practice, name="event_to_practice"),
    path("practices/<int:pk>/discussion/", practice_discussion, name="practice_discussion"),
    path("practices/<int:pk>/discussion/listen/", practice_listen, name="practice_listen"),
    path("search/suggestions/", views.suggest, name="suggestions"),
    path("language/", visitor_views.choose_language, name="choose_language"),
    path("language/page/<int:pk>/", visitor_views.page_translation, name="page_translation"),
    path("feedback/", visitor_views.feedback, name="feedback"),
    path("feedback/sent/", visitor_views.feedback_sent, name="feedback_sent"),
]
