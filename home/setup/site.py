"""Languages and the front page."""

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
    CitySettings.objects.get_or_create(site=site)
    return HomePage.objects.get(pk=page.pk)
