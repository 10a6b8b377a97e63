"""Analysis: what is claimed of every act is so of each, and what shows the contrary is an act."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Label,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.base.truth import Truth
from cmcore.charters import (
    ABSENT,
    UNKNOWN,
    All,
    Analysis,
    Case,
    Condition,
    Context,
    Example,
    Guarantee,
    Scope,
    Situation,
    analyse,
    at_least,
    contrast,
    prove,
)
from cmcore.charters.conditions.condition import tests as asked_in
from cmcore.charters.meaning.evaluation import gate, judge, rule_truths
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.display.wording import Language
from cmcore.strategies import cases, charters
from cmcore.time import Calendar

CIRCUITS = [ValidationCircuit(name, [Stage(Approvers("role", {name}))]) for name in ("a", "b", "c")]
#: What may be asked of each fact, and everything that can be so of it.
ASKED: dict[str, tuple[list[Any], list[Any]]] = {
    "network": (
        [fact("network").is_("x"), fact("network").one_of("x", "y"), fact("network").none_of("y"),
         fact("network").present()],
        ["x", "y", "z", ABSENT, UNKNOWN],
    ),
    "topics": (
        [fact("topics").any_of("p", "q"), fact("topics").all_of("p", "q"), fact("topics").only("p"),
         fact("topics").none_of("q"), fact("topics").count.above(1), fact("topics").only("p", "q"),
         fact("topics").present(wanted=False)],
        [*(frozenset(w for w, is_in in zip("pqrs", chosen, strict=True) if is_in)
           for chosen in product((False, True), repeat=4)), ABSENT, UNKNOWN],
    ),
    "score": (
        [fact("score").below(5), fact("score").at_most(5), fact("score").between(3, 5),
         fact("score").above(3), fact("score").is_(4)],
        [2, 3, 3.5, 4, 4.5, 5, 6, ABSENT, UNKNOWN],
    ),
    "paid": ([fact("paid").is_(True), fact("paid").present()], [True, False, ABSENT, UNKNOWN]),
    "incident": (
        [fact("incident.open").is_(True), fact("incident.severity").is_("high"),
         fact("incident.severity").present()],
        [Situation(open=False), *(Situation(open=True, severity=s) for s in ("high", "low", None)),
         Situation()],
    ),
    "text": (
        [fact("text").mentions("ab"), fact("text").mentions("ab", "cd"),
         fact("text").mentions("ab", exceptions=["ab cd"]), fact("text").mentions("cd")],
        ["ef", "ab", "cd", "ab cd", "ab. cd", "ab cd. ab", ABSENT, UNKNOWN],
    ),
}  # fmt: skip
FEW = settings(max_examples=max(settings().max_examples // 3, 10))


def conditions(names: list[str]) -> st.SearchStrategy[Condition]:
    tests = st.sampled_from([test for name in names for test in ASKED[name][0]])
    return st.recursive(
        tests,
        lambda of: st.one_of(
            of.map(lambda one: ~one),
            st.tuples(of, of).map(lambda two: two[0] & two[1]),
            st.tuples(of, of).map(lambda two: two[0] | two[1]),
            st.tuples(of, of, of).map(lambda three: at_least(2, *three)),
        ),
        max_leaves=4,
    )


@st.composite
def small_charters(draw: st.DrawFn) -> tuple[list[str], Charter]:
    """Draw a charter that asks of few facts, and these facts."""
    names = draw(st.lists(st.sampled_from(sorted(ASKED)), min_size=1, max_size=2, unique=True))
    rules = [
        Rule(
            f"r{number}",
            effect,
            when=draw(conditions(names)),
            because="Because.",
            to=draw(st.sets(st.sampled_from("ab"), min_size=1)) if effect == "refer" else None,
        )
        for number, effect in enumerate(
            draw(st.lists(st.sampled_from(["permit", "refer", "forbid"]), max_size=5))
        )
    ]
    scope = Scope(networks={"x"}) if "network" in names and draw(st.booleans()) else Scope()
    return names, Charter(
        "small", rules=rules, circuits=CIRCUITS, default="a", labels={"score": Label("number")},
        scope=scope,
    )  # fmt: skip


@st.composite
def wide_charters(draw: st.DrawFn) -> tuple[list[str], Charter]:
    """Draw a charter that asks for several of many facts at once, and these facts."""
    names = ["network", "paid", "incident", "score"]
    asked = [draw(st.sampled_from(ASKED[name][0])) for name in names]
    when = at_least(draw(st.integers(1, 4)), *asked)
    rules = [Rule.refer("many", when=when, to="b", because="Because.")]
    return names, Charter(
        "wide", rules=rules, circuits=CIRCUITS, default="a", labels={"score": Label("number")}
    )


def every_case(names: list[str]) -> Iterator[Case]:
    """Yield an act for everything that can be so of some facts."""
    for values in product(*(ASKED[name][1] for name in names)):
        yield case_of(names, values)


def case_of(names: Sequence[str], values: Sequence[Any]) -> Case:
    """Return an act of which facts have these values."""
    own: dict[str, Any] = {}
    labels: dict[str, Any] = {}
    context, absent = Context(), set[str]()
    for name, value in zip(names, values, strict=True):
        if value is ABSENT:
            absent.add(name)
        elif isinstance(value, Situation):
            context = Context(incident=value)
        elif value is not UNKNOWN:
            (labels if name == "score" else own)[name] = value
    return Case(Act(**own, labels=labels, absent=absent), context)


def truths(charter: Charter, case: Case) -> dict[str, Truth]:
    facts = Facts(charter, case.act, case.context)
    return {rule.id: truth for rule, truth in rule_truths(charter, facts, gate(charter, facts))}


def way(charter: Charter, case: Case) -> tuple[Outcome, tuple[str, ...]]:
    ruling = judge(charter, Facts(charter, case.act, case.context))
    return ruling.outcome, ruling.circuits


def shows(charter: Charter, code: str, about: str, case: Case) -> bool:
    """Return whether an act refutes a claim, as the reference decides it."""
    found = decide(charter, case.act, case.context, repair=False)
    is_true = {rule: truth is Truth.TRUE for rule, truth in truths(charter, case).items()}
    match code:
        case "never true":
            return is_true[about]
        case "never decides":
            return is_true[about] and about in found.determining
        case "needless":
            return way(charter, case) != way(charter.without_rule(about), case)
        case "not reached":
            return about in found.circuits
        case _:
            return found.outcome is Outcome.COVERED


def is_unruled(charter: Charter, case: Case) -> bool:
    """Return whether no rule determines what is decided of an act, and none is in doubt of it."""
    found = decide(charter, case.act, case.context, repair=False)
    barring = {rule.id for rule in charter.rules if rule.effect != "permit"}
    in_doubt = {one.rule for one in found.rules if one.rule in barring}
    return found.outcome is Outcome.EXCEPTION and not found.determining and not in_doubt


def settled(found: Analysis) -> list[object]:
    """Return what an analysis claims, by whatever witness, less what is not settled."""
    claims = [
        (one.code, one.about, one.holds) for one in found.claims if one.holds is not Truth.UNKNOWN
    ]
    overlaps = [(one.permit, one.other, one.effect) for one in found.overlaps]
    return [*claims, *overlaps, *(one.when for one in found.gaps), *found.closings]


def named(found: Analysis) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return by which other rules claims hold, where any are named."""
    return {(one.code, one.about): one.rules for one in found.claims if one.rules}


