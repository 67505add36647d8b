"""Sentences that several permissions share."""

from datetime import datetime

from django.utils import formats, timezone


def moment_text(moment: datetime) -> str:
    """Date and time as residents read it, in the city's time: ”1. maaliskuuta 2026 kello 9.00”."""
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
