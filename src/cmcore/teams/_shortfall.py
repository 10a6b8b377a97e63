"""What each need asks of some people with some roles, and how much of it is missing."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from attrs import field

from cmcore.base.errors import Path
from cmcore.base.frozen import FrozenMap
from cmcore.base.sharing import shared_out
from cmcore.base.values import internal
from cmcore.teams.duty import Rota, answers
from cmcore.teams.gap import GapKind
from cmcore.teams.member import Member
from cmcore.teams.needs import (
    Cap,
    Mix,
    Need,
    Needs,
    NotOnly,
    Seats,
    Separation,
    Speakers,
    Specialists,
    Supervision,
    Watch,
    Work,
)
from cmcore.teams.role import Role
from cmcore.teams.supervision import Alone, hours_alone, is_ever_alone
from cmcore.teams.traits import look_of


@internal
class Holder:
    """Somebody with the roles they hold, and their place in the whole team."""

    member: Member
    held: frozenset[str]
    number: int


@internal
class Measure:
    """What a need asks and what is missing of it: microseconds for hours, minutes for work.

    `people` are those it comes from.
    """

    kind: GapKind
    path: Path
    what: FrozenMap[str] = field(converter=FrozenMap[str])
    asked: int
    lacking: int
    people: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[GapKind, Path, FrozenMap[str]]:
        """What says it from the others."""
        return self.kind, self.path, self.what


class Meter:
    """Measures every need on any people of a team."""

    def __init__(self, roles: Sequence[Role], needs: Needs, rota: Rota | None) -> None:
        self.roles = {role.id: role for role in roles}
        self.needs = needs
        self.rota = rota
        self.needed = dict(needs.placed())

    def all(self, crew: Sequence[Holder]) -> list[Measure]:
        """Return the measure of every need, in order of their places."""
        return self.some(self.needed, crew)

    def some(self, paths: Collection[Path], crew: Sequence[Holder]) -> list[Measure]:
        """Return the measures of the needs at some places, in order."""
        done = self._work(crew) if any(path[0] == "work" for path in paths) else {}
        found = (
            self._one(path, need, crew, done) for path, need in self.needed.items() if path in paths
        )
        return list(chain.from_iterable(found))

    def _one(
        self, path: Path, need: Need, crew: Sequence[Holder], done: dict[str, int]
    ) -> Iterator[Measure]:
        match need:
            case Seats():
                yield from _seats(path, need, crew)
            case Specialists(network=network, least=least):
                there = sum(one.member.networks.get(network, 0) > 0 for one in crew)
                what = {"network": network}
                yield Measure(GapKind.SPECIALISTS, path, what, least, max(0, least - there))
            case Speakers(language=language, least=least):
                there = sum(language in one.member.languages for one in crew)
                what = {"language": language}
                yield Measure(GapKind.LANGUAGES, path, what, least, max(0, least - there))
            case Watch():
                yield self._watch(path, need, crew)
            case Work():
                load = need.load
                what, lacking = {"work": need.name}, load - done[need.name]
                yield Measure(GapKind.WORKLOAD, path, what, load, lacking)
            case Mix() | NotOnly():
                yield _mix(path, need, crew)
            case Cap():
                yield from _cap(path, need, crew)
            case Supervision():
                yield from self._supervision(path, need, crew)
            case _:
                yield _separation(path, need, crew)

    def able(self, watch: Watch, crew: Sequence[Holder]) -> int:
        """Return the mask of those who count for a watch."""
        return sum(1 << one.number for one in crew if answers(one.member, watch, one.held))

    def _watch(self, path: Path, need: Watch, crew: Sequence[Holder]) -> Measure:
        number = int(path[1])
        asked = self.rota.asked(number) if self.rota else 0
        lacking = self.rota.lacking(number, self.able(need, crew)) if self.rota else 0
        return Measure(GapKind.HOURS, path, need.about, asked, lacking)

    def spare(self, one: Holder) -> int:
        """Return the minutes a day that somebody has beside their roles."""
        taken = sum(one.member.takes(self.roles[role]) for role in one.held)
        return max(0, one.member.availability.day - taken)

    def _supervision(
        self, path: Path, need: Supervision, crew: Sequence[Holder]
    ) -> Iterator[Measure]:
        for role in sorted(self.roles if need.roles is None else need.roles):
            holders = [one.member for one in crew if role in one.held]
            wards = [one for one in holders if need.is_ward(one.trait(need.of))]
            if wards:
                guides = guides_of(need, role, crew)
                people = tuple(one.id for one in wards if self.is_alone(one, guides))
                what = {"role": role}
                yield Measure(GapKind.SUPERVISION, path, what, 1, int(bool(people)), people)

    def is_alone(self, ward: Member, guides: Sequence[Member]) -> bool:
        """Return whether nobody holds a role beside somebody, or at some hours of theirs."""
        return not guides or is_ever_alone([ward], guides, self.rota)

    def alone(self, one: Measure, need: Supervision, crew: Sequence[Holder]) -> Alone | None:
        """Return when nobody supervises the people of a measure, where that is at some hours only.

        It is None where nobody ever does, or where their hours are on clocks that differ.
        """
        guides = guides_of(need, one.what["role"], crew)
        wards = [who.member for who in crew if who.member.id in one.people]
        return hours_alone(wards, guides, self.rota, self.needs.zone) if guides else None

    def _work(self, crew: Sequence[Holder]) -> dict[str, int]:
        """Return the minutes of each work that the people can do, shared as well as possible."""
        able = [
            [n for n, one in enumerate(crew) if work.role is None or work.role in one.held]
            for work in self.needs.work
        ]
        loads = [work.load for work in self.needs.work]
        done = shared_out(loads, able, [self.spare(one) for one in crew])
        return {work.name: minutes for work, minutes in zip(self.needs.work, done, strict=True)}


def guides_of(need: Supervision, role: str, crew: Sequence[Holder]) -> list[Member]:
    """Return those who hold a role and may supervise on it."""
    holders = (one.member for one in crew if role in one.held)
    return [one for one in holders if need.may_supervise(one.trait(need.of))]


def _seats(path: Path, need: Seats, crew: Sequence[Holder]) -> Iterator[Measure]:
    holders = tuple(one.member.id for one in crew if need.role in one.held)
    short = max(0, need.least - len(holders))
    what = {"role": need.role}
    yield Measure(GapKind.SEATS, path, what, need.least, short)
    if need.most is not None:
        extra = max(0, len(holders) - need.most)
        people = holders if extra else ()
        yield Measure(GapKind.EXCESS, path, what, extra, extra, people)


def among(need: Mix | NotOnly | Cap, crew: Sequence[Holder]) -> list[Member]:
    """Return the people that a mix is asked of."""
    return [one.member for one in crew if need.roles is None or need.roles & one.held]


def _mix(path: Path, need: Mix | NotOnly, crew: Sequence[Holder]) -> Measure:
    known = {member.look(need.of) for member in among(need, crew)} - {None}
    if isinstance(need, Mix):
        lacking = max(0, need.least - len(known))
        return Measure(GapKind.MIX, path, {"trait": str(need.of)}, need.least, lacking)
    what = {"trait": str(need.of), "value": need.value}
    return Measure(GapKind.NOT_ONLY, path, what, 1, int(not known - {look_of(need.value)}))


def _cap(path: Path, need: Cap, crew: Sequence[Holder]) -> Iterator[Measure]:
    for known, people in need.alike(among(need, crew)).items():
        what = {"trait": str(need.of), **({"value": known} if known else {})}
        extra = max(0, len(people) - need.most)
        yield Measure(GapKind.CAP, path, what, len(people), extra, people if extra else ())


def _separation(path: Path, need: Separation, crew: Sequence[Holder]) -> Measure:
    both = tuple(one.member.id for one in crew if {need.first, need.second} <= one.held)
    either = sum(not one.held.isdisjoint((need.first, need.second)) for one in crew)
    what = {"first": need.first, "second": need.second}
    return Measure(GapKind.SEPARATION, path, what, either, len(both), both)
