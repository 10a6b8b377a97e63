"""Surveillances: whether a calibration still holds, by the scores and the spot checks since."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many, show
from cmcore.labellers.calibration import share_problems
from cmcore.labellers.evidence import could_show
from cmcore.labellers.failures import failure_lines, failure_problems, failures_field


class Reliance(StrEnum):
    """Whether a calibration may be relied on: what speaks against it, if anything does."""

    FAILING = "failing"
    CONTRADICTED = "contradicted"
    MOVED = "scores moved"
    NOTHING = "nothing promised"
    EARLY = "too early to say"
    UNDISPUTED = "undisputed"


def _chance_problems(given: object) -> Iterator[Problem]:
    if not isinstance(given, int | float) or isinstance(given, bool) or not 0 <= given <= 1:
        yield Problem.of("wrong-value", "chance", given=given, wanted="share")


@value
class SpotCheck:
    """What spot checks say of one promise: that of a threshold, or of the outcome without `label`.

    Of the acts that were drawn, `count` are those of which the risk is a share. `checked` of them
    could have spoken against it: those that are called and that a person has labelled; where a risk
    is a share of those truly otherwise, all of these. `wrong` of them were called wrongly, and
    `awaited` are called and not labelled by a person. Where the promise is kept, evidence as strong
    as there ever was comes with the `chance` at most.
    """

    risk: float
    label: str | None = field(default=None, kw_only=True)
    says: bool | None = field(default=None, kw_only=True)
    stratum: str | None = field(default=None, kw_only=True)
    count: int = field(default=0, kw_only=True)
    checked: int = field(default=0, kw_only=True)
    wrong: int = field(default=0, kw_only=True)
    awaited: int = field(default=0, kw_only=True)
    chance: float = field(default=1.0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            share_problems(self.risk, "risk"),
            count_problems(self.count, "count"),
            count_problems(self.checked, "checked", most=self.count),
            count_problems(self.wrong, "wrong", most=self.checked),
            count_problems(self.awaited, "awaited", most=self.count - self.checked),
            _chance_problems(self.chance),
        )


@value
class ScoreDrift:
    """What the scores of a label say: whether acts are still drawn as the examples were.

    `examples` and `acts` are how many there are of each. Where they are drawn alike, evidence as
    strong as there ever was comes with the `chance` at most.
    """

    label: str
    stratum: str | None = field(default=None, kw_only=True)
    examples: int = field(default=0, kw_only=True)
    acts: int = field(default=0, kw_only=True)
    chance: float = field(default=1.0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            count_problems(self.examples, "examples"),
            count_problems(self.acts, "acts"),
            _chance_problems(self.chance),
        )


@value
class Surveillance(Viewable):
    """Whether a calibration still holds: what `watch` returns.

    However often it is asked, the chance that it is ever said to be contradicted or moved, where it
    holds, is the `level` at most: each of its checks has an equal part of it.

    `failed` acts have no score at all, and `failures` are the kinds of errors that the labeller
    raised, each with how often. `twins` have no id and show what an earlier one does, which may be
    the same act. Of `elsewhere` acts nothing is promised, as of those of a network that no example
    is of.
    """

    labeller: str
    version: str
    checks: tuple[SpotCheck, ...] = ()
    drifts: tuple[ScoreDrift, ...] = ()
    level: float = field(default=0.05, kw_only=True)
    acts: int = field(default=0, kw_only=True)
    failed: int = field(default=0, kw_only=True)
    failures: FrozenMap[int] = failures_field()
    twins: int = field(default=0, kw_only=True)
    elsewhere: int = field(default=0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(
            share_problems(self.level, "level"),
            count_problems(self.acts, "acts"),
            count_problems(self.failed, "failed", most=self.acts),
            failure_problems(self.failures, self.acts),
            count_problems(self.twins, "twins", most=self.acts),
            count_problems(self.elsewhere, "elsewhere", most=self.acts),
        )

    @property
    def part(self) -> float:
        """The part of the level that each check has."""
        return self.level / max(1, len(self.checks) + len(self.drifts))

    @property
    def contradicted(self) -> tuple[SpotCheck, ...]:
        """The promises that spot checks contradict."""
        return tuple(one for one in self.checks if one.chance <= self.part)

    @property
    def moved(self) -> tuple[ScoreDrift, ...]:
        """The labels whose scores are drawn otherwise than those of the examples."""
        return tuple(one for one in self.drifts if one.chance <= self.part)

    @property
    def state(self) -> Reliance:
        """Whether the calibration may be relied on; calibrate again if not.

        Where the labeller raised for half of the acts or more, nothing else is said. It is too
        early to say while too few acts are checked to contradict a promise at all; a promise of
        which no act that was drawn could be wrong counts neither way. Where the calibration
        believes no score, there is no promise, and nothing that checks could ever say.
        """
        if self.acts and 2 * sum(self.failures.values()) >= self.acts:
            return Reliance.FAILING
        if self.contradicted:
            return Reliance.CONTRADICTED
        if self.moved:
            return Reliance.MOVED
        if not self.checks:
            return Reliance.NOTHING
        known = [
            could_show(one.checked, one.risk, self.part)
            for one in self.checks
            if one.checked or one.awaited
        ]
        return Reliance.UNDISPUTED if known and all(known) else Reliance.EARLY

    def _view(self, language: Language) -> View:
        """Return the view of the surveillance for a terminal or a notebook."""
        return View(
            title=say("surveillance", language, labeller=self.labeller, version=self.version,
                      state=show(self.state, language)),
            tone=_TONES[self.state],
            lines=tuple(Line("", "", one) for one in self._lines(language)),
            tables=tuple(self._tables(language)),
        )  # fmt: skip

    def _lines(self, language: Language) -> Iterator[str]:
        yield say(f"reliance {self.state.name.lower()}", language)
        yield say("alarm at most", language, level=percent(self.level, language),
                  part=percent(self.part, language))  # fmt: skip
        yield from failure_lines(self.failures, self.acts, language)
        for code in ("failed", "twins", "elsewhere"):
            if count := getattr(self, code):
                yield say_many(f"acts {code}", count, language)

    def _tables(self, language: Language) -> Iterator[Table]:
        found = (
            ("spot checks", _CHECKED, [self._check(one, language) for one in self.checks]),
            ("score drifts", _SCORED, [self._drift(one, language) for one in self.drifts]),
        )
        for title, heads, rows in found:
            named = tuple(say(head, language) if head else "" for head in heads)
            if rows:
                yield Table(named, tuple(rows), say(title, language))

    def _check(self, one: SpotCheck, language: Language) -> tuple[str, ...]:
        called = say("outcome", language) if one.label is None else one.label
        named = called if one.says is None else f"{called} · {show(one.says, language)}"
        return (
            _within(named, one.stratum),
            percent(one.risk, language),
            *map(str, (one.count, one.checked, one.wrong, one.awaited)),
            *self._found(one.chance, Reliance.CONTRADICTED, language),
        )

    def _drift(self, one: ScoreDrift, language: Language) -> tuple[str, ...]:
        return (
            _within(one.label, one.stratum),
            *map(str, (one.examples, one.acts)),
            *self._found(one.chance, Reliance.MOVED, language),
        )

    def _found(self, chance: float, state: Reliance, language: Language) -> tuple[str, str]:
        return percent(chance, language), show(state, language) if chance <= self.part else ""


_CHECKED: Final = ("threshold for", "field risk", "spot drawn", "spot checked", "spot wrong",
                   "spot awaited", "by chance", "")  # fmt: skip
_SCORED: Final = ("field label", "threshold examples", "drift acts", "by chance", "")
_TONES: Final = {
    Reliance.FAILING: "forbidden",
    Reliance.CONTRADICTED: "forbidden",
    Reliance.MOVED: "exception",
    Reliance.NOTHING: "exception",
    Reliance.EARLY: "",
    Reliance.UNDISPUTED: "covered",
}


def _within(name: str, stratum: str | None) -> str:
    return name if stratum is None else f"{name} · {stratum}"
