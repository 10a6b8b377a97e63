"""Who is on duty at a moment, and from when the others are."""

from collections.abc import Iterator
from datetime import datetime

from attrs import field

from cmcore.base.asked import checked
from cmcore.base.values import value
from cmcore.display.names import cell
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, say_many, show
from cmcore.teams.presence import may_be_on_duty, on_duty_from
from cmcore.teams.team import Team
from cmcore.time.week import local, local_if_any


@value
class Roster(Viewable):
    """Who is on duty at the instant `at`, and from when each of the others is, soonest first.

    Of those in `perhaps`, nobody knows: their hours are unknown, or whether the day is a holiday.
    Those in `never` are not on duty within ten years. `zone` is that of the team, in which the
    moments are shown.
    """

    at: datetime
    now: tuple[str, ...] = ()
    later: tuple[tuple[str, datetime], ...] = ()
    perhaps: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    zone: str = field(default="UTC", kw_only=True)

    def _view(self, language: Language) -> View:
        """Return the view of who is there, for a terminal or a notebook."""
        return View(
            title=say_many("on duty", len(self.now), language),
            tone="covered" if self.now else "forbidden",
            lines=tuple(self._lines(language)),
            foot=show(local(self.at, self.zone), language),
        )

    def _lines(self, language: Language) -> Iterator[Line]:
        for code, people in (
            ("on duty now", self.now),
            ("on duty perhaps", self.perhaps),
            ("on duty never", self.never),
        ):
            for person in people:
                yield Line(say(code, language), cell(person, "member", language), "")
        for person, at in self.later:
            when = show(local_if_any(at, self.zone) or at, language)
            yield Line(say("on duty later", language), cell(person, "member", language), when)


@checked
def roster(team: Team, at: datetime) -> Roster:
    """Return who of a team is on duty at an instant, and from when the others are.

    Raises:
        InvalidError: when `at` is naive.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Member, Team
        >>> from cmcore.teams import roster
        >>> ana, bo = Member("ana").working("Mon-Fri 08:00-12:00"), Member("bo")
        >>> team = Team("crew", [ana, bo, Member("cy").working("Mon-Fri 12:00-18:00")])
        >>> print(roster(team, datetime(2026, 3, 2, 9, tzinfo=UTC)))
        1 person on duty
          on duty          ana
          perhaps on duty  bo
          later            cy   2026-03-02 12:00+00:00
          (2026-03-02 09:00+00:00)
    """
    moment = local(at, team.zone)
    starts = {one.id: on_duty_from(one, moment, team.calendar) for one in team.members}
    here = {one for one, start in starts.items() if start == moment}
    perhaps = {
        one.id for one in team.members
        if one.id not in here and may_be_on_duty(one, moment, team.calendar)
    }  # fmt: skip
    left = [(one, start) for one, start in starts.items() if one not in here | perhaps]
    later = [(one, start) for one, start in left if start is not None]
    return Roster(
        moment,
        tuple(sorted(here)),
        tuple(sorted(later, key=lambda pair: (pair[1], pair[0]))),
        tuple(sorted(perhaps)),
        tuple(sorted(one for one, start in left if start is None)),
        zone=team.zone,
    ).with_names(team)
