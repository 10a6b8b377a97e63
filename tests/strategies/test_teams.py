"""Every value of teams, needs and remedies has a strategy that `from_type` finds."""

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from cmcore import Needs, Team, strategies
from cmcore.base.offers import offered

KINDS = (
    *("Availability", "Coverage", "Gap", "Leave", "Member", "Mix", "Needs", "NotOnly", "Role"),
    *("Seats", "Separation", "Span", "Speakers", "Specialists", "Supervision", "Team", "Watch"),
    *("Hire", "Remedy", "Training", "Work"),
)


@pytest.mark.parametrize("name", KINDS)
def test_from_type_gives_valid_values(name: str) -> None:
    strategies.register_all()
    kind = offered()[name]

    @settings(max_examples=5, suppress_health_check=list(HealthCheck))
    @given(st.from_type(kind))
    def draws(made: object) -> None:
        assert isinstance(made, kind)

    draws()


@settings(max_examples=20)
@given(strategies.teams_and_needs(limits=False), strategies.needs(limits=False))
def test_without_limits_nothing_is_asked_for_that_one_more_person_could_break(
    drawn: tuple[Team, Needs], other: Needs
) -> None:
    for asked in (drawn[1], other):
        assert all(seats.most is None for seats in asked.seats)
        assert (asked.mix, asked.supervision, asked.separation) == ((), (), ())


@pytest.mark.parametrize("kind", ["most", "mix", "supervision", "separation"])
def test_with_limits_some_needs_are_such_that_one_more_person_could_break_them(kind: str) -> None:
    def is_asked(asked: Needs) -> bool:
        if kind == "most":
            return any(seats.most is not None for seats in asked.seats)
        return bool(getattr(asked, kind))

    find(strategies.needs(), is_asked, settings=settings(max_examples=1000, database=None))
