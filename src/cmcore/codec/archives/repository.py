"""Bluesky: a whole repository as one file (CAR), each record as `listRecords` would give it.

The file is described by ipld.io/specs/transport/car/carv1, and the tree that its blocks are by
atproto.com/specs/repository. What is reached in it has the digest that it is named by.
"""

from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import SEEK_CUR
from pathlib import Path
from typing import Any, BinaryIO, Final

from cmcore.base.errors import InvalidError, refuse
from cmcore.codec.archives.dagcbor import BLOB, NAME, NAMED, decoded
from cmcore.codec.archives.packed import MOST_BYTES
from cmcore.codec.csvform import LONGEST

#: The collections whose records are acts.
_COLLECTIONS: Final = (b"app.bsky.feed.post/", b"app.bsky.feed.repost/")
#: The most blocks of a repository, and the most levels of its tree.
MOST_BLOCKS: Final = 1_000_000
MOST_LEVELS: Final = 64
#: A length is written in a few bytes of which all but the last have a sign that it goes on.
_LONGEST_LENGTH: Final = 5
_GOES_ON: Final = 0x80
_BITS: Final = 7
#: What reading a file as a repository ends in, if it is none.
_FOREIGN: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)
#: What a link is under, and what bytes are under.
_LINK, _BYTES = "$link", "$bytes"


def records_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the posts and reposts of a repository, in order of their keys.

    Raises:
        InvalidError: it is damaged, cut or too large, or is no repository.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise refuse("archive-too-large", most=MOST_BYTES)
    with path.open("rb") as stream:
        try:
            yield from _records(_Blocks(stream))
        except InvalidError:
            raise
        except _FOREIGN:
            raise refuse("archive-damaged") from None


def _records(blocks: "_Blocks") -> Iterator[dict[str, Any]]:
    commit = blocks.read(blocks.root)
    last = b""
    for key, record in _leaves(blocks, commit["data"][_LINK], MOST_LEVELS):
        if key <= last:  # no tree reaches a block twice, so it ends
            raise ValueError
        last = key
        if key.startswith(_COLLECTIONS):
            uri = f"at://{commit['did']}/{key.decode()}"
            yield {"uri": uri, "value": blocks.read(record)}


def _leaves(blocks: "_Blocks", name: str, levels: int) -> Iterator[tuple[bytes, str]]:
    """Yield the keys of a tree with the names of their records, in their order."""
    if not levels:
        raise refuse("item-too-deep", number=1)
    with _within(name):
        node = blocks.read(name)
        if node["l"]:
            yield from _leaves(blocks, node["l"][_LINK], levels - 1)
        key = b""
        for entry in node["e"]:
            key = key[: entry["p"]] + bytes.fromhex(entry["k"][_BYTES])
            yield key, entry["v"][_LINK]
            if entry["t"]:
                yield from _leaves(blocks, entry["t"][_LINK], levels - 1)


@contextmanager
def _within(name: str) -> Iterator[None]:
    """Say in which block the damage is.

    Raises:
        InvalidError: there is some.
    """
    try:
        yield
    except InvalidError:
        raise
    except _FOREIGN:
        told = b32encode(bytes.fromhex(name)).decode().lower().rstrip("=")
        raise refuse("block-damaged", name=f"b{told}") from None


class _Blocks:
    """The blocks of a file by their names, each read when it is asked for.

    What is held in memory of a block is where it stands.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        header = decoded(stream.read(self._length()))
        if header["version"] != 1:
            raise ValueError
        self.root: str = header["roots"][0][_LINK]
        self._places: dict[bytes, int] = {}
        for name, start in self._listed():
            self._places[name] = start
            if len(self._places) > MOST_BLOCKS:
                raise refuse("too-many-packed", most=MOST_BLOCKS)

    def _listed(self) -> Iterator[tuple[bytes, int]]:
        """Yield the name of each block, and where it stands.

        What is named in another way is passed over: nothing in a repository links to it.
        """
        start = self._stream.tell()
        while length := self._length():
            name = self._stream.read(min(length, NAMED))
            if name.startswith((NAME, BLOB)):
                yield name, start
            self._stream.seek(length - len(name), SEEK_CUR)
            start = self._stream.tell()

    def _length(self) -> int:
        """Return the length that comes next, 0 at the end of the file."""
        found = 0
        for place in range(_LONGEST_LENGTH):
            byte = self._stream.read(1)
            if not byte:
                break
            found |= (byte[0] & ~_GOES_ON) << _BITS * place
            if byte[0] < _GOES_ON:
                break
        else:
            raise ValueError
        if found > LONGEST:
            raise refuse("item-too-long", number=1, most=LONGEST)
        return found

    def read(self, name: str) -> dict[str, Any]:
        """Return what a block says.

        Raises:
            InvalidError: it is damaged, or is not there.
        """
        with _within(name):
            raw = bytes.fromhex(name)
            self._stream.seek(self._places[raw])
            block = self._stream.read(self._length())[NAMED:]
            if NAME + sha256(block).digest() != raw:
                raise ValueError
            found: dict[str, Any] = decoded(block)
            return found
