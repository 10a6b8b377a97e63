"""Designing: the roles and the needs that follow from what a company wants and how large it is."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

import attrs
from attrs import field

from cmcore import catalog
from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.frozen import each_once
from cmcore.base.ids import nearest
from cmcore.base.values import value
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.forms import Form, form_problems
from cmcore.charters.guarantee import Example
from cmcore.display.names import cell
from cmcore.display.views import Table, View, Viewable
from cmcore.display.wording import Language, say, week_text
from cmcore.organisations.words import as_objectives, size_of
from cmcore.teams.assignment.assign import assign
from cmcore.teams.assignment.assignment import Assignment
from cmcore.teams.contracts import LEARNING
from cmcore.teams.member import Member
from cmcore.teams.needs import Needs, Seats, Speakers, Specialists, Supervision, Watch, Work
from cmcore.teams.role import Role
from cmcore.teams.team import Team
from cmcore.text.languages import as_languages
from cmcore.text.names import as_networks


def _roles(many: Iterable[Role]) -> tuple[Role, ...]:
    return tuple(sorted(many, key=lambda role: role.id))


@value
class Design(Viewable):
    """The roles and needs of a team that is yet to be made."""

    id: str
    objectives: frozenset[str] = field(kw_only=True, converter=each_once)
    size: str = field(kw_only=True)
    roles: tuple[Role, ...] = field(kw_only=True, converter=_roles)
    needs: Needs = field(kw_only=True)

    @checked
    def team(self, *members: Member) -> Team:
        """Return a team with the roles of the design, in its zone, and these members."""
        return Team(self.id, members, self.roles, zone=self.needs.zone)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators of the catalog that measure the objectives, without repetition."""
        aims = (catalog.objectives[one] for one in sorted(self.objectives))
        return tuple(dict.fromkeys(name for aim in aims for name in aim.indicators))

    def charter(self, name: str, language: Language = "en") -> Charter:
        """Return a charter to start from, in the time zone of the design.

        It covers the networks of the design, if there are any, and its examples are on them. Each
        stage of its circuits asks a role of the design, or one of several, whatever the size and
        the objectives. KeyError when the catalog has no such charter.
        """
        found = catalog.charters.in_language(language)[name]
        networks = {one.network for one in self.needs.specialists}
        found = attrs.evolve(found, zone=self.needs.zone)
        if not networks:
            return found
        scope = attrs.evolve(found.scope, networks=networks)
        examples = [_on(networks, example) for example in found.examples]
        return attrs.evolve(found, scope=scope, examples=examples)

    def _view(self, language: Language) -> View:
        """Return the view of the design for a terminal or a notebook."""
        named = {role.id: role.label(language) for role in self.roles}
        size = catalog.sizes[self.size].label.text(language)
        aims = (catalog.objectives[one].label.text(language) for one in sorted(self.objectives))
        return View(
            title=say("catalog design", language, size=size, objectives=", ".join(aims)),
            tables=tuple(_tables(self.needs, named, language)),
        )


def _tables(needs: Needs, named: dict[str, str], language: Language) -> Iterator[Table]:
    rows = [(named[seat.role], str(seat.least)) for seat in needs.seats]
    rows += [(say("catalog specialist", language, network=n.network), str(n.least))
             for n in needs.specialists]  # fmt: skip
    rows += [(say("catalog speaker", language, language=n.language), str(n.least))
             for n in needs.languages]  # fmt: skip
    yield Table(_heads(("seat", "least"), language), tuple(rows))
    work = tuple(
        (cell(one.name, "work", language), named.get(one.role or "", "–"), str(one.load))
        for one in needs.work
    )
    if work:
        yield Table(_heads(("work", "seat", "minutes"), language), work)
    watches = tuple((week_text(one.week, language), one.zone, named.get(one.role or "", "–"))
                    for one in needs.hours)  # fmt: skip
    if watches:
        yield Table(_heads(("hours", "zone", "seat"), language), watches)


