"""How well one colour can be read on another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.domain.contrast import NotAColour, contrast_ratio, is_readable, parse_hex, relative_luminance

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("ink", "ground", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#ffffff", "#12505e", 8.99),
    ],
)
def test_known_pairs_have_the_ratio_that_wcag_gives(ink: str, ground: str, ratio: float) -> None:
    assert contrast_ratio(ink, ground) == pytest.approx(ratio, abs=0.01)


def test_the_limit_lies_between_two_neighbouring_greys() -> None:
    assert is_readable("#767676", "#ffffff")
    assert not is_readable("#777777", "#ffffff")


@given(colours, colours)
def test_the_order_does_not_matter_and_the_ratio_stays_in_its_range(one: str, other: str) -> None:
    assert contrast_ratio(one, other) == contrast_ratio(other, one)
    assert 1 <= contrast_ratio(one, other) <= 21.0001


@given(colours)
def test_a_colour_cannot_be_read_on_itself_but_on_black_or_white(colour: str) -> None:
    assert contrast_ratio(colour, colour) == 1
    assert is_readable("#000000", colour) or is_readable("#ffffff", colour)


@given(colours)
def test_capitals_do_not_matter(colour: str) -> None:
    assert relative_luminance(colour.upper()) == relative_luminance(colour)


@given(st.text(max_size=12))
def test_anything_else_is_not_a_colour(text: str) -> None:
    try:
        channels = parse_hex(text)
    except NotAColour:
        return
    assert len(text) == 7
    assert all(0 <= channel <= 255 for channel in channels)
