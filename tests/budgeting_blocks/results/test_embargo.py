"""Until its confirmation is entered, no count shows anywhere: page, file, cache, feed, mail, search or admin."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.models import ModelLogEntry

from budgeting_blocks.models import RoundResult
from cms.users.models import User
from cms.users.roles import Role
from tests.budgeting_blocks.results.test_delivery import Publish
from tests.budgeting_blocks.voting.conftest import Vote

# Votes in hundreds of thousands cannot come about by chance: ids, prices and dates are all different.
SECRET = {"gym": 918273, "bench": 718293, "swing": 617283}
# The one place, for those who may enter the confirmation; see `test_the_count_view_…`.
COUNT_VIEW = "review"


@pytest.fixture
def secret(vote: Vote, counted: RoundResult) -> RoundResult:
    """A counted result in which every number that a count has is unmistakable."""
    for name, votes in SECRET.items():
        counted.lines.filter(proposal=getattr(vote, name)).update(votes=votes)
    counted.log["pots"][0]["left"] = 718293
    counted.turnout = {"means": [["code", 617283], ["paper", 918273]]}
    counted.voters = 918273
    counted.save()
    return counted


def text(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def leaks(shown: str) -> list[int]:
    squeezed = re.sub(r"[\s\xa0\u202f.,]|&nbsp;", "", shown)
    return [votes for votes in SECRET.values() if str(votes) in squeezed]


def addresses(prefix: str, pk: int, slug: str) -> list[str]:
    """Every address below `prefix`, its arguments filled with the round's number and slug."""
    found: list[str] = []

    def walk(patterns, route: str) -> None:
        for pattern in patterns:
            path = route + str(pattern.pattern).lstrip("^").rstrip("$")
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, path)
                continue
            path = re.sub(r"<int:\w+>|<str:(pk|object_id|instance_pk)>|\(\?P<\w+>[^)]*\)", str(pk), path)
            path = re.sub(r"<(slug|str|path):\w+>|<\w+>", slug, path).replace("\\Z", "")
            if not re.search(r"[<(\\\[*+?]", path):
                found.append("/" + path)

    for resolver in get_resolver().url_patterns:
        walk([resolver], "")
    skipped = re.compile("logout|login|password|jsi18n|sprite|failwhale|/reset/|/static/|/media/")
    return sorted({url for url in found if url.startswith(prefix) and not skipped.search(url)})


def walk_site(client: Client, urls: list[str]) -> int:
    """Get every address twice, so that what a cache keeps is looked at as well. Returns how many answered."""
    answered = 0
    for url in urls:
        for _time in range(2):
            response = client.get(url)
            if response.status_code == 200:
                answered += 1
                assert not leaks(text(response)), url
    return answered


def test_no_visitor_sees_a_count(vote: Vote, secret: RoundResult, publish: Publish, home_page, settings) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    caches["default"].clear()
    slug = vote.round.slug
    urls = addresses("/osbu/", vote.gym.pk, slug)
    assert len(urls) >= 20
    urls += ["/", "/haku/?q=ulkokuntosali", "/sitemap.xml", vote.gym.get_absolute_url()]
    urls += [reverse(f"budgeting:{name}", args=[slug]) for name in ("vote_review", "vote_receipts")]
    assert walk_site(Client(), urls) >= 8
    for name in ("result", "result_csv", "turnout_csv", "round_package"):
        assert Client().get(reverse(f"budgeting:{name}", args=[slug])).status_code == 404
    assert not any(leaks(message.body + message.subject) for message in mail.outbox)
    publish(secret)
    assert leaks(text(Client().get(reverse("budgeting:result", args=[slug]))))
    assert leaks(text(Client().get(reverse("budgeting:vote_review", args=[slug]))))


@pytest.mark.parametrize("who", [*Role, "superuser"])
def test_no_member_of_staff_comes_across_a_count(
    vote: Vote, secret: RoundResult, make_staff: Callable[..., User], coordinator: User, who: Role | str
) -> None:
    if who == "superuser":
        user = User.objects.create_superuser("root", "root@example.com", "x")
    else:
        user = coordinator if who is Role.BUDGETING_COORDINATOR else make_staff(who)
    client = Client()
    client.force_login(user)
    urls = addresses("/admin/", vote.round.pk, vote.round.slug)
    assert len(urls) > 100
    lists = [url for url in urls if "/budgeting" in url or "/snippets/budgeting" in url or "/reports/" in url]
    lists += [f"{url}?export={kind}" for url in lists if str(vote.round.pk) not in url for kind in ("csv", "xlsx")]
    rest = [url for url in urls if url not in lists]
    urls = [url for url in [*lists, *rest] if f"/{COUNT_VIEW}/" not in url]
    assert walk_once(client, urls) >= 1
    assert not ModelLogEntry.objects.filter(action="budgeting.see_count").exists()


def walk_once(client: Client, urls: list[str]) -> int:
    answered = 0
    for url in urls:
        try:
            response = client.get(url)
        except NoReverseMatch:
            continue  # some view of Wagtail's that needs more than an address
        if response.status_code == 200:
            answered += 1
            assert not leaks(text(response)), url
    return answered


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
    shown = text(response)
    for words in ("Ulkokuntosali", "Äänissä sijalla 1", "Tasaosuudet", "voimassa"):
        assert words in shown
    entries = ModelLogEntry.objects.filter(action="budgeting.see_count")
    assert [(entry.user, entry.data) for entry in entries] == [(coordinator, {})]
    with pytest.MonkeyPatch.context() as patch:
        # The second look opens no box again, unless somebody asks for it.
        patch.setattr("budgeting_blocks.services.counting.read_box", None)
        assert "Mistä tulos riippuu" in text(client.get(url))
        with pytest.raises(TypeError):
            client.get(f"{url}?uudelleen")
    publish(counted)
    assert client.get(url).status_code in (302, 403), "afterwards the result is everybody's"


def test_the_count_is_in_no_log_line_and_no_mail(counted: RoundResult, caplog: pytest.LogCaptureFixture) -> None:
    entries = ModelLogEntry.objects.filter(action__startswith="budgeting.count")
    assert [entry.data for entry in entries] == [{}]
    assert not mail.outbox
    assert "Ulkokuntosali" not in caplog.text
