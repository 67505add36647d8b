"""Until its confirmation is entered, no count shows anywhere: page, file, cache, feed, mail, search, log or admin."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import models, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import (
    Area,
    Ballot,
    CodeBatch,
    Delivery,
    IdentificationMeans,
    MergeObjection,
    PaperBatch,
    PaperEntry,
    PaperSheet,
    Proposal,
    ProposalComment,
    ProposalContact,
    ProposalMerge,
    Round,
    RoundResult,
    RuleSheet,
    Screening,
    ScreeningImport,
    Theme,
    VotingRight,
)
from budgeting_blocks.roles import ROLE_PERMISSIONS
from budgeting_blocks.services.archive import PastLine, record_past_result
from budgeting_blocks.services.codes import create_code_batch
from budgeting_blocks.services.counting import count_round
from budgeting_blocks.services.delivery import start_deliveries
from budgeting_blocks.services.follow import follow_token, hash_token
from cms.common.formtokens import make_token
from cms.users.models import User
from cms.users.roles import Role
from home.models import ContentPage, HomePage
from tests.budgeting_blocks.addresses import names_of
from tests.budgeting_blocks.conftest import freeze
from tests.budgeting_blocks.results.needles import WORDS, Secret, cached_texts, database_texts, text_of
from tests.budgeting_blocks.results.test_delivery import Publish
from tests.budgeting_blocks.voting.conftest import Vote
from tests.conftest import BrowserClient

# By place. Neither the alphabet, the price, the date nor the id gives this order.
RANKED = (
    "Ketunpolku",
    "Ahtiranta",
    "Vesakko",
    "Hauenlahti",
    "Orapihla",
    "Tuomikuja",
    "Borealis",
    "Jalava",
    "Raitapaju",
)
MADE = sorted(RANKED, key=lambda title: title[2:])
WON = 5
# Votes in hundreds of thousands cannot come about by chance: ids, prices and dates are all different.
SECRET = Secret(RANKED, WON, tuple(918_273 - 10_007 * place for place in range(len(RANKED))))

# The private link of the first proposal's author.
AUTHOR = follow_token("avain")


@dataclass
class World:
    """A counted round that is not public, with something of each kind that an address can name; `page` shows the round."""

    round: Round
    result: RoundResult
    items: dict[str, Proposal]
    page: Page
    others: dict[type[models.Model], models.Model]

    def of(self, model: type[models.Model]) -> models.Model:
        return {Round: self.round, Proposal: self.items[RANKED[0]], **self.others}[model]


def cast_so_that_places_come_out(vote: Vote, items: dict[str, Proposal]) -> None:
    """Nine votes for the first, eight for the second and so on, five of the equally dear items on each ballot."""
    ballots: list[list[Proposal]] = [[] for _number in range(9)]
    for place, title in enumerate(RANKED):
        for ballot in sorted(ballots, key=len)[: 9 - place]:
            ballot.append(items[title])
    for ballot in ballots:
        vote.cast(*ballot)


@pytest.fixture
def world(make_round: Callable, make_proposal: Callable, coordinator: User, home_page: HomePage) -> World:
    now = timezone.now()
    round = make_round(Kind.VOTING, title="Osbu 2026", slug="osbu-2026", budget=20_000)
    items = {title: make_proposal(round, title, state="proceeds", cost=4000) for title in MADE}
    sheet = RuleSheet.objects.create(round=round)
    for kind in ("code", "paper"):
        IdentificationMeans.objects.create(sheet=sheet, kind=kind, strength="medium")
    batch, codes = create_code_batch(round=round, label="Kirjeet", size=9, user=coordinator, now=now)
    freeze(round)
    vote = Vote(round, *[items[title] for title in RANKED[:3]], codes)
    cast_so_that_places_come_out(vote, items)
    vote.close()
    result = count_round(round=round, user=coordinator)
    assert list(result.lines.values_list("proposal__title", "funded")) == [
        (title, place < WON) for place, title in enumerate(RANKED)
    ]
    plant_numbers(result)
    others = make_others(make_round, make_proposal, coordinator, items[RANKED[0]])
    return World(round, result, items, make_page(home_page, round), {CodeBatch: batch, **others})


def plant_numbers(result: RoundResult) -> None:
    """Make every number that the count has unmistakable."""
    for line, votes in zip(result.lines.order_by("rank"), SECRET.numbers, strict=True):
        line.votes, line.why = votes, {**line.why, "votes": votes}
        line.save()
    first = SECRET.numbers[0]
    result.log["pots"][0].update(left=SECRET.numbers[1], title="KARKAISU")
    result.turnout, result.voters, result.void = (
        {"means": [["code", first], ["paper", SECRET.numbers[2]]]},
        first,
        first,
    )
    result.save()


def make_others(
    make_round: Callable, make_proposal: Callable, coordinator: User, item: Proposal
) -> dict[type[models.Model], models.Model]:
    """Of an old round, a project and proposals put together; and what the desks of the new one hold."""
    now = timezone.now()
    old = make_round(None, title="Osbu 2020", slug="osbu-2020")
    done, merged = (
        make_proposal(old, "Vanha laituri", state="proceeds"),
        make_proposal(old, "Laituri rantaan", live=False),
    )
    past = record_past_result(
        round=old, lines=[PastLine(done, votes=3)], voters=3, decision="Kaupunginhallitus 1.2.2020", published_at=now
    )
    start_deliveries(result=past, now=now)
    merge = ProposalMerge.objects.create(
        target=done, source=merged, reason="Sama asia.", merged_at=now, objection_until=now, made_by=coordinator
    )
    objection = MergeObjection.objects.create(merge=merge, proposal=merged, text="Ei ole sama.", created_at=now)
    batch = PaperBatch.objects.create(round=item.round, label="Kirjasto", received=1, accepted=1)
    paper = PaperSheet.objects.create(batch=batch, number=1)
    for name, chosen in (("eka", {str(item.pk): 1}), ("toka", {})):
        reader = User.objects.create_user(name)
        PaperEntry.objects.create(sheet=paper, entered_by=reader, choices=chosen, void_reason="" if chosen else "empty")
    ProposalContact.objects.create(
        proposal=item, email="laura@example.com", follow_hash=hash_token(AUTHOR), created_at=now
    )
    comment = ProposalComment.objects.create(proposal=item, name="Naapuri", text="Hyvä!", confirmed_at=now)
    comment.save_revision().publish()
    item.save_revision().publish()
    item.round.save_revision().publish()
    return {
        Delivery: Delivery.objects.get(proposal=done),
        ProposalMerge: merge,
        MergeObjection: objection,
        PaperBatch: batch,
        PaperSheet: paper,
        ProposalComment: comment,
        Screening: item.screening,
        Ballot: Ballot.objects.filter(round=item.round).first(),
        Theme: item.theme,
        Area: Area.objects.create(name="Kytäjä", slug="kytaja"),
        ScreeningImport: ScreeningImport.objects.create(user=coordinator, filename="a.xlsx", rows=[]),
        VotingRight: VotingRight.objects.filter(round=item.round).first(),
    }


def make_page(home_page: HomePage, round: Round) -> Page:
    """A page with every block that shows a round."""
    values = {
        "round": {"heading": "", "round": round.pk, "show_rules": True},
        "voting": {"heading": "Äänestä", "intro": "", "round": round.pk},
        "deliveries": {"heading": "Hankkeet", "round": round.pk},
        "proposal_gallery": {"heading": "Ehdotukset", "round": round.pk},
    }
    page = ContentPage(title="Osbu", slug="osbu-sivu")
    page.body = json.dumps([{"type": name, "value": value} for name, value in values.items()])
    home_page.add_child(instance=page)
    page.save_revision().publish()
    return page


# --- Which addresses there are, and who gets a page at which ------------------------------------------------------------

# Whose number an address takes, where that is not the round's: by its name, else by its namespace.
_RECORDS: dict[str, type[models.Model]] = {
    "budgeting_assessing": Screening,
    "budgeting_assessing:preview": ScreeningImport,
    "budgeting_assessing:confirm": ScreeningImport,
    "budgeting_codes_modeladmin_inspect": VotingRight,
    "budgeting_ballots_modeladmin_inspect": Ballot,
    "budgeting_delivery": Delivery,
    "budgeting_entering:photo": Proposal,
    "budgeting_merging:undo": ProposalMerge,
    "budgeting_merging:answer": MergeObjection,
    "budgeting_paper": PaperBatch,
    "budgeting_paper:create": Round,
    "budgeting_paper:ballot": Round,
    "budgeting_paper:decide": PaperSheet,
    "budgeting_screening": Screening,
    "budgeting_voting:revoke": CodeBatch,
    **{
        f"{kind}_budgeting_blocks_{model.__name__.lower()}": model
        for kind in ("wagtailsnippets", "wagtailsnippetchoosers")
        for model in (Proposal, ProposalComment, Round, Theme, Area)
    },
}
_SNIPPET = "wagtailsnippets_budgeting_blocks_"

# What is not walked, and why that is no hole.
NOT_WALKED = {
    f"{_SNIPPET}{record}:{view}": reason
    for record in ("proposal", "proposalcomment")
    for view, reason in (
        ("workflow_action", "acts on a task that waits for a moderator, and shows the record's own page"),
        ("collect_workflow_action_data", "the dialogue of such a task: a comment and two buttons"),
        ("workflow_history_detail", "names who moderated the record; there is no such history here"),
        ("workflow_preview", "the record's own page, as `preview_on_edit` shows it"),
    )
}
# Where nobody gets a page in this world by asking for it, and why. Their answers are looked through all the same.
_POSTS_ONLY = "it takes posts only"
_TOO_LATE = "its time is over when the votes are counted; it leads elsewhere with a message"
NO_PAGE = {
    **dict.fromkeys(
        (
            "budgeting_assessing:ask",
            "budgeting_assessing:confirm",
            "budgeting_assessing:note",
            "budgeting_merging:alike",
            "budgeting_merging:undo",
            "budgeting_rules:discard",
            *(
                f"{_SNIPPET}{record}:{view}"
                for record in ("proposal", "proposalcomment")
                for view in ("lock", "unlock")
            ),
        ),
        _POSTS_ONLY,
    ),
    **dict.fromkeys(
        (
            "budgeting_entering:enter",
            "budgeting_paper:create",
            "budgeting_paper:enter",
            "budgeting_rules:correct",
            "budgeting_rules:edit",
            "budgeting_rules:freeze",
            "budgeting_rules:rehearse",
            "budgeting_voting:class",
            "budgeting_voting:codes",
            "budgeting_voting:count",
            "budgeting_voting:desk",
            "budgeting_voting:revoke",
            "budgeting_voting:seal",
            f"{_SNIPPET}proposal:delete",
            f"{_SNIPPET}round:delete",
        ),
        _TOO_LATE,
    ),
    "budgeting_entering:photo": "no proposal here has a photo",
    "budgeting_paper:book": "readings differ, so that it leads back to the batch with a message",
    "budgeting_ballots_modeladmin_inspect": "nobody sees a ballot before its result is out",
}
# The one place for those who may enter the confirmation; see `test_the_count_view_…`.
COUNT_VIEW = "budgeting_voting:review"


def address(name: str, world: World) -> str:
    """The address of this name for the world's records."""
    model = _RECORDS.get(name) or _RECORDS.get(name.partition(":")[0], Round)
    record = world.of(model)
    pk, revision = record.pk, getattr(record, "latest_revision_id", None) or 0
    if name == "budgeting_paper:ballot":
        return reverse(name, args=[pk, "normal", "A"])
    for filled in ([], [pk], [pk, revision], [pk, "earliest", "latest"]):
        try:
            return reverse(name, args=filled)
        except NoReverseMatch:
            continue
    raise AssertionError(f"{name}: say in _RECORDS what it takes, or in NOT_WALKED why it need not be walked.")


