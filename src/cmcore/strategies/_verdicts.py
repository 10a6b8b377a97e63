"""Strategies for histories, and for what comes of deciding, auditing and comparing."""

from hypothesis import strategies as st

from cmcore.foundation.errors import Problem
from cmcore.nouns.acts import Act
from cmcore.nouns.audit import Audit
from cmcore.nouns.charter import Charter
from cmcore.nouns.comparison import Comparison
from cmcore.nouns.decision import Change, Decision, Finding, NearMiss, Repair
from cmcore.nouns.history import Case, Unreadable
from cmcore.nouns.rules import Rule
from cmcore.policy.auditing import audit
from cmcore.policy.comparing import compare
from cmcore.policy.deciding import decide
from cmcore.policy.explaining import finding
from cmcore.policy.observing import Facts
from cmcore.strategies._acts import acts, cases
from cmcore.strategies._charters import charters
from cmcore.strategies._conditions import tests_
from cmcore.strategies._words import SYMBOLS, WORDS, ids, numbers, rarely, sampled


def problems() -> st.SearchStrategy[Problem]:
    """Return a strategy for what may be wrong with a value or a file."""
    paths = st.lists(sampled(["rules", "when"]) | st.integers(0, 9), max_size=3).map(tuple)
    lines = st.none() | st.integers(1, 99)
    hints = st.none() | sampled(["one of a, b"])
    return st.builds(Problem, sampled(["it is not so", "nothing is asked"]), paths, lines, hints)


def unreadable() -> st.SearchStrategy[Unreadable]:
    """Return a strategy for rows that could not be read."""
    place = st.integers(1, 99).map("line {}".format)
    return st.builds(Unreadable, place, st.lists(problems(), max_size=2).map(tuple))


def histories(
    charter: Charter | None = None, *, unknowns: bool = True, max_size: int = 8
) -> st.SearchStrategy[list[Act | Case | Unreadable]]:
    """Return a strategy for histories: acts alone and in context, and some unreadable rows."""
    given = st.one_of(acts(charter, unknowns=unknowns), cases(charter, unknowns=unknowns))
    row: st.SearchStrategy[Act | Case | Unreadable] = given
    return st.lists(rarely(row, unreadable()), max_size=max_size)


@st.composite
def charters_and_cases(
    draw: st.DrawFn,
    charter: st.SearchStrategy[Charter] | None = None,
    *,
    unknowns: bool = True,
    ill: bool = False,
) -> tuple[Charter, Case]:
    """Return a strategy for a charter with a case for it to judge."""
    drawn = draw(charter or charters())
    return drawn, draw(cases(drawn, unknowns=unknowns, ill=ill))


def _decided(pair: tuple[Charter, Case]) -> Decision:
    return decide(pair[0], pair[1].act, pair[1].context)


def decisions(charter: Charter | None = None) -> st.SearchStrategy[Decision]:
    """Return a strategy for decisions, come to by deciding."""
    return charters_and_cases(None if charter is None else st.just(charter)).map(_decided)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Return a strategy for what tests find on acts."""
    test = draw(tests_())
    charter = draw(charters(max_rules=0, terms_=False, scoped=False))
    asking = charter.with_rule(Rule.permit("asked", when=test, because="asked"))
    case = draw(cases(asking))
    return finding(test, Facts(asking, case.act, case.context))


def near_misses() -> st.SearchStrategy[NearMiss]:
    """Return a strategy for permits that were not true, with what they lack."""
    return st.builds(NearMiss, ids(), st.lists(findings(), min_size=1, max_size=2).map(tuple))


def changes() -> st.SearchStrategy[Change]:
    """Return a strategy for edits of an act."""
    fact, word = sampled(["topics", "media"]), sampled(SYMBOLS)
    return st.one_of(
        st.builds(Change, st.just("set"), st.just("paid"), st.booleans()),
        st.builds(Change, st.just("set"), st.just("risk"), numbers()),
        st.builds(Change, sampled(["add", "remove"]), fact, word),
        st.builds(Change, st.just("empty"), fact),
        st.builds(Change, sampled(["cut", "erase"]), st.just("text"), sampled(WORDS)),
    )


def repairs() -> st.SearchStrategy[Repair]:
    """Return a strategy for changes that would cover an act, with the act so changed."""
    return st.builds(Repair, st.lists(changes(), min_size=1, max_size=3).map(tuple), acts())


@st.composite
def audits(draw: st.DrawFn, charter: Charter | None = None) -> Audit:
    """Return a strategy for audits, come to by auditing a short history."""
    judged = charter or draw(charters())
    missing = draw(rarely(st.just(0), st.none() | st.integers(0, 9)))
    every = draw(st.sampled_from(["month", "day", "week", "quarter", "year"]))
    return audit(judged, draw(histories(judged)), every=every, missing=missing)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Return a strategy for comparisons of a charter with itself, less a rule or two."""
    before = draw(charters())
    gone = draw(st.frozensets(sampled([rule.id for rule in before.rules] or ["none"]), max_size=2))
    return compare(before, before.without_rule(*gone), draw(histories(before)))
