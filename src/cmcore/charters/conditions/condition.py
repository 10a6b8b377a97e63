"""Conditions: what a rule asks of the facts, as values composed with `&`, `|` and `~`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import field

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.ids import nearest, one_of
from cmcore.base.synonyms import ASKED, CONTRARY
from cmcore.base.values import value
from cmcore.charters.conditions.facts import MEASURES, FactSpec, FactType, form_of
from cmcore.charters.conditions.forms import NORMAL, NORMAL_SETS
from cmcore.charters.conditions.operands import Operand, operand_text
from cmcore.charters.conditions.operators import OPERATORS, PATTERNED, TAKES, Op, Sense
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.text.measures import compile_pattern

DEEPEST: Final = 64


class _Composable:
    """What every condition can do: be joined to others with `&`, `|` and `~`."""

    __slots__ = ()
    __thing__ = "condition"

    def __and__(self, other: "Condition") -> "All":
        return All((*_flat(All, self), *_flat(All, other)))

    def __or__(self, other: "Condition") -> "AnyOf":
        return AnyOf((*_flat(AnyOf, self), *_flat(AnyOf, other)))

    def __invert__(self) -> "Condition":
        return self.of if isinstance(self, Not) else Not(self)  # type: ignore[arg-type]


def require_condition(given: object) -> None:
    """Refuse anything but a condition, such as a fact of which nothing is asked."""
    if not isinstance(given, _Composable):
        raise refuse("wrong-value", given=given, wanted="condition")


def _flat(kind: "type[All | AnyOf]", one: object) -> "tuple[Condition, ...]":
    return one.of if isinstance(one, kind) else (one,)  # type: ignore[return-value]


def _conditions(many: "Iterable[Condition]") -> "tuple[Condition, ...]":
    """Put tests first, in order of their facts: the order they are written in means nothing."""
    return tuple(sorted(many, key=_rank))


def _rank(part: object) -> tuple[bool, str, str]:
    return (False, part.fact, str(part.op)) if isinstance(part, FactTest) else (True, "", "")


def _depth(parts: "tuple[Condition, ...]") -> int:
    for part in parts:
        require_condition(part)
    depth = 1 + max((part.depth for part in parts), default=0)
    if depth > DEEPEST:
        raise refuse("condition-too-deep", most=DEEPEST)
    return depth


def _deep() -> int:
    return field(init=False, default=1, eq=False, repr=False)


@value
class All(_Composable):
    """True when every part is true; without parts, always true."""

    of: "tuple[Condition, ...]" = field(converter=_conditions)
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "depth", _depth(self.of))


@value
class AnyOf(_Composable):
    """True when at least one part is true; without parts, never true."""

    of: "tuple[Condition, ...]" = field(converter=_conditions)
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "depth", _depth(self.of))


@value
class Not(_Composable):
    """True when its part is false; unknown when its part is unknown."""

    of: "Condition"
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "depth", _depth((self.of,)))


@value
class AtLeast(_Composable):
    """True when at least `count` of the parts are true."""

    count: int
    of: "tuple[Condition, ...]" = field(converter=_conditions)
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.count, least=-(10**9)))
        if not 1 <= self.count <= len(self.of):
            hint = None if self.of else "list-conditions"
            raise refuse("bad-at-least", count=self.count, of=len(self.of), hint=hint)
        object.__setattr__(self, "depth", _depth(self.of))


def _normal(fact: str, named: str | frozenset[str]) -> str | frozenset[str]:
    """Return the words of a fact in their normal form; one that has none stays, to be refused."""
    form = form_of(fact)
    words = NORMAL[form]
    if isinstance(named, str):
        return words[named] or named
    many: frozenset[Any] = named
    return NORMAL_SETS[form][named] or frozenset(
        (words[word] or word) if isinstance(word, str) else word for word in many
    )


def _as_op(given: str) -> Op:
    return one_of(Op, given)


@value
class FactTest(_Composable):
    """One question about one fact."""

    __test__ = False  # not a test class for pytest

    fact: str
    op: Op = field(converter=_as_op)
    operand: Operand
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        if self.op in PATTERNED and isinstance(self.operand, str):
            compile_pattern(self.operand)
        elif isinstance(self.operand, str | frozenset):
            object.__setattr__(self, "operand", _normal(self.fact, self.operand))


Condition = All | AnyOf | Not | AtLeast | FactTest
ALWAYS: Final = All(())
NEVER: Final = AnyOf(())


@checked
def all_of(*conditions: Condition) -> All:
    """Return the condition that is true when all of `conditions` are.

    Examples:
        >>> from cmcore import fact, view
        >>> from cmcore.charters import all_of
        >>> print(view(all_of(fact("kind").is_("publish"), fact("topics").only("product"))))
        all conditions
          `kind` is `publish` and `topics` has only `product`
    """
    return All(conditions)


@checked
def any_of(*conditions: Condition) -> AnyOf:
    """Return the condition that is true when any of `conditions` is.

    Examples:
        >>> from cmcore import fact, view
        >>> from cmcore.charters import any_of
        >>> print(view(any_of(fact("paid").is_(True), fact("text").mentions("sale"))))
        any condition
          `paid` is yes or `text` mentions sale
    """
    return AnyOf(conditions)


@checked
def at_least(count: int, *conditions: Condition) -> AtLeast:
    """Return the condition that is true when at least `count` of `conditions` are.

    Examples:
        >>> from cmcore import fact, view
        >>> from cmcore.charters import at_least
        >>> signs = fact("paid").is_(True), fact("text").mentions("sale"), fact("hour").above(20)
        >>> print(view(at_least(2, *signs)))
        at least n conditions
          at least 2 of (`hour` is above 20, `paid` is yes, `text` mentions sale)
    """
    return AtLeast(count, conditions)


def threshold(condition: All | AnyOf | AtLeast) -> tuple[int, tuple[Condition, ...]]:
    """Return how many of the parts must be true, and the parts."""
    if isinstance(condition, AtLeast):
        return condition.count, condition.of
    return (len(condition.of) if isinstance(condition, All) else 1), condition.of


#: What the days between which a rule is in force ask of an act; no charter writes it.
DATED: Final = FactTest("at", Op.PRESENT, operand=True)


def tests(condition: Condition) -> Iterator[FactTest]:
    """Yield every test of `condition`, in order."""
    if isinstance(condition, FactTest):
        yield condition
    else:
        for part in (condition.of,) if isinstance(condition, Not) else condition.of:
            yield from tests(part)


def sense_of(test: FactTest, kind: FactType) -> Sense | None:
    """Return what a test asks of a fact of that type; None where it makes no sense."""
    sense = TAKES[kind].get(test.op)
    return sense if sense and sense.operand.takes(test.operand) else None


def of_nothing(test: FactTest) -> bool:
    """Return whether a test holds of a fact that is known to have no value."""
    return not test.operand if test.op is Op.PRESENT else OPERATORS[test.op].negated


def words_asked(test: FactTest) -> frozenset[str]:
    """Return the words of its fact that a test names."""
    if test.op in PATTERNED or not isinstance(test.operand, str | frozenset):
        return frozenset()
    return test.operand if isinstance(test.operand, frozenset) else frozenset({test.operand})


def test_problems(test: FactTest, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong with the form of one test: its fact, its op or its operand."""
    spec = vocabulary.find(test.fact)
    if spec is None:
        yield vocabulary.missing(test.fact, test.fact)
        return
    taken = TAKES[spec.type].get(test.op)
    if taken is None:
        yield op_problem(spec, test.op, test.fact)
    elif not taken.operand.takes(test.operand):
        yield operand_problem(test, taken.operand, test.operand)


