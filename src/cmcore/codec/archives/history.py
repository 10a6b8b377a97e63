"""The rows of an archive: found in its files, read network by network, put in order of time."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

from cmcore.base.errors import MAX_PROBLEMS, InvalidError, Problem, refuse
from cmcore.charters.history import Unreadable
from cmcore.codec.archives.items import Item, items_of
from cmcore.codec.archives.networks import ARCHIVES, LISTS, of_file, of_item
from cmcore.codec.archives.order import InTime, Told
from cmcore.codec.archives.packed import TARS, ZIPS, alone, files_of, is_packed, names_in
from cmcore.codec.archives.parts import Around, Part
from cmcore.codec.archives.repository import records_of
from cmcore.codec.bounds import faults
from cmcore.codec.plain import Gather

#: The endings of files that are read by what they hold.
PLAIN: Final = (".json", ".js")
#: The endings of files that are read as archives.
ENDINGS: Final = (*ZIPS, *TARS, *PLAIN, ".car")
#: What says whose archive one of X is.
_ACCOUNT: Final = "account.js"
_REPOSITORY: Final = ".car"
#: The posts of LinkedIn, which are read as the table that they are.
_SHARES: Final = re.compile(r"(?:.*/)?Shares(?:_[0-9]+)?\.csv")


def is_archive(name: str) -> bool:
    """Return whether a file is read as an archive, by its name."""
    return is_packed(name) or is_repository(name) or name.lower().endswith(PLAIN)


def is_repository(name: str) -> bool:
    """Return whether a file is read as a whole repository of Bluesky, by its name."""
    return name.lower().endswith(_REPOSITORY)


def table_in(path: Path) -> str | None:
    """Return the table that the posts of an archive are in, where they are in one alone.

    Raises:
        InvalidError: the archive is damaged, too large, or has names that lead out of it.
        OSError: it cannot be read.
    """
    if not path.name.lower().endswith(ZIPS):
        return None
    names = names_in(path)
    sheets = [name for name in names if _SHARES.fullmatch(name)]
    return sheets[0] if len(sheets) == 1 and not any(map(of_file, names)) else None


def rows_of(path: Path) -> InTime:
    """Return the rows of an archive, in order of time.

    Raises:
        InvalidError: it is no archive that can be read, or more of its items than are told of a
            file do not read.
        OSError: the file cannot be read.
    """
    rows = InTime()
    broken: list[Problem] = []
    read = _packed if is_packed(path.name) else _recorded if is_repository(path.name) else _alone
    for row in read(path):
        rows.take(row)
        if isinstance(row, Unreadable):
            broken += (problem.under(row.place) for problem in row.problems)
            if len(broken) > MAX_PROBLEMS:
                raise InvalidError(broken[:MAX_PROBLEMS])
    if not len(rows):
        raise refuse("archive-without-posts")
    return rows


def _alone(path: Path) -> Iterator[Told | Unreadable]:
    with alone(path) as stream:
        yield from _read(stream, "", None, Around())


def _recorded(path: Path) -> Iterator[Told | Unreadable]:
    for number, record in enumerate(records_of(path), 1):
        item = Item("records", number, record)
        yield from _rows(item, of_item(item.key, record), f"item {number}", Around())


def _packed(path: Path) -> Iterator[Told | Unreadable]:
    names: list[str] = []
    around = Around(_account(path))

    def is_wanted(name: str) -> bool:
        names.append(name)
        return of_file(name) is not None

    found = False
    for name, stream in files_of(path, is_wanted):
        found = True
        yield from _read(stream, f"{name.rpartition('/')[2]}: ", of_file(name), around)
    if not found:
        raise _of_other(names)


def _of_other(names: list[str]) -> InvalidError:
    """Return the error of an archive of which no file is read, by what it holds."""
    if any(name.endswith("posts_1.html") for name in names):
        return refuse("archive-of-pages")
    sheet = next((name for name in names if _SHARES.fullmatch(name)), None)
    return refuse("archive-of-sheets", name=sheet) if sheet else refuse("archive-not-known")


def _account(path: Path) -> str | None:
    """Return the name of the account whose archive it is, as an archive of X says it."""
    if not path.name.lower().endswith(".zip"):
        return None
    for _, stream in files_of(path, lambda name: name.endswith(f"data/{_ACCOUNT}")):
        for _, _, data in items_of(stream, frozenset()):
            gather = Gather()
            return Part(data, gather).part("account").text("username")
    return None


def _read(
    stream: TextIO, prefix: str, name: str | None, around: Around
) -> Iterator[Told | Unreadable]:
    """Yield the rows of one file; what cannot be read on from is its last."""
    items = items_of(stream, LISTS)
    number = 0
    while True:
        try:
            item = next(items, None)
        except InvalidError as error:
            if not number:
                raise
            yield Unreadable(f"{prefix}item {number + 1}", tuple(error.problems), casts_doubt=True)
            return
        if item is None:
            return
        if item.number is None:
            continue
        number = item.number
        known = name if name and _fits(name, item) else of_item(item.key, item.data)
        if known is None and number == 1:
            raise refuse("archive-not-known")
        yield from _rows(item, known, f"{prefix}item {number}", around)


def _fits(name: str, item: Item) -> bool:
    """Return whether an item is of the archive that its file is of, by its name."""
    one = ARCHIVES[name]
    return item.key in one.lists if item.key else bool(one.shapes)


def _rows(item: Item, known: str | None, place: str, around: Around) -> Iterator[Told | Unreadable]:
    gather = Gather()
    found = []
    if known is None:
        gather.add([Problem.of("item-not-known", kind=item.key or "list")])
    else:
        part = Part(item.data, gather)
        found = [] if gather.problems else list(ARCHIVES[known].reads(part, item.key, around))
    gather.add(chain.from_iterable(faults(facts) for facts in found))
    if gather.problems:
        yield Unreadable(place, tuple(gather.problems), casts_doubt=True)
        return
    for facts in found:
        yield Told(place, facts)
