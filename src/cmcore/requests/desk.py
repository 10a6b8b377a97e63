"""Desks: how requests are treated, as data: which role each goes to, and how soon it is due."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs
from attrs import field
from attrs.converters import optional

from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.frozen import symbols
from cmcore.base.ids import id_problems
from cmcore.base.values import value
from cmcore.requests.request import Request
from cmcore.text.names import as_languages, as_networks
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import BusinessClock, Length, deadline, length_problems
from cmcore.time.week import zone_problems


@value
class Selector:
    """Which requests match: those with one of the words in each list that is given.

    None means any. An unknown value matches no list.

    Raises:
        InvalidError: when a list is empty, since it would match no request at all.
    """

    topics: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    networks: frozenset[str] | None = field(
        default=None, kw_only=True, converter=optional(as_networks)
    )
    languages: frozenset[str] | None = field(
        default=None, kw_only=True, converter=optional(as_languages)
    )
    severities: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for name in ("topics", "networks", "languages", "severities"):
            if getattr(self, name) == frozenset():
                yield Problem.of("empty", name, key=name, hint="for-any")

    @checked_late
    def holds(self, request: Request) -> bool:
        """Return whether a request matches."""
        asked = (
            (self.topics, request.topics),
            (self.networks, {request.network}),
            (self.languages, {request.language}),
            (self.severities, {request.severity}),
        )
        return all(words is None or words & had for words, had in asked)


@value
class Target(Selector):
    """An answer, or an acknowledgement, is due `within` a time, on a business clock if it has one.

    Working days are those of the clock.

    Raises:
        InvalidError: when the time is zero or below, working days have no clock, or a list is
            empty.
    """

    within: Length
    clock: BusinessClock | None = None

    def _problems(self) -> Iterator[Problem]:
        yield from super()._problems()
        yield from length_problems(self.within, self.clock, "within")

    def due(self, start: datetime, calendar: Calendar | None = None) -> datetime | None:
        """Return when an answer owed since `start` is due; None when that never comes.

        `calendar` is the one that a clock without one of its own goes by.
        """
        clock = None if self.clock is None else self.clock.on(calendar)
        return deadline(start, self.within, clock)


@value
class Route(Selector):
    """Requests that match go to the people who hold `role`.

    Raises:
        InvalidError: when the role is not an id, or a list is empty.
    """

    role: str

    def _problems(self) -> Iterator[Problem]:
        yield from super()._problems()
        yield from id_problems(self.role, "role")


def _targets(many: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(many)


def _routes(many: Iterable[Route]) -> tuple[Route, ...]:
    return tuple(many)


@value
class Desk:
    """Targets and routes; of each, the first that matches a request applies to it.

    The `targets` are those of answers; `acknowledge` has those of acknowledgements, for which a
    sign such as a like is enough.

    `zone` is the time zone in which hours are shown; `calendar` says on which days nobody works,
    for the clocks that have no calendar of their own.

    Raises:
        InvalidError: when the id is invalid, or the zone is unknown.
    """

    id: str = "desk"
    zone: str = field(default="UTC", kw_only=True)
    calendar: Calendar | None = field(default=None, kw_only=True)
    targets: tuple[Target, ...] = field(default=(), kw_only=True, converter=_targets)
    acknowledge: tuple[Target, ...] = field(default=(), kw_only=True, converter=_targets)
    routes: tuple[Route, ...] = field(default=(), kw_only=True, converter=_routes)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "desk"), *zone_problems(self.zone)]
        if found:
            raise InvalidError(found)

    @checked_late
    def target(self, request: Request) -> Target | None:
        """Return the target of a request, if it has one."""
        return next((target for target in self.targets if target.holds(request)), None)

    @checked_late
    def due(self, request: Request, start: datetime | None) -> datetime | None:
        """Return when an answer owed since `start` is due, if it is owed and has a target.

        Also None if that time never comes.
        """
        target = self.target(request)
        return None if target is None or start is None else target.due(start, self.calendar)

    @checked_late
    def role(self, request: Request) -> str | None:
        """Return the role that a request goes to, if a route matches."""
        return next((route.role for route in self.routes if route.holds(request)), None)


def of_acknowledgements(desk: Desk) -> Desk:
    """Return a desk whose targets are those of the acknowledgements of another."""
    return attrs.evolve(desk, targets=desk.acknowledge)
