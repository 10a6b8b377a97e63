from datetime import UTC, datetime, timedelta

import pytest

from cmcore import BusinessClock, Desk, InvalidError, Request, Week, hours
from cmcore.requests import Route, Target
from cmcore.requests.desk import Selector

FRIDAY = datetime(2026, 3, 6, 17, tzinfo=UTC)
OFFICE = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"))


def request(**told: object) -> Request:
    return Request("r1", FRIDAY, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("selector", "told", "holds"),
    [
        (Selector(), {}, True),
        (Selector(topics={"bill", "recall"}), {"topics": {"bill"}}, True),
        (Selector(topics={"bill"}), {}, False),
        (Selector(networks={"bluesky"}), {"network": "bluesky"}, True),
        (Selector(networks={"bluesky"}), {"network": None}, False),
        (Selector(languages={"fr"}), {"language": "en"}, False),
        (Selector(severities={"high"}), {"severity": "high"}, True),
        (Selector(severities={"high"}, languages={"fr"}), {"severity": "high"}, False),
    ],
)
def test_a_selector_means_what_has_a_word_of_each_list(
    selector: Selector,
    told: dict[str, object],
    holds: bool,  # noqa: FBT001
) -> None:
    assert selector.holds(request(**told)) is holds


def test_the_first_target_and_the_first_route_are_the_ones() -> None:
    desk = Desk(
        targets=[Target(hours(1), severities={"high"}), Target(hours(4), OFFICE), Target(hours(9))],
        routes=[Route("expert", topics={"recall"}), Route("communicator")],
    )
    assert desk.due(request(severity="high"), FRIDAY) == FRIDAY + hours(1)
    assert desk.due(request(), FRIDAY) == FRIDAY + timedelta(days=2, hours=19)
    assert desk.due(request(), None) is None
    assert desk.role(request(topics={"recall"})) == "expert"
    assert desk.role(request()) == "communicator"
    assert Desk().target(request()) is None
    assert Desk().due(request(), FRIDAY) is None
    assert Desk().role(request()) is None


def test_hours_that_never_come_make_nothing_due() -> None:
    assert Target(hours(1), BusinessClock(Week.never())).due(FRIDAY) is None


def test_every_problem_is_told() -> None:
    with pytest.raises(InvalidError) as caught:
        Target(hours(0), topics=(), networks=[])
    assert [problem.path for problem in caught.value.problems] == [
        ("topics",), ("networks",), ("within",)
    ]  # fmt: skip
    with pytest.raises(InvalidError, match="`-1 h` is not a duration above zero"):
        Target(hours(-1))
    with pytest.raises(InvalidError, match="role: `` cannot be an id"):
        Route("")
    with pytest.raises(InvalidError) as caught:
        Desk("", zone="Europe/Pariss")
    assert [problem.path for problem in caught.value.problems] == [("desk",), ("zone",)]
