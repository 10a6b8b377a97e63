"""CSV, strictly: each row with its line, and every line that a broken quote takes with it."""

from collections.abc import Iterator
from typing import Final, Protocol

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.values import value

QUOTE: Final = '"'
#: The most characters that a line, or a cell, may have.
LONGEST: Final = 1_000_000
_ENDS: Final = "\r\n"


class Lines(Protocol):
    """Lines of text, and the number of the last one taken, counted from 1."""

    number: int

    def __next__(self) -> str: ...


@value
class Row:
    """The cells of a row, and the lines that it runs over after its first, as rows would be.

    `opening` is its first line as it would be without the quote that goes on to the next.
    """

    cells: tuple[str, ...]
    further: tuple[str, ...] = ()
    opening: str = ""


class BrokenRowError(InvalidError):
    """A row whose quotes are broken: `lost` lines after its first, up to `last`, were not read."""

    def __init__(self, problem: Problem, first: int, last: int) -> None:
        self.lost = last - first
        more = Problem.of("lines-not-read", first=first + 1, last=last)
        one = Problem.of("line-not-read", last=last)
        super().__init__([problem, *([more] if self.lost > 1 else [one] if self.lost else [])])


def cells_of(line: str, separator: str) -> list[str] | None:
    """Return the cells of one line that stands alone, None where its quotes are broken."""
    try:
        return list(_Scan(_One(line), separator).row().cells)
    except BrokenRowError:
        return None


class Rows:
    """The rows of a CSV file, one by one."""

    def __init__(self, lines: Lines, separator: str = ",") -> None:
        self._lines = lines
        self._separator = separator

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        return _Scan(self._lines, self._separator).row()


class _One:
    """One line, as lines are taken."""

    number = 0

    def __init__(self, line: str) -> None:
        self._line = line

    def __next__(self) -> str:
        self.number += 1
        if self.number > 1:
            raise StopIteration
        return self._line


class _Scan:
    """Reads one row, and the lines that its quoted cells run over."""

    def __init__(self, lines: Lines, separator: str) -> None:
        self._lines = lines
        self._separator = separator
        self._line = next(lines)
        self._text = self._line.rstrip(_ENDS)
        self._at = 0
        self._first = lines.number
        self._further: list[str] = []
        self._opening = ""

    def row(self) -> Row:
        """Return the row.

        Raises:
            BrokenRowError: a quote is not where the quotes of a cell stand, or is never closed.
        """
        if QUOTE not in self._text:
            return Row(tuple(self._text.split(self._separator)) if self._text else ())
        cells = [self._cell()]
        while self._at < len(self._text):
            self._at += len(self._separator)
            cells.append(self._cell())
        return Row(tuple(cells), tuple(self._further), self._opening)

    def _cell(self) -> str:
        return self._quoted() if self._text.startswith(QUOTE, self._at) else self._bare()

    def _bare(self) -> str:
        end = self._text.find(self._separator, self._at)
        end = len(self._text) if end < 0 else end
        cell, self._at = self._text[self._at : end], end
        if cell.endswith(QUOTE) and cell.count(QUOTE) % 2:
            raise self._broken(Problem.of("quote-never-opened"))
        return cell

    def _quoted(self) -> str:
        opened = self._lines.number
        parts: list[str] = []
        size = 0
        start = self._at
        self._at += 1
        while (end := self._closing()) < 0:
            if not self._further:
                self._opening = self._text[:start] + self._text[start + 1 :]
            part = self._text[self._at :] + self._line[len(self._text) :]
            size += len(part)
            if size <= LONGEST:
                parts.append(part)
            else:  # refused in the end: no need to keep it
                self._further.clear()
            self._turn(opened)
        parts.append(self._text[self._at : end])
        if size + len(parts[-1]) > LONGEST:
            raise self._broken(Problem.of("cell-too-long", most=LONGEST))
        if self._further:
            # the line as it would be if the quote that it closes had been closed before
            self._further[-1] = self._text[:end] + self._text[end + 1 :]
        self._at = end + 1
        if self._at < len(self._text) and not self._text.startswith(self._separator, self._at):
            raise self._broken(Problem.of("quote-within-cell", opened=opened))
        return "".join(parts).replace(QUOTE * 2, QUOTE)

    def _closing(self) -> int:
        """Return where the quote stands that closes the cell, -1 where the line has none."""
        at = self._at
        while (found := self._text.find(QUOTE, at)) >= 0:
            if not self._text.startswith(QUOTE, found + 1):
                return found
            at = found + 2
        return -1

    def _turn(self, opened: int) -> None:
        """Go on to the next line."""
        while True:
            try:
                self._line = next(self._lines)
            except StopIteration:
                cause = Problem.of("quote-never-closed", opened=opened)
                raise self._broken(cause) from None
            except InvalidError:  # too long to be looked at
                continue
            break
        self._text, self._at = self._line.rstrip(_ENDS), 0
        self._further.append(self._text)

    def _broken(self, cause: Problem) -> BrokenRowError:
        return BrokenRowError(cause, self._first, self._lines.number)
