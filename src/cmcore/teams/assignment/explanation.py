"""Why something is missing: roles that too few people can hold, or causes that together do it."""

from collections.abc import Iterator
from enum import StrEnum

from attrs import field

from cmcore.base.errors import Path
from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.display.names import all_named, cell, named
from cmcore.display.views import Line
from cmcore.display.wording import Language, say, week_text
from cmcore.teams.gap import about
from cmcore.teams.needs import Watch


@value
class Block:
    """Roles with more seats than the only people who can hold them can fill: Hall's theorem (1935).

    Only `people` can hold any of `roles`; together these need `wanted` seats, and at most `filled`
    of them can be held, because of skills, bans and numbers of roles.
    """

    roles: tuple[str, ...]
    people: tuple[str, ...]
    wanted: int
    filled: int

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        code = "block" if self.people else "block empty"
        return say(
            code,
            language,
            roles=all_named(self.roles, "role", language),
            people=all_named(self.people, "member", language),
            wanted=self.wanted,
            filled=self.filled,
        )


class ReasonKind(StrEnum):
    """The possible kinds of cause of a shortage."""

    PIN = "pin"
    BAN = "ban"
    NEED = "need"
    SUPERVISION = "supervision"
    SEPARATION = "separation"
    MINUTES = "minutes"
    ROLES = "roles"
    LOAD = "load"


@value
class Reason:
    """One of the causes that together are enough to explain the shortage.

    `people` and `roles` are those it is about: both for a pin or a ban; the person whose minutes,
    most or least roles are the cause; the separated roles; or those that the need at `path` is
    about, where the `trait` in `what` distinguishes that need from others about the same roles, and
    `watch` is the need if it is one of hours. For least roles, `roles` are those that the person
    has the skills for, and `seats` has the maximum number of those that are too few for everybody
    with a load.
    """

    cause: ReasonKind
    people: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    path: Path = ()
    what: FrozenMap[str] = field(factory=FrozenMap[str], converter=FrozenMap[str])
    watch: Watch | None = None
    seats: tuple[tuple[str, int], ...] = ()

    @property
    def _code(self) -> str:
        """What of the sentences says it."""
        if self.watch is not None:
            return "cause watch"
        if self.path[:1] == ("mix",):
            return "cause mix"
        if self.cause is not ReasonKind.LOAD:
            return f"cause {self.cause}"
        return "cause load seats" if self.seats else "cause load" if self.roles else (
            "cause load none")  # fmt: skip

    def _about(self, language: Language) -> str:
        """Say what distinguishes it: the hours of a watch, the seats of each role, a trait."""
        if self.watch is not None:
            hours, network, spoken = self.watch.week, self.watch.network, self.watch.language
            told = [cell(network, "network", language)] if network else []
            told += [cell(spoken, "language", language)] if spoken else []
            return ", ".join([week_text(hours, language), *told])
        if self.seats:
            return ", ".join(f"{named(role, 'role', language)} {n}" for role, n in self.seats)
        return about(self.what, language)

    def text(self, language: Language = "en") -> str:
        """Return it in a few words."""
        people = all_named(self.people, "member", language)
        roles = all_named(self.roles, "role", language)
        what = self._about(language)
        return say(self._code, language, people=people, roles=roles, what=what)


@value
class Explanation:
    """Why something is missing, or why no plan is possible.

    If only skills, bans and numbers of roles matter, each short role has its block. Otherwise
    `reasons` are causes that together are enough: even without any others, just as much would be
    missing. There may be other causes, so removing one of these may change nothing. If the list
    `is_least`, none of them can be left out; otherwise the search ended before that was known.
    """

    blocks: tuple[Block, ...] = ()
    reasons: tuple[Reason, ...] = ()
    is_least: bool = True

    def lines(self, language: Language, *, is_possible: bool = True) -> Iterator[Line]:
        """Yield what is shown of it."""
        for block in self.blocks:
            yield Line("", "", say("why", language, told=block.text(language)))
        if self.reasons:
            texts = dict.fromkeys(reason.text(language) for reason in self.reasons)
            code = (
                f"{'enough' if is_possible else 'ruled out'}{'' if self.is_least else ' at most'}"
            )
            told = say(code, language, reasons=say("joint", language).join(texts))
            yield Line("", "", say("why", language, told=told))