class TestOfABudget:
    """What is claimed with less work than everything takes."""

    @FEW
    @given(charters(min_rules=2), st.integers(0, 60).map(lambda root: root**2))
    def test_less_of_it_leaves_more_open_and_changes_nothing_else(
        self, charter: Charter, budget: int
    ) -> None:
        whole, some = analyse(charter), analyse(charter, budget=budget)
        known = settled(whole)
        assert all(one in known for one in settled(some))
        assert named(some).items() <= named(whole).items()
        event(f"all: {settled(some) == known}")
        if settled(some) != known:
            assert not some.is_settled
        if some.more_gaps is not Truth.UNKNOWN:
            assert some.more_gaps is whole.more_gaps
        assert len(some.overlaps) + some.overlaps_left >= len(whole.overlaps)

    def test_wherever_it_ends_nothing_else_is_claimed(self) -> None:
        rules = [
            Rule.permit(
                "p", when=fact("paid").is_(False) & fact("network").is_("x"), because="Ok."
            ),
            Rule.permit("q", when=fact("topics").only("tea"), because="Ok."),
            Rule.permit(
                "less", when=fact("paid").is_(False) & fact("network").is_("x"), because="Ok."
            ),
            Rule.refer("r", when=fact("kind").is_("share"), to="b", because="Look."),
        ]
        charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
        whole, budget, ends = analyse(charter), 0, set[int]()
        known, unnamed = settled(whole), 0
        while not (some := analyse(charter, budget=budget)).is_settled:
            assert all(one in known for one in settled(some)), budget
            assert named(some).items() <= named(whole).items(), budget
            ends.add(len(some.closings_left))
            unnamed += len(some.findings) > len(named(some))
            assert some.spent
            # claims come before what is only worth a look
            assert not (some.undecided and (some.gaps or some.closings)), budget
            budget += 7
        assert len(ends) > 2
        assert unnamed
        assert not whole.spent

    def test_without_any_nothing_is_claimed_and_it_is_said_what_is_left(self) -> None:
        rules = [Rule.permit("p", when=fact("paid").is_(True), because="Fine."),
                 Rule.forbid("f", when=fact("network").is_("x"), because="No.")]  # fmt: skip
        charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
        found = analyse(charter, budget=0)
        assert settled(found) == []
        assert (found.overlaps_left, found.closings_left) == (1, ("paid", "network"))
        assert found.more_gaps is Truth.UNKNOWN
        shown = {language: str(found.view(language)) for language in ("en", "fr")}
        assert "not settled: 13" in shown["en"]
        assert "p, f" in shown["en"]
        assert "whether the rules of 1 pair are true of one act" in shown["en"]
        assert "which permits they close" in shown["en"]
        assert "the work of the budget was done before" in shown["en"]
        assert "le budget de travail s’est épuisé" in shown["fr"]
        assert "quelles autorisations ils ferment" in shown["fr"]
        again = attrs.evolve(charter, never=[Guarantee("covered", when=fact("paid").is_(True))])
        assert prove(again, budget=0).holds is Truth.UNKNOWN
        other = contrast(charter, charter.without_rule("f"), budget=0)
        assert other.equivalent is Truth.UNKNOWN
        assert "because of these rules" in str(other)


