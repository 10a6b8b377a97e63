from cmcore.base.errors import Problem
from cmcore.charters.act import Act
from cmcore.charters.context import Context
from cmcore.charters.history import Case, Unreadable


def test_a_case_is_an_act_in_a_context() -> None:
    assert Case(Act()) == Case(Act(), Context(), "")


def test_a_case_is_called_by_its_id_and_its_place_in_the_language_asked() -> None:
    placed = Case(Act(id="a1"), place="line 3")
    assert (placed.name, placed.text("fr")) == ("a1 (line 3)", "a1 (ligne 3)")
    assert Case(Act(), place="act 2").text("fr") == "acte 2"
    assert Case(Act(id="act 2"), place="act 2").text("fr") == "act 2"
    assert Case(Act()).text("fr") == ""


def test_an_unreadable_row_tells_its_place_and_its_problems() -> None:
    row = Unreadable("line 3", (Problem("quote-open", ("kind",)), Problem("bad-date")))
    assert str(row) == (
        "line 3: kind: a quote is opened and never closed; a date or a time is not valid"
    )
    assert str(Unreadable("line 3")) == "line 3: "
