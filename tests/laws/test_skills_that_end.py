"""Skills that end: they count until then, wherever people are judged, and no longer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Availability,
    Charter,
    Coverage,
    Desk,
    Incident,
    InvalidError,
    Member,
    Needs,
    Organisation,
    Playbook,
    Quorum,
    Request,
    Review,
    Role,
    Seats,
    Span,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    assign,
    checkup,
    completable,
    coverage,
    decide,
    due,
    minutes,
    open_review,
    parse,
    record,
    remedy,
    route,
    staffing,
    status,
    verify,
    why_not,
)
from cmcore.circuits import Completability, Silence
from cmcore.codec import unstructure
from cmcore.display.wording import show
from cmcore.incidents import Duty, StepEvent
from cmcore.requests import Arrivals, Route
from cmcore.reviews import Approved
from cmcore.teams import Watch

START: Final = datetime(2026, 3, 2, tzinfo=UTC)
STOP: Final = START + timedelta(days=7)
HOUR: Final = timedelta(hours=1)
TICK: Final = timedelta(microseconds=1)
#: After all that can still happen to what begins before `STOP`.
LATE: Final = STOP + timedelta(days=2)
ROLES: Final = (Role("medic", requires={"first-aid"}, minutes=60), Role("desk", minutes=60))
NEEDS: Final = Needs(
    "n",
    seats=[Seats("medic", 2), Seats("desk")],
    hours=[Watch(Week.parse("Mon-Fri 09:00-12:00"), role="medic")],
)
CIRCUIT: Final = ValidationCircuit(
    "ask",
    [
        Stage(Approvers("skill", {"first-aid"}), within=HOUR),
        Stage(Approvers("role", {"medic"}), Quorum(1, 2), within=HOUR, otherwise="refuse"),
    ],
)
CHARTER: Final = Charter("c", circuits=[CIRCUIT], default="ask")
SEEN: Final = ("core roles", "fit", "watch hours", "circuits complete", "interns supervised")

#: What a team is judged by, over the window or at its first instant -> all that is said of it.
JUDGED: Final[dict[str, Callable[[Team], Any]]] = {
    "coverage": lambda team: _shown(coverage(team, NEEDS, start=START, stop=STOP)),
    "assign": lambda team: _assigned(team).plan,
    "what is missing": lambda team: _assigned(team).lacks,
    "why": lambda team: _shown(_assigned(team).why),
    "verify": lambda team: verify(team, NEEDS, _assigned(team)),
    "why not": lambda team: [_shown(why_not(_assigned(team), m.id, "medic")) for m in team.members],
    "remedy": lambda team: remedy(_assigned(team), budget=20).options,
    "completable": lambda team: _shown(completable(CIRCUIT, team, Span(START, STOP))),
    "route": lambda team: route(Request("r", at=START), team, Desk(routes=[Route("medic")])),
    "staffing": lambda team: staffing(
        Arrivals([6] * 168), minutes(8), team=team, role="medic", start=START, stop=STOP
    ).hours,
    "due": lambda team: due(
        Incident("it", [StepEvent("o", START, step="opened")]),
        Playbook("p", [Duty("hold", "hold", within=HOUR, role="medic")]),
        START,
        team,
    ).owed,
    "checkup": lambda team: [
        checkup(
            Organisation("o", team=team, needs=NEEDS, charter=CHARTER), START
        ).check(code).evidence()
        for code in SEEN
    ],
    "review": lambda team: _asked(team, START),
}  # fmt: skip


def _assigned(team: Team) -> Any:  # noqa: ANN401 - what an assignment is
    return assign(team, NEEDS, start=START, stop=STOP)


def _shown(thing: Any) -> Any:  # noqa: ANN401 - plain data
    """Return the plain data of a verdict, without which skills have an end."""
    return _without(unstructure(thing))


def _without(data: Any) -> Any:  # noqa: ANN401 - plain data
    if isinstance(data, dict):
        return {key: _without(one) for key, one in data.items() if key not in {"dated", "team"}}
    return [_without(one) for one in data] if isinstance(data, list) else data


def _opened(team: Team) -> Review:
    act = Act(author="ana", text="Hello")
    return open_review(decide(CHARTER, act, at=START), act, CHARTER, START, team=team)


def _asked(team: Team, at: datetime) -> Any:  # noqa: ANN401 - as shown
    """Return where a review stands once everybody has tried to agree to it."""
    team = team.with_member(Member("ana"))
    review = _opened(team)
    for member in team.members:
        try:
            review = record(review, Approved(member.id, review.opening.digest, at=at))
        except InvalidError:
            continue
    told = status(review, at + TICK)
    return told.state, tuple(e.by for e in review.events if isinstance(e, Approved))


#: How somebody has a skill -> its end.
_END: Final[dict[str, datetime | None]] = {
    "none": None,
    "at once": START,
    "unknown": None,
    "late": LATE,
}
_HAD: Final = (*_END, "never had it")
_END["midway"] = START + HOUR
PEOPLE: Final = st.lists(
    st.tuples(
        st.sampled_from(_HAD),
        st.sets(st.sampled_from(("medic", "desk"))),
        st.sampled_from(("always", "Mon-Fri 08:00-13:00", "Mon 00:00-10:00")),
    ),
    max_size=4,
)


def _member(number: int, had: str, roles: set[str], week: str) -> Member:
    plain = Member(
        f"m{number}", roles=roles, availability=Availability(Week.parse(week), minutes=120)
    )
    if had not in _END:
        return plain
    if had == "none":
        return plain.learning("first-aid")
    return attrs.evolve(plain, expiring={"first-aid": _END[had]})


def _plain(member: Member) -> Member:
    """Return somebody with what holds throughout the window, and no dates."""
    held = [skill for skill, end in member.expiring.items() if end == LATE]
    return attrs.evolve(member, skills=member.skills.union(held), expiring={})


@pytest.mark.parametrize("by", JUDGED)
@settings(max_examples=max(settings().max_examples // 20, 1))
@example([(had, {"medic"}, "always") for had in _HAD])
@given(PEOPLE)
def test_a_skill_counts_as_long_as_it_lasts_and_no_longer(
    by: str, people: list[tuple[str, set[str], str]]
) -> None:
    dated = Team("t", [_member(n, *one) for n, one in enumerate(people)], ROLES)
    plain = Team("t", map(_plain, dated.members), ROLES)
    assert JUDGED[by](dated) == JUDGED[by](plain)


@pytest.mark.parametrize("by", sorted(JUDGED.keys() - {"checkup"}))
def test_over_a_window_a_skill_lasts_throughout_or_does_not_count(by: str) -> None:
    """What is judged at an instant knows no window; the window begins at it."""
    is_of_instant = by in {"route", "due", "review"}
    midway, alike = (
        Team("t", [_member(n, had, {"medic"}, "always") for n in range(2)], ROLES)
        for had in ("midway", "none" if is_of_instant else "never had it")
    )
    assert JUDGED[by](midway) == JUDGED[by](alike)


@pytest.mark.parametrize("by", sorted(JUDGED.keys() - {"remedy", "why", "checkup"}))
def test_a_skill_that_ends_first_is_not_the_same_as_one_that_lasts(by: str) -> None:
    lasting, ended = (
        Team("t", [_member(n, had, {"medic"}, "always") for n in range(2)], ROLES)
        for had in ("late", "at once")
    )
    assert JUDGED[by](lasting) != JUDGED[by](ended)


def test_without_an_instant_no_skill_that_ends_counts() -> None:
    team = Team("t", [_member(0, "late", {"medic"}, "always")], ROLES)
    needs = Needs("n", seats=[Seats("medic")])
    found = coverage(team, needs)
    (unfit,) = found.unfit
    assert unfit.lacks == ("first-aid",)
    assert dict(unfit.dated) == {"first-aid": LATE}
    assert f"without `first-aid` (only until {show(LATE)}: not known to be" in str(found)
    assert f"jusqu’au {show(LATE, 'fr')}\xa0: rien ne dit que" in str(found.view("fr"))
    assert not coverage(team.at(START), needs).gaps
    assert not assign(team, needs).pairs
    assert assign(team.at(START), needs).pairs == (("m0", "medic"),)


@pytest.mark.parametrize("by", [
    lambda team: coverage(team, NEEDS, start=START, stop=STOP),
    lambda team: completable(CIRCUIT, team, Span(START, STOP)),
], ids=["coverage", "completable"])  # fmt: skip
@pytest.mark.parametrize(
    ("had", "told", "french"),
    [
        ("at once", f"only until {show(START)}", f"seulement jusqu’au {show(START, 'fr')}"),
        ("unknown", "nobody knows until when", "personne ne sait jusqu’à quand"),
        ("never had it", "without `first-aid`", "sans `first-aid`"),
    ],
)
def test_a_skill_that_ended_is_told_with_its_end(
    by: Callable[[Team], Coverage | Completability], had: str, told: str, french: str
) -> None:
    verdict = by(Team("t", [_member(0, had, {"medic"}, "always")], ROLES))
    assert told in verdict.text()
    assert french in verdict.text("fr")


def test_a_plan_keeps_the_dates_of_those_who_hold_it() -> None:
    team = Team("t", [_member(0, "late", set(), "always")], ROLES)
    assert _assigned(team).team.members[0].expiring == {"first-aid": LATE}
    after = remedy(_assigned(team)).after.team
    assert after.member("m0").expiring == {"first-aid": LATE}


def test_who_learns_it_again_has_it_without_an_end() -> None:
    ended = _member(0, "at once", {"medic"}, "always")
    assert ended.learning("first-aid") == _member(0, "none", {"medic"}, "always")
    with pytest.raises(InvalidError) as caught:
        attrs.evolve(ended, skills={"first-aid"})
    assert [problem.code for problem in caught.value.problems] == ["skill-with-and-without-end"]


@pytest.mark.parametrize(("minute", "may"), [(29, True), (30, False)])
def test_who_no_longer_has_the_skill_approves_no_more(minute: int, *, may: bool) -> None:
    end = START + timedelta(minutes=30)
    ends = {"first-aid": end}
    people = [Member("ana"), Member("bo", expiring=ends), Member("cy", expiring=ends)]
    team = Team("t", people)
    at = START + timedelta(minutes=minute)
    assert bool(_asked(team, at)[1]) == may


def test_silence_of_nobody_who_still_may_object_lets_nothing_through() -> None:
    lazy = Stage(Approvers("skill", {"first-aid"}), Silence(), within=HOUR, otherwise="refuse")
    charter = Charter("c", circuits=[ValidationCircuit("ask", [lazy])], default="ask")
    act = Act(author="ana", text="Hello")
    found = {}
    for end in (HOUR, 2 * HOUR):
        team = Team("t", [Member("ana"), Member("bo", expiring={"first-aid": START + end})])
        review = open_review(decide(charter, act, at=START), act, charter, START, team=team)
        found[end] = str(status(review, START + HOUR).state)
    assert found == {HOUR: "refused", 2 * HOUR: "approved"}


def test_the_next_one_to_be_there_still_has_the_skill_then() -> None:
    monday = Availability(Week.parse("Tue 09:00-10:00"))
    ends = START + timedelta(days=1)
    team = Team(
        "t",
        [
            Member("bo", roles={"medic"}, expiring={"first-aid": ends}, availability=monday),
            Member("cy", roles={"medic"}, skills={"first-aid"}).working("Wed 09:00-10:00"),
        ],
        ROLES,
    )
    owed = JUDGED["due"](team)
    assert [one.next_up for one in owed] == ["cy"]


FILE = """
team: crew
zone: Europe/Paris
members:
  ana: {skills: [crisis, {skill: first-aid, until: %s}]}
