"""Text to plain data and back: round trips, places, refusals, and hostile texts."""

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, MissingExtraError, Path
from cmcore.codec import bounds, places
from cmcore.codec.documents import (
    FORMATS,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    MAX_PROBLEMS,
    Data,
    dump_document,
    format_of,
    locate,
    locate_all,
    parse_document,
)

ALL_FORMATS = ("json", "yaml", "toml")
LARGEST = 10**MAX_DIGITS - 1
TRICKY = (
    *("", " ", "~", "null", "Null", "no", "yes", "on", "true", "True", "1", "1.0", "1e3", "-.5"),
    *("1_000", "0x1F", "0o17", "010", "12:30", "2026-01-01", "2026-01-01 12:30:00", "<<", "=", "-"),
    *(".inf", "-.INF", ".nan", "NaN", "Infinity", "9" * 30, "9" * 400, "#", "a #b", "a: b", "- a"),
    *("a\nb", "a\n", "\na", "a\n\n", "\n", " a\nb", "a \nb", "a\n b\n", "a\r\nb", "a\rb", "\ta"),
    *("a\tb", "a\n\tb", "\x00", "\x07", "\x7f", "\x85", "a\x85b", "\u2028", "a\u2029b", "\ufeff"),
    *("a\ufeff", "\ufffe", "\U0010ffff", "fête", "🎉", "été 🎉\n", "'", '"', "''", '"""', "\\"),
    *(
        "%TAG",
        "%TAG ! x\n",
        "---",
        "--- a",
        "...",
        "...\n",
        "? a",
        "!x",
        "&x",
        "*x",
        "@x",
        "`x",
        "|",
    ),
    *("x" * 130, "mot " * 60, "mot " * 60 + "\n" + "mot " * 60, "a.b", "[a]", "{a}", ",", "a,b"),
)

texts = st.sampled_from(TRICKY) | st.text(max_size=20)
numbers = st.integers(-LARGEST, LARGEST) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | texts


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(texts.filter(short), inner, max_size=4)
        ),
        max_leaves=12,
    )


def short(text: str) -> bool:
    return len(text) <= bounds.MAX_NUMBER


plain = nested(scalars)
plain_without_null = nested(st.booleans() | numbers | texts)
tables = st.dictionaries(texts.filter(short), plain_without_null, max_size=4)


def exact(data: Data) -> Data:
    """Tell `1`, `1.0` and `True` apart, and `0.0` from `-0.0`."""
    if isinstance(data, dict):
        return {key: exact(item) for key, item in data.items()}
    if isinstance(data, list):
        return [exact(item) for item in data]
    return type(data), repr(data)


