"""Files of requests: one event on each line, or one document."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cmcore.codec import read
from cmcore.codec.bounds import stop
from cmcore.codec.documents import FORMATS, parse_document
from cmcore.codec.requests import Entry, Place, log_of, read_entry
from cmcore.foundation.errors import MAX_PROBLEMS, InvalidError, Problem, refuse, refuse_any
from cmcore.nouns.tracks import RequestLog

#: The endings of files that have one event on each line.
LINES: Final = (".jsonl", ".ndjson")
#: How many lines a log may have, and how many bytes a line.
MOST_LINES: Final = 2_000_000
LONGEST_LINE: Final = 1_000_000


def read_requests(path: str | os.PathLike[str]) -> RequestLog:
    """Return the log of a `.jsonl` file, one event on each line, or of a `.yaml` or `.json` one.

    Raises:
        InvalidError: with every problem, its place and its line: lines and events that do not read,
            or, where all of them do, every inconsistency between them.
        OSError: when the file cannot be read.
    """
    file = Path(path)
    if file.suffix.lower() in LINES:
        return _read_lines(file)
    if file.is_file() and file.suffix.lower() not in FORMATS:
        known = (*LINES, *FORMATS)
        raise refuse("unknown-format", file=file.name, known=known, hint="end-with")
    return read(file, RequestLog)


def _read_lines(file: Path) -> RequestLog:
    entries: list[Entry] = []
    places: list[Place] = []
    problems: list[Problem] = []
    for number, line in _lines(file):
        try:
            entries.append(read_entry(parse_document(line, "json")))
            places.append(((), number))
        except InvalidError as error:
            problems += (problem.at_line(number) for problem in error.problems)
        if len(problems) > MAX_PROBLEMS:
            break
    refuse_any(problems)
    return log_of(entries, places)


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold anything, with their numbers, as far as there may be."""
    with file.open("rb") as stream:
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
