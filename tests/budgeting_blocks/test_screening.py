"""The city's assessment: what it demands, what it writes, whom it tells, and what an opened vote freezes."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import ProposalContact, Screening
from budgeting_blocks.services.assessing import ScreeningError
from budgeting_blocks.services.screening import record_screening
from cms.users.models import Unit


@pytest.fixture
def proposal(make_round, make_proposal):
    proposal = make_proposal(make_round(Kind.SCREENING), "Penkki")
    ProposalContact.objects.create(
        proposal=proposal, email="asukas@example.com", follow_hash="x", created_at=timezone.now()
    )
    Screening.objects.create(proposal=proposal)
    return proposal


def screen(proposal, user, **kwargs):
    values = {"state": "proceeds", "cost": 4000, "reasons": "Voidaan toteuttaa.", "unit": None} | kwargs
    return record_screening(proposal=proposal, user=user, **values)


def test_is_stored_logged_and_told_to_the_author(proposal, coordinator, django_capture_on_commit_callbacks):
    unit = Unit.objects.create(name="Puistot")
    with django_capture_on_commit_callbacks(execute=True):
        screen(proposal, coordinator, unit=unit)
    screening = Screening.objects.get()
    assert (screening.state, screening.cost, screening.unit) == ("proceeds", 4000, unit)
    entry = ModelLogEntry.objects.get(action="budgeting.screen")
    assert (entry.user, entry.data["from"], entry.data["to"]) == (coordinator, "not_assessed", "proceeds")
    (letter,) = mail.outbox
    assert letter.to == ["asukas@example.com"]
    assert "Etenee äänestykseen" in letter.body
    assert "Penkki" not in letter.body


def test_the_author_reads_the_decision_in_their_own_language(proposal, coordinator, django_capture_on_commit_callbacks):
    ProposalContact.objects.update(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        screen(proposal, coordinator)
    assert "Etenee" not in mail.outbox[0].body


@pytest.mark.parametrize("state", ["not_assessed", "under_assessment"])
def test_an_unfinished_assessment_sends_no_mail(proposal, coordinator, state, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        screen(proposal, coordinator, state=state, cost=None, reasons="")
    assert mail.outbox == []


def test_better_reasons_for_the_same_decision_send_no_second_mail(
    proposal, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        screen(proposal, coordinator)
        screen(proposal, coordinator, reasons="Tarkennettu.")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"cost": None}, "cost"),
        ({"cost": 0}, "cost"),
        ({"reasons": "  "}, "reasons"),
        ({"state": "rejected", "cost": None, "reasons": ""}, "reasons"),
        ({"state": "nonsense"}, "state"),
    ],
)
def test_what_a_state_demands_is_refused_at_its_field(proposal, coordinator, values, field):
    with pytest.raises(ScreeningError) as error:
        screen(proposal, coordinator, **values)
    assert error.value.field == field
    assert Screening.objects.get().state == "not_assessed"


def test_too_long_reasons_are_refused(proposal, coordinator):
    with pytest.raises(ValidationError) as error:
        screen(proposal, coordinator, reasons="x" * 2001)
    assert set(error.value.error_dict) == {"reasons"}


@pytest.mark.parametrize(
    "values",
    [
        {"state": "proceeds", "cost": None, "reasons": "x"},
        {"state": "implemented", "cost": 5, "reasons": ""},
        {"state": "rejected", "reasons": ""},
        {"state": "withdrawn", "reasons": ""},
        {"state": "nonsense"},
    ],
)
def test_the_database_refuses_the_same(proposal, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Screening.objects.update(**values)


def test_moderators_may_not(proposal, moderator):
    with pytest.raises(ScreeningError):
        screen(proposal, moderator)


def test_nor_anybody_before_it_is_published(proposal, coordinator):
    proposal.first_published_at = None
    with pytest.raises(ScreeningError, match="moderointia"):
        screen(proposal, coordinator)


class TestAdmin:
    LIST = "budgeting_screening:index"

    def post(self, client, proposal, **values):
        url = reverse("budgeting_screening:edit", args=[proposal.screening.pk])
        given = {"state": "proceeds", "cost": "4000", "reasons": "Hyvä", "unit": "", "version": "0"}
        return client.post(url, given | values)

    def test_the_list_filters_by_state(self, client, coordinator, proposal, make_proposal):
        make_proposal(proposal.round, "Hylätty ehdotus", state="rejected")
        client.force_login(coordinator)
        content = client.get(reverse(self.LIST) + "?state=not_assessed").content.decode()
        assert "Penkki" in content
        assert "Hylätty ehdotus" not in content
        assert "Hylätty" in client.get(reverse(self.LIST) + "?q=hylätty").content.decode()

    def test_saving_goes_through_the_service(self, client, coordinator, proposal, django_capture_on_commit_callbacks):
        client.force_login(coordinator)
        page = client.get(reverse("budgeting_screening:edit", args=[proposal.screening.pk])).content.decode()
        assert "Kuvaus" in page
        with django_capture_on_commit_callbacks(execute=True):
            assert self.post(client, proposal).status_code == 302
        assert Screening.objects.get().cost == 4000
        assert ModelLogEntry.objects.filter(action="budgeting.screen").count() == 1
        assert len(mail.outbox) == 1

    def test_empty_fields_are_told_beside_them(self, client, coordinator, proposal):
        client.force_login(coordinator)
        response = self.post(client, proposal, cost="", reasons="")
        errors = response.context["form"].errors
        assert response.status_code == 200
        assert set(errors) == {"cost", "reasons"}
        assert Screening.objects.get().state == "not_assessed"

    def test_the_frozen_ballot_is_told_at_the_state(self, client, coordinator, make_round, make_proposal):
        proposal = make_proposal(make_round(Kind.VOTING), "Äänestyksessä", state="proceeds", cost=900)
        client.force_login(coordinator)
        response = self.post(client, proposal, state="rejected")
        assert "Äänestys alkoi" in str(response.context["form"].errors["state"])
        response = self.post(client, proposal, cost="901")
        assert "Äänestys alkoi" in str(response.context["form"].errors["cost"])
        assert Screening.objects.get().cost == 900

    def test_nobody_adds_or_deletes_one(self, client, admin_client, proposal):
        base = reverse(self.LIST)
        assert admin_client.get(f"{base}new/").status_code == 404
        assert admin_client.post(f"{base}delete/{proposal.screening.pk}/").status_code == 404

    def test_moderators_do_not_see_it(self, client, moderator, proposal):
        client.force_login(moderator)
        assert client.get(reverse(self.LIST)).status_code == 302
        assert self.post(client, proposal).status_code == 302
        assert Screening.objects.get().state == "not_assessed"
