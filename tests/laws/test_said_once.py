"""A time that does not read is said once: nothing else is wrong for want of it."""

from collections.abc import Callable
from typing import Any

import pytest

from cmcore import Charter, Desk, InvalidError, Playbook, structure
from cmcore.codec.bounds import Data

BAD: tuple[Data, ...] = (
    "1 month",
    "2 calendar days",
    "2 jours calendaires",
    "soon",
    True,
    {},
    [[]],
)
CHARTER: dict[str, Any] = {
    "charter": "c",
    "default": "desk",
    "events": ["launch"],
    "rules": [],
}


def charter(**one: Data) -> Callable[[], object]:
    circuits = {"desk": [{"ask": {"role": "a"}}]}
    return lambda: structure(
        {**CHARTER, "circuits": circuits, "expect": [{"id": "e", **one}]}, Charter
    )


def stage(**one: Data) -> Callable[[], object]:
    circuits = {"desk": [{"ask": {"role": "a"}, **one}]}
    return lambda: structure({**CHARTER, "circuits": circuits}, Charter)


def desk(key: str, **one: Data) -> Callable[[], object]:
    return lambda: structure({"desk": "d", key: [one]}, Desk)


def duty(**one: Data) -> Callable[[], object]:
    return lambda: structure({"playbook": "p", "duties": [one]}, Playbook)


OFFICE = {"hours": "Mon-Fri 09:00-18:00"}


@pytest.mark.parametrize("bad", BAD, ids=str)
@pytest.mark.parametrize("hours", [{}, OFFICE], ids=["", "hours"])
def test_a_time_that_does_not_read_is_said_once(bad: Data, hours: dict[str, Data]) -> None:
    during = {"during": hours["hours"]} if hours else {}
    for make in (
        charter(of="publish", before="launch", by=bad),
        charter(of="publish", before="launch", by=bad, within="3 d"),
        charter(of="publish", before="launch", by="3 d", within=bad),
        charter(of="edit", after="delete", within=bad),
        stage(within=bad, **during),
        stage(within=bad, need="no objection", **during),
        desk("targets", within=bad, **hours),
        desk("acknowledge", within=bad, **hours),
        duty(answer="a", within=bad, **hours),
        duty(hold="a", within="1 h", escalate={"to": "b", "after": bad}, **hours),
    ):
        with pytest.raises(InvalidError) as caught:
            make()
        assert len(caught.value.problems) == 1, [*map(str, caught.value.problems)]