def walk(client: Client, world: World, names: Iterable[str]) -> set[str]:
    """Ask for each, look through every answer, and return the names of those that were pages."""
    pages = set()
    for name in sorted(names):
        response = client.get(address(name, world))
        assert response.status_code < 500, name
        assert not (found := SECRET.leaks(text_of(response))), (name, found)
        if response.status_code == 200:
            pages.add(name)
    return pages


def _views(space: str, records: str, views: str) -> set[str]:
    return {f"{space}_budgeting_blocks_{record}:{view}" for record in records.split() for view in views.split()}


_CHOOSE = "choose choose_results chosen chosen_multiple"
_LOOK_BACK = (
    "edit history history_results list list_results preview_on_edit revisions_compare revisions_revert "
    "revisions_unschedule revisions_view unpublish usage workflow_history"
)
# Who gets a page where, besides the coordinator, who gets all of them.
EVERYBODY = _views("wagtailsnippetchoosers", "area round theme", _CHOOSE) | _views(
    "wagtailsnippets", "proposal proposalcomment", "confirm_workflow_cancellation"
)
READERS = (
    EVERYBODY
    | _views("wagtailsnippetchoosers", "proposal", _CHOOSE)
    | _views("wagtailsnippets", "area proposal round theme", "list list_results")
)
PAGES = {
    Role.EDITOR: EVERYBODY,
    Role.COMMUNICATIONS: READERS,
    Role.SCREENER: EVERYBODY
    | {"budgeting_assessing:export", "budgeting_assessing:import"}
    | {"budgeting_screening:index", "budgeting_screening:index_results"},
    Role.MODERATOR: READERS
    | _views("wagtailsnippetchoosers", "proposalcomment", _CHOOSE)
    | _views("wagtailsnippets", "proposal proposalcomment", _LOOK_BACK)
    | _views("wagtailsnippets", "proposalcomment", "delete"),
}
# Comments are not made in the admin.
NOT_COORDINATORS = {
    "wagtailsnippetchoosers_budgeting_blocks_proposalcomment:create",
    f"{_SNIPPET}proposalcomment:preview_on_add",
}
# These hold the same permissions as one of the above; a test sees to it.
SAME_AS = {Role.CASE_HANDLER: Role.EDITOR, Role.ADMINISTRATOR: Role.BUDGETING_COORDINATOR}


