from datetime import UTC, datetime

import pytest
from django.utils import formats, timezone, translation


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("fi", "11. joulukuuta 2026", "11. joulukuuta 2026 kello 18.30"),
        ("en", "11 December 2026", "11 December 2026, 18:30"),
        ("sv", "11 december 2026", "11 december 2026 18:30"),
    ],
)
def test_dates_are_written_as_readers_of_the_language_here_write_them(language: str, day: str, moment: str) -> None:
    local = timezone.localtime(datetime(2026, 12, 11, 16, 30, tzinfo=UTC))
    with translation.override(language):
        assert formats.date_format(local, "DATE_FORMAT") == day
        assert formats.date_format(local, "DATETIME_FORMAT") == moment
