"""Files as they are found in the wild: what is plain is read, what is not is refused by line."""

from fractions import Fraction

import pytest

from budgeting_blocks.domain.counting import Reason, Rules, count
from budgeting_blocks.domain.pabulib import PabulibError, parse_number, read_file

META = "META\nkey;value\nbudget;100\nvote_type;approval\n"
PROJECTS = "PROJECTS\nproject_id;cost\nL1/a;60\nb;50\n"
VOTES = "VOTES\nvoter_id;vote\n1;L1/a,b\n2;b\n"


def _messages(text: str | bytes) -> list[str]:
    return [warned.message for warned in read_file(text if isinstance(text, bytes) else text.encode()).warnings]


def test_ids_need_not_be_numbers():
    election = read_file((META + PROJECTS + VOTES).encode()).election
    assert election.votes == {"L1/a": 1, "b": 2}
    assert election.voters == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("400000.0", 400_000),
        ("1234,50", Fraction(2469, 2)),
        ("1 234 567", 1_234_567),
        ("1\N{NO-BREAK SPACE}234,5", Fraction(2469, 2)),
        ("1,234.50", Fraction(2469, 2)),
        ("-3", -3),
    ],
)
def test_numbers_are_read_exactly(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "abc", "1e9", "nan", "1.2.3", "9" * 50])
def test_what_is_no_number_is_none(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_number(text)


def test_a_quoted_comment_may_have_lines_and_the_next_error_has_its_own_line():
    text = META + 'comment;"#1: one\n#2: two; three"\n' + PROJECTS + VOTES + "3;nobody\n"
    with pytest.raises(PabulibError) as caught:
        read_file(text.encode())
    assert caught.value.line == text[: text.index("3;nobody")].count("\n") + 1


@pytest.mark.parametrize(
    "change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n"), lambda t: t + "\n\n;;\n"]
)
def test_marks_line_ends_and_empty_lines_change_nothing(change):
    plain = META + PROJECTS + VOTES
    assert read_file(change(plain).encode()).election == read_file(plain.encode()).election


def test_a_project_twice_on_a_ballot_counts_once_with_a_warning():
    file = read_file((META + PROJECTS + VOTES + "3;b,b\n4;b,b\n").encode())
    assert file.election.votes["b"] == 4
    assert [(warned.line, warned.times) for warned in file.warnings] == [(13, 2)]


def test_nul_characters_a_dear_project_a_dear_ballot_and_wrong_numbers_are_warned_of():
    assert "NUL" in _messages((META + PROJECTS + VOTES + "3;b\0\n").encode())[0]
    assert "more than the budget" in _messages(META + PROJECTS + "c;101\n" + VOTES)[0]
    assert "max_sum_cost" in _messages(META + "max_sum_cost;100\n" + PROJECTS + VOTES)[0]
    assert "num_votes" in _messages(META + "num_votes;7\n" + PROJECTS + VOTES)[0]


def test_a_huge_field_is_read():
    assert read_file((META + f"comment;{'x' * 300_000}\n" + PROJECTS + VOTES).encode()).election.voters == 2


@pytest.mark.parametrize("header", ["voter_id;vote", "Voter_ID;age; vote ;sex", "vote;voter_id;district"])
def test_votes_are_found_under_any_order_of_headers(header):
    columns = [name.strip().lower() for name in header.split(";")]
    rows = "\n".join(";".join("b" if name == "vote" else "1" for name in columns) for _ in range(3))
    assert read_file((META + PROJECTS + f"VOTES\n{header}\n{rows}\n").encode()).election.votes["b"] == 3


def test_points_and_rankings_are_points():
    cumulative = META.replace("approval", "cumulative") + PROJECTS + "VOTES\nvoter_id;vote;points\n1;b,L1/a;3,1\n"
    assert read_file(cumulative.encode()).election.votes == {"L1/a": 1, "b": 3}
    ordinal = META.replace("approval", "ordinal") + "max_length;3\n" + PROJECTS + VOTES
    assert read_file(ordinal.encode()).election.votes == {"L1/a": 3, "b": 2 + 3}


def test_a_project_that_nobody_chose_and_one_over_the_budget_say_so():
    election = read_file((META + PROJECTS + "c;101\nd;1\n" + VOTES + "3;c\n").encode()).election
    outcomes = count(election, Rules()).outcomes
    assert outcomes["c"].reason == Reason.OVER_BUDGET
    assert outcomes["d"].reason == Reason.NO_VOTES


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hello\n", 1),
        (META.replace("100", "much") + PROJECTS + VOTES, 3),
        (META.replace("approval", "guess") + PROJECTS + VOTES, 4),
        (META + PROJECTS.replace("50", "-5") + VOTES, 8),
        (META + PROJECTS + "b;7\n" + VOTES, 9),
        (META + PROJECTS + VOTES + "3;zzz\n", 13),
        (META.replace("approval", "cumulative") + PROJECTS + "VOTES\nvoter_id;vote;points\n1;b,L1/a;3\n", 11),
        (META + PROJECTS + VOTES + VOTES, 13),
        (META + PROJECTS, 8),
    ],
)
def test_a_broken_file_is_refused_by_line(text, line):
    with pytest.raises(PabulibError) as caught:
        read_file(text.encode())
    assert caught.value.line == line
