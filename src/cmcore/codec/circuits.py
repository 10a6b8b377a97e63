"""Circuits to and from plain data, the way charter files write them."""

from typing import Final

from cmcore.codec.bounds import Data
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
    missing_key,
)
from cmcore.foundation.durations import show_duration
from cmcore.foundation.errors import refuse
from cmcore.nouns.circuits import ANY, Approvers, Quorum, Source, Stage, Timeout, ValidationCircuit

STAGE_KEYS: Final = frozenset({"ask", "need", "within", "else"})


def read_circuit(id_: str, data: object) -> ValidationCircuit:
    """Return the circuit `id_` from its list of stages."""
    return ValidationCircuit(id_, each(data, read_stage))


def read_stage(data: object) -> Stage:
    """Return one stage of a circuit."""
    item = as_mapping(data)
    gather = Gather()
    gather.add(known_keys(item, STAGE_KEYS))
    if "ask" not in item:
        gather.add([missing_key("ask", _ASK_HINT)])
    ask = gather.key(item, "ask", _approvers, _NOBODY)
    need = gather.key(item, "need", _quorum, ANY)
    within = gather.key(item, "within", as_duration, None)
    otherwise = gather.key(item, "else", choice(Timeout), Timeout.ESCALATE)
    return gather.made(gather.at((), Stage, ask, need, within, otherwise))


_NOBODY: Final = Approvers(Source.NAME, {"?"})
_ASK_HINT: Final = f"write one of {', '.join(f'`{source}`' for source in Source)} and a name"


def _quorum(data: object) -> Quorum:
    return Quorum.parse(data if isinstance(data, int) else as_text(data))


def _approvers(data: object) -> Approvers:
    item = as_mapping(data)
    gather = Gather()
    gather.add(known_keys(item, map(str, Source)))
    if len(item) != 1 and not gather.problems:
        raise refuse("a stage asks people found in one way", hint=_ASK_HINT)
    found = {by: gather.key(item, by, as_words, ()) for by in Source if by in item}
    gather.done()
    ((by, names),) = found.items()
    return Approvers(by, names)


def write_circuit(circuit: ValidationCircuit) -> list[dict[str, Data]]:
    """Return the plain data of a circuit's stages."""
    return [write_stage(stage) for stage in circuit.stages]


def write_stage(stage: Stage) -> dict[str, Data]:
    """Return the plain data of one stage."""
    names = sorted(stage.ask.names)
    need = str(stage.need)
    return kept(
        {
            "ask": {str(stage.ask.by): names[0] if len(names) == 1 else names},
            "need": int(need) if need.isdigit() else need,
            "within": show_duration(stage.within) if stage.within else None,
            "else": str(stage.otherwise),
        }
    )
