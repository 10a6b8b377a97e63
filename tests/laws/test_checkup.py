"""Checkup: what is less known is never more of a yes, and each answer shows why or wants why."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Act, Organisation, checkup, days, dump, hours, parse
from cmcore.organisations import Aims, Checkup, Figures, Known
from cmcore.organisations.checks.run import CHECKS
from cmcore.organisations.questions import QUESTIONS
from cmcore.strategies import checkups, organisations, organisations_and_moments

Asked = tuple[Organisation, datetime, Aims]
#: What may be forgotten of an organisation as a whole.
PARTS = (
    *("team", "needs", "charter", "playbook", "incidents", "requests", "desk", "history"),
    *("figures", "deeds", "objectives", "leaders", "contact", "sites"),
)
CASES = organisations_and_moments()
SOME = settings(max_examples=30)


def _said(
    organisation: Organisation, at: datetime, aims: Aims, questions: Iterable[str] | None = None
) -> dict[str, Known]:
    found = checkup(organisation, at, aims=aims, questions=questions)
    return {check.code: check.known for answer in found.answers for check in answer.checks}


def _no_more_of_a_yes(less: dict[str, Known], more: dict[str, Known]) -> None:
    for code, known in less.items():
        if known is Known.YES:
            assert more[code] is Known.YES, code


def _without(thing: Any, names: Iterable[str]) -> Any:  # noqa: ANN401 - any value
    """Return the same, of which something is not known."""
    return attrs.evolve(thing, **dict.fromkeys(names, None))


@given(CASES, st.sets(st.sampled_from(PARTS)))
def test_what_is_not_given_leaves_an_answer_or_makes_it_unknown(
    asked: Asked, forgotten: set[str]
) -> None:
    organisation, at, aims = asked
    less = _without(organisation, forgotten)
    before, after = _said(organisation, at, aims), _said(less, at, aims)
    _no_more_of_a_yes(after, before)
    for code, known in after.items():
        assert known in (before[code], Known.UNKNOWN), code


NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
FEW = Aims(least=1, counts=2, recent=days(2))
#: Acts of the last days: few kinds, few texts, so that shares come near what is aimed at.
ROWS = st.builds(
    lambda back, kind, label, **told: Act(
        at=None if back is None else NOW - hours(back),
        kind=kind,
        labels={} if label is None else {"promotional": label},
        **told,
    ),
    back=st.sampled_from((1, 20, 30, 44, 50, None)),
    kind=st.sampled_from(("publish", "publish", "publish", "reply", "share", None)),
    label=st.sampled_from((False, True, None)),
    paid=st.sampled_from((False, True, None)),
    text=st.sampled_from(("we open at ten and close", "come and see us here today", "hi", None)),
    template=st.sampled_from(("a", "b", None)),
)
FACTS = st.sets(st.sampled_from(("kind", "at", "text", "template", "paid", "labels")), min_size=1)
ACTED = ("001.9", "002.5", "003.5", "003.8")


@settings(max_examples=300)
@given(
    st.lists(st.tuples(ROWS, st.just(frozenset[str]()) | FACTS), min_size=1, max_size=6),
    st.integers(0, 10),
)
def test_a_fact_of_an_act_that_is_not_known_never_makes_a_yes(
    rows: list[tuple[Act, set[str]]], tenths: int
) -> None:
    aims = attrs.evolve(FEW, promotion=tenths / 10, template=tenths / 10, daily=tenths / 10)
    whole = Organisation("o", history=[act for act, _ in rows])
    less = Organisation("o", history=[_forgetful(act, names) for act, names in rows])
    _no_more_of_a_yes(_said(less, NOW, aims, ACTED), _said(whole, NOW, aims, ACTED))


def _forgetful(act: Act, names: set[str]) -> Act:
    changes: dict[str, Any] = {name: {} if name == "labels" else None for name in names}
    return attrs.evolve(act, **changes)


#: The day on which a network grew, and its engagement a day before and after.
COUNTS = st.tuples(st.integers(1, 17), st.sampled_from((0, 5, 50)), st.sampled_from((0, 5, 50)))


@settings(max_examples=150)
@given(COUNTS, st.data())
def test_a_figure_that_is_not_known_never_makes_a_yes(
    counts: tuple[int, int, int], data: st.DataObject
) -> None:
    day, before, after = counts
    rows = [
        Figures(
            NOW.date() - days(17 - n),
            "x",
            followers=100 + n + 300 * (n >= day),
            engagement=after if n >= day else before,
        )
        for n in range(18)
    ]
    hidden = data.draw(st.sets(st.integers(0, 17), min_size=1, max_size=3))
    less = [
        _blurred(one, ("followers", "engagement"), data) if n in hidden else one
        for n, one in enumerate(rows)
    ]
    asked = ("001.7", "004.2")
    whole, part = Organisation("o", figures=rows), Organisation("o", figures=less)
    _no_more_of_a_yes(_said(part, NOW, FEW, asked), _said(whole, NOW, FEW, asked))


@given(CASES, st.data())
def test_a_trait_or_a_figure_that_is_not_known_never_makes_a_yes(
    asked: Asked, data: st.DataObject
) -> None:
    organisation, at, aims = asked
    changes: dict[str, Any] = {}
    if organisation.team is not None:
        members = [_blurred(one, ("trade", "age", "level", "contract"), data)
                   for one in organisation.team.members]  # fmt: skip
        changes["team"] = attrs.evolve(organisation.team, members=members)
    if organisation.figures is not None:
        changes["figures"] = [_blurred(one, ("followers", "engagement", "reach"), data)
                              for one in organisation.figures]  # fmt: skip
    if organisation.deeds is not None:
        changes["deeds"] = [_blurred(one, ("by",), data) for one in organisation.deeds]
    less = attrs.evolve(organisation, **changes)
    _no_more_of_a_yes(_said(less, at, aims), _said(organisation, at, aims))


def _blurred(thing: Any, names: tuple[str, ...], data: st.DataObject) -> Any:  # noqa: ANN401
    hidden = data.draw(st.sets(st.sampled_from(names)))
    return _without(thing, hidden)


@SOME
@given(CASES)
def test_every_answer_has_evidence_or_wants(asked: Asked) -> None:
    organisation, at, aims = asked
    for answer in checkup(organisation, at, aims=aims).answers:
        for check in answer.checks:
            assert bool(check.wants) == (check.known is Known.UNKNOWN)
            assert check.said or check.wants
            for language in ("en", "fr"):
                assert check.evidence(language)
                has_advice = check.known not in {Known.YES, Known.MOOT}
                assert bool(check.advice(language)) == has_advice


@SOME
@given(CASES)
def test_an_answer_is_that_of_its_checks_together(asked: Asked) -> None:
    organisation, at, aims = asked
    for answer in checkup(organisation, at, aims=aims).answers:
        found = {check.known for check in answer.checks}
        # what does not apply is left aside, and alone it is the answer
        assert (answer.known is Known.MOOT) == (found == {Known.MOOT})
        assert (answer.known is Known.YES) == (found - {Known.MOOT} == {Known.YES})
        assert (answer.known is Known.NO) == (Known.NO in found)


@SOME
@given(CASES, st.randoms())
def test_the_order_of_what_is_given_does_not_matter(asked: Asked, random: Any) -> None:  # noqa: ANN401
    organisation, at, aims = asked
    shuffled = {
        name: random.sample(many, len(many))
        for name in ("incidents", "history", "figures", "deeds", "unread")
        if (many := getattr(organisation, name)) is not None
    }
    other = attrs.evolve(organisation, **shuffled)
    assert checkup(other, at, aims=aims) == checkup(organisation, at, aims=aims)


@SOME
@given(CASES, st.sets(st.sampled_from([*QUESTIONS]), min_size=1))
def test_what_is_asked_besides_changes_no_answer(asked: Asked, some: set[str]) -> None:
    organisation, at, aims = asked
    whole = checkup(organisation, at, aims=aims)
    part = checkup(organisation, at, aims=aims, questions=some)
    assert part.answers == tuple(one for one in whole.answers if one.question in some)


def test_every_check_answers_a_question() -> None:
    assert {code for codes in QUESTIONS.values() for code in codes} == {*CHECKS}


@SOME
@given(checkups())
def test_a_checkup_goes_through_files(found: Checkup) -> None:
    for form in ("json", "yaml"):
        assert parse(dump(found, format=form), Checkup, format=form) == found


@SOME
@given(organisations())
def test_an_organisation_goes_through_files(organisation: Organisation) -> None:
    for form in ("json", "yaml"):
        assert parse(dump(organisation, format=form), Organisation, format=form) == organisation


@pytest.mark.parametrize("language", ["en", "fr"])
@SOME
@given(checkups())
def test_a_checkup_says_everything(language: Any, found: Checkup) -> None:  # noqa: ANN401
    shown = found.text(language)
    for answer in found.answers:
        assert answer.title(language) in shown
        assert answer.text(language)
