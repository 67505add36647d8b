"""What must be done before a round's voting may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from budgeting_blocks.choices import BALLOT_STATES, WAITING_STATES
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.phases import Kind, Stage
from budgeting_blocks.domain.rehearsing import is_rehearsed
from budgeting_blocks.domain.rules import MeansKind, is_one_voter
from budgeting_blocks.models import Proposal, ProposalMerge, Round, RuleSheet, Screening
from budgeting_blocks.permissions.words import closing_text
from budgeting_blocks.selectors.merging import open_objections
from budgeting_blocks.selectors.rules import draft_rules, rules_in_force

_SENDS_NOTHING = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy")}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to do. `what`: its name; `hint`: what is missing, empty when it is done. `warning`: what to know all the
    same; it holds nothing up."""

    key: str
    what: str
    hint: str = ""
    warning: str = ""

    @property
    def done(self) -> bool:
        return not self.hint


def opening_checklist(round: Round, now: datetime) -> tuple[Check, ...]:
    """All that is checked, in the order in which a coordinator would do it. A dozen queries, however large the round."""
    draft = draft_rules(round)
    return (
        Check("dates", _("Aikataulu"), _dates(round, now)),
        Check("sheet", _("Säännöt"), _sheet(round)),
        Check("decision", _("Päätös"), _decision(draft)),
        Check("money", _("Raha"), _money(round, draft)),
        Check("screening", _("Arviointi"), _screening(round, now)),
        Check("merges", _("Yhdistämiset"), _merges(round, now)),
        Check("items", _("Äänestettävät ehdotukset"), _items(round, draft)),
        Check("means", _("Tunnistustavat"), _means(draft), _means_warning(draft)),
        Check("rehearsal", _("Harjoitus"), _rehearsal(round, draft)),
    )


def undone(checks: tuple[Check, ...]) -> list[str]:
    """The names of what is not done."""
    return [check.what for check in checks if not check.done]


def _dates(round: Round, now: datetime) -> str:
    window = round.schedule.window(Kind.VOTING)
    if window is None:
        return _("Lisää kierrokselle äänestyksen ajat.")
    if window.closes_at <= now:
        return _("Äänestyksen aika on jo mennyt.")
    return "" if round.live or round.rehearsal_of_id else _("Julkaise kierros.")


def _sheet(round: Round) -> str:
    return "" if RuleSheet.objects.filter(round=round).exists() else _("Käy säännöt läpi ja tallenna ne.")


def _decision(draft: Frozen) -> str:
    given = draft.decision.get("body") and draft.decision.get("date")
    return "" if given else _("Kirjaa sääntöihin, kuka mallista päätti ja milloin.")


def _money(round: Round, draft: Frozen) -> str:
    if draft.budget != round.budget:
        return _("Osuudet ovat yhteensä %(pots)d €, mutta kierroksen raha on %(budget)d €.") % {
            "pots": draft.budget,
            "budget": round.budget,
        }
    return ""


def _screening(round: Round, now: datetime) -> str:
    if round.schedule.stage(Kind.PROPOSALS, now) is Stage.OPEN:
        return ""  # a round that goes on collecting votes on what has been assessed by now
    waiting = Screening.objects.filter(proposal__round=round, proposal__live=True, state__in=WAITING_STATES).count()
    unseen = Proposal.objects.filter(round=round).awaiting_moderation().count()
    if waiting or unseen:
        return _("Arvioimatta %(waiting)d ja moderoimatta %(unseen)d ehdotusta.") % {
            "waiting": waiting,
            "unseen": unseen,
        }
    return ""


def _merges(round: Round, now: datetime) -> str:
    """No proposal goes on the ballot merged against its author's will without an answer, nor before the author's time is over."""
    count = open_objections().filter(merge__target__round=round).count()
    if count:
        return _("Vastaa ehdottajien vastustuksiin yhdistämisille: %(count)d.") % {"count": count}
    until = ProposalMerge.objects.filter(target__round=round, objection_until__gt=now).aggregate(Max("objection_until"))
    if last := until["objection_until__max"]:
        return _("Yhdistämistä voi vastustaa %(moment)s asti.") % {"moment": closing_text(last)}
    return ""


def _items(round: Round, draft: Frozen) -> str:
    if not draft.items:
        return _("Mikään ehdotus ei ole edennyt äänestykseen.")
    bare = Screening.objects.filter(proposal__round=round, proposal__live=True, state__in=BALLOT_STATES).filter(
        reasons=""
    )
    if bare.exists():
        return _("Kaikilla äänestettävillä on oltava perustelut.")
    keys = {pot.key for pot in draft.pots}
    if homeless := sum(item.pot not in keys for item in draft.items.values()):
        return _("Osuus puuttuu %(count)d ehdotukselta.") % {"count": homeless}
    money = {pot.key: pot.budget for pot in draft.pots}
    if dear := sum(item.cost > money[item.pot] for item in draft.items.values()):
        return _("%(count)d ehdotusta maksaa enemmän kuin osuudessa on rahaa.") % {"count": dear}
    return ""


def _means(draft: Frozen) -> str:
    """Only what certainly keeps everybody from voting by a means: codes, classes and desks can be seen to later."""
    if MeansKind.OIDC in draft.means and not settings.OIDC_ISSUER:
        return _(
            "Vahvaa tunnistusta ei ole otettu käyttöön palvelimella (OIDC_ISSUER). Ota se käyttöön tai poista tapa."
        )
    # A developer reads the codes on the console.
    is_real = not settings.DEMO_ACCOUNTS_ALLOWED
    if MeansKind.MAIL in draft.means and is_real and settings.EMAIL_BACKEND in _SENDS_NOTHING:
        return _("Palvelin ei lähetä sähköpostia (EMAIL_URL). Ota lähetys käyttöön tai poista tapa.")
    return ""


def _means_warning(draft: Frozen) -> str:
    if is_one_voter(draft.means):
        return ""
    return _("Samaa ihmistä ei aina tunnisteta eri tavoissa, joten joku voi äänestää usealla tavalla.")


def _rehearsal(round: Round, draft: Frozen) -> str:
    if round.rehearsal_of_id is not None:
        return ""
    rehearsal = Round.objects.filter(rehearsal_of=round, result__isnull=False).first()
    if rehearsal is None:
        return _("Harjoittele äänestys ja laske sen äänet.")
    if not is_rehearsed(draft, rules_in_force(rehearsal)):
        return _("Säännöt, raha tai ehdotukset ovat muuttuneet harjoituksen jälkeen. Harjoittele uudelleen.")
    return ""
