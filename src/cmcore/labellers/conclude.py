"""Auditing what machines label."""

import attrs

from cmcore.base.asked import checked
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.audits.conclude import USUAL_CONFIDENCE, audit
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.decisions.compiled import compiled
from cmcore.charters.history import Case
from cmcore.labellers.calibration import Calibration
from cmcore.labellers.failures import failures_of
from cmcore.labellers.labelled_act import labelled
from cmcore.labellers.labelled_audit import LabelledAudit
from cmcore.labellers.labeller import Labeller
from cmcore.labellers.outcomes import is_covered


@checked
def audit_labelled(  # noqa: PLR0913 - each option is named and independent
    charter: Charter,
    history: History,
    labeller: Labeller,
    calibration: Calibration,
    *,
    context: Context | None = None,
    confidence: float = USUAL_CONFIDENCE,
    missing: int | None = 0,
) -> LabelledAudit:
    """Judge a history as `audit` does, with the labels on which a labeller is believed.

    Each act is labelled by itself: what is counted of earlier acts is what people said of them.

    Raises:
        InvalidError: when the calibration is that of another labeller or charter, or another
            version of it, the charter declares none of its labels, or what `audit` is asked is
            impossible.

    Examples:
        >>> from cmcore import Act, Charter, parse
        >>> from cmcore.labellers import audit_labelled, by_words, calibrate
        >>> charter = parse('''
        ... charter: brume
        ... labels: {price_claim: flag}
        ... circuits: {desk: [{ask: {role: coordinator}}]}
        ... default: desk
        ... rules:
        ...   - permit: timetable
        ...     when: {topics: {only: [timetable]}, price_claim: no}
        ...     because: Timetables are public.
        ... ''', Charter)
        >>> prices = by_words("price_claim", ["euro*"], version="1")
        >>> told = [Act(text="From 12 euros", labels={"price_claim": True})] * 200
        >>> told += [Act(text="Fog until noon", labels={"price_claim": False})] * 200
        >>> found = calibrate(prices, told, risk={"no": 0.01})
        >>> history = [Act(text="The 9:40 is on time", topics={"timetable"})] * 20
        >>> history += [Act(text="On time", topics={"timetable"}, labels={"price_claim": False})]
        >>> audited = audit_labelled(charter, history, prices, found)
        >>> audited.by_people, audited.by_machines, audited.bound
        (1, 20, 0.01)
    """
    bound = calibration.bound(charter)
    rows = list(cases(charter, history, context or Context()))
    read = [row for row in rows if isinstance(row, Case)]
    found = list(labelled(labeller, calibration, [row.act for row in read]))
    more = iter(found)
    filled = [
        attrs.evolve(row, act=next(more).act) if isinstance(row, Case) else row for row in rows
    ]
    made = audit(charter, filled, context=context, confidence=confidence, missing=missing)
    index = compiled(charter)
    by_people = sum(is_covered(index, row) for row in read)
    return LabelledAudit(
        made,
        by_people,
        made.covered - by_people,
        bound,
        calibration.confidence,
        unscored=sum(not one.scores.of for one in found),
        failures=failures_of(one.scores for one in found),
    )
