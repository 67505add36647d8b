"""A one-time code by mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import Ballot, VotingRight
from budgeting_blocks.selectors.rights import turnout_by_means
from budgeting_blocks.services.mailed_rights import mail_right
from budgeting_blocks.services.rights import find_held_right, is_expired
from budgeting_blocks.services.voting import AlreadyVoted, cast_ballot
from tests.budgeting_blocks.rights.conftest import Ladder, post

pytestmark = pytest.mark.usefixtures("ladder")


@pytest.fixture
def ask(browser: Client, ladder: Ladder, django_capture_on_commit_callbacks: Callable) -> Callable:
    def send(email: str, **data: object):
        with django_capture_on_commit_callbacks(execute=True):
            return post(browser, ladder.url("vote_mail"), email=email, **data)

    return send


def code_in(message: mail.EmailMessage) -> str:
    return re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", message.body).group()


def test_a_code_comes_by_mail_and_opens_the_vote(ask: Callable, browser: Client, ladder: Ladder) -> None:
    assert ask("matti@example.com").status_code == 303
    [message] = mail.outbox
    code = code_in(message)
    assert f"{ladder.url('vote_code')}#{code}" in message.body
    assert find_held_right(ladder.round, code, timezone.now()).means == "mail"
    response = post(browser, ladder.url("vote_code"), code=code)
    assert response.status_code == 303 and code not in response["Location"]
    assert "Äänioikeutesi on todettu" in browser.get(response["Location"]).content.decode()


def test_opening_the_link_does_nothing(ask: Callable, browser: Client, ladder: Ladder) -> None:
    """What stands behind # is not sent, so a scanner that opens the link asks for a page and nothing else."""
    ask("matti@example.com")
    code = code_in(mail.outbox[0])
    for _time in range(3):
        response = Client().get(ladder.url("vote_code"))
        assert response.status_code == 200 and not response.cookies
    assert find_held_right(ladder.round, code, timezone.now())


def test_the_address_is_kept_nowhere(ask: Callable) -> None:
    ask("matti@example.com")
    right = VotingRight.objects.get(means="mail")
    assert right.person_hash and "matti" not in repr(vars(right))


@pytest.fixture
def ask_later(ladder: Ladder, django_capture_on_commit_callbacks: Callable) -> Callable[[str, int], str]:
    """`ask_later("matti@example.com", 7)`: the code that is asked for in seven hours; nobody counts how often."""

    def send(email: str, hours: int) -> str:
        caches["shared"].clear()
        now = timezone.now() + timedelta(hours=hours)
        with django_capture_on_commit_callbacks(execute=True):
            mail_right(round=ladder.round, address=email, declared=True, visitor="192.0.2.1", now=now)
        return code_in(mail.outbox[-1])

    return send


def test_rights_by_mail_do_not_pile_up_however_often_a_stranger_asks_for_them(ask_later: Callable) -> None:
    codes = [ask_later("matti@example.com", hours) for hours in range(100)]
    assert len(set(codes)) == 17, "the same code again within some hours"
    assert VotingRight.objects.count() == 5
    assert ask_later("maija@example.com", 99) not in codes


def test_each_code_holds_a_day_from_when_it_was_asked_for(ask_later: Callable, ladder: Ladder) -> None:
    for hours in range(12):
        code = ask_later("matti@example.com", hours)
        for later in (0, 23):
            assert find_held_right(ladder.round, code, timezone.now() + timedelta(hours=hours + later)), hours


def test_a_stranger_who_asks_for_another_code_does_not_end_the_first_and_one_vote_ends_them_all(
    ask_later: Callable, ladder: Ladder
) -> None:
    first, second = ask_later("matti@example.com", 0), ask_later("Matti+toinen@example.com", 7)
    now = timezone.now()
    assert find_held_right(ladder.round, first, now) and find_held_right(ladder.round, second, now)
    assert [means.given for means in turnout_by_means(ladder.round) if means.given] == [1]
    vote = {"round": ladder.round, "proposals": [ladder.bench.pk]}
    cast_ballot(**vote, code=first, key="k" * 16)
    with pytest.raises(AlreadyVoted):
        cast_ballot(**vote, code=second, key="m" * 16)
    assert find_held_right(ladder.round, second, now) is None
    assert Ballot.objects.count() == 1


def test_the_answer_does_not_tell_whether_an_address_has_voted(ask: Callable, browser: Client, ladder: Ladder) -> None:
    fresh = ask("matti@example.com")
    page = browser.get(fresh["Location"]).content
    VotingRight.objects.update(used=True)
    again = ask("matti@example.com")
    assert (again.status_code, again["Location"]) == (fresh.status_code, fresh["Location"])
    strip = re.compile(rb'value="[^"]*"')
    assert strip.sub(b"", browser.get(again["Location"]).content) == strip.sub(b"", page)
    assert "jo äänestetty" in mail.outbox[1].body and "#" not in mail.outbox[1].body


def test_a_stranger_gets_three_mails_an_hour_and_none_of_the_senders_words(ask: Callable) -> None:
    answers = [ask(f"matti+{n}@example.com", website="", name="OSTA HALVALLA").status_code for n in range(6)]
    assert answers == [303, 303, 303, 429, 429, 429]
    assert len(mail.outbox) == 3 and not any("OSTA" in message.body + message.subject for message in mail.outbox)


def test_people_in_one_library_are_not_locked_out_but_a_flood_is(ask: Callable) -> None:
    answers = [ask(f"asiakas{n}@example.com").status_code for n in range(45)]
    assert answers == [303] * 40 + [429] * 5


def test_a_code_holds_for_a_day_and_the_database_tells_no_time(ask: Callable, ladder: Ladder) -> None:
    ask("matti@example.com")
    code, now = code_in(mail.outbox[0]), timezone.now()
    assert not is_expired(ladder.round, code, now + timedelta(hours=22))
    later = now + timedelta(hours=31)
    assert is_expired(ladder.round, code, later) and find_held_right(ladder.round, code, later) is None
    # Another end would be another code.
    forged = code[:-1] + ("3" if code[-1] != "3" else "4")
    assert find_held_right(ladder.round, forged, now) is None
    assert not [f for f in VotingRight._meta.fields if "Date" in type(f).__name__ or "Time" in type(f).__name__]


def test_where_there_are_limits_the_voter_gives_their_word(
    browser: Client, make_ladder: Callable[..., Ladder], ladder: Ladder, django_capture_on_commit_callbacks: Callable
) -> None:
    from budgeting_blocks.models import RuleSheet
    from tests.budgeting_blocks.conftest import freeze

    RuleSheet.objects.update(min_age=12, residents_only=True)
    freeze(ladder.round)
    refused = post(browser, ladder.url("vote_mail"), email="matti@example.com")
    assert refused.status_code == 422 and "Olen vähintään 12-vuotias ja asun kunnassa" in refused.content.decode()
    assert not VotingRight.objects.exists()
    assert post(browser, ladder.url("vote_mail"), email="matti@example.com", declared="on").status_code == 303


def test_nothing_is_sent_when_the_vote_is_closed(ask: Callable, ladder: Ladder) -> None:
    phase = ladder.round.phases.get(kind=Kind.VOTING)
    phase.closes_at = timezone.now() - timedelta(seconds=1)
    phase.save()
    response = ask("matti@example.com")
    assert response.status_code == 422 and "Äänestys päättyi" in response.content.decode()
    assert not mail.outbox and not VotingRight.objects.exists()
