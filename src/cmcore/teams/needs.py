"""Needs: what a team is asked for, as data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import field
from attrs.converters import optional

from cmcore.base.asked import checked_late
from cmcore.base.counts import count_problems
from cmcore.base.errors import Path, Problem, refuse_any
from cmcore.base.frozen import symbols
from cmcore.base.ids import id_problems
from cmcore.base.values import value
from cmcore.teams.contracts import LEARNING, contract_of, contract_problems
from cmcore.teams.member import Member
from cmcore.teams.traits import Trait, as_trait, look_of, trait_problems, trait_value
from cmcore.text.languages import as_language, language_problems
from cmcore.text.names import as_network
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import WorkingWeek, parse_hours
from cmcore.time.week import Week, zone_problems

#: What needs ask at most, since a search that counts heads takes time for each: people, what comes
#: in every day, how many minutes one of it takes, and how much a seat weighs.
MOST_PEOPLE: Final = 10_000
MOST_WORK: Final = 1_000_000
MOST_MINUTES: Final = 10_000
MOST_WEIGHT: Final = 1_000_000


def _people_problems(number: int) -> Iterator[Problem]:
    return count_problems(number, "least", most=MOST_PEOPLE)


def _named(name: str | None, *path: str) -> Iterator[Problem]:
    return iter(()) if name is None else id_problems(name, *path)


@value
class Seats:
    """How many people a role needs: at least `least`, at most `most` (None for no limit).

    If not all seats can be filled, those with a greater `weight` come first.

    Raises:
        InvalidError: when a number is impossible.
    """

    role: str
    least: int = 1
    most: int | None = None
    weight: int = 1

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.role, "role")
        yield from count_problems(self.weight, "weight", least=1, most=MOST_WEIGHT)
        short = list(_people_problems(self.least))
        yield from short
        if self.most is not None and not short:
            yield from count_problems(self.most, "most", least=self.least, most=MOST_PEOPLE)


@value
class Specialists:
    """At least `least` people are specialists of `network`: they have an affinity above 0 for it.

    Raises:
        InvalidError: when the number is impossible.
    """

    network: str = field(converter=as_network)
    least: int = 1

    def __attrs_post_init__(self) -> None:
        refuse_any([*id_problems(self.network, "network"), *_people_problems(self.least)])


@value
class Speakers:
    """At least `least` people speak `language`.

    Raises:
        InvalidError: when the number is impossible.
    """

    language: str = field(converter=as_language)
    least: int = 1

    def __attrs_post_init__(self) -> None:
        refuse_any([*language_problems(self.language, "language"), *_people_problems(self.least)])


def _hours(given: str | Week | WorkingWeek) -> Week | WorkingWeek:
    return parse_hours(given) if isinstance(given, str) else given


@value
class Watch:
    """At least `least` people are on duty whenever the clock of `zone` is in `week`.

    On `working days`, nobody is asked for on the days that the calendar of the needs closes.

    People count if they hold `role`, specialise in `network` and speak `language`, as far as these
    are given.

    Raises:
        InvalidError: when the zone is unknown or the number impossible.
    """

    week: Week | WorkingWeek = field(converter=_hours)
    zone: str = "UTC"
    least: int = 1
    role: str | None = None
    network: str | None = field(default=None, converter=optional(as_network))
    language: str | None = field(default=None, converter=optional(as_language))

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    @property
    def about(self) -> Mapping[str, str]:
        """Whose hours these are, by what each part is; the hours themselves if anybody's."""
        parts = {"role": self.role, "network": self.network, "language": self.language}
        known = {part: id_ for part, id_ in parts.items() if id_ is not None}
        return known or {"hours": str(self.week)}

    def _problems(self) -> Iterator[Problem]:
        yield from zone_problems(self.zone)
        yield from _people_problems(self.least)
        for key, name in (("role", self.role), ("network", self.network)):
            yield from _named(name, key)
        yield from language_problems(self.language, "language")


@value
class Work:
    """The work that comes in every day: `count` times `minutes`, for holders of `role` or anybody.

    Raises:
        InvalidError: when a number is impossible.
    """

    name: str
    count: int
    minutes: int
    role: str | None = None

    def __attrs_post_init__(self) -> None:
        refuse_any(
            [
                *id_problems(self.name, "name"),
                *count_problems(self.count, "count", most=MOST_WORK),
                *count_problems(self.minutes, "minutes", most=MOST_MINUTES),
                *_named(self.role, "role"),
            ]
        )

    @property
    def load(self) -> int:
        """The minutes a day it takes."""
        return self.count * self.minutes


def _roles(many: Iterable[str] | None) -> frozenset[str] | None:
    return symbols(many)


