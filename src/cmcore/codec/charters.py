"""Charters to and from plain data, the way charter files write them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, Final, cast

import attrs

from cmcore.base.codes import Code
from cmcore.base.errors import Problem, refuse
from cmcore.charters.act import Act
from cmcore.charters.charter import USUAL_TARGET, Approval, Charter
from cmcore.charters.conditions.condition import NEVER
from cmcore.charters.conditions.facts import BUILTIN, LOGGED, RESERVED, FactType, Label
from cmcore.charters.conditions.operands import OperandKind, Rate
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.expectation import Expectation
from cmcore.charters.guarantee import Example, Guarantee
from cmcore.charters.kinds import KINDS, OwnKind
from cmcore.charters.rule import Term
from cmcore.charters.scope import Scope, Volume
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.codec.bounds import Data
from cmcore.codec.circuits import read_circuit, write_circuit
from cmcore.codec.clocks import NO_DAYS, ON_CALENDAR
from cmcore.codec.conditions import (
    rate_meant,
    read_rate,
    read_which,
    write_condition,
    write_operand,
)
from cmcore.codec.expectations import EXPECTATION, placeholder, read_expectation
from cmcore.codec.forms import Form, Key, zone_key
from cmcore.codec.guarantees import (
    read_example,
    read_guarantee,
    write_example,
    write_guarantee,
)
from cmcore.codec.plain import (
    BROKEN,
    Gather,
    Readers,
    Writers,
    as_mapping,
    as_share,
    as_words,
    without_followers,
    written,
)
from cmcore.codec.rules import (
    OWN_KIND,
    TERM,
    read_label,
    read_rule,
    stand_in,
    write_label,
    write_rule,
)
from cmcore.codec.shapes import either, listed, mapping, named, ref, told
from cmcore.codec.values import (
    DAY,
    ID,
    OWN_KIND_NAME,
    SOME,
    TEXT,
    WORDS,
    Parts,
    Value,
    parts_by_name,
    parts_of,
    whole_number,
)
from cmcore.time.units import CalendarUnit

# ------------------------------------------------------------------------------------- its values


def _read_volumes(data: object) -> dict[str, Any]:
    if isinstance(data, str) and (rate := rate_meant(data)):
        write = f"{{publish: {rate}}}"
        raise refuse("wrong-value", given=data, wanted="mapping", write=write)
    return as_mapping(data)


def _read_volume(kind: str, given: object) -> list[Volume]:
    gather = Gather()
    made = [gather.at(path, _one_volume, kind, rate) for path, rate in _rates(given)]
    return cast("list[Volume]", gather.made(made))


def _read_networks(data: object) -> tuple[str, ...]:
    words = as_words(data)
    written({"networks": ()}, Scope, words)
    return words


def _scope(networks: Iterable[str] | None, volume: Iterable[Iterable[Volume]]) -> Scope:
    return Scope(networks, chain.from_iterable(volume))


def _rates(given: object) -> list[tuple[tuple[int, ...], object]]:
    """Return each rate with its place: one, or several in a list."""
    return (
        [((index,), rate) for index, rate in enumerate(given)]
        if isinstance(given, list)
        else [((), given)]
    )


def _one_volume(kind: str, data: object) -> Volume:
    rate = cast("Rate", read_rate(data, OperandKind.RATE))
    return Volume(rate.count, rate.within, kind)


def _write_volume(volumes: Iterable[Volume]) -> dict[str, Data]:
    written: dict[str, list[Data]] = {}
    for volume in volumes:
        rate = write_operand(Rate(volume.at_most, volume.within))
        written.setdefault(volume.kind, []).append(rate)
    return {kind: rates[0] if len(rates) == 1 else rates for kind, rates in written.items()}


def _logged(kind: str) -> str:
    return "All acts." if kind not in KINDS else f"Acts that {KINDS[kind].phrase[0]}."


def _approval(by: Iterable[str] | None, on: date | None) -> Approval | None:
    gather = Gather()
    return None if by is None else gather.made(gather.at(("by",), Approval, by, on))


_RATES: Final = either(ref("rate"), listed(ref("rate")))
_VOLUMES: Final = Parts(
    _read_volumes,
    {
        **mapping({kind: told(_logged(kind), _RATES) for kind in sorted(LOGGED)}),
        "additionalProperties": told("Acts of a count of the charter.", _RATES),
    },
    _write_volume,
    one=_read_volume,
    lost=lambda kind, _: [Volume(1, CalendarUnit.DAY, kind)],
)
_NOBODY: Final = (Stage(Approvers(Source.NAME, {BROKEN})),)
_LABELS: Final = Parts(
    as_mapping,
    named(
        ref("label"),
        propertyNames={"maxLength": 100, "not": {"enum": sorted({*BUILTIN, *RESERVED})}},
    ),
    lambda labels: {name: write_label(label) for name, label in labels.items()},
    one=lambda name, data: (name, read_label(data)),
    lost=lambda name, _: (name, Label(FactType.FLAG)),
)
_KINDS: Final = Parts(
    as_mapping,
    named(ref("kind"), propertyNames={"maxLength": 100, "pattern": OWN_KIND_NAME}),
    lambda kinds: {name: OWN_KIND.write(kind) for name, kind in kinds.items()},
    one=lambda name, data: (name, OWN_KIND.read(data)),
    lost=lambda name, _: (name, OwnKind(BROKEN, BROKEN)),
)


_COUNTS: Final = Parts(
    as_mapping,
    named(
        ref("condition"),
        propertyNames={"maxLength": 100, "not": {"enum": sorted(LOGGED)}},
    ),
    lambda counts: {name: write_condition(one) for name, one in counts.items()},
    one=lambda name, data, vocabulary: (name, read_which(data, vocabulary)),
    lost=lambda name, _: (name, NEVER),
)
_CIRCUITS: Final = attrs.evolve(
    parts_by_name("id", ref("circuit"), read_circuit, write_circuit, minProperties=1),
    lost=lambda id_, _: Gather().at((), ValidationCircuit, id_, _NOBODY),
)
_EXPECTATIONS: Final = parts_of(
    Value(read_expectation, ref("expectation"), EXPECTATION.write),
    lost=placeholder,
)
_GUARANTEES: Final = parts_of(
    Value(read_guarantee, ref("guarantee"), write_guarantee),
    lost=lambda *_: Guarantee("covered", when=NEVER),
)
_EXAMPLES: Final = parts_of(
    Value(read_example, ref("example"), write_example),
    lost=lambda *_: Example("covered", Act()),
)
_RULES: Final = parts_of(
    Value(read_rule, ref("rule"), write_rule), lost=lambda index, data: stand_in(data, index)
)


#: What follows from a key that could not be read at all.
_FOLLOWERS: Final[Mapping[str, frozenset[Code]]] = {
    "labels": frozenset({"unknown-fact"}),
    "counts": frozenset({"unknown-fact", "unknown-act-kind"}),
}


def _sifted(problems: list[Problem]) -> list[Problem]:
    """Return the problems without those that only follow from broken labels or circuits."""
    broken = {str(p.path[1]) for p in problems if p.path[:1] == ("labels",) and len(p.path) > 1}
    is_lost = any(p.path[:1] == ("circuits",) and p.code != "no-circuit" for p in problems)
    found = without_followers(problems, _FOLLOWERS)
    return [
        p
        for p in found
        if not (is_lost and p.code == "no-circuit")
        and (
            str(p.path[0] if p.path else "") not in _READING_LABELS
            or broken.isdisjoint(_facts_in(p))
        )
    ]


#: The keys under which labels are read.
_READING_LABELS: Final = frozenset({"rules", "counts", "always", "never", "examples"})


def _facts_in(problem: Problem) -> set[str]:
    """Return the steps of the problem's path, without the measures that follow a fact's name."""
    return {str(step).partition(".")[0] for step in problem.path}


# -------------------------------------------------------------------------------------- a charter

CHARTER: Final = Form(
    Charter,
    "charter",
    "What may go out as it is, what must be seen first and by whom, and what may not.",
    Key("charter", ID, "The name of the charter.", "id", missing=BROKEN, needed="name-charter"),
    Key("version", whole_number(1), "Its version, from 1.", missing=1, always=True),
    Key("title", TEXT, "What people call it.", missing=""),
    Key(
        "target",
        Value(as_share, {"type": "number", "minimum": 0, "maximum": 1}),
        "The share of acts it should cover, from 0 to 1.",
        missing=USUAL_TARGET,
        always=True,
    ),
    zone_key("The IANA time zone of its days and hours."),
    Key(
        "calendar",
        ON_CALENDAR,
        "Which days are holidays: the fact `holiday`, and its clocks.",
        broken=NO_DAYS,
    ),
    *TERM,
    Key("approved by", WORDS, "Who signed it.", "approval.by", broken=(BROKEN,)),
    Key(
        "approved on",
        DAY,
        "The day it was signed.",
        "approval.on",
        beside="approved by",
        alone=lambda: Problem.of("not-approved", "approved on", hint="say-who"),
    ),
    Key("review by", DAY, "The day by which it should be reviewed.", "review_by"),
    Key(
        "networks",
        attrs.evolve(WORDS, read=_read_networks),
        "The only networks it covers.",
        "scope.networks",
    ),
    Key(
        "volume",
        _VOLUMES,
        "How many acts it frames at most, by kind of act or by count.",
        "scope.volume",
    ),
    Key("labels", _LABELS, "The facts that people or classifiers supply.", missing={}),
    Key("kinds", _KINDS, "The kinds of act that it has besides the built-in ones.", missing={}),
    Key("events", SOME, "Events, each of which adds the fact `since.<event>`."),
    Key(
        "counts",
        _COUNTS,
        "Counts of earlier acts, each of which adds the log `recent.<count>`.",
        missing={},
        later=True,
    ),
    Key(
        "circuits",
        _CIRCUITS,
        "Who must approve what is not covered, by the name of the circuit.",
        always=True,
        zoned=True,
    ),
    Key("default", TEXT, "The circuit for acts that no rule settles.", needed="name-default"),
    Key(
        "rules",
        _RULES,
        "What may go out, what must be approved first, what may not.",
        always=True,
        later=True,
    ),
    Key(
        "expect",
        _EXPECTATIONS,
        "What is expected of a period; audits judge it.",
        "expectations",
    ),
    Key("always", _GUARANTEES, "What some acts always get; `cmcore check` proves it.", later=True),
    Key("never", _GUARANTEES, "What some acts never get; `cmcore check` proves it.", later=True),
    Key("examples", _EXAMPLES, "Acts with the outcomes that they must get.", later=True),
    parts={"term": Term, "approval": _approval, "scope": _scope},
    required=("circuits",),
    sift=_sifted,
)


def read_charter(data: object) -> Charter:
    """Return the charter that `data` writes.

    Raises:
        InvalidError: with every problem of every part, each with its place.
    """
    reading = CHARTER.open(data)
    said = reading.told
    said["labels"] = dict(said["labels"])
    if said["default"] is None:
        said["default"] = said["circuits"][0].id if said["circuits"] else BROKEN
    counts = reading.item.get("counts")
    names = frozenset(counts if isinstance(counts, Mapping) else ())
    said["kinds"] = dict(said["kinds"])
    vocabulary = Vocabulary(said["labels"], said["events"], names, said["kinds"])
    reading.key("counts", vocabulary)
    said["counts"] = dict(said["counts"])
    reading.key("rules", vocabulary)
    reading.key("always", vocabulary)
    reading.key("never", vocabulary)
    reading.key("examples", _words(said))
    reading.places["scope"] = ()  # its fields are keys of the file
    return reading.made()


def _words(said: Mapping[str, Any]) -> Charter | None:
    """Return a charter in whose words acts are read, if what is declared can be one's."""
    known = {name: said[name] for name in ("labels", "kinds", "events", "zone")}
    circuits = [ValidationCircuit(BROKEN, _NOBODY)]
    return Gather().at((), partial(Charter, BROKEN, circuits=circuits, default=BROKEN, **known))


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {
    Charter: read_charter,
    Label: read_label,
    OwnKind: OWN_KIND.read,
    Expectation: read_expectation,
}
WRITERS: Final[Writers] = {
    Charter: CHARTER.write,
    Label: write_label,
    OwnKind: OWN_KIND.write,
    Expectation: EXPECTATION.write,
}
