"""Replaying: an incident compared with a playbook, and against a charter."""

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
    """Check an incident against a playbook: what was kept or breached, with margins and evidence.

    There is one finding for each occasion to keep or breach a duty; a duty without an occasion is
    reported as such. *Kept* and *breached* are certain, wherever the true instants lie within their
    tolerances. Anything that depends on them is unknown, and so is anything that is not due before
    the record ends or that nobody said. Without a charter, it is unknown which acts are exceptions.

    An answer is public, not scheduled, and after the opening. It is not one of the acts that the
    opening is about, nor a reply to a message that is not criticism. It breaks no `never say`,
    claims nothing known to be false, and is not empty. If an answer was taken down in time, it is
    unknown whether people had seen it; if an act is at the exact instant of the opening, it is
    unknown which came first.

    The charter judges each act by the situation before it: see `Incident.situation_before`. For
    this, an act that makes promises has the charter's flag `promise`, and one that makes claims its
    flag `claim`, unless it has labels of these names; an answer to criticism has `in_reply_to.tone`
    `critical`, unless the message has a tone. Whatever nobody said about an act is unknown, so it
    may be unknown whether the charter would have stopped it.

    Raises:
        InvalidError: when duties name levels that the scale of the incident does not have.

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
    """Return what is unknown of the acts before the first that the charter stops, if any."""
    before = takewhile(lambda one: one.unseen is not Truth.TRUE, ruled)
    open_ = [one for one in before if one.unseen is Truth.UNKNOWN]
    missing = sorted({fact for one in open_ for fact in one.missing})
    labels = [name for name in missing if name in charter.labels]
    facts = [name for name in missing if name not in charter.labels]
    return Unsure([one.event.id for one in open_], facts, labels) if open_ else None
