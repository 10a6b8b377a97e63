"""Promising an outcome: thresholds that cover the most, so that little is covered wrongly.

Thresholds are laid out on one half of the examples as one path, each step calling more than the one
before; on the other half it is tried how far one may go.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from math import inf
from operator import itemgetter
from typing import Final

import attrs

from cmcore.base.digests import digest_of
from cmcore.base.errors import Problem
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.decision import Outcome
from cmcore.charters.decisions.compiled import CompiledCharter, compiled
from cmcore.charters.history import Case
from cmcore.labellers.binomial import allowed
from cmcore.labellers.calibration import (
    Calibration,
    OutcomeRisk,
    Threshold,
    asked_by,
    is_called,
    undeclared,
)
from cmcore.labellers.draws import Draw
from cmcore.labellers.obstacles import Hindrance, Obstacle
from cmcore.labellers.thresholds import (
    Example,
    Pair,
    counted,
    errors,
    missing,
    separate,
    with_curves,
)

#: Of so many labels, all sets of wrong ones are tried; of more, any wrong one counts.
_MANY: Final = 6
#: A label and what it is called.
_Side = tuple[str, bool]
#: How far each side of each label is believed, step by step.
_Path = dict[_Side, list[float | None]]


def with_outcome(
    made: Calibration,
    charter: Charter,
    labels: Sequence[str],
    examples: Sequence[Example],
    risk: float,
) -> Calibration:
    """Return a calibration that promises the outcome of a charter."""
    every = asked_by(charter)
    asked = [label for label in labels if label in every]
    others = every.difference(asked)
    whole = [one for one in examples if all(one.pair(label) for label in asked)]
    planning, testing = halves([Truth.of(compiled(charter), one, asked, others) for one in whole])
    path = _laid(planning, asked)
    steps = max(map(len, path.values()), default=0)
    chance, total = 1 - made.confidence, len(testing)
    most = allowed(total, risk, chance)
    times = sorted(one.time(path) for one in testing)
    far = max((step for step in range(steps) if _count(times, step) <= most), default=-1)
    first = _first(path, steps)
    is_used = first is not None and far >= first
    wrong = None if first is None else _count(times, first)
    hindrance = missing(examples, asked) or _hindrance(wrong, len(planning), total, risk, chance)
    pairs = {label: [one.pairs[label] for one in testing] for label in asked}
    found = attrs.evolve(
        made,
        thresholds=tuple(
            counted(
                Threshold(
                    label,
                    says,
                    path[label, says][far] if far >= 0 and (label, says) in path else None,
                    examples=total,
                    among=total,
                ),
                pairs[label],
            )
            for label in asked
            for says in (False, True)
        ),
        outcome=OutcomeRisk(
            charter.id,
            charter.version,
            charter.digest,
            risk,
            planned=len(planning),
            examples=total,
            wrong=_count(times, far) if is_used else 0,
            obstacle=None if is_used else hindrance.obstacle,
            still_needed=0 if is_used else hindrance.more,
        ),
    )
    return with_curves(found, lambda label, _: pairs[label])


def _first(path: _Path, steps: int) -> int | None:
    """Return the step from which anything is called; None if nothing ever is."""
    used = (
        step for step in range(steps) if any(known[step] is not None for known in path.values())
    )
    return next(used, None)


def _hindrance(
    wrong: int | None, planned: int, tried: int, risk: float, chance: float
) -> Hindrance:
    """Return what keeps any score from being believed, by how many are wrong at the first step.

    None are where no label is needed: of few examples that may be by chance.
    """
    found = Hindrance.of(wrong or 0, tried, risk, chance)
    if found.more is None:
        return found
    # every other one of the examples is tried
    more = 2 * (tried + found.more) - planned - tried
    is_needless = wrong is None and more <= 0
    return Hindrance(Obstacle.NEEDLESS) if is_needless else Hindrance(found.obstacle, more)


def _count(times: Sequence[float], step: int) -> int:
    """Return how many acts may be covered wrongly at a step, by their times in order."""
    return bisect_right(times, step)


def label_problems(charter: Charter, labels: Sequence[str]) -> Iterator[Problem]:
    """Yield the problem of each label that a charter does not declare as a flag."""
    yield from undeclared(charter, labels)
    for label in labels:
        declared = charter.labels.get(label)
        if declared is not None and declared.type is not FactType.FLAG:
            yield Problem.of("label-is-no-flag", "labels", label, label=label, type=declared.type)


@internal
class Truth:
    """An example with its true labels: which wrong ones would cover it, which it needs.

    `harms` are the sets of labels that cover it if all of them are wrong and the others right; it
    is not covered by the true ones. `needs` are the labels, with what they are, without which it is
    not covered: it is by the true ones. The `act` distinguishes it from others.
    """

    pairs: Mapping[str, Pair]
    harms: tuple[frozenset[str], ...]
    needs: frozenset[_Side]
    act: Act

    @classmethod
    def of(
        cls,
        charter: CompiledCharter,
        example: Example,
        labels: Sequence[str],
        others: frozenset[str],
    ) -> "Truth":
        """Return how an example would be decided if its labels are wrong, or unknown.

        Where one of the `others`, which people alone give, is unknown, any wrong label may cover.
        """
        case = example.case
        pairs = {label: pair for label in labels if (pair := example.pair(label))}
        if is_covered(charter, case):
            needs = {
                (label, pairs[label][1])
                for label in labels
                if not is_covered(charter, _with(case, {label: None}))
            }
            return cls(pairs, (), frozenset(needs), case.act)
        act = case.act
        if len(labels) > _MANY or others - act.labels.keys() - act.absent:
            alone = tuple(frozenset({label}) for label in labels)
            return cls(pairs, alone, frozenset(), act)
        sets = chain.from_iterable(combinations(labels, size) for size in range(1, len(labels) + 1))
        harms: list[frozenset[str]] = []
        for some in map(frozenset, sets):
            if any(one <= some for one in harms):
                continue
            if is_covered(charter, _with(case, {label: not pairs[label][1] for label in some})):
                harms.append(some)
        return cls(pairs, tuple(harms), frozenset(), act)

    def time(self, path: _Path) -> float:
        """Return the step from which it may be covered wrongly; infinity for never."""
        return min((max(self._wrong(label, path) for label in one) for one in self.harms),
                   default=inf)  # fmt: skip

    def is_harmed_by(self, label: str) -> bool:
        """Return whether a label that is wrong, perhaps with others, would cover it."""
        return any(label in one for one in self.harms)

    def _wrong(self, label: str, path: _Path) -> float:
        """Return the step from which a label is called wrongly."""
        score, truth = self.pairs[label]
        side = label, not truth
        steps = enumerate(path.get(side, ()))
        return next((step for step, at in steps if is_called(score, at, says=not truth)), inf)


def halves(truths: Sequence[Truth]) -> tuple[Sequence[Truth], Sequence[Truth]]:
    """Return two halves of examples, drawn by what they all are, not by the order they come in.

    Sorted examples, or those in turns, would be parted by what they are. Each part of the examples
    is as likely as any other to be a half, as it is if one draws: so the second says of the first
    what acts to come would.
    """
    named = sorted(((digest_of(one), one) for one in truths), key=itemgetter(0))
    draw = Draw(key=digest_of([name for name, _ in named]))
    places = sorted(range(len(named)), key=lambda place: draw.lot("half", str(place)))
    drawn = [named[place][1] for place in places]
    return drawn[::2], drawn[1::2]


def is_covered(charter: CompiledCharter, case: Case) -> bool:
    """Return whether a charter covers an act in its context."""
    return charter.rule(case.act, case.context).outcome is Outcome.COVERED


def _with(case: Case, labels: Mapping[str, bool | None]) -> Case:
    """Return a case with other labels; None for one that is unknown."""
    told: dict[str, object] = {**case.act.labels, **labels}
    known = {label: given for label, given in told.items() if given is not None}
    return attrs.evolve(case, act=attrs.evolve(case.act, labels=known))


def _laid(planning: Sequence[Truth], labels: Sequence[str]) -> _Path:
    """Return the path: at each step, one more act of those it is laid out on is harmed by a side.

    Only what some act needs to be covered is called at all. Where both sides of a label would meet,
    neither goes beyond the score that parts them best.
    """
    wanted = {side for one in planning for side in one.needs}
    path = {side: list(_far(planning, *side)) for side in sorted(wanted)}
    steps = max(map(len, path.values()), default=0)
    for side, known in path.items():
        path[side] = known + known[-1:] * (steps - len(known))
    for label in labels:
        low, high = path.get((label, False)), path.get((label, True))
        if low is not None and high is not None:
            _part(low, high, [one.pairs[label] for one in planning])
    return path


def _far(planning: Sequence[Truth], label: str, says: bool) -> Iterator[float | None]:  # noqa: FBT001 - a side
    """Yield how far a side is believed if none, one, two … of the acts are harmed by it."""
    harmed = [
        (score, says if truth is says or not one.is_harmed_by(label) else truth)
        for one in planning
        for score, truth in [one.pairs[label]]
    ]
    scores, counts = zip(*errors(harmed, says=says), strict=True)
    for most in range(counts[-1] + 1):
        fitting = bisect_right(counts, most)
        yield scores[fitting - 1] if fitting else None


def _part(low: list[float | None], high: list[float | None], pairs: Sequence[Pair]) -> None:
    """Keep two sides of a label from meeting."""
    scores = [score for score, _ in pairs]
    least, most = separate(pairs, max(scores), min(scores))
    low[:] = [None if at is None or least is None else min(at, least) for at in low]
    high[:] = [None if at is None or most is None else max(at, most) for at in high]
