"""Settings of a developer's machine and of `make run`: demo accounts work, mail goes to the console."""

from django.core.management.utils import get_random_secret_key

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATA_DIR, env

DEBUG = env.bool("DEBUG", False)
DEMO_ACCOUNTS_ALLOWED = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]

# Made once for this machine, so that restarts keep sessions and nobody else knows it.
_key_file = DATA_DIR / "secret-key"
if not _key_file.exists():
    _key_file.write_text(get_random_secret_key())
    _key_file.chmod(0o600)
SECRET_KEY = _key_file.read_text()
