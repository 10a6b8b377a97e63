"""Replaying: an incident held against a playbook, and against a charter."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.truth import Truth
from cmcore.charters.charter import Charter
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook
from cmcore.incidents.replay._bans import always
from cmcore.incidents.replay._idle import idle
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay._ruled import ActRuling, rulings
from cmcore.incidents.replay.conduct import Conduct, DutyFinding, Stopped, Unsure
from cmcore.incidents.replay.timed import timed


@checked
def conduct(incident: Incident, playbook: Playbook, charter: Charter | None = None) -> Conduct:
    """Return what was kept and what was breached, with margins, and what shows it.

    One finding for each occasion to keep or to breach a duty; a duty that has none is told as
    such. What is kept stays so, and so does what is breached, whatever the true instants are within
    their tolerances; what depends on them is unknown, as is what is not due before the record ends,
    and what nobody said. Without a charter, it is not known which acts are exceptions.

    An answer is public, not scheduled, after the opening, and none of the acts that the opening is
    about, nor a reply to a message that is no criticism; it says nothing that the playbook never
    says, and claims nothing that was known to be false, and is not empty. Of one that was taken
    down in time, it is not known whether people had it; of an act of the very instant of the
    opening, it is not known which came first.

    What the charter would have stopped is judged by what was so before each act: see
    `Incident.situation_before`. For that, an act that makes promises has the charter's flag
    `promise`, and one that makes claims its flag `claim`, unless it has labels of these names; an
    answer to criticism has `in_reply_to.tone` `critical`, unless the message has a tone. What
    nobody said of an act is unknown, and whether the charter would have stopped it may be, too.

    Raises:
        InvalidError: when duties name levels that the scale of the incident has not.

    Examples:
        >>> from cmcore import Incident, Playbook, conduct, read
        >>> incident = read("examples/incidents/aquarelle.yaml", Incident)
        >>> playbook = read("examples/incidents/playbook.yaml", Playbook)
        >>> found = conduct(incident, playbook)
        >>> next(one.text() for one in found.findings if one.duty == "first-word")
        'due at 2012-08-06 13:30 ±1 h: the times are too uncertain to say'
    """
    check_levels(incident, playbook)
    ruled = () if charter is None else tuple(rulings(incident, charter))
    record = Record(incident, playbook, ruled, has_charter=charter is not None)
    return Conduct(
        incident,
        playbook.id,
        findings=tuple(_findings(record)),
        charter=None if charter is None else charter.id,
        first=_stopped(ruled),
        unsure=None if charter is None else _unsure(ruled, charter),
    )


def check_levels(incident: Incident, playbook: Playbook) -> None:
    """Refuse a playbook whose duties name levels that the scale of the incident has not.

    Raises:
        InvalidError: with every one of them.
    """
    found: list[Problem] = []
    for index, level in playbook.levels():
        try:
            incident.scale.rank(level)
        except InvalidError as error:
            found += (problem.under("duties", index, "level") for problem in error.problems)
    if found:
        raise InvalidError(found)


def _findings(record: Record) -> Iterator[DutyFinding]:
    for duty in record.playbook.duties:
        found = timed(duty, record) if duty.kind.is_timed else always(duty, record)
        first = next(found, None)
        if first is None:
            yield idle(duty, record)
        else:
            yield from (first, *found)


def _stopped(ruled: Iterable[ActRuling]) -> Stopped | None:
    found = next((one for one in ruled if one.unseen is Truth.TRUE), None)
    return None if found is None else Stopped(found.event.id, found.decision)


def _unsure(ruled: Iterable[ActRuling], charter: Charter) -> Unsure | None:
    """Return what is not known of the acts before the first that the charter stops, if any."""
    before = takewhile(lambda one: one.unseen is not Truth.TRUE, ruled)
    open_ = [one for one in before if one.unseen is Truth.UNKNOWN]
    missing = sorted({fact for one in open_ for fact in one.missing})
    labels = [name for name in missing if name in charter.labels]
    facts = [name for name in missing if name not in charter.labels]
    return Unsure([one.event.id for one in open_], facts, labels) if open_ else None
