"""Plans, key projects and budgeting pages: what they show and what they refuse."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents.models import Document
from wagtail.models import Page

from budgeting_blocks.choices import PhaseKind
from budgeting_blocks.models import Phase, Round
from home.models import HomePage
from participation_pages.budgeting.domain import step_state
from participation_pages.dates import written_days
from participation_pages.models import BudgetingPage, KeyProjectPage, ParticipationPlanPage

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def add(home_page: HomePage, page: Page) -> Page:
    return home_page.add_child(instance=page)


def lines(*texts: str) -> list[dict[str, str]]:
    return [{"type": "line", "value": text} for text in texts]


def seen(client: Client, page: Page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_plan_tells_its_years_who_adopted_it_and_gives_the_document(client: Client, home_page: HomePage) -> None:
    document = Document.objects.create(title="Suunnitelma", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    plan = ParticipationPlanPage(
        title="Hyvinkään osallisuussuunnitelma",
        from_year=2018,
        to_year=2019,
        status="in_use",
        adopted_on=date(2018, 6, 18),
        adopted_by="Kaupunginhallitus",
        adopted_section="§ 123",
        document=document,
    )
    page = seen(client, add(home_page, plan))
    for words in (
        "2018–2019",
        "Käytössä",
        "badge--success",
        "Kaupunginhallitus, § 123",
        "18. kesäkuuta 2018",
        document.url,
    ):
        assert words in page


def test_a_plan_survives_its_document(client: Client, home_page: HomePage) -> None:
    document = Document.objects.create(title="Suunnitelma", file=ContentFile(b"%PDF-1.4", name="plan.pdf"))
    plan = add(home_page, ParticipationPlanPage(title="Suunnitelma", from_year=2018, document=document))
    document.delete()
    page = seen(client, ParticipationPlanPage.objects.get(pk=plan.pk))
    assert "2018–" in page and "Lataa suunnitelma" not in page


def test_a_plans_last_year_is_not_before_its_first(home_page: HomePage) -> None:
    plan = ParticipationPlanPage(title="Suunnitelma", slug="s", from_year=2020, to_year=2019, depth=3, path="x")
    with pytest.raises(ValidationError) as caught:
        plan.full_clean()
    assert "to_year" in caught.value.message_dict
    saved = add(home_page, ParticipationPlanPage(title="Suunnitelma", from_year=2020))
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipationPlanPage.objects.filter(pk=saved.pk).update(to_year=2019)


def test_a_key_project_shows_roles_goals_stakeholders_and_deliverables(client: Client, home_page: HomePage) -> None:
    plan = add(home_page, ParticipationPlanPage(title="Osallisuussuunnitelma", from_year=2018))
    project = KeyProjectPage(
        title="Kuntalaisten osallisuus",
        aim="Uusia tapoja osallistua.",
        chair_role="Kehittämispäällikkö",
        goals=lines("Avoimuus", "Yhteisöllisyys"),
        group_roles=lines("Rehtori"),
        stakeholders=lines("Järjestöt ja yhdistykset"),
        body=[
            {
                "type": "deliverables",
                "value": {
                    "caption": "Tuotokset",
                    "rows": [
                        {
                            "name": "Osallisuussuunnitelma",
                            "schedule": "2018–2019",
                            "status": "in_use",
                            "status_text": "Käytössä kesästä 2018",
                            "link": {"page": plan.pk, "url": ""},
                        },
                        {
                            "name": "Kuntalaisraati",
                            "schedule": "2020",
                            "status": "postponed",
                            "link": {"page": None, "url": ""},
                        },
                    ],
                },
            }
        ],
    )
    page = seen(client, add(home_page, project))
    for words in ("Kehittämispäällikkö", "Avoimuus", "Rehtori", "Järjestöt ja yhdistykset", "Käytössä kesästä 2018"):
        assert words in page
    assert f'<a href="{plan.url}">Osallisuussuunnitelma</a>' in page
    assert page.count("badge--warning") == 1 and "Siirretty" in page
    plan.unpublish()
    assert f'href="{plan.url}"' not in seen(client, project), "a row does not lead to a page that is not public"


def test_texts_of_a_key_project_are_shown_as_text(client: Client, home_page: HomePage) -> None:
    attack = "<img src=x onerror=alert(1)>"
    row = {"name": attack, "schedule": attack, "status": "planned", "status_text": attack}
    project = KeyProjectPage(
        title=attack,
        aim=attack,
        introduction=attack,
        chair_role=attack,
        goals=lines(attack),
        body=[{"type": "deliverables", "value": {"caption": attack, "rows": [row]}}],
    )
    project.slug = "hanke"
    assert "<img src=x" not in seen(client, add(home_page, project))


@given(moments, st.timedeltas(timedelta(seconds=1), timedelta(days=400)), moments)
def test_a_phase_is_current_exactly_in_its_half_open_time(opens_at: datetime, length: timedelta, now: datetime) -> None:
    closes_at = opens_at + length
    assert (step_state(opens_at, closes_at, now) == "current") == (opens_at <= now < closes_at)
    assert step_state(opens_at, closes_at, closes_at) == "done"


def test_a_phase_that_closes_at_midnight_ends_on_the_day_before() -> None:
    helsinki = timezone.get_default_timezone()
    opens_at, closes_at = datetime(2020, 3, 30, tzinfo=helsinki), datetime(2020, 4, 14, tzinfo=helsinki)
    assert written_days(opens_at, closes_at) == "30. maaliskuuta 2020 – 13. huhtikuuta 2020"
    assert written_days(opens_at, opens_at + timedelta(days=1)) == "30. maaliskuuta 2020"


@pytest.fixture
def a_round(db: None) -> Round:
    now = timezone.now()
    a_round = Round.objects.create(title="Osbu 2020", slug="osbu-2020", budget=20_000, live=True)
    for kind, first, last in ((PhaseKind.PROPOSALS, -60, -30), (PhaseKind.VOTING, -3, 11)):
        Phase.objects.create(
            round=a_round, kind=kind, opens_at=now + timedelta(days=first), closes_at=now + timedelta(days=last)
        )
    return a_round


def test_a_budgeting_page_shows_where_the_round_stands_until_it_moves_on(home_page: HomePage, a_round: Round) -> None:
    page = add(home_page, BudgetingPage(title="Osallistuva budjetointi", round=a_round))
    request = RequestFactory().get(page.url)
    html = page.serve(request).render().content.decode()
    assert html.index("Ehdotusvaihe") < html.index("Äänestys")
    assert html.count('class="is-done"') == 1 and html.count('aria-current="step"') == 1
    assert request._page_valid_until == a_round.phases.get(kind=PhaseKind.VOTING).closes_at


@pytest.mark.parametrize("fate", ["draft", "deleted", "none"])
def test_without_a_public_round_the_page_stands_without_steps(
    client: Client, home_page: HomePage, a_round: Round, fate: str
) -> None:
    page = add(home_page, BudgetingPage(title="Osallistuva budjetointi", round=None if fate == "none" else a_round))
    if fate == "draft":
        a_round.live = False
        a_round.save()
    elif fate == "deleted":
        a_round.delete()
    assert "Ehdotusvaihe" not in seen(client, BudgetingPage.objects.get(pk=page.pk))
