"""How spans of time are written out for people."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def written_date(moment: datetime | date) -> str:
    """The day in Europe/Helsinki, in the active language: "13. huhtikuuta 2020"."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return date_format(day, "DATE_FORMAT")


def written_time(moment: datetime) -> str:
    """The clock time in Europe/Helsinki."""
    return date_format(timezone.localtime(moment), "TIME_FORMAT")


def written_days(opens_at: datetime, closes_at: datetime) -> str:
    """The days of the half-open time `[opens_at, closes_at)`; one that closes at midnight ends on the day before."""
    first = written_date(opens_at)
    last = written_date(max(opens_at, closes_at - timedelta(seconds=1)))
    return first if first == last else f"{first} – {last}"


def written_span(starts_at: datetime, ends_at: datetime) -> str:
    """Day and clock times of an event: "13. huhtikuuta 2020 17.00–19.00", or both days when it ends on another."""
    first, last = written_date(starts_at), written_date(ends_at)
    begins = f"{first} {written_time(starts_at)}"
    ends = written_time(ends_at)
    # Word joiners, so that a narrow column does not break the line inside the clock times.
    return f"{begins}\u2060–\u2060{ends}" if first == last else f"{begins} – {last} {ends}"
