"""Reading and writing every value of the library: JSON, YAML and TOML, strictly."""

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import cattrs

from cmcore.codec.converter import make_converter
from cmcore.codec.documents import dump_document, format_of, locate_all, parse_document
from cmcore.foundation.errors import InvalidError

_T = TypeVar("_T")


@cache
def converter() -> cattrs.Converter:
    """Return the library's own converter; make another with `make_converter` to change it."""
    return make_converter()


def structure(data: object, kind: type[_T]) -> _T:
    """Return the value of type `kind` that plain data writes.

    Raises:
        InvalidError: with every problem and its place.
    """
    return cast(_T, converter().structure(data, kind))


def unstructure(thing: object) -> Any:
    """Return the plain data of any value: mappings, lists, text, numbers and flags."""
    return converter().unstructure(thing)


def parse(text: str | bytes, kind: type[_T], *, format: str = "yaml") -> _T:  # noqa: A002
    """Return the value of type `kind` that a `json`, `yaml` or `toml` text writes.

    Raises:
        InvalidError: with every problem, its place and its line.
        MissingExtraError: when the format needs an extra that is not installed.
    """
    data = parse_document(text, format)
    try:
        return structure(data, kind)
    except InvalidError as error:
        lines = locate_all(text, format, [problem.path for problem in error.problems])
        found = zip(error.problems, lines, strict=True)
        ordered = sorted(found, key=lambda pair: pair[1] or 0)
        raise InvalidError(problem.at_line(line) for problem, line in ordered) from None


def dump(thing: object, *, format: str = "yaml") -> str:  # noqa: A002
    """Return the `json`, `yaml` or `toml` text of a value; `parse` reads it back equal."""
    return dump_document(unstructure(thing), format)


def read(path: str | os.PathLike[str], kind: type[_T]) -> _T:
    """Return the value of type `kind` in a `.json`, `.yaml` or `.toml` file.

    Raises:
        InvalidError: with every problem, its place and its line.
        OSError: when the file cannot be read.
    """
    file = Path(path)
    return parse(file.read_bytes(), kind, format=format_of(file.name))


def write(thing: object, path: str | os.PathLike[str]) -> None:
    """Write a value to a `.json`, `.yaml` or `.toml` file, whole or not at all."""
    file = Path(path)
    text = dump(thing, format=format_of(file.name))
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