def operand_problem(test: FactTest, wanted: str, given: object, hint: str | None = None) -> Problem:
    """Return the problem of a test that asks for another thing than is wanted."""
    return Problem.of(
        "wrong-operand",
        test.fact,
        str(test.op),
        hint=hint,
        fact=test.fact,
        op=test.op,
        wanted=wanted,
        given=operand_text(given),
    )


def op_problem(
    spec: FactSpec, op: str, *path: str | int, hint: str | None = None, measured: str = ""
) -> Problem:
    """Return the problem of asking `op` of a fact whose type does not know it.

    `measured` is the same question, of a measure of the fact.
    """
    known = [str(o) for o in TAKES[spec.type]]
    word = str(op).casefold().replace(" ", "-")
    meant = [other for other in ASKED.get(word, ()) if other in known]
    measures = MEASURES.get(spec.type, {})
    near: Sequence[str] = () if word in CONTRARY else meant or nearest(op, [*known, *measures])
    if "_" in str(op) and measures:  # no question has a `_`
        near, known = nearest(op, measures, alike=0.85), [*measures]
    told: dict[str, Any] = {"near": near, "known": known} if not measured else {"write": measured}
    return Problem.of("unknown-op", *path, str(op), hint=hint, type=spec.type, op=op, **told)


test_problems.__test__ = False  # type: ignore[attr-defined]
