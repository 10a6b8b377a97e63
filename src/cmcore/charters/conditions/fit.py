"""Fitting: whether a test asks what its fact can answer, so that it may be true, and false."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from math import ceil, floor
from typing import Any, Final

from cmcore.base.amounts import show_duration
from cmcore.base.characters import WILDCARDS
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import nearest
from cmcore.base.numbers import WHOLE
from cmcore.base.regex import regex
from cmcore.base.synonyms import FLAGS
from cmcore.base.values import internal
from cmcore.charters.conditions.condition import (
    Condition,
    FactTest,
    of_nothing,
    operand_problem,
    sense_of,
    test_problems,
    tests,
    words_asked,
)
from cmcore.charters.conditions.domains import Scalar
from cmcore.charters.conditions.facts import WORDED, FactSpec, FactType
from cmcore.charters.conditions.forms import NORMAL, Form, advice
from cmcore.charters.conditions.operands import ENDS, Hours, OperandKind, Rate, edges, operand_text
from cmcore.charters.conditions.operators import Op, Relation, Sense
from cmcore.charters.conditions.patterns import begins_otherwise, finds, instead, lacking
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.kinds import own_kind_problems
from cmcore.text.measures import finds_only_empty, pattern_found
from cmcore.text.names import NETWORKS
from cmcore.text.words import WordList

#: Whether a test is true of some value, and whether it is false of one.
_Reach = tuple[bool, bool]
#: From the first to the last day of the calendar in any zone: the moments that charters speak of.
DAYS: Final = (datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC))
_SPAN: Final = DAYS[1] - DAYS[0]
_LONGEST_WINDOW: Final = timedelta(days=36_525)
#: How patterns begin for values whose normal form begins differently.
_LEADS: Final = r"(?:\^|\\A|\((?:\?[^:)]*[:)])?)*"
_SITE: Final = r"(?P<mark>https?(?=\??(?:[:)]|$))|www(?=\\?[.]|\[\.\]|\)|$)|xn--|:(?=[0-9]+[)$]*$))"
_ADDRESS: Final = r"(?:https\??:(?://|\\/\\/))?(?P<mark>www(?=\\?[.]|\[\.\]|\)|$)|xn--)"
_NAME: Final = r"(?P<mark>@)(?!.*[.])"  # what has a dot is the name of a server
_MARKS: Final = {
    form: regex(_LEADS + mark, re.IGNORECASE | re.DOTALL)
    for mark, forms in (
        (_SITE, (Form.HOST, Form.DOMAIN)),
        (_ADDRESS, (Form.LINK,)),
        (_NAME, (Form.ACCOUNT, Form.ID, Form.MENTION)),
    )
    for form in forms
}
#: What every address begins with.
_HTTPS: Final = "https://"
_NO_WORDS: Final = WordList(())
#: Texts of which no pattern is found in all, except one that is found in any.
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
    sense = None if found or spec is None else sense_of(test, spec.type)
    if spec and sense:
        found = list(_value_problems(spec, test, sense.operand))
        found = found or list(_constant_problems(spec, test, sense))
    yield from found


# ----------------------------------------------------------------------------------------- values


def _value_problems(spec: FactSpec, test: FactTest, kind: OperandKind) -> Iterator[Problem]:
    """Yield the problem of each value named that the fact never has."""
    check = _VALUES.get(kind)
    yield from check(spec, test) if check else ()


def _word_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    for word in sorted(words_asked(test)):
        yield from _listed(spec, test, word) if spec.values else _open(spec, test, word)


def _range_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    low, high = _range(spec)
    for edge in edges(test.operand):
        if (low is not None and edge < low) or (high is not None and edge > high):
            hint = "or-more" if low is not None and edge < low else "in-range"
            yield _never(test, edge, hint=hint, least=low, most=high)
        elif spec.domain.whole and edge != floor(edge):
            yield operand_problem(test, WHOLE, edge, hint="counted")


def _pattern_problems(spec: FactSpec, test: FactTest) -> Iterator[Problem]:
    """Yield the problem of a pattern that finds nothing, or not what it looks for."""
    pattern, at = str(test.operand), (test.fact, str(test.op))
    form = spec.domain.form if spec.type in WORDED else None
    marks = _MARKS.get(form) if form else None
    mark = marks.match(pattern) if marks else None
    piece = None if spec.values else lacking(pattern, partial(finds, form), caseless=bool(form))
    if mark:
        own = mark["mark"].lower()
        hint = "pattern-script" if own == "xn--" else None
        yield Problem.of("pattern-mark", *at, hint=hint, pattern=pattern, mark=own, fact=test.fact)
    elif piece is not None:
        yield _never(test, pattern, **instead(form, pattern, piece))
    elif form is Form.LINK and begins_otherwise(pattern, _HTTPS, caseless=True):
        yield _never(test, pattern, hint="link-beginning")
    for name, other in NETWORKS.items() if form is Form.NETWORK else ():
        ways = [pattern_found(pattern, one, caseless=True) for one in (name, other)]
        if ways == [name, None]:
            yield Problem.of("other-name", *at, name=name, other=other)


def _phrase_problems(_: FactSpec, test: FactTest) -> Iterator[Problem]:
    for entry in _hidden(test.operand):
        yield Problem.of("hidden-entry", test.fact, str(test.op), given=entry)


def _window_problems(_: FactSpec, test: FactTest) -> Iterator[Problem]:
    operand: Any = test.operand
    window = operand.within if isinstance(operand, Rate) else operand.since
    if isinstance(window, timedelta) and window > _LONGEST_WINDOW:
        shown = show_duration(window)
        yield Problem.of("long-window", test.fact, str(test.op), fact=test.fact, given=shown)


def _never(test: FactTest, named: object, **more: Any) -> Problem:  # noqa: ANN401 - a hint, what it needs
    at = (test.fact, str(test.op))
    return Problem.of("unknown-value", *at, fact=test.fact, value=named, **more)


def _listed(spec: FactSpec, test: FactTest, word: str) -> Iterator[Problem]:
    values = spec.values or frozenset()
    if word not in values:
        near = nearest(word, values)
        is_own = spec.name == "kind" and not near and not any(own_kind_problems(word))
        hint = "declare-kind" if is_own else None
        yield _never(test, word, near=near, known=sorted(values), hint=hint)


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
    elif word in FLAGS and spec.source != "label" and _is_not_one(spec):
        write = f"{{present: {'yes' if FLAGS[word] else 'no'}}}"
        yield _never(test, word, hint="whether-any", write=write)


def _is_not_one(spec: FactSpec) -> bool:
    """Return whether a fact is no flag, though people may take it for one: `no` is a language."""
    is_open = spec.type is FactType.SYMBOL and spec.domain.form is not Form.LANGUAGE
    return is_open and spec.domain.optional


def _starred(form: Form, word: str) -> str:
    """Return the question that is meant by a word with stars at its ends."""
    core = word.strip("*")
    pieces = [_SPECIAL.sub(r"\\\g<0>", piece) for piece in (NORMAL[form][core] or core).split("*")]
    start, stop = "" if word.startswith("*") else "^", "" if word.endswith("*") else "$"
    pattern = f"{start}{'.*'.join(pieces)}{stop}".replace("'", "''")
    return f"{{matches: '{pattern}'}}" if core else "{present: yes}"


_SPECIAL: Final = regex(r"[][.^$+?{}\\|()]")
_NEGATIONS: Final = ("not ", "!")
_NEGATED: Final = regex(r"(?:not |!)\s*")


def _range(spec: FactSpec) -> tuple[Scalar | None, Scalar | None]:
    low, high = _RANGES[spec.type]
    own = spec.domain
    return low if own.low is None else own.low, high if own.high is None else own.high


_RANGES: Final[Mapping[FactType, tuple[Scalar | None, Scalar | None]]] = {
    FactType.NUMBER: (None, None),
    FactType.DURATION: (-_SPAN, _SPAN),
    FactType.INSTANT: DAYS,
}


@lru_cache(maxsize=16)
def _hidden(words: WordList) -> tuple[str, ...]:
    """Return the entries that are never found; a list that is read of several facts is long."""
    return tuple(entry for entry in words.entries if _is_hidden(words, entry))


def _is_hidden(words: WordList, entry: str) -> bool:
    """Return whether an entry is never found for the exceptions; a `*` may stand for any ending."""
    endings = ("", "a", "zqx", "ment") if "*" in entry else ("",)
    texts = (entry.replace("*", ending) for ending in endings)
    return not any(match.entry == entry for text in texts for match in words.find(text))


#: What is wrong with the values that are named, by the kind of operand.
_VALUES: Final[Mapping[OperandKind, Callable[[FactSpec, FactTest], Iterator[Problem]]]] = {
    **dict.fromkeys((OperandKind.WORD, OperandKind.WORDS), _word_problems),
    **dict.fromkeys((*ENDS.keys(), *ENDS.values()), _range_problems),
    **dict.fromkeys((OperandKind.RATE, OperandKind.RATE_OR_QUIET), _window_problems),
    OperandKind.PATTERN: _pattern_problems,
    OperandKind.PHRASES: _phrase_problems,
}


# -------------------------------------------------------------------------------------- constants


def _constant_problems(spec: FactSpec, test: FactTest, sense: Sense) -> Iterator[Problem]:
    """Yield the problem of a test that every value of the fact makes true, or makes false."""
    may_hold, may_fail = _REACH[sense.relation](spec, test, sense)
    if spec.domain.optional:
        may_hold, may_fail = may_hold or of_nothing(test), may_fail or not of_nothing(test)
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


def _of_anything(_: FactSpec, __: FactTest, ___: Sense) -> _Reach:
    """Tell that some texts have words of a list, and others none."""
    return True, True


def _of_presence(_: FactSpec, test: FactTest, __: Sense) -> _Reach:
    return test.operand is True, test.operand is False


def _of_values(spec: FactSpec, test: FactTest, sense: Sense) -> _Reach:
    """Say what a test may say by asking it of the values that are likely to tell."""
    found = {sense.holds(value, test.operand, "UTC") for value in _LIKELY[spec.type](spec, test)}
    return True in found, False in found


def _words(spec: FactSpec, test: FactTest) -> Iterator[str]:
    """Yield the words that a test names, and all others of a closed list, or one of any."""
    named = words_asked(test)
    yield from named
    yield from spec.values - named if spec.values else [" ".join(sorted(named)) + " "]


def _sets(spec: FactSpec, test: FactTest) -> Iterator[frozenset[str]]:
    """Yield the empty set, the words that a test names, and each word of `_words`."""
    yield frozenset()
    yield words_asked(test)
    yield from (frozenset({word}) for word in _words(spec, test))


def _numbers(spec: FactSpec, test: FactTest) -> Iterator[Any]:
    """Yield values of the fact at and beside the edges, and at the ends of its range."""
    low, high = _range(spec)
    ends = [end for end in (low, high) if end is not None]
    asked = edges(test.operand)
    for value in [*asked, *ends, *(value for edge in asked for value in _beside(edge))]:
        is_whole = not spec.domain.whole or value == floor(value)
        if is_whole and (low is None or low <= value) and (high is None or value <= high):
            yield value


def _beside(edge: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a scalar
    """Return what lies just below and above an edge; whole numbers never run into a limit."""
    if isinstance(edge, int | float):
        return floor(edge) - 1, floor(edge), ceil(edge), ceil(edge) + 1
    return edge - timedelta.resolution, edge + timedelta.resolution


@internal
class _Counted:
    """A log that is known to have a given number of acts in any window."""

    acts: int

    def count(self, _: timedelta) -> tuple[int, int]:
        return self.acts, self.acts


def _logs(_: FactSpec, test: FactTest) -> Iterator[_Counted]:
    """Yield a log without acts, and one with more than are asked for."""
    yield _Counted(0)
    yield _Counted(test.operand.count + 1 if isinstance(test.operand, Rate) else 1)


_LIKELY: Final[Mapping[FactType, Callable[[FactSpec, FactTest], Iterator[Any]]]] = {
    FactType.FLAG: lambda _, __: iter((True, False)),
    FactType.SYMBOL: _words,
    FactType.SYMBOLS: _sets,
    **dict.fromkeys((FactType.NUMBER, FactType.DURATION, FactType.INSTANT), _numbers),
    FactType.LOG: _logs,
}


def _of_pattern(spec: FactSpec, test: FactTest, sense: Sense) -> _Reach:
    """Say what a pattern may find; of open values, as far as a few texts tell."""
    pattern, is_word = str(test.operand), spec.type in WORDED
    values: Iterable[Any] = spec.values or [text for text in _ANY_TEXT if text or not is_word]
    if spec.type is FactType.SYMBOLS:
        values = [frozenset[str](), *(frozenset({word}) for word in values)]
    found = {sense.holds(value, pattern, "UTC") for value in values}
    may_find = spec.values is None and not (is_word and finds_only_empty(pattern))
    return True in found or may_find, False in found


def _of_hours(_: FactSpec, test: FactTest, __: Sense) -> _Reach:
    week = test.operand.week if isinstance(test.operand, Hours) else None
    minutes = week.minutes if week else 0
    return minutes > 0, minutes < _WEEK


_WEEK: Final = 7 * 24 * 60
#: Whether a test is true of some value, and false of one, by how the value has to stand to it.
_REACH: Final[Mapping[Relation, Callable[[FactSpec, FactTest, Sense], _Reach]]] = {
    **dict.fromkeys((Relation.AMONG, Relation.SOME, Relation.EACH, Relation.BEYOND), _of_values),
    **dict.fromkeys((Relation.SPAN, Relation.COUNT), _of_values),
    Relation.WORDS: _of_anything,
    **dict.fromkeys((Relation.PATTERN, Relation.UNMATCHED), _of_pattern),
    Relation.HOURS: _of_hours,
    Relation.THERE: _of_presence,
}
