"""What is checked of a team: who is in it, what they differ by, when they are there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from cmcore.base.truth import Truth
from cmcore.charters.history import Case
from cmcore.organisations.checks._evidence import (
    Look,
    Seen,
    moot,
    names,
    no,
    seen,
    want,
    worst,
    yes,
)
from cmcore.organisations.words import role_of
from cmcore.teams.contracts import INSIDE, LEARNING
from cmcore.teams.cover.cover import coverage
from cmcore.teams.duty import lapse
from cmcore.teams.gap import Gap, GapKind, Unfit
from cmcore.teams.member import Member
from cmcore.teams.needs import Needs
from cmcore.teams.presence import Presence, presence
from cmcore.teams.role import Role
from cmcore.teams.team import Team, held_now
from cmcore.time.calendar import Calendar
from cmcore.time.intervals import Clocks, Span, Stretch, without
from cmcore.time.week import Week

#: The roles that any team has, and the departments it is linked with, by their ids.
CORE: Final = ("enthusiast", "coordinator", "communicator", "product-expert", "analyst")
DEPARTMENTS: Final = ("sales", "marketing", "customer-service")
#: The roles of those who meet customers.
FRONT: Final = ("customer-service", "sales", "product-expert")
#: The kinds of act that pass something on to people one knows.
SHARING: Final = frozenset({"publish", "quote", "share"})
REFERENT: Final = "web-referent"
#: The roles of the catalog whose holders need not meet customers.
BACK: Final = ("enthusiast", "coordinator", "communicator", "analyst", "marketing", "it",
               "web-referent", "ambassador", "management")  # fmt: skip


def _with_team(look_at: Callable[[Look, Team], Seen]) -> Callable[[Look], Seen]:
    def checked(look: Look) -> Seen:
        team = look.given.team
        return want("team") if team is None else look_at(look, team.at(look.at))

    return checked


def _holders(team: Team, name: str) -> list[Member]:
    """Return those who hold a role of the catalog, or one derived from it."""
    roles = [role.id for role in team.roles if _meant(role) == name]
    return list(dict.fromkeys(one for role in roles for one in team.holders(role)))


def _meant(role: Role) -> str:
    """Return which role of the catalog a role is, as far as is known."""
    return role_of(role.based_on or role.id)


def _core(_: Look, team: Team) -> Seen:
    lacks = names(role for role in CORE if not _holders(team, role))
    return no("roles lack", roles=lacks) if lacks else yes("core yes")


def _departments(look: Look, team: Team) -> Seen:
    """Check that each department is represented, of those that the organisation has."""
    has = look.given.departments
    asked = [one for one in DEPARTMENTS if has is None or one in has]
    if not asked:
        return moot("departments none")
    lacks = names(role for role in asked if not _holders(team, role))
    return no("roles lack", roles=lacks) if lacks else yes("departments", roles=names(asked))


def _community_manager(_: Look, team: Team) -> Seen:
    found = names(member.id for member in _holders(team, "communicator"))
    return yes("people", people=found) if found else no("roles lack", roles=names(["communicator"]))


def _front_line(_: Look, team: Team) -> Seen:
    """Check that somebody meets customers; what a role of no catalog does, nobody said."""
    found = names(member.id for role in FRONT for member in _holders(team, role))
    if found:
        return yes("people", people=found)
    worn = {role: team.role(role) for member in team.members for role in member.roles}
    others = names(id_ for id_, role in worn.items() if _meant(role) not in {*BACK, *FRONT})
    if others:
        return want("front roles", said="front unsure", roles=others)
    return no("roles lack", roles=names(FRONT))


def _ambassadors(look: Look, team: Team) -> Seen:
    """Check that there are ambassadors, and that they share something."""
    people = names(member.id for member in _holders(team, "ambassador"))
    if not people:
        return no("roles lack", roles=names(["ambassador"]))
    if look.given.history is None:
        return want("history", said="people", people=people)
    wanted = {"ambassador", *(role.id for role in team.roles if _meant(role) == "ambassador")}
    shared = [_is_shared(case, people, wanted) for case in look.cases]
    if Truth.TRUE in shared:
        return yes("ambassadors", people=people, count=shared.count(Truth.TRUE))
    if Truth.UNKNOWN in shared or look.unread:
        return want("authors", said="people", people=people)
    return no("ambassadors silent", people=people)


def _is_shared(case: Case, people: frozenset[str], wanted: set[str]) -> Truth:
    """Return whether one of some people says or passes on something with an act."""
    act, roles = case.act, case.context.author.roles
    is_theirs = None if act.author is None else act.author in people
    if not is_theirs and roles is not None:
        is_theirs = not wanted.isdisjoint(roles)
    kind = None if act.kind is None else act.kind in SHARING
    return Truth.of(is_theirs) & Truth.of(kind)


def _insiders(_: Look, team: Team) -> Seen:
    """Check that somebody in the company, not at a supplier, is at ease on a network."""
    fond = [one for one in team.members if any(one.networks.values())]
    found = names(one.id for one in fond if one.contract in INSIDE)
    if found:
        return yes("people", people=found)
    unsure = names(one.id for one in fond if one.contract is None)
    return want("contracts", said="people", people=unsure) if unsure else no("insiders none")


def _specialists(look: Look, team: Team) -> Seen:
    charter = look.given.charter
    asked = None if charter is None else charter.scope.networks
    if asked is None:
        return want("networks")
    lacks = names(
        network
        for network in asked
        if not any(member.networks.get(network, 0) for member in team.members)
    )
    return no("specialists lack", networks=lacks) if lacks else yes("specialists", networks=asked)


def _time(_: Look, team: Team) -> Seen:
    busy = [(one, sum(one.takes(team.role(role)) for role in one.roles)) for one in team.members]
    busy = [(one, taken) for one, taken in busy if taken]
    if not busy:
        return want("minutes")
    over = names(one.id for one, taken in busy if taken > one.availability.day)
    if over:
        return no("time no", people=over)
    hidden = names(
        one.id
        for one, _ in busy
        if one.availability.minutes is None and one.availability.week is None
    )
    if hidden:
        return want("minutes", said="people", people=hidden)
    return yes("time yes", minutes=sum(taken for _, taken in busy))


def _fit(_: Look, team: Team) -> Seen:
    worn = [(one, team.role(role)) for one in team.members for role in sorted(one.roles)]
    if not worn:
        return want("roles")
    unfit = [
        Unfit(one.id, role.id, tuple(sorted(lacks)))
        for one, role in worn
        if (lacks := one.lacks(role))
    ]
    if unfit:
        return attrs.evolve(no("fit no"), unfit=tuple(unfit))
    return yes("fit yes", count=len(worn))


def _supervised(look: Look, team: Team) -> Seen:
    """Check that those who are there to learn can do it, and have somebody beside them."""
    return worst(_accompanied(look, team), _prepared(team))


def _prepared(team: Team) -> Seen:
    """Check that nobody who is there to learn has a role without its skills."""
    unfit = [one for one in team.members if one.roles - held_now(team, one)]
    learners = names(one.id for one in unfit if one.contract in LEARNING)
    if learners:
        return no("interns unfit", people=learners)
    unsure = names(one.id for one in unfit if one.contract is None)
    return want("contracts", said="people", people=unsure) if unsure else yes("interns none")


def _accompanied(look: Look, team: Team) -> Seen:
    """Check that those who are there to learn have somebody beside them, whenever they work.

    Whose hours are unknown may be there or not, and whose contract is unknown may learn or not.
    """
    crews = {role.id: crew for role in team.roles if (crew := team.holders(role.id))}
    if not crews:
        return want("roles")
    if all(one.contract not in {None, *LEARNING} for crew in crews.values() for one in crew):
        return yes("interns none")
    there = _There(look.week, team.calendar)
    alone = names(
        role for role, crew in crews.items() if all(one.contract in LEARNING for one in crew)
    )
    gaps = [
        gap
        for role, crew in crews.items()
        if role not in alone
        for gap in _unsupervised(role, crew, there)
    ]
    if alone or gaps:
        both = "interns both" if alone and gaps else "interns alone"
        found = no(both if alone else "interns at times", roles=alone)
        return attrs.evolve(found, gaps=tuple(gaps))
    doubts = {role: wants for role, crew in crews.items() if (wants := _doubts(crew, there))}
    if doubts:
        wants = frozenset[str]().union(*doubts.values())
        return Seen(Truth.UNKNOWN, "interns unsure", {"roles": names(doubts)}, wants)
    return yes("interns yes")


class _There:
    """When people are on duty in a window, on the calendar of their team or on their own."""

    def __init__(self, window: Span, calendar: Calendar | None) -> None:
        self.clocks, self._calendar = Clocks(window), calendar

    def of(self, one: Member) -> Presence:
        """Return when somebody is on duty: at some time or other, where their week is unknown."""
        return presence(one, self.clocks, self._calendar)

    def perhaps(self, one: Member) -> list[Stretch]:
        """Return when somebody may be: whenever they are not away, where their week is unknown."""
        is_known = one.availability.week is not None
        return self.of(one if is_known else one.working(Week.always())).perhaps

    def is_hidden(self, one: Member) -> bool:
        """Return whether nobody knows when somebody is on duty."""
        return one.availability.week is None or bool(self.of(one).unknown_years)


def _unsupervised(role: str, crew: Sequence[Member], there: _There) -> Iterator[Gap]:
    """Yield who learns on a role while nobody can be there who might supervise, and when."""
    covered = [
        stretch for one in crew if one.contract not in LEARNING for stretch in there.perhaps(one)
    ]
    for one in crew:
        if one.contract in LEARNING:
            zone, left = one.availability.zone, without(there.of(one).surely, covered)
            if left:
                yield Gap(
                    GapKind.SUPERVISION, ("members", one.id), {"role": role}, 1, 1, (one.id,),
                    when=tuple(lapse(start, stop, 1) for start, stop in left),
                    week=there.clocks.week(left, zone), zone=zone,
                )  # fmt: skip


def _doubts(crew: Sequence[Member], there: _There) -> frozenset[str]:
    """Return what would have to be known to be sure that nobody learns on a role alone."""
    covered = [
        stretch
        for one in crew
        if one.contract not in {None, *LEARNING}
        for stretch in there.of(one).surely
    ]
    may_learn = [one for one in crew if one.contract in {None, *LEARNING}]
    is_led = len(may_learn) < len(crew)
    if is_led and not any(without(there.perhaps(one), covered) for one in may_learn):
        return frozenset()
    unknown = {
        "contracts": any(one.contract is None for one in crew),
        "hours": any(map(there.is_hidden, crew)),
    }
    return names(what for what, lacks in unknown.items() if lacks)


def _mixed(_: Look, team: Team) -> Seen:
    if not team.members:
        return no("mixed no", traits=names(("trade", "age", "level")))
    found = {trait: _varied([getattr(one, trait) for one in team.members])
             for trait in ("trade", "age", "level")}  # fmt: skip
    alike = names(trait for trait, truth in found.items() if truth is Truth.FALSE)
    if alike:
        return no("mixed no", traits=alike)
    unsure = names(trait for trait, truth in found.items() if truth is Truth.UNKNOWN)
    return want("traits", said="mixed unsure", traits=unsure) if unsure else yes("mixed yes")


def _varied(values: list[str | None]) -> Truth:
    """Return whether a trait has two values at least."""
    known = {one for one in values if one is not None}
    if len(known) > 1:
        return Truth.TRUE
    return Truth.of(None if None in values and len(values) > 1 else False)


def _watched(look: Look, team: Team) -> Seen:
    needs = look.given.needs
    if needs is None:
        return want("needs")
    if not needs.hours:
        return no("watch none")
    known = {role.id for role in team.roles}
    named = {watch.role for watch in needs.hours if watch.role is not None}
    team = attrs.evolve(team, roles=[*team.roles, *map(Role, sorted(named - known))])
    only = Needs(needs.id, zone=needs.zone, calendar=needs.calendar, hours=needs.hours)
    week = look.week
    team = attrs.evolve(look.given.team or team, roles=team.roles)
    seen = coverage(team, only, start=week.start, stop=week.stop, absent=0)
    gaps = [gap for gap in seen.gaps if gap.kind is GapKind.HOURS]
    if not gaps:
        return yes("watch yes", count=len(needs.hours))
    is_hidden = any(member.availability.week is None for member in team.members)
    found = want("hours", said="watch no") if seen.unknown_years or is_hidden else no("watch no")
    return attrs.evolve(found, gaps=tuple(gaps))


def _contact(look: Look, team: Team) -> Seen:
    contact = look.given.contact
    if contact is None:
        return want("contact")
    is_there = any(member.id == contact for member in team.members)
    return seen(Truth.of(is_there), f"contact {'yes' if is_there else 'no'}", who=contact)


def _referents(look: Look, team: Team) -> Seen:
    sites = look.given.sites
    if sites is None:
        return want("sites")
    if not sites:
        return yes("one place")
    lacks = names(site for site in sites if not _refers(team, site))
    return no("referents no", sites=lacks) if lacks else yes("referents yes", sites=sites)


def _refers(team: Team, site: str) -> bool:
    """Return whether somebody is the referent of a site, by role alone or by role and skill."""
    by_skill = (site in member.skills for member in _holders(team, REFERENT))
    return bool(team.holders(f"{REFERENT} {site}")) or any(by_skill)


def _checks() -> Iterator[tuple[str, Callable[[Look], Seen]]]:
    yield "insiders", _with_team(_insiders)
    yield "specialists", _with_team(_specialists)
    yield "time set aside", _with_team(_time)
    yield "core roles", _with_team(_core)
    yield "departments", _with_team(_departments)
    yield "community manager", _with_team(_community_manager)
    yield "front line", _with_team(_front_line)
    yield "ambassadors", _with_team(_ambassadors)
    yield "mixed team", _with_team(_mixed)
    yield "fit", _with_team(_fit)
    yield "interns supervised", _with_team(_supervised)
    yield "watch hours", _with_team(_watched)
    yield "single contact", _with_team(_contact)
    yield "referents", _with_team(_referents)


CHECKS: Final[Mapping[str, Callable[[Look], Seen]]] = dict(_checks())
