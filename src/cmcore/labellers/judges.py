"""What spot checks say: whether an act counts for a promise, is called wrongly, or is awaited."""

from collections.abc import Iterator

import attrs

from cmcore.base.values import internal
from cmcore.charters.charter import Charter
from cmcore.charters.decisions.compiled import CompiledCharter, compiled
from cmcore.charters.history import Case
from cmcore.labellers.calibration import Calibration, RiskOf, Threshold, asked_by
from cmcore.labellers.labeller import Scores
from cmcore.labellers.outcomes import is_covered
from cmcore.labellers.surveillance import SpotCheck


@internal
class Row:
    """An act with its scores, and for which acts it stands."""

    case: Case
    scores: Scores
    stratum: str | None

    def is_flagged(self, label: str) -> bool:
        """Return whether a person has said yes or no of a label."""
        return isinstance(self.case.act.labels.get(label), bool)

    def is_told(self, label: str) -> bool:
        """Return whether a person has said what a label is, and be it that there is none."""
        return label in self.case.act.labels or label in self.case.act.absent


@internal
class OfThreshold:
    """What the promise of a threshold says of an act."""

    check: SpotCheck
    at: Threshold
    of: RiskOf

    def counts(self, row: Row) -> bool:
        """Return whether it is one of those of which the risk is a share, as far as is known."""
        is_here = row.stratum == self.at.stratum
        return is_here and (self.of is RiskOf.ACTS or self._truth(row) is not self.at.says)

    def is_wrong(self, row: Row) -> bool:
        """Return whether it is called so, and a person says otherwise."""
        return self._is_called(row) and self._truth(row) is (not self.at.says)

    def awaits(self, row: Row) -> bool:
        """Return whether it matters what a person would say."""
        return self._matters(row) and not row.is_told(self.at.label)

    def checks(self, row: Row) -> bool:
        """Return whether it could have been called wrongly, as a person has said what it is."""
        return self._matters(row) and row.is_flagged(self.at.label)

    def _matters(self, row: Row) -> bool:
        """Return whether it is called, or the risk is of how seldom it is."""
        is_asked = self.of is RiskOf.TRUTH or self._is_called(row)
        return self.counts(row) and is_asked

    def _is_called(self, row: Row) -> bool:
        score = row.scores.of.get(self.at.label)
        return score is not None and self.at.calls(score)

    def _truth(self, row: Row) -> object:
        return row.case.act.labels.get(self.at.label)


@internal
class OfOutcome:
    """What the promise of an outcome says of an act."""

    check: SpotCheck
    calibration: Calibration
    charter: CompiledCharter
    asked: frozenset[str]

    def counts(self, _: Row) -> bool:
        """Return whether it is one of those of which the risk is a share: all are."""
        return True

    def is_wrong(self, row: Row) -> bool:
        """Return whether it is let out, and is not covered by what people say."""
        return self.checks(row) and not is_covered(self.charter, row.case)

    def awaits(self, row: Row) -> bool:
        """Return whether it matters what a person would say."""
        return not self._is_known(row) and self._is_let_out(row)

    def checks(self, row: Row) -> bool:
        """Return whether it could have been let out wrongly, as people have said all of it."""
        return self._is_known(row) and self._is_let_out(row)

    def _is_known(self, row: Row) -> bool:
        return all(row.is_told(label) for label in self.asked)

    def _is_let_out(self, row: Row) -> bool:
        """Return whether it is covered with what the machine calls it, whatever people said."""
        act = row.case.act
        scores = row.scores
        bare = attrs.evolve(act, labels={}, absent=act.absent - self.asked)
        called = self.calibration.calls(bare, scores)
        made = attrs.evolve(act, labels={**act.labels, **called}, absent=act.absent - called.keys())
        return bool(called) and is_covered(self.charter, attrs.evolve(row.case, act=made))


def judges(calibration: Calibration, charter: Charter | None) -> Iterator[OfThreshold | OfOutcome]:
    """Yield what judges acts by each promise."""
    if calibration.outcome is not None and charter is not None:
        if any(one.at is not None for one in calibration.thresholds):
            check = SpotCheck(calibration.outcome.risk)
            yield OfOutcome(check, calibration, compiled(charter), asked_by(charter))
        return
    for one in calibration.thresholds:
        if one.at is not None and one.risk is not None:
            check = SpotCheck(one.risk, label=one.label, says=one.says, stratum=one.stratum)
            yield OfThreshold(check, one, calibration.of)
