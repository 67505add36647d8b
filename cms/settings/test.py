"""Settings of the test suite."""

from cms.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
DEMO_ACCOUNTS_ALLOWED = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver", "example.com"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
AXES_ENABLED = False
