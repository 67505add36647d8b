"""Every text of the site is in English and Swedish too, and what is served is what the catalogues say."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.translation import gettext

from tests.architecture.rooms import ROOT, short, source_files

# xgettext writes its working files into the tree: one process at a time.
pytestmark = pytest.mark.xdist_group("messages")

LOCALE = ROOT / "cms" / "locale"
LANGUAGES = ["en", "sv"]
# The Finnish one holds only what Wagtail's own Finnish catalogues lack or say badly.
CATALOGUES = ["fi", *LANGUAGES]
# In some places Wagtail says "None" for it.
LEFT_OUT = {"fi": {"%(model_name)s"}, "en": set(), "sv": set()}
# As `make messages` calls it.
IGNORED = ["tests", "docs", "var"]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogues as they would be after `make messages`, in a folder of their own."""
    folder = tmp_path_factory.mktemp("locale")
    for language in LANGUAGES:
        source = LOCALE / language / "LC_MESSAGES" / "django.po"
        target = folder / language / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True)
        if source.exists():
            shutil.copy(source, target)
    before, settings.LOCALE_PATHS = settings.LOCALE_PATHS, [folder]
    try:
        call_command(
            "makemessages",
            locale=LANGUAGES,
            extensions=["html,py,txt"],
            ignore_patterns=[*IGNORED, "cms/locale"],  # a folder of that name would take the texts
            no_wrap=True,
            add_location="file",
            verbosity=0,
        )
    finally:
        settings.LOCALE_PATHS = before
    return folder


def test_texts_are_translated_under_names_that_the_gathering_knows() -> None:
    """xgettext finds `gettext("…")` and `_("…")`; under any other name a text gets into no catalogue."""
    renamed = re.compile(r"\bgettext(?:_lazy)? as (?!_\b)\w+")
    found = [short(path) for path in source_files(".py") if renamed.search(path.read_text())]
    assert not found


def _at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Calls outside every function: they run once, before anybody's language is known."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _at_import(child)


def test_no_text_is_translated_before_the_reader_s_language_is_known() -> None:
    early = []
    for path in source_files(".py"):
        code = path.read_text()
        eager = {"gettext", "ngettext"} | ({"_"} if "import gettext as _" in code else set())
        if "import gettext" in code:
            calls = _at_import(ast.parse(code))
            early += [f"{short(path)}:{call.lineno}" for call in calls if getattr(call.func, "id", "") in eager]
    assert early == []


def _brief(entries: list[polib.POEntry]) -> list[str]:
    return [f"{entry.msgid!r} ({', '.join(path for path, _line in entry.occurrences)})" for entry in entries]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_a_guess(language: str, gathered: Path) -> None:
    catalogue = polib.pofile(str(gathered / language / "LC_MESSAGES" / "django.po"))
    missing = _brief([*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()])
    assert not missing, f"{len(missing)} texts; run make messages and fill them"


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_translation_keeps_the_placeholders_of_its_text(language: str) -> None:
    placeholder = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    wrong = []
    for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")):
        texts = [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())
        wanted = set(placeholder.findall(entry.msgid)) | set(placeholder.findall(entry.msgid_plural))
        wrong += [entry.msgid for text in texts if text and set(placeholder.findall(text)) - wanted]
        if not entry.msgid_plural:
            wanted -= LEFT_OUT[language]
            wrong += [entry.msgid for text in texts if text and wanted - set(placeholder.findall(text))]
    assert not wrong


def test_what_wagtail_says_in_english_or_badly_is_said_in_finnish(admin_client: Client) -> None:
    assert gettext("Search all pages…") == "Hae kaikilta sivuilta…"
    assert gettext("%(objects)s items selected") == "%(objects)s valittu"
    assert "Muutokset on tallennettu." in admin_client.get("/admin/jsi18n/").content.decode()


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_compiled_catalogue_is_current(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    texts = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in polib.pofile(str(folder / "django.po")).translated_entries()
    }
    compiled = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(folder / "django.mo"))
    }
    assert compiled == texts, f"run make messages; {short(folder)}/django.mo is old"
