"""What we publish satisfies the library's own checker, which counts the winners again."""

from datetime import date

import pytest
from pabulib.checker import Checker

from budgeting_blocks.domain.counting import Election, Rules, count
from budgeting_blocks.domain.pabulib import FileHead, ProjectWords, read_file, write_file
from budgeting_blocks.domain.rules import Completion, CountRule
from tests.budgeting_blocks.counting.files import voting_file

EQUAL = CountRule.EQUAL_SHARES
RULES = {
    "greedy": Rules(),
    "threshold": Rules(threshold=20),
    "stop": Rules(rule=CountRule.GREEDY_STOP),
    "equal shares": Rules(rule=EQUAL),
    "equal shares with more by votes": Rules(rule=EQUAL, completion=Completion.GREEDY),
    "rising shares": Rules(rule=EQUAL, completion=Completion.ADD1),
    "rising shares with more by votes": Rules(rule=EQUAL, completion=Completion.ADD1_GREEDY),
}


def _head(vote_type: str, **limits: int) -> FileHead:
    return FileHead("Puisto;\npiha", "Hyvinkää", "2026", vote_type, date(2026, 3, 1), date(2026, 3, 14), limits=limits)


def _problems(text: str) -> dict:
    return next(found["results"] for key, found in Checker().process_files([text]).items() if str(key) == "1")


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_the_checker_finds_neither_error_nor_warning_in_an_approval_file(rules):
    result = count(voting_file("netherlands_assen_2024_").election, rules)
    words = {
        item: ProjectWords(f'Piha "{item}"; ja puisto', ["Liikunta, ulkoilu", "Puistot"]) for item in result.outcomes
    }
    found = _problems(write_file(_head("approval", min_length=1), result, words))
    assert not found["errors"]
    assert not found["warnings"]


@pytest.mark.parametrize("name", ["poland_czestochowa_2024_dzbow"])
def test_the_checker_finds_neither_error_nor_warning_in_a_file_with_points(name):
    result = count(voting_file(name).election, Rules())
    found = _problems(write_file(_head("cumulative", max_sum_points=10), result, {}))
    assert not found["errors"]
    assert not found["warnings"]


@pytest.mark.parametrize("name", ["netherlands_assen_2024_", "poland_gdynia_2020_babie-doly-small"])
def test_a_written_file_is_read_as_the_same_election(name):
    election = voting_file(name).election
    again = read_file(write_file(_head("approval"), count(election, Rules()), {}).encode())
    assert (again.election.budget, again.election.costs) == (election.budget, election.costs)
    assert again.election.votes == election.votes
    assert {(frozenset(b.items), b.weight) for b in again.election.ballots} == {
        (frozenset(b.items), b.weight) for b in election.ballots
    }


def test_the_order_in_which_ballots_came_does_not_show():
    ballots = [["b"], ["a", "b"], ["a"], ["b"]]
    first, second = (
        write_file(_head("approval"), count(Election.of(10, {"a": 5, "b": 6}, each), Rules()), {})
        for each in (ballots, ballots[::-1])
    )
    assert first == second
