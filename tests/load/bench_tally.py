"""`make bench-tally`: how fast the count is, beside pabutools with exact fractions, and with 100,000 ballots.

Both count the same files in one run, each from an election in memory; processor time, the best of three for us and one for
pabutools, which runs in a throw-away environment that the target makes. Arguments: the Python of that environment, and a
folder of files. Add1, where pabutools takes minutes, is compared on files of up to 400 voters.
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
FEW_VOTERS = 400
TARGET = 50
THEIRS = """
import json, sys, time
from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
instance, profile = parse_pabulib(sys.argv[1])
for name in sys.argv[2:]:
    sat = Cardinality_Sat if "cardinality" in name else Cost_Sat
    begun = time.process_time()
    if name == "greedy":
        chosen = greedy_utilitarian_welfare(instance, profile, sat_class=sat)
    elif name.startswith("add1"):
        chosen = method_of_equal_shares(instance, profile, sat_class=sat, voter_budget_increment=1)
    else:
        chosen = method_of_equal_shares(instance, profile, sat_class=sat)
    print(json.dumps([name, time.process_time() - begun, [project.name for project in chosen]]), flush=True)
"""


def measure(election: Election, rules: Rules, times: int = 3) -> tuple[float, Result]:
    """The least processor time of some counts, in seconds, and the result."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        result = count(election, rules)
        best = min(best, time.process_time() - begun)
    return best, result


def compare(python: str, folder: Path) -> None:
    """Print a line per file and rule, and the sums."""
    ours_all = theirs_all = 0.0
    for path in sorted(folder.glob("*.pb")):
        begun = time.process_time()
        file = read_file(path.read_bytes())
        read = time.process_time() - begun
        if file.meta["vote_type"] not in {"approval", "choose-1"}:
            continue
        names = [name for name in RULES if not name.startswith("add1") or file.election.voters <= FEW_VOTERS]
        print(f"{path.stem}: {file.election.voters} voters, read in {read:.2f} s")
        told = subprocess.run([python, "-c", THEIRS, str(path), *names], capture_output=True, text=True, check=True)
        for line in told.stdout.splitlines():
            name, theirs, winners = json.loads(line)
            ours, result = measure(file.election, RULES[name])
            ours_all, theirs_all = ours_all + ours, theirs_all + theirs
            same = "same winners" if set(winners) == set(result.selected) else f"other winners, {len(result.ties)} ties"
            print(
                f"  {name:26} {ours:9.4f} s  pabutools {theirs:9.4f} s  {theirs / ours:6.0f} times  {same}", flush=True
            )
    print(f"all: {ours_all:.2f} s, pabutools {theirs_all:.2f} s: {theirs_all / ours_all:.0f} times (target {TARGET})")


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