@pytest.fixture(params=["in C", "in Python"])
def pyyaml(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read YAML with each parser of PyYAML in turn."""
    if request.param == "in Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    return str(request.param)


def in_python(check: Callable[[], None]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        check()


def problems_of(text: str | bytes, form: str) -> list[tuple[str, Path, int | None]]:
    with pytest.raises(InvalidError) as caught:
        parse_document(text, form)
    return [(problem.message, problem.path, problem.line) for problem in caught.value.problems]


# ------------------------------------------------------------------------------------ round trips


@given(plain)
def test_json_is_read_back_as_it_was_written(data: Data) -> None:
    text = dump_document(data, "json")
    assert exact(parse_document(text, "json")) == exact(data)
    assert exact(parse_document(text.encode(), "json")) == exact(data)
    assert text == json.dumps(data, indent=2, ensure_ascii=False) + "\n"


@given(plain)
def test_yaml_is_read_back_as_it_was_written(data: Data) -> None:
    text = dump_document(data, "yaml")
    assert exact(parse_document(text, "yaml")) == exact(data)
    assert exact(parse_document(text.encode(), "yaml")) == exact(data)


@settings(max_examples=40)
@given(plain)
def test_yaml_is_read_alike_in_python_and_in_c(data: Data) -> None:
    text = dump_document(data, "yaml")

    def check() -> None:
        assert exact(parse_document(text, "yaml")) == exact(data)

    in_python(check)


@pytest.mark.parametrize("text", TRICKY)
def test_a_tricky_text_survives_yaml_wherever_it_stands(text: str, pyyaml: str) -> None:
    data = {text: text, "in a list": [text, [text]], "deep": {"deeper": {text: text}}}
    assert pyyaml
    assert parse_document(dump_document(data, "yaml"), "yaml") == data
    assert parse_document(dump_document(text, "yaml"), "yaml") == text


@given(tables)
def test_toml_is_read_back_as_it_was_written(data: dict[str, Any]) -> None:
    text = dump_document(data, "toml")
    assert exact(parse_document(text, "toml")) == exact(data)
    assert exact(parse_document(text.encode(), "toml")) == exact(data)


@given(plain, st.sampled_from(["json", "yaml"]))
def test_keys_keep_their_order(data: Data, form: str) -> None:
    read = parse_document(dump_document(data, form), form)
    assert json.dumps(read) == json.dumps(data)


@given(plain)
@example("http:\\/\\/")
def test_json_without_odd_characters_is_yaml(data: Data) -> None:
    text = json.dumps(data, ensure_ascii=False)
    if bounds.ILLEGAL["yaml"].search(text):
        assert "is not allowed here" in problems_of(text, "yaml")[0][0]
    else:
        assert exact(parse_document(text, "yaml")) == exact(data)


def test_the_same_list_twice_is_written_twice() -> None:
    shared = ["a"]
    assert dump_document({"x": shared, "y": shared}, "yaml") == "x:\n- a\ny:\n- a\n"


def test_yaml_is_written_for_people() -> None:
    data = {"id": "a-1", "note": "Fête 🎉\nto come\n", "no": "no", "at": "12:30", "n": "1e3"}
    assert dump_document(data, "yaml") == (
        "id: a-1\nnote: |\n  Fête 🎉\n  to come\n'no': 'no'\nat: '12:30'\nn: '1e3'\n"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *[(word, None) for word in ("null", "Null", "NULL", "~", "")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE")],
        *[(word, word) for word in ("no", "yes", "on", "off", "y", "tRUE", "nULL", "None")],
        *[(word, word) for word in ("2026-01-01", "12:30", "1:30:00", "0x1F", "0o17", "1_000")],
        *[(word, word) for word in ("1e", "e3", "1.2.3", "+-1", ".", "-x", "+", "٣")],
        *[("12", 12), ("-3", -3), ("+4", 4), ("010", 10), ("9" * 18, 10**18 - 1)],
        *[("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015)],
        *[("'12'", "12"), ('"true"', "true"), ("|-\n  12", "12"), (">-\n  a\n  b", "a b")],
        *[("[]", []), ("{}", {}), ("[a, {b: 1}]", ["a", {"b": 1}]), ("\n  - a", ["a"])],
    ],
)
def test_yaml_means_what_its_core_schema_says(written: str, meant: Data, pyyaml: str) -> None:
    assert pyyaml
    assert exact(parse_document(f"a: {written}\n", "yaml")) == exact({"a": meant})


def test_toml_dates_become_texts() -> None:
    text = (
        "a = 2026-01-02\nb = [12:30:00, {c = 2026-01-02T12:30:00Z}]\n[d]\ne = 2026-01-02 01:02:03"
    )
    assert parse_document(text, "toml") == {
        "a": "2026-01-02",
        "b": ["12:30:00", {"c": "2026-01-02T12:30:00+00:00"}],
        "d": {"e": "2026-01-02T01:02:03"},
    }


@pytest.mark.parametrize(
    ("text", "form", "data"),
    [
        ("\ufeff[1]", "json", [1]),
        ("\ufeffa: 1", "yaml", {"a": 1}),
        ("\ufeffa = 1", "toml", {"a": 1}),
        ("---\na: 1\n...\n", "yaml", {"a": 1}),
        ("%YAML 1.2\n---\na: 1\n", "yaml", {"a": 1}),
        ("? a\n: 1\n", "yaml", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", "yaml", {"a": 1, "b": 2}),
        ('{"\\ud83d\\ude00": "\\u00e9"}', "json", {"😀": "é"}),
        ("'<<': 1\n", "yaml", {"<<": 1}),
        ("~", "yaml", None),
        ("", "toml", {}),
        ("# nothing\n", "toml", {}),
    ],
)
def test_what_is_unusual_but_clear_is_read(text: str, form: str, data: Data) -> None:
    assert parse_document(text, form) == data
    assert parse_document(text.encode(), form) == data


# --------------------------------------------------------------------------------------- refusals

YAML_REFUSALS = [
    ("a: 1\nb: 2\na: 3\n", "the key `a` is repeated", 3),
    ("a: 1\n'a': 3\n", "the key `a` is repeated", 2),
    ("x:\n- {b: 1, b: 2}\n", "the key `b` is repeated", 2),
    ("a: 1\nb: &x [1]\n", "the anchor `&x` is not allowed", 2),
    ("&x a: 1\n", "the anchor `&x` is not allowed", 1),
    ("a: 1\nb: *x\n", "the alias `*x` is not allowed", 2),
    ("*x : 1\n", "the alias `*x` is not allowed", 1),
    ("a:\n  <<: {b: 1}\n", "the merge key `<<` is not allowed", 2),
    ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "the tag `tag:yaml.org,2002:python", 2),
    ("a: !x 1\n", "the tag `!x` is not allowed", 1),
    ("a: ! 1\n", "the tag `!` is not allowed", 1),
    ("--- !!map {}\n", "the tag `tag:yaml.org,2002:map` is not allowed", 1),
    ("a: !y!z 1\n", "tags are not allowed", 1),
    ("%TAG !y! tag:x\n---\na: !y!z 1\n", "a `%TAG` line is not allowed", 1),
    ("a: 1\n---\nb: 1\n", "there is more than one document", 2),
    ("a: 1\n---\n", "there is more than one document", 2),
    ("a:\n  3: x\n", "the key `3` is not text", 2),
    ("true: x\n", "the key `true` is not text", 1),
    ("null: x\n", "the key `null` is not text", 1),
    ("1.5: x\n", "the key `1.5` is not text", 1),
    ("a: 1\n?\n: x\n", "a key is missing before `:`", 2),
    ("a: 1\nb: {: x}\n", "a value is missing", 2),
    ("a: |x\n  b\n", "something follows the `|` or `>` of a text", 1),
    ("a: 1\nb: &\n", "anchors are not allowed", 2),
    ("a: 1\nb: *\n", "aliases are not allowed", 2),
    ("%YAML 1.1\n%YAML 1.1\n--- a\n", "a `%` line is not valid", 2),
    ("a: 1\n[b]: x\n", "a list or a mapping is used as a key", 2),
    ("? {b: 1}\n: x\n", "a list or a mapping is used as a key", 1),
    ("", "the document is empty", 1),
    ("# nothing\n", "the document is empty", 1),
    ("---\n", "the document is empty", 1),
    ("a: 1\nb: \x00\n", "the character U+0000 is not allowed", 2),
    ("a: \x1b\n", "the character U+001B is not allowed", 1),
    ("a: \x85\n", "the character U+0085 is not allowed", 1),
    ("a: 'x\u2028y'\n", "the character U+2028 is not allowed", 1),
    ("a: \ud800\n", "the character U+D800 is not allowed", 1),
    ("a:\n\tb: 1\n", "a tab is used as indentation", 2),
    ("a:\n  b: 1\n\tc: 2\n", "a tab is used as indentation", 3),
    ("a: .inf\n", "a number is not finite", 1),
    ("a: -.INF\n", "a number is not finite", 1),
    ("a: 1\nb: .NaN\n", "a number is not finite", 2),
    ("a: 1e999\n", "a number is not finite", 1),
    ("a: 1000000000000000000\n", "a whole number has more than 18 digits", 1),
    ("a:\n- " + "9" * 5000 + "\n", "a whole number has more than 18 digits", 2),
    ("a: b: c\n", "a `:` is out of place", 1),
    ("a: 1\nb\nc: 2\n", "a `:` is missing after a key", 3),
    ("-----\na: 1\n", "a line of more than three dashes begins no document", 1),
    ("a: 1\n---- \n\nb: 2\n", "a line of more than three dashes begins no document", 2),
    ("{a: 1}\n-----\nb: 2\n", "a line of more than three dashes begins no document", 2),
    ("a: 1\n-----\n", "a line of more than three dashes begins no document", 2),
    ("a: 1\nb: 'x\nc: 2\n", "a quote is opened and never closed", 2),
    ("a: 1\nb: 'x\n---\n", "a quote is opened and never closed", 2),
    ('a: 1\nb: "\\q"\n', "an escape in a text is not valid", 2),
    ('a: "\\ud800"\n', "", 1),
    ('"\\ud800": 1\n', "", 1),
    ("a: [1, 2\nb: 3\n", "", 2),
    ("a: {b: 1\n", "a `,` or a closing bracket is missing", 2),
    ("a: 1\n b: 2\n", "a `:` is out of place", 2),
    ("  a: 1\n b: 2\n", "", 2),
    ("- a\nb: 1\n", "the indentation does not fit the lines above", 2),
    ("a: 'x' y\n", "the indentation does not fit the lines above", 1),
    ("a: @x\n", "a text cannot start with this character", 1),
    ("a: - b\n", "a `-` is out of place", 1),
    ("[a]\nb\n", "something follows the end of the document", 2),
    ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "more than 64 levels of nesting", 1),
    ("\n" + "{a: " * 100_000, "more than 64 levels of nesting", 2),
    ("- " * 100_000, "more than 64 levels of nesting", 1),
    ("".join(" " * n + "a:\n" for n in range(200)), "more than 64 levels of nesting", 65),
]


@pytest.mark.parametrize(("text", "message", "line"), YAML_REFUSALS)
def test_yaml_refuses(text: str, message: str, line: int, pyyaml: str) -> None:
    assert pyyaml
    (said, _, at), *_ = problems_of(text, "yaml")
    assert message in said
    assert at == line


@pytest.mark.parametrize(
    ("text", "form", "message", "line"),
    [
        ('{"a": 1,\n"a": 2}', "json", "the key `a` is repeated", 2),
        ('[\n{"b": {"a": 1,\n"a": 2}}]', "json", "the key `a` is repeated", 3),
        ('{"a": NaN}', "json", "a number is not finite", 1),
        ('{"b": 1,\n"a": -Infinity}', "json", "a number is not finite", 2),
        ("[1,\n1e999]", "json", "a number is not finite", 2),
        ("[1,\n1000000000000000000]", "json", "a whole number has more than 18 digits", 2),
        ("-" + "9" * 5000, "json", "a whole number has more than 18 digits", 1),
        ('["",\n"\\ud800"]', "json", "half a character, U+D800", 2),
        ('["",\n{"\\udfff": 1}]', "json", "half a character, U+DFFF", 2),
        ("", "json", "the document is empty", 1),
        (" \n", "json", "the document is empty", 1),
        ("[1,\n2", "json", "a `,` or a closing bracket is missing", 2),
        ('{"b": 1,\n"a": 1,}', "json", "", 2),
        ("{a: 1}", "json", "a key in double quotes is missing", 1),
        ('{"a" 1}', "json", "a `:` is missing after a key", 1),
        ("[1,\n'a']", "json", "a value is missing", 2),
        ("[1]\n[2]", "json", "something follows the end of the document", 2),
        ('[1,\n"a]', "json", "a quote is opened and never closed", 2),
        ('["a\n"]', "json", "a text holds a line break or a tab", 1),
        ('["\\q"]', "json", "an escape in a text is not valid", 1),
        ('["\x00"]', "json", "the character U+0000 is not allowed", 1),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "json", "64 levels", 1),
        ("[\n" * 100_000, "json", "64 levels", 65),
        ('{"a":' * 100_000, "json", "64 levels", 1),
        ("[[],\n" + "1," * MAX_NODES + "1]", "json", "more than 2,000,000 values", 2),
        ('"' + "a" * MAX_BYTES + '"', "json", "longer than 16,777,216", None),
        ("é" * (MAX_BYTES // 2 + 1), "yaml", "longer than 16,777,216", None),
        (b"a: 1\nb: \xff\n", "yaml", "the text is not in UTF-8", 2),
        ("é".encode("utf-16"), "json", "the text is not in UTF-8", 1),
        ("a = 1\na = 2", "toml", "a key or a table is given twice", 2),
        ("[a]\n[a]", "toml", "a key or a table is given twice", 2),
        ("a.b = 1\na.b.c = 2", "toml", "a key or a table is given twice", 2),
        ("a = {b = 1, b = 2}", "toml", "a key or a table is given twice", 1),
        ("a = []\n[a.b]", "toml", "a key or a table is given twice", 2),
        ("[a.b]\n[a]\nb.c = 1", "toml", "a key or a table is given twice", 3),
        ("b = 1\na = nan", "toml", "a number is not finite", 2),
        ("[b]\na = [-inf]", "toml", "a number is not finite", 2),
        ("[[b]]\n[[b]]\na = 1e999", "toml", "a number is not finite", 3),
        ("a = 9223372036854775807", "toml", "a whole number has more than 18 digits", 1),
        ("a = 0xffffffffffffffff", "toml", "a whole number has more than 18 digits", 1),
        ("b = 1\na = " + "9" * 5000, "toml", "more than 300 characters in a row", 2),
        ("a = " + "1_" * 5000 + "1", "toml", "more than 300 characters in a row", 1),
        ("a = 1\nb = 'x", "toml", "a quote is opened and never closed", 2),
        ('a = "x', "toml", "a quote is opened and never closed", 1),
        ('a = "x\ny"', "toml", "a text holds a line break", 1),
        ("a = 'x\ny'", "toml", "a text holds a line break", 1),
        ('a = "\\q"', "toml", "an escape in a text is not valid", 1),
        ('a = "\\uzzzz"', "toml", "an escape in a text is not valid", 1),
        ('a = "\\ud800"', "toml", "an escape in a text is not valid", 1),
        ("a = [1\n2]", "toml", "a `,` or a closing bracket is missing", 2),
        ("a 1", "toml", "a `=` is missing after a key", 1),
        ("[a", "toml", "a closing bracket is missing after the name of a table", 1),
        ("a = 1 2", "toml", "something follows a value on its line", 1),
        ("a = 1\nb = no", "toml", "a value is missing or not valid", 2),
        ("a = 2026-02-30", "toml", "a date or a time is not valid", 1),
        ("a = 1\n[]", "toml", "a key is not valid", 2),
        ("!", "toml", "this is not valid TOML", 1),
        ("a = \x7f", "toml", "the character U+007F is not allowed", 1),
        ("a = " + "[" * 100_000, "toml", "64 levels", 1),
        ("a = " + "{a=" * 100_000, "toml", "64 levels", 1),
        ("a" + ".a" * 100_000 + " = 1", "toml", "64 levels", 1),
        ('b = 1\n["a"' + ' . "a"' * 100_000 + "]", "toml", "64 levels", 2),
        ("a = {b" + ".c" * 60 + " = [[[[1]]]]}", "toml", "64 levels", 1),
        ("[a]\n" * (MAX_NODES // 8), "toml", "more than 2,000,000 values", 250_000),
    ],
)
def test_a_text_is_refused_with_its_line(
    text: str | bytes, form: str, message: str, line: int | None
) -> None:
    (said, _, at), *_ = problems_of(text, form)
    assert message in said
    assert at == line


def test_as_many_levels_as_the_limit_are_read(pyyaml: str) -> None:
    assert pyyaml
    deep = "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH
    assert parse_document(deep, "json") == parse_document(deep, "yaml")
    assert parse_document(f"a = {deep[1:-1]}", "toml")["a"] == parse_document(deep[1:-1], "json")


def test_as_many_values_as_the_limit_are_read(pyyaml: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pyyaml
    monkeypatch.setattr(bounds, "MAX_NODES", 1000)
    for form in ("json", "yaml"):
        most = "[" + "[],\n" * 998 + "[]]"
        assert len(parse_document(most, form)) == 999
        assert problems_of(most.replace("[]]", "[], []]"), form) == [
            (bounds.TOO_MANY.message, (), 999)
        ]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        (
            "a: 1\nb:\n  - {x: 1, x: 2}\n  - 3: &z !!int 4\na: 5\nc: .inf\n",
            "yaml",
            [
                (("b", 0, "x"), 3),
                (("b", 1), 4),
                (("b", 1, "3"), 4),
                (("b", 1, "3"), 4),
                (("a",), 5),
                (("c",), 6),
            ],
        ),
        (
            '{"a": {"x": 1},\n"b": [NaN,\n1e400],\n"a": {"x": 1, "x": 2},\n"a": 3}',
            "json",
            [(("b", 0), 2), (("b", 1), 3), (("a",), 4), (("a",), 5)],
        ),
        ("a = nan\n[b]\nc = [1, inf]\n", "toml", [(("a",), 1), (("b", "c", 1), 3)]),
        ("a: \x00\n\nb: \x01\n", "yaml", [((), 1), ((), 3)]),
        ("[*a, {*b : 1, ? [c] : 2}]", "yaml", [((0,), 1), ((1,), 1), ((1,), 1)]),
    ],
)
def test_everything_wrong_is_told_at_once_in_order(
    text: str, form: str, expected: list[tuple[Path, int]]
) -> None:
    assert [(path, line) for _, path, line in problems_of(text, form)] == expected


def test_a_repeated_key_says_where_it_was_first() -> None:
    for text, form in (("a: 1\nb: 2\na: 3\n", "yaml"), ('{"a": 1,\n"b": 2,\n"a": 3}', "json")):
        with pytest.raises(InvalidError, match="it is already on line 1: keep one of them"):
            parse_document(text, form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("\x00" * 5000, "json"),
        ("[" + "&a b," * 5000 + "]", "yaml"),
        ("[" + "NaN," * 5000 + "1]", "json"),
        ("".join(f"a: {n}\n" for n in range(5000)), "yaml"),
    ],
)
def test_endless_problems_are_cut_short(text: str, form: str) -> None:
    problems = problems_of(text, form)
    assert len(problems) == MAX_PROBLEMS + 1
    assert "only the first 1,000 problems are listed" in [message for message, _, _ in problems]


def test_an_alias_bomb_is_refused_without_growing() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 100))]
    messages = {message.split()[1] for message, _, _ in problems_of("\n".join(lines), "yaml")}
    assert messages == {"anchor", "alias"}


def test_the_escapes_and_numbers_python_does_not_check_are_refused(pyyaml: str) -> None:
    assert pyyaml
    for text in ('a: "\\UFFFFFFFF"', f"%YAML {'1' * 5000}.1\n---\na: 1\n", 'a: "\\U00110000"'):
        assert len(problems_of(text, "yaml")) == 1


def test_no_message_tells_how_the_inside_is_made() -> None:
    for text, _, _ in YAML_REFUSALS:
        for message, _, _ in problems_of(text, "yaml"):
            assert not {"<", "'", "_"} & set(message.replace("<<", ""))
            assert message[0] in "a`t" or message.startswith(("something", "only"))
            assert not message.endswith(".")


# ---------------------------------------------------------------------------------------- writing

A_LOOP: list[Any] = []
A_LOOP.append(A_LOOP)
A_BUSH: list[Any] = []
A_BUSH.extend([A_BUSH] * 3)


@pytest.mark.parametrize("form", ALL_FORMATS)
@pytest.mark.parametrize(
    ("data", "message", "path"),
    [
        ({"a": [1, float("nan")]}, "a number is not finite", ("a", 1)),
        ({"a": -float("inf")}, "a number is not finite", ("a",)),
        ({"a": 10**18}, "a whole number has more than 18 digits", ("a",)),
        ({"a": {1: 2}}, "the key `1` is not text", ("a",)),
        ({"a": {"\ud800": 2}}, "half a character", ("a",)),
        ({"a": "x\udfff"}, "half a character", ("a",)),
        ({"a": (1, 2)}, "`tuple` is not plain data", ("a",)),
        ({"a": {"b": {1}}}, "`set` is not plain data", ("a", "b")),
        ({"a": A_LOOP}, "more than 64 levels of nesting", ("a", *[0] * 63)),
    ],
)
def test_only_plain_data_is_written(data: Data, form: str, message: str, path: Path) -> None:
    with pytest.raises(InvalidError) as caught:
        dump_document(data, form)
    assert message in caught.value.problems[0].message
    assert caught.value.problems[0].path == path


def test_data_that_holds_itself_again_and_again_is_refused() -> None:
    with pytest.raises(InvalidError, match="only the first 1,000 problems are listed"):
        dump_document(A_BUSH, "json")


def test_data_with_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_NODES", 1000)
    with pytest.raises(InvalidError, match="more than 2,000,000 values"):
        dump_document([[]] * 1000, "json")
    assert dump_document([[]] * 999, "json").count("[]") == 999
    with pytest.raises(InvalidError, match="more than 2,000,000 values"):
        dump_document({str(n): {} for n in range(125)}, "toml")


def test_data_that_could_not_be_read_back_is_refused() -> None:
    with pytest.raises(InvalidError, match="longer than 16,777,216"):
        dump_document("a" * MAX_BYTES, "json")
    with pytest.raises(InvalidError, match="more than 300 characters"):
        dump_document({"a" * 301: 1}, "toml")


def test_toml_has_no_null_and_is_a_mapping() -> None:
    with pytest.raises(InvalidError) as caught:
        dump_document({"a": None, "b": [1, {"c": None}]}, "toml")
    assert [problem.path for problem in caught.value.problems] == [("a",), ("b", 1, "c")]
    assert "leave the key out" in str(caught.value)
    with pytest.raises(InvalidError, match="a TOML document is a mapping"):
        dump_document([1], "toml")


# -------------------------------------------------------------------------------- formats, extras


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_ending_of_a_name_tells_the_format(suffix: str) -> None:
    assert format_of(f"some.where/my.charter{suffix}") == FORMATS[suffix]
    assert format_of(f"CHARTER{suffix.upper()}") == FORMATS[suffix]


@pytest.mark.parametrize("name", ["charter", "charter.txt", ".yaml", "a.yaml/b", ""])
def test_another_ending_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(InvalidError, match=r"`\.json`, `\.yaml`, `\.yml`, `\.toml`"):
        format_of(name)


def test_an_unknown_format_is_refused() -> None:
    for call in (
        lambda: parse_document("", "xml"),
        lambda: dump_document({}, "xml"),
        lambda: locate("", "xml", ()),
    ):
        with pytest.raises(InvalidError, match="`xml` is not a valid choice"):
            call()


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    for call in (lambda: parse_document("a: 1", "yaml"), lambda: dump_document({}, "yaml")):
        with pytest.raises(MissingExtraError, match=r"cmcore\[yaml\]"):
            call()
    with pytest.raises(MissingExtraError, match=r"cmcore\[toml\]"):
        dump_document({}, "toml")
    assert parse_document("a = 1", "toml") == parse_document('{"a": 1}', "json")
    assert locate('{"a": 1}', "json", ("a",)) == 1


# ----------------------------------------------------------------------------------------- places


class Page:
    """A text being written, and the line of each place in it."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.text = ""
        self.lines: dict[Path, int] = {}

    def add(self, text: str) -> None:
        self.text += text

    def gap(self, *choices: str) -> None:
        self.text += self.data.draw(st.sampled_from(choices))

    def mark(self, path: Path) -> None:
        self.lines[path] = self.text.count("\n") + 1


small = st.recursive(
    st.none() | st.integers(0, 9) | st.sampled_from(["a", "[", "}", ",", "#", '"', "\\", "a\nb"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["k", "a b", '"', "\\", "é", "#", "."]), inner, max_size=3
        )
    ),
    max_leaves=10,
)


