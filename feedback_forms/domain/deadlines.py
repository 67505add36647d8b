"""When an answer is due: in working days, over weekends and Finnish public holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

ANSWER_WORKING_DAYS = 5


@cache
def _holidays_of(year: int) -> frozenset[date]:
    """Finnish public holidays, with Midsummer Eve and Christmas Eve, on which the city's offices are shut."""
    return frozenset(holidays.country_holidays("FI", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays_of(day.year)


def add_working_days(start: date, days: int) -> date:
    """The `days`-th working day after `start`; the day of arrival itself never counts."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            days -= 1
    return day


def answer_due(received_at: datetime, working_days: int = ANSWER_WORKING_DAYS) -> datetime:
    """The last second of the last day for an answer, in the time zone of `received_at` (give the city's own)."""
    day = add_working_days(received_at.date(), working_days)
    return datetime.combine(day, time(23, 59, 59), tzinfo=received_at.tzinfo)
