"""Promotions: exceptions that keep being approved unchanged, proposed as permit rules."""

from enum import StrEnum
from typing import Final

from attrs import field

from cmcore.base.ids import one_of
from cmcore.base.values import value
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest, tests
from cmcore.charters.conditions.operators import Op
from cmcore.charters.decision import version_text
from cmcore.charters.history import Case
from cmcore.charters.kinds import fact_text, words_text
from cmcore.charters.rule import Effect, Rule
from cmcore.display.names import cell
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, place_text, say, show


class ReviewVerdict(StrEnum):
    """The result of a review, as evidence for or against letting such acts out at once.

    `approved` means unchanged; `amended`, that changes were made or requested; `open`, that there
    was no final yes or no.
    """

    APPROVED = "approved"
    AMENDED = "amended"
    REFUSED = "refused"
    OPEN = "open"


def _verdict(given: str) -> ReviewVerdict:
    return one_of(ReviewVerdict, given, "verdict")


@value
class Reviewed:
    """An act in its context, as it was when its review was opened, and the result."""

    case: Case
    verdict: ReviewVerdict = field(converter=_verdict)


Shares = tuple[float | None, float | None]


@value
class Proposal:
    """A permit rule that would have let out, without review, acts that were approved unchanged.

    `support` names these acts, by id and place. The rest is about the history: how many `others`
    the rule would let out, the first of them as `examples`, and the covered share before and after,
    with this rule alone.
    """

    rule: Rule
    support: tuple[str, ...]
    others: int = 0
    examples: tuple[Case, ...] = ()
    shares: Shares = (None, None)

    def because(self, language: Language = "en") -> str:
        """Return the reason for the proposal; the reason in the rule itself is in English."""
        return approved_unchanged(len(self.support), language)

    def text(self, language: Language = "en") -> str:
        """Return in a sentence what it would permit."""
        return ", ".join(_asked(test, language) for test in tests(self.rule.when))


def approved_unchanged(count: int, language: Language = "en") -> str:
    """Say how often acts were approved unchanged."""
    code = "approved unchanged once" if count == 1 else "approved unchanged"
    return say(code, language, count=count)


def _asked(test: FactTest, language: Language) -> str:
    of, _, measure = test.fact.rpartition(".")
    if measure == "count":
        return say("empty", language, fact=fact_text(of, language))
    fact, given = fact_text(test.fact, language), test.operand
    if given is False and test.op is Op.PRESENT:
        return say("is absent", language, fact=fact)
    return f"{fact} {say(f'asks {test.op}', language)} {_wanted(test, language)}"


def _wanted(test: FactTest, language: Language) -> str:
    given = test.operand
    if isinstance(given, str | frozenset):
        return words_text(test.fact, given, language)
    return show(given, language)


@value
class Held:
    """A rule that keeps acts from going out at once, which no permit can override.

    `approved` counts the acts approved unchanged among the `reviewed` ones that it held: if they
    are many, this is the rule to narrow.
    """

    rule: str
    effect: Effect
    approved: int
    reviewed: int


@value
class Promotion(Viewable):
    """Permits proposed for what keeps being approved unchanged, and what they do not explain.

    Of the `approved` acts, `already` are covered by the charter `before`, `outside` are out of its
    scope or term, and `sent` are held by a rule. Nothing permits the others; those that no proposal
    explains are named in `unexplained`. In the history, all proposals together would let out
    `others` besides the acts that support them; `shares` are the covered shares before and after.
    `is_best` says whether each proposal is known to have the most approvals possible; the search is
    bounded.
    """

    before: Charter
    proposals: tuple[Proposal, ...] = field(default=(), kw_only=True)
    held: tuple[Held, ...] = field(default=(), kw_only=True)
    approved: int = field(default=0, kw_only=True)
    already: int = field(default=0, kw_only=True)
    outside: int = field(default=0, kw_only=True)
    sent: int = field(default=0, kw_only=True)
    unexplained: tuple[str, ...] = field(default=(), kw_only=True)
    others: int = field(default=0, kw_only=True)
    shares: Shares = field(default=(None, None), kw_only=True)
    is_best: bool = field(default=True, kw_only=True)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules proposed."""
        return tuple(proposal.rule for proposal in self.proposals)

    @property
    def charter(self) -> Charter:
        """The charter with all the proposed rules."""
        return self.before.with_rule(*self.rules)

    def _view(self, language: Language) -> View:
        """Return the view of the promotion for a terminal or a notebook."""
        explained = sum(len(proposal.support) for proposal in self.proposals)
        return View(
            title=say("promotion", language, proposals=len(self.proposals),
                      explained=explained, approved=self.approved),
            tone="covered" if self.proposals else "exception",
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            foot=version_text(self.before.id, self.before.version, language),
        )  # fmt: skip


def _lines(promotion: Promotion, language: Language) -> list[Line]:
    permit = say(Effect.PERMIT, language)
    lines = [
        Line(permit, one.rule.id, f"{one.text(language)} — {one.because(language)}")
        for one in promotion.proposals
    ]
    counts = (
        ("promotion already", promotion.already),
        ("promotion outside", promotion.outside),
        ("promotion sent", promotion.sent),
    )
    told = [say(code, language, count=count) for code, count in counts if count]
    if promotion.unexplained:
        told.append(_unexplained(promotion.unexplained, language))
    if not promotion.is_best:
        told.append(say("promotion bounded", language))
    return [*lines, *(Line("", "", text) for text in told)]


def _unexplained(names: tuple[str, ...], language: Language) -> str:
    shown = ", ".join(place_text(name, language) for name in names[:_SHOWN])
    if len(names) > _SHOWN:
        shown = f"{shown}, {say('and more', language, count=len(names) - _SHOWN)}"
    return say("promotion unexplained", language, count=len(names), names=shown)


def _tables(promotion: Promotion, language: Language) -> list[Table]:
    def heads(*codes: str) -> tuple[str, ...]:
        return tuple(say(code, language) for code in codes)

    effects = [
        (one.rule.id, str(one.others), _first(one, language), _told(one.shares, language))
        for one in promotion.proposals
        if promotion.shares != (None, None)
    ]
    if len(effects) > 1:
        whole = (say("promotion all", language), str(promotion.others), "")
        effects.append((*whole, _told(promotion.shares, language)))
    held = tuple(
        (
            cell(one.rule, "rule", language),
            say(one.effect, language),
            str(one.approved),
            str(one.reviewed),
        )
        for one in promotion.held
    )
    made = [
        ("promotion effects", heads("permit rule", "promotion others", "promotion such as",
                                    "promotion shares"), tuple(effects)),
        ("promotion held", heads("promotion rule", "promotion effect", "promotion approved",
                                 "promotion reviewed"), held),
    ]  # fmt: skip
    return [Table(headings, rows, say(title, language)) for title, headings, rows in made if rows]


def _told(shares: Shares, language: Language) -> str:
    return " → ".join(percent(share, language) for share in shares)


def _first(proposal: Proposal, language: Language) -> str:
    names = ", ".join(case.text(language) for case in proposal.examples)
    more = proposal.others - len(proposal.examples)
    return f"{names}, {say('and more', language, count=more)}" if more else names


#: How many acts without a proposal are named when a promotion is shown (it has them all).
_SHOWN: Final = 10
