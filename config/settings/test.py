"""Test settings, for whichever database DATABASE_URL names."""

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
    # A file rather than memory, because the race tests open several connections.
    DATABASES["default"]["TEST"] = {"NAME": str(MEDIA_ROOT / "test.sqlite3")}
if REDIS_URL:
    # Tests flush the cache, so each worker gets its own Redis database, counting down from 15.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{15 - worker % 8}"
# With Redis, sessions cost no queries; the query-count tests assume the database backend.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# The second-factor tests set this to True.
REQUIRE_MODERATOR_SECOND_FACTOR = False
# The tests of the demonstration set this to True.
DEMO = False
# zeal turns every N+1 query into an error.
INSTALLED_APPS = [*INSTALLED_APPS, "demo", "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_ALLOWLIST = [
    {"model": "wagtailcore.*"},
    {"model": "wagtailimages.*"},
    {"model": "practices.ModerationTask"},
    # Django queries each content type once and caches it.
    {"model": "contenttypes.ContentType", "field": "get()"},
    # A page borrowed by a language without its own pages looks up the translation of each of its few links.
    {"model": "home.StandardPage", "field": "get()"},
    # Each message is written once per person, and one request may notify several people.
    {"model": "notifications.Message", "field": "get()"},
    # The policy reads each person's access on its own, and one request may notify several people.
    {"model": "community.User", "field": "memberships"},
    # Wagtail looks up a revision's references, and each row it indexes, one by one.
    {"model": "content.Site*", "field": "get()"},
    # Renditions are created on first display.
    {"model": "content.SiteImage", "field": "renditions"},
    # Renditions' files are deleted one by one.
    {"model": "content.Rendition", "field": "image"},
    # The page tree and Wagtail each load the parent of a new page.
    {"model": "events.EventIndexPage", "field": "get()"},
    {"model": "practices.Practice", "field": "get()"},
    {"model": "community.School", "field": "get()"},
    {"model": "community.User", "field": "get()"},
]
