"""Voting in the admin: what the coordinator does there, and what nobody can."""

from __future__ import annotations

import base64
import csv
import io
import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.models import ModelLogEntry

from budgeting_blocks.exports import codes_csv
from budgeting_blocks.models import Ballot, CodeBatch, RoundResult, VotingRight
from budgeting_blocks.services.codes import hash_code
from budgeting_blocks.services.counting import count_round, publish_results
from budgeting_blocks.voting_hooks import votes_waiting
from cms.users.models import User
from tests.budgeting_blocks.voting.conftest import CONFIRMED, Vote

REGISTERS = ["budgeting_codes", "budgeting_ballots"]


@pytest.fixture
def admin(db: None) -> Client:
    """A superuser: whom no permission stops."""
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.com", "x"))
    return client


@pytest.fixture
def staff(coordinator: User) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def text(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return re.sub(r"\s+", " ", content.decode(errors="replace"))


def cast_three(vote: Vote) -> None:
    vote.cast(vote.gym, vote.bench)
    vote.cast(vote.gym)
    vote.cast(vote.swing)


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("action", ["create", "edit", "delete", "history"])
def test_the_registers_have_no_address_for_changing_anything(register: str, action: str) -> None:
    for args in ([], [1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"{register}_modeladmin_{action}", args=args)


@pytest.mark.parametrize("register", REGISTERS)
def test_even_a_superuser_sees_no_button_for_changing_anything(admin: Client, vote: Vote, register: str) -> None:
    page = text(admin.get(reverse(f"{register}_modeladmin_index")))
    assert "/create/" not in page and "/edit/" not in page and "/delete/" not in page


def test_the_code_register_shows_no_code_and_no_hash(admin: Client, vote: Vote) -> None:
    code = vote.codes[0]
    vote.cast(vote.gym, code=code)
    digest = hash_code(vote.round, code)
    pages = [reverse("budgeting_codes_modeladmin_index") + suffix for suffix in ("", "?export=csv")]
    pages.append(reverse("budgeting_codes_modeladmin_inspect", args=[VotingRight.objects.get(used=True).pk]))
    for url in pages:
        response = admin.get(url)
        assert response.status_code == 200
        shown = text(response)
        assert code not in shown and digest not in shown and "Kirjeet" in shown


def test_ballots_are_shown_to_nobody_before_the_result_is_out(admin: Client, vote: Vote, coordinator: User) -> None:
    cast_three(vote)
    index = reverse("budgeting_ballots_modeladmin_index")
    result = None
    for published in (False, False, True):
        ballot = Ballot.objects.first()
        inspect = admin.get(reverse("budgeting_ballots_modeladmin_inspect", args=[ballot.pk]))
        assert (str(ballot.pk) in text(admin.get(index))) is published
        assert ("Ulkokuntosali" in text(admin.get(index + "?export=csv"))) is published
        assert inspect.status_code == (200 if published else 404)
        if result is None:
            vote.close()
            result = count_round(round=vote.round, user=coordinator)
        else:
            publish_results(
                result=result, user=coordinator, confirmation=CONFIRMED
            ) if not result.published_at else None


def test_a_batch_shows_its_codes_once_with_a_spreadsheet(staff: Client, vote: Vote) -> None:
    url = reverse("budgeting_voting:codes", args=[vote.round.pk])
    response = staff.post(url, {"label": "Pääkirjasto", "size": "7"})
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    codes = re.findall(r"<code>([^<]+)</code>", text(response))
    assert len(codes) == 7
    data = re.search(r'href="data:text/csv;base64,([^"]+)"', text(response)).group(1)
    rows = list(csv.reader(io.StringIO(base64.b64decode(data).decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == codes
    vote.cast(vote.gym, code=codes[0])
    for again in (staff.get(url), staff.get(reverse("budgeting_voting:overview"))):
        assert not any(code in text(again) for code in codes)
    log = ModelLogEntry.objects.filter(object_id=str(CodeBatch.objects.get(label="Pääkirjasto").pk))
    assert [entry.data for entry in log] == [{}]


@pytest.mark.parametrize(
    "data",
    [
        {"label": "", "size": "5"},
        {"label": "x", "size": "0"},
        {"label": "x", "size": "99999"},
        {"label": "Kirjeet", "size": "5"},
    ],
)
def test_a_bad_batch_is_refused_beside_the_field(staff: Client, vote: Vote, data: dict[str, str]) -> None:
    response = staff.post(reverse("budgeting_voting:codes", args=[vote.round.pk]), data)
    assert "<code>" not in text(response) and "error" in text(response)
    assert VotingRight.objects.count() == 30


@pytest.mark.parametrize("text_", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx"])
def test_no_cell_of_the_spreadsheet_is_a_formula(text_: str) -> None:
    rows = list(csv.reader(io.StringIO(codes_csv(["AAAA"], round_title=text_, batch_label=text_)), delimiter=";"))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_counting_and_publishing_are_confirmed_on_a_page_each(staff: Client, vote: Vote) -> None:
    cast_three(vote)
    count = reverse("budgeting_voting:count", args=[vote.round.pk])
    publish = reverse("budgeting_voting:publish", args=[vote.round.pk])
    assert "vasta, kun äänestys on päättynyt" in text(staff.get(count, follow=True))
    vote.close()
    staff.get(count)
    assert not RoundResult.objects.exists()
    assert "Äänet on laskettu" in text(staff.post(count, follow=True))
    confirmed = {"body": "Kaupunginhallitus", "date": "2020-12-01", "section": "§ 1", "by": "puheenjohtaja"}
    assert staff.post(publish, confirmed | {"by": " "}).status_code == 200
    assert RoundResult.objects.get().published_at is None
    assert "Tulos on julkaistu" in text(staff.post(publish, confirmed, follow=True))


def test_others_of_staff_get_no_voting_pages(vote: Vote, moderator: User) -> None:
    client = Client()
    client.force_login(moderator)
    urls = [reverse(f"budgeting_voting:{name}", args=[vote.round.pk]) for name in ("codes", "count")]
    urls += [reverse("budgeting_voting:overview"), *(reverse(f"{name}_modeladmin_index") for name in REGISTERS)]
    for url in urls:
        assert client.get(url).status_code in (302, 403), url
        assert client.post(url).status_code in (302, 403), url
    assert CodeBatch.objects.count() == 1


def test_the_dashboard_tells_what_to_count_and_publish(vote: Vote, coordinator: User, rf) -> None:
    def waiting() -> dict[str, int]:
        request = rf.get("/admin/")
        request.user = coordinator
        return {item.label: item.count for item in votes_waiting(request)}

    vote.cast(vote.bench)
    assert set(waiting().values()) == {0}
    vote.close()
    assert waiting() == {"Äänestyksiä laskettavana": 1, "Tuloksia julkaistavana": 0}
    result = count_round(round=vote.round, user=coordinator)
    assert waiting() == {"Äänestyksiä laskettavana": 0, "Tuloksia julkaistavana": 1}
    publish_results(result=result, user=coordinator, confirmation=CONFIRMED)
    assert set(waiting().values()) == {0}


def _admin_lists() -> list[str]:
    """Every address of the admin that takes no argument."""
    found = []

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
            elif not re.search(r"[<(\\\[]", route):
                found.append("/" + route)

    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern) == "admin/":
            walk(resolver.url_patterns, "admin/")
    # failwhale is Wagtail's own test of the error page.
    return [url for url in found if not re.search("logout|login|password|jsi18n|sprite|failwhale", url)]


# Votes in thousands cannot come about by chance in a page: ids, prices and dates are all different.
SECRET = {"gym": 918273, "bench": 718293, "swing": 617283}


def test_no_count_shows_anywhere_in_the_admin_or_on_the_site_before_the_result_is_out(
    admin: Client, vote: Vote, coordinator: User, home_page
) -> None:
    cast_three(vote)
    vote.close()
    result = count_round(round=vote.round, user=coordinator)
    for name, votes in SECRET.items():
        result.lines.filter(proposal=getattr(vote, name)).update(votes=votes)
    pk = vote.round.pk
    urls = _admin_lists()
    assert len(urls) > 40
    urls += [reverse(f"budgeting_voting:{name}", args=[pk]) for name in ("codes", "count", "publish")]
    urls += [
        vote.round.snippet_viewset.get_url_name(name)
        and reverse(vote.round.snippet_viewset.get_url_name(name), args=[pk])
        for name in ("edit", "history", "usage")
    ]
    public = ["/", "/haku/?q=ulkokuntosali", "/sitemap.xml", vote.gym.get_absolute_url(), "/osbu/aanesta/osbu-2026/"]
    visitor = Client()
    seen = 0
    for client, url in [*((admin, url) for url in urls), *((visitor, url) for url in public)]:
        response = client.get(url)
        if response.status_code != 200:
            continue
        seen += 1
        shown = text(response)
        leaked = [
            votes for votes in SECRET.values() if str(votes) in shown or f"{votes:,}".replace(",", "\xa0") in shown
        ]
        assert not leaked, url
        assert "Rahoitetaan<" not in shown, url
    assert seen > 40
    publish_results(result=result, user=coordinator, confirmation=CONFIRMED)
    assert str(SECRET["gym"]) in text(visitor.get("/osbu/aanesta/osbu-2026/"))
