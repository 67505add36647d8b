"""Ballots of every kind and scope: by their rules alone, and as a visitor without JavaScript fills them in."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from budgeting_blocks.domain.ballots import Choice, Fault, find_problem
from budgeting_blocks.domain.fairness import ORDERS, next_order, place_in_order
from budgeting_blocks.domain.freezing import Frozen, Item, PotShare, Rules
from budgeting_blocks.models import Ballot, BallotChoice, Pot, Proposal, Round, RuleSheet, Screening
from cms.common.formtokens import make_token
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.voting.conftest import Vote, Voter

POTS = (PotShare(1, "Keskusta", 100), PotShare(2, "Kytäjä", 50))
ITEMS = {1: Item(60, 1, "a"), 2: Item(40, 1, "b"), 3: Item(30, 2, "c"), 4: Item(30, 2, "d"), 5: Item(1, 9, "no pot")}


def fault(rules: dict[str, object], *choices: int | Choice) -> tuple[Fault, int, str] | None:
    """What is wrong, by how much, and in which pot."""
    frozen = Frozen(Rules.of(rules), POTS, ITEMS, means={})
    problem = find_problem([c if isinstance(c, Choice) else Choice(c) for c in choices], frozen)
    return problem and (problem.fault, problem.over_by, problem.pot)


APPROVAL = {"ballot_kind": "approval", "max_choices": 2, "min_choices": 2}
POINTS = {"ballot_kind": "points", "max_points": 5, "max_points_per_item": 3}


@pytest.mark.parametrize(
    ("rules", "choices", "found"),
    [
        ({}, [1, 2, 3], None),
        ({}, [1, 2, 3, 4], (Fault.OVERSPENT, 10, "")),
        ({"max_choices": 1}, [1, 2], (Fault.TOO_MANY, 1, "")),
        ({"ballot_scope": "each"}, [1, 2, 3], None),
        ({"ballot_scope": "each"}, [1, 3, 4], (Fault.OVERSPENT, 10, "Kytäjä")),
        ({"ballot_scope": "one"}, [1, 3], (Fault.POTS_MIXED, 0, "")),
        ({"ballot_scope": "one"}, [3, 4], (Fault.OVERSPENT, 10, "Kytäjä")),
        ({}, [5], (Fault.NOT_ON_BALLOT, 0, "")),
        (APPROVAL, [1], (Fault.TOO_FEW, 0, "")),
        (APPROVAL, [1, 2], None),
        (APPROVAL, [1, 2, 3], (Fault.TOO_MANY, 1, "")),
        (APPROVAL | {"ballot_scope": "each"}, [1, 2, 3, 4], None),
        # A pot may be left alone, but not filled by half.
        (APPROVAL | {"ballot_scope": "each"}, [1, 2], None),
        (APPROVAL | {"ballot_scope": "each"}, [1, 2, 3], (Fault.TOO_FEW, 0, "Kytäjä")),
        (APPROVAL, [Choice(1, 2), Choice(2)], (Fault.TOO_MANY_FOR_ONE, 0, "")),
        (POINTS, [Choice(1, 3), Choice(2, 2)], None),
        (POINTS, [Choice(1, 4)], (Fault.TOO_MANY_FOR_ONE, 0, "")),
        (POINTS, [Choice(1, 3), Choice(2, 3)], (Fault.TOO_MANY_POINTS, 1, "")),
        (POINTS, [Choice(1, -1)], (Fault.BAD_POINTS, 0, "")),
        (POINTS | {"ballot_scope": "each"}, [Choice(1, 3), Choice(2, 2), Choice(3, 3)], None),
        # Points are shared without regard to the price.
        (POINTS, [Choice(1), Choice(2), Choice(3), Choice(4)], None),
    ],
)
def test_a_ballot_is_good_or_has_its_fault(rules: dict, choices: list, found: tuple | None) -> None:
    assert fault(rules, *choices) == found


def test_every_item_comes_first_about_as_often() -> None:
    orders, order = set(), 0
    for _ in range(ORDERS):
        orders.add(order)
        order = next_order(order)
    assert len(orders) == ORDERS
    first = [min(range(8), key=lambda item: place_in_order(item, order)) for order in range(ORDERS)]
    assert all(2 <= first.count(item) <= 18 for item in range(8))


@pytest.fixture
def ruled(vote: Vote) -> Callable[..., Vote]:
    """`ruled(ballot_kind="points", …)`: the same round by other rules; `pots`: the gym in one, the rest in the other."""

    def change(*, pots: bool = False, **rules: object) -> Vote:
        RuleSheet.objects.create(round=vote.round, **rules)
        if pots:
            for name, items in (("Keskusta", [vote.gym]), ("Kytäjä", [vote.bench, vote.swing])):
                pot = Pot.objects.create(round=vote.round, name=name, slug=name.lower(), budget=10_000)
                Screening.objects.filter(proposal__in=items).update(pot=pot)
        freeze(vote.round)
        return vote

    return change


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


def test_at_most_k_says_so_and_counts(ruled: Callable[..., Vote], voter: Voter) -> None:
    vote = ruled(ballot_kind="approval", max_choices=2, min_choices=2)
    page = text(voter.client.get(reverse("budgeting:vote_review", args=[vote.round.slug])))
    assert "Voit valita enintään 2 ehdotusta. Valitse vähintään 2." in page
    assert "Voit valita enintään 2 ehdotusta. Poista 1." in text(voter.review([vote.bench, vote.gym, vote.swing]))
    assert "Valitse vähintään 2 ehdotusta" in text(voter.review([vote.bench]))
    assert voter.send([vote.bench, vote.gym], vote.codes[0]).status_code == 303


def test_points_are_typed_reviewed_and_stored(ruled: Callable[..., Vote], voter: Voter) -> None:
    vote = ruled(ballot_kind="points", max_points=5, max_points_per_item=3)
    points = {f"points-{vote.bench.pk}": "3", f"points-{vote.gym.pk}": "2", f"points-{vote.swing.pk}": ""}
    review = text(voter.review([], **points))
    assert "3 pistettä" in review and "Pisteitä yhteensä" in review and "Keinu puistoon" not in review
    assert f'name="points-{vote.bench.pk}" value="3"' in review
    assert voter.send([], vote.codes[0], **points).status_code == 303
    assert set(BallotChoice.objects.values_list("proposal", "points")) == {(vote.bench.pk, 3), (vote.gym.pk, 2)}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("4", "Yksi ehdotus voi saada enintään 3 pistettä"),
        ("-1", "Kirjoita pisteet kokonaislukuina"),
        ("1,5", "Kirjoita pisteet kokonaislukuina"),
        ("٣", "Kirjoita pisteet kokonaislukuina"),
        ("9" * 30, "Kirjoita pisteet kokonaislukuina"),
        ("", "Valitse ainakin yksi"),
        ("0", "Valitse ainakin yksi"),
    ],
)
def test_bad_points_are_refused_beside_the_items(
    ruled: Callable[..., Vote], voter: Voter, typed: str, message: str
) -> None:
    vote = ruled(ballot_kind="points", max_points=5, max_points_per_item=3)
    response = voter.review([], **{f"points-{vote.gym.pk}": typed})
    assert response.status_code == 422 and message in text(response)
    assert not Ballot.objects.exists()


def test_points_for_what_is_no_number_of_an_item_are_refused(ruled: Callable[..., Vote], voter: Voter) -> None:
    vote = ruled(ballot_kind="points", max_points=5)
    for name in ("points-x", "points-", "points-99999"):
        assert "ei ole enää äänestyksessä" in text(voter.send([], vote.codes[0], **{name: "1"}))


def test_in_each_pot_the_fault_names_the_pot(ruled: Callable[..., Vote], voter: Voter) -> None:
    vote = ruled(pots=True, ballot_scope="each")
    refused = text(voter.review([vote.gym, vote.bench, vote.swing]))
    assert "Kytäjä: Valintasi maksavat 4 000 € enemmän" in refused
    assert voter.send([vote.gym, vote.bench], vote.codes[0]).status_code == 303


def test_the_voter_picks_one_pot_without_scripts(ruled: Callable[..., Vote], voter: Voter) -> None:
    vote = ruled(pots=True, ballot_scope="one")
    url = reverse("budgeting:vote_review", args=[vote.round.slug])
    choice = text(voter.client.get(url))
    assert "Valitse, minkä osuuden rahoista" in choice and "data-ballot" not in choice
    pot = Pot.objects.get(name="Kytäjä")
    paper = text(voter.client.get(url, {"osuus": pot.pk}))
    assert "Penkki rantaan" in paper and "Ulkokuntosali" not in paper and "Vaihda osuus" in paper
    assert "data-ballot" not in text(voter.client.get(url, {"osuus": "99999"}))
    review = voter.review([vote.bench], pot=pot.pk)
    assert f'name="pot" value="{pot.pk}"' in text(review)
    assert "useasta osuudesta" in text(voter.review([vote.bench, vote.gym], pot=pot.pk))
    assert voter.send([vote.bench], vote.codes[0], pot=pot.pk).status_code == 303


def test_searching_without_scripts_keeps_what_was_chosen(vote: Vote, voter: Voter) -> None:
    page = voter.review([vote.gym], search="penk", show="1")
    shown = text(page)
    assert page.status_code == 200 and "error-summary" not in shown
    assert re.search(rf'type="hidden" name="proposals" value="{vote.gym.pk}"', shown)
    assert "Penkki rantaan" in shown and "Keinu puistoon" not in shown
    chosen = text(voter.review([vote.gym], only_chosen="1"))
    assert re.search(rf'value="{vote.gym.pk}"[^>]* checked', chosen) and "Penkki rantaan" not in chosen
    assert text(voter.review([vote.gym], search="penk", show_all="1")).count('type="checkbox"') == 3


def test_the_gallery_s_shortlist_is_marked_but_not_ticked_and_can_be_looked_at_alone(vote: Vote, voter: Voter) -> None:
    url = reverse("budgeting:vote_review", args=[vote.round.slug])
    page = text(voter.client.get(url, {"ids": f"{vote.gym.pk}-99-x-{vote.swing.pk}"}))
    assert page.count("<li data-picked>") == 2 and " checked" not in page
    ids = re.search(r'type="hidden" name="ids" value="([0-9-]+)"', page)[1]
    only = text(voter.review([vote.bench], ids=ids, only_picked="1"))
    assert only.count('type="checkbox"') == 2 and "Keinu puistoon" in only
    # What is chosen and not on the shortlist travels along, and so does the shortlist, through the review and back.
    assert re.search(rf'type="hidden" name="proposals" value="{vote.bench.pk}"', only)
    assert f'name="ids" value="{ids}"' in text(voter.review([vote.bench], ids=ids))
    assert text(voter.review([vote.bench], ids=ids, change="1")).count("<li data-picked>") == 2


def test_the_shortlist_leads_to_the_ballot_while_the_voting_is_open(vote: Vote, browser: Client) -> None:
    url = reverse("budgeting:shortlist", args=[vote.round.slug])
    link = reverse("budgeting:vote_review", args=[vote.round.slug]) + f"?ids={vote.gym.pk}"
    assert link in text(browser.get(url, {"ids": vote.gym.pk}))
    vote.close()
    # Another address, since the first is in the cache.
    assert link not in text(browser.get(url, {"ids": f"{vote.gym.pk}-0"}))


def test_another_order_shows_the_same_items_elsewhere(vote: Vote, browser: Client) -> None:
    url = reverse("budgeting:vote_review", args=[vote.round.slug])

    def order(number: int) -> tuple[str, ...]:
        return tuple(
            re.findall(r'type="checkbox" name="proposals" value="(\d+)"', text(browser.get(url, {"order": number})))
        )

    seen = {order(number) for number in range(12)}
    assert len(seen) > 3 and all(len(set(items)) == 3 for items in seen)
    assert order(3) == order(3)


def test_items_and_prices_come_from_the_frozen_rules(vote: Vote, voter: Voter) -> None:
    """Whatever the tables say after the freeze."""
    Screening.objects.filter(proposal=vote.bench).update(cost=19_999)
    Proposal.objects.filter(pk=vote.bench.pk).update(title="Vaihdettu")
    shown = text(voter.review([vote.bench, vote.gym]))
    assert "Penkki rantaan" in shown and "16 000 €" in shown and "Vaihdettu" not in shown


def test_a_ballot_of_640_items_is_light(vote: Vote, fill_ballot: Callable[[Round, int], None]) -> None:
    fill_ballot(vote.round, 640)
    freeze(vote.round)
    client = Client(headers={"sec-fetch-site": "same-origin"})
    page = client.get(reverse("budgeting:vote_review", args=[vote.round.slug])).content
    assert page.count(b'type="checkbox"') == 643
    assert len(page) < 300_000
    assert len(gzip.compress(page, 6)) < 40_000
    data = {"form_token": make_token(), "proposals": [vote.gym.pk], "search": "kuntosali", "show": "1"}
    assert len(client.post(reverse("budgeting:vote_review", args=[vote.round.slug]), data).content) < 60_000
