"""The stylesheet that visitors get is one file, made of the parts that the repository keeps."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from cms.common.staticfiles import SITE_STYLESHEET, SiteStaticFilesStorage, bundle_stylesheet


def read_static(name: str) -> str:
    path = finders.find(name)
    assert isinstance(path, str), f"{name} is imported and does not exist"
    return Path(path).read_text(encoding="utf-8")


@pytest.fixture
def bundle() -> str:
    return bundle_stylesheet(SITE_STYLESHEET, read_static)


def test_an_import_is_written_out_in_its_layer_and_media_query() -> None:
    files = {
        "cms/css/site.css": '@layer a;\n/* words */\n@import url("../../other/css/x.css") layer(a) print;\n',
        "other/css/x.css": 'p { background: url("../img/y.svg"); }',
    }

    css = bundle_stylesheet("cms/css/site.css", files.__getitem__)

    assert css == '@layer a; @media print { @layer a { p { background: url("../../other/img/y.svg"); } } }\n'


def test_no_import_and_no_comment_is_left(bundle: str) -> None:
    assert "@import" not in bundle
    assert "/*" not in bundle


def test_braces_of_the_whole_still_match(bundle: str) -> None:
    assert bundle.count("{") == bundle.count("}")


def test_every_picture_that_the_stylesheet_names_exists(bundle: str) -> None:
    names = set(re.findall(r'url\("([^"]+)"\)', bundle))

    assert names
    for name in names:
        assert finders.find(str(Path("cms/css", name)).replace("cms/css/../", "cms/"))


def test_every_custom_property_that_is_used_is_defined(bundle: str) -> None:
    defined = set(re.findall(r"(--[\w-]+)\s*:", bundle))
    used = set(re.findall(r"var\((--[\w-]+)\)", bundle))

    assert used <= defined


def test_the_dark_scheme_sets_colours_and_nothing_else(bundle: str) -> None:
    """The tests of accessibility rely on it: in dark they look for what colours can change."""
    dark = re.findall(r"@media \(prefers-color-scheme: dark\)\s*{\s*:root\s*{([^{}]*)}\s*}", bundle)

    assert len(dark) == bundle.count("prefers-color-scheme") > 0
    for declaration in filter(str.strip, ";".join(dark).split(";")):
        name, value = declaration.strip().split(":", 1)
        assert name.startswith("--")
        assert name == "--shadow" or not re.search(r"\d(?:px|r?em|ch|vw|vh)\b", value), declaration


def test_nothing_is_loaded_from_elsewhere(bundle: str) -> None:
    assert not re.search(r"https?:|//", bundle)


def test_the_whole_stays_light(bundle: str) -> None:
    assert len(bundle.encode()) < 52_000


def test_collected_stylesheet_is_whole_and_names_hashed_pictures(tmp_path: Path) -> None:
    rooms = ("cms/", "budgeting_blocks/", "participation_pages/")
    paths = {
        name: (source, name)
        for finder in finders.get_finders()
        for name, source in finder.list([])
        if name.startswith(rooms)
    }
    storage = SiteStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    for source, name in paths.values():
        with source.open(name) as file:
            storage.save(name, file)

    list(storage.post_process(paths))
    css = (tmp_path / storage.stored_name(SITE_STYLESHEET)).read_text(encoding="utf-8")

    assert "@import" not in css
    assert re.search(r"treeline\.[0-9a-f]{12}\.svg", css)
