"""Calibrating: from which score on a labeller may be believed, so that a promise holds."""

from collections.abc import Mapping

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import refuse_any
from cmcore.base.ids import choice_problems
from cmcore.charters.audits.cases import History
from cmcore.charters.charter import Charter
from cmcore.labellers.calibration import (
    Calibration,
    RiskOf,
    Strata,
    share_problems,
    stratum_of,
)
from cmcore.labellers.examples import cases_of, example_problems, twins
from cmcore.labellers.failures import failures_of
from cmcore.labellers.labeller import Labeller, labeller_problems, scored
from cmcore.labellers.outcomes import label_problems, with_outcome
from cmcore.labellers.risks import beside_problems, risk_problems, risks_of
from cmcore.labellers.thresholds import Example, pairs_of, thresholds, with_curves


@checked
def calibrate(  # noqa: PLR0913 - each option is named and independent
    labeller: Labeller,
    labelled: History,
    *,
    risk: float | Mapping[str, float | Mapping[str, float]],
    confidence: float = 0.95,
    of: str = RiskOf.ACTS,
    by: Strata | None = None,
    charter: Charter | None = None,
) -> Calibration:
    """Find the scores from which a labeller may be believed: beyond them yes or no, else unknown.

    `labelled` are acts on which a person has put the labels, drawn as those that are to be labelled
    will be, each once; they are scored here. With the `confidence`, and all at once: of all acts,
    the share called *no* wrongly is `risk` at most, and so is the share called *yes* wrongly, for
    each label. `risk={"no": 0.01}` calls nothing yes; with two keys, each has its own. The keys may
    be labels, each with its risk or with such keys; what is not among them stays unknown. With
    `of="truth"`, a risk is a share of the acts whose label is truly the other one. `by` keeps acts
    apart, and promises the same for each network, account, language or kind.

    With a `charter`, the promise is about its decisions instead: the share of acts that are covered
    although they would not be by their true labels is `risk` at most, whoever gives the other
    labels; what covers the most is looked for.

    An act counts for a label if a person has said yes or no, and the labeller has a score for it.

    Raises:
        InvalidError: with every problem, when a risk or the confidence is not between 0 and 1, an
            example cannot be read, or its id is that of another, a label is on one as something
            other than yes or no, or the labels are no flags of the charter.

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
    refuse_any(labeller_problems(labeller, "labeller"))
    rows = [*labelled]
    refuse_any(
        risk_problems(risk, labeller.labels),
        share_problems(confidence, "confidence"),
        choice_problems(RiskOf, of, "of"),
        () if charter is None else beside_problems(risk, of, by),
        () if charter is None else label_problems(charter, labeller.labels),
        example_problems(rows, "labelled", labeller.labels),
    )
    cases = cases_of(rows)
    scores = list(scored(labeller, (case.act for case in cases)))
    examples = [
        Example(case, {**one.of}, stratum_of(case.act, by))
        for case, one in zip(cases, scores, strict=True)
    ]
    if by is not None:
        examples = [one for one in examples if one.stratum is not None]
    made = Calibration(
        labeller.name,
        labeller.version,
        confidence=confidence,
        of=RiskOf(of),
        by=by,
        acts=len(cases),
        failures=failures_of(scores),
        twins=twins(case.act for case in cases),
        elsewhere=len(cases) - len(examples),
    )
    if charter is not None and isinstance(risk, float):
        return with_outcome(made, charter, labeller.labels, examples, risk)
    found = thresholds(made, risks_of(risk, labeller.labels), examples)
    return with_curves(
        attrs.evolve(made, thresholds=found),
        lambda label, stratum: pairs_of((one for one in examples if one.stratum == stratum), label),
    )
