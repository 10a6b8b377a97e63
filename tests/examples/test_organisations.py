"""The florist and the town hall: what the page says of them is so."""

from datetime import datetime
from pathlib import Path
from typing import Final

import attrs
import pytest

from cmcore import Member, Organisation, Team, checkup, read
from cmcore.organisations import Known

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
AT: Final = datetime.fromisoformat("2026-03-02T09:00+01:00")
FLORIST: Final = read(EXAMPLES / "florist/organisation.yaml", Organisation)
TOWN_HALL: Final = read(EXAMPLES / "town-hall/organisation.yaml", Organisation)


def _known(organisation: Organisation, *codes: str) -> dict[str, Known]:
    found = checkup(organisation, AT)
    return {code: found.check(code).known for code in codes}


def test_the_intern_of_the_florist_is_alone_until_somebody_is_beside_him() -> None:
    assert _known(FLORIST, "interns supervised") == {"interns supervised": Known.NO}
    team = FLORIST.team
    assert team is not None
    rose = team.member("rose")
    more = {"communicator", "enthusiast"}
    beside = attrs.evolve(rose, roles=rose.roles | more, skills=rose.skills | {"networks"})
    mended = attrs.evolve(FLORIST, team=team.with_member(beside))
    assert _known(mended, "interns supervised") == {"interns supervised": Known.YES}


def test_roles_under_their_own_names_are_known_by_what_they_are_based_on() -> None:
    assert _known(FLORIST, "front line") == {"front line": Known.YES}
    codes = ("community manager", "front line", "single contact")
    assert set(_known(TOWN_HALL, *codes).values()) == {Known.YES}


def test_a_town_hall_does_not_fail_for_want_of_sales() -> None:
    codes = ("departments", "returns measured")
    linked = _known(TOWN_HALL, *codes)
    assert linked == {"departments": Known.MOOT, "returns measured": Known.MOOT}
    shop = attrs.evolve(TOWN_HALL, departments=None, not_applicable={})
    assert _known(shop, "departments") == {"departments": Known.NO}


def test_the_requests_of_the_town_hall_are_answered_in_time() -> None:
    codes = ("on time", "none neglected", "one hand")
    assert set(_known(TOWN_HALL, *codes).values()) == {Known.YES}


@pytest.mark.parametrize("organisation", [FLORIST, TOWN_HALL], ids=lambda one: one.id)
def test_every_example_has_something_of_each_answer(organisation: Organisation) -> None:
    found = checkup(organisation, AT)
    assert {check.known for check in found.checks.values()} == {*Known}
    assert isinstance(organisation.team, Team)
    assert all(isinstance(one, Member) for one in organisation.team.members)
