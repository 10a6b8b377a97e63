from cmcore.base.errors import Problem
from cmcore.charters.act import Act
from cmcore.charters.context import Context
from cmcore.charters.history import Case, Unreadable


def test_a_case_is_an_act_in_a_context() -> None:
    assert Case(Act()) == Case(Act(), Context(), "")


def test_an_unreadable_row_tells_its_place_and_its_problems() -> None:
    row = Unreadable("line 3", (Problem("quote-open", ("kind",)), Problem("bad-date")))
    assert str(row) == (
        "line 3: kind: a quote is opened and never closed; a date or a time is not valid"
    )
    assert str(Unreadable("line 3")) == "line 3: "
