"""A proposal is saved as it goes: steps, the private link, the photo, the place, the criteria, and forgetting."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from budgeting_blocks.models import Criterion, Proposal, ProposalDraft, ProposalPhoto
from budgeting_blocks.selectors import similar
from budgeting_blocks.services.drafts import purge_drafts
from budgeting_blocks.services.follow import hash_token
from budgeting_blocks.services.photos import purge_photos
from budgeting_blocks.views import drafting
from cms.common.formtokens import make_token
from cms.users.roles import Role
from tests.budgeting_blocks.proposing import begin, propose, step_data, walk_to_review


@pytest.fixture(autouse=True)
def no_earlier_attempts(db):
    caches["shared"].clear()
    similar._index.cache_clear()  # numbers of records come again after a rollback


@pytest.fixture
def data(theme) -> dict[str, object]:
    return {
        "title": "Grillipaikka",
        "summary": "Katettu paikka rantaan.",
        "theme": theme.pk,
        "description": "Rannalla on tilaa.",
        "place": "Suolijärvi",
        "email": "asukas@example.com",
    }


@pytest.fixture
def url(proposing_round) -> str:
    return f"/osbu/ehdota/{proposing_round.slug}/"


def photo_file(size: tuple[int, int] = (80, 60), kind: str = "JPEG", *, gps: bool = False) -> SimpleUploadedFile:
    picture = Image.new("RGB", size, "green")
    out = io.BytesIO()
    exif = Image.Exif()
    if gps:
        exif[0x010F] = "Kamera Oy"
        exif.get_ifd(0x8825)[2] = (60.0, 37.0, 51.0)
    picture.save(out, kind, exif=exif)
    return SimpleUploadedFile(f"IMG.{kind.lower()}", out.getvalue(), f"image/{kind.lower()}")


class TestSteps:
    def test_what_was_half_written_is_kept_by_the_save_button_and_found_behind_the_link(
        self, browser, client, url, data
    ):
        address = begin(browser, url, data)
        response = browser.post(
            address, step_data({"description": "Kesken", "place": "x" * 300}, "kuvaus") | {"action": "save"}
        )
        assert response.status_code == 303
        page = client.get(response["Location"])
        content = page.content.decode()
        assert "Luonnos on tallennettu" in content
        assert "Kesken" in content
        assert "x" * 300 in content
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        assert not page.cookies

    def test_a_script_saves_with_an_answer_of_its_own(self, browser, url, data):
        address = begin(browser, url, data)
        posted = step_data({"description": "Kesken"}, "kuvaus") | {"action": "save"}
        response = browser.post(address, posted, headers={"accept": "application/json"})
        assert response.json() == {"saved": True}
        assert ProposalDraft.objects.get().data["description"] == "Kesken"

    def test_back_keeps_what_was_typed_and_leads_to_the_step_before(self, browser, url, data):
        address = begin(browser, url, data)
        response = browser.post(address, step_data({"description": "Kesken"}, "kuvaus") | {"action": "back"})
        assert response["Location"].endswith("/idea/")
        assert "Grillipaikka" in browser.get(response["Location"]).content.decode()
        assert "Kesken" in browser.get(address).content.decode()

    def test_the_database_does_not_hold_what_opens_the_draft(self, browser, url, data):
        token = begin(browser, url, data).split("/")[-3]
        assert token not in str(list(ProposalDraft.objects.values()))
        assert ProposalDraft.objects.get().token_hash == hash_token(token)

    @pytest.mark.parametrize("step", ["", "idea/", "kuvaus/", "tiedot/", "tarkista/", "kuva.jpg", "muu/"])
    @pytest.mark.parametrize("token", ["x", "0" * 64])
    def test_an_unknown_link_is_not_found(self, browser, url, step, token):
        response = browser.get(f"{url}luonnos/{token}/{step}", follow=True)
        assert response.status_code == 404

    def test_a_draft_is_not_found_below_another_rounds_address(self, browser, url, data, make_round):
        address = begin(browser, url, data)
        other = make_round()
        assert browser.get(address.replace(url, f"/osbu/ehdota/{other.slug}/")).status_code == 404

    def test_the_first_step_twice_is_one_draft(self, browser, url, data):
        data["form_token"] = make_token()
        assert begin(browser, url, data) == begin(browser, url, data)
        assert ProposalDraft.objects.count() == 1

    def test_the_review_shows_all_and_says_what_is_missing_and_sends_nothing_before(self, browser, url, data):
        review = begin(browser, url, data).replace("kuvaus", "tarkista")
        content = browser.get(review).content.decode()
        assert "Grillipaikka" in content
        assert "Tämä on vielä kesken" in content
        assert browser.post(review, {"form_token": make_token()}).status_code == 422
        assert Proposal.objects.count() == 0

    def test_sent_twice_it_is_one_proposal_and_the_draft_keeps_no_word(self, browser, url, data):
        review = walk_to_review(browser, url, data)
        answers = [browser.post(review, {"form_token": make_token()}) for _click in range(2)]
        assert [answer["Location"] for answer in answers] == ["/osbu/ehdotus-lahetetty/"] * 2
        assert Proposal.objects.count() == 1
        draft = ProposalDraft.objects.get()
        assert (draft.data, draft.photo) == ({}, None)
        assert "/osbu/seuraa/" in browser.get(review)["Location"]

    def test_a_script_stays_text_on_every_page(self, browser, url, data, proposing_round, make_proposal):
        bad = "<script>alert(1)</script>"
        make_proposal(proposing_round, f"{bad} grillipaikka", summary=bad)
        data |= {"title": f"Grillipaikka {bad}", "summary": bad, "description": bad, "place": bad}
        review = walk_to_review(browser, url, data)
        for step in ("idea", "kuvaus", "tiedot", "tarkista"):
            assert bad not in browser.get(review.replace("tarkista", step)).content.decode()

    @pytest.mark.parametrize("junk", ["a\0b", "\ud800", "x" * 200_000])
    def test_junk_is_kept_within_bounds_and_breaks_nothing(self, browser, url, data, junk):
        address = begin(browser, url, data)
        posted = step_data({"description": junk}, "kuvaus") | {"action": "save"}
        body = "&".join(f"{name}={value}" for name, value in posted.items()).encode("utf-8", "surrogatepass")
        response = browser.post(address, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 303
        assert len(ProposalDraft.objects.get().data["description"]) <= 8000
        assert browser.get(address).status_code == 200

    def test_a_flood_of_drafts_is_slowed(self, browser, url, data, monkeypatch):
        monkeypatch.setattr(drafting, "DRAFTS_PER_ADDRESS", 2)
        statuses = [browser.post(url, step_data(data, "idea")).status_code for _number in range(3)]
        assert statuses == [303, 303, 422]

    def test_similar_proposals_stand_on_the_second_step_with_the_way_to_support(
        self, browser, url, data, proposing_round, make_proposal
    ):
        other = make_proposal(proposing_round, "Grillipaikkoja rannoille")
        content = browser.get(begin(browser, url, data)).content.decode()
        assert "Onko joku ehdottanut jo samaa?" in content
        assert f"/osbu/ehdotukset/{other.pk}/kannata/" in content


class TestPlaceAndCriteria:
    def test_a_place_and_criteria_go_with_the_proposal(self, browser, url, data, proposing_round, make_round):
        met = Criterion.objects.create(round=proposing_round, name="Kaupungin maalla")
        Criterion.objects.create(round=proposing_round, name="Kustannus", for_author=False)
        data |= {"latitude": "60.62", "longitude": "24.85", "criteria": [met.pk]}
        address = begin(browser, url, data)
        browser.post(address, step_data(data, "kuvaus"))
        content = browser.get(address.replace("kuvaus", "tiedot")).content.decode()
        assert "Kaupungin maalla" in content
        assert "Kustannus" not in content
        propose(browser, url, data)
        proposal = Proposal.objects.get()
        assert (proposal.latitude, proposal.longitude) == (60.62, 24.85)
        assert list(proposal.criteria.all()) == [met]

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [("60.62", ""), ("0", "0"), ("nan", "24.8"), ("inf", "24.8"), ("x", "y"), ("1e999", "1")],
    )
    def test_a_point_that_is_none_of_the_citys_is_refused_beside_the_place(
        self, browser, url, data, latitude, longitude
    ):
        address = begin(browser, url, data)
        response = browser.post(address, step_data(data | {"latitude": latitude, "longitude": longitude}, "kuvaus"))
        assert response.status_code == 422
        assert 'id="f-place_error"' in response.content.decode()

    def test_another_rounds_criterion_is_refused(self, browser, url, data, proposing_round, make_round):
        Criterion.objects.create(round=proposing_round, name="Oma")
        foreign = Criterion.objects.create(round=make_round(), name="Muun")
        address = begin(browser, url, data)
        browser.post(address, step_data(data, "kuvaus"))
        response = browser.post(
            address.replace("kuvaus", "tiedot"), step_data(data | {"criteria": [foreign.pk]}, "tiedot")
        )
        assert response.status_code == 422

    def test_the_map_is_drawn_of_the_areas_without_a_third_party(self, browser, url, data, area):
        area.latitude, area.longitude = 60.62, 24.75
        area.save()
        content = browser.get(begin(browser, url, data)).content.decode()
        assert "<polygon" in content
        assert 'data-south="60.48"' in content


class TestPhoto:
    def with_photo(self, browser, url, data, **extra) -> str:
        return walk_to_review(browser, url, data | {"photo": photo_file(gps=True), "photo_alt": "Ranta"} | extra)

    def send(self, browser, url, data) -> Proposal:
        browser.post(self.with_photo(browser, url, data), {"form_token": make_token()})
        return Proposal.objects.get()

    def test_carries_neither_place_nor_camera(self, browser, url, data):
        photo = self.send(browser, url, data).photo
        with photo.file.open("rb") as file:
            content = file.read()
        assert b"Kamera" not in content
        assert not Image.open(io.BytesIO(content)).getexif()
        assert (photo.alt, photo.proposal_id) == ("Ranta", Proposal.objects.get().pk)

    def test_is_public_only_while_the_proposal_is(self, browser, client, url, data):
        proposal = self.send(browser, url, data)
        address = f"/osbu/ehdotukset/kuvat/{proposal.photo_id}.jpg"
        assert client.get(address).status_code == 404
        proposal.latest_revision.publish()
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert 'alt="Ranta"' in client.get(proposal.get_absolute_url()).content.decode()
        Proposal.objects.get().unpublish()
        assert client.get(address).status_code == 404
        assert client.get(f"/media/{proposal.photo.file.name}").status_code == 404

    def test_a_moderator_sees_it_before_and_others_never(self, client, browser, url, data, moderator, make_staff):
        proposal = self.send(browser, url, data)
        address = f"/admin/budgeting/enter/photos/{proposal.photo_id}.jpg"
        client.force_login(make_staff(Role.COMMUNICATIONS))
        assert client.get(address).status_code == 404
        client.force_login(moderator)
        assert client.get(address).status_code == 200
        edit = client.get(f"/admin/snippets/budgeting_blocks/proposal/edit/{proposal.pk}/").content.decode()
        assert address in edit

    def test_without_words_is_kept_and_asked_for_them(self, browser, url, data):
        address = begin(browser, url, data)
        response = browser.post(address, step_data(data | {"photo": photo_file()}, "kuvaus"))
        assert response.status_code == 422
        assert "mitä kuvassa on" in response.content.decode()
        assert ProposalPhoto.objects.count() == 1
        assert browser.post(address, step_data(data | {"photo_alt": "Ranta"}, "kuvaus")).status_code == 303
        assert browser.get(address.replace("kuvaus/", "kuva.jpg")).status_code == 200

    def test_another_takes_its_place_and_a_tick_removes_it(
        self, browser, url, data, django_capture_on_commit_callbacks
    ):
        address = begin(browser, url, data)
        for _time in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                browser.post(address, step_data(data | {"photo": photo_file(), "photo_alt": "Ranta"}, "kuvaus"))
        photo = ProposalPhoto.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(address, step_data(data, "kuvaus") | {"remove_photo": "1"})
        assert ProposalPhoto.objects.count() == 0
        assert not storages["private"].exists(photo.file.name)

    @pytest.mark.parametrize(
        "file",
        [
            SimpleUploadedFile("a.jpg", b"", "image/jpeg"),
            SimpleUploadedFile("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/jpeg"),
            SimpleUploadedFile("../../a.jpg", b"GIF89a" + b"0" * 50, "image/jpeg"),
            photo_file(kind="GIF"),
            photo_file((6000, 5000), "PNG"),
        ],
        ids=["empty", "svg", "path", "gif", "bomb"],
    )
    def test_a_bad_file_gets_a_message_and_is_not_stored(self, browser, url, data, file):
        file.seek(0)
        address = begin(browser, url, data)
        response = browser.post(address, step_data(data | {"photo": file, "photo_alt": "Ranta"}, "kuvaus"))
        assert response.status_code == 422
        assert ProposalPhoto.objects.count() == 0
        assert ProposalDraft.objects.get().data["description"] == "Rannalla on tilaa."

    def test_a_flood_of_photos_is_refused_beside_the_field_before_any_is_decoded(self, browser, url, data, monkeypatch):
        monkeypatch.setattr(drafting, "PHOTOS_PER_ADDRESS", 0)
        address = begin(browser, url, data)
        response = browser.post(address, step_data(data | {"photo": photo_file(), "photo_alt": "Ranta"}, "kuvaus"))
        assert response.status_code == 422
        assert 'id="f-photo_error"' in response.content.decode()
        assert ProposalPhoto.objects.count() == 0


class TestForgetting:
    def test_a_draft_that_nobody_touched_for_a_month_goes_with_its_photo(self, browser, url, data):
        address = begin(browser, url, data)
        browser.post(address, step_data(data | {"photo": photo_file(), "photo_alt": "Ranta"}, "kuvaus"))
        now = timezone.now()
        assert purge_drafts(now + timedelta(days=29)) == 0
        assert purge_photos(now + timedelta(days=29)) == 0
        assert purge_drafts(now + timedelta(days=31)) == 1
        assert ProposalPhoto.objects.count() == 0

    def test_the_photo_of_a_proposal_never_published_goes_and_that_of_a_published_one_stays(self, browser, url, data):
        photo = {"photo": photo_file(), "photo_alt": "Ranta"}
        propose(browser, url, data | photo)
        later = timezone.now() + timedelta(days=181)
        hidden = Proposal.objects.get()
        photo["photo"].seek(0)
        propose(browser, url, data | photo | {"title": "Julkaistava"})
        shown = Proposal.objects.exclude(pk=hidden.pk).get()
        shown.latest_revision.publish()
        assert purge_photos(later) == 1
        assert list(ProposalPhoto.objects.values_list("proposal", flat=True)) == [shown.pk]

    def test_a_photo_that_nothing_took_goes_within_days(self, db):
        ProposalPhoto.objects.create(file="proposals/x.jpg", width=1, height=1)
        assert purge_photos(timezone.now() + timedelta(days=2)) == 1
