"""Watching a calibration: whether acts are still drawn alike, and what spot checks say of it."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse_any
from cmcore.charters.act import Act
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.labellers.calibration import (
    Calibration,
    refuse_other,
    refuse_other_charter,
    share_problems,
    stratum_of,
)
from cmcore.labellers.curves import ScoreCurve, against_curve
from cmcore.labellers.draws import Draw
from cmcore.labellers.evidence import against_sameness, against_share
from cmcore.labellers.examples import cases_of, examples_of, row_problems, twins
from cmcore.labellers.failures import failures_of
from cmcore.labellers.judges import Row, judges
from cmcore.labellers.labeller import Labeller, labeller_problems, scored
from cmcore.labellers.surveillance import ScoreDrift, SpotCheck, Surveillance


@checked
def watch(  # noqa: PLR0913 - each option is named and independent
    calibration: Calibration,
    labeller: Labeller,
    history: History,
    *,
    examples: History = (),
    draw: Draw = Draw(),  # noqa: B008 - it is immutable
    level: float = 0.05,
    charter: Charter | None = None,
) -> Surveillance:
    """Return whether a calibration still holds, by the acts that were labelled with it since.

    Ask as often as you like: over all times together, a calibration that holds is called
    contradicted or moved with a chance of `level` at most.

    Scores are compared with those of the `examples` that it was calibrated on, all of them, scored
    again: what these are now is compared with what they were, which the calibration keeps. Without
    examples, scores are compared with those that it keeps, and those of later acts with those of
    earlier ones. An act whose id is that of an example is left out. Of the acts that the `draw`
    takes, those that people have labelled since are its spot checks: `spot_checks` says which they
    should label. One that they have not counts as right.

    A calibration that promises an outcome needs the `charter`. Each act counts once. Rows of the
    history that cannot be read are left out.

    Raises:
        InvalidError: when the calibration is that of another labeller or charter, or another
            version of it, an id comes again, a person has put something other than yes or no, an
            example cannot be read, there are more of them or fewer than it was calibrated on, or
            the level is not between 0 and 1.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import Draw, by_words, calibrate, watch
        >>> prices = by_words("price_claim", ["euro*"], version="1")
        >>> told = [Act(text="From 12 euros", labels={"price_claim": True})] * 50
        >>> told += [Act(text="Fog until noon", labels={"price_claim": False})] * 250
        >>> found = calibrate(prices, told, risk=0.02, confidence=0.9)
        >>> spring = [Act(id=f"a{n}", text="Only 9 euros") for n in range(60)]
        >>> watch(found, prices, spring, examples=told).state
        <Reliance.MOVED: 'scores moved'>
        >>> missed = [Act(id=f"a{n}", text="Half price!", labels={"price_claim": True})
        ...           for n in range(6)]
        >>> watch(found, prices, missed, draw=Draw(1)).state
        <Reliance.CONTRADICTED: 'contradicted'>
    """
    refuse_any(share_problems(level, "level"), labeller_problems(labeller, "labeller"))
    told = examples_of(examples, "examples", labeller.labels)
    refuse_any(_number_problems(calibration, len(told)))
    known = {one.act.id for one in told} - {None}
    rows = [one for one in _rows(calibration, labeller, history, charter)
            if one.case.act.id not in known]  # fmt: skip
    before = list(_scored(calibration, labeller, told))
    drawn = [one for one in rows if draw.takes(one.case.act)]
    promised = {one.stratum for one in calibration.thresholds}
    return Surveillance(
        labeller.name,
        labeller.version,
        tuple(_checks(calibration, charter, drawn)),
        tuple(_drifts(calibration, before, rows, draw)),
        level=level,
        acts=len(rows),
        failed=sum(not one.scores.of for one in rows),
        failures=failures_of(one.scores for one in rows),
        twins=twins(one.case.act for one in rows),
        elsewhere=sum(one.stratum not in promised for one in rows),
    )


@checked
def spot_checks(
    calibration: Calibration,
    labeller: Labeller,
    history: History,
    *,
    draw: Draw = Draw(),  # noqa: B008 - it is immutable
    charter: Charter | None = None,
) -> tuple[Act, ...]:
    """Return the acts that a person should label next, so that `watch` knows whether it holds.

    They are those that the `draw` takes, of which a wrong label would count, and that nobody has
    labelled: what settles the most promises first. They come without what the machine calls them,
    so that nobody is led by it.

    Raises:
        InvalidError: when the calibration is that of another labeller or charter, or another
            version of it, an id comes again, or a person has put something other than yes or no.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import Draw, by_words, calibrate, spot_checks
        >>> prices = by_words("price_claim", ["euro*"], version="1")
        >>> fog = [Act(text="Fog until noon", labels={"price_claim": False})] * 300
        >>> found = calibrate(prices, fog, risk={"no": 0.02})
        >>> acts = [Act(id="1", text="Half price!"), Act(id="2", text="12 euros"),
        ...         Act(id="3", text="Fog", labels={"price_claim": False})]
        >>> [act.id for act in spot_checks(found, prices, acts, draw=Draw(1))]
        ['1']
    """
    drawn = [
        one for one in _rows(calibration, labeller, history, charter) if draw.takes(one.case.act)
    ]
    by = list(judges(calibration, charter))
    weighed = [(sum(judge.awaits(one) for judge in by), one.case.act) for one in drawn]
    weighed.sort(key=lambda found: -found[0])
    return tuple(act for weight, act in weighed if weight)


def _number_problems(calibration: Calibration, count: int) -> Iterator[Problem]:
    if count and calibration.acts and count != calibration.acts:
        yield Problem.of("other-examples", "examples", count=count, other=calibration.acts)


def _rows(
    calibration: Calibration, labeller: Labeller, history: History, charter: Charter | None
) -> Iterator[Row]:
    refuse_any(labeller_problems(labeller, "labeller"))
    refuse_other_charter(calibration, charter)
    rows = [*history]
    refuse_any(row_problems(rows, "history", labeller.labels))
    known = rows if charter is None else cases(charter, rows, Context())
    return _scored(calibration, labeller, cases_of(known))


def _scored(calibration: Calibration, labeller: Labeller, known: Sequence[Case]) -> Iterator[Row]:
    """Yield acts with their scores."""
    for case, scores in zip(known, scored(labeller, (one.act for one in known)), strict=True):
        refuse_other(calibration, scores)
        yield Row(case, scores, stratum_of(case.act, calibration.by))


def _drifts(
    calibration: Calibration, before: Sequence[Row], after: Sequence[Row], draw: Draw
) -> Iterator[ScoreDrift]:
    """Yield what the scores of each label say; no score at all counts as the lowest.

    A curve is of the examples that have a score and the label, or all labels of an outcome.
    """
    needed = {one.label for one in calibration.thresholds} if calibration.outcome else set[str]()
    for label, stratum in dict.fromkeys((one.label, one.stratum) for one in calibration.thresholds):
        here = [one for one in after if one.stratum == stratum]
        told, since = (
            [one.scores.of.get(label, -inf) for one in rows if one.stratum == stratum]
            for rows in (before, here)
        )
        ties = (draw.lot("tie", label, stratum or "", str(place)) for place in range(len(since)))
        chance = against_sameness(told, since, ties)
        curve = _curve_of(calibration, label, stratum)
        if told:
            again = [one for one in before if one.stratum == stratum
                     and all(one.is_flagged(each) for each in needed or {label})]  # fmt: skip
            chance = min(chance, against_curve(curve, _scores_of(again, label)))
        elif curve.ranges:
            times = len(since) * (len(since) + 1)
            chance = min(1.0, 2 * min(chance, against_curve(curve, _scores_of(here, label), times)))
        yield ScoreDrift(label, stratum=stratum, examples=len(told), acts=len(since), chance=chance)


def _curve_of(calibration: Calibration, label: str, stratum: str | None) -> ScoreCurve:
    """Return how the scores of the examples lay when it was calibrated, as far as that is kept."""
    found = (one for one in calibration.curves if (one.label, one.stratum) == (label, stratum))
    return next(found, ScoreCurve(label, stratum=stratum))


def _scores_of(rows: Iterable[Row], label: str) -> list[float]:
    return [row.scores.of[label] for row in rows if label in row.scores.of]


def _checks(
    calibration: Calibration, charter: Charter | None, drawn: Sequence[Row]
) -> Iterator[SpotCheck]:
    for judge in judges(calibration, charter):
        counted = [one for one in drawn if judge.counts(one)]
        wrongs = [judge.is_wrong(one) for one in counted]
        yield attrs.evolve(
            judge.check,
            count=len(counted),
            checked=sum(judge.checks(one) for one in counted),
            wrong=sum(wrongs),
            awaited=sum(judge.awaits(one) for one in counted),
            chance=against_share(wrongs, judge.check.risk),
        )
