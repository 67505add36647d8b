"""Taking applications in, and back. One application per person; nothing tells a stranger whether a person has applied."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.common.textkeys import normalise_code, random_code
from cms.users.models import User
from participation_pages.panels.choices import ANSWER_MESSAGES
from participation_pages.panels.domain.answers import answer_problems
from participation_pages.panels.models import ApplicationContact, Panel, PanelApplication
from participation_pages.panels.notifications import mail_already_applied, mail_receipt, mail_withdrawn
from participation_pages.panels.permissions import can_apply, can_view_contact
from participation_pages.panels.selectors import call_standing, features_of
from participation_pages.panels.services.errors import ApplicationError
from participation_pages.panels.services.references import (
    code_for,
    code_hash,
    is_our_code,
    person_hash,
    submission_hash,
)


@transaction.atomic
def submit_application(
    *,
    panel_pk: int,
    answers: Mapping[str, str | None],
    email: str,
    phone: str,
    of_age: bool,
    consent: bool,
    form_key: str,
    language: str,
    now: datetime,
) -> str:
    """Store an application and return the applicant's code.

    The same form sent again with the same answers returns the same code and stores nothing. A second application by the same
    person returns a code as well, changes nothing, and the address gets a message about it. Raises ApplicationError, with the
    field (`email`, `of_age`, `consent`, or None) that it belongs to.
    """
    # The lock puts the applications to one panel, and the changes of its call, one after another.
    panel = Panel.objects.select_for_update().get(pk=panel_pk)
    decision = can_apply(panel, call_standing(panel, panel.changes.all()), now)
    if not decision:
        raise ApplicationError(decision.reason)
    _check_promises(panel, of_age=of_age, consent=consent, email=email, phone=phone)
    _check_answers(panel, answers)

    person = person_hash(panel.pk, email=email, phone=phone)
    submission = submission_hash(form_key, person)
    code = code_for(submission)
    sent_before = PanelApplication.objects.filter(submission_key=submission).first()
    if sent_before is not None:
        _check_same(sent_before, answers)
        return code
    if PanelApplication.objects.filter(panel=panel, person_hash=person).exists():
        mail_already_applied(email=email, panel=panel, language=language)
        return code

    application = PanelApplication(
        panel=panel,
        pool_code=random_code(8),
        answers=dict(answers),
        confirmed_age=panel.minimum_age,
        submitted_at=now,
        submission_key=submission,
        reference_hash=code_hash(code),
        person_hash=person,
    )
    application.full_clean()
    application.save()
    contact = ApplicationContact(application=application, email=email, phone=phone, language=language)
    contact.full_clean()
    contact.save()
    log(instance=application, action="panels.application.submit")
    mail_receipt(email=email, panel=panel, code=code, language=language)
    return code


@transaction.atomic
def withdraw_application(*, code: str, now: datetime) -> None:
    """Take an application back: its answers and contact are deleted at once.

    Says nothing about whether the code belonged to an application: a code given out to a second application, or used before,
    passes as well. Raises ApplicationError on `code` when this site never gave out such a code.
    """
    code = normalise_code(code)
    if not is_our_code(code):
        raise ApplicationError(_("Tunnusta ei löydy. Tarkista, että se on sama kuin kuittauksessa."), field="code")
    application = (
        PanelApplication.objects.select_for_update(of=("self",))
        .select_related("panel", "contact")
        .filter(reference_hash=code_hash(code), withdrawn_at__isnull=True)
        .first()
    )
    if application is None:
        return
    contact = application.contact
    mail_withdrawn(email=contact.email, panel=application.panel, language=contact.language)
    contact.delete()
    application.answers = {}
    application.person_hash = None
    application.withdrawn_at = now
    application.full_clean()
    application.save()
    log(instance=application, action="panels.application.withdraw")


@transaction.atomic
def open_contact(*, application: PanelApplication, user: User) -> ApplicationContact | None:
    """The applicant's contact, None when withdrawn. Each look is written into the log. Raises ApplicationError."""
    decision = can_view_contact(user)
    if not decision:
        raise ApplicationError(decision.reason)
    contact = ApplicationContact.objects.filter(application=application).first()
    if contact is not None:
        log(instance=application, action="panels.application.view_contact", user=user)
    return contact


@transaction.atomic
def record_export(*, panels: Mapping[Panel, int], file_format: str, user: User) -> None:
    """Write into each panel's log that its applications (so many) were taken out as a file."""
    for panel, count in panels.items():
        log(instance=panel, action="panels.application.export", user=user, data={"count": count, "format": file_format})


def _check_promises(panel: Panel, *, of_age: bool, consent: bool, email: str, phone: str) -> None:
    if not consent:
        raise ApplicationError(_("Hakemusta ei voi ottaa vastaan ilman suostumustasi."), field="consent")
    if panel.minimum_age and not of_age:
        message = _("Hakijan on oltava vähintään %(age)d-vuotias.") % {"age": panel.minimum_age}
        raise ApplicationError(message, field="of_age")
    if not email and not phone:
        raise ApplicationError(_("Kirjoita sähköposti tai puhelinnumero, jotta voimme kutsua sinut."), field="email")


def _check_answers(panel: Panel, answers: Mapping[str, str | None]) -> None:
    problems = answer_problems([feature.as_rule() for feature in features_of(panel)], answers)
    for label, problem in problems.items():
        raise ApplicationError(f"{label}: {ANSWER_MESSAGES[problem]}")


def _check_same(application: PanelApplication, answers: Mapping[str, str | None]) -> None:
    """The form's own sender is told; only they hold the form's key, so this tells no stranger anything."""
    if application.withdrawn_at is not None:
        raise ApplicationError(
            _("Tällä lomakkeella lähetetty hakemus on peruttu. Avaa sivu uudelleen ja täytä uusi hakemus.")
        )
    if application.answers != dict(answers):
        raise ApplicationError(
            _(
                "Lähetit jo tällä lomakkeella hakemuksen muilla tiedoilla, ja se on voimassa. Peru se ensin, jos haluat muuttaa."
            )
        )
