"""The composition root: every room's addresses in one place."""

from allauth.socialaccount.providers.openid_connect.views import callback
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.common.views import admin_script_texts, public_file

urlpatterns = [
    # Stands before Wagtail's own of this address, which reads Wagtail's catalogues only.
    path("admin/jsi18n/", admin_script_texts),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    # Where the broker of strong identification sends voters back; allauth looks for it by this name.
    path("tunnistus/<slug:provider_id>/", callback, name="openid_connect_callback"),
    # A small installation has no web server in front; a larger one lets its proxy answer for /media/.
    re_path(r"^media/(?P<path>.*)$", public_file),
]

urlpatterns += i18n_patterns(
    path("haku/", include("search.urls")),
    path("osbu/", include("budgeting_blocks.urls")),
    path("palaute/", include("feedback_forms.urls")),
    path("osallistu/", include("participation_pages.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