def write_json(page: Page, data: Data, path: Path, *, is_entry: bool = False) -> None:
    gaps = ("", " ", "\n", "\n\n  ")
    page.gap(*gaps)
    if not is_entry:
        page.mark(path)
    if isinstance(data, dict):
        page.add("{")
        for number, (key, item) in enumerate(data.items()):
            page.add("," if number else "")
            page.gap(*gaps)
            page.mark((*path, key))
            page.add(json.dumps(key))
            page.gap(*gaps)
            page.add(": ")
            write_json(page, item, (*path, key), is_entry=True)
        page.gap(*gaps)
        page.add("}")
    elif isinstance(data, list):
        page.add("[")
        for number, item in enumerate(data):
            page.add("," if number else "")
            write_json(page, item, (*path, number))
        page.gap(*gaps)
        page.add("]")
    else:
        page.add(json.dumps(data))
    page.gap(*gaps)


def write_yaml(page: Page, data: Data, path: Path, indent: str) -> None:
    """Write what stands after `key:`, `-` or nothing, its line break included."""
    if not path:
        page.gap("", " ", "  # it's [\n")
    if data and isinstance(data, (dict, list)):
        page.add("\n")
        if not isinstance(data, dict):
            entries: list[tuple[Any, Any]] = list(enumerate(data))
        else:
            entries = list(data.items())
        for step, item in entries:
            page.gap("", "\n", f"{indent}# not: here\n")
            page.add(indent)
            if isinstance(data, dict):
                page.mark((*path, step))
                page.add(f"{json.dumps(step, ensure_ascii=False)}:")
            else:
                page.add("-")
            write_yaml(page, item, (*path, step), indent + "  ")
    elif isinstance(data, str) and page.data.draw(st.booleans()):
        page.add(f" |\n{indent}  x: 1\n\n{indent}  - {json.dumps(data)}\n")
    else:
        page.add(f" {json.dumps(data)}\n")


