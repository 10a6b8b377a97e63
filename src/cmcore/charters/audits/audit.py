"""Audits: how much of a history a charter covers, against its target, and why not more."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, Literal

from attrs import field

from cmcore.base.frozen import FrozenMap
from cmcore.base.values import value
from cmcore.charters.audits import expected
from cmcore.charters.audits.expected import ExpectationResult, Fulfilment
from cmcore.charters.audits.figures import Interval, Period
from cmcore.charters.audits.periods import period_text
from cmcore.charters.audits.unread import unread_table
from cmcore.charters.decision import Outcome, version_text
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.kinds import fact_text
from cmcore.display.names import cell, named
from cmcore.display.pictures.canvas import Picture
from cmcore.display.pictures.columns import Column, Columns
from cmcore.display.pictures.ranges import RangeBar, Ranges
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many


class Verdict(StrEnum):
    """Whether the target share is met, as far as the history shows."""

    MET = "met"
    MISSED = "missed"
    UNDECIDED = "not enough evidence"


class Trend(StrEnum):
    """How the covered share changes from period to period."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNDECIDED = "not enough evidence"


@value
class RuleTally:
    """How often a rule was true, determined the outcome, and determined it alone (counts)."""

    rule: str
    effect: str
    fired: int = 0
    determined: int = 0
    alone: int = 0


