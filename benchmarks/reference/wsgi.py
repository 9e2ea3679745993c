import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
# Only now: allauth, whose tables the rooms need, refuses to start without a middleware of its own.
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()
