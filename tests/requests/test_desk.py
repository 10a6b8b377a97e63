from datetime import UTC, datetime, timedelta

import pytest

from cmcore import BusinessClock, Desk, InvalidError, Request, RequestLog, Week, fact, hours
from cmcore.requests import Route, Target
from cmcore.requests.desk import FROM_AUTHOR, Selector
from cmcore.requests.dues import Dues

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


def test_a_route_may_count_what_its_author_wrote_before() -> None:
    often = fact(FROM_AUTHOR).at_least(2, hours(24))
    desk = Desk(routes=[Route("moderator", when=often), Route("communicator")])
    many = [Request(f"r{n}", FRIDAY + hours(n), author="bo", network="x") for n in range(3)]
    log = RequestLog(many)
    assert [Dues(desk, log).role(one) for one in many] == [
        "communicator", "communicator", "moderator",
    ]  # fmt: skip
    assert Dues(desk, None).role(many[2]) == "communicator", "nothing is known of what came before"
    other = Request("r9", FRIDAY + hours(5), author="bo", network="bluesky")
    assert Dues(desk, log.after(other)).role(other) == "communicator", "another may be called so"


def test_a_condition_of_a_desk_reads_what_its_author_wrote_and_nothing_else() -> None:
    with pytest.raises(InvalidError) as caught:
        Route("desk", when=fact("recent.received.same_autor").at_least(2, hours(1)))
    assert str(caught.value.problems[0]) == (
        "when: there is no fact `recent.received.same_autor` (did you mean"
        " `recent.received.same_author`?)"
    )
    with pytest.raises(InvalidError, match=r"one of `recent\.received\.same_author`"):
        Target(hours(1), when=fact("text").mentions("refund"))
    with pytest.raises(InvalidError, match="when"):
        Selector(when=fact(FROM_AUTHOR).at_least(0, hours(1)))
    with pytest.raises(InvalidError, match=r"ignore\[1\]: every message is ignored"):
        Desk(ignore=[Selector(topics={"spam"}), Selector()])
