"""Flowcharts written in Mermaid, where no label can be anything but a label."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from attrs import field

from cmcore.base.ids import clip
from cmcore.base.values import value

Shape = Literal["box", "round"]
_SHAPES: Final[Mapping[Shape, tuple[str, str]]] = {"box": ("[", "]"), "round": ("([", "])")}
#: The characters allowed in a label besides letters and digits; all others are escaped as numbers.
_PLAIN: Final = frozenset(" .,:/-")
_UNREADABLE: Final = "\ufffd"
_LONGEST: Final = 160


@value
class Node:
    """What is drawn under an `id` of our own, never a stranger's: lines of text in a shape."""

    id: str
    lines: tuple[str, ...]
    shape: Shape = "box"
    looks: str = ""

    def __str__(self) -> str:
        opened, closed = _SHAPES[self.shape]
        looks = f":::{self.looks}" if self.looks else ""
        return f"{self.id}{opened}{label(*self.lines)}{closed}{looks}"


@value
class Arrow:
    """An arrow between two nodes, with what is said along it."""

    start: str
    stop: str
    text: str = ""

    def __str__(self) -> str:
        said = f"|{label(self.text)}|" if self.text else ""
        return f"{self.start} -->{said} {self.stop}"


def _nodes(many: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(many)


def _arrows(many: Iterable[Arrow]) -> tuple[Arrow, ...]:
    return tuple(many)


@value
class Flow:
    """A flowchart: its nodes, those of them set `aside` under a title, and its arrows.

    `looks` has the style of each of the looks that a node may have.
    """

    nodes: tuple[Node, ...] = field(converter=_nodes)
    arrows: tuple[Arrow, ...] = field(converter=_arrows)
    aside: tuple[Node, ...] = field(default=(), converter=_nodes)
    title: str = ""
    looks: Mapping[str, str] = field(factory=dict[str, str])

    def __str__(self) -> str:
        return "\n".join(["flowchart TD", *(f"    {line}" for line in self._lines())])

    def _lines(self) -> Iterator[str]:
        yield from map(str, self.nodes)
        if self.aside:
            yield f"subgraph aside[{label(self.title)}]"
            yield from (f"    {node}" for node in self.aside)
            yield "end"
        yield from map(str, self.arrows)
        used = {node.looks for node in (*self.nodes, *self.aside)}
        for name, style in self.looks.items():
            if name in used:
                yield f"classDef {name} {style}"


def label(*lines: str) -> str:
    """Return lines of any text as one label between quotes, of which nothing can get out."""
    return f'"{"<br>".join("".join(map(_written, clip(line, _LONGEST))) for line in lines)}"'


def _written(character: str) -> str:
    """Return what stands for a character: itself, or its number in Unicode."""
    if character.isalnum() or character in _PLAIN:
        return character
    return f"#{ord(character if character.isprintable() else _UNREADABLE)};"
