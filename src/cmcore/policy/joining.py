"""Joining circuits: an act that goes to several must satisfy each of them."""

from cmcore.foundation.errors import refuse
from cmcore.nouns.circuits import ValidationCircuit


def join(*circuits: ValidationCircuit) -> tuple[ValidationCircuit, ...]:
    """Return the circuits, each once, in order of their ids; they are asked in parallel.

    Raises:
        InvalidError: when two circuits that differ have the same id.
    """
    joined: dict[str, ValidationCircuit] = {}
    for circuit in circuits:
        if joined.setdefault(circuit.id, circuit) != circuit:
            raise refuse("circuits-differ", id=circuit.id)
    return tuple(joined[id_] for id_ in sorted(joined))
