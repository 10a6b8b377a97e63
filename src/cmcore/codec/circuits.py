"""Circuits to and from plain data, the way charter files write them."""

from typing import Any, Final

from cmcore.codec.plain import (
    Gather,
    as_duration,
    as_mapping,
    as_text,
    as_words,
    choice,
    each,
    kept,
    known_keys,
)
from cmcore.foundation.durations import show_duration
from cmcore.foundation.errors import refuse
from cmcore.nouns.circuits import ANY, Approvers, Quorum, Source, Stage, Timeout, ValidationCircuit

_STAGE_KEYS: Final = frozenset({"ask", "need", "within", "else"})

def read_circuit(id_: str, data: object) -> ValidationCircuit:
    """Return the circuit `id_` from its list of stages."""
    return ValidationCircuit(id_, each(data, read_stage))


def read_stage(data: object) -> Stage:
    """Return one stage of a circuit."""
    item = as_mapping(data)
    gather = Gather()
    gather.add(known_keys(item, _STAGE_KEYS))
    ask = gather.at(("ask",), _approvers, item.get("ask", {}))
    need = gather.at(("need",), _quorum, item["need"]) if "need" in item else ANY
    within = gather.at(("within",), as_duration, item["within"]) if "within" in item else None
    otherwise = gather.at(("else",), choice(Timeout), item.get("else", "escalate"))
    gather.done()
    return Stage(ask, need or ANY, within, otherwise or Timeout.ESCALATE)  # type: ignore[arg-type]


def _quorum(data: object) -> Quorum:
    return Quorum.parse(data if isinstance(data, int) else as_text(data))


def _approvers(data: object) -> Approvers:
    item = as_mapping(data)
    gather = Gather()
    gather.add(known_keys(item, map(str, Source)))
    gather.done()
    if len(item) != 1:
        hint = f"write one of {', '.join(f'`{s}`' for s in Source)}"
        raise refuse("a stage asks people found in one way", hint=hint)
    ((by, given),) = item.items()
    names = gather.at((by,), as_words, given)
    gather.done()
    return Approvers(by, names)


def write_circuit(circuit: ValidationCircuit) -> list[dict[str, Any]]:
    """Return the plain data of a circuit's stages."""
    return [write_stage(stage) for stage in circuit.stages]


def write_stage(stage: Stage) -> dict[str, Any]:
    """Return the plain data of one stage."""
    names = sorted(stage.ask.names)
    need: str | int = str(stage.need)
    return kept(
        {
            "ask": {str(stage.ask.by): names[0] if len(names) == 1 else names},
            "need": int(need) if need.isdigit() else need,
            "within": show_duration(stage.within) if stage.within else None,
            "else": str(stage.otherwise),
        }
    )