tables_by_name = st.recursive(
    st.integers(0, 9)
    | st.sampled_from(["a", "[", "}", "'", '"', "#", "a\n[b]\nc = 1\n", "\\", "''", '""'])
    | st.lists(st.integers(0, 9), max_size=3),
    lambda inner: st.dictionaries(
        st.sampled_from(["k", "a b", '"', "é", "1", "."]), inner, max_size=3
    ),
    max_leaves=8,
)


def toml_key(page: Page, key: str) -> str:
    bare = key in {"k", "1", "rows"}
    spellings = [json.dumps(key, ensure_ascii=False), f"'{key}'", *([key] if bare else [])]
    return page.data.draw(st.sampled_from(spellings))


def write_toml_value(page: Page, data: Data) -> None:
    if isinstance(data, list):
        page.add("[")
        for item in data:
            page.gap("", "\n", ' # ] "\n')
            page.add(f"{item},")
        page.gap("", "\n")
        page.add("]")
    elif isinstance(data, int):
        page.add(str(data))
    elif "'" not in data:
        quoted = json.dumps(data)
        page.gap(quoted, f"'''\n{data}'''", f'"""\n{quoted[1:-1]}"""')
    else:
        quoted = json.dumps(data)
        page.gap(quoted, f'"""{quoted[1:-1]}"""')