def test_no_member_of_staff_comes_across_a_count(
    world: World, make_staff: Callable[..., User], coordinator: User, caplog: pytest.LogCaptureFixture
) -> None:
    assert {*PAGES, *SAME_AS, Role.BUDGETING_COORDINATOR} == set(Role)
    for role, other in SAME_AS.items():
        assert set(ROLE_PERMISSIONS.get(role, ())) == set(ROLE_PERMISSIONS.get(other, ()))
    ours = names_of("admin") - set(NOT_WALKED) - {COUNT_VIEW}
    # Of Django's own loggers, what a server writes: at DEBUG they tell of each variable of each template.
    with caplog.at_level("DEBUG", logger="budgeting_blocks"), caplog.at_level("INFO"):
        for role, pages in PAGES.items():
            assert walk(signed_in(make_staff(role)), world, ours) == pages, role
        client = signed_in(coordinator)
        assert walk(client, world, ours) == ours - set(NO_PAGE) - NOT_COORDINATORS
        post_nothing(client, world, {name for name in ours if name.startswith("budgeting_")})
        superuser = signed_in(User.objects.create_superuser("root", "root@example.com", "x"))
        assert walk(superuser, world, NOT_COORDINATORS) == NOT_COORDINATORS
        look_around(superuser, world)
        export_all(superuser, world)
    assert not ModelLogEntry.objects.filter(action="budgeting.see_count").exists()
    assert not SECRET.leaks(caplog.text)
    look_behind()
    # The one exception shows that a count in a page does not go unseen.
    with pytest.raises(AssertionError, match="Äänissä sijalla"):
        walk(client, world, {COUNT_VIEW})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens in it has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def post_nothing(client: Client, world: World, names: Iterable[str]) -> None:
    """An empty form to each address: what it refuses, and what it does without being told more, gives nothing away."""
    for name in sorted(names):
        with taken_back():
            response = client.post(address(name, world), {"form_token": make_token()}, follow=True)
            assert response.status_code < 500, name
            assert not (found := SECRET.leaks(text_of(response))), (name, found)


