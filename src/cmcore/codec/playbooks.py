"""Playbooks to and from plain data, the way their files write them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import id_problems, repeated
from cmcore.codec.bounds import Data
from cmcore.codec.clocks import CALENDAR, CLOCK, LENGTH, ON_CALENDAR
from cmcore.codec.events import id_told
from cmcore.codec.forms import Form, Key, one_of, zone_key
from cmcore.codec.hours import clock_of
from cmcore.codec.plain import (
    BROKEN,
    Readers,
    Writers,
    as_mapping,
    as_words,
    only_kind,
    written,
)
from cmcore.codec.shapes import Schema, either, listed, ref, told
from cmcore.codec.values import FLAG, ID, ORDERED, TEXT, WORDS, Value, parts_of
from cmcore.incidents.playbook import DETAILS, POSSIBLE, Duty, DutyKind, Escalation, Playbook
from cmcore.text.words import WordList
from cmcore.time.calendar import Calendar

# ------------------------------------------------------------------------------------ an escalation

ESCALATION: Final = Form(
    Escalation,
    "escalation",
    "To whom it goes, and when.",
    Key("to", ID, "The role it goes to.", "role", missing=BROKEN, needed="name-escalation"),
    Key("after", LENGTH, "How long after the deadline.", missing=Escalation(BROKEN).after),
)


def _read_escalation(data: object) -> Escalation:
    if isinstance(data, str):
        return written({"role": ()}, Escalation, data)
    return ESCALATION.read(data)


def _write_escalation(escalation: Escalation) -> Data:
    return ESCALATION.write(escalation) if escalation.after else escalation.role


_ESCALATED: Final = Value(
    _read_escalation, either(ID.schema, ESCALATION.closed()), _write_escalation
)

# ------------------------------------------------------------------------------------------ a duty


def _acts(kind: DutyKind) -> Value[tuple[str, ...]]:
    one: Schema = {"enum": sorted(POSSIBLE.get(kind, ()))}
    return Value(as_words, either(one, listed(one, 1)), sorted)


def _words(
    entries: Sequence[str] | None, exceptions: Sequence[str], inflected: str | None
) -> WordList | None:
    return None if entries is None else WordList(entries, exceptions, inflected)


#: What must never be said: words, or acts with a label.
_SAID: Final[Schema] = {
    "anyOf": [
        {"required": ["words"], "properties": {"words": told("Words.", WORDS.schema)}},
        {"required": ["label"]},
    ]
}


def _keys(kind: DutyKind) -> tuple[Key, ...]:
    """Return the keys of all that a duty may tell, in the order in which they are written."""
    return (
        Key("within", LENGTH, "How soon it is owed; working days are those of `hours`."),
        *CLOCK,
        Key("from", ID, "The level of severity from which on it is owed.", "level"),
        Key("by", ID, "The role that owes it.", "role"),
        Key("escalate", _ESCALATED, "The role it goes to once it is overdue.", "escalation"),
        Key("roles", WORDS, "Who is to be told."),
        Key("acts", _acts(kind), "The kinds of act that count."),
        Key(
            "words",
            ORDERED,
            "Words and phrases that no act says.",
            "words.entries",
            missing=None,
        ),
        Key(
            "except",
            ORDERED,
            "Phrases that hold such words and are meant well.",
            "words.exceptions",
            beside="words",
            alone=lambda: Problem.of("stands-alone", "except", key="except", beside=("words",)),
        ),
        Key(
            "inflected",
            ID,
            "The language by whose rules words are found in their other forms.",
            "words.inflected",
            missing=None,
            beside="words",
            alone=lambda: Problem.of(
                "stands-alone", "inflected", key="inflected", beside=("words",)
            ),
        ),
        Key("label", ID, "A flag of acts that means the same."),
        Key("pertinent", FLAG, "Whether only what is about the incident counts."),
        Key("because", TEXT, "Why.", missing=""),
    )


_PARTS: Final[Mapping[str, Callable[..., Any]]] = {"clock": clock_of, "words": _words}


def _duty(kind: DutyKind) -> Form[Duty]:
    needed, others = DETAILS[kind]
    details = {*needed, *others}
    return Form(
        partial(Duty, kind=kind),
        kind,
        f"To {kind}.",
        Key(str(kind), ID, f"To {kind}; its id.", "id", broken=BROKEN),
        *(key for key in _keys(kind) if key.field.partition(".")[0] in details),
        parts={name: make for name, make in _PARTS.items() if name in details},
        required=(kind, *needed),
        more=_SAID if kind is DutyKind.NEVER_SAY else {},
        instead=dict,
    )


#: Kind of duty in a file -> its form.
DUTIES: Final[Mapping[str, Form[Duty]]] = {str(kind): _duty(kind) for kind in DutyKind}


def read_duty(data: object, zone: str = "UTC") -> Duty:
    """Return a duty: its kind is the key of its id; `zone` is that of its hours."""
    item = as_mapping(data)
    kinds = [kind for kind in DUTIES if kind in item]
    return DUTIES[only_kind(item, kinds, DUTIES, "no-duty")].read(item, zone)


def write_duty(duty: Duty) -> dict[str, Data]:
    """Return the plain data of a duty."""
    return DUTIES[duty.kind].write(duty)


# --------------------------------------------------------------------------------------- a playbook


class _Lost(NamedTuple):
    """Stands for a duty that does not read: its id, if it says one."""

    id: str | None


def _playbook(
    zone: str,
    calendar: Calendar | None,
    duties: Iterable[Duty],
    **told: Any,  # noqa: ANN401 - what it has
) -> Playbook:
    """Return a playbook; the `zone` and the `calendar` are those of the hours of its duties."""
    del zone
    return Playbook(duties=[duty.on(calendar) for duty in duties], **told)


def _ids_of(id: str, duties: Iterable[Duty | _Lost], **_: object) -> None:  # noqa: A002
    """Look at the ids of a playbook and of its duties, where something does not read."""
    refuse_any(id_problems(id, "playbook"), repeated((duty.id for duty in duties), "duties"))


PLAYBOOK: Final = Form(
    _playbook,
    "playbook",
    "What is owed in a crisis, by when, and by whom.",
    Key("playbook", ID, "The id of the playbook.", "id", missing=BROKEN, needed="name-playbook"),
    Key("title", TEXT, "Its name, for people.", missing=""),
    zone_key("The IANA time zone of its hours."),
    Key("calendar", ON_CALENDAR, "The days on which nobody works, for its hours."),
    Key(
        "duties",
        parts_of(
            Value(read_duty, ref("duty"), write_duty),
            lost=lambda _, data: _Lost(id_told(data, DUTIES)),
        ),
        "What is owed in a crisis.",
        zoned=True,
        always=True,
    ),
    instead=_ids_of,
)


def playbook_schema() -> Schema:
    """Return the schema of files of playbooks."""
    duty = one_of("duty", "Something that is owed.", DUTIES.values())
    return PLAYBOOK.schema(duty=duty, calendar=CALENDAR)


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {Playbook: PLAYBOOK.read, Duty: read_duty}
WRITERS: Final[Writers] = {Playbook: PLAYBOOK.write, Duty: write_duty}
