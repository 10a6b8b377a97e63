"""Dues: what is owed in an incident at a moment, by when and by whom."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from attrs import field

from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.display.names import cell, cells
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, say_many, show
from cmcore.incidents.playbook import DutyKind
from cmcore.incidents.timeline import written
from cmcore.time.durations import rounded
from cmcore.time.week import local, require_aware


@value
class Owed:
    """Something a role owes from `since` until `due`; None means that it never falls due.

    These are recorded instants; `due` may be off by its `tolerance`, either way. `subject` says
    what exactly: the role to alert, the claim to correct, the promise to keep. `people` hold the
    role and are on duty; if there are none, `next_up` is on duty first, at `back`, unless the hours
    of the people in `unsure` are unknown. It has escalated to `escalated`, or will at `escalates`.
    It is not `is_sure` if it is only perhaps owed: a claim now known to be false, which may have
    been true when it was made; or a duty fulfilled in time, and since undone. Where its deadline
    depends on a `year` that the calendar does not cover, it is unknown, and `due` is None.
    """

    duty: str
    kind: DutyKind
    since: datetime = field(kw_only=True)
    due: datetime | None = field(default=None, kw_only=True)
    tolerance: timedelta = field(default=timedelta(0), kw_only=True)
    subject: tuple[str, ...] = field(default=(), kw_only=True)
    role: str | None = field(default=None, kw_only=True)
    people: tuple[str, ...] = field(default=(), kw_only=True)
    next_up: str | None = field(default=None, kw_only=True)
    back: datetime | None = field(default=None, kw_only=True)
    unsure: tuple[str, ...] = field(default=(), kw_only=True)
    escalated: str | None = field(default=None, kw_only=True)
    escalates: datetime | None = field(default=None, kw_only=True)
    is_sure: bool = field(default=True, kw_only=True)
    year: int | None = field(default=None, kw_only=True)

    def left(self, at: datetime) -> timedelta | None:
        """Return the time left at `at`, below zero once it is overdue; None without a deadline.

        Raises:
            InvalidError: when `at` is naive.
        """
        return None if self.due is None else self.due - require_aware(at, "at")

    def is_overdue(self, at: datetime) -> bool:
        """Return whether its deadline is known, and has passed at `at`.

        Raises:
            InvalidError: when `at` is naive.
        """
        return self.due is not None and require_aware(at, "at") > self.due

    @property
    def about(self) -> FrozenMap[tuple[str, ...]]:
        """Its subject by what each part is: `roles` to alert, `events`, and `facts` of these."""
        roles = self.subject[:1] if self.kind is DutyKind.ALERT else ()
        events, facts = self.subject[len(roles) :][:1], self.subject[len(roles) :][1:]
        parts = {"roles": roles, "events": events, "facts": facts}
        return FrozenMap({part: ids for part, ids in parts.items() if ids})


@value
class Due(Viewable):
    """What is owed at an instant, in order of deadlines.

    `has_team` says whether a team was given.
    """

    incident: str
    at: datetime
    zone: str = field(default="UTC", kw_only=True)
    owed: tuple[Owed, ...] = field(default=(), kw_only=True)
    has_team: bool = field(default=False, kw_only=True)

    @property
    def overdue(self) -> tuple[Owed, ...]:
        """What should have been done."""
        return tuple(one for one in self.owed if one.is_overdue(self.at))

    @property
    def running(self) -> tuple[Owed, ...]:
        """What there is still time for."""
        return tuple(one for one in self.owed if one.year is None and not one.is_overdue(self.at))

    @property
    def undated(self) -> tuple[Owed, ...]:
        """What may be overdue or not: the calendar does not say by when it is owed."""
        return tuple(one for one in self.owed if one.year is not None)

    @property
    def next(self) -> Owed | None:
        """What falls due next."""
        return next((one for one in self.running if one.due is not None), None)

    def _view(self, language: Language) -> View:
        """Return what is shown of what is owed, in a terminal or a notebook."""
        told = {"incident": self.incident, "late": len(self.overdue)}
        at = local(self.at, self.zone)
        return View(
            title=say_many("incident due", len(self.owed), language, **told),
            tone="forbidden" if self.overdue else "exception" if self.owed else "covered",
            lines=tuple(self._lines(language)),
            tables=(self._table(language),) if self.owed else (),
            foot=say("incident at", language, at=at, zone=self.zone),
        )

    def _lines(self, language: Language) -> Iterator[Line]:
        for one in self.overdue:
            if one.escalated is not None:
                told = say("incident escalated", language, role=one.escalated)
                yield Line(
                    say("incident escalation", language), cell(one.duty, "duty", language), told
                )

    def _table(self, language: Language) -> Table:
        rows = tuple(
            (_kind(one, language), _named(one, language), self._due(one, language),
             self._left(one, language), cells([one.role] if one.role else [], "role", language),
             self._who(one, language))
            for one in self.owed
        )  # fmt: skip
        tones = tuple(
            ("", "", "", "forbidden" if one.is_overdue(self.at) else "", "", "")
            for one in self.owed
        )
        heads = tuple(
            say(f"incident head {code}", language)
            for code in ("kind", "duty", "due", "left", "role", "people")
        )
        return Table(heads, rows, say("incident owed now", language), tones)

    def _due(self, one: Owed, language: Language) -> str:
        if one.year is not None:
            return say("incident undated", language, year=one.year)
        if one.due is None and one.kind is DutyKind.REVIEW:
            return say("incident once resolved", language)
        return _when(one.due, self.zone, language, one.tolerance)

    def _left(self, one: Owed, language: Language) -> str:
        left = one.left(self.at)
        if left is None:
            return "–"
        told = f"{'−' if left < timedelta(0) else ''}{show(rounded(abs(left)), language)}"
        return f"{told} ±{show(rounded(one.tolerance), language)}" if one.tolerance else told

    def _who(self, one: Owed, language: Language) -> str:
        if one.people:
            return cells(one.people, "member", language)
        if one.next_up is not None:
            back = _when(one.back, self.zone, language)
            return say(
                "incident back", language, who=cell(one.next_up, "member", language), back=back
            )
        if one.unsure:
            return say("incident unsure", language, who=cells(one.unsure, "member", language))
        if one.role is None:
            return say("incident no role", language)
        return say("incident nobody", language) if self.has_team else "–"


def _kind(one: Owed, language: Language) -> str:
    kind = say(f"incident kind {one.kind}", language)
    return kind if one.is_sure else say("incident perhaps", language, kind=kind)


def _named(one: Owed, language: Language) -> str:
    duty, about = cell(one.duty, "duty", language), one.about
    told = [cell(id_, "role", language) for id_ in about.get("roles", ())]
    told += [cell(id_, "event", language) for id_ in about.get("events", ())]
    told += [cell(id_, "fact", language) for id_ in about.get("facts", ())]
    return f"{duty} ({', '.join(told)})" if told else duty


def _when(
    at: datetime | None, zone: str, language: Language, tolerance: timedelta = timedelta(0)
) -> str:
    return "–" if at is None else written(at, zone, tolerance, language)
