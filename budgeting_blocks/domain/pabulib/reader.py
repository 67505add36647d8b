"""Reading a Pabulib file. Old and careless files are read as far as their meaning is plain; the rest is refused by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from budgeting_blocks.domain.counting import Election, Money
from budgeting_blocks.domain.pabulib.model import FileProject, PabulibError, VotingFile, Warned
from budgeting_blocks.domain.pabulib.numbers import parse_number
from budgeting_blocks.domain.pabulib.rows import Section, decode, split_sections

WITH_POINTS = frozenset({"cumulative", "scoring"})
VOTE_TYPES = WITH_POINTS | {"approval", "choose-1", "ordinal"}


@dataclass(slots=True)
class _Notes:
    """Warnings gathered by what they say."""

    found: dict[str, Warned] = field(default_factory=dict)

    def add(self, line: int, message: str, times: int = 1) -> None:
        known = self.found.get(message)
        self.found[message] = replace(known, times=known.times + times) if known else Warned(line, message, times)


def read_file(content: bytes) -> VotingFile:
    """The file's election. PabulibError, with the line, when it cannot be counted."""
    notes = _Notes()
    if b"\0" in content:
        notes.add(content[: content.index(b"\0")].count(b"\n") + 1, "NUL characters were left out")
    sections = split_sections(decode(content))
    meta, lines = _read_meta(sections["META"])
    vote_type = meta.get("vote_type", "").strip().lower()
    if vote_type not in VOTE_TYPES:
        line = lines.get("vote_type", sections["META"].line)
        raise PabulibError(line, f"vote_type must be one of {', '.join(sorted(VOTE_TYPES))}; it is {vote_type!r}")
    budget = _number(meta.get("budget", ""), lines.get("budget", sections["META"].line), "budget")
    projects = _read_projects(sections["PROJECTS"], budget, notes)
    costs = {project.project_id: project.cost for project in projects}
    ballots, weights = _read_votes(sections["VOTES"], vote_type, meta, lines, costs, notes)
    _compare_numbers(meta, lines, len(projects), sum(weights), notes)
    election = Election.of(budget, costs, ballots, weights)
    return VotingFile(meta, tuple(projects), election, tuple(notes.found.values()))


def _read_meta(section: Section) -> tuple[dict[str, str], dict[str, int]]:
    meta: dict[str, str] = {}
    lines: dict[str, int] = {}
    rows = section.rows
    if section.header[:1] != ["key"]:
        # A file without the header row begins with its first key.
        rows = [(section.line + 1, list(section.header)), *rows]
    for line, row in rows:
        key = row[0].strip().lower()
        meta.setdefault(key, row[1].strip() if len(row) > 1 else "")
        lines.setdefault(key, line)
    return meta, lines


def _read_projects(section: Section, budget: Money, notes: _Notes) -> list[FileProject]:
    id_column, cost_column = section.column("project_id", "project id", "id"), section.column("cost", "price")
    if id_column is None or cost_column is None:
        raise PabulibError(section.line + 1, "PROJECTS needs the columns project_id and cost")
    projects: dict[str, FileProject] = {}
    for line, row in section.rows:
        if len(row) <= max(id_column, cost_column) or not (project_id := row[id_column].strip()):
            raise PabulibError(line, "a project needs its project_id and cost")
        if project_id in projects:
            raise PabulibError(line, f"the project {project_id} is there twice")
        cost = _number(row[cost_column], line, "cost")
        if cost > budget:
            notes.add(line, f"the project {project_id} costs more than the budget")
        cells = {name: cell for name, cell in zip(section.header, row, strict=False) if name}
        projects[project_id] = FileProject(project_id, cost, cells)
    if not projects:
        raise PabulibError(section.line, "PROJECTS has no project")
    return list(projects.values())


