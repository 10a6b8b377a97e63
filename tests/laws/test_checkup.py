"""Checkup: what is less known is never more of a yes, and each answer shows why or wants why."""

from datetime import datetime
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import Act, Aims, Checkup, Known, Organisation, checkup, dump, parse
from cmcore.nouns.history import Case
from cmcore.policy.checking import CHECKS, QUESTIONS
from cmcore.strategies import checkups, organisations, organisations_and_moments

Asked = tuple[Organisation, datetime, Aims]
#: What may be forgotten of an organisation as a whole.
PARTS = (
    *("team", "needs", "charter", "playbook", "incidents", "requests", "desk", "history"),
    *("figures", "deeds", "objectives", "leaders", "contact", "sites"),
)
CASES = organisations_and_moments()


def _said(organisation: Organisation, at: datetime, aims: Aims) -> dict[str, Known]:
    found = checkup(organisation, at, aims=aims)
    return {check.code: check.known for answer in found.answers for check in answer.checks}


def _no_more_of_a_yes(less: dict[str, Known], more: dict[str, Known]) -> None:
    for code, known in less.items():
        if known is Known.YES:
            assert more[code] is Known.YES, code


@given(CASES, st.sets(st.sampled_from(PARTS)))
def test_what_is_not_given_leaves_an_answer_or_makes_it_unknown(
    asked: Asked, forgotten: set[str]
) -> None:
    organisation, at, aims = asked
    less = attrs.evolve(organisation, **dict.fromkeys(forgotten, None))
    before, after = _said(organisation, at, aims), _said(less, at, aims)
    _no_more_of_a_yes(after, before)
    for code, known in after.items():
        assert known in (before[code], Known.UNKNOWN), code


@given(CASES, st.data())
def test_a_fact_of_an_act_that_is_not_known_never_makes_a_yes(
    asked: Asked, data: st.DataObject
) -> None:
    organisation, at, aims = asked
    assume(organisation.history)
    rows = [_forgetful(case, data) for case in organisation.history or ()]
    less = attrs.evolve(organisation, history=rows)
    _no_more_of_a_yes(_said(less, at, aims), _said(organisation, at, aims))


def _forgetful(case: Case, data: st.DataObject) -> Case:
    names = data.draw(st.sets(st.sampled_from(("kind", "at", "text", "template", "paid", "labels"))))
    act: Act = attrs.evolve(
        case.act, **{name: {} if name == "labels" else None for name in names}
    )
    return attrs.evolve(case, act=act)


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
    return attrs.evolve(thing, **dict.fromkeys(hidden, None))


@given(CASES)
def test_every_answer_has_evidence_or_wants(asked: Asked) -> None:
    organisation, at, aims = asked
    for answer in checkup(organisation, at, aims=aims).answers:
        for check in answer.checks:
            assert bool(check.wants) == (check.known is Known.UNKNOWN)
            assert check.said or check.wants
            for language in ("en", "fr"):
                assert check.evidence(language)
                assert bool(check.advice(language)) == (check.known is not Known.YES)


@given(CASES)
def test_an_answer_is_that_of_its_checks_together(asked: Asked) -> None:
    organisation, at, aims = asked
    for answer in checkup(organisation, at, aims=aims).answers:
        found = [check.known for check in answer.checks]
        assert (answer.known is Known.YES) == all(one is Known.YES for one in found)
        assert (answer.known is Known.NO) == (Known.NO in found)


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


@given(CASES, st.sets(st.sampled_from([*QUESTIONS]), min_size=1))
def test_what_is_asked_besides_changes_no_answer(asked: Asked, some: set[str]) -> None:
    organisation, at, aims = asked
    whole = checkup(organisation, at, aims=aims)
    part = checkup(organisation, at, aims=aims, questions=some)
    assert part.answers == tuple(one for one in whole.answers if one.question in some)


def test_every_check_answers_a_question() -> None:
    assert {code for codes in QUESTIONS.values() for code in codes} == {*CHECKS}


@given(checkups())
def test_a_checkup_goes_through_files(found: Checkup) -> None:
    for form in ("json", "yaml"):
        assert parse(dump(found, format=form), Checkup, format=form) == found


@given(organisations())
def test_an_organisation_goes_through_files(organisation: Organisation) -> None:
    for form in ("json", "yaml"):
        assert parse(dump(organisation, format=form), Organisation, format=form) == organisation


@pytest.mark.parametrize("language", ["en", "fr"])
@given(checkups())
def test_a_checkup_says_everything(language: Any, found: Checkup) -> None:  # noqa: ANN401
    shown = found.text(language)
    for answer in found.answers:
        assert answer.title(language) in shown
        assert answer.text(language)
