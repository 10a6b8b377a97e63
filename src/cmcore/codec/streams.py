"""Files of histories: CSV and JSON lines, read as a stream, each row on its own."""

import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any, Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.ids import nearest
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.history import Case, Unreadable
from cmcore.codec.acts import row_of
from cmcore.codec.archives.history import ENDINGS, is_archive, rows_of, table_in
from cmcore.codec.archives.order import InTime, Told
from cmcore.codec.archives.packed import files_of
from cmcore.codec.archives.parts import Facts
from cmcore.codec.archives.sheets import Sheet, lacking_zone, ready_for, sheet_of
from cmcore.codec.bounds import refuse_binary, refuse_list
from cmcore.codec.cells import CELL, damages
from cmcore.codec.columns import columns as columns_of
from cmcore.codec.columns import french_columns, held_by, misspelt
from cmcore.codec.csvform import BrokenRowError, Row, cells_of
from cmcore.codec.csvform import Rows as CellRows
from cmcore.codec.documents import parse_line
from cmcore.codec.french import Level, Written, in_english, is_french, level_of, word_in_english
from cmcore.codec.histories import Reader
from cmcore.codec.lines import BLANK, EMPTY, Lines, check_held, rows_in
from cmcore.codec.plain import as_mapping
from cmcore.codec.rows import NO_FACT, Asked, Once, Rows, nothing, row_reader
from cmcore.codec.spelt import as_in_file
from cmcore.time.week import check_zone

_HEADER: Final = Problem.of("header-again")
_MARK: Final = Problem.of("mark-in-row")
#: What spreadsheets put between cells where they put no comma.
OTHERS: Final = (";", "\t", "|")
#: How a tab is written, which cannot be seen.
_TAB: Final = {"\t": "\\t"}
#: What spreadsheets take for the separator, where the first line says so.
_SEPARATOR: Final = re.compile("sep=(.)", re.IGNORECASE)
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
#: Where one document ends and another begins.
_BETWEEN: Final = re.compile(r"\}\s*,?\s*\{")
_ReadRow = Callable[[Facts, str], Case | Unreadable]


@checked
def read_history(  # noqa: PLR0913 - each option is named and independent
    path: str | os.PathLike[str],
    charter: Charter,
    *,
    columns: Mapping[str, Any] | str | None = None,
    separator: str = ",",
    usual: Mapping[str, object] | None = None,
    zone: str | None = None,
) -> "HistoryRows":
    """Return the cases of a history one by one, without loading the whole file.

    It is a `.csv` or `.jsonl` file, or an archive that a network gives its users: `.zip`,
    `.tar.gz`, `.car`, or one of its files (`.json`, `.js`). The rows of an archive come in order of
    time.

    A row that cannot be read is yielded as `Unreadable`, with its problems. In a CSV file, the
    first row names the facts, an empty cell is unknown, `(none)` is known to be absent, and `|`
    separates the words of a set. If a quote is not closed, the rows it swallows are counted as
    lost. A row casts doubt on the others if it is malformed or empty, holds an unreadable
    character, or repeats the id of an earlier row. A single blank line at the very end of a file is
    not a row.

    `columns` maps facts to the columns (or keys) that have another name, or to None for a fact that
    no column holds. Other columns are ignored and counted, unless their name is almost that of a
    fact. It may also be the name of a ready-made map, as `meta-instagram`, or say more: such a map
    under `columns`, and beside it `dates` (`MM/DD/YYYY HH:mm`), `time` (the column that has the
    hour, where another has the day), `zone`, `separator`, `usual`.
    `separator` separates the cells of a CSV file, unless its first line names another with
    `sep=`. `usual` gives the facts of every row that does not say otherwise, as plain data:
    `{"kind": "publish"}`. `zone` is the time zone of moments in cells that do not say theirs.

    Raises:
        InvalidError: at once, when the format or a fact is unknown, the file is not UTF-8 text,
            or a CSV column is misspelt or missing; later, when an archive unpacks to too much, or
            more than 10,000 rows in turn hold nothing.
        OSError: when the file cannot be read.

    Examples:
        >>> from cmcore import Charter, read, read_history
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> case = next(iter(read_history("examples/nodejs-bluesky/history.csv", charter)))
        >>> case.act.kind, case.act.at.isoformat()
        ('publish', '2024-12-02T12:37:59+00:00')
    """
    file = Path(path)
    sheet = _sheet(columns, zone)
    told = {**sheet.usual, **(usual or {})}
    asked = Asked(sheet.columns, sheet.separator or separator, told, sheet)
    table = table_in(file) if is_archive(file.name) else None
    if table is not None:
        return HistoryRows(_tabled(file, table, charter, asked), asked.left)
    if is_archive(file.name):
        read_row = row_reader(charter, asked)
        return HistoryRows(_archived(rows_of(file), read_row), asked.left)
    readers = {".csv": _csv_rows, ".jsonl": _json_rows, ".ndjson": _json_rows}
    read = readers.get(file.suffix.lower())
    if read is None:
        known = [*readers, *ENDINGS]
        raise refuse("unknown-format", file=file.name, known=known, hint="end-with")
    stream = file.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        refuse_binary(stream.buffer)
        if read is _json_rows:
            refuse_list(stream.buffer)
        rows = read(Lines(stream), charter, asked)
    except BaseException:
        stream.close()
        raise
    return HistoryRows(_closing(stream, rows), asked.left)