"""


@pytest.mark.parametrize(
    ("until", "end"),
    [
        ("2027-01-31", datetime(2027, 1, 31, 23, tzinfo=UTC)),
        ("2027-01-31T09:00Z", datetime(2027, 1, 31, 9, tzinfo=UTC)),
        ("unknown", None),
    ],
)
def test_a_file_says_the_last_day_or_the_first_instant_without(
    until: str, end: datetime | None
) -> None:
    (ana,) = parse(FILE % until, Team, format="yaml").members
    assert (set(ana.skills), dict(ana.expiring)) == ({"crisis"}, {"first-aid": end})


def test_a_day_ends_where_the_person_works() -> None:
    text = FILE.replace("{skills", "{zone: America/New_York, skills") % "2027-01-31"
    (ana,) = parse(text, Team, format="yaml").members
    assert ana.expiring == {"first-aid": datetime(2027, 2, 1, 5, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("skills", "code", "place"),
    [
        ("[{skill: first-aid}]", "missing-key", ("members", "ana", "skills", 0, "until")),
        ("[first-aid, {skill: first-aid, until: unknown}]", "named-twice",
         ("members", "ana", "skills")),
        ("[{skill: first-aid, until: soon}]", "wrong-value",
         ("members", "ana", "skills", 0, "until")),
    ],
    ids=("no-end", "twice", "no-day"),
)  # fmt: skip
def test_what_is_wrong_with_a_skill_is_said_at_its_place(
    skills: str, code: str, place: tuple[str | int, ...]
) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(f"team: t\nmembers: {{ana: {{skills: {skills}}}}}", Team, format="yaml")
    found = caught.value.problems
    assert [(one.code, tuple(one.path)) for one in found] == [(code, place)]
