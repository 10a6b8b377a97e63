"""Where things stand: every place of a JSON or TOML text, in order, with its line."""

import json
import re
import tomllib
from bisect import bisect
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

import attrs

from cmcore.base.errors import InvalidError, Path, Problem, more
from cmcore.codec import bounds, yamlform
from cmcore.codec.bounds import Data, Mark
from cmcore.codec.plain import as_instant

_JSON_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]|[^\s\[\]{},:"]++', re.DOTALL)
_IN_OBJECT: Final = -1
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\n]*+')"""
_TOML_PART = re.compile(_PART)
_TOML_START = re.compile(
    rf"[ \t]*+(?P<header>\[\[?)?[ \t]*+(?P<key>{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+)"
)


def json_marks(text: str) -> Iterator[Mark]:
    """Yield each place of a JSON text and its line; an entry of an object is on its key's line."""
    around: list[tuple[Path, int]] = []
    here: Path = ()
    line, seen, key_next = 1, 0, False
    for match in _JSON_TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        piece = match[0]
        if piece in {"]", "}"}:
            around.pop()
            key_next = False
        elif piece == ",":
            here, key_next = _json_next(around)
        elif key_next:
            here, key_next = (*around[-1][0], json.loads(piece)), False
            yield here, line
        else:
            if not around or around[-1][1] != _IN_OBJECT:
                yield here, line
            if piece == "{":
                around.append((here, _IN_OBJECT))
                key_next = True
            elif piece == "[":
                around.append((here, 0))
                here = (*here, 0)


def _json_next(around: list[tuple[Path, int]]) -> tuple[Path, bool]:
    path, index = around[-1]
    if index == _IN_OBJECT:
        return path, True
    around[-1] = (path, index + 1)
    return (*path, index + 1), False


def toml_marks(text: str) -> Iterator[Mark]:
    """Yield each table, table of an array and key of a TOML text, with its line.

    The root is on line 1. What stands inside an inline value is not distinguished from its key.
    """
    yield (), 1
    base: Path = ()
    arrays: dict[Path, int] = {}
    line, position = 1, 0
    while position < len(text):
        start = _TOML_START.match(text, position)
        after = _toml_end(text, start.end() if start else position)
        if start:
            steps = [_unquoted(part) for part in _TOML_PART.findall(start["key"])]
            if start["header"]:
                paths = _header_paths(steps, arrays, is_array=start["header"] == "[[")
                base = paths[-1]
            else:
                paths = [(*base, *steps[: n + 1]) for n in range(len(steps))]
            yield from ((path, line) for path in paths)
        line += text.count("\n", position, after)
        position = after


def _toml_end(text: str, position: int) -> int:
    """Return where the statement ends that goes on at `position`, its line break included."""
    depth = 0
    for match in bounds.TOML_TOKEN.finditer(text, position):
        depth += (match[0] in {"[", "{"}) - (match[0] in {"]", "}"})
        if match[0] == "\n" and depth <= 0:
            return match.end()
    return len(text)


def _unquoted(part: str) -> str:
    value: str = tomllib.loads(f"k={part}")["k"] if part[0] == '"' else part.strip("'")
    return value


def _header_paths(steps: list[str], arrays: dict[Path, int], *, is_array: bool) -> list[Path]:
    """List the places a header opens; a step through an array means its last table."""
    paths: list[Path] = []
    path: Path = ()
    for number, step in enumerate(steps, 1):
        path = (*path, step)
        paths.append(path)
        if is_array and number == len(steps):
            arrays[path] = arrays.get(path, 0) + 1
        if path in arrays:
            path = (*path, arrays[path] - 1)
            paths.append(path)
    return paths


def _json_places(text: str) -> Iterator[Mark]:
    bounds.check_json_shape(text)
    yield from json_marks(text)


def _toml_places(text: str) -> Iterator[Mark]:
    bounds.check_toml_shape(text)
    yield from toml_marks(text)


_PLACES = {"json": _json_places, "yaml": yamlform.marks, "toml": _toml_places}


def marks(text: str, form: str) -> Iterator[Mark]:
    """Yield each place of a text and its line, in order.

    Raises:
        InvalidError: the text passes a limit, or is not YAML; other faults end the places, or
            raise ValueError or IndexError.
    """
    return _PLACES[form](text)


def locate(text: str | bytes, format: str, path: Path) -> int | None:  # noqa: A002  (the word users know)
    """Return the line, from 1, of the deepest part of `path` that is in the text.

    An entry of a mapping is on the line of its key. None when the text has no place at all,
    because it cannot be read.
    """
    return locate_all(text, format, [path])[0]


def locate_all(text: str | bytes, format: str, paths: Iterable[Path]) -> list[int | None]:  # noqa: A002
    """Do as `locate` for many paths, scanning the text once."""
    bounds.check_format(format)
    asked = [tuple(path) for path in paths]
    wanted = {path[:length] for path in asked for length in range(len(path) + 1)}
    found: dict[Path, int] = {}
    # An unreadable text has only the places before its fault, which is what we want.
    with suppress(ValueError, IndexError):
        for path, line in marks(bounds.decode(text, format), format):
            if path in wanted:
                found.setdefault(path, line)
    return [
        next((found[path[:n]] for n in range(len(path), -1, -1) if path[:n] in found), None)
        for path in asked
    ]


