"""Suggestions: permits and volumes that would have covered a history, with their counts."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

import attrs
from attrs import field

from cmcore.base.ids import one_of
from cmcore.base.values import value
from cmcore.charters.charter import Charter
from cmcore.charters.decision import rule_text, version_text
from cmcore.charters.kinds import KINDS, fact_text, word_text
from cmcore.charters.rule import Effect, Rule
from cmcore.display.cards import inline
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, place_text, say, say_many

#: How many acts are named where a suggestion is shown.
MOST_NAMED: Final = 3


class Left(StrEnum):
    """Why an act would not have been covered.

    `unusual`: it is of the acts that a permit is drawn from, but not as they usually are; `busy`:
    there were more before it than there usually are; `rare`: it is of a kind, network, account,
    language or format, or of several of them together, that was seen too seldom; `other`: it
    publishes nothing, or its kind is unknown; `held`: a rule of the draft decides; `outside`: the
    draft covers nothing there; `unreadable`: its row could not be read.
    """

    UNUSUAL = "unusual"
    BUSY = "busy"
    RARE = "rare"
    OTHER = "other"
    HELD = "held"
    OUTSIDE = "outside"
    UNREADABLE = "unreadable"


def _left(given: str) -> Left:
    return one_of(Left, given)


@value
class Suggested:
    """A rule that is suggested, and what speaks for it: a permit, or a volume to refer above.

    A permit would have covered `support` acts of the history, which are counted once each. Of a
    volume, that is how many acts are known to stay within it. `left` counts the acts of the same
    sort that it would not have covered, or would have held.
    """

    rule: Rule
    support: int
    left: int = 0

    def because(self, language: Language = "en") -> str:
        """Return the reason of the rule: what was counted, in English or in French."""
        return reason(self.rule.effect, self.support, language)

    def text(self, language: Language = "en") -> str:
        """Return in a sentence what it asks."""
        return inline(self.rule.when, language)


def reason(effect: Effect, count: int, language: Language = "en") -> str:
    """Say what was counted for a rule of an effect."""
    return say_many(f"suggestion {effect}", count, language)


@value
class Uncovered:
    """Acts that would not have been covered, for one reason, and the first of them by their names.

    `rule` is the permit, the volume or the rule of the draft that it is about, and `facts` are what
    is unusual.
    """

    why: Left = field(converter=_left)
    count: int
    rule: str | None = None
    facts: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@value
class Suggestion(Viewable):
    """A charter to begin with: what is suggested besides the rules of the draft, and its counts.

    Of the `total` rows of the history, `covered` would have been covered, `already` of them by the
    permits of the draft alone; `uncovered` says why the others would not. `least` is how often
    something must have been seen to count as usual. The permits come first, those with most support
    before the others.
    """

    before: Charter
    suggested: tuple[Suggested, ...] = field(default=(), kw_only=True)
    uncovered: tuple[Uncovered, ...] = field(default=(), kw_only=True)
    total: int = field(default=0, kw_only=True)
    covered: int = field(default=0, kw_only=True)
    already: int = field(default=0, kw_only=True)
    least: int = field(default=1, kw_only=True)

    @property
    def share(self) -> float | None:
        """The share of the history that would have been covered."""
        return self.covered / self.total if self.total else None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules suggested, with their reasons in English."""
        return tuple(one.rule for one in self.suggested)

    @property
    def charter(self) -> Charter:
        """The draft with all that is suggested."""
        return self.before.with_rule(*self.rules)

    def charter_in(self, language: Language) -> Charter:
        """Return the draft with all that is suggested: its ids and reasons are in a language."""
        called = _called(self, language)
        rules = (
            attrs.evolve(one.rule, id=called[one.rule.id], because=one.because(language))
            for one in self.suggested
        )
        return self.before.with_rule(*rules)

    def _view(self, language: Language) -> View:
        """Return the view of the suggestion for a terminal or a notebook."""
        return View(
            title=say("suggestion", language, share=percent(self.share, language),
                      covered=self.covered, total=self.total),
            tone="covered" if self.suggested else "exception",
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            foot=_foot(self.before, language),
        )  # fmt: skip


def _called(told: Suggestion, language: Language) -> dict[str, str]:
    """Return what each rule is called in a language: as it is, if names would be the same."""
    own = [rule.id for rule in told.before.rules]
    ids = [one.rule.id for one in told.suggested]
    made = [*own, *(_id_in(id_, language) for id_ in ids)]
    return dict(zip([*own, *ids], made if len({*made}) == len(made) else [*own, *ids], strict=True))


def _id_in(id_: str, language: Language) -> str:
    """Return the id of a rule that is drawn from kinds of acts, in the words of a language."""
    if language == "en":
        return id_
    busy = say("suggestion busy id", language)
    told = (word_text("kind", part, language).strip("`") if part in KINDS else part
            for part in id_.split("-"))  # fmt: skip
    return "-".join(busy if part == "busy" else part for part in told)


def _foot(before: Charter, language: Language) -> str:
    """Say what is added to; of a charter without rules, there is nothing to say."""
    if not before.rules:
        return ""
    return version_text(before.id, before.version, language)


def _lines(told: Suggestion, language: Language) -> Iterator[Line]:
    called = _called(told, language)
    for one in told.suggested:
        text = f"{one.text(language)} — {one.because(language)}"
        yield Line(say(one.rule.effect, language), called[one.rule.id], text)
    if told.already:
        yield Line("", "", say("suggestion already", language, count=told.already))
    yield Line("", "", say_many("suggestion least", told.least, language))


def _tables(told: Suggestion, language: Language) -> Iterator[Table]:
    called = _called(told, language)
    rows = tuple((_why(one, called, language), str(one.count), _first(one, language))
                 for one in told.uncovered)  # fmt: skip
    if rows:
        heads = ("suggestion why", "suggestion acts", "suggestion such as")
        yield Table(
            tuple(say(code, language) for code in heads),
            rows,
            say("suggestion uncovered", language),
            folded=True,
        )


def _why(one: Uncovered, called: Mapping[str, str], language: Language) -> str:
    facts = ", ".join(fact_text(name, language) for name in one.facts)
    rule = rule_text(called.get(one.rule, one.rule), language) if one.rule else ""
    return say(f"suggestion {one.why}", language, rule=rule, facts=facts)


def _first(one: Uncovered, language: Language) -> str:
    names = ", ".join(place_text(example, language) for example in one.examples)
    more = one.count - len(one.examples)
    return f"{names}, {say('and more', language, count=more)}" if more else names
