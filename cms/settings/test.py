"""Settings of the test suite."""

from cms.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
DEMO_ACCOUNTS_ALLOWED = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver", "example.com"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
AXES_ENABLED = False

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A test's database need not survive a power cut; waiting for the disk would double the suite's time.
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
