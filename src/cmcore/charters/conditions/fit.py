"""Fitting: whether a test asks what its fact can answer, so that it may be true, and false."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from math import ceil, floor
from operator import eq, ge, gt, le, lt
from typing import Any, Final

from cmcore.base.amounts import show_duration
from cmcore.base.characters import WILDCARDS
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import nearest
from cmcore.base.numbers import WHOLE
from cmcore.charters.conditions._patterns import finds, instead, lacking
from cmcore.charters.conditions.condition import (
    HOLDS_OF_NOTHING,
    Condition,
    FactTest,
    Hours,
    Op,
    Range,
    Rate,
    operand_problem,
    operand_text,
    test_problems,
    tests,
)
from cmcore.charters.conditions.domains import Scalar
from cmcore.charters.conditions.facts import FactSpec, FactType, Vocabulary
from cmcore.charters.conditions.forms import NORMAL, Form, advice
from cmcore.text.measures import finds_only_empty, pattern_found
from cmcore.text.names import NETWORKS
from cmcore.text.words import WordList

#: Whether a test is true of some value, and whether it is false of one.
_Reach = tuple[bool, bool]
#: From the first day to the last that the calendar holds in whatever zone.
_ENDS: Final = (datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC))
_SPAN: Final = _ENDS[1] - _ENDS[0]
_LONGEST_WINDOW: Final = timedelta(days=36_525)
_COMPARE: Final[Mapping[Op, Callable[[Any, Any], Any]]] = {
    Op.IS: eq,
    Op.BELOW: lt,
    Op.AT_MOST: le,
    Op.AT_LEAST: ge,
    Op.ABOVE: gt,
    Op.BETWEEN: lambda got, want: want.low <= got <= want.high,
}
#: How people begin what a normal form begins otherwise, at the beginning of a pattern.
_LEADS: Final = r"(?:\^|\\A|\((?:\?[^:)]*[:)])?)*"
_SITE: Final = r"(?P<mark>https?(?=\??(?:[:)]|$))|www(?=\\?[.]|\[\.\]|\)|$)|xn--|:(?=[0-9]+[)$]*$))"
_NAME: Final = r"(?P<mark>@)(?!.*[.])"  # what has a dot is the name of a server
_MARKS: Final = {
    form: re.compile(_LEADS + mark, re.IGNORECASE | re.DOTALL)
    for mark, forms in (
        (_SITE, (Form.HOST, Form.DOMAIN, Form.LINK)),
        (_NAME, (Form.ACCOUNT, Form.ID, Form.MENTION)),
    )
    for form in forms
}
_NO_WORDS: Final = WordList(())
#: Texts of which no pattern is found in all, save one that is found in any.
_ANY_TEXT: Final = ("", "a\nb", "-", "Zz 9", "é🎉")


def problems(condition: Condition, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong with `condition` for a charter that knows `vocabulary`.

    A place ends with the name of the fact, as in `when.topics`.
    """
    for test in tests(condition):
        yield from fit_problems(test, vocabulary)


def check(condition: Condition, vocabulary: Vocabulary) -> None:
    """Refuse a condition that `vocabulary` cannot read.

    Raises:
        InvalidError: with every problem of every test.
    """
    refuse_any(problems(condition, vocabulary))


