"""Playbooks: what a team owes in an incident, by when, and what it never does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import attrs
from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.frozen import symbols
from cmcore.base.ids import held, id_problems, name_problems, nearest, one_of, repeated
from cmcore.base.values import value
from cmcore.charters.kinds import KINDS, REMOVING, Trait, kinds
from cmcore.charters.tones import tone_text
from cmcore.display.names import Names, cell, handle, name_list, names_by_sort, own_names
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, week_text, within_text
from cmcore.text.words import WordList
from cmcore.time.calendar import Calendar, WorkingDays
from cmcore.time.clocks import BusinessClock, Length, length_problems

_NOTHING: Final = timedelta(0)


class DutyKind(StrEnum):
    """The kinds of duty: first those with a deadline, then those that always apply."""

    ACKNOWLEDGE = "acknowledge"
    ALERT = "alert"
    ANSWER = "answer"
    HOLD = "hold"
    CORRECT = "correct"
    REVIEW = "review"
    KEEP_CRITICISM = "keep criticism"
    NEVER_SAY = "never say"
    TELL_TRUTH = "tell the truth"
    KEEP_PROMISES = "keep promises"
    NEVER_CONTRADICT = "never contradict"
    ASK_CIRCUIT = "ask the circuit"

    @property
    def is_timed(self) -> bool:
        """Whether it has a deadline."""
        return "within" in DETAILS[self][0]


_TIMED: Final = ("clock", "level", "role", "escalation", "because")
#: The required, then the optional details of each kind of duty.
DETAILS: Final[Mapping[DutyKind, tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        DutyKind.ACKNOWLEDGE: (("within",), _TIMED),
        DutyKind.ALERT: (("within", "roles"), _TIMED),
        DutyKind.ANSWER: (("within",), (*_TIMED, "acts", "pertinent")),
        DutyKind.HOLD: (("within",), _TIMED),
        DutyKind.CORRECT: (("within",), (*_TIMED, "acts")),
        DutyKind.REVIEW: (("within",), _TIMED),
        DutyKind.KEEP_CRITICISM: ((), ("level", "role", "because", "acts")),
        DutyKind.NEVER_SAY: ((), ("level", "role", "because", "words", "label")),
        DutyKind.TELL_TRUTH: ((), ("level", "role", "because")),
        DutyKind.KEEP_PROMISES: ((), ("level", "role", "escalation", "because")),
        DutyKind.NEVER_CONTRADICT: ((), ("level", "role", "because")),
        DutyKind.ASK_CIRCUIT: ((), ("level", "role", "because")),
    }
)
#: The kinds of act that say something in words.
SPEAKING: Final = kinds(Trait.SAYS)
_INFORMING: Final = kinds(Trait.INFORMS)
_SAID: Final = kinds(Trait.INFORMS, Trait.SAYS) - kinds(Trait.PRIVATE)
_AGAINST: Final = REMOVING | kinds(Trait.SHUNS)
#: The kinds of act that can be meant: they say something, or take a message out of sight.
POSSIBLE: Final[Mapping[DutyKind, frozenset[str]]] = MappingProxyType(
    {
        DutyKind.ANSWER: _INFORMING,
        DutyKind.CORRECT: _INFORMING,
        DutyKind.KEEP_CRITICISM: _AGAINST | {"report"},
    }
)
#: The kinds of act that count by default.
USUAL: Final[Mapping[DutyKind, frozenset[str]]] = MappingProxyType(
    {
        DutyKind.ANSWER: _SAID - {"edit"},
        DutyKind.CORRECT: _SAID,
        DutyKind.KEEP_CRITICISM: _AGAINST,
    }
)
_HINTS: Final = {
    "within": "give-within",
    "roles": "name-those-told",
}


@value
class Escalation:
    """An overdue duty goes to `role` at `after` past its deadline, on the clock of the duty.

    Working days are those of that clock.

    Raises:
        InvalidError: when the role is not an id, or the time is below zero.
    """

    role: str
    after: Length = _NOTHING

    def __attrs_post_init__(self) -> None:
        found = list(id_problems(self.role, "role"))
        if not isinstance(self.after, WorkingDays) and self.after < _NOTHING:
            found.append(Problem.of("escalates-early", "after"))
        if found:
            raise InvalidError(found)


def _kind(given: str) -> DutyKind:
    return one_of(DutyKind, given, "kind")


@value
class Duty:
    """Something to do, or never to do, in an incident from the severity `level` on.

    It is owed `within` a time, on a business clock or on the wall clock without one, from when the
    incident reached that level, or from the opening without a level. That time may be working days,
    which are those of the clock. `correct` counts from the
    false claim, `review` from the resolution. `acts` are the kinds of act that count; `label` is a
    flag of an act that counts like a word on the list. With `pertinent`, an answer counts only if
    it is about criticism, or about a fact in the record.

    Raises:
        InvalidError: with every problem: a detail that is missing or does not belong to the kind,
            a time of zero or below, working days without a clock, a kind of act that is unknown or
            cannot count.
    """

    id: str
    kind: DutyKind = field(converter=_kind)
    within: Length | None = field(default=None, kw_only=True)
    clock: BusinessClock | None = field(default=None, kw_only=True)
    level: str | None = field(default=None, kw_only=True)
    role: str | None = field(default=None, kw_only=True)
    escalation: Escalation | None = field(default=None, kw_only=True)
    roles: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    acts: frozenset[str] | None = field(default=None, kw_only=True, converter=symbols)
    words: WordList | None = field(default=None, kw_only=True)
    label: str | None = field(default=None, kw_only=True)
    pertinent: bool | None = field(default=None, kw_only=True)
    because: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = [*id_problems(self.id, "id"), *self._misplaced(), *self._problems()]
        if found:
            raise InvalidError(found)

    def _misplaced(self) -> Iterator[Problem]:
        needed, others = DETAILS[self.kind]
        for name in ("within", "clock", "level", "role", "escalation", "roles", "acts", "words",
                     "label", "pertinent"):  # fmt: skip
            given = getattr(self, name)
            if given is None and name in needed:
                hint = _HINTS[name]
                yield Problem.of("missing-detail", name, kind=self.kind, detail=name, hint=hint)
            elif given is not None and name not in (*needed, *others):
                details = (*needed, *others)
                yield Problem.of("extra-detail", name, kind=self.kind, detail=name, details=details)

    def _problems(self) -> Iterator[Problem]:
        if self.within is not None:
            yield from length_problems(self.within, self.clock, "within")
        if self.escalation is not None and isinstance(self.escalation.after, WorkingDays):
            yield from self._days_problems(self.escalation.after)
        for name in ("level", "role"):
            given = getattr(self, name)
            yield from () if given is None else id_problems(given, name)
        for name in ("roles", "acts"):
            if getattr(self, name) == frozenset():
                yield Problem.of("empty", name, key=name)
        if self.kind is DutyKind.NEVER_SAY and not self.listed and self.label is None:
            yield Problem.of("nothing-never-said", "words", kind=self.kind)
        for role in sorted(self.roles or ()):
            yield from id_problems(role, "roles")
        yield from self._act_problems()
        if self.label is not None:
            yield from name_problems(self.label, "label")

    def _days_problems(self, after: WorkingDays) -> Iterator[Problem]:
        """Yield what forbids working days until it escalates: those of the clock, if it has one."""
        place = ("escalation", "after")
        if "clock" in DETAILS[self.kind][1]:
            yield from length_problems(after, self.clock, *place)
        else:
            yield Problem.of("working-days-here", *place, given=str(after))

    def _act_problems(self) -> Iterator[Problem]:
        possible = sorted(POSSIBLE.get(self.kind, KINDS))
        for act in sorted({*(self.acts or ())}.difference(possible)):
            if act in KINDS:
                yield Problem.of("act-not-meant", "acts", act=act, kind=self.kind, known=possible)
            else:
                near = nearest(act, possible)
                yield Problem.of("unknown-act-kind", "acts", kind=act, near=near, known=possible)

    def on(self, calendar: Calendar | None) -> "Duty":
        """Return the duty with its hours on a calendar, unless they have one of their own."""
        clock = self.clock
        return self if clock is None else attrs.evolve(self, clock=clock.on(calendar))

    @property
    def meant(self) -> frozenset[str]:
        """The kinds of act that count."""
        return USUAL.get(self.kind, frozenset()) if self.acts is None else self.acts

    @property
    def listed(self) -> tuple[str, ...]:
        """The words that must never be said."""
        return () if self.words is None else self.words.entries

    @property
    def is_private(self) -> bool:
        """Whether it is owed in private."""
        return self.kind is DutyKind.ANSWER and self.meant == {"message"}

    @property
    def _said(self) -> str:
        """What of the sentences says it."""
        if self.kind is DutyKind.NEVER_SAY and self.label is not None:
            return "never say or be" if self.listed else "never be"
        return "answer in private" if self.is_private else str(self.kind)

    def demand(self, language: Language = "en") -> str:
        """Say in a few words what is owed, or never done, and by when."""
        told: dict[str, Any] = {
            "within": within_text(self.within or _NOTHING, language),
            "label": tone_text(self.label or "", language),
        }
        return say(f"incident duty {self._said}", language, **told)

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        parts = [self.demand(language)]
        if self.roles:
            roles = name_list(sorted(self.roles), "role", language)
            parts.append(say("incident duty told", language, roles=roles))
        if self.pertinent:
            parts.append(say("incident duty pertinent", language))
        if self.level is not None:
            parts.append(say("incident duty level", language, level=self.level))
        if self.role is not None:
            parts.append(say("incident duty role", language, role=self.role))
        if self.clock is not None:
            hours = week_text(self.clock.week, language)
            parts.append(say("incident duty clock", language, hours=hours, zone=self.clock.zone))
        return say("incident duty joint", language).join(parts)


def _duties(many: Iterable[Duty]) -> tuple[Duty, ...]:
    return tuple(many)


@value
class Playbook(Viewable):
    """The duties of a team in any incident, in the order in which they are reported.

    Raises:
        InvalidError: when the id is invalid, or two duties have the same one.
    """

    id: str
    duties: tuple[Duty, ...] = field(default=(), converter=_duties)
    title: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = list(id_problems(self.id, "playbook"))
        found += repeated((duty.id for duty in self.duties), "duties")
        if found:
            raise InvalidError(found)

    @checked_late
    def duty(self, id: str) -> Duty:  # noqa: A002
        """Return the duty `id`; KeyError when there is none."""
        return held("duty", id, {duty.id: duty for duty in self.duties})

    def levels(self) -> Iterator[tuple[int, str]]:
        """Yield the levels that duties name, each with the place of its duty."""
        for index, duty in enumerate(self.duties):
            if duty.level is not None:
                yield index, duty.level

    def _view(self, language: Language) -> View:
        """Return the view of the playbook for a terminal or a notebook."""
        counts = Counter(duty.kind.is_timed for duty in self.duties)
        told = {"timed": counts[True], "always": counts[False]}
        return View(
            title=cell(self.id, "playbook", language),
            lines=tuple(
                Line(
                    say("incident owed" if duty.kind.is_timed else "incident always", language),
                    handle(duty.id, "duty", language),
                    f"{duty.text(language)} — {duty.because}" if duty.because
                    else duty.text(language),
                )
                for duty in self.duties
            ),
            foot=say("incident playbook", language,
                     playbook=cell(self.id, "playbook", language), **told),
        )  # fmt: skip


@own_names.register
def _(playbook: Playbook) -> Names:
    return names_by_sort(playbook={playbook.id: playbook.title} if playbook.title else {})


def demands(playbook: Playbook) -> Names:
    """Return duties by what they demand, or by why they are owed where that says what they are.

    Two may demand the same, and a label of the charter is no word of a language.
    """
    said = {duty.id: (duty.demand("en"), duty.demand("fr")) for duty in playbook.duties}
    unclear = {
        told for told, count in Counter(said.values()).items() if count > 1 or "`" in told[0]
    }
    return names_by_sort(
        duty={
            duty.id: duty.because if said[duty.id] in unclear and duty.because else said[duty.id]
            for duty in playbook.duties
        }
    )
