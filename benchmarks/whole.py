"""Whole decisions, one by one: what most of them cost, and the worst, with reasons and repair.

Run `python benchmarks/whole.py`. The workload is that of `neutral.py`. Then come texts that are
full of words of a list of 500, of which a repair would have to take out all: under that rule alone,
beside rules on links and hashtags, and beside patterns, of numbers and of what may have spaces.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import Any, Final

from neutral import POSTS, Workload

from cmcore import Act, Approvers, Charter, Rule, Stage, ValidationCircuit, decide, fact

RULES: Final = (10, 100, 1_000, 10_000)
LISTED: Final = 500
#: How many of its words a text has.
WORDS: Final = (1, 10, 100, 1_600, 6_000, 60_000)
RUNS: Final = 3
#: What other rules ask, beside the list.
BESIDE: Final = {
    "a list": (),
    "beside links": (fact("hosts").any_of("bit.ly"), fact("hashtags").any_of("x")),
    "beside a pattern": (fact("text").matches("[0-9]{5}"),),
    "beside one with spaces": (fact("text").matches("[0-9]+ ?euros"),),
}


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


def by_rules(sizes: Sequence[int]) -> list[dict[str, float]]:
    """Print and return what a decision costs by the number of rules."""
    print(f"milliseconds a decision, over {POSTS} posts, each at its best of {RUNS}")
    print(f"{'rules':>9}{'covered':>9}{'median':>9}{'90 %':>9}{'99 %':>9}{'worst':>9}")
    found = []
    for size in sizes:
        work = Workload(size)
        charter, acts = work.charter(), work.acts()
        spans = each(charter, acts)
        covered = sum(decide(charter, act, repair=False).outcome == "covered" for act in acts)
        cuts = quantiles(spans, n=100)
        one = {"rules": size, "median": median(spans), "90 %": cuts[89], "99 %": cuts[98],
               "worst": max(spans)}  # fmt: skip
        told = "".join(f"{one[name]:>9.3f}" for name in ("median", "90 %", "99 %", "worst"))
        print(f"{size:>9,}{covered:>9}{told}", flush=True)
        found.append(one)
    return found


def by_words(lengths: Sequence[int]) -> list[dict[str, Any]]:
    """Print and return what a decision costs by the listed words of a text."""
    words = [f"mot{number}x" for number in range(LISTED)]
    desk = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
    rules = [
        Rule.permit("all", because="."),
        Rule.refer("listed", to="desk", when=fact("text").mentions(*words), because="."),
    ]
    charters = {
        name: Charter("words", circuits=[desk], default="desk", rules=[
            *rules, *(Rule.forbid(f"r{at}", when=one, because=".") for at, one in enumerate(others))
        ])
        for name, others in BESIDE.items()
    }  # fmt: skip
    print(f"\nmilliseconds a decision, by the words of a list of {LISTED} in a text")
    print(f"{'words':>9}" + "".join(f"{name:>24}" for name in charters))
    found = []
    for length in lengths:
        text = " ".join(["Bonjour.", *(words[number % LISTED] for number in range(length))])
        act = Act(kind="publish", text=text)
        spans = {name: each(charter, [act])[0] for name, charter in charters.items()}
        print(f"{length:>9,}" + "".join(f"{span:>24.3f}" for span in spans.values()), flush=True)
        found.append({"words": length, **spans})
    return found


def main() -> None:
    """Read the command line and measure."""
    told = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    told.add_argument("--rules", type=int, nargs="*", default=list(RULES))
    told.add_argument("--words", type=int, nargs="*", default=list(WORDS))
    told.add_argument("--json", type=Path)
    asked = told.parse_args()
    found = {"rules": by_rules(asked.rules), "words": by_words(asked.words)}
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
