"""The rows of an archive: found in its files, read network by network, put in order of time."""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

from cmcore.base.errors import MAX_PROBLEMS, InvalidError, Problem, refuse, refuse_any
from cmcore.charters.history import Unreadable
from cmcore.codec.archives.bluesky import whose
from cmcore.codec.archives.extent import Announced, Extent, announced
from cmcore.codec.archives.items import Item, items_of
from cmcore.codec.archives.networks import ARCHIVES, LISTS, of_file, of_item
from cmcore.codec.archives.order import InTime, Told, moment_of
from cmcore.codec.archives.packed import TARS, ZIPS, alone, files_of, is_packed, names_in
from cmcore.codec.archives.parts import Around, Facts, Part
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
#: What the clocks of two machines, of any zone, are apart by at most.
_APART: Final = timedelta(days=2)
#: How bytes are named that are not UTF-8.
_BYTE: Final = re.compile("U\\+DC[89A-F][0-9A-F]")
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
        yield from _read(stream, "", of_file(path.name), Around(), Extent())


def _recorded(path: Path) -> Iterator[Told | Unreadable]:
    for number, record in enumerate(records_of(path), 1):
        item = Item("records", number, record)
        yield from _rows(item, of_item(item.key, record), f"item {number}", Around())


def _packed(path: Path) -> Iterator[Told | Unreadable]:
    names: list[str] = []
    account, told = _whose(path)

    def is_wanted(name: str) -> bool:
        names.append(name)
        return of_file(name) is not None

    read: list[str] = []
    for file in files_of(path, is_wanted):
        read.append(file.name)
        known = of_file(file.name)
        around = Around(account if known == "x" else None, packed=file.packed)
        extent = Extent(told.count(file.name) if known == "x" else 0)
        prefix = f"{file.name.rpartition('/')[2]}: "
        yield from _read(file.text, prefix, known, around, extent)
    if not read:
        raise _of_other(names)
    sheet = next(filter(_SHARES.fullmatch, names), None)
    if sheet is not None:
        raise refuse("sheet-beside", name=sheet)
    yield from told.lacking(read)


def _of_other(names: list[str]) -> InvalidError:
    """Return the error of an archive of which no file is read, by what it holds."""
    if any(name.endswith("posts_1.html") for name in names):
        return refuse("archive-of-pages")
    sheet = next((name for name in names if _SHARES.fullmatch(name)), None)
    return refuse("archive-of-sheets", name=sheet) if sheet else refuse("archive-not-known")


def _whose(path: Path) -> tuple[str | None, Announced]:
    """Return what an archive of X says of itself: the name of its account, and what it holds."""
    if not path.name.lower().endswith(ZIPS):
        return None, Announced()
    told = announced(path)
    for file in files_of(path, lambda name: name.endswith(f"data/{_ACCOUNT}")):
        for item in items_of(file.text, frozenset()):
            gather = Gather()
            return Part(item.data, gather).part("account").text("username"), told
    return None, told


def _read(
    stream: TextIO, prefix: str, name: str | None, around: Around, extent: Extent
) -> Iterator[Told | Unreadable]:
    """Yield the rows of one file; what cannot be read on from is its last."""
    items = items_of(stream, LISTS)
    owners = set[str | None]()
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
            yield from extent.lacking(prefix, number)
            return
        if item.number is None:
            extent.take(item)
            continue
        number = item.number
        known = name if name and _fits(name, item) else of_item(item.key, item.data)
        if known is None and number == 1:
            raise refuse("archive-not-known")
        for row in _rows(item, known, f"{prefix}item {number}", around):
            if known == "bluesky" and isinstance(row, Told):
                owners.add(whose(row.facts))
                refuse_any(_of_many(owners - {None}))
            yield row


def _of_many(owners: Collection[str | None]) -> Iterator[Problem]:
    if len(owners) > 1:
        yield Problem.of("feed-of-many")


def _of_bytes(problem: Problem) -> Problem:
    """Return what a byte is that no UTF-8 has, where that makes half a character."""
    is_byte = _BYTE.fullmatch(str(problem.params.get("character"))) is not None
    return Problem("not-utf", problem.path) if is_byte else problem


def _too_late(found: list[Facts], around: Around) -> Iterator[Problem]:
    """Yield the problem of each act that would be later than the archive it is in."""
    for facts in found:
        at = moment_of(facts)
        if at and around.packed and at > around.packed + _APART:
            yield Problem.of("moment-too-late", "at", given=at, packed=around.packed)


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
        key = item.key or item.script
        found = [] if gather.problems else list(ARCHIVES[known].reads(part, key, around))
    gather.add(map(_of_bytes, chain.from_iterable(map(faults, found))))
    gather.add(_too_late(found, around))
    if gather.problems:
        yield Unreadable(place, tuple(gather.problems), casts_doubt=True)
        return
    for facts in found:
        yield Told(place, facts)
