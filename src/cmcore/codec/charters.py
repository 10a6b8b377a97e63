"""Charters to and from plain data, the way charter files write them."""

from collections.abc import Callable
from typing import Any, Final, cast

from cmcore.base.errors import Problem, refuse
from cmcore.charters.charter import Approval, Charter, Scope, Volume
from cmcore.charters.conditions.condition import Rate
from cmcore.charters.conditions.facts import FactType, Label, Vocabulary
from cmcore.charters.rule import Rule
from cmcore.circuits.circuit import Approvers, Source, Stage, ValidationCircuit
from cmcore.codec.bounds import Data
from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.conditions import rate_meant, read_rate, write_operand
from cmcore.codec.hours import as_zone
from cmcore.codec.plain import (
    BROKEN,
    Gather,
    Readers,
    Writers,
    as_date,
    as_int,
    as_list,
    as_mapping,
    as_number,
    as_text,
    as_words,
    kept,
    opened,
    without_followers,
)
from cmcore.codec.rules import (
    read_label,
    read_rule,
    read_term,
    stand_in,
    write_label,
    write_rule,
    write_term,
)

_MISSING: Final = {
    "charter": "name-charter",
    "default": "name-default",
}
#: key in the file, field of the charter, how it is read
_FIELDS: Final[tuple[tuple[str, str, Callable[[object], Any]], ...]] = (
    ("charter", "id", as_text),
    ("default", "default", as_text),
    ("version", "version", as_int),
    ("title", "title", as_text),
    ("target", "target", as_number),
    ("zone", "zone", as_text),
    ("review by", "review_by", as_date),
)
CHARTER_KEYS: Final = frozenset(
    {key for key, _, _ in _FIELDS}
    | {"since", "through", "approved by", "approved on", "networks", "volume"}
    | {"labels", "events", "circuits", "rules"}
)


def read_charter(data: object) -> Charter:
    """Return the charter that `data` writes.

    Raises:
        InvalidError: with every problem of every part, each with its place.
    """
    item, gather = opened(data, CHARTER_KEYS, _MISSING)
    found = {field: gather.key(item, key, read, None) for key, field, read in _FIELDS}
    labels = _labels(item, gather)
    events = gather.key(item, "events", as_words, ())
    circuits = _circuits(item, gather)
    parts: dict[str, Any] = {
        "id": BROKEN,
        "default": circuits[0].id if circuits else BROKEN,
        **kept(found),
        "labels": labels,
        "events": events,
        "circuits": circuits,
        "rules": _rules(item, Vocabulary(labels, events), gather),
        "term": read_term(item, gather),
        "approval": _approval(item, gather),
        "scope": _scope(item, gather),
    }
    made = gather.at((), Charter, **parts)
    gather.problems = _sifted(gather.problems)
    return gather.made(made)


def _labels(item: dict[str, Any], gather: Gather) -> dict[str, Label]:
    given = gather.key(item, "labels", as_mapping, {})
    read = {name: gather.at(("labels", name), read_label, label) for name, label in given.items()}
    return {name: label or Label(FactType.FLAG) for name, label in read.items()}


def _sifted(problems: list[Problem]) -> list[Problem]:
    """Return the problems without those that only follow from broken labels or circuits."""
    broken = {str(p.path[1]) for p in problems if p.path[:1] == ("labels",) and len(p.path) > 1}
    is_lost = any(p.path[:1] == ("circuits",) and p.code != "no-circuit" for p in problems)
    found = without_followers(problems, {"labels": {"unknown-fact"}})
    return [
        p
        for p in found
        if not (is_lost and p.code == "no-circuit")
        and (p.path[:1] != ("rules",) or broken.isdisjoint(_facts_in(p)))
    ]


def _facts_in(problem: Problem) -> set[str]:
    """Return the steps of the problem's path, without the measures that follow a fact's name."""
    return {str(step).partition(".")[0] for step in problem.path}


