"""One rule with a long word list: what a post costs, and what the list does, by its length.

Run with `make bench`, or `python benchmarks/words.py [--words N] [--json FILE]`. Words are made up,
a third of them phrases, from a fixed seed; the posts are the same for every list. Times are those
of one core, the median of several runs, in a process of its own for each length; of several such
processes, lengths in turn, it is the best, as a machine on which others work is slow for seconds.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

from bulk import THREADS

SEED = 20261122
POSTS = 2_000
RUNS = 7
ROUNDS = 5
SYLLABLES = ("ba", "ri", "tu", "sol", "mer", "dan", "fi", "gré", "lou", "pen", "vak", "zi")


def word(rng: Random) -> str:
    """Make up a word of two to five syllables."""
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 5)))


def listed(count: int) -> list[str]:
    """Make up so many words and phrases, all distinct; a longer list begins with a shorter one."""
    rng, found = Random(SEED), dict[str, None]()  # noqa: S311 - no secret
    while len(found) < count:
        long = 1 if rng.random() < 2 / 3 else rng.randint(2, 4)
        found[" ".join(f"{word(rng)}q" for _ in range(long))] = None
    return list(found)


def posts(some: list[str]) -> list[str]:
    """Make up posts of some twenty-five words, one in ten of which cites a word of the list."""
    rng = Random(SEED + 1)  # noqa: S311 - no secret
    made = []
    for number in range(POSTS):
        words = [word(rng) for _ in range(25)]
        if number % 10 == 0:
            words.insert(rng.randrange(25), rng.choice(some))
        made.append(f"{' '.join(words).capitalize()}! https://example.org/{number}")
    return made


def timed(work: Callable[[], object]) -> float:
    """Return the median seconds of one core that several runs of `work` take."""
    spans = []
    for _ in range(RUNS):
        start = process_time()
        work()
        spans.append(process_time() - start)
    return median(spans)


def measure(count: int) -> dict[str, Any]:
    """Measure one rule that cites a list of `count` words, one act at a time and in a frame."""
    import polars as pl

    from cmcore import Act, Approvers, Charter, Rule, Stage, ValidationCircuit, WordList
    from cmcore.charters import FactTest, Op, compiled
    from cmcore.charters.context import Context
    from cmcore.charters.meaning.evaluation import judge
    from cmcore.charters.meaning.observation import Facts
    from cmcore.frames import decide_frame

    entries, texts = listed(count), posts(listed(100))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = process_time()
    words = WordList(entries)
    made = process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    desk = ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])
    cites = Rule.refer(
        "cites", to="desk", when=FactTest("text", Op.MENTIONS, words), because="Touchy."
    )
    charter = Charter("words", rules=[cites], circuits=[desk], default="desk")
    acts, frame, context = [Act(text=t) for t in texts], pl.DataFrame({"text": texts}), Context()
    start = process_time()
    fast = compiled(charter)
    compiling = process_time() - start
    reference = [judge(charter, Facts(charter, act, context)) for act in acts]
    decided = decide_frame(charter, frame)
    assert [one.determining for one in reference] == [(*r,) for r in decided["rules"]]  # noqa: S101
    assert reference == [fast.rule(act) for act in acts]  # noqa: S101
    spans = {
        "reference": timed(lambda: [judge(charter, Facts(charter, a, context)) for a in acts]),
        "compiled": timed(lambda: [fast.rule(act) for act in acts]),
        "frame": timed(lambda: decide_frame(charter, frame)),
    }
    each = {name: span / POSTS * 1e6 for name, span in spans.items()}
    return {"words": count, **each, "build": made, "compile": compiling, "memory": after - before,
            "cited": sum(bool(one.determining) for one in reference)}  # fmt: skip


def apart(count: int) -> dict[str, Any]:
    """Measure a list of `count` words in a process of its own."""
    alone = {**os.environ, **dict.fromkeys(THREADS, "1")}
    run = subprocess.run([sys.executable, __file__, "--one", str(count)], check=True,
                         capture_output=True, text=True, env=alone)  # fmt: skip
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def best(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the least of each figure of several runs."""
    return {name: min(one[name] for one in runs) for name in runs[0]}


def main() -> None:
    """Measure lists of 100 words to the longest asked for."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--words", type=int, default=100_000)
    read.add_argument("--json", type=Path)
    read.add_argument("--one", type=int)
    asked = read.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one)))
        return
    counts = [count for count in (100, 1_000, 10_000, 100_000) if count <= asked.words]
    rounds = [[apart(count) for count in counts] for _ in range(ROUNDS)]
    found = [best(one) for one in zip(*rounds, strict=True)]
    first = found[0]
    for count, one in zip(counts, found, strict=True):
        ways = ", ".join(f"{one[way]:.1f} µs {way} (× {one[way] / first[way]:.2f})"
                         for way in ("reference", "compiled", "frame"))  # fmt: skip
        print(f"{count:>7,} words: a post costs {ways}; the list is made in {one['build']:.2f} s, "
              f"compiled in {one['compile']:.3f} s, and takes {one['memory']:.0f} MB")  # fmt: skip
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
