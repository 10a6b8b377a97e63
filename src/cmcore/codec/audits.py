"""Stored audits: one whose numbers do not come to what it says is refused where it says so."""

from collections.abc import Iterator
from math import isclose

from cmcore.base.errors import Problem
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.statistics import interval, verdict


def audit_problems(audit: Audit) -> Iterator[Problem]:
    """Yield what an audit says that does not come of its own counts."""
    wrong = [name for name in _COUNTS if (getattr(audit, name) or 0) < 0]
    if audit.covered + audit.forbidden > audit.total:
        wrong.append("total")
    if not 0 <= audit.target <= 1 or not 0 < audit.confidence < 1:
        wrong.append("target")
    if not wrong:
        wrong = [*_concluded(audit)]
    yield from (Problem.of("against-the-counts", name) for name in wrong)


#: The counts of an audit.
_COUNTS = ("total", "covered", "forbidden", "unreadable_count", "late", "missing", "lost", "doubts")


def _concluded(audit: Audit) -> Iterator[str]:
    """Yield the names of what is concluded otherwise than the counts have it."""
    counts = audit.covered, audit.total, audit.missing, audit.confidence
    found = interval(*counts, lost=audit.lost, doubts=audit.doubts)
    if not (isclose(found.low, audit.interval.low) and isclose(found.high, audit.interval.high)):
        yield "interval"
    elif audit.verdict is not verdict(found, audit.target, audit.total):
        yield "verdict"
