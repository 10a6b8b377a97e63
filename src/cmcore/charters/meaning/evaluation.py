"""The meaning of a charter: the plain reference evaluation every faster path must agree with."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from cmcore.base.truth import Truth, at_least
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, FactTest, Not, of_nothing, threshold
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, Bad, Reading
from cmcore.charters.conditions.forms import covering, within
from cmcore.charters.conditions.operators import TAKES, Relation, Sense
from cmcore.charters.decision import Outcome, Ruling, strictest
from cmcore.charters.rule import Effect, Rule

if TYPE_CHECKING:
    from cmcore.charters.meaning.observation import Facts


def sense(test: FactTest, facts: "Facts") -> Sense:
    """Return what a test asks of its fact.

    Raises:
        LookupError: where the charter does not know the fact, or nobody may ask that of its type.
    """
    return TAKES[facts.type_of(test.fact)][test.op]


def test_truth(test: FactTest, facts: "Facts") -> Truth:
    """Return whether `test` holds of the facts; unknown when its fact is, or cannot be used."""
    return reading_truth(test, facts.read(test.fact), facts)


def reading_truth(test: FactTest, reading: Reading, facts: "Facts") -> Truth:
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


def truth(condition: Condition, facts: "Facts") -> Truth:
    """Return whether `condition` holds of the facts, in strong Kleene logic."""
    if isinstance(condition, FactTest):
        return test_truth(condition, facts)
    if isinstance(condition, Not):
        return ~truth(condition.of, facts)
    count, parts = threshold(condition)
    return at_least(count, (truth(part, facts) for part in parts))


def gate(charter: Charter, facts: "Facts") -> Truth:
    """Return whether the charter covers anything at all here: in force, and within its scope."""
    return charter.term.holds(facts.day) & truth(charter.framed, facts)


def outside(charter: Charter, facts: "Facts") -> tuple[str, ...]:
    """Return what makes the gate as false or unknown as it is: `term`, or parts of the scope."""
    whole = gate(charter, facts)
    held = [("term", charter.term.holds(facts.day))]
    parts = charter.scope.parts(charter.counts)
    held += [(name, truth(condition, facts)) for name, condition in parts]
    return () if whole is Truth.TRUE else tuple(name for name, one in held if one is whole)


def rule_truth(rule: Rule, facts: "Facts", gate: Truth) -> Truth:
    """Return whether `rule` is in force and its condition true; for a permit, the gate open too."""
    own = rule.term.holds(facts.day) & truth(rule.when, facts)
    return own & gate if rule.effect is Effect.PERMIT else own


def rule_truths(charter: Charter, facts: "Facts", gate: Truth) -> list[tuple[Rule, Truth]]:
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


def judge(charter: Charter, facts: "Facts") -> Ruling:
    """Return the ruling of `charter` on the facts of an act."""
    return combine(charter, rule_truths(charter, facts, gate(charter, facts)))
