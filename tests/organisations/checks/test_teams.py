"""What is checked of a team: who is in it, what they differ by, when they are there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from cmcore import (
    Act,
    Availability,
    Charter,
    Context,
    Member,
    Needs,
    Organisation,
    Role,
    Stage,
    Team,
    ValidationCircuit,
    Watch,
    Week,
    checkup,
)
from cmcore.charters import Author, Case, Scope
from cmcore.circuits.approvers import Approvers
from cmcore.display.names import names_by_sort, reader
from cmcore.organisations.checks._teams import CHECKS, CORE

Checked = Callable[..., tuple[str, str]]
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
HATS = (
    *(*CORE, "sales", "marketing", "customer-service", "ambassador", "web-referent"),
    "web-referent Lyon",
)


def _team(*members: Member) -> Team:
    return Team("t", members, [Role(name) for name in HATS])


def _who(id_: str, *roles: str, **told: Any) -> Member:  # noqa: ANN401
    return Member(id_, roles=roles, **told)


def _charter(scope: Scope) -> Charter:
    circuit = ValidationCircuit("desk", [Stage(Approvers("role", ["desk"]))])
    return Charter("law", circuits=[circuit], default="desk", scope=scope)


@pytest.mark.parametrize("code", CHECKS)
def test_nothing_is_known_of_a_team_that_is_not_given(check: Checked, code: str) -> None:
    assert check(code) == ("unknown", "missing: the team")


def test_somebody_is_at_ease_on_a_network(check: Checked) -> None:
    bob = _who("bob", networks={"x": 1}, contract="cdi")
    team = _team(_who("ana", networks={"x": 0}), bob)
    assert check("insiders", team=team) == ("yes", "`bob`")
    assert check("insiders", team=team.without("bob")) == (
        "no",
        "nobody in the company has an affinity with a network",
    )


def test_a_supplier_is_no_insider_and_an_unknown_contract_may_be_one(check: Checked) -> None:
    hired = _who("bob", networks={"x": 1}, contract="freelance")
    assert check("insiders", team=_team(hired))[0] == "no"
    assert check("insiders", team=_team(hired, _who("ana", networks={"x": 1}))) == (
        "unknown",
        "`ana`; missing: some contracts",
    )


def test_each_network_of_the_charter_has_a_specialist(check: Checked) -> None:
    team = _team(_who("ana", networks=["x"]))
    assert check("specialists", team=team)[0] == "unknown"
    assert check("specialists", team=team, charter=_charter(Scope()))[0] == "unknown"
    assert check("specialists", team=team, charter=_charter(Scope({"x"}))) == ("yes", "for X")
    both = _charter(Scope({"x", "y"}))
    assert check("specialists", team=team, charter=both) == ("no", "nobody for `y`")


def test_people_have_the_time_their_roles_take(check: Checked) -> None:
    def busy(*day: int | None) -> Team:
        members = [
            _who(f"m{n}", "sales", minutes={"sales": 60}, availability=Availability(minutes=time))
            for n, time in enumerate(day)
        ]
        return _team(*members, _who("idle"))

    assert check("time set aside", team=busy()) == (
        "unknown",
        "missing: the minutes a day of roles or people",
    )
    assert check("time set aside", team=busy(60, 90)) == ("yes", "120 minutes a day in all")
    assert check("time set aside", team=busy(59, None)) == ("no", "not enough for `m0`")
    found, told = check("time set aside", team=busy(60, None))
    assert (found, told.partition(";")[0]) == ("unknown", "`m1`")
    office = _who("ana", "half", availability=Availability(Week.parse("Mon-Fri 09:00-18:00")))
    half = Role("half", minutes=240)
    given = Team("t", roles=[half], members=[office])
    assert check("time set aside", team=given) == ("yes", "240 minutes a day in all")


def test_core_roles_and_departments_are_held_by_whoever(check: Checked) -> None:
    team = _team(_who("ana", *CORE))
    assert check("core roles", team=team) == ("yes", "all five")
    assert check("core roles", team=_team(_who("ana", *CORE[1:]))) == (
        "no",
        "nobody is enthusiast",
    )
    assert check("departments", team=team)[0] == "no"
    linked = _team(_who("ana", "sales", "marketing"), _who("bob", "customer-service"))
    assert check("departments", team=linked) == (
        "yes",
        "for customer service, marketing and communication, sales",
    )


def test_what_an_organisation_has_not_is_not_asked_of_it(check: Checked) -> None:
    team = _team(_who("ana", "customer-service"))
    assert check("departments", team=team, departments={"customer-service", "roads"})[0] == "yes"
    assert check("departments", team=team, departments={"sales"})[0] == "no"
    assert check("departments", team=team, departments={"roads"})[0] == "moot"


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("community manager", "communicator"),
        ("front line", "sales"),
        ("front line", "product-expert"),
    ],
)
def test_somebody_holds_a_role(check: Checked, code: str, role: str) -> None:
    assert check(code, team=_team(_who("ana", role), _who("bob"))) == ("yes", "`ana`")
    assert check(code, team=_team(_who("ana", "web-referent")))[0] == "no"


def test_nobody_said_what_a_role_of_no_catalog_does(check: Checked) -> None:
    seller = Member("ana", roles=["vendeur en boutique"])
    team = Team("t", [seller], [Role("vendeur en boutique")])
    found, told = check("front line", team=team)
    assert (found, "vendeur en boutique" in told) == ("unknown", True)


def test_ambassadors_are_those_who_share_something(check: Checked) -> None:
    team = _team(_who("ana", "ambassador"), _who("bob"))
    assert check("ambassadors", team=_team(_who("bob")))[0] == "no"
    assert check("ambassadors", team=team)[0] == "unknown"
    mine = Act(kind="share", author="ana", at=NOW)
    assert check("ambassadors", team=team, history=[mine]) == ("yes", "`ana` shared 1 time")
    for other in (attrs.evolve(mine, author="bob"), attrs.evolve(mine, kind="reply")):
        assert check("ambassadors", team=team, history=[other])[0] == "no"
    for hidden in (attrs.evolve(mine, author=None), attrs.evolve(mine, kind=None)):
        assert check("ambassadors", team=team, history=[hidden])[0] == "unknown"
    somebody = Case(attrs.evolve(mine, author=None), Context(author=Author(roles={"ambassador"})))
    assert check("ambassadors", team=team, history=[somebody])[0] == "yes"


def test_trades_ages_and_levels_differ(check: Checked) -> None:
    traits = ({"trade": "press", "age": "20", "level": "junior"},
              {"trade": "sales", "age": "50", "level": "senior"})  # fmt: skip
    mixed = [_who(f"m{n}", **told) for n, told in enumerate(traits)]
    assert check("mixed team", team=_team(*mixed)) == ("yes", "all three differ")
    assert check("mixed team", team=_team(mixed[0])) == ("no", "alike in age, level, trade")
    assert check("mixed team", team=_team())[0] == "no"
    juniors = [mixed[0], _who("m1", **{**traits[1], "level": "junior"})]
    assert check("mixed team", team=_team(*juniors)) == ("no", "alike in level")
    hidden = [mixed[0], _who("m1", **{**traits[1], "level": None})]
    assert check("mixed team", team=_team(*hidden)) == (
        "unknown",
        "not known whether level differ; missing: the trades, ages or levels of some",
    )


def test_everybody_has_the_skills_of_their_roles(check: Checked) -> None:
    role = Role("sales", requires=["selling"])
    fit, unfit = _who("ana", "sales", skills=["selling"]), _who("bob", "sales")
    assert check("fit", team=Team("t", [fit], [role])) == ("yes", "1 role held")
    assert check("fit", team=Team("t", [fit, unfit], [role])) == (
        "no",
        "`bob` is sales without `selling`",
    )
    assert check("fit", team=_team(_who("ana")))[0] == "unknown"


def test_no_intern_holds_a_role_alone(check: Checked) -> None:
    day = Availability(Week.parse("Mon-Fri 09:00-17:00"))
    intern = _who("ana", "sales", contract="internship", availability=day)
    senior = _who("bob", "sales", contract="permanent", availability=day)
    unsure = _who("cleo", "sales", availability=day)
    code = "interns supervised"
    doubt = "perhaps nobody is there to supervise sales at some hours"
    assert check(code, team=_team(senior)) == ("yes", "nobody in training holds a role")
    assert check(code, team=_team(intern, senior)) == (
        "yes",
        "somebody who may supervise holds the same roles at the same hours",
    )
    assert check(code, team=_team(intern)) == (
        "no",
        "only people in training hold sales",
    )
    assert check(code, team=_team(intern, unsure)) == (
        "unknown",
        f"{doubt}; missing: some contracts",
    )
    alone = _who("dan", "marketing", contract="internship", availability=day)
    assert check(code, team=_team(unsure, alone))[0] == "no"
    late = intern.working("Mon,Tue 16:00-24:00")
    gap = "nobody supervises `ana` (sales) for 14 h: Mon-Tue 17:00-24:00 (UTC)"
    assert check(code, team=_team(late, senior)) == (
        "no",
        f"in the next seven days, {gap}",
    )
    assert check(code, team=_team(late, senior, alone)) == (
        "no",
        f"only people in training hold marketing and communication; besides, {gap}",
    )
    found = checkup(Organisation("o", team=_team(late, senior)), NOW).check(code)
    assert "pendant 14\xa0h\xa0: lun.–mar. 17\xa0h–24\xa0h (UTC)" in found.evidence("fr")
    knowing = reader("en", names_by_sort(member={"ana": "Ana Ruiz"}, role={"sales": "shop"}))
    assert "nobody supervises Ana Ruiz (shop) for 14 h: Mon-Tue" in found.evidence(knowing)
    hidden = attrs.evolve(senior, availability=Availability())
    assert check(code, team=_team(late, hidden)) == (
        "unknown",
        f"{doubt}; missing: the hours of some people",
    )
    assert check(code, team=_team(_who("ana")))[0] == "unknown"


def test_somebody_watches_in_all_the_hours_that_are_asked(check: Checked) -> None:
    def on(week: Week | None) -> Team:
        return _team(_who("ana", "communicator", availability=Availability(week)))

    office = Week.parse("Mon-Fri 09:00-17:00")
    needs = Needs("n", hours=[Watch(office, role="communicator")])
    code = "watch hours"
    assert check(code, team=on(office)) == ("unknown", "missing: the needs")
    assert check(code, team=on(office), needs=Needs("n")) == ("no", "no hours are asked for")
    assert check(code, team=on(office), needs=needs) == ("yes", "1 watch, which is kept")
    idle = on(office).with_member(_who("bo", least_roles=1))
    assert check(code, team=idle, needs=needs) == ("yes", "1 watch, which is kept")
    short = on(Week.parse("Mon-Fri 09:00-16:00"))
    assert check(code, team=short, needs=needs) == (
        "no",
        "nobody for communicator: Mon-Fri 16:00-17:00",
    )
    assert check(code, team=on(None), needs=needs)[0] == "unknown"
    stranger = Needs("n", hours=[Watch(office, role="pilot")])
    assert check(code, team=on(office), needs=stranger)[0] == "no"


def test_one_contact_is_somebody_of_the_team(check: Checked) -> None:
    team = _team(_who("ana"))
    assert check("single contact", team=team) == ("unknown", "missing: who the contact is")
    assert check("single contact", team=team, contact="ana") == ("yes", "`ana`")
    assert check("single contact", team=team, contact="bob") == ("no", "`bob` is not in the team")


def test_each_site_has_a_referent_by_the_role_or_by_the_skill(check: Checked) -> None:
    team = _team(_who("ana", "web-referent Lyon"), _who("bob", "web-referent", skills=["Kyoto"]))
    assert check("referents", team=team)[0] == "unknown"
    assert check("referents", team=team, sites=[]) == ("yes", "there is one place only")
    assert check("referents", team=team, sites=["Lyon", "Kyoto"]) == ("yes", "for `Kyoto`, `Lyon`")
    assert check("referents", team=team, sites=["Lyon", "Oslo"]) == ("no", "nobody for `Oslo`")


def test_a_role_without_its_skills_is_nothing_to_give_to_somebody_who_learns(
    check: Checked,
) -> None:
    lea = Member("lea", roles=["author"], skills=["writing"], contract="cdi")
    for contract, known in (("stagiaire", "no"), (None, "unknown"), ("cdi", "yes")):
        tom = Member("tom", roles=["author"], contract=contract)
        team = Team("t", [lea, tom], [Role("author", requires=["writing"])])
        found, told = check("interns supervised", team=team)
        assert found == known
        assert ("`tom`" in told) == (known != "yes")
