"""Stored audits: one whose numbers do not come to what it says is refused where it says so."""

from collections.abc import Iterator
from math import isclose

from cmcore.base.errors import Problem
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.expected import ExpectationResult, Fulfilment
from cmcore.charters.audits.statistics import MOST_ACTS, interval, verdict


def audit_problems(audit: Audit) -> Iterator[Problem]:
    """Yield what an audit says that does not come of its own counts."""
    wrong = [name for name in _COUNTS if not 0 <= (getattr(audit, name) or 0) <= MOST_ACTS]
    if audit.covered + audit.forbidden > audit.total:
        wrong.append("total")
    if not 0 <= audit.target <= 1 or not 0 < audit.confidence < 1:
        wrong.append("target")
    if not wrong:
        wrong = [*_concluded(audit)]
    yield from (Problem.of("against-the-counts", name) for name in wrong)


#: The counts of an audit.
_COUNTS = ("total", "covered", "forbidden", "unreadable_count", "late", "missing", "lost", "doubts")


#: The counts of what came of an expectation.
_OCCASIONS = ("met", "missed", "undecided", "partial", "idle")


def result_problems(found: ExpectationResult) -> Iterator[Problem]:
    """Yield what is said to have come of an expectation, and does not come of its own counts."""
    wrong = [name for name in _OCCASIONS if getattr(found, name) < 0]
    if not wrong and not _may_stand(found):
        wrong.append("standing")
    yield from (Problem.of("against-the-counts", name) for name in wrong)


def _may_stand(found: ExpectationResult) -> bool:
    """Return whether an expectation may stand as it is said to."""
    is_clear = not found.missed and not found.undecided
    if found.standing is Fulfilment.MET:
        return is_clear and found.met > 0
    if found.standing is Fulfilment.IDLE:
        return is_clear and not found.met
    return found.standing is not Fulfilment.PARTIAL and (
        found.standing is Fulfilment.MISSED or not found.missed
    )


def _concluded(audit: Audit) -> Iterator[str]:
    """Yield the names of what is concluded otherwise than the counts have it."""
    counts = audit.covered, audit.total, audit.missing, audit.confidence
    found = interval(*counts, lost=audit.lost, doubts=audit.doubts)
    if not (isclose(found.low, audit.interval.low) and isclose(found.high, audit.interval.high)):
        yield "interval"
    elif audit.verdict is not verdict(found, audit.target, audit.total):
        yield "verdict"
