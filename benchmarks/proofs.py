"""How long an analysis takes by the number of rules, and whether random acts refute what it proves.

Run `python benchmarks/proofs.py [SIZE …]`: charters are those of `neutral.py`. `--challenge ACTS`
then draws so many acts for each charter of the catalog and of the files named by `--charter`, from
the values that the charter's own tests tell apart, and says how many refute a proven claim: none.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from time import process_time

from neutral import Workload

from cmcore import Charter, catalog, read
from cmcore.base.truth import Truth
from cmcore.charters import analyse
from cmcore.charters.analysis._claims import decides, is_true, matters
from cmcore.charters.analysis._examiner import Examiner
from cmcore.charters.analysis._formula import FALSE, TRUE, UNKNOWN, Formula
from cmcore.charters.analysis._search import World, holds
from cmcore.charters.analysis._worlds import world
from cmcore.charters.analysis.analysis import Analysis

MASKS = (TRUE, FALSE, UNKNOWN, TRUE | FALSE, TRUE | FALSE | UNKNOWN)


def timed(size: int) -> None:
    """Print what the analysis of so many rules takes, and how much it leaves open."""
    charter = Workload(size, posts=1).charter()
    start = process_time()
    found = analyse(charter)
    took = process_time() - start
    left = len(found.undecided), found.overlaps_left, len(found.closings_left)
    print(f"{size:>6,} rules {took:>7.2f} s; left open: claims, pairs, facts {left}", flush=True)


def drawn(examiner: Examiner, charter: Charter, draw: Random) -> Iterator[World]:
    """Yield acts made of what each fact may be, for truths of its tests drawn at random."""
    pools: list[list[Sequence[Mapping[str, object]]]] = []
    for theory in examiner.theories:
        ways = []
        for _ in range(60):
            masks = [TRUE | FALSE | UNKNOWN] * len(examiner.questions)
            for number, _ in theory.asked:
                masks[number] = draw.choice(MASKS)
            ways.append(theory.ways(masks).parts)
        pools.append(list(filter(None, ways)))
    while True:
        parts: dict[str, object] = {}
        for pool in pools:
            if pool and draw.random() < 0.8:  # noqa: PLR2004 - a share
                parts |= draw.choice(draw.choice(pool))
        try:
            yield world((charter,), parts)
        except Exception:  # noqa: BLE001, S112 - what cannot be made is no act
            continue


def proven(found: Analysis, examiner: Examiner) -> Iterator[tuple[str, Formula]]:
    """Yield what would refute each proven claim."""
    sheet = examiner.sheets[0]
    rules = {rule.id: rule for rule in sheet.charter.rules}
    for claim in found.claims:
        if claim.holds is Truth.TRUE:
            about = f"{claim.code} {claim.about}"
            match claim.code:
                case "never true":
                    yield about, is_true(sheet, rules[claim.about])
                case "never decides":
                    yield about, decides(sheet, rules[claim.about], rules)
                case "needless":
                    yield about, matters(sheet, rules[claim.about], rules)
                case "not reached":
                    yield about, sheet.sent(claim.about)
                case _:
                    yield about, sheet.covered


def challenged(charter: Charter, acts: int) -> None:
    """Print how many of so many acts refute what is proven of a charter."""
    examiner = Examiner(charter)
    claims = [*proven(analyse(charter), examiner)]
    kinds, refuted = set[tuple[int, ...]](), set[str]()
    made = drawn(examiner, charter, Random(15))  # noqa: S311 - no secret
    for _ in range(acts):
        truths = examiner.truths(next(made))
        kinds.add(tuple(truths))
        refuted |= {about for about, query in claims if holds(query, truths)}
    told = f"{len(claims)} claims, {acts:,} acts of {len(kinds):,} kinds"
    print(f"{charter.id}: {told}; refuted: {sorted(refuted)}", flush=True)


def main() -> None:
    """Measure, and challenge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", type=int, nargs="*", default=[10, 100, 1_000])
    asked.add_argument("--challenge", type=int, default=0, metavar="ACTS")
    asked.add_argument("--charter", action="append", default=[], metavar="FILE")
    given = asked.parse_args()
    for size in given.sizes:
        timed(size)
    if given.challenge:
        for charter in (*catalog.charters.values(), *(read(p, Charter) for p in given.charter)):
            challenged(charter, given.challenge)


if __name__ == "__main__":
    main()
