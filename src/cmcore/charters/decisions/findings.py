"""What tests find of an act; on words it is kept with the charter, as acts repeat them."""

from collections.abc import Iterator
from typing import Final

from cmcore.base.ledgers import kept
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.finding import Finding
from cmcore.charters.meaning.explanation import evidence, found_by
from cmcore.charters.meaning.observation import Facts

#: How many findings are kept with a charter, and the longest word, or set of words, they are of.
MOST: Final = 4096
LONGEST: Final = 64


def findings(charter: Charter, condition: Condition, facts: Facts) -> Iterator[Finding]:
    """Yield what the tests found that make `condition` what it is."""
    for test in evidence(condition, facts):
        yield found(charter, test, facts)


def found(charter: Charter, test: FactTest, facts: Facts) -> Finding:
    """Return what `test` found on the facts, as `finding` does."""
    got = facts.read(test.fact)
    is_short = isinstance(got, str | frozenset) and len(got) <= LONGEST
    if not is_short or facts.type_of(test.fact) is FactType.TEXT:
        return found_by(test, got, facts)
    known: dict[object, Finding] = kept(charter.notes, "findings", dict)
    key = id(test), got  # a finding holds its test, whose id is no other's as long as it is kept
    again = known.get(key)
    if again is None:
        if len(known) >= MOST:
            known.clear()
        again = known[key] = found_by(test, got, facts)
    return again
