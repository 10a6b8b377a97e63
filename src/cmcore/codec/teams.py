"""Teams to and from plain data, the way team files write them."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Final, TypeVar

from cmcore.base.amounts import show_duration
from cmcore.base.errors import refuse
from cmcore.codec.bounds import Data
from cmcore.codec.hours import as_week, as_zone
from cmcore.codec.plain import (
    BROKEN,
    DAY_PATTERN,
    Gather,
    Readers,
    Writers,
    as_date,
    as_duration,
    as_instant,
    as_int,
    as_list,
    as_mapping,
    as_number,
    as_text,
    as_words,
    kept,
    opened,
    without_followers,
    written,
    wrong,
)
from cmcore.teams.people import DAY as DAY_MINUTES
from cmcore.teams.people import TOP_AFFINITY, Availability, Leave, Member, Role, Team
from cmcore.time.durations import minutes
from cmcore.time.intervals import day_span

_N = TypeVar("_N", int, float)

TEAM_KEYS: Final = frozenset({"team", "zone", "roles", "members"})
ROLE_KEYS: Final = frozenset({"requires", "minutes", "en", "fr"})
_TRAITS: Final = ("trade", "age", "level", "seniority", "contract")
_SETS: Final = ("roles", "skills", "languages")
MEMBER_KEYS: Final = frozenset(
    {"name", *_SETS, "networks", *_TRAITS, "hours", "zone", "leaves", "day"}
    | {"affinity", "minutes", "most_roles", "least_roles"}
)
LEAVE_KEYS: Final = frozenset({"from", "to", "through"})


def as_minutes(data: object, most: int = DAY_MINUTES) -> int:
    """Return whole minutes: a number of them, or a duration, which is told as it is written."""
    if not isinstance(data, str):
        return as_int(data)
    whole, rest = divmod(as_duration(data), minutes(1))
    if rest:
        raise refuse("wrong-value", given=data, wanted="minutes")
    if not 0 <= whole <= most:
        longest = show_duration(minutes(most))
        raise refuse("minutes-out-of-range", given=data, most=longest)
    return whole


def read_team(data: object) -> Team:
    """Return the team that `data` writes.

    Raises:
        InvalidError: with every problem of every part, each with its place.
    """
    item, gather = opened(data, TEAM_KEYS, {"team": "name-team"})
    id_ = gather.key(item, "team", as_text, BROKEN)
    zone = gather.key(item, "zone", as_zone, "UTC")
    roles = [
        gather.at(("roles", name), read_role, name, role) or Gather().at((), Role, name)
        for name, role in gather.key(item, "roles", _roles, {}).items()
    ]
    members = [
        gather.at(("members", name), read_member, name, member, zone)
        for name, member in gather.key(item, "members", as_mapping, {}).items()
    ]
    people, kinds = [one for one in members if one], [role for role in roles if role]
    made = gather.at((), Team, id_, people, kinds, zone=zone)
    gather.problems = without_followers(gather.problems, {"roles": {"unknown-role"}})
    return gather.made(made)


def _roles(data: object) -> dict[str, Any]:
    """Return roles by id: a mapping, or a list of ids alone."""
    return dict.fromkeys(as_words(data)) if isinstance(data, list) else as_mapping(data)


def read_role(id_: str, data: object) -> Role:
    """Return the role `id_`, from nothing, the skills it requires, or a mapping."""
    if data is None or isinstance(data, list):
        skills = () if data is None else as_words(data)
        return written({"id": (), "requires": ()}, Role, id_, requires=skills)
    item, gather = opened(data, ROLE_KEYS)
    made = gather.at(
        (),
        written,
        {"id": (), "english": ("en",), "french": ("fr",)},
        Role,
        id_,
        requires=gather.key(item, "requires", as_words, ()),
        minutes=gather.key(item, "minutes", as_minutes, 0),
        english=gather.key(item, "en", as_text, ""),
        french=gather.key(item, "fr", as_text, ""),
    )
    return gather.made(made)


def read_member(id_: str, data: object, zone: str = "UTC") -> Member:
    """Return the member `id_`; `zone` is where they work unless they say."""
    item, gather = opened({} if data is None else data, MEMBER_KEYS)
    told: dict[str, Any] = {
        **{key: gather.key(item, key, as_words, ()) for key in _SETS},
        **{key: gather.key(item, key, as_text, None) for key in _TRAITS},
    }
    make = partial(
        Member,
        id_,
        name=gather.key(item, "name", as_text, ""),
        networks=gather.key(item, "networks", _networks, ()),
        availability=_availability(item, zone, gather),
        affinity=gather.key(item, "affinity", _numbers(as_number), {}),
        minutes=gather.key(item, "minutes", _numbers(as_minutes), {}),
        most_roles=gather.key(item, "most_roles", as_int, None),
        least_roles=gather.key(item, "least_roles", as_int, 0),
        **told,
    )
    return gather.made(gather.at((), written, {"id": ()}, make))


def _networks(data: object) -> dict[str, int]:
    if isinstance(data, Mapping):
        return _numbers(as_int)(data)
    return dict.fromkeys(as_words(data), TOP_AFFINITY)


def _numbers(read: Callable[[object], _N]) -> Callable[[object], dict[str, _N]]:
    def read_all(data: object) -> dict[str, _N]:
        gather = Gather()
        item = as_mapping(data)
        made = {name: gather.at((name,), read, number) for name, number in item.items()}
        return gather.made(kept(made))

    return read_all


def _availability(item: dict[str, Any], usual: str, gather: Gather) -> Availability:
    zone = gather.key(item, "zone", as_zone, usual)
    return Availability(
        gather.key(item, "hours", as_week, None),
        zone,
        gather.key(item, "leaves", lambda data: _leaves(data, zone), ()),
        gather.key(item, "day", _day, None),
    )


def _day(data: object) -> int | None:
    return written({"minutes": ()}, Availability, minutes=as_minutes(data)).minutes


def _leaves(data: object, zone: str) -> list[Leave]:
    gather = Gather()
    many = enumerate(as_list(data))
    made = [gather.at((index,), read_leave, leave, zone) for index, leave in many]
    return [leave for leave in gather.made(made) if leave]


def read_leave(data: object, zone: str = "UTC") -> Leave:
    """Return a leave: a day or several in the zone, or from an instant to another."""
    if isinstance(data, str):
        day = as_date(data)
        return Leave(*day_span(day, day, zone))
    if not isinstance(data, Mapping):
        raise wrong(data, "leave", "write-leave")
    item, gather = opened(data, LEAVE_KEYS)
    ends = item.keys() - {"from"}
    if not gather.problems and (len(ends) != 1 or "from" not in item):
        raise refuse("leave-without-end", hint="write-leave")
    gather.done()
    if "through" in item:
        first, last = (gather.key(item, key, as_date, date.min) for key in ("from", "through"))
        gather.done()
        if last < first:
            raise refuse("ends-before-it-begins", "through")
        return Leave(*day_span(first, last, zone))
    if isinstance(item["to"], str) and re.fullmatch(DAY_PATTERN, item["to"]):
        raise refuse("day-not-instant", "to", day=item["to"])
    start, stop = (gather.key(item, key, as_instant, _NEVER) for key in ("from", "to"))
    gather.done()
    return written({"start": ("from",), "stop": ("to",)}, Leave, start, stop)


_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


# --------------------------------------------------------------------------------------- writing


def write_team(team: Team) -> dict[str, Data]:
    """Return the plain data of a team, as a team file has it."""
    return {
        "team": team.id,
        "zone": team.zone,
        "roles": {role.id: write_role(role) for role in team.roles},
        "members": {member.id: write_member(member) for member in team.members},
    }


def write_role(role: Role) -> dict[str, Data]:
    """Return the plain data of a role."""
    return kept(
        {
            "requires": sorted(role.requires) or None,
            "minutes": role.minutes or None,
            "en": role.english or None,
            "fr": role.french or None,
        }
    )


def write_member(member: Member) -> dict[str, Data]:
    """Return the plain data of a member."""
    when = member.availability
    return kept(
        {
            "name": member.name or None,
            **{key: sorted(getattr(member, key)) or None for key in _SETS},
            "networks": dict(member.networks) or None,
            **{key: getattr(member, key) for key in _TRAITS},
            "hours": None if when.week is None else str(when.week),
            "zone": when.zone,
            "leaves": [write_leave(leave) for leave in when.leaves] or None,
            "day": when.minutes,
            "affinity": dict(member.affinity) or None,
            "minutes": dict(member.minutes) or None,
            "most_roles": member.most_roles,
            "least_roles": member.least_roles or None,
        }
    )


def write_leave(leave: Leave) -> dict[str, Data]:
    """Return the plain data of a leave."""
    return {"from": leave.start.isoformat(), "to": leave.stop.isoformat()}


#: Type -> what reads it from plain data, and what writes it.
READERS: Final[Readers] = {Team: read_team}
WRITERS: Final[Writers] = {Team: write_team}
