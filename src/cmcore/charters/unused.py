"""Unused names: what a charter declares and nothing of it is about, so that it can be dropped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, tests
from cmcore.charters.conditions.facts import label_of

#: What a charter declares by name, as it calls the field.
Declared = Literal["labels", "events", "counts"]
#: The first part of the name of a fact -> what its second part names.
_NAMED: Final[Mapping[str, Declared]] = {"since": "events", "recent": "counts"}


def unused(charter: Charter) -> Iterator[tuple[Declared, str]]:
    """Yield the labels, events and counts that the charter would be valid without.

    What an example says of its act is in use, and so is what another count asks.
    """
    declared: dict[Declared, set[str]] = {
        "labels": {*charter.labels},
        "events": {*charter.events},
        "counts": {*charter.counts},
    }
    used = {*_asked(charter), *_expected(charter), *_exemplified(charter)}
    for field, names in declared.items():
        yield from _named(field, (name for name in sorted(names) if (field, name) not in used))


def _named(field: Declared, names: Iterable[str]) -> Iterator[tuple[Declared, str]]:
    for name in names:
        yield field, name


def _asked(charter: Charter) -> Iterator[tuple[Declared, str]]:
    """Yield what conditions ask, and the scope."""
    conditions: list[Condition] = [
        charter.framed,
        *charter.counts.values(),
        *(rule.when for rule in charter.rules),
        *(one.when for _, _, one in charter.guarantees),
    ]
    for condition in conditions:
        for test in tests(condition):
            first, _, rest = test.fact.partition(".")
            field: Declared = _NAMED.get(first, "labels")
            kind, *same = rest.split(".")
            yield field, {"labels": first, "events": rest}.get(field, kind)
            if field == "counts":
                yield from _alike(charter, same)


def _expected(charter: Charter) -> Iterator[tuple[Declared, str]]:
    for one in charter.expectations:
        yield from _named("counts", one.names.values())
        yield from _alike(charter, [f"same_{name}" for name in one.same])
        if one.event is not None:
            yield "events", one.event


def _alike(charter: Charter, same: Sequence[str]) -> Iterator[tuple[Declared, str]]:
    """Yield the labels by which acts are alike."""
    known = charter.vocabulary.same
    yield from _named("labels", (label_of(name) for name in same if known[name]))


def _exemplified(charter: Charter) -> Iterator[tuple[Declared, str]]:
    for one in charter.examples:
        yield from _named("labels", {*one.act.labels, *one.act.absent})
        yield from _named("events", one.context.events)