def write_toml(page: Page, table: dict[str, Any], path: Path, name: str) -> None:
    """Write the values of a table, then its tables under their headers or as dotted keys."""
    below = {key: item for key, item in table.items() if isinstance(item, dict)}
    for key, item in table.items():
        if key not in below:
            page.gap("", "\n", "# [no]\n", "  ")
            page.mark((*path, key))
            page.add(f"{toml_key(page, key)} = ")
            write_toml_value(page, item)
            page.gap("\n", " # end\n", "\r\n")
    for key, item in below.items():
        full = f"{name}.{toml_key(page, key)}" if name else toml_key(page, key)
        page.gap("", "\n")
        page.mark((*path, key))
        page.add(f"[{full}]\n")
        write_toml(page, item, (*path, key), full)


@settings(max_examples=60)
@given(st.data())
def test_every_place_of_a_json_text_is_found(data: st.DataObject) -> None:
    page, content = Page(data), data.draw(small)
    write_json(page, content, ())
    assert parse_document(page.text, "json") == content
    assert (
        dict(zip(page.lines, locate_all(page.text, "json", page.lines), strict=True)) == page.lines
    )
    assert list(places.json_marks(page.text)) == list(page.lines.items())


@settings(max_examples=60)
@given(st.data())
def test_every_key_of_a_yaml_text_is_found(data: st.DataObject) -> None:
    page, content = Page(data), data.draw(small)
    write_yaml(page, content, (), "")
    found = locate_all(page.text, "yaml", page.lines)
    assert dict(zip(page.lines, found, strict=True)) == page.lines


