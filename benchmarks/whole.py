"""Whole decisions, one by one: what most of them cost, and the worst, with reasons and repair.

Run `python benchmarks/whole.py`. The workload is that of `neutral.py`. Then come texts that are
full of words of a list of 500, of which a repair would have to take out all.
"""

import argparse
from collections.abc import Sequence
from statistics import median, quantiles
from time import process_time
from typing import Final

from neutral import POSTS, Workload

from cmcore import Act, Approvers, Charter, Rule, Stage, ValidationCircuit, decide, fact

RULES: Final = (10, 100, 1_000, 10_000)
LISTED: Final = 500
#: How many of its words a text has.
LENGTHS: Final = (1, 3, 20, 100, 1_600)
RUNS: Final = 3


def each(charter: Charter, acts: Sequence[Act]) -> list[float]:
    """Return what each act takes in milliseconds, at best; what is kept is made before."""
    for act in acts:
        decide(charter, act)
    best = [float("inf")] * len(acts)
    for _ in range(RUNS):
        for at, act in enumerate(acts):
            start = process_time()
            decide(charter, act)
            best[at] = min(best[at], process_time() - start)
    return [1e3 * one for one in best]


def by_rules(sizes: Sequence[int]) -> None:
    """Print what a decision costs by the number of rules."""
    print(f"milliseconds a decision, over {POSTS} posts, each at its best of {RUNS}")
    print(f"{'rules':>9}{'covered':>9}{'median':>9}{'90 %':>9}{'99 %':>9}{'worst':>9}")
    for size in sizes:
        work = Workload(size)
        charter, acts = work.charter(), work.acts()
        spans = each(charter, acts)
        covered = sum(decide(charter, act, repair=False).outcome == "covered" for act in acts)
        cuts = quantiles(spans, n=100)
        told = "".join(f"{one:>9.3f}" for one in (median(spans), cuts[89], cuts[98], max(spans)))
        print(f"{size:>9,}{covered:>9}{told}", flush=True)


def by_words() -> None:
    """Print what a decision costs by the listed words of a text."""
    words = [f"mot{number}x" for number in range(LISTED)]
    rules = [
        Rule.permit("all", because="."),
        Rule.refer("listed", to="desk", when=fact("text").mentions(*words), because="."),
    ]
    desk = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
    charter = Charter("words", rules=rules, circuits=[desk], default="desk")
    print(f"\nmilliseconds a decision, by the words of a list of {LISTED} in a text")
    for length in LENGTHS:
        text = " ".join(["Bonjour.", *(words[number % LISTED] for number in range(length))])
        (span,) = each(charter, [Act(kind="publish", text=text)])
        print(f"{length:>9,}{span:>9.3f}")


def main() -> None:
    """Read the command line and measure."""
    told = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    told.add_argument("--rules", type=int, nargs="*", default=list(RULES))
    by_rules(told.parse_args().rules)
    by_words()


if __name__ == "__main__":
    main()
