"""What network modules are made of: an item that is asked for its parts, and what it says."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.values import internal
from cmcore.codec.plain import (
    Gather,
    as_flag,
    as_instant,
    as_int,
    as_list,
    as_mapping,
    as_text,
    wrong,
)

#: The year in which the first of the networks began.
FIRST_YEAR: Final = 2004
#: What an item says of an act: facts by their names, as in a line of a JSON lines history.
Facts: TypeAlias = dict[str, Any]


class Part:
    """A mapping of an archive, asked for what it should hold; what is wrong is kept for the end."""

    def __init__(self, data: object, gather: Gather, *path: str | int) -> None:
        self._gather = gather
        self._path = path
        self._data: Mapping[str, Any] = gather.at(path, as_mapping, data) or {}

    def __contains__(self, key: str) -> bool:
        return self._data.get(key) is not None

    def _read(self, key: str, read: Callable[[object], Any]) -> Any:  # noqa: ANN401 - as `read`
        data = self._data.get(key)
        return None if data is None else self._gather.at((*self._path, key), read, data)

    def text(self, key: str) -> str | None:
        """Return the text at a key, None where there is none or it is empty."""
        return self._read(key, as_text) or None

    def address(self, key: str) -> str | None:
        """Return the address of what is at a key: itself, or the id of the thing that it is."""
        data = self._data.get(key)
        return self.part(key).link("id") if isinstance(data, Mapping) else self.link(key)

    def link(self, key: str) -> str | None:
        """Return the address that is written at a key, None where there is none."""
        return self._read(key, _as_address) or None

    def instant(self, key: str, read: Callable[[object], datetime] = as_instant) -> str | None:
        """Return the moment at a key, as plain data has it."""
        found = self._read(key, partial(_as_moment, read))
        if found and found.year < FIRST_YEAR:
            self.wrong(Problem.of("moment-too-early", key, given=found, first=FIRST_YEAR))
        return found.isoformat() if found else None

    def whole(self, key: str) -> int | None:
        """Return the whole number at a key."""
        found: int | None = self._read(key, as_int)
        return found

    def flag(self, key: str) -> bool | None:
        """Return whether what is at a key is so."""
        found: bool | None = self._read(key, as_flag)
        return found

    def part(self, key: str) -> "Part":
        """Return the mapping at a key, which is empty where there is none."""
        return Part(self._data.get(key) or {}, self._gather, *self._path, key)

    def parts(self, key: str) -> list["Part"]:
        """Return the mappings of the list at a key; one that stands alone is a list of one."""
        data = self._data.get(key) or []
        many = [data] if isinstance(data, Mapping) else self._read(key, as_list) or []
        return [Part(one, self._gather, *self._path, key, n) for n, one in enumerate(many)]

    def texts(self, key: str) -> list[str]:
        """Return the texts of the list at a key; one that stands alone is a list of one."""
        data = self._data.get(key) or []
        many = [data] if isinstance(data, str) else self._read(key, as_list) or []
        found = [self._gather.at((*self._path, key, n), as_text, one) for n, one in enumerate(many)]
        return [one for one in found if one]

    def keys(self) -> list[str]:
        """Return the keys that hold something."""
        return [key for key, data in self._data.items() if data is not None]

    def wrong(self, problem: Problem) -> None:
        """Take note of a problem of this part."""
        self._gather.add([problem.under(*self._path)])


@internal
class Around:
    """What is known of an archive: whose it is, and when it was packed at the latest."""

    account: str | None = None
    packed: datetime | None = None


def _as_moment(read: Callable[[object], datetime], data: object) -> datetime:
    """Return a moment; of one that is none, nobody is asked to write it as we do."""
    try:
        return read(data)
    except InvalidError:
        raise wrong(data, "moment-of-network") from None


def _as_address(data: object) -> str:
    address = as_text(data)
    try:
        urlsplit(address)
    except ValueError:
        raise wrong(data, "address") from None
    return address


#: How a network reads one item: the acts that it tells of, none where it is about something else.
Reads: TypeAlias = Callable[[Part, str, Around], Iterator[Facts]]


def from_epoch(data: object) -> datetime:
    """Return the moment of seconds that were counted from the beginning of 1970."""
    seconds = as_int(data)
    if not 0 <= seconds < _LATEST:
        raise wrong(data, "instant")
    return datetime.fromtimestamp(seconds, UTC)


#: The first second of the year 10000.
_LATEST: Final = 253_402_300_800


#: What the endings of files show.
_ENDINGS: Final = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic", "avif", "bmp"), "image"),
    **dict.fromkeys(("mp4", "mov", "webm", "m4v", "avi", "mkv"), "video"),
    **dict.fromkeys(("mp3", "ogg", "wav", "flac", "m4a", "opus"), "audio"),
}


def medium_of(name: str) -> str | None:
    """Return what a file shows, by its ending; None where that does not say."""
    return _ENDINGS.get(name.rpartition(".")[2].lower())


def shown(facts: Facts, media: list[str | None], descriptions: list[str | None] | None) -> None:
    """Say what media an act shows, unless one is of no known sort, and whether all are described.

    None for `descriptions` means that nobody knows.
    """
    if None not in media:
        facts["media"] = sorted({one for one in media if one})
    if media and descriptions is not None:
        facts["described"] = all(descriptions)


#: The kinds that may answer a message, and those that act on none.
_ANSWERING: Final = frozenset({"reply", "message"})
_ON_NOTHING: Final = frozenset({"publish", "reply"})


def nothing_else(facts: Facts) -> Facts:
    """Return what is said of an act with what its kind says it is not about."""
    absent = []
    if facts["kind"] not in _ANSWERING:
        absent.append("in_reply_to")
    if facts["kind"] in _ON_NOTHING:
        absent.append("target")
    return {**facts, "absent": absent}


def edited(facts: Facts, at: str) -> Facts:
    """Return the act by which a message of the account became what is said of it."""
    target = {"id": facts.get("id"), "ours": True}
    id_ = f"{facts['id']}#edit" if target["id"] else None
    return nothing_else({**facts, "id": id_, "at": at, "kind": "edit", "target": target})
