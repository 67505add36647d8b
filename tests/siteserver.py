"""The site as residents meet it: gunicorn in a process of its own, on a database of its own, with the demo content."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def environment_for(data: Path, **more: str) -> dict[str, str]:
    """Development settings on `data`, free of what the caller's shell says about the site."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL", "PAGE_CACHE_SECONDS", "EMAIL_URL", "DEBUG", "BASE_URL"}
    }
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATA_DIR": str(data),
        "EMAIL_URL": f"filemail:///{data / 'mail'}",
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def manage(data: Path, *arguments: str, **environment: str) -> str:
    """Run one of the site's commands on the database in `data`; its output."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment_for(data, **environment),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Of all processes that make something in the folder, which is made too."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_migrated(target: Path) -> None:
    """Put an empty database with every migration applied at `target`, over what is there: migrating takes half a minute.

    It is made once in DATA_DIR, and again when a migration or a pinned package changes. For SQLite; a test of PostgreSQL
    migrates there.
    """
    folder = Path(settings.DATA_DIR) / "migrated"
    made = folder / f"{_state_of_migrations()}.sqlite3"
    with _one_at_a_time(folder):
        if not made.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            manage(folder, "migrate", "-v", "0", DJANGO_SETTINGS_MODULE="cms.settings.test")
            # The last connection is closed, so all of it is in this one file.
            (folder / "osallistu.sqlite3").rename(made)
    for leftover in target.parent.glob(f"{target.name}-*"):
        leftover.unlink()
    shutil.copyfile(made, target)


def _state_of_migrations() -> str:
    folders = [*ROOT.glob("*/migrations"), *ROOT.glob("*/*/migrations")]
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for file in sorted(file for folder in folders for file in folder.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def prepared_site(folder: Path) -> Path:
    """The demo site's data below `folder`, made by the first who asks: every other process waits and takes the same."""
    data = folder / "prepared"
    with _one_at_a_time(folder):
        if not (folder / "prepared.done").exists():
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
            copy_migrated(data / "osallistu.sqlite3")
            manage(data, "prepare_demo")
            (folder / "prepared.done").touch()
    return data


def copy_site(prepared: Path, target: Path) -> Path:
    """A site of one's own to change. Static files do not change and are shared."""
    shutil.copytree(prepared, target, ignore=shutil.ignore_patterns("static", "mail"))
    (target / "static").symlink_to(prepared / "static")
    (target / "mail").mkdir()
    return target


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True, slots=True)
class RunningSite:
    """`url` has no slash at its end; `data` is the site's DATA_DIR."""

    url: str
    data: Path
    process_group: int = 0

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would."""
        os.killpg(self.process_group, signal.SIGKILL)

    def mails_to(self, address: str) -> list[str]:
        """Every mail that was sent to the address, oldest first, as text."""
        files = sorted((self.data / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
        mails = [mail for path in files for mail in path.read_text().split("-" * 79) if mail.strip()]
        return [mail for mail in mails if f"To: {address}" in mail]

    def addresses_of(self, model: str, language: str = "fi") -> list[str]:
        """The paths of all live pages of a type, given as `app.model`, oldest first."""
        app, _dot, name = model.partition(".")
        with closing(sqlite3.connect(self.data / "osallistu.sqlite3")) as database:
            roots = dict(
                database.execute(
                    "SELECT l.language_code, p.url_path FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id"
                    " WHERE p.depth = 2"
                )
            )
            rows = database.execute(
                "SELECT p.url_path FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id"
                " JOIN django_content_type c ON c.id = p.content_type_id"
                " WHERE p.live AND c.app_label = ? AND c.model = ? AND l.language_code = ? ORDER BY p.id",
                [app, name.lower(), language],
            ).fetchall()
        prefix = "/" if language == "fi" else f"/{language}/"
        return [prefix + path.removeprefix(roots[language]) for (path,) in rows]

    def page_ids(self, model: str) -> list[int]:
        """The keys of all pages of a type, given as `app.model`, oldest first."""
        app, _dot, name = model.partition(".")
        with closing(sqlite3.connect(self.data / "osallistu.sqlite3")) as database:
            rows = database.execute(
                "SELECT p.id FROM wagtailcore_page p JOIN django_content_type c ON c.id = p.content_type_id"
                " WHERE c.app_label = ? AND c.model = ? ORDER BY p.id",
                [app, name.lower()],
            ).fetchall()
        return [key for (key,) in rows]

    def manage(self, *arguments: str) -> str:
        """Run a command on the running site's database."""
        return manage(self.data, *arguments)


@contextmanager
def running_site(data: Path, **environment: str) -> Iterator[RunningSite]:
    """Serve the data with gunicorn until the block ends."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log_path = data / "gunicorn.log"
    with log_path.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"],
            cwd=ROOT,
            env=environment_for(data, BASE_URL=url, **environment),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_it_answers(url, server, log_path)
            yield RunningSite(url, data, process_group=server.pid)
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the site did not start:\n{log.read_text()}")


if __name__ == "__main__":
    prepared_site(Path(sys.argv[1]).resolve())
