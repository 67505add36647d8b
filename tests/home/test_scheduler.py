from typing import Any

import pytest
from django.core.management import call_command

from home.management.commands import run_scheduler


class Enough(BaseException):
    """Ends the endless loop after some rounds."""


def test_the_scheduler_publishes_every_round_and_does_the_nights_work_once_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[str] = []
    rounds = iter([None, None])

    def sleep(_seconds: float) -> None:
        if next(rounds, Enough) is Enough:
            raise Enough

    monkeypatch.setattr(run_scheduler, "call_command", lambda name: ran.append(name))
    monkeypatch.setattr(run_scheduler.time, "sleep", sleep)
    monkeypatch.setattr(run_scheduler, "close_old_connections", lambda: None)
    with pytest.raises(Enough):
        call_command("run_scheduler")
    assert ran.count("publish_scheduled") == 3
    assert ran.count("seal_boxes") == 3
    assert set(ran) == {*run_scheduler.Command.always, *run_scheduler.Command.nightly}
    assert all(ran.count(name) == 1 for name in run_scheduler.Command.nightly)


def test_a_fault_in_one_round_does_not_end_the_scheduler(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def fail(name: str) -> Any:
        asked.append(name)
        raise OSError("away")

    def sleep(_seconds: float) -> None:
        if asked.count("publish_scheduled") == 2:
            raise Enough

    monkeypatch.setattr(run_scheduler, "call_command", fail)
    monkeypatch.setattr(run_scheduler.time, "sleep", sleep)
    monkeypatch.setattr(run_scheduler, "close_old_connections", lambda: None)
    with pytest.raises(Enough):
        call_command("run_scheduler")
    assert "away" in capsys.readouterr().err


def test_one_command_that_always_fails_keeps_no_other_from_its_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[str] = []

    def run(name: str) -> None:
        ran.append(name)
        if name in ("publish_scheduled", "purge_expired"):
            raise OSError("broken")

    def sleep(_seconds: float) -> None:
        raise Enough

    monkeypatch.setattr(run_scheduler, "call_command", run)
    monkeypatch.setattr(run_scheduler.time, "sleep", sleep)
    monkeypatch.setattr(run_scheduler, "close_old_connections", lambda: None)
    with pytest.raises(Enough):
        call_command("run_scheduler")
    assert sorted(ran) == sorted([*run_scheduler.Command.always, *run_scheduler.Command.nightly])
    assert [record.message for record in caplog.records if record.name == run_scheduler.__name__] == [
        "scheduler: publish_scheduled failed",
        "scheduler: purge_expired failed",
    ]