def look_around(client: Client, world: World) -> None:
    """The dashboard, Wagtail's reports, the editor and the preview of the page, also as of a date to come."""
    page = world.page.pk
    reports = "locked_pages workflow workflow_tasks site_history aging_pages page_types_usage"
    urls = [reverse("wagtailadmin_home"), reverse("wagtailsnippets:index")]
    urls += [reverse(f"wagtailadmin_reports:{name}") for name in reports.split()]
    urls += [f"{reverse('wagtailadmin_reports:site_history')}?export=xlsx"]
    urls += [reverse(f"wagtailadmin_pages:{name}", args=[page]) for name in ("edit", "history", "usage", "view_draft")]
    urls += [f"{reverse('wagtailadmin_pages:view_draft', args=[page])}?as_of=2099-01-01T09:00"]
    urls += [reverse("wagtailadmin_api:pages:detail", args=[page]), "/admin/pages/search/?q=Ketunpolku"]
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        assert not (found := SECRET.leaks(text_of(response))), (url, found)


def export_all(client: Client, world: World) -> None:
    """Each list as a table and as a workbook."""
    lists = [name for name in names_of("admin") if name.endswith((":list", "_index", ":index"))]
    for name in lists:
        for kind in ("csv", "xlsx"):
            response = client.get(f"{address(name, world)}?export={kind}")
            assert response.status_code == 200, name
            assert not (found := SECRET.leaks(text_of(response))), (name, found)


