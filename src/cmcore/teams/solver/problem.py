"""An assignment problem on indices: people 0..n-1, roles 0..m-1, whole numbers only.

Hard: fitness, bans, pins, numbers of roles, minutes, incompatible roles, most seats, supervision,
`AtMost`.
Wanted: least seats, `AtLeast` and `Distinct`, whose gaps count in the shortage, by weight, or in
the hours; and a least load of each person. So only pins can make a problem impossible.
"""

from collections.abc import Iterable, Iterator

from attrs import Factory, field

from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError
from cmcore.base.errors import Problem as Fault
from cmcore.base.values import internal

Pair = tuple[int, int]
TOP_AFFINITY = 1000 * 10**6
"""The greatest affinity: a thousand, in millionths."""
MOST_WEIGHT = 10**9
"""The greatest weight, so that costs are told apart in floating point."""


def indices(many: Iterable[int]) -> tuple[int, ...]:
    """Freeze a set of indices, in order."""
    return tuple(sorted(set(many)))


def pairs(many: Iterable[tuple[int, int]]) -> tuple[Pair, ...]:
    """Freeze a set of pairs, in order."""
    return tuple(sorted({(first, second) for first, second in many}))


def _couples(many: Iterable[tuple[int, int]]) -> tuple[Pair, ...]:
    return pairs((min(two), max(two)) for two in many)


