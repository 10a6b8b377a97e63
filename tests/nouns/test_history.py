from cmcore.foundation.errors import Problem
from cmcore.nouns.acts import Act
from cmcore.nouns.context import Context
from cmcore.nouns.history import Case, Unreadable


def test_a_case_is_an_act_in_a_context() -> None:
    assert Case(Act()) == Case(Act(), Context(), "")


def test_an_unreadable_row_tells_its_place_and_its_problems() -> None:
    row = Unreadable("line 3", (Problem("one is wrong", ("kind",)), Problem("so is the other")))
    assert str(row) == "line 3: kind: one is wrong; so is the other"
    assert str(Unreadable("line 3")) == "line 3: "
