"""One round: what is wrong with a file is told at once, whatever else is wrong with it."""

from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    Context,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Plan,
    Playbook,
    RequestLog,
    Review,
    Team,
    structure,
    unstructure,
)
from cmcore.charters import Case
from cmcore.codec.histories import read_case
from cmcore.strategies import charters_and_cases, incidents, playbooks

from .spoiling import changed

KINDS = (
    Act,
    Case,
    Context,
    Charter,
    Team,
    Needs,
    Plan,
    Playbook,
    Incident,
    RequestLog,
    Desk,
    Review,
)
Place = tuple[str | int, ...]


def told(data: object, kind: type) -> set[tuple[Place, str]]:
    try:
        structure(data, kind)
    except InvalidError as error:
        return {(problem.path, problem.code) for problem in error.problems}
    return set()


def leaves(data: Any, path: Place = ()) -> list[Place]:  # noqa: ANN401 - any plain data
    """Return the places of everything that is no collection."""
    if isinstance(data, dict):
        return [place for key, item in data.items() for place in leaves(item, (*path, key))]
    if isinstance(data, list):
        return [place for step, item in enumerate(data) for place in leaves(item, (*path, step))]
    return [path]


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_a_key_that_means_nothing_hides_no_other_problem(kind: type, data: st.DataObject) -> None:
    plain = unstructure(data.draw(st.from_type(kind)))
    places = leaves(plain)
    assume(places)
    spoilt = changed(
        plain, data.draw(st.sampled_from(places)), data.draw(st.sampled_from([[], {}, "", "¿", -1]))
    )
    alone = told(spoilt, kind)
    assert alone | {(("¿?",), "unknown-key")} <= told({**spoilt, "¿?": 1}, kind)


#: What is of another shape than it should be, in some place of an incident.
ELSEWHERE: Final = ("incident", "title", "zone", "until", "scale")


@given(incidents(), st.data())
def test_what_cannot_be_read_hides_no_kind_id_or_source(
    incident: Incident, data: st.DataObject
) -> None:
    plain = unstructure(incident)
    first, count = plain["events"][0], len(plain["events"])
    again = {"held": incident.events[0].id, "at": first["at"], "source": "nowhere"}
    planted = {**plain, "untold": ["zzzz"], "events": [*plain["events"], again]}
    due: set[tuple[Place, str]] = {
        (("untold",), "unknown-event-kind"),
        (("events", count), "duplicate-id"),
        (("events", count, "source"), "unknown-source"),
    }
    assert due <= told(planted, Incident)
    places: list[Place] = [(key,) for key in ELSEWHERE]
    places += [("events", n, key) for n in range(count) for key in ("at", "note")]
    where = data.draw(st.sampled_from(places))
    assert due <= told(changed({**planted, "until": None}, where, []), Incident)


@given(playbooks().filter(lambda one: one.duties), st.data())
def test_a_duty_that_cannot_be_read_hides_no_other_of_its_id(
    playbook: Playbook, data: st.DataObject
) -> None:
    plain, count = unstructure(playbook), len(playbook.duties)
    twice = {**plain, "duties": [*plain["duties"], {"ask the circuit": playbook.duties[0].id}]}
    due = {(("duties", count), "duplicate-id")}
    assert due <= told(twice, Playbook)
    place = ("duties", data.draw(st.integers(0, count - 1)), "because")
    assert due <= told(changed(twice, place, []), Playbook)


@given(charters_and_cases(), st.sampled_from([" a", "", "\n"]))
def test_so_it_is_of_an_act_in_the_words_of_a_charter(pair: tuple[Charter, Case], id_: str) -> None:
    spoilt = {"id": id_, "kind": "publsh", "colour": 1, "paid": []}
    with pytest.raises(InvalidError) as caught:
        read_case(spoilt, pair[0])
    places = {problem.path for problem in caught.value.problems}
    assert places == {("kind",), ("colour",), ("paid",), *([("id",)] if id_ else [])}
