"""What import-linter cannot see is held to the same direction: foreign keys, templates, template tags, static files."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.template.backends.django import get_installed_libraries
from django.template.loader import get_template

from tests.architecture.rooms import LEVELS, ROOMS, ROOT, may_know, room_of, short, source_files

TAG = re.compile(r"{%\s*(include|extends|load|static)\s+(.*?)\s*%}")
QUOTED = re.compile(r"""^["']([^"']+)["']""")
FROM_PYTHON = re.compile(r"""["']([\w-]+(?:/[\w-]+)+\.(?:html|txt))["']""")
# Wagtail's own field of every image; the user model is swappable and named by a setting.
INHERITED = {"images.CityImage.uploaded_by_user"}
OUR_APPS = {config.label: config for config in apps.get_app_configs() if config.name in LEVELS}


def _templates() -> list[Path]:
    return [path for path in source_files("") if path.is_file() and "templates" in path.parts]


def _origin(template_name: str) -> Path:
    return Path(get_template(template_name).origin.name)


def _references(path: Path) -> Iterator[tuple[str, Path]]:
    """Every template, tag library and static file that a template names, as (name, our file)."""
    libraries = get_installed_libraries()
    for kind, argument in TAG.findall(path.read_text()):
        quoted = QUOTED.match(argument)
        if kind == "load":
            for library in argument.split(" from ")[-1].split():
                module = libraries.get(library)
                if module and module.split(".")[0] in {room.split(".")[0] for room in ROOMS}:
                    yield library, ROOT / (module.replace(".", "/") + ".py")
        elif quoted is None:
            continue
        elif kind == "static":
            found = finders.find(quoted[1])
            assert found, f"{short(path)} names the static file {quoted[1]}, which does not exist"
            yield quoted[1], Path(found)
        else:
            yield quoted[1], _origin(quoted[1])


@pytest.mark.parametrize("path", _templates(), ids=short)
def test_a_template_names_only_what_is_in_its_own_room_or_below(path: Path) -> None:
    upper = room_of(path)
    wrong = [
        name
        for name, target in _references(path)
        if target.is_relative_to(ROOT)
        and ".venv" not in target.parts
        and "var" not in target.relative_to(ROOT).parts[:1]
        and not may_know(upper, room_of(target))
    ]
    assert not wrong, f"{short(path)} ({upper}) names {wrong} of a room that it must not know"


def test_python_code_names_only_templates_of_its_own_room_or_below() -> None:
    wrong = []
    for path in source_files(".py"):
        if "settings" in path.parts:
            continue
        for name in FROM_PYTHON.findall(path.read_text()):
            owner = ROOT / name.split("/")[0]
            if owner.is_dir() and not may_know(room_of(path), room_of(_origin(name))):
                wrong.append(f"{short(path)}: {name}")
    assert not wrong


def test_every_template_that_python_code_names_exists() -> None:
    missing = []
    for path in source_files(".py"):
        for name in FROM_PYTHON.findall(path.read_text()):
            top = name.split("/")[0]
            if top in OUR_APPS or top == "cms":
                try:
                    get_template(name)
                except Exception as error:
                    missing.append(f"{short(path)}: {name} ({error})")
    assert not missing


def test_foreign_keys_point_to_their_own_room_or_below() -> None:
    wrong = []
    for config in OUR_APPS.values():
        for model in config.get_models():
            for field in model._meta.get_fields():
                if field.auto_created or not field.is_relation or field.related_model is None:
                    continue
                target = field.related_model._meta.app_config.name
                name = f"{model._meta.label}.{field.name}"
                if target in LEVELS and not may_know(config.name, target) and name not in INHERITED:
                    wrong.append(f"{name} -> {field.related_model._meta.label}")
    assert not wrong


def test_names_of_models_in_strings_point_downwards_too() -> None:
    """`apps.get_model("home.HomePage")` or `reverse("search:results")` in a lower room would slip past the imports."""
    labels = {label: config.name for label, config in OUR_APPS.items()}
    pattern = re.compile(rf"""["']({"|".join(labels)})[.:]\w+["']""")
    wrong = [
        f"{short(path)}: {match.group(0)}"
        for path in source_files(".py")
        if "settings" not in path.parts
        for match in pattern.finditer(path.read_text())
        if not may_know(room_of(path), labels[match.group(1)])
    ]
    assert not wrong


def test_the_rule_itself_can_fail() -> None:
    assert may_know("home", "cms.common")
    assert may_know("budgeting_blocks", "budgeting_blocks")
    assert not may_know("budgeting_blocks", "feedback_forms")
    assert not may_know("cms.common", "home")
    assert room_of(ROOT / "cms/templates/cms/base.html") == "cms.common"
    assert room_of(ROOT / "cms/users/models.py") == "cms.users"
