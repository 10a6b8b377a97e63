"""Repositories of Bluesky, written as one file (CAR): the records of an account in their tree."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise, takewhile
from struct import pack
from typing import Any, Final

import attrs

DID: Final = "did:plc:ours"


@attrs.frozen
class Link:
    """The name of a block, or of a file that is in no block."""

    digest: bytes
    codec: int = 0x71

    @property
    def raw(self) -> bytes:
        """The name as it is written before a block."""
        return bytes([1, self.codec, 0x12, 32]) + self.digest


def blob(raw: bytes) -> dict[str, Any]:
    """Return what a record says of a file, as a picture is."""
    link = Link(sha256(raw).digest(), 0x55)
    return {"$type": "blob", "ref": link, "mimeType": "image/jpeg", "size": len(raw)}


def depth(key: str) -> int:
    """Return how far above the leaves of its tree a key stands: two bits of its digest a level."""
    number = int.from_bytes(sha256(key.encode()).digest())
    return (256 - number.bit_length()) // 2


def head(kind: int, number: int) -> bytes:
    """Write what a value is, and how much of it there is."""
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 256**size)
    return bytes([kind << 5 | 24 + (1, 2, 4, 8).index(size)]) + number.to_bytes(size)


def cbor(thing: Any) -> bytes:  # noqa: ANN401, PLR0911 - plain data, a line for each sort
    """Write plain data as DAG-CBOR."""
    match thing:
        case None | bool():
            return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[thing]
        case int():
            return head(0, thing) if thing >= 0 else head(1, -1 - thing)
        case float():
            return b"\xfb" + pack(">d", thing)
        case bytes():
            return head(2, len(thing)) + thing
        case str():
            return head(3, len(thing.encode())) + thing.encode()
        case list():
            return head(4, len(thing)) + b"".join(map(cbor, thing))
        case Link():
            return head(6, 42) + cbor(b"\0" + thing.raw)
        case _:
            keys = sorted(thing, key=lambda key: (len(key), key))
            return head(5, len(keys)) + b"".join(cbor(key) + cbor(thing[key]) for key in keys)


class Repository:
    """Blocks, in the making."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def add(self, thing: Any) -> Link:  # noqa: ANN401 - plain data
        """Add a block, and return its name."""
        self.blocks.append(cbor(thing))
        return Link(sha256(self.blocks[-1]).digest())

    def tree(self, records: Sequence[tuple[str, Link]], level: int | None = None) -> Link | None:
        """Add a tree of records in the order of their keys, and return its root.

        It is as atproto.com/specs/repository has it: a level without a key has a node all the same.
        """
        if not records:
            return None
        if level is None:
            level = max(depth(key) for key, _ in records)
        places = [place for place, (key, _) in enumerate(records) if depth(key) == level]
        ends = [*places, len(records)]
        entries: list[dict[str, Any]] = []
        before = b""
        for place, after in pairwise(ends):
            key, name = records[place][0].encode(), records[place][1]
            shared = len(
                [*takewhile(lambda both: both[0] == both[1], zip(before, key, strict=False))]
            )
            entries.append({"p": shared, "k": key[shared:], "v": name,
                            "t": self.tree(records[place + 1 : after], level - 1)})  # fmt: skip
            before = key
        return self.add({"l": self.tree(records[: ends[0]], level - 1), "e": entries})

    def written(self, root: Link) -> bytes:
        """Write the file."""
        parts = [cbor({"version": 1, "roots": [root]})]
        parts += [Link(sha256(block).digest()).raw + block for block in self.blocks]
        return b"".join(length(len(part)) + part for part in parts)


def length(number: int) -> bytes:
    """Write how long something is."""
    if number < 128:
        return bytes([number])
    return bytes([number % 128 | 128]) + length(number // 128)


def car(records: Mapping[str, Any]) -> bytes:
    """Write a repository with records, by their keys."""
    made = Repository()
    named_ = [(key, made.add(records[key])) for key in sorted(records)]
    root = made.tree(named_) or made.add({"l": None, "e": []})
    return made.written(made.add({"did": DID, "version": 3, "data": root, "rev": "3k", "prev": None,
                                  "sig": b"\1" * 64}))  # fmt: skip
