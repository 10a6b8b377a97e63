"""Earlier acts: how fast frames are audited under charters that count them.

Run with `make bench`, or `python benchmarks/counting.py [--rows N] [--json FILE]`. A third of the
rules count the acts that went before, in windows and units of the calendar. Rates are rows a second
of one core, from a frame of polars that is in no order of time, the median of several runs; the
audit is compared with that of the same acts one by one, which is timed too, on as many of the first
rows.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product
from pathlib import Path
from time import process_time
from typing import Any, Final

import attrs
from bulk import charter_of, frame_of, timed

_NAMES: Final = {"network": "channel"}
_COMPARED: Final = 5_000
#: What is counted, and about what share of all acts that is.
_LOGS: Final = {
    "recent.any": 1,
    "recent.publish.same_network": 1 / 12,
    "recent.any.same_topic": 1 / 50,
    "recent.publish.same_account": 1 / 8,
    "recent.reply.same_person": 1 / 2000,
    "recent.posts.same_network": 1 / 6,
}
_HOUR: Final = timedelta(hours=1)
_YEAR: Final = 365 * 24
#: The windows, and how many hours they have at most.
_WINDOWS: Final[dict[Any, int]] = {_HOUR: 1, 24 * _HOUR: 24, "day": 24, "week": 168}


def charter_counting(rules: int, rows: int) -> Any:  # noqa: ANN401 - what is measured is imported late
    """Return a charter of so many rules, a third of which say what is much of so many acts."""
    from cmcore import Rule, fact

    charter = charter_of(rules)
    counting = max(1, rules // 3)
    asked = enumerate(islice(cycle(product(_LOGS, _WINDOWS)), counting))
    more = [
        Rule.refer(
            f"often-{number}",
            to=charter.default,
            when=fact(log).more_than(
                3 + round(1.5 * rows / _YEAR * _WINDOWS[window] * _LOGS[log]), within=window
            ),
            because="Not so many at a time.",
        )
        for number, (log, window) in asked
    ]
    posts = {"posts": fact("kind").one_of("publish", "share")}
    made: Any = attrs.evolve(
        charter, rules=[*charter.rules[: rules - counting], *more], counts=posts
    )
    return made


def history_of(rows: int, rules: int) -> Any:  # noqa: ANN401
    """Return a frame of acts of a year, in no order, some without a network or a topic."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(20261129)
    micros = rng.integers(0, 365 * 86_400, rows) * 1_000_000

    def drawn(*words: str) -> Any:  # noqa: ANN401
        return pl.Series(np.array(words)[rng.integers(0, len(words), rows)])

    start = datetime(2025, 1, 1, tzinfo=UTC)
    return frame_of(rows, rules).with_columns(
        at=pl.lit(start) + pl.Series(micros).cast(pl.Duration("us")),
        kind=drawn("publish", "reply", "share", "react"),
        account=drawn("main", "help"),
        recipient=drawn(*(f"@{number}" for number in range(500))),
    )


def bare(found: Any) -> Any:  # noqa: ANN401
    """Return an audit without the examples of its causes, which are those of the first rows."""
    causes = tuple(attrs.evolve(cause, examples=()) for cause in found.causes)
    return attrs.evolve(found, causes=causes)


def measured(rows: int) -> Iterator[dict[str, float]]:
    """Yield what is found for charters of ten rules and of a hundred."""
    from cmcore.frames import audit_frame, count

    for rules in (10, 100):
        charter, frame = charter_counting(rules, rows), history_of(rows, rules)
        some, past_of = frame[:_COMPARED], count.past_of
        at_once = audit_frame(charter, some, columns=_NAMES)
        count.past_of = lambda *_: None
        start = process_time()
        one_by_one = audit_frame(charter, some, columns=_NAMES)
        slow = len(some) / (process_time() - start)
        count.past_of = past_of
        assert bare(at_once) == bare(one_by_one)  # noqa: S101
        fast = rows / timed(lambda: audit_frame(charter, frame, columns=_NAMES))  # noqa: B023
        print(f"{rules:>4} rules, {rows:,} rows: {fast:>9,.0f} rows/s as columns, "
              f"{slow:>6,.0f} one by one (of {len(some):,} rows)", flush=True)  # fmt: skip
        yield {"rules": rules, "rows": rows, "columns": fast, "one by one": slow}


def main() -> None:
    """Print what is measured."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--rows", type=int, default=1_000_000)
    read.add_argument("--json", type=Path)
    asked = read.parse_args()
    found = [*measured(asked.rows)]
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