class TestOfEveryAct:
    """What is claimed of all acts."""

    @FEW
    @given(small_charters())
    def test_it_is_what_enumeration_finds(self, drawn: tuple[list[str], Charter]) -> None:
        names, charter = drawn
        acts = [*every_case(names)]
        for claim in analyse(charter).claims:
            is_refuted = any(shows(charter, claim.code, claim.about, act) for act in acts)
            assert claim.holds is Truth.of(not is_refuted), claim

    @FEW
    @given(st.one_of(small_charters(), wide_charters()))
    def test_an_act_of_which_no_rule_says_anything_is_in_a_gap_or_there_are_more(
        self, drawn: tuple[list[str], Charter]
    ) -> None:
        names, charter = drawn
        found = analyse(charter)
        asked = [charter.framed, *(rule.when for rule in charter.rules)]
        unruled = set[bool]()
        for case in every_case(names):
            facts = Facts(charter, case.act, case.context)
            is_known = all(
                truth(test, facts) is not Truth.UNKNOWN for when in asked for test in asked_in(when)
            )
            said = [is_true is not Truth.FALSE for is_true in truths(charter, case).values()]
            if is_known and not any(said):
                unruled.add(any(truth(gap.when, facts) is Truth.TRUE for gap in found.gaps))
            if is_known and any(truth(gap.when, facts) is Truth.TRUE for gap in found.gaps):
                assert is_unruled(charter, case), case
        for gap in found.gaps:
            facts = Facts(charter, gap.witness.act, gap.witness.context)
            assert truth(gap.when, facts) is Truth.TRUE
            assert is_unruled(charter, gap.witness)
        event(f"{len(found.gaps)} gaps, more: {found.more_gaps}")
        assert found.more_gaps is Truth.of(False in unruled)
        besides: dict[Language, str] = {
            "en": "and other acts besides",
            "fr": "et d’autres actes encore",
        }
        for language, line in besides.items():
            is_told = line in str(found.view(language))
            assert is_told is (found.more_gaps is Truth.TRUE)

    def test_a_long_text_is_shown_by_its_beginning_and_its_length(self) -> None:
        rules = [Rule.permit("short", when=fact("text").length.at_most(300), because="Fine.")]
        found = analyse(Charter("small", rules=rules, circuits=CIRCUITS, default="a"))
        (gap,) = found.gaps
        count = len(gap.witness.act.text or "")
        assert count > 300
        assert f"… (characters: {count})" in str(found.view())
        assert f"… (caractères\xa0: {count})" in str(found.view("fr"))
        assert max(map(len, str(found.view()).splitlines())) < 200

    def test_a_search_that_is_given_up_says_that_there_may_be_more(self) -> None:
        never = ~fact("text").matches(r"a\bb")
        rules = [Rule.refer("r", when=never, to="b", because="Because.")]
        found = analyse(Charter("small", rules=rules, circuits=CIRCUITS, default="a"))
        assert found.more_gaps is Truth.UNKNOWN
        assert "not settled: whether there are other such acts" in str(found.view())

    @given(charters(min_rules=1), st.data())
    def test_no_act_refutes_what_is_proven_and_each_witness_refutes(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        found = analyse(charter)
        drawn = [
            Case(one.act, one.context) for one in data.draw(st.lists(cases(charter), max_size=8))
        ]
        for claim in found.claims:
            if claim.witness:
                assert claim.holds is Truth.FALSE
                assert shows(charter, claim.code, claim.about, claim.witness), claim
            if claim.holds is Truth.TRUE:
                assert not any(shows(charter, claim.code, claim.about, act) for act in drawn), claim
        for one in found.overlaps:
            known = truths(charter, one.witness)
            assert known[one.permit] is known[one.other] is Truth.TRUE


def _changed(rule: Rule, change: str, names: list[str], data: st.DataObject) -> Rule:
    """Return a rule as a next version of a charter may have it."""
    if change == "said otherwise":
        return attrs.evolve(rule, when=~~rule.when)
    if change == "new":
        return attrs.evolve(rule, when=data.draw(conditions(names)))
    if change == "sent" and rule.to:
        return attrs.evolve(rule, to=data.draw(st.sets(st.sampled_from("abc"), min_size=1)))
    return rule


class TestOfTwoCharters:
    """What differs between two charters."""

    @FEW
    @given(small_charters(), st.data())
    def test_it_is_what_enumeration_finds(
        self, drawn: tuple[list[str], Charter], data: st.DataObject
    ) -> None:
        names, before = drawn
        gone = data.draw(st.sets(st.sampled_from([rule.id for rule in before.rules] or ["r0"])))
        more = data.draw(conditions(names))
        after = before.without_rule(*gone).with_rule(
            *([Rule.forbid("more", when=more, because="Because.")] if gone else [])
        )
        found = contrast(before, after)
        ways = [(way(before, act), way(after, act)) for act in every_case(names)]
        assert found.no_more_open is Truth.of(all(new >= old for old, new in _ranked(ways)))
        assert found.no_less_open is Truth.of(all(new <= old for old, new in _ranked(ways)))
        assert found.equivalent is Truth.of(all(old == new for old, new in ways))

    @FEW
    @given(small_charters(), st.data())
    def test_of_exceptions_it_is_the_circuits_that_enumeration_finds(
        self, drawn: tuple[list[str], Charter], data: st.DataObject
    ) -> None:
        names, before = drawn
        told = {rule: data.draw(st.sampled_from(["said otherwise", "as it was", "sent", "new"]))
                for rule in before.rules}  # fmt: skip
        rules = [_changed(rule, change, names, data) for rule, change in told.items()]
        after = attrs.evolve(before, rules=rules, default=data.draw(st.sampled_from("aaabc")))
        for one, other in ((before, after), (after, before)):
            ways = [(way(one, act), way(other, act)) for act in every_case(names)]
            sent = [(set(old[1]), set(new[1])) for old, new in ways
                    if old[0] is new[0] is Outcome.EXCEPTION]  # fmt: skip
            found = contrast(one, other).differences
            shown = {way: {one.by for one in found if one.way == way} for way in ("asks", "spares")}
            assert shown["asks"] == set[str]().union(*(new - old for old, new in sent))
            assert shown["spares"] == set[str]().union(*(old - new for old, new in sent))

    @given(charters(min_rules=1), st.sampled_from(["en", "fr"]))
    def test_circuits_of_one_name_that_differ_are_named(
        self, before: Charter, language: Language
    ) -> None:
        first, *others = before.circuits
        other = attrs.evolve(first, stages=[*first.stages, *CIRCUITS[0].stages])
        found = contrast(before, attrs.evolve(before, circuits=[other, *others]))
        assert found.equivalent is Truth.TRUE
        assert found.circuits == (first.id,)
        assert f"`{first.id}`" in str(found.view(language))
        same = contrast(before, before)
        assert same.circuits == ()
        assert same.view(language).title != found.view(language).title

    @given(charters(min_rules=1), charters(min_rules=1), st.data())
    def test_each_difference_is_shown_by_an_act(
        self, before: Charter, after: Charter, data: st.DataObject
    ) -> None:
        found = contrast(before, after)
        for one in found.differences:
            if one.changed:
                case = one.changed.case
                was, now = way(before, case), way(after, case)
                assert (one.changed.before, one.changed.after) == (was[0], now[0])
                ((old, new),) = _ranked([(was, now)])
                match one.way:
                    case "opens":
                        assert new < old
                    case "closes":
                        assert new > old
                    case "asks":
                        assert one.by in one.changed.circuits_after
                        assert one.by not in one.changed.circuits_before
                    case _:
                        assert one.by in one.changed.circuits_before
                        assert one.by not in one.changed.circuits_after
        drawn = data.draw(st.lists(st.one_of(cases(before), cases(after)), max_size=8))
        ways = [(way(before, act), way(after, act)) for act in drawn]
        if found.no_more_open is Truth.TRUE:
            assert all(new >= old for old, new in _ranked(ways))
        if found.no_less_open is Truth.TRUE:
            assert all(new <= old for old, new in _ranked(ways))
        if found.equivalent is Truth.TRUE:
            assert all(old == new for old, new in ways)


def _meets(found: tuple[Outcome, tuple[str, ...]], one: Guarantee) -> bool:
    """Return whether a decision is what a guarantee is about."""
    return found[0] is one.outcome and (one.to is None or one.to in found[1])


def is_kept(charter: Charter, word: str, one: Guarantee, case: Case) -> bool:
    """Return whether what is decided of an act keeps a guarantee, as the reference has it."""
    facts = Facts(charter, case.act, case.context)
    is_meant = truth(one.when, facts) & charter.term.holds(facts.day)
    return is_meant is not Truth.TRUE or _meets(way(charter, case), one) is (word == "always")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"calendar": Calendar([date(2026, 6, 18)])}, id="another day"),
        pytest.param({"calendar": None}, id="no day"),
        pytest.param({"zone": "Asia/Tokyo"}, id="another zone"),
    ],
)
def test_of_charters_that_close_on_other_days_a_day_shows_that_they_do_not_decide_alike(
    change: dict[str, Any],
) -> None:
    rules = [
        Rule.permit("all", because="Fine."),
        Rule.forbid("closed", when=fact("holiday").is_(True), because="Nobody is there."),
    ]
    days = Calendar([date(2026, 6, 19)])
    before = Charter("small", rules=rules, circuits=CIRCUITS, default="a", calendar=days)
    after = attrs.evolve(before, **change)
    found = contrast(before, after)
    assert found.equivalent is Truth.FALSE
    assert found.no_more_open is Truth.FALSE
    for one in found.differences:
        if one.changed:
            assert one.changed.case.context.holidays is None
            assert way(before, one.changed.case) != way(after, one.changed.case)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_holiday_is_shown_on_a_day_that_the_calendar_closes(zone: str) -> None:
    rules = [
        Rule.permit("open", when=fact("holiday").is_(False), because="Fine."),
        Rule.forbid("closed", when=fact("holiday").is_(True), because="Nobody is there."),
    ]
    days = Calendar([date(2025, 6, 18), date(2025, 6, 19)])
    made = Charter(
        "c", rules=rules, circuits=CIRCUITS, default="a", calendar=days, zone=zone
    )  # fmt: skip
    shown = {claim.about: claim.witness for claim in analyse(made).claims if claim.witness}
    for rule, is_closed in (("open", False), ("closed", True)):
        case = shown[rule]
        assert case.context.holidays is None
        day = Facts(made, case.act, case.context).day
        assert day is not None
        assert day.year in days.years
        assert (day in days.closed) is is_closed