@value
class ExceptionCause:
    """Why acts were not covered: the determining rules, the number of acts, and examples.

    If no rule decided because the act was out of scope, `outside` says why: `term` (the charter was
    not in force), `networks`, or a volume such as `volume.publish`. `unknown` means that it is
    unknown whether this, or one of the rules, applies.
    """

    outcome: Outcome
    rules: tuple[str, ...]
    circuits: tuple[str, ...]
    count: int
    unknown: bool = False
    examples: tuple[Case, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The ids of the rules, or a phrase if no rule decided."""
        return self._name("en")

    def text(self, language: Language = "en") -> str:
        """Return it in a few words."""
        name = self._name(language)
        return say("cannot tell", language, rules=name) if self.unknown else name

    def _name(self, language: Language) -> str:
        if self.rules:
            return _rules(self.rules, language)
        if self.outside == ("term",):
            return say("not in force", language)
        if self.outside:
            parts = ", ".join(outside_text(name, language) for name in self.outside)
            return say("outside", language, parts=parts)
        return say("nothing permits" if self.circuits else "unreadable", language)


def _rules(ids: Iterable[str], language: Language, *, are_code: bool = False) -> str:
    """Say which rules: those that go by their reasons are sentences, with commas of their own."""
    called = {id_: cell(id_, "rule", language) for id_ in ids}
    joint = ", " if all(id_ == name for id_, name in called.items()) else say("joint", language)
    shown = (named(id_, "rule", language) for id_ in called) if are_code else called.values()
    return joint.join(shown)


def outside_text(name: str, language: Language = "en") -> str:
    """Say of what an act is outside: `volume.publish` is the volume of `publish`."""
    part, _, kind = name.partition(".")
    return say(f"outside {part}", language, kind=kind)


@value
class Drift:
    """The trend over the periods; `z` is the Cochran-Armitage statistic, None without one."""

    trend: Trend
    z: float | None = None


def _no_counts() -> FrozenMap[int]:
    return FrozenMap()


@value
class Audit(Viewable):
    """The result of auditing a history.

    `covered + exceptions + forbidden == total`, where unreadable rows count as exceptions.
    `interval` is the confidence interval of the covered share at level `confidence`. It is widened
    for `missing` acts (None: an unknown number, so nothing can be concluded) and for acts that
    unreadable rows may have swallowed (`lost`). If some unreadable rows cast doubt on others
    (`doubts`), it goes from 0 to 1, and the target is neither met nor missed.

    `unreadable` lists the first thousand rows that could not be read; but of the `late` rows, which
    are only earlier than the row above them, it lists the first three.

    `expectations` says what came of each expectation of the charter.
    """

    charter: str
    version: int
    target: float = field(kw_only=True)
    confidence: float = field(kw_only=True)
    total: int = field(kw_only=True)
    covered: int = field(kw_only=True)
    forbidden: int = field(kw_only=True)
    interval: Interval = field(kw_only=True)
    verdict: Verdict = field(kw_only=True)
    rules: tuple[RuleTally, ...] = field(kw_only=True)
    causes: tuple[ExceptionCause, ...] = field(kw_only=True)
    periods: tuple[Period, ...] = field(kw_only=True)
    drift: Drift = field(kw_only=True)
    unreadable: tuple[Unreadable, ...] = field(default=(), kw_only=True)
    unreadable_count: int = field(default=0, kw_only=True)
    late: int = field(default=0, kw_only=True)
    wanting: FrozenMap[int] = field(factory=_no_counts, kw_only=True)
    missing: int | None = field(default=0, kw_only=True)
    lost: int = field(default=0, kw_only=True)
    doubts: int = field(default=0, kw_only=True)
    expectations: tuple[ExpectationResult, ...] = field(default=(), kw_only=True)

    @property
    def standing(self) -> Verdict:
        """The worst of the verdict on the target and of what came of the expectations.

        An expectation that had no occasion is none that is not met.
        """
        found = {self.verdict, *(_VERDICTS[one.standing] for one in self.expectations)}
        return next(one for one in _WORST_FIRST if one in found)

    @property
    def exceptions(self) -> int:
        """How many acts went, or would have gone, through a circuit."""
        return self.total - self.covered - self.forbidden

    @property
    def share(self) -> float | None:
        """The covered share, from 0 to 1; None when the history is empty."""
        return self.covered / self.total if self.total else None

    @property
    def never_fired(self) -> tuple[str, ...]:
        """The rules that were never true, sorted."""
        return tuple(sorted(tally.rule for tally in self.rules if not tally.fired))

    def _view(self, language: Language) -> View:
        """Return the view of the audit for a terminal or a notebook."""
        return View(
            title=_headline(self, language),
            tone=_TONES[self.standing],
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            pictures=tuple(_pictures(self, language)),
            foot=version_text(self.charter, self.version, language),
        )


_WORST_FIRST: Final = (Verdict.MISSED, Verdict.UNDECIDED, Verdict.MET)
_VERDICTS: Final = {
    Fulfilment.MET: Verdict.MET,
    Fulfilment.IDLE: Verdict.MET,
    Fulfilment.MISSED: Verdict.MISSED,
    Fulfilment.UNDECIDED: Verdict.UNDECIDED,
    Fulfilment.PARTIAL: Verdict.UNDECIDED,
}
_TONES: Final[dict[Verdict, Literal["covered", "exception", "forbidden"]]] = {
    Verdict.MET: "covered",
    Verdict.MISSED: "forbidden",
    Verdict.UNDECIDED: "exception",
}


def _headline(audit: Audit, language: Language) -> str:
    """Return the verdict and what is expected: first what the sign before them is of."""
    told = say(
        "audit",
        language,
        verdict=say(audit.verdict, language),
        share=percent(audit.share, language),
        covered=audit.covered,
        total=audit.total,
    )
    more = expected.headline(audit.expectations, language)
    parts = (told, more) if audit.verdict is audit.standing else (more, told)
    return " · ".join(filter(None, parts))


def _lines(audit: Audit, language: Language) -> list[Line]:
    low, high = percent(audit.interval.low, language), percent(audit.interval.high, language)
    level, target = percent(audit.confidence, language, 0), percent(audit.target, language)
    lines = [
        say("interval", language, low=low, high=high, level=level, target=target),
        say("outcomes", language, exceptions=audit.exceptions, forbidden=audit.forbidden),
        say("drift", language, trend=say(f"trend {audit.drift.trend}", language)),
    ]
    if audit.missing != 0:
        missing = audit.missing
        lines.append(say("partial", language, count="?") if missing is None
                     else say_many("partial", missing, language))  # fmt: skip
    if audit.wanting:
        facts = ", ".join(f"{fact_text(fact, language)} ({n})" for fact, n in audit.wanting.items())
        lines.append(say("for want of", language, facts=facts))
    if audit.never_fired:
        rules = _rules(audit.never_fired, language, are_code=True)
        lines.append(say("never fired", language, rules=rules))
    if audit.unreadable_count:
        lines.append(say("unread count", language, count=audit.unreadable_count))
    if audit.lost:
        lines.append(say_many("lost", audit.lost, language))
    if audit.doubts:
        lines.append(say_many("doubts", audit.doubts, language))
    scale = Line("", "", say("scale", language, bar=_bar(audit)), drawn=True)
    first, *others = (Line("", "", text) for text in lines)
    return [first, scale, *others]


def _pictures(audit: Audit, language: Language) -> Iterator[Picture]:
    """Draw the share between its bounds, beside the target, and the share of each period."""
    goal_told = say("picture target", language, target=percent(audit.target, language))
    if audit.share is not None:
        low, high = (percent(end, language) for end in (audit.interval.low, audit.interval.high))
        told = say("picture share", language, share=percent(audit.share, language), low=low,
                   high=high)  # fmt: skip
        one = RangeBar("", told, audit.interval.low, audit.interval.high, audit.share,
                    _TONES[audit.verdict])  # fmt: skip
        yield Ranges(
            say("picture covered", language),
            ranges=(one,),
            top=1,
            ends=(percent(0, language, 0), percent(1, language, 0)),
            goal=audit.target,
            goal_told=goal_told,
        )
    if len(audit.periods) > 1:
        yield Columns(
            say("evolution", language),
            columns=tuple(
                _column(period, audit.target, language) for period in _few(list(audit.periods))
            ),
            top=1,
            goal=audit.target,
            goal_told=goal_told,
        )
    yield from expected.pictures(audit.expectations, language)


def _few(periods: list[Period]) -> Iterator[Period]:
    """Yield periods, joined side by side where there are too many to be distinguished."""
    step = -(-len(periods) // _COLUMNS)
    for start in range(0, len(periods), step):
        some = periods[start : start + step]
        name = some[0].name if len(some) == 1 else f"{some[0].name} … {some[-1].name}"
        yield Period(name, sum(one.total for one in some), sum(one.covered for one in some))


def _column(period: Period, target: float, language: Language) -> Column:
    told = say("picture period", language, share=percent(period.share, language),
               covered=period.covered, total=period.total)  # fmt: skip
    share, name = period.share, period_text(period.name, language)
    if share is None:
        return Column(name, None, told)
    tone = "covered" if share >= target else "forbidden"
    return Column(name, share, told, f"{100 * share:.0f}", tone)


def _bar(audit: Audit) -> str:
    """Draw the interval and the target on a line from 0 to 1."""
    cells = ["─"] * _CELLS
    marks = [(audit.target, "┊"), (audit.interval.low, "├"), (audit.interval.high, "┤")]
    for share, mark in [*marks, *([(audit.share, "●")] if audit.share is not None else [])]:
        cells[round(share * (_CELLS - 1))] = mark
    return "".join(cells)


def _tables(audit: Audit, language: Language) -> list[Table]:
    def heads(*codes: str) -> tuple[str, ...]:
        return tuple(say(code, language) for code in codes)

    def part(count: int) -> str:
        return percent(count / audit.total, language)

    def in_words(circuits: Iterable[str]) -> Iterator[str]:
        return (cell(id_, "circuit", language) for id_ in circuits)

    causes = tuple(
        (c.text(language), say(c.outcome, language), ", ".join(in_words(c.circuits)),
         str(c.count), part(c.count)) for c in audit.causes[:_CAUSES]
    )  # fmt: skip
    if len(audit.causes) > _CAUSES:
        more = sum(cause.count for cause in audit.causes[_CAUSES:])
        told = say("and more", language, count=len(audit.causes) - _CAUSES)
        causes = (*causes, (told, "", "", str(more), part(more)))
    permits = tuple(
        (cell(t.rule, "rule", language), str(t.determined), str(t.alone), part(t.determined))
        for t in audit.rules if t.effect == "permit" and t.fired
    )  # fmt: skip
    met = expected.over(audit.expectations)
    periods = tuple(
        (period_text(p.name, language), str(p.total), str(p.covered), percent(p.share, language),
         *(one.get(p.name, "") for one in met), "█" * round(10 * (p.share or 0)))
        for p in _over_time(audit)
    )  # fmt: skip
    ids = (cell(one.expectation.id, "expectation", language) for one in audit.expectations)
    made = [
        ("causes", heads("cause", "outcome", "circuits", "acts", "share"), causes),
        ("carried", heads("permit rule", "acts", "alone", "share"), permits),
        ("evolution", (*heads("period", "acts", "covered", "share"), *ids, ""), periods),
    ]
    unread = unread_table(audit.unreadable, audit.unreadable_count, language, audit.late)
    return [
        *expected.tables(audit.expectations, audit.confidence, language),
        *(Table(headings, rows, say(title, language), drawn=rows is periods)
          for title, headings, rows in made if rows),
        *([unread] if unread else []),
    ]  # fmt: skip


def _over_time(audit: Audit) -> list[Period]:
    """Return the periods, those of which only an expectation has something included."""
    acts = {one.name: one for one in audit.periods}
    more = {one.name for result in audit.expectations for one in result.periods} - acts.keys()
    found = [*acts.values(), *(Period(name, 0, 0) for name in more)]
    return sorted(found, key=lambda one: (one.name == "undated", one.name)) if more else found


#: How long the line of the shares is.
_CELLS: Final = 41
#: How many causes are shown, the largest first (the audit has all).
_CAUSES: Final = 30
#: How many periods are drawn side by side.
_COLUMNS: Final = 60
