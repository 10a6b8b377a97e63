"""Organisations: what is given of a company, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from cmcore import Act, Context, Incident, InvalidError, Organisation
from cmcore.charters import Case, Unreadable
from cmcore.incidents import StepEvent
from cmcore.organisations import Deed, Figures

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = date(2026, 3, 4)


def test_acts_become_cases_and_what_could_not_be_read_is_kept_apart() -> None:
    case = Case(Act(id="b"), Context(at=NOW))
    found = Organisation("o", history=[Act(id="a"), Unreadable("line 2"), case])
    assert found.history == (Case(Act(id="a")), case)
    assert found.unread == (Unreadable("line 2"),)
    more = Organisation("o", history=[Unreadable("line 1")], unread=[Unreadable("line 0")])
    assert (more.history, len(more.unread)) == ((), 2)


def test_what_is_not_given_is_not_known() -> None:
    bare = Organisation("o")
    assert bare.history is None
    assert bare.incidents is None
    assert bare.unread == ()


def test_the_order_of_what_is_given_means_nothing() -> None:
    deeds = [Deed("training", DAY), Deed("report", DAY, by="z"), Deed("report", DAY)]
    counts = [Figures(DAY, "y"), Figures(DAY, "x"), Figures(date(2026, 3, 1), "y")]
    assert Organisation("o", deeds=deeds, figures=counts) == Organisation(
        "o", deeds=deeds[::-1], figures=counts[::-1]
    )


def test_every_problem_is_told_with_its_place() -> None:
    twice = [Incident("i", [StepEvent("opened", NOW, step="opened")])] * 2
    with pytest.raises(InvalidError) as raised:
        Organisation(
            " ",
            zone="Mars/Olympus",
            leaders=["", "ana"],
            contact="",
            incidents=twice,
            figures=[Figures(DAY, "x"), Figures(DAY, "x", posts=1)],
        )
    told = [str(problem).split(" (")[0] for problem in raised.value.problems]
    assert told == [
        "organisation: `` cannot be an id",
        "zone: `Mars/Olympus` is not a known time zone",
        "leaders: `` cannot be an id",
        "contact: `` cannot be an id",
        "incidents.i: the id `i` is used more than once",
        "figures: `x, 2026-03-04` is counted 2 times",
    ]


def test_one_word_is_no_list_of_leaders() -> None:
    with pytest.raises(InvalidError, match="is one text, not a list of them"):
        Organisation("o", leaders="ana")


def test_a_deed_names_a_practice() -> None:
    with pytest.raises(InvalidError, match="practice: there is no practice ``"):
        Deed("", DAY)
    with pytest.raises(InvalidError, match="practice: there is no practice `rapport`"):
        Deed("rapport", DAY)
    with pytest.raises(InvalidError, match="by: `ana` cannot be an id"):
        Deed("report", DAY, by=" ana")


def test_figures_are_counts() -> None:
    with pytest.raises(InvalidError) as raised:
        Figures(DAY, "", followers=-1, reach=-2)
    assert [problem.path for problem in raised.value.problems] == [
        ("network",),
        ("followers",),
        ("reach",),
    ]