def look_behind() -> None:
    """Mails, the cache, and every table but the count's own: log entries, sessions, search index, revisions, counters."""
    assert not any(SECRET.leaks(f"{message.subject} {message.body}") for message in mail.outbox)
    assert not any(SECRET.leaks(text) for text in cached_texts())
    for table, text in database_texts():
        assert not (found := SECRET.numbers_in(text)), (table, found)


# --- Visitors ------------------------------------------------------------------------------------------------------------

_NO_DRAFT = "nobody has begun a proposal: the time for it is over"
_FOLLOWED = "leads on to the page of the thing itself, which is walked"
_HOLDS_NONE = "leads back, since this browser holds no right to vote"
# Addresses at which a visitor gets no page by asking, and why.
NOT_FOR_VISITORS = {
    "answer_question": "the city has asked the author nothing",
    "object_to_merge": "the author's proposal is merged with none",
    "draft": _NO_DRAFT,
    "draft_photo": _NO_DRAFT,
    "propose_review": _NO_DRAFT,
    "propose_step": _NO_DRAFT,
    "followed_photo": "no proposal has a photo",
    "proposal_photo": "no proposal has a photo",
    "delivery_short": _FOLLOWED,
    "proposal_short": _FOLLOWED,
    "similar_proposals": _POSTS_ONLY,
    "unfollow_now": _POSTS_ONLY,
    "vote_cast": _POSTS_ONLY,
    "vote_leave": _POSTS_ONLY,
    "vote_next_pupil": _POSTS_ONLY,
    "vote_identified": _HOLDS_NONE,
    "vote_slips": _HOLDS_NONE,
    "vote_oidc": "no broker is set up",
    "result": "the result is not out",
    "result_csv": "the result is not out",
    "turnout_csv": "the result is not out",
    "round_package": "the result is not out",
}


