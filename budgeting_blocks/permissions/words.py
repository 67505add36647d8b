"""Sentences that several permissions share."""

from datetime import datetime

from django.utils import formats, timezone


def moment_text(moment: datetime) -> str:
    """Date and time as residents read it, in the city's time: ”1. maaliskuuta 2026 kello 9.00”."""
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def euros_text(amount: int) -> str:
    """Whole euros as residents read them: ”20 000 €”, with spaces that do not break."""
    return formats.number_format(amount, decimal_pos=0, use_l10n=True, force_grouping=True) + "\N{NO-BREAK SPACE}€"
