"""Audits with labels of machines: what people's labels cover, what machines' do, at what risk."""

from collections.abc import Iterator

import attrs
from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.charters.audits.audit import Audit
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many
from cmcore.labellers.failures import failure_lines, failure_problems, failures_field


@value
class LabelledAudit(Viewable):
    """The audit of a history with the labels of a machine, and whose labels cover it.

    `by_people` acts are covered by what people said alone, `by_machines` more only with what the
    machine said: together they are those that the `audit` counts. Of all acts, the share that is
    covered although it would not be by its true labels is `bound` at most, with the `confidence` of
    the calibration. Nothing is known from the machine of `unscored` acts;
    `failures` are the kinds of errors that it raised, each with how often.
    """

    audit: Audit
    by_people: int
    by_machines: int
    bound: float
    confidence: float
    unscored: int = field(default=0, kw_only=True)
    failures: FrozenMap[int] = failures_field()

    def __attrs_post_init__(self) -> None:
        counts = {name: getattr(self, name) for name in ("by_people", "by_machines", "unscored")}
        refuse_any(
            *(count_problems(count, name) for name, count in counts.items()),
            failure_problems(self.failures, self.audit.total),
            self._problems(),
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

        It holds where the audit and the calibration both do: with the `least_confidence`.
        """
        return max(0.0, self.audit.interval.low - self.bound)

    @property
    def least_confidence(self) -> float:
        """With what confidence the audit and the calibration both hold: neither fails."""
        return max(0.0, self.audit.confidence + self.confidence - 1)

    def _view(self, language: Language) -> View:
        """Return the view of the audit, headed by whose labels cover the acts."""
        shown = self.audit.view(language)
        told = [Line("", "", one) for one in self._lines(language)]
        return attrs.evolve(shown, lines=(*told, *shown.lines))

    def _promised(self, language: Language) -> Iterator[str]:
        """Yield what is promised of the acts that machines' labels cover."""
        yield say("covered wrongly", language, bound=percent(self.bound, language),
                  level=percent(self.confidence, language, 0))  # fmt: skip
        level = percent(self.least_confidence, language, 0)
        yield say("covered rightly", language, share=percent(self.least, language), level=level)

    def _lines(self, language: Language) -> Iterator[str]:
        total = self.audit.total
        parts = [
            say_many(f"covered by {whose}", count, language,
                share=percent(count / total if total else None, language))
            for whose, count in (("people", self.by_people), ("machines", self.by_machines))
        ]  # fmt: skip
        yield say("joint", language).join(parts)
        yield from (
            self._promised(language)
            if self.by_machines
            else [say("covered by no machine", language)]
        )
        yield from failure_lines(self.failures, total, language)
        if self.unscored:
            yield say_many("acts failed", self.unscored, language)
