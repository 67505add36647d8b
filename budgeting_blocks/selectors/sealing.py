"""What stands in the way of sealing a closed ballot box, in words for the coordinator."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting_blocks.models import InterimSeal, PaperBatch, Round
from budgeting_blocks.selectors.boxes import Balance, box_balance, interim_faults


def seal_hindrances(round: Round, balance: Balance | None = None) -> list[str]:
    """A sentence for each thing that does not fit; none when the box can be sealed as it is. Nine queries."""
    balance = balance or box_balance(round)
    found = []
    batches = PaperBatch.objects.filter(round=round, booked_on=None).values_list("label", flat=True)
    if labels := list(batches):
        words = ngettext(
            "Paperierää ei ole kirjattu uurnaan: %(labels)s.",
            "Paperieriä ei ole kirjattu uurnaan: %(labels)s.",
            len(labels),
        )
        found.append(words % {"labels": ", ".join(labels)})
    if not balance.holds:
        found.append(
            _(
                "Äänestyslippuja on %(ballots)d, käytettyjä äänioikeuksia %(used)d ja kuitteja %(receipts)d. "
                "Lukujen on oltava samat. Selvitä ero ennen laskentaa."
            )
            % {"ballots": balance.ballots - balance.paper, "used": balance.used, "receipts": balance.receipts}
        )
    interim = InterimSeal.objects.filter(round=round).first()
    if interim is not None and interim_faults(round, interim):
        found.append(_("Sähköiset äänet eivät ole samat kuin äänestyksen päättyessä. Selvitä ero ennen laskentaa."))
    return found
