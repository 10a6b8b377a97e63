"""Whether a condition holds of what facts read, in strong Kleene logic."""

from collections.abc import Callable
from typing import Final, Protocol

from cmcore.base.truth import Truth, at_least
from cmcore.charters.conditions.condition import Condition, FactTest, Not, of_nothing, threshold
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, Bad, FactType, Reading
from cmcore.charters.conditions.forms import covering, within
from cmcore.charters.conditions.operators import TAKES, Relation, Sense


class Readings(Protocol):
    """What the facts of an act read, in the zone of its charter; an unknown one has no type."""

    @property
    def zone(self) -> str: ...  # noqa: D102 - as the class says

    def type_of(self, name: str, /) -> FactType: ...  # noqa: D102 - as the class says

    def read(self, name: str, /) -> Reading: ...  # noqa: D102 - as the class says


def sense(test: FactTest, facts: Readings) -> Sense:
    """Return what a test asks of its fact.

    Raises:
        LookupError: where the charter does not know the fact, or nobody may ask that of its type.
    """
    return TAKES[facts.type_of(test.fact)][test.op]


def test_truth(test: FactTest, facts: Readings) -> Truth:
    """Return whether `test` holds of the facts; unknown when its fact is, or cannot be used."""
    return reading_truth(test, facts.read(test.fact), facts)


def reading_truth(test: FactTest, reading: Reading, facts: Readings) -> Truth:
    """Return whether `test` holds where its fact reads `reading`, whatever else the facts are."""
    if reading is UNKNOWN or isinstance(reading, Bad):
        return Truth.UNKNOWN
    try:
        if reading is ABSENT:
            return Truth.of(of_nothing(test))
        asked = TAKES[facts.type_of(test.fact)][test.op]
        got = reading if test.fact not in _STAND_FOR else _sites(test, reading, asked.relation)
        return Truth.of(asked.holds(got, test.operand, facts.zone))
    except Exception:  # noqa: BLE001 - a test that fails must never open an outcome
        return Truth.UNKNOWN


#: The facts of which a word may stand for others, and what stands for them.
_STAND_FOR: Final[dict[str, Callable[..., frozenset[str]]]] = {"hosts": covering, "domains": within}


def _sites(test: FactTest, got: Reading, relation: Relation) -> Reading:
    """Return sites with those that stand for them, where a test names any."""
    if not isinstance(test.operand, frozenset):
        return got
    return _STAND_FOR[test.fact](got, test.operand, only=relation is Relation.BEYOND)


test_truth.__test__ = False  # type: ignore[attr-defined]


def truth(condition: Condition, facts: Readings) -> Truth:
    """Return whether `condition` holds of the facts, in strong Kleene logic."""
    if isinstance(condition, FactTest):
        return test_truth(condition, facts)
    if isinstance(condition, Not):
        return ~truth(condition.of, facts)
    count, parts = threshold(condition)
    return at_least(count, (truth(part, facts) for part in parts))
