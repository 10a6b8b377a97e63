"""Auditing what machines label: what people's labels cover, what machines' do, and at what risk."""

from collections.abc import Iterator

import attrs
from attrs import field

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.values import value
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.audits.conclude import USUAL_CONFIDENCE, audit
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.decisions.compiled import compiled
from cmcore.charters.history import Case
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many
from cmcore.labellers.calibration import Calibration
from cmcore.labellers.labelled_act import labelled
from cmcore.labellers.labeller import Labeller
from cmcore.labellers.outcomes import is_covered


@value
class LabelledAudit(Viewable):
    """The audit of a history with the labels of a machine, and whose labels cover it.

    `by_people` acts are covered by what people said alone, `by_machines` more only with what the
    machine said: together they are those that the `audit` counts. Of all acts, the share that is
    covered although it would not be by its true labels is `bound` at most, with the `confidence` of
    the calibration. Nothing is known from the machine of `unscored` acts.
    """

    audit: Audit
    by_people: int
    by_machines: int
    bound: float
    confidence: float
    unscored: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        counts = {name: getattr(self, name) for name in ("by_people", "by_machines", "unscored")}
        refuse_any(
            *(count_problems(count, name) for name, count in counts.items()), self._problems()
        )

    def _problems(self) -> Iterator[Problem]:
        for name in ("bound", "confidence"):
            if not 0 <= getattr(self, name) <= 1:
                yield Problem.of("wrong-value", name, given=getattr(self, name), wanted="share")
        if self.by_people + self.by_machines != self.audit.covered:
            yield Problem.of("against-the-counts", "by_machines")

    @property
    def least(self) -> float:
        """The share that is covered rightly at least: the lower bound of the audit, less the risk.

        The audit and the calibration each hold with their own confidence.
        """
        return max(0.0, self.audit.interval.low - self.bound)

    def _view(self, language: Language) -> View:
        """Return the view of the audit, headed by whose labels cover the acts."""
        shown = self.audit.view(language)
        told = [Line("", "", one) for one in self._lines(language)]
        return attrs.evolve(shown, lines=(*told, *shown.lines))

    def _lines(self, language: Language) -> Iterator[str]:
        total = self.audit.total
        parts = [
            say_many(f"covered by {whose}", count, language,
                share=percent(count / total if total else None, language))
            for whose, count in (("people", self.by_people), ("machines", self.by_machines))
        ]  # fmt: skip
        yield say("joint", language).join(parts)
        yield say("covered wrongly", language, bound=percent(self.bound, language),
                  level=percent(self.confidence, language, 0))  # fmt: skip
        yield say("covered rightly", language, share=percent(self.least, language))
        if self.unscored:
            yield say_many("unscored", self.unscored, language)


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
            version of it, or what `audit` is asked is impossible.

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
    )