def repeated(marks: Iterable[Mark]) -> Iterator[Problem]:
    """Find the keys that stand twice in the same mapping, among all the places of a text."""
    lines: dict[Path, int] = {}
    twice: Path | None = None
    for path, line in marks:
        if twice is not None and len(path) > len(twice) and path[: len(twice)] == twice:
            continue
        if path in lines:
            twice = path
            yield Problem.of("key-repeated", *path, key=path[-1], first=lines[path]).at_line(line)
        else:
            lines[path] = line


def placed(problems: Iterable[Problem], text: str, format: str) -> list[Problem]:  # noqa: A002
    """Give its line to each problem that has none, and sort them as they come in the text.

    Those of other files come after them, as they are.
    """
    every = list(problems)
    elsewhere = [problem for problem in every if problem.file is not None]
    known = [one for one in every if one != more() and one.file is None]
    lines = locate_all(text, format, [problem.path for problem in known])
    told = [
        problem.at_line(line if problem.line is None else problem.line)
        for problem, line in zip(known, lines, strict=True)
    ]
    if format == "yaml":
        told = [_commented(problem, text) for problem in told]
    told.sort(key=lambda problem: problem.line or 0)
    return [*told, *elsewhere, *[more()] * (more() in every)]


def doubts(text: str | bytes, format: str) -> Iterator[Problem]:  # noqa: A002
    """Yield what reads well and may not be what was meant: texts of YAML that a comment cuts."""
    readable = bounds.decode(text, format)
    cuts = list(yamlform.cut_texts(readable)) if format == "yaml" else []
    if not cuts:
        return
    paths, lines = zip(*marks(readable, format), strict=True)
    for line, rest in cuts:
        path = paths[bisect(lines, line) - 1]
        yield Problem.of("text-cut", *path, rest=rest, hint="comment-sign").at_line(line)


#: Lists whose entries are no set, though texts: the ends of a range, the files of a review, cells.
_IN_ORDER: Final = frozenset({"between", "files", "columns", "rows"})
#: Lists of mappings or lists that are sets; in others, an entry may come twice.
_SETS: Final = frozenset(
    {"all", "any", "hours", "leaves", "mix", "separation", "shifts", "supervision"}
)


def listed_again(data: Data, *path: str | int) -> Iterator[Problem]:
    """Yield each entry of a list that an earlier one is equal to, where it adds nothing."""
    if isinstance(data, dict):
        for key, one in data.items():
            yield from listed_again(one, *path, key)
    elif isinstance(data, list):
        seen: set[str] = set()
        for index, one in enumerate(data):
            if _is_of_set(one, path[-1:]):
                said = _written(_settled(one, path[-1]))
                if said in seen:
                    yield Problem.of("listed-again", *path, index, entry=_written(one))
                seen.add(said)
            yield from listed_again(one, *path, index)


def _written(entry: Data) -> str:
    return entry if isinstance(entry, str) else json.dumps(entry, sort_keys=True)


def _settled(entry: Data, key: str | int) -> Data:
    """Return an entry whose lists of texts are sorted, where their order says nothing."""
    if isinstance(entry, dict):
        return {name: _settled(one, name) for name, one in entry.items()}
    if not isinstance(entry, list):
        return entry
    many = [_settled(one, key) for one in entry]
    is_set = all(_is_of_set(one, (key,)) for one in entry)
    return sorted(many, key=_written) if is_set else many


def _is_of_set(entry: Data, key: Path) -> bool:
    """Return whether an entry of the list under a key counts once, however often it comes."""
    if isinstance(entry, dict | list):
        return not _SETS.isdisjoint(key)
    return isinstance(entry, str) and _IN_ORDER.isdisjoint(key)


def _commented(problem: Problem, text: str) -> Problem:
    """Return a problem of nothing where there is a comment in its place with the hint of that."""
    if problem.line is None or problem.params.get("found") != "nothing":
        return problem
    line = text.splitlines()[problem.line - 1]
    return attrs.evolve(problem, hint="comment-sign") if _COMMENT.search(line) else problem


_COMMENT: Final = re.compile(r":\s+#")


def as_written(problems: Iterable[Problem], documents: Iterable[Data]) -> list[Problem]:
    """Return problems whose instants are in the form that the documents give them."""
    found = list(problems)
    wanted = {at for one in found for given in one.params.values() if (at := _instant(given))}
    if not wanted:
        return found
    forms: dict[datetime | None, Any] = {
        at: text for data in documents for at, text in _instants(data) if at in wanted
    }
    return [
        attrs.evolve(one, params={name: forms.get(_instant(given), given)
                                  for name, given in one.params.items()})
        for one in found
    ]  # fmt: skip


def _instant(given: object) -> datetime | None:
    """Return the instant that a text gives in ISO 8601, None where it gives none."""
    with suppress(InvalidError):
        return as_instant(given) if isinstance(given, str) else None
    return None


def _instants(data: Data) -> Iterator[tuple[datetime, str]]:
    """Yield every instant that plain data holds, and how it is written."""
    if isinstance(data, str):
        at = _instant(data)
        if at is not None:
            yield at, data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _instants(one)
