"""Every type of public page: accessible, light, at home on a phone, valid, and quiet towards the rest of the world."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.a11y.audit import MAX_BYTES, Watch, faults_in_all_looks, html_faults, overflow_at
from tests.siteserver import RunningSite

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("a11y-pages")]

PAGE_TYPES = [
    "home.HomePage",
    "home.ContentPage",
    "participation_pages.ParticipationPlanPage",
    "participation_pages.KeyProjectPage",
    "participation_pages.BudgetingPage",
    "participation_pages.ForumPage",
    "participation_pages.AnnouncementPage",
    "participation_pages.EventPage",
    "participation_pages.PanelPage",
]
# What has no page of its own in the tree.
OTHERS = ["/haku/", "/haku/?q=puisto", "/haku/?q=zzzzqqq"]
STRICT = ["default-src 'none'", "script-src 'self'", "style-src 'self'"]


def _paths(site: RunningSite, name: str) -> list[str]:
    if name.startswith("/"):
        return [name]
    paths = site.addresses_of(name)
    assert paths, f"the demo content has no page of type {name}"
    # Pages of a type look alike; a few of them show the blocks' states. All budgeting and panel pages are looked at.
    return paths if name.endswith(("BudgetingPage", "PanelPage", "HomePage")) else paths[:2]


@pytest.mark.parametrize("name", [*PAGE_TYPES, *OTHERS])
def test_a_public_page_keeps_every_promise(
    name: str, read_only_site: RunningSite, visitor: Callable[..., Page]
) -> None:
    faults = [fault for path in _paths(read_only_site, name) for fault in look_at(path, read_only_site, visitor)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en"])
def test_the_translated_front_page_keeps_them_too(
    language: str, read_only_site: RunningSite, visitor: Callable[..., Page]
) -> None:
    (path,) = read_only_site.addresses_of("home.HomePage", language)[:1]
    faults = look_at(path, read_only_site, visitor)
    assert not faults, "\n".join(faults)


def test_a_missing_page_says_so_in_the_same_look(read_only_site: RunningSite, visitor: Callable[..., Page]) -> None:
    page = visitor(read_only_site)
    response = page.goto("/tata-ei-ole/")
    assert response
    assert response.status == 404
    assert not html_faults(response.text())
    faults = faults_in_all_looks(page)
    assert not faults, "\n".join(faults)


def look_at(path: str, site: RunningSite, visitor: Callable[..., Page]) -> list[str]:
    """Everything that is wrong with one page."""
    page = visitor(site)
    watch = Watch(page)
    response = page.goto(path, wait_until="networkidle")
    assert response
    assert response.ok, f"{path} answered {response.status}"
    faults = [f"HTML: {fault}" for fault in html_faults(response.text())]

    policy = response.headers.get("content-security-policy", "")
    faults += [f"the policy lacks {part}" for part in STRICT if part not in policy]
    if "unsafe" in policy:
        faults.append(f"the policy allows something unsafe: {policy}")
    faults += [f"the browser says {complaint}" for complaint in watch.complaints]
    faults += [f"asks another host: {url}" for url in watch.foreign_requests(urlsplit(site.url).netloc)]
    sizes = watch.transferred()
    if sum(sizes.values()) > MAX_BYTES:
        faults.append(f"{sum(sizes.values())} bytes: {sorted(sizes.items(), key=lambda item: -item[1])[:5]}")
    if response.headers.get("set-cookie"):
        faults.append("reading sets a cookie")

    # The links of skip, search and menu work with keys: the first stop leads to the content.
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.getAttribute('href')") != "#sisalto":
        faults.append("the first stop of the Tab key is not the link to the content")
    page.evaluate("document.activeElement.blur()")

    faults += faults_in_all_looks(page)
    if overflow := overflow_at(page, 320):
        faults.append(f"scrolls sideways at 320 px: {overflow}")
    page.context.close()
    return [f"{path}: {fault}" for fault in faults]
