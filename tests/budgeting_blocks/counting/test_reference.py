"""Real elections come out as another tool counts them with exact fractions."""

import pytest

from budgeting_blocks.domain.counting import Rules, count
from budgeting_blocks.domain.rules import Completion, CountRule
from tests.budgeting_blocks.counting.files import reference, rules_of, voting_file

ENTRIES = [
    pytest.param(name, entry, id="-".join(filter(None, [name, entry["rule"], entry["utility"], entry["completion"]])))
    for name, file in reference().items()
    for entry in file["results"]
]


@pytest.fixture
def ties_by_id(monkeypatch):
    """The reference settles ties by the id alone."""
    monkeypatch.setattr(
        "budgeting_blocks.domain.counting.counting.order_of_ties",
        lambda election, rules: {item: place for place, item in enumerate(sorted(election.costs))},
    )


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_a_real_election_has_the_reference_s_winners_in_its_order(name, entry, ties_by_id):
    result = count(voting_file(name).election, rules_of(entry))
    assert list(result.selected) == entry["winners"]
    assert result.cost == entry["cost"]


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_where_no_tie_decides_our_tie_rule_elects_the_same(name, entry):
    result = count(voting_file(name).election, rules_of(entry))
    if set(result.selected) != set(entry["winners"]):
        assert result.ties
        assert reference()[name]["tie_changes_winners"] == "True"


def test_wieliczka_2023_funds_the_thirty_that_the_city_recorded():
    file = voting_file("poland_wieliczka_2023_green-budget")
    result = count(file.election, Rules(rule=CountRule.EQUAL_SHARES, completion=Completion.ADD1))
    assert len(result.selected) == 30
    assert set(result.selected) == {project.project_id for project in file.projects if project.recorded}


def test_rankings_give_three_two_and_one_points_in_krakow():
    file = voting_file("poland_krakow_2022_czyzyny")
    scores = {project.project_id: int(project.row["score"]) for project in file.projects}
    assert file.election.votes == scores
    recorded = {project.project_id for project in file.projects if project.recorded}
    result = count(file.election, Rules())
    # The city chose otherwise between two equals, which is what the tie tells.
    assert set(result.selected) ^ recorded == {"24", "26"}
    assert [set(tie.items) for tie in result.ties] == [{"24", "26"}]


@pytest.mark.parametrize("name", [name for name, file in reference().items() if file["vote_type"] == "cumulative"])
def test_points_add_up_to_the_scores_that_the_file_records(name):
    file = voting_file(name)
    assert file.election.votes == {project.project_id: int(project.row["score"]) for project in file.projects}
