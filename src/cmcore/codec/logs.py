"""Files of requests: one event on each line, or one document."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import MAX_PROBLEMS, InvalidError, Problem, refuse, refuse_any
from cmcore.codec.bounds import Data, refuse_list, stop
from cmcore.codec.documents import FORMATS, parse_document, parse_line
from cmcore.codec.files import read
from cmcore.codec.french import Written, in_english
from cmcore.codec.places import as_written
from cmcore.codec.requests import Entry, Place, log_of, read_entry
from cmcore.codec.spelt import as_in_file
from cmcore.requests.log import RequestLog

#: The endings of files that have one event on each line.
LINES: Final = (".jsonl", ".ndjson")
#: How many lines a log may have, and how many bytes a line.
MOST_LINES: Final = 2_000_000
LONGEST_LINE: Final = 1_000_000


@checked
def read_requests(path: str | os.PathLike[str]) -> RequestLog:
    """Return the log in a `.jsonl` file, one event per line, or in a `.yaml` or `.json` file.

    Raises:
        InvalidError: with every problem, its place and its line: unreadable lines and events, or,
            if all are readable, every inconsistency between them.
        OSError: when the file cannot be read.

    Examples:
        >>> from pathlib import Path
        >>> from cmcore.codec import read_requests
        >>> line = '{"received": "r1", "at": "2026-03-02T09:00+01:00"}'
        >>> _ = Path("log.jsonl").write_text(line)
        >>> [request.id for request in read_requests("log.jsonl").requests]
        ['r1']
    """
    file = Path(path)
    if file.suffix.lower() in LINES:
        return _read_lines(file)
    if file.is_file() and file.suffix.lower() not in FORMATS:
        known = (*LINES, *FORMATS)
        raise refuse("unknown-format", file=file.name, known=known, hint="end-with")
    return read(file, RequestLog)


def _read_lines(file: Path) -> RequestLog:
    placed: list[tuple[Entry, Place]] = []
    problems: list[Problem] = []
    for number, line in _lines(file):
        try:
            data, written = in_english(parse_line(line, number), RequestLog, "events", 0)
            placed.append((_entry(data, written), ((), number)))
        except InvalidError as error:
            problems += (problem.at_line(number) for problem in error.problems)
        if len(problems) > MAX_PROBLEMS:
            break
    try:
        log = log_of(placed, whole=not problems)
    except InvalidError as error:
        told = sorted([*problems, *error.problems], key=lambda problem: problem.line or 0)
        raise InvalidError(as_written(told, _documents(file))) from None
    refuse_any(problems)
    return log


def _entry(data: Data, written: Written) -> Entry:
    """Return the event of a line; its problems are at the keys that the line has."""
    try:
        return read_entry(data)
    except InvalidError as error:
        found = error.problems
        raise InvalidError(
            as_in_file(one, written, RequestLog, "events", 0) for one in found
        ) from None


def _documents(file: Path) -> Iterator[Data]:
    """Yield what the lines hold once more, where they can be read twice."""
    for _, line in _lines(file) if file.is_file() else ():
        with suppress(InvalidError):
            yield parse_document(line, "json")


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold anything, with their numbers, as far as there may be."""
    with file.open("rb") as stream:
        refuse_list(stream)
        for number in range(1, MOST_LINES + 1):
            line = stream.readline(LONGEST_LINE + 1)
            if len(line) > LONGEST_LINE:
                raise stop(Problem.of("line-bytes", most=LONGEST_LINE), number)
            if not line:
                return
            if line.strip():
                yield number, line
        if stream.readline(1):
            raise stop(Problem.of("too-many-lines", most=MOST_LINES), MOST_LINES)
