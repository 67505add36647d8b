"""`manage.py tally` counts a file for whoever has one."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.budgeting_blocks.counting.files import SMALL

ASSEN = str(SMALL / "netherlands_assen_2024_.pb")


def _tally(*options: str) -> str:
    out = StringIO()
    call_command("tally", *options, stdout=out)
    return out.getvalue()


def test_json_tells_rule_money_winners_and_ties():
    told = json.loads(_tally(ASSEN, "--rule", "equal-shares", "--completion", "add1", "--json"))
    assert (told["rule"], told["budget"], told["cost"]) == ("equal-shares", 100_000, 76_700)
    assert told["selected"] == ["3", "9", "2", "11", "13", "14", "5", "6", "12"]
    assert told["ties"] == [["2", "11"]]
    assert told["rounds"][0]["effective_votes"] == 43
    assert told["projects"]["8"]["reason"] == "out-of-money"


def test_words_say_why_each_project_won_or_lost():
    text = _tally(ASSEN, "--rule", "equal-shares")
    assert "Kannattajat saivat rahan kokoon: kukin maksoi enintään" in text
    assert "Kannattajilla oli yhdessä jäljellä" in text


@pytest.mark.parametrize("content", ["", "nothing", "META\nkey;value\nbudget;x\nvote_type;approval\n"])
def test_a_broken_file_ends_with_status_two(tmp_path, content):
    path = tmp_path / "broken.pb"
    path.write_text(content)
    with pytest.raises(CommandError, match=f"{path}: line [1-4]:") as caught:
        _tally(str(path))
    assert caught.value.returncode == 2
