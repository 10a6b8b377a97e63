"""A decision log of many lines: written, verified and decided anew, in rows a second and memory.

`python benchmarks/log.py 1000000`, where there is room for a log of 1.5 GiB. Rows are counted by
the second of processor time, so that other programs matter little.
"""

import resource
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Final

from cmcore import Act, Charter, Context, catalog, decide
from cmcore.codec import append_to_log, read_log, verify_log
from cmcore.decisionlog import LogEntry, entry, replay

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
CHARTER: Final[Charter] = catalog.charters["small-brand"]


def entries(count: int) -> Iterator[LogEntry]:
    """Yield decisions about posts that differ."""
    context = Context()
    for number in range(count):
        at = START + timedelta(minutes=number)
        act = Act(
            id=f"p{number}",
            kind=("publish", "reply", "delete")[number % 3],
            network="x",
            author=f"member-{number % 7}",
            topics={"product"},
            text=f"Post number {number}: we are open on Sunday, from nine to twelve.",
            at=at,
        )
        decision = decide(CHARTER, act, context, repair=False)
        yield entry(decision, context, CHARTER, id=f"d{number}", at=at)


def timed(what: str, count: int, run: Callable[[], object]) -> None:
    """Run something, and print how fast it was and the most memory that the process had by then."""
    start, begun = perf_counter(), process_time()
    found = run()
    spent, passed = process_time() - begun, perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = f"{count / spent:>9,.0f} rows/s  {spent:>7.1f} s ({passed:.1f} s in all)"
    print(f"{what:<10} {told}  {peak:>5} MiB peak  {found}", flush=True)


def main() -> None:
    """Write, verify and replay a log."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        timed("written", count, lambda: append_to_log(path, entries(count))[:8])
        timed("verified", count, lambda: verify_log(path).is_intact)
        timed("replayed", count, lambda: replay(read_log(path), [CHARTER]).equal)
        print(f"{path.stat().st_size / 2**20:,.0f} MiB on the disk")


if __name__ == "__main__":
    main()
