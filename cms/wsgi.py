"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from cms.users.checks import refuse_demo_accounts  # noqa: E402  (needs the app registry)

refuse_demo_accounts()
