"""A PostgreSQL server of one's own, in a folder of its own, to be killed as a power cut would."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.siteserver import free_port

START_SECONDS = 60
# PostgreSQL refuses to run as root; Debian's packages make this account.
ACCOUNT = "postgres"


@dataclass(slots=True)
class OwnServer:
    """`folder` belongs to whom the server runs as."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://osa@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """An empty server, which asks nobody on this machine for a password."""
        options = ["--username", "osa", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        subprocess.run(
            [_program("initdb"), "-D", self.data, *options], check=True, capture_output=True, **_as_account()
        )

    def start(self) -> None:
        """Until it answers. After a kill it first waits until nothing of its predecessor runs any more."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                with (self.folder / "log").open("ab") as log:
                    command = [_program("postgres"), "-D", self.data, "-p", str(self.port), "-k", str(self.folder)]
                    self.process = subprocess.Popen(command, stdout=log, stderr=log, **_as_account())
            ready = subprocess.run([_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False)
            if ready.returncode == 0:
                return
            time.sleep(0.2)
        raise AssertionError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")

    def kill(self) -> None:
        """End all of its processes at once; none may write anything any more."""
        if self.process is None:
            return
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    @property
    def data(self) -> str:
        return str(self.folder / "data")


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A started server until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="storm-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ACCOUNT, ACCOUNT)
    server = OwnServer(folder)
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)


def _program(name: str) -> str:
    """Debian keeps the server's programs, of each version, out of the path."""
    found = shutil.which(name) or max(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), default="")
    if not found:
        raise SystemExit(f"{name} is not there: install PostgreSQL's server")
    return found


def _as_account() -> dict[str, str]:
    return {"user": ACCOUNT, "group": ACCOUNT, "cwd": "/"} if os.geteuid() == 0 else {}
