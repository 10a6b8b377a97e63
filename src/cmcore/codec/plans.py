"""Plans to and from plain data, the way plan files write them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from cmcore.base.errors import InvalidError
from cmcore.base.ids import id_problems
from cmcore.codec.forms import Form, Key
from cmcore.codec.plain import (
    Gather,
    Readers,
    Writers,
    as_list,
    as_mapping,
    as_text,
    each,
    wrong,
)
from cmcore.codec.shapes import either, listed, named, told
from cmcore.codec.values import ID, Value
from cmcore.teams.plan import Pair, Plan


def read_held(data: object) -> list[Pair]:
    """Return the pairs that a mapping of members and their roles writes."""
    gather = Gather()
    pairs = [pair for who, roles in as_mapping(data).items() for pair in _pairs(who, roles, gather)]
    return gather.made(pairs)


def _pairs(who: str, data: object, gather: Gather) -> Iterator[Pair]:
    gather.add(id_problems(who, who))
    for role in gather.at((who,), _roles, data) or ():
        yield who, role


def _roles(data: object) -> list[str]:
    """Return roles: a list of them, one alone, or nothing."""
    if data is None:
        return []
    if isinstance(data, str):
        return [_id(data)]
    if isinstance(data, Mapping):
        raise wrong(data, "list-of-roles")
    return each(as_list(data), _id)


def _id(data: object) -> str:
    text = as_text(data)
    found = list(id_problems(text))
    if found:
        raise InvalidError(found)
    return text


def by_member(pairs: Iterable[Pair]) -> dict[str, Any]:
    """Return pairs as the roles of each member."""
    held: dict[str, list[str]] = {}
    for who, role in pairs:
        held.setdefault(who, []).append(role)
    return held


_HELD: Final = told(
    "What they hold: nothing, a role, or several.",
    either({"type": "null"}, ID.schema, listed(ID.schema)),
)
PLAN: Final = Form(
    Plan,
    "plan",
    "Who holds which roles.",
    Key(
        "plan",
        Value(read_held, named(_HELD, propertyNames=ID.schema), by_member),
        "Who holds which roles, by member.",
        "pairs",
        missing=(),
        needed="write-plan",
    ),
    instead=dict,
)
#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {Plan: PLAN.read}
WRITERS: Final[Writers] = {Plan: PLAN.write}