def _groups(many: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(indices(group) for group in many)


def _affinities(rows: Iterable[Iterable[int | None]]) -> tuple[tuple[int | None, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _durations(rows: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _numbers(many: Iterable[int]) -> tuple[int, ...]:
    return tuple(many)


def _limits(many: Iterable[int | None]) -> tuple[int | None, ...]:
    return tuple(many)


@internal
class Seats:
    """How many holders a role wants at least and takes at most, and what each missing one weighs.

    Tiers of priority are weights: one seat of weight 1000 comes before 999 of weight 1.
    """

    least: int = 1
    most: int = 1
    weight: int = 1


@internal
class Supervision:
    """Whenever somebody in `group` holds `role`, so does one of `others`."""

    role: int
    group: tuple[int, ...] = field(converter=indices)
    others: tuple[int, ...] = field(converter=indices)


@internal
class AtMost:
    """No more than `count` people of `group` hold any of `roles`."""

    roles: tuple[int, ...] = field(converter=indices)
    group: tuple[int, ...] = field(converter=indices)
    count: int


@internal
class AtLeast:
    """`count` people of `group` should hold one of `roles`; each missing one costs `weight`.

    What is `timed` counts in the missing hours, and the rest in the shortage.
    """

    roles: tuple[int, ...] = field(converter=indices)
    group: tuple[int, ...] = field(converter=indices)
    count: int
    weight: int = 1
    timed: bool = False


@internal
class Distinct:
    """`count` of `groups` should have somebody among the holders of `roles`, or cost `weight`."""

    roles: tuple[int, ...] = field(converter=indices)
    groups: tuple[tuple[int, ...], ...] = field(converter=_groups)
    count: int
    weight: int = 1


Rule = Supervision | AtMost | AtLeast | Distinct


@internal
class Problem:
    """People, roles and the rules between them; every table is indexed by person, then by role.

    `fit` is an affinity from 0 on, in any unit, or None where the person cannot hold the role;
    `hats` the most roles of each person (all, by default) and `loads` the least (none, by default),
    of all roles but the `idle` ones, which nobody needs; `capacity` each person's minutes, or None
    for no limit; `minutes` what each pair takes (nothing, by default).

    Raises:
        InvalidError: a table has the wrong shape, or a number or an index is out of range.
    """

    fit: tuple[tuple[int | None, ...], ...] = field(converter=_affinities)
    seats: tuple[Seats, ...] = field(converter=tuple[Seats, ...])
    hats: tuple[int, ...] = field(
        default=Factory(lambda self: (len(self.seats),) * len(self.fit), takes_self=True),
        converter=_numbers,
    )
    capacity: tuple[int | None, ...] = field(
        default=Factory(lambda self: (None,) * len(self.fit), takes_self=True), converter=_limits
    )
    minutes: tuple[tuple[int, ...], ...] = field(
        default=Factory(lambda self: ((0,) * len(self.seats),) * len(self.fit), takes_self=True),
        converter=_durations,
    )
    loads: tuple[int, ...] = field(
        default=Factory(lambda self: (0,) * len(self.fit), takes_self=True), converter=_numbers
    )
    idle: tuple[int, ...] = field(default=(), converter=indices)
    incompatible: tuple[Pair, ...] = field(default=(), converter=_couples)
    pins: tuple[Pair, ...] = field(default=(), converter=pairs)
    bans: tuple[Pair, ...] = field(default=(), converter=pairs)
    previous: tuple[Pair, ...] = field(default=(), converter=pairs)
    rules: tuple[Rule, ...] = field(default=(), converter=tuple[Rule, ...])

    @property
    def people(self) -> range:
        """The people's indices."""
        return range(len(self.fit))

    @property
    def roles(self) -> range:
        """The roles' indices."""
        return range(len(self.seats))

    @property
    def size(self) -> int:
        """How much there is to look at: pairs of a person and a role, and people in rules."""
        groups = (getattr(rule, "group", ()) for rule in self.rules)
        return 1 + len(self.fit) * len(self.seats) + sum(map(len, groups))

    def __attrs_post_init__(self) -> None:
        faults = list(_shape_faults(self)) or [*_number_faults(self), *_index_faults(self)]
        if faults:
            raise InvalidError(faults)


def _shape_faults(problem: Problem) -> Iterator[Fault]:
    n, m = len(problem.fit), len(problem.seats)
    for name in ("hats", "capacity", "minutes", "loads"):
        size = len(getattr(problem, name))
        if size != n:
            yield Fault.of("row-count", name, size=size, due=n)
    for name in ("fit", "minutes"):
        for person, row in enumerate(getattr(problem, name)):
            if len(row) != m:
                yield Fault.of("column-count", name, person, size=len(row), due=m)


def _number_faults(problem: Problem) -> Iterator[Fault]:
    for role, seats in enumerate(problem.seats):
        if not 0 <= seats.least <= seats.most:
            yield Fault.of("seats-upside-down", "seats", role, least=seats.least, most=seats.most)
        yield from count_problems(seats.weight, "seats", role, least=1, most=MOST_WEIGHT)
    for person in problem.people:
        yield from _person_faults(problem, person)
    for number, rule in enumerate(problem.rules):
        if not isinstance(rule, Supervision) and rule.count < 0:
            yield Fault.of("bad-count", "rules", number, given=rule.count, least=0)
        if isinstance(rule, AtLeast | Distinct):
            yield from count_problems(rule.weight, "rules", number, least=1, most=MOST_WEIGHT)


def _person_faults(problem: Problem, person: int) -> Iterator[Fault]:
    for role, affinity in enumerate(problem.fit[person]):
        if affinity is not None and not 0 <= affinity <= TOP_AFFINITY:
            place = ("fit", person, role)
            yield from count_problems(affinity, *place, most=TOP_AFFINITY)
    for role, minutes in enumerate(problem.minutes[person]):
        if minutes < 0:
            yield from count_problems(minutes, "minutes", person, role)
    if (problem.capacity[person] or 0) < 0:
        yield from count_problems(problem.capacity[person], "capacity", person)
    for name in ("hats", "loads"):
        if (count := getattr(problem, name)[person]) < 0:
            yield from count_problems(count, name, person)


def _named(rule: Rule) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the people and the roles a rule names."""
    match rule:
        case Supervision():
            return (*rule.group, *rule.others), (rule.role,)
        case Distinct():
            return tuple(person for group in rule.groups for person in group), rule.roles
        case _:
            return rule.group, rule.roles


def _index_faults(problem: Problem) -> Iterator[Fault]:
    for name in ("pins", "bans", "previous"):
        for place, (person, role) in enumerate(getattr(problem, name)):
            yield from _outside(problem, (person,), (role,), (name, place))
    yield from _outside(problem, (), problem.idle, ("idle",))
    for place, two in enumerate(problem.incompatible):
        yield from _outside(problem, (), two, ("incompatible", place))
        if two[0] == two[1]:
            yield Fault.of("apart-from-itself", "incompatible", place, role=two[0])
    for place, rule in enumerate(problem.rules):
        yield from _outside(problem, *_named(rule), ("rules", place))


def _outside(
    problem: Problem, people: Iterable[int], roles: Iterable[int], path: tuple[str | int, ...]
) -> Iterator[Fault]:
    for person in people:
        if person not in problem.people:
            yield Fault.of("no-person", *path, person=person)
    for role in roles:
        if role not in problem.roles:
            yield Fault.of("no-role", *path, role=role)
