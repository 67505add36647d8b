"""What every block of the editors' menu must bring."""

import pytest
from django.template.loader import get_template
from wagtail.admin.icons import get_icons
from wagtail.blocks import Block

from cms.common.blocks.groups import CONTENT, PARTICIPATION
from participation_pages.body import BodyBlock

BLOCKS = list(BodyBlock().child_blocks.items())
NAMED = pytest.mark.parametrize(("name", "block"), BLOCKS, ids=[name for name, _block in BLOCKS])

ICONS = get_icons()


@NAMED
def test_its_icon_is_in_the_admins_sprite(name: str, block: Block) -> None:
    assert f'id="icon-{block.meta.icon}"' in ICONS


@NAMED
def test_it_stands_in_one_of_the_two_groups_of_the_menu(name: str, block: Block) -> None:
    assert block.meta.group in (CONTENT, PARTICIPATION)


@NAMED
def test_it_says_in_a_sentence_what_it_is_for(name: str, block: Block) -> None:
    assert str(block.get_description()).strip().endswith("."), "a description is a sentence"


@NAMED
def test_its_template_exists(name: str, block: Block) -> None:
    assert get_template(block.meta.template)


@NAMED
def test_it_has_a_preview(name: str, block: Block) -> None:
    assert block.is_previewable


def test_both_groups_are_filled_and_labels_are_unique() -> None:
    assert {str(block.meta.group) for _name, block in BLOCKS} == {str(CONTENT), str(PARTICIPATION)}
    labels = [str(block.label) for _name, block in BLOCKS]
    assert len(set(labels)) == len(labels)
