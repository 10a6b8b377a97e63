"""Desks: how requests are treated, as data: which role each goes to, and how soon it is due."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from attrs import field
from attrs.converters import optional

from cmcore.base.amounts import show_duration
from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.frozen import symbols
from cmcore.base.ids import id_problems
from cmcore.base.values import value
from cmcore.requests.request import Request
from cmcore.text.names import as_languages, as_networks
from cmcore.time.clocks import BusinessClock, deadline
from cmcore.time.week import zone_problems


@value
class Selector:
    """Which requests are meant: those that have, of each list given, one of its words.

    None stands for any. What is not known of a request is in no list.

    Raises:
        InvalidError: when a list is empty, since it would mean no request at all.
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
        """Tell whether a request is meant."""
        asked = (
            (self.topics, request.topics),
            (self.networks, {request.network}),
            (self.languages, {request.language}),
            (self.severities, {request.severity}),
        )
        return all(words is None or words & had for words, had in asked)


@value
class Target(Selector):
    """An answer is due `within` a time, on a business clock, or on the wall clock without one.

    Raises:
        InvalidError: when the time is zero or below, or a list is empty.
    """

    within: timedelta
    clock: BusinessClock | None = None

    def _problems(self) -> Iterator[Problem]:
        yield from super()._problems()
        if self.within <= timedelta():
            yield Problem.of("duration-not-positive", "within", given=show_duration(self.within))

    def due(self, start: datetime) -> datetime | None:
        """Return when an answer is due that is owed since `start`; None when that never comes."""
        return deadline(start, self.within, self.clock)


@value
class Route(Selector):
    """The requests that are meant go to the people who hold `role`.

    Raises:
        InvalidError: when the role is no id, or a list is empty.
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
    """Targets and routes; of each, the first that means a request is the one for it.

    `zone` is the clock on which hours are told.

    Raises:
        InvalidError: when the id will not do, or the zone is unknown.
    """

    id: str = "desk"
    zone: str = field(default="UTC", kw_only=True)
    targets: tuple[Target, ...] = field(default=(), kw_only=True, converter=_targets)
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
        """Return when an answer is due that is owed since `start`, if it is owed and has a target.

        None too where that time never comes.
        """
        target = self.target(request)
        return None if target is None or start is None else target.due(start)

    @checked_late
    def role(self, request: Request) -> str | None:
        """Return the role that a request goes to, if a route means it."""
        return next((route.role for route in self.routes if route.holds(request)), None)
