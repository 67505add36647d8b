"""Settings of a real installation. Refuses to start until the environment says what it must."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403
from cms.settings.base import env

if env.bool("DEBUG", False):
    raise ImproperlyConfigured("DEBUG is on. Remove DEBUG from the environment: production never shows its insides.")
if env.bool("DEMO_ACCOUNTS_ALLOWED", False):
    raise ImproperlyConfigured("DEMO_ACCOUNTS_ALLOWED is on. Remove it: demo accounts have passwords everybody knows.")

SECRET_KEY = env.str("SECRET_KEY", "")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or shorter than 50 characters. Set SECRET_KEY to the output of: "
        "python -c 'import secrets; print(secrets.token_urlsafe(60))'"
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is missing or names every host. Set ALLOWED_HOSTS to the site's host names, "
        "comma-separated, for example ALLOWED_HOSTS=osallistu.hyvinkaa.fi"
    )

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[f"https://{host}" for host in ALLOWED_HOSTS])
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a load balancer asks without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_HTTPS_PROXY", True) else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
