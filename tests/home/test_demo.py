"""The demo content: whole, true, the same after a second run, and nowhere but in a demo."""

import re
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringSegment, StringTranslation

from budgeting_blocks.models import Delivery, PaperBatch, Proposal, Round
from budgeting_blocks.selectors.paper import reconcile, sheet_readings
from budgeting_blocks.selectors.voting import ballot_paper
from budgeting_blocks.services.classes import find_class, next_pupil_code
from budgeting_blocks.services.voting import WrongCode, cast_ballot
from cms.users.models import User
from cms.users.roles import Role
from feedback_forms.models import Case, PublicFeedback
from home.demo import load_demo
from home.demo.budgeting import DEMO_CODES, TEACHER_CODE
from home.demo.budgeting_pages import ADDRESSES
from home.demo.key_project import DELIVERABLES
from home.demo.people import ACCOUNTS, PASSWORD
from home.demo.pictures import PICTURES
from participation_pages.forums.models import EventPage
from participation_pages.models import BudgetingPage, KeyProjectPage, PanelSession
from tests.rendered import forms_of, names_given_twice

# One process builds the demo content for all of them.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo content, built once for all tests of this module, and taken back."""
    from django.conf import settings
    from django.db import transaction

    media = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_demo()
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
    settings.MEDIA_ROOT = media


def fingerprint() -> dict[str, object]:
    """Every table's rows, and the latest moment in it."""
    found: dict[str, object] = {}
    for model in apps.get_models():
        rows = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        dates = [f.name for f in model._meta.concrete_fields if f.get_internal_type() == "DateTimeField"]
        latest = [str(model._base_manager.order_by(f"-{name}").values_list(name, flat=True).first()) for name in dates]
        found[model._meta.label] = (len(rows), rows[-5:], latest)
    return found


def test_a_second_run_changes_nothing_and_is_quick(loaded: None) -> None:
    before, started = fingerprint(), time.process_time()
    assert not load_demo().built
    assert time.process_time() - started < 3
    assert fingerprint() == before


def test_reset_builds_the_same_again(loaded: None) -> None:
    before = {label: count for label, (count, _rows, _latest) in fingerprint().items()}
    assert load_demo(reset=True).built
    after = {label: count for label, (count, _rows, _latest) in fingerprint().items()}
    for label in (
        "wagtailcore.Page",
        "budgeting_blocks.Proposal",
        "feedback_forms.Case",
        "images.CityImage",
        "users.User",
    ):
        assert after[label] == before[label], label
    assert Page.find_problems() == ([], [], [], [], [])


def test_it_refuses_where_demo_accounts_are_not_allowed(settings) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False
    before = User.objects.count(), Page.objects.count()
    with pytest.raises(CommandError):
        call_command("load_demo", reset=True)
    assert (User.objects.count(), Page.objects.count()) == before


def test_the_command_tells_the_accounts_and_the_codes(loaded: None, capsys) -> None:
    call_command("load_demo")
    told = capsys.readouterr().out
    assert PASSWORD in told
    assert all(name in told for name in [*ACCOUNTS, *DEMO_CODES, TEACHER_CODE, *ADDRESSES])


def test_each_role_has_an_account_that_gets_in_and_is_marked(loaded: None) -> None:
    assert {role for role, _does, _unit in ACCOUNTS.values()} == set(Role)
    for name in ACCOUNTS:
        user = User.objects.get(username=name)
        assert user.is_demo
        assert not user.is_superuser
        assert Client().login(username=name, password=PASSWORD)


def test_the_key_project_shows_its_eight_deliverables_with_people_by_role(loaded: None) -> None:
    page = KeyProjectPage.objects.get(locale__language_code="fi")
    (table,) = [block for block in page.body if block.block_type == "deliverables"]
    assert [row["name"] for row in table.value["rows"]] == [name for name, *_rest in DELIVERABLES]
    assert (len(page.goals), len(page.group_roles), len(page.stakeholders)) == (8, 9, 14)


def test_the_round_of_2020_ended_as_it_did(loaded: None) -> None:
    round = Round.objects.get(slug="osbu-2020")
    lines = list(round.result.lines.order_by("rank"))
    assert [line.proposal.title for line in lines] == [
        "Ulkokuntosali",
        "Riksapyörä vanhusten ulkoiluttamiseen",
        "Tuunaa puistosi",
        "Kuljetukset kyliin",
        "Metsäkaltevan pelikenttä pelikuntoon",
    ]
    assert all(line.funded and line.votes is None for line in lines)
    assert round.budget == 20_000
    assert round.result.voters == 654


def test_in_the_current_round_one_can_propose_and_vote_today(loaded: None) -> None:
    from budgeting_blocks.domain.phases import Act

    round = Round.objects.get(slug=f"osbu-{timezone.localdate().year}")
    for act in Act:
        assert round.schedule.allows(act, timezone.now())
    proposals = Proposal.objects.filter(round=round)
    assert proposals.filter(live=True).count() >= 10
    waiting = proposals.filter(live=False, merge=None)
    assert waiting.count() == 3
    assert all(proposal.workflow_in_progress for proposal in waiting)
    ballot = list(proposals.filter(screening__state="proceeds").values_list("pk", flat=True))
    assert len(ballot) == 8
    assert sum(ballot_paper(round).costs.values()) > round.budget, "one has to choose"


