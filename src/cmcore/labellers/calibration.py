"""Calibrations: where scores are believed, what that is promised to risk, and on what grounds."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, Literal, get_args

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.counts import count_problems
from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.ids import name_problems, nearest
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import tests
from cmcore.charters.conditions.facts import BUILTIN
from cmcore.charters.conditions.forms import NORMAL
from cmcore.charters.kinds import fact_text
from cmcore.display.pictures.zones import Zones
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many, show
from cmcore.labellers.curve_picture import Side, at_text, picture_of
from cmcore.labellers.curves import ScoreCurve
from cmcore.labellers.failures import failure_lines, failure_problems, failures_field
from cmcore.labellers.labeller import Scores
from cmcore.labellers.obstacles import Obstacle, hindrance_text

#: What acts may be told apart by.
Strata = Literal["network", "account", "language", "kind"]
STRATA: Final[tuple[Strata, ...]] = get_args(Strata)


class RiskOf(StrEnum):
    """Of what a risk is a share: of all acts, or of those whose label is truly the other one."""

    ACTS = "acts"
    TRUTH = "truth"


def is_share(given: object) -> bool:
    """Return whether something is a share strictly between 0 and 1."""
    return isinstance(given, int | float) and not isinstance(given, bool) and 0 < given < 1


def share_problems(given: object, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids `given` as a risk or a confidence."""
    if not is_share(given):
        yield Problem.of("wrong-value", *path, given=given, wanted="open-share")


@value
class Threshold:
    """The scores at which acts are called *yes* or *no*: at least `at` for yes, at most for no.

    `at` is None where no score is believed. `risk` is the share that is called so wrongly at most;
    None where the calibration promises an outcome instead. `examples` count for the label, `among`
    of them are those of which the risk is a share; `called` is the number called so, and `wrong`
    the number of these that were not. `stratum` says for which acts it holds.

    Where no score is believed, `obstacle` says why. Of too few examples, `still_needed` is about
    how many more would do: if errors stay as frequent as they were at the safest score. Where these
    are too frequent for that, perhaps by chance, it is how many would do if there are no more. It
    is None of other obstacles, and where more than a million would be needed.
    """

    label: str
    says: bool
    at: float | None = None
    risk: float | None = field(default=None, kw_only=True)
    examples: int = field(default=0, kw_only=True)
    among: int = field(default=0, kw_only=True)
    called: int = field(default=0, kw_only=True)
    wrong: int = field(default=0, kw_only=True)
    obstacle: Obstacle | None = field(default=None, kw_only=True)
    still_needed: int | None = field(default=0, kw_only=True)
    stratum: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            name_problems(self.label, "label"),
            () if self.risk is None else share_problems(self.risk, "risk"),
            count_problems(self.examples, "examples"),
            count_problems(self.among, "among", most=self.examples),
            count_problems(self.called, "called", most=self.examples),
            count_problems(self.wrong, "wrong", most=min(self.called, self.among)),
            () if self.still_needed is None else count_problems(self.still_needed, "still_needed"),
        )

    @checked_late
    def calls(self, score: float) -> bool:
        """Return whether an act of that score is called so."""
        return is_called(score, self.at, says=self.says)


def is_called(score: float, at: float | None, *, says: bool) -> bool:
    """Return whether an act of a score is called so where scores are believed from `at` on."""
    return at is not None and (score >= at if says else score <= at)


@value
class OutcomeRisk:
    """What a calibration promises of the decisions of a charter.

    The share of acts that are covered, although they would not be by their true labels, is `risk`
    at most. Thresholds were laid out on `planned` acts, and tried on `examples` others, of which
    `wrong` may be covered wrongly. Where no score is believed, `obstacle` and `still_needed` say
    why, and how many examples more would do, as they do of a `Threshold`.
    """

    charter: str
    version: int
    digest: str
    risk: float
    planned: int = field(default=0, kw_only=True)
    examples: int = field(default=0, kw_only=True)
    wrong: int = field(default=0, kw_only=True)
    obstacle: Obstacle | None = field(default=None, kw_only=True)
    still_needed: int | None = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            share_problems(self.risk, "risk"),
            count_problems(self.planned, "planned"),
            count_problems(self.examples, "examples"),
            count_problems(self.wrong, "wrong", most=self.examples),
            () if self.still_needed is None else count_problems(self.still_needed, "still_needed"),
        )


def _listed(many: Iterable[Threshold]) -> tuple[Threshold, ...]:
    return tuple(many)


def _curves(many: Iterable[ScoreCurve]) -> tuple[ScoreCurve, ...]:
    return tuple(many)


