"""Every value of teams, needs and remedies has a strategy that `from_type` finds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import strategies
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
