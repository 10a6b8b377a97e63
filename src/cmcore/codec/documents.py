"""Text to plain data and back: JSON, YAML and TOML files, perhaps written by a stranger.

What is read is plain data: None, bool, int, float, str, list, and dict with text keys. What could
be read in two ways is refused, with its line and what to do about it: repeated keys, numbers that
do not fit, everything of YAML that is neither a value, a list nor a mapping. The cost of reading
grows with the length of the text, whatever it holds.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import date, time
from itertools import chain
from pathlib import PurePath
from typing import Any, Final

import attrs

from cmcore.base.codes import Code
from cmcore.base.counts import MAX_DIGITS
from cmcore.base.errors import (
    MAX_PROBLEMS,
    InvalidError,
    MissingExtraError,
    Problem,
    first_of,
    refuse,
    refuse_any,
)
from cmcore.codec import bounds, places, yamlform
from cmcore.codec.bounds import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    MAX_NUMBER,
    Data,
)
from cmcore.codec.places import locate, locate_all

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_NODES",
    "MAX_NUMBER",
    "MAX_PROBLEMS",
    "NOT_JSON",
    "Data",
    "dump_document",
    "format_of",
    "locate",
    "locate_all",
    "parse_document",
    "parse_line",
    "read_document",
]

#: The format that each file name ending announces.
FORMATS: Final = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml"}

_JSON_SAYINGS: Final[tuple[tuple[str, Code], ...]] = (
    ("Expecting property name", "json-key-missing"),
    ("Expecting ':'", "colon-missing"),
    ("Expecting ','", "bracket-missing"),
    ("Expecting value", "json-value-missing"),
    ("Illegal trailing comma", "trailing-comma"),
    ("Extra data", "more-after-end"),
    ("Unterminated string", "quote-open"),
    ("control character", "line-break-in-json"),
    ("escape", "bad-escape"),
    ("", "not-json"),
)
#: The problems of a text that is not JSON, as opposed to its content.
NOT_JSON: Final = frozenset(code for _, code in _JSON_SAYINGS)
# Without one of these no number can be too large or not finite, or mean two things, and no text
# hold half a character.
_JSON_DOUBTS = (
    re.compile(r"[0-9]{19}|[0-9][eE]\+?[0-9]{3}|NaN|Infinity|\\u[dD][89a-fA-F]"),
    re.compile(r"\.[0-9]{2}0(?![0-9])"),
)
_TOML_SAYINGS: Final[tuple[tuple[str, Code], ...]] = (
    ("Cannot overwrite", "key-given-twice"),
    ("Cannot declare", "key-given-twice"),
    ("Cannot redefine", "key-given-twice"),
    ("Cannot mutate", "key-given-twice"),
    ("Duplicate", "key-given-twice"),
    ("Unterminated", "quote-open"),
    ("Expected \"'", "quote-open"),
    ("Illegal character", "line-break-in-toml"),
    ("invalid character", "line-break-in-toml"),
    ("Unescaped", "bad-escape"),
    ("hex value", "bad-escape"),
    ("Escaped character", "bad-escape"),
    ("Unclosed", "bracket-missing"),
    ("Expected '='", "equals-missing"),
    ("Expected ']", "table-bracket-missing"),
    ("end of document after", "more-on-line"),
    ("Invalid value", "bad-toml-value"),
    ("date", "bad-date"),
    ("key part", "bad-toml-key"),
    ("", "not-toml"),
)
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)$")


def format_of(name: str) -> str:
    """Return the format that the ending of a file name announces, in capitals or not.

    Raises:
        InvalidError: the ending is none of `FORMATS`.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        raise refuse("unknown-format", file=name, known=FORMATS, hint="end-with")
    return FORMATS[suffix]


def parse_document(text: str | bytes, format: str) -> Data:  # noqa: A002  (the word users know)
    """Read the text of a file into plain data. Dates and times of TOML come as ISO 8601 texts.

    Raises:
        InvalidError: with the line of everything that is wrong (the first fault, when it is one
            of syntax), and its path when there is one.
        MissingExtraError: PyYAML is needed and not installed.
    """
    data, problems = read_document(text, format)
    refuse_any(problems)
    return data


def read_document(text: str | bytes, format: str) -> tuple[Data, list[Problem]]:  # noqa: A002
    """Do as `parse_document`, and return what is wrong that leaves all else readable.

    What stands first under a key that is repeated counts; keys of the file itself go on where they
    were, since what they hold may be named elsewhere.

    Raises:
        InvalidError: with everything that is wrong, where some of it is not of `BESIDE`.
        MissingExtraError: PyYAML is needed and not installed.
    """
    readable = bounds.decode(text, format)
    return _READERS[format](readable)


def parse_line(line: str | bytes, number: int) -> Data:
    """Read the JSON document that stands alone on a line of a file, whose `number` is from 1.

    Raises:
        InvalidError: with everything that is wrong, as `parse_document` says it.
    """
    text = line.rstrip(b"\r\n") if isinstance(line, bytes) else line.rstrip("\r\n")
    try:
        return parse_document(text, "json")
    except InvalidError as error:
        raise InvalidError(_moved(problem, number) for problem in error.problems) from None


