"""A Pabulib file becomes a round of the past."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from budgeting_blocks.domain.counting import Rules, count
from budgeting_blocks.domain.pabulib import FileProject, PabulibError, VotingFile, read_file
from budgeting_blocks.domain.phases import Kind, Window
from budgeting_blocks.models import Proposal, Round, RoundResult, Theme
from budgeting_blocks.permissions.voting import can_import_round
from budgeting_blocks.services.archive import PastLine, add_past_proposal, record_past_result
from budgeting_blocks.services.rounds import create_round
from cms.common.errors import ServiceError
from cms.users.models import User

MAX_BYTES = 60_000_000
MAX_PROJECTS = 2000


class ImportRefused(ServiceError):
    """Nothing was imported."""


@transaction.atomic
def import_round(*, content: bytes, user: User | None, title: str = "", by_command: bool = False) -> Round:
    """Make a draft of a past round: published proposals with their costs, votes and winners; no ballots.

    The same file a second time is refused. `by_command`: the person at the server's console needs no permission. Raises
    ImportRefused with the line of the file at which it cannot be read.
    """
    if not by_command and not (decision := can_import_round(user)):
        raise ImportRefused(decision.reason)
    if len(content) > MAX_BYTES:
        raise ImportRefused(_("Tiedosto on liian suuri."), "file")
    digest = hashlib.sha256(content).hexdigest()
    if RoundResult.objects.filter(imported_hash=digest).exists():
        raise ImportRefused(_("Tämä tiedosto on jo tuotu."), "file")
    try:
        file = read_file(content)
    except PabulibError as error:
        raise ImportRefused(_("Tiedostoa ei voi lukea. %(error)s") % {"error": error}, "file") from error
    if len(file.projects) > MAX_PROJECTS or int(file.election.budget) < 1:
        raise ImportRefused(_("Tiedostossa on liikaa ehdotuksia tai siinä ei ole rahaa jaettavana."), "file")
    round = _make_round(file, title.strip(), digest, user)
    funded = _funded(file)
    lines = [
        PastLine(
            _make_proposal(round, project),
            votes=int(file.election.votes[project.project_id]),
            funded=project.project_id in funded,
            cost=int(project.cost),
        )
        for project in _ranked(file)
    ]
    result = record_past_result(
        round=round,
        lines=lines,
        voters=file.election.voters,
        decision=_("Tuotu tiedostosta: %(unit)s %(instance)s.")
        % {"unit": file.meta.get("unit", "")[:100], "instance": file.meta.get("instance", "")[:40]},
        published_at=timezone.now(),
        reasons=_("Ehdotus oli äänestyksessä. Perusteluja ei ole tiedostossa."),
        user=user,
    )
    RoundResult.objects.filter(pk=result.pk).update(imported_hash=digest)
    log(instance=round, action="budgeting.import_round", user=user, data={"sha256": digest})
    return round


def _make_round(file: VotingFile, title: str, digest: str, user: User | None) -> Round:
    meta = file.meta
    title = title or " ".join(filter(None, (meta.get("unit"), meta.get("subunit"), meta.get("instance")))) or "Pabulib"
    begins, ends = _day(meta.get("date_begin", "")), _day(meta.get("date_end", ""))
    windows = []
    if begins and ends and ends >= begins:
        windows = [Window(Kind.VOTING, begins, ends + timedelta(days=1))]
    return create_round(
        title=title[:120],
        slug=f"{slugify(title)[:60]}-{digest[:8]}".strip("-"),
        budget=int(file.election.budget),
        introduction=meta.get("description", "")[:1000],
        windows=windows,
        publish=False,
        user=user,
    )


def _make_proposal(round: Round, project: FileProject) -> Proposal:
    name = project.row.get("name", "").strip() or project.project_id
    description = project.row.get("description", "").strip() or name
    category = project.row.get("category", "").split(",")[0].strip()
    theme = Theme.objects.filter(name__iexact=category).first() if category else None
    if theme is None:
        theme, _made = Theme.objects.get_or_create(slug="muut", defaults={"name": _("Muut"), "sort_order": 99})
    return add_past_proposal(
        round=round,
        title=name[:100],
        summary=description[:280],
        description=description[:4000],
        theme=theme,
        now=timezone.now(),
    )


def _ranked(file: VotingFile) -> list[FileProject]:
    votes = file.election.votes
    return sorted(file.projects, key=lambda project: (-votes[project.project_id], project.cost, project.project_id))


def _funded(file: VotingFile) -> set[str]:
    """What the file records as funded; where it records nothing, most votes first."""
    if any("selected" in project.row for project in file.projects):
        return {project.project_id for project in file.projects if project.recorded}
    return {str(item) for item in count(file.election, Rules()).selected}


def _day(text: str) -> datetime | None:
    """Midnight of `31.12.2023`, in the city's time; None for all else, a bare year included."""
    try:
        day = datetime.strptime(text.strip(), "%d.%m.%Y")  # noqa: DTZ007  (a date; made aware below)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day.date(), time.min))
