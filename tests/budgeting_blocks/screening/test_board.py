"""The board: whose proposals one sees and works on, sharing them out, and two people on one record."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from budgeting_blocks.models import CriterionFinding, Screening, ScreeningNote, ScreeningQuestion
from budgeting_blocks.selectors.screening import board, by_due_date
from tests.rendered import as_posted, form_with

BOARD = reverse("budgeting_screening:index")
YESTERDAY = timezone.localdate() - timedelta(days=1)


def edit_url(proposal):
    return reverse("budgeting_screening:edit", args=[proposal.screening.pk])


def values(proposal, **changes):
    return {
        "state": "under_assessment",
        "cost": "",
        "cost_explanation": "",
        "upkeep": "",
        "upkeep_explanation": "",
        "reasons": "",
        "version": str(proposal.screening.version),
    } | changes


def assign_url(*proposals):
    ids = "&".join(f"id={proposal.screening.pk}" for proposal in proposals)
    return f"/admin/bulk/budgeting_blocks/screening/assign/?{ids}&next={BOARD}"


class TestWhoSeesWhat:
    def test_an_assessor_sees_the_proposals_of_their_own_units(self, client, screener, add, parks, sports):
        add("Puistopenkki", parks)
        add("Pallokenttä", sports)
        add("Jakamaton")
        client.force_login(screener)
        content = client.get(BOARD).content.decode()
        assert "Puistopenkki" in content
        assert "Pallokenttä" not in content
        assert "Jakamaton" not in content
        assert 'name="bulk' not in content and "data-bulk-action-footer" not in content

    def test_no_filter_shows_an_assessor_anothers(self, client, screener, add, sports):
        add("Pallokenttä", sports)
        client.force_login(screener)
        for query in (f"unit={sports.pk}", "q=pallo", "only=unassigned", "state=not_assessed", "export=xlsx"):
            assert b"Pallokent" not in client.get(f"{BOARD}?{query}").content
        assert b"Pallokent" not in client.get(reverse("budgeting_screening:index_results")).content

    def test_the_coordinator_sees_all(self, client, coordinator, add, parks):
        add("Puistopenkki", parks)
        add("Jakamaton")
        client.force_login(coordinator)
        content = client.get(BOARD).content.decode()
        assert "Puistopenkki" in content and "Jakamaton" in content

    def test_anothers_proposal_is_not_found_by_its_address(self, client, screener, add, sports):
        foreign = add("Pallokenttä", sports)
        client.force_login(screener)
        pk = foreign.screening.pk
        assert client.get(edit_url(foreign)).status_code == 404
        assert client.post(edit_url(foreign), values(foreign)).status_code == 404
        for name in ("ask", "note"):
            url = reverse(f"budgeting_assessing:{name}", args=[pk])
            assert client.post(url, {f"{'question' if name == 'ask' else name}-text": "x"}).status_code == 404
        assert not ScreeningQuestion.objects.exists() and not ScreeningNote.objects.exists()
        assert Screening.objects.get(pk=pk).state == "not_assessed"

    def test_an_assessor_cannot_give_their_work_away_by_a_made_up_form(self, client, screener, add, parks, sports):
        own = add("Puistopenkki", parks, due_on=YESTERDAY)
        client.force_login(screener)
        forged = values(own, unit=str(sports.pk), due_on="2030-01-01", pot="1")
        assert client.post(edit_url(own), forged).status_code == 302
        screening = Screening.objects.get()
        assert (screening.unit, screening.due_on, screening.state) == (parks, YESTERDAY, "under_assessment")

    def test_a_unit_taken_away_works_at_once(self, client, screener, add, parks):
        own = add("Puistopenkki", parks)
        client.force_login(screener)
        assert client.get(edit_url(own)).status_code == 200
        screener.units.clear()
        assert client.get(edit_url(own)).status_code == 404

    def test_moderators_reach_none_of_it(self, client, moderator, add, parks):
        proposal = add("Puistopenkki", parks)
        client.force_login(moderator)
        addresses = [BOARD, edit_url(proposal), assign_url(proposal), reverse("budgeting_merging:index")]
        addresses += [reverse(f"budgeting_assessing:{name}") for name in ("export", "import")]
        for address in addresses:
            assert client.get(address).status_code in (302, 403)
        assert assign_url(proposal) and Screening.objects.get().unit == parks


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("only=late", {"Myöhässä", "Oma myöhässä"}),
            ("only=mine", {"Oma myöhässä"}),
            ("only=mine&only=late", {"Oma myöhässä"}),
            ("only=waiting", {"Myöhässä", "Oma myöhässä", "Tulossa"}),
            ("only=unassigned", {"Myöhässä", "Tulossa", "Valmis"}),
            ("only=asked", {"Tulossa"}),
            ("only=answered", {"Valmis"}),
            ("state=rejected", {"Valmis"}),
        ],
    )
    def test_narrow_the_board(self, client, coordinator, add, parks, query, titles):
        coordinator.units.add(parks)
        add("Myöhässä", due_on=YESTERDAY)
        add("Oma myöhässä", parks, due_on=YESTERDAY)
        coming = add("Tulossa", due_on=timezone.localdate())
        done = add("Valmis", due_on=YESTERDAY, state="rejected", reasons="Ei kaupungin maalla.")
        ScreeningQuestion.objects.create(screening=coming.screening, text="?")
        ScreeningQuestion.objects.create(screening=done.screening, text="?", answer="!", answered_at=timezone.now())
        client.force_login(coordinator)
        shown = {row.proposal.title for row in client.get(f"{BOARD}?{query}").context["object_list"]}
        assert shown == titles

    def test_the_most_urgent_comes_first_and_what_has_no_date_last(self, coordinator, add):
        for title, day in (("c", None), ("b", date(2030, 1, 2)), ("a", date(2030, 1, 1))):
            add(title, due_on=day)
        assert [s.proposal.title for s in by_due_date(board(coordinator))] == ["a", "b", "c"]

    def test_the_board_asks_no_more_of_the_database_for_more_rows(self, client, coordinator, add, parks):
        def queries():
            with CaptureQueriesContext(connection) as caught:
                client.get(BOARD)
            return len(caught)

        client.force_login(coordinator)
        for number in range(3):
            add(f"Ehdotus {number}", parks)
        queries()
        few = queries()
        for number in range(3, 30):
            add(f"Ehdotus {number}", parks)
        assert queries() == few

    def test_its_order_has_an_index(self, coordinator, add):
        plan = by_due_date(Screening.objects.all())[:50].explain()
        if connection.vendor == "sqlite":
            assert "screening_board_order" in plan and "TEMP B-TREE" not in plan

    def test_the_front_page_tells_what_waits_and_what_is_late(self, client, screener, add, parks, sports):
        add("Oma", parks, due_on=YESTERDAY)
        add("Muiden", sports, due_on=YESTERDAY)
        client.force_login(screener)
        content = client.get("/admin/").content.decode()
        assert "Arviointeja myöhässä" in content


class TestSharingOut:
    def test_gives_unit_and_date_to_several_at_once_and_tells_the_unit(
        self, client, coordinator, add, parks, django_capture_on_commit_callbacks
    ):
        chosen = [add("Penkki"), add("Keinu")]
        client.force_login(coordinator)
        assert "Penkki" in client.get(assign_url(*chosen)).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(assign_url(*chosen), {"unit": parks.pk, "due_on": "2030-01-31"})
        assert response.status_code == 302
        assert {(s.unit, s.due_on, s.version) for s in Screening.objects.all()} == {(parks, date(2030, 1, 31), 1)}
        assert ModelLogEntry.objects.filter(action="budgeting.assign_screening").count() == 2
        (letter,) = mail.outbox
        assert letter.to == ["puistot@example.com"]
        assert "2 ehdotusta" in letter.body and "Penkki" not in letter.body

    def test_one_unknown_or_merged_id_refuses_all(self, client, coordinator, add, parks):
        own = add("Penkki")
        client.force_login(coordinator)
        for bad in ("999999", "abc", "-1", "9" * 40, "all"):
            response = client.post(assign_url(own) + f"&id={bad}", {"unit": parks.pk})
            assert response.status_code == 302
            assert Screening.objects.get().unit is None

    def test_is_not_for_assessors(self, client, screener, add, parks):
        own = add("Penkki", parks)
        client.force_login(screener)
        assert client.post(assign_url(own), {"due_on": "2030-01-31"}).status_code in (302, 403)
        assert Screening.objects.get().due_on is None

    def test_nothing_chosen_is_said_beside_the_form(self, client, coordinator, add):
        client.force_login(coordinator)
        response = client.post(assign_url(add("Penkki")), {"unit": "", "due_on": ""})
        assert "Valitse yksikkö" in response.content.decode()


class TestTwoPeople:
    def test_the_second_is_told_what_the_first_saved_and_overwrites_nothing(self, client, coordinator, add):
        proposal = add("Penkki")
        client.force_login(coordinator)
        first = values(proposal, state="proceeds", cost="4000", reasons="Hyvä.", unit="", due_on="")
        second = values(proposal, state="rejected", reasons="Ei.", unit="", due_on="")
        assert client.post(edit_url(proposal), first).status_code == 302
        response = client.post(edit_url(proposal), second)
        assert response.status_code == 200
        content = response.content.decode()
        assert "Joku muu on muuttanut" in content
        assert "Sillä välin tallennettu: Etenee äänestykseen" in content
        assert "Ei." in content
        screening = Screening.objects.get()
        assert (screening.state, screening.cost, screening.version) == ("proceeds", 4000, 1)

    def test_an_assignment_meanwhile_counts_as_well(self, client, coordinator, add, parks):
        proposal = add("Penkki")
        client.force_login(coordinator)
        mine = values(proposal, unit="", due_on="")
        client.post(assign_url(proposal), {"unit": parks.pk})
        assert client.post(edit_url(proposal), mine).status_code == 200
        assert Screening.objects.get().unit == parks


class TestCriteria:
    def test_are_kept_as_data_with_their_reasons(self, client, screener, add, parks, criterion):
        proposal = add("Penkki", parks)
        client.force_login(screener)
        name = f"criterion-{criterion.pk}"
        given = values(proposal, **{f"{name}-met": "unmet", f"{name}-reason": "Yksityinen maa."})
        assert "Kaupungin maalla" in client.get(edit_url(proposal)).content.decode()
        assert client.post(edit_url(proposal), given).status_code == 302
        finding = CriterionFinding.objects.get()
        assert (finding.met, finding.reason) == (False, "Yksityinen maa.")

    def test_what_is_written_in_the_form_as_the_browser_shows_it_is_kept(self, client, screener, add, parks, criterion):
        proposal = add("Penkki", parks)
        client.force_login(screener)
        form = form_with(client.get(edit_url(proposal)), "reasons")
        name = f"criterion-{criterion.pk}"
        typed = {f"{name}-met": "unmet", f"{name}-reason": "Yksityinen maa.", "state": "under_assessment"}
        assert client.post(edit_url(proposal), as_posted(form, **typed)).status_code == 302
        finding = CriterionFinding.objects.get()
        assert (finding.met, finding.reason) == (False, "Yksityinen maa.")

    def test_an_unmet_one_needs_a_reason_and_bars_the_way_to_the_vote(self, client, screener, add, parks, criterion):
        proposal = add("Penkki", parks)
        client.force_login(screener)
        name = f"criterion-{criterion.pk}"
        response = client.post(edit_url(proposal), values(proposal, **{f"{name}-met": "unmet"}))
        assert f"{name}-reason" in response.context["form"].errors
        given = {f"{name}-met": "unmet", f"{name}-reason": "Ei.", "state": "proceeds", "cost": "5", "reasons": "Hyvä"}
        response = client.post(edit_url(proposal), values(proposal, **given))
        assert "ei täytä kriteeriä" in str(response.context["form"].errors["state"])
        assert not CriterionFinding.objects.exists()

    def test_the_database_keeps_one_per_criterion_with_a_reason(self, add, criterion):
        screening = add("Penkki").screening
        with pytest.raises(IntegrityError), transaction.atomic():
            CriterionFinding.objects.create(screening=screening, criterion=criterion, met=False)
        CriterionFinding.objects.create(screening=screening, criterion=criterion, met=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            CriterionFinding.objects.create(screening=screening, criterion=criterion, met=True)

    @pytest.mark.parametrize("state", ["proceeds", "rejected", "withdrawn", "implemented"])
    def test_nothing_leaves_screening_without_public_reasons(self, add, state):
        screening = add("Penkki").screening
        with pytest.raises(IntegrityError), transaction.atomic():
            Screening.objects.filter(pk=screening.pk).update(state=state, cost=10, reasons="")

    def test_residents_read_criteria_and_costs_once_it_is_decided(
        self, client, browser, screener, add, parks, criterion
    ):
        proposal = add("Penkki", parks)
        client.force_login(screener)
        name = f"criterion-{criterion.pk}"
        given = {f"{name}-met": "met", f"{name}-reason": "Puistossa.", "cost_explanation": "Kolme penkkiä."}
        given |= {"upkeep": "120", "upkeep_explanation": "Maalaus."}
        client.post(edit_url(proposal), values(proposal, **given))
        assert "Puistossa." not in browser.get(proposal.get_absolute_url()).content.decode()
        proposal.screening.refresh_from_db()
        given |= {"state": "proceeds", "cost": "900", "reasons": "Toteutettavissa."}
        client.post(edit_url(proposal), values(proposal, **given))
        content = browser.get(proposal.get_absolute_url()).content.decode()
        for words in ("Puistossa.", "Kolme penkkiä.", "Maalaus.", "Toteutettavissa.", "120", "Kaupungin maalla"):
            assert words in content
