"""The round package: all that anybody needs to count a published round again, as one file whose bytes never change."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import slugify

from budgeting_blocks.choices import PhaseKind
from budgeting_blocks.domain.countlog import RoundCount, count_box
from budgeting_blocks.domain.freezing import Frozen
from budgeting_blocks.domain.pbexport import About, project_ids, tally_options, write_pot
from budgeting_blocks.domain.sealing import RARE
from budgeting_blocks.exports import table_csv
from budgeting_blocks.models import Round, RoundResult, RoundSeal, VoteReceipt
from budgeting_blocks.selectors.boxes import ballot_lines
from budgeting_blocks.selectors.counted import Box, read_box
from budgeting_blocks.selectors.results import shown_result
from budgeting_blocks.selectors.rules import rule_versions, rules_in_force

# The zip's own clock: its first day.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def round_package(round: Round) -> bytes | None:
    """The zip of a published round that was counted here; None for all others."""
    shown = shown_result(round)
    if shown is None or not shown.has_package:
        return None
    frozen = rules_in_force(round)
    box = read_box(round, frozen)
    count = count_box(frozen, box.ballots, seed=shown.result.lot_seed)
    with translation.override(settings.LANGUAGE_CODE):
        files = {
            "LUEMINUT.txt": _readme(round, frozen, count, shown.result.lot_seed),
            "rules.json": _json(_rules(round)),
            "projects.csv": _projects(shown.pots, frozen),
            **_ballots(round, frozen, box, count, shown.result.lot_seed),
            **_sealed_box(round),
            "count-log.json": _json(_count_log(shown.result)),
            "receipts.txt": _receipts(round),
        }
    contents = {name: text.encode() for name, text in files.items()}
    sums = "".join(f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents))
    return _zip(contents | {"SHA256SUMS": sums.encode()})


def pot_files(frozen: Frozen) -> dict[int, str]:
    """The name of each pot's file of ballots."""
    if len(frozen.pots) == 1:
        return {frozen.pots[0].key: "ballots.pb"}
    return {pot.key: f"ballots-{number}-{slugify(pot.name)[:40]}.pb" for number, pot in enumerate(frozen.pots, start=1)}


def _ballots(round: Round, frozen: Frozen, box: Box, count: RoundCount, seed: str) -> dict[str, str]:
    window = round.phases.get(kind=PhaseKind.VOTING)
    about = About(
        title=round.title,
        unit=settings.WAGTAIL_SITE_NAME,
        begins=timezone.localdate(window.opens_at),
        ends=timezone.localdate(window.closes_at - timedelta(seconds=1)),
    )
    titles = {pk: item.title for pk, item in frozen.items.items()}
    alone, names = len(frozen.pots) == 1, pot_files(frozen)
    return {
        names[pot.share.key]: write_pot(pot, box.ballots, frozen.rules, about, titles=titles, alone=alone, seed=seed)
        for pot in count.pots
    }


def _sealed_box(round: Round) -> dict[str, str]:
    """The lines that the seal's digest was made of, when no way of voting points at fewer than ten people."""
    seal = RoundSeal.objects.filter(round=round).first()
    if seal is None:
        return {}
    files = {"seal.json": _json({"digest": seal.digest, **seal.document})}
    lines = sorted(ballot_lines(round))
    ways = Counter(line.rpartition("|")[0] for line in lines)
    if ways and min(ways.values()) >= RARE:
        files["box.txt"] = "".join(f"{line}\n" for line in lines)
    return files


def _rules(round: Round) -> list[dict[str, Any]]:
    return [
        {"number": v.number, "fingerprint": v.fingerprint, "reason": v.reason, "document": v.document}
        for v in rule_versions(round)
    ]


def _projects(pots: list[Any], frozen: Frozen) -> str:
    ids = project_ids(frozen.items, frozen.rules)
    header = ["project_id", "pot", "rank", "name", "votes", "cost", "funded", "outcome", "why", "reasons"]
    rows = [
        [
            ids[row.line.proposal_id],
            pot.name,
            rank,
            frozen.items[row.line.proposal_id].title,
            row.line.votes,
            row.line.cost,
            int(row.line.funded),
            row.line.outcome,
            row.why,
            row.line.proposal.assessment.reasons,
        ]
        for pot in pots
        for rank, row in enumerate(pot.rows, start=1)
    ]
    return table_csv(header, rows)


def _count_log(result: RoundResult) -> dict[str, Any]:
    return {
        "log": result.log,
        "void": result.void,
        "voided": result.voided,
        "lot_seed": result.lot_seed,
        "turnout": result.turnout,
        "decision": result.decision,
    }


def _receipts(round: Round) -> str:
    codes = VoteReceipt.objects.filter(round=round).values_list("code", flat=True)
    return "".join(f"{code}\n" for code in sorted(codes))


def _readme(round: Round, frozen: Frozen, count: RoundCount, seed: str) -> str:
    names = pot_files(frozen)
    commands = "\n".join(
        f"  python manage.py tally {names[pot.share.key]} {tally_options(frozen.rules, seed)}" for pot in count.pots
    )
    return (
        f"{round.title}\n\n"
        "rules.json      Säännöt, rahat ja äänestettävät ehdotukset sellaisina kuin ne vahvistettiin, korjauksineen.\n"
        "projects.csv    Ehdotukset, äänet, hinnat ja perustelut.\n"
        "ballots*.pb     Nimettömät äänestysliput Pabulib-muodossa. Lipussa ei ole aikaa, tunnistetta eikä äänestystapaa.\n"
        "box.txt         Sinetöidyn uurnan rivit, kun mikään äänestystapa ei ole ollut alle kymmenellä äänestäjällä.\n"
        "seal.json       Uurnan sinetti, joka julkaistiin, kun äänestys päättyi.\n"
        "count-log.json  Laskennan kulku.\n"
        "receipts.txt    Kuittikoodit aakkosjärjestyksessä. Ne eivät liity lippuihin.\n"
        "SHA256SUMS      Tarkistussummat: sha256sum -c SHA256SUMS\n\n"
        f"Laske itse:\n{commands}\n"
    )


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _zip(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(contents):
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, contents[name])
    return out.getvalue()
