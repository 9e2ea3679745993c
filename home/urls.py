from django.urls import path

from community.access import public

from .bridges.event_practice import event_to_practice
from .bridges.practice_discussion import practice_discussion, practice_listen
from .dashboard.views import dashboard
from .feedback.views import feedback, feedback_sent
from .metadata.feeds import EventFeed, PracticeFeed
from .public_pages.views import choose_language, page_translation
from .search.views import search, suggest

urlpatterns = [
    path("dashboard/", dashboard, name="dashboard"),
    path("feeds/practices/", public(PracticeFeed()), name="practice_feed"),
    path("feeds/events/", public(EventFeed()), name="public_event_feed"),
    path("search/", search, name="search"),
    path("events/<str:slug>/to-practice/", event_to_practice, name="event_to_practice"),
    path("practices/<int:pk>/discussion/", practice_discussion, name="practice_discussion"),
    path("practices/<int:pk>/discussion/listen/", practice_listen, name="practice_listen"),
    path("search/suggestions/", suggest, name="suggestions"),
    path("language/", choose_language, name="choose_language"),
    path("language/page/<int:pk>/", page_translation, name="page_translation"),
    path("feedback/", feedback, name="feedback"),
    path("feedback/sent/", feedback_sent, name="feedback_sent"),
]
