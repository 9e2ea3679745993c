import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
# Set after setup, because allauth, whose tables the apps need, refuses to start without its middleware.
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()
