"""Whatever a file holds, it is read as a valid value or refused with its problems, and soon."""

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    InvalidError,
    decide,
    dump,
    parse,
    read_history,
    structure,
    unstructure,
)
from cmcore.charters import Case, Unreadable, Vocabulary
from cmcore.codec.documents import parse_document
from cmcore.strategies import charters, labels

from ..counted import calls

ROOT = Path(__file__).parents[2]
FORMATS = ("yaml", "json", "toml")
MUCH = 1_000_000  # calls; 150,000 are the most that any of these takes
FUZZ = settings(
    max_examples=min(3 * settings().max_examples, 20_000),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NASTY = (
    *("", " ", "\t", "\n", "null", "~", "yes", "no", "true", "-1", "0", "1e999", ".nan", "9" * 400),
    *("2026-02-30", "2026-01-01T00:00", "24:00", "Mon-Fri 09:00-18:00", "3 in 1 h", "1 d since"),
    *("{", "}", "[", "]", "[[", "- - -", ": :", "---", "...", "%YAML 9.9", "&a *a", "<<: *a", "*a"),
    *("!!python/object:os.system x", "!!binary x", "\x00", "\ufeff", "\u2028", "\u202e", "'", '"'),
    *('"""', "#", "|", ">", "?", "=", "charter: x", "rules: []", "permit: x", "when: {}"),
    *("mentions: [a]", "(a+)+$", "\\", "\\ud800", "é" * 300, "a: " * 200, "[" * 500, "{a: " * 90),
)
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**30, 0.5, float("inf"), float("nan"), "", "x", "any", "2/3"),
    *([], [[]], {}, {"": ""}, {"permit": "x"}, ["a", 1], {"at least": 1, "of": []}),
    *("0 s", "-1 h", "Mon", "Europe/Nowhere", "9" * 5000, {"not": {}}, {"type": "log"}, b"bytes"),
)


#: A charter that uses every key there is.
WHOLE = """
charter: whole
version: 2
title: Everything
target: 0.8
zone: Europe/Paris
since: 2026-01-01
through: 2026-12-31
approved by: [ada, grace]
approved on: 2025-12-01
review by: 2026-06-01
networks: [bluesky, linkedin]
volume: {publish: [5 in 1 d, 20 in 1 w]}
labels:
  claim: flag
  tone: [calm, angry]
  themes: {type: symbols, values: [a, b], about: what it is about}
  delay: duration
events: [launch]
circuits:
  desk: [{ask: {role: editor}, need: any, within: 30 min, else: escalate}]
  crisis: [{ask: {name: [ada, grace]}, need: 2/3, within: 1 h, else: refuse}, {ask: {team: law}}]
default: desk
rules:
  - permit: all
    when: {kind: [publish, reply], topics: {only: [event]}, claim: no, text: {length: {below: 9}}}
    because: Everyday.
    note: private
    source: clause 1
    since: 2026-02-01
    through: 2026-03-01
  - refer: words
    to: crisis
    when:
      any:
        - text: {mentions: [rappel, "off*"], except: [rappel de produit]}
        - at least: 2
          of: [{paid: yes}, {not: {tone: calm}}, {at: {during: Sat, zone: UTC}}]
        - {delay: {between: [1 h, 2 h]}, since.launch: {at least: 1 d}}
    because: Two people.
  - forbid: often
    when: {recent.publish.same_network: {more than: 3 in 1 h}, recent.any: {at least: 14 d since}}
    because: Enough.
"""


@cache
def files() -> tuple[str, ...]:
    """Return the charters that the repository holds."""
    found = [*ROOT.glob("tests/clauses/*.yaml"), *ROOT.glob("examples/*/charter.yaml")]
    return tuple(path.read_text(encoding="utf-8") for path in sorted(found))


@st.composite
def texts(draw: st.DrawFn, form: str) -> str:
    """Draw the text of a charter: one of the repository's, or one made up."""
    is_made_up = draw(st.booleans())
    if form == "yaml" and files() and not is_made_up:
        return draw(st.sampled_from(files()))
    return dump(draw(charters()), format=form)


