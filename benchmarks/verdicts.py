"""Whether what is claimed of random charters is what Cedar finds by deciding every act there is.

Run `python benchmarks/verdicts.py [PAIRS]`. Charters read four facts; every act of them is made:
each value that a test can tell apart, none, and unknown. Cedar (`cedarpy`) decides each of these
acts by the policies of `to_cedar`. Each verdict of `analyse`, of `contrast` and of `prove` has to
be what that enumeration comes to: over all acts, and over those of which everything is known none
that is proven may be refuted.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from random import Random
from time import process_time
from typing import Any, Final

import attrs
import cedarpy

from cmcore import (
    Act,
    Approvers,
    Charter,
    Effect,
    Label,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    fact,
    hours,
)
from cmcore.base.truth import Truth
from cmcore.charters import Condition, Guarantee, analyse, contrast, prove
from cmcore.codec import cedar_context, to_cedar

LABELS: Final = {
    "pii": Label("flag"),
    "tone": Label("symbol", {"calm", "angry", "sad"}),
}
CIRCUITS: Final = [ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])]
UNKNOWN, NONE = "unknown", "none"
VALUES: Final[dict[str, Sequence[Any]]] = {
    "paid": (True, False, UNKNOWN, NONE),
    "pii": (True, False, UNKNOWN, NONE),
    "tone": ("calm", "angry", "sad", UNKNOWN, NONE),
    "duration": (*(timedelta(minutes=one) for one in (30, 60, 90, 120, 180)), UNKNOWN, NONE),
}
WHO: Final = {"principal": 'User::"ana"', "action": 'Action::"act"', "resource": 'Act::"one"'}
RANK: Final = {outcome: rank for rank, outcome in enumerate(Outcome)}


def acts() -> list[tuple[Act, bool]]:
    """Return every act, and whether all is known of it."""
    found = []
    for values in product(*VALUES.values()):
        told = dict(zip(VALUES, values, strict=True))
        given = {name: one for name, one in told.items() if one not in {UNKNOWN, NONE}}
        absent = {name for name, one in told.items() if one == NONE}
        own = {name: given.pop(name) for name in ("paid", "duration") if name in given}
        found.append((Act(**own, labels=given, absent=absent), UNKNOWN not in values))
    return found


def a_test(draw: Random) -> Condition:
    """Return a test of one of the facts."""
    took, tone = fact("duration"), fact("tone")
    return draw.choice(
        [
            fact("paid").is_(draw.random() < 0.5),  # noqa: PLR2004 - as often as not
            fact("pii").is_(draw.random() < 0.5),  # noqa: PLR2004 - as often as not
            tone.one_of(*draw.sample(["angry", "calm", "sad"], draw.choice([1, 2]))),
            draw.choice([took.below, took.above, took.at_least])(hours(draw.choice([1, 2]))),
        ]
    )


def a_condition(draw: Random, depth: int = 2) -> Condition:
    """Return a test, or several that are joined."""
    if not depth or draw.random() < 0.3:  # noqa: PLR2004 - a share
        return a_test(draw)
    one, other = (a_condition(draw, depth - 1) for _ in range(2))
    return draw.choice([one & other, one | other, ~one & other])


def a_charter(draw: Random) -> Charter:
    """Return a charter of few rules."""
    rules = []
    for number in range(draw.randint(1, 6)):
        told = {"when": a_condition(draw), "because": "Because."}
        effect = draw.choice([Effect.PERMIT, Effect.PERMIT, Effect.REFER, Effect.FORBID])
        more = {"to": "desk"} if effect is Effect.REFER else {}
        rules.append(getattr(Rule, effect.name.lower())(f"r{number}", **told, **more))
    return Charter("c", rules=rules, circuits=CIRCUITS, default="desk", labels=LABELS)


def decided(charter: Charter, every: Sequence[Act]) -> list[Outcome]:
    """Return what Cedar decides of each act."""
    made = to_cedar(charter)
    if made.problems:
        raise SystemExit(f"what Cedar cannot say: {made.problems}")
    effects = [line[9:-2] for line in made.policies.splitlines() if line.startswith("@effect(")]
    asked = [{**WHO, "context": cedar_context(charter, act)} for act in every]
    policies = cedarpy.PolicySet.from_str(made.policies)
    found = []
    for answer in cedarpy.is_authorized_batch(asked, policies, "[]"):
        why = {effects[int(name.removeprefix("policy"))] for name in answer.diagnostics.reasons}
        denied = Outcome.FORBIDDEN if "forbid" in why else Outcome.EXCEPTION
        found.append(Outcome.COVERED if answer.allowed else denied)
    return found


def verdicts(before: Charter, after: Charter, when: Condition) -> dict[str, Truth]:
    """Return what is claimed of two charters, and of the first whether it covers acts of a kind."""
    never = attrs.evolve(before, never=[Guarantee("covered", when=when)])
    found = contrast(before, after)
    nothing = next(one for one in analyse(before).claims if one.code == "covers nothing")
    return {
        "covers nothing": nothing.holds,
        "never covered": prove(never).guarantees[0].holds,
        "no more open": found.no_more_open,
        "no less open": found.no_less_open,
    }


def enumerated(
    before: Sequence[Outcome], after: Sequence[Outcome], meant: Sequence[Outcome]
) -> dict[str, bool]:
    """Return what the same comes to by decisions; `meant` are covered where a condition is true."""
    pairs = [(RANK[old], RANK[new]) for old, new in zip(before, after, strict=True)]
    covered = Outcome.COVERED
    return {
        "covers nothing": covered not in before,
        "never covered": not any(
            old is one is covered for old, one in zip(before, meant, strict=True)
        ),
        "no more open": all(new >= old for old, new in pairs),
        "no less open": all(new <= old for old, new in pairs),
    }


def main() -> None:
    """Hold verdicts against enumeration, and say how many there were of each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pairs", type=int, nargs="?", default=200)
    pairs = asked.parse_args().pairs
    draw = Random(15)  # noqa: S311 - no secret
    every = acts()
    known = [place for place, (_, is_known) in enumerate(every) if is_known]
    counted, differing = Counter[tuple[str, str]](), 0
    spent = {"ours": 0.0, "enumeration": 0.0}
    for _ in range(pairs):
        before, other, when = a_charter(draw), a_charter(draw), a_condition(draw)
        alike = draw.random() < 0.5  # noqa: PLR2004 - as often as not
        more = [attrs.evolve(rule, id=f"{rule.id}-too") for rule in other.rules[:1]]
        after = before.with_rule(*more) if alike else other
        kind = attrs.evolve(before, rules=[Rule.permit("kind", when=when, because="Asked.")])
        start = process_time()
        ours = verdicts(before, after, when)
        spent["ours"] += process_time() - start
        start = process_time()
        judged = [decided(one, [act for act, _ in every]) for one in (before, after, kind)]
        spent["enumeration"] += process_time() - start
        theirs = enumerated(*judged)
        of_known = enumerated(*([some[place] for place in known] for some in judged))
        for name, claimed in ours.items():
            right = claimed is Truth.of(theirs[name]) and (of_known[name] or not theirs[name])
            counted[name, f"{claimed.name.lower()}"] += 1
            counted[name, "of known acts otherwise"] += theirs[name] is not of_known[name]
            if not right:
                differing += 1
                print(f"{name}: claimed {claimed.name}, enumerated {theirs[name]}: {before.rules}")
    told = f"{pairs:,} pairs, {len(every):,} acts each, {len(known):,} of which all is known"
    print(f"{told}; verdicts that differ: {differing}")
    for (name, what), count in sorted(counted.items()):
        print(f"  {name}: {what} {count:,}")
    print(", ".join(f"{what} {took:.1f} s" for what, took in spent.items()))
    if differing:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
