from django.conf import settings
from django.urls import path

from community.access import public

from . import views
from .demo.sign_in import sign_in_as
from .machines.feeds import EventFeed, PracticeFeed

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("feeds/practices/", public(PracticeFeed()), name="practice_feed"),
    path("feeds/events/", public(EventFeed()), name="public_event_feed"),
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggest, name="suggestions"),
]

if settings.DEMO:
    urlpatterns.append(path("demo/sign-in/<slug:persona>/", sign_in_as, name="demo_sign_in"))