def _sheet(columns: Mapping[str, Any] | str | None, zone: str | None) -> Sheet:
    """Return how the rows of a file are read, in the zone that is told first of all."""
    sheet = sheet_of(columns)
    return sheet if zone is None else attrs.evolve(sheet, zone=check_zone(zone))


def _archived(rows: InTime, read_row: _ReadRow) -> Generator[Case | Unreadable, None, None]:
    """Yield the rows of an archive."""
    yield from _in_time(rows, read_row)


def _tabled(
    file: Path, table: str, charter: Charter, asked: Asked
) -> Generator[Case | Unreadable, None, None]:
    """Yield the rows of a table within an archive."""
    files = files_of(file, table.__eq__)
    lines = Lines(next(files)[1], f"{table.rpartition('/')[2]}: ")
    rows = _csv_rows(lines, charter, asked)
    return _closing(closing(files), rows)


def _in_time(rows: InTime, read_row: _ReadRow) -> Rows:
    for row in rows.rows():
        yield row if isinstance(row, Unreadable) else read_row(row.facts, row.place)


class HistoryRows(Iterator[Case | Unreadable]):
    """The rows of a history, one by one, and the columns ignored in those read so far."""

    def __init__(
        self, rows: Generator[Case | Unreadable, None, None], left: Mapping[str, int]
    ) -> None:
        self._rows = rows
        self._left = left

    def __next__(self) -> Case | Unreadable:
        return next(self._rows)

    def close(self) -> None:
        """Close the file; this happens automatically after the last row."""
        self._rows.close()

    @property
    def left_alone(self) -> dict[str, int]:
        """In how many rows so far each ignored column had a value, most first.

        Names that begin with `_` are not counted, and neither are names after the first thousand.
        """
        return dict(sorted(self._left.items(), key=lambda pair: (-pair[1], pair[0])))


def _closing(
    stream: AbstractContextManager[object], rows: Rows
) -> Generator[Case | Unreadable, None, None]:
    with stream:
        yield from rows


def _name(cell: str) -> str:
    """Return what a column is called, without what programs put before the first of a file."""
    return cell.strip().lstrip("\ufeff").strip()


def _check_utf8(texts: Sequence[str]) -> None:
    if any(map(_NOT_UTF8.search, texts)):
        raise refuse("row-not-utf")


# ------------------------------------------------------------------------------------------- CSV


def _csv_rows(lines: Lines, charter: Charter, asked: Asked) -> Rows:
    table = _Table(lines, charter, asked)
    if not table.is_export:
        return rows_in(lines, table.read)
    rows = InTime()
    last: Facts = {}
    for row in rows_in(lines, table.told):
        told = row.facts if isinstance(row, Told) else {}
        if told != last or "id" not in told:  # a post of several media may have a row for each
            rows.take(row)
        last = told
    return _in_time(rows, table.row)


def _as_written(row: Case | Unreadable, written: Written) -> Case | Unreadable:
    """Return a row whose problems are at the names that the file has."""
    if not written or isinstance(row, Case):
        return row
    problems = tuple(as_in_file(one, written, Act) for one in row.problems)
    return attrs.evolve(row, problems=problems)


def _fitted(names: Sequence[str], charter: Charter, asked: Asked) -> Asked:
    """Return how a file is read, as a ready-made sheet has it where nothing else is asked."""
    facts = {*columns_of(charter.vocabulary), "id"}
    named = asked.sheet.spelt(names) if asked.sheet.source else None
    sheet = named or (None if asked.columns else ready_for(names, facts))
    if sheet is not None:
        usual = {**sheet.usual, **(asked.usual or {})}
        fitted = attrs.evolve(sheet, zone=asked.sheet.zone or sheet.zone)
        asked = attrs.evolve(asked, columns=sheet.columns, usual=usual, sheet=fitted)
    there = {fact: name for fact, (name, _) in asked.sheet.words.items() if name in names}
    return attrs.evolve(asked, columns={**asked.columns, **there}) if there else asked


