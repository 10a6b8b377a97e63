"""DAG-CBOR, strictly: a block of a repository as the JSON that it stands for.

As ipld.io/specs/codecs/dag-json has it, a link is a mapping of `$link`, and bytes are one of
`$bytes`; both are in hexadecimal here, a link as the whole name of what it is to.
"""

from math import isfinite
from struct import unpack
from typing import Any, Final

from cmcore.base.errors import refuse

#: How the name of a block begins: its version, that it is DAG-CBOR, that its digest is SHA-256.
NAME: Final = bytes([1, 0x71, 0x12, 32])
#: How the name of a file of pictures or sound begins, which records link to and no block holds.
BLOB: Final = bytes([1, 0x55, 0x12, 32])
NAMED: Final = len(NAME) + 32
_MOST_LEVELS: Final = 64
#: Numbers below the first stand where they are announced, others in as many bytes as this says.
_SIZES: Final = {24: 1, 25: 2, 26: 4, 27: 8}
_SIMPLES: Final = {20: False, 21: True, 22: None}
_SIMPLE: Final = 7
_FLOAT: Final = 27
_LINK: Final = 42


def decoded(block: bytes) -> Any:  # noqa: ANN401 - plain data
    """Return what a block says.

    Raises:
        InvalidError: it has too many levels.
        ValueError: it is no DAG-CBOR, or goes on after its end.
    """
    reader = _Reader(block)
    found = reader.value(_MOST_LEVELS)
    if reader.is_over:
        return found
    raise ValueError


class _Reader:
    def __init__(self, block: bytes) -> None:
        self._block = block
        self._at = 0
        self._readers = (
            lambda number, _: number,
            lambda number, _: -1 - number,
            lambda number, _: {"$bytes": self._take(number).hex()},
            lambda number, _: self._take(number).decode(),
            lambda number, levels: [self.value(levels) for _ in range(number)],
            self._mapping,
            self._link,
        )

    @property
    def is_over(self) -> bool:
        return self._at == len(self._block)

    def value(self, levels: int) -> Any:  # noqa: ANN401 - plain data
        """Return the next value, which has no more levels than it may."""
        if not levels:
            raise refuse("item-too-deep", number=1)
        kind, told = divmod(self._take(1)[0], 32)
        if kind == _SIMPLE:
            return self._float() if told == _FLOAT else _SIMPLES[told]
        if told in _SIZES:
            told = int.from_bytes(self._take(_SIZES[told]))
        elif told > max(_SIZES):
            raise ValueError
        return self._readers[kind](told, levels - 1)

    def _take(self, number: int) -> bytes:
        taken = self._block[self._at : self._at + number]
        if len(taken) < number:
            raise ValueError
        self._at += number
        return taken

    def _float(self) -> float:
        (found,) = unpack(">d", self._take(8))
        if not isfinite(found):
            raise ValueError
        return float(found)

    def _mapping(self, number: int, levels: int) -> dict[str, Any]:
        pairs = [(self.value(levels), self.value(levels)) for _ in range(number)]
        made = {key: value for key, value in pairs if isinstance(key, str)}
        if len(made) < number:  # a key stands twice, or is no text
            raise ValueError
        return made

    def _link(self, number: int, levels: int) -> dict[str, str]:
        told = self.value(levels)
        first, name = told["$bytes"][:2], bytes.fromhex(told["$bytes"][2:])
        is_known = first == "00" and name.startswith((NAME, BLOB))
        if number != _LINK or not is_known or len(name) != NAMED:
            raise ValueError
        return {"$link": name.hex()}
