"""Windows: the time over which a team is compared with its needs, checked with what is asked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from cmcore.base.errors import InvalidError, Problem
from cmcore.display.wording import show
from cmcore.teams.needs import Needs
from cmcore.teams.team import Team, unknown_role
from cmcore.time.intervals import Span

#: The longest window: ten years.
LONGEST: Final = timedelta(days=3660)


def window_over(
    team: Team,
    needs: Needs,
    start: datetime | None,
    stop: datetime | None,
    *,
    also: Iterable[Problem] = (),
) -> Span | None:
    """Return the window from `start` to `stop`, or None where neither is given nor needed.

    Raises:
        InvalidError: with every problem, those of `also` among them: the needs name roles that the
            team has not, or the window is missing, upside down or too long.
    """
    known = {role.id for role in team.roles}
    found = [p for path, role in needs.roles() for p in unknown_role(role, known, *path)]
    found += also
    window: Span | None = None
    if start is not None and stop is not None:
        try:
            window = Span(start, stop)
        except InvalidError as error:
            found += error.problems
    elif needs.hours or start is not None or stop is not None:
        found.append(Problem.of("window-missing", "start" if start is None else "stop"))
    if window and window.length > LONGEST:
        length, most = show(window.length), show(LONGEST)
        found.append(Problem.of("window-too-long", "stop", length=length, most=most))
    if found:
        raise InvalidError(found)
    return window
