"""Production settings refuse to start until the environment says what it must, and say what that is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.siteserver import copy_migrated

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"SECRET_KEY": "a1B2c3D4e5" * 6, "ALLOWED_HOSTS": "osallistu.example.com"}


def run(command: list[str], tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings.production", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS"),
        ({"DEBUG": "1"}, "Remove DEBUG"),
        ({"DEMO_ACCOUNTS_ALLOWED": "1"}, "Remove it"),
    ],
)
def test_a_wrong_environment_is_refused_with_what_to_set(changes: dict[str, str], message: str, tmp_path: Path) -> None:
    done = run(["manage.py", "check"], tmp_path, **{**GOOD, **changes})
    assert done.returncode != 0
    assert message in done.stderr


@pytest.mark.slow
def test_the_right_environment_passes_the_deployment_check_and_refuses_demo_accounts(tmp_path: Path) -> None:
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **GOOD)
    assert done.returncode == 0, done.stderr
    copy_migrated(tmp_path / "osallistu.sqlite3")
    start = ["-c", "import cms.wsgi; print('started')"]
    assert "started" in run(start, tmp_path, **GOOD).stdout
    make = "import django; django.setup(); from cms.users.models import User; User.objects.create(username='d', is_demo=True)"
    assert run(["-c", make], tmp_path, **GOOD).returncode == 0
    refused = run(start, tmp_path, **GOOD)
    assert refused.returncode != 0
    assert "remove_demo_accounts" in refused.stderr
    assert "started" not in refused.stdout
    assert run(["manage.py", "load_demo"], tmp_path, **GOOD).returncode != 0
