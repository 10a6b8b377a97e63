"""Checkups: what the source texts ask of a company, answered yes, no or unknown, with evidence."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from attrs import evolve, field

from cmcore.base.amounts import show_duration
from cmcore.base.asked import checked_late
from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import clip, did_you_mean
from cmcore.base.language import SENTENCES
from cmcore.base.shown import Sort
from cmcore.base.values import value
from cmcore.charters.act import LabelValue
from cmcore.display.names import all_named, cell, named, names_of, reader
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, say, say_many, show, show_work, week_text
from cmcore.organisations.checks._themes import MARKS, by_theme, pictures, to_do
from cmcore.organisations.checks.known import Known
from cmcore.teams.gap import Gap, GapKind, Unfit, about
from cmcore.time.durations import days, hours
from cmcore.time.week import local

_NOTHING: Final = timedelta(0)


#: What one check may say that settles the answer, before the others.
_RANKED: Final = (Known.NO, Known.UNKNOWN, Known.YES)


@value
class Aims:
    """What counts as enough; the texts rarely give numbers, so you can change these.

    Shares go from 0 to 1. `on_time` is the least share of requests answered in time, `one_hand` of
    those handled by one person; `promotion` is the greatest share of direct promotion, `template`
    of acts with the same words; `daily` is the least share of days with a publication. Histories
    are checked as far `back` as this, or whole, whatever their dates, if it is None; cadence is
    checked over `recent`. A share needs at least `least` acts or requests. A `circuit` and an
    `alert` may take no longer than this; a request is `neglected` after this time. A `jump` is the
    growth of followers, as a share, from one count to the next; `counts` are needed to see one.

    Raises:
        InvalidError: with every number that is impossible.
    """

    on_time: float = field(default=0.9, kw_only=True)
    one_hand: float = field(default=0.9, kw_only=True)
    promotion: float = field(default=0.2, kw_only=True)
    template: float = field(default=0.2, kw_only=True)
    daily: float = field(default=0.8, kw_only=True)
    jump: float = field(default=0.1, kw_only=True)
    least: int = field(default=10, kw_only=True)
    counts: int = field(default=28, kw_only=True)
    back: timedelta | None = field(default=days(92), kw_only=True)
    recent: timedelta = field(default=days(28), kw_only=True)
    circuit: timedelta = field(default=hours(4), kw_only=True)
    alert: timedelta = field(default=hours(1), kw_only=True)
    neglected: timedelta = field(default=days(7), kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = list(self._problems())
        if found:
            raise InvalidError(found)

    def _problems(self) -> Iterator[Problem]:
        for name in ("on_time", "one_hand", "promotion", "template", "daily"):
            if not 0 <= getattr(self, name) <= 1:
                yield Problem.of("wrong-value", name, given=getattr(self, name), wanted="share")
        if not 0 < self.jump < float("inf"):
            yield Problem.of("wrong-value", "jump", given=self.jump, wanted="growth")
        for name in ("least", "counts"):
            if getattr(self, name) < 1:
                yield Problem.of("bad-count", name, given=getattr(self, name), least=1)
        for name in ("back", "recent", "circuit", "alert", "neglected"):
            given = getattr(self, name)
            if given is not None and given <= _NOTHING:
                yield Problem.of("duration-not-positive", name, given=show_duration(given))
        if self.recent < days(1):
            yield Problem.of("shorter-than-a-day", "recent", given=show_duration(self.recent))


def _told(given: Mapping[str, LabelValue]) -> FrozenMap[LabelValue]:
    return FrozenMap(given)


def _nothing() -> FrozenMap[LabelValue]:
    return FrozenMap()


@value
class Check:
    """One thing that was checked: its `code`, its result, and its evidence.

    `said` is the code of the evidence and `told` its parameters, with the `gaps` of the team and
    those `unfit` for a role, if it is about these; if the result is unknown, `wants` names what is
    missing.
    """

    code: str
    known: Known
    said: str = field(default="", kw_only=True)
    told: FrozenMap[LabelValue] = field(factory=_nothing, kw_only=True, converter=_told)
    wants: frozenset[str] = field(default=frozenset(), kw_only=True, converter=each_once)
    gaps: tuple[Gap, ...] = field(default=(), kw_only=True)
    unfit: tuple[Unfit, ...] = field(default=(), kw_only=True)

    def name(self, language: Language = "en") -> str:
        """Return what is checked, in a few words."""
        return say(f"check {self.code}", language)

    def evidence(self, language: Language = "en") -> str:
        """Return its evidence, or what is missing."""
        parts: list[str] = []
        if self.said:
            parts.append(self._said(language))
        if self.wants:
            wants = [say(f"check want {want}", language) for want in sorted(self.wants)]
            parts.append(say("check for want", language, wants=", ".join(wants)))
        return say("joint", language).join(parts)

    def _said(self, language: Language) -> str:
        code, told = f"check said {self.said}", _shown(self.told, language)
        joint = say("joint", language)
        told["gaps"] = joint.join(dict.fromkeys(_gap(one, language) for one in self.gaps))
        told["unfit"] = joint.join(_unfit(one, language) for one in self.unfit)
        count = self.told.get("count")
        if isinstance(count, int) and f"{code} one" in SENTENCES:
            told.pop("count")
            return say_many(code, count, language, **told)
        return say(code, language, **told)

    def advice(self, language: Language = "en") -> str:
        """Return what to do next; empty if the answer is yes, or the question does not apply."""
        if self.known in {Known.YES, Known.MOOT}:
            return ""
        return say(f"check {self.code} next", language)


def _shown(told: Mapping[str, LabelValue], language: Language) -> dict[str, str]:
    return {name: _show(name, one, language) for name, one in told.items()}


def _show(name: str, one: LabelValue, language: Language) -> str:
    """Write a parameter: shares in percent, days and the hours of gaps as a language has them."""
    if isinstance(one, float):
        return percent(one, language)
    if isinstance(one, str):
        return _WORDED.get(name, _as_it_is)(one, language)
    if not isinstance(one, frozenset) or not one or name not in _WORDED:
        return show(one, language)
    told = [_WORDED[name](each, language) for each in sorted(one)]
    return _joined(name, told, language)


def _joined(name: str, told: list[str], language: Language) -> str:
    """Write what is told of several; the reasons of rules are whole sentences."""
    if name == "lacks":
        return say("and", language).join(told)
    if name == "circuits":
        return say("joint", language).join(told)
    if name == "rules" and all(one.endswith((".", "!", "?")) for one in told):
        return " ".join(told)
    return ", ".join(sorted(told, key=_by_length) if name == "events" else told)


#: The parameters that are ids, and what of.
_SORTS: Final[Mapping[str, Sort]] = {
    "people": "member",
    "by": "member",
    "roles": "role",
    "objectives": "objective",
    "networks": "network",
    "indicators": "indicator",
    "rules": "rule",
    "duties": "duty",
    "events": "occasion",
    "circuits": "circuit",
    "circuit": "circuit",
    "charter": "charter",
    "playbook": "playbook",
}


def _by_length(text: str) -> tuple[int, str]:
    """Order what ends in a number by that number."""
    return len(text), text


def _as_it_is(text: str, _: Language) -> str:
    return text


def _named(sort: Sort) -> Callable[[str, Language], str]:
    return lambda id_, language: named(id_, sort, language)


def _gap(gap: Gap, language: Language) -> str:
    """Say what a gap is about, and when it is where that is known."""
    what, week = about(gap.what, language), week_text(gap.week, language)
    if gap.week is None:
        return what
    if gap.kind is not GapKind.SUPERVISION:
        return say("check gap", language, what=what, when=week)
    who, time = all_named(gap.people, "member", language), show_work(gap.time, language)
    return say("check alone", language, who=who, role=what, time=time, week=week, zone=gap.zone)


def _unfit(unfit: Unfit, language: Language) -> str:
    """Say whose skills are missing, for which role."""
    return say(
        "check unfit", language, who=unfit.member, role=unfit.role, lacks=unfit.told(language)
    )


#: How each text of a parameter is told.
_WORDED: Final[Mapping[str, Callable[[str, Language], str]]] = {
    **{name: _named(sort) for name, sort in _SORTS.items()},
    "traits": lambda trait, language: say(f"field {trait}", language),
    "lacks": lambda key, language: say(f"check lack {key}", language),
    "on": lambda day, language: show(date.fromisoformat(day), language),
}


def _checks(many: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(many)


@value
class Answer(Viewable):
    """The answer to one question: that of all its checks together.

    `question` is the section of the text that asks, as in `001.6`. The answer is no if any check
    is, otherwise unknown if any is, otherwise yes; it is moot if every check is.

    Raises:
        InvalidError: when nothing was checked.
    """

    question: str
    checks: tuple[Check, ...] = field(converter=_checks)

    def __attrs_post_init__(self) -> None:
        if not self.checks:
            raise refuse("empty", "checks", key="checks", hint="give-check")

    @property
    def known(self) -> Known:
        """Yes, no, unknown or moot."""
        found = {check.known for check in self.checks}
        return next((one for one in _RANKED if one in found), Known.MOOT)

    @property
    def wants(self) -> frozenset[str]:
        """What is missing for all of its checks to have a result."""
        return frozenset[str]().union(*(check.wants for check in self.checks))

    def title(self, language: Language = "en") -> str:
        """Return the question, in a few words."""
        return say(f"question {self.question}", language)

    def _view(self, language: Language) -> View:
        """Return the view of the answer for a terminal or a notebook."""
        return View(
            title=say(
                "check told",
                language,
                name=say(self.known, language),
                evidence=self.title(language),
            ),
            tone=MARKS[self.known][1],
            lines=tuple(_lines(self, language)),
            foot=self.question,
        )


def _lines(answer: Answer, language: Language) -> Iterator[Line]:
    for check in answer.checks:
        mark = MARKS[check.known][0]
        yield Line(mark, check.name(language), check.evidence(language))
        advice = check.advice(language)
        if advice:
            yield Line("→", "", advice)


def _answers(many: Iterable[Answer]) -> tuple[Answer, ...]:
    return tuple(many)


@value
class Checkup(Viewable):
    """The result of checking an organisation at an instant: one answer for each question."""

    organisation: str
    at: datetime
    zone: str = field(default="UTC", kw_only=True)
    answers: tuple[Answer, ...] = field(default=(), kw_only=True, converter=_answers)

    def of(self, known: Known | str) -> tuple[Answer, ...]:
        """Return the answers that are yes, no, unknown or moot."""
        return tuple(answer for answer in self.answers if answer.known == known)

    @checked_late
    def answer(self, question: str) -> Answer:
        """Return the answer to a question, such as `001.6`; KeyError when it was not asked."""
        held = {answer.question: answer for answer in self.answers}
        if question not in held:
            hint = did_you_mean(question, held) or "as in `001.6`"
            message = f"`{clip(question)}` was not asked: {hint}"
            raise KeyError(message)
        return held[question]

    @checked_late
    def check(self, code: str) -> Check:
        """Return the result of one check; KeyError when it was not made."""
        held = self.checks
        if code not in held:
            hint = did_you_mean(code, held) or "as in `charter signed`"
            message = f"`{clip(code)}` was not checked: {hint}"
            raise KeyError(message)
        return held[code]

    @property
    def checks(self) -> FrozenMap[Check]:
        """Every check that was made, by its code; one that applies to some question does."""
        made = [check for answer in self.answers for check in answer.checks]
        return FrozenMap({one.code: one for one in sorted(made, key=_applies)})

    def by_theme(self, language: Language = "en", *, names: object = (), ids: bool = False) -> View:
        """Return the view of all checks by theme, each once, with what to do next."""
        return self._themed(by_theme, reader(language, names_of(self) | names_of(names), ids=ids))

    def summary(self, language: Language = "en", *, names: object = (), ids: bool = False) -> View:
        """Return the view of one page: how each theme stands, and what to do about what is no."""
        return self._themed(to_do, reader(language, names_of(self) | names_of(names), ids=ids))

    def _themed(
        self,
        tables: Callable[[Mapping[str, Check], Language], Iterable[Table]],
        language: Language,
    ) -> View:
        """Return a view of all checks, each once, with the picture of how each theme stands."""
        counts = Counter(check.known for check in self.checks.values())
        shown = self._shown(counts, tuple(tables(self.checks, language)), language)
        return evolve(shown, pictures=pictures(self.checks, language))

    @property
    def wants(self) -> frozenset[str]:
        """What is missing for every question to be answered."""
        return frozenset[str]().union(*(answer.wants for answer in self.answers))

    def _view(self, language: Language) -> View:
        """Return the view of the checkup for a terminal or a notebook."""
        counts = Counter(answer.known for answer in self.answers)
        return self._shown(counts, tuple(_tables(self, language)), language)

    def _shown(self, counts: Counter[Known], tables: tuple[Table, ...], language: Language) -> View:
        """Return a view with how many of what it shows are yes, no, unknown and moot."""
        told = {str(known): counts[known] for known in Known}
        tones = {Known.NO: "forbidden", Known.UNKNOWN: "exception"}
        worst = next((tone for known, tone in tones.items() if counts[known]), "covered")
        return View(
            title=say("checkup with moot" if counts[Known.MOOT] else "checkup", language,
                      organisation=cell(self.organisation, "organisation", language), **told),
            tone=worst,
            lines=tuple(_lacking(self, language)),
            tables=tables,
            foot=say("checkup at", language, zone=self.zone,
                     at=local(self.at, self.zone)),
        )  # fmt: skip


def _applies(check: Check) -> bool:
    """Return whether a check applies: one may answer a question that does not, beside others."""
    return check.known is not Known.MOOT


def _lacking(found: Checkup, language: Language) -> Iterator[Line]:
    if found.wants:
        wants = ", ".join(say(f"check want {want}", language) for want in sorted(found.wants))
        yield Line("", "", say("checkup wants", language, wants=wants))


def _tables(found: Checkup, language: Language) -> Iterator[Table]:
    heads = tuple(say(f"checkup {code}", language) for code in ("answer", "no", "question", "why"))
    texts = dict.fromkeys(answer.question.partition(".")[0] for answer in found.answers)
    for text in texts:
        asked = [one for one in found.answers if one.question.startswith(f"{text}.")]
        rows = tuple(
            (
                f"{MARKS[one.known][0]} {say(one.known, language)}",
                one.question,
                one.title(language),
                _why(one, language),
            )
            for one in asked
        )
        tones = tuple((MARKS[one.known][1], "", "", "") for one in asked)
        yield Table(heads, rows, say(f"text {text}", language), tones)
    advice = tuple(_advice(found, language))
    if advice:
        heads = tuple(say(f"checkup {code}", language) for code in ("check", "next"))
        yield Table(heads, advice, say("checkup to do", language))


def _why(answer: Answer, language: Language) -> str:
    """Return the evidence of the checks that bring the answer."""
    shown = [check for check in answer.checks if check.known is answer.known]
    if answer.known is Known.MOOT and len({check.told for check in shown}) == 1:
        return shown[0].evidence(language)
    return say("joint", language).join(
        say("check told", language, name=check.name(language), evidence=check.evidence(language))
        for check in shown
    )


def _advice(found: Checkup, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what to do about each check that is no, once, in the order of the questions."""
    checks = (check for answer in found.answers for check in answer.checks)
    for check in dict.fromkeys(check for check in checks if check.known is Known.NO):
        yield (check.name(language), check.advice(language))
