from django.conf import settings
from django.urls import path

from . import views
from .demo.sign_in import sign_in_as

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggest, name="suggestions"),
]

if settings.DEMO:
    urlpatterns.append(path("demo/sign-in/<slug:persona>/", sign_in_as, name="demo_sign_in"))
