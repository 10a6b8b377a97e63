"""The meaning of a charter: the plain reference evaluation every faster path must agree with."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from cmcore.base.truth import Truth, at_least
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import (
    HOLDS_OF_NOTHING,
    Condition,
    FactTest,
    Hours,
    Not,
    Op,
    Quiet,
    Rate,
    threshold,
)
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, Bad, Log, Reading
from cmcore.charters.conditions.forms import covering, within
from cmcore.charters.decision import Outcome, Ruling, strictest
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule
from cmcore.text.measures import pattern_found

# The tests: what each op asks of a known value. None means that the value does not tell.
_Ask = Callable[[Any, Any, str], bool | None]


def _fewer(least: int, most: int | None, limit: int) -> bool | None:
    """Tell whether a count known to lie from `least` to `most` is below `limit`."""
    if least >= limit:
        return False
    return True if most is not None and most < limit else None


def _log_below(log: Log, within: timedelta, limit: int) -> bool | None:
    least, most = log.count(within)
    return _fewer(least, most, limit)


def _flip(known: bool | None) -> bool | None:  # noqa: FBT001 - the value itself
    return None if known is None else not known


def _at_most(got: Any, want: Any, _: str) -> bool | None:  # noqa: ANN401 - typed by TAKES
    return _log_below(got, want.within, want.count + 1) if isinstance(want, Rate) else got <= want


def _at_least(got: Any, want: Any, _: str) -> bool | None:  # noqa: ANN401 - typed by TAKES
    if isinstance(want, Quiet):
        return _log_below(got, want.since, 1)
    if isinstance(want, Rate):
        return _flip(_log_below(got, want.within, want.count))
    return bool(got >= want)


def _during(got: datetime, want: Hours, zone: str) -> bool:
    return want.week.holds(got, want.zone or zone)


ASK: Final[dict[Op, _Ask]] = {
    Op.IS: lambda got, want, _: got == want,
    Op.ONE_OF: lambda got, want, _: got in want,
    Op.ANY_OF: lambda got, want, _: not want.isdisjoint(got),
    Op.ALL_OF: lambda got, want, _: want <= got,
    Op.NONE_OF: lambda got, want, _: (
        want.isdisjoint(got) if isinstance(got, frozenset) else got not in want
    ),
    Op.ONLY: lambda got, want, _: got <= want,
    Op.BELOW: lambda got, want, _: got < want,
    Op.AT_MOST: _at_most,
    Op.AT_LEAST: _at_least,
    Op.ABOVE: lambda got, want, _: got > want,
    Op.BETWEEN: lambda got, want, _: want.low <= got <= want.high,
    Op.MORE_THAN: lambda got, want, _: _flip(_log_below(got, want.within, want.count + 1)),
    Op.FEWER_THAN: lambda got, want, _: _log_below(got, want.within, want.count),
    Op.MENTIONS: lambda got, want, _: want.holds(got),
    Op.DURING: _during,
}


#: The facts of which a word may stand for others, and what stands for them.
_STAND_FOR: Final[dict[str, Callable[..., frozenset[str]]]] = {"hosts": covering, "domains": within}


def _asked(test: FactTest, got: Any, facts: Facts) -> bool | None:  # noqa: ANN401 - typed by TAKES
    if test.op is Op.MATCHES:
        return bool(matches(test, got, facts))
    if test.fact in _STAND_FOR:
        got = _STAND_FOR[test.fact](got, test.operand, only=test.op is Op.ONLY)
    return ASK[test.op](got, test.operand, facts.zone)


def matches(test: FactTest, got: Any, facts: Facts) -> tuple[str, ...]:  # noqa: ANN401 - a text or words
    """Return the pieces of a text, or the words, in which the pattern of a test is found.

    Words have no case: neither has a pattern that looks for them.
    """
    pattern, is_text = str(test.operand), facts.is_text(test.fact)
    if isinstance(got, frozenset):
        return tuple(w for w in sorted(got) if pattern_found(pattern, w, caseless=True) is not None)
    piece = pattern_found(pattern, got, caseless=not is_text)
    return () if piece is None else (piece,)


def test_truth(test: FactTest, facts: Facts) -> Truth:
    """Return whether `test` holds of the facts; unknown when its fact is, or cannot be used."""
    return reading_truth(test, facts.read(test.fact), facts)


def reading_truth(test: FactTest, reading: Reading, facts: Facts) -> Truth:
    """Return whether `test` holds where its fact reads `reading`, whatever else the facts are."""
    if reading is UNKNOWN or isinstance(reading, Bad):
        return Truth.UNKNOWN
    if test.op is Op.PRESENT:
        return Truth.of((reading is not ABSENT) == test.operand)
    if reading is ABSENT:
        return Truth.of(test.op in HOLDS_OF_NOTHING)
    try:
        return Truth.of(_asked(test, reading, facts))
    except Exception:  # noqa: BLE001 - a test that fails must never open an outcome
        return Truth.UNKNOWN


test_truth.__test__ = False  # type: ignore[attr-defined]


def truth(condition: Condition, facts: Facts) -> Truth:
    """Return whether `condition` holds of the facts, in strong Kleene logic."""
    if isinstance(condition, FactTest):
        return test_truth(condition, facts)
    if isinstance(condition, Not):
        return ~truth(condition.of, facts)
    count, parts = threshold(condition)
    return at_least(count, (truth(part, facts) for part in parts))


def gate(charter: Charter, facts: Facts) -> Truth:
    """Return whether the charter covers anything at all here: in force, and within its scope."""
    return charter.term.holds(facts.day) & truth(charter.scope.condition(), facts)


def outside(charter: Charter, facts: Facts) -> tuple[str, ...]:
    """Return what makes the gate as false or unknown as it is: `term`, or parts of the scope."""
    whole = gate(charter, facts)
    held = [("term", charter.term.holds(facts.day))]
    held += [(name, truth(condition, facts)) for name, condition in charter.scope.parts()]
    return () if whole is Truth.TRUE else tuple(name for name, one in held if one is whole)


def rule_truth(rule: Rule, facts: Facts, gate: Truth) -> Truth:
    """Return whether `rule` is in force and its condition true; for a permit, the gate open too."""
    own = rule.term.holds(facts.day) & truth(rule.when, facts)
    return own & gate if rule.effect is Effect.PERMIT else own


def rule_truths(charter: Charter, facts: Facts, gate: Truth) -> list[tuple[Rule, Truth]]:
    """Return the rules of `charter`, each with its truth on the facts."""
    return [(rule, rule_truth(rule, facts, gate)) for rule in charter.rules]


def combine(charter: Charter, truths: Iterable[tuple[Rule, Truth]]) -> Ruling:
    """Return the ruling that follows from the truth of each rule.

    The strictest outcome that a rule says is the one. An exception goes to the circuit of every
    rule that makes it one; a rule in doubt whether it forbids names none, and asks the default
    circuit, as it is asked where nothing permits the act.
    """
    outcome, rules = strictest((rule.effect, is_true, rule) for rule, is_true in truths)
    circuits = frozenset[str]()
    if outcome is Outcome.EXCEPTION:
        asked = [rule.sent_to(charter.default) for rule in rules]
        circuits = circuits.union(*(asked or [frozenset({charter.default})]))
    ids = {rule.id for rule in rules}
    return Ruling(outcome, tuple(sorted(circuits)), tuple(sorted(ids)))


def judge(charter: Charter, facts: Facts) -> Ruling:
    """Return the ruling of `charter` on the facts of an act."""
    return combine(charter, rule_truths(charter, facts, gate(charter, facts)))
