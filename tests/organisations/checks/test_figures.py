"""What is checked of figures by day: followers that were bought, and what is measured."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cmcore import days
from cmcore.organisations import Aims, Figures

Checked = Callable[..., tuple[str, str]]
TODAY = datetime(2026, 3, 4, 12, tzinfo=UTC).date()
CODE = "no bought followers"


def _rows(  # noqa: PLR0913 - each is named
    count: int = 30,
    *,
    jump: int = 0,
    gain: int = 5,
    start: int = 1000,
    before: int | None = 10,
    after: int | None = 10,
    network: str = "x",
) -> list[Figures]:
    """Return counts by day, with a growth of `jump` in the middle."""
    middle = count // 2
    return [
        Figures(
            TODAY - days(count - 1 - n),
            network,
            followers=start + gain * n + (jump if n >= middle else 0),
            engagement=after if n >= middle else before,
        )
        for n in range(count)
    ]


def test_nothing_is_known_of_figures_that_are_not_given(check: Checked) -> None:
    told = ("unknown", "missing: figures by day")
    assert check(CODE) == told
    assert check(CODE, figures=[]) == told
    assert check("engagement measured") == told
    assert check("engagement measured", figures=[]) == ("no", "nothing was counted lately")


def test_followers_that_come_little_by_little_are_not_bought(check: Checked) -> None:
    assert check(CODE, figures=_rows()) == ("yes", "no such growth in 30 counts")


def test_many_followers_at_once_who_do_nothing_are_bought(check: Checked) -> None:
    assert check(CODE, figures=_rows(jump=5000)) == (
        "no",
        "many followers and no more engagement: `x, 2026-02-18`",
    )
    fine = _rows(network="y")
    assert check(CODE, figures=[*fine, *_rows(jump=5000)])[0] == "no"


def test_many_followers_at_once_who_take_part_are_not(check: Checked) -> None:
    assert check(CODE, figures=_rows(jump=1000, after=20))[0] == "yes"
    assert check(CODE, figures=_rows(jump=1000, after=14))[0] == "no"


def test_growth_stands_out_against_the_usual_one_and_the_number_of_followers(
    check: Checked,
) -> None:
    assert check(CODE, figures=_rows(jump=94))[0] == "yes"
    assert check(CODE, figures=_rows(jump=200))[0] == "no"
    assert check(CODE, figures=_rows(jump=200, gain=60))[0] == "yes"
    assert check(CODE, Aims(jump=0.5), figures=_rows(jump=200))[0] == "yes"


@pytest.mark.parametrize(("after", "known"), [(10, "yes"), (0, "no")])
def test_the_first_followers_are_not_bought_when_they_take_part(
    check: Checked, after: int, known: str
) -> None:
    rows = _rows(start=0, gain=0, jump=500, before=0, after=after)
    assert check(CODE, figures=rows)[0] == known


def test_without_engagement_nobody_can_tell(check: Checked) -> None:
    for rows in (_rows(jump=5000, before=None), _rows(jump=5000, after=None)):
        assert check(CODE, figures=rows) == (
            "unknown",
            "many followers at once: `x, 2026-02-18`; missing: engagement around those days",
        )
    assert check(CODE, figures=_rows(jump=5000)[8:])[0] == "no"
    assert check(CODE, figures=_rows(jump=5000)[9:])[0] == "unknown"


def test_few_counts_or_days_that_lack_prove_nothing(check: Checked) -> None:
    want = ("unknown", "missing: followers, every day, for longer")
    rows = _rows()
    assert check(CODE, figures=rows[3:]) == want
    assert check(CODE, figures=[*rows[:9], *rows[10:]]) == want
    blind = [Figures(rows[9].on, "x", engagement=3)]
    assert check(CODE, figures=[*rows[:9], *blind, *rows[10:]]) == want
    assert check(CODE, Aims(counts=1), figures=rows[:1])[0] == "yes"


def test_old_figures_are_not_looked_at_unless_all_are(check: Checked) -> None:
    old = [Figures(TODAY - days(92), "x", engagement=3)]
    assert check("engagement measured", figures=old)[0] == "no"
    assert check("engagement measured", Aims(back=None), figures=old)[0] == "yes"
    later = [Figures(TODAY + days(1), "x", engagement=3)]
    assert check("engagement measured", figures=later)[0] == "no"


def test_more_is_measured_than_followers(check: Checked) -> None:
    assert check("engagement measured", figures=_rows()) == ("yes", "engagement, followers")
    counted = [Figures(TODAY, "x", followers=3)]
    assert check("engagement measured", figures=counted) == ("no", "followers")


def test_what_networks_bring_is_counted_where_sales_are_an_objective(check: Checked) -> None:
    code, rows = "returns measured", _rows()
    assert check(code)[0] == "unknown"
    assert check(code, objectives=["notoriety"], figures=rows)[0] == "moot"
    assert check(code, objectives=["sales"])[0] == "unknown"
    assert check(code, objectives=["sales"], figures=rows)[0] == "no"
    for counted in (Figures(TODAY, "y", orders=0), Figures(TODAY, "y", revenue=1200)):
        assert check(code, objectives=["sales"], figures=[*rows, counted])[0] == "yes"
