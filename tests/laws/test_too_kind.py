"""A checkup is no kinder than what it is given, and asks of nobody what does not apply to them."""

from collections.abc import Mapping
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Act, InvalidError, Member, Message, Organisation, Role, Team, catalog, checkup
from cmcore.organisations import Aims, Checkup, Known
from cmcore.organisations.checks.run import CHECKS
from cmcore.organisations.questions import QUESTIONS
from cmcore.strategies import organisations_and_moments

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
#: Roles of the catalog that a check asks for -> what a team of one who holds it is told.
ASKED = {
    "sales": "front line",
    "customer-service": "front line",
    "communicator": "community manager",
    "ambassador": "ambassadors",
    "web-referent": "referents",
}


def _team(role: Role) -> Team:
    return Team("t", [Member("ana", roles=[role.id], skills=role.requires | {"Lyon"})], [role])


@pytest.mark.parametrize("role", ASKED)
@pytest.mark.parametrize("name", ["vendeur en boutique", "chargée de com", "x"])
def test_a_role_is_known_by_what_it_is_derived_from_whatever_it_is_called(
    role: str, name: str
) -> None:
    shared = [Act(kind="share", author="ana", at=NOW, target=Message(ours=False))]
    answers = [
        checkup(Organisation("o", team=_team(worn), history=shared, sites=["Lyon"]), NOW)
        for worn in (catalog.roles[role].role, catalog.roles[role].named(name))
    ]
    own, derived = (found.check(ASKED[role]) for found in answers)
    assert own.known is derived.known is Known.YES
    assert own.told == derived.told
    for code in ("core roles", "departments", "front line"):
        assert answers[0].check(code).known is answers[1].check(code).known


@pytest.mark.parametrize(
    ("target", "known"),
    [
        (Message(ours=False), Known.YES),
        (Message(ours=True), Known.NO),
        (Message(), Known.UNKNOWN),
        (None, Known.UNKNOWN),
    ],
)
def test_what_is_passed_on_is_of_others_only_if_that_is_known(
    target: Message | None, known: Known
) -> None:
    act = Act(kind="share", at=NOW, target=target)
    found = checkup(Organisation("o", history=[act]), NOW, aims=Aims(least=1)).check("sharing")
    assert found.known is known


#: What may be said not to apply: a check, or a whole question.
SAID = st.dictionaries(
    st.sampled_from(sorted([*CHECKS, *QUESTIONS])), st.just("we sell nothing"), max_size=4
)


def _codes(found: Checkup) -> dict[tuple[str, str], Known]:
    return {(a.question, c.code): c.known for a in found.answers for c in a.checks}


@settings(max_examples=20)
@given(organisations_and_moments(), SAID)
def test_what_does_not_apply_is_said_with_its_reason_and_changes_nothing_else(
    asked: tuple[Organisation, datetime, Aims], said: Mapping[str, str]
) -> None:
    given, at, aims = asked
    whole = attrs.evolve(given, not_applicable={})
    before = checkup(whole, at, aims=aims)
    after = checkup(attrs.evolve(whole, not_applicable=said), at, aims=aims)
    known, meant = _codes(before), _codes(after)
    for (question, code), answer in meant.items():
        if {question, code} & said.keys():
            assert answer is Known.MOOT
            if code in said:
                assert after.check(code).told == {"reason": said[code]}
        else:
            assert answer is known[question, code]
    counted = [one for one in after.answers if one.known is not Known.MOOT]
    assert all(any(check.known is one.known for check in one.checks) for one in counted)
    assert {one.question for one in after.of("moot")} >= {q for q in said if q in QUESTIONS}


def test_a_town_hall_has_no_sales_and_no_shop_of_returns() -> None:
    reason = "a town hall sells nothing"
    hall = Organisation(
        "hall", team=_team(Role("x")), not_applicable={"departments": reason, "004.4": reason}
    )
    found = checkup(hall, NOW)
    assert found.check("departments").known is Known.MOOT
    assert reason in found.check("departments").evidence()
    assert reason in str(found)
    assert [one.question for one in found.of("moot")] == ["004.4"]
    assert found.check("reports made").known is Known.UNKNOWN  # 004.2 asks it too


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"departements": "x"}, "did you mean `departments`?"),
        ({"004.4 ": "x"}, "did you mean `004.4`"),
        ({"departments": " "}, "say why it does not apply"),
    ],
)
def test_what_does_not_apply_is_something_that_is_asked_and_has_a_reason(
    said: dict[str, str], told: str
) -> None:
    with pytest.raises(InvalidError) as raised:
        Organisation("o", not_applicable=said)
    (problem,) = raised.value.problems
    assert problem.path == ("not_applicable", *said)
    assert told in str(problem)
