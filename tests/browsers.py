"""Fixtures of the tests that drive a real browser; `tests/conftest.py` offers them to all.

Playwright runs an event loop in the test's thread, in which Django refuses the database unless told otherwise; these tests
do not use the database, but others in the same process do.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from home.demo.people import PASSWORD
from tests.siteserver import RunningSite, copy_site, prepared_site, running_site

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
# No sandbox: Chromium refuses it to root. The rest keeps the browser from calling home.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Long enough for two busy cores.
WAIT_MS = 30_000
expect.set_options(timeout=WAIT_MS)


def chromium_path() -> str:
    """Debian's browser, or whatever CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is missing: make system-packages installs it"
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo site's data, made once for all processes of the run; kept between runs in the folder PREPARED_SITE."""
    if kept := os.environ.get("PREPARED_SITE"):
        return prepared_site(Path(kept).resolve())
    base = tmp_path_factory.getbasetemp()
    return prepared_site((base if worker_id == "master" else base.parent) / "demo-site")


@pytest.fixture(scope="session")
def read_only_site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The demo site for tests that only look. They must not send what changes it."""
    with running_site(copy_site(prepared, tmp_path_factory.mktemp("site") / "data")) as site:
        yield site


@pytest.fixture(scope="module")
def own_site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A demo site for the tests of one module, to change as they like."""
    with running_site(copy_site(prepared, tmp_path_factory.mktemp("site") / "data")) as site:
        yield site


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`visitor(site, **options)` opens a page in a browser profile of its own, without cookies. Options as of Playwright's
    `new_context`: viewport, java_script_enabled, color_scheme."""
    contexts: list[BrowserContext] = []

    def open_page(site: RunningSite, **options: Any) -> Page:
        options.setdefault("viewport", DESK)
        context = chromium.new_context(base_url=site.url, locale="fi-FI", **options)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def sign_in(context: BrowserContext, username: str) -> Page:
    """Sign a demo account in to the admin and return the admin's front page."""
    page = context.new_page()
    page.goto("/admin/login/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    return page
