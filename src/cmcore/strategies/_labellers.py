"""Strategies for labellers: scores, calibrations and what is labelled by them."""

from functools import cache
from itertools import count

from hypothesis import strategies as st

from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import Label
from cmcore.charters.rule import Rule
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.labellers.adapters import by_function, by_several
from cmcore.labellers.agreements import Agreement, LabelAgreement, agreement
from cmcore.labellers.calibration import Calibration, OutcomeRisk, RiskOf, Threshold
from cmcore.labellers.conclude import audit_labelled
from cmcore.labellers.curves import ScoreCurve, ScoreRange
from cmcore.labellers.draws import Draw
from cmcore.labellers.labelled_act import LabelledAct, label_acts
from cmcore.labellers.labelled_audit import LabelledAudit
from cmcore.labellers.labeller import Labeller, Scores, score
from cmcore.labellers.monitor import watch
from cmcore.labellers.promises import calibrate
from cmcore.labellers.surveillance import ScoreDrift, SpotCheck, Surveillance
from cmcore.strategies._drawing import number, pick, rare, several

_LABELS = ("claim", "promise")
_RISKS = (0.3, 0.1, 0.5)


@cache
def _charter() -> Charter:
    """Return a charter that asks for both labels."""
    plain = fact("claim").is_(False) & fact("promise").is_(False)
    return Charter(
        "labelled",
        labels={label: Label("flag") for label in _LABELS},
        circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
        default="desk",
        rules=[
            Rule.permit("plain", when=plain, because="It binds nobody."),
            Rule.permit("kept", when=fact("promise").is_(True), because="We keep it."),
            Rule.forbid("claims", when=fact("claim").is_(True), because="No prices."),
        ],
    )


def _digit(place: int) -> Labeller:
    """Return a labeller whose score is a digit of the text; what is none makes it raise."""
    return by_function(_LABELS[place], lambda act: int((act.text or "")[place]), version="1")


@st.composite
def labellers(draw: st.DrawFn) -> Labeller:
    """Return a strategy for labellers of the flags `claim` and `promise`, which may raise."""
    return by_several(_digit(0), _digit(1), name=pick(draw, ("digits", "other")))


def _told(draw: st.DrawFn, most: int, *, named: bool = False) -> list[Act]:
    """Draw acts on which a person may have put labels, with or without ids."""
    places = count(1)

    def told() -> Act:
        figures = [number(draw, 0, 9) for _ in _LABELS]
        truths = {
            label: (figure > 4) is not rare(draw, 6)  # noqa: PLR2004 - half of the digits
            for label, figure in zip(_LABELS, figures, strict=True)
            if not rare(draw, 8)
        }
        text = None if rare(draw, 9) else "".join(map(str, figures))
        id_ = str(next(places)) if named else None
        return Act(id=id_, text=text, labels=truths, network=pick(draw, ("x", "bluesky", None)))

    return several(draw, told, 0, most)


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    """Return a strategy for calibrations of a labeller on some acts."""
    told = _told(draw, 30)
    labeller, risk = draw(labellers()), pick(draw, _RISKS)
    confidence = pick(draw, (0.5, 0.8))
    if rare(draw, 3):
        return calibrate(labeller, told, risk=risk, confidence=confidence, charter=_charter())
    return calibrate(
        labeller,
        told,
        risk=risk if rare(draw, 2) else {"no": risk},
        confidence=confidence,
        of=pick(draw, [*RiskOf]),
        by="network" if rare(draw) else None,
    )


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    """Return a strategy for the thresholds of calibrations."""
    return pick(draw, draw(calibrations().filter(lambda one: one.thresholds)).thresholds)


@st.composite
def score_curves(draw: st.DrawFn) -> ScoreCurve:
    """Return a strategy for how the scores of labels lie among the examples."""
    return pick(draw, draw(calibrations().filter(lambda one: one.curves)).curves)


@st.composite
def score_ranges(draw: st.DrawFn) -> ScoreRange:
    """Return a strategy for ranges of scores, with the examples that have one."""
    return pick(draw, draw(score_curves().filter(lambda one: one.ranges)).ranges)


@st.composite
def outcome_risks(draw: st.DrawFn) -> OutcomeRisk:
    """Return a strategy for what calibrations promise of the decisions of a charter."""
    found = calibrate(
        draw(labellers()), _told(draw, 20), risk=pick(draw, _RISKS), charter=_charter()
    ).outcome
    assert found is not None  # noqa: S101 - it is asked for
    return found


@st.composite
def score_sets(draw: st.DrawFn) -> Scores:
    """Return a strategy for what a labeller says of an act."""
    return score(draw(labellers()), [*_told(draw, 1), Act()])[0]


@st.composite
def labelled_acts(draw: st.DrawFn) -> LabelledAct:
    """Return a strategy for acts on which a calibrated labeller has put labels."""
    labeller = draw(labellers())
    found = calibrate(labeller, _told(draw, 30), risk=pick(draw, _RISKS), confidence=0.5)
    return label_acts(labeller, found, [*_told(draw, 1), Act()])[0]


@st.composite
def labelled_audits(draw: st.DrawFn) -> LabelledAudit:
    """Return a strategy for audits of acts on which a calibrated labeller has put labels."""
    labeller = draw(labellers())
    found = calibrate(labeller, _told(draw, 30), risk=pick(draw, _RISKS), confidence=0.5)
    return audit_labelled(_charter(), _told(draw, 6), labeller, found)


@st.composite
def draws(draw: st.DrawFn) -> Draw:
    """Return a strategy for draws of acts."""
    return Draw(pick(draw, (1.0, 0.05, 0.5)), key=pick(draw, ("", "spring")))


@st.composite
def surveillances(draw: st.DrawFn) -> Surveillance:
    """Return a strategy for what is seen of a calibration since it was made."""
    told, labeller = _told(draw, 30), draw(labellers())
    charter = _charter() if rare(draw, 3) else None
    found = calibrate(
        labeller,
        told,
        risk=pick(draw, _RISKS),
        confidence=0.5,
        charter=charter,
        by="network" if charter is None and rare(draw) else None,
    )
    return watch(
        found, labeller, _told(draw, 20), examples=told, draw=draw(draws()), charter=charter
    )


@st.composite
def spot_check_results(draw: st.DrawFn) -> SpotCheck:
    """Return a strategy for what spot checks say of one promise."""
    return pick(draw, draw(surveillances().filter(lambda one: one.checks)).checks)


@st.composite
def score_drifts(draw: st.DrawFn) -> ScoreDrift:
    """Return a strategy for what the scores of a label say."""
    return pick(draw, draw(surveillances().filter(lambda one: one.drifts)).drifts)


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Return a strategy for how far two people agree on the labels of acts."""
    return agreement(_told(draw, 12, named=True), _told(draw, 12, named=True))


@st.composite
def label_agreements(draw: st.DrawFn) -> LabelAgreement:
    """Return a strategy for how far two people agree on a label."""
    return pick(draw, draw(agreements().filter(lambda one: one.labels)).labels)
