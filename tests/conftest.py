"""What every test may use."""

import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, Site

from budgeting_blocks.models import guards as triggers
from cms.common import ratelimit
from home.models import HomePage

# Here and in no other conftest: a second set of these fixtures would start a second Playwright, which a process cannot have.
from tests.browsers import chromium, own_site, prepared, read_only_site, visitor
from tests.siteserver import copy_migrated

__all__ = ["chromium", "own_site", "prepared", "read_only_site", "visitor"]


def pytest_configure(config: pytest.Config) -> None:
    """A run that was killed leaves a write-ahead log behind, which SQLite cannot apply to the next run's database."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for leftover in settings.DATA_DIR.glob("test*.sqlite3*"):
            leftover.unlink()
    # Python seldom looks for unreachable cycles, and never among what was imported: a twentieth of the suite's time.
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    """Of what is there now, nothing goes before the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups that one process runs in a row begin first, so that none is still under way when the others have finished."""

    def place(item: pytest.Item) -> tuple[bool, str]:
        group = item.get_closest_marker("xdist_group")
        return (group is None, group.args[0] if group else "")

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite's test database is the copy below, on which nothing is left to migrate."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool) -> None:
    """The test database of each process begins as a copy of one that is migrated once."""
    if django_db_keepdb:
        copy_migrated(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(autouse=True)
def speaking_finnish() -> Iterator[None]:
    """A request for an English page leaves its language on; the next test begins in Finnish all the same."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """No test sees another's cached pages or counted attempts."""
    caches["default"].clear()
    yield
    caches["default"].clear()


@pytest.fixture(autouse=True)
def whole_rate_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Acts are counted by the window of the clock that they fall in; a test's begin with the test, so that none turns over
    in the midst of it. A test that sets the clock gets the clock's own."""
    began, key_of = time.time(), ratelimit._key

    def key(scope: str, ident: str, seconds: int) -> tuple[str, int]:
        if time_machine.escape_hatch.is_travelling():
            return key_of(scope, ident, seconds)
        with monkeypatch.context() as patch:
            moved = time.time() - began % seconds
            patch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: moved))
            return key_of(scope, ident, seconds)

    monkeypatch.setattr(ratelimit, "_key", key)


@pytest.fixture(autouse=True)
def guards(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is tidied up by deleting all rows, which the triggers of frozen records would refuse."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool({"transactional_db", "live_server"} & set(request.fixturenames))
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    triggers.install()
    yield
    triggers.drop()


@pytest.fixture
def home_page(db: None) -> HomePage:
    """The Finnish front page of the default site."""
    locale, _created = Locale.objects.get_or_create(language_code="fi")
    site = Site.objects.get(is_default_site=True)
    page = HomePage(title="Osallistu", slug="etusivu", locale=locale)
    Page.objects.get(depth=1).add_child(instance=page)
    site.root_page = page
    site.save()
    return page


class BrowserClient(Client):
    """Django's test client with the header that a browser sends when a page of the site posts a form."""

    def __init__(self, **defaults: object) -> None:
        super().__init__(**{"HTTP_SEC_FETCH_SITE": "same-origin", **defaults})


@pytest.fixture
def browser() -> BrowserClient:
    """A visitor's browser without JavaScript."""
    return BrowserClient()


@pytest.fixture
def form_token() -> str:
    """A token as a freshly opened form carries it."""
    from cms.common.formtokens import make_token

    return make_token()
