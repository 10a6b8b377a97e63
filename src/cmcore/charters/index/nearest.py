"""Near misses: the permits to which an act comes nearest, and what is missing from each."""

from bisect import insort
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.index._assemble import DAY
from cmcore.charters.index.sheet import Look, bits
from cmcore.charters.meaning.explanation import missing

#: How far a permit is, its id, and the tests that would have to turn.
Near = tuple[tuple[bool, int], str, tuple[FactTest, ...]]
#: How many slots that fail are counted; alternatives with more are all looked at.
_COUNTED: Final = 6
_DAY: Final = frozenset({DAY})
_KIND: Final = frozenset({"kind"})


def how_far(found: tuple[FactTest, ...]) -> tuple[bool, int]:
    """Return how far a permit with these gaps is; one for another kind of act is never near."""
    return any(test.fact == "kind" for test in found), len(found)


def nearest(look: Look, most: int) -> list[Near]:
    """Return the permits to which an act comes nearest, in order, `most` at most.

    What is missing for the scope is missing for each. An alternative is missing at least one
    test for each slot that does not make it true, so the others need not be looked at once enough
    are found that miss fewer.
    """
    found: list[Near] = []
    seen: set[str] = set()
    missing_from = missing(look.sheet.charter, look.facts)
    for least, bit in _candidates(look):
        rule = look.sheet.rule(bit)
        if len(found) == most and found[-1][:2] < (least, rule.id):
            break
        if rule.id in seen:
            continue
        seen.add(rule.id)
        lacking = missing_from(rule)
        if lacking:
            insort(found, (how_far(lacking), rule.id, lacking), key=lambda near: near[:2])
            del found[most:]
    return found


def _candidates(look: Look) -> Iterator[tuple[tuple[bool, int], int]]:
    """Yield the alternatives of permits by what they miss at least, then by the ids of the rules.

    Those that miss nothing are first: the act may be out of the scope.
    """
    awake = of_kind = look.sheet.permits
    #: by number: the alternatives with at most so many slots that do not make them true
    counts = [awake] * (_COUNTED + 1)
    for slot, left, sure in zip(look.sheet.slots, look.left, look.sure, strict=True):
        if slot.facts == _DAY:
            awake &= left
            continue
        holds = left & sure
        of_kind &= holds if slot.facts == _KIND else -1
        for at in range(_COUNTED, 0, -1):
            counts[at] = (counts[at] & holds) | counts[at - 1]
        counts[0] &= holds
    levels = [0, *counts, look.sheet.permits]
    for within, is_other in ((of_kind, False), (~of_kind, True)):
        for least, (fewer, these) in enumerate(pairwise(levels)):
            for bit in bits(these & ~fewer & within & awake):
                yield (is_other, least), bit
