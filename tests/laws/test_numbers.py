"""A number is read as whoever wrote it means it, or refused with both ways to write it."""

# ruff: noqa: ANN401 (what is read is of any type)

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Charter, InvalidError, parse
from cmcore.base import Problem
from cmcore.base.amounts import show_duration
from cmcore.charters import FactType
from cmcore.codec.cells import CELL, JSON
from cmcore.codec.documents import dump_document, parse_document
from cmcore.codec.histories import Reader
from cmcore.time.durations import parse_duration

CHARTER: Final = """\
charter: shop
labels: {score: number, wait: duration}
circuits: {desk: [{ask: {role: lead}, within: WITHIN}]}
default: desk
rules:
  - {permit: daily, because: Everyday posts go out., when: {FACT: {above: NUMBER}}}
"""
COUNT, SCORE = "in_reply_to.followers", "score"
#: Between thousands, and before decimals.
SIGNS: Final = (".", ",", "'", "\u2019", " ", "\u00a0", "\u202f")
Read = Callable[[str, str], Any]


def charter(fact: str, number: str, within: str = "1 h") -> Charter:
    text = CHARTER.replace("FACT", fact).replace("NUMBER", number).replace("WITHIN", within)
    return parse(text, Charter)


def threshold(fact: str, number: str) -> Any:
    when: Any = charter(fact, number).rules[0].when
    return when.operand


def row(reads: Mapping[str, Callable[[object], Any]]) -> Callable[[str, object], Any]:
    def read(fact: str, number: object) -> Any:
        found = Reader(charter(SCORE, "1"), reads).case({"kind": "reply", fact: number}, "")
        message = found.act.in_reply_to
        return found.act.labels.get(SCORE) if message is None else message.followers

    return read


def document(form: str) -> Read:
    def read(_: str, number: str) -> Any:
        text = {"json": f'{{"n": {number}}}', "toml": f"n = {number}", "yaml": f"n: {number}"}
        return parse_document(text[form], form)["n"]

    return read


READS: Final[dict[str, Read]] = {
    "a charter": threshold,
    "a quoted number of a charter": lambda fact, number: threshold(fact, json.dumps(number)),
    "a cell": row(CELL),
    "a text of a JSON line": row(JSON),
    **{form: document(form) for form in ("json", "yaml", "toml")},
}
#: What reads a number that stands without quotes, where that is not the same.
UNQUOTED: Final[dict[str, Read]] = {
    "a quoted number of a charter": threshold,
    "a text of a JSON line": lambda fact, number: row(JSON)(fact, json.loads(number)),
}


def told(read: Read, fact: str, number: str) -> Any:
    try:
        return read(fact, number)
    except InvalidError as error:
        return error.problems[0]


def ways(problem: Problem, *, whole: bool) -> list[str]:
    """Return what the hint of a problem says to write."""
    hint = problem.hint or ""
    if hint == "take off the quotes":
        return [str(problem.params["given"])]
    if problem.code == "ambiguous-number":
        one, other = str(problem.params["whole"]), str(problem.params["fraction"])
        return [one] if whole and "where decimals make sense" in hint else [one, other]
    return [str(problem.params["write"])] if "write" in problem.params else []


@given(
    st.sampled_from(sorted(READS)),
    st.sampled_from([COUNT, SCORE]),
    st.integers(1, 10**7) | st.integers(1, 999).map(lambda n: n * 1000),
    st.sampled_from(SIGNS),
)
def test_thousands_are_never_read_as_ones(name: str, fact: str, number: int, sign: str) -> None:
    shown = f"{number:,}".replace(",", sign)
    found = told(READS[name], fact, shown)
    if isinstance(found, Problem):
        for way in ways(found, whole=fact == COUNT):
            after = told(UNQUOTED.get(name, READS[name]), fact, way)
            assert not isinstance(after, Problem), (shown, str(found), str(after))
    elif isinstance(found, str):
        assert name in {"json", "yaml", "toml"}
    else:
        dumped = fact == SCORE or name in {"json", "yaml", "toml"}  # a program may write `1.125`
        assert found == number or (dumped and float(found).hex() == (number / 1000).hex())
        assert found == number or shown[-1] != "0"


@given(st.floats(-1e6, 1e6), st.sampled_from(["json", "yaml", "toml"]))
def test_what_a_program_writes_is_one_number(number: float, form: str) -> None:
    assert parse_document(dump_document({"n": number}, form), form) == {"n": number}


@given(st.integers(0, 10**9).map(lambda n: n * timedelta(microseconds=1)))
def test_a_duration_that_is_shown_is_one_duration(duration: timedelta) -> None:
    assert parse_duration(show_duration(duration)) == duration


@pytest.mark.parametrize("unit", ["s", "min", "h", "d"])
@pytest.mark.parametrize("number", ["1.500", "12.000", "1.125"])
def test_a_duration_that_may_be_thousands_is_refused_wherever_it_is_read(
    number: str, unit: str
) -> None:
    whole, decimals = number.split(".")
    reads: list[Callable[[str], Any]] = [
        parse_duration,
        lambda duration: charter("wait", duration),
        lambda duration: charter("wait", "1 h", duration),
        CELL[FactType.DURATION],
        JSON[FactType.DURATION],
    ]
    for read in reads:
        with pytest.raises(InvalidError) as caught:
            read(f"{number} {unit}")
        (problem,) = caught.value.problems
        assert problem.params["whole"] == f"{whole}{decimals} {unit}"
        for way in ways(problem, whole=False):
            read(way)
