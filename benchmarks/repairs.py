"""Whole decisions by the hundred thousand, each against the plain evaluation that tries everything.

Run `python benchmarks/repairs.py [PAIRS] [--seed N]`. Charters and acts are those of
`agreement.py`; half of the charters ask mostly for what an author may change, so that many acts
have a repair. Where the plain search ended early, its repair is not compared: what is found
instead must cover the act. What differs is told with the number of the charter.
"""

# ruff: noqa: S311 - what is drawn need not be secret, only the same again

import argparse
import sys
from collections import Counter
from random import Random
from typing import Final

import attrs
from agreement import ASKED, LABELS, a_charter, a_condition, some_cases

from cmcore import Charter, Outcome, Rule, decide
from cmcore.charters import Case
from cmcore.charters.decision import Decision
from cmcore.charters.decisions.decide import explained
from cmcore.charters.decisions.judgement import judge_plainly
from cmcore.charters.rule import Effect

ACTS: Final = 20
CUT_SHORT: Final = "repair not found"
FREE: Final = tuple(
    sorted(
        name
        for name in ASKED
        if name.partition(".")[0] in {"network", "template", "paid", "topics", "media", "text"}
        or name in LABELS.keys() - {"reach", "lag", "due"}
        or name == "recent.publish.same_network"
    )
)


def a_free_charter(draw: Random) -> Charter:
    """Return a charter that asks mostly for what an author may change."""
    facts = draw.sample(FREE, draw.randint(2, 4))
    rules = []
    for number in range(draw.randint(2, draw.choice((4, 8)))):
        effect = draw.choice((Effect.PERMIT, Effect.REFER, Effect.FORBID))
        when = a_condition(draw, facts, draw.choice((0, 1, 1, 2)))
        to = "desk" if effect is Effect.REFER else None
        rules.append(Rule(f"r{number}", effect, when=when, because="So.", to=to))
    return attrs.evolve(a_charter(draw), rules=rules)


def told(decision: Decision) -> str:
    """Say in a word what came of the search."""
    if decision.repair is not None:
        return f"{len(decision.repair.changes)} changes"
    return decision.repair_note or "covered"


def agrees(charter: Charter, case: Case, found: Decision, plain: Decision) -> bool:
    """Tell whether a decision is the plain one, or as good where that search ended early."""
    if found == plain or plain.repair_note != CUT_SHORT:
        return found == plain
    bare, same = (attrs.evolve(one, repair=None, repair_note=None) for one in (found, plain))
    if bare != same or found.repair is None:
        return bare == same
    return decide(charter, found.repair.act, case.context).outcome is Outcome.COVERED


def main() -> int:
    """Read the command line and run; 1 if anything differs."""
    read = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    read.add_argument("pairs", type=int, nargs="?", default=100_000)
    read.add_argument("--seed", type=int, default=1)
    asked = read.parse_args()
    seen: Counter[str] = Counter()
    for number in range(-(-asked.pairs // ACTS)):
        draw = Random(f"{asked.seed}/{number}")
        charter = a_free_charter(draw) if number % 2 else a_charter(draw)
        for case in some_cases(draw, ACTS):
            plain = explained(judge_plainly(charter, case.act, case.context), repair=True)
            found = decide(charter, case.act, case.context)
            seen[told(plain)] += 1
            seen["found beyond"] += plain.repair_note == CUT_SHORT and found.repair is not None
            if not agrees(charter, case, found, plain):
                seen["differ"] += 1
                print(f"charter {number} of seed {asked.seed}: {told(found)}, not {told(plain)}")
                print(f"  for {case!r}", flush=True)
    print(f"{asked.pairs:,} pairs: {dict(sorted(seen.items()))}")
    return 1 if seen["differ"] else 0


if __name__ == "__main__":
    sys.exit(main())
