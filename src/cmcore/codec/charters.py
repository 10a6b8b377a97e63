"""Charters to and from plain data, the way charter files write them."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.conditions import read_rate
from cmcore.codec.plain import (
    Gather,
    as_date,
    as_int,
    as_list,
    as_mapping,
    as_number,
    as_text,
    as_words,
    kept,
    known_keys,
)
from cmcore.codec.rules import (
    BROKEN,
    read_label,
    read_rule,
    read_term,
    write_label,
    write_rule,
    write_term,
)
from cmcore.foundation.durations import show_duration
from cmcore.foundation.errors import Problem, refuse
from cmcore.foundation.frozen import FrozenMap
from cmcore.foundation.names import clip
from cmcore.nouns.charter import Approval, Charter, Scope, Volume
from cmcore.nouns.circuits import Approvers, Stage, ValidationCircuit
from cmcore.nouns.conditions import Quiet
from cmcore.nouns.facts import FactType, Label, Vocabulary
from cmcore.nouns.rules import Rule

_CHARTER_KEYS: Final = frozenset(
    {"charter", "version", "title", "target", "zone", "since", "through", "approved by"}
    | {"approved on", "review by", "networks", "volume", "labels", "events", "circuits"}
    | {"default", "rules"}
)


def _volume(data: dict[str, Any]) -> list[Volume]:
    gather = Gather()
    made = [
        gather.at((kind,), _one_volume, kind, rate)
        for kind, rates in data.items()
        for rate in (rates if isinstance(rates, list) else [rates])
    ]
    gather.done()
    return made  # type: ignore[return-value]


def _one_volume(kind: str, data: object) -> Volume:
    rate = read_rate(data)
    if isinstance(rate, Quiet):
        raise refuse(f"`{clip(data)}` is not a volume", hint="write `5 in 1 d`")
    return Volume(rate.count, rate.within, kind)


def _write_volume(volumes: tuple[Volume, ...]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for volume in volumes:
        written.setdefault(volume.kind, []).append(
            f"{volume.at_most} in {show_duration(volume.within)}"
        )
    return {kind: rates[0] if len(rates) == 1 else rates for kind, rates in written.items()}


def read_charter(data: object) -> Charter:
    """Return the charter that `data` writes.

    Raises:
        InvalidError: with every problem of every part, each with its place.
    """
    item = as_mapping(data)
    gather = Gather()
    gather.add(known_keys(item, _CHARTER_KEYS))
    gather.add(Problem(f"`{key}` is missing", (key,), hint=_MISSING[key])
               for key in _MISSING if key not in item)  # fmt: skip
    labels = _labels(item.get("labels", {}), gather)
    events = gather.at(("events",), as_words, item.get("events", [])) or ()
    rules, places = _rules(item.get("rules", []), Vocabulary(labels, events), gather)
    circuits = _circuits(item.get("circuits", {}), gather)
    given = {field: gather.at((key,), read, item[key])
             for key, field, read in _FIELDS if key in item}  # fmt: skip
    found = {field: value for field, value in given.items() if value is not None}
    whole = Gather()
    made = whole.at((), _assembled, item, found, rules, circuits, labels, events)
    gather.add(_moved(problem, places) for problem in whole.problems)
    gather.problems = _sifted(gather.problems)
    gather.done()
    return made  # type: ignore[return-value]


def _assembled(
    item: dict[str, Any],
    found: dict[str, Any],
    rules: list[Rule],
    circuits: list[ValidationCircuit],
    labels: FrozenMap[Label],
    events: Iterable[str],
) -> Charter:
    gather = Gather()
    term = read_term(item, gather)
    by, on = found.pop("approved_by", None), found.pop("approved_on", None)
    if by is None and on is not None:
        hint = "say who, under `approved by`"
        gather.add([Problem("it was approved by nobody", ("approved on",), hint=hint)])
    scope = gather.at((), Scope, found.pop("networks", None), found.pop("volume", ()))
    made = gather.at(
        (),
        lambda: Charter(
            found.pop("id", BROKEN),
            rules=rules,
            circuits=circuits,
            default=found.pop("default", circuits[0].id if circuits else BROKEN),
            labels=labels,
            events=events,
            term=term,
            scope=scope or Scope(),
            approval=None if by is None else Approval(by, on),
            **found,
        ),
    )
    gather.done()
    return made  # type: ignore[return-value]


def _labels(data: object, gather: Gather) -> FrozenMap[Label]:
    given = gather.at(("labels",), as_mapping, data) or {}
    read = {name: gather.at(("labels", name), read_label, item) for name, item in given.items()}
    return FrozenMap({name: label or Label(FactType.FLAG) for name, label in read.items()})


def _rules(
    data: object, vocabulary: Vocabulary, gather: Gather
) -> tuple[list[Rule], list[int]]:
    """Return the rules that could be read, and the place of each in the file."""
    given = gather.at(("rules",), as_list, data) or []
    read = [gather.at(("rules", i), read_rule, item, vocabulary) for i, item in enumerate(given)]
    sound = [(rule, place) for place, rule in enumerate(read) if rule is not None]
    return [rule for rule, _ in sound], [place for _, place in sound]


def _circuits(data: object, gather: Gather) -> list[ValidationCircuit]:
    given = gather.at(("circuits",), as_mapping, data) or {}
    read = {id_: gather.at(("circuits", id_), read_circuit, id_, item)
            for id_, item in given.items()}  # fmt: skip
    return [circuit or ValidationCircuit(id_ if id_.strip() else BROKEN, (_NOBODY,))
            for id_, circuit in read.items()]  # fmt: skip


_NOBODY: Final = Stage(Approvers("name", {BROKEN}))


def _moved(problem: Problem, places: list[int]) -> Problem:
    """Return the problem with the index of a rule counted as in the file."""
    match problem.path:
        case ("rules", int(index), *rest):
            path = ("rules", places[index], *rest)
            return Problem(problem.message, path, problem.line, problem.hint)
    return problem


def _sifted(problems: list[Problem]) -> list[Problem]:
    """Return the problems without repeats, nor those that only follow from a broken label."""
    broken = {str(p.path[1]) for p in problems if p.path[:1] == ("labels",) and len(p.path) > 1}
    return [
        problem
        for problem in dict.fromkeys(problems)
        if problem.path[:1] != ("rules",) or not broken.intersection(map(str, problem.path))
    ]


_MISSING: Final = {
    "charter": "name the charter, as in `charter: airline`",
    "default": "name the circuit that decides where no rule does",
}
#: key in the file, field of the charter, how it is read
_FIELDS: Final[tuple[tuple[str, str, Callable[[Any], Any]], ...]] = (
    ("charter", "id", as_text),
    ("default", "default", as_text),
    ("version", "version", as_int),
    ("title", "title", as_text),
    ("target", "target", as_number),
    ("zone", "zone", as_text),
    ("review by", "review_by", as_date),
    ("networks", "networks", as_words),
    ("volume", "volume", lambda data: _volume(as_mapping(data))),
    ("approved by", "approved_by", as_words),
    ("approved on", "approved_on", as_date),
)


def write_charter(charter: Charter) -> dict[str, Any]:
    """Return the plain data of a charter, as a charter file has it."""
    approval, scope = charter.approval, charter.scope
    data = {
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
        "volume": _write_volume(scope.volume) or None,
        "labels": {name: write_label(label) for name, label in charter.labels.items()} or None,
        "events": sorted(charter.events) or None,
        "circuits": {circuit.id: write_circuit(circuit) for circuit in charter.circuits},
        "default": charter.default,
        "rules": [write_rule(rule) for rule in charter.rules],
    }
    return kept(data)
