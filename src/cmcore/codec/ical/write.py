"""Writing calendars: the shifts and leaves of a team, and the deadlines of reviews."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse_any
from cmcore.codec.ical.package import icalendar
from cmcore.codec.ical.read import AWAY, BUSY, WHO
from cmcore.display.wording import Language, say
from cmcore.reviews.handle import status
from cmcore.reviews.review import Review
from cmcore.teams.availability import Leave, Shift
from cmcore.teams.member import Member
from cmcore.teams.team import Team
from cmcore.time.week import require_aware

#: How an instant stands in an id.
_STAMP: Final = "%Y%m%dT%H%M%SZ"


@checked
def to_ical(of: Team | Iterable[Review], at: datetime, *, language: Language = "en") -> bytes:
    """Return a calendar of the shifts and leaves of a team, or of the deadlines of reviews.

    `at` is when it is written, which iCalendar asks for, and when the reviews are looked at. An
    event has the same id whenever it is written, so that whoever imports a calendar again has no
    event twice. What is written of a team, `read_rota` reads back.

    Raises:
        MissingExtraError: the package `icalendar` is not installed.
        InvalidError: `at` is naive, a time is not in whole seconds, or a review was not open yet.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Availability, Member, Team
        >>> from cmcore.codec import to_ical
        >>> from cmcore.teams import Shift
        >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> on = Availability(shifts=[Shift(nine, nine.replace(hour=17))])
        >>> team = Team("desk", [Member("ana", name="Ana Li", availability=on)])
        >>> lines = to_ical(team, at=nine).decode().splitlines()
        >>> lines[4:6]
        ['SUMMARY:Ana Li', 'DTSTART:20260302T090000Z']
    """
    moment = require_aware(at, "at")
    package = icalendar()
    if isinstance(of, Team):
        refuse_any(_fractions(of))
        events = _of_team(of, language)
    else:
        events = _of_reviews(of, moment, language)
    calendar = package.Calendar()
    calendar.add("prodid", "-//cmcore//cmcore//EN")
    calendar.add("version", "2.0")
    for told in events:
        event = package.Event()
        for name, found in {**told, "dtstamp": moment.replace(microsecond=0)}.items():
            event.add(name, found)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _times(member: Member) -> Iterator[tuple[str, int, Shift | Leave]]:
    for index, shift in enumerate(member.availability.shifts):
        yield "shifts", index, shift
    for index, leave in enumerate(member.availability.leaves):
        yield "leaves", index, leave


def _fractions(team: Team) -> Iterator[Problem]:
    """Yield the ends that iCalendar cannot say."""
    for member in team.members:
        for key, index, one in _times(member):
            for name, end in (("start", one.start), ("stop", one.stop)):
                if end.microsecond:
                    path = "members", member.id, "availability", key, index, name
                    yield Problem.of("fraction-of-second", *path, at=end)


def _of_team(team: Team, language: Language) -> Iterator[dict[str, object]]:
    for member in team.members:
        name = member.name or member.id
        for key, _, one in _times(member):
            id_ = "-".join(
                [key, member.id, *(end.strftime(_STAMP) for end in (one.start, one.stop))]
            )
            away = {BUSY: AWAY} if key == "leaves" else {}
            summary = say("calendar away", language, name=name) if away else name
            yield {"uid": f"{id_}@cmcore", "summary": summary, "dtstart": one.start,
                   "dtend": one.stop, WHO: member.id, **away}  # fmt: skip


def _of_reviews(
    reviews: Iterable[Review], at: datetime, language: Language
) -> Iterator[dict[str, object]]:
    """Yield the deadline of each circuit of each review that somebody is still waited for in."""
    for review in reviews:
        found = status(review, at)
        act = found.act or found.digest[:12]
        opened = review.opening.at.astimezone(UTC).strftime(_STAMP)
        for track in found.tracks:
            if not track.is_running or track.until is None:
                continue
            until = track.until.replace(microsecond=0)
            parts = [found.digest, opened, track.circuit, str(track.stage), found.act]
            id_ = "-".join(["review", *filter(None, parts)])
            yield {"uid": f"{id_}@cmcore", "dtstart": until, "transp": "TRANSPARENT",
                   "summary": say("calendar deadline", language, act=act, circuit=track.circuit),
                   "description": track.text(language)}  # fmt: skip
