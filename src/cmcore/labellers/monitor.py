"""Watching a calibration: whether acts are still drawn alike, and what spot checks say of it."""

from collections.abc import Iterator, Sequence
from math import inf

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import refuse, refuse_any
from cmcore.charters.act import Act
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.history import Case
from cmcore.labellers.calibration import Calibration, refuse_other, share_problems, stratum_of
from cmcore.labellers.draws import Draw
from cmcore.labellers.evidence import against_sameness, against_share
from cmcore.labellers.examples import cases_of, examples_of, row_problems, twins
from cmcore.labellers.failures import failures_of
from cmcore.labellers.judges import Row, judges
from cmcore.labellers.labeller import Labeller, scored
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

    Scores are compared with those of the `examples` that it was calibrated on; without them, those
    of later acts with those of earlier ones. Of the acts that the `draw` takes, those that people
    have labelled since are its spot checks: `spot_checks` says which they should label. One that
    they have not counts as right.

    A calibration that promises an outcome needs the `charter`. Each act counts once. Rows of the
    history that cannot be read are left out.

    Raises:
        InvalidError: when the calibration is that of another labeller or charter, or another
            version of it, an id comes again, a person has put something other than yes or no, an
            example cannot be read, or the level is not between 0 and 1.

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
    refuse_any(share_problems(level, "level"))
    told = examples_of(examples, "examples", labeller.labels)
    rows = list(_rows(calibration, labeller, history, charter))
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


def _rows(
    calibration: Calibration, labeller: Labeller, history: History, charter: Charter | None
) -> Iterator[Row]:
    if calibration.outcome is not None:
        if charter is None:
            raise refuse("outcome-of-which", "charter", charter=calibration.outcome.charter)
        calibration.bound(charter)
    rows = [*history]
    refuse_any(row_problems(rows, "history", labeller.labels))
    known = rows if charter is None else cases(charter, rows, Context())
    return _scored(calibration, labeller, cases_of(known))


def _scored(calibration: Calibration, labeller: Labeller, known: Sequence[Case]) -> Iterator[Row]:
    """Yield acts with their scores."""
    for case, scores in zip(known, scored(labeller, (one.act for one in known)), strict=True):
        refuse_other(calibration, scores)
        yield Row(case, scores, stratum_of(calibration, case.act))


def _drifts(
    calibration: Calibration, before: Sequence[Row], after: Sequence[Row], draw: Draw
) -> Iterator[ScoreDrift]:
    """Yield what the scores of each label say; no score at all counts as the lowest."""
    for label, stratum in dict.fromkeys((one.label, one.stratum) for one in calibration.thresholds):
        told, since = (
            [one.scores.of.get(label, -inf) for one in rows if one.stratum == stratum]
            for rows in (before, after)
        )
        ties = (draw.lot("tie", label, stratum or "", str(place)) for place in range(len(since)))
        chance = against_sameness(told, since, ties)
        yield ScoreDrift(label, stratum=stratum, examples=len(told), acts=len(since), chance=chance)


def _checks(
    calibration: Calibration, charter: Charter | None, drawn: Sequence[Row]
) -> Iterator[SpotCheck]:
    for judge in judges(calibration, charter):
        counted = [one for one in drawn if judge.counts(one)]
        wrongs = [judge.is_wrong(one) for one in counted]
        yield attrs.evolve(
            judge.check,
            count=len(counted),
            wrong=sum(wrongs),
            awaited=sum(judge.awaits(one) for one in counted),
            chance=against_share(wrongs, judge.check.risk),
        )