@pytest.mark.parametrize("is_holiday", [True, False])
def test_what_nothing_is_said_of_may_be_the_days_that_a_calendar_closes(
    *, is_holiday: bool
) -> None:
    rule = Rule.permit("some", when=fact("holiday").is_(is_holiday), because="Fine.")
    days = Calendar([date(2025, 6, 18), date(2025, 6, 19)])
    made = Charter("c", rules=[rule], circuits=CIRCUITS, default="a", calendar=days)
    (gap,) = analyse(made).gaps
    assert gap.when == All((fact("holiday").is_(not is_holiday),))


class TestOfGuarantees:
    """What a charter guarantees."""

    @FEW
    @given(small_charters(), st.data())
    def test_it_is_what_enumeration_finds(
        self, drawn: tuple[list[str], Charter], data: st.DataObject
    ) -> None:
        names, bare = drawn
        outcomes = st.sampled_from([(one, None) for one in Outcome] + [
            (Outcome.EXCEPTION, circuit) for circuit in "ab"])  # fmt: skip
        made = [
            Guarantee(outcome, when=data.draw(conditions(names)), to=to)
            for outcome, to in data.draw(st.lists(outcomes, min_size=2, max_size=4))
        ]
        charter = attrs.evolve(bare, always=made[::2], never=made[1::2])
        acts = [*every_case(names)]
        for one in prove(charter).guarantees:
            kept = [is_kept(charter, one.word, one.guarantee, act) for act in acts]
            assert one.holds is Truth.of(all(kept)), one
            if one.idle:
                facts = [Facts(charter, act.act, act.context) for act in acts]
                assert all(truth(one.guarantee.when, each) is not Truth.TRUE for each in facts)

    @given(charters(min_rules=1), st.data())
    def test_no_act_breaks_what_is_proven_and_each_witness_breaks(
        self, bare: Charter, data: st.DataObject
    ) -> None:
        made = [
            Guarantee(data.draw(st.sampled_from(Outcome)), when=rule.when)
            for rule in bare.rules[:2]
        ]
        charter = attrs.evolve(bare, always=made, never=made)
        found = prove(charter)
        drawn = data.draw(st.lists(cases(charter), max_size=8))
        for one in found.guarantees:
            if one.witness:
                assert one.holds is Truth.FALSE
                assert not is_kept(charter, one.word, one.guarantee, one.witness)
                decided = decide(charter, one.witness.act, one.witness.context, repair=False)
                assert one.given
                assert (one.given.outcome, one.given.circuits) == (
                    decided.outcome, decided.circuits)  # fmt: skip
            if one.holds is Truth.TRUE:
                assert all(is_kept(charter, one.word, one.guarantee, act) for act in drawn)

    @given(charters(), st.data())
    def test_an_example_is_kept_where_it_gets_what_it_must(
        self, bare: Charter, data: st.DataObject
    ) -> None:
        case = data.draw(cases(bare))
        found, circuits = way(bare, case)
        others = [one for one in Outcome if one is not found]
        examples = [Example(one, case.act, context=case.context) for one in (found, *others)]
        kept = [True, False, False]
        if circuits:
            more = [*circuits, *(one.id for one in bare.circuits)]
            examples += [
                Example(found, case.act, context=case.context, to=to) for to in (circuits, more)
            ]
            kept += [True, frozenset(more) == frozenset(circuits)]
        proof = prove(attrs.evolve(bare, examples=examples))
        assert [one.holds for one in proof.examples] == kept
        assert len(proof.broken) == kept.count(False) + sum(
            one.holds is Truth.FALSE for one in proof.guarantees
        )


