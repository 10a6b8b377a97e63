"""Calibrating: from which score on a labeller may be believed, so that a promise holds."""

from collections.abc import Iterable, Mapping

import attrs

from cmcore.base.asked import checked, each_of
from cmcore.base.errors import refuse, refuse_any
from cmcore.base.ids import one_of
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.history import Case
from cmcore.display.wording import show
from cmcore.labellers.calibration import (
    Calibration,
    RiskOf,
    Strata,
    flag_problems,
    share_problems,
)
from cmcore.labellers.labeller import Labeller, scored
from cmcore.labellers.outcomes import with_outcome
from cmcore.labellers.thresholds import SIDES, Example, pairs_of, thresholds, with_curves


@checked
def calibrate(  # noqa: PLR0913 - each option is named and independent
    labeller: Labeller,
    labelled: Iterable[Act | Case],
    *,
    risk: float | Mapping[str, float],
    confidence: float = 0.95,
    of: str = RiskOf.ACTS,
    by: Strata | None = None,
    charter: Charter | None = None,
) -> Calibration:
    """Find the scores from which a labeller may be believed: beyond them yes or no, else unknown.

    `labelled` are acts on which a person has put the labels, drawn as those that are to be labelled
    will be; they are scored here. With the `confidence`, and all at once: of all acts, the share
    called *no* wrongly is `risk` at most, and so is the share called *yes* wrongly, for each label.
    `risk={"no": 0.01}` calls nothing yes; with two keys, each has its own. With `of="truth"`, a
    risk is a share of the acts whose label is truly the other one. `by` keeps acts apart, and
    promises the same for each network, account, language or kind.

    With a `charter`, the promise is about its decisions instead: the share of acts that are covered
    although they would not be by their true labels is `risk` at most, whoever gives the other
    labels; what covers the most is looked for.

    An act counts for a label if a person has said yes or no, and the labeller has a score for it.

    Raises:
        InvalidError: when a risk or the confidence is not between 0 and 1, a label is on an act as
            something other than yes or no, or the labels are no flags of the charter.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_words, calibrate
        >>> prices = by_words("price_claim", ["euro*"], version="1")
        >>> told = [Act(text="From 12 euros", labels={"price_claim": True})] * 200
        >>> told += [Act(text="Fog until noon", labels={"price_claim": False})] * 200
        >>> found = calibrate(prices, told, risk=0.02, confidence=0.9)
        >>> [(one.says, one.at, one.wrong) for one in found.thresholds]
        [(False, 0.0, 0), (True, 1.0, 0)]
    """
    risks = _risks(risk)
    refuse_any(share_problems(confidence, "confidence"))
    cases = [
        one if isinstance(one, Case) else Case(one)
        for one in each_of(labelled, "labelled", Act, Case)
    ]
    refuse_any(flag_problems(cases, labeller.labels, "labelled"))
    scores = list(scored(labeller, (case.act for case in cases)))
    examples = [
        Example(case, {**one.of}, None if by is None else getattr(case.act, by))
        for case, one in zip(cases, scores, strict=True)
    ]
    if by is not None:
        examples = [one for one in examples if one.stratum is not None]
    made = Calibration(
        labeller.name, labeller.version, confidence=confidence, of=one_of(RiskOf, of, "of"), by=by
    )
    if charter is None:
        found = thresholds(made, labeller.labels, examples, risks)
        return with_curves(
            attrs.evolve(made, thresholds=found),
            lambda label, stratum: pairs_of(
                (one for one in examples if one.stratum == stratum), label
            ),
        )
    if not isinstance(risk, float) or of != RiskOf.ACTS or by is not None:
        raise refuse("outcome-alone", "risk" if not isinstance(risk, float) else "of")
    return with_outcome(made, charter, labeller.labels, examples, risk)


def _risks(risk: float | Mapping[str, float]) -> dict[bool, float]:
    """Return the risk of calling an act no, and yes."""
    words = {show(says): says for says in SIDES}
    given = risk if isinstance(risk, Mapping) else dict.fromkeys(words, risk)
    for key in given:
        if key not in words:
            raise refuse("not-a-choice", "risk", given=key, known=sorted(words))
    if not given:
        raise refuse("empty", "risk", key="risk")
    refuse_any(*(share_problems(one, "risk") for one in given.values()))
    return {words[key]: float(one) for key, one in sorted(given.items())}
