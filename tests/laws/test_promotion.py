"""Promotion: what keeps being approved unchanged becomes a permit, and nothing refused gets out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Label,
    Message,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    compare,
    dump,
    fact,
    parse,
    promote,
)
from cmcore.base import Truth
from cmcore.charters import ABSENT, Case, FactTest, Op, Scope, all_of
from cmcore.charters.conditions.condition import tests as asked_by
from cmcore.charters.decision import Ruling
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.looks import compared
from cmcore.charters.meaning.observation import Facts
from cmcore.reviews import Promotion, Reviewed, ReviewVerdict
from cmcore.reviews.promotions import _separate as separating
from cmcore.strategies import charters, reviewed
from cmcore.strategies._drawing import number, pick

CIRCUITS = [
    ValidationCircuit(name, [Stage(Approvers("role", {"editor"}))]) for name in ("crisis", "desk")
]
#: A charter with a rule of each effect, beyond whose networks nothing is covered.
CHARTER = Charter(
    "orlane",
    rules=[
        Rule.refer("recalls", to="crisis", when=fact("topics").any_of("recall"), because="Look."),
        Rule.forbid("anger", when=fact("tone").is_("angry"), because="Never."),
        Rule.permit("shares", when=fact("kind").is_("share"), because="Fine."),
    ],
    circuits=CIRCUITS,
    default="desk",
    scope=Scope(networks={"one", "two"}),
    labels={"tone": Label("symbol"), "price": Label("flag"), "promises": Label("symbols")},
)
#: The same with no rule but those on whom the charter closes, so that most acts are exceptions.
BARE = attrs.evolve(CHARTER, rules=(), scope=Scope())
AGAINST = frozenset({ReviewVerdict.AMENDED, ReviewVerdict.REFUSED})
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))

Rows = list[Reviewed]


#: What little is said of an act, so that acts have much in common; less varied in the second.
VARIED: dict[str, Sequence[Any]] = {
    "kind": ("publish", "reply", "share", None),
    "network": ("one", "two", "three", None),
    "topics": (None, {"tea"}, {"tea", "shop"}, {"recall"}, set(), "absent"),
    "template": (None, "absent"),
    "in_reply_to": (None, None, Message(kind="review"), Message(absent={"kind"}), "absent"),
    "price": (False, True, None),
    "tone": ("calm", "merry", "angry", "absent", None),
    "promises": (None, {"refund"}, set(), "absent"),
}
ALIKE: dict[str, Sequence[Any]] = {
    "kind": ("publish",),
    "network": ("one", "two", None),
    "topics": ({"tea"}, {"tea", "shop"}, {"shop"}, set()),
    "price": (False, True, None),
    "tone": ("calm", "merry", "brisk"),
}


@st.composite
def cases(draw: st.DrawFn, said: dict[str, Sequence[Any]]) -> Case:
    drawn = {name: pick(draw, values) for name, values in said.items()}
    absent = {name for name, value in drawn.items() if value == "absent"}
    given = {n: v for n, v in drawn.items() if v is not None and n not in absent}
    labels = {name: given.pop(name) for name in CHARTER.labels if name in given}
    return Case(Act(id=f"a{number(draw, 0, 99)}", labels=labels, absent=absent, **given))


@st.composite
def reviews(draw: st.DrawFn, said: dict[str, Sequence[Any]]) -> Rows:
    many = draw(st.lists(cases(said), max_size=9, unique_by=lambda case: case.act.id))
    return [Reviewed(case, pick(draw, VERDICTS)) for case in many]


VERDICTS = ("approved", "approved", "approved", "refused", "amended", "open")
SOME = st.one_of(
    st.tuples(st.just(BARE), reviews(ALIKE)),
    st.tuples(st.just(BARE), reviews(VARIED)),
    st.tuples(st.just(CHARTER), reviews(VARIED)),
)
LEAST = st.integers(1, 3)
Pair = tuple[Charter, Rows]


def judged(charter: Charter, case: Case) -> Ruling:
    return judge(charter, Facts(charter, case.act, case.context))


def named(rows: Iterable[Reviewed], names: Sequence[str]) -> list[Case]:
    return [row.case for row in rows if row.case.name in names]


class TestWhatIsProposed:
    """Each permit stands on approvals, and lets out nothing that was refused or amended."""

    @MANY
    @given(SOME, LEAST)
    def test_nothing_refused_or_amended_is_covered_unless_it_was(
        self, pair: Pair, least: int
    ) -> None:
        charter, rows = pair
        found = promote(charter, rows, least=least)
        for row in rows:
            if row.verdict in AGAINST:
                before, after = judged(charter, row.case), judged(found.charter, row.case)
                assert after.outcome is before.outcome
                facts = Facts(charter, row.case.act, row.case.context)
                assert all(truth(rule.when, facts) is Truth.FALSE for rule in found.rules)

    @given(SOME, LEAST)
    def test_every_supporting_act_was_an_exception_and_is_covered(
        self, pair: Pair, least: int
    ) -> None:
        charter, rows = pair
        found = promote(charter, rows, least=least)
        for proposal in found.proposals:
            assert len(proposal.support) >= least
            alone = charter.with_rule(proposal.rule)
            for case in named(rows, proposal.support):
                assert judged(charter, case).outcome is Outcome.EXCEPTION
                assert judged(alone, case).determining == (proposal.rule.id,)
                assert judged(found.charter, case).outcome is Outcome.COVERED

    @given(SOME, LEAST, cases(VARIED))
    def test_what_a_rule_forbids_or_refers_stays_so(
        self, pair: Pair, least: int, case: Case
    ) -> None:
        charter, rows = pair
        found = promote(charter, rows, least=least)
        for one in (case, *(row.case for row in rows)):
            before, after = judged(charter, one), judged(found.charter, one)
            if before.determining and before.outcome is not Outcome.COVERED:
                assert after.outcome is before.outcome
                assert after.circuits == before.circuits
                assert after.determining == before.determining

    @given(SOME, LEAST)
    def test_each_asks_everything_that_its_acts_share_and_nothing_of_people_words_or_counts(
        self, pair: Pair, least: int
    ) -> None:
        charter, rows = pair
        facts = {spec.name for spec in compared(charter.vocabulary)}
        for proposal in promote(charter, rows, least=least).proposals:
            asked = set(asked_by(proposal.rule.when))
            assert asked >= set(common(charter, named(rows, proposal.support)))
            for test in asked:
                of, _, measure = test.fact.rpartition(".")
                assert test.fact in facts or (of in facts and measure == "count")
                assert test.operand == 0 or measure != "count"

    @given(charters(), st.data(), LEAST)
    def test_it_is_so_whatever_the_charter_and_the_acts(
        self, charter: Charter, data: st.DataObject, least: int
    ) -> None:
        rows = data.draw(st.lists(reviewed(charter), max_size=8))
        found = promote(charter, rows, [row.case for row in rows], least=least)
        covered = sum(judged(charter, row.case).outcome is Outcome.COVERED for row in rows)
        if rows and not charter.lookback:  # else those before count, which none knows by itself
            assert found.shares[0] == covered / len(rows)
        for row in rows:
            after = judged(found.charter, row.case).outcome
            if row.verdict in AGAINST:
                assert after is judged(charter, row.case).outcome
        assert accounted(found) == found.approved
        assert parse(dump(found.charter, format="json"), Charter, format="json") == found.charter


class TestWhatIsCounted:
    """Every approval is accounted for, and the history is replayed as `compare` would."""

    @given(SOME, LEAST)
    def test_every_approval_is_accounted_for_once(self, pair: Pair, least: int) -> None:
        charter, rows = pair
        found = promote(charter, rows, least=least)
        approved = [row.case for row in rows if row.verdict is ReviewVerdict.APPROVED]
        told = [*found.unexplained, *(name for one in found.proposals for name in one.support)]
        assert found.approved == len(approved) == accounted(found)
        assert len(told) == len(set(told))
        before = [judged(charter, case) for case in approved]
        assert found.already == sum(one.outcome is Outcome.COVERED for one in before)
        stopped = [d for d in before if d.determining and d.outcome is not Outcome.COVERED]
        assert found.sent == len(stopped)
        held = {one.rule: one.approved for one in found.held}
        assert held == {
            rule: sum(rule in one.determining for one in stopped)
            for one in stopped
            for rule in one.determining
        }

    @given(SOME)
    def test_a_rule_held_so_many_of_those_that_were_judged(self, pair: Pair) -> None:
        charter, rows = pair
        for held in promote(charter, rows).held:
            sent = [
                row
                for row in rows
                if row.verdict is not ReviewVerdict.OPEN
                and held.rule in judged(charter, row.case).determining
            ]
            assert held.reviewed == len(sent) >= held.approved > 0
            assert held.effect is charter.rule(held.rule).effect

    @given(SOME, LEAST, st.lists(cases(VARIED), max_size=4))
    def test_the_history_becomes_what_comparing_tells(
        self, pair: Pair, least: int, more: list[Case]
    ) -> None:
        charter, rows = pair
        history = [*(row.case for row in rows), *more]
        found = promote(charter, rows, history, least=least)
        everything = {name for one in found.proposals for name in one.support}
        sides = [(charter.with_rule(p.rule), p.shares, p.others, {*p.support})
                 for p in found.proposals]  # fmt: skip
        for after, shares, others, support in [
            *sides,
            (found.charter, found.shares, found.others, everything),
        ]:
            told = compare(charter, after, history)
            assert shares == told.shares()
            assert others == sum(one.case.act.id not in support for one in told.changed)
            assert all((a, b) == ("exception", "covered") or a == b for a, b, _ in told.moves)
        for proposal in found.proposals:
            assert len(proposal.examples) == min(3, proposal.others)
            for case in proposal.examples:
                assert judged(charter, case).outcome is Outcome.EXCEPTION
                assert judged(found.charter, case).outcome is Outcome.COVERED


def accounted(found: Promotion) -> int:
    explained = sum(len(proposal.support) for proposal in found.proposals)
    return found.already + found.outside + found.sent + len(found.unexplained) + explained


class TestWhatChangesNothing:
    """The order of the reviews, and what was never decided, tell nothing."""

    @given(SOME, LEAST, st.data())
    def test_the_order_of_reviews_changes_nothing(
        self, pair: Pair, least: int, data: st.DataObject
    ) -> None:
        charter, rows = pair
        history = [row.case for row in rows]
        other = data.draw(st.permutations(rows))
        found = promote(charter, other, history, least=least)
        assert found == promote(charter, rows, history, least=least)

    @MANY
    @given(SOME, st.sampled_from((999, 150, 90, 60, 30)), st.data())
    def test_nor_does_it_where_the_search_is_cut_short(
        self, pair: Pair, most: int, data: st.DataObject
    ) -> None:
        charter, rows = pair
        other = data.draw(st.permutations(rows))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(separating, "MOST_TRIED", most)
            patch.setattr(separating, "MOST_TIED", 1)
            found, again = (promote(charter, many, least=1) for many in (rows, other))
        assert found == again
        sizes = [len(proposal.support) for proposal in found.proposals]
        assert sizes == sorted(sizes, reverse=True)

    @given(st.one_of(charters(), st.just(CHARTER)), st.lists(cases(VARIED), max_size=3), LEAST)
    def test_without_reviews_nothing_is_proposed(
        self, charter: Charter, history: list[Case], least: int
    ) -> None:
        found = promote(charter, [], history, least=least)
        assert (found.proposals, found.held, found.approved) == ((), (), 0)
        assert found.charter == charter

    @given(SOME, LEAST)
    def test_open_reviews_tell_nothing(self, pair: Pair, least: int) -> None:
        charter, rows = pair
        closed = [row for row in rows if row.verdict is not ReviewVerdict.OPEN]
        assert promote(charter, rows, least=least) == promote(charter, closed, least=least)

    @given(SOME, LEAST)
    def test_amended_counts_as_refused(self, pair: Pair, least: int) -> None:
        charter, rows = pair
        harder = [Reviewed(row.case, "refused") if row.verdict == "amended" else row
                  for row in rows]  # fmt: skip
        assert promote(charter, harder, least=least) == promote(charter, rows, least=least)


class TestTheBest:
    """The first permit has as many approvals as any conjunction of plain tests could have."""

    @MANY
    @given(SOME, LEAST)
    def test_no_allowed_conjunction_has_more_support_than_the_first(
        self, pair: Pair, least: int
    ) -> None:
        charter, rows = pair
        assume(len(wanted(charter, rows)) <= 8)
        found = promote(charter, rows, least=least)
        sizes = [len(proposal.support) for proposal in found.proposals]
        assert found.is_best
        assert (sizes or [0])[0] == brute(charter, rows, least)
        assert sizes == sorted(sizes, reverse=True)

    @MANY
    @given(SOME, LEAST)
    def test_each_is_the_best_for_what_those_before_it_left(self, pair: Pair, least: int) -> None:
        charter, rows = pair
        assume(len(wanted(charter, rows)) <= 6)
        done: set[str] = set()
        for proposal in promote(charter, rows, least=least).proposals:
            left = [row for row in rows if row.case.name not in done]
            assert len(proposal.support) == brute(charter, left, least)
            done |= {*proposal.support}
        left = [row for row in rows if row.case.name not in done]
        assert brute(charter, left, least) == 0

    @MANY
    @given(SOME, LEAST, cases(VARIED), st.sampled_from(sorted(AGAINST)))
    def test_one_more_refusal_never_adds_support(
        self, pair: Pair, least: int, case: Case, verdict: ReviewVerdict
    ) -> None:
        charter, rows = pair
        harder = [*rows, Reviewed(case, verdict)]
        before, after = (promote(charter, many, least=least) for many in (rows, harder))
        assert largest(after) <= largest(before)
        assert before.approved == after.approved


def largest(found: Promotion) -> int:
    return max((len(proposal.support) for proposal in found.proposals), default=0)


def wanted(charter: Charter, rows: Iterable[Reviewed]) -> list[Case]:
    """Return the approved acts of which a permit could be made."""
    approved = [row.case for row in rows if row.verdict is ReviewVerdict.APPROVED]
    always = charter.with_rule(Rule.permit("always", because="Anything."))
    return [case for case in approved if judged(always, case).determining == ("always",)]


def brute(charter: Charter, rows: Sequence[Reviewed], least: int) -> int:
    """Return the most approvals of any allowed conjunction, by trying all of them."""
    approved = wanted(charter, rows)
    against = [row.case for row in rows if row.verdict in AGAINST]
    sizes = range(len(approved), least - 1, -1)
    return next((size for size in sizes if any(allowed(charter, many, against)
                 for many in combinations(approved, size))), 0)  # fmt: skip


def allowed(charter: Charter, support: Sequence[Case], against: Sequence[Case]) -> bool:
    tests = tuple(common(charter, support))
    facts = (Facts(charter, case.act, case.context) for case in against)
    return bool(tests) and all(truth(all_of(*tests), one) is Truth.FALSE for one in facts)


def common(charter: Charter, support: Sequence[Case]) -> Iterator[FactTest]:
    """Yield the plain tests that are true of all of `support`, of a fact that all of them have."""
    everybody = [Facts(charter, case.act, case.context) for case in support]
    for spec in compared(charter.vocabulary):
        got = [facts.read(spec.name) for facts in everybody]
        if all(isinstance(one, frozenset) for one in got):
            words = frozenset[str]().union(*got)  # type: ignore[arg-type]
            empty = FactTest(f"{spec.name}.count", Op.IS, 0)
            yield FactTest(spec.name, Op.ONLY, words) if words else empty
        elif all(one == got[0] and isinstance(one, str | bool) for one in got):
            yield FactTest(spec.name, Op.IS, got[0])  # type: ignore[arg-type]
        elif all(one is ABSENT for one in got) and asks_absence(spec.name):
            yield FactTest(spec.name, Op.PRESENT, operand=False)


def asks_absence(name: str) -> bool:
    """Tell whether a permit may ask that a fact be absent: of a message, its kind only."""
    head, _, part = name.partition(".")
    return (head not in {"in_reply_to", "target"} or part == "kind") and name != "incident.severity"
