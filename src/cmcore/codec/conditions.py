"""Conditions to and from plain data, the way charter files write them."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from cmcore.codec.plain import (
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
)
from cmcore.foundation.durations import show_duration
from cmcore.foundation.errors import InvalidError, Problem, refuse
from cmcore.foundation.names import clip
from cmcore.foundation.weeks import Week
from cmcore.foundation.words import WordList
from cmcore.nouns.conditions import (
    TAKES,
    All,
    AnyOf,
    AtLeast,
    Condition,
    Hours,
    Not,
    Op,
    Operand,
    Quiet,
    Range,
    Rate,
    Test,
    op_problem,
    test_problems,
)
from cmcore.nouns.facts import MEASURES, FactSpec, FactType, Vocabulary

_COMPARED: Final = frozenset(
    {Op.BELOW, Op.AT_MOST, Op.AT_LEAST, Op.ABOVE, Op.MORE_THAN, Op.FEWER_THAN}
)
#: What a bare value asks: `network: bluesky`, `topics: [product, event]`, `at: Mon-Fri 9:00-18:00`.
_BARE: Final[dict[FactType, Op]] = {
    FactType.FLAG: Op.IS,
    FactType.NUMBER: Op.IS,
    FactType.SYMBOL: Op.IS,
    FactType.SYMBOLS: Op.ANY_OF,
    FactType.TEXT: Op.MENTIONS,
    FactType.INSTANT: Op.DURING,
}
#: Keys that go with another one: `mentions` with `except`, `during` with `zone`.
_BESIDE: Final = {"except": Op.MENTIONS, "zone": Op.DURING}
_RATE: Final = re.compile(r"\s*([0-9]{1,9})\s+(?:in|within|en|par)\s+(.+)")
_QUIET: Final = re.compile(r"\s*(.+?)\s+(?:since|depuis)\s*")


def read_condition(data: object, vocabulary: Vocabulary) -> Condition:
    """Return the condition that `data` writes, every fact and operand checked.

    Raises:
        InvalidError: with every problem and its place below the condition.
    """
    mapping = as_mapping(data)
    if not mapping:
        raise refuse("a condition asks nothing", hint="leave `when` out for always")
    if set(mapping) == {"at least", "of"}:
        return _read_at_least(mapping, vocabulary)
    gather = Gather()
    parts: list[Condition] = []
    for key, item in mapping.items():
        parts += gather.at((key,), _read_entry, key, item, vocabulary) or ()
    gather.done()
    return parts[0] if len(parts) == 1 else All(parts)


def _read_at_least(mapping: dict[str, Any], vocabulary: Vocabulary) -> Condition:
    gather = Gather()
    count = gather.at(("at least",), as_int, mapping["at least"])
    parts = gather.at(("of",), _read_many, mapping["of"], vocabulary)
    gather.done()
    return AtLeast(count or 0, parts or ())


def _read_many(data: object, vocabulary: Vocabulary) -> list[Condition]:
    return each(data, lambda item: read_condition(item, vocabulary))


def _read_entry(key: str, data: object, vocabulary: Vocabulary) -> list[Condition]:
    if key == "all":
        return [All(_read_many(data, vocabulary))]
    if key == "any":
        return [AnyOf(_read_many(data, vocabulary))]
    if key == "not":
        return [Not(read_condition(data, vocabulary))]
    return list(_read_tests(key, data, vocabulary))


def _read_tests(name: str, data: object, vocabulary: Vocabulary) -> list[Test]:
    spec = vocabulary.find(name)
    if spec is None:
        raise InvalidError([vocabulary.missing(name)])
    made = [_bare(spec, data)] if not isinstance(data, dict) else _asked(spec, data, vocabulary)
    found = [
        Problem(p.message, p.path[1:], hint=p.hint)
        for test in made
        if test.fact == name
        for p in test_problems(test, vocabulary)
    ]
    if found:
        raise InvalidError(found)
    return made


def _bare(spec: FactSpec, data: object) -> Test:
    op = _BARE.get(spec.type)
    if op is None:
        known = ", ".join(f"`{o}`" for o in TAKES[spec.type])
        raise refuse(f"a {spec.type} needs a question", hint=f"it can be asked: {known}")
    if spec.type is FactType.SYMBOL and isinstance(data, list):
        op = Op.ONE_OF
    return Test(spec.name, op, _operand(spec, op, data, {}))


def _asked(spec: FactSpec, data: dict[str, Any], vocabulary: Vocabulary) -> list[Test]:
    gather = Gather()
    made: list[Test] = []
    if not data:
        raise refuse(f"nothing is asked of `{spec.name}`")
    for key, item in data.items():
        if key in _BESIDE:
            if _BESIDE[key] not in data:
                hint = f"it goes with `{_BESIDE[key]}`"
                gather.add([Problem(f"`{key}` stands alone", (key,), hint=hint)])
        elif key in MEASURES.get(spec.type, {}):
            name = f"{spec.name}.{key}"
            made += gather.at((key,), _read_tests, name, item, vocabulary) or ()
        else:
            test = gather.at((), _read_op, spec, key, item, data)
            made += [test] if test else []
    gather.done()
    return made


def _read_op(spec: FactSpec, key: str, item: object, beside: dict[str, Any]) -> Test:
    if key not in list(Op) or Op(key) not in TAKES[spec.type]:
        raise InvalidError([op_problem(spec, key)])
    gather = Gather()
    operand = gather.at((key,), _operand, spec, Op(key), item, beside)
    gather.done()
    return gather.at((key,), Test, spec.name, key, operand) or _raise(gather)


def _raise(gather: Gather) -> Test:
    raise InvalidError(gather.problems)


def _operand(spec: FactSpec, op: Op, data: object, beside: dict[str, Any]) -> Operand:
    if op is Op.PRESENT or (op is Op.IS and spec.type is FactType.FLAG):
        return as_flag(data)
    if op is Op.BETWEEN:
        low, high = _pair(data)
        return Range(_scalar(spec, low), _scalar(spec, high))
    if op is Op.MENTIONS:
        return WordList(as_words(data), as_words(beside.get("except", [])))
    if op is Op.DURING:
        zone = beside.get("zone")
        return Hours(_week(data), None if zone is None else as_text(zone))
    if op in _COMPARED or spec.type is FactType.NUMBER:
        return _scalar(spec, data)
    if op in {Op.IS, Op.MATCHES}:
        return as_text(data)
    return frozenset(as_words(data))


def _week(data: object) -> Week:
    return Week.parse("; ".join(as_words(data)))


def _pair(data: object) -> tuple[Any, Any]:
    many = as_list(data)
    if len(many) != 2:  # noqa: PLR2004 - a pair
        raise refuse(f"`between` takes two values, not {len(many)}", hint="as in `[1, 5]`")
    return many[0], many[1]


def _scalar(spec: FactSpec, data: object) -> Any:
    return _SCALARS[spec.type](data)


def read_rate(data: object) -> Rate | Quiet:
    """Return a rate such as `3 in 1 h`, or a stretch of quiet such as `14 days since`."""
    text = as_text(data)
    if match := _RATE.fullmatch(text):
        return Rate(int(match[1]), as_duration(match[2]))
    if match := _QUIET.fullmatch(text):
        return Quiet(as_duration(match[1]))
    hint = "write `3 in 1 h`, or `14 days since`"
    raise refuse(f"`{clip(text)}` is not a rate", hint=hint)


_SCALARS: Final[dict[FactType, Callable[[object], Any]]] = {
    FactType.NUMBER: as_number,
    FactType.DURATION: as_duration,
    FactType.INSTANT: as_instant,
    FactType.LOG: read_rate,
}


def write_condition(condition: Condition) -> dict[str, Any]:
    """Return the plain data of a condition, the shortest that reads back to an equal one."""
    match condition:
        case Test():
            return {condition.fact: _write_test(condition)}
        case Not():
            return {"not": write_condition(condition.of)}
        case AtLeast():
            return {"at least": condition.count, "of": [*map(write_condition, condition.of)]}
        case AnyOf():
            return {"any": [*map(write_condition, condition.of)]}
        case All():
            return _merged(condition) or {"all": [*map(write_condition, condition.of)]}


def _merged(condition: All) -> dict[str, Any] | None:
    """Return several tests of different facts as one mapping, or None where that would not do."""
    simple = [part for part in condition.of if isinstance(part, Test)]
    facts = {test.fact for test in simple}
    if len(simple) < 2 or not len(simple) == len(condition.of) == len(facts):  # noqa: PLR2004
        return None
    return {test.fact: _write_test(test) for test in simple}


def _write_test(test: Test) -> Any:
    if test.op is Op.IS:
        return write_operand(test.operand)
    return {str(test.op): write_operand(test.operand), **dict(_beside(test.operand))}


def _beside(operand: Operand) -> Iterator[tuple[str, Any]]:
    if isinstance(operand, WordList) and operand.exceptions:
        yield "except", list(operand.exceptions)
    if isinstance(operand, Hours) and operand.zone is not None:
        yield "zone", operand.zone


def write_operand(operand: object) -> Any:
    """Return the plain data of what a test asks for."""
    match operand:
        case frozenset():
            return sorted(operand)
        case Range():
            return [write_operand(operand.low), write_operand(operand.high)]
        case Rate():
            return f"{operand.count} in {show_duration(operand.within)}"
        case Quiet():
            return f"{show_duration(operand.since)} since"
        case Hours():
            return str(operand.week)
        case WordList():
            return list(operand.entries)
        case timedelta():
            return show_duration(operand)
        case datetime():
            return operand.isoformat()
        case _:
            return operand


