"""Desks: how requests are treated, as data: which role each goes to, and how soon it is due."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import attrs
from attrs import field
from attrs.converters import optional

from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.frozen import symbols
from cmcore.base.ids import id_problems, nearest
from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.conditions.condition import Condition, require_condition, tests
from cmcore.charters.conditions.facts import UNKNOWN, FactType, Log, Reading
from cmcore.charters.conditions.fit import fit_problems
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.requests.request import Request
from cmcore.text.languages import as_languages, each_language
from cmcore.text.names import as_networks
from cmcore.time.calendar import Calendar
from cmcore.time.clocks import BusinessClock, Length, deadline, length_problems
from cmcore.time.week import zone_problems

#: What a condition of a desk may read: the messages that came from the same author before.
FROM_AUTHOR: Final = "recent.received.same_author"
#: The vocabulary in which that is a count, as those of charters are.
COUNTED: Final = Vocabulary(counts=frozenset({"received"}))


@value
class Selector:
    """Which requests match: those with one of the words in each list that is given.

    None means any. An unknown value matches no list. `when` counts what else the author wrote, as
    the rules of a charter count earlier acts; where the count is unknown, it does not match.

    Raises:
        InvalidError: when a list is empty, since it would match no request at all; when the
            condition reads anything but `recent.received.same_author`.
    """

    topics: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    networks: frozenset[str] | None = field(
        default=None, kw_only=True, converter=optional(as_networks)
    )
    languages: frozenset[str] | None = field(
        default=None, kw_only=True, converter=optional(as_languages)
    )
    severities: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    when: Condition | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for name in ("topics", "networks", "languages", "severities"):
            if getattr(self, name) == frozenset():
                yield Problem.of("empty", name, key=name, hint="for-any")
        yield from each_language(self.languages or (), "languages")
        if self.when is not None:
            yield from _when_problems(self.when)

    @checked_late
    def holds(self, request: Request, earlier: Log | None = None) -> bool:
        """Return whether a request matches; `earlier` are the messages that came before."""
        from cmcore.charters.meaning.kleene import truth

        asked = (
            (self.topics, request.topics),
            (self.networks, {request.network}),
            (self.languages, {request.language}),
            (self.severities, {request.severity}),
        )
        if not all(words is None or words & had for words, had in asked):
            return False
        return self.when is None or truth(self.when, _Earlier(earlier)) is Truth.TRUE


def _when_problems(when: Condition) -> Iterator[Problem]:
    require_condition(when)
    for test in tests(when):
        if test.fact == FROM_AUTHOR:
            yield from (one.under("when") for one in fit_problems(test, COUNTED))
        else:
            near = nearest(test.fact, [FROM_AUTHOR])
            known = [FROM_AUTHOR]
            yield Problem.of(
                "unknown-fact", "when", fact=test.fact, near=near, known=known, hint="one-of"
            )


class _Earlier:
    """What the condition of a selector reads: the earlier messages, where they are known."""

    def __init__(self, log: Log | None) -> None:
        self.log, self.zone = log, "UTC"

    def type_of(self, _: str) -> FactType:
        return FactType.LOG

    def read(self, _: str) -> Reading:
        return UNKNOWN if self.log is None else self.log


@value
class Target(Selector):
    """Something is due `within` a time, on a business clock if it has one.

    It is an answer, an acknowledgement or the resolution.

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

        Raises:
            InvalidError: when that depends on a year that the calendar does not cover.
        """
        return deadline(start, self.within, self.on(calendar))

    def on(self, calendar: Calendar | None) -> BusinessClock | None:
        """Return its clock, on a calendar unless it has one of its own."""
        return None if self.clock is None else self.clock.on(calendar)


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


def _selectors(many: Iterable[Selector]) -> tuple[Selector, ...]:
    return tuple(many)


def _routes(many: Iterable[Route]) -> tuple[Route, ...]:
    return tuple(many)


@value
class Desk:
    """Targets and routes; of each, the first that matches a request applies to it.

    The `targets` are those of answers; `acknowledge` has those of acknowledgements, for which a
    sign such as a like is enough, and `resolve` those of the time until a request is resolved.
    Messages that match one of `ignore` are owed nothing.

    `zone` is the time zone in which hours are shown; `calendar` says on which days nobody works,
    for the clocks that have no calendar of their own.

    Raises:
        InvalidError: when the id is invalid, the zone is unknown, or every message is ignored.
    """

    id: str = "desk"
    zone: str = field(default="UTC", kw_only=True)
    calendar: Calendar | None = field(default=None, kw_only=True)
    targets: tuple[Target, ...] = field(default=(), kw_only=True, converter=_targets)
    acknowledge: tuple[Target, ...] = field(default=(), kw_only=True, converter=_targets)
    resolve: tuple[Target, ...] = field(default=(), kw_only=True, converter=_targets)
    routes: tuple[Route, ...] = field(default=(), kw_only=True, converter=_routes)
    ignore: tuple[Selector, ...] = field(default=(), kw_only=True, converter=_selectors)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "desk"), *zone_problems(self.zone)]
        for index, one in enumerate(self.ignore):
            if one == Selector():
                found.append(Problem.of("ignores-everything", "ignore", index))
        if found:
            raise InvalidError(found)

    @property
    def counts(self) -> bool:
        """Whether anything depends on how often the author of a request wrote before."""
        many = (*self.targets, *self.acknowledge, *self.resolve, *self.routes, *self.ignore)
        return any(one.when is not None for one in many)

    @checked_late
    def target(self, request: Request, earlier: Log | None = None) -> Target | None:
        """Return the target of a request, if it has one.

        `earlier` are the messages of its author that came before, where they are known.
        """
        return next((target for target in self.targets if target.holds(request, earlier)), None)

    @checked_late
    def due(
        self, request: Request, start: datetime | None, earlier: Log | None = None
    ) -> datetime | None:
        """Return when an answer owed since `start` is due, if it is owed and has a target.

        Also None if that time never comes.
        """
        target = self.target(request, earlier)
        return None if target is None or start is None else target.due(start, self.calendar)

    @checked_late
    def role(self, request: Request, earlier: Log | None = None) -> str | None:
        """Return the role that a request goes to, if a route matches."""
        return next((route.role for route in self.routes if route.holds(request, earlier)), None)

    @checked_late
    def ignores(self, request: Request, earlier: Log | None = None) -> bool:
        """Return whether a message of a request is owed nothing."""
        return any(one.holds(request, earlier) for one in self.ignore)


def of_acknowledgements(desk: Desk) -> Desk:
    """Return a desk whose targets are those of the acknowledgements of another."""
    return attrs.evolve(desk, targets=desk.acknowledge)


def of_resolutions(desk: Desk) -> Desk:
    """Return a desk whose targets are those of the resolutions of another."""
    return attrs.evolve(desk, targets=desk.resolve)
