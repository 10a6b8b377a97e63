"""Shapes: the columns by which each noun and each part of a verdict stands in a table."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from cmcore.charters.act import Act
from cmcore.charters.audits.audit import Audit, ExceptionCause, RuleTally
from cmcore.charters.audits.comparison import Changed
from cmcore.charters.audits.expected import ExpectationResult
from cmcore.charters.audits.figures import Period
from cmcore.charters.decision import Decision
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.rule import Rule
from cmcore.charters.suggestions.suggestion import Suggested, Uncovered
from cmcore.circuits.completion.completability import Completion
from cmcore.display.wording import say
from cmcore.incidents.events import IncidentEvent
from cmcore.incidents.replay.conduct import DutyFinding
from cmcore.incidents.replay.owed import Owed
from cmcore.incidents.signals.signal import Sighting, Signal
from cmcore.incidents.timeline import tell
from cmcore.requests.follow_up.backlog import Item
from cmcore.requests.request import Request, RequestEvent
from cmcore.requests.routing import Routing
from cmcore.requests.staff.staffing import Staffed
from cmcore.reviews.events import ReviewEvent, event_line
from cmcore.reviews.promotions.promotion import Held, Proposal
from cmcore.tables.columns import Column, columns, number, unit, within
from cmcore.teams.assignment.assignment import GoalLevel, Shortfall
from cmcore.teams.gap import Absence, Cell, Gap, Hour, Overload, RolesHeld, Share, plainly
from cmcore.teams.member import Member
from cmcore.teams.remedies.remedy import Hire, Training


def _amount(name: str) -> Callable[[Any], object]:
    return lambda thing: number(getattr(thing, name))


def _what(one: Gap | Shortfall) -> str:
    return " · ".join(plainly(one.what))


def _unit(name: str) -> Callable[[Any], object]:
    return lambda thing: unit(getattr(thing, name))


ACT: Final = columns(
    id="text", kind="text", at="instant", network="text", account="text", author="text",
    language="text", topics="text", text="text", links="text", hashtags="text", mentions="text",
    media="text", described="flag", paid="flag", scheduled="flag", template="text",
    format="text", recipient="text", duration="duration",
)  # fmt: skip
CASE: Final = (
    *columns(place="text", problems=("text", lambda _: None)),
    *within(ACT, lambda case: case.act),
)
UNREADABLE: Final = (
    *columns(
        place="text",
        problems=("text", lambda row: "; ".join(problem.message for problem in row.problems)),
    ),
    *(Column(one.name, one.type, lambda _: None) for one in ACT),
)
AUDIT: Final = columns(
    charter="text", version="count", target="number", confidence="number", total="count",
    covered="count", exceptions="count", forbidden="count", unreadable=("count",
    "unreadable_count"), share="number", low=("number", "interval.low"),
    high=("number", "interval.high"), verdict="text", trend=("text", "drift.trend"),
)  # fmt: skip
CHANGE: Final = columns(
    act=("text", "case.name"), before="text", after="text", circuits_before="text",
    circuits_after="text", rules_before="text", rules_after="text",
)  # fmt: skip
FINDING: Final = columns(
    duty="text", kind="text", standing="text", subject="text", events="text", at="instant",
    due="instant", margin="duration", margin_tolerance="duration",
    told=("text", lambda one: one.text()),
)  # fmt: skip
TIMING: Final = columns(
    name="text", count="count", answered="count", unanswered="count", met="count",
    missed="count", pending="count", untargeted="count", undated="count", share="number",
)  # fmt: skip

#: Type of value -> its columns. A subtype comes before its supertypes.
SHAPES: Final[Mapping[type, tuple[Column, ...]]] = MappingProxyType(
    {
        Act: ACT,
        Case: CASE,
        Unreadable: UNREADABLE,
        Decision: columns(
            act=("text", "act.id"), at="instant", charter="text", version="count", outcome="text",
            circuits="text", determining="text",
            unknown=("text", lambda one: tuple(found.rule for found in one.unknown)),
            repair=("text", lambda one: one.repair and one.repair.text()),
        ),
        Audit: AUDIT,
        ExceptionCause: columns(
            cause=("text", "name"), outcome="text", rules="text", circuits="text",
            acts=("count", "count"), unknown="flag",
        ),
        RuleTally: columns(
            rule="text", effect="text", fired="count", determined="count", alone="count",
        ),
        ExpectationResult: columns(
            expectation=("text", "expectation.id"), expected=("text", lambda one: one.text()),
            standing="text", met="count", missed="count", undecided="count", partial="count",
            idle="count", share="number",
            low=("number", lambda one: one.interval and one.interval.low),
            high=("number", lambda one: one.interval and one.interval.high),
        ),
        Period: columns(
            period=("text", "name"), total="count", covered="count", share="number",
        ),
        Changed: CHANGE,
        Gap: columns(
            kind="text", what=("text", _what), asked=("number", _amount("asked")),
            lacking=("number", _amount("size")), unit=("text", _unit("asked")), people="text",
            candidates="text", perhaps="text", trait="text",
            week=("text", lambda gap: gap.week and str(gap.week)), zone="text",
        ),
        Hour: columns(
            day="count", hour="count", on_duty="count", needed="count", lacking="count",
        ),
        Completion: columns(
            circuit="text", share="number", completes="duration", typical="duration",
            worst="duration", worst_at="instant", author="text", is_proven="flag",
        ),
        Held: columns(rule="text", effect="text", approved="count", reviewed="count"),
        Hire: columns(
            option=("text", lambda _: "hire"), member=("text", "member.id"),
            learned=("text", lambda _: None), cost="count",
        ),
        Proposal: columns(
            rule=("text", "rule.id"), permits=("text", lambda one: one.text()),
            approved=("count", lambda one: len(one.support)), others="count",
            share_before=("number", lambda one: one.shares[0]),
            share_after=("number", lambda one: one.shares[1]),
        ),
        Suggested: columns(
            rule=("text", "rule.id"), effect=("text", "rule.effect"),
            asks=("text", lambda one: one.text()), support="count", left="count",
        ),
        Uncovered: columns(
            why="text", count="count", rule="text", facts="text", examples="text",
        ),
        Routing: columns(
            request=("text", "request.id"), member="text",
            reason=("text", lambda one: one.reason()),
        ),
        Training: columns(
            option=("text", lambda _: "training"), member="text", learned="text", cost="count",
        ),
        Share: columns(
            dimension="text", asked=("number", _amount("asked")),
            lacking=("number", _amount("lacking")), unit=("text", _unit("asked")),
            share="number",
        ),
        Overload: columns(
            member="text", kind="text", amount="count", limit="count", excess="count",
        ),
        Absence: columns(
            people="text", falls=("text", lambda one: one.text()), is_proven="flag",
        ),
        RolesHeld: columns(member="text", roles="text"),
        Cell: columns(
            role="text", network="text", language="text", asked=("number", _amount("asked")),
            lacking=("number", _amount("lacking")), unit=("text", _unit("asked")),
            share="number",
        ),
        GoalLevel: columns(
            goal="text", value="number", bound="number", unit=("text", "goal.unit"),
            is_proven="flag",
        ),
        Shortfall: columns(
            kind="text", what=("text", _what), asked=("number", _amount("asked")),
            lacking=("number", _amount("size")), unit=("text", _unit("asked")),
            week=("text", lambda lack: lack.week and str(lack.week)), zone="text",
        ),
        DutyFinding: FINDING,
        Owed: columns(
            duty="text", kind="text", subject="text", since="instant", due="instant",
            tolerance="duration", role="text",
            people="text", next_up="text", back="instant", escalated="text", escalates="instant",
            is_sure="flag", year="count",
        ),
        IncidentEvent: columns(
            id="text", kind=("text", lambda event: type(event).__name__), at="instant",
            tolerance="duration", source="text", by="text",
            told=("text", lambda event: tell(event, "en", "UTC")), note="text",
        ),
        Item: columns(
            id=("text", "track.request.id"), at=("instant", "track.request.at"),
            network=("text", "track.request.network"), state=("text", "track.state"),
            holder=("text", "track.holder"), owed="instant", due="instant",
            acknowledge_by="instant", resolve_by="instant", overdue="duration",
            has_target="flag", is_untargeted="flag", year="count", is_ignored="flag",
            is_stranded="flag",
        ),
        Request: columns(
            id="text", at="instant", network="text", author="text", text="text",
            language="text", topics="text", severity="text",
        ),
        RequestEvent: columns(
            request="text", move="text", at="instant", by="text", to="text", how="text",
            reason="text", into="text",
        ),
        Staffed: columns(
            day="count", hour="count", rate="number", people="count", share="number",
            on_duty="count", lacking="count",
        ),
        Signal: columns(
            kind="text", state="text", seen="count", among="count", usual="number",
            chance="number", level="number", least="count", since="instant", rhythm="text",
            weeks="count", networks="text", quote="text",
        ),
        Sighting: columns(at="instant", text="text", negative="flag", network="text"),
        Member: columns(
            id="text", name="text", roles="text", skills="text", languages="text",
            networks=("text", lambda one: tuple(one.networks)), trade="text", age="text",
            level="text", seniority="text", contract="text",
            employer="text", region="text",
        ),
        Rule: columns(
            id="text", effect="text", to="text", because="text", note="text", source="text",
            since=("text", lambda rule: rule.term.since and rule.term.since.isoformat()),
            through=("text", lambda rule: rule.term.through and rule.term.through.isoformat()),
        ),
        ReviewEvent: columns(
            at="instant", event=("text", lambda event: say(f"event {event.kind}")),
            by=("text", lambda event: getattr(event, "by", None)),
            told=("text", lambda event: event_line(event).text),
        ),
    }
)  # fmt: skip