@settings(max_examples=60)
@given(st.data())
def test_every_place_of_a_flow_yaml_text_is_found(data: st.DataObject) -> None:
    page, content = Page(data), data.draw(small)
    write_json(page, content, ())
    if parses_as_yaml(page.text):
        found = locate_all(page.text, "yaml", page.lines)
        assert dict(zip(page.lines, found, strict=True)) == page.lines


def parses_as_yaml(text: str) -> bool:
    """Whether no line break stands between a key and its `:`, which YAML does not allow."""
    try:
        parse_document(text, "yaml")
    except InvalidError:
        return False
    return True


@settings(max_examples=60)
@given(st.data())
def test_every_place_of_a_toml_text_is_found(data: st.DataObject) -> None:
    page = Page(data)
    content: dict[str, Any] = {"t": data.draw(tables_by_name)}
    rows = data.draw(st.lists(tables_by_name.map(lambda item: {"x": item}), max_size=3))
    write_toml(page, content, (), "")
    for number, row in enumerate(rows):
        page.mark(("rows", number))
        page.lines.setdefault(("rows",), page.lines["rows", number])
        page.add(f"[[{toml_key(page, 'rows')}]]\n")
        write_toml(page, row, ("rows", number), "rows")
    assert parse_document(page.text, "toml") == content | ({"rows": rows} if rows else {})
    found = locate_all(page.text, "toml", page.lines)
    assert dict(zip(page.lines, found, strict=True)) == page.lines


