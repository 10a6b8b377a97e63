"""Charters as policies of Cedar: what Cedar can say, and a list of what it cannot.

What cannot be said makes a policy stricter, never more open: a permit is left out or asks for more,
and what refers or forbids does so more often.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from cmcore.base.asked import checked
from cmcore.base.errors import Problem
from cmcore.base.truth import Truth, at_least
from cmcore.charters.act import Act
from cmcore.charters.analysis.proof import ExampleResult
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import (
    All,
    AnyOf,
    Condition,
    FactTest,
    Not,
    of_nothing,
    tests,
    threshold,
)
from cmcore.charters.conditions.facts import ABSENT, OF_LINKS, FactSpec, FactType
from cmcore.charters.conditions.operators import Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Context
from cmcore.charters.decision import Outcome, Ruling
from cmcore.charters.guarantee import Example
from cmcore.charters.meaning.evaluation import combine
from cmcore.charters.meaning.kleene import test_truth
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule, Term
from cmcore.codec.french import key_in_french
from cmcore.codec.policies import CedarExport
from cmcore.display.wording import Language

#: What the dates of a rule are called, in English and in French.
_TERM: Final = ("term", "validité")
#: Where a request lists the facts that nobody knows: no fact has such a name.
NOT_KNOWN: Final = "not known"
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LINE: Final = "(principal, action, resource)"
#: Where Cedar's whole numbers end, on either side.
_MOST: Final = 2**63
#: op -> how Cedar asks it of an attribute that is there; `{w}` is wanted, `{g}` is got.
_OPS: Final = {
    Op.IS: "{g} == {w}",
    Op.ONE_OF: "{w}.contains({g})",
    Op.ANY_OF: "{g}.containsAny({w})",
    Op.ALL_OF: "{g}.containsAll({w})",
    Op.ONLY: "{w}.containsAll({g})",
    Op.BELOW: "{g} < {w}",
    Op.AT_MOST: "{g} <= {w}",
    Op.AT_LEAST: "{g} >= {w}",
    Op.ABOVE: "{g} > {w}",
}
_NUMERIC: Final = frozenset({FactType.NUMBER, FactType.DURATION, FactType.INSTANT})
#: What each type of fact is in a schema of Cedar; numbers with decimals, texts and logs are none.
_TYPES: Final[dict[FactType, dict[str, Any]]] = {
    FactType.FLAG: {"type": "Boolean"},
    FactType.SYMBOL: {"type": "String"},
    FactType.SYMBOLS: {"type": "Set", "element": {"type": "String"}},
    **{kind: {"type": "Long"} for kind in _NUMERIC},
}


@checked
def to_cedar(charter: Charter, on: date | None = None, *, lang: Language = "en") -> CedarExport:
    """Return the policies of Cedar that allow what a charter covers.

    An act is allowed if it is covered. If not, the policies that decide have the annotation
    `effect`: where one says `forbid`, the act is forbidden; else it is an exception. What is not
    known counts as it does in the charter, where the request lists it: `cedar_context` makes one.
    `on` is the day for which rules are in force; without it, what depends on the day is not said.
    The examples of the charter come along as tests, where the policies give what they must get.
    `lang` is the language in which the policies list what cannot be said.

    Examples:
        >>> from cmcore import Charter, Rule, catalog, fact
        >>> from cmcore.codec import to_cedar
        >>> rule = Rule.permit("daily", when=fact("kind").is_("publish"), because="Everyday.")
        >>> desk = catalog.circuits["owner"]
        >>> made = to_cedar(Charter("shop", rules=[rule], circuits=[desk], default="owner"))
        >>> print(made)
        @id("daily")
        @effect("permit")
        @because("Everyday.")
        permit (principal, action, resource)
        when { (!context["not known"].contains("kind") && (if context has "kind" then \
context["kind"] == "publish" else false)) };
        <BLANKLINE>
    """
    writer = _Writer(charter.vocabulary, lang)
    told = [policy for rule in charter.rules for policy in writer.rule(charter, rule, on)]
    tried = [_tried(charter, one, index, on, lang) for index, one in enumerate(charter.examples)]
    problems = (*writer.problems, *(one for one in tried if isinstance(one, Problem)))
    unsaid = [f"// {problem.text(lang)}" for problem in problems]
    policies = "\n\n".join([*(["\n".join(unsaid)] if unsaid else []), *told])
    schema = json.dumps(_schema(_said(charter)), indent=2)
    asked = [one for one in tried if not isinstance(one, Problem)]
    return CedarExport(f"{policies}\n", schema, problems, tests=json.dumps(asked, indent=2))


@checked
def cedar_context(charter: Charter, act: Act, context: Context | None = None) -> dict[str, Any]:
    """Return the context of a request to Cedar about an act: what the policies read of it.

    Durations and instants are whole numbers of microseconds, the latter since 1970. A fact that has
    no value is left out, and one that is not known is listed under `not known`.

    Examples:
        >>> from cmcore import Act, Charter, Rule, catalog, fact
        >>> from cmcore.codec import cedar_context
        >>> rule = Rule.permit("ours", when=fact("paid").is_(False), because="Everyday.")
        >>> desk = catalog.circuits["owner"]
        >>> charter = Charter("shop", rules=[rule], circuits=[desk], default="owner")
        >>> cedar_context(charter, Act(paid=False)), cedar_context(charter, Act())
        ({'paid': False, 'not known': []}, {'not known': ['paid']})
    """
    facts = Facts(charter, act, context or Context())
    found: dict[str, Any] = {}
    hidden = []
    for spec in _said(charter):
        reading = facts.read(spec.name)
        told = None if reading is ABSENT else _plain(reading)
        if told is not None:
            found[spec.name] = told
        elif reading is not ABSENT:
            hidden.append(spec.name)
    return {**found, NOT_KNOWN: hidden}


def _said(charter: Charter) -> list[FactSpec]:
    """Return the facts that the policies of a charter may read, by name."""
    conditions = [charter.framed, *(rule.when for rule in charter.rules)]
    asked = {
        test.fact for one in conditions for test in tests(one) if _can(test, charter.vocabulary)
    }
    specs = (charter.vocabulary.find(name) for name in sorted(asked))
    return [spec for spec in specs if spec]


def _can(test: FactTest, vocabulary: Vocabulary) -> bool:
    """Return whether Cedar can ask what a test asks."""
    spec = vocabulary.find(test.fact)
    if spec is None or spec.type not in _TYPES or test.fact in OF_LINKS:
        return False
    if spec.type is FactType.NUMBER and not spec.domain.whole:
        return False
    return test.op in _OPS or test.op in {Op.PRESENT, Op.NONE_OF, Op.BETWEEN}


def _number(given: Any) -> int:  # noqa: ANN401 - anything that has an order
    """Return a number, a duration or an instant as Cedar counts: in microseconds, if in any.

    What is counted is a whole number, which never has too many digits.
    """
    given = given - _FIRST if isinstance(given, datetime) else given
    return given // timedelta(microseconds=1) if isinstance(given, timedelta) else int(given)


def _plain(reading: object) -> object:
    """Return a reading as a request has it; None where it cannot be used."""
    if isinstance(reading, bool | str):
        return reading
    if isinstance(reading, frozenset):
        return sorted(reading)
    if isinstance(reading, int | float | timedelta | datetime):
        number = _number(reading)
        return number if -_MOST <= number < _MOST else None
    return None


def _schema(specs: Iterable[FactSpec]) -> dict[str, Any]:
    words = {**_TYPES[FactType.SYMBOLS], "required": True}
    known = {spec.name: {**_TYPES[spec.type], "required": False} for spec in specs}
    record = {"type": "Record", "attributes": {**known, NOT_KNOWN: words}}
    applies = {"principalTypes": ["User"], "resourceTypes": ["Act"], "context": record}
    return {
        "": {"entityTypes": {"User": {}, "Act": {}}, "actions": {"act": {"appliesTo": applies}}}
    }


# ------------------------------------------------------------------------------------------- tests


def _tried(
    charter: Charter, one: Example, index: int, on: date | None, lang: Language
) -> dict[str, Any] | Problem:
    """Return an example as a test, or why it is none: the policies do not give what it must get."""
    given = _ruling(charter, one, on)
    if not ExampleResult(one, given).holds:
        return Problem.of("example-not-in-cedar", _word("examples", lang), index)
    name = f"examples[{index}]"  # as problems place it
    return {
        "name": f"{name}: {one.because}" if one.because else name,
        "request": {
            "principal": f"User::{_text(one.act.author or 'author')}",
            "action": 'Action::"act"',
            "resource": f"Act::{_text(one.act.id or name)}",
            "context": cedar_context(charter, one.act, one.context),
        },
        "entities": [],
        "decision": "allow" if given.outcome is Outcome.COVERED else "deny",
        "reason": [_decides(charter, id_, given.outcome) for id_ in given.determining],
        "num_errors": 0,
    }


def _decides(charter: Charter, rule: str, outcome: Outcome) -> str:
    """Return the policy of a rule by which acts get an outcome."""
    is_doubt = outcome is Outcome.EXCEPTION and charter.rule(rule).effect is Effect.FORBID
    return _in_doubt(rule) if is_doubt else rule


def _in_doubt(rule: str) -> str:
    return f"{rule} in doubt"


def _ruling(charter: Charter, one: Example, on: date | None) -> Ruling:
    """Return what the policies give: the charter, where what Cedar cannot say is unknown."""
    facts = Facts(charter, one.act, one.context)
    is_open = charter.term.holds(on) & _truth(charter.framed, facts, charter.vocabulary)
    truths = []
    for rule in charter.rules:
        own = rule.term.holds(on) & _truth(rule.when, facts, charter.vocabulary)
        truths.append((rule, own & is_open if rule.effect is Effect.PERMIT else own))
    return combine(charter, truths)


def _truth(condition: Condition, facts: Facts, vocabulary: Vocabulary) -> Truth:
    """Return whether a condition holds of what a request says."""
    if isinstance(condition, FactTest):
        reading = facts.read(condition.fact)
        is_told = reading is ABSENT or _plain(reading) is not None
        is_asked = is_told and _can(condition, vocabulary)
        return test_truth(condition, facts) if is_asked else Truth.UNKNOWN
    if isinstance(condition, Not):
        return ~_truth(condition.of, facts, vocabulary)
    count, parts = threshold(condition)
    return at_least(count, (_truth(part, facts, vocabulary) for part in parts))


# ---------------------------------------------------------------------------------------- policies


def _word(word: str, lang: Language) -> str:
    """Return a word of charters as those that are written in a language have it."""
    return word if lang == "en" else key_in_french(word)


class _Writer:
    """Writes rules as policies, and takes note of what cannot be said."""

    def __init__(self, vocabulary: Vocabulary, lang: Language) -> None:
        self.vocabulary = vocabulary
        self.lang: Language = lang
        self.problems: list[Problem] = []
        self._of = ""

    def rule(self, charter: Charter, rule: Rule, on: date | None) -> Iterator[str]:
        """Yield the policies of a rule: for one that forbids, another where that is in doubt."""
        self._of = rule.id
        if rule.effect is Effect.PERMIT:
            parts = [self._in_force(term, on, least=True) for term in (charter.term, rule.term)]
            parts += [self._bound(one, least=True) for one in (charter.framed, rule.when)]
            yield from _policy(rule, rule.id, "permit", "permit", _all(parts))
            return
        most = [self._in_force(rule.term, on, least=False), self._bound(rule.when, least=False)]
        if rule.effect is Effect.REFER:
            yield from _policy(rule, rule.id, "refer", "forbid", _all(most))
            return
        quiet = _Writer(self.vocabulary, self.lang)  # what it cannot say is the same
        sure = [quiet._in_force(rule.term, on, least=True), quiet._bound(rule.when, least=True)]
        yield from _policy(rule, rule.id, "forbid", "forbid", _all(sure))
        yield from _policy(rule, _in_doubt(rule.id), "doubt", "forbid", _all(most))

    def _unsaid(self, *what: str, least: bool) -> str:
        rules, *told = (_word(one, self.lang) for one in ("rules", *what))
        problem = Problem.of("not-in-cedar", rules, self._of, what=" ".join(told))
        if problem not in self.problems:
            self.problems.append(problem)
        return "false" if least else "true"

    def _in_force(self, term: Term, on: date | None, *, least: bool) -> str:
        holds = term.holds(on)
        if holds is Truth.UNKNOWN:
            return self._unsaid(_TERM[self.lang == "fr"], least=least)
        return "true" if holds is Truth.TRUE else "false"

    def _bound(self, condition: Condition, *, least: bool) -> str:
        """Write when a condition is sure to be true (`least`), or else when it may be."""
        if isinstance(condition, FactTest):
            return self._test(condition, least=least)
        if isinstance(condition, Not):
            return _not(self._bound(condition.of, least=not least))
        parts = [self._bound(part, least=least) for part in condition.of]
        if isinstance(condition, All):
            return _all(parts)
        if isinstance(condition, AnyOf):
            return _any(parts)
        count, _ = threshold(condition)
        return f"({' + '.join(f'(if {part} then 1 else 0)' for part in parts)}) >= {count}"

    def _test(self, test: FactTest, *, least: bool) -> str:
        if not _can(test, self.vocabulary):
            return self._unsaid(test.fact, test.op, least=least)
        name = _text(test.fact)
        has = f"context has {name}"
        if test.op is Op.PRESENT:
            asked = f"({has})" if test.operand else f"!({has})"
        else:
            asked = self._asked(test, f"context[{name}]")
            nothing = "true" if of_nothing(test) else "false"
            asked = f"(if {has} then {asked} else {nothing})"
        hidden = f"context[{_text(NOT_KNOWN)}].contains({name})"
        return f"(!{hidden} && {asked})" if least else f"({hidden} || {asked})"

    def _asked(self, test: FactTest, got: str) -> str:
        want: Any = test.operand
        spec = self.vocabulary.find(test.fact)
        if test.op is Op.BETWEEN:
            return f"({got} >= {_number(want.low)} && {got} <= {_number(want.high)})"
        if test.op is Op.NONE_OF:
            are_many = spec is not None and spec.type is FactType.SYMBOLS
            op = _OPS[Op.ANY_OF if are_many else Op.ONE_OF]
            return f"!({op.format(g=got, w=_literal(want))})"
        if spec is not None and spec.type in _NUMERIC:
            return _OPS[test.op].format(g=got, w=_number(want))
        return _OPS[test.op].format(g=got, w=_literal(want))


def _policy(rule: Rule, id_: str, effect: str, word: str, when: str) -> Iterator[str]:
    if when == "false":
        return
    notes = [f"@id({_text(id_)})", f"@effect({_text(effect)})", f"@because({_text(rule.because)})"]
    notes += [f"@circuits({_text(' '.join(sorted(rule.to)))})"] if rule.to else []
    yield "\n".join([*notes, f"{word} {_LINE}", f"when {{ {when} }};"])


def _all(parts: Iterable[str]) -> str:
    some = [part for part in parts if part != "true"]
    return "false" if "false" in some else _joined(some, " && ") or "true"


def _any(parts: Iterable[str]) -> str:
    some = [part for part in parts if part != "false"]
    return "true" if "true" in some else _joined(some, " || ") or "false"


def _joined(parts: list[str], word: str) -> str:
    return f"({word.join(parts)})" if len(parts) > 1 else "".join(parts)


def _not(part: str) -> str:
    return {"true": "false", "false": "true"}.get(part, f"!({part})")


def _literal(given: object) -> str:
    if isinstance(given, frozenset):
        return f"[{', '.join(_text(one) for one in sorted(given))}]"
    return json.dumps(given) if isinstance(given, bool) else _text(str(given))


def _text(given: str) -> str:
    """Return a text as Cedar writes it, whose escapes are not those of JSON."""
    escaped = "".join(
        f"\\{one}" if one in '"\\' else one if one.isprintable() else f"\\u{{{ord(one):x}}}"
        for one in given
    )
    return f'"{escaped}"'
