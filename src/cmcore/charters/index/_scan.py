"""Scanning: one function, written for one charter, that reads the plain facts of an act.

What is written holds no word of the charter: names and masks are handed over as values.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.forms import NORMAL, NORMAL_SETS
from cmcore.charters.context import Author, Context, Situation
from cmcore.charters.decision import Ruling
from cmcore.charters.index._assemble import Source
from cmcore.charters.index._blocks import Block, Gap
from cmcore.charters.index._masks import Line, Sets, Table, Words

#: What is left of the items; those that no unknown fact makes unknown; the facts not read here;
#: and the values of all facts, where there are shelves.
Scan = Callable[[Act, Context], tuple[int, int, int, list[Any]]]

_OWN: Final = frozenset(
    {"kind", "network", "account", "language", "topics", "media", "described", "paid", "scheduled",
     "template", "text", "format", "recipient"}
)  # fmt: skip
_AROUND: Final = {
    **{
        f"author.{n}": ("author", "Author")
        for n in ("roles", "seniority", "contract", "trained_in")
    },
    "incident.open": ("incident", "Situation"),
}
_SCANNED: Final = frozenset(
    {FactType.FLAG, FactType.SYMBOL, FactType.SYMBOLS, FactType.NUMBER, FactType.TEXT}
)


def plain(source: Source) -> bool:
    """Return whether a fact is read by scanning; the others cost more."""
    here = source.label or source.name in _OWN or source.name in _AROUND
    return here and source.type in _SCANNED


@internal
class Ways:
    """What is called where scanning does not tell.

    `odd` for what is no plain act or context, `looked` where more is to be read or asked, `ruled`
    where nothing is, and `known` does not have it yet, and `unshelved` where there are shelves.
    """

    odd: Callable[[Act, Context], Ruling]
    looked: Callable[[Act, Context, int, int, int, list[Any]], Ruling]
    ruled: Callable[[int, int], Ruling]
    unshelved: Callable[[Act, Context, int, int, int, list[Any]], Ruling]
    known: Mapping[object, Ruling]


def scan(  # noqa: PLR0913 - what is written of a charter
    sources: Sequence[Source],
    order: Sequence[int],
    block: Block,
    ways: Ways,
    without: Mapping[str, frozenset[str]],
    *,
    keep: bool,
) -> tuple[Scan, Callable[[Act, Context], Ruling]]:
    """Return the function that scans an act, facts taken in `order`, and the one that rules on it.

    Acts of the kinds in `without` have nothing of a fact, unless it is given.

    Where there are items on shelves, scanning keeps and returns the values that it reads, too.
    """
    tables = dict(block.probes)
    names: dict[str, Any] = {
        "every": block.all, "UNKNOWN": Gap.UNKNOWN, "PENDING": Gap.PENDING,
        "Act": Act, "Context": Context, "Author": Author, "Situation": Situation,
        "odd": ways.odd, "looked": ways.looked, "ruled": ways.ruled,
        "unshelved": ways.unshelved, "known": ways.known.get, "refer": block.refer,
        "refusing": block.refusing, "asking": block.asking,
    }  # fmt: skip
    written = _Written(names, without, keep=keep)
    late = 0
    for fact in order:
        if not written.fact(fact, sources[fact], tables.get(fact)):
            late |= 1 << fact
    names["later"] = late
    kept = ", ".join(written.kept[fact] for fact in range(len(sources))) if keep else ""
    asks = " or left & asking" if block.asking else ""
    body = [
        "    left = sure = every",
        "    late = later",
        "    labels = act.labels._items.get",
        *_in(written.lines),
    ]
    lines = [
        "def scan(act, context):",
        *body,
        f"    return left, sure, late, [{kept}]",
        "def rule(act, context):",
        "    if act.__class__ is not Act or context.__class__ is not Context:",
        "        return odd(act, context)",
        *body,
        *(_LARGE if keep else _SMALL).format(asks=asks, kept=kept).splitlines(),
    ]
    exec("\n".join(lines), names)  # noqa: S102 - see the head of the module
    return names["scan"], names["rule"]


_LARGE: Final = "    return unshelved(act, context, left, sure, late, [{kept}])"
#: Where a rule refers or forbids, it does not matter which permits are left.
_SMALL: Final = """\
    if late{asks}:
        return looked(act, context, left, sure, late, [])
    if left >= refer:
        left &= refusing
    sure &= left
    return known(left if left == sure else (left, sure)) or ruled(left, sure)"""


class _Written:
    """The lines of the function, and the values they name."""

    def __init__(
        self, names: dict[str, Any], without: Mapping[str, frozenset[str]], *, keep: bool
    ) -> None:
        self.names = names
        self._without = without
        self.lines: list[str] = []
        self.kept: dict[int, str] = {}
        self._keep = keep

    def fact(self, at: int, source: Source, table: Table | None) -> bool:
        """Write how a fact is read; False for one that is read later."""
        got = self._got(at, source) if plain(source) else None
        if got is None or (table is None and not self._keep):
            self.kept[at] = "PENDING"
            return got is not None
        value, unknown = got
        self.kept[at] = f"v{at}"
        later = [f"late |= {1 << at}", *([f"v{at} = PENDING"] if self._keep else [])]
        self.lines += [
            f"v{at} = {value}",
            *_SORTS[source.type](self, at, source, table, later),
            f"elif v{at} is None and {unknown}:",
            *_in([f"v{at} = UNKNOWN"] if self._keep else []),
            *_in(self._less("sure", f"free{at}", table)),
            "else:",
            *_in(later),
        ]
        if table is not None:
            self.names[f"free{at}"] = table.free
        return True

    def _got(self, at: int, source: Source) -> tuple[str, str]:
        """Return how a fact is read and when its not being there means that it is unknown."""
        name = source.name
        if name in _OWN:
            self.names[f"without{at}"] = self._without.get(name)
            apart = f" and act.kind not in without{at}" if name in self._without else ""
            return f"act.{name}", f"not act.absent{apart}"
        if name in _AROUND:
            whose, kind = _AROUND[name]
            read = f"context.{name} if context.{whose}.__class__ is {kind} else PENDING"
            return read, "True"
        self.names[f"name{at}"] = name
        if source.type is FactType.TEXT:  # one that is blank is read later
            given = f"v{at} if (v{at} := labels(name{at})).__class__ is not str or v{at}.strip()"
            return f"{given} else PENDING", "not act.absent"
        return f"labels(name{at})", "not act.absent"

    def _less(self, what: str, mask: str, table: Table | None) -> list[str]:
        return [f"{what} &= {mask}"] if table is not None else ["pass"]

    def flag(self, at: int, _: Source, table: Table | None, __: list[str]) -> list[str]:
        if table is not None:
            self.names[f"true{at}"], self.names[f"false{at}"] = table.look(True), table.look(False)  # noqa: FBT003
        return [
            f"if v{at} is True:", *_in(self._less("left", f"true{at}", table)),
            f"elif v{at} is False:", *_in(self._less("left", f"false{at}", table)),
        ]  # fmt: skip

    def word(self, at: int, source: Source, table: Table | None, later: list[str]) -> list[str]:
        """Write how a word is looked up; one that the fact cannot have is read later.

        What is no word of the table is looked up once more in its normal form.
        """
        values = source.domain.values
        look = table.masks if table is not None else None
        known = dict.fromkeys(values or (), 0)
        other = None if values else 0
        if isinstance(look, Words):
            known = {word: look[word] for word in known} if values else dict(look)
            other = None if values else look.default
        self.names |= {f"get{at}": known.get, f"other{at}": other,
                       f"normal{at}": NORMAL[source.domain.form]}  # fmt: skip
        return [
            f"if v{at}.__class__ is str:",
            f"    found = get{at}(v{at})",
            "    if found is None:",
            f"        v{at} = normal{at}[v{at}]",
            f"        found = None if v{at} is None else get{at}(v{at}, other{at})",
            "    if found is None:",
            *_in(_in(later)),
            *_in(["else:", *_in(self._less("left", "found", table))]),
        ]

    def number(self, at: int, _: Source, table: Table | None, __: list[str]) -> list[str]:
        lines = ["pass"]
        if table is not None and isinstance(table.masks, Line):
            line = table.masks
            self.names |= {f"edges{at}": line.edges, f"masks{at}": line.masks}
            finds = []
            for step, find in enumerate(line.finds):
                self.names[f"find{at}_{step}"] = find
                finds.append(f"find{at}_{step}(edges{at}, v{at})")
            lines = [f"left &= masks{at}[{' + '.join(finds) or '0'}]"]
        kind = f"v{at}.__class__"
        return [f"if {kind} is int or ({kind} is float and v{at} - v{at} == 0.0):", *_in(lines)]

    def set(self, at: int, source: Source, table: Table | None, later: list[str]) -> list[str]:
        """Write how the words of a set are looked up, in their normal form."""
        self.names[f"normal{at}"] = NORMAL_SETS[source.domain.form]
        odd = f"v{at} is None"
        if source.domain.values is not None:
            self.names[f"known{at}"] = source.domain.values
            odd += f" or not v{at} <= known{at}"
        first, every, last = "pass", "pass", "pass"
        sets = table.masks if table is not None else None
        if isinstance(sets, Sets) and len(sets.columns) == 1 and sets.avoids is None:
            base, words = sets.columns[0]
            self.names |= {f"base{at}": base, f"get{at}": dict(words).get,
                           f"other{at}": words.default}  # fmt: skip
            first = f"found = base{at}"
            every = f"found |= get{at}(word, other{at})"
            last = "left &= found"
        elif table is not None:
            self.names[f"look{at}"] = table.look
            last = f"left &= look{at}(v{at})"
        return [
            f"if v{at}.__class__ is frozenset:",
            f"    v{at} = normal{at}[v{at}]",
            f"    if {odd}:",
            *_in(_in(later)),
            "    else:",
            f"        {first}",
            f"        for word in v{at}:",
            f"            {every}",
            f"        {last}",
        ]

    def text(self, at: int, source: Source, table: Table | None, later: list[str]) -> list[str]:
        """Write how the word lists of a text are found, if one is still asked for."""
        self.names[f"lists{at}"] = source.lexicon.found if source.lexicon else source.found
        lines = [f"found = lists{at}(v{at})", "if found is None:", *_in(later), "else:"]
        lines += [f"    v{at} = found"] if self._keep else []
        if table is not None:
            self.names |= {f"look{at}": table.look, f"asking{at}": table.asking}
            lines += [f"    left &= look{at}(found)"]
            lines = lines if self._keep else [f"if left & asking{at}:", *_in(lines)]
        return [f"if v{at}.__class__ is str:", *_in(lines)]


def _in(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


_SORTS: Final[dict[FactType, Callable[..., list[str]]]] = {
    FactType.FLAG: _Written.flag,
    FactType.SYMBOL: _Written.word,
    FactType.NUMBER: _Written.number,
    FactType.SYMBOLS: _Written.set,
    FactType.TEXT: _Written.text,
}
