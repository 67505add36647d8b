"""From showing who one is to the ballot in the box, as a browser without JavaScript does it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgeting_blocks.held import DRAFT, RIGHT
from budgeting_blocks.models import Ballot, VotingRight
from budgeting_blocks.services.classes import create_class
from budgeting_blocks.services.codes import Recipient, create_code_batch
from budgeting_blocks.services.desk import give_desk_right
from budgeting_blocks.services.persons import PersonKind, person_hash
from cms.users.models import User
from tests.budgeting_blocks.rights.conftest import Ladder, post

HETU = "131052-908T"


def cast(browser: Client, ladder: Ladder, code: str, **data: object):
    return post(browser, ladder.url("vote_cast"), proposals=[ladder.bench.pk], code=code, **data)


def hidden(response, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', response.content.decode())
    return found.group(1) if found else ""


def letter(ladder: Ladder, user: User, size: int = 1, label: str = "K", **kwargs: object) -> list[str]:
    return create_code_batch(round=ladder.round, label=label, size=size, user=user, now=timezone.now(), **kwargs)[1]


def test_who_has_shown_a_code_need_not_type_it_again(ladder: Ladder, coordinator: User, browser: Client) -> None:
    [code] = letter(ladder, coordinator)
    post(browser, ladder.url("vote_code"), code=code)
    review = post(browser, ladder.url("vote_review"), proposals=[ladder.bench.pk])
    assert hidden(review, "code") == code and "Äänioikeutesi on todettu: Äänestyskoodi" in review.content.decode()
    response = cast(browser, ladder, hidden(review, "code"))
    assert response.status_code == 303 and Ballot.objects.get().means == "code"
    assert not response.cookies[RIGHT].value
    # The next one at this computer starts from nothing.
    assert not hidden(post(browser, ladder.url("vote_review"), proposals=[ladder.bench.pk]), "code")


def test_a_ballot_begun_before_identification_is_not_lost(ladder: Ladder, coordinator: User, browser: Client) -> None:
    [code] = letter(ladder, coordinator)
    away = post(browser, ladder.url("vote_identify"), proposals=[ladder.bench.pk], code="", origin="1:x")
    assert away.status_code == 303 and away.cookies[DRAFT]["httponly"]
    post(browser, ladder.url("vote_code"), code=code)
    page = browser.get(ladder.url("vote_identified")).content.decode()
    assert f'name="proposals" value="{ladder.bench.pk}"' in page and "Jatka valintoihisi" in page


def test_no_cache_keeps_what_belongs_to_one_voter(ladder: Ladder, coordinator: User, browser: Client) -> None:
    [code] = letter(ladder, coordinator)
    post(browser, ladder.url("vote_code"), code=code)
    for name in ("vote_identified", "vote_identify", "vote_code", "vote_mail", "vote_class", "vote_mail_sent"):
        response = browser.get(ladder.url(name))
        assert response.status_code == 200 and response["Cache-Control"] == "private, no-store", name
        assert response["Referrer-Policy"] == "same-origin"
        stranger = Client().get(ladder.url(name))
        assert code not in stranger.content.decode() and not stranger.cookies


@pytest.mark.parametrize("first", ["letter", "desk"])
def test_one_person_one_vote_across_channels(ladder: Ladder, coordinator: User, browser: Client, first: str) -> None:
    person = person_hash(ladder.round, PersonKind.HETU, HETU)
    codes = {
        "letter": letter(ladder, coordinator, recipients=[Recipient(person)])[0],
        "desk": give_desk_right(
            round=ladder.round, identifier=HETU, resident=True, user=coordinator, now=timezone.now()
        ),
    }
    assert VotingRight.objects.filter(person_hash=person).count() == 2
    assert cast(browser, ladder, codes.pop(first)).status_code == 303
    second = cast(browser, ladder, *codes.values())
    assert second.status_code == 422 and "äänestänyt" in second.content.decode()
    assert Ballot.objects.count() == 1 and VotingRight.objects.filter(used=True).count() == 1


def test_pupils_vote_by_the_code_of_their_slip(ladder: Ladder, coordinator: User, browser: Client) -> None:
    from budgeting_blocks.services.classes import pupil_codes

    found, teacher = create_class(
        round=ladder.round, school="A", label="B", size=2, user=coordinator, now=timezone.now()
    )
    for code in pupil_codes(found, teacher):
        assert cast(browser, ladder, code).status_code == 303
        assert cast(browser, ladder, code).status_code == 422
    assert [ballot.means for ballot in Ballot.objects.all()] == ["class", "class"]


def test_a_mailed_code_that_is_over_is_worth_nothing(
    ladder: Ladder, browser: Client, django_capture_on_commit_callbacks: Callable, monkeypatch
) -> None:
    monkeypatch.setattr("budgeting_blocks.services.rights.MAILED_HOURS", -6)
    with django_capture_on_commit_callbacks(execute=True):
        post(browser, ladder.url("vote_mail"), email="matti@example.com")
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", mail.outbox[0].body).group()
    assert cast(browser, ladder, code).status_code == 422 and not Ballot.objects.exists()


def test_a_letter_nobody_is_tied_to_asks_for_the_voters_word_and_one_tied_to_a_person_does_not(
    make_ladder: Callable[..., Ladder], coordinator: User, browser: Client
) -> None:
    ladder = make_ladder(min_age=12)
    [loose] = letter(ladder, coordinator)
    [tied] = letter(ladder, coordinator, label="T", recipients=[Recipient("x" * 64)])
    refused = cast(browser, ladder, loose)
    assert refused.status_code == 422 and "Vahvista, että sinulla on oikeus" in refused.content.decode()
    assert not Ballot.objects.exists() and not VotingRight.objects.filter(used=True).exists()
    assert cast(browser, ladder, loose, declared="on").status_code == 303
    assert cast(browser, ladder, tied).status_code == 303


def test_leaving_makes_the_browser_forget(ladder: Ladder, coordinator: User, browser: Client) -> None:
    [code] = letter(ladder, coordinator)
    post(browser, ladder.url("vote_code"), code=code)
    post(browser, ladder.url("vote_leave"))
    assert browser.get(ladder.url("vote_identified")).status_code == 302


def test_a_right_held_by_the_browser_is_no_right_elsewhere(
    ladder: Ladder, coordinator: User, browser: Client, make_round: Callable
) -> None:
    from budgeting_blocks.domain.phases import Kind

    [code] = letter(ladder, coordinator)
    post(browser, ladder.url("vote_code"), code=code)
    other = make_round(Kind.VOTING)
    browser.cookies[RIGHT]["path"] = "/"
    response = browser.get(reverse("budgeting:vote_identified", args=[other.slug]))
    assert response.status_code == 302


@pytest.mark.parametrize(
    "name", ["vote_code", "vote_mail", "vote_class", "vote_identify", "vote_next_pupil", "vote_leave"]
)
def test_a_post_from_another_site_is_refused(ladder: Ladder, name: str) -> None:
    client = Client(HTTP_SEC_FETCH_SITE="cross-site")
    assert post(client, ladder.url(name), code="x", email="a@example.com").status_code == 403
    assert not VotingRight.objects.exists()


def test_the_page_of_means_says_how_sure_each_is(ladder: Ladder, browser: Client, settings) -> None:
    settings.OIDC_ISSUER = "https://broker.example.com"
    page = browser.get(ladder.url("vote_identify")).content.decode()
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    means = [text for text in headings if text in page and text != "Valikko"]
    order = [means.index(name) for name in ("Vahva tunnistautuminen", "Äänestyskoodi", "Kertalinkki sähköpostiin")]
    assert order == sorted(order)
    assert "Tunnistus: heikko" in page and "Tunnistus: vahva" in page and "Henkilöllisyys on todettu" in page


def test_the_overview_counts_by_means_and_tells_nothing_more(ladder: Ladder, staff: Client, coordinator: User) -> None:
    letter(ladder, coordinator, size=4)
    give_desk_right(round=ladder.round, identifier=HETU, resident=True, user=coordinator, now=timezone.now())
    VotingRight.objects.filter(means="desk").update(used=True)
    page = re.sub(r"\s+", "", staff.get(reverse("budgeting_voting:rights", args=[ladder.round.pk])).content.decode())
    assert '<thscope="row">Äänestyskoodi</th><td>Kohtalainen</td><td>4</td><td>0</td>' in page
    assert '<thscope="row">Palvelupiste</th><td>Vahva</td><td>1</td><td>1</td>' in page
    assert VotingRight.objects.get(means="desk").person_hash not in page


def test_the_overview_asks_as_much_however_many_rights_and_batches(
    ladder: Ladder, staff: Client, coordinator: User, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("budgeting_voting:rights", args=[ladder.round.pk])
    counts = []
    for number in range(3):
        letter(ladder, coordinator, size=5 * (number + 1), label=f"Erä {number}")
        staff.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            staff.get(url)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_the_enter_key_in_the_code_field_casts_the_ballot(ladder: Ladder, browser: Client) -> None:
    """It presses the form's first button, whatever that is."""
    page = post(browser, ladder.url("vote_review"), proposals=[ladder.bench.pk]).content.decode()
    form = page[page.index(f'action="{ladder.url("vote_cast")}"') :]
    buttons = re.findall(r"<button[^>]*type=\"submit\"[^>]*>", form)
    assert "formaction" not in buttons[0] and any(ladder.url("vote_identify") in button for button in buttons)
