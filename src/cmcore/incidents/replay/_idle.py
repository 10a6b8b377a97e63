"""Duties without an occasion: nothing happened that they are about, as far as the record says."""

import attrs

from cmcore.charters.kinds import KINDS
from cmcore.incidents.playbook import SPEAKING, Duty, DutyKind
from cmcore.incidents.replay._bans import early
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay.conduct import DutyFinding, Standing


def idle(duty: Duty, record: Record) -> DutyFinding:
    """Return the finding of a duty that has no other.

    Silence proves nothing if events of the relevant kinds may be missing from the record, or, for
    exceptions, if no charter says what they are. Anything before the duty began is no occasion, and
    the finding names it.
    """
    if duty.kind is DutyKind.ASK_CIRCUIT and not record.has_charter:
        return _finding(duty, Standing.UNKNOWN, "no charter")
    before = early(duty, record)
    if record.incident.since(duty.level) is None:
        kinds, code = frozenset({"signal"}), "below level"
    else:
        code = f"early {'level' if duty.level else 'opening'}" if before else f"idle {duty.kind}"
        kinds = _kinds(duty)
    is_told = record.incident.untold.isdisjoint(kinds)
    if not is_told:
        code = f"{code} untold" if before else "idle untold"
    return attrs.evolve(
        _finding(duty, Standing.NO_OCCASION if is_told else Standing.UNKNOWN, code),
        events=before,
        told={"level": duty.level or ""},
        ids={"event": before},
    )


def _kinds(duty: Duty) -> frozenset[str]:
    """Return the kinds of event that may be an occasion."""
    if duty.kind is DutyKind.KEEP_CRITICISM:
        return duty.meant
    return SPEAKING if duty.kind is DutyKind.NEVER_SAY else frozenset(KINDS)


def _finding(duty: Duty, standing: Standing, code: str) -> DutyFinding:
    return DutyFinding(duty.id, duty.kind, standing, code=code)
