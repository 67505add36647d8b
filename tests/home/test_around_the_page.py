"""Menu, languages, breadcrumbs and footer: only what is public, and the same for everybody."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import BaseViewRestriction, Locale, PageViewRestriction

from home.context_processors import site
from home.models import CitySettings, ContentPage, FooterLink, HomePage

pytestmark = pytest.mark.django_db


def add(parent, title: str, **fields) -> ContentPage:
    return parent.add_child(instance=ContentPage(title=title, slug=title.lower(), show_in_menus=True, **fields))


def around(client: Client, path: str) -> dict:
    response = client.get(path)
    return {name: response.context[name] for name in ("navigation", "language_links", "breadcrumbs", "city")}


@pytest.fixture
def tree(home_page: HomePage) -> dict[str, ContentPage]:
    top = add(home_page, "Yksi")
    pages = {"top": top, "child": add(top, "Kaksi")}
    pages["grandchild"] = add(pages["child"], "Kolme")
    pages["draft"] = add(home_page, "Luonnos", live=False)
    pages["below_draft"] = add(pages["draft"], "Piilossa")
    pages["private"] = add(home_page, "Salainen")
    PageViewRestriction.objects.create(page=pages["private"], restriction_type=BaseViewRestriction.LOGIN)
    hidden = add(home_page, "Sivussa")
    hidden.show_in_menus = False
    hidden.save()
    return pages


def test_the_menu_has_two_levels_of_what_is_public(tree: dict, client: Client) -> None:
    (item,) = around(client, "/yksi/kaksi/kolme/")["navigation"]
    assert (item["title"], item["url"], item["current"]) == ("Yksi", "/yksi/", True)
    (child,) = item["children"]
    assert (child["title"], child["url"], child["current"]) == ("Kaksi", "/yksi/kaksi/", True)


def test_the_menu_marks_only_the_way_to_the_page(tree: dict, client: Client) -> None:
    (item,) = around(client, "/sivussa/")["navigation"]
    assert not item["current"]


def test_breadcrumbs_lead_from_the_front_page_to_the_page(tree: dict, client: Client) -> None:
    crumbs = around(client, "/yksi/kaksi/")["breadcrumbs"]
    assert [(crumb["title"], crumb["url"]) for crumb in crumbs] == [
        ("Osallistu", "/"),
        ("Yksi", "/yksi/"),
        ("Kaksi", "/yksi/kaksi/"),
    ]


@pytest.fixture
def english(home_page: HomePage, tree: dict) -> HomePage:
    locale = Locale.objects.create(language_code="en")
    home = home_page.copy_for_translation(locale)
    home.title = "Take part"
    home.save_revision().publish()
    page = tree["top"].copy_for_translation(locale)
    page.title = "One"
    page.save_revision().publish()
    return home


def test_a_page_links_to_the_languages_that_it_exists_in(english: HomePage, client: Client) -> None:
    links = around(client, "/yksi/")["language_links"]
    assert [(link["code"], link["url"], link["current"]) for link in links] == [
        ("fi", "/yksi/", True),
        ("en", "/en/yksi/", False),
    ]
    assert [link["code"] for link in around(client, "/yksi/kaksi/")["language_links"]] == ["fi"]


def test_a_draft_translation_is_no_language_of_the_page(english: HomePage, client: Client) -> None:
    ContentPage.objects.get(title="One").unpublish()
    assert [link["code"] for link in around(client, "/yksi/")["language_links"]] == ["fi"]


def test_other_addresses_link_to_the_same_address_in_each_language(english: HomePage, client: Client) -> None:
    links = around(client, "/haku/?q=puisto")["language_links"]
    assert {link["code"]: link["url"] for link in links} == {"fi": "/haku/?q=puisto", "en": "/en/haku/?q=puisto"}


def test_a_missing_page_links_to_the_front_pages(english: HomePage, client: Client) -> None:
    links = around(client, "/ei-ole/")["language_links"]
    assert {link["code"]: link["url"] for link in links} == {"fi": "/", "en": "/en/"}


def test_each_language_has_its_own_menu(english: HomePage, client: Client) -> None:
    assert [item["title"] for item in around(client, "/en/")["navigation"]] == ["One"]
    assert [item["title"] for item in around(client, "/")["navigation"]] == ["Yksi"]


def test_a_language_without_a_tree_is_no_address(home_page: HomePage, client: Client) -> None:
    Locale.objects.get_or_create(language_code="sv")
    assert client.get("/").status_code == 200
    assert client.get("/sv/").status_code == 404


def test_the_footer_links_to_the_page_in_the_visitors_language_while_it_is_public(
    english: HomePage, tree: dict, client: Client
) -> None:
    city = CitySettings.for_site(english.get_site())
    FooterLink.objects.create(settings=city, page=tree["top"], title="Seloste")
    FooterLink.objects.create(settings=city, url="https://example.com/", title="Muualla")
    FooterLink.objects.create(settings=city, page=tree["private"])

    def links(path: str) -> list[tuple[str, str]]:
        return [(link.title, link.url) for link in around(client, path)["city"].footer_links]

    elsewhere = ("Muualla", "https://example.com/")
    assert links("/") == [("Seloste", "/yksi/"), elsewhere]
    assert links("/en/") == [("One", "/en/yksi/"), elsewhere]
    tree["top"].unpublish()
    assert links("/") == [elsewhere]


def test_nothing_is_read_before_a_template_asks(home_page: HomePage, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        site(RequestFactory().get("/"))


def test_what_stands_around_a_page_costs_few_queries_and_no_more_for_a_longer_menu(
    tree: dict, home_page: HomePage, client: Client, django_assert_max_num_queries
) -> None:
    for number in range(30):
        add(home_page, f"Sivu{number}")
    with translation.override("fi"), django_assert_max_num_queries(22):
        client.get("/yksi/")
    with django_assert_max_num_queries(15):
        client.get("/yksi/kaksi/")
