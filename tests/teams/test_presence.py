"""When somebody is back whom their calendar keeps away, or does not know of."""

from datetime import UTC, datetime

import pytest

from cmcore.teams.availability import Availability
from cmcore.teams.member import Member
from cmcore.teams.presence import on_duty_from
from cmcore.time.calendar import Calendar
from cmcore.time.week import Week

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("years", "back"),
    [
        ({2026}, NOW),
        ({2025, 2028, 2030}, datetime(2028, 1, 1, tzinfo=UTC)),
        ({2025}, None),
    ],
)
def test_nobody_is_back_before_a_year_that_their_calendar_knows(
    years: set[int], back: datetime | None
) -> None:
    ana = Member("ana", availability=Availability(Week.always(), calendar=Calendar((), years)))
    assert on_duty_from(ana, NOW, None) == back


def test_nobody_is_back_before_a_closed_day_is_over() -> None:
    calendar = Calendar([NOW.date()])
    ana = Member("ana", availability=Availability(Week.always(), calendar=calendar))
    assert on_duty_from(ana, NOW, None) == datetime(2026, 5, 5, tzinfo=UTC)
