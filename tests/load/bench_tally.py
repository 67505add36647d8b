"""`make bench-tally`: how fast the count is, beside pabutools with exact fractions, and with 100,000 ballots.

Both count the same files in one run by the same rule, each from an election in memory to the winners in order; processor
time, the best of up to five counts for each; a last line adds what reading the file once takes either. pabutools runs in a
throw-away environment that the target makes; by Add1, which takes it minutes, it is stopped after LONGEST seconds. Ties go
by our rule in both. Files of points and rankings are left out: pabutools has no rule that adds points as cities do.
Arguments: the Python of that environment, and a folder.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from budgeting_blocks.domain.counting import Election, Result, Rules, count
from budgeting_blocks.domain.pabulib import read_file
from budgeting_blocks.domain.rules import Add1Stop, Completion, CountRule, Utility

EQUAL = CountRule.EQUAL_SHARES
EXHAUSTED = Add1Stop.EXHAUSTED
RULES = {
    "greedy": Rules(),
    "equal-shares cost": Rules(rule=EQUAL),
    "equal-shares cardinality": Rules(rule=EQUAL, utility=Utility.CARDINALITY),
    "add1 cost": Rules(rule=EQUAL, completion=Completion.ADD1, add1_stop=EXHAUSTED),
}
LONGEST = 90
TARGET = 50
THEIRS = """
import json, sys, time
from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule
begun = time.process_time()
instance, profile = parse_pabulib(sys.argv[1])
read = time.process_time() - begun
name = sys.argv[2]
order = {item: (item.cost, -profile.approval_score(item), item.name) for item in instance}
args = {
    "sat_class": Cardinality_Sat if "cardinality" in name else Cost_Sat,
    "tie_breaking": TieBreakingRule(lambda instance, profile, item: order[item]),
}
best, spent = float("inf"), 0
for _ in range(5):
    begun = time.process_time()
    if name == "greedy":
        chosen = greedy_utilitarian_welfare(instance, profile, **args)
    elif name.startswith("add1"):
        chosen = method_of_equal_shares(instance, profile, voter_budget_increment=1, **args)
    else:
        chosen = method_of_equal_shares(instance, profile, **args)
    seconds = time.process_time() - begun
    best, spent = min(best, seconds), spent + seconds
    if spent > 1:
        break
print(json.dumps([read, best, [project.name for project in chosen]]))
"""


def measure(election: Election, rules: Rules, times: int = 5) -> tuple[float, Result]:
    """The least processor time of some counts, in seconds, and the result."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        result = count(election, rules)
        best = min(best, time.process_time() - begun)
    return best, result


def theirs(python: str, path: Path, name: str) -> tuple[float, float | None, list[str]]:
    """Pabutools' seconds of reading and of counting, None when it was stopped, and its winners."""
    command = [python, "-c", THEIRS, str(path), name]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return 0.0, None, []
    read, seconds, winners = json.loads(told.stdout.splitlines()[-1])
    return read, seconds, winners


def compare(python: str, folder: Path) -> None:
    """Print a line per file and rule, and per file."""
    ours_all = theirs_all = 0.0
    for path in sorted(folder.glob("*.pb")):
        begun = time.process_time()
        file = read_file(path.read_bytes())
        read = time.process_time() - begun
        if file.meta["vote_type"] not in {"approval", "choose-1"}:
            continue
        print(f"{path.stem}: {file.election.voters} voters, read in {read:.2f} s")
        ours_file = theirs_file = theirs_read = 0.0
        for name, rules in RULES.items():
            took, seconds, winners = theirs(python, path, name)
            theirs_read = theirs_read or took
            ours, result = measure(file.election, rules)
            ours_file, theirs_file = ours_file + ours, theirs_file + (seconds or LONGEST)
            same = "same winners" if set(winners) == set(result.selected) else f"other winners, {len(result.ties)} ties"
            line = f"{seconds:9.4f} s {seconds / ours:6.0f} times  {same}" if seconds else f"stopped at {LONGEST} s"
            print(f"  {name:26} {ours:9.4f} s  pabutools {line}", flush=True)
        _print_sum("all", ours_file, theirs_file)
        _print_sum("all, and reading once", ours_file + read, theirs_file + theirs_read)
        ours_all, theirs_all = ours_all + ours_file, theirs_all + theirs_file
    print(f"all: {ours_all:.2f} s, pabutools {theirs_all:.2f} s: {theirs_all / ours_all:.0f} times (target {TARGET})")


def _print_sum(name: str, ours: float, theirs: float) -> None:
    print(f"  {name:26} {ours:9.4f} s  pabutools {theirs:9.4f} s {theirs / ours:6.0f} times")


def many_ballots(budget: int, most: int) -> Election:
    """100,000 voters who choose up to `most` of 100 items, some of them favoured."""
    rnd = random.Random(1)
    items = [f"p{number:03}" for number in range(100)]
    favour = [1 / (place + 8) for place in range(100)]
    costs = {item: rnd.randrange(5, 200) * 1000 for item in items}
    return Election.of(budget, costs, [rnd.choices(items, favour, k=rnd.randint(1, most)) for _ in range(100_000)])


def load() -> None:
    """Print seconds and memory for 100,000 ballots."""
    for budget, most in ((1_000_000, 5), (1_000_000, 10), (5_000_000, 10)):
        election = many_ballots(budget, most)
        print(f"100,000 voters, up to {most} of 100 items, {budget} euros, {len(election.ballots)} different ballots")
        for name, rules in RULES.items():
            seconds, result = measure(election, rules, times=1)
            print(f"  {name:26} {seconds:9.4f} s  {len(result.selected)} funded", flush=True)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    load()
    compare(sys.argv[1], Path(sys.argv[2]))
