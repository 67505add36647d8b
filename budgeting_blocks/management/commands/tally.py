import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgeting_blocks.domain.counting import Id, Money, Result, Rules, Start, count
from budgeting_blocks.domain.countlog import figures
from budgeting_blocks.domain.pabulib import PabulibError, VotingFile, parse_number, read_file, write_number
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, TieRule, Utility
from budgeting_blocks.selectors.why import why_text


class Command(BaseCommand):
    help = "Count a voting file in the Pabulib format and tell who wins and why. It touches no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the .pb file")
        parser.add_argument("--rule", choices=[*CountRule], default=CountRule.GREEDY)
        parser.add_argument("--utility", choices=[*Utility], default=Utility.COST)
        parser.add_argument("--completion", choices=[*Completion], default=Completion.NONE)
        parser.add_argument("--add1-stop", choices=[*Add1Stop], default=Add1Stop.OVERSPEND)
        parser.add_argument("--increment", type=parse_number, default=1, help="what Add1 adds to each share; default 1")
        parser.add_argument("--start", choices=[*Start], default=Start.EXACT, help="the first shares; default exact")
        parser.add_argument("--threshold", type=parse_number, default=0, help="fewest votes or points; default 0")
        parser.add_argument("--tie-rule", choices=[*TieRule], default=TieRule.CHEAPER)
        parser.add_argument("--seed", default="", help="the lot's seed")
        parser.add_argument("--json", action="store_true", help="print the whole result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rules = Rules(
                rule=CountRule(options["rule"]),
                utility=Utility(options["utility"]),
                completion=Completion(options["completion"]),
                add1_stop=Add1Stop(options["add1_stop"]),
                increment=options["increment"],
                start=Start(options["start"]),
                threshold=options["threshold"],
                tie_rule=TieRule(options["tie_rule"]),
                seed=options["seed"],
            )
            file = read_file(options["file"].read_bytes())
        except (PabulibError, OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}", returncode=2) from error
        for warned in file.warnings:
            times = f" ({warned.times})" if warned.times > 1 else ""
            self.stderr.write(f"{options['file']}: line {warned.line}: {warned.message}{times}")
        result = count(file.election, rules)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(file, result), ensure_ascii=False, indent=1))
        else:
            self._print(file, result)

    def _print(self, file: VotingFile, result: Result) -> None:
        names = {project.project_id: project.row.get("name", "") for project in file.projects}
        texts = _texts(result)
        for item, outcome in result.outcomes.items():
            step = f"{outcome.step}. " if outcome.step else "–  "
            self.stdout.write(f"{step}{item} {names[str(item)]}".rstrip())
            self.stdout.write(f"    {texts[item]}")
        for tie in result.ties:
            self.stdout.write(f"= {tie.round}: {', '.join(map(str, tie.items))}")
        spent, budget = write_number(result.cost), write_number(result.election.budget)
        self.stdout.write(f"{len(result.selected)} / {len(file.projects)}; {spent} / {budget}")


def _texts(result: Result) -> dict[Id, str]:
    """Why each project won or lost, in words."""
    used = result.rules
    rules = {"threshold": used.threshold, "tie_rule": used.tie_rule, "count_rule": used.rule}
    return {
        outcome.item: why_text(outcome.reason, why, outcome.votes, outcome.cost, {}, rules)
        for outcome, why in figures(result)
    }


def _as_json(file: VotingFile, result: Result) -> dict[str, Any]:
    rules = result.rules
    texts = _texts(result)
    shares = rules.rule == CountRule.EQUAL_SHARES
    return {
        "rule": rules.rule,
        "utility": rules.utility if shares else None,
        "completion": rules.completion if shares else None,
        "add1_stop": rules.add1_stop if shares and rules.raises_shares else None,
        "threshold": _number(rules.threshold),
        "tie_rule": rules.tie_rule,
        "vote_type": file.meta.get("vote_type", ""),
        "voters": result.election.voters,
        "budget": _number(result.election.budget),
        "cost": _number(result.cost),
        "share": _number(result.share),
        "selected": list(result.selected),
        "ties": [list(tie.items) for tie in result.ties],
        "rounds": [
            {
                "round": number,
                "project": step.item,
                "votes": _number(step.votes),
                "cost": _number(step.cost),
                "left": _number(step.left),
                "effective_votes": _number(step.effective_votes),
                "price": _number(step.price),
                "paid_full": step.paid_full,
                "paid_rest": step.paid_rest,
            }
            for number, step in enumerate(result.steps, start=1)
        ],
        "projects": {
            str(outcome.item): {
                "won": outcome.won,
                "reason": outcome.reason,
                "votes": _number(outcome.votes),
                "cost": _number(outcome.cost),
                "left": _number(outcome.left),
                "had": _number(outcome.had),
                "text": texts[outcome.item],
            }
            for outcome in result.outcomes.values()
        },
        "warnings": [
            {"line": warned.line, "message": warned.message, "times": warned.times} for warned in file.warnings
        ],
    }


def _number(number: Money | None) -> int | float | None:
    """JSON has no fractions: whole numbers stay whole, others are rounded to what a float holds."""
    if number is None or isinstance(number, int):
        return number
    return int(number) if number.denominator == 1 else float(number)
