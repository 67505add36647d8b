"""Votes on paper come into the box once, by two readers, and nobody joins them with an envelope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.choices import MeansKind
from budgeting_blocks.domain.paper import BadMark, Reading, SheetState, parse_marks, settle
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import (
    Ballot,
    BallotChoice,
    IdentificationMeans,
    PaperBatch,
    PaperEntry,
    PaperSheet,
    Phase,
    RuleSheet,
    VotingRight,
)
from budgeting_blocks.selectors.boxes import box_balance
from budgeting_blocks.selectors.paper import next_sheet, reconcile, sheet_readings
from budgeting_blocks.selectors.why import void_rows
from budgeting_blocks.services.codes import hash_code
from budgeting_blocks.services.counting import CountRefused, count_round
from budgeting_blocks.services.paper import (
    Counts,
    PaperRefused,
    book_batch,
    check_envelope,
    decide_sheet,
    enter_sheet,
    save_batch,
)
from budgeting_blocks.services.sealing import SealRefused, seal_round
from budgeting_blocks.services.voting import BallotRefused
from cms.users.models import User
from cms.users.roles import Role
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.voting import conftest as voting
from tests.budgeting_blocks.voting.conftest import Vote

# A round whose vote is open, as the tests of voting have it.
vote_unfrozen = voting.vote_unfrozen


@pytest.fixture
def reader(make_staff: Callable[..., User]) -> User:
    return make_staff(Role.MODERATOR, "budgeting_blocks.enter_paper")


@pytest.fixture
def third(make_staff: Callable[..., User]) -> User:
    return make_staff(Role.EDITOR, "budgeting_blocks.enter_paper")


@pytest.fixture
def paper(vote_unfrozen: Vote) -> Vote:
    """A vote by code and on paper. Printed numbers: 1 bench, 2 gym, 3 swing."""
    sheet = RuleSheet(round=vote_unfrozen.round)
    sheet.means = [IdentificationMeans(kind=kind, strength="medium") for kind in (MeansKind.CODE, MeansKind.PAPER)]
    sheet.save()
    freeze(vote_unfrozen.round)
    return vote_unfrozen


def _open(paper: Vote, user: User, received: int) -> PaperBatch:
    counts = Counts(printed=received + 5, unused=2, received=received)
    return save_batch(round=paper.round, label="Pääkirjasto", counts=counts, user=user, now=timezone.now())


def _envelope(batch: PaperBatch, user: User, code: str) -> str:
    batch.refresh_from_db()
    done = batch.accepted + batch.duplicates + batch.unknown
    return check_envelope(batch=batch, code=code, handled=done, user=user, now=timezone.now())


def _read(batch: PaperBatch, user: User, number: int, marks: str, void: str = "") -> SheetState:
    return enter_sheet(batch=batch, number=number, marks=marks, void_reason=void, user=user, now=timezone.now())


def _numbers(batch: PaperBatch):
    batch.refresh_from_db()
    return reconcile(batch, sheet_readings(batch))


def _ready(paper: Vote, one: User, other: User, sheets: list[tuple[str, str]]) -> PaperBatch:
    """A batch read twice, of a closed vote."""
    batch = _open(paper, one, len(sheets))
    for number, (marks, void) in enumerate(sheets, start=1):
        assert _envelope(batch, one, paper.codes.pop()) == "accepted"
        _read(batch, one, number, marks, void)
        _read(batch, other, number, marks, void)
    paper.close()
    return batch


def test_marks_are_numbers_with_or_without_points() -> None:
    assert parse_marks(" 3, 7;12 ") == [(3, 1), (7, 1), (12, 1)]
    assert parse_marks("3=5 7:2") == [(3, 5), (7, 2)]
    with pytest.raises(BadMark):
        parse_marks("3 seitsemän")


def test_two_readings_settle_a_sheet_only_when_they_agree() -> None:
    one, other = Reading({1: 1}), Reading({2: 1})
    assert settle([one], None) == (SheetState.WAITS, None)
    assert settle([one, Reading({1: 1})], None) == (SheetState.SETTLED, one)
    assert settle([one, other], None) == (SheetState.DIFFERS, None)
    assert settle([one, other], other) == (SheetState.SETTLED, other)


def test_the_same_person_cannot_read_a_sheet_twice(paper: Vote, coordinator: User, reader: User) -> None:
    batch = _open(paper, coordinator, 1)
    assert _read(batch, coordinator, 1, "1") is SheetState.WAITS
    with pytest.raises(PaperRefused, match="jo lukenut"):
        _read(batch, coordinator, 1, "1")
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.create(sheet=PaperSheet.objects.get(), entered_by=coordinator, choices={"1": 1})
    assert _read(batch, reader, 1, "1") is SheetState.SETTLED


def test_a_third_reading_is_refused(paper: Vote, coordinator: User, reader: User, third: User) -> None:
    batch = _open(paper, coordinator, 1)
    _read(batch, coordinator, 1, "1")
    _read(batch, reader, 1, "1")
    with pytest.raises(PaperRefused, match="kahdesti"):
        _read(batch, third, 1, "1")


def test_differing_readings_wait_for_a_decision_with_a_reason_by_somebody_else(
    paper: Vote, coordinator: User, reader: User, third: User, make_staff: Callable[..., User]
) -> None:
    batch = _open(paper, coordinator, 1)
    _read(batch, reader, 1, "1 2")
    assert _read(batch, third, 1, "1 3") is SheetState.DIFFERS
    sheet = PaperSheet.objects.get()
    given = {"sheet": sheet, "marks": "1 3", "void_reason": "", "now": timezone.now()}
    with pytest.raises(PaperRefused, match="joku muu"):
        decide_sheet(**given, decision_reason="Näin oli.", user=reader)
    with pytest.raises(PaperRefused, match="miksi"):
        decide_sheet(**given, decision_reason=" ", user=coordinator)
    decide_sheet(**given, decision_reason="Rasti on kolmosen ruudussa.", user=coordinator)
    [row] = sheet_readings(batch)
    assert row.outcome == Reading({paper.bench.pk: 1, paper.swing.pk: 1})
    with pytest.raises(PaperRefused, match="jo ratkaistu"):
        decide_sheet(**given, decision_reason="Uudelleen.", user=coordinator)


def test_a_coordinator_who_read_a_sheet_may_decide_it(paper: Vote, coordinator: User, reader: User) -> None:
    batch = _open(paper, coordinator, 1)
    _read(batch, coordinator, 1, "1")
    _read(batch, reader, 1, "2")
    decide_sheet(
        sheet=PaperSheet.objects.get(),
        marks="1",
        void_reason="",
        decision_reason="Selvä.",
        user=coordinator,
        now=timezone.now(),
    )
    assert _numbers(batch).decided == 1


@pytest.mark.parametrize(
    ("marks", "suggests"),
    [("", "empty"), ("2 3 1", "over_limit"), ("1 1", "over_limit"), ("9", ""), ("x", ""), ("1=2", "")],
)
def test_a_sheet_that_is_no_good_ballot_is_refused_with_the_reason_for_voiding_it(
    paper: Vote, coordinator: User, marks: str, suggests: str
) -> None:
    batch = _open(paper, coordinator, 1)
    with pytest.raises(PaperRefused) as refusal:
        _read(batch, coordinator, 1, marks)
    assert (refusal.value.field, refusal.value.suggests) == ("marks", suggests)
    assert not PaperSheet.objects.exists()


def test_a_void_sheet_holds_no_choices(paper: Vote, coordinator: User) -> None:
    batch = _open(paper, coordinator, 1)
    with pytest.raises(PaperRefused, match="ei kirjata valintoja"):
        _read(batch, coordinator, 1, "1", "named")
    _read(batch, coordinator, 1, "", "named")
    assert PaperEntry.objects.get().choices == {}


def test_who_voted_on_the_web_does_not_vote_on_paper(paper: Vote, coordinator: User) -> None:
    code = paper.codes[0]
    paper.cast(paper.gym, code=code)
    batch = _open(paper, coordinator, 3)
    assert _envelope(batch, coordinator, code) == "duplicates"
    assert _envelope(batch, coordinator, "AAAA-AAAA-AAAA") == "unknown"
    assert (_numbers(batch).accepted, _numbers(batch).duplicates, _numbers(batch).unknown) == (0, 1, 1)


def test_who_voted_by_another_right_does_not_vote_on_paper(paper: Vote, coordinator: User) -> None:
    one, other = paper.codes[:2]
    hashes = [hash_code(paper.round, code) for code in (one, other)]
    VotingRight.objects.filter(secret_hash__in=hashes).update(person_hash="a" * 64)
    paper.cast(paper.gym, code=one)
    assert _envelope(_open(paper, coordinator, 1), coordinator, other) == "duplicates"


def test_who_voted_on_paper_votes_neither_on_the_web_nor_again(paper: Vote, coordinator: User) -> None:
    code = paper.codes[0]
    batch = _open(paper, coordinator, 2)
    assert _envelope(batch, coordinator, code) == "accepted"
    with pytest.raises(BallotRefused):
        paper.cast(paper.gym, code=code)
    assert _envelope(batch, coordinator, code) == "duplicates"


def test_a_double_click_counts_one_envelope(paper: Vote, coordinator: User) -> None:
    batch = _open(paper, coordinator, 2)
    check_envelope(batch=batch, code=paper.codes[0], handled=0, user=coordinator, now=timezone.now())
    with pytest.raises(PaperRefused, match="jo kirjattu"):
        check_envelope(batch=batch, code=paper.codes[0], handled=0, user=coordinator, now=timezone.now())
    assert (_numbers(batch).accepted, _numbers(batch).duplicates) == (1, 0)


def test_booking_puts_the_good_ballots_into_the_box_and_keeps_counts_only(
    paper: Vote, coordinator: User, reader: User
) -> None:
    paper.cast(paper.swing)
    batch = _ready(paper, coordinator, reader, [("1", ""), ("1 2", ""), ("", "unreadable")])
    before = _numbers(batch)
    book_batch(batch=batch, user=coordinator)
    ballots = Ballot.objects.filter(means=MeansKind.PAPER)
    assert sorted(len(ballot.choices.all()) for ballot in ballots) == [1, 2]
    assert not PaperEntry.objects.exists() and not PaperSheet.objects.exists()
    after = _numbers(batch)
    assert after == before
    assert (after.good, after.void, after.not_returned, after.difference) == (2, {"unreadable": 1}, 3, 0)
    assert box_balance(paper.round).holds
    assert VotingRight.objects.filter(used=True, means=MeansKind.PAPER).count() == 3


def test_booking_twice_books_once(paper: Vote, coordinator: User, reader: User) -> None:
    batch = _ready(paper, coordinator, reader, [("1", ""), ("2", "")])
    book_batch(batch=batch, user=coordinator)
    with pytest.raises(PaperRefused, match="jo kirjattu"):
        book_batch(batch=batch, user=coordinator)
    assert Ballot.objects.count() == 2


def test_after_booking_neither_id_nor_place_tells_the_order_of_the_sheets(
    paper: Vote, coordinator: User, reader: User
) -> None:
    order = ["1", "2", "3", "1 2", "1 3"] * 4
    batch = _ready(paper, coordinator, reader, [(marks, "") for marks in order])
    before = set(Ballot.objects.values_list("pk", flat=True))
    book_batch(batch=batch, user=coordinator)
    number = {paper.bench.pk: "1", paper.gym.pk: "2", paper.swing.pk: "3"}
    rows: dict[int, list[str]] = {}
    for ballot, proposal in BallotChoice.objects.order_by("ballot_id").values_list("ballot_id", "proposal_id"):
        rows.setdefault(ballot, []).append(number[proposal])
    found = [" ".join(sorted(marks)) for _pk, marks in sorted(rows.items())]
    assert not before and sorted(found) == sorted(order)
    assert found != order


def test_a_batch_is_booked_only_when_it_comes_out_even(paper: Vote, coordinator: User, reader: User) -> None:
    batch = _ready(paper, coordinator, reader, [("1", "")])
    save_batch(
        round=paper.round,
        label="Pääkirjasto",
        counts=Counts(9, 2, 2),
        user=coordinator,
        now=timezone.now(),
        batch=batch,
    )
    with pytest.raises(PaperRefused, match="Kuoria tarkistamatta: 1"):
        book_batch(batch=batch, user=coordinator)
    assert _envelope(batch, coordinator, paper.codes.pop()) == "accepted"
    with pytest.raises(PaperRefused, match="hyväksyttyjä kuoria 2"):
        book_batch(batch=batch, user=coordinator)
    _read(batch, reader, 2, "", "empty")
    with pytest.raises(PaperRefused, match="kahdesti: 1"):
        book_batch(batch=batch, user=coordinator)
    _read(batch, coordinator, 2, "1")
    with pytest.raises(PaperRefused, match="eroavat: 1"):
        book_batch(batch=batch, user=coordinator)


def test_nothing_is_sealed_or_counted_before_all_paper_is_booked(paper: Vote, coordinator: User, reader: User) -> None:
    batch = _ready(paper, coordinator, reader, [("1", ""), ("", "unreadable")])
    with pytest.raises(SealRefused, match="paperieriä"):
        seal_round(round=paper.round)
    with pytest.raises(CountRefused, match="paperieriä"):
        count_round(round=paper.round, user=coordinator)
    book_batch(batch=batch, user=coordinator)
    result = count_round(round=paper.round, user=coordinator)
    assert (result.voters, result.void) == (2, 1), "a sheet that gives no vote was somebody's"
    assert void_rows(result) == [("Paperilippu, merkinnästä ei saa selvää", 1)]
    with pytest.raises(PaperRefused, match="sinetöity"):
        _open(paper, coordinator, 1) if PaperBatch.objects.all().update(label="Vanha") else None


def test_a_place_that_got_nothing_back_is_booked_as_nothing(paper: Vote, coordinator: User) -> None:
    batch = _open(paper, coordinator, 0)
    paper.close()
    assert book_batch(batch=batch, user=coordinator).good == 0
    assert _numbers(batch).not_returned == 3


@pytest.mark.parametrize("shift", [timedelta(minutes=-20), timedelta(seconds=-1)])
def test_nothing_is_booked_before_the_voting_has_closed(
    paper: Vote, coordinator: User, reader: User, shift: timedelta
) -> None:
    batch = _ready(paper, coordinator, reader, [("1", "")])
    closes = timezone.now()
    Phase.objects.filter(round=paper.round, kind=Kind.VOTING).update(closes_at=closes)
    with pytest.raises(PaperRefused, match="vasta, kun äänestys on päättynyt"):
        book_batch(batch=batch, user=coordinator, now=closes + shift)
    assert book_batch(batch=batch, user=coordinator, now=closes).good == 1


def test_only_those_with_the_permission_read_and_book(paper: Vote, coordinator: User, reader: User) -> None:
    batch = _ready(paper, coordinator, reader, [("1", "")])
    with pytest.raises(PaperRefused, match="oikeutta"):
        book_batch(batch=batch, user=reader)
    stranger = User.objects.create_user("vieras", "vieras@example.com", "x")
    with pytest.raises(PaperRefused, match="oikeutta"):
        _read(batch, stranger, 1, "1")


def test_no_paper_before_the_vote_or_where_it_is_not_offered(paper: Vote, vote_other: Vote, coordinator: User) -> None:
    with pytest.raises(PaperRefused, match="ei äänestetä paperilla"):
        _open(vote_other, coordinator, 1)
    Phase.objects.filter(round=paper.round, kind=Kind.VOTING).update(
        opens_at=timezone.now() + timedelta(hours=1), closes_at=timezone.now() + timedelta(days=1)
    )
    with pytest.raises(PaperRefused, match="ei ole vielä alkanut"):
        _open(paper, coordinator, 1)


@pytest.fixture
def vote_other(make_round: Callable[..., object], make_proposal: Callable[..., object]) -> Vote:
    round = make_round(Kind.VOTING)
    item = make_proposal(round, "Kukkapenkki", state="proceeds", cost=1000)
    freeze(round)
    return Vote(round, item, item, item, [])


def test_each_reader_is_led_to_the_next_sheet_of_theirs(
    paper: Vote, coordinator: User, reader: User, third: User
) -> None:
    batch = _open(paper, coordinator, 2)
    _read(batch, coordinator, 1, "1")
    assert (next_sheet(batch, coordinator.pk), next_sheet(batch, reader.pk)) == (2, 1)
    _read(batch, reader, 1, "1")
    assert next_sheet(batch, third.pk) == 2


def test_the_desk_works_in_the_admin(client: Client, paper: Vote, coordinator: User, reader: User) -> None:
    client.force_login(coordinator)
    url = reverse("budgeting_paper:create", args=[paper.round.pk])
    client.post(url, {"label": "Kirjasto", "printed": 5, "unused": 1, "received": 1})
    batch = PaperBatch.objects.get()
    client.post(reverse("budgeting_paper:envelopes", args=[batch.pk]), {"code": paper.codes.pop(), "handled": 0})
    page = client.post(reverse("budgeting_paper:enter", args=[batch.pk]), {"number": 1, "marks": "1 2 3"})
    assert "Vastoin äänestyksen rajoja" in page.content.decode()
    client.post(reverse("budgeting_paper:enter", args=[batch.pk]), {"number": 1, "marks": "1 2"})
    _read(batch, reader, 1, "1 3")
    page = client.get(reverse("budgeting_paper:decide", args=[PaperSheet.objects.get().pk])).content.decode()
    assert "2. Ulkokuntosali" in page and "3. Keinu puistoon" in page
    data = {"marks": "1 2", "decision_reason": "Selvä"}
    client.post(reverse("budgeting_paper:decide", args=[PaperSheet.objects.get().pk]), data)
    paper.close()
    client.post(reverse("budgeting_paper:book", args=[batch.pk]), {})
    batch.refresh_from_db()
    assert (batch.good, batch.decided) == (1, 1)
    report = client.get(reverse("budgeting_paper:report", args=[batch.pk])).content.decode()
    assert "Allekirjoitukset" in report and "Koordinaattori" in report
    assert client.get(reverse("budgeting_paper:index")).status_code == 200


def test_others_do_not_see_the_desk(client: Client, paper: Vote, moderator: User) -> None:
    client.force_login(moderator)
    page = client.get(reverse("budgeting_paper:index"))
    assert page.status_code in (302, 403)


@pytest.mark.parametrize("style", ["normal", "large", "plain"])
def test_ballots_share_their_numbers_in_every_order(client: Client, paper: Vote, coordinator: User, style: str) -> None:
    client.force_login(coordinator)
    pages = [
        client.get(reverse("budgeting_paper:ballot", args=[paper.round.pk, style, order])).content.decode()
        for order in "ABC"
    ]
    firsts = []
    for page in pages:
        for number, title in ((1, "Penkki rantaan"), (2, "Ulkokuntosali"), (3, "Keinu puistoon")):
            assert f"<b>{number}</b><span>{title}</span>" in page
        firsts.append(page[page.index("<b>") :][3])
        assert "MALLI" not in page
    assert firsts == ["1", "2", "3"]


def test_a_ballot_is_a_specimen_until_the_rules_are_frozen(
    client: Client,
    vote_unfrozen: Vote,
    coordinator: User,
) -> None:
    client.force_login(coordinator)
    url = reverse("budgeting_paper:ballot", args=[vote_unfrozen.round.pk, "normal", "A"])
    assert "MALLI" in client.get(url).content.decode()


def test_reading_a_batch_asks_as_much_of_one_sheet_as_of_many(
    paper: Vote, coordinator: User, reader: User, django_assert_num_queries: Callable[..., object]
) -> None:
    batch = _open(paper, coordinator, 12)
    for count in (1, 12):
        for number in range(PaperSheet.objects.count() + 1, count + 1):
            _read(batch, coordinator, number, "1")
        with django_assert_num_queries(2):
            assert len(sheet_readings(batch)) == count
