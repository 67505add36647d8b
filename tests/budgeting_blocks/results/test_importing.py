"""A Pabulib file becomes a past round."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from budgeting_blocks.models import Ballot, Proposal, Round, RoundResult
from budgeting_blocks.selectors.results import shown_result
from budgeting_blocks.services.round_import import ImportRefused, import_round
from cms.users.models import User

FILE = """META
key;value
description;Vanha kierros
country;Finland
unit;Hyvinkää
instance;2019
num_projects;3
num_votes;4
budget;10000
vote_type;approval
rule;greedy
date_begin;01.03.2019
date_end;15.03.2019
PROJECTS
project_id;cost;votes;name;selected
a;6000;3;Laavu;1
b;5000;2;Penkki;0
c;4000;1;Keinu;1
VOTES
voter_id;vote
1;a
2;a,b
3;a
4;b,c
"""


def test_it_keeps_what_the_file_knows(db: None) -> None:
    round = import_round(content=FILE.encode(), user=None, by_command=True)
    assert (round.title, round.budget, round.live) == ("Hyvinkää 2019", 10_000, False)
    rows = list(round.result.lines.values_list("proposal__title", "votes", "cost", "funded"))
    assert rows == [("Laavu", 3, 6000, True), ("Penkki", 2, 5000, False), ("Keinu", 1, 4000, True)]
    assert round.result.voters == 4 and not Ballot.objects.exists()
    assert not shown_result(round).has_package


def test_it_is_public_once_the_coordinator_publishes_it(db: None) -> None:
    round = import_round(content=FILE.encode(), user=None, by_command=True)
    url = reverse("budgeting:result", args=[round.slug])
    assert Client().get(url).status_code == 404
    round.save_revision().publish(skip_permission_checks=True)
    page = Client().get(url).content.decode()
    assert "Laavu" in page and "Penkki" in page and "Laskentaa ei ole tehty tällä sivustolla" in page


def test_the_same_file_is_taken_once(db: None) -> None:
    import_round(content=FILE.encode(), user=None, by_command=True)
    with pytest.raises(ImportRefused, match="jo tuotu"):
        import_round(content=FILE.encode(), user=None, by_command=True)
    assert Round.objects.count() == RoundResult.objects.count() == 1


def test_a_broken_file_is_refused_with_its_line_and_leaves_nothing(db: None, tmp_path: Path) -> None:
    path = tmp_path / "rikki.pb"
    path.write_text(FILE.replace("b;5000;2", "b;viisi;2"))
    with pytest.raises(CommandError, match="line 17") as error:
        call_command("import_round", str(path), stdout=StringIO())
    assert error.value.returncode == 2
    assert not Round.objects.exists() and not Proposal.objects.exists()


def test_the_coordinator_imports_in_the_admin_and_others_do_not(coordinator: User, moderator: User) -> None:
    url = reverse("budgeting_voting:import")
    for user, made in ((moderator, 0), (coordinator, 1)):
        client = Client()
        client.force_login(user)
        client.post(url, {"title": "Kierros 2019", "file": SimpleUploadedFile("k.pb", FILE.encode())})
        assert Round.objects.count() == made
    assert Round.objects.get().title == "Kierros 2019"
