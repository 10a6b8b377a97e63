"""How a promotion shows itself, and the charter that comes of it."""

from datetime import timedelta

import attrs
import pytest
from hypothesis import given

from cmcore import (
    Act,
    Approvers,
    Charter,
    Effect,
    InvalidError,
    Rule,
    Stage,
    ValidationCircuit,
    fact,
)
from cmcore.charters import Case, all_of
from cmcore.reviews import Promotion, Proposal, Reviewed, ReviewVerdict
from cmcore.reviews.promotions.promotion import Held
from cmcore.strategies import promotions, proposals

CHARTER = Charter(
    "orlane",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])],
    default="desk",
)
EVENTS = Proposal(
    Rule.permit(
        "promotion-1",
        when=all_of(
            fact("kind").is_("publish"),
            fact("network").one_of("two", "one"),
            fact("topics").only("event"),
            fact("media").count.is_(0),
            fact("paid").is_(False),
            fact("target.kind").present(wanted=False),
        ),
        because="Approved unchanged 12 times.",
    ),
    tuple(f"a{n}" for n in range(12)),
    others=5,
    examples=(Case(Act(id="h1"), place="line 7"), Case(Act(), place="line 9")),
    shares=(0.5, 0.75),
)
REPLIES = Proposal(
    Rule.permit("promotion-2", when=fact("kind").is_("reply"), because="Approved unchanged once."),
    ("r1",),
    others=1,
    examples=(Case(Act(id="h1"), place="line 7"),),
    shares=(0.5, 0.55),
)
PROMOTION = Promotion(
    CHARTER,
    proposals=(EVENTS, REPLIES),
    held=(Held("crisis", Effect.REFER, 4, 5),),
    approved=32,
    already=2,
    outside=1,
    sent=4,
    unexplained=tuple(f"u{n}" for n in range(12)),
    others=5,
    shares=(0.5, 0.8),
    is_best=False,
)
SHOWN = """\
permits proposed: 2, for 13 of 32 approvals
  permit  promotion-1  `kind` is `publish`, `media` is empty, `network` is one of `one`, `two`, \
`paid` is no, `target.kind` is absent, `topics` has only `event` — Approved unchanged 12 times.
  permit  promotion-2  `kind` is `reply` — Approved unchanged once.
  covered already: 2
  outside the scope or the term of the charter: 1
  stopped by other rules, whatever is permitted: 4
  no permit proposed: 12 (u0, u1, u2, u3, u4, u5, u6, u7, u8, u9, and 2 more)
  the search was cut short: there may be permits for more of them

What else they would let out
  permit       other acts  such as                          covered share
  promotion-1  5           h1 (line 7), line 9, and 3 more  50.0% → 75.0%
  promotion-2  1           h1 (line 7)                      50.0% → 55.0%
  all          5                                            50.0% → 80.0%

Rules to narrow, perhaps
  rule    effect  approved unchanged  reviewed
  crisis  refer   4                   5
  (orlane, version 1)"""
IN_FRENCH = """\
autorisations proposées\xa0: 2, pour 13 accords sur 32
  autorise  promotion-1  `type` vaut `publication`, `médias` est vide, `réseau` est l’un de \
`one`, `two`, `sponsorisé` vaut non, `cible.type` est absent, `sujets` ne comprend que `event` \
— Approuvé 12 fois sans changement.
  autorise  promotion-2  `type` vaut `réponse` — Approuvé une fois sans changement.
  déjà couverts\xa0: 2"""


def test_a_promotion_shows_what_it_proposes_and_what_that_does() -> None:
    assert str(PROMOTION) == SHOWN


def test_a_promotion_speaks_french() -> None:
    told = PROMOTION.text("fr")
    assert told.startswith(IN_FRENCH)
    assert "50,0\u00a0% → 80,0\u00a0%" in told
    assert EVENTS.because("fr") == "Approuvé 12 fois sans changement."
    assert EVENTS.rule.because == EVENTS.because()


def test_a_promotion_of_nothing_says_so() -> None:
    assert (
        str(Promotion(CHARTER))
        == "permits proposed: 0, for 0 of 0 approvals\n  (orlane, version 1)"
    )
    assert Promotion(CHARTER).view().tone == "exception"
    assert PROMOTION.view().tone == "covered"


def test_without_a_history_nothing_is_said_of_one() -> None:
    alone = attrs.evolve(PROMOTION, proposals=(EVENTS,), held=(), shares=(None, None))
    assert alone.view().tables == ()


def test_one_permit_needs_no_line_for_all() -> None:
    (table,) = attrs.evolve(PROMOTION, proposals=(EVENTS,), held=()).view().tables
    assert [row[0] for row in table.rows] == ["promotion-1"]


def test_few_unexplained_are_named_whole() -> None:
    few = attrs.evolve(PROMOTION, unexplained=("u1", "u2"))
    assert "  no permit proposed: 2 (u1, u2)\n" in str(few)


def test_the_charter_with_the_rules_is_there_for_those_who_want_it() -> None:
    assert PROMOTION.rules == (EVENTS.rule, REPLIES.rule)
    assert PROMOTION.charter == CHARTER.with_rule(EVENTS.rule, REPLIES.rule)
    assert PROMOTION.before == CHARTER


def test_a_rule_of_another_make_is_said_in_both_languages() -> None:
    other = Rule.permit(
        "x", when=fact("since.launch").below(timedelta(hours=2)), because="Why not."
    )
    assert Proposal(other, ()).text() == "`since.launch` is below 2 h"
    assert Proposal(other, ()).text("fr") == "`depuis.launch` est inférieur à 2\xa0h"


@pytest.mark.parametrize("verdict", ReviewVerdict)
def test_a_verdict_is_a_word(verdict: ReviewVerdict) -> None:
    assert Reviewed(Case(Act()), str(verdict)).verdict is verdict


def test_another_verdict_is_refused() -> None:
    with pytest.raises(InvalidError, match="verdict: `approve` is not a valid choice"):
        Reviewed(Case(Act()), "approve")


@given(promotions())
def test_any_promotion_shows_itself(found: Promotion) -> None:
    for language in ("en", "fr"):
        assert found.text(language).startswith(found.view(language).title)
    assert found.text("en") != found.text("fr")
    assert "<script" not in found._repr_mimebundle_()["text/html"]


@given(proposals())
def test_any_proposal_says_itself(found: Proposal) -> None:
    assert found.because("en") != found.because("fr")
    assert found.support
