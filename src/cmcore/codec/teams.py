"""Teams to and from plain data, the way team files write them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from cmcore.base.amounts import show_duration
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.codec.bounds import Data
from cmcore.codec.clocks import CALENDAR, ON_CALENDAR
from cmcore.codec.forms import Form, Key, zone_key
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
    as_mapping,
    as_number,
    as_text,
    as_words,
    each,
    opened,
    without_followers,
    written,
    wrong,
)
from cmcore.codec.shapes import Schema, either, listed, named, ref, told, whole
from cmcore.codec.values import (
    DAY,
    DURATION,
    ID,
    INSTANT,
    SOME,
    TEXT,
    WEEK,
    ZONE,
    Parts,
    Value,
    list_of,
    mapping_of,
    parts_by_name,
    whole_number,
    with_words,
)
from cmcore.organisations.words import ROLES
from cmcore.teams.affinity import TOP_AFFINITY
from cmcore.teams.availability import DAY as DAY_MINUTES
from cmcore.teams.availability import Availability, Leave, Shift
from cmcore.teams.contracts import CONTRACTS
from cmcore.teams.member import Member
from cmcore.teams.role import Role
from cmcore.teams.team import Team
from cmcore.time.durations import minutes
from cmcore.time.intervals import day_span

# ------------------------------------------------------------------------------------- its values


def as_minutes(data: object, most: int = DAY_MINUTES) -> int:
    """Return whole minutes: a number of them, or a duration."""
    if not isinstance(data, str):
        return as_int(data)
    whole, rest = divmod(as_duration(data), minutes(1))
    if rest:
        raise refuse("wrong-value", given=data, wanted="minutes")
    if not 0 <= whole <= most:
        longest = show_duration(minutes(most))
        raise refuse("minutes-out-of-range", given=data, most=longest)
    return whole


def minutes_to(most: int) -> Value[int]:
    """Return whole minutes up to `most`, or a duration that long."""
    return Value(partial(as_minutes, most=most), either(whole(0, most), ref("duration")))


def _networks(data: object) -> dict[str, int]:
    if isinstance(data, Mapping):
        return _AFFINITIES.read(data)
    return dict.fromkeys(as_words(data), TOP_AFFINITY)


_DAILY: Final = minutes_to(DAY_MINUTES)
_AFFINITIES: Final = mapping_of(whole_number(0, TOP_AFFINITY))
_SUITED: Final = Value(as_number, {"type": "number", "minimum": 0, "maximum": TOP_AFFINITY})
#: The traits, and their allowed values.
_TRAITS: Final = {
    "trade": ("Their trade.", "journalist"),
    "age": ("How old they are, in a word.", "30-39"),
    "level": ("How high they stand in their trade.", "junior"),
    "seniority": ("How long they have been there.", "over 5 years"),
    "contract": ("What binds them to the team.", "internship"),
    "employer": ("Who employs them.", "Acme"),
    "region": ("Where they live, in a word.", "north-america"),
}

# --------------------------------------------------------------------------------- some time away


def _days_away(first: date, last: date, where: str) -> Leave:
    if last < first:
        raise refuse("ends-before-it-begins", "last")
    return Leave(*day_span(first, last, where))


_DAYS: Final = Form(
    _days_away,
    "days away",
    "From a first day to a last.",
    Key("from", DAY, "The first day away.", "first"),
    Key("through", DAY, "The last day away.", "last"),
    required=("from", "through"),
    instead=dict,
)
_INSTANTS: Final = Form(
    Leave,
    "time away",
    "From an instant to another.",
    Key("from", INSTANT, "The first instant away.", "start"),
    Key("to", INSTANT, "The instant they are back.", "stop"),
    required=("from", "to"),
    instead=dict,
)
SHIFT: Final = Form(
    Shift,
    "shift",
    "A time on duty, from an instant to another.",
    Key("from", INSTANT, "The first instant on duty.", "start", missing=BROKEN, needed=True),
    Key("to", INSTANT, "The first instant after it.", "stop", missing=BROKEN, needed=True),
    instead=dict,
)
LEAVE_KEYS: Final = _DAYS.names | _INSTANTS.names


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
        return _DAYS.read(item, where=zone)
    if isinstance(item["to"], str) and re.fullmatch(DAY_PATTERN, item["to"]):
        raise refuse("day-not-instant", "to", day=item["to"])
    return _INSTANTS.read(item)


def _leave_schema() -> Schema:
    shapes = (DAY.schema, _DAYS.closed(), _INSTANTS.closed())
    about = "Some time away: a day, a first day and a last, or from an instant to another."
    return {"title": "leave", **told(about, either(*shapes))}


# ------------------------------------------------------------------------------- skills that end

#: The end of a skill that has one, which nobody knows.
_UNKNOWN: Final = "unknown"
#: A skill, with its first instant without it; None where that is unknown.
_Dated = tuple[str, datetime | None]


def _until(data: object, zone: str) -> datetime | None:
    """Return the first instant without a skill: after the whole day that is given, or itself."""
    if data == _UNKNOWN:
        return None
    if isinstance(data, str) and re.fullmatch(DAY_PATTERN, data):
        day = as_date(data)
        return day_span(day, day, zone)[1]
    return as_instant(data)


def _dated(skill: str, until: datetime | None) -> _Dated:
    return skill, until


SKILL: Final = Form(
    _dated,
    "skill that ends",
    "A skill that somebody has only until a day or an instant.",
    Key("skill", ID, "What they can do.", missing=BROKEN, needed=True),
    Key(
        "until",
        Value(_until, either(DAY.schema, INSTANT.schema, {"const": _UNKNOWN})),
        f"The last day they have it, or the first instant they do not; or `{_UNKNOWN}`.",
        needed="write-until",
        zoned=True,
    ),
)


def _skill(data: object, zone: str) -> str | _Dated:
    return SKILL.read(data, zone) if isinstance(data, Mapping) else as_text(data)


def _skills(data: object, zone: str) -> tuple[str | _Dated, ...]:
    """Return skills, those that end with their ends; one word alone stands for a list of one."""
    many = [data] if isinstance(data, str | Mapping) else data
    found = each(many, partial(_skill, zone=zone))
    names = Counter(one if isinstance(one, str) else one[0] for one in found)
    refuse_any(
        Problem.of("named-twice", name=name, times=times)
        for name, times in names.items()
        if times > 1
    )
    return tuple(found)


def _write_skills(many: Iterable[str | _Dated]) -> Data:
    return [
        one if isinstance(one, str) else {"skill": one[0], "until": _write_end(one[1])}
        for one in many
    ]


def _write_end(end: datetime | None) -> Data:
    return _UNKNOWN if end is None else INSTANT.write(end)


def _member(*, all_skills: Iterable[str | _Dated], **told: Any) -> Member:  # noqa: ANN401 - fields
    skills = {one for one in all_skills if isinstance(one, str)}
    ends = dict(one for one in all_skills if not isinstance(one, str))
    return Member(skills=skills, expiring=ends, **told)


# ------------------------------------------------------------------------------- roles and members


def _trait(name: str, example: str) -> Value[str]:
    """Return the value of a trait, of which a contract has words of its own."""
    value = TEXT.shaped(examples=[example])
    return with_words(value, CONTRACTS) if name == "contract" else value


ROLE: Final = Form(
    Role,
    "role",
    "A role: nothing, a list of the skills it takes, or a mapping.",
    Key("requires", SOME, "The skills it takes; only people who have them all can hold it."),
    Key("minutes", _DAILY, "The time it takes per day.", missing=0),
    Key("en", TEXT, "Its name for people, in English.", "english", missing=""),
    Key("fr", TEXT, "Its name for people, in French.", "french", missing=""),
    Key(
        "based on",
        with_words(ID, ROLES),
        "The role of the catalog that it is derived from.",
        "based_on",
    ),
    short=({"type": "null"}, listed(TEXT.schema)),
)
_SOME_SKILLS: Final = {**SOME.schema, "items": either(TEXT.schema, ref("skill"))}
MEMBER: Final = Form(
    _member,
    "member",
    "Somebody of the team: nothing, or a mapping.",
    Key("name", TEXT, "Their name, for people.", missing=""),
    Key("roles", SOME, "The roles assigned to them now."),
    Key(
        "skills",
        Value(
            _skills,
            either(_SOME_SKILLS, ref("skill")),
            _write_skills,
            (),
        ),
        "What they can do; a skill that ends has a mapping.",
        "all_skills",
        zoned=True,
    ),
    Key("languages", SOME.shaped(examples=["fr", "en"]), "The languages they speak."),
    Key(
        "networks",
        Value(_networks, either(SOME.schema, _AFFINITIES.schema), dict, {}),
        f"The networks they specialise in: names, or affinities up to {TOP_AFFINITY}.",
    ),
    *(Key(trait, _trait(trait, example), about) for trait, (about, example) in _TRAITS.items()),
    Key(
        "hours",
        WEEK.defined("week"),
        "When they work; without it, they are on duty in their shifts alone.",
        "availability.week",
    ),
    Key(
        "zone",
        ZONE,
        "The IANA time zone of their hours, if it is not the team's.",
        "availability.zone",
    ),
    Key(
        "leaves",
        list_of(Value(read_leave, ref("leave"), _INSTANTS.write)),
        "When they are away.",
        "availability.leaves",
        zoned=True,
    ),
    Key(
        "shifts",
        list_of(Value(SHIFT.read, ref("shift"), SHIFT.write)),
        "When they are on duty, beside their hours.",
        "availability.shifts",
    ),
    Key(
        "calendar",
        ON_CALENDAR,
        "The days on which they do not work, if not those of the team.",
        "availability.calendar",
    ),
    Key("day", _DAILY, "The time per day they have for all their roles.", "availability.minutes"),
    Key(
        "affinity",
        mapping_of(_SUITED),
        f"How well a role suits them, from 0 to {TOP_AFFINITY}, up to six decimals, by role.",
    ),
    Key("minutes", mapping_of(_DAILY), "The time per day that a role takes them, by role."),
    Key("most_roles", whole_number(0), "The most roles they may hold."),
    Key(
        "least_roles",
        whole_number(0),
        "The fewest roles they should hold, counting those that needs name.",
        missing=0,
    ),
    parts={"availability": Availability},
    short=({"type": "null"},),
)


def read_role(id_: str, data: object) -> Role:
    """Return the role `id_`, from nothing, the skills it requires, or a mapping."""
    if data is None or isinstance(data, list):
        skills = () if data is None else as_words(data)
        return written({"id": (), "requires": ()}, Role, id_, requires=skills)
    return ROLE.read(data, id=id_)


def read_member(id_: str, data: object, zone: str = "UTC") -> Member:
    """Return the member `id_`; `zone` is where they work unless they say."""
    return MEMBER.read({} if data is None else data, zone, id=id_)


# ----------------------------------------------------------------------------------------- a team


def _roles(data: object) -> dict[str, Any]:
    """Return roles by id: a mapping, or a list of ids alone."""
    return dict.fromkeys(as_words(data)) if isinstance(data, list) else as_mapping(data)


TEAM: Final = Form(
    Team,
    "team",
    "Who is there, what each can do, when, and which roles they hold.",
    Key("team", ID, "The name of the team.", "id", missing=BROKEN, needed="name-team"),
    zone_key("The IANA time zone of members who do not set their own."),
    Key(
        "calendar",
        ON_CALENDAR,
        "On what days those do not work who have no calendar.",
    ),
    Key(
        "roles",
        Parts(
            _roles,
            either(named(ref("role"), propertyNames=ID.schema), listed(ID.schema)),
            lambda many: {role.id: ROLE.write(role) for role in many},
            one=read_role,
            lost=lambda name, _: Gather().at((), Role, name),
        ),
        "The roles there are, by id; or a list of ids.",
        always=True,
    ),
    Key(
        "members",
        parts_by_name("id", ref("member"), read_member, MEMBER.write),
        "The people, by id.",
        always=True,
        zoned=True,
    ),
    sift=lambda problems: without_followers(problems, {"roles": {"unknown-role"}}),
)


def team_schema() -> Schema:
    """Return the schema of team files."""
    return TEAM.schema(
        role=ROLE,
        member=MEMBER,
        skill=SKILL,
        leave=_leave_schema(),
        shift=SHIFT,
        calendar=CALENDAR,
        week=WEEK.schema,
        duration=DURATION.schema,
    )


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {Team: TEAM.read}
WRITERS: Final[Writers] = {Team: TEAM.write}
