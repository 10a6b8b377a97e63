"""Circuits to and from plain data, the way charter files write them."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final, cast

from cmcore.base.amounts import show_duration
from cmcore.base.errors import Problem, refuse
from cmcore.circuits.circuit import (
    ANY,
    NO_OBJECTION,
    Approvers,
    Quorum,
    Silence,
    Source,
    Stage,
    Timeout,
    ValidationCircuit,
)
from cmcore.codec.bounds import Data
from cmcore.codec.hours import as_week, as_zone
from cmcore.codec.plain import (
    Gather,
    Readers,
    Writers,
    as_duration,
    as_mapping,
    as_text,
    as_words,
    choice,
    each,
    kept,
    opened,
    wrong,
)
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import Week

STAGE_KEYS: Final = frozenset({"ask", "need", "within", "else", "deputies", "during", "zone"})
CIRCUIT_KEYS: Final = frozenset({"stages", "emergency"})


def read_circuit(id_: str, data: object, zone: str = "UTC") -> ValidationCircuit:
    """Return the circuit `id_` from its list of stages, or from a mapping with an emergency too.

    `zone` is where the hours of its stages are, unless they say.
    """
    read = partial(read_stage, zone=zone)
    if not isinstance(data, Mapping):
        return ValidationCircuit(id_, each(data, read))
    item, gather = opened(cast("object", data), CIRCUIT_KEYS, {"stages": "list-stages"})
    stages = gather.key(item, "stages", lambda many: each(many, read), ())
    emergency = gather.key(item, "emergency", lambda many: each(many, read), ())
    if "emergency" in item and not emergency and not gather.problems:
        gather.add([Problem.of("empty-emergency", "emergency")])
    gather.done()
    return ValidationCircuit(id_, stages, emergency)


def read_stage(data: object, zone: str = "UTC") -> Stage:
    """Return one stage of a circuit; `zone` is where its hours are, unless it says."""
    item, gather = opened(data, STAGE_KEYS, {"ask": "write-ask"})
    made = gather.at(
        (),
        Stage,
        gather.key(item, "ask", _approvers, _NOBODY),
        gather.key(item, "need", _need, ANY),
        gather.key(item, "within", as_duration, _SOON if "within" in item else None),
        gather.key(item, "else", choice(Timeout), Timeout.ESCALATE),
        gather.key(item, "deputies", _approvers, None),
        _clock(item, zone, gather),
    )
    return gather.made(made)


#: What stands where nothing could be read, so that its problem alone is told.
_SOON: Final = timedelta(hours=1)
_NOBODY: Final = Approvers(Source.NAME, {"?"})


def _clock(item: dict[str, Any], usual: str, gather: Gather) -> BusinessClock | None:
    zone = gather.key(item, "zone", as_zone, usual)
    if "during" in item:
        return BusinessClock(gather.key(item, "during", as_week, Week.always()), zone)
    if "zone" in item:
        gather.add([Problem.of("zone-without-hours", "zone")])
    return None


def _need(data: object) -> Quorum | Silence:
    if data == str(NO_OBJECTION):
        return NO_OBJECTION
    return Quorum.parse(data if isinstance(data, int | float) else as_text(data))


def _approvers(data: object) -> Approvers:
    if isinstance(data, str):
        raise wrong(data, "mapping", write=f"{{role: {data}}}")
    item, gather = opened(data, map(str, Source))
    if len(item) != 1 and not gather.problems:
        raise refuse("ask-one-way", hint="write-ask")
    found = {by: gather.key(item, by, as_words, ()) for by in Source if by in item}
    gather.done()
    ((by, names),) = found.items()
    return Approvers(by, names)


# --------------------------------------------------------------------------------------- writing


def write_circuit(circuit: ValidationCircuit) -> Data:
    """Return the plain data of a circuit: its stages, and those of its emergency if it has one."""
    stages: list[Data] = [write_stage(stage) for stage in circuit.stages]
    if not circuit.emergency:
        return stages
    return {"stages": stages, "emergency": [write_stage(stage) for stage in circuit.emergency]}


def write_stage(stage: Stage) -> dict[str, Data]:
    """Return the plain data of one stage."""
    need = str(stage.need)
    return kept(
        {
            "ask": write_approvers(stage.ask),
            "need": int(need) if need.isdigit() else need,
            "within": show_duration(stage.within) if stage.within else None,
            "else": str(stage.otherwise),
            "deputies": write_approvers(stage.deputies) if stage.deputies else None,
            "during": str(stage.clock.week) if stage.clock else None,
            "zone": stage.clock.zone if stage.clock else None,
        }
    )


def write_approvers(approvers: Approvers) -> dict[str, Data]:
    """Return the plain data of those a stage asks: how they are found, and a name or several."""
    names = sorted(approvers.names)
    return {str(approvers.by): names[0] if len(names) == 1 else [*names]}


def _read_alone(data: object) -> ValidationCircuit:
    item = as_mapping(data)
    if len(item) != 1:
        raise refuse("circuit-alone")
    ((id_, stages),) = item.items()
    gather = Gather()
    return gather.made(gather.at((id_,), read_circuit, id_, stages))


#: Type -> what reads it from plain data, and what writes it.
READERS: Final[Readers] = {ValidationCircuit: _read_alone}
WRITERS: Final[Writers] = {ValidationCircuit: lambda circuit: {circuit.id: write_circuit(circuit)}}