def _hour(names: Sequence[str], column: str) -> int:
    """Return the place of the column that has the hour of a moment, as another has its day."""
    if column not in names:
        near = nearest(column, names)
        problem = Problem.of("no-column", "time", column=column, near=near, known=names)
        raise InvalidError([problem.at_line(1)])
    return names.index(column)


class _Table:
    """The rows of a CSV file below the first, which names the facts."""

    def __init__(self, lines: Lines, charter: Charter, asked: Asked) -> None:
        self._lines = lines
        self._separator = asked.separator
        self._rows = CellRows(lines, self._separator)
        self._names = names = self._header()
        asked = self._asked = _fitted(names, charter, asked)
        #: Whether it is the export of a tool, of which the rows come in no order of time.
        self.is_export = bool(asked.sheet.source)
        refuse_any(lacking_zone(asked.sheet))
        self._moments = asked.sheet.moments()
        self._reader = Reader(charter, CELL, asked.usual)
        self._once = Once()
        self._width = len(names)
        self._nameless = [place for place, name in enumerate(names) if not name]
        self._held = self._columns(names, asked)
        known = self._reader.known
        self._instants = [fact for fact, _, _ in self._held
                          if fact in known and known[fact].type is FactType.INSTANT]  # fmt: skip
        time = asked.sheet.time
        self._hour = None if time is None else _hour(names, time)
        french = french_columns(names, {*known, "id"})
        self._written = Written({(fact,): column for fact, column in french.items()})
        self._written.french = len(french)
        self._words = self._worded() if french else {}
        held = {place for _, place, _ in self._held} | {self._hour}
        self._others = [(n, name) for n, name in enumerate(names) if name and n not in held]

    def _header(self) -> list[str]:
        try:
            row = self._first()
            said = row and _SEPARATOR.fullmatch(self._separator.join(row.cells).strip(" "))
            if said:
                self._separator = said[1]
                self._rows = CellRows(self._lines, self._separator)
                row = self._first()
        except BrokenRowError as error:
            raise InvalidError(problem.at_line(1) for problem in error.problems) from None
        if row is None:
            raise refuse("empty-history")
        _check_utf8(row.cells)
        refuse_any(damages({name: name for name in row.cells}))
        return [*map(_name, row.cells)]

    def _first(self) -> Row | None:
        for run, row in enumerate(self._rows, 1):
            if any(map(str.strip, row.cells)):
                return row
            check_held(run, self._lines)
        return None

    def _columns(self, names: list[str], asked: Asked) -> list[tuple[str, int, bool]]:
        """Return each fact with the place of its column, and whether its spaces count."""
        known = self._reader.known
        other = next((one for one in OTHERS if len(names) == 1 and one in names[0]), None)
        if other and other != self._separator:
            raise InvalidError(
                [Problem.of("other-separator", separator=_TAB.get(other, other)).at_line(1)]
            )
        try:
            held = held_by(names, known, asked.columns)
        except InvalidError as error:
            raise InvalidError(problem.at_line(1) for problem in error.problems) from None
        return [(fact, names.index(column), fact in known and known[fact].type is FactType.TEXT)
                for fact, column in held.items()]  # fmt: skip

    def _worded(self) -> dict[str, Level]:
        """Return what may stand under the facts that have words of the format."""
        level = level_of(Act)
        under = {fact: level.under(fact) for fact, _, _ in self._held if fact in level.keys}
        return {fact: one for fact, one in under.items() if one.said}

    def read(self, place: str) -> Case | Unreadable:
        """Return the next row.

        Raises:
            InvalidError: it cannot be read.
            StopIteration: there is none.
        """
        told = self.told(place)
        return told if isinstance(told, Unreadable) else self.row(told.facts, place)

    def row(self, facts: Facts, place: str) -> Case | Unreadable:
        """Return the row of what its cells say."""
        made = self._once.row(self._reader.row(row_of(facts), place), facts.get("id"))
        return _as_written(made, self._written)

    def told(self, place: str) -> Told | Unreadable:
        """Return what the cells of the next row say of facts.

        Raises:
            InvalidError: it cannot be read.
            StopIteration: there is none.
        """
        first = self._lines.number + 1
        row = next(self._rows)
        bare = [*map(str.strip, row.cells)]
        if not any(bare):
            is_blank = self._lines.is_blank and len(row.cells) <= 1
            return nothing(place, BLANK if is_blank else EMPTY)
        if row.further and self._holds_rows(row):
            last = self._lines.number
            cause = Problem.of("quote-around-rows", opened=first, last=last)
            raise BrokenRowError(cause, first, last)
        is_last = _name(row.cells[-1]) == self._names[-1]
        if is_last and [*map(_name, row.cells)] == self._names:
            return nothing(place, _HEADER)
        if row.cells[0].startswith("\ufeff"):
            return nothing(place, _MARK)
        if len(row.cells) != self._width:
            return self._ragged(row.cells, place)
        _check_utf8(row.cells)
        stray = next((bare[n] for n in self._nameless if bare[n]), None)
        if stray is not None:
            cause = Problem.of("cell-without-column", cell=stray)
            return Unreadable(place, (cause,), casts_doubt=True)
        if self._others and not self.is_export:
            self._asked.leave(name for n, name in self._others if bare[n])
        told = self._told(row.cells)
        return Told(place, told) if told else nothing(place, NO_FACT)

    def _told(self, cells: Sequence[str]) -> Facts:
        """Return what the cells say, spaces around aside except in a text.

        Raises:
            InvalidError: a moment is at an hour that comes twice, or nobody says in which zone.
        """
        told: Facts = {
            fact: cells[place] if is_text else bare
            for fact, place, is_text in self._held
            if (bare := cells[place].strip())
        }
        if "at" in told and self._hour is not None:
            told["at"] = f"{told['at']} {cells[self._hour].strip()}"
        told |= {fact: word_in_english(str(told[fact]), level)
                 for fact, level in self._words.items() if fact in told}  # fmt: skip
        if self._moments:
            told |= {fact: self._moments(told[fact]) for fact in self._instants if fact in told}
        return self._asked.sheet.mended(told)

    def _ragged(self, cells: Sequence[str], place: str) -> Unreadable:
        """Return a row of too few or too many cells: part of a row, or several, perhaps."""
        due = self._width
        count, separator = len(cells), self._separator
        cause = Problem.of("ragged-row", count=count, due=due, separator=separator)
        is_prose = any(cell.startswith(" ") for cell in cells)
        lost = 0 if due == 1 or is_prose else max(0, (count - 1) // (due - 1) - 1)
        return Unreadable(place, (cause,), lost=lost, casts_doubt=True)

    def _holds_rows(self, row: Row) -> bool:
        """Return whether the lines that a row runs over were rows before a quote was broken.

        One of them is enough that has a moment, or a word of a closed list, where it is due. Where
        no column asks for as much, most must be rows as programs write them, which put no space
        after a separator as people do. The line that closes the quote ends with the other cells of
        the row itself, unless the line that opens it was a row before.
        """
        further = row.further if self._as_row(row.opening) else row.further[:-1]
        lines = [line for line in further if line.strip()]
        rows = [cells for line in lines if (cells := self._as_row(line))]
        if any(map(self._is_told, rows)):
            return True
        tight = sum(all(cell and cell == cell.strip() for cell in cells) for cells in rows)
        return 2 * tight > len(lines)

    def _as_row(self, line: str) -> list[str] | None:
        """Return the cells of a line that reads as a row by itself, None where it does not."""
        cells = cells_of(line, self._separator)
        if cells is None or len(cells) != self._width or self._width == 1:
            return None
        return cells if isinstance(self._reader.row(row_of(self._told(cells)), ""), Case) else None

    def _is_told(self, cells: Sequence[str]) -> bool:
        known = (self._reader.known.get(name) for name in self._told(cells))
        return any(spec and (spec.values or spec.type is FactType.INSTANT) for spec in known)


# ------------------------------------------------------------------------------------- JSON lines


def _json_rows(lines: Lines, charter: Charter, asked: Asked) -> Rows:
    read_row = row_reader(charter, asked)
    facts = {*columns_of(charter.vocabulary), "id"}
    own = {*facts, *filter(None, asked.columns.values())}

    def read_french(item: Facts, place: str) -> Case | Unreadable:
        data, written = in_english(item, Act, kept=own)
        held = {fact: name for fact in facts if (name := written.get((fact,)))}
        odd = {name for name in item if written.get((name,)) == name} - own
        slips = misspelt(item, facts, held, asked.columns)
        refuse_any(one for one in slips if one.params["fact"] in odd)
        try:
            return _as_written(read_row(as_mapping(data), place), written)
        except InvalidError as error:
            raise InvalidError(as_in_file(one, written, Act) for one in error.problems) from None

    def read(place: str) -> Case | Unreadable:
        line = next(lines)
        if lines.is_blank:
            return nothing(place, BLANK)
        try:
            _check_utf8([line])
            item = as_mapping(parse_line(line, lines.number))
        except InvalidError as error:
            problems = tuple(problem.at_line(None) for problem in error.problems)
            return Unreadable(place, problems, lost=len(_BETWEEN.findall(line)), casts_doubt=True)
        return read_french(item, place) if any(map(is_french, item)) else read_row(item, place)

    return rows_in(lines, read)
