"""Duties without an occasion: nothing happened that they are about, as far as is told."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cmcore.charters.act import LabelValue
from cmcore.charters.conditions.facts import KINDS
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import SPEAKING, Duty, DutyKind
from cmcore.incidents.replay.conduct import DutyFinding, Standing

_NOTHING: Final[Mapping[str, LabelValue]] = MappingProxyType({})


def idle(duty: Duty, incident: Incident, *, has_charter: bool) -> DutyFinding:
    """Return the finding of a duty that has no other.

    That nothing is told proves nothing where the record leaves out events of the kinds that would
    be an occasion, nor of exceptions where no charter says what they are.
    """
    if duty.kind is DutyKind.ASK_CIRCUIT and not has_charter:
        return _finding(duty, Standing.UNKNOWN, "no charter")
    if incident.since(duty.level) is None:
        kinds, code = frozenset({"signal"}), "below level"
    else:
        kinds, code = _kinds(duty), f"idle {duty.kind}"
    if not incident.untold.isdisjoint(kinds):
        return _finding(duty, Standing.UNKNOWN, "idle untold")
    return _finding(duty, Standing.NO_OCCASION, code, {"level": f"`{duty.level}`"})


def _kinds(duty: Duty) -> frozenset[str]:
    """Return the kinds of event that may be an occasion."""
    if duty.kind is DutyKind.KEEP_CRITICISM:
        return duty.meant
    return SPEAKING if duty.kind is DutyKind.NEVER_SAY else frozenset(KINDS)


def _finding(
    duty: Duty, standing: Standing, code: str, told: Mapping[str, LabelValue] = _NOTHING
) -> DutyFinding:
    return DutyFinding(duty.id, duty.kind, standing, code=code, told=told)
