"""What a charter declares and never uses is exactly what it can be without."""

from typing import Any

import attrs
from hypothesis import given

from cmcore import Charter, InvalidError, parse
from cmcore.charters.unused import Declared, unused
from cmcore.strategies import charters

FIELDS: tuple[Declared, ...] = ("labels", "events", "counts")


def declared(charter: Charter) -> set[tuple[Declared, str]]:
    return {(field, name) for field in FIELDS for name in getattr(charter, field)}


def without(charter: Charter, field: Declared, name: str) -> Charter:
    names = getattr(charter, field)
    left = names - {name} if field == "events" else {n: o for n, o in names.items() if n != name}
    changes: dict[str, Any] = {field: left}
    return attrs.evolve(charter, **changes)


@given(charters())
def test_a_charter_is_valid_without_a_name_just_where_it_is_unused(charter: Charter) -> None:
    free = {*unused(charter)}
    assert free <= declared(charter)
    for field, name in declared(charter):
        try:
            without(charter, field, name)
        except InvalidError:
            assert (field, name) not in free
        else:
            assert (field, name) in free or field == "events"


TEXT = """\
charter: c
labels:
  {asked: flag, long: text, of-count: flag, of-example: flag, missing: flag, idle: flag,
   alike: symbol, shared: symbol, topic: symbol}
events: [launch, talk, sale, fair]
counts:
  capped: {of-count: yes}
  recalled: {kind: publish}
  met: {topics: {any of: [talk]}}
  left: {topics: {any of: [left]}}
volume: {capped: 3 in 1 d}
circuits: {desk: [{ask: {role: lead}}]}
default: desk
rules:
  - permit: a
    because: x
    when: {asked: no, long.words: {below: 9}, recent.recalled.same_alike: {fewer than: 2 in 1 h},
           recent.any.same_topic: {fewer than: 3 in 1 h}}
expect:
  - {id: e, of: met, at least: 1 per week}
  - {id: f, of: publish, before: talk, by: 1 d}
  - {id: g, of: publish, after: delete, within: 1 d, same: shared}
never: [{covered: {since.launch: {below: 1 h}}}]
examples:
  - {exception: {kind: publish, of-example: yes, absent: [missing]}}
  - {exception: {kind: publish}, context: {events: {sale: "2026-03-02T12:00+01:00"}}}
"""


def test_every_way_to_use_a_name_is_known() -> None:
    free = {*unused(parse(TEXT, Charter, format="yaml"))}
    assert free == {("labels", "idle"), ("labels", "topic"), ("events", "fair"), ("counts", "left")}