def _role_problems(roles: frozenset[str] | None) -> Iterator[Problem]:
    if roles is not None and not roles:
        yield Problem.of("empty", "roles", key="roles", hint="for-whole-team")
    for role in sorted(roles or ()):
        yield from id_problems(role, "roles")


@value
class Mix:
    """At least `least` values of a trait among those who hold one of `roles`, or in the whole team.

    Somebody whose trait is unknown adds nothing to the mix.

    Raises:
        InvalidError: when the trait is unknown, the number impossible or no role named.
    """

    of: Trait = field(converter=as_trait)
    least: int = 2
    roles: frozenset[str] | None = field(default=None, converter=_roles)

    def __attrs_post_init__(self) -> None:
        refuse_any([*_people_problems(self.least), *_role_problems(self.roles)])


def _settle(need: "NotOnly | Supervision") -> None:
    """Put the value in its normal form, and refuse what cannot be asked."""
    if need.of is Trait.CONTRACT:
        object.__setattr__(need, "value", contract_of(need.value))
        found = list(contract_problems(need.value, "value"))
    elif need.of is Trait.ZONE:
        found = [problem.at("value") for problem in zone_problems(need.value)]
    else:
        object.__setattr__(need, "value", trait_value(need.value) or need.value)
        found = list(trait_problems(need.value, "value"))
    refuse_any([*found, *_role_problems(need.roles)])


@value
class NotOnly:
    """Among those who hold one of `roles`, or all people, at least one is known not to be `value`.

    Raises:
        InvalidError: when the trait is unknown or no role named.
    """

    of: Trait = field(converter=as_trait)
    value: str
    roles: frozenset[str] | None = field(default=None, converter=_roles)

    def __attrs_post_init__(self) -> None:
        _settle(self)


@value
class Cap:
    """At most `most` people alike in a trait among those who hold one of `roles`, or in the team.

    Somebody whose trait is unknown may be like anybody, and counts with each of them. One alone is
    like themselves, so that `most` is 1 or more.

    Raises:
        InvalidError: when the trait is unknown, the number impossible or no role named.
    """

    of: Trait = field(converter=as_trait)
    most: int
    roles: frozenset[str] | None = field(default=None, converter=_roles)

    def __attrs_post_init__(self) -> None:
        alone = count_problems(self.most, "most", least=1, most=MOST_PEOPLE)
        refuse_any([*alone, *_role_problems(self.roles)])

    @checked_late
    def alike(self, people: Iterable[Member]) -> dict[str, tuple[str, ...]]:
        """Return the ids of those who count as alike, by the value that they share.

        The value is empty where that of nobody is known.
        """
        values: dict[str, str] = {}
        groups: dict[str, list[str]] = {}
        untold: list[str] = []
        for one in people:
            known = one.trait(self.of)
            if known is None:
                untold.append(one.id)
            else:
                value = values.setdefault(look_of(known), known)
                groups.setdefault(value, []).append(one.id)
        found = groups or ({"": []} if untold else {})
        return {value: tuple(sorted([*ids, *untold])) for value, ids in sorted(found.items())}


@value
class Supervision:
    """Nobody who is `value` holds one of `roles`, or any role, unless somebody who is not does too.

    People whose trait is unknown count neither as `value` nor as supervisors. People who are there
    to learn do not supervise, such as an apprentice an intern. A plan respects this by roles alone;
    `coverage` also finds the hours without a supervisor.

    Raises:
        InvalidError: when the trait is unknown or no role named.
    """

    of: Trait = field(default=Trait.CONTRACT, converter=as_trait)
    value: str = "internship"
    roles: frozenset[str] | None = field(default=None, converter=_roles)

    def __attrs_post_init__(self) -> None:
        _settle(self)

    @checked_late
    def may_supervise(self, known: str | None) -> bool:
        """Return whether somebody whose trait is `known` (None: unknown) may supervise."""
        learns = self.of is Trait.CONTRACT and known in LEARNING
        return known is not None and not self.is_ward(known) and not learns

    @checked_late
    def is_ward(self, known: str | None) -> bool:
        """Return whether somebody whose trait is `known` (None: unknown) is not to be alone."""
        return known is not None and look_of(known) == look_of(self.value)


@value
class Separation:
    """Nobody holds both roles, such as author and approver.

    Raises:
        InvalidError: when both are the same.
    """

    first: str
    second: str

    def __attrs_post_init__(self) -> None:
        first, second = sorted((self.first, self.second))
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "second", second)
        found = [*id_problems(first, "first"), *id_problems(second, "second")]
        if first == second:
            found.append(Problem.of("apart-from-itself", role=first))
        refuse_any(found)


