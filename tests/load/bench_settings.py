"""Development settings with the bare view of `bare_urls` beside the site's own addresses."""

from cms.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tests.load.bare_urls"
