"""What is checked of what was published: promotion, templates, cadence, what is passed on."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cmcore import Act, Message, days, hours
from cmcore.charters import Unreadable
from cmcore.organisations import Aims
from cmcore.organisations.checks._acts import CHECKS

Checked = Callable[..., tuple[str, str]]
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ONE = Aims(least=1)


def _act(back: float | None = 1, kind: str | None = "publish", **told: Any) -> Act:  # noqa: ANN401
    return Act(kind=kind, at=None if back is None else NOW - hours(1) * back, **told)


def _label(*, promotional: bool, **told: Any) -> Act:  # noqa: ANN401
    return _act(labels={"promotional": promotional}, **told)


@pytest.mark.parametrize("code", CHECKS)
def test_nothing_is_known_of_a_history_that_is_not_given(check: Checked, code: str) -> None:
    assert check(code) == ("unknown", "missing: what was published")
    assert check(code, history=[])[0] == ("no" if code == "cadence" else "unknown")


# ------------------------------------------------------------------------------------- promotion


def test_little_is_direct_promotion(check: Checked) -> None:
    fine, loud = _label(promotional=False), _label(promotional=True)
    code = "little promotion"
    assert check(code, history=[*[fine] * 8, loud, loud]) == ("yes", "2 of 10 (20.0%; aim 20.0%)")
    assert check(code, history=[*[fine] * 7, *[loud] * 3])[0] == "no"
    assert check(code, history=[fine]) == (
        "unknown",
        "only 1 known, 10 needed; missing: the label `promotional` of some acts",
    )
    replies = [_act(kind="reply", labels={"promotional": True})] * 20
    assert check(code, history=[*[fine] * 10, *replies])[0] == "yes"


def test_without_a_label_what_is_paid_for_is_promotion(check: Checked) -> None:
    paid, free = _act(paid=True), _act(paid=False)
    assert check("little promotion", ONE, history=[paid])[0] == "no"
    said = _act(paid=True, labels={"promotional": False})
    assert check("little promotion", ONE, history=[said])[0] == "yes"
    assert check("little promotion", ONE, history=[free])[0] == "unknown"


@pytest.mark.parametrize(
    "unsure",
    [
        [_act()] * 3,
        [_act(None)] * 3,
        [_act(kind=None, labels={"promotional": False})] * 3,
        [Unreadable("line 1")] * 3,
    ],
)
def test_what_is_not_known_may_be_promotion(check: Checked, unsure: list[Any]) -> None:
    fine = [_label(promotional=False)] * 10
    assert check("little promotion", history=fine)[0] == "yes"
    found, told = check("little promotion", history=[*fine, *unsure])
    assert (found, told.partition(";")[0]) == (
        "unknown",
        "0 of 13 for sure, 3 not known (aim 20.0%)",
    )


def test_old_acts_are_not_looked_at_unless_all_are(check: Checked) -> None:
    old = [_act(24 * 93, labels={"promotional": True})] * 10
    undated = [_act(None, labels={"promotional": True})] * 10
    fine = [_label(promotional=False)] * 10
    assert check("little promotion", history=[*fine, *old])[0] == "yes"
    assert check("little promotion", Aims(back=None), history=[*fine, *old])[0] == "no"
    assert check("little promotion", Aims(back=None), history=[*fine, *undated])[1] == (
        "10 of 20 (50.0%; aim 20.0%)"
    )


# ------------------------------------------------------------------------------------- templates


def test_words_are_not_always_the_same(check: Checked) -> None:
    said = [_act(text=f"Come and see us number{n} at noon today") for n in range(9)]
    assert check("own words", Aims(template=0.5), history=[*said, *[_act(text="Hello")] * 9]) == (
        "yes",
        "“and see us number0 at”: 1 of 18 (5.6%; aim 50.0%)",
    )
    same = [_act(text=f"Hello {n}, your call is important to us") for n in range(10)]
    assert check("own words", history=same) == (
        "no",
        "“call is important to us”: 10 of 10 (100.0%; aim 20.0%)",
    )


def test_case_and_accents_do_not_hide_a_template(check: Checked) -> None:
    loud = [
        _act(text="VOTRE APPEL EST TRÈS IMPORTANT"),
        _act(text="votre appel est tres important"),
    ]
    assert check("own words", ONE, history=loud)[0] == "no"


def test_short_texts_have_no_template(check: Checked) -> None:
    assert check("own words", ONE, history=[_act(text="Thanks a lot")] * 3) == (
        "yes",
        "0 of 3 (0.0%; aim 20.0%)",
    )


def test_a_template_that_is_named_tells_where_no_text_does(check: Checked) -> None:
    assert check("own words", ONE, history=[_act(template="a")] * 3) == (
        "no",
        "“a”: 3 of 3 (100.0%; aim 20.0%)",
    )
    various = [_act(template=name) for name in "abcdef"]
    assert check("own words", ONE, history=various)[0] == "unknown"
    words = [_act(text="Thanks a lot", template="a")] * 3
    assert check("own words", ONE, history=words)[0] == "yes"


def test_texts_that_are_not_known_may_be_the_same(check: Checked) -> None:
    texts = [_act(text=f"Number{n} says it in other words") for n in range(5)]
    aims = Aims(least=1, template=0.9)
    assert check("own words", aims, history=texts)[1] == (
        "“says it in other words”: 5 of 5 (100.0%; aim 90.0%)"
    )
    aims = Aims(least=1, template=0.5)
    unsure = [_act(text="Hello"), _act(text="Come and see us here today"), *[_act()] * 2]
    found, told = check("own words", aims, history=unsure)
    assert found == "unknown"
    assert told.startswith("“and see us here today”: 1 of 4 for sure, 2 not known")


# --------------------------------------------------------------------------------------- cadence


def test_something_is_published_nearly_every_day(check: Checked) -> None:
    daily = [_act(24 * n) for n in range(1, 29)]
    assert check("cadence", history=daily) == ("yes", "28 of the last 28 days (aim 80.0%)")
    assert check("cadence", history=daily[:23])[0] == "yes"
    assert check("cadence", history=daily[:22]) == ("no", "22 of the last 28 days (aim 80.0%)")
    assert check("cadence", history=[*daily[:22], *daily[:22]])[0] == "no"
    replies = [_act(24 * n, "reply") for n in range(1, 29)]
    assert check("cadence", history=replies)[0] == "no"


def test_today_is_not_over(check: Checked) -> None:
    aims = Aims(recent=days(2), daily=1)
    assert check("cadence", aims, history=[_act(1), _act(24)])[0] == "no"
    assert check("cadence", aims, history=[_act(24), _act(48)])[0] == "yes"


@pytest.mark.parametrize("unsure", [_act(None), _act(24 * 25, None), Unreadable("line 1")])
def test_a_day_or_a_kind_that_is_not_known_may_be_the_one_that_lacks(
    check: Checked, unsure: Act | Unreadable
) -> None:
    daily = [_act(24 * n) for n in range(1, 23)]
    assert check("cadence", history=[*daily, unsure])[0] == "unknown"


def test_days_are_those_of_the_zone(check: Checked) -> None:
    night = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    posts = [Act(kind="publish", at=night)]
    aims = Aims(recent=days(1), daily=1)
    assert check("cadence", aims, history=posts)[0] == "yes"
    assert check("cadence", aims, history=posts, zone="Europe/Paris")[0] == "no"


# --------------------------------------------------------------------------------------- sharing


def test_what_others_publish_is_passed_on(check: Checked) -> None:
    posts = [_act()] * 10
    theirs = Act(kind="share", at=NOW, target=Message(ours=False))
    assert check("sharing", history=[*posts, theirs]) == ("yes", "1 time")
    assert check("sharing", history=posts) == ("no", "never in 10 acts")
    assert check("sharing", history=posts[:9])[0] == "unknown"
    assert check("sharing", history=[*posts, _act(kind=None)]) == (
        "unknown",
        "missing: the kinds of some acts, or whose posts were shared",
    )


def test_passing_on_our_own_posts_is_no_sharing(check: Checked) -> None:
    ours = Act(kind="share", at=NOW, target=Message(ours=True))
    aims = Aims(least=1)
    assert check("sharing", aims, history=[ours])[0] == "no"
    theirs = Act(kind="share", at=NOW, target=Message(ours=False))
    assert check("sharing", aims, history=[ours, theirs]) == ("yes", "1 time")
    assert check("sharing", aims, history=[ours, Act(kind="share", at=NOW)])[0] == "unknown"
