"""Which room a file, a template or an app belongs to, and which way the rooms may look.

The order is read from the import contract in pyproject.toml, so that there is one truth.
"""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _levels() -> dict[str, int]:
    contract = next(c for c in PYPROJECT["tool"]["importlinter"]["contracts"] if c["id"] == "rooms")
    bottom_up = reversed(contract["layers"])
    return {room.strip(): level for level, layer in enumerate(bottom_up) for room in layer.split("|")}


LEVELS = _levels()
ROOMS = sorted(room for room in LEVELS if room not in {"cms.urls", "cms.wsgi"})


def room_of(path: Path) -> str:
    """The room that owns a file. Base templates, CSS and scripts of `cms/` belong to the kernel, the lowest room."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    dotted = ".".join(parts[:2])
    if dotted in LEVELS:
        return dotted
    return parts[0] if parts[0] in LEVELS else "cms.common"


def may_know(upper: str, lower: str) -> bool:
    """Whether `upper` may name something of `lower`: itself, or a room below it."""
    return upper == lower or LEVELS[upper] > LEVELS[lower]


def source_files(suffix: str) -> list[Path]:
    """The files of the site itself: no tests, no migrations, nothing generated."""
    tops = {room.split(".")[0] for room in ROOMS}
    return sorted(
        path
        for top in tops
        for path in (ROOT / top).rglob(f"*{suffix}")
        if "migrations" not in path.parts and "locale" not in path.parts
    )


def short(path: Path) -> str:
    """The path as one types it."""
    return str(path.relative_to(ROOT))
