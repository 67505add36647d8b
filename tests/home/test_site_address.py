import pytest
from pytest_django import Settings
from wagtail.models import Site

from home.setup.site import ensure_locales, ensure_site


@pytest.mark.parametrize(
    ("base_url", "root_url"),
    [
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("https://osallistu.hyvinkaa.fi", "https://osallistu.hyvinkaa.fi"),
        ("https://osallistu.hyvinkaa.fi/", "https://osallistu.hyvinkaa.fi"),
    ],
)
def test_links_in_mails_and_the_site_map_lead_to_the_installations_own_address(
    db: None, settings: Settings, base_url: str, root_url: str
) -> None:
    ensure_locales()
    settings.WAGTAILADMIN_BASE_URL = base_url
    ensure_site()
    assert Site.objects.get(is_default_site=True).root_url == root_url
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:9000"
    page = ensure_site()
    assert page.full_url == "http://127.0.0.1:9000/"
