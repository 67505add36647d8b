"""Settings shared by every installation.

What differs between installations comes from environment variables; `docs/reference/settings.md` lists them all.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
ALLOWED_HOSTS: list[str] = []
# Accounts made by `load_demo` have passwords that everybody knows. Only development and test settings let them in.
DEMO_ACCOUNTS_ALLOWED = False

INSTALLED_APPS = [
    "home",
    "search",
    "participation_pages",
    "budgeting_blocks",
    "feedback_forms",
    "cms.users",
    "cms.users.apps.AdminUsersConfig",
    "cms.images",
    "cms.common",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "axes",
    "csp",
    # Speaks OpenID Connect with the broker of strong identification; its accounts stay empty.
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # its widget templates, for PublicFormRenderer
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.common.http.PlainQueryMiddleware",
    "cms.common.pagecache.PageCacheMiddleware",
    "cms.common.csp.SiteCSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "home.context_processors.site",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'osallistu.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Immediate transactions wait for their turn instead of failing half way with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged vote survives a power cut. Secure delete: what a shake took out of the box does not lie on in
        # free pages.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # A live server and the tests share the database between threads, which an in-memory one cannot do.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    SEARCH_OPTIONS: dict[str, object] = {}
else:
    DATABASES["default"]["OPTIONS"] = {"pool": True}
    INSTALLED_APPS += ["django.contrib.postgres"]
    SEARCH_OPTIONS = {"SEARCH_CONFIG": "finnish"}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Caches: "default" is this process's own; "shared" is seen by every process of the installation ---------------------

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    _redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES = {"default": _redis, "shared": {**_redis, "KEY_PREFIX": "shared"}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        },
        "shared": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            # Counting an act gives its counter this life again, so it must outlast the longest window, an hour.
            "TIMEOUT": 2 * 60 * 60,
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        },
    }
# How long an anonymous page may live in the cache when neither content nor time changes it, in seconds; 0 turns it off.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", 3600)

# --- People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cms.users.backends.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "cms/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = (
    True  # who signed in when is nobody's business; failures are kept as long as their policy says
)
AXES_CLIENT_IP_CALLABLE = "cms.common.http.client_ip"  # else all of a proxy's visitors are one to the lock

# The broker of strong identification (Suomi.fi comes through one); empty means there is none.
OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_PROVIDER_ID = "vahva"
# What the broker calls a person's identity code and home municipality; where the first is missing, `sub` tells who it is.
OIDC_PERSON_CLAIM = env.str("OIDC_PERSON_CLAIM", "hetu")
OIDC_MUNICIPALITY_CLAIM = env.str("OIDC_MUNICIPALITY_CLAIM", "municipality_code")
HOME_MUNICIPALITY = env.str("HOME_MUNICIPALITY", "106")
SOCIALACCOUNT_ADAPTER = "budgeting_blocks.views.oidc.ResidentAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_PROVIDER_ID,
                "name": "OpenID Connect",
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "scope": env.list("OIDC_SCOPES", default=["openid", "profile"]),
                },
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# The header in which the installation's own proxy names the visitor's address; empty means there is no proxy.
CLIENT_IP_HEADER = env.str("CLIENT_IP_HEADER", "")

# --- Languages --------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fi", _("suomi")), ("en", _("englanti")), ("sv", _("ruotsi"))]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "cms.formats"
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Residents' photos wait here until somebody has looked at them; no web server serves this folder.
PRIVATE_MEDIA_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "cms.common.staticfiles.SiteStaticFilesStorage"},
}
# How long the city may reach the author of a budgeting proposal, in days after it was sent.
PROPOSAL_CONTACT_DAYS = env.int("PROPOSAL_CONTACT_DAYS", 540)
# What the city's maps show, and within which the places of proposals must lie: south, west, north, east, in degrees.
MAP_BOUNDS = [float(edge) for edge in env.list("MAP_BOUNDS", default=["60.48", "24.55", "60.76", "25.05"])]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Mail and tasks ----------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 10)
# Messages that the mail server did not take wait here; no web server serves this folder.
OUTBOX_ROOT = DATA_DIR / "outbox"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "osallistu@localhost")
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- Browser's security --------------------------------------------------------------------------------------------------

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editors' preview frames the site's own pages
CSRF_FAILURE_VIEW = "cms.common.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's admin writes inline scripts and styles. A nonce would make browsers ignore 'unsafe-inline', so there is none.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}

# --- Wagtail ------------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = env.str("SITE_NAME", "Osallistu")
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "images.CityImage"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fi", _("suomi")), ("sv", _("ruotsi")), ("en", _("englanti"))]
# What the date pickers write in every language; `cms.formats` has each language's forms take it.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_DATETIME_FORMAT = f"{WAGTAIL_DATE_FORMAT} {WAGTAIL_TIME_FORMAT}"
# "Kävely" makes the address /kavely/, which people can type and read aloud.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 20
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", **SEARCH_OPTIONS}}
# No request leaves the site: no update check, no avatar service.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
# W019 asks for DENY: the editors' preview frames the site's own pages, and frame-ancestors keeps all others out.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
