"""Gaps: the widest kinds of act of which no rule says anything, as conditions."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.analysis._examiner import Examiner
from cmcore.charters.analysis._fewest import fewest
from cmcore.charters.analysis._formula import ANY, FALSE, TRUE, UNKNOWN, Atom, Formula, either
from cmcore.charters.analysis._search import Found, World
from cmcore.charters.analysis._theory import Question, truths
from cmcore.charters.analysis.analysis import Unruled
from cmcore.charters.conditions.condition import All, Condition, FactTest
from cmcore.charters.conditions.operators import Op
from cmcore.charters.history import Case
from cmcore.charters.rule import Effect, Term
from cmcore.time.intervals import midnight

#: How many kinds of act are shown.
_MOST: Final = 3
#: How many truths are tried before a kind of act is not made wider.
_STEPS: Final = 200
_KNOWN: Final = TRUE | FALSE


def gaps(examiner: Examiner) -> tuple[tuple[Unruled, ...], Truth]:
    """Return kinds of act of which a charter says nothing, each as wide as it can be made.

    And whether it says nothing of other acts either, whose facts are known.
    """
    outside: list[Formula] = []
    found: list[Unruled] = []
    while True:
        made = _outside(examiner, outside)
        if made.world is None or len(found) == _MOST:
            break
        gap, kind = _gap(examiner, made.world)
        found.append(gap)
        outside.append(either(Atom(one.question, ~one.mask & ANY) for one in kind))
    more = Truth.of(made.world is not None if made.settled else None)
    return tuple(sorted(found, key=lambda gap: len(gap.when.of))), more


def _outside(examiner: Examiner, outside: Iterable[Formula]) -> Found:
    """Return an act of which nothing is said, and which is in no kind that was found."""
    known = (Atom(number, _KNOWN) for number in range(len(examiner.questions)))
    return examiner.find_among(examiner.sheets[0].silent, [*known, *outside])


def _gap(examiner: Examiner, world: World) -> tuple[Unruled, list[Atom]]:
    """Return a kind of act of which nothing is said, to which an act belongs."""
    sheet = examiner.sheets[0]
    asked = list(enumerate(examiner.questions))
    bits = truths(asked, *world)
    kind = [Atom(number, bit) for (number, _), bit in zip(asked, bits, strict=True) if bit & _KNOWN]

    saying = [
        *sheet.are(sheet.of(Effect.FORBID, Effect.REFER), TRUE | UNKNOWN),
        *sheet.are(sheet.of(Effect.PERMIT), TRUE),
    ]

    def is_silent(left: Sequence[Atom]) -> bool:
        return all(examiner.excludes(said, left, _STEPS) for said in saying)

    kind = fewest(kind, is_silent)
    when = All(_condition(examiner.questions[one.question], one.mask) for one in kind)
    # an act that has no more than makes it one of the kind shows it best
    shown = examiner.find_among(sheet.silent, kind).world or world
    return Unruled(when, Case(*shown)), kind


def _condition(question: Question, mask: int) -> Condition:
    """Return what a question asks as a condition that a charter could write."""
    leaf = question.leaf
    made = leaf if isinstance(leaf, FactTest) else _days(leaf, question.charter.zone)
    return made if mask == TRUE else ~made


def _days(term: Term, zone: str) -> Condition:
    """Return the condition that the moment lies in the days of a term."""
    parts = []
    if term.since is not None:
        parts.append(FactTest("at", Op.AT_LEAST, midnight(term.since, zone)))
    if term.through is not None:
        parts.append(FactTest("at", Op.BELOW, midnight(term.through + timedelta(days=1), zone)))
    return All(parts)
