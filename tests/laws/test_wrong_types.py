"""Wrong types: what a field cannot hold is refused when a value is made, with its place."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cmcore import Act, Approvers, Charter, InvalidError, Rule, Stage, Term, ValidationCircuit, fact
from cmcore import at_least as at_least_of
from cmcore.nouns.conditions import Rate

AT = datetime(2026, 3, 27, 8, tzinfo=UTC)
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
WRONG: dict[str, Callable[[Any], object]] = {
    "since": lambda _: Term(since=AT),
    "through": lambda _: Term(through=AT),
    "labels.a": lambda _: Act(labels={"a": {"b": 1}}),
    "text": lambda _: Act(text=["x"]),  # type: ignore[arg-type]
    "at": lambda _: Act(at="2026-03-27"),  # type: ignore[arg-type]
    "version": lambda _: Charter("c", circuits=[DESK], default="desk", version=1.5),  # type: ignore[arg-type]
    "because": lambda _: Rule.permit("r", because=None),  # type: ignore[arg-type]
    "": lambda _: Rate(1.5, timedelta(hours=1)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("place", WRONG)
def test_what_a_field_cannot_hold_is_refused_at_its_place(place: str) -> None:
    with pytest.raises(InvalidError) as caught:
        WRONG[place](None)
    assert place in [".".join(map(str, problem.path)) for problem in caught.value.problems]


def test_so_many_of_some_conditions_are_a_whole_number() -> None:
    with pytest.raises(InvalidError, match=r"`1\.5`"):
        at_least_of(1.5, fact("paid").is_(True), fact("paid").is_(False))  # type: ignore[arg-type]
