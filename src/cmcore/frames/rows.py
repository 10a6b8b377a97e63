"""Rows: the act and the context that a row of a frame stands for, as a row of a history does."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from math import isfinite
from typing import Any, Final

import attrs

from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.context import Context, Earlier
from cmcore.charters.history import Case
from cmcore.codec.histories import act_of, context_of, over
from cmcore.teams.contracts import CONTRACTS, contract_of
from cmcore.time.week import local_if_any

#: A text that is not a word of any fact, so it is known to be invalid.
_NO_WORD: Final = '"'
_NOTHING: Final = Context()
#: When a message was written; a message of unknown date is still a message.
_WRITTEN: Final = frozenset({"in_reply_to.at", "target.at"})


def case_of(  # noqa: PLR0913, PLR0917 - all that a row is read with
    charter: Charter,
    specs: Mapping[str, FactSpec],
    row: Mapping[str, object],
    around: Context,
    place: str = "",
    id: str | None = None,  # noqa: A002
    earlier: Earlier | None = None,
) -> Case:
    """Return the case that a row stands for, `row` giving what each of its columns holds.

    `specs` are those of the columns, as `codec.histories.columns` gives them.

    What is None is what `around` says, or else unknown. A value that does not fit its fact is
    given as it is where a fact can tell, and else unknown.
    """
    sound = {name: _usable(specs[name], cell) for name, cell in row.items() if cell is not None}
    given = {n: cell for n, cell in sound.items() if cell is not None or n in _WRITTEN}
    around = _without(around, {name for name in sound if name not in given})
    said = {**given, "at": given.get("at", around.at)}
    if "holiday" in said and not (isinstance(said["holiday"], bool) and _has_day(charter, said)):
        around = attrs.evolve(around, holidays=None)
        del said["holiday"]
    own = context_of(charter, said, earlier=earlier)
    whole = own if around == _NOTHING else over(around, own)
    return Case(act_of(charter, given, id=id), whole, place)


def _usable(spec: FactSpec, cell: object) -> Any:  # noqa: ANN401 - whatever a cell holds
    """Return the value of a cell as an act takes it, None where no act can take it."""
    if spec.name in _CLOSED:
        return cell if isinstance(cell, str) and _CLOSED[spec.name](spec, cell) else None
    fits = _FITS[spec.type](cell)
    if spec.type is FactType.SYMBOLS:
        return cell if fits else frozenset([_NO_WORD])
    if spec.source == "label":
        return None if isinstance(cell, float) and not isfinite(cell) else cell
    if spec.type is FactType.SYMBOL:
        return cell if fits else _NO_WORD
    if spec.type is FactType.NUMBER and isinstance(cell, float):  # whole heads only
        return cell if cell.is_integer() else None
    return cell if fits else None


#: Facts of which no act and no context holds a word of its own -> whether a word is one of theirs.
_CLOSED: Final[Mapping[str, Callable[[FactSpec, str], bool]]] = {
    "kind": lambda spec, cell: cell in (spec.values or ()),
    "author.contract": lambda _, cell: contract_of(cell) in CONTRACTS,
}


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


#: Type of a fact -> whether a value is of it.
_FITS: Final[Mapping[FactType, Callable[[object], bool]]] = {
    FactType.FLAG: lambda cell: isinstance(cell, bool),
    FactType.SYMBOL: lambda cell: isinstance(cell, str),
    FactType.SYMBOLS: lambda cell: (
        isinstance(cell, frozenset) and all(isinstance(one, str) for one in cell)
    ),
    FactType.NUMBER: _is_number,
    FactType.DURATION: lambda cell: isinstance(cell, timedelta),
    FactType.INSTANT: lambda cell: isinstance(cell, datetime),
    FactType.TEXT: lambda cell: isinstance(cell, str),
}


def _has_day(charter: Charter, said: Mapping[str, Any]) -> bool:
    return said["at"] is not None and local_if_any(said["at"], charter.zone) is not None


def _without(around: Context, spoiled: AbstractSet[str]) -> Context:
    """Return what is known around the row, but for what the row says and nobody can read."""
    if not spoiled or around == _NOTHING:
        return around
    return attrs.evolve(
        around,
        at=None if "at" in spoiled else around.at,
        author=_known(around.author, "author", spoiled),
        incident=_known(around.incident, "incident", spoiled),
        events={n: at for n, at in around.events.items() if f"event.{n}" not in spoiled},
    )


def _known(told: Any, of: str, spoiled: AbstractSet[str]) -> Any:  # noqa: ANN401 - of one class
    heads = (name.partition(".") for name in spoiled)
    return attrs.evolve(told, **{field: None for head, _, field in heads if head == of})
