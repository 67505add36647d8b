"""Closed sets of values with their words, and the groups that rules and lists speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.domain import delivery, paper, rules, screening
from budgeting_blocks.domain.counting.result import Reason
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.screening import State


class PhaseKind(models.TextChoices):
    """What a phase of a round lets people do."""

    PROPOSALS = Kind.PROPOSALS.value, _("Ehdotusvaihe")
    SCREENING = Kind.SCREENING.value, _("Arviointi")
    VOTING = Kind.VOTING.value, _("Äänestys")


class ScreeningState(models.TextChoices):
    """Where a published proposal stands; the words are those that residents know from Finnish rounds."""

    NOT_ASSESSED = State.NOT_ASSESSED.value, _("Ei vastattu")
    UNDER_ASSESSMENT = State.UNDER_ASSESSMENT.value, _("Arvioitavana")
    PROCEEDS = State.PROCEEDS.value, _("Etenee äänestykseen")
    REJECTED = State.REJECTED.value, _("Ei etene äänestykseen")
    WITHDRAWN = State.WITHDRAWN.value, _("Peruutettu")
    IMPLEMENTED = State.IMPLEMENTED.value, _("Etenee toteutukseen")


class ReportKind(models.TextChoices):
    """Why somebody thinks that a comment should not be public."""

    RUDE = "rude", _("Loukkaa tai uhkaa jotakuta")
    PERSONAL = "personal", _("Kertoo jonkun yksityisiä tietoja")
    ADVERT = "advert", _("On mainos tai roskaviesti")
    OTHER = "other", _("Muu syy")


# Proposals that stand or stood on the ballot: they have a cost and public reasons.
BALLOT_STATES = tuple(state for state in ScreeningState if state.value in screening.ON_BALLOT)
# The author is told of these.
DECIDED_STATES = tuple(state for state in ScreeningState if state.value in screening.DECIDED)
# Work of the coordinator.
WAITING_STATES = tuple(state for state in ScreeningState if state.value in screening.WAITING)

# The colour of a state's badge; the words carry the meaning.
STATE_TONES: dict[str, str] = {
    ScreeningState.NOT_ASSESSED: "neutral",
    ScreeningState.UNDER_ASSESSMENT: "info",
    ScreeningState.PROCEEDS: "success",
    ScreeningState.REJECTED: "danger",
    ScreeningState.WITHDRAWN: "warning",
    ScreeningState.IMPLEMENTED: "success",
}


class ProposalSource(models.TextChoices):
    """How a proposal came in. All but the first were entered by staff on somebody's behalf."""

    WEB = "web", _("Verkkolomake")
    PHONE = "phone", _("Puhelin")
    PAPER = "paper", _("Paperilomake")
    LIBRARY = "library", _("Kirjasto")
    EVENT = "event", _("Tilaisuus")


class PotKind(models.TextChoices):
    """Whom a pot of money is for."""

    CITY = "city", _("Koko kaupunki")
    AREA = "area", _("Alue")
    GROUP = "group", _("Kohderyhmä")
    VILLAGE = "village", _("Kylät")


class BallotKind(models.TextChoices):
    """How one votes."""

    KNAPSACK = rules.BallotKind.KNAPSACK.value, _("Niin monta kuin rahalla saa")
    APPROVAL = rules.BallotKind.APPROVAL.value, _("Enintään tietty määrä ehdotuksia")
    POINTS = rules.BallotKind.POINTS.value, _("Pisteiden jako")


class BallotScope(models.TextChoices):
    """What the ballot's limits hold for."""

    ACROSS = rules.BallotScope.ACROSS.value, _("Kaikki osuudet yhdessä")
    EACH = rules.BallotScope.EACH.value, _("Jokainen osuus erikseen")
    ONE = rules.BallotScope.ONE.value, _("Äänestäjä valitsee yhden osuuden")


class MeansKind(models.TextChoices):
    """How one proves the right to vote."""

    CODE = rules.MeansKind.CODE.value, _("Äänestyskoodi")
    MAIL = rules.MeansKind.MAIL.value, _("Kertalinkki sähköpostiin")
    OIDC = rules.MeansKind.OIDC.value, _("Vahva tunnistautuminen")
    CLASS = rules.MeansKind.CLASS.value, _("Koululuokka")
    DESK = rules.MeansKind.DESK.value, _("Palvelupiste")
    PAPER = rules.MeansKind.PAPER.value, _("Paperilippu")


class Strength(models.TextChoices):
    """How surely a means tells who votes."""

    WEAK = rules.Strength.WEAK.value, _("Heikko")
    MEDIUM = rules.Strength.MEDIUM.value, _("Kohtalainen")
    STRONG = rules.Strength.STRONG.value, _("Vahva")


class AgeBand(models.TextChoices):
    """Age as turnout is told; nothing more exact is kept."""

    UNDER_15 = "-14", _("alle 15")
    UNDER_18 = "15-17", _("15–17")
    UNDER_30 = "18-29", _("18–29")
    UNDER_45 = "30-44", _("30–44")
    UNDER_65 = "45-64", _("45–64")
    OVER = "65-", _("65 tai yli")


