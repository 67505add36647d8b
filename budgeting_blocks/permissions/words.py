"""Sentences that several permissions share."""

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NOT_YOURS = gettext_noop("Sinulla ei ole oikeutta tähän.")


def moment_text(moment: datetime) -> str:
    """Date and time as residents read it, in the city's time: ”1. maaliskuuta 2026 kello 9.00”."""
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def closing_text(moment: datetime) -> str:
    """The same for the end of a phase: midnight is the end of the day before, which is what people understand by it."""
    local = timezone.localtime(moment)
    if (local.hour, local.minute) != (0, 0):
        return moment_text(moment)
    last_day = formats.date_format(local.date() - timedelta(days=1), "DATE_FORMAT")
    return _("%(day)s kello 24.00") % {"day": last_day}


def euros_text(amount: int) -> str:
    """Whole euros as residents read them: ”20 000 €”, with spaces that do not break."""
    return formats.number_format(amount, decimal_pos=0, use_l10n=True, force_grouping=True) + "\N{NO-BREAK SPACE}€"
