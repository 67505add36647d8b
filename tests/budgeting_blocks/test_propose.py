"""Making a proposal as a resident does it, without JavaScript."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Proposal, ProposalContact, ProposalDraft, Theme
from budgeting_blocks.services.proposals import ProposalText, submit_proposal
from budgeting_blocks.services.rounds import create_round
from cms.common.formtokens import make_token
from tests.budgeting_blocks.proposing import begin, propose, step_data, walk_to_review
from tests.conftest import BrowserClient

BLOCK = str(uuid.UUID(int=1))


@pytest.fixture(autouse=True)
def no_earlier_attempts(db):
    caches["shared"].clear()


@pytest.fixture
def data(theme, form_token) -> dict[str, object]:
    return {
        "form_token": form_token,
        "origin": "",
        "website": "",
        "title": "Grillipaikka",
        "summary": "Katettu paikka rantaan.",
        "description": "Rannalla on tilaa.\nPuuta saa läheltä.",
        "theme": theme.pk,
        "area": "",
        "place": "Suolijärvi",
        "email": "asukas@example.com",
    }


@pytest.fixture
def url(proposing_round) -> str:
    return f"/osbu/ehdota/{proposing_round.slug}/"


@pytest.fixture
def gallery_page(home_page, proposing_round):
    home_page.body = [
        {
            "type": "proposal_gallery",
            "id": BLOCK,
            "value": {"heading": "", "round": proposing_round.pk, "page_size": "12", "proposing": "here"},
        }
    ]
    home_page.save_revision().publish()
    return home_page


def follow_link(text: str) -> str:
    return re.search(r"https?://[^/\s]+(/osbu/seuraa/[0-9a-f]{64}/)", text).group(1)


def test_a_sent_proposal_waits_as_a_draft_and_the_author_gets_a_receipt_and_a_private_link(
    browser, url, data, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = propose(browser, url, data)
    assert response.status_code == 303
    assert response["Location"] == "/osbu/ehdotus-lahetetty/"
    proposal = Proposal.objects.get()
    assert not proposal.live
    assert proposal.latest_revision is not None
    receipt = browser.get(response["Location"])
    assert "perillä" in receipt.content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["asukas@example.com"]
    path = follow_link(letter.body)
    assert path in receipt.content.decode()
    for word in ("Grillipaikka", "Katettu", "Rannalla", "Suolijärvi"):
        assert word not in letter.body + letter.subject
    page = browser.get(path)
    assert "Odottaa tarkistusta" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    token = path.split("/")[-2]
    assert token not in str(list(ProposalContact.objects.values()))


def test_the_same_form_twice_is_one_proposal_with_the_same_link(browser, url, data, django_capture_on_commit_callbacks):
    receipts = []
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            response = propose(browser, url, data)
        receipts.append(follow_link(browser.get(response["Location"]).content.decode()))
    assert Proposal.objects.count() == 1
    assert receipts[0] == receipts[1]
    assert len(mail.outbox) == 1


def test_going_back_and_writing_another_proposal_makes_another(browser, url, data):
    propose(browser, url, data)
    propose(browser, url, data | {"title": "Uimalaituri"})
    assert set(Proposal.objects.values_list("title", flat=True)) == {"Grillipaikka", "Uimalaituri"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 101),
        ("title", "a\x00b"),
        ("summary", "x" * 281),
        ("theme", ""),
        ("theme", "999999"),
        ("theme", "9" * 400),
    ],
)
def test_a_wrong_idea_is_refused_beside_its_field_in_the_block_and_nothing_typed_is_lost(
    browser, gallery_page, url, data, field, value
):
    data |= {field: value, "origin": f"{gallery_page.pk}:{BLOCK}"}
    response = browser.post(url, step_data(data, "idea"))
    content = response.content.decode()
    assert response.status_code == 422
    assert f'id="f{BLOCK[:8]}-{field}_error"' in content
    kept = "Katettu paikka rantaan." if field == "title" else "Grillipaikka"
    assert kept in content
    assert ProposalDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("kuvaus", "description", ""),
        ("kuvaus", "description", "x" * 4001),
        ("kuvaus", "description", "a\x00b"),
        ("kuvaus", "area", "999999"),
        ("kuvaus", "place", "x" * 161),
        ("tiedot", "email", ""),
        ("tiedot", "email", "ei-osoite"),
        ("tiedot", "email", "a@example.com\nBcc: b@example.com"),
    ],
)
def test_a_wrong_value_of_a_later_step_is_refused_beside_its_field_and_kept_in_the_draft(
    browser, url, data, step, field, value
):
    address = begin(browser, url, data)
    if step == "tiedot":
        address = browser.post(address, step_data(data, "kuvaus"))["Location"]
    response = browser.post(address, step_data(data | {field: value}, step))
    assert response.status_code == 422
    assert f'id="f-{field}_error"' in response.content.decode()
    assert ProposalDraft.objects.get().data[field] == value.replace("\x00", "")
    assert Proposal.objects.count() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("token", ["", "forged", "a:b:c", "\x00"])
def test_a_forged_token_is_refused_and_what_was_typed_stays(browser, url, data, token):
    response = browser.post(url, step_data(data, "idea") | {"form_token": token})
    assert response.status_code == 422
    assert "Katettu paikka rantaan." in response.content.decode()
    assert ProposalDraft.objects.count() == 0


def test_a_forged_token_of_the_last_step_sends_nothing_and_the_draft_stays(browser, url, data):
    address = walk_to_review(browser, url, data)
    response = browser.post(address, {"form_token": "forged"})
    assert response.status_code == 422
    assert Proposal.objects.count() == 0
    assert ProposalDraft.objects.get().data["title"] == "Grillipaikka"


def test_a_stale_token_is_refused(browser, url, data, time_machine_forward):
    time_machine_forward(timedelta(hours=13))
    assert browser.post(url, step_data(data, "idea")).status_code == 422
    assert ProposalDraft.objects.count() == 0


@pytest.fixture
def time_machine_forward():
    import time_machine

    travels = []

    def move(delta):
        travel = time_machine.travel(timezone.now() + delta)
        travel.start()
        travels.append(travel)

    yield move
    for travel in travels:
        travel.stop()


def test_a_post_from_another_site_is_refused(url, data):
    address = begin(BrowserClient(), url, data)
    client = Client(headers={"sec-fetch-site": "cross-site"})
    assert client.post(url, step_data(data, "idea")).status_code == 403
    for act in ("next", "save", "back"):
        foreign = step_data(data | {"description": "Toisen"}, "kuvaus") | {"action": act}
        assert client.post(address, foreign).status_code == 403
    assert client.post(address.replace("kuvaus", "tarkista"), {"form_token": make_token()}).status_code == 403
    assert "description" not in ProposalDraft.objects.get().data
    assert Proposal.objects.count() == 0


def test_works_without_a_csrf_cookie(url, data):
    client = BrowserClient(enforce_csrf_checks=True)
    assert propose(client, url, data).status_code == 303


def test_a_filled_trap_field_stores_nothing(browser, url, data):
    assert browser.post(url, step_data(data, "idea") | {"website": "http://spam.example"}).status_code == 422
    assert ProposalDraft.objects.count() == 0


@pytest.mark.parametrize("kind", [Kind.SCREENING, Kind.VOTING, None])
def test_a_closed_round_refuses_with_the_reason_and_keeps_what_was_typed(browser, make_round, data, kind):
    round = make_round(kind)
    response = browser.post(f"/osbu/ehdota/{round.slug}/", step_data(data, "idea"))
    content = response.content.decode()
    assert response.status_code == 422
    assert "Ehdotusten teko päättyi" in content
    assert "Katettu paikka rantaan." in content
    assert ProposalDraft.objects.count() == 0


def test_a_phase_that_closed_meanwhile_leaves_the_typed_text_in_the_block(
    browser, gallery_page, url, data, proposing_round
):
    proposing_round.phases.filter(kind="proposals").update(closes_at=timezone.now())
    response = browser.post(url, step_data(data | {"origin": f"{gallery_page.pk}:{BLOCK}"}, "idea"))
    assert response.status_code == 422
    assert "Katettu paikka rantaan." in response.content.decode()
    assert ProposalDraft.objects.count() == 0


def test_a_phase_that_closes_between_the_steps_says_so_sends_nothing_and_shows_what_was_written(
    browser, url, data, proposing_round
):
    review = walk_to_review(browser, url, data)
    proposing_round.phases.filter(kind="proposals").update(closes_at=timezone.now())
    page = browser.get(review).content.decode()
    assert "Ehdotusten teko päättyi" in page
    assert "Puuta saa läheltä." in page
    response = browser.post(review, {"form_token": make_token()})
    assert response.status_code == 422
    step = review.replace("tarkista", "kuvaus")
    assert browser.post(step, step_data(data | {"description": "Vielä tämä"}, "kuvaus")).status_code == 422
    assert "Vielä tämä" in browser.get(step).content.decode()
    assert Proposal.objects.count() == 0


def test_a_round_never_published_is_not_found(browser, make_round, data):
    round = make_round(publish=False)
    assert browser.get(f"/osbu/ehdota/{round.slug}/").status_code == 404
    assert browser.post(f"/osbu/ehdota/{round.slug}/", data).status_code == 404


def test_a_round_taken_off_meanwhile_gives_the_reason(browser, url, data, proposing_round):
    proposing_round.unpublish()
    response = browser.post(url, step_data(data, "idea"))
    assert response.status_code == 422
    assert "Kierrosta ei ole julkaistu" in response.content.decode()


def test_at_most_three_receipts_an_hour_go_to_one_address_and_the_link_is_shown_instead(
    browser, url, data, django_capture_on_commit_callbacks
):
    for number in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            response = propose(browser, url, data | {"title": f"Ehdotus {number}", "form_token": make_token()})
        assert response.status_code == 303
    assert Proposal.objects.count() == 5
    assert len(mail.outbox) == 3
    assert "emme lähetä uutta" in browser.get(response["Location"]).content.decode()


def test_a_flood_with_one_address_is_slowed_beside_the_email_field(browser, url, data):
    statuses = [propose(browser, url, data | {"title": f"Ehdotus {n}"}).status_code for n in range(12)]
    assert statuses == [303] * 10 + [422] * 2


def test_a_flood_from_one_connection_is_slowed(browser, url, data):
    statuses = [
        propose(browser, url, data | {"title": f"Ehdotus {n}", "email": f"a{n}@example.com"}).status_code
        for n in range(22)
    ]
    assert statuses == [303] * 20 + [422] * 2


def test_the_form_has_a_page_of_its_own(client, url):
    content = client.get(url).content.decode()
    assert 'name="summary"' in content
    assert "Ehdotuksia voi tehdä" in content


def test_a_phase_that_ends_at_midnight_ends_with_the_day_before(client, make_round):
    now = timezone.localtime()
    midnight = (now + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    round = make_round(windows=[Window(Kind.PROPOSALS, now - timedelta(days=1), midnight)])
    content = client.get(f"/osbu/ehdota/{round.slug}/").content.decode()
    last_day = date_format(now.date() + timedelta(days=1), "DATE_FORMAT")
    assert f"{last_day} kello 24.00 asti" in content


def test_the_page_of_the_form_says_when_proposing_is_over(client, make_round):
    round = make_round(Kind.VOTING)
    content = client.get(f"/osbu/ehdota/{round.slug}/").content.decode()
    assert "Ehdotusten teko päättyi" in content
    assert 'name="summary"' not in content


def test_a_receipt_page_without_a_receipt_says_so(client, db):
    response = client.get("/osbu/ehdotus-lahetetty/")
    assert response.status_code == 200
    assert "Kuitti ei ole enää nähtävillä" in response.content.decode()


@pytest.mark.parametrize("token", ["x", "0" * 64, "a" * 5000])
def test_an_unknown_follow_link_is_not_found_and_private(client, db, token):
    response = client.get(f"/osbu/seuraa/{token}/")
    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_form_ten_times_at_once_is_one_proposal():
    theme = Theme.objects.create(name="Liikunta", slug="liikunta")
    now = timezone.now()
    round = create_round(
        title="Kierros",
        slug="kierros",
        budget=1000,
        windows=[Window(Kind.PROPOSALS, now - timedelta(days=1), now + timedelta(days=1))],
    )
    text = ProposalText(title="Laituri", summary="Lyhyesti", description="Pitkästi", theme=theme.pk)

    def send(_number: int) -> str:
        try:
            return submit_proposal(round=round, text=text, email="a@example.com", submission_key="sama").token
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        tokens = set(pool.map(send, range(10)))
    assert len(tokens) == 1
    assert Proposal.objects.count() == 1
    assert ProposalContact.objects.count() == 1
