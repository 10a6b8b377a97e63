"""Gaps: each is one thing missing in a team, when, and who could fill it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from attrs import field

from cmcore.base.errors import Path
from cmcore.base.frozen import FrozenMap
from cmcore.base.language import SENTENCES
from cmcore.base.shown import Sort
from cmcore.base.values import value
from cmcore.display.names import cell, name_list, named
from cmcore.display.wording import Language, say, show, show_work, week_text
from cmcore.time.week import Week, require_aware

#: People, roles or values of a trait; or a time, added up over the missing people.
Amount = int | timedelta


class Dimension(StrEnum):
    """A dimension of what a team is asked for."""

    SEATS = "seats"
    SPECIALISTS = "specialists"
    LANGUAGES = "languages"
    HOURS = "hours"
    WORKLOAD = "workload"
    MIX = "mix"
    SUPERVISION = "supervision"
    SEPARATION = "separation"
    LOADS = "loads"


class GapKind(StrEnum):
    """How a need may fail."""

    SEATS = "seats"
    EXCESS = "excess"
    SPECIALISTS = "specialists"
    LANGUAGES = "languages"
    HOURS = "hours"
    WORKLOAD = "workload"
    MIX = "mix"
    NOT_ONLY = "not only"
    CAP = "cap"
    SUPERVISION = "supervision"
    SEPARATION = "separation"
    LOADS = "loads"

    @property
    def dimension(self) -> Dimension:
        """The dimension whose share it lowers."""
        return _DIMENSIONS.get(self) or Dimension(self.value)


_DIMENSIONS: Final = {
    GapKind.EXCESS: Dimension.SEATS,
    GapKind.NOT_ONLY: Dimension.MIX,
    GapKind.CAP: Dimension.MIX,
}
#: The needs that are ceilings: there is too much of what they are about.
CEILINGS: Final = frozenset({GapKind.EXCESS, GapKind.CAP})


@value
class Lapse:
    """From `start`, included, to `stop`, excluded, `lacking` people are missing."""

    start: datetime
    stop: datetime
    lacking: int


@value
class Gap:
    """One need that is not met.

    `path` is the place of the need in a file of needs (for `loads`, in the team), and `what` it is
    about, by what each part is: a `role`, a `network` and a `language` for hours, the `first` and
    the `second` role for separation, a `trait` and its `value`. `asked` and `size` are numbers of
    people, values or roles, or a time: for `hours`, the person-time missing over the window; for
    `workload`, the time in a day. `people` are those who cause it, and `candidates` those who could
    fill it with no other change, by taking a role or being on duty. `perhaps` are those who might,
    once the `trait` that the need asks about is known. `when` and `week`, on the clock of `zone`,
    are for `hours`, and for `supervision` if those who may supervise are there at other hours;
    without a window, `week` is the usual week and `when` is empty.
    """

    kind: GapKind
    path: Path
    what: FrozenMap[str] = field(converter=FrozenMap[str])
    asked: Amount
    size: Amount
    people: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    when: tuple[Lapse, ...] = ()
    week: Week | None = None
    zone: str | None = None
    perhaps: tuple[str, ...] = ()
    trait: str | None = None

    @property
    def have(self) -> Amount:
        """How much there is: less than is asked for, or more if that is a ceiling."""
        size = -self.size if self.kind in CEILINGS else self.size
        return less(self.asked, size)

    @property
    def time(self) -> timedelta:
        """How long it lasts over the window, or in a usual week where none is given."""
        usual = timedelta(minutes=self.week.minutes if self.week else 0)
        return sum((one.stop - one.start for one in self.when), timedelta()) or usual

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        is_partly = self.kind is GapKind.SUPERVISION and self.week is not None
        told = say(
            "gap supervision at times" if is_partly else f"gap {self.kind}",
            language,
            asked=show_work(self.asked, language),
            size=show_work(self.size, language),
            have=show_work(self.have, language),
            people=name_list(self.people, "member", language, _MOST),
            week=week_text(self.week, language),
            zone=self.zone,
            time=show_work(self.time, language),
        )
        if self.kind in _UNFILLED:
            return told
        could = {"could": self.candidates, f"might {self.trait}": self.perhaps}
        codes = [code for code, people in could.items() if people] or ["nobody could"]
        return told + "".join(
            say(code, language, people=name_list(could.get(code, ()), "member", language, _MOST))
            for code in codes
        )


#: The gaps that no single person can fill by taking a role.
_UNFILLED: Final = CEILINGS | {GapKind.SEPARATION, GapKind.LOADS}


#: How many people a sentence names.
_MOST: Final = 6


def about(what: Mapping[str, str], language: Language = "en") -> str:
    """Return what a need is about, by the names of the roles, the network or the person."""
    if "trait" in what:
        trait, value = what["trait"], what.get("value")
        told = say(f"field {trait}", language) if f"field {trait}" in SENTENCES else trait
        if value is not None:
            word = cell(value, "contract", language) if trait == "contract" else value
            told = f"{told}{say('incident colon', language)}{word}"
        return told
    if "hours" in what:
        return week_text(what["hours"], language)
    named = {
        part: what[part] if sort is None else cell(what[part], sort, language)
        for part, sort in _SORTS.items()
        if part in what
    }
    return " · ".join(named.values())


def plainly(what: Mapping[str, str]) -> list[str]:
    """Return the parts of what a need is about, in the order they are shown."""
    return [what[part] for part in _SORTS if part in what]


#: The parts of what needs are about, in the order they are shown, and what they are ids of.
_SORTS: Final[Mapping[str, Sort | None]] = {
    "role": "role",
    "first": "role",
    "second": "role",
    "network": "network",
    "language": "language",
    "member": "member",
    "work": "work",
    "hours": None,
    "trait": None,
    "value": None,
}


@value
class Overload:
    """More `minutes` a day than somebody has time for, or more `roles` than they may hold."""

    member: str
    kind: str
    amount: int
    limit: int

    @property
    def excess(self) -> int:
        """By how much it exceeds the limit."""
        return self.amount - self.limit

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        told = (timedelta(minutes=n) if self.kind == "minutes" else n
                for n in (self.amount, self.limit, self.excess))  # fmt: skip
        amount, limit, excess = (show_work(n, language) for n in told)
        return say(f"too many {self.kind}", language, amount=amount, limit=limit, excess=excess)


@value
class RolesHeld:
    """The roles assigned to one person, when there are several."""

    member: str
    roles: tuple[str, ...]


def ends_of(many: Mapping[str, datetime | None]) -> FrozenMap[datetime | None]:
    """Freeze the ends of skills, in UTC.

    Raises:
        InvalidError: when one of them is naive, or no instant.
    """
    ends = {
        skill: None if end is None else require_aware(end, "expiring")
        for skill, end in many.items()
    }
    return FrozenMap(ends)


def no_ends() -> FrozenMap[datetime | None]:
    """Return the ends of no skill."""
    return FrozenMap()


@value
class Unfit:
    """A role assigned to somebody without the skills it requires: it counts as not held.

    Of these, `dated` are those that they have, but only until an instant, which each has: it comes
    too early, it is unknown, or the team was judged at no instant.
    """

    member: str
    role: str
    lacks: tuple[str, ...]
    dated: FrozenMap[datetime | None] = field(factory=no_ends, converter=ends_of)

    def told(self, language: Language = "en") -> str:
        """Return the skills that are missing, and when those end that they have."""
        told = [self._skill(skill, language) for skill in self.lacks[:_MOST]]
        return ", ".join([*told, *(["…"] if len(self.lacks) > len(told) else [])])

    def _skill(self, skill: str, language: Language) -> str:
        name = named(skill, "skill", language)
        if skill not in self.dated:
            return name
        end = self.dated[skill]
        if end is None:
            return say("skill until unknown", language, skill=name)
        return say("skill until", language, skill=name, end=show(end, language))


@value
class Fall:
    """A need that is missing more once people are away: how much before, and how much after."""

    kind: GapKind
    path: Path
    what: FrozenMap[str] = field(converter=FrozenMap[str])
    before: Amount
    after: Amount


@value
class Absence:
    """What is missing without some people, however the roles are assigned among the others.

    `is_proven` says whether no better assignment exists; if not, none was found within the budget
    of the search.
    """

    people: tuple[str, ...]
    falls: tuple[Fall, ...]
    is_proven: bool = True

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        told = say("joint", language).join(
            say("falls further" if fall.before else "falls", language,
                kind=say(f"dimension {fall.kind.dimension}", language),
                what=about(fall.what, language), before=show_work(fall.before, language),
                after=show_work(fall.after, language))
            for fall in self.falls
        )  # fmt: skip
        return told if self.is_proven else f"{told} ({say('not proven', language)})"


@value
class Share:
    """How much of a dimension is met: `lacking` out of `asked`, in its own unit."""

    dimension: Dimension
    asked: Amount
    lacking: Amount

    @property
    def share(self) -> float | None:
        """The part that is met, from 0 to 1; None if nothing is asked for."""
        return part(self.asked, self.lacking)


@value
class Cell:
    """How often one person on duty holds a role, knows a network and speaks a language, at once.

    `asked` is the time of the watches in the needs, or 1 without a window; a part that the needs do
    not name is None.
    """

    role: str | None
    network: str | None
    language: str | None
    asked: Amount
    lacking: Amount

    @property
    def share(self) -> float | None:
        """The part that is met, from 0 to 1; None if nothing is asked for."""
        return part(self.asked, self.lacking)


def less(one: Amount, other: Amount) -> Amount:
    """Return one amount less another of the same unit."""
    if isinstance(one, timedelta) or isinstance(other, timedelta):
        return timedelta(0) + _time(one) - _time(other)
    return one - other


def _time(one: Amount) -> timedelta:
    return one if isinstance(one, timedelta) else timedelta(0)


def part(asked: Amount, lacking: Amount) -> float | None:
    """Return the share of `asked` that is not missing."""
    if not asked:
        return None
    if isinstance(asked, timedelta):
        return (asked - _time(lacking)) / asked
    return 1 - (0 if isinstance(lacking, timedelta) else lacking) / asked


@value
class Hour:
    """The worst moment of one hour of the week: `day` from 0 (Monday), `hour` from 0 to 23.

    Of the watches at that time, it is the one with the fewest people to spare: it asks for `needed`
    people, `on_duty` of those who count for it are at work, and `lacking` are missing. Without a
    watch, `on_duty` is everybody at work.
    """

    day: int
    hour: int
    on_duty: int
    needed: int
    lacking: int
