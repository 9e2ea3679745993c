"""Settings with sessions and users from the database and no context processors. wsgi.py sets the middleware."""

from config.settings.production import *
from config.settings.production import BASE_DIR

ROOT_URLCONF = "benchmarks.reference.urls"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "benchmarks/reference/templates"],
    }
]
