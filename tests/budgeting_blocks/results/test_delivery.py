"""Winners become projects; who follows them hears of them, and who should tell and does not is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.delivery_hooks import silent_waiting
from budgeting_blocks.models import Delivery, Proposal, ProposalContact, RoundResult
from budgeting_blocks.selectors.delivery import public_deliveries, public_delivery
from budgeting_blocks.services.delivery import DeliveryRefused, Progress, record_progress
from cms.common import pagecache
from cms.users.models import Unit, User
from tests.budgeting_blocks.voting.conftest import Vote

Publish = Callable[[RoundResult], RoundResult]


@pytest.fixture
def delivery(vote: Vote, counted: RoundResult, publish: Publish) -> Delivery:
    unit = Unit.objects.create(name="Puistot")
    vote.gym.screening.unit = unit
    vote.gym.screening.save()
    publish(counted)
    return Delivery.objects.get(proposal=vote.gym)


def page(delivery: Delivery) -> str:
    return Client().get(delivery.get_absolute_url()).content.decode()


def test_each_winner_becomes_a_project_with_its_unit_and_money(vote: Vote, delivery: Delivery) -> None:
    assert set(Delivery.objects.values_list("proposal", flat=True)) == {vote.gym.pk, vote.swing.pk}
    assert (str(delivery.unit), delivery.money, delivery.stage, delivery.percent) == ("Puistot", 10_000, "planned", 0)


def test_its_page_tells_what_is_told(delivery: Delivery, coordinator: User) -> None:
    progress = Progress(stage="in_progress", percent=40, unit=delivery.unit, money_used=3500)
    record_progress(delivery=delivery, progress=progress, user=coordinator, text="Perustukset on valettu <b>nyt</b>.")
    shown = page(delivery)
    for words in ("Toteutus", "40 %", "Puistot", "3\xa0500", "Perustukset on valettu &lt;b&gt;nyt&lt;/b&gt;."):
        assert words in shown
    assert delivery.get_absolute_url() in Client().get(delivery.proposal.get_absolute_url()).content.decode()


def test_a_hidden_proposals_project_is_hidden_as_well(delivery: Delivery) -> None:
    Proposal.objects.filter(pk=delivery.proposal_id).update(live=False)
    assert public_delivery(delivery.pk) is None
    assert Client().get(reverse("budgeting:delivery_short", args=[delivery.pk])).status_code == 404


def test_the_author_is_told_of_news_and_of_a_new_stage_only(
    delivery: Delivery, coordinator: User, django_capture_on_commit_callbacks
) -> None:
    ProposalContact.objects.create(
        proposal=delivery.proposal, email="tekija@example.com", follow_hash="x", created_at=timezone.now()
    )
    told = []
    for progress, text in (
        (Progress(stage="planned", percent=5), ""),
        (Progress(stage="in_progress", percent=5), ""),
        (Progress(stage="in_progress", percent=5), "Työ alkoi."),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            record_progress(delivery=delivery, progress=progress, user=coordinator, text=text)
        told.append(len(mail.outbox))
    assert told == [0, 1, 2]
    assert "Työ alkoi" not in mail.outbox[-1].body, "no words of others in mail"


def test_sixty_days_of_silence_show_to_all_and_in_the_admin(delivery: Delivery, coordinator: User, rf) -> None:
    request = rf.get("/admin/")
    request.user = coordinator

    def waiting() -> int:
        return silent_waiting(request)[0].count

    assert waiting() == 0 and "Yli 60 päivää" not in page(delivery)
    Delivery.objects.filter(pk=delivery.pk).update(updated_at=timezone.now() - timedelta(days=60, seconds=1))
    pagecache.invalidate()  # the cached page itself ends when those days are over
    assert waiting() == 1
    shown = page(delivery)
    assert "Yli 60 päivää" in shown and "Tiedon antaa Puistot" in shown
    record_progress(
        delivery=delivery, progress=Progress(stage="planned", percent=0), user=coordinator, text="Odotamme lupaa."
    )
    assert waiting() == 0


def test_saving_a_figure_alone_does_not_break_the_silence(delivery: Delivery, coordinator: User) -> None:
    before = delivery.updated_at
    record_progress(delivery=delivery, progress=Progress(stage="planned", percent=9), user=coordinator)
    delivery.refresh_from_db()
    assert (delivery.percent, delivery.updated_at) == (9, before)


def test_what_is_done_owes_no_word(delivery: Delivery, coordinator: User) -> None:
    record_progress(delivery=delivery, progress=Progress(stage="done", percent=100), user=coordinator)
    Delivery.objects.filter(pk=delivery.pk).update(updated_at=timezone.now() - timedelta(days=400))
    assert "Yli 60 päivää" not in page(delivery)


@pytest.mark.parametrize("progress", [Progress(stage="done", percent=90), Progress(stage="planned", percent=101)])
def test_figures_that_cannot_be_are_refused(delivery: Delivery, coordinator: User, progress: Progress) -> None:
    with pytest.raises(ValidationError):
        record_progress(delivery=delivery, progress=progress, user=coordinator)


def test_others_of_staff_may_not(delivery: Delivery, moderator: User) -> None:
    with pytest.raises(DeliveryRefused):
        record_progress(delivery=delivery, progress=Progress(stage="planned", percent=1), user=moderator)


def test_the_admin_saves_through_the_service_and_prints_a_poster(delivery: Delivery, coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)
    edit = reverse("budgeting_delivery:edit", args=[delivery.pk])
    assert client.get(edit).status_code == 200
    data = {"stage": "in_progress", "percent": "20", "text": "Kaivuri tuli.", "money_used": "", "photo": ""}
    assert client.post(edit, data).status_code == 302
    assert delivery.updates.get().text == "Kaivuri tuli."
    poster = client.get(reverse("budgeting_delivery:poster", args=[delivery.pk])).content.decode()
    assert "<svg" in poster and f"http://testserver{delivery.get_absolute_url()}" in poster
    assert "style=" not in poster


def test_the_list_costs_the_same_queries_however_long(
    delivery: Delivery, vote: Vote, make_proposal, django_assert_num_queries
) -> None:
    def read() -> list[str]:
        shown = list(public_deliveries())
        return [f"{d.proposal.title} {d.proposal.round} {d.unit} {d.get_absolute_url()}" for d in shown]

    with django_assert_num_queries(1):
        assert len(read()) == 2
    for number in range(20):
        proposal = make_proposal(vote.round, f"Hanke {number}")
        Delivery.objects.create(proposal=proposal, money=1, updated_at=timezone.now())
    with django_assert_num_queries(1):
        assert len(read()) == 22