@value
class Calibration(Viewable):
    """How far the scores of one version of a labeller are believed: what `calibrate` returns.

    All that it promises holds at once, with its `confidence`, for acts drawn as the examples were.
    `of` says of what each risk is a share; `by` by what acts are told apart. Where it promises an
    `outcome`, that is all it promises. `curves` are how the scores of the examples lie: they are
    drawn, and promise nothing.

    `failures` are the kinds of errors that the labeller raised, each with how often, of all `acts`
    that it was given. `twins` of them have no id and show what an earlier one does: where that is
    the same act, it is counted again, and what is promised does not hold. `elsewhere` are those
    that count for nothing, as nobody says what acts are told apart by.

    Raises:
        InvalidError: with every problem, when a number is impossible, or a score would be called
            both yes and no.
    """

    labeller: str
    version: str
    thresholds: tuple[Threshold, ...] = field(default=(), converter=_listed)
    confidence: float = field(default=0.95, kw_only=True)
    of: RiskOf = field(default=RiskOf.ACTS, kw_only=True)
    by: str | None = field(default=None, kw_only=True)
    outcome: OutcomeRisk | None = field(default=None, kw_only=True)
    curves: tuple[ScoreCurve, ...] = field(default=(), converter=_curves, kw_only=True)
    acts: int = field(default=0, kw_only=True)
    failures: FrozenMap[int] = failures_field()
    twins: int = field(default=0, kw_only=True)
    elsewhere: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            share_problems(self.confidence, "confidence"),
            count_problems(self.acts, "acts"),
            failure_problems(self.failures, self.acts),
            count_problems(self.twins, "twins", most=self.acts),
            count_problems(self.elsewhere, "elsewhere", most=self.acts),
            self._problems(),
        )

    def _problems(self) -> Iterator[Problem]:
        if self.by is not None and self.by not in STRATA:
            yield Problem.of("not-a-choice", "by", given=self.by, known=list(STRATA))
        seen: dict[tuple[str, str | None, bool], Threshold] = {}
        for place, one in enumerate(self.thresholds):
            key = one.label, one.stratum
            other = seen.get((*key, not one.says))
            if (*key, one.says) in seen:
                yield Problem.of("threshold-twice", "thresholds", place, label=one.label)
            elif other is not None and other.at is not None and one.calls(other.at):
                yield Problem.of("thresholds-cross", "thresholds", place, label=one.label)
            seen[(*key, one.says)] = one
        drawn = [(one.label, one.stratum) for one in self.curves]
        for place, key in enumerate(drawn):
            if key in drawn[:place]:
                yield Problem.of("curve-twice", "curves", place, label=key[0])

    @checked_late
    def calls(self, act: Act, scores: Scores) -> dict[str, bool]:
        """Return what the labels of an act are called, as far as the scores are believed.

        What a person has said of a label, and be it that there is none, stands: it is not among
        them. Where an outcome is promised, an act without all its scores is called nothing.

        Raises:
            InvalidError: when the scores are those of another labeller, or of another version.
        """
        refuse_other(self, scores)
        stratum = stratum_of(act, self.by)
        is_partly = self.outcome and any(one.label not in scores.of for one in self.thresholds)
        if is_partly or (self.by is not None and stratum is None):
            return {}
        return {
            one.label: one.says
            for one in self.thresholds
            if one.stratum == stratum
            and one.label in scores.of
            and one.label not in act.labels
            and one.label not in act.absent
            and one.calls(scores.of[one.label])
        }

    @checked_late
    def bound(self, charter: Charter) -> float:
        """Return the share of acts at most that machine labels alone make covered, wrongly.

        That is the risk promised for the outcome, or that of any wrong label that the charter asks
        for: the sum of the risks, at most 1.

        Raises:
            InvalidError: when it was calibrated for another charter, or another version of it, or
                the charter declares none of its labels.
        """
        if self.outcome is not None:
            refuse_any(_of_other(self.outcome, charter))
            return self.outcome.risk if self._is_used(charter) else 0.0
        labels = {one.label for one in self.thresholds}
        if labels and not labels & charter.labels.keys():
            raise InvalidError(undeclared(charter, sorted(labels)))
        asked = asked_by(charter)
        sums: dict[str | None, float] = {}
        for one in self.thresholds:
            if one.at is not None and one.label in asked and one.risk is not None:
                sums[one.stratum] = sums.get(one.stratum, 0.0) + one.risk
        return min(1.0, max(sums.values(), default=0.0))

    def _is_used(self, charter: Charter) -> bool:
        asked = asked_by(charter)
        return any(one.at is not None and one.label in asked for one in self.thresholds)

    def _view(self, language: Language) -> View:
        """Return the view of the calibration for a terminal or a notebook."""
        used = sum(one.at is not None for one in self.thresholds)
        return View(
            title=say(
                "calibration",
                language,
                labeller=self.labeller,
                version=self.version,
                level=percent(self.confidence, language, 0),
            ),
            tone="covered" if used else "exception",
            lines=tuple(Line("", "", one) for one in self._lines(used, language)),
            tables=(self._table(language),) if self.thresholds else (),
            pictures=tuple(self._pictures(language)),
        )

    def _pictures(self, language: Language) -> Iterator[Zones]:
        """Yield a picture of each label that has examples."""
        chance = (1 - self.confidence) / max(1, len(self.thresholds))
        for curve in self.curves:
            if curve.ranges:
                yield picture_of(
                    curve,
                    [
                        Side(one, chance, self.of)
                        for one in self.thresholds
                        if (one.label, one.stratum) == (curve.label, curve.stratum)
                    ],
                    language,
                )

    def _lines(self, used: int, language: Language) -> Iterator[str]:
        if self.outcome is None:
            yield say(f"risk of {self.of}", language)
        else:
            yield from outcome_lines(self.outcome, language)
        if not used:
            yield say("nothing believed", language)
        yield from failure_lines(self.failures, self.acts, language)
        if self.twins:
            yield say_many("acts twins", self.twins, language)
        if self.elsewhere and self.by is not None:
            by = fact_text(self.by, language)
            yield say_many("acts for nothing", self.elsewhere, language, by=by)

    def _table(self, language: Language) -> Table:
        heads = ["field label", *(["threshold for"] if self.by else []), "threshold call"]
        heads += ["threshold at", *([] if self.outcome else ["threshold risk"])]
        heads += ["threshold examples", *(["threshold among"] if self.of is RiskOf.TRUTH else [])]
        heads += ["threshold called", "threshold wrong", "threshold more"]
        return Table(
            tuple(say(head, language) for head in heads),
            tuple(tuple(self._row(one, language)) for one in self.thresholds),
            say("thresholds", language),
        )

    def _row(self, one: Threshold, language: Language) -> Iterator[str]:
        yield one.label
        if self.by:
            yield one.stratum or "–"
        yield show(one.says, language)
        yield at_text(one, language)
        if not self.outcome:
            yield percent(one.risk, language)
        yield str(one.examples)
        if self.of is RiskOf.TRUTH:
            yield str(one.among)
        yield str(one.called)
        yield str(one.wrong)
        hindered = one.obstacle and hindrance_text(
            one.obstacle, one.still_needed, self.of, language, says=one.says
        )
        yield hindered or ""


