"""What the paper desk prints: ballots, and the reconciliation to sign."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.rules import BallotKind, BallotScope
from budgeting_blocks.models import PaperBatch, Round
from budgeting_blocks.permissions.paper import can_see_paper
from budgeting_blocks.permissions.words import euros_text
from budgeting_blocks.selectors.paper import numbered_items, reconcile, sheet_readings, versions_of, void_lines
from budgeting_blocks.views.admin_pages import require

STYLES = ("normal", "large", "plain")
ORDERS = ("A", "B", "C")


def ballot(request: HttpRequest, pk: int, style: str, order: str) -> HttpResponse:
    """One ballot to print copies of; a specimen until the rules are frozen. The orders share the items' numbers."""
    require(can_see_paper(request.user))
    round = get_object_or_404(Round, pk=pk, rehearsal_of=None)
    if style not in STYLES or order not in ORDERS:
        raise Http404
    versions = versions_of(round)
    frozen, numbers = versions[-1], numbered_items(versions)
    context = {
        "round": round,
        "style": style,
        "order": order,
        "specimen": not frozen.number,
        "points": frozen.rules.ballot_kind is BallotKind.POINTS,
        "how": how_lines(frozen, style == "plain"),
        "pots": [_pot_rows(frozen, pot.key, pot.name, pot.budget, numbers, order) for pot in frozen.pots],
    }
    return _print(request, "ballot", context)


def _pot_rows(
    frozen: Frozen, key: int, name: str, budget: int, numbers: dict[int, int], order: str
) -> dict[str, object]:
    items = sorted((numbers[pk], item) for pk, item in frozen.items.items() if item.pot == key)
    start = len(items) * ORDERS.index(order) // len(ORDERS)
    rows = [(number, item.title, euros_text(item.cost)) for number, item in items[start:] + items[:start]]
    return {"name": name if len(frozen.pots) > 1 else "", "budget": euros_text(budget), "items": rows}


def how_lines(frozen: Frozen, plain: bool) -> list[str]:
    """What the voter does, one sentence each; `plain`: in plain language."""
    rules = frozen.rules
    least, most = rules.min_choices, rules.max_choices
    points = rules.ballot_kind is BallotKind.POINTS
    lines = [_("Kirjoita pisteet ehdotuksen ruutuun.") if points else _("Merkitse rasti ehdotuksen ruutuun.")]
    if rules.ballot_scope is BallotScope.ONE and len(frozen.pots) > 1:
        lines.append(_("Valitse ehdotuksia vain yhdestä osuudesta."))
    elif rules.ballot_scope is BallotScope.EACH and len(frozen.pots) > 1:
        lines.append(_("Rajat koskevat jokaista osuutta erikseen."))
    if least > 1:
        lines.append(_("Valitse vähintään %(count)d.") % {"count": least})
    if most is not None:
        lines.append(_("Valitse enintään %(count)d.") % {"count": most})
    if points and rules.max_points is not None:
        lines.append(_("Voit antaa yhteensä %(count)d pistettä.") % {"count": rules.max_points})
    if points and rules.max_points_per_item is not None:
        lines.append(_("Yksi ehdotus voi saada enintään %(count)d pistettä.") % {"count": rules.max_points_per_item})
    if rules.ballot_kind is BallotKind.KNAPSACK:
        text = (
            _("Laske hinnat yhteen. Summa saa olla enintään %(sum)s.")
            if plain
            else _("Valitsemiesi ehdotusten hinnat saavat olla yhteensä enintään %(sum)s.")
        )
        if len(frozen.pots) == 1 or rules.ballot_scope is BallotScope.ACROSS:
            lines.append(text % {"sum": euros_text(frozen.budget)})
        else:
            lines.append(_("Hinnat saavat olla yhteensä enintään sen rahan verran, joka on osuuden otsikossa."))
    lines.append(_("Älä kirjoita nimeäsi lippuun."))
    lines.append(_("Pane lippu kuoreen. Pane se kuori ja koodilappu toiseen kuoreen."))
    return lines


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The reconciliation of one batch, with lines to sign."""
    require(can_see_paper(request.user))
    batch = get_object_or_404(PaperBatch.objects.select_related("round"), pk=pk)
    numbers = reconcile(batch, sheet_readings(batch))
    roles = [_("Luennan tekijä"), _("Toisen luennan tekijä"), _("Koordinaattori")]
    context = {"batch": batch, "numbers": numbers, "void": void_lines(numbers), "roles": roles, "now": timezone.now()}
    return _print(request, "report", context)


def _print(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, f"budgeting_blocks/paper/admin/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