Need = (
    Seats | Specialists | Speakers | Watch | Work | Mix | NotOnly | Cap | Supervision | Separation
)


def _seats(many: Iterable[Seats]) -> tuple[Seats, ...]:
    return tuple(sorted(many, key=lambda need: need.role))


def _specialists(many: Iterable[Specialists]) -> tuple[Specialists, ...]:
    return tuple(sorted(many, key=lambda need: need.network))


def _speakers(many: Iterable[Speakers]) -> tuple[Speakers, ...]:
    return tuple(sorted(many, key=lambda need: need.language))


def _watches(many: Iterable[Watch]) -> tuple[Watch, ...]:
    return tuple(many)


def _work(many: Iterable[Work]) -> tuple[Work, ...]:
    return tuple(sorted(many, key=lambda need: need.name))


def _mix(many: Iterable[Mix | NotOnly | Cap]) -> tuple[Mix | NotOnly | Cap, ...]:
    return tuple(many)


def _supervision(many: Iterable[Supervision]) -> tuple[Supervision, ...]:
    return tuple(many)


def _separation(many: Iterable[Separation]) -> tuple[Separation, ...]:
    return tuple(many)


@value
class Needs:
    """Everything a team is asked for; `zone` is the time zone in which its week is shown.

    `calendar` says which days are no working days, for the watches that ask for these.

    Named needs are unique by name and sorted; the others keep their order.

    Raises:
        InvalidError: with every problem.
    """

    id: str
    zone: str = field(default="UTC", kw_only=True)
    calendar: Calendar | None = field(default=None, kw_only=True)
    seats: tuple[Seats, ...] = field(default=(), kw_only=True, converter=_seats)
    specialists: tuple[Specialists, ...] = field(default=(), kw_only=True, converter=_specialists)
    languages: tuple[Speakers, ...] = field(default=(), kw_only=True, converter=_speakers)
    hours: tuple[Watch, ...] = field(default=(), kw_only=True, converter=_watches)
    work: tuple[Work, ...] = field(default=(), kw_only=True, converter=_work)
    mix: tuple[Mix | NotOnly | Cap, ...] = field(default=(), kw_only=True, converter=_mix)
    supervision: tuple[Supervision, ...] = field(default=(), kw_only=True, converter=_supervision)
    separation: tuple[Separation, ...] = field(default=(), kw_only=True, converter=_separation)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def placed(self) -> Iterator[tuple[Path, Need]]:
        """Yield every need with its place in a file."""
        yield from ((("seats", need.role), need) for need in self.seats)
        yield from ((("specialists", need.network), need) for need in self.specialists)
        yield from ((("languages", need.language), need) for need in self.languages)
        yield from ((("hours", index), need) for index, need in enumerate(self.hours))
        yield from ((("work", need.name), need) for need in self.work)
        yield from ((("mix", index), need) for index, need in enumerate(self.mix))
        yield from ((("supervision", index), need) for index, need in enumerate(self.supervision))
        yield from ((("separation", index), need) for index, need in enumerate(self.separation))

    def roles(self) -> Iterator[tuple[Path, str]]:
        """Yield every role that is named, with the place that names it."""
        for path, need in self.placed():
            match need:
                case Seats():
                    yield path, need.role
                case Watch() | Work():
                    yield from (((*path, "role"), role) for role in (need.role,) if role)
                case Mix() | NotOnly() | Cap() | Supervision():
                    yield from (((*path, "roles"), role) for role in sorted(need.roles or ()))
                case Separation():
                    yield from ((path, role) for role in (need.first, need.second))
                case _:
                    pass

    @property
    def needed(self) -> frozenset[str]:
        """The roles named by seats, hours, work or a mix: only these count towards a least load.

        A cap asks nobody to hold a role.
        """
        caps = {("mix", index) for index, need in enumerate(self.mix) if isinstance(need, Cap)}
        asking = {"seats", "hours", "work", "mix"}
        return frozenset(
            role for path, role in self.roles() if path[0] in asking and path[:2] not in caps
        )

    def _problems(self) -> Iterator[Problem]:
        yield from id_problems(self.id, "needs")
        yield from zone_problems(self.zone)
        for path, times in Counter(path for path, _ in self.placed()).items():
            if times > 1:
                yield Problem.of("asked-for-twice", *path, name=path[1], times=times)
        for index, watch in enumerate(self.hours):
            if isinstance(watch.week, WorkingWeek) and self.calendar is None:
                place, given = ("hours", index, "week"), str(watch.week)
                yield Problem.of("working-days-without-calendar", *place, given=given)
