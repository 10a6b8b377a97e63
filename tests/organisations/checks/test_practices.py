"""What is checked of good practices: when each was last done; and of objectives."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cmcore import catalog, days
from cmcore.organisations import Deed
from cmcore.organisations.checks.practices import APPROVAL, PRACTICES

Checked = Callable[..., tuple[str, str]]
TODAY = datetime(2026, 3, 4, 12, tzinfo=UTC).date()
#: How often people say that something of so many days is wanted.
FREQUENCIES = {31: "every month", 92: "every quarter", 183: "every six months", 366: "every year"}


@pytest.mark.parametrize(("code", "practices", "every"), [(c, *p) for c, p in PRACTICES.items()])
def test_a_practice_is_done_again_and_again(
    check: Checked, code: str, practices: tuple[str, ...], every: int
) -> None:
    assert check(code) == ("unknown", "missing: what was done, and when")
    assert check(code, deeds=[]) == ("no", "never, as far as is known")
    for practice in practices:
        last = Deed(practice, TODAY - days(every))
        assert check(code, deeds=[Deed(practice, TODAY - days(9999)), last])[0] == "yes"
        late = Deed(practice, last.on - days(1))
        told = f"last on {late.on}; wanted {FREQUENCIES.get(every)}"
        told = f"done on {late.on}" if code == "open access" else told
        assert check(code, deeds=[late]) == ("no", told)
        assert check(code, deeds=[Deed(practice, TODAY + days(1))])[0] == "no"


def test_practices_are_those_of_the_catalog_and_last_as_long() -> None:
    named = {name: every for names, every in PRACTICES.values() for name in names}
    named |= dict([APPROVAL])
    assert {*named} <= {*catalog.practices}
    assert all(catalog.practices[name].every == every for name, every in named.items())


def test_the_strategy_is_approved_by_those_who_direct(check: Checked) -> None:
    def approved(*by: str | None, back: int = 3) -> list[Deed]:
        return [Deed("strategy-approved", TODAY - days(back), by=who) for who in by]

    code = "strategy approved"
    assert check(code)[0] == "unknown"
    assert check(code, deeds=[])[0] == "no"
    assert check(code, deeds=approved("ana")) == (
        "unknown",
        "missing: who directs the company",
    )
    assert check(code, deeds=approved("bob", "ana"), leaders=["ana"])[0] == "yes"
    assert check(code, deeds=approved("bob"), leaders=["ana"]) == ("no", "by `bob` only")
    assert check(code, deeds=approved("bob", None), leaders=["ana"]) == (
        "unknown",
        "missing: who approved it",
    )
    assert check(code, deeds=approved("ana", back=367), leaders=["ana"])[0] == "no"


def test_objectives_are_set(check: Checked) -> None:
    assert check("objectives set") == ("unknown", "missing: the objectives")
    assert check("objectives set", objectives=["sales"]) == ("yes", "sell")
    assert check("objectives set", objectives=[]) == ("no", "none is set")
