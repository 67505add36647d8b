"""The city's settings: what is refused on save, and what comes out of them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from home.css import city_stylesheet
from home.models import CitySettings, FooterLink, HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(home_page: HomePage) -> CitySettings:
    return CitySettings.for_site(home_page.get_site())


@pytest.mark.parametrize("ink", ["brand_ink", "accent_ink"])
def test_a_pair_that_cannot_be_read_is_refused_with_the_ratio_on_its_field(ink: str, city: CitySettings) -> None:
    setattr(city, ink, getattr(city, ink.removesuffix("_ink")))
    with pytest.raises(ValidationError) as refusal:
        city.full_clean()
    assert list(refusal.value.message_dict) == [ink]
    assert "1,00 : 1" in refusal.value.message_dict[ink][0]


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "url(x)", "#123456; }"])
def test_what_is_not_a_colour_is_refused(colour: str, city: CitySettings) -> None:
    city.brand = colour
    with pytest.raises(ValidationError) as refusal:
        city.full_clean()
    assert "brand" in refusal.value.message_dict


def post_data(city: CitySettings, **changes: str) -> dict[str, str]:
    fields = ("name", "tagline", "brand", "brand_ink", "accent", "accent_ink", "map_latitude", "map_longitude")
    data = {name: str(getattr(city, name)) for name in fields}
    for formset in ("footer_links", "social_links"):
        data |= {f"{formset}-TOTAL_FORMS": "0", f"{formset}-INITIAL_FORMS": "0"}
    return data | changes


def test_the_admins_form_shows_the_message_beside_the_field_and_saves_nothing(city: CitySettings) -> None:
    admin = Client()
    admin.force_login(get_user_model().objects.create_superuser("admin"))
    url = reverse("wagtailsettings:edit", args=["home", "citysettings", city.site_id])
    response = admin.post(url, post_data(city, brand="#ffffff"))
    assert response.status_code == 200
    assert "1,00 : 1" in response.content.decode()
    city.refresh_from_db()
    assert city.brand == "#12505e"
    assert admin.post(url, post_data(city, brand="#003366")).status_code == 302
    city.refresh_from_db()
    assert city.brand == "#003366"


def test_a_footer_link_leads_to_a_page_or_elsewhere_never_to_both(city: CitySettings, home_page: HomePage) -> None:
    FooterLink(settings=city, page=home_page).clean()
    FooterLink(settings=city, url="https://example.com/", title="Muualla").clean()
    for wrong in (
        FooterLink(settings=city),
        FooterLink(settings=city, page=home_page, url="https://example.com/", title="x"),
        FooterLink(settings=city, url="https://example.com/"),
    ):
        with pytest.raises(ValidationError):
            wrong.clean()


def test_the_stylesheet_holds_the_colours_and_nothing_that_is_none(city: CitySettings) -> None:
    city.brand, city.accent = "#ABCDEF", "red; } body { display: none"
    css = city_stylesheet(city)
    assert "--brand: #abcdef;" in css
    assert "display" not in css
    assert "--accent:" not in css


def test_a_change_of_colour_changes_the_stylesheets_address(city: CitySettings, client: Client) -> None:
    def address() -> str:
        page = client.get("/").content.decode()
        return page[page.index("/city.css?v=") :].split('"')[0]

    before = address()
    response = client.get(before)
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]
    city.brand = "#003366"
    city.save()
    after = address()
    assert after != before
    assert "#003366" in client.get(after).content.decode()


def test_reading_a_page_makes_no_settings(home_page: HomePage, client: Client) -> None:
    assert client.get("/").status_code == 200
    assert not CitySettings.objects.exists()
