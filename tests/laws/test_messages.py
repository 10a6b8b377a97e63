"""Messages that strangers read: one for each mistake, of what they wrote, with what to do."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cmcore import (
    Act,
    Charter,
    InvalidError,
    Member,
    Needs,
    Plan,
    Quorum,
    Review,
    Role,
    Seats,
    Team,
    assign,
    chart,
    decide,
    open_review,
    parse,
    structure,
    to_frame,
    unstructure,
    verify,
    view,
)
from cmcore.teams import Assignment

AT = datetime(2026, 3, 2, tzinfo=UTC)
TEAM = Team("t", [Member("ivy", roles=["writer"])], [Role("writer")])
NEEDS = Needs("n", seats=[Seats("writer")])
CHARTER = """\
charter: a
default: d
circuits: {d: [{ask: {role: writer}}]}
rules:
  - {refer: all, to: d, when: {loud: yes}, because: It is loud.}
"""
LOUD = CHARTER + "labels: {loud: flag}\n"
ANY: Any = object()


def charter(old: str = "", new: str = "") -> Charter:
    assert old in LOUD
    return parse(LOUD.replace(old, new), Charter)


def team(member: str) -> Team:
    return parse(f"team: t\nmembers: {{ivy: {{{member}}}}}", Team)


def review(circuits: object) -> Review:
    act = Act(kind="publish", author="ivy", text="Hi.")
    stored: Any = unstructure(open_review(decide(charter(), act, at=AT), act, charter(), AT,
                                          team=TEAM))  # fmt: skip
    return structure({**stored, "circuits": circuits}, Review)


def pinned(pins: Any) -> Assignment:  # noqa: ANN401 - of any kind
    return assign(TEAM, NEEDS, pins=pins)


PAIR = "(write pairs: [('maud', 'coordinator')])"
TOLD: list[tuple[Callable[[], object], str]] = [
    (lambda: pinned("ivy=writer"),
     "pins: `ivy=writer` is not a list of pairs (write `[('maud', 'coordinator')]`)"),
    (lambda: pinned(["ivy=writer"]),
     f"pins[0]: `ivy=writer` is not a pair of a member and a role {PAIR}"),
    (lambda: pinned([("ivy", "writer"), ("ivy",)]),
     f"pins[1]: `tuple` is not a pair of a member and a role {PAIR}"),
    (lambda: verify(pinned([]), NEEDS, Plan()),  # type: ignore[arg-type]
     "team: expected a team, not a Python `Assignment` (give a `Team`)"),
    (lambda: team("contract: ''"),
     "members.ivy.contract, line 2: `contract` is empty (leave it out where it is not known)"),
    (lambda: team("day: 30 h"),
     "members.ivy.day, line 2: `30 h` is out of range (from `0 min` to `1 d`)"),
    (lambda: team("day: -1 h"),
     "members.ivy.day, line 2: `-1 h` is out of range (from `0 min` to `1 d`)"),
    (lambda: Quorum.parse(20_000),
     "`20000` approvals are too many (10,000 at most, or a share of them)"),
    (lambda: charter("ask: {role: writer}", "ask: {role: writer}, need: 10001"),
     ("circuits.d[0].need, line 3: `10001` approvals are too many (10,000 at most, or a share of "
      "them)")),
    (lambda: charter("{d: [{ask: {role: writer}}]}", "{}"),
     ("circuits, line 3: the charter has no circuit (say under `circuits` who decides where no "
      "rule does)")),
    (lambda: charter("{d: [{ask: {role: writer}}]}", "[]"),
     ("circuits, line 3: expected a mapping, not a list (as in `{desk: [{ask: {role: "
      "lead}}]}`)")),
    (lambda: charter("{loud: flag}", "[loud]"),
     "labels, line 6: expected a mapping, not a list (as in `{price: flag}`)"),
    (lambda: charter(", because: It is loud.", ""),
     "rules[0].because, line 5: rule `all` gives no reason (tell the author why)"),
    (lambda: review({}),
     "circuits: a circuit of the decision is missing: `d` (give all circuits of the decision)"),
    (lambda: review({name: [{"ask": {"role": "writer"}}] for name in "def"}),
     ("circuits: the decision does not send it to `e` or `f` (give the circuits of the decision "
      "alone)")),
    (lambda: view(ANY),
     "`object` cannot be shown (give a value of cmcore: a charter, an act, a decision…)"),
    (lambda: structure({}, object),
     "`object` cannot be read from plain data (name a class of cmcore, such as `Charter`)"),
    (lambda: to_frame(ANY),
     "there is no table of `object` (give a verdict, or acts, decisions, requests and the like)"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "told"), TOLD, ids=[told for _, told in TOLD])
def test_a_mistake_is_told_once_as_it_was_written_with_what_to_do(
    make: Callable[[], object], told: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        make()
    assert [str(problem) for problem in caught.value.problems] == [told]


def test_there_is_no_chart_of_anything() -> None:
    with pytest.raises(InvalidError, match="there is no chart of `object` "):
        chart(ANY)
