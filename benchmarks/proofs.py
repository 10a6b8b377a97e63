"""How long an analysis takes by the number of rules, and whether random acts refute what it proves.

Run `python benchmarks/proofs.py [SIZE …]`: charters are those of `neutral.py`. `--challenge ACTS`
then draws so many acts for each charter of the catalog, of the files named by `--charter` and for
as many random ones as `--random` says, from the values that the charter's own tests tell apart. It
says how many refute a proven claim of `analyse`, of `prove` or of `contrast` with charters that are
nearly the same: none. Guarantees of a charter that states none are those that its rules suggest.

Decisions are made of the truths of rules here, by the table of what is decided, and not by the
formulas that claims are searched with.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random
from time import process_time

import attrs
from agreement import a_charter
from neutral import Workload

from cmcore import Charter, Effect, Outcome, catalog, read
from cmcore.base.truth import Truth
from cmcore.charters import Guarantee, analyse, contrast, prove
from cmcore.charters.analysis._examiner import Examiner, Sheet
from cmcore.charters.analysis._formula import FALSE, TRUE, UNKNOWN
from cmcore.charters.analysis._search import World
from cmcore.charters.analysis._worlds import world
from cmcore.charters.analysis.analysis import Claim
from cmcore.charters.rule import Rule

#: The outcome of an act and its circuits, with the rules that decide.
Decided = tuple[Outcome, frozenset[str], frozenset[str]]
#: Whether the truths of rules, and what holds besides, refute something.
Refutes = Callable[[Sequence[int]], bool]
RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}
MASKS = (TRUE, FALSE, UNKNOWN, TRUE | FALSE, TRUE | FALSE | UNKNOWN)


def timed(size: int) -> None:
    """Print what the analysis of so many rules takes, and how much it leaves open."""
    charter = Workload(size, posts=1).charter()
    start = process_time()
    found = analyse(charter)
    took = process_time() - start
    left = len(found.undecided), found.overlaps_left, len(found.closings_left)
    print(f"{size:>6,} rules {took:>7.2f} s; left open: claims, pairs, facts {left}", flush=True)


def drawn(examiner: Examiner, draw: Random) -> Iterator[World]:
    """Yield acts made of what each fact may be, for truths of its tests drawn at random."""
    charters = examiner.charters
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
            yield world(charters, parts)
        except Exception:  # noqa: BLE001, S112 - what cannot be made is no act
            continue


def decided(sheet: Sheet, truths: Sequence[int], but: str = "") -> Decided:
    """Return what a charter decides where its rules have these truths, without one of them."""
    charter = sheet.charter
    rules = [(rule, truths[sheet.numbers[rule.id]]) for rule in charter.rules if rule.id != but]
    forbids, refers, permits = (
        [(rule, bit) for rule, bit in rules if rule.effect is effect and bit != FALSE]
        for effect in (Effect.FORBID, Effect.REFER, Effect.PERMIT)
    )
    if forbidding := _named(rule for rule, bit in forbids if bit == TRUE):
        return Outcome.FORBIDDEN, frozenset(), forbidding
    if asking := [rule for rule, _ in (*forbids, *refers)]:
        sent = (charter.default,) if forbids else ()
        circuits = frozenset(sent).union(*(rule.to for rule, _ in refers))
        return Outcome.EXCEPTION, circuits, _named(asking)
    if permitting := _named(rule for rule, bit in permits if bit == TRUE):
        return Outcome.COVERED, frozenset(), permitting
    return Outcome.EXCEPTION, frozenset({charter.default}), frozenset()


def _named(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(rule.id for rule in rules)


def of_claim(sheet: Sheet, claim: Claim) -> Refutes:
    """Return what refutes a claim."""
    number = sheet.numbers.get(claim.about, -1)
    match claim.code:
        case "never true":
            return lambda truths: truths[number] == TRUE
        case "never decides":
            return lambda truths: (
                truths[number] == TRUE and claim.about in decided(sheet, truths)[2]
            )
        case "needless":
            return lambda truths: (
                decided(sheet, truths)[:2] != decided(sheet, truths, claim.about)[:2]
            )
        case "not reached":
            return lambda truths: claim.about in decided(sheet, truths)[1]
        case _:
            return lambda truths: decided(sheet, truths)[0] is Outcome.COVERED


def of_guarantee(sheet: Sheet, word: str, one: Guarantee, number: int) -> Refutes:
    """Return what breaks a guarantee whose condition has a number."""

    def breaks(truths: Sequence[int]) -> bool:
        outcome, circuits, _ = decided(sheet, truths)
        gets = outcome is one.outcome and (one.to is None or one.to in circuits)
        return truths[number] == TRUE and gets is (word == "never")

    return breaks


def of_pair(old: Sheet, new: Sheet) -> Iterator[tuple[str, Refutes]]:
    """Yield what refutes each thing that is proven of two charters."""
    found = contrast(old.charter, new.charter)

    def pair(truths: Sequence[int]) -> tuple[Decided, Decided]:
        return decided(old, truths), decided(new, truths)

    def ranks(truths: Sequence[int]) -> tuple[int, int]:
        was, now = pair(truths)
        return RANKS[was[0]], RANKS[now[0]]

    def differs(truths: Sequence[int]) -> bool:
        was, now = pair(truths)
        return was[:2] != now[:2]

    held = {
        "no more open": (found.no_more_open, lambda truths: ranks(truths)[0] > ranks(truths)[1]),
        "no less open": (found.no_less_open, lambda truths: ranks(truths)[0] < ranks(truths)[1]),
        "equivalent": (found.equivalent, differs),
    }
    for name, (holds, refutes) in held.items():
        if holds is Truth.TRUE:
            yield name, refutes


def variants(charter: Charter, needless: Sequence[str]) -> Iterator[Charter]:
    """Yield charters of which something can be proven beside this one."""
    yield attrs.evolve(charter, rules=tuple(reversed(charter.rules)))
    for effect in Effect:
        yield charter.without_rule(*[r.id for r in charter.rules if r.effect is effect][:1])
    for id_ in needless[:3]:
        yield charter.without_rule(id_)


def promising(charter: Charter) -> Charter:
    """Return a charter with guarantees: its own, or those that its rules suggest."""
    if charter.guarantees:
        return charter
    barring = [rule for rule in charter.rules if rule.effect is not Effect.PERMIT]
    never = [Guarantee("covered", when=rule.when) for rule in barring]
    always = [
        Guarantee("forbidden", when=rule.when) for rule in barring if rule.effect is Effect.FORBID
    ]
    return attrs.evolve(charter, never=never, always=always)


def challenged(given: Charter, acts: int) -> int:
    """Print how many of so many acts refute what is proven of a charter, and return that."""
    charter = promising(given)
    found = analyse(charter)
    needless = [claim.about for claim in found.findings if claim.code == "needless"]
    others = list(variants(charter, needless))
    guarantees = charter.guarantees
    asked = [one.when for _, _, one in guarantees]
    examiner = Examiner(charter, *others, besides=asked)
    first, *sheets = examiner.sheets
    claims = [(f"{one.code} {one.about}", of_claim(first, one)) for one in found.findings]
    claims += [
        (f"{word} {one}", of_guarantee(first, word, one, atom.question))
        for (word, _, one), atom, result in zip(
            guarantees, examiner.besides, prove(charter).guarantees, strict=True
        )
        if result.holds is Truth.TRUE
    ]
    claims += [one for sheet in sheets for one in of_pair(first, sheet)]
    kinds, refuted = set[tuple[int, ...]](), list[str]()
    made = drawn(examiner, Random(15))  # noqa: S311 - no secret
    for _ in range(acts):
        truths = tuple(examiner.truths(next(made)))
        if truths not in kinds:
            kinds.add(truths)
            refuted += [about for about, refutes in claims if refutes(truths)]
    told = f"{len(claims)} claims, {acts:,} acts of {len(kinds):,} kinds"
    print(f"{charter.id}: {told}; refuted: {sorted(set(refuted))}", flush=True)
    return len(refuted)


def main() -> None:
    """Measure, and challenge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", type=int, nargs="*", default=[10, 100, 1_000])
    asked.add_argument("--challenge", type=int, default=0, metavar="ACTS")
    asked.add_argument("--charter", action="append", default=[], metavar="FILE")
    asked.add_argument("--random", type=int, default=0, metavar="CHARTERS")
    given = asked.parse_args()
    for size in given.sizes:
        timed(size)
    if given.challenge:
        charters = [*catalog.charters.values(), *(read(path, Charter) for path in given.charter)]
        charters += [a_charter(Random(number)) for number in range(given.random)]  # noqa: S311
        if sum(challenged(charter, given.challenge) for charter in charters):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
