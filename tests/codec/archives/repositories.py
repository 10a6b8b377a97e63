"""Repositories of Bluesky, written as one file (CAR): the records of an account in their tree."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from struct import pack
from typing import Any, Final

import attrs

DID: Final = "did:plc:ours"


@attrs.frozen
class Link:
    """The name of a block."""

    digest: bytes


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
            return head(6, 42) + cbor(b"\0" + named(thing.digest))
        case _:
            keys = sorted(thing, key=lambda key: (len(key), key))
            return head(5, len(keys)) + b"".join(cbor(key) + cbor(thing[key]) for key in keys)


def named(digest: bytes) -> bytes:
    """Write the name of a block."""
    return bytes([1, 0x71, 0x12, 32]) + digest


class Repository:
    """Blocks, in the making."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def add(self, thing: Any) -> Link:  # noqa: ANN401 - plain data
        """Add a block, and return its name."""
        self.blocks.append(cbor(thing))
        return Link(sha256(self.blocks[-1]).digest())

    def tree(self, records: Sequence[tuple[str, Link]]) -> Link | None:
        """Add a tree of records in the order of their keys, and return its root."""
        if not records:
            return None
        few = records[:: max(1, len(records) // 3)][1:] or records[:1]
        places = [records.index(one) for one in few]
        entries: list[dict[str, Any]] = []
        before = b""
        for place, after in zip(places, [*places[1:], len(records)], strict=True):
            key, name = records[place]
            shared = len([a for a, b in zip(before, key.encode(), strict=False) if a == b])
            while before[:shared] != key.encode()[:shared]:
                shared -= 1
            entries.append({"p": shared, "k": key.encode()[shared:], "v": name,
                            "t": self.tree(records[place + 1 : after])})  # fmt: skip
            before = key.encode()
        return self.add({"l": self.tree(records[: places[0]]), "e": entries})

    def written(self, root: Link) -> bytes:
        """Write the file."""
        parts = [cbor({"version": 1, "roots": [root]})]
        parts += [named(sha256(block).digest()) + block for block in self.blocks]
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
