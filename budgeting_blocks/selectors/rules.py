"""What a round's vote stands on."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import QuerySet

from budgeting_blocks.choices import BALLOT_STATES
from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, Item, PotShare, Rules, means_or_codes
from budgeting_blocks.domain.rules import MeansKind, Strength
from budgeting_blocks.models import Proposal, Round, RuleSheet, RuleVersion


def rules_in_force(round: Round) -> Frozen:
    """The newest frozen version, or, as long as there is none, the same worked out from what stands in the tables now.

    One query (two when the version has not been read before); four while nothing is frozen.
    """
    newest = (
        RuleVersion.objects.filter(round=round).order_by("-number").values_list("pk", "number", "fingerprint").first()
    )
    return frozen_version(*newest) if newest else draft_rules(round)


def rules_shown(round: Round) -> Frozen:
    """For showing: the rules that were in force when the round was read, where `find_live_round` read it."""
    newest: tuple[int, int, str] | None = getattr(round, "newest_version", None)
    return frozen_version(*newest) if newest else rules_in_force(round)


@lru_cache(maxsize=32)
def frozen_version(pk: int, number: int, fingerprint: str) -> Frozen:
    """A version never changes, so that a process may remember it; the fingerprint belongs to what is remembered."""
    return Frozen.from_document(RuleVersion.objects.get(pk=pk, fingerprint=fingerprint).document, number)


def rule_versions(round: Round) -> QuerySet[RuleVersion]:
    """The frozen versions, the first one first."""
    return RuleVersion.objects.filter(round=round).order_by("number")


def frozen_versions(round: Round) -> list[Frozen]:
    """What each of the frozen versions says, the first one first."""
    keys = rule_versions(round).values_list("pk", "number", "fingerprint")
    return [frozen_version(*key) for key in keys]


def withdrawn_items(round: Round) -> frozenset[int]:
    """Items that a published correction took off the ballot. Ballots may hold them; they get no place in the result."""
    versions = frozen_versions(round)
    ever = {pk for version in versions for pk in version.items}
    return frozenset(ever - versions[-1].items.keys()) if versions else frozenset()


def draft_rules(round: Round) -> Frozen:
    """What would be frozen now."""
    sheet = RuleSheet.objects.filter(round=round).prefetch_related("means").first() or RuleSheet(round=round)
    means = {MeansKind(m.kind): Strength(m.strength) for m in sheet.means.all()} if sheet.pk else {}
    rules = Rules.of(vars(sheet))
    pots = tuple(PotShare(pot.pk, pot.name, pot.budget) for pot in round.pots.all() if pot.pk)
    return Frozen(
        rules=rules,
        pots=pots or (PotShare(WHOLE_ROUND, round.title, round.budget),),
        items=_items(round, rules, {pot.key for pot in pots}),
        means=means_or_codes(means),
        decision={
            "body": sheet.decision_body,
            "date": sheet.decision_date.isoformat() if sheet.decision_date else "",
            "section": sheet.decision_section,
            "url": sheet.decision_url,
        },
    )


def example_rules(round: Round) -> Frozen:
    """Usual rules for a round that is not stored: what a block's preview shows on a site without rounds."""
    return Frozen(Rules(), (PotShare(WHOLE_ROUND, round.title, round.budget),), {}, means_or_codes({}))


def _items(round: Round, rules: Rules, pots: set[int]) -> dict[int, Item]:
    rows = Proposal.objects.filter(
        round=round, live=True, screening__state__in=BALLOT_STATES, screening__cost__isnull=False
    ).values_list("pk", "screening__cost", "screening__upkeep", "screening__pot", "title")
    years = rules.upkeep_years if rules.counts_upkeep else 0
    return {
        pk: Item(
            cost=(cost or 0) + (upkeep or 0) * years, pot=(pot or WHOLE_ROUND) if pots else WHOLE_ROUND, title=title
        )
        for pk, cost, upkeep, pot, title in rows
    }