def refuse_other(calibration: Calibration, scores: Scores) -> None:
    """Refuse the scores of another labeller, or of another version of it."""
    if (scores.labeller, scores.version) != (calibration.labeller, calibration.version):
        raise refuse(
            "calibration-of-other",
            labeller=f"{scores.labeller} {scores.version}",
            other=f"{calibration.labeller} {calibration.version}",
        )


def _of_other(outcome: OutcomeRisk, charter: Charter) -> Iterator[Problem]:
    """Yield the problem of an outcome that is promised of another charter, or of what it was."""
    given, other = f"{charter.id} {charter.version}", f"{outcome.charter} {outcome.version}"
    if outcome.digest != charter.digest and given == other:
        yield Problem.of("calibrated-before-change", charter=given)
    elif outcome.digest != charter.digest:
        yield Problem.of("calibrated-for-other", charter=given, other=other)


def refuse_other_charter(calibration: Calibration, charter: Charter | None) -> None:
    """Refuse a charter of which nothing is promised, and none where an outcome is."""
    if charter is not None:
        calibration.bound(charter)
    elif calibration.outcome is not None:
        raise refuse("outcome-of-which", "charter", charter=calibration.outcome.charter)


def stratum_of(act: Act, by: str | None) -> str | None:
    """Return what an act is kept apart by, in its normal form; None where that is not known."""
    return None if by is None else NORMAL[BUILTIN[by].domain.form][getattr(act, by) or ""]


def outcome_lines(found: OutcomeRisk, language: Language) -> Iterator[str]:
    """Yield what is promised of an outcome, on what it was tried, and what is in the way."""
    risk = percent(found.risk, language)
    yield say("outcome risk", language, risk=risk, charter=found.charter, version=found.version)
    laid = say_many("outcome planned", found.planned, language)
    tried = say_many("outcome tried", found.examples, language)
    yield laid + tried + say_many("outcome wrong", found.wrong, language)
    if found.obstacle:
        yield hindrance_text(found.obstacle, found.still_needed, RiskOf.ACTS, language)


def undeclared(charter: Charter, labels: Iterable[str]) -> Iterator[Problem]:
    """Yield the problem of each label that a charter does not declare."""
    for label in labels:
        if label not in charter.labels:
            near = nearest(label, charter.labels)
            yield Problem.of(
                "label-undeclared", "labels", label, label=label, charter=charter.id, near=near
            )


def asked_by(charter: Charter) -> frozenset[str]:
    """Return the labels that a charter asks for of the act that it decides."""
    conditions = (charter.framed, *(rule.when for rule in charter.rules))
    facts = {test.fact for one in conditions for test in tests(one)}
    return frozenset(facts.intersection(charter.labels))