Ways = tuple[tuple[Outcome, tuple[str, ...]], tuple[Outcome, tuple[str, ...]]]


def _ranked(ways: list[Ways]) -> list[tuple[int, int]]:
    """Return how strict each outcome is, before and after."""
    ranks = {outcome: rank for rank, outcome in enumerate(Outcome)}
    return [(ranks[old[0]], ranks[new[0]]) for old, new in ways]


#: Words of which lists are drawn, and texts, so that some are within others.
_WORDS = ("ab", "abc", "bc", "é", "éb", "eb", "ß", "ss", "a b")
_MARKED = [
    *(word for word in _WORDS if len(word) > 1),
    *(f"={word}" for word in _WORDS if " " not in word),
    *(f"{left}{word}{right}" for word in ("ab", "abc", "bc", "éb", "ss")
      for left, right in (("*", ""), ("", "*"))),
]  # fmt: skip


@FEW
@given(st.data())
def test_no_text_has_a_word_that_is_said_to_be_hidden_by_another_list(data: st.DataObject) -> None:
    lists = st.lists(st.sampled_from(_MARKED), min_size=1, max_size=2, unique=True)
    phrases = st.lists(
        st.sampled_from([*_WORDS, "Ab", "xabc", "abx", "É", "#ab", "#abbc", "x"]), max_size=4
    )
    hidden = data.draw(st.lists(st.sampled_from(["x ab bc", "ab bc x"]), max_size=1))
    found = [data.draw(lists), data.draw(lists)]
    wanted, other = (fact("text").mentions(*words, exceptions=hidden) for words in found)
    rule = Rule.refer("r", to="b", when=wanted & ~other, because="Because.")
    charter = Charter("small", rules=[rule], circuits=CIRCUITS, default="a")
    claim = next(one for one in analyse(charter).claims if one.code == "never true")
    event(f"hidden: {claim.holds}")
    if claim.holds is Truth.TRUE:
        for words in data.draw(st.lists(phrases, min_size=1, max_size=20)):
            assert not shows(charter, "never true", "r", Case(Act(text=" ".join(words))))
