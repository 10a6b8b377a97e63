"""Needs to and from plain data, the way files of needs write them."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from cmcore.base.errors import Path, refuse
from cmcore.codec.bounds import Data
from cmcore.codec.hours import as_week, as_zone
from cmcore.codec.plain import (
    BROKEN,
    Gather,
    Readers,
    Writers,
    as_int,
    as_list,
    as_mapping,
    as_text,
    as_words,
    each,
    kept,
    opened,
    written,
)
from cmcore.codec.teams import as_minutes
from cmcore.teams.needs import (
    MOST_MINUTES,
    Mix,
    Needs,
    NotOnly,
    Seats,
    Separation,
    Speakers,
    Specialists,
    Supervision,
    Trait,
    Watch,
    Work,
)
from cmcore.time.week import Week

_T = TypeVar("_T")
NEEDS_KEYS: Final = frozenset(
    {"needs", "zone", "seats", "specialists", "languages", "hours", "work", "mix"}
    | {"supervision", "separation"}
)
SEATS_KEYS: Final = frozenset({"least", "most", "weight"})
WATCH_KEYS: Final = frozenset({"week", "zone", "least", "role", "network", "language"})
WORK_KEYS: Final = frozenset({"a day", "minutes", "role"})
MIX_KEYS: Final = frozenset({"of", "least", "not only", "roles"})
SUPERVISION_KEYS: Final = frozenset({*map(str, Trait), "roles"})


def read_needs(data: object) -> Needs:
    """Return the needs that `data` writes.

    Raises:
        InvalidError: with every problem of every part, each with its place.
    """
    item, gather = opened(data, NEEDS_KEYS, {"needs": "name-needs"})
    zone = gather.key(item, "zone", as_zone, "UTC")
    told: dict[str, Any] = {
        "seats": _by_name(item, "seats", read_seats, gather),
        "specialists": _by_name(item, "specialists", _counted(Specialists), gather),
        "languages": _by_name(item, "languages", _counted(Speakers), gather),
        "hours": _listed(item, "hours", lambda one: read_watch(one, zone), gather),
        "work": _by_name(item, "work", read_work, gather),
        "mix": _listed(item, "mix", read_mix, gather),
        "supervision": _listed(item, "supervision", read_supervision, gather),
    }
    roles = [need.role for key in ("seats", "hours", "work") for need in told[key] if need.role]
    roles += [
        one for key in ("mix", "supervision") for need in told[key] for one in need.roles or ()
    ]
    told["separation"] = _listed(
        item, "separation", lambda one: read_separation(one, roles), gather
    )
    made = gather.at((), Needs, gather.key(item, "needs", as_text, BROKEN), zone=zone, **told)
    return gather.made(made)


def _by_name(
    item: dict[str, Any], key: str, read: Callable[[str, Any], _T], gather: Gather
) -> list[_T]:
    given = gather.key(item, key, as_mapping, {})
    made = [gather.at((key, name), read, name, one) for name, one in given.items()]
    return [one for one in made if one is not None]


def _listed(item: dict[str, Any], key: str, read: Callable[[Any], _T], gather: Gather) -> list[_T]:
    given = gather.key(item, key, _list, [])
    made = [gather.at((key, index), read, one) for index, one in enumerate(given)]
    return [one for one in made if one is not None]


def _list(data: object) -> list[Any]:
    """Return a list; one need alone may stand for a list of one."""
    return [data] if isinstance(data, Mapping) else as_list(data)


def read_seats(role: str, data: object) -> Seats:
    """Return the seats of a role: their least number, or a mapping."""
    if not isinstance(data, Mapping):
        return written({"role": (), "least": ()}, Seats, role, as_int(data))
    item, gather = opened(data, SEATS_KEYS)
    least = gather.key(item, "least", as_int, 1)
    most = gather.key(item, "most", as_int, None)
    weight = gather.key(item, "weight", as_int, 1)
    return gather.made(gather.at((), written, {"role": ()}, Seats, role, least, most, weight))


def _counted(kind: Callable[[str, int], _T]) -> Callable[[str, object], _T]:
    own: dict[str, Path] = {"least": (), "network": (), "language": ()}
    return lambda name, data: written(own, kind, name, as_int(data))


def read_watch(data: object, zone: str = "UTC") -> Watch:
    """Return hours to cover: a week, or a mapping; `zone` is that of the needs."""
    if isinstance(data, str):
        return Watch(as_week(data), zone)
    item, gather = opened(data, WATCH_KEYS, {"week": "write-week"})
    who = {key: gather.key(item, key, as_text, None) for key in ("role", "network", "language")}
    made = gather.at(
        (),
        Watch,
        gather.key(item, "week", as_week, Week.never()),
        gather.key(item, "zone", as_zone, zone),
        gather.key(item, "least", as_int, 1),
        **who,
    )
    return gather.made(made)


def read_work(name: str, data: object) -> Work:
    """Return the work that comes in every day."""
    item, gather = opened(data, WORK_KEYS, _WORK_HINTS)
    count = gather.key(item, "a day", as_int, 0)
    minutes = gather.key(item, "minutes", lambda data: as_minutes(data, MOST_MINUTES), 0)
    role = gather.key(item, "role", as_text, None)
    own: dict[str, Path] = {"name": (), "count": ("a day",)}
    return gather.made(gather.at((), written, own, Work, name, count, minutes, role))


_WORK_HINTS: Final = {"a day": "say-how-many", "minutes": "say-how-long"}


def read_mix(data: object) -> Mix | NotOnly:
    """Return a mix: at least so many values of a trait, or not only one of them."""
    item, gather = opened(data, MIX_KEYS, {"of": "write-trait"})
    of = gather.key(item, "of", as_text, str(Trait.TRADE))
    roles = gather.key(item, "roles", as_words, None)
    if ("least" in item) == ("not only" in item):
        gather.done()
        raise refuse("mix-of-several")
    if "least" in item:
        least = gather.key(item, "least", as_int, 1)
        return gather.made(gather.at((), Mix, of, least, roles))
    only = gather.key(item, "not only", as_text, _SOMEBODY)
    own: dict[str, Path] = {"value": ("not only",)}
    return gather.made(gather.at((), written, own, NotOnly, of, only, roles))


def read_supervision(data: object) -> Supervision:
    """Return who is not to be alone: a trait with its value."""
    item, gather = opened(data, SUPERVISION_KEYS)
    found = [trait for trait in Trait if trait in item]
    if len(found) != 1:
        gather.done()
        raise refuse("supervision-of-one")
    only = gather.key(item, found[0], as_text, _SOMEBODY)
    roles = gather.key(item, "roles", as_words, None)
    own: dict[str, Path] = {"value": (found[0],)}
    return gather.made(gather.at((), written, own, Supervision, found[0], only, roles))


#: Stands for a value that could not be read, of whichever trait it is.
_SOMEBODY: Final = Supervision().value


#: A name that needs no quotes, wherever it is written.
_PLAIN: Final = re.compile(r"(?!(?:yes|no|true|false|null|on|off)$)[^\W\d][\w-]*")


def read_separation(data: object, roles: Iterable[str] = ()) -> Separation:
    """Return two roles to keep apart, of the `roles` that are named elsewhere."""
    pair = each(data, as_text)
    if len(pair) != 2:  # noqa: PLR2004 (a pair)
        named = list(dict.fromkeys(filter(_PLAIN.fullmatch, [*pair, *sorted(roles)])))[:2]
        hint = None if len(named) == 2 else "name-two-roles"  # noqa: PLR2004 (a pair)
        raise refuse("not-two-roles", roles=", ".join(named), hint=hint)
    return written({"first": (0,), "second": (1,)}, Separation, *pair)


# --------------------------------------------------------------------------------------- writing


def write_needs(needs: Needs) -> dict[str, Data]:
    """Return the plain data of needs, as a file has it."""
    told: dict[str, Data] = {
        "seats": {need.role: write_seats(need) for need in needs.seats},
        "specialists": {need.network: need.least for need in needs.specialists},
        "languages": {need.language: need.least for need in needs.languages},
        "hours": [write_watch(need) for need in needs.hours],
        "work": {need.name: write_work(need) for need in needs.work},
        "mix": [write_mix(need) for need in needs.mix],
        "supervision": [write_supervision(need) for need in needs.supervision],
        "separation": [[need.first, need.second] for need in needs.separation],
    }
    return {
        "needs": needs.id,
        "zone": needs.zone,
        **{key: many for key, many in told.items() if many},
    }


def write_seats(need: Seats) -> Data:
    """Return the plain data of seats, the shortest that reads back equal."""
    if need.most is None and need.weight == 1:
        return need.least
    weight = None if need.weight == 1 else need.weight
    return kept({"least": need.least, "most": need.most, "weight": weight})


def write_watch(need: Watch) -> dict[str, Data]:
    """Return the plain data of hours to cover."""
    return kept(
        {
            "week": str(need.week),
            "zone": need.zone,
            "least": need.least,
            "role": need.role,
            "network": need.network,
            "language": need.language,
        }
    )


def write_work(need: Work) -> dict[str, Data]:
    """Return the plain data of work."""
    return kept({"a day": need.count, "minutes": need.minutes, "role": need.role})


def write_mix(need: Mix | NotOnly) -> dict[str, Data]:
    """Return the plain data of a mix."""
    roles = None if need.roles is None else sorted(need.roles)
    asked = {"least": need.least} if isinstance(need, Mix) else {"not only": need.value}
    return kept({"of": str(need.of), **asked, "roles": roles})


def write_supervision(need: Supervision) -> dict[str, Data]:
    """Return the plain data of supervision."""
    roles = None if need.roles is None else sorted(need.roles)
    return kept({str(need.of): need.value, "roles": roles})


#: Type -> what reads it from plain data, and what writes it.
READERS: Final[Readers] = {Needs: read_needs}
WRITERS: Final[Writers] = {Needs: write_needs}
