"""How often a calibration that holds is called broken, and how soon one that does not is.

Run by hand: `python benchmarks/watch.py [RUNS] [ACTS] [SEED]`. Each run calibrates a score on 400
acts drawn like those to come, then watches as acts come in, a tenth of them labelled by people, and
asks after every fifty. In the first rows nothing has changed, and what matters is how often an
alarm is raised at all: also where the calibration itself had broken its promise.
"""

import sys
from bisect import bisect_left
from collections.abc import Callable
from math import exp
from random import Random
from statistics import median

from cmcore import Act
from cmcore.labellers import Draw, Reliance, by_function, calibrate, watch

SEED = 2026
LEVEL = 0.05
RISK = 0.05
EXAMPLES = 400
EVERY = 50
Kind = Callable[[Random], tuple[float, bool]]


def drawn(share: float, shift: float, moved: float = 0.0) -> Kind:
    """Return a classifier whose scores of yes lie so much above those of no, and all moved."""

    def pair(rng: Random) -> tuple[float, bool]:
        truth = rng.random() < share
        return 1 / (1 + exp(-rng.gauss(moved + (shift if truth else -shift), 1))), truth

    return pair


def tied(rng: Random) -> tuple[float, bool]:
    """Draw one of four scores."""
    score, truth = drawn(0.3, 1)(rng)
    return round(score * 3) / 3, truth


#: What acts are drawn like before, and after.
CASES: dict[str, tuple[Kind, Kind]] = {
    "alike, good": (drawn(0.3, 2), drawn(0.3, 2)),
    "alike, fair": (drawn(0.3, 1), drawn(0.3, 1)),
    "alike, few scores": (tied, tied),
    "alike, rare": (drawn(0.03, 1.5), drawn(0.03, 1.5)),
    "scores up by 0.3": (drawn(0.3, 1), drawn(0.3, 1, 0.3)),
    "scores up by 1": (drawn(0.3, 1), drawn(0.3, 1, 1)),
    "yes twice as frequent": (drawn(0.3, 2), drawn(0.6, 2)),
    "scores say less": (drawn(0.3, 2), drawn(0.3, 0.5)),
    "labels turned": (drawn(0.5, 1), drawn(0.5, -1)),
}
LABELLER = by_function("x", lambda act: act.labels["score"], version="1")
DRAW = Draw(0.1)


def acts(kind: Kind, rng: Random, count: int, run: int) -> list[Act]:
    """Return acts with their scores and the truth: on those that are drawn, after the first."""
    pairs = [kind(rng) for _ in range(count)]
    return [
        Act(id=f"{run} {n}", labels={"score": score, "x": truth})
        for n, (score, truth) in enumerate(pairs)
    ]


def main(runs: str = "200", count: str = "2000", seed: str = str(SEED)) -> None:
    """Print how often an alarm was raised, and after how many acts."""
    for name, (before, after) in CASES.items():
        alarms: dict[Reliance, list[int]] = {Reliance.MOVED: [], Reliance.CONTRADICTED: []}
        for run in range(int(runs)):
            rng = Random(f"{seed} {name} {run}")  # noqa: S311 - a simulation
            examples = acts(before, rng, EXAMPLES, -run - 1)
            found = calibrate(LABELLER, examples, risk=RISK, confidence=0.95)
            later = acts(after, rng, int(count), run)
            # what was ever seen stays seen, so the end says whether there was an alarm at all
            state = watch(found, LABELLER, later, examples=examples, draw=DRAW, level=LEVEL).state
            if state in alarms:
                ends = range(EVERY, len(later) + 1, EVERY)
                # an alarm is never taken back
                place = bisect_left(ends, 1, key=lambda end: watch(
                    found, LABELLER, later[:end], examples=examples, draw=DRAW, level=LEVEL,
                ).state in alarms)  # fmt: skip
                first = ends[place]
                alarms[state].append(first)
        told = "   ".join(
            f"{state.value} {len(ends):>4} of {runs}"
            + (f", after {median(ends):.0f}" if ends else "")
            for state, ends in alarms.items()
        )
        print(f"{name:<24}{told}")


if __name__ == "__main__":
    main(*sys.argv[1:])
