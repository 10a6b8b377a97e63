"""What is checked of a charter, its circuits and its share."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Availability,
    Charter,
    Label,
    Member,
    Needs,
    Organisation,
    Outcome,
    Role,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    Watch,
    Week,
    checkup,
    days,
    decide,
    fact,
    hours,
)
from cmcore.charters import Approval, Case, Scope, Term, Unreadable, Volume
from cmcore.circuits.approvers import Approvers
from cmcore.display.names import names_of, reader
from cmcore.organisations import Aims, Figures, Known
from cmcore.strategies import charters_and_cases
from cmcore.teams import Specialists
from cmcore.time import BusinessClock, WorkingDays

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
Checked = Callable[..., tuple[str, str]]
CODES = (
    *("charter in force", "charter signed", "charter framed", "networks covered"),
    "charter fresh",
    *("rules for employees", "short way", "circuits complete", "share covered"),
)

UNFIXED = "working hours and days, as in {}, have no fixed length"


def _circuit(name: str, *within: timedelta | None) -> ValidationCircuit:
    stages = [Stage(Approvers("role", ["desk"]), within=time) for time in within]
    return ValidationCircuit(name, stages)


def _charter(**told: Any) -> Charter:  # noqa: ANN401
    return Charter("law", circuits=[_circuit("desk", hours(1))], default="desk", **told)


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_known_of_a_charter_that_is_not_given(check: Checked, code: str) -> None:
    assert check(code) == ("unknown", "missing: a charter")


def test_a_charter_is_in_force_on_its_days(check: Checked) -> None:
    told = "`law`, version 1"
    assert check("charter in force", charter=_charter()) == ("yes", told)
    last = _charter(term=Term(through=date(2026, 3, 4)))
    assert check("charter in force", charter=last) == ("yes", told)
    over = _charter(term=Term(through=date(2026, 3, 3)))
    assert check("charter in force", charter=over) == ("no", f"{told}, is not")


def test_a_charter_is_signed_by_those_who_direct(check: Checked) -> None:
    assert check("charter signed", charter=_charter(), leaders={"ana"})[0] == "no"
    signed = _charter(approval=Approval({"ana", "bob"}, date(2026, 3, 4)))
    assert check("charter signed", charter=signed, leaders={"ana"}) == (
        "yes",
        "approved by `ana`, `bob`",
    )
    assert check("charter signed", charter=signed, leaders={"cleo"})[0] == "no"
    assert check("charter signed", charter=signed) == (
        "unknown",
        "approved by `ana`, `bob`; missing: who directs the company",
    )
    tomorrow = _charter(approval=Approval({"ana"}, date(2026, 3, 5)))
    assert check("charter signed", charter=tomorrow, leaders={"ana"}) == (
        "no",
        "approved only on 2026-03-05",
    )


def test_a_charter_says_where_and_how_much(check: Checked) -> None:
    assert check("charter framed", charter=_charter()) == ("no", "missing: networks and volume")
    scope = Scope(networks={"x"}, volume=[Volume(3, days(1))])
    assert check("charter framed", charter=_charter(scope=scope)) == ("yes", "on X")
    assert check("charter framed", charter=_charter(scope=Scope({"x"}))) == (
        "no",
        "missing: volume",
    )


X = Figures(date(2026, 3, 3), "x")
TIKTOK = Figures(date(2026, 3, 3), "TikTok")
DAILY = Rule.permit("daily", when=fact("network").one_of("x", "tiktok"), because="Yes.")
ON_X = Scope(networks={"x"})
NEEDS = Needs("n", specialists=[Specialists("Twitter"), Specialists("facebook", 0)])
WATCHED = Needs("n", hours=[Watch(Week.always(), network="TikTok"), Watch(Week.always(), least=0)])


@pytest.mark.parametrize(("law", "told", "answer"), [
    (_charter(rules=[DAILY], scope=ON_X), {"needs": NEEDS, "figures": [X]}, ("yes", "X")),
    (_charter(rules=[DAILY]), {"needs": WATCHED, "figures": [X]}, ("yes", "TikTok, X")),
    (_charter(rules=[DAILY], scope=ON_X), {"needs": WATCHED}, ("no", "TikTok")),
    (_charter(rules=[DAILY], scope=ON_X), {"figures": [X, TIKTOK]}, ("no", "TikTok")),
    (_charter(rules=[DAILY], scope=ON_X), {"figures": [X]}, ("unknown", "needs")),
    (_charter(rules=[DAILY], scope=ON_X), {"needs": NEEDS}, ("unknown", "figures")),
    (_charter(rules=[DAILY], scope=ON_X), {}, ("unknown", "needs")),
    (_charter(), {"needs": NEEDS, "figures": [X]}, ("no", "X")),
    (_charter(rules=[Rule.permit("all", because="Yes."), Rule.forbid("x", because="No.",
                                                                     when=fact("network").is_("x"))]),
     {"needs": NEEDS, "figures": []}, ("no", "X")),
    (_charter(rules=[DAILY]), {"needs": Needs("n"), "figures": []}, ("moot", "no network")),
    (_charter(rules=[DAILY], scope=ON_X),
     {"needs": Needs("n"), "figures": [evolve(TIKTOK, on=date(2026, 3, 5))]}, ("moot", "")),
])  # fmt: skip
def test_a_charter_covers_the_networks_that_needs_and_figures_name(
    check: Checked, law: Charter, told: dict[str, Any], answer: tuple[str, str]
) -> None:
    known, why = check("networks covered", charter=law, **told)
    assert known == answer[0]
    assert answer[1] in why


@given(charters_and_cases(), st.sampled_from(["x", "bluesky", "tiktok"]))
def test_where_a_network_is_not_covered_no_act_on_it_goes_out(
    pair: tuple[Charter, Case], network: str
) -> None:
    charter, case = pair
    asked = Organisation("o", charter=charter, figures=[Figures(date(2026, 3, 3), network)])
    found = checkup(asked, NOW, questions=["001.6"]).check("networks covered")
    if found.known is Known.NO:
        absent = case.act.absent - {"network"}
        act = evolve(case.act, network=network, absent=absent)
        assert decide(charter, act, case.context).outcome is not Outcome.COVERED


def test_a_charter_is_read_again_in_time(check: Checked) -> None:
    assert check("charter fresh", charter=_charter())[0] == "no"
    today = _charter(review_by=date(2026, 3, 4))
    assert check("charter fresh", charter=today) == ("yes", "to be read again by 2026-03-04")
    assert check("charter fresh", charter=_charter(review_by=date(2026, 3, 3)))[0] == "no"


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (("We do.", "So do they."), "We do. So do they."),
        (("We do", "So do they."), "We do, So do they."),
        (("We do.",), "We do."),
    ],
)
def test_reasons_of_rules_are_joined_as_sentences_are(reasons: tuple[str, ...], told: str) -> None:
    when = fact("author.roles").any_of("x")
    rules = [Rule.permit(f"r{n}", when=when, because=one) for n, one in enumerate(reasons)]
    given = Organisation("o", charter=_charter(rules=rules))
    found = checkup(given, NOW).check("rules for employees")
    assert found.evidence(reader("en", names_of(given))) == told


def test_rules_for_employees_look_at_who_speaks(check: Checked) -> None:
    plain = Rule.permit("all", when=fact("kind").is_("publish"), because="Yes.")
    roles = fact("author.roles").any_of("ambassador")
    mine = Rule.forbid("brand", when=roles & fact("account").is_("brand"), because="No.")
    assert check("rules for employees", charter=_charter(rules=[plain]))[0] == "no"
    assert check("rules for employees", charter=_charter(rules=[plain, mine])) == (
        "yes",
        "`brand`",
    )


def _referring(*circuits: ValidationCircuit) -> Charter:
    rules = [Rule.refer(f"to-{one.id}", to=one.id, because="See.") for one in circuits]
    return Charter("law", rules=rules, circuits=circuits, default=circuits[0].id)


def test_every_way_of_exceptions_is_short(check: Checked) -> None:
    assert check("short way", charter=_charter()) == ("no", "no rule refers to a circuit")
    long, short = _circuit("long", hours(3), hours(2)), _circuit("short", hours(3), hours(1))
    assert check("short way", charter=_referring(long)) == (
        "no",
        "`long` takes 5 h at most (aim 4 h)",
    )
    assert check("short way", charter=_referring(short)) == (
        "yes",
        "`short` takes 4 h at most (aim 4 h)",
    )
    assert check("short way", charter=_referring(long, short)) == (
        "no",
        "`long` takes 5 h at most (aim 4 h)",
    )
    assert check("short way", Aims(circuit=hours(3)), charter=_referring(short))[0] == "no"
    open_ended = _circuit("open", hours(1), None)
    assert check("short way", charter=_referring(short, open_ended)) == (
        "no",
        "`open` have no deadline",
    )


def test_working_days_are_short_only_where_they_surely_are(check: Checked) -> None:
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"))
    stage = Stage(Approvers("role", ["desk"]), within=WorkingDays(1), clock=clock)
    held = ValidationCircuit("held", [stage, evolve(stage, within=hours(1))])
    assert check("short way", charter=_referring(held)) == (
        "no",
        "`held` may take over 3 d 16 h (aim 4 h)",
    )
    assert check("short way", Aims(circuit=days(4)), charter=_referring(held)) == (
        "unknown",
        f"{UNFIXED.format('`held`')}; missing: the times of circuits in hours",
    )
    long = _circuit("long", days(3))
    assert check("short way", Aims(circuit=days(2)), charter=_referring(held, long)) == (
        "no",
        "`held` may take over 3 d 16 h (aim 2 d)",
    )


def _team(*weeks: Week | None) -> Team:
    members = [
        Member(f"m{n}", roles=["desk"], availability=Availability(week))
        for n, week in enumerate(weeks)
    ]
    return Team("t", members, [Role("desk")])


def test_the_team_completes_the_circuits(check: Checked) -> None:
    always, never = Week.always(), Week.never()
    charter = _charter()
    assert check("circuits complete", charter=charter) == ("unknown", "missing: the team")
    found = check("circuits complete", charter=charter, team=_team(always, always))
    assert found == ("yes", "in 0 at worst, this week")
    assert check("circuits complete", charter=charter, team=_team(always, never)) == (
        "no",
        "not this week: `desk`",
    )
    assert check("circuits complete", charter=charter, team=_team(always, None)) == (
        "unknown",
        "not this week: `desk`; missing: the hours of some people",
    )
    assert check("circuits complete", charter=charter, team=Team("t"))[0] == "no"


# ------------------------------------------------------------------------------------------ share


OPEN = fact("open").is_(True)


def _law(target: float = 0.9) -> Charter:
    rule = Rule.permit("open", when=OPEN, because="Yes.")
    return _charter(rules=[rule], labels={"open": Label("flag")}, target=target)


def _acts(yes: int, no: int, unsure: int = 0) -> list[Act]:
    labels: list[dict[str, bool]] = [{"open": True}] * yes + [{"open": False}] * no + [{}] * unsure
    return [Act(kind="publish", labels=one) for one in labels]


@pytest.mark.parametrize(
    ("acts", "known"),
    [
        (_acts(100, 0), "yes"),
        (_acts(50, 50), "no"),
        (_acts(50, 0, 50), "unknown"),
        (_acts(50, 20, 30), "no"),
        (_acts(3, 0), "unknown"),
    ],
)
def test_the_share_is_that_of_the_audit(check: Checked, acts: list[Act], known: str) -> None:
    assert check("share covered", charter=_law(), history=acts)[0] == known


def test_the_share_is_told(check: Checked) -> None:
    assert check("share covered", charter=_law()) == (
        "unknown",
        "missing: what was published",
    )
    assert check("share covered", charter=_law(), history=_acts(50, 50))[1] == (
        "50 of 100 covered (target 90.0%)"
    )
    assert check("share covered", charter=_law(), history=_acts(50, 0, 50))[1] == (
        "50 of 100 covered, 50 undecided (target 90.0%); missing: facts of some acts"
    )
    assert check("share covered", charter=_law(), history=_acts(3, 0))[1].endswith("more acts")


def test_rows_that_could_not_be_read_may_have_been_covered(check: Checked) -> None:
    rows = [*_acts(50, 0), *(Unreadable(f"line {n}") for n in range(50))]
    assert check("share covered", charter=_law(), history=rows)[0] == "unknown"


def test_what_comes_later_is_not_looked_at(check: Checked) -> None:
    from datetime import UTC, datetime

    later = datetime(2026, 3, 4, 13, tzinfo=UTC)
    planned = [Act(kind="publish", at=later, labels={"open": False}) for _ in range(100)]
    rows = [*_acts(100, 0), *planned]
    assert check("share covered", charter=_law(), history=rows)[0] == "yes"
