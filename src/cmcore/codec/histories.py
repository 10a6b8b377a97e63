"""Histories as rows of facts: CSV and JSON lines, read as a stream, each row on its own."""

import csv
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TextIO

from cmcore.codec.plain import (
    Gather,
    as_duration,
    as_flag,
    as_instant,
    as_mapping,
    as_number,
    as_text,
    as_words,
)
from cmcore.foundation.errors import InvalidError, Problem, refuse
from cmcore.foundation.names import clip, did_you_mean
from cmcore.foundation.weeks import local
from cmcore.nouns.acts import Act, Message
from cmcore.nouns.charter import Charter
from cmcore.nouns.context import Author, Context, Situation
from cmcore.nouns.facts import FactSpec, FactType, Vocabulary
from cmcore.nouns.history import Case, Unreadable

#: What a cell says for a fact known to have no value.
NOTHING: Final = "(none)"
#: What separates the words of a set within a cell.
SEPARATOR: Final = "|"
LONGEST_LINE: Final = 1_000_000
_OWN: Final = frozenset(
    {"kind", "at", "network", "account", "author", "language", "topics", "text", "links"}
    | {"hashtags", "mentions", "media", "described", "paid", "scheduled", "template"}
)
_MESSAGE: Final = frozenset(
    {"kind", "author", "at", "language", "topics", "tone", "text", "ours", "followers"}
)
_MESSAGES: Final = ("in_reply_to", "target")
_AUTHOR: Final = frozenset({"roles", "seniority", "contract", "trained_in"})
_SITUATION: Final = frozenset({"open", "severity"})

_Read = Callable[[object], Any]
_JSON: Final[dict[FactType, _Read]] = {
    FactType.FLAG: as_flag,
    FactType.SYMBOL: as_text,
    FactType.SYMBOLS: lambda data: frozenset(as_words(data)),
    FactType.NUMBER: as_number,
    FactType.DURATION: as_duration,
    FactType.INSTANT: as_instant,
    FactType.TEXT: as_text,
}


def _cell_number(cell: object) -> int | float:
    text = str(cell)
    for read in (int, float):
        try:
            return as_number(read(text))
        except (ValueError, InvalidError):
            continue
    raise refuse(f"`{clip(text)}` stands where a number is due")


_CELL: Final[dict[FactType, _Read]] = {
    **_JSON,
    FactType.FLAG: lambda cell: as_flag(str(cell).lower()),
    FactType.SYMBOLS: lambda cell: frozenset(
        word for part in str(cell).split(SEPARATOR) if (word := part.strip())
    ),
    FactType.NUMBER: _cell_number,
}


def column(name: str, vocabulary: Vocabulary) -> FactSpec | None:
    """Return what the column `name` of a history holds, or None when it means nothing."""
    head, _, rest = name.partition(".")
    if name in _OWN or name in vocabulary.labels or name == "holiday":
        return vocabulary.find(name)
    if head in _MESSAGES and rest == "at":
        return FactSpec(name, FactType.INSTANT)
    known = {"author": _AUTHOR, "incident": _SITUATION, **dict.fromkeys(_MESSAGES, _MESSAGE)}
    if rest in known.get(head, ()):
        return vocabulary.find(name)
    if head == "event" and rest in vocabulary.events:
        return FactSpec(name, FactType.INSTANT)
    return None


def columns(vocabulary: Vocabulary) -> list[str]:
    """Return every column a history may have, sorted; those that begin with `_` are left alone."""
    messages = [f"{target}.{field}" for target in _MESSAGES for field in _MESSAGE]
    around = [*(f"author.{f}" for f in _AUTHOR), *(f"incident.{f}" for f in _SITUATION)]
    events = [f"event.{event}" for event in vocabulary.events]
    return sorted({"id", "holiday", *_OWN, *vocabulary.labels, *messages, *around, *events})


def column_problems(names: list[str], vocabulary: Vocabulary) -> list[Problem]:
    """Return the problem of every column that means nothing, or stands twice."""
    found = []
    for index, name in enumerate(names):
        if names.index(name) != index:
            found.append(Problem(f"the column `{clip(name)}` stands twice"))
        elif not _is_plain(name) and column(name, vocabulary) is None:
            hint = did_you_mean(name, columns(vocabulary))
            hint = hint or "declare a label, or begin its name with `_` to leave it alone"
            found.append(Problem(f"there is no fact `{clip(name)}`", (clip(name),), hint=hint))
    return found


def _is_plain(name: str) -> bool:
    return name == "id" or name.startswith("_")


def read_case(data: object, charter: Charter, *, place: str = "") -> Case:
    """Return the case that a mapping of facts writes, as in one line of a JSON lines history.

    Raises:
        InvalidError: with every fact that is unknown to the charter or of the wrong type.
    """
    item = as_mapping(data)
    wrong = column_problems(list(item), charter.vocabulary)
    if wrong:
        raise InvalidError(wrong)
    return _case(item, charter, _JSON, place)


def _case(item: Mapping[str, Any], charter: Charter, reads: dict[FactType, _Read], place: str) -> Case:
    gather = Gather()
    given: dict[str, Any] = {}
    absent: set[str] = set()
    for name, data in item.items():
        spec = column(name, charter.vocabulary)
        if spec is None or data is None or (reads is _CELL and data == ""):
            continue
        if data == NOTHING and spec.type is not FactType.TEXT:
            absent.add(name)
        else:
            found = gather.at((name,), reads[spec.type], data)
            gather.add(_closed(spec, found, name))
            given[name] = found
    gather.done()
    id_ = item.get("id")
    return Case(_act(given, absent, charter, as_text(id_) if id_ else None),
                _context(given, charter), place or (str(id_) if id_ else ""))  # fmt: skip


