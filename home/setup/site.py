"""Languages, the front page and the site's own address."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from home.models import CitySettings, HomePage


def ensure_locales() -> None:
    """One locale for each language of the settings."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def ensure_site() -> HomePage:
    """A front page in the first language as the root of the default site, in place of Wagtail's own welcome page."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and isinstance(specific := site.root_page.specific, HomePage):
        _ensure_address(site)
        CitySettings.objects.get_or_create(site=site)
        return specific
    root = Page.objects.get(depth=1)
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    page = HomePage(title="Osallistu", slug="etusivu", locale=locale)
    root.add_child(instance=page)
    page.save_revision().publish()
    if site is None:
        site = Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    else:
        welcome = site.root_page
        site.root_page = page
        site.save()
        if welcome.specific_class is Page and not welcome.get_children().exists():
            welcome.delete()
    _ensure_address(site)
    CitySettings.objects.get_or_create(site=site)
    return HomePage.objects.get(pk=page.pk)


def _ensure_address(site: Site) -> None:
    """The site's host and port as BASE_URL says: mails, the site map and the admin's links to pages use them."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    if (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname or "localhost", port
        site.save()
