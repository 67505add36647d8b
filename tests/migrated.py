"""An empty database with every migration applied, made once and copied: migrating takes half a minute, copying nothing.

Kept in DATA_DIR until a migration or a pinned package changes. For SQLite; a test of PostgreSQL migrates there.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent


def migrated_database() -> Path:
    """The file to copy. The first process that asks makes it, others wait for it."""
    folder = Path(settings.DATA_DIR) / "migrated"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{_state_of_migrations()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(folder, made)
    return made


def copy_migrated(target: Path) -> None:
    """Put a copy at `target`, over what is there."""
    for leftover in target.parent.glob(f"{target.name}-*"):
        leftover.unlink()
    shutil.copyfile(migrated_database(), target)


def _make(folder: Path, made: Path) -> None:
    for old in folder.glob("*.sqlite3*"):
        old.unlink()
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=600)
    # The last connection is closed, so all of it is in this one file.
    (folder / "osallistu.sqlite3").rename(made)


def _state_of_migrations() -> str:
    files = [
        ROOT / "requirements.txt",
        *sorted(ROOT.glob("*/migrations/*.py")),
        *sorted(ROOT.glob("*/*/migrations/*.py")),
    ]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
