"""Every hint that says what to write can be followed."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmcore
from cmcore import InvalidError, Needs, parse
from cmcore.base.language import HINTS, PROBLEMS, THINGS

from .following import AT, NOTHING, Row, keys_of, problems
from .hints_followed import NOT_WRITTEN, ROWS


def parts(wrote: str) -> list[str]:
    """Return what of an example must be written: its keys and signs where it is one in general."""
    signs = {
        "2026-01-31T09:00+01:00": ["+01:00"],
        "{crisis: [...]}": ["crisis: ["],
        "key: value": ["key", ":"],
        '"key": value': ['"key":'],
        "key = value": ["key = "],
        "Span(start, stop)": ["Span("],
        "cmcore decide CHARTER ACT": ["decide"],
        "cmcore audit CHARTER HISTORY": ["audit"],
    }
    return signs.get(wrote, [wrote])


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{row.key}" for n, row in enumerate(ROWS)])
def test_what_a_hint_says_to_write_mends_its_problem_and_brings_no_other(row: Row) -> None:
    found = problems(row.read, row.text.replace("@", row.wrong))
    (hint,) = {one.hint or "" for one in found if row.key in keys_of(one)} or {str(found)}
    whole, wrote = row.text.replace("@", row.right), row.wrote or row.right
    if wrote != NOTHING:
        assert wrote in re.findall("`(.+?)`(?!`)", hint), hint
        assert all(part in whole or part in whole.replace(AT, "…") for part in parts(wrote)), whole
    after = problems(row.read, whole)
    assert after == (), [*map(str, after)]


def english() -> dict[str, str]:
    """Return every hint in English, by its key."""
    named = {code: said.hint[0] for code, said in PROBLEMS.items()}
    named |= {code: hint for code, (hint, _) in HINTS.items()}
    return named | {f"thing:{thing}": how for thing, (_, (how, _)) in THINGS.items()}


def offered() -> set[str]:
    """Return the key of every hint that has something to write: in backticks, or in words."""
    named = english()
    return {key for key, hint in named.items() if re.search(r"`|\bwrite\b|quote", hint)} - GENERAL


#: The hints that any problem may have, which are looked for at each of their codes.
GENERAL = {"did-you-mean", "one-of", "write-this"}


def given_to_codes() -> Iterator[str]:
    """Yield the codes that the library gives near names, known ones or what to write."""
    for path in sorted(Path(cmcore.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Problem.of", "refuse"}:
                names = {one.arg for one in node.keywords} & {"near", "known", "write"}
                code = ast.unparse(node.args[0]).strip("'")
                yield from (f"{name}:{code}" for name in names if code in PROBLEMS)


def test_every_hint_that_has_something_to_write_has_a_row_or_a_reason() -> None:
    due = offered() | {*given_to_codes()}
    rows = {row.key for row in ROWS}
    missing = due - rows - NOT_WRITTEN.keys()
    assert sorted(missing) == []
    assert sorted(NOT_WRITTEN.keys() & rows) == []
    assert sorted(NOT_WRITTEN.keys() - due) == []


#: Signs and words that a hint names, and that are not what it says to write.
NAMED = {"*", "---", ":", ",", "--team", "when", "Week", "datetime", "Case", "Review", "24:00"}


def test_every_example_of_a_hint_is_written_by_some_row() -> None:
    named = english()
    examples = {
        (key, piece.replace("{{", "{").replace("}}", "}"))
        for key, hint in named.items()
        for piece in re.findall("`(.+?)`(?!`)", hint)
        if key not in NOT_WRITTEN and not re.search(r"(?<!\{)\{[a-z_]+\}(?!\})", piece)
    }
    written = {(row.key, row.wrote or row.right) for row in ROWS}
    assert sorted(one for one in examples - written if one[1] not in NAMED) == []


#: Names of roles: some need quotes in a file, which a hint does not write.
HATS = st.sampled_from(["a", "b", "desk", "a, b", "no", "3"])


@given(st.sets(HATS), st.lists(HATS, max_size=4).filter(lambda many: len(many) != 2))
def test_roles_to_keep_apart_that_a_hint_names_are_of_the_file(
    seats: set[str], apart: list[str]
) -> None:
    written = json.dumps({"needs": "n", "seats": dict.fromkeys(seats, 1), "separation": [apart]})
    with pytest.raises(InvalidError) as failure:
        parse(written, Needs, format="json")
    (problem,) = failure.value.problems
    offered = re.findall("`\\[(.+)\\]`", problem.hint or "")
    named = [role for role in {*apart, *seats} if role in {"a", "b", "desk"}]
    assert bool(offered) == (len(named) >= 2)
    assert all({*pair.split(", ")} <= {*named} for pair in offered)
    assert offered or problem.hint == "name two roles of the team"
