"""Every block's preview: the pattern library, and what an editor sees before picking a block."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.a11y.audit import Watch, faults_in_all_looks, html_faults
from tests.a11y.previews import BLOCK_NAMES, preview_addresses
from tests.browsers import WAIT_MS, sign_in
from tests.siteserver import RunningSite

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("a11y-previews")]

Previews = tuple[BrowserContext, dict[str, str]]


@pytest.fixture(scope="module")
def previews(chromium: Browser, read_only_site: RunningSite) -> Iterator[Previews]:
    """A signed-in browser profile and the path of each preview."""
    context = chromium.new_context(base_url=read_only_site.url, locale="fi-FI")
    context.set_default_timeout(WAIT_MS)
    sign_in(context, "yllapito")
    yield context, preview_addresses(context, read_only_site)
    context.close()


@pytest.mark.parametrize("name", BLOCK_NAMES)
def test_a_preview_is_accessible_valid_and_shows_something(name: str, previews: Previews) -> None:
    context, addresses = previews
    page = context.new_page()
    watch = Watch(page)
    response = page.goto(addresses[name], wait_until="networkidle")
    assert response
    assert response.ok
    faults = [f"HTML: {fault}" for fault in html_faults(response.text())]
    faults += [f"the browser says {complaint}" for complaint in watch.complaints]
    # A block alone is no page: it has no main heading and no landmarks of its own.
    faults += faults_in_all_looks(page, best_practice=False)
    shown = page.locator(".block").first
    assert shown.inner_text().strip() or shown.locator("img, svg").count(), "the preview is empty"
    page.close()
    assert not faults, "\n".join(faults)
