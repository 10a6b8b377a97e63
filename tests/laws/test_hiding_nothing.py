"""A key that is repeated, or stands in both languages, hides nothing else that is wrong."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Charter, InvalidError, parse, read
from cmcore.base.errors import Problem

WRONG = """\
charter: airline
circuits: {{desk: [{{ask: {{rol: r}}}}]}}
default: dsk
rules:
- permit: daily
  because: Everyday.
  {when}: {{kind: publsh}}
  {again}: {{kind: reply}}
"""


def told(text: str, form: str = "yaml") -> list[Problem]:
    with pytest.raises(InvalidError) as caught:
        parse(text, Charter, format=form)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("when", "again", "code"),
    [("when", "when", "key-repeated"), ("quand", "when", "key-in-both"),
     ("when", "quand", "key-in-both")],
)  # fmt: skip
def test_a_key_that_stands_twice_hides_nothing_else(when: str, again: str, code: str) -> None:
    alone = WRONG.partition("  {again}")[0]
    others = told(alone.format(when=when))
    found = told(WRONG.format(when=when, again=again))
    assert [one for one in found if one.code != code] == others
    assert [(one.code, one.line) for one in found if one.code == code] == [(code, 8)]
    assert len(others) == 3


def test_a_file_of_which_nothing_else_is_wrong_is_refused_for_its_repeated_key() -> None:
    sound = WRONG.replace("rol:", "role:").replace("dsk", "desk").replace("publsh", "publish")
    for again, code in (("when", "key-repeated"), ("quand", "key-in-both")):
        (problem,) = told(sound.format(when="when", again=again))
        assert problem.code == code


PARTS = {
    "labels": ('{"tone": "flag"}', '{"claim": "flag"}'),
    "circuits": ('{"desk": [{"ask": {"role": "a"}}]}', '{"press": [{"ask": {"role": "b"}}]}'),
    "events": ('["launch"]', '["sale"]'),
    "version": ("1", "2"),
    "rules": (
        '[{"permit": "a", "because": "A.", "when": {"tone": true, "claim": true}}]',
        '[{"refer": "b", "to":"press", "because": "B", "when": {"since.sale": {"above": "1 h"}}}]',
    ),
}  # fmt: skip


def _json(pairs: list[tuple[str, str]]) -> str:
    return "{" + ",\n".join(f'"{key}": {one}' for key, one in pairs) + "}"


def _yaml(pairs: list[tuple[str, str]]) -> str:
    return "\n".join(f"{key}: {one}" for key, one in pairs)


HEAD = [("charter", '"airline"'), ("default", '"press"')]


@pytest.mark.parametrize(("form", "write"), [("json", _json), ("yaml", _yaml)])
@given(order=st.permutations([(key, one) for key, both in PARTS.items() for one in both]))
def test_what_stands_under_a_repeated_key_of_a_file_is_missed_nowhere(
    form: str,
    write: Callable[[list[tuple[str, str]]], str],
    order: list[tuple[str, str]],
) -> None:
    found = told(write([*HEAD, *order]), form)
    assert [(one.code, one.path) for one in found] == [
        ("key-repeated", (key,))
        for n, (key, _) in enumerate(order)
        if key in {other for other, _ in order[:n]}
    ]


FRENCH = {"labels": "étiquettes", "circuits": "circuits", "events": "événements",
          "version": "version", "rules": "règles"}  # fmt: skip


@given(order=st.permutations([(key, one) for key, both in PARTS.items() for one in both]))
def test_nor_is_what_stands_under_the_key_of_the_other_language(
    order: list[tuple[str, str]],
) -> None:
    keys = [key for key, _ in order]
    pairs = [(FRENCH[key] if key in keys[:n] else key, one) for n, (key, one) in enumerate(order)]
    found = told(_yaml([*HEAD, *pairs]))
    assert len(found) == len(PARTS)
    assert {one.code for one in found} <= {"key-repeated", "key-in-both"}


def test_a_problem_under_a_repeated_key_is_on_its_line() -> None:
    text = "charter: a\nrules:\n- permit: a\n  because: A.\nrules:\n- permit: b\n  becuse: B.\n"
    found = told(text)
    assert [(one.path, one.line) for one in found if one.path[:1] == ("rules",)] == [
        (("rules",), 5), (("rules", 1, "because"), 6), (("rules", 1, "becuse"), 7),
    ]  # fmt: skip


def test_the_same_goes_for_a_file(tmp_path: Path) -> None:
    file = tmp_path / "charter.json"
    file.write_text(json.dumps({"charter": "a", "target": 3})[:-1] + ', "charter": "b"}')
    with pytest.raises(InvalidError) as caught:
        read(file, Charter)
    assert {one.code for one in caught.value.problems} > {"key-repeated", "wrong-value"}


@pytest.mark.parametrize(
    ("line", "code"),
    [("title: &z a", "anchor"), ("title: !!str a", "tag"), ("title: {2026: x}", "key-not-text"),
     ("target: {a: 0,7}", "decimal-comma"), ("target: 12.500", "ambiguous-number"),
     (f"target: {'9' * 40}", "number-too-large"), (f"target: {'9' * 400}", "number-too-large"),
     ("target: .inf", "number-not-finite"), ("version: .nan", "number-not-finite")],
)  # fmt: skip
def test_a_value_that_no_file_may_have_hides_nothing_on_other_lines(line: str, code: str) -> None:
    wrong = WRONG.partition("  {again}")[0].format(when="when")
    found = told(f"{line}\n{wrong}")
    assert {one.code for one in found if one.line == 1} == {code}
    assert [one.at_line((one.line or 0) - 1) for one in found if one.line != 1] == told(wrong)


def test_what_is_wrong_with_the_networks_hides_nothing_of_the_volume() -> None:
    for networks in ("[]", "all", "3"):
        found = told(f"networks: {networks}\nvolume: {{own: 3 per day}}\n{_yaml(HEAD)}\n"
                     "circuits: {press: [{ask: {role: b}}]}")  # fmt: skip
        assert [one.path for one in found] == [("networks",), ("volume", "own")]


LARGE = ["9" * 400, ".inf", ".nan", "12.500", "{2026: x}", "&z a", "!!int 4"]


@given(spot=st.integers(0, 10_000), put=st.sampled_from(LARGE))
def test_a_value_that_no_file_may_have_makes_no_more_than_a_refusal(spot: int, put: str) -> None:
    file = Path(__file__).parents[2] / "examples" / "nodejs-bluesky" / "charter.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    keys = [n for n, line in enumerate(lines) if re.match(r" *(- )?[a-z ]+: ", line)]
    n = keys[spot % len(keys)]
    spoilt = [*lines[:n], lines[n].partition(": ")[0] + f": {put}", *lines[n + 1 :]]
    found = told("\n".join(spoilt))
    assert n + 1 in {one.line for one in found}
