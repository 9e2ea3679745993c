"""The test suite: the same code on whichever database DATABASE_URL names."""

import os
import tempfile
from pathlib import Path

from .base import *
from .base import CACHES, DATABASES, INSTALLED_APPS, MIDDLEWARE, REDIS_URL

SECRET_KEY = "tests"  # noqa: S105
DEBUG = False
TESTING = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="etwinning-schools-test-"))
STATIC_ROOT = MEDIA_ROOT / "static"
STATIC_ROOT.mkdir()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the race tests open several connections.
    DATABASES["default"]["TEST"] = {"NAME": str(MEDIA_ROOT / "test.sqlite3")}
if REDIS_URL:
    # Tests empty the cache: each process has a Redis database of its own, counted down from the last.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{15 - worker % 8}"
# With Redis a session costs no query: the numbers that tests expect are those without it.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Set to True by the tests of the second factor.
REQUIRE_MODERATOR_SECOND_FACTOR = False
# Every lazy load inside a loop is an error in tests.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_ALLOWLIST = [
    {"model": "wagtailcore.*"},
    {"model": "wagtailimages.*"},
    {"model": "practices.ModerationTask"},
    # Django asks for each kind once and remembers it.
    {"model": "contenttypes.ContentType", "field": "get()"},
    # A page borrowed by a language without pages looks for the translation of each of its few links.
    {"model": "home.StandardPage", "field": "get()"},
    # Each message is written once per person, and several people are told in one request.
    {"model": "notifications.Message", "field": "get()"},
    # Wagtail looks up what a version refers to, and each row that it indexes, one by one.
    {"model": "content.Site*", "field": "get()"},
    # A size that nobody has asked for yet is made when it is first shown.
    {"model": "content.SiteImage", "field": "renditions"},
    # It deletes the files of a picture's sizes one by one.
    {"model": "content.Rendition", "field": "image"},
    # The tree and Wagtail ask for the parent of a new page, each for itself.
    {"model": "events.EventIndexPage", "field": "get()"},
    {"model": "practices.Practice", "field": "get()"},
    {"model": "community.School", "field": "get()"},
    {"model": "community.User", "field": "get()"},
]
