"""Settings shared by all environments. The README lists the environment variables."""

from pathlib import Path
from urllib.parse import urljoin

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))

# -- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "notifications",
    "community",
    "content",
    "directory",
    "groups.practices",
    "groups.discussions",
    "events",
    "moderation",
    "learning",
    "home",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_countries",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "wagtail_localize",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "community.user_admin_app.PeopleAdminConfig",
    "wagtail.admin",
    "wagtail.search",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.middleware.TimeZoneMiddleware",
    "home.public_pages.languages.LanguageMiddleware",
    "community.middleware.AccessMiddleware",
    "home.frame.refusals.WrongMethodMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.frame.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Data at rest -----------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock when a transaction begins, so read-then-write transactions cannot interleave.
        "transaction_mode": "IMMEDIATE",
        # Seconds a writer waits for the lock; a burst of registrations takes a while on a slow machine.
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # JIT compilation added 100 ms to a query of 2 ms when searching 5,000 schools.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    SESSION_ENGINE = "django.contrib.sessions.backends.db"

TASKS = {
    "default": {"BACKEND": env("TASK_BACKEND", default="django_tasks.backends.immediate.ImmediateBackend")},
}

# -- Files: no public media URL, content/gate.py serves every file -------------------------------

MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(DATA_DIR / "media")))
# Django's default helpers would serve files here without an access check, so nothing is ever mounted at this URL.
MEDIA_URL = "/files-are-not-served-here/"
# Behind nginx: the internal location that the gate uses in X-Accel-Redirect. Empty: the gate streams files itself.
X_ACCEL_LOCATION = env("X_ACCEL_LOCATION", default="")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"base_url": "/files/"},  # served by the gate, see config/urls.py
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# -- Languages and time -----------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("tr", "Türkçe")]
# Open Graph requires a territory.
OPEN_GRAPH_LOCALES = {"en": "en_GB", "tr": "tr_TR"}
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"
# Public pages have a tree per language; events, learning pages and practices exist once (docs/decisions/0011).
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Translations start as drafts: submitting a page must not publish a copy in the wrong language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
COUNTRIES_OVERRIDE = {"XK": _("Kosovo")}

# -- People and sign-in -----------------------------------------------------------------------

AUTH_USER_MODEL = "community.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ACCOUNT_ADAPTER = "community.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "community.sign_in.signup.InvitedSignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "community.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# In addition to allauth's own limits: the feedback form (home/feedback/views.py), writing in groups
# (community/rate_limits.py), proposals (events/proposing/views.py) and uploads (content/uploads.py). Only visitors are
# limited by IP address, because a whole school shares one.
ACCOUNT_RATE_LIMITS = {
    "visitor_feedback": "5/h/ip",
    "feedback": "5/h/user",
    "comment": "6/m/user,60/h/user",
    "topic": "5/h/user",
    "report": "20/h/user",
    "vote": "20/m/user",
    # Each one sends a message to someone else.
    "invite": "20/h/user",
    "submit": "20/h/user",
    "propose": "10/h/user",
    # One full practice has 18 files.
    "upload": "40/m/user,200/h/user",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "eTwinning Schools"
MFA_FORMS = {
    "add_webauthn": "community.sign_in.key_forms.AddKeyForm",
    "edit_webauthn": "community.sign_in.key_forms.RenameKeyForm",
}
SOCIALACCOUNT_ADAPTER = "community.sign_in.adapters.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": "community.sign_in.signup.InvitedSocialSignupForm"}
# External accounts are linked by subject, never by a matching email address.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", default="")
if OIDC_CLIENT_ID:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env("OIDC_NAME"),
                    "client_id": OIDC_CLIENT_ID,
                    "secret": env("OIDC_SECRET"),
                    "settings": {"server_url": env("OIDC_SERVER_URL"), "oauth_pkce_enabled": True},
                }
            ]
        }
    }
# Moderators need a second factor. Only the development settings can switch this off, for the demonstration.
REQUIRE_MODERATOR_SECOND_FACTOR = True
# Reviews a good practice needs before publication, at most three.
REVIEWERS_PER_PRACTICE = env.int("REVIEWERS_PER_PRACTICE", default=2)
# Days after a label's end during which members may still read but not contribute.
GRACE_DAYS = env.int("GRACE_DAYS", default=120)
TESTING = False

# -- Mail -------------------------------------------------------------------------------------

SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="eTwinning Schools <noreply@localhost>")
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))

# -- Video calls for online events, see events/joining/providers.py ------------------------------

CONFERENCE = {
    # `link`: organisers enter an address for each event. `jitsi`, `bigbluebutton`: rooms are created on the server.
    "PROVIDER": env("CONFERENCE_PROVIDER", default="link"),
    "APP_ID": env("CONFERENCE_APP_ID", default=""),
    "SECRET": env("CONFERENCE_SECRET", default=""),
    "URL": env("CONFERENCE_URL", default=""),
}
if CONFERENCE["PROVIDER"] not in ("link", "jitsi", "bigbluebutton"):
    raise ImproperlyConfigured("CONFERENCE_PROVIDER is link, jitsi or bigbluebutton.")
if CONFERENCE["PROVIDER"] != "link" and not CONFERENCE["URL"].startswith("https://"):
    raise ImproperlyConfigured("CONFERENCE_URL is the https address of the conference server.")
if CONFERENCE["PROVIDER"] == "bigbluebutton" and not CONFERENCE["SECRET"]:
    raise ImproperlyConfigured("CONFERENCE_SECRET is the shared secret of the BigBlueButton server.")

# -- Logging ----------------------------------------------------------------------------------

# Errors go to stderr. By default Django would only email them, and no recipients are configured.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

# -- Security ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        # Video players load only after a click, see content/blocks.py.
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Third-party sign-in answers a form with a redirect, and browsers apply form-action to its target too.
        "form-action": [SELF, *([urljoin(env("OIDC_SERVER_URL"), "/")] if OIDC_CLIENT_ID else [])],
        "frame-ancestors": [SELF],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "SAMEORIGIN"

# -- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = _("eTwinning Schools")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "content.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "content.SiteDocument"
# Document URLs are storage URLs, which the gate serves.
WAGTAILDOCS_SERVE_METHOD = "direct"
# Admin uploads are cleaned like members' uploads.
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]
# A practice has 12 pictures, 6 attachments and a cover; no form sends more.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Five texts of 100,000 characters, at up to six bytes each for non-ASCII text, plus the rest of the form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "odt"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
