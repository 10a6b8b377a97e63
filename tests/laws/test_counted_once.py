"""Counted once: no act makes a promise, or breaks one, by being counted again."""

from collections.abc import Callable, Sequence

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, InvalidError
from cmcore.base.errors import Problem
from cmcore.charters import Case, Unreadable
from cmcore.labellers import (
    Agreement,
    Calibration,
    Surveillance,
    agreement,
    by_function,
    calibrate,
    spot_checks,
    watch,
)

DIGITS = by_function("x", lambda act: float(act.text or ""), version="1")
FOG = [Act(id=f"fog {n}", text="0", labels={"x": False}) for n in range(200)]
FOUND = calibrate(DIGITS, FOG, risk={"no": 0.05})
#: A calibration that does not say on how many acts it was made: any examples may be its own.
BARE = attrs.evolve(FOUND, acts=0, curves=())

#: What counts acts, by what its argument is called.
COUNTING: dict[str, Callable[[Sequence[Act | Case | Unreadable]], object]] = {
    "labelled": lambda acts: calibrate(DIGITS, acts, risk=0.1),
    "history": lambda acts: watch(FOUND, DIGITS, acts),
    "examples": lambda acts: watch(BARE, DIGITS, [], examples=acts),
    "one": lambda acts: agreement(acts, []),
    "other": lambda acts: agreement([], acts),
}
every = pytest.mark.parametrize("name", COUNTING)


def problems_of(name: str, acts: Sequence[Act | Case | Unreadable]) -> tuple[Problem, ...]:
    """Return why some acts cannot be counted."""
    try:
        COUNTING[name](acts)
    except InvalidError as failure:
        return failure.problems
    return ()


@every
@example(["a", "b", "a", "a"])
@given(st.lists(st.sampled_from(["a", "b", "c", None]), max_size=6))
def test_an_id_that_comes_again_is_refused_wherever_acts_are_counted(
    name: str, ids: list[str | None]
) -> None:
    acts = [Act(id=id_, text=str(n), labels={"x": False}) for n, id_ in enumerate(ids)]
    again = [(name, n) for n, id_ in enumerate(ids) if id_ is not None and id_ in ids[:n]]
    assert [one.path for one in problems_of(name, acts)] == again
    assert [one.path for one in problems_of(name, [Case(act) for act in acts])] == again


def test_what_is_shown_to_a_person_next_is_shown_once() -> None:
    with pytest.raises(InvalidError, match="history\\[1\\]: the id `a` is used more than once"):
        spot_checks(FOUND, DIGITS, [Act(id="a", text="0"), Act(id="a", text="0")])


@every
def test_all_that_cannot_be_counted_is_told_at_once(name: str) -> None:
    lost = Unreadable("line 3", (Problem.of("empty-row"),))
    acts: list[object] = [FOG[0], "fog", Act(labels={"x": False}), lost, 7, FOG[0]]
    codes = [one.code for one in problems_of(name, acts)]  # type: ignore[arg-type]
    unread = [] if name == "history" else ["empty-row"]
    assert sorted(codes) == sorted([*unread, "wrong-class", "wrong-class", "duplicate-id"])


@given(st.lists(st.sampled_from("0129"), max_size=8), st.booleans())
def test_acts_without_an_id_that_show_the_same_are_told(
    texts: list[str],
    labelled: bool,  # noqa: FBT001 - drawn
) -> None:
    acts = [Act(text=text, labels={"x": labelled}) for text in texts]
    named = [Act(id=str(n), text=text, labels={"x": labelled}) for n, text in enumerate(texts)]
    for many, count in ((acts, len(texts) - len(set(texts))), (named, 0)):
        found: list[Calibration | Surveillance] = [
            calibrate(DIGITS, many, risk=0.1),
            watch(FOUND, DIGITS, many),
        ]
        for one in found:
            assert one.twins == count
            assert ("counts twice" in str(one)) is (count > 0)


def test_what_one_person_says_of_an_act_without_an_id_is_one_thing() -> None:
    said = [Act(text="fog", labels={"x": says}) for says in (True, False)]
    problems = problems_of("one", [said[0], said[0], Act(text="fog", labels={"y": True}), said[1]])
    assert [(one.code, one.path) for one in problems] == [("label-disputed", ("one", "fog", "x"))]
    both = agreement([said[0], Act(text="fog", labels={"y": True})], [said[0], said[0]])
    assert both == agreement([Act(text="fog", labels={"x": True, "y": True})], [said[0]])
    assert isinstance(both, Agreement)
