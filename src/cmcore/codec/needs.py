"""Needs to and from plain data, the way files of needs write them."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

import attrs

from cmcore.base.errors import Path, refuse
from cmcore.codec.bounds import Data
from cmcore.codec.clocks import CALENDAR, NO_DAYS, ON_CALENDAR
from cmcore.codec.forms import Form, Key, zone_key
from cmcore.codec.hours import as_hours
from cmcore.codec.plain import (
    BROKEN,
    Readers,
    Writers,
    as_int,
    as_list,
    as_text,
    each,
    written,
)
from cmcore.codec.shapes import Schema, either, listed, ref
from cmcore.codec.teams import minutes_to
from cmcore.codec.values import (
    DURATION,
    HOURS,
    ID,
    TEXT,
    WORDS,
    ZONE,
    Parts,
    Value,
    parts_by_name,
    whole_number,
    with_words,
)
from cmcore.teams.contracts import CONTRACTS
from cmcore.teams.needs import (
    MOST_MINUTES,
    MOST_PEOPLE,
    MOST_WEIGHT,
    MOST_WORK,
    Cap,
    Mix,
    Needs,
    NotOnly,
    Seats,
    Separation,
    Speakers,
    Specialists,
    Supervision,
    Watch,
    Work,
)
from cmcore.teams.traits import Trait
from cmcore.time.week import Week

_T = TypeVar("_T")
_PEOPLE: Final = whole_number(0, MOST_PEOPLE)
#: A placeholder for an unreadable value of any trait.
_SOMEBODY: Final = Supervision().value


def _list(data: object) -> list[Any]:
    """Return a list; one need alone may stand for a list of one."""
    return [data] if isinstance(data, Mapping) else as_list(data)


def _listed(name: str, read: Callable[..., Any], write: Callable[[Any], Data]) -> Parts:
    """Return a list of needs of a kind; one alone may stand for a list of one."""
    schema = either(ref(name), listed(ref(name)))
    return Parts(_list, schema, lambda many: [write(one) for one in many], one=read)


# ------------------------------------------------------------------------------------------ seats

SEATS: Final = Form(
    Seats,
    "seats",
    "How many people a role wants: a number, or a mapping.",
    Key("least", _PEOPLE, "How many people it needs at least.", missing=1, always=True),
    Key("most", _PEOPLE, "How many at most; by default, no limit."),
    Key(
        "weight",
        whole_number(1, MOST_WEIGHT),
        "If not all seats can be filled, those with a greater weight come first.",
        missing=1,
    ),
    short=(_PEOPLE.schema,),
)


def read_seats(role: str, data: object) -> Seats:
    """Return the seats of a role: their least number, or a mapping."""
    if isinstance(data, Mapping):
        return SEATS.read(data, role=role)
    return written({"role": (), "least": ()}, Seats, role, as_int(data))


def write_seats(need: Seats) -> Data:
    """Return the plain data of seats, the shortest that reads back equal."""
    return need.least if need.most is None and need.weight == 1 else SEATS.write(need)


def _counted(kind: Callable[[str, int], _T]) -> Callable[[str, object], _T]:
    own: dict[str, Path] = {"least": (), "network": (), "language": ()}
    return lambda name, data: written(own, kind, name, as_int(data))


def _least(need: Specialists | Speakers) -> int:
    return need.least


# ------------------------------------------------------------------------------------------- time

WATCH: Final = Form(
    Watch,
    "hours to cover",
    "Hours to cover, and who counts.",
    Key(
        "week",
        HOURS.defined("hours"),
        "When there must be people on duty.",
        missing=Week.never(),
        needed="write-week",
    ),
    Key("zone", ZONE, "The IANA time zone of these hours, if it is not the needs' own."),
    Key("least", _PEOPLE, "How many people at least.", missing=1, always=True),
    Key("role", ID, "Only those who hold this role count."),
    Key("network", ID, "Only specialists of this network count."),
    Key("language", ID, "Only speakers of this language count."),
)


def read_watch(data: object, zone: str = "UTC") -> Watch:
    """Return hours to cover: a week, or a mapping; `zone` is that of the needs."""
    return Watch(as_hours(data), zone) if isinstance(data, str) else WATCH.read(data, zone)


WORK: Final = Form(
    Work,
    "work",
    "What comes in every day.",
    Key(
        "a day",
        whole_number(0, MOST_WORK),
        "How many items come in every day.",
        "count",
        missing=0,
        needed="say-how-many",
    ),
    Key(
        "minutes",
        minutes_to(MOST_MINUTES),
        "How long each takes.",
        missing=0,
        needed="say-how-long",
    ),
    Key("role", ID, "The role of those who do it; by default, anybody."),
)


def read_work(name: str, data: object) -> Work:
    """Return the work that comes in every day."""
    return WORK.read(data, name=name)


# ------------------------------------------------------------------------------- sorts of people


#: The keys of which a mix has one.
_MIXES: Final = ("least", "not only", "most")


def _mix(**told: Any) -> Mix | NotOnly | Cap:  # noqa: ANN401 - what any of them is made of
    kind = Mix if "least" in told else Cap if "most" in told else NotOnly
    return kind(**told)


MIX: Final = Form(
    _mix,
    "mix",
    "What sorts of people there should be: `least`, `not only` or `most`.",
    Key(
        "of",
        Value(as_text, {"enum": [str(trait) for trait in Trait]}, str),
        "What people should differ by.",
        missing=str(Trait.TRADE),
        needed="write-trait",
    ),
    Key(
        "least",
        _PEOPLE,
        "How many different values, at least.",
        broken=1,
        later=True,
    ),
    Key(
        "not only",
        with_words(ID, CONTRACTS),
        "The one that not everybody may be.",
        "value",
        broken=_SOMEBODY,
        later=True,
    ),
    Key(
        "most",
        whole_number(1, MOST_PEOPLE),
        "How many people alike, at most.",
        broken=1,
        later=True,
    ),
    Key("roles", WORDS, "Among those who hold these roles; by default, the whole team."),
    more={"oneOf": [{"required": [key]} for key in _MIXES]},
)


def read_mix(data: object) -> Mix | NotOnly | Cap:
    """Return a mix: how many values of a trait at least, not only one, or how many alike."""
    reading = MIX.open(data)
    found = [key for key in _MIXES if key in reading.item]
    if len(found) != 1:
        reading.gather.done()
        raise refuse("mix-of-several")
    reading.key(found[0])
    return reading.made()


SUPERVISION: Final = Form(
    Supervision,
    "supervision",
    "Who is not to hold a role alone, by one trait.",
    *(
        Key(
            str(trait),
            with_words(ID, CONTRACTS) if trait is Trait.CONTRACT else ID,
            f"The {trait} of people who must not be alone.",
            "value",
            broken=_SOMEBODY,
            later=True,
            written=False,
        )
        for trait in Trait
    ),
    Key("roles", WORDS, "In these roles; by default, in all of them."),
    more={"oneOf": [{"required": [str(trait)]} for trait in Trait]},
)


def read_supervision(data: object) -> Supervision:
    """Return who is not to be alone: a trait with its value."""
    reading = SUPERVISION.open(data)
    found = [trait for trait in Trait if trait in reading.item]
    if len(found) != 1:
        reading.gather.done()
        raise refuse("supervision-of-one")
    reading.key(found[0])
    return reading.made(of=found[0])


def write_supervision(need: Supervision) -> dict[str, Data]:
    """Return the plain data of supervision."""
    return {str(need.of): need.value, **SUPERVISION.write(need)}


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


# ------------------------------------------------------------------------------------------- needs


_COUNTS: Final = _PEOPLE.schema
_WEEK: Final = TEXT.shaped(minLength=1, examples=HOURS.schema["examples"]).schema
NEEDS: Final = Form(
    Needs,
    "needs",
    "What a team is asked for: how many people, when, and of what sorts.",
    Key("needs", ID, "The name of these needs.", "id", missing=BROKEN, needed="name-needs"),
    zone_key("The IANA time zone of hours that do not set their own."),
    Key(
        "calendar",
        ON_CALENDAR,
        "Which days are no working days, for hours that ask for these.",
        broken=NO_DAYS,
    ),
    Key(
        "seats",
        parts_by_name("role", ref("seats"), read_seats, write_seats),
        "How many people each role needs, by role.",
    ),
    Key(
        "specialists",
        parts_by_name("network", _COUNTS, _counted(Specialists), _least),
        "How many people must specialise in a network, by network.",
    ),
    Key(
        "languages",
        parts_by_name("language", _COUNTS, _counted(Speakers), _least),
        "How many people must speak a language, by language.",
    ),
    Key(
        "hours",
        attrs.evolve(
            _listed("watch", read_watch, WATCH.write),
            schema=either(listed(either(_WEEK, ref("watch"))), ref("watch")),
        ),
        "The hours to cover.",
        zoned=True,
    ),
    Key(
        "work",
        parts_by_name("name", ref("work"), read_work, WORK.write),
        "The work that comes in every day, by name.",
    ),
    Key("mix", _listed("mix", read_mix, MIX.write), "How varied the people should be."),
    Key(
        "supervision",
        _listed("supervision", read_supervision, write_supervision),
        "Who must not hold a role alone.",
    ),
    Key(
        "separation",
        Parts(
            _list,
            listed(listed(ID.schema, 2, maxItems=2, uniqueItems=True)),
            lambda many: [[need.first, need.second] for need in many],
            one=read_separation,
        ),
        "Pairs of roles that nobody holds together.",
        later=True,
    ),
)


def read_needs(data: object) -> Needs:
    """Return the needs that `data` writes.

    Raises:
        InvalidError: with every problem of every part, each with its place.
    """
    reading = NEEDS.open(data)
    told = reading.told
    roles = [need.role for key in ("seats", "hours", "work") for need in told[key] if need.role]
    roles += [
        one for key in ("mix", "supervision") for need in told[key] for one in need.roles or ()
    ]
    reading.key("separation", roles)
    return reading.made()


def needs_schema() -> Schema:
    """Return the schema of files of needs."""
    return NEEDS.schema(
        seats=SEATS,
        watch=WATCH,
        work=WORK,
        mix=MIX,
        supervision=SUPERVISION,
        hours=HOURS.schema,
        calendar=CALENDAR,
        duration=DURATION.schema,
    )


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {Needs: read_needs}
WRITERS: Final[Writers] = {Needs: NEEDS.write}