@pytest.mark.parametrize(
    ("text", "form", "path", "line"),
    [
        ("a:\n  b:\n    - x\n    - c: 1\n", "yaml", ("a", "b", 1, "c"), 4),
        ("a:\n  b:\n    - x\n", "yaml", ("a", "b", 7, "c"), 2),
        ("# say\na: 1\n", "yaml", ("b",), 2),
        ("- a\n-\n  b\n", "yaml", (1,), 3),
        ("a:\n? [b]\n: {c: 1}\n", "yaml", ("a",), 1),
        ('\n{"a":\n[1,\n{"b": 2}]}', "json", ("a", 1, "b"), 4),
        ('\n{"a":\n[1,\n{"b": 2}]}', "json", ("a", 1, "z"), 4),
        ('\n{"a":\n[1,\n{"b": 2}]}', "json", ("z",), 2),
        ('\n{"a\\u00e9":\n1}', "json", ("aé",), 2),
        ("a.b = 1\na . 'c' = 2\n", "toml", ("a", "c"), 2),
        ("a = [\n1,\n2]\nb = 1\n", "toml", ("a", 1), 1),
        ("a = [\n1,\n2]\nb = 1\n", "toml", ("b",), 4),
        ("a = {b = 1}\n", "toml", ("a", "b"), 1),
        ("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 1\n", "toml", ("a", 1, "b", "c"), 6),
        ("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\n[[a.b]]\nc = 1\n", "toml", ("a", 1, "b", 1, "c"), 6),
        ('["a.b"."c"]\nd = 1\n', "toml", ("a.b", "c", "d"), 2),
        ("a = '''\nb = 1\n'''''\nb = 2", "toml", ("b",), 4),
        ('a = """\nb = 1\n\\""""\nb = 2', "toml", ("b",), 4),
        ("a = 1\n", "toml", ("zz", 3), 1),
        ("", "toml", ("a",), 1),
        ("", "yaml", ("a",), None),
        ("]", "json", ("a",), None),
        ('{"a": 1,\n"\\q": 2}', "json", ("a",), 1),
        (",", "json", (), None),
        (b"\xff", "json", (), None),
        ("[" * 100, "json", (0,), None),
        ("a = " + "[" * 100, "toml", ("a",), None),
        ("a: 'x", "yaml", ("a",), None),
    ],
)
def test_a_place_is_found_or_the_deepest_around_it(
    text: str | bytes, form: str, path: Path, line: int | None
) -> None:
    assert locate(text, form, path) == line


