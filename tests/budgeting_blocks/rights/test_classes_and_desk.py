"""School classes with a teacher's code, and a desk where staff see the person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.models import CodeBatch, IdentificationMeans, VotingRight
from budgeting_blocks.services.classes import create_class, find_class, next_pupil_code, pupil_codes
from budgeting_blocks.services.codes import CodesRefused, hash_code
from budgeting_blocks.services.desk import give_desk_right
from budgeting_blocks.services.persons import PersonKind
from budgeting_blocks.services.rights import AlreadyVoted, RightRefused, find_held_right
from cms.common.formtokens import make_token
from cms.users.models import User
from tests.budgeting_blocks.rights.conftest import Ladder, post


@pytest.fixture
def school_class(ladder: Ladder, coordinator: User):
    now = timezone.now()
    return create_class(round=ladder.round, school="Vehkoja", label="7B", size=3, user=coordinator, now=now)


def use(ladder: Ladder, code: str) -> None:
    VotingRight.objects.filter(secret_hash=hash_code(ladder.round, code)).update(used=True)


def test_a_class_has_as_many_votes_as_pupils_and_no_names(ladder: Ladder, school_class) -> None:
    found, teacher_code = school_class
    codes = pupil_codes(found, teacher_code)
    assert len(set(codes)) == 3 == VotingRight.objects.filter(means="class", person_hash=None).count()
    now = timezone.now()
    assert all(find_held_right(ladder.round, code, now).means == "class" for code in codes)
    assert pupil_codes(find_class(ladder.round, teacher_code.lower()), teacher_code.lower()) == codes
    assert teacher_code not in repr(list(CodeBatch.objects.values()))


def test_pupils_vote_one_after_another_on_one_device(ladder: Ladder, school_class, browser: Client) -> None:
    found, teacher_code = school_class
    assert post(browser, ladder.url("vote_class"), code=teacher_code).status_code == 303
    given = set()
    for left in (3, 2, 1):
        page = browser.get(ladder.url("vote_class")).content.decode()
        assert "Seuraava oppilas" in page and f"<dd>{3 - left}</dd>" in page
        response = post(browser, ladder.url("vote_next_pupil"))
        assert response["Location"] == ladder.url("vote_identified")
        code = next_pupil_code(found, teacher_code)
        given.add(code)
        use(ladder, code)
    assert len(given) == 3
    assert "Koko luokka on äänestänyt" in browser.get(ladder.url("vote_class")).content.decode()
    assert post(browser, ladder.url("vote_next_pupil"))["Location"] == ladder.url("vote_class")
    assert next_pupil_code(found, teacher_code) is None


def test_the_slips_are_for_the_teacher_alone(ladder: Ladder, school_class, browser: Client) -> None:
    found, teacher_code = school_class
    assert browser.get(ladder.url("vote_slips")).status_code == 302
    post(browser, ladder.url("vote_class"), code=teacher_code)
    response = browser.get(ladder.url("vote_slips"))
    assert response["Cache-Control"] == "private, no-store"
    assert sorted(re.findall(r'slip__code">([^<]+)<', response.content.decode())) == pupil_codes(found, teacher_code)
    post(browser, ladder.url("vote_next_pupil"), end="1")
    assert browser.get(ladder.url("vote_slips")).status_code == 302


def test_guessing_a_teachers_code_is_slowed(ladder: Ladder, school_class, browser: Client) -> None:
    answers = [post(browser, ladder.url("vote_class"), code="AAAA-AAAA-AAAA").status_code for _time in range(32)]
    assert answers == [422] * 30 + [429] * 2


def test_a_class_is_made_in_the_admin_and_a_double_click_makes_one(ladder: Ladder, staff: Client) -> None:
    url = reverse("budgeting_voting:class", args=[ladder.round.pk])
    data = {"school": "Vehkoja", "label": "7B", "size": "20", "age_band": "-14", "form_token": make_token()}
    first, second = (
        re.findall(r'<code class="desk-code">([^<]+)', staff.post(url, data).content.decode()) for _time in range(2)
    )
    assert first == second and len(first) == 1
    assert VotingRight.objects.filter(means="class", age_band="-14").count() == 20
    assert "99" in staff.post(url, data | {"size": "99"}).content.decode() and CodeBatch.objects.count() == 1


def test_where_classes_do_not_vote_none_is_made(ladder: Ladder, coordinator: User) -> None:
    from tests.budgeting_blocks.conftest import freeze

    IdentificationMeans.objects.filter(kind="class").delete()
    freeze(ladder.round)
    with pytest.raises(CodesRefused):
        create_class(round=ladder.round, school="A", label="B", size=3, user=coordinator, now=timezone.now())


HETU = "131052-908T"


def give(ladder: Ladder, user: User, **data: object) -> str:
    return give_desk_right(round=ladder.round, user=user, now=timezone.now(), **{"identifier": HETU, **data})


def test_the_desk_gives_a_code_and_keeps_no_identity(ladder: Ladder, staff: Client, coordinator: User) -> None:
    url = reverse("budgeting_voting:desk", args=[ladder.round.pk])
    data = {"kind": "hetu", "identifier": HETU, "resident": "on"}
    assert "tarkistettu" in staff.post(url, data).content.decode() and not VotingRight.objects.exists()
    before = ModelLogEntry.objects.count()
    page = staff.post(url, data | {"checked": "on"}).content.decode()
    code = re.search(r'slip__code">([^<]+)<', page).group(1)
    assert find_held_right(ladder.round, code, timezone.now()).means == "desk"
    right = VotingRight.objects.get()
    assert right.age_band == "65-" and HETU not in page + repr(vars(right))
    # Neither a log line nor a row tells when the person came.
    assert ModelLogEntry.objects.count() == before
    batch = CodeBatch.objects.get()
    assert (batch.size, batch.created_at) == (1, ladder.round.phases.get(kind=Kind.VOTING).opens_at)


def test_a_person_has_one_vote_across_desk_letter_and_web(ladder: Ladder, coordinator: User) -> None:
    code = give(ladder, coordinator)
    again = give(ladder, coordinator, identifier=HETU.lower())
    now = timezone.now()
    assert find_held_right(ladder.round, code, now) is None and find_held_right(ladder.round, again, now)
    assert VotingRight.objects.count() == 1
    use(ladder, again)
    with pytest.raises(AlreadyVoted):
        give(ladder, coordinator)


def test_age_and_home_are_checked_at_the_desk(make_ladder: Callable[..., Ladder], coordinator: User) -> None:
    ladder = make_ladder(min_age=12, residents_only=True)
    for refused in (
        {"identifier": "010520A903X", "resident": True},
        {"resident": False},
        {"kind": PersonKind.DOCUMENT, "identifier": "FP1234567", "resident": True},
        {"identifier": "131052908T", "resident": True},
    ):
        with pytest.raises(RightRefused):
            give(ladder, coordinator, **refused)
    assert not VotingRight.objects.exists()
    give(ladder, coordinator, resident=True)
    document = {"kind": PersonKind.DOCUMENT, "identifier": "FP1234567", "birth": date(1990, 1, 1), "resident": True}
    give(ladder, coordinator, **document)
    assert VotingRight.objects.count() == 2


def test_only_those_with_the_permission_stand_at_the_desk(ladder: Ladder, moderator: User) -> None:
    client = Client()
    client.force_login(moderator)
    for url in (reverse("budgeting_voting:desk", args=[ladder.round.pk]), reverse("budgeting_voting:desks")):
        assert client.post(url, {"identifier": HETU, "checked": "on", "kind": "hetu"}).status_code in (302, 403)
    with pytest.raises(RightRefused):
        give(ladder, moderator)
    assert not VotingRight.objects.exists()


def test_a_desk_clerk_needs_no_other_permission(ladder: Ladder, make_staff: Callable[..., User]) -> None:
    from cms.users.roles import Role

    client = Client()
    client.force_login(make_staff(Role.EDITOR, "budgeting_blocks.assist_voting"))
    assert ladder.round.title in client.get(reverse("budgeting_voting:desks")).content.decode()
    data = {"kind": "hetu", "identifier": HETU, "checked": "on"}
    page = client.post(reverse("budgeting_voting:desk", args=[ladder.round.pk]), data).content.decode()
    assert "slip__code" in page
    assert client.get(reverse("budgeting_voting:rights", args=[ladder.round.pk])).status_code in (302, 403)


@pytest.mark.parametrize("phase", [Kind.SCREENING, None])
def test_no_right_is_given_before_the_vote_opens_or_after_it(
    make_ladder: Callable[..., Ladder], coordinator: User, phase: Kind | None
) -> None:
    with pytest.raises(RightRefused):
        give(make_ladder(phase), coordinator)