def _moved(problem: Problem, line: int) -> Problem:
    """Return a problem of a text of one line as it is where that is another line."""
    first = {"first": line} if "first" in problem.params else {}
    return attrs.evolve(problem, line=line, params={**problem.params, **first})


def dump_document(data: Data, format: str) -> str:  # noqa: A002
    """Write plain data as the text of a file that `parse_document` reads back equal.

    JSON and YAML keep the order of the keys; TOML puts the tables of a table after its values.

    Raises:
        InvalidError: the data is not plain, passes a limit, or cannot be said in the format.
        MissingExtraError: PyYAML or tomli-w is needed and not installed.
    """
    bounds.check_format(format)
    refuse_any(bounds.faults(data, has_null=format != "toml"))
    text = _WRITERS[format](data)
    bounds.check_size(text)
    return text


#: The problems that leave all else of a text readable, each with whether it is only of its line.
BESIDE: Final = {
    "key-repeated": False,
    **dict.fromkeys(("anchor", "tag", "key-not-text"), True),
    **dict.fromkeys(
        ("decimal-comma", "ambiguous-number", "number-too-large", "number-not-finite"), True
    ),
}
#: Plain data, and what is wrong with it that leaves all else readable.
_Found = tuple[Data, list[Problem]]


def _read_json(text: str) -> _Found:
    bounds.check_json_shape(text)
    has_repeats = False
    last: list[tuple[str, Data]] = []

    def to_dict(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
        nonlocal has_repeats, last
        entries, last = bounds.firsts(pairs), pairs
        has_repeats = has_repeats or len(entries) < len(pairs)
        return entries

    is_doubted = any(doubt.search(text) for doubt in _JSON_DOUBTS)
    try:
        data = json.loads(
            text,
            parse_float=bounds.real_number if is_doubted else None,
            object_pairs_hook=to_dict,
            parse_int=bounds.whole_number,
            parse_constant=float,
        )
    except json.JSONDecodeError as error:
        if not text.strip():
            raise bounds.stop("empty-document", 1) from None
        raise bounds.stop(_translated(error.msg, _JSON_SAYINGS), error.lineno) from None
    if has_repeats and isinstance(data, dict):  # whose pairs are the last that were read
        data = bounds.whole(last)
    problems = bounds.faults(data) if is_doubted else ()
    return _checked(data, problems, text, "json", has_repeats=has_repeats)


def _read_yaml(text: str) -> _Found:
    data, problems, has_repeats = yamlform.read(text)
    return _checked(data, problems, text, "yaml", has_repeats=has_repeats)


def _read_toml(text: str) -> _Found:
    bounds.check_toml_shape(text)
    try:
        data = tomllib.loads(text, parse_float=bounds.real_number)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = _TOML_LINE.search(said)
        line = int(found[1]) if found else bounds.line_at(text, len(text.rstrip()))
        raise bounds.stop(_translated(said, _TOML_SAYINGS), line) from None
    _tell_dates(data)
    return _checked(data, bounds.faults(data), text, "toml", has_repeats=False)


def _translated(said: str, sayings: tuple[tuple[str, Code], ...]) -> Code:
    """Return the code of what a reader of a format said: the first that it holds wins."""
    return next(code for theirs, code in sayings if theirs in said)


def _checked(
    data: Data, problems: Iterable[Problem], text: str, form: str, *, has_repeats: bool
) -> _Found:
    repeats = places.repeated(places.marks(text, form)) if has_repeats else ()
    found = first_of(chain(repeats, problems))
    told = places.placed(found, text, form) if found else []
    if any(problem.code not in BESIDE for problem in told):
        raise InvalidError(told)
    return data, told


def _tell_dates(data: dict[str, Any]) -> None:
    """Turn, in place, the dates and times that TOML knows into texts."""
    todo: list[Any] = [data]
    while todo:
        into = todo.pop()
        for step, item in bounds.entries(into):
            if isinstance(item, (date, time)):
                into[step] = item.isoformat()
            elif isinstance(item, (dict, list)):
                todo.append(item)


def _write_json(data: Data) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _write_toml(data: Data) -> str:
    try:
        import tomli_w
    except ImportError as error:
        raise MissingExtraError("tomli-w") from error
    if not bounds.is_mapping(data):
        raise refuse("toml-not-mapping")
    text = tomli_w.dumps(data)
    bounds.check_toml_shape(text)
    return text


_READERS: Final[dict[str, Callable[[str], _Found]]] = {
    "json": _read_json,
    "yaml": _read_yaml,
    "toml": _read_toml,
}
_WRITERS: Final[dict[str, Callable[[Data], str]]] = {
    "json": _write_json,
    "yaml": yamlform.write,
    "toml": _write_toml,
}
