"""Many acts at once: how fast frames are decided and audited, and in what memory.

Run with `make bench`, or `python benchmarks/bulk.py [rate|loop|memory]`. Rates are of one core,
from a frame of polars, the median of several runs; every size and every number of rules in a
process of its own. What is decided is compared with the reference on a sample.

`--rows` and `--rules` take the largest powers of ten; `--json FILE` keeps the figures.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

THREADS = ("OMP_NUM_THREADS", "POLARS_MAX_THREADS", "ARROW_NUM_THREADS", "OPENBLAS_NUM_THREADS")
RUNS = 5
SAMPLE = 200
#: How many acts the loops decide one by one, with few rules and with many.
LOOPED = 2_000
CHANNELS = ("bluesky", "mastodon", "linkedin", None)
TONES = ("calm", "warm", "hostile", None)


def charter_of(rules: int) -> Any:  # noqa: ANN401 - what is measured is imported late
    """Return a charter of so many rules over channel, topics, reach and tone."""
    from basics import charter_data

    from cmcore import Charter, structure

    return structure(charter_data(rules), Charter)


def frame_of(rows: int, rules: int) -> Any:  # noqa: ANN401
    """Return a frame of acts: some of each column unknown, or of no rule."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(20261122)
    words = np.array([f"topic-{number}" for number in range(rules + rules // 10 + 2)])
    lengths = rng.integers(1, 3, rows)
    topics = pl.Series(words[rng.integers(0, len(words), int(lengths.sum()))])
    groups = pl.Series(np.repeat(np.arange(rows), lengths))
    listed = (pl.DataFrame({"row": groups, "topics": topics})
              .group_by("row", maintain_order=True).agg("topics"))  # fmt: skip
    return pl.DataFrame(
        {
            "channel": pl.Series(
                [CHANNELS[n] for n in rng.choice(4, rows, p=[0.3, 0.3, 0.3, 0.1])]
            ),
            "topics": listed["topics"],
            "reach": rng.integers(0, rules + rules // 10 + 1, rows),
            "tone": pl.Series([TONES[n] for n in rng.choice(4, rows, p=[0.4, 0.4, 0.15, 0.05])]),
        }
    )


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of one core that several runs of `work` take."""
    spans = []
    for _ in range(runs):
        start = process_time()
        work()
        spans.append(process_time() - start)
    return median(spans)


def acts_of(frame: Any, rows: list[int]) -> list[Any]:  # noqa: ANN401
    """Return the acts that some rows stand for."""
    from cmcore import Act

    return [
        Act(
            network=row["channel"],
            topics=row["topics"],
            labels={name: row[name] for name in ("reach", "tone") if row[name] is not None},
        )
        for row in frame[rows].to_dicts()
    ]


def rate(rows: int, rules: int) -> dict[str, Any]:
    """Measure how fast a frame is decided, without and with the determining rules."""
    from cmcore import Context
    from cmcore.charters.meaning.evaluation import judge
    from cmcore.charters.meaning.observation import Facts
    from cmcore.frames import decide_frame

    charter, frame = charter_of(rules), frame_of(rows, rules)
    names = {"network": "channel"}

    def bare() -> Any:  # noqa: ANN401
        return decide_frame(charter, frame, columns=names, rules=False)

    def full() -> Any:  # noqa: ANN401
        return decide_frame(charter, frame, columns=names)

    decided = full()
    sample = sorted(Random(1).sample(range(rows), min(rows, SAMPLE)))  # noqa: S311 - no secret
    for row, act in zip(decided[sample].to_dicts(), acts_of(frame, sample), strict=True):
        ruled = judge(charter, Facts(charter, act, Context()))
        assert row["outcome"] == ruled.outcome  # noqa: S101
        assert (*row["circuits"],) == ruled.circuits  # noqa: S101
        assert (*row["rules"],) == ruled.determining  # noqa: S101
    return {"rows": rows, "rules": rules, "bare": rows / timed(bare), "full": rows / timed(full),
            "agree": len(sample)}  # fmt: skip


def loop(rows: int, rules: int) -> dict[str, Any]:
    """Measure how fast acts are decided one by one: once they are made, and with their making."""
    from cmcore import Context
    from cmcore.charters.meaning.evaluation import judge
    from cmcore.charters.meaning.observation import Facts

    charter, frame = charter_of(rules), frame_of(rows, rules)
    acts = acts_of(frame, list(range(rows)))
    found: dict[str, Any] = {"rows": rows, "rules": rules}
    few = acts[: max(20, rows * 10 // rules)]
    context = Context()
    span = timed(lambda: [judge(charter, Facts(charter, act, context)) for act in few])
    found["reference"] = len(few) / span
    try:
        from cmcore.charters import compiled
    except ImportError:
        return found
    fast = compiled(charter)
    found["compiled"] = rows / timed(lambda: [fast.rule(act) for act in acts])
    every = list(range(rows))
    found["made"] = rows / timed(lambda: [fast.rule(act) for act in acts_of(frame, every)])
    return found


def memory(rows: int, rules: int) -> dict[str, Any]:
    """Measure the time and the most memory of auditing a file of Parquet."""
    import polars as pl

    from cmcore.frames import audit_frame

    charter = charter_of(rules)
    path = Path(os.environ["CMCORE_BENCH_FILE"])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = perf_counter()
    found = audit_frame(charter, pl.scan_parquet(path), columns={"network": "channel"})
    span = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert found.total == rows  # noqa: S101
    return {"rows": rows, "rules": rules, "seconds": span, "peak": peak, "before": before,
            "causes": len(found.causes)}  # fmt: skip


PARTS: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "rate": rate,
    "loop": loop,
    "memory": memory,
}


def apart(name: str, rows: int, rules: int, **more: str) -> dict[str, Any]:
    """Run one measure in a process of its own, on one thread."""
    alone = {**os.environ, **dict.fromkeys(THREADS, "1"), **more}
    run = subprocess.run(
        [sys.executable, __file__, name, "--one", str(rows), str(rules)],
        check=True, capture_output=True, text=True, env=alone,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def all_rates(most_rows: int, most_rules: int) -> list[dict[str, Any]]:
    """Print and return the rates of every size and number of rules."""
    found = []
    for rules in powers(10, most_rules):
        for rows in powers(1_000, most_rows):
            one = apart("rate", rows, rules)
            found.append(one)
            print(f"{rules:>5,} rules, {rows:>10,} rows: {one['bare']:>10,.0f} acts/s for outcome "
                  f"and circuits, {one['full']:>10,.0f} with determining rules")  # fmt: skip
    return found


def all_loops(_: int, most_rules: int) -> list[dict[str, Any]]:
    """Print and return how fast acts are decided one by one."""
    found = [apart("loop", LOOPED, rules) for rules in powers(10, most_rules)]
    for one in found:
        told = ", ".join(f"{one[name]:,.0f} acts/s {name}"
                         for name in ("reference", "compiled", "made") if name in one)  # fmt: skip
        print(f"{one['rules']:>5,} rules, one act after the other: {told}")
    return found


def all_memory(most_rows: int, most_rules: int) -> list[dict[str, Any]]:
    """Print and return what auditing the longest frame takes."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder, "acts.parquet")
        parts = max(1, most_rows // 1_000_000)
        write_parquet(path, most_rows // parts, parts, most_rules)
        one = apart("memory", most_rows, most_rules, CMCORE_BENCH_FILE=str(path))
    print(f"audit of {one['rows']:,} rows by {one['rules']:,} rules: {one['seconds']:.1f} s, "
          f"peak {one['peak']:,.0f} MB ({one['before']:,.0f} MB before), "
          f"{one['causes']:,} causes")  # fmt: skip
    return [one]


def write_parquet(path: Path, rows: int, parts: int, rules: int) -> None:
    """Write so many times the same rows, so that writing takes no room."""
    import pyarrow.parquet as pq

    table = frame_of(rows, rules).to_arrow()
    with pq.ParquetWriter(path, table.schema) as out:
        for _ in range(parts):
            out.write_table(table)


def powers(first: int, last: int) -> list[int]:
    """Return the powers of ten from `first` to `last`."""
    found = [first]
    while found[-1] < last:
        found.append(found[-1] * 10)
    return found


ALL: dict[str, Callable[[int, int], list[dict[str, Any]]]] = {
    "rate": all_rates,
    "loop": all_loops,
    "memory": all_memory,
}


def main() -> None:
    """Measure the parts named on the command line, all of them by default."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("parts", nargs="*", choices=[*ALL, []])
    read.add_argument("--rows", type=int, default=10_000_000)
    read.add_argument("--rules", type=int, default=1_000)
    read.add_argument("--json", type=Path)
    read.add_argument("--one", type=int, nargs=2)
    asked = read.parse_args()
    if asked.one:
        print(json.dumps(PARTS[asked.parts[0]](*asked.one)))
        return
    found = {part: ALL[part](asked.rows, asked.rules) for part in asked.parts or ALL}
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
