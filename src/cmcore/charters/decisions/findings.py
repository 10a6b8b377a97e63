"""What tests find of an act; what acts share is kept with the charter, as they repeat it."""

from collections.abc import Iterator
from typing import Final

from cmcore.base.ledgers import kept
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.finding import Finding
from cmcore.charters.meaning.explanation import evidence, found_by
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.recollection import is_shared, recollection

#: How many findings are kept with a charter.
MOST: Final = 4096


def findings(charter: Charter, condition: Condition, facts: Facts) -> Iterator[Finding]:
    """Yield what the tests found that make a condition of the charter what it is, each once."""
    for test in recollection(charter).of(_each_once, condition, facts):
        yield found(charter, test, facts)


def _each_once(condition: Condition, facts: Facts) -> tuple[FactTest, ...]:
    return tuple(dict.fromkeys(evidence(condition, facts)))


def found(charter: Charter, test: FactTest, facts: Facts) -> Finding:
    """Return what `test` found on the facts, as `finding` does."""
    got = facts.read(test.fact)
    is_text = type(got) is str and facts.type_of(test.fact) is FactType.TEXT
    if is_text or not is_shared(got):
        return found_by(test, got, facts)
    known: dict[object, Finding] = kept(charter.notes, "findings", dict)
    key = id(test), got  # a finding holds its test, whose id is no other's as long as it is kept
    again = known.get(key)
    if again is None:
        if len(known) >= MOST:
            known.clear()
        again = known[key] = found_by(test, got, facts)
    return again