def _rules(item: dict[str, Any], vocabulary: Vocabulary, gather: Gather) -> list[Rule]:
    given = gather.key(item, "rules", as_list, [])
    return [
        gather.at(("rules", index), read_rule, rule, vocabulary) or stand_in(rule, index)
        for index, rule in enumerate(given)
    ]


def _circuits(item: dict[str, Any], gather: Gather) -> list[ValidationCircuit]:
    given = gather.key(item, "circuits", as_mapping, {})
    zone = Gather().key(item, "zone", as_zone, "UTC")  # what is wrong with it is told once
    read = [
        gather.at(("circuits", id_), read_circuit, id_, stages, zone)
        or Gather().at((), ValidationCircuit, id_, _NOBODY)
        for id_, stages in given.items()
    ]
    return [circuit for circuit in read if circuit]


_NOBODY: Final = (Stage(Approvers(Source.NAME, {BROKEN})),)


def _approval(item: dict[str, Any], gather: Gather) -> Approval | None:
    by = gather.key(item, "approved by", as_words, (BROKEN,))
    on = gather.key(item, "approved on", as_date, None)
    if "approved by" in item:
        return gather.at(("approved by",), Approval, by, on)
    if "approved on" in item:
        gather.add([Problem.of("not-approved", "approved on", hint="say-who")])
    return None


def _scope(item: dict[str, Any], gather: Gather) -> Scope:
    networks = gather.key(item, "networks", as_words, None)
    volume = gather.key(item, "volume", _read_volume, ())
    return gather.at((), Scope, networks, volume) or Scope()


def _read_volume(data: object) -> list[Volume]:
    if isinstance(data, str) and (rate := rate_meant(data)):
        write = f"{{publish: {rate}}}"
        raise refuse("wrong-value", given=data, wanted="mapping", write=write)
    gather = Gather()
    made = [
        gather.at(path, _one_volume, path[0], rate)
        for kind, given in as_mapping(data).items()
        for path, rate in _rates(kind, given)
    ]
    gather.done()
    return [volume for volume in made if volume]


def _rates(kind: str, given: object) -> list[tuple[tuple[str, *tuple[int, ...]], object]]:
    """Return each rate with its place: one, or several in a list."""
    if isinstance(given, list):
        return [((kind, index), rate) for index, rate in enumerate(as_list(given))]
    return [((kind,), given)]


def _one_volume(kind: str, data: object) -> Volume:
    rate = cast("Rate", read_rate(data, "rate-of-acts"))
    return Volume(rate.count, rate.within, kind)


# --------------------------------------------------------------------------------------- writing


def write_charter(charter: Charter) -> dict[str, Data]:
    """Return the plain data of a charter, as a charter file has it."""
    approval, scope = charter.approval, charter.scope
    return kept(
        {
            "charter": charter.id,
            "version": charter.version,
            "title": charter.title or None,
            "target": charter.target,
            "zone": charter.zone,
            **write_term(charter.term),
            "approved by": sorted(approval.by) if approval else None,
            "approved on": approval.on.isoformat() if approval and approval.on else None,
            "review by": charter.review_by.isoformat() if charter.review_by else None,
            "networks": None if scope.networks is None else sorted(scope.networks),
            "volume": _write_volume(scope) or None,
            "labels": {name: write_label(label) for name, label in charter.labels.items()} or None,
            "events": sorted(charter.events) or None,
            "circuits": {circuit.id: write_circuit(circuit) for circuit in charter.circuits},
            "default": charter.default,
            "rules": [write_rule(rule) for rule in charter.rules],
        }
    )


def _write_volume(scope: Scope) -> dict[str, Data]:
    written: dict[str, list[Data]] = {}
    for volume in scope.volume:
        rate = write_operand(Rate(volume.at_most, volume.within))
        written.setdefault(volume.kind, []).append(rate)
    return {kind: rates[0] if len(rates) == 1 else rates for kind, rates in written.items()}


#: Type -> what reads it from plain data, and what writes it.
READERS: Final[Readers] = {Charter: read_charter, Label: read_label}
WRITERS: Final[Writers] = {Charter: write_charter, Label: write_label}
