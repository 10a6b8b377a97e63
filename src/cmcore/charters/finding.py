"""What a test of a condition found, as data, and how that is said."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, Bad, Log, Reading
from cmcore.charters.conditions.operands import Hours, Quiet, Range, Rate, on_clock
from cmcore.charters.conditions.operators import Op
from cmcore.charters.kinds import fact_text, word_text, word_texts
from cmcore.display.wording import Language, say, say_many, show, week_text
from cmcore.text.words import WordList
from cmcore.time.units import Window

_MANY: Final = 6


@value
class Finding:
    """The result of one test: the test, the value of its fact, and the words that decided.

    `zone` is the time zone in which instants are shown: the charter's.
    """

    test: FactTest
    truth: Truth
    got: Reading
    hits: tuple[str, ...] = ()
    zone: str = "UTC"

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        fact = fact_text(self.test.fact, language)
        if self.got is UNKNOWN or self.truth is Truth.UNKNOWN:
            return _unknown(fact, self.got, language)
        if self.got is ABSENT:
            return _absent(self, language)
        want = self.test.operand
        way = "failed" if self.truth is Truth.FALSE else "held"
        return say(
            f"{way} {'quiet' if isinstance(want, Quiet) else self.test.op}",
            language,
            fact=fact,
            got=_got(self, language),
            want=_want(self, language),
            hit=_quoted(self.hits or _both(self.got, want)),
            rest=_quoted(_minus(want, self.got)),
            extra=_quoted(_minus(self.got, want)),
        )


def _absent(finding: Finding, language: Language) -> str:
    """Say of a fact that it has no value, and what the rule asks for where that is not enough."""
    test, fact = finding.test, fact_text(finding.test.fact, language)
    if test.op is Op.PRESENT or finding.truth is Truth.TRUE:
        return say("is absent", language, fact=fact)
    asked = say(f"wants {test.op}", language, want=_want(finding, language))
    return say("is absent asked", language, fact=fact, asked=asked)


def _unknown(fact: str, got: Reading, language: Language) -> str:
    unknown = say("is unknown", language, facts=fact)
    if isinstance(got, Bad):
        due = show(got.expected, language) if got.values is None else show(got.values, language)
        return say("given as", language, unknown=unknown, shown=got.shown, due=due)
    if isinstance(got, Log) and got.undated:
        return say_many("undated acts", got.undated, language, unknown=unknown)
    return unknown


def _both(got: object, want: object) -> tuple[str, ...]:
    if not isinstance(got, frozenset):
        return (str(got),)
    return tuple(sorted(got & want if isinstance(want, frozenset) else got))


def _minus(one: object, other: object) -> tuple[str, ...]:
    pair = isinstance(one, frozenset) and isinstance(other, frozenset)
    return tuple(sorted(one - other)) if pair else ()  # type: ignore[operator]


def _quoted(words: tuple[str, ...]) -> str:
    return _some([f"`{word}`" for word in words])


def _some(words: Sequence[str]) -> str:
    shown = ", ".join(words[:_MANY]) or "∅"
    return f"{shown}, …" if len(words) > _MANY else shown


def _got(finding: Finding, language: Language) -> str:
    got = finding.got
    if isinstance(got, Log):
        want = finding.test.operand
        if not isinstance(want, Rate | Quiet):
            return say("known", language)
        return str(got.count(want.within if isinstance(want, Rate) else want.since)[0])
    if isinstance(got, str):
        return word_text(finding.test.fact, got, language)
    want = finding.test.operand
    zone = (want.zone if isinstance(want, Hours) else None) or finding.zone
    return show(on_clock(got, zone), language)


def _window(within: Window, language: Language) -> str:
    if isinstance(within, timedelta):
        return show(within, language)
    return say("ever" if within is None else f"per {within}", language)


# What a test asks for, in words, by the type of its operand; the rest is shown as it is.
_WANTED: Final[dict[type, Callable[[Any, Language], str]]] = {
    Rate: lambda want, lang: f"{want.count} ({_window(want.within, lang)})",
    Quiet: lambda want, lang: show(want.since, lang),
    Hours: lambda want, lang: " ".join(filter(None, (week_text(want.week, lang), want.zone))),
    WordList: lambda want, _: _quoted(want.entries),
}


def _want(finding: Finding, language: Language) -> str:
    want, zone = finding.test.operand, finding.zone
    if isinstance(want, Range):
        return " … ".join(show(on_clock(end, zone), language) for end in (want.low, want.high))
    if isinstance(want, str):
        return word_text(finding.test.fact, want, language)
    if isinstance(want, frozenset):
        return _some(word_texts(finding.test.fact, want, language))
    return _WANTED.get(type(want), show)(on_clock(want, zone), language)


def findings_text(findings: Iterable[Finding], language: Language) -> str:
    """Say what several tests found: each sentence once, so set apart that lists stay whole."""
    texts = dict.fromkeys(found.text(language) for found in findings)
    return say("findings", language).join(texts)
