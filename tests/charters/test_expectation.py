from datetime import timedelta
from typing import Any

import pytest

from cmcore import Charter, InvalidError, Label, catalog
from cmcore.charters import Expectation, Proportion, Rate, Term
from cmcore.time import WorkingDays

AN_HOUR = timedelta(hours=1)
WEEKLY = Rate(2, "week")
FIFTH = Proportion(0.2, "month")


def refused(**said: object) -> set[tuple[str, str]]:
    """Return the places and codes of the problems of an expectation."""
    with pytest.raises(InvalidError) as error:
        Expectation(**{"id": "x", "of": "publish", **said})  # type: ignore[arg-type]
    return {(str(problem.path[-1]) if problem.path else "", problem.code)
            for problem in error.value.problems}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "place", "code"),
    [
        ({}, "", "expects-nothing"),
        ({"at_least": WEEKLY, "at_most": WEEKLY}, "", "expects-twice"),
        ({"at_least": "2 per week"}, "at_least", "wrong-class"),
        ({"at_least": Rate(2, AN_HOUR)}, "at_least", "not-of-calendar"),
        ({"at_most": Rate(2, None)}, "at_most", "not-of-calendar"),
        ({"at_most": Rate(2, AN_HOUR), "on": "sun"}, "on", "not-of-calendar"),
        ({"at_least": Rate(0, "week")}, "at_least", "bad-count"),
        ({"at_least": WEEKLY, "among": "any"}, "among", "no-share"),
        ({"at_most": FIFTH}, "among", "share-of-nothing"),
        ({"at_most": FIFTH, "among": "publish"}, "among", "share-of-itself"),
        ({"at_most": Proportion(1, "week"), "among": "any"}, "at_most", "bound-never-missed"),
        ({"at_least": Proportion(0, "week"), "among": "any"}, "at_least", "bound-never-missed"),
        ({"after": "delete"}, "within", "after-at-any-time"),
        ({"after": "delete", "within": timedelta(0)}, "within", "duration-not-positive"),
        ({"after": "publish", "within": AN_HOUR}, "after", "after-itself"),
        ({"after": "delete", "within": AN_HOUR, "among": "any"}, "among", "not-after-acts"),
        ({"after": "delete", "within": AN_HOUR, "on": "sun"}, "on", "not-after-acts"),
        ({"after": "delete", "within": AN_HOUR, "at_most": WEEKLY}, "", "expects-twice"),
        ({"before": "publish"}, "before", "before-itself"),
        ({"before": "delete", "within": -AN_HOUR}, "within", "duration-not-positive"),
        ({"before": "delete", "within": WorkingDays(1)}, "within", "working-days-back"),
        ({"before": "x", "by": AN_HOUR, "within": WorkingDays(1)}, "within", "working-days-back"),
        ({"before": "delete", "during": "Mon-Fri"}, "during", "stands-alone"),
        ({"after": "delete", "during": "Mon-Fri"}, "within", "after-at-any-time"),
        ({"before": "launch", "by": timedelta(0)}, "by", "duration-not-positive"),
        ({"before": "launch", "by": AN_HOUR, "within": AN_HOUR}, "within", "before-in-no-time"),
        ({"before": "x", "by": AN_HOUR, "within": -AN_HOUR}, "within", "duration-not-positive"),
        ({"before": "launch", "by": AN_HOUR, "on": "sun"}, "on", "not-after-acts"),
        ({"before": "launch", "by": AN_HOUR, "same": "link"}, "same", "stands-alone"),
        ({"before": "launch", "after": "delete"}, "", "expects-twice"),
        ({"at_most": WEEKLY, "by": AN_HOUR}, "by", "stands-alone"),
        ({"at_most": WEEKLY, "within": AN_HOUR}, "within", "stands-alone"),
        ({"at_most": WEEKLY, "same": "link"}, "same", "stands-alone"),
        ({"at_least": WEEKLY, "of": 3}, "of", "wrong-value"),
        ({"at_least": WEEKLY, "id": " x"}, "id", "bad-id"),
    ],
)
def test_what_could_not_be_judged_is_refused(said: dict[str, Any], place: str, code: str) -> None:
    assert (place, code) in refused(**said)


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = refused(at_least=Rate(0, AN_HOUR), among="any")
    assert {code for _, code in found} == {"bad-count", "no-share", "not-of-calendar"}


@pytest.mark.parametrize("part", [-0.1, 1.1, float("nan")])
def test_a_share_lies_between_none_and_all(part: float) -> None:
    with pytest.raises(InvalidError):
        Proportion(part, "week")


@pytest.mark.parametrize(
    ("part", "text"),
    [(0.2, "20 % per week"), (1, "100 % per week"), (0.333, "33.3 % per week"),
     (0.0, "0 % per week"), (0.005, "0.5 % per week"), (1e-7, "0.00001 % per week")],
)  # fmt: skip
def test_a_share_is_written_as_it_is_read(part: float, text: str) -> None:
    assert str(Proportion(part, "week")) == text


def test_an_expectation_is_of_a_kind_of_act_or_of_a_count() -> None:
    with pytest.raises(InvalidError) as error:
        Charter(
            "shop",
            circuits=[catalog.circuits["owner"]],
            default="owner",
            expectations=[
                Expectation("a", of="publsh", at_least=WEEKLY),
                Expectation("a", of="publish", among="posts", at_most=FIFTH),
                Expectation("b", of="publish", before="lunch", by=AN_HOUR),
                Expectation("c", of="publish", before="launch"),
                Expectation("d", of="publish", before="delete", by=AN_HOUR),
                Expectation("e", of="publish", before="delte"),
                Expectation("f", of="publish", before="delete", same=["lnik", "campaign"]),
                Expectation("g", of="publish", after="delete", within=AN_HOUR, same="score"),
                Expectation("h", of="publish", after="delete", within=WorkingDays(1)),
            ],
            labels={"campaign": Label("symbol"), "score": Label("number")},
            events=["launch"],
        )
    problems = {problem.path: problem for problem in error.value.problems}
    assert problems["expectations", 0, "of"].code == "unknown-act-kind"
    assert problems["expectations", 1, "among"].code == "unknown-act-kind"
    assert problems["expectations", 1].code == "duplicate-id"
    assert problems["expectations", 2, "before"].code == "unknown-charter-event"
    assert "did you mean `launch`?" in str(problems["expectations", 2, "before"])
    assert problems["expectations", 3, "by"].code == "before-at-any-time"
    assert problems["expectations", 4, "by"].code == "times-before-acts"
    assert "did you mean `delete`?" in str(problems["expectations", 5, "before"])
    assert "did you mean `link`?" in str(problems["expectations", 6, "same"])
    assert problems["expectations", 7, "same"].code == "not-a-choice"
    assert problems["expectations", 8, "within"].code == "working-days-without-calendar"
    assert len(problems) == 10


def test_what_it_is_about_is_told_by_its_bound() -> None:
    share = Expectation("x", of="publish", among="any", at_most=FIFTH, term=Term())
    cap = Expectation("x", of="publish", at_most=Rate(3, AN_HOUR))
    assert (str(share.unit), share.window, share.count, str(share.share)) == (
        "month",
        None,
        0,
        "1/5",
    )
    assert (cap.unit, cap.window, cap.count, cap.share) == (None, AN_HOUR, 3, None)
    duty = Expectation("x", of="publish", after="delete", within=AN_HOUR, same=["topic", "link"])
    assert (duty.unit, duty.window, duty.count, duty.share, duty.bound) == (
        None, None, 0, None, None)  # fmt: skip
    assert duty.same == ("link", "topic")
