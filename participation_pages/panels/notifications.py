"""Mail to applicants. None of the applicant's own words are in it, and no address gets more than three an hour."""

from django.urls import reverse
from django.utils import translation

from cms.common.mail import absolute_url, send_mail_on_commit
from cms.common.ratelimit import check
from participation_pages.panels.models import Panel

MAILS_PER_HOUR = 3


def mail_receipt(*, email: str, panel: Panel, code: str, language: str) -> None:
    """Tell that the application has arrived, with the code that takes it back."""
    _mail(email, "application_receipt", language, panel=panel, code=code)


def mail_already_applied(*, email: str, panel: Panel, language: str) -> None:
    """Tell the holder of the address, and nobody else, that a second application was not taken."""
    _mail(email, "application_twice", language, panel=panel)


def mail_withdrawn(*, email: str, panel: Panel, language: str) -> None:
    """Tell that an application was taken back."""
    _mail(email, "application_withdrawn", language, panel=panel)


def _mail(email: str, template: str, language: str, *, panel: Panel, code: str = "") -> None:
    if not email or not check("panel-mail", email.casefold(), MAILS_PER_HOUR, 3600):
        return
    with translation.override(language):
        address = absolute_url(reverse("panel_withdraw"))
    send_mail_on_commit(
        to=email,
        template=f"participation_pages/panels/mail/{template}",
        context={"panel": panel, "code": code, "withdraw_url": address},
        language=language,
    )
