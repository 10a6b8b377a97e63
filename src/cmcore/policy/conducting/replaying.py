"""Replaying: an incident held against a playbook, and against a charter."""

from collections.abc import Iterator

from cmcore.foundation.errors import InvalidError, Problem
from cmcore.nouns.charter import Charter
from cmcore.nouns.conduct import Conduct, DutyFinding, Stopped
from cmcore.nouns.decision import Outcome
from cmcore.nouns.incidents import Incident
from cmcore.nouns.playbooks import Playbook
from cmcore.policy.conducting.bans import Record, always
from cmcore.policy.conducting.registry import Registry
from cmcore.policy.conducting.rulings import Ruling, rulings
from cmcore.policy.conducting.timed import timed


def conduct(incident: Incident, playbook: Playbook, charter: Charter | None = None) -> Conduct:
    """Return what was kept and what was breached, with margins, and what shows it.

    One finding for each duty and each occasion to breach one. What is kept stays so, and so does
    what is breached, whatever the true instants are within their tolerances; what depends on them
    is unknown, as is what is not due before the record ends. Without a charter, nothing is said
    of circuits.

    Raises:
        InvalidError: when duties name levels that the scale of the incident has not.
    """
    check_levels(incident, playbook)
    ruled = () if charter is None else tuple(rulings(incident, charter))
    record = Record(incident, Registry(incident), ruled)
    return Conduct(
        incident,
        playbook.id,
        findings=tuple(_findings(playbook, record)),
        charter=None if charter is None else charter.id,
        first=next(_stopped(ruled), None),
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


def _findings(playbook: Playbook, record: Record) -> Iterator[DutyFinding]:
    for duty in playbook.duties:
        if duty.kind.is_timed:
            yield from timed(duty, record.incident, record.registry)
        else:
            yield from always(duty, record)


def _stopped(ruled: tuple[Ruling, ...]) -> Iterator[Stopped]:
    for ruling in ruled:
        if ruling.decision.outcome is not Outcome.COVERED:
            yield Stopped(ruling.event.id, ruling.decision)
