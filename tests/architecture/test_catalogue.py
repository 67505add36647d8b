"""The catalogue of blocks is what the blocks say today."""

from django.utils import translation

from home.catalogue import catalogue
from participation_pages.body import BodyBlock
from tests.architecture.rooms import ROOT

REFERENCE = ROOT / "docs" / "reference"


def test_the_catalogue_is_current() -> None:
    with translation.override("fi"):
        assert (REFERENCE / "blocks.md").read_text() == catalogue(REFERENCE / "blocks"), "run make catalogue"


def test_every_block_has_its_picture_and_no_picture_is_left_over() -> None:
    pictures = {path.stem for path in (REFERENCE / "blocks").glob("*.png")}
    assert pictures == set(BodyBlock().child_blocks)