def _closed(spec: FactSpec, found: Any, name: str) -> Iterator[Problem]:
    if spec.values is None or found is None:
        return
    words = found if isinstance(found, frozenset) else {found}
    for word in sorted(words - spec.values):
        hint = did_you_mean(word, spec.values) or f"one of {', '.join(sorted(spec.values))}"
        yield Problem(f"`{name}` is never `{clip(word)}`", (name,), hint=hint)


def _act(given: dict[str, Any], absent: set[str], charter: Charter, id_: str | None) -> Act:
    labels = {name: given[name] for name in charter.labels if name in given}
    sets = {n for n in absent if charter.vocabulary.find(n).type is FactType.SYMBOLS}  # type: ignore[union-attr]
    own = {name: given[name] for name in _OWN if name in given}
    for name in sets:
        (labels if name in charter.labels else own)[name] = frozenset()
    messages = {target: _message(given, absent, target) for target in _MESSAGES}
    return Act(id=id_, labels=labels, absent=absent - sets, **own, **messages)


def _message(given: dict[str, Any], absent: set[str], target: str) -> Message | None:
    fields = {f: given[f"{target}.{f}"] for f in _MESSAGE if f"{target}.{f}" in given}
    nothing = {f for f in _MESSAGE if f"{target}.{f}" in absent}
    return Message(**fields, absent=nothing) if fields or nothing else None


def _context(given: dict[str, Any], charter: Charter) -> Context:
    events = {e: given[f"event.{e}"] for e in charter.events if f"event.{e}" in given}
    author = Author(**{f: given.get(f"author.{f}") for f in _AUTHOR})
    situation = Situation(given.get("incident.open"), given.get("incident.severity"))
    holidays, at = None, given.get("at")
    if "holiday" in given and isinstance(at, datetime):
        day = local(at, charter.zone).date()
        holidays = [day] if given["holiday"] else []
    return Context(author=author, incident=situation, holidays=holidays, events=events)


def read_history(path: str | os.PathLike[str], charter: Charter) -> Iterator[Case | Unreadable]:
    """Yield the cases of a `.csv` or `.jsonl` history one by one, never the whole file.

    A row that cannot be read is yielded as `Unreadable`, with its problems. In a CSV file the
    first row names the facts, an empty cell is unknown, `(none)` is known to be nothing, and `|`
    separates the words of a set.

    Raises:
        InvalidError: at once, when the format is unknown or a CSV column means nothing.
        OSError: when the file cannot be read.
    """
    file = Path(path)
    readers = {".csv": _csv_rows, ".jsonl": _json_rows, ".ndjson": _json_rows}
    read = readers.get(file.suffix.lower())
    if read is None:
        hint = f"a history ends in {', '.join(f'`{s}`' for s in readers)}"
        raise refuse(f"`{clip(file.name)}` is not a history", hint=hint)
    stream = file.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        rows = read(stream, charter)
        first = next(rows, None)
    except BaseException:
        stream.close()
        raise
    return _closing(stream, first, rows)


_Rows = Iterator[Case | Unreadable]


def _closing(stream: TextIO, first: Case | Unreadable | None, rows: _Rows) -> _Rows:
    with stream:
        if first is not None:
            yield first
            yield from rows


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(LONGEST_LINE):
        yield line


def _csv_rows(stream: TextIO, charter: Charter) -> _Rows:
    reader = csv.reader(_lines(stream), strict=True)
    names = _header(reader, charter)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _unreadable(start, Problem(f"the row cannot be read: {str(error).lower()}"))
            continue
        if cells:
            yield _csv_row(names, cells, charter, start)


def _header(reader: Any, charter: Charter) -> list[str]:
    try:
        names = [name.strip() for name in next(reader)]
    except StopIteration:
        raise refuse("the history is empty", hint="its first row names the facts") from None
    except csv.Error as error:
        raise refuse(f"the first row cannot be read: {str(error).lower()}") from None
    wrong = column_problems(names, charter.vocabulary)
    if wrong:
        raise InvalidError(problem.at_line(1) for problem in wrong)
    return names


def _csv_row(names: list[str], cells: list[str], charter: Charter, line: int) -> Case | Unreadable:
    if len(cells) != len(names):
        hint = "quote cells that hold a comma"
        message = f"{len(cells)} cells where {len(names)} are due"
        return _unreadable(line, Problem(message, hint=hint))
    return _guarded(lambda place: _case(dict(zip(names, cells, strict=True)), charter, _CELL, place),
                    cells, line)  # fmt: skip


def _json_rows(stream: TextIO, charter: Charter) -> _Rows:
    from cmcore.codec.documents import parse_document

    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            yield _guarded(
                lambda place, text=line: read_case(  # type: ignore[misc]
                    parse_document(text, "json"), charter, place=place
                ),
                [line],
                number,
            )


def _guarded(read: Callable[[str], Case], texts: list[str], line: int) -> Case | Unreadable:
    if any("\udc80" <= letter <= "\udcff" for text in texts for letter in text):
        hint = "save the file as UTF-8"
        return _unreadable(line, Problem("the row is not UTF-8", hint=hint))
    try:
        return read(f"line {line}")
    except InvalidError as error:
        return _unreadable(line, *error.problems)


def _unreadable(line: int, *problems: Problem) -> Unreadable:
    return Unreadable(f"line {line}", problems)


