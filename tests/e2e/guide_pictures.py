"""`make guide-pictures`: the pictures of docs/editors/compose-a-page.md and of the README, taken from the real site."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

django.setup()

from tests.a11y.catalogue_pictures import save_small  # noqa: E402  (needs the app registry)
from tests.browsers import CHROMIUM_FLAGS, WAIT_MS, chromium_path, sign_in  # noqa: E402
from tests.e2e import admin  # noqa: E402
from tests.siteserver import ROOT, copy_site, prepared_site, running_site  # noqa: E402

GUIDE = ROOT / "docs" / "editors" / "images"
HOME = ROOT / "docs" / "images" / "home.png"
VIEW = {"width": 1200, "height": 760}


def take(page: Page, name: str) -> None:
    """One picture of the window as it is."""
    page.wait_for_timeout(700)
    save_small(page.screenshot(), GUIDE / f"{name}.png", max_height=VIEW["height"])


def compose(page: Page, home: int, round_title: str) -> None:
    """Compose a page as the guide tells, with a picture of each step."""
    page.goto(f"/admin/pages/{home}/")
    take(page, "1-pages")
    page.goto(f"/admin/pages/add/home/contentpage/{home}/")
    page.locator("#id_title").fill("Osallistu tänään")
    page.locator(".c-sf-add-button").last.click()
    take(page, "2-menu")
    page.keyboard.press("Escape")
    admin.add_block(page, "Ehdotukset")
    page.get_by_role("button", name="Valitse kierros").last.click()
    page.locator(".modal:visible").get_by_role("link", name=round_title).first.wait_for()
    take(page, "3-choose")
    page.locator(".modal:visible").get_by_role("link", name=round_title).first.click()
    page.locator(".modal").first.wait_for(state="hidden")
    shown = admin.preview(page)
    shown.locator(".block--proposal_gallery").wait_for(state="attached")
    take(page, "4-preview")
    page.locator("[data-side-panel-toggle='preview']").click()
    page.get_by_role("button", name="Lisää toimintoja").click()
    take(page, "5-send")


def main() -> int:
    """Take all pictures on a demo site of its own, or one kept in the folder named first."""
    GUIDE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guide-") as folder, sync_playwright() as playwright:
        kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        with running_site(copy_site(prepared_site(kept), Path(folder) / "site")) as site:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
            context = browser.new_context(base_url=site.url, locale="fi-FI", viewport=VIEW, reduced_motion="reduce")
            context.set_default_timeout(WAIT_MS)
            page = context.new_page()
            page.goto("/", wait_until="networkidle")
            save_small(page.screenshot(), HOME, max_height=VIEW["height"])
            editor = sign_in(context, "sisalto")
            compose(editor, site.page_ids("home.HomePage")[0], f"Osallistuva budjetointi {datetime.now(UTC).year}")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
