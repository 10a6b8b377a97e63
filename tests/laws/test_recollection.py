"""Recollection: a charter that has decided other acts before decides as one that decides its first.

Nothing that is kept of one act is said of another: not a value, not a kind of value, not a reason.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Approvers, Charter, Decision, Label, Rule, Stage, ValidationCircuit, decide
from cmcore.charters import Case, any_of
from cmcore.charters import fact as of
from cmcore.charters.meaning import recollection as recalled
from cmcore.strategies import cases, charters_and_cases

DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
WHEN = any_of(
    of("kind").is_("publish") & of("tone").is_("kind") & of("text").mentions("rappel"),
    of("topics").any_of("sport") & of("paid").is_(True) & of("reach").above(1),
)
CHARTER = Charter(
    "words", circuits=[DESK], default="desk",
    labels={"reach": Label("number"), "tone": Label("symbol", {"kind", "cold"})},
    rules=[Rule.permit("all", when=WHEN, because="."),
           Rule.refer("some", to="desk", when=WHEN, because=".")],
)  # fmt: skip
#: What acts say that differ where readings may be taken for one another.
SAID: list[dict[str, Any]] = [
    {}, {"text": "Un rappel."}, {"text": "Rien."}, {"absent": {"text"}}, {"paid": True},
    {"labels": {"tone": "kind"}}, {"labels": {"tone": "warm"}}, {"labels": {"tone": 3}},
    {"labels": {"reach": 1}}, {"labels": {"reach": 1.0}}, {"labels": {"reach": True}},
    {"labels": {"reach": 2}, "topics": {"sport"}, "paid": True}, {"topics": ()},
    {"topics": {f"t{number}" for number in range(99)}}, {"absent": {"topics"}},
]  # fmt: skip
NEAR = [Act(kind="publish", **said) for said in SAID]


@pytest.fixture(params=[10**6, 8], ids=["room", "hardly-any"])
def _room(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let much be kept, or next to nothing."""
    patch = pytest.MonkeyPatch()
    patch.setattr(recalled, "_MOST", request.param)
    yield
    patch.undo()


def alone(charter: Charter, case: Case) -> Decision:
    """Return what a charter decides that knows of no other act."""
    return decide(attrs.evolve(charter), case.act, case.context, repair=False)


@pytest.mark.usefixtures("_room")
@given(charters_and_cases(ill=True), st.data())
def test_acts_decided_before_change_no_decision(
    drawn: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, case = drawn
    others = data.draw(st.lists(cases(charter), max_size=3))
    bare = Case(Act(kind=case.act.kind, text=case.act.text))
    for one in [case, bare, *others, case, bare]:
        told = decide(charter, one.act, one.context, repair=False)
        due = alone(charter, one)
        assert told == due
        assert repr(told) == repr(due)  # which tells 1 from 1.0, and from true


@pytest.mark.usefixtures("_room")
@example(first=1, then=11)
@example(first=8, then=9)
@given(first=st.integers(0, len(NEAR) - 1), then=st.integers(0, len(NEAR) - 1))
def test_acts_that_differ_by_little_are_not_taken_for_one_another(first: int, then: int) -> None:
    charter = attrs.evolve(CHARTER)
    for act in (NEAR[first], NEAR[then]):
        told = decide(charter, act, repair=False)
        due = alone(CHARTER, Case(act))
        assert told == due
        assert repr(told) == repr(due)


@pytest.mark.usefixtures("_room")
def test_many_threads_recall_what_one_does() -> None:
    due = [alone(CHARTER, Case(act)) for act in NEAR]
    charter = attrs.evolve(CHARTER)
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(lambda act: decide(charter, act, repair=False), NEAR * 20)] == due * 20
