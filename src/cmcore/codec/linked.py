"""The files that a file of an organisation names: each is read, and its problems say which it is.

Nothing outside its folder is ever opened: such a file may come from a stranger.
"""

import csv
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.ids import nearest
from cmcore.base.numbers import WHOLE
from cmcore.charters.charter import Charter
from cmcore.charters.history import Case, Unreadable
from cmcore.codec.bounds import Data, decode, read_bounded, refuse_binary
from cmcore.codec.documents import format_of, parse_document
from cmcore.codec.files import read, structure
from cmcore.codec.french import Written, in_english, key_in_french
from cmcore.codec.logs import read_requests
from cmcore.codec.organisations import FIGURES, HISTORY, PARTS, Linked
from cmcore.codec.plain import Gather, as_mapping, known_keys, no_number
from cmcore.codec.spelt import as_in_file
from cmcore.codec.streams import read_history
from cmcore.incidents.incident import Incident
from cmcore.organisations.organisation import Figures, Organisation

_T = TypeVar("_T")
#: How similar the names of files must be, whose endings are alike anyway.
_ALIKE: Final = 0.75
#: How many files one may name, how many bytes they may have together, histories aside, and how
#: many rows a history.
MOST_FILES: Final = 1_000
MOST_BYTES: Final = 64 * 2**20
MOST_ROWS: Final = 1_000_000
#: The columns of figures that count nothing.
_TEXTS: Final = ("on", "network")
#: The parts that may be files.
_FILED: Final = frozenset({*PARTS, "incidents", "history", "figures"})
_WHOLE: Final = re.compile(r"[0-9]{1,15}")


def linked(data: Data, path: Path) -> tuple[Data, list[Problem]]:
    """Return the plain data of an organisation with what the files that it names hold.

    `path` is its own file. What cannot be read is left out, and its problems are returned, each
    with the name of its file.
    """
    if not isinstance(data, Mapping):
        return data, []
    item, folder = dict(data), _Folder(path.parent)
    for key, (kind, _) in PARTS.items():
        reader = read_requests if key == "requests" else _reader(kind)
        _put(item, key, folder.held((key,), item.get(key), reader))
    if isinstance(item.get("incidents"), list):
        many = enumerate(item["incidents"])
        item["incidents"] = [
            folder.held(("incidents", n), one, _reader(Incident)) or Linked(None) for n, one in many
        ]
    _put(item, "figures", folder.held(("figures",), item.get("figures"), read_figures))
    _history(item, folder, data)
    return item, folder.problems


def files_named(path: Path) -> dict[str, str]:
    """Return the names of the files that the file of an organisation names, by part.

    Raises:
        InvalidError: it does not read.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        text = parse_document(read_bounded(stream), format_of(path.name))
    data, _ = in_english(text, Organisation)
    return {part: ", ".join(names) for part, one in as_mapping(data).items()
            if (names := [*_names(one)]) and part in _FILED}  # fmt: skip


def _names(given: object) -> Iterator[str]:
    """Yield the names of files that stand in a part: one, several, or that of a history."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, Mapping) and isinstance(given.get("file"), str):
        yield given["file"]
    elif isinstance(given, list):
        yield from (one for one in given if isinstance(one, str))


def _put(item: dict[str, Any], key: str, found: object) -> None:
    if found is None:
        item.pop(key, None)
    else:
        item[key] = found


def _reader(kind: type[_T]) -> Callable[[Path], _T]:
    return lambda file: read(file, kind)


