"""Labelling acts: what a calibrated labeller is believed goes on them, beside what people said."""

from collections.abc import Iterable, Iterator, Mapping

import attrs
from attrs import field

from cmcore.base.asked import checked, each_of
from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.labellers.calibration import Calibration, refuse_other_charter
from cmcore.labellers.labeller import Labeller, Scores, scored


def _flags(given: Mapping[str, bool]) -> FrozenMap[bool]:
    return FrozenMap(given)


def _nothing() -> FrozenMap[bool]:
    return FrozenMap()


@value
class LabelledAct:
    """An act with the labels that a machine gave it among its own, and the scores they come from.

    `called` are those that the machine gave; all others are a person's. No label that a person gave
    is among them.
    """

    act: Act
    scores: Scores
    called: FrozenMap[bool] = field(factory=_nothing, converter=_flags)


@checked
def label_acts(
    labeller: Labeller,
    calibration: Calibration,
    acts: Iterable[Act],
    *,
    charter: Charter | None = None,
) -> tuple[LabelledAct, ...]:
    """Put on acts the labels of which a labeller is believed; the others stay unknown.

    What a person has said of a label stands, and so does that it has no value. Where the labeller
    raises, nothing is put on. A calibration that promises an outcome needs the `charter` that will
    decide about these acts: of another one it promises nothing.

    Raises:
        InvalidError: when the calibration is that of another labeller or charter, or another
            version of it.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_words, calibrate, label_acts
        >>> prices = by_words("price_claim", ["euro*"], version="1")
        >>> told = [Act(text="From 12 euros", labels={"price_claim": True})] * 200
        >>> told += [Act(text="Fog until noon", labels={"price_claim": False})] * 200
        >>> found = calibrate(prices, told, risk=0.02)
        >>> [one.act.labels for one in label_acts(prices, found, [Act(text="Fog"), Act()])]
        [{'price_claim': False}, {}]
    """
    refuse_other_charter(calibration, charter)
    return tuple(labelled(labeller, calibration, list(each_of(acts, "acts", Act))))


def labelled(
    labeller: Labeller, calibration: Calibration, acts: list[Act]
) -> Iterator[LabelledAct]:
    """Yield acts with the labels of which a labeller is believed."""
    for act, scores in zip(acts, scored(labeller, acts), strict=True):
        called = calibration.calls(act, scores)
        more = attrs.evolve(act, labels={**act.labels, **called}) if called else act
        yield LabelledAct(more, scores, called)
