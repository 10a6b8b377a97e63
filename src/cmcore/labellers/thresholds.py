"""Thresholds: how far the scores of each label are believed, so that each risk is kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

import attrs

from cmcore.base.values import internal
from cmcore.charters.history import Case
from cmcore.labellers.binomial import allowed
from cmcore.labellers.calibration import Calibration, RiskOf, Threshold
from cmcore.labellers.curves import curve_of
from cmcore.labellers.obstacles import Hindrance, Obstacle

#: A score, and whether the label is truly yes.
Pair = tuple[float, bool]
#: What an act may be called.
SIDES: Final = (False, True)


@internal
class Example:
    """An act with the labels that a person put on it, its scores, and for which acts it stands."""

    case: Case
    scores: dict[str, float]
    stratum: str | None

    def truth(self, label: str) -> bool | None:
        """Return whether a label is true; None where nobody has said so."""
        told = self.case.act.labels.get(label)
        return told if isinstance(told, bool) else None

    def pair(self, label: str) -> Pair | None:
        """Return its score for a label and whether that is true; None if either is unknown."""
        truth, score = self.truth(label), self.scores.get(label)
        return None if score is None or truth is None else (score, truth)


def thresholds(
    made: Calibration, risks: Mapping[str, Mapping[bool, float]], examples: Sequence[Example]
) -> tuple[Threshold, ...]:
    """Return the thresholds of all labels that have risks, for each part of the acts."""
    parts: dict[str | None, list[Example]] = defaultdict(list)
    for one in examples:
        parts[one.stratum].append(one)
    if made.by is None:
        parts.setdefault(None, [])
    # each promise has an equal part of the chance that one of them fails
    count = len(parts) * sum(len(sides) for sides in risks.values())
    chance = (1 - made.confidence) / max(1, count)
    return tuple(
        attrs.evolve(found, stratum=stratum)
        for label, sides in risks.items()
        for stratum in sorted(parts, key=str)
        for found in _Promises.of(label, parts[stratum], chance, made.of).kept(sides)
    )


def with_curves(
    made: Calibration, pairs: Callable[[str, str | None], Iterable[Pair]]
) -> Calibration:
    """Return a calibration with how the scores lie that count for each label and stratum."""
    ends: dict[tuple[str, str | None], dict[bool, float | None]] = defaultdict(dict)
    for one in made.thresholds:
        ends[one.label, one.stratum][one.says] = one.at
    return attrs.evolve(
        made,
        curves=[
            curve_of(*key, pairs(*key), (at.get(False), at.get(True))) for key, at in ends.items()
        ],
    )


def missing(examples: Sequence[Example], labels: Sequence[str]) -> Hindrance | None:
    """Return what no example has of some labels: that people gave all, or that all have scores."""
    told = [one for one in examples if all(one.truth(label) is not None for label in labels)]
    if examples and not told:
        return Hindrance(Obstacle.UNSAID)
    is_unscored = told and not any(all(one.pair(label) for label in labels) for one in told)
    return Hindrance(Obstacle.UNSCORED) if is_unscored else None


def pairs_of(examples: Iterable[Example], label: str) -> list[Pair]:
    """Return the scores of a label, with whether it is true, of the examples that have both."""
    return [pair for one in examples if (pair := one.pair(label))]


@internal
class _Promises:
    """What is promised of a label: each risk may be broken with some chance at most.

    `missing` is what no example has, if there is such a thing.
    """

    label: str
    pairs: Sequence[Pair]
    chance: float
    risk_of: RiskOf
    missing: Hindrance | None

    @classmethod
    def of(
        cls, label: str, examples: Sequence[Example], chance: float, risk_of: RiskOf
    ) -> "_Promises":
        """Return what some examples promise of a label."""
        return cls(label, pairs_of(examples, label), chance, risk_of, missing(examples, [label]))

    def kept(self, risks: Mapping[bool, float]) -> Iterator[Threshold]:
        """Yield the thresholds that keep each risk, and call the most."""
        found = {says: self._side(risk, says=says) for says, risk in risks.items()}
        ends = [found[says].at if says in found else None for says in SIDES]
        apart = separate(self.pairs, *ends)
        for says, one in found.items():
            made = attrs.evolve(one, at=apart[says])
            if made.at is None and one.at is not None:
                made = attrs.evolve(made, obstacle=Obstacle.OTHERWISE, still_needed=None)
            yield counted(made, self.pairs)

    def _side(self, risk: float, *, says: bool) -> Threshold:
        """Return the farthest threshold that keeps a risk, scores of equal height kept together.

        What is called wrongly grows with the threshold, so it is tried from the safest on: the
        first that fails ends the search, and no chance is spent on the others.
        """
        examples = len(self.pairs)
        against = sum(truth is not says for _, truth in self.pairs)
        among = examples if self.risk_of is RiskOf.ACTS else against
        most = allowed(among, risk, self.chance)
        tried = list(errors(self.pairs, says=says))
        kept = [score for score, wrong in tried if wrong <= most]
        made = Threshold(self.label, says, risk=risk, examples=examples, among=among)
        if kept:
            return attrs.evolve(made, at=kept[-1])
        wrong = tried[0][1] if tried else 0
        found = self.missing or Hindrance.of(wrong, among, risk, self.chance)
        if found.obstacle is Obstacle.WRONG and against == examples:
            found = Hindrance(Obstacle.NEVER)
        return attrs.evolve(made, obstacle=found.obstacle, still_needed=found.more)


def errors(pairs: Iterable[Pair], *, says: bool) -> Iterator[tuple[float, int]]:
    """Yield each score from the safest on, with how many up to it would be called so wrongly."""
    ordered = sorted(pairs, key=itemgetter(0), reverse=says)
    wrong = 0
    for score, some in groupby(ordered, itemgetter(0)):
        wrong += sum(truth is not says for _, truth in some)
        yield score, wrong


def separate(
    pairs: Sequence[Pair], no: float | None, yes: float | None
) -> tuple[float | None, float | None]:
    """Return the thresholds, parted where they cross so that the fewest are called wrongly.

    To call fewer acts than a threshold would keeps its promise.
    """
    if no is None or yes is None or no < yes:
        return no, yes
    between = [(score, truth) for score, truth in pairs if yes <= score <= no]
    low = max((score for score, _ in pairs if score < yes), default=None)
    cuts = [(0, low)]
    for score, some in groupby(sorted(between), itemgetter(0)):
        # what is called no from here on, and was called yes
        wrong = sum(1 if truth else -1 for _, truth in some)
        cuts.append((cuts[-1][0] + wrong, score))
    best = min(cuts, key=itemgetter(0))[1]
    return best, min((s for s, _ in pairs if s >= yes and (best is None or s > best)), default=None)


def counted(one: Threshold, pairs: Sequence[Pair]) -> Threshold:
    """Return a threshold with how many of some examples it calls, and how many of them wrongly."""
    called = [truth for score, truth in pairs if one.calls(score)]
    return attrs.evolve(one, called=len(called), wrong=sum(t is not one.says for t in called))
