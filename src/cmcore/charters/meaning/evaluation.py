"""The meaning of a charter: the plain reference evaluation every faster path must agree with."""

from collections.abc import Iterable

from cmcore.base.truth import Truth
from cmcore.charters.charter import Charter
from cmcore.charters.decision import Outcome, Ruling, strictest
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule


def gate(charter: Charter, facts: Facts) -> Truth:
    """Return whether the charter covers anything at all here: in force, and within its scope."""
    return charter.term.holds(facts.day) & truth(charter.framed, facts)


def outside(charter: Charter, facts: Facts) -> tuple[str, ...]:
    """Return what makes the gate as false or unknown as it is: `term`, or parts of the scope."""
    whole = gate(charter, facts)
    held = [("term", charter.term.holds(facts.day))]
    parts = charter.scope.parts(charter.counts)
    held += [(name, truth(condition, facts)) for name, condition in parts]
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


def ruled(charter: Charter, facts: Facts) -> tuple[Ruling, Truth]:
    """Return the ruling on the facts of an act, and whether the charter covers anything there."""
    is_open = gate(charter, facts)
    return combine(charter, rule_truths(charter, facts, is_open)), is_open


def judge(charter: Charter, facts: Facts) -> Ruling:
    """Return the ruling of `charter` on the facts of an act."""
    return ruled(charter, facts)[0]