def fit_problems(test: FactTest, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong with one test: its fact, its op, its operand or the values it names.

    A value that the fact never has is wrong, and so is a test that is true of every value or of
    none: it decides nothing, and whoever wrote it meant something else.
    """
    found = list(test_problems(test, vocabulary))
    spec = vocabulary.find(test.fact)
    if not found and spec is not None:
        found = list(_value_problems(spec, test)) or list(_constant_problems(spec, test))
    yield from found


# ----------------------------------------------------------------------------------------- values


def _value_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    """Yield the problem of each value named that the fact never has."""
    if test.op is not Op.PRESENT:
        yield from _VALUES[spec.type](spec, test)


def _word_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    if test.op is Op.MATCHES:
        yield from _pattern_problems(spec, test)
        return
    named = test.operand if isinstance(test.operand, frozenset) else {str(test.operand)}
    for word in sorted(named):
        yield from _listed(spec, test, word) if spec.values else _open(spec, test, word)


def _range_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    low, high = _range(spec)
    for edge in () if test.op is Op.DURING else _edges(test.operand):
        if (low is not None and edge < low) or (high is not None and edge > high):
            hint = "or-more" if low is not None and edge < low else "in-range"
            yield _never(test, edge, hint=hint, least=low, most=high)
        elif spec.domain.whole and edge != floor(edge):
            yield operand_problem(test, WHOLE, edge, hint="counted")


def _pattern_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    """Yield the problem of a pattern that finds nothing, or not what it looks for."""
    pattern, at = str(test.operand), (test.fact, str(test.op))
    form = spec.domain.form if spec.type in _WORDED else None
    marks = _MARKS.get(form) if form else None
    mark = marks.match(pattern) if marks else None
    piece = None if spec.values else lacking(pattern, partial(finds, form), caseless=bool(form))
    if mark:
        own = mark["mark"].lower()
        hint = "pattern-script" if own == "xn--" else None
        yield Problem.of("pattern-mark", *at, hint=hint, pattern=pattern, mark=own, fact=test.fact)
    elif piece is not None:
        yield _never(test, pattern, **instead(form, pattern, piece))
    for name, other in NETWORKS.items() if form is Form.NETWORK else ():
        ways = [pattern_found(pattern, one, caseless=True) for one in (name, other)]
        if ways == [name, None]:
            yield Problem.of("other-name", *at, name=name, other=other)


def _text_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    if test.op is Op.MATCHES:
        yield from _pattern_problems(spec, test)
    words = test.operand if isinstance(test.operand, WordList) else _NO_WORDS
    for entry in _hidden(words):
        yield Problem.of("hidden-entry", test.fact, str(test.op), given=entry)


def _window_problems(_: FactSpec, test: FactTest) -> Iterator[Problem]:
    operand: Any = test.operand
    window = operand.within if isinstance(operand, Rate) else operand.since
    if window > _LONGEST_WINDOW:
        shown = show_duration(window)
        yield Problem.of("long-window", test.fact, str(test.op), fact=test.fact, given=shown)


def _never(test: FactTest, named: object, **more: Any) -> Problem:  # noqa: ANN401 - a hint, what it needs
    at = (test.fact, str(test.op))
    return Problem.of("unknown-value", *at, fact=test.fact, value=named, **more)


def _listed(spec: FactSpec, test: FactTest, word: str) -> Iterator[Problem]:
    values = spec.values or frozenset()
    if word not in values:
        yield _never(test, word, near=nearest(word, values), known=sorted(values))


def _open(spec: FactSpec, test: FactTest, word: str) -> Iterator[Problem]:
    """Yield why a fact is never a word: it has no normal form, or means something else."""
    form = spec.domain.form
    starred = word.endswith("*") or (word.startswith("*") and form is not Form.HOST)
    is_word = NORMAL[form][word.strip("*") if starred else word] is not None
    if not is_word and NORMAL[form][word] is None:
        yield _never(test, word, **advice(form, word))
    elif word.startswith(_NEGATIONS):
        yield _never(test, word, hint="none-of", meant=_NEGATED.sub("", word))
    elif starred:
        yield _never(test, word, hint="star", write=_starred(form, word))
    elif word in WILDCARDS and spec.source != "label":
        yield _never(test, word, hint="wildcard")


def _starred(form: Form, word: str) -> str:
    """Return the question that is meant by a word with stars at its ends."""
    core = word.strip("*")
    pieces = [_SPECIAL.sub(r"\\\g<0>", piece) for piece in (NORMAL[form][core] or core).split("*")]
    start, stop = "" if word.startswith("*") else "^", "" if word.endswith("*") else "$"
    pattern = f"{start}{'.*'.join(pieces)}{stop}".replace("'", "''")
    return f"{{matches: '{pattern}'}}" if core else "{present: yes}"


_SPECIAL: Final = re.compile(r"[][.^$+?{}\\|()]")
_NEGATIONS: Final = ("not ", "!")
_NEGATED: Final = re.compile(r"(?:not |!)\s*")


def _edges(operand: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a scalar, or a range
    return (operand.low, operand.high) if isinstance(operand, Range) else (operand,)


def _range(spec: FactSpec) -> tuple[Scalar | None, Scalar | None]:
    low, high = _RANGES[spec.type]
    own = spec.domain
    return low if own.low is None else own.low, high if own.high is None else own.high


_WORDED: Final = frozenset({FactType.SYMBOL, FactType.SYMBOLS})
_RANGES: Final[Mapping[FactType, tuple[Scalar | None, Scalar | None]]] = {
    FactType.NUMBER: (None, None),
    FactType.DURATION: (-_SPAN, _SPAN),
    FactType.INSTANT: _ENDS,
}


@lru_cache(maxsize=16)
def _hidden(words: WordList) -> tuple[str, ...]:
    """Return the entries that are never found; a list that is read of several facts is long."""
    return tuple(entry for entry in words.entries if _is_hidden(words, entry))


def _is_hidden(words: WordList, entry: str) -> bool:
    """Tell whether an entry is never found for the exceptions; a `*` may stand for any ending."""
    endings = ("", "a", "zqx", "ment") if "*" in entry else ("",)
    texts = (entry.replace("*", ending) for ending in endings)
    return not any(match.entry == entry for text in texts for match in words.find(text))


_VALUES: Final[Mapping[FactType, Callable[[FactSpec, FactTest], Iterator[Problem]]]] = {
    FactType.FLAG: lambda _, __: iter(()),
    FactType.SYMBOL: _word_problems,
    FactType.SYMBOLS: _word_problems,
    FactType.NUMBER: _range_problems,
    FactType.DURATION: _range_problems,
    FactType.INSTANT: _range_problems,
    FactType.TEXT: _text_problems,
    FactType.LOG: _window_problems,
}


# -------------------------------------------------------------------------------------- constants


def _constant_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    """Yield the problem of a test that every value of the fact makes true, or makes false."""
    may_hold, may_fail = _reach(spec, test)
    if spec.domain.optional:
        of_nothing = not test.operand if test.op is Op.PRESENT else test.op in HOLDS_OF_NOTHING
        may_hold, may_fail = may_hold or of_nothing, may_fail or not of_nothing
    if may_hold and may_fail:
        return
    hint = "known-or-unknown" if test.op is Op.PRESENT else None
    place = (test.fact, str(test.op))
    yield Problem.of(
        "always-true" if may_hold else "never-true",
        *place,
        hint=hint,
        fact=test.fact,
        op=test.op,
        given=operand_text(test.operand),
    )


def _reach(spec: FactSpec, test: FactTest) -> _Reach:
    """Return whether some value makes the test true, and whether some value makes it false."""
    if test.op is Op.PRESENT:
        return test.operand is True, test.operand is False
    return _REACH[spec.type](spec, test)


def _of_words(spec: FactSpec, test: FactTest) -> _Reach:
    if test.op is Op.MATCHES:
        return _of_pattern(spec, test)
    named: Any = test.operand if isinstance(test.operand, frozenset) else {test.operand}
    others = spec.values is None or bool(spec.values - named)
    if spec.type is FactType.SYMBOL:
        return (others, True) if test.op is Op.NONE_OF else (True, others)
    return True, others if test.op is Op.ONLY else True


def _of_pattern(spec: FactSpec, test: FactTest) -> _Reach:
    """Tell what a pattern may find; of open values, as far as a few texts tell."""
    pattern, is_word = str(test.operand), spec.type in _WORDED
    of = spec.values or [text for text in _ANY_TEXT if text or not is_word]
    found = [pattern_found(pattern, text, caseless=is_word) is not None for text in of]
    if spec.values is not None:
        return any(found), spec.type is FactType.SYMBOLS or not all(found)
    return any(found) or not (is_word and finds_only_empty(pattern)), not all(found)


def _of_scalars(spec: FactSpec, test: FactTest) -> _Reach:
    holds = _COMPARE.get(test.op)
    if holds is None:
        return _of_hours(spec, test)
    wanted: Any = test.operand
    found = {bool(holds(value, wanted)) for value in _values(spec, _edges(test.operand))}
    return True in found, False in found


def _of_hours(_: FactSpec, test: FactTest) -> _Reach:
    week = test.operand.week if isinstance(test.operand, Hours) else None
    minutes = week.minutes if week else 0
    return minutes > 0, minutes < _WEEK


def _values(spec: FactSpec, edges: tuple[Any, ...]) -> Iterator[Any]:
    """Yield values of the fact at and beside the edges, and at the ends of its range."""
    low, high = _range(spec)
    ends = [end for end in (low, high) if end is not None]
    found = [*edges, *ends, *(value for edge in edges for value in _beside(edge))]
    for value in found:
        is_whole = not spec.domain.whole or value == floor(value)
        if is_whole and (low is None or low <= value) and (high is None or value <= high):
            yield value


def _beside(edge: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a scalar
    """Return what lies just below and above an edge; whole numbers never run into a limit."""
    if isinstance(edge, int | float):
        return floor(edge) - 1, floor(edge), ceil(edge), ceil(edge) + 1
    return edge - timedelta.resolution, edge + timedelta.resolution


def _of_logs(_: FactSpec, test: FactTest) -> _Reach:
    """Tell what a log may answer: a count of acts is at least 0, and has no most."""
    if not isinstance(test.operand, Rate) or test.operand.count > 0:
        return True, True
    return test.op is not Op.FEWER_THAN, test.op is not Op.AT_LEAST


_WEEK: Final = 7 * 24 * 60
_REACH: Final[Mapping[FactType, Callable[[FactSpec, FactTest], _Reach]]] = {
    FactType.FLAG: lambda _, __: (True, True),
    FactType.SYMBOL: _of_words,
    FactType.SYMBOLS: _of_words,
    FactType.NUMBER: _of_scalars,
    FactType.DURATION: _of_scalars,
    FactType.INSTANT: _of_scalars,
    FactType.TEXT: lambda spec, test: (
        _of_pattern(spec, test) if test.op is Op.MATCHES else (True, True)
    ),
    FactType.LOG: _of_logs,
}
