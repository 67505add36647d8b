"""The round block shows what the round's date calls for; an editor can look at it as of any date."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from budgeting_blocks.blocks import RoundBlock
from budgeting_blocks.domain.course import Course, courses
from budgeting_blocks.domain.phases import Kind, Schedule, Window
from budgeting_blocks.models import Round, RoundResult, RuleSheet
from budgeting_blocks.selectors.pages import page_of_round
from cms.common.clock import shown_now
from tests.budgeting_blocks.conftest import freeze

START = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
MONTH = timedelta(days=30)
SCHEDULE = Schedule.of(Window(kind, START + MONTH * n, START + MONTH * (n + 1)) for n, kind in enumerate(Kind))


@pytest.mark.parametrize(
    ("month", "course"),
    [(-1, "coming"), (0, "call"), (1, "screening"), (2, "ballot"), (3, "count")],
)
def test_each_date_calls_for_one_thing(month, course):
    assert courses(SCHEDULE, START + MONTH * month) == (course,)


def test_a_result_is_shown_from_its_publication_and_delivery_after_it():
    published = START + MONTH * 4
    assert courses(SCHEDULE, published - timedelta(seconds=1), result_at=published) == (Course.COUNT,)
    assert courses(SCHEDULE, published, result_at=published) == (Course.RESULTS,)
    assert courses(SCHEDULE, published, result_at=published, delivered=True) == (Course.DELIVERY, Course.RESULTS)


def test_a_round_that_collects_and_votes_at_once_shows_both():
    both = Schedule.of([Window(Kind.PROPOSALS, START, START + MONTH), Window(Kind.VOTING, START, START + MONTH)])
    assert courses(both, START) == (Course.BALLOT, Course.CALL)


def _rendered(round, *, as_of=None, preview=True) -> str:
    block = RoundBlock()
    request = RequestFactory().get("/")
    request.is_preview, request.as_of = preview, as_of
    value = block.to_python({"heading": "", "round": round.pk, "show_rules": True})
    return block.render(value, context={"request": request})


@pytest.fixture
def round(make_round, make_proposal):
    round = make_round(Kind.SCREENING)
    make_proposal(round, "Ulkokuntosali", state="proceeds", cost=1000)
    freeze(round)
    return round


def test_the_block_shows_screening_then_the_ballot_then_waiting_for_the_result(round):
    now = timezone.now()
    assert "Kaupunki arvioi ehdotuksia" in _rendered(round)
    assert 'type="checkbox"' in _rendered(round, as_of=now + timedelta(days=12))
    assert "Tulos julkaistaan tässä" in _rendered(round, as_of=now + timedelta(days=30))


def test_only_a_preview_shows_another_date(round):
    later = timezone.now() + timedelta(days=12)
    assert "Kaupunki arvioi ehdotuksia" in _rendered(round, as_of=later, preview=False)
    assert "as_of" not in _rendered(round, preview=False)


def test_a_preview_of_an_earlier_date_hides_the_result(make_round, make_proposal):
    round = make_round(None)
    make_proposal(round, "Ulkokuntosali", state="proceeds", cost=1000)
    now = timezone.now()
    RoundResult.objects.create(round=round, counted_at=now, published_at=now, voters=654, decision="Hallitus § 1")
    assert "654" in _rendered(round)
    assert "654" not in _rendered(round, as_of=now - timedelta(days=3))


def test_the_preview_s_date_comes_from_the_address_and_stays_for_the_session(round, monkeypatch):
    seen: list[datetime] = []
    monkeypatch.setattr(
        Round, "serve_preview", lambda _self, request, _mode: seen.append(shown_now(request)) or HttpResponse()
    )
    session: dict[str, str] = {}
    for query in ({"as_of": "2026-03-30T09:00"}, {}, {"as_of": "pötyä"}):
        request = RequestFactory().get("/", query)
        request.session = session
        round.make_preview_request(request)
    asked = datetime(2026, 3, 30, 9, tzinfo=timezone.get_default_timezone())
    assert seen[:2] == [asked, asked]
    assert abs(seen[2] - timezone.now()) < timedelta(minutes=1)


def test_the_block_s_queries_do_not_grow_with_proposals(round, make_proposal, django_assert_max_num_queries):
    for number in range(30):
        make_proposal(round, f"Ehdotus {number}")
    with django_assert_max_num_queries(24):
        _rendered(round, preview=False)


def test_a_page_about_the_model_tells_the_rules_and_the_decision_and_is_not_the_round_s_own_page(round, home_page):
    RuleSheet.objects.update_or_create(round=round, defaults={"decision_body": "Kaupunginhallitus"})
    freeze(round)
    home_page.body = [("rules", {"heading": "Säännöt", "round": round})]
    home_page.save_revision().publish()
    page = Client().get("/").content.decode()
    assert "Miten äänet lasketaan" in page and "Kaupunginhallitus" in page
    assert f"/osbu/kierrokset/{round.slug}/saannot/" in page
    assert page_of_round(round, "fi") is None
