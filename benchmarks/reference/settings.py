"""Sessions and users from the database, and no context processor; the middleware stands in wsgi.py."""

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
