"""What a round's vote stands on, before and after it is frozen."""

import hashlib
import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from budgeting_blocks.domain.freezing import WHOLE_ROUND, Frozen, Rules, canonical_text
from budgeting_blocks.domain.phases import Kind
from budgeting_blocks.domain.rules import BallotKind, MeansKind, Strength
from budgeting_blocks.forms.rules import RuleSheetForm
from budgeting_blocks.models import IdentificationMeans, Pot, Round, RuleSheet, RuleVersion
from budgeting_blocks.selectors.rule_words import decision_text
from budgeting_blocks.selectors.rules import rules_in_force
from tests.budgeting_blocks.conftest import freeze


@pytest.fixture
def voting_round(make_round) -> Round:
    return make_round(Kind.VOTING)


def test_a_round_without_a_sheet_votes_by_codes_within_its_money(voting_round, make_proposal):
    bench = make_proposal(voting_round, state="proceeds", cost=1500)
    frozen = rules_in_force(voting_round)
    assert frozen.number == 0
    assert frozen.rules == Rules()
    assert [(pot.key, pot.budget) for pot in frozen.pots] == [(WHOLE_ROUND, 20_000)]
    assert {pk: item.cost for pk, item in frozen.items.items()} == {bench.pk: 1500}
    assert frozen.means == {MeansKind.CODE: Strength.MEDIUM}


def test_items_stand_in_the_pot_that_screening_gave_them(voting_round, make_proposal):
    pot = Pot.objects.create(round=voting_round, name="Kylät", slug="kylat", budget=15_000)
    hut = make_proposal(voting_round, state="proceeds", cost=1500)
    hut.screening.pot = pot
    hut.screening.save()
    assert rules_in_force(voting_round).items[hut.pk].pot == pot.pk


def test_what_is_frozen_stays_although_the_tables_change(voting_round, make_proposal):
    bench = make_proposal(voting_round, state="proceeds", cost=1500)
    sheet = RuleSheet.objects.create(round=voting_round, ballot_kind=BallotKind.APPROVAL, max_choices=5)
    IdentificationMeans.objects.create(sheet=sheet, kind=MeansKind.MAIL, strength=Strength.WEAK)
    freeze(voting_round)
    bench.screening.cost = 9000
    bench.screening.save()
    make_proposal(voting_round, state="proceeds", cost=700)
    frozen = rules_in_force(voting_round)
    assert (frozen.number, frozen.rules.max_choices) == (1, 5)
    assert {pk: item.cost for pk, item in frozen.items.items()} == {bench.pk: 1500}
    assert frozen.means == {MeansKind.MAIL: Strength.WEAK}


def test_the_fingerprint_is_that_of_the_published_text(voting_round, make_proposal):
    make_proposal(voting_round, "Ääniä rantaan", state="proceeds", cost=1500)
    version = freeze(voting_round)
    version.refresh_from_db()
    text = json.dumps(version.document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text == canonical_text(version.document)
    assert hashlib.sha256(text.encode()).hexdigest() == version.fingerprint
    assert Frozen.from_document(version.document, 1).fingerprint == version.fingerprint


def test_the_database_refuses_to_change_or_delete_a_frozen_version(voting_round):
    version = freeze(voting_round)
    for change in (lambda: RuleVersion.objects.update(fingerprint="0" * 64), version.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert RuleVersion.objects.get().fingerprint == version.fingerprint


@pytest.mark.parametrize(("language", "day"), [("fi", "1.11.2026"), ("sv", "1.11.2026"), ("en", "01/11/2026")])
@pytest.mark.parametrize("section", ["12", "§ 12"])
def test_the_decision_behind_the_rules_is_written_as_the_reader_writes_dates(language, day, section):
    given = {"body": "Kaupunginhallitus", "date": "2026-11-01", "section": section}
    with translation.override(language):
        assert decision_text(given) == f"Kaupunginhallitus {day}, §\N{NO-BREAK SPACE}12"


@pytest.mark.django_db
def test_the_rules_page_links_to_the_decision(client, make_round):
    round = make_round(Kind.VOTING)
    given = {"decision_body": "Valtuusto", "decision_date": "2026-11-01", "decision_url": "https://example.com/p12"}
    RuleSheet.objects.create(round=round, **given)
    page = client.get(reverse("budgeting:rules", args=[round.slug])).content.decode()
    assert '<a href="https://example.com/p12">Valtuusto 1.11.2026</a>' in page


def test_the_form_of_the_rules_groups_and_explains_each_field():
    form = RuleSheetForm()
    shown = [(field, other, values) for _heading, fields in form.groups() for field, other, values in fields]
    assert sorted(field.name for field, _other, _values in shown) == sorted(form.fields)
    assert all(field.help_text for field, _other, _values in shown)
    for _field, other, values in shown:
        if choices := getattr(form.fields.get(other), "choices", None):
            assert set(values.split()) <= {value for value, _label in choices}