def _cut(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    return text[:start] + text[start + draw(st.integers(1, 40)) :]


def _insert(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    piece = draw(st.sampled_from(NASTY) | st.text(max_size=8))
    return text[:at] + piece + text[at:]


def _on_lines(change: Callable[[st.DrawFn, list[str], int], None]) -> Callable[..., str]:
    def mutate(draw: st.DrawFn, text: str) -> str:
        lines = text.splitlines(keepends=True) or [""]
        change(draw, lines, draw(st.integers(0, len(lines) - 1)))
        return "".join(lines)

    return mutate


def _drop(_: st.DrawFn, lines: list[str], at: int) -> None:
    del lines[at : at + 2]


def _repeat(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines.insert(draw(st.integers(0, len(lines))), lines[at])


def _indent(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()


def _revalue(draw: st.DrawFn, lines: list[str], at: int) -> None:
    mark = next((m for m in (": ", " = ", "- ") if m in lines[at]), "")
    head = lines[at].partition(mark)[0] + mark if mark else ""
    lines[at] = f"{head}{draw(st.sampled_from(NASTY))}\n"


def _splice(draw: st.DrawFn, lines: list[str], at: int) -> None:
    other = draw(st.sampled_from(files() or ("charter: x\n",))).splitlines(keepends=True)
    start = draw(st.integers(0, len(other)))
    lines[at:at] = other[start : start + draw(st.integers(1, 12))]


MUTATIONS = (_cut, _insert, *map(_on_lines, (_drop, _repeat, _indent, _revalue, _splice)))


@st.composite
def mutated(draw: st.DrawFn, form: str) -> str | bytes:
    """Draw the text of a charter with one to four things wrong, some of them with its bytes."""
    text = draw(texts(form))
    for mutate in draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=4)):
        text = mutate(draw, text)
    if draw(st.integers(0, 9)) < 9:
        return text
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    at = draw(st.integers(0, len(raw)))
    raw[at : at + 1] = draw(st.binary(max_size=3))
    return bytes(raw)


def places(data: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(data, dict | list):
        for step, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(item, (*path, step))


def replaced(data: Any, path: tuple[Any, ...], item: object) -> Any:  # noqa: ANN401 - any data
    if not path:
        return item
    made = dict(data) if isinstance(data, dict) else list(data)
    made[path[0]] = replaced(made[path[0]], path[1:], item)
    return made


@st.composite
def twisted(draw: st.DrawFn) -> object:
    """Draw the data of a charter with one to three parts of it turned into something else."""
    data: Any = unstructure(draw(charters(min_rules=1)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(data))))
        other = draw(st.sampled_from(list(places(data))))
        odd = draw(st.sampled_from(ODD) | st.just(_at(data, other)))
        data = replaced(data, path, odd)
    return data


def _at(data: Any, path: tuple[Any, ...]) -> object:  # noqa: ANN401 - any data
    for step in path:
        data = data[step]
    return data


def check_told(error: InvalidError) -> None:
    assert error.problems
    assert all(problem.message.strip() for problem in error.problems)
    assert str(error)


def is_read_or_refused(read: Callable[[], Charter]) -> None:
    """Check that `read` gives a valid charter, or says what is wrong."""
    try:
        charter = read()
    except InvalidError as error:
        check_told(error)
    else:
        assert structure(unstructure(charter), Charter) == charter
        decide(charter, Act())


class TestCharters:
    """A charter may come from a stranger: it is valid, or refused with its problems."""

    @pytest.mark.parametrize("form", FORMATS)
    @FUZZ
    @given(data=st.data())
    def test_a_mutated_file_is_valid_or_refused(self, form: str, data: st.DataObject) -> None:
        text = data.draw(mutated(form))
        is_read_or_refused(lambda: parse(text, Charter, format=form))

    @FUZZ
    @given(twisted())
    def test_data_of_other_types_is_valid_or_refused(self, data: object) -> None:
        is_read_or_refused(lambda: structure(data, Charter))

    @FUZZ
    @given(st.text(max_size=60) | st.binary(max_size=60), st.sampled_from(FORMATS))
    def test_any_text_at_all_is_valid_or_refused(self, text: str | bytes, form: str) -> None:
        is_read_or_refused(lambda: parse(text, Charter, format=form))

    @pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
    def test_any_part_turned_into_anything_else_is_valid_or_refused(self, odd: object) -> None:
        data = parse_document(WHOLE, "yaml")
        assert structure(data, Charter).id == "whole"
        for path in places(data):
            twisted = replaced(data, path, odd)
            is_read_or_refused(lambda made=twisted: structure(made, Charter))  # type: ignore[misc]

    @pytest.mark.parametrize("text", files())
    def test_the_charters_of_the_repository_are_read_or_refused(self, text: str) -> None:
        is_read_or_refused(lambda: parse(text, Charter, format="yaml"))


COLUMNS = (
    *("id", "kind", "at", "network", "topics", "text", "paid", "template", "links", "holiday"),
    *("in_reply_to.tone", "target.at", "target.followers", "author.roles", "incident.open"),
    *("event.launch", "_note", "tone", "risk", "promises", "nothing"),
)
CELLS = (
    *("", "(none)", "publish", "2026-03-27T08:00+00:00", "2026-03-27", "a|b", "yes", "no", "TRUE"),
    *("3", "-1", "1e999", "nan", '"', '""', '"a,b"', "a\nb", '"a\nb"', "\x00", "é", "2 h", "|"),
    *("9" * 400, "null", "{}", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14:00"),
)
VALUES = (*ODD[:-1], "publish", ["a", "b"], "2026-03-27T08:00+00:00", "(none)", {"a": 1})


@st.composite
def csv_bytes(draw: st.DrawFn) -> bytes:
    """Draw a CSV history, its header mostly right and its rows mostly not."""
    names = draw(st.lists(st.sampled_from(COLUMNS[:-1]), min_size=1, max_size=6, unique=True))
    if draw(st.integers(0, 9)) == 9:
        names.append(draw(st.sampled_from([*COLUMNS, *CELLS])))
    rows = draw(st.lists(st.lists(st.sampled_from(CELLS), max_size=7), max_size=6))
    rows += [[draw(st.sampled_from(CELLS)) for _ in names] for _ in range(3)]
    lines = [",".join(row) for row in [names, *rows]]
    return _spoilt(draw, draw(st.sampled_from(["\n", "\r\n"])).join(lines).encode())


@st.composite
def json_lines(draw: st.DrawFn) -> bytes:
    """Draw a history in JSON lines, with all sorts of rows."""
    row = st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(VALUES), max_size=5)
    line = st.one_of(row.map(json.dumps), st.sampled_from([*NASTY, "[]", "3", '{"id": "a"}']))
    return _spoilt(draw, "\n".join(draw(st.lists(line, max_size=6))).encode())


def _spoilt(draw: st.DrawFn, raw: bytes) -> bytes:
    if draw(st.integers(0, 3)):
        return raw
    at = draw(st.integers(0, len(raw)))
    return raw[:at] + draw(st.binary(max_size=4)) + raw[at + draw(st.integers(0, 4)) :]


@cache
def charter() -> Charter:
    """Return a charter with labels of each type that a history may give."""
    text = """
charter: c
labels: {tone: [calm, angry], risk: number, promises: symbols}
events: [launch]
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules: [{permit: all, because: Fine.}]
"""
    return parse(text, Charter, format="yaml")


def are_read_or_listed(path: Path) -> None:
    """Check that each row is a case to decide on or told as unreadable."""
    try:
        rows = list(read_history(path, charter()))
    except InvalidError as error:
        assert path.suffix == ".csv"
        check_told(error)
        return
    for row in rows:
        assert isinstance(row, Case | Unreadable)
        assert row.place
        if isinstance(row, Case):
            decide(charter(), row.act, row.context)
        else:
            assert row.problems


class TestHistories:
    """Rows that cannot be read are listed; only a header that means nothing refuses the file."""

    @pytest.mark.parametrize(
        ("suffix", "raw"), [(".csv", csv_bytes()), (".jsonl", json_lines())], ids=["csv", "jsonl"]
    )
    @FUZZ
    @given(data=st.data())
    def test_rows_are_cases_or_unreadable(
        self, suffix: str, raw: st.SearchStrategy[bytes], data: st.DataObject
    ) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, f"history{suffix}")
            path.write_bytes(data.draw(raw))
            are_read_or_listed(path)


class TestCosts:
    """Whatever is wrong with a small file, little is done about it."""

    @given(mutated("yaml"))
    def test_a_mutated_file_costs_little(self, text: str | bytes) -> None:
        read = partial(parse, text, Charter, format="yaml")
        assert calls(lambda: is_read_or_refused(read)) < MUCH

    @given(twisted())
    def test_data_of_other_types_cost_little(self, data: object) -> None:
        assert calls(lambda: is_read_or_refused(partial(structure, data, Charter))) < MUCH

    @given(csv_bytes())
    def test_rows_that_mean_nothing_cost_little(self, raw: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, "history.csv")
            path.write_bytes(raw)
            assert calls(lambda: are_read_or_listed(path)) < MUCH


class TestLabelsOfStrangers:
    """Whatever a vocabulary declares, its charter is written and read."""

    @given(st.dictionaries(st.text(max_size=8), labels(), max_size=3))
    def test_a_charter_with_any_names_for_labels_is_valid_or_refused(
        self, declared: dict[str, Any]
    ) -> None:
        data = unstructure(charter()) | {"labels": {n: unstructure(x) for n, x in declared.items()}}
        wrong = list(Vocabulary(declared).problems())
        if wrong:
            with pytest.raises(InvalidError):
                structure(data, Charter)
        else:
            assert structure(data, Charter).vocabulary.labels == declared