@given(plain, st.sampled_from(ALL_FORMATS))
def test_whatever_is_read_can_be_located(data: Data, form: str) -> None:
    content = {"x": json.loads(json.dumps(data).replace("null", "0"))} if form == "toml" else data
    text = dump_document(content, form)
    top = (next(iter(content), "x"),) if isinstance(content, dict) else (0,)
    lines = locate_all(text, form, [(), top, ("no", "such", 3)])
    assert all(line is not None and 1 <= line <= text.count("\n") + 1 for line in lines)


# ------------------------------------------------------------------------------------------- fuzz

SEEDS = {
    "json": '{"a": [1, 2.5, {"b": null}], "c": "d\\n", "e": true}',
    "yaml": "a:\n  - 1\n  - {b: null}\nc: |\n  d\ne: 'f'\n? g\n: \"h\"\n",
    "toml": "a = 1\n'b' = [1, 2]\n[c.d]\ne = '''\nf'''\n[[g]]\nh = {i = 2026-01-01}\n",
}
PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            "=",
            ".",
            "-",
            "?",
            "#",
            "&a ",
            "*a ",
            "!x ",
            "%",
            "|",
            ">",
        ),
        *(
            "'",
            '"',
            "'''",
            '"""',
            "\\",
            "\\u",
            "\\ud800",
            "\n",
            "\t",
            "\r",
            " ",
            "  ",
            "---\n",
            "...",
        ),
        *("[[", "]]", "<<: ", "1", "1e999", "nan", ".inf", "9" * 400, "\x00", "\u2028", "\ufeff"),
        *("%YAML 1.1\n", "%TAG ! x\n", "é", "a: 1\n", "a = 1\n", "[a.b]\n", "\ud800", "- ", ": "),
    ]
)


def reads_or_refuses(text: str | bytes, form: str) -> None:
    try:
        data = parse_document(text, form)
    except InvalidError as refused:
        error = refused
    else:
        assert list(bounds.faults(data)) == []
        assert locate(text, form, ("a", 0)) is not None
        return
    assert error.problems
    assert str(error)
    locate(text, form, ("a", 0))


@settings(max_examples=250)
@given(
    st.sampled_from(ALL_FORMATS), st.lists(st.tuples(st.integers(0, 90), PIECES, st.integers(0, 3)))
)
def test_a_damaged_text_is_read_or_refused(form: str, cuts: list[tuple[int, str, int]]) -> None:
    text = SEEDS[form]
    for position, piece, lost in cuts:
        text = text[:position] + piece + text[position + lost :]
    reads_or_refuses(text, form)
    in_python(lambda: reads_or_refuses(text, form))


@settings(max_examples=250)
@given(st.sampled_from(ALL_FORMATS), st.lists(PIECES).map("".join) | st.text() | st.binary())
def test_any_text_is_read_or_refused(form: str, text: str | bytes) -> None:
    reads_or_refuses(text, form)
    in_python(lambda: reads_or_refuses(text, form))


entries = st.sampled_from(("a", "été", "deux mots"))
surroundings = st.recursive(
    entries,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(entries, inner, max_size=2),
    max_leaves=4,
)


@given(
    surroundings,
    st.sampled_from(("", "mot " * 60)),
    st.sampled_from(("#1", "#1 of all", "#été #2")),
)
def test_a_text_that_a_comment_cuts_is_doubted_in_its_place(
    around: Data, before: str, rest: str
) -> None:
    path = ("all", 1, "text")
    text = dump_document({"all": [around, {"text": f"{before}Rule"}, around]}, "yaml")
    cut = text.replace("Rule", f"Rule {rest}")

    def check() -> None:
        (doubt,) = places.doubts(cut, "yaml")
        assert (doubt.path, doubt.line) == (path, locate(text, "yaml", path))
        assert doubt.params["rest"] == rest

    check()
    in_python(check)


@pytest.mark.parametrize(
    "text",
    [
        "a: 'Rule #1'",
        'a: "Rule #1"',
        "a: |\n  Rule #1\n",
        "a: Rule#1",
        "a: Rule # one",
        "a: Rule\n#1",
        "a: 5 #1",
        "a: [Rule] #1",
        "a: 'Rule' #1",
        "a: #1",
        "a:\n  #1\n  b: Rule",
    ],
)
def test_comments_that_cut_no_text_are_not_doubted(text: str, pyyaml: str) -> None:
    assert pyyaml
    assert not [*places.doubts(text, "yaml")]


def test_only_yaml_has_texts_without_quotes() -> None:
    assert not [*places.doubts('{"a": "Rule #1"}', "json")]
    assert not [*places.doubts('a = "Rule" #1', "toml")]
