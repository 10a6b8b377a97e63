"""Reading a rota: who is on duty or away when, by a calendar that somebody else may have made."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

import attrs

from cmcore.base.asked import checked
from cmcore.base.characters import fold
from cmcore.base.errors import InvalidError, Problem, refuse_any
from cmcore.base.ids import nearest
from cmcore.base.regex import regex
from cmcore.base.shown import clip
from cmcore.codec.ical.described import Described
from cmcore.codec.ical.happenings import happenings, place, reach
from cmcore.codec.ical.lines import Component, Property, parts_of
from cmcore.codec.ical.package import icalendar
from cmcore.codec.ical.repeats import Budget
from cmcore.codec.ical.zones import Zones
from cmcore.display.wording import show
from cmcore.teams.availability import Leave, Shift
from cmcore.teams.member import Member
from cmcore.teams.team import Team
from cmcore.teams.window import LONGEST
from cmcore.time.intervals import Span

#: The most days that are looked at for all the rules of a calendar.
MOST_DAYS = 2_000_000
#: The most shifts and leaves that are read from a calendar.
MOST_TIMES = 200_000
#: The properties by which our own calendars say who and what an event is about.
WHO, BUSY, AWAY = "X-CMCORE-MEMBER", "X-MICROSOFT-CDO-BUSYSTATUS", "OOF"
#: Attendees that are nobody.
_THINGS = frozenset({"ROOM", "RESOURCE"})


@checked
def read_rota(  # noqa: PLR0913 - each option is named and independent
    calendar: str | bytes,
    team: Team,
    start: datetime,
    stop: datetime,
    *,
    people: Mapping[str, str | None] | None = None,
    whose: str | None = None,
    leaves: bool = False,
    leave_words: Collection[str] = (),
    zones: Mapping[str, str] | None = None,
) -> Team:
    """Return a team with the shifts and the leaves that a calendar has between two instants.

    The calendar is in iCalendar, as most programs give it (`.ics`), and may come from a stranger.
    Its events are shifts, or leaves if `leaves` says so, if one of the `leave_words` stands in
    their summary or their categories, or if they are marked as out of office. One that overlaps the
    window is taken whole; what the team has already stays, so that reading twice changes nothing.

    Whose an event is, its attendees say, or else its summary, or else its organizer: by the id or
    the name of a member, or by a key of `people`, which maps names and addresses to ids of members,
    and those that are nobody's to None. If `whose` names a member, every event is theirs.

    What is repeated is repeated within the window; cancelled events and invitations that were
    declined do not count, and tentative ones only as leaves. A time without a zone, and a whole
    day, are on the clock of the member. A zone of an unknown name is what `zones` says, or else one
    that has the same clock as what the calendar says of it, while it is read.

    Raises:
        MissingExtraError: the package `icalendar` is not installed.
        InvalidError: with every problem, each at its event and on its line.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Member, Team
        >>> from cmcore.codec import read_rota
        >>> calendar = '''
        ... BEGIN:VCALENDAR
        ... BEGIN:VEVENT
        ... UID:1
        ... SUMMARY:On call: Ana
        ... DTSTART;TZID=Europe/Paris:20260327T220000
        ... DTEND;TZID=Europe/Paris:20260328T060000
        ... RRULE:FREQ=DAILY;COUNT=2
        ... END:VEVENT
        ... END:VCALENDAR
        ... '''
        >>> window = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
        >>> team = read_rota(calendar, Team("desk", [Member("ana")]), *window)
        >>> for shift in team.member("ana").availability.shifts:
        ...     print(shift.start, shift.stop - shift.start)
        2026-03-27 21:00:00+00:00 8:00:00
        2026-03-28 21:00:00+00:00 7:00:00
    """
    icalendar()
    window = Span(start, stop)
    problems = list(_asked(team, window, people or {}, whose))
    refuse_any(problems)
    events, described = parts_of(calendar)
    known = Zones(zones or {}, Described(described, reach(events, window)))
    found = happenings(events, known, problems)
    finder = _People(team, people or {}, whose)
    words = [fold(word) for word in leave_words]
    times: dict[str, set[Shift | Leave]] = {}
    budget, count = Budget(MOST_DAYS), 0
    for each in found:
        is_leave = leaves or _is_leave(each.source, words)
        if each.source.said("STATUS").upper() == "TENTATIVE" and not is_leave:
            continue
        try:
            for id_ in finder.of(each.source, tentative=is_leave):
                zone = team.member(id_).availability.zone
                kind = Leave if is_leave else Shift
                for span in each.spans(window, zone, budget):
                    count += 1
                    refuse_any([Problem.of("calendar-too-long", most=MOST_TIMES)]
                               if count > MOST_TIMES else ())  # fmt: skip
                    times.setdefault(id_, set()).add(kind(*span))
        except InvalidError as error:
            problems += [place(each.source, one.line, one) for one in error.problems]
            if budget.left < 0 or count > MOST_TIMES:
                break
    refuse_any(problems)
    return team.with_member(*(_with(team.member(id_), many) for id_, many in times.items()))


def _asked(
    team: Team, window: Span, people: Mapping[str, str | None], whose: str | None
) -> Iterator[Problem]:
    """Yield what is wrong with what is asked."""
    if window.length > LONGEST:
        yield Problem.of("window-too-long", "stop", length=show(window.length), most=show(LONGEST))
    known = [one.id for one in team.members]
    named = [(("people", key), id_) for key, id_ in people.items()]
    for path, id_ in [*named, (("whose",), whose)]:
        if id_ is not None and id_ not in known:
            yield Problem.of("unknown-member", *path, name=id_, near=nearest(id_, known))


def _with(member: Member, times: Iterable[Shift | Leave]) -> Member:
    when, many = member.availability, list(times)
    shifts = [one for one in many if isinstance(one, Shift)]
    leaves = [one for one in many if isinstance(one, Leave)]
    return attrs.evolve(
        member,
        availability=attrs.evolve(
            when, shifts=[*when.shifts, *shifts], leaves=[*when.leaves, *leaves]
        ),
    )


def _is_leave(event: Component, words: Iterable[str]) -> bool:
    """Return whether an event says that somebody is away."""
    said = [event.said("SUMMARY"), *(one.text for one in event.all("CATEGORIES"))]
    text = fold(" ".join(said))
    return event.said(BUSY).upper() == AWAY or any(_mentions(text, word) for word in words)


def _mentions(text: str, words: str) -> bool:
    """Return whether some words stand in a text, as words; both are folded."""
    here = text.find(words)
    while here >= 0 and words:
        end = here + len(words)
        before, after = text[here - 1 : here], text[end : end + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        here = text.find(words, here + 1)
    return False


class _People:
    """Whose events are: by the names of a team, and by those that are told."""

    def __init__(self, team: Team, people: Mapping[str, str | None], whose: str | None) -> None:
        own = {text: one.id for one in team.members for text in (one.name, one.id) if text}
        folded = {fold(_address(name)): id_ for name, id_ in {**own, **people}.items()}
        self._ids = {name: id_ for name, id_ in folded.items() if name}
        #: Longer names come first: `Ana Li` is not `Ana`.
        self._names = sorted(self._ids, key=lambda name: (-len(name), name))
        self._whose, self._known = whose, {one.id for one in team.members}

    def of(self, event: Component, *, tentative: bool) -> list[str]:
        """Return the ids of those whom an event is about; `tentative` says whether a maybe counts.

        Raises:
            InvalidError: it names somebody who is not known, or nobody.
        """
        marked = event.said(WHO)
        if self._whose is not None or marked in self._known:
            return [self._whose or marked]
        invited = [one for one in event.all("ATTENDEE")
                   if one.params.get("CUTYPE", "").upper() not in _THINGS]  # fmt: skip
        if invited:
            off = {"DECLINED"} if tentative else {"DECLINED", "TENTATIVE"}
            coming = [one for one in invited if one.params.get("PARTSTAT", "").upper() not in off]
            return self._listed(coming)
        said = event.said("SUMMARY")
        found = self._in(said)
        organizer = event.one("ORGANIZER")
        if found is None and organizer is not None:
            return self._listed([organizer])
        if found is None:
            summary = event.one("SUMMARY")
            line = summary.line if summary else event.line
            raise InvalidError([Problem.of("event-of-nobody", name=clip(said)).at_line(line)])
        return found

    def _listed(self, many: Iterable[Property]) -> list[str]:
        """Return the ids of those whom properties name by an address or a common name."""
        found, problems = list[str](), list[Problem]()
        for one in many:
            names = [fold(_address(one.text)), fold(one.params.get("CN", ""))]
            name = next((name for name in names if name in self._ids), None)
            if name is None:
                shown = clip(_address(one.text))
                problems.append(Problem.of("event-of-nobody", name=shown).at_line(one.line))
            elif (id_ := self._ids[name]) is not None:
                found.append(id_)
        refuse_any(problems)
        return found

    def _in(self, summary: str) -> list[str] | None:
        """Return the ids of those whom a summary names; None if it names nobody at all."""
        text, found = fold(summary), list[str]()
        named = False
        for name in self._names:
            if _mentions(text, name):
                named = True
                text = text.replace(name, " ")
                if (id_ := self._ids[name]) is not None:
                    found.append(id_)
        return sorted({*found}) if named else None


#: What stands before an address of mail.
_MAIL = regex("mailto:", re.IGNORECASE)


def _address(text: str) -> str:
    """Return an address without what stands before it."""
    found = _MAIL.match(text.strip())
    return text.strip()[found.end() :] if found else text.strip()
