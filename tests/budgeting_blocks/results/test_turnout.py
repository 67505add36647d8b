"""Turnout points at nobody, also not by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgeting_blocks.domain.turnout import SMALLEST, Group, hide_small

tables = st.lists(st.integers(min_value=0, max_value=40), max_size=9)


def hide(*voters: int) -> list[int | None]:
    return [group.voters for group in hide_small(Group(str(n), str(n), each) for n, each in enumerate(voters))]


def test_large_groups_are_shown() -> None:
    assert hide(5, 100, 6) == [5, 100, 6]


def test_a_small_group_takes_the_next_with_it() -> None:
    assert hide(3, 100, 8) == [None, None, 8]
    assert hide(100, 8, 3) == [100, None, None]


def test_the_next_is_hidden_also_where_small_groups_hide_each_other() -> None:
    assert hide(4, 4, 100, 9) == [None, None, None, 9]


def test_that_nobody_of_a_group_voted_is_not_told() -> None:
    assert hide(0, 50, 60) == [None, None, 60]


def test_no_sum_of_the_least_size_with_an_empty_group_in_it_comes_out() -> None:
    assert hide(0, 5, 60, 70) == [None, None, None, 70]


@given(tables)
def test_no_small_group_is_shown(voters: list[int]) -> None:
    assert all(shown is None or shown >= SMALLEST for shown in hide(*voters))


@given(tables)
def test_subtraction_gives_at_best_a_sum_of_several_groups_that_is_not_small(voters: list[int]) -> None:
    shown = hide(*voters)
    hidden = [real for real, each in zip(voters, shown, strict=True) if each is None]
    whole_table = len(hidden) == len(voters)
    assert not hidden or whole_table or (len(hidden) > 1 and sum(hidden) >= SMALLEST)


@given(tables)
def test_each_hidden_number_could_have_been_another(voters: list[int]) -> None:
    """For somebody who knows the rule as well: one voter moved between two hidden groups leaves what is shown as it was."""
    shown = hide(*voters)
    hidden = [n for n, each in enumerate(shown) if each is None]
    if len(hidden) == len(voters):
        return
    for one in hidden:
        moved = []
        for other in set(hidden) - {one}:
            for give, take in ((one, other), (other, one)):
                if voters[give]:
                    changed = list(voters)
                    changed[give] -= 1
                    changed[take] += 1
                    moved.append(hide(*changed) == shown)
        assert any(moved)


@given(tables)
def test_what_is_shown_is_true(voters: list[int]) -> None:
    assert all(each is None or each == real for real, each in zip(voters, hide(*voters), strict=True))
