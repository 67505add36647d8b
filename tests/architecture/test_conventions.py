"""Conventions of the whole project that no linter knows."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models.options import Options
from django.utils.functional import Promise
from django.utils.text import camel_case_to_spaces
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.rooms import LEVELS, PYPROJECT, ROOT, short, source_files

MODELS = [
    model
    for config in apps.get_app_configs()
    if config.name in LEVELS
    for model in config.get_models()
    if not model._meta.auto_created and model._meta.label != "images.CityRendition"  # made by Wagtail, never listed
]
OF_MODELS = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
SETTINGS_DOC = ROOT / "docs" / "reference" / "settings.md"
# Pages for residents: the admin's own templates and mails are left out.
PUBLIC_TEMPLATES = [
    path
    for path in source_files(".html")
    if "templates" in path.parts and not {"wagtailadmin", "admin", "modeladmin", "wagtailsnippets"} & set(path.parts)
]


def _is_derived(options: Options) -> bool:
    return str(options.verbose_name) == camel_case_to_spaces(options.object_name)


@OF_MODELS
def test_a_model_has_a_finnish_name_in_both_numbers(model: type[models.Model]) -> None:
    assert not _is_derived(model._meta), "say verbose_name"
    assert isinstance(model._meta.verbose_name, Promise), "wrap verbose_name in gettext_lazy"
    assert str(model._meta.verbose_name_plural) != f"{model._meta.verbose_name}s", "say verbose_name_plural"


@pytest.mark.parametrize("path", PUBLIC_TEMPLATES, ids=short)
def test_a_public_template_holds_nothing_that_the_strict_policy_forbids(path: Path) -> None:
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<style\b", text), "style element"
    assert not re.search(r"\son[a-z]+\s*=", text), "event handler attribute"
    for script in re.findall(r"<script\b[^>]*>", text):
        assert " src=" in script or 'type="application/' in script, f"inline script: {script}"
    assert not re.search(r"""\b(?:src|href)=["'](?:https?:)?//(?!www\.w3\.org)""", text), "address of another host"


def test_every_environment_variable_that_is_read_is_documented_and_no_other() -> None:
    read = set()
    for path in [*(ROOT / "cms" / "settings").glob("*.py"), ROOT / "gunicorn.conf.py"]:
        read |= set(re.findall(r"""(?:env\.\w+|environ\.get)\(\s*["']([A-Z_]+)["']""", path.read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS_DOC.read_text(), flags=re.MULTILINE))
    assert documented == read


def _pins(name: str) -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for line in (ROOT / name).read_text().splitlines():
        if line and not line.lstrip().startswith("#"):
            requirement = Requirement(line)
            pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


@pytest.mark.parametrize(
    ("declared", "file"),
    [
        (PYPROJECT["project"]["dependencies"], "requirements.txt"),
        (PYPROJECT["dependency-groups"]["dev"], "requirements-dev.txt"),
    ],
    ids=["runtime", "development"],
)
def test_every_declared_dependency_is_pinned_within_its_range(declared: list[str], file: str) -> None:
    pins = _pins(file)
    for requirement in map(Requirement, declared):
        pinned = pins.get(canonicalize_name(requirement.name))
        assert pinned, f"{requirement.name} has no pin in {file}; run make pins"
        for pin in pinned:
            version = str(pin.specifier).removeprefix("==")
            assert requirement.specifier.contains(version), f"{pin} is outside {requirement}; run make pins"


def test_every_pin_is_declared_or_needed_by_another_one() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    declared = {canonicalize_name(Requirement(text).name) for text in PYPROJECT["project"]["dependencies"]}
    direct = set()
    for number, line in enumerate(lines):
        if line and not line.startswith(" ") and not line.startswith("#"):
            comment = []
            for following in lines[number + 1 :]:
                if not following.startswith(" "):
                    break
                comment.append(following)
            if any("(pyproject.toml)" in part for part in comment):
                direct.add(canonicalize_name(Requirement(line).name))
    assert direct == declared, "run make pins"


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = []
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text()):
            if not target.startswith(("http://", "https://", "mailto:")) and not (path.parent / target).exists():
                broken.append(f"{short(path)}: {target}")
    assert not broken