def test_the_example_round_went_all_the_way_and_says_that_it_is_made_up(loaded: None) -> None:
    round = Round.objects.get(slug="esimerkkikierros")
    assert round.title.startswith("Esimerkkikierros")
    assert round.result.published_at
    assert round.result.decision_section
    assert set(dict(round.result.turnout["means"])) == {"code", "mail", "class", "desk", "paper"}
    assert all(any(voters is None for _key, voters in rows) for rows in round.result.turnout.values())
    call_command("verify_round", round.slug)
    deliveries = Delivery.objects.filter(proposal__round=round)
    assert {delivery.stage for delivery in deliveries} == {"planned", "in_progress", "done"}
    assert any(delivery.is_silent for delivery in deliveries)
    page = BudgetingPage.objects.get(slug="esimerkkikierros")
    assert "keksitty" in Client().get(page.url).content.decode()


def test_every_address_that_the_command_names_opens(loaded: None) -> None:
    for path in ADDRESSES:
        assert Client().get(path).status_code == 200, path


def test_the_teachers_code_opens_its_class(loaded: None) -> None:
    round = Round.objects.get(slug=f"osbu-{timezone.localdate().year}")
    school_class = find_class(round, TEACHER_CODE)
    assert school_class
    assert next_pupil_code(school_class, TEACHER_CODE)


def test_the_paper_desk_has_work_left_outside_the_running_round(loaded: None) -> None:
    (batch,) = PaperBatch.objects.filter(booked_on=None)
    assert batch.round.slug == "esimerkki-kylat"
    numbers = reconcile(batch, sheet_readings(batch))
    assert numbers.unhandled
    assert numbers.waiting
    assert numbers.differing


def test_each_printed_code_votes_once(loaded: None) -> None:
    round = Round.objects.get(slug=f"osbu-{timezone.localdate().year}")
    chosen = Proposal.objects.filter(round=round, screening__state="proceeds").first().pk
    for number, code in enumerate(DEMO_CODES):
        assert cast_ballot(round=round, code=code, proposals=[chosen], key=f"page-view-number-{number:04}")
    with pytest.raises(WrongCode):
        cast_ballot(round=round, code=DEMO_CODES[0], proposals=[chosen], key="another-page-view-1")


def test_there_is_feedback_in_every_state_that_staff_meet(loaded: None) -> None:
    assert set(Case.objects.values_list("state", flat=True)) >= {"received", "in_handling", "answered"}
    assert PublicFeedback.objects.filter(live=True).count() == 3
    assert PublicFeedback.objects.filter(live=False).count() == 1


def test_the_forum_has_an_event_of_each_state(loaded: None) -> None:
    assert set(EventPage.objects.values_list("status", flat=True)) == {"planned", "postponed", "cancelled"}
    assert EventPage.objects.filter(ends_at__lt=timezone.now()).exists()
    assert EventPage.objects.filter(status="postponed", postponed_from__isnull=False).exists()


def test_the_first_session_of_2020_was_cancelled(loaded: None) -> None:
    session = PanelSession.objects.get(panel__slug="kuntalaisraati-2020")
    assert [change.kind for change in session.changes.all()] == ["cancelled"]


def test_every_public_page_opens_in_both_languages(loaded: None) -> None:
    client, seen = Client(), 0
    for page in Page.objects.live().public().filter(depth__gt=1):
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        seen += 1
    assert seen > 25


def test_every_link_on_the_front_pages_leads_somewhere(loaded: None) -> None:
    client = Client()
    for start in ("/", "/en/"):
        page = client.get(start).content.decode()
        for target in set(re.findall(r'<a [^>]*href="(/[^"#?]*)"', page)):
            assert client.get(target).status_code == 200, f"{start} → {target}"


def test_the_english_pages_are_in_english_throughout(loaded: None) -> None:
    english = Locale.objects.get(language_code="en")
    done = set(StringTranslation.objects.filter(locale=english).values_list("translation_of_id", "context_id"))
    missing = [
        segment.string.data
        for segment in StringSegment.objects.select_related("string")
        if (segment.string_id, segment.context_id) not in done
    ]
    assert not missing


def test_no_page_waits_with_unpublished_changes(loaded: None) -> None:
    assert not Page.objects.filter(has_unpublished_changes=True).exists()
    assert Revision.objects.count() < 200


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_same_every_time_and_light(name: str) -> None:
    picture = PICTURES[name]
    content = picture.as_file().read()
    assert content == picture.as_file().read()
    assert len(content) < 60_000
    assert picture.alt.endswith(".")


def test_no_module_of_the_demo_is_a_dump() -> None:
    for path in Path(load_demo.__code__.co_filename).parent.glob("*.py"):
        assert len(path.read_text().splitlines()) < 300, path


def test_no_form_of_the_admin_holds_a_field_twice(loaded: None) -> None:
    """One address of each view that the admin's pages link to, begun from the front page; the last of two fields would win
    without a word."""
    client, seen, faults = Client(), set(), []
    # Of the rounds that are linked first, the rules are frozen and have no form.
    rule_sheets = [
        reverse("budgeting_rules:edit", args=[round.pk]) for round in Round.objects.filter(rehearsal_of=None)
    ]
    waiting = ["/admin/", *rule_sheets]
    client.force_login(User.objects.get(username="yllapito"))
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        if response.status_code != 200 or "text/html" not in response["Content-Type"] or response.streaming:
            continue
        twice = [name for form in forms_of(response) for name in names_given_twice(form)]
        # Wagtail's own account page holds its token twice; both say the same.
        faults += [f"{path}: {name}" for name in twice if (path, name) != ("/admin/account/", "csrfmiddlewaretoken")]
        for target in re.findall(r'href="(/admin/[^"?#]*)', response.content.decode()):
            kind = re.sub(r"/[^/]*\d[^/]*(?=/)", "/#", target)
            if kind not in seen and not re.search("logout|delete|export|download", kind):
                seen.add(kind)
                waiting.append(target)
    assert "/admin/budgeting/screening/edit/#/" in seen
    assert not faults, "\n".join(faults)
