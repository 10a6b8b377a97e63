"""Conditions: what a rule asks of the facts, as values composed with `&`, `|` and `~`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from attrs import field

from cmcore.base.amounts import show_duration
from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.ids import kind_problems, nearest, one_of
from cmcore.base.shown import plain
from cmcore.base.values import value
from cmcore.charters.conditions.domains import Scalar
from cmcore.charters.conditions.facts import LABEL_TYPES, FactSpec, FactType, Vocabulary, form_of
from cmcore.charters.conditions.forms import NORMAL, NORMAL_SETS
from cmcore.text.measures import compile_pattern
from cmcore.text.words import WordList
from cmcore.time.week import Week, check_zone

DEEPEST: Final = 64


class Op(StrEnum):
    """What a test asks; the words are those of the charter files."""

    IS = "is"
    ONE_OF = "one of"
    ANY_OF = "any of"
    ALL_OF = "all of"
    NONE_OF = "none of"
    ONLY = "only"
    BELOW = "below"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    ABOVE = "above"
    BETWEEN = "between"
    MORE_THAN = "more than"
    FEWER_THAN = "fewer than"
    MENTIONS = "mentions"
    MATCHES = "matches"
    DURING = "during"
    PRESENT = "present"


@value
class Range:
    """From `low` to `high`, both included."""

    low: Scalar
    high: Scalar


@value
class Rate:
    """A number of acts within a sliding window that ends now."""

    count: int
    within: timedelta

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.count))
        _check_window(self.within)


@value
class Quiet:
    """A stretch of time that ends now and in which nothing happened."""

    since: timedelta

    def __attrs_post_init__(self) -> None:
        _check_window(self.since)


def _week(given: str | Week) -> Week:
    return Week.parse(given) if isinstance(given, str) else given


@value
class Hours:
    """A weekly window, in the zone named or else in the charter's own."""

    week: Week = field(converter=_week)
    zone: str | None = None

    def __attrs_post_init__(self) -> None:
        refuse_any(kind_problems(self.week, Week, "hours"))
        if self.zone is not None:
            check_zone(self.zone)


def _check_window(length: timedelta) -> None:
    refuse_any(kind_problems(length, timedelta, "duration"))
    if length <= timedelta(0):
        raise refuse("duration-not-positive", given=show_duration(length))


#: The tests that hold of a fact known to have no value; all others are false of it.
HOLDS_OF_NOTHING: Final = frozenset({Op.NONE_OF, Op.ONLY})
Operand = bool | str | frozenset[str] | Scalar | Range | Rate | Quiet | Hours | WordList


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
    """True when every part is; with no part, always true."""

    of: "tuple[Condition, ...]" = field(converter=_conditions)
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "depth", _depth(self.of))


@value
class AnyOf(_Composable):
    """True when at least one part is; with no part, never true."""

    of: "tuple[Condition, ...]" = field(converter=_conditions)
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "depth", _depth(self.of))


@value
class Not(_Composable):
    """True when its part is false; unknown when its part is."""

    of: "Condition"
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "depth", _depth((self.of,)))


@value
class AtLeast(_Composable):
    """True when at least `count` of the parts are."""

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
    """One question asked of one fact."""

    __test__ = False  # not a test class for pytest

    fact: str
    op: Op = field(converter=_as_op)
    operand: Operand
    depth: int = _deep()

    def __attrs_post_init__(self) -> None:
        if self.op is Op.MATCHES and isinstance(self.operand, str):
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


# What each op takes, by type of fact: a check of the operand, and the thing that it takes.
_Check = Callable[[object], bool]


def _is_number(x: object) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool) and x - x == 0


def _is_instant(x: object) -> bool:
    return isinstance(x, datetime) and x.utcoffset() is not None


def _is_symbols(x: object) -> bool:
    return isinstance(x, frozenset) and len(x) > 0 and all(isinstance(s, str) for s in x)


def _is_word_list(x: object) -> bool:
    return isinstance(x, WordList) and len(x.entries) > 0


_SCALARS: Final[dict[FactType, tuple[_Check, str]]] = {
    FactType.NUMBER: (_is_number, "number"),
    FactType.DURATION: (lambda x: isinstance(x, timedelta), "length"),
    FactType.INSTANT: (_is_instant, "dated-instant"),
}


