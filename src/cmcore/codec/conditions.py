"""Conditions to and from plain data, the way charter files write them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Final

from cmcore.base.amounts import show_duration
from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.ids import nearest
from cmcore.base.numbers import NUMBER, WHOLE, number_meant, refuse_grouped
from cmcore.base.synonyms import SYNONYMS
from cmcore.charters.conditions.condition import (
    DEEPEST,
    All,
    AnyOf,
    AtLeast,
    Condition,
    FactTest,
    Not,
    op_problem,
)
from cmcore.charters.conditions.facts import MEASURES, WORDED, FactSpec, FactType
from cmcore.charters.conditions.fit import fit_problems
from cmcore.charters.conditions.operands import (
    ENDS,
    Hours,
    Operand,
    OperandKind,
    Quiet,
    Range,
    Rate,
)
from cmcore.charters.conditions.operators import OPERATORS, TAKES, Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec.bounds import Data
from cmcore.codec.plain import (
    FLAGS,
    Gather,
    as_duration,
    as_flag,
    as_instant,
    as_int,
    as_list,
    as_mapping,
    as_number,
    as_text,
    as_words,
    each,
    wrong,
)
from cmcore.text.words import WordList
from cmcore.time.units import CalendarUnit
from cmcore.time.week import Week, check_zone

#: What joins conditions: the keys of a condition that are not facts.
JOINS: Final = ("all", "any", "not", "at least", "of")
#: Keys of a rule that stand beside its condition: the texts, then the days in force.
BESIDE_WHEN: Final = ("to", "because", "note", "source", "since", "through")
#: The measure that a number is most often asked of, where the fact itself is none.
MEASURED: Final = {FactType.TEXT: "length", FactType.SYMBOLS: "count"}
#: What a bare value asks: `network: bluesky`, `topics: [product, event]`, `at: Mon-Fri 9:00-18:00`.
BARE: Final[dict[FactType, Op]] = {
    FactType.FLAG: Op.IS,
    FactType.NUMBER: Op.IS,
    FactType.SYMBOL: Op.IS,
    FactType.SYMBOLS: Op.ANY_OF,
    FactType.TEXT: Op.MENTIONS,
    FactType.INSTANT: Op.DURING,
}
#: Keys that go with another one: `except` and `inflected` with phrases, `zone` with hours.
BESIDE: Final = {
    key: tuple(
        op for op, row in OPERATORS.items() if any(s.operand is of for s in row.senses.values())
    )
    for key, of in (
        ("except", OperandKind.PHRASES),
        ("inflected", OperandKind.PHRASES),
        ("zone", OperandKind.HOURS),
    )
}
#: What a rate looks like, in a length of time, a unit of the calendar, or ever; and a stretch of
#: quiet. Spaces are single.
DIGITS: Final = "[0-9]{1,18}"
RATE: Final = f"({DIGITS}) (?:in|within|en|par) (.+)"
UNITS: Final = {
    **{str(unit): unit for unit in CalendarUnit},
    **dict(zip(("jour", "semaine", "mois", "trimestre", "an"), CalendarUnit, strict=True)),
    "année": CalendarUnit.YEAR,
}
PER: Final = f"({DIGITS}) (?:(?:per|par) ({'|'.join(UNITS)})|ever|en tout)"
QUIET: Final = "(.+) (?:since|depuis)"


# --------------------------------------------------------------------------------------- reading


def read_condition(data: object, vocabulary: Vocabulary, depth: int = 1) -> Condition:
    """Return the condition that `data` writes, every fact and operand checked.

    `depth` counts the conditions it stands in, itself included.

    Raises:
        InvalidError: with every problem and its place below the condition.
    """
    mapping = as_mapping(data)
    if depth > DEEPEST:
        raise refuse("condition-too-deep", most=DEEPEST)
    if not mapping:
        raise refuse("empty-condition")
    if set(mapping) == {"at least", "of"}:
        return _read_at_least(mapping, vocabulary, depth)
    gather = Gather()
    parts: list[Condition] = []
    for key, item in mapping.items():
        read = partial(_read_entry, key, vocabulary=vocabulary, depth=depth)
        joins = key in JOINS
        found = gather.key(mapping, key, read, ()) if joins else gather.at((key,), read, item)
        parts += found or ()
    gather.done()
    return parts[0] if len(parts) == 1 else All(parts)


def read_which(data: object, vocabulary: Vocabulary) -> Condition:
    """Return the condition that says which acts are meant: one at least of what is asked."""
    if data == {}:
        raise refuse("empty-condition", hint="which-acts")
    return read_condition(data, vocabulary)


def _read_at_least(mapping: dict[str, Any], vocabulary: Vocabulary, depth: int) -> Condition:
    gather = Gather()
    count = gather.at(("at least",), as_int, mapping["at least"])
    parts = gather.at(("of",), _read_many, mapping["of"], vocabulary, depth)
    gather.done()
    return AtLeast(count or 0, parts or ())


def _read_many(data: object, vocabulary: Vocabulary, depth: int) -> list[Condition]:
    return each(data, lambda item: read_condition(item, vocabulary, depth + 1))


def _read_entry(key: str, data: object, vocabulary: Vocabulary, depth: int) -> Sequence[Condition]:
    if key == "all":
        return [All(_read_many(data, vocabulary, depth))]
    if key == "any":
        return [AnyOf(_read_many(data, vocabulary, depth))]
    if key == "not":
        return [Not(read_condition(data, vocabulary, depth + 1))]
    if key in JOINS:
        raise refuse("at-least-alone")
    return _read_tests(key, data, vocabulary)


def _read_tests(name: str, data: object, vocabulary: Vocabulary) -> list[FactTest]:
    spec = vocabulary.find(name)
    if spec is None:
        raise InvalidError([_missing(name, vocabulary)])
    if isinstance(data, Mapping):
        return _asked(spec, as_mapping(data), vocabulary)
    gather = Gather()
    test = gather.at((), _bare, spec, data)
    if test:
        found = fit_problems(test, vocabulary)
        gather.add(problem.at() for problem in found)
    return [gather.made(test)]


def _missing(name: str, vocabulary: Vocabulary) -> Problem:
    """Return the problem of a key that is no fact: perhaps a word that joins, or one of rules."""
    if name == "and":
        return Problem.of("unknown-fact", fact=name, hint="side-by-side")
    if name in BESIDE_WHEN:
        return Problem.of("unknown-fact", fact=name, hint="beside-when")
    joins = nearest(name, JOINS) if name in SYNONYMS else ()
    return Problem.of("unknown-fact", fact=name, near=joins) if joins else vocabulary.missing(name)


def _bare(spec: FactSpec, data: object) -> FactTest:
    op = BARE.get(spec.type)
    if op is None:
        known = [str(o) for o in TAKES[spec.type]]
        raise refuse("needs-question", type=spec.type, known=known, write=_question(spec, data))
    if spec.type is FactType.NUMBER and isinstance(data, str):
        sign = _SIGN.fullmatch(data)
        if sign:
            refuse_grouped(sign[2], wanted := _number_of(spec))
            number = number_meant(sign[2], wanted)
            raise wrong(data, wanted, write=f"{{{_SIGNS[sign[1]]}: {number}}}" if number else "")
        if data.isalpha():
            raise wrong(data, _number_of(spec), "compare-number")
    if spec.type is FactType.SYMBOL and isinstance(data, list):
        op = Op.ONE_OF
    if spec.type in WORDED and spec.source != "label" and spec.domain.optional:
        _refuse_flag(spec, data)
    return FactTest(spec.name, op, _operand(spec, op, data, {}))


def _refuse_flag(spec: FactSpec, data: object) -> None:
    """Refuse yes or no for a fact that is no flag; one word may be that, as the language `no` is.

    Raises:
        InvalidError: with what to write.
    """
    is_word = isinstance(data, str) and data in FLAGS and spec.type is FactType.SYMBOLS
    if is_word or isinstance(data, bool):
        flag = "yes" if as_flag(data) else "no"
        write = f"{{present: {flag}}}"
        raise refuse("unknown-value", fact=spec.name, value=flag, hint="whether-any", write=write)


def _question(spec: FactSpec, data: object) -> str:
    """Return the question that is meant by a rate that stands alone."""
    if spec.type is not FactType.LOG or not isinstance(data, str):
        return ""
    is_rate = _RATE.fullmatch(data) or _PER.fullmatch(data)
    rate = data if is_rate else rate_meant(data)
    return f"{{more than: {rate}}}" if rate else ""


def some_acts(rate: Rate) -> bool:
    """Return whether a rate is of one act at least: of none, most questions have one answer."""
    return rate.count > 0


def rate_meant(text: str, fits: Callable[[Rate], bool] = some_acts) -> str:
    """Return the rate that is meant by `3 tweets per hour`, if it `fits`."""
    found = _MEANT.fullmatch(text)
    if not found:
        return ""
    count, unit = found[1] or found[3], found[2] or found[4]
    rate = Rate(int(count), UNITS.get(unit) or as_duration(f"1 {unit}"))
    return str(rate) if fits(rate) else ""


def _asked(spec: FactSpec, data: dict[str, Any], vocabulary: Vocabulary) -> list[FactTest]:
    if not data:
        raise refuse("nothing-asked", fact=spec.name)
    gather = Gather()
    beside = {
        "except": gather.key(data, "except", as_words, ()),
        "inflected": gather.key(data, "inflected", as_text, None),
        "zone": gather.key(data, "zone", lambda given: check_zone(as_text(given)), None),
    }
    made: list[FactTest] = []
    for key, item in data.items():
        if key in MEASURES.get(spec.type, {}):
            name = f"{spec.name}.{key}"
            made += gather.at((key,), _read_tests, name, item, vocabulary) or ()
        elif stray := _stray(spec, key, data):
            gather.add([stray])
        elif key not in BESIDE:
            made += gather.at((), _read_op, spec, key, item, beside, vocabulary) or ()
        elif data.keys().isdisjoint(BESIDE[key]):
            gather.add([Problem.of("stands-alone", key, key=key, beside=BESIDE[key][:1])])
    gather.done()
    return made


def _stray(spec: FactSpec, key: str, data: Mapping[str, Any]) -> Problem | None:
    """Return the problem of a word that should be in a list with the one before it."""
    if data[key] is not None or key in TAKES[spec.type]:
        return None
    lists = [op for op, sense in TAKES[spec.type].items() if sense.operand is OperandKind.WORDS]
    texts = ((op, given) for op, given in data.items() if isinstance(given, str) and op in lists)
    op, first = next(texts, ("", ""))
    if not op:
        return None
    return Problem.of("list-without-brackets", key, stray=key, first=first, op=op)


def _read_op(
    spec: FactSpec, key: str, item: object, beside: dict[str, Any], vocabulary: Vocabulary
) -> list[FactTest]:
    if key not in TAKES[spec.type]:
        measure = MEASURED.get(spec.type) if key in TAKES[FactType.NUMBER] else None
        write = f"{{{measure}: {{{key}: {item}}}}}" if measure and _is_number(item) else ""
        hint = "of-measure" if write and len(MEASURES[spec.type]) > 1 else None
        raise InvalidError([op_problem(spec, key, hint=hint, measured=write)])
    op = Op(key)
    gather = Gather()
    test = gather.at((key,), lambda: FactTest(spec.name, op, _operand(spec, op, item, beside)))
    if test:
        found = fit_problems(test, vocabulary)
        gather.add(problem.at(key) for problem in found)
    return [gather.made(test)]


def _is_number(item: object) -> bool:
    return isinstance(item, int | float) and not isinstance(item, bool)


def _operand(spec: FactSpec, op: Op, data: object, beside: dict[str, Any]) -> Operand:
    return _READ[TAKES[spec.type][op].operand](data, spec, beside)


def _number_of(spec: FactSpec) -> str:
    return WHOLE if spec.domain.whole else NUMBER


def _pair_of(end: OperandKind) -> "_Read":
    """Return what reads a pair of such operands."""

    def read(data: object, spec: FactSpec, beside: dict[str, Any]) -> Range:
        many = as_list(data)
        if len(many) != 2:  # noqa: PLR2004 - a pair
            raise refuse("not-two", count=len(many))
        ends: list[Any] = each(many, lambda one: _READ[end](one, spec, beside))
        return Range(*ends)

    return read


@lru_cache(maxsize=16)
def _phrases(
    words: tuple[str, ...], exceptions: tuple[str, ...], inflected: str | None
) -> WordList:
    """Return a list of words; one that several facts and rules are compared with is made once."""
    try:
        return WordList(words, exceptions, inflected)
    except InvalidError as error:
        # its own fields are not keys of the file
        raise InvalidError(problem.at() for problem in error.problems) from None


def read_rate(
    data: object,
    wanted: str = OperandKind.RATE_OR_QUIET,
    fits: Callable[[Rate], bool] = some_acts,
) -> Rate | Quiet:
    """Return a rate such as `3 in 1 h`, or a stretch of quiet such as `14 days since` if wanted.

    What is meant by anything else is only offered where it `fits`.
    """
    if isinstance(data, int) and not isinstance(data, bool):
        raise refuse("wrong-value", given=data, wanted=wanted, write=_offer(data, fits))
    text = " ".join(as_text(data).split())
    if rate := _rate(text):
        return rate
    match = _QUIET.fullmatch(text) if wanted is OperandKind.RATE_OR_QUIET else None
    if match:
        return Quiet(as_duration(match[1]))
    raise refuse("wrong-value", given=text, wanted=wanted, write=rate_meant(text, fits))


def _rate(text: str) -> Rate | None:
    if match := _PER.fullmatch(text):
        return Rate(_count(match[1]), UNITS[match[2]] if match[2] else None)
    match = None if _MEANT.fullmatch(text) else _RATE.fullmatch(text)
    return Rate(_count(match[1]), as_duration(match[2])) if match else None


def _count(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise refuse("number-too-large", most=_MOST_DIGITS)
    return int(digits)


def _offer(count: int, fits: Callable[[Rate], bool]) -> str:
    """Return a rate of that number of acts which is taken there; nothing if none is."""
    is_count = 0 <= count < 10**_MOST_DIGITS
    ways = [Rate(count, timedelta(hours=1)), Rate(count, CalendarUnit.WEEK)] if is_count else []
    return next((str(rate) for rate in ways if fits(rate)), "")


_MOST_DIGITS: Final = 18
_ANY_DIGITS: Final = "[0-9]+"
_RATE: Final = re.compile(RATE.replace(DIGITS, _ANY_DIGITS))
_QUIET: Final = re.compile(QUIET)
_PER: Final = re.compile(PER.replace(DIGITS, _ANY_DIGITS))
#: Units whose length varies, so that no window is of one.
_VARYING: Final = "month|quarter|year|mois|trimestre|an|année"
_MEANT: Final = re.compile(
    r"([0-9]{1,18}) ?(?:[^\W\d_]+ ?)??(?:/| (?:per|an?|each|every|par) ) ?"
    rf"(min|minute|h|hour|heure|{'|'.join(UNITS)})"
    rf"|([0-9]{{1,18}}) (?:in|within|en) (?:1|an?|one|une?) ({_VARYING})s?"
)
#: Signs of mathematics, and the questions that they stand for.
_SIGNS: Final = {"<": "below", "<=": "at most", "≤": "at most", ">": "above", ">=": "at least",
                 "≥": "at least"}  # fmt: skip
_SIGN: Final = re.compile(r"(<=?|>=?|[≤≥])\s*([0-9]{1,15}(?:\.[0-9]{1,15})?)")
_Read = Callable[[object, FactSpec, dict[str, Any]], Operand]
#: What reads an operand of each kind: the data, the fact asked, and the keys beside.
_READ: Final[Mapping[OperandKind, _Read]] = {
    OperandKind.FLAG: lambda data, _, __: as_flag(data),
    OperandKind.WORD: lambda data, _, __: as_text(data),
    OperandKind.WORDS: lambda data, _, __: frozenset(as_words(data)),
    OperandKind.PHRASES: lambda data, _, beside: _phrases(
        as_words(data), beside.get("except", ()), beside.get("inflected")
    ),
    OperandKind.PATTERN: lambda data, _, __: as_text(data),
    OperandKind.NUMBER: lambda data, spec, _: as_number(data, _number_of(spec)),
    OperandKind.DURATION: lambda data, _, __: as_duration(data),
    OperandKind.INSTANT: lambda data, _, __: as_instant(data),
    **{pair: _pair_of(end) for pair, end in ENDS.items()},
    OperandKind.HOURS: lambda data, _, beside: Hours(
        Week.parse("; ".join(as_words(data))), beside.get("zone")
    ),
    OperandKind.RATE: lambda data, _, __: read_rate(data, OperandKind.RATE),
    OperandKind.RATE_OR_QUIET: lambda data, _, __: read_rate(data),
}


# --------------------------------------------------------------------------------------- writing


def write_condition(condition: Condition) -> dict[str, Data]:
    """Return the plain data of a condition, the shortest that reads back to an equal one."""
    match condition:
        case FactTest():
            return {condition.fact: _write_test(condition)}
        case Not():
            return {"not": write_condition(condition.of)}
        case AtLeast():
            return {"at least": condition.count, "of": _write_many(condition)}
        case AnyOf():
            return {"any": _write_many(condition)}
        case _:
            return _merged(condition) or {"all": _write_many(condition)}


def _write_many(condition: All | AnyOf | AtLeast) -> list[Data]:
    return [write_condition(part) for part in condition.of]


def _merged(condition: All) -> dict[str, Data] | None:
    """Return several tests of different facts as one mapping, or None where that would not do."""
    simple = [part for part in condition.of if isinstance(part, FactTest)]
    merged = {test.fact: _write_test(test) for test in simple}
    is_whole = 1 < len(merged) == len(simple) == len(condition.of)
    return merged if is_whole else None


def _write_test(test: FactTest) -> Data:
    if test.op is Op.IS:
        return write_operand(test.operand)
    return {str(test.op): write_operand(test.operand), **dict(_beside(test.operand))}


def _beside(operand: Operand) -> Iterator[tuple[str, Data]]:
    if isinstance(operand, WordList) and operand.exceptions:
        yield "except", list(operand.exceptions)
    if isinstance(operand, WordList) and operand.inflected:
        yield "inflected", operand.inflected
    if isinstance(operand, Hours) and operand.zone is not None:
        yield "zone", operand.zone


def write_operand(operand: object) -> Data:
    """Return the plain data of what a test asks for."""
    for kind, write in _WRITTEN:
        if isinstance(operand, kind):
            return write(operand)
    return operand


_WRITTEN: Final[tuple[tuple[type, Callable[[Any], Data]], ...]] = (
    (frozenset, sorted),
    (Range, lambda pair: [write_operand(pair.low), write_operand(pair.high)]),
    (Rate, str),
    (Quiet, lambda quiet: f"{show_duration(quiet.since)} since"),
    (Hours, lambda hours: str(hours.week)),
    (WordList, lambda words: list(words.entries)),
    (timedelta, show_duration),
    (datetime, datetime.isoformat),
)
