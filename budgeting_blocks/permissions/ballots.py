"""What is wrong with a ballot, in words for the voter."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting_blocks.domain.ballots import Fault, Problem
from budgeting_blocks.permissions.words import euros_text


def problem_text(problem: Problem) -> str:
    """The fault and what to do about it; where a pot's limit does not hold, the pot's name first."""
    text = _text(problem)
    return f"{problem.pot}: {text}" if problem.pot else text


def _text(problem: Problem) -> str:
    match problem.fault:
        case Fault.EMPTY:
            return _("Valitse ainakin yksi ehdotus.")
        case Fault.NOT_ON_BALLOT:
            return ngettext(
                "Valitsemasi ehdotus ei ole enää äänestyksessä. Tarkista valintasi.",
                "%(count)d valitsemaasi ehdotusta ei ole enää äänestyksessä. Tarkista valintasi.",
                len(problem.items),
            ) % {"count": len(problem.items)}
        case Fault.REPEATED:
            return _("Sama ehdotus oli valittuna kahdesti. Valitse kukin ehdotus vain kerran.")
        case Fault.POTS_MIXED:
            return _("Valinnoissasi on ehdotuksia useasta osuudesta. Valitse ehdotuksia vain yhdestä.")
        case Fault.TOO_FEW:
            return _("Valitse vähintään %(limit)d ehdotusta.") % {"limit": problem.limit}
        case Fault.TOO_MANY:
            return ngettext(
                "Voit valita enintään %(limit)d ehdotuksen. Poista %(over)d.",
                "Voit valita enintään %(limit)d ehdotusta. Poista %(over)d.",
                problem.limit,
            ) % {"limit": problem.limit, "over": problem.over_by}
        case Fault.BAD_POINTS:
            return _("Kirjoita pisteet kokonaislukuina. Jätä kohta tyhjäksi, jos et anna pisteitä.")
        case Fault.TOO_MANY_FOR_ONE:
            return ngettext(
                "Yksi ehdotus voi saada enintään %(limit)d pisteen.",
                "Yksi ehdotus voi saada enintään %(limit)d pistettä.",
                problem.limit,
            ) % {"limit": problem.limit}
        case Fault.TOO_MANY_POINTS:
            return ngettext(
                "Jaoit %(over)d pisteen liikaa. Pisteitä on %(limit)d.",
                "Jaoit %(over)d pistettä liikaa. Pisteitä on %(limit)d.",
                problem.over_by,
            ) % {"over": problem.over_by, "limit": problem.limit}
        case Fault.OVERSPENT:
            return _("Valintasi maksavat %(over)s enemmän kuin rahaa on. Poista jokin valinta.") % {
                "over": euros_text(problem.over_by)
            }
