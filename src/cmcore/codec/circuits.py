"""Circuits to and from plain data, the way charter files write them."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, cast

import attrs

from cmcore.base.errors import Problem, refuse
from cmcore.base.ids import nearest
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.quorum import ANY, NAMED, NO_OBJECTION, SHARE, Quorum, Silence
from cmcore.circuits.stage import Stage, Timeout
from cmcore.codec.bounds import Data
from cmcore.codec.clocks import LENGTH, ON_CALENDAR
from cmcore.codec.forms import Form, Key
from cmcore.codec.hours import clock_of
from cmcore.codec.plain import (
    Gather,
    Readers,
    Writers,
    as_mapping,
    as_text,
    as_words,
    missing_key,
    opened,
    wrong,
)
from cmcore.codec.shapes import Schema, either, mapping, told, whole
from cmcore.codec.values import FLAG, TEXT, WEEK, WORDS, Value, list_of, one_or_several, word_of
from cmcore.teams.traits import Trait
from cmcore.time.week import Week

# ------------------------------------------------------------------------------------- its values

_SOURCES: Final = {
    Source.ROLE: "People who hold one of these roles, with the skills it requires.",
    Source.SKILL: "People who have one of these skills.",
    Source.TEAM: "People of these teams.",
    Source.NAME: "These very people.",
}


#: How much of `no objection` a text has that was meant for it.
_CLOSE: Final = 0.8
#: What people write between that and its time.
_TIME: Final = re.compile(r"\s+(?:in|within|for|after|pendant|sous)\s+")


def _need(data: object) -> Quorum | Silence:
    if data == str(NO_OBJECTION):
        return NO_OBJECTION
    if isinstance(data, str):
        _refuse_silence(data)
    return Quorum.parse(data if isinstance(data, int | float) else as_text(data))


def _refuse_silence(given: str) -> None:
    """Refuse a text that was meant for `no objection`, or for that and its time."""
    known = [*NAMED, str(NO_OBJECTION)]
    words, *time = _TIME.split(given, 1)
    near = nearest(words, [str(NO_OBJECTION)], _CLOSE)
    if near and time:
        write = f"need: {NO_OBJECTION}, within: {time[0]}"
        raise refuse("not-a-choice", given=given, known=known, hint="write-this", write=write)
    if near:
        raise refuse("not-a-choice", given=given, near=near, known=known)


def _write_need(need: Quorum | Silence) -> Data:
    text = str(need)
    return int(text) if text.isdigit() else text


def _approvers(data: object) -> Approvers:
    if isinstance(data, str):
        raise wrong(data, "mapping", write=f"{{role: {data}}}")
    item, gather = opened(data, map(str, Source))
    if len(item) != 1 and not gather.problems:
        raise refuse("ask-one-way", hint="write-ask")
    found = {by: gather.key(item, by, as_words, ()) for by in Source if by in item}
    for by, names in found.items():
        twice = [name for name, times in Counter(names).items() if times > 1]
        gather.add(Problem.of("asked-twice", by, name=name) for name in twice)
    gather.done()
    ((by, names),) = found.items()
    return Approvers(by, names)


def write_approvers(approvers: Approvers) -> dict[str, Data]:
    """Return the plain data of those a stage asks: how they are found, and a name or several."""
    return {str(approvers.by): one_or_several(approvers.names)}


_ASKED: Final = Value(
    _approvers,
    mapping(
        {str(source): told(about, WORDS.schema) for source, about in _SOURCES.items()},
        minProperties=1,
        maxProperties=1,
    ),
    write_approvers,
)
_QUORUM: Final[Schema] = {
    "type": "string",
    "pattern": rf"^(?:{'|'.join(NAMED)}|{NO_OBJECTION}|{SHARE})$",
}


def _trait(data: object) -> Trait:
    if isinstance(data, list):
        raise wrong(cast("object", data), "text", "one-trait")
    return word_of(Trait).read(data)


_TRAIT: Final = attrs.evolve(word_of(Trait), read=_trait)
#: A number of people who can differ from each other.
_SEVERAL: Final = either(whole(2), {"type": "string", "pattern": r"^0*(?:[2-9]|[1-9][0-9]+)$"})

# --------------------------------------------------------------------------------------- its keys

STAGE: Final = Form(
    Stage,
    "stage",
    "One step of a circuit: whom it asks, how many must agree, and within what time.",
    Key(
        "ask", _ASKED, "Who may approve.", missing=Approvers(Source.NAME, {"?"}), needed="write-ask"
    ),
    Key(
        "need",
        Value(_need, either(whole(1), _QUORUM), _write_need),
        "How many must agree: `any`, `all`, `majority`, a number, `2/3`, `50%`, or that there is"
        " `no objection`.",
        missing=ANY,
        always=True,
    ),
    Key(
        "differ",
        _TRAIT,
        "The trait in which those who agree must differ, such as `employer`; whoever's is unknown"
        " does not count.",
        beside="need",
    ),
    Key(
        "within",
        LENGTH,
        "How long they have; working days are those of `during`.",
        broken=timedelta(hours=1),
    ),
    Key(
        "else",
        word_of(Timeout),
        "What happens at the deadline.",
        "otherwise",
        missing=Timeout.ESCALATE,
        always=True,
    ),
    Key("deputies", _ASKED, "To whom they may delegate."),
    Key(
        "enough",
        FLAG,
        "Whether their agreement is enough: the next stage is asked only if they pass it on, or"
        " when the time is out.",
        missing=False,
    ),
    Key(
        "afterwards",
        FLAG,
        "Whether it is asked once the author has published alone, in an emergency.",
        missing=False,
    ),
    Key(
        "during",
        WEEK,
        "The hours in which the time passes.",
        "clock.week",
        broken=Week.always(),
        beside="within",
    ),
    Key(
        "zone",
        TEXT,
        "The IANA time zone of those hours; by default, the charter's.",
        "clock.zone",
        beside="during",
        alone=lambda: Problem.of("zone-without-hours", "zone"),
    ),
    Key(
        "calendar",
        ON_CALENDAR,
        "The days on which nobody works; the charter's unless said.",
        "clock.calendar",
        beside="during",
        alone=lambda: missing_key("during", "hours-of-calendar"),
    ),
    parts={"clock": clock_of},
    more={
        "allOf": [
            {
                "if": {"properties": {"need": {"const": str(NO_OBJECTION)}}, "required": ["need"]},
                "then": {"required": ["within"]},
            },
            {"if": {"required": ["differ"]}, "then": {"properties": {"need": _SEVERAL}}},
        ],
    },
)
_STAGES: Final = list_of(STAGE.defined("stage"), 1)
CIRCUIT: Final = Form(
    ValidationCircuit,
    "circuit",
    "Who must see what is not covered: stages in order, or those and fewer in an emergency.",
    Key("stages", _STAGES, "Who is asked, in order.", needed="list-stages", zoned=True),
    Key("emergency", _STAGES, "Who is asked in an emergency: fewer stages.", zoned=True),
    short=(_STAGES.schema,),
)


def read_circuit(id_: str, data: object, zone: str = "UTC") -> ValidationCircuit:
    """Return the circuit `id_` from its list of stages, or from a mapping with an emergency too.

    `zone` is where the hours of its stages are, unless they say.
    """
    if not isinstance(data, Mapping):
        return ValidationCircuit(id_, _STAGES.read(data, zone))
    reading = CIRCUIT.open(data, zone)
    is_said = "emergency" in reading.item and not reading.gather.problems
    if is_said and not reading.told["emergency"]:
        reading.gather.add([Problem.of("empty-emergency", "emergency")])
    reading.gather.done()
    return ValidationCircuit(id_, **reading.told)


def write_circuit(circuit: ValidationCircuit) -> Data:
    """Return the plain data of a circuit: its stages, and those of its emergency if it has one."""
    return CIRCUIT.write(circuit) if circuit.emergency else _STAGES.write(circuit.stages)


def _read_alone(data: object) -> ValidationCircuit:
    item = as_mapping(data)
    if len(item) != 1:
        raise refuse("circuit-alone")
    ((id_, stages),) = item.items()
    gather = Gather()
    return gather.made(gather.at((id_,), read_circuit, id_, stages))


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {ValidationCircuit: _read_alone}
WRITERS: Final[Writers] = {ValidationCircuit: lambda circuit: {circuit.id: write_circuit(circuit)}}
