"""Time since an event: before the event there is none, in every engine."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Outcome, decide, parse
from cmcore.charters import compiled

pa = pytest.importorskip("pyarrow")

NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
TWO_DAYS: Final = 2 * timedelta(days=1)
CHARTER: Final = parse(
    """
charter: c
events: [launch]
circuits: {desk: [{ask: {role: lead}}]}
default: desk
rules:
  - {permit: news, when: {since.launch: {below: 2 d}}, because: For two days it is news.}
""",
    Charter,
    format="yaml",
)
_AGES: Final = st.integers(-60, 60).map(lambda hours: hours * HOUR) | st.sampled_from(
    [timedelta(0), TWO_DAYS, -timedelta(microseconds=1), TWO_DAYS - timedelta(microseconds=1)]
)


@given(st.lists(_AGES, min_size=1, max_size=5))
def test_a_permit_for_the_days_after_an_event_opens_nothing_before_it(
    ages: list[timedelta],
) -> None:
    from cmcore.frames import decide_frame

    act, expected = Act(kind="publish", at=NOON), []
    for age in ages:
        around = Context(events={"launch": NOON - age})
        found = decide(CHARTER, act, around)
        assert (found.outcome is Outcome.COVERED) is (timedelta(0) <= age < TWO_DAYS)
        assert compiled(CHARTER).rule(act, around).outcome is found.outcome
        expected.append(str(found.outcome))
    table = pa.table({
        "kind": ["publish"] * len(ages),
        "at": [NOON] * len(ages),
        "event.launch": [NOON - age for age in ages],
    })  # fmt: skip
    assert decide_frame(CHARTER, table)["outcome"].to_pylist() == expected
