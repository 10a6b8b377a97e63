"""Whether a team can bring a circuit, or all circuits of a charter, to their end."""

from cmcore.base.asked import checked
from cmcore.charters.charter import Charter
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.completion.completability import Completability
from cmcore.circuits.completion.complete import complete
from cmcore.teams.team import Team
from cmcore.time.intervals import Span


@checked
def completable(  # noqa: PLR0913 - each option is named and independent
    subject: ValidationCircuit | Charter,
    team: Team,
    window: Span,
    *,
    author: str | None = None,
    emergency: bool = False,
    zone: str | None = None,
) -> Completability:
    """Find when a team can complete a circuit, or every circuit a charter may send an act to.

    A review is opened at every moment of the window. Everybody says yes as soon as they are asked
    and on duty, so that each stage is completed as early as possible. A deputy speaks, once, for
    somebody who is asked but not on duty, where that helps. Nobody objects. The circuit completes
    when the last stage passes in time, whether or not earlier stages escalated. The answer is
    exact: what it says about a stretch of moments holds for each of them, except possibly for the
    instants at its ends.

    `author` is never asked; with None, the author is any person on duty at that moment, and the
    worst case counts, or somebody outside the team if nobody is on duty. In an `emergency`,
    circuits take their shorter way, if they have one. Weeks and days are shown on the clock of
    `zone`; the default is the charter's zone, or the one where most of the team works.

    Raises:
        InvalidError: when the author is not in the team, or the window is too long or too late.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Approvers, Availability, Member, Stage, Team, ValidationCircuit, Week
        >>> from cmcore import completable, days, hours
        >>> from cmcore.time import Span
        >>> desk = ValidationCircuit("desk", [Stage(Approvers("name", {"bo"}), within=hours(6))])
        >>> office = Availability(Week.parse("Mon-Fri 08:00-20:00"))
        >>> team = Team("crew", [Member("ana"), Member("bo", availability=office)])
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> found = completable(desk, team, Span(monday, monday + days(1)), author="ana")
        >>> round(found.share, 2), str(found.worst)
        (0.75, '6:00:00')
    """
    circuits = [subject] if isinstance(subject, ValidationCircuit) else _circuits(subject)
    usual = None if isinstance(subject, ValidationCircuit) else subject.zone
    return complete(
        subject.id, circuits, team, window, zone=zone or usual, author=author, emergency=emergency
    )


def _circuits(charter: Charter) -> list[ValidationCircuit]:
    """Return the circuits that the charter may send an act to, in order of their ids."""
    sent = {charter.default}.union(*(rule.to for rule in charter.rules))
    return [charter.circuit(id_) for id_ in sorted(sent)]