def public_address(name: str, world: World) -> str:
    """The address of this name for the world's records."""
    slug, item = world.round.slug, world.items[RANKED[0]]
    delivery = world.of(Delivery)
    view = name.partition(":")[2]
    filled: dict[str, list[object]] = {
        "proposal": [item.pk, item.slug],
        "delivery_short": [delivery.pk],
        "report_comment": [world.of(ProposalComment).pk],
        "propose_step": [slug, "luonnos", "idea"],
        "rules_document": [slug, 1],
    }
    if view == "delivery":
        return delivery.get_absolute_url()
    if view in ("proposal_follow", "followed_photo", "proposal_edit", "answer_question", "object_to_merge"):
        filled[view] = [AUTHOR, *([1] if view in ("answer_question", "object_to_merge") else [])]
    for arguments in [filled[view]] if view in filled else [[], [slug], [item.pk], [slug, "luonnos"]]:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"{name}: say in public_address what it takes.")


def test_no_visitor_sees_a_count(world: World, publish: Publish, settings) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    visitor, ours = BrowserClient(), names_of("public")
    urls = {name: public_address(name, world) for name in ours}
    elsewhere = ["/", "/haku/?q=ketunpolku", "/sitemap.xml", "/robots.txt", world.page.url, "/healthz"]
    urls |= {url: url for url in elsewhere}
    # Twice, so that what a cache keeps is looked at as well.
    for _time in range(2):
        pages = {name for name, url in urls.items() if seen(visitor.get(url), name).status_code == 200}
        assert pages == set(urls) - {f"budgeting:{name}" for name in NOT_FOR_VISITORS}
    for name in ours:
        with taken_back():
            seen(visitor.post(urls[name], {"form_token": make_token()}, follow=True), name)
    look_behind()

    publish(world.result)
    # Each thing that was looked for can be found, once it may be.
    out = [text_of(visitor.get(urls[f"budgeting:{name}"])) for name in ("result", "result_csv", "round_package")]
    assert {leak for text in out for leak in SECRET.leaks(text)} == {
        *WORDS,
        *map(str, SECRET.numbers),
        "the order of the places",
    }
    assert SECRET.leaks(" ".join(RANKED[:WON])) == ["the winners and nobody else", "the order of the places"]


def seen(response: HttpResponseBase, name: str) -> HttpResponseBase:
    assert response.status_code < 500, name
    assert not (found := SECRET.leaks(text_of(response))), (name, found)
    return response


def test_the_count_view_is_for_those_who_enter_the_confirmation_and_each_look_is_logged(
    vote: Vote, counted: RoundResult, publish: Publish, coordinator: User, make_staff: Callable[..., User]
) -> None:
    url = reverse("budgeting_voting:review", args=[vote.round.pk])
    counter = make_staff(Role.MODERATOR)
    counter.user_permissions.add(
        *Permission.objects.filter(codename__in=["count_round", "view_codebatch", "view_ballot", "change_round"])
    )
    for user, status in ((counter, 302), (coordinator, 200)):
        client = Client()
        client.force_login(user)
        response = client.get(url)
        assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    shown = text_of(response)
    for words in ("Ulkokuntosali", "Äänissä sijalla 1", "Tasaosuudet", "voimassa"):
        assert words in shown
    entries = ModelLogEntry.objects.filter(action="budgeting.see_count")
    assert [(entry.user, entry.data) for entry in entries] == [(coordinator, {})]
    with pytest.MonkeyPatch.context() as patch:
        # The second look opens no box again, unless somebody asks for it.
        patch.setattr("budgeting_blocks.services.counting.read_box", None)
        assert "Mistä tulos riippuu" in text_of(client.get(url))
        with pytest.raises(TypeError):
            client.get(f"{url}?uudelleen")
    publish(counted)
    assert client.get(url).status_code in (302, 403), "afterwards the result is everybody's"


def test_the_count_is_in_no_log_line_and_no_mail(counted: RoundResult, caplog: pytest.LogCaptureFixture) -> None:
    entries = ModelLogEntry.objects.filter(action__startswith="budgeting.count")
    assert [entry.data for entry in entries] == [{}]
    assert not mail.outbox
    assert "Ulkokuntosali" not in caplog.text