def _read_votes(
    section: Section,
    vote_type: str,
    meta: Mapping[str, str],
    lines: Mapping[str, int],
    costs: Mapping[str, Money],
    notes: _Notes,
) -> tuple[list[Mapping[str, Money] | Sequence[str]], list[int]]:
    """Each different ballot once, and how many gave it."""
    vote_column, points_column = section.column("vote", "votes"), section.column("points")
    if vote_column is None or (vote_type in WITH_POINTS and points_column is None):
        raise PabulibError(section.line + 1, f"VOTES of {vote_type} ballots lacks the column vote or points")
    with_points = vote_type in WITH_POINTS
    seen: dict[tuple[str, str], list[int]] = {}
    voter_column, voters = section.column("voter_id", "voter id", "id"), set[str]()
    for line, row in section.rows:
        if voter_column is not None and row[voter_column : voter_column + 1]:
            if row[voter_column] in voters:
                notes.add(line, "a voter_id is there twice; both ballots are counted")
            voters.add(row[voter_column])
        vote = row[vote_column] if len(row) > vote_column else ""
        points = row[points_column] if with_points and points_column is not None and len(row) > points_column else ""
        seen.setdefault((vote, points), [line, 0])[1] += 1
    longest = _limit(meta, lines, "max_length")
    max_cost = _limit(meta, lines, "max_sum_cost")
    ballots: list[Mapping[str, Money] | Sequence[str]] = []
    for (vote, points), (line, times) in seen.items():
        chosen = _choices(vote, line, times, costs, notes)
        if max_cost is not None and sum(costs[item] for item in chosen) > max_cost:
            notes.add(line, "a ballot costs more than max_sum_cost allows", times)
        if with_points:
            ballots.append(_pointed(vote, points, line))
        elif vote_type == "ordinal":
            ballots.append(_borda(chosen, longest, line, times, notes))
        else:
            ballots.append(chosen)
    return ballots, [times for _, times in seen.values()]


def _choices(vote: str, line: int, times: int, costs: Mapping[str, Money], notes: _Notes) -> list[str]:
    named = [item.strip() for item in vote.split(",") if item.strip()]
    chosen = list(dict.fromkeys(named))
    if len(chosen) < len(named):
        notes.add(line, "a ballot names a project twice; it is counted once", times)
    for item in chosen:
        if item not in costs:
            raise PabulibError(line, f"the ballot names {item}, which is not in PROJECTS")
    return chosen


def _pointed(vote: str, points: str, line: int) -> dict[str, Money]:
    named = [item.strip() for item in vote.split(",") if item.strip()]
    given = [cell for cell in points.split(",") if cell.strip()]
    if len(named) != len(given):
        raise PabulibError(line, f"the ballot names {len(named)} projects and {len(given)} numbers of points")
    ballot: dict[str, Money] = {}
    for item, cell in zip(named, given, strict=True):
        ballot.setdefault(item, _number(cell, line, "points", least=None))
    return ballot


def _borda(chosen: Sequence[str], longest: Money | None, line: int, times: int, notes: _Notes) -> dict[str, Money]:
    """The first gets `max_length` points (or as many as the ballot has choices, where the file sets no length)."""
    length = longest if longest is not None else len(chosen)
    if len(chosen) > length:
        notes.add(line, "a ballot ranks more projects than max_length; the last get no points", times)
    return {item: max(length - place, 0) for place, item in enumerate(chosen)}


def _limit(meta: Mapping[str, str], lines: Mapping[str, int], key: str) -> Money | None:
    return _number(meta[key], lines[key], key) if meta.get(key) else None


def _number(text: str, line: int, what: str, least: Money | None = 0) -> Money:
    try:
        number = parse_number(text)
    except ValueError as error:
        raise PabulibError(line, f"{what} is not a number: {text[:40]!r}") from error
    if least is not None and number < least:
        raise PabulibError(line, f"{what} cannot be negative: {text[:40]!r}")
    return number


def _compare_numbers(
    meta: Mapping[str, str], lines: Mapping[str, int], projects: int, votes: int, notes: _Notes
) -> None:
    for key, found in (("num_projects", projects), ("num_votes", votes)):
        said = meta.get(key, "")
        if said and _number(said, lines[key], key) != found:
            notes.add(lines[key], f"{key} is {said}, but the file has {found}")
