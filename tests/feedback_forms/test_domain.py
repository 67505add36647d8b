"""The rules of feedback, without a database."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cms.common.photos import MAX_SIDE, PhotoProblem, PhotoRefused, clean_photo
from feedback_forms.choices import CaseState
from feedback_forms.domain.cases import TRANSITIONS, Action, State, allowed_actions, next_state, owes_answer
from feedback_forms.domain.codes import code_hash, follow_code, submission_fingerprint
from feedback_forms.domain.deadlines import answer_due
from tests.feedback_forms.conftest import photo_bytes

HELSINKI = ZoneInfo("Europe/Helsinki")


def test_the_table_has_exactly_the_agreed_edges() -> None:
    assert {(state.value, action.value): edge.target.value for (state, action), edge in TRANSITIONS.items()} == {
        ("received", "start"): "in_handling",
        ("received", "move"): "received",
        ("in_handling", "move"): "received",
        ("in_handling", "answer"): "answered",
        ("in_handling", "close"): "closed",
        ("answered", "close"): "closed",
        ("answered", "reopen"): "in_handling",
        ("closed", "reopen"): "in_handling",
    }
    assert all(edge.why for edge in TRANSITIONS.values())


@given(st.sampled_from(State), st.sampled_from(Action))
def test_an_action_outside_the_table_leads_nowhere(state: State, action: Action) -> None:
    assert (next_state(state, action) is None) == ((state, action) not in TRANSITIONS)
    assert (action in allowed_actions(state)) == ((state, action) in TRANSITIONS)


def test_the_database_knows_the_same_states_as_the_domain() -> None:
    assert set(CaseState.values) == {state.value for state in State}


def test_a_case_owes_an_answer_only_to_a_sender_who_asked_and_has_none() -> None:
    assert owes_answer(wants_answer=True, is_answered=False)
    assert not owes_answer(wants_answer=True, is_answered=True)
    assert not owes_answer(wants_answer=False, is_answered=False)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ((2026, 11, 2), (2026, 11, 9)),  # Monday to the next Monday
        ((2026, 11, 7), (2026, 11, 13)),  # Saturday: Monday is the first day
        ((2026, 12, 22), (2026, 12, 31)),  # over Christmas Eve and both Christmas Days
        ((2026, 3, 31), (2026, 4, 9)),  # over Good Friday and Easter Monday
        ((2026, 6, 17), (2026, 6, 25)),  # over Midsummer Eve
    ],
)
def test_an_answer_is_due_on_the_fifth_working_day(received: tuple[int, int, int], due: tuple[int, int, int]) -> None:
    moment = answer_due(datetime(*received, 14, 30, tzinfo=HELSINKI))
    assert (moment.year, moment.month, moment.day) == due
    assert moment.tzinfo is HELSINKI


def test_a_code_belongs_to_one_content_of_one_form() -> None:
    first = submission_fingerprint("s", "form", "fault", "Text")
    assert first == submission_fingerprint("s", "form", "fault", "Text")
    assert first != submission_fingerprint("s", "form", "fault", "Another text")
    assert first != submission_fingerprint("s", "other form", "fault", "Text")
    assert submission_fingerprint("s", "f", "ab", "c") != submission_fingerprint("s", "f", "a", "bc")


def test_neither_stored_hash_gives_the_code_back() -> None:
    fingerprint = submission_fingerprint("s", "form", "Text")
    code = follow_code("s", "form", fingerprint, "ABCDEFGH")
    assert len(code) == 14
    assert code not in fingerprint
    assert code_hash("s", code) != code_hash("another secret", code)
    assert follow_code("s", "", fingerprint, "ABCDEFGH") != code


def test_position_and_camera_are_gone_from_a_photo() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Oy"
    exif.get_ifd(0x8825)[2] = (60.0, 37.0, 51.0)
    raw = photo_bytes(exif=exif, comment=b"salainen kommentti")
    assert b"Kamera Oy" in raw
    cleaned = Image.open(io.BytesIO(clean_photo(io.BytesIO(raw)).content))
    assert not cleaned.getexif()
    assert set(cleaned.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"salainen" not in clean_photo(io.BytesIO(raw)).content


def test_a_photo_on_its_side_is_turned_before_its_mark_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = clean_photo(io.BytesIO(photo_bytes(size=(40, 30), exif=exif)))
    assert (photo.width, photo.height) == (30, 40)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_the_usual_photo_formats_are_taken_and_made_smaller(format: str) -> None:
    photo = clean_photo(io.BytesIO(photo_bytes(format, (3000, 1500))))
    assert (photo.width, photo.height) == (MAX_SIDE, MAX_SIDE // 2)
    assert Image.open(io.BytesIO(photo.content)).format == "JPEG"


def test_four_signs_that_any_photo_may_hold_by_chance_do_not_make_it_something_else() -> None:
    assert clean_photo(io.BytesIO(photo_bytes() + b"\x91<sVg\x07")).width == 40


def test_a_small_file_of_huge_dimensions_is_refused_before_it_is_decoded() -> None:
    bomb = io.BytesIO()
    Image.new("1", (11_000, 11_000)).save(bomb, "PNG")
    assert bomb.tell() < 100_000
    with pytest.raises(PhotoRefused) as refusal:
        clean_photo(io.BytesIO(bomb.getvalue()))
    assert refusal.value.problem is PhotoProblem.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", PhotoProblem.EMPTY),
        (b"\0" * (8 * 1024 * 1024 + 1), PhotoProblem.TOO_HEAVY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", PhotoProblem.NOT_A_PHOTO),
        (b"<!DOCTYPE html><p>moi", PhotoProblem.NOT_A_PHOTO),
        (b"just some words", PhotoProblem.NOT_A_PHOTO),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, PhotoProblem.NOT_A_PHOTO),
        (photo_bytes("GIF"), PhotoProblem.NOT_A_PHOTO),
        (photo_bytes("BMP"), PhotoProblem.NOT_A_PHOTO),
        (photo_bytes()[:200], PhotoProblem.NOT_A_PHOTO),
        (photo_bytes() + b"<script>alert(1)</script>", PhotoProblem.NOT_A_PHOTO),
    ],
)
def test_what_is_not_a_whole_photo_is_refused(content: bytes, problem: PhotoProblem) -> None:
    with pytest.raises(PhotoRefused) as refusal:
        clean_photo(io.BytesIO(content))
    assert refusal.value.problem is problem
