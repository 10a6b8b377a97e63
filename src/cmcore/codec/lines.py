"""The lines of a file of rows: taken one by one, whatever is wrong with those before."""

import os
from collections.abc import Callable, Iterator
from errno import EFBIG
from typing import Final, TextIO, TypeVar

import attrs

from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.charters.history import Unreadable
from cmcore.codec.csvform import LONGEST, BrokenRowError

#: How many times the longest line one may be before it counts as endless.
_ENDLESS: Final = 100
_ENDS: Final = ("\n", "\r")
#: The problems of a row that holds nothing: of one line, of cells or keys.
BLANK: Final = Problem.of("blank-row")
EMPTY: Final = Problem.of("empty-row")
_HOLDING_NOTHING: Final = ((BLANK,), (EMPTY,))
#: The most rows that hold nothing, one below the other: no tool writes as many.
MOST_EMPTY: Final = 10_000
_R = TypeVar("_R")


class Lines:
    """The lines of a file; one that cannot be taken raises, and the next ones come after it.

    `within` is what stands before the place of each where the file is one of several.
    """

    def __init__(self, stream: TextIO, within: str = "") -> None:
        self._stream = stream
        self.within = within
        self._last = ""
        self.number = 0

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST + 1)
        if line == "\r\n" and self._last.endswith("\r"):  # a line end that was written twice
            self.number += 1
            line = self._stream.readline(LONGEST + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._last = line
        if len(line) > LONGEST:
            self._skip(line)
            raise refuse("line-too-long", most=LONGEST)
        return line

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on the last line taken."""
        return not self._last.strip()

    @property
    def is_open(self) -> bool:
        """Whether the last line taken has no end, as where a file is cut."""
        return not self._last.endswith(_ENDS)

    def _skip(self, line: str) -> None:
        """Go to the end of a line, as far as one may be looked for.

        Raises:
            OSError: the line has no end, as that of a device may have none.
        """
        for _ in range(_ENDLESS):
            self._last = line or self._last
            if not line or line.endswith(_ENDS):
                return
            line = self._stream.readline(LONGEST)
        raise OSError(EFBIG, os.strerror(EFBIG), self._stream.name)


def rows_in(lines: Lines, read: Callable[[str], _R | Unreadable]) -> Iterator[_R | Unreadable]:
    """Yield what `read` makes of row after row, with what can only be seen from one to the next."""
    return _without_blank_end(_uncut(lines, _held(lines, _each_row(lines, read))))


def check_held(run: int, lines: Lines) -> None:
    """Refuse a file in which too many rows hold nothing, one below the other.

    Raises:
        InvalidError: they are more than there may be.
    """
    if run > MOST_EMPTY:
        cause = Problem.of("too-many-empty", most=MOST_EMPTY)
        raise InvalidError([cause.at_line(lines.number)])


def _held(lines: Lines, rows: Iterator[_R | Unreadable]) -> Iterator[_R | Unreadable]:
    """Yield rows, as far as they hold anything: a small archive may unpack to blank lines alone."""
    run = 0
    for row in rows:
        is_empty = isinstance(row, Unreadable) and row.problems in _HOLDING_NOTHING
        run = run + 1 if is_empty else 0
        check_held(run, lines)
        yield row


def _each_row(lines: Lines, read: Callable[[str], _R | Unreadable]) -> Iterator[_R | Unreadable]:
    """Yield what `read` makes of row after row."""
    while True:
        place = f"{lines.within}line {lines.number + 1}"
        try:
            row = read(place)
        except StopIteration:
            return
        except BrokenRowError as error:
            yield Unreadable(place, error.problems, lost=error.lost, casts_doubt=True)
        except InvalidError as error:
            problems = tuple(problem.at_line(None) for problem in error.problems)
            yield Unreadable(place, problems, casts_doubt=True)
        else:
            yield row


def _uncut(lines: Lines, rows: Iterator[_R | Unreadable]) -> Iterator[_R | Unreadable]:
    """Yield rows; one that does not read, on a line without an end, may be where a file was cut."""
    for row in rows:
        if isinstance(row, Unreadable) and lines.is_open:
            yield attrs.evolve(row, casts_doubt=True)
        else:
            yield row


def _without_blank_end(rows: Iterator[_R | Unreadable]) -> Iterator[_R | Unreadable]:
    """Yield rows, except one blank line at the very end."""
    held: _R | Unreadable | None = None
    run = 0
    for row in rows:
        if held:
            yield held
        is_blank = isinstance(row, Unreadable) and row.problems == (BLANK,)
        run = run + 1 if is_blank else 0
        held = row if is_blank else None
        if not held:
            yield row
    if held and run > 1:
        yield held