_PAIRS: Final[dict[FactType, str]] = {
    FactType.NUMBER: "two-numbers",
    FactType.DURATION: "two-lengths",
    FactType.INSTANT: "two-instants",
}


def _range_of(check: _Check) -> _Check:
    def holds(x: object) -> bool:
        if not (isinstance(x, Range) and check(x.low) and check(x.high)):
            return False
        return bool(x.low <= x.high)  # type: ignore[operator]

    return holds


def _takes() -> Iterator[tuple[FactType, Op, _Check, str]]:
    symbols = (_is_symbols, "list-of-words")
    rate = (lambda x: isinstance(x, Rate), "rate-of-acts")
    quiet = (lambda x: isinstance(x, Rate | Quiet), "rate-or-quiet")
    yield FactType.FLAG, Op.IS, lambda x: isinstance(x, bool), "yes-or-no"
    yield FactType.SYMBOL, Op.IS, lambda x: isinstance(x, str) and x != "", "word"
    for op in (Op.ONE_OF, Op.NONE_OF):
        yield FactType.SYMBOL, op, *symbols
    for op in (Op.ANY_OF, Op.ALL_OF, Op.NONE_OF, Op.ONLY):
        yield FactType.SYMBOLS, op, *symbols
    for kind, (check, words) in _SCALARS.items():
        for op in (Op.BELOW, Op.AT_MOST, Op.AT_LEAST, Op.ABOVE):
            yield kind, op, check, words
        yield kind, Op.BETWEEN, _range_of(check), _PAIRS[kind]
    yield FactType.NUMBER, Op.IS, *_SCALARS[FactType.NUMBER]
    yield FactType.INSTANT, Op.DURING, lambda x: isinstance(x, Hours), "hours"
    yield FactType.TEXT, Op.MENTIONS, _is_word_list, "phrases"
    for kind in (FactType.TEXT, FactType.SYMBOL, FactType.SYMBOLS):
        yield kind, Op.MATCHES, lambda x: isinstance(x, str), "pattern"
    for op in (Op.MORE_THAN, Op.AT_MOST, Op.FEWER_THAN):
        yield FactType.LOG, op, *rate
    yield FactType.LOG, Op.AT_LEAST, *quiet
    for kind in LABEL_TYPES:  # a log is always there
        yield kind, Op.PRESENT, lambda x: isinstance(x, bool), "yes-or-no"


#: Type of fact -> op -> check of its operand, and the thing that it takes.
TAKES: Final[dict[FactType, dict[Op, tuple[_Check, str]]]] = {kind: {} for kind in FactType}
for _kind, _op, _check, _words in _takes():
    TAKES[_kind][_op] = (_check, _words)


def test_problems(test: FactTest, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong with the form of one test: its fact, its op or its operand."""
    spec = vocabulary.find(test.fact)
    if spec is None:
        yield vocabulary.missing(test.fact, test.fact)
        return
    taken = TAKES[spec.type].get(test.op)
    if taken is None:
        yield op_problem(spec, test.op, test.fact)
    elif not taken[0](test.operand):
        yield operand_problem(test, taken[1], test.operand)


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


def operand_text(operand: object) -> object:
    """Return an operand as a sentence shows it."""
    if isinstance(operand, Range):
        return f"{plain(operand.low)}, {plain(operand.high)}"
    if isinstance(operand, Rate):
        return f"{operand.count} in {show_duration(operand.within)}"
    if isinstance(operand, Quiet):
        return f"{show_duration(operand.since)} since"
    if isinstance(operand, Hours):
        return operand.week
    if isinstance(operand, WordList):
        return ", ".join(operand.entries)
    return ", ".join(sorted(operand)) or "[]" if isinstance(operand, frozenset) else operand


def op_problem(spec: FactSpec, op: str, *path: str | int) -> Problem:
    """Return the problem of asking `op` of a fact whose type does not know it."""
    known = [str(o) for o in TAKES[spec.type]]
    near = nearest(op, known)
    return Problem.of("unknown-op", *path, str(op), type=spec.type, op=op, near=near, known=known)


test_problems.__test__ = False  # type: ignore[attr-defined]
