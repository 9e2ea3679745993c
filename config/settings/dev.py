"""Settings for development and the demonstration (`make run`)."""

from .base import *
from .base import INSTALLED_APPS, STATIC_ROOT, env

DEBUG = env.bool("DEBUG", default=True)
# Serve static files from their source folders, whatever DEBUG is.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
# Demonstration data and one-click personas on the sign-in page.
DEMO = env.bool("DEMO", default=True)
SECRET_KEY = "only-for-a-developers-machine-and-the-demonstration"  # noqa: S105 production requires its own
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# Anyone can become a demonstration moderator with one click; the site's banner says so.
REQUIRE_MODERATOR_SECOND_FACTOR = env.bool("REQUIRE_MODERATOR_SECOND_FACTOR", default=not DEMO)
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