class _Folder:
    """The folder of a file, the files that it names there, and what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files, self._bytes = 0, 0
        self.problems: list[Problem] = []

    def held(self, place: tuple[str | int, ...], data: Any, reader: Callable[[Path], Any]) -> Any:  # noqa: ANN401 - as it is, or what a file holds
        """Return what the file holds whose name is given, or what is given where it is no name."""
        if not isinstance(data, str):
            return data
        try:
            file = self._file(data)
        except InvalidError as error:
            self.problems += (problem.at(*place) for problem in error.problems)
            return None
        try:
            return Linked(reader(file))
        except InvalidError as error:
            self.problems += (problem.in_file(data) for problem in error.problems)
        except OSError:
            self.problems.append(Problem.of("file-closed", *place, file=data))
        return None

    def _file(self, name: str) -> Path:
        """Return the path of a file, which is one within the folder.

        Raises:
            InvalidError: it is outside, is not there or no file, or there are too many.
        """
        self._files += 1
        if self._files > MOST_FILES:
            raise refuse("too-many-files", most=MOST_FILES)
        if "\\" in name:
            raise refuse("backslash", file=name)
        steps = PurePosixPath(name)
        outside = refuse("outside-folder", file=name)
        if not name.strip() or "\0" in name or steps.is_absolute() or ".." in steps.parts:
            raise outside
        root = Path(os.path.realpath(self._root))
        file = Path(os.path.realpath(root / steps))
        if Path(name).drive or not file.is_relative_to(root):
            raise outside
        if not file.exists():
            raise refuse("no-file", file=name, near=self._near(name, steps.parent))
        if not file.is_file():
            raise refuse("not-a-file", file=name)
        self._bytes += 0 if file.suffix.lower() in {".csv", ".jsonl"} else file.stat().st_size
        if self._bytes > MOST_BYTES:
            raise refuse("files-too-large", most=MOST_BYTES)
        return self._root / steps

    def _near(self, name: str, parent: PurePosixPath) -> tuple[str, ...]:
        """Return the names of the files there that one may be meant to be."""
        folder = self._root / parent
        names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
        meant = nearest(PurePosixPath(name).name, names, _ALIKE)
        return tuple(str(parent / one) for one in meant)


# ------------------------------------------------------------------------------------- a history


def _history(item: dict[str, Any], folder: _Folder, named: Mapping[str, Any]) -> None:
    """Put in the rows of a history that is named, which are read as the charter says."""
    asked, is_named = item.get("history"), "charter" in named
    if isinstance(asked, str):
        asked = {"file": asked}
    if not isinstance(asked, Mapping):
        return
    del item["history"]  # its place is taken once it is read
    try:
        given = HISTORY.read(asked)
    except InvalidError as error:
        folder.problems += (problem.under("history") for problem in error.problems)
        return
    charter = _charter(item)
    if charter is None:
        lacks = [] if is_named else [Problem.of("history-without-charter", "history")]
        folder.problems += lacks
        folder.held(("history",), given["file"], lambda _: None)  # is it there?
        return
    columns, separator, usual = given["columns"], given["separator"], given["facts"]

    def rows(file: Path) -> tuple[Case | Unreadable, ...]:
        many = read_history(file, charter, columns=columns, separator=separator, usual=usual)
        found = tuple(islice(many, MOST_ROWS + 1))
        if len(found) > MOST_ROWS:
            many.close()
            raise refuse("too-many-lines", most=MOST_ROWS)
        return found

    _put(item, "history", folder.held(("history",), given["file"], rows))


def _charter(item: dict[str, Any]) -> Charter | None:
    """Return the charter by which a history is read, as far as it can be read itself."""
    given = item.get("charter")
    if not isinstance(given, Linked | Mapping):
        return None
    with suppress(InvalidError):
        if not isinstance(given, Linked):
            given = item["charter"] = Linked(structure(given, Charter))
        found: Charter = given.held
        return found
    return None


# --------------------------------------------------------------------------------------- figures


def read_figures(path: Path) -> tuple[Figures, ...]:
    """Return the figures in a `.csv` file: a row for each network and day, a column for each fact.

    Columns may have the keys of French files. An empty cell is unknown. Cells are separated by `,`,
    or by `;` where the first row has one.

    Raises:
        InvalidError: with every problem and its line.
    """
    if path.suffix.lower() != ".csv":
        raise refuse("unknown-format", file=path.name, known=[".csv"], hint="end-with")
    with path.open("rb") as stream:
        refuse_binary(stream)
        lines = decode(read_bounded(stream), "json").splitlines()
    separator = ";" if ";" in next(iter(lines), "") else ","
    rows = csv.reader(lines, delimiter=separator, strict=True)
    heads = [cell.strip() for cell in next(rows, [])]
    names, written = _in_english(heads)
    refuse_any(
        as_in_file(one, written, Organisation, "figures", 0) for one in _columns(names, written)
    )
    gather, made = Gather(), list[Figures]()
    for row in _cells(rows, gather):
        before = len(gather.problems)
        if len(row) != len(names):
            ragged = Problem.of("ragged-row", count=len(row), due=len(names), separator=separator)
            gather.add([ragged])
        else:
            cells = [(name, cell) for name, cell in zip(names, row, strict=True) if cell]
            told = {name: gather.at((name,), _cell, name, cell) for name, cell in cells}
            told = {name: one for name, one in told.items() if one is not None}
            one = gather.at((), FIGURES.read, told)
            made += [] if one is None else [one]
        gather.problems[before:] = (
            as_in_file(problem, written, Organisation, "figures", 0).at_line(rows.line_num)
            for problem in gather.problems[before:]
        )
    return tuple(gather.made(made))


def _in_english(heads: list[str]) -> tuple[list[str], Written]:
    """Return the columns of a first row in English, and the heads that the file has for them."""
    spelt = {key_in_french(name, "figures", "organisation"): name for name in FIGURES.names}
    names = [name if name in FIGURES.names else spelt.get(name, name) for name in heads]
    written = Written({(name,): head for head, name in zip(heads, names, strict=True)})
    written.french = sum(head != name for head, name in zip(heads, names, strict=True))
    return names, written


def _columns(names: list[str], written: Written) -> Iterator[Problem]:
    """Yield what is wrong with the first row."""
    yield from (problem.at_line(1) for problem in known_keys(names, FIGURES.names))
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem.of("column-twice", column=written[name,]).at_line(1)


def _cells(rows: Any, gather: Gather) -> Iterator[list[str]]:  # noqa: ANN401 - a reader of the csv module
    """Yield the cells of each row that holds any, as far as rows can be told apart."""
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield cells
    except csv.Error:
        line = rows.line_num
        gather.add([Problem.of("quote-never-closed", opened=line).at_line(line)])


def _cell(name: str, text: str) -> int | str:
    """Return what a cell holds: a number where it counts something.

    Raises:
        InvalidError: it counts something, and holds no whole number.
    """
    if name in _TEXTS:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    raise no_number(text, WHOLE)