class CountRule(models.TextChoices):
    """How the votes decide."""

    GREEDY = rules.CountRule.GREEDY.value, _("Eniten ääniä ensin, liian kallis ohitetaan")
    GREEDY_STOP = rules.CountRule.GREEDY_STOP.value, _("Eniten ääniä ensin, ensimmäiseen liian kalliiseen asti")
    EQUAL_SHARES = rules.CountRule.EQUAL_SHARES.value, _("Tasaosuudet")


class Utility(models.TextChoices):
    """What Equal Shares looks for."""

    COST = rules.Utility.COST.value, _("Rahan mukaan")
    CARDINALITY = rules.Utility.CARDINALITY.value, _("Ehdotusten määrän mukaan")


class Completion(models.TextChoices):
    """How the money that Equal Shares leaves is used."""

    NONE = rules.Completion.NONE.value, _("Ei täydennystä")
    GREEDY = rules.Completion.GREEDY.value, _("Äänimäärän mukaan")
    ADD1 = rules.Completion.ADD1.value, _("Osuuksia korottamalla")
    ADD1_GREEDY = rules.Completion.ADD1_GREEDY.value, _("Osuuksia korottamalla, sitten äänimäärän mukaan")


class Add1Stop(models.TextChoices):
    """When the raising of shares ends."""

    OVERSPEND = rules.Add1Stop.OVERSPEND.value, _("Ennen kuin raha ylittyisi")
    EXHAUSTED = rules.Add1Stop.EXHAUSTED.value, _("Kun mikään ei enää mahdu")


class TieRule(models.TextChoices):
    """Who goes first when votes are equal."""

    CHEAPER = rules.TieRule.CHEAPER.value, _("Halvempi ensin")
    MORE_VOTES = rules.TieRule.MORE_VOTES.value, _("Enemmän ääniä saanut ensin")
    LOT = rules.TieRule.LOT.value, _("Arpa")


class Leftover(models.TextChoices):
    """What happens to the money that no item takes."""

    RETURNS = rules.Leftover.RETURNS.value, _("Palaa kaupungille")
    NEXT_ROUND = rules.Leftover.NEXT_ROUND.value, _("Siirtyy seuraavalle kierrokselle")
    PASSED_ON = rules.Leftover.PASSED_ON.value, _("Siirtyy seuraavaan osuuteen")


class DeliveryStage(models.TextChoices):
    """Where a project stands."""

    PLANNED = delivery.Stage.PLANNED.value, _("Suunnittelu")
    IN_PROGRESS = delivery.Stage.IN_PROGRESS.value, _("Toteutus")
    DONE = delivery.Stage.DONE.value, _("Valmis")
    CANCELLED = delivery.Stage.CANCELLED.value, _("Keskeytetty")


DELIVERY_TONES: dict[str, str] = {
    DeliveryStage.PLANNED: "info",
    DeliveryStage.IN_PROGRESS: "warning",
    DeliveryStage.DONE: "success",
    DeliveryStage.CANCELLED: "danger",
}


class Outcome(models.TextChoices):
    """What became of one item in the count, in a word."""

    SELECTED = Reason.SELECTED.value, _("Rahoitetaan")
    COMPLETED = Reason.COMPLETED.value, _("Rahoitetaan jäljelle jääneellä rahalla")
    NO_VOTES = Reason.NO_VOTES.value, _("Ei yhtään ääntä")
    BELOW_THRESHOLD = Reason.BELOW_THRESHOLD.value, _("Äänikynnys ei täyttynyt")
    OVER_BUDGET = Reason.OVER_BUDGET.value, _("Kalliimpi kuin koko raha")
    DOES_NOT_FIT = Reason.DOES_NOT_FIT.value, _("Raha ei riittänyt")
    STOPPED = Reason.STOPPED.value, _("Laskenta oli jo päättynyt")
    OUT_OF_MONEY = Reason.OUT_OF_MONEY.value, _("Kannattajien osuudet eivät riittäneet")
    UNKNOWN = "unknown", _("Ei rahoiteta")


class VoidReason(models.TextChoices):
    """Why a sheet of paper gives no vote."""

    EMPTY = paper.VoidReason.EMPTY.value, _("Tyhjä")
    OVER_LIMIT = paper.VoidReason.OVER_LIMIT.value, _("Vastoin äänestyksen rajoja")
    UNREADABLE = paper.VoidReason.UNREADABLE.value, _("Merkinnästä ei saa selvää")
    NAMED = paper.VoidReason.NAMED.value, _("Nimi tai muu tunniste lipussa")
    UNOFFICIAL = paper.VoidReason.UNOFFICIAL.value, _("Ei ole virallinen lippu")
    DUPLICATE = paper.VoidReason.DUPLICATE.value, _("Samassa kuoressa monta lippua")
