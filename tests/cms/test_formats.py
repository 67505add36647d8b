from datetime import UTC, datetime

import pytest
from django import forms
from django.utils import formats, timezone, translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


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


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_date_is_typed_and_shown_alike_in_all_languages_of_the_admin(language: str) -> None:
    with translation.override(language):
        moment = forms.DateTimeField(widget=AdminDateTimeInput).clean("23.11.2026 08:00")
        assert timezone.localtime(moment).isoformat() == "2026-11-23T08:00:00+02:00"
        assert forms.DateTimeField().clean("2.3.2026 8.05").day == 2
        day = forms.DateField(widget=AdminDateInput).clean("2.11.2026")
        assert day.isoformat() == "2026-11-02"
        assert AdminDateTimeInput().format_value(timezone.localtime(moment)) == "23.11.2026 08:00"
        assert AdminDateInput().format_value(day) == "02.11.2026"
        assert AdminDateTimeInput().get_config()["format"] == "d.m.Y H:i"