def _heads(codes: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(say(f"catalog {code}", language) for code in codes)


def _on(networks: AbstractSet[str], example: Example) -> Example:
    """Return an example on one of some networks."""
    if example.act.network is None or example.act.network in networks:
        return example
    return attrs.evolve(example, act=attrs.evolve(example.act, network=min(networks)))


def design(  # noqa: PLR0913 - each is named and has its usual value
    objectives: Iterable[str],
    size: str = "medium",
    *,
    networks: Iterable[str] = (),
    languages: Iterable[str] = (),
    sites: Iterable[str] = (),
    zone: str = "UTC",
    id: str = "social media",  # noqa: A002
) -> Design:
    """Return the roles and needs of a team, from its objectives and the size of the company.

    Each of the `networks` needs a specialist, each of the `languages` a speaker, and each of the
    `sites`, or countries, a web referent. Hours are in `zone`. A need that two objectives share
    counts once. Objectives and the size may be named in French, too. Nobody who is there to learn,
    such as an intern or an apprentice, holds a role alone.

    Raises:
        InvalidError: when an objective or the size is not in the catalog, no charter could name a
            network or a language, or the zone is unknown.
    """
    wanted, size = sorted(as_objectives(objectives)), size_of(size)
    spoken, on = as_languages(languages), as_networks(networks)
    refuse_any(
        [
            *_unknown(wanted, size),
            *form_problems(Form.NETWORK, on, "networks"),
            *form_problems(Form.LANGUAGE, spoken, "languages"),
        ]
    )
    scale = catalog.sizes[size]
    parts = [scale.needs, *(catalog.objectives[name].needs for name in wanted)]
    referents = [_referent(site) for site in sorted(each_once(sites))]
    seats = [*_most(seat for part in parts for seat in part.seats)]
    seats += [Seats(role.id) for role in referents]
    needs = Needs(
        id,
        zone=zone,
        seats=seats,
        specialists=[Specialists(name) for name in on],
        languages=[Speakers(name) for name in spoken],
        hours=[attrs.evolve(one, zone=zone) for one in _once(parts)],
        work=[_scaled(one, scale.percent) for part in parts for one in part.work],
        mix=scale.needs.mix,
        supervision=[Supervision(value=one) for one in sorted(LEARNING)],
        separation=scale.needs.separation,
    )
    used = {role for _, role in needs.roles()} - {role.id for role in referents}
    roles = [catalog.roles[name].role for name in used]
    return Design(id, objectives=wanted, size=size, roles=[*roles, *referents], needs=needs)


def _unknown(objectives: Iterable[str], size: str) -> Iterator[Problem]:
    asked: list[tuple[str, str, Iterable[str]]] = [
        *(("objective", name, catalog.objectives) for name in objectives),
        ("size", size, catalog.sizes),
    ]
    for what, name, known in asked:
        if name not in known:
            near = nearest(name, known)
            yield Problem.of("not-in-catalog", what, what=what, name=name, near=near, known=known)


def _referent(site: str) -> Role:
    profile = catalog.roles["web-referent"]
    base = profile.role
    return attrs.evolve(
        profile.named(f"{base.id} {site}"),
        requires=[site],
        english=f"{base.english}, {site}",
        french=f"{base.french}, {site}",
    )


def _most(seats: Iterable[Seats]) -> Iterator[Seats]:
    """Yield the seats of each role once, as many as the one that wants the most."""
    held: dict[str, Seats] = {}
    for seat in seats:
        if seat.role not in held or seat.least > held[seat.role].least:
            held[seat.role] = seat
    yield from held.values()


def _once(parts: Iterable[Needs]) -> list[Watch]:
    return list(dict.fromkeys(watch for part in parts for watch in part.hours))


def _scaled(work: Work, percent: int) -> Work:
    return attrs.evolve(work, count=-(-work.count * percent // 100))


def specialise(team: Team, networks: Iterable[str], *, each: int | None = None) -> Assignment:
    """Return who should be the specialist of each network, by how much they like it.

    Each network has one, chosen among those with an affinity above 0 for it, so that as many
    networks as possible have one, and affinities are as high as possible. Nobody has more than
    `each` networks; None means no limit. The result is an assignment, with its proof.

    Raises:
        InvalidError: when a network cannot be an id, or `each` is below zero.
    """
    names = sorted(as_networks(networks))
    members = [
        Member(
            member.id,
            name=member.name,
            skills={name for name in names if member.networks.get(name, 0)},
            affinity={name: member.networks.get(name, 0) for name in names},
            most_roles=each,
        )
        for member in team.members
    ]
    roles = [Role(name, requires=[name]) for name in names]
    return assign(Team(team.id, members, roles), Needs(team.id, seats=map(Seats, names)))
