"""Analysis: of hours, own kinds, calendars and counts as well, it finds what enumeration finds."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from typing import Any, Final

import attrs
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    days,
    decide,
    fact,
    hours,
)
from cmcore.base.truth import Truth
from cmcore.charters import Case, Condition, Context, OwnKind, analyse, at_least, contrast
from cmcore.charters.analysis._examiner import Examiner
from cmcore.charters.analysis._formula import TRUE, Atom
from cmcore.charters.context import Earlier
from cmcore.charters.kinds import KINDS
from cmcore.charters.meaning.evaluation import gate, judge, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.time import Calendar

MONDAY: Final = datetime(2026, 6, 1, tzinfo=UTC)
CLOSED: Final = date(2026, 6, 3)
CIRCUITS: Final = [
    ValidationCircuit(name, [Stage(Approvers("role", {name}))]) for name in ("a", "b")
]
kind, at, recent = fact("kind"), fact("at"), fact("recent.publish")
OWN: Final = {
    "open-account": OwnKind("an account opened", "un compte ouvert", silent=True),
    "live-show": OwnKind("a live", "un direct"),
}


def earlier(soon: int, late: int, since: timedelta | None) -> Case:
    """Return an act before which others were published, soon before it and long before."""
    acts = [
        Act(kind="publish", at=MONDAY - ago)
        for count, ago in ((late, timedelta(hours=3)), (soon, timedelta(minutes=30)))
        for _ in range(count)
    ]
    known = Earlier(acts, None if since is None else MONDAY - since)
    return Case(Act(at=MONDAY), Context(earlier=known))


def dated(moment: datetime, **context: Any) -> Case:  # noqa: ANN401 - as the context has it
    return Case(Act(at=moment), Context(**context))


#: What may be asked together, and acts for everything that can be so of it.
WORLDS: Final[dict[str, tuple[list[Condition], list[Case]]]] = {
    "hours": (
        [at.during("Mon-Fri 09:00-18:00"), fact("local.hour").below(9),
         fact("local.weekday").one_of("sat", "sun"), fact("local.hour").between(17, 20),
         at.during("Sun 22:00-06:00"), at.at_least(MONDAY), at.below(MONDAY + days(7))],
        [Case(Act()), *(dated(MONDAY + timedelta(hours=hour)) for hour in range(-168, 2 * 168))],
    ),
    "kinds": (
        [kind.is_("live-show"), kind.one_of("publish", "live-show"), kind.one_of(*KINDS),
         kind.none_of("publish", "open-account")],
        [Case(Act()), *(Case(Act(kind=one)) for one in (*KINDS, *OWN))],
    ),
    "days": (
        [fact("holiday").is_(True), fact("holiday").is_(False),
         fact("local.weekday").is_("wed"), at.below(datetime(2027, 1, 1, tzinfo=UTC))],
        [Case(Act()),
         *(dated(datetime(year, 6, day, 12, tzinfo=UTC), holidays=closed)
           for year, day in product((2025, 2026, 2027, 2031), range(1, 9))
           for closed in (None, (), (date(year, 6, day),)))],
    ),
    "counts": (
        [recent.more_than(1, within=hours(1)), recent.fewer_than(3, within=hours(6)),
         recent.at_most(0, within=hours(6)), recent.at_least_since(hours(1)),
         recent.more_than(0, within=hours(6))],
        [Case(Act()), Case(Act(at=MONDAY)),
         *(earlier(soon, late, since) for soon, late, since in product(
             range(5), range(5), (None, hours(1), hours(2), hours(8))))],
    ),
}  # fmt: skip
COUNTS: Final[dict[str, Condition]] = {
    "own": kind.one_of("publish", "reply"),
    "sold": kind.is_("publish") & fact("paid").is_(True),
    "paid": fact("paid").is_(True),
}


#: Acts of which enough tell each of the counts apart.
SORTS: Final = [
    Act(kind=one, paid=is_paid)
    for one, is_paid in (
        ("publish", True), ("publish", False), ("reply", False), ("hide", False), ("hide", True)
    )
]  # fmt: skip


def logged(*counts: int) -> Case:
    """Return an act before which others were of several sorts, so many of each."""
    acts = [
        attrs.evolve(one, at=MONDAY - timedelta(minutes=30))
        for one, count in zip(SORTS, counts, strict=True)
        for _ in range(count)
    ]
    return Case(Act(at=MONDAY), Context(earlier=Earlier(acts, MONDAY - days(2))))


#: The same of records: acts of which not all is known are not among them.
KNOWN: Final[dict[str, tuple[list[Condition], list[Case]]]] = {"logs": (
    [fact("recent.own").at_least(2, within=hours(1)), recent.fewer_than(1, within=hours(1)),
     recent.at_most(1, within=hours(1)), fact("recent.reply").at_most(0, within=hours(1)),
     fact("recent.sold").more_than(1, within=hours(1)),
     fact("recent.any").at_most(1, within=hours(1)),
     fact("recent.hide").at_least(1, within=hours(1)),
     fact("recent.paid").fewer_than(1, within=hours(1))],
    [Case(Act()), Case(Act(at=MONDAY)),
     *(logged(*counts) for counts in product(range(3), repeat=len(SORTS)))],
)}  # fmt: skip
SITES_ASKED: Final = ("https://a.fr/p", "https://a.fr", "https://x.a.fr", "https://x.a.fr/q",
                      "https://b.fr", "https://b.fr/q", "https://y.b.fr")  # fmt: skip
links, hosts, domains = fact("links"), fact("hosts"), fact("domains")
WORLDS["sites"] = (
    [domains.any_of("a.fr"), domains.only("a.fr"), domains.all_of("a.fr", "b.fr"),
     hosts.any_of("x.a.fr"), hosts.none_of("*.a.fr", "b.fr"), hosts.only("x.a.fr", "b.fr"),
     hosts.all_of("x.a.fr", "b.fr"), links.any_of("https://a.fr/p"), domains.none_of("y.b.fr"),
     domains.present(wanted=False), hosts.count.above(0), hosts.count.at_least(2),
     domains.count.is_(1), domains.count.at_most(2), links.count.at_least(2)],
    [Case(Act()), Case(Act(absent={"links"})),
     *(Case(Act(links=frozenset(chosen))) for size in range(5)
       for chosen in combinations((*SITES_ASKED, "https://z.x.a.fr", "https://c.fr"), size))],
)  # fmt: skip
FEW = settings(max_examples=max(settings().max_examples // 3, 10))


def conditions(tests: Sequence[Condition]) -> st.SearchStrategy[Condition]:
    return st.recursive(
        st.sampled_from(tests),
        lambda of: st.one_of(
            of.map(lambda one: ~one),
            st.tuples(of, of).map(lambda two: two[0] & two[1]),
            st.tuples(of, of).map(lambda two: two[0] | two[1]),
            st.tuples(of, of, of).map(lambda three: at_least(2, *three)),
        ),
        max_leaves=4,
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[str, Charter]:
    """Draw what is asked about, and a charter that asks it."""
    name = draw(st.sampled_from(sorted(WORLDS)))
    asked = conditions(WORLDS[name][0])
    effects = draw(st.lists(st.sampled_from(["permit", "refer", "forbid"]), max_size=4))
    rules = [
        Rule(f"r{number}", effect, when=draw(asked), because="Because.",
             to={draw(st.sampled_from("ab"))} if effect == "refer" else None)
        for number, effect in enumerate(effects)
    ]  # fmt: skip
    return name, small(rules)


def small(rules: Sequence[Rule]) -> Charter:
    return Charter(
        "small", rules=rules, circuits=CIRCUITS, default="a", kinds=OWN, counts=COUNTS,
        calendar=Calendar([CLOSED], {2026}),
    )  # fmt: skip


def rules_of(charter: Charter, case: Case) -> Sequence[tuple[Rule, Truth]]:
    """Return the rules of a charter, each with its truth for an act."""
    facts = Facts(charter, case.act, case.context)
    return rule_truths(charter, facts, gate(charter, facts))


def way(charter: Charter, case: Case) -> tuple[Outcome, tuple[str, ...]]:
    ruling = judge(charter, Facts(charter, case.act, case.context))
    return ruling.outcome, ruling.circuits


def refuted(charter: Charter, cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    """Yield what some act refutes of all that may be claimed of a charter."""
    less = {rule.id: charter.without_rule(rule.id) for rule in charter.rules}
    for case in cases:
        found = decide(charter, case.act, case.context, repair=False)
        for rule, truth in rules_of(charter, case):
            if truth is Truth.TRUE:
                yield "never true", rule.id
                if rule.id in found.determining:
                    yield "never decides", rule.id
            if way(less[rule.id], case) != (found.outcome, found.circuits):
                yield "needless", rule.id
        yield from (("not reached", circuit) for circuit in found.circuits)
        if found.outcome is Outcome.COVERED:
            yield "covers nothing", ""


@FEW
@given(worlds())
def test_of_each_sort_of_fact_it_is_what_enumeration_finds(drawn: tuple[str, Charter]) -> None:
    name, charter = drawn
    wrong = {*refuted(charter, WORLDS[name][1])}
    event(name)
    for claim in analyse(charter).claims:
        assert claim.holds is Truth.of((claim.code, claim.about) not in wrong), (name, claim)


@pytest.mark.usefixtures("long_loop")
@pytest.mark.parametrize("name", sorted(WORLDS | KNOWN))
def test_whether_two_tests_hold_at_once_is_settled(name: str) -> None:
    asked, acts = (WORLDS | KNOWN)[name]
    signed = [(number, one, sign) for number, one in enumerate(asked) for sign in (True, False)]
    pairs = [(a, b) for a, b in product(signed, repeat=2) if a[0] < b[0]]
    rules = [
        Rule.forbid(f"r{place}", because="Because.", when=(a[1] if a[2] else ~a[1])
                    & (b[1] if b[2] else ~b[1]))
        for place, (a, b) in enumerate(pairs)
    ]  # fmt: skip
    charter = small(rules)
    met = {
        rule.id for case in acts for rule, truth in rules_of(charter, case) if truth is Truth.TRUE
    }
    examiner = Examiner(charter)
    for number, rule in enumerate(rules):
        found = examiner.find(Atom(number, TRUE))
        assert found.settled, rule.when
        assert (found.world is not None) is (rule.id in met), rule.when


@FEW
@given(worlds(), st.data())
def test_of_two_charters_too(drawn: tuple[str, Charter], data: st.DataObject) -> None:
    name, before = drawn
    more = Rule.forbid("more", when=data.draw(conditions(WORLDS[name][0])), because="Because.")
    gone = data.draw(st.sets(st.sampled_from([rule.id for rule in before.rules] or ["none"])))
    after = before.without_rule(*gone).with_rule(more)
    ranks = {outcome: rank for rank, outcome in enumerate(Outcome)}
    ways = [(way(before, case), way(after, case)) for case in WORLDS[name][1]]
    found = contrast(before, after)
    assert found.equivalent is Truth.of(all(old == new for old, new in ways))
    assert found.no_more_open is Truth.of(all(ranks[new[0]] >= ranks[old[0]] for old, new in ways))
    assert found.no_less_open is Truth.of(all(ranks[new[0]] <= ranks[old[0]] for old, new in ways))
    # each move from one outcome to another is shown, and none that no act makes
    moves = {(old[0], new[0]) for old, new in ways if old[0] is not new[0]}
    opening = [one for one in found.differences if one.way in {"opens", "closes"}]
    shown = [one.changed for one in opening if one.changed]
    assert {(one.before, one.after) for one in shown} == moves
    assert len(shown) == len(opening)


@FEW
@given(st.data())
def test_of_texts_and_networks_what_is_settled_is_so(data: st.DataObject) -> None:
    fits, network = fact("fits"), fact("network")
    tests = [fits.is_(True), fits.is_(False), network.is_("x"),
             network.one_of("x", "linkedin"), fact("text").length.above(300)]  # fmt: skip
    rules = [
        Rule("r", "forbid", when=data.draw(conditions(tests)), because="Because."),
        Rule("p", "permit", when=data.draw(conditions(tests)), because="Because."),
    ]
    charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
    texts = (None, "a", "a" * 290, "a" * 320, "a " * 4000)
    cases = [
        Case(Act(network=one, text=text)) for one in (None, "x", "linkedin", "z") for text in texts
    ]
    wrong = {*refuted(charter, cases)}
    for claim in analyse(charter).claims:
        event(f"{claim.holds}")
        if (claim.code, claim.about) in wrong:
            assert claim.holds is not Truth.TRUE, claim


topics: Final = fact("topics")
#: Tests of a set by patterns, and sets of words that these tell apart.
PATTERNS: Final = [
    topics.all_match("^ab"), topics.matches("c$"), topics.all_match("^[a-c]+$"),
    topics.matches("^b|x"), topics.any_of("ab", "x"), topics.only("ab", "abc"),
    topics.none_of("bc"), topics.count.above(1), topics.present(), topics.present(wanted=False),
]  # fmt: skip
SETS: Final = [
    Case(Act()), Case(Act(absent={"topics"})),
    *(Case(Act(topics=frozenset(chosen))) for size in range(4)
      for chosen in combinations(("ab", "abc", "bc", "x", "xc", "axb", "ax-"), size)),
]  # fmt: skip
#: Tests of the links of an act and of their sites, and acts with links of their own or in the text.
LINKED: Final = [
    links.present(), links.present(wanted=False), links.count.above(0), links.count.at_most(1),
    hosts.only("bit.ly"), hosts.any_of("bit.ly", "a.example"), hosts.present(wanted=False),
]  # fmt: skip
SITES: Final = ("https://bit.ly/x", "https://a.example/", "https://b.example/")
LINKS: Final = [
    Case(Act()), Case(Act(absent={"links"})), Case(Act(text="ok")), Case(Act(absent={"text"})),
    *(Case(act) for size in range(4) for chosen in combinations(SITES, size)
      for act in (Act(links=frozenset(chosen)), Act(text=" ".join(("See", *chosen))))),
]  # fmt: skip


@FEW
@given(st.data())
def test_of_sets_of_which_not_all_is_cut_what_is_settled_is_so(data: st.DataObject) -> None:
    asked, cases = data.draw(st.sampled_from([(PATTERNS, SETS), (LINKED, LINKS)]))
    effects = data.draw(st.lists(st.sampled_from(["permit", "forbid"]), min_size=1, max_size=3))
    rules = [
        Rule(f"r{number}", effect, when=data.draw(conditions(asked)), because="Because.")
        for number, effect in enumerate(effects)
    ]
    charter = Charter("small", rules=rules, circuits=CIRCUITS, default="a")
    wrong = {*refuted(charter, cases)}
    for claim in analyse(charter).claims:
        event(f"{claim.holds}")
        if (claim.code, claim.about) in wrong:
            assert claim.holds is not Truth.TRUE, claim
        if claim.witness:
            assert (claim.code, claim.about) in {*refuted(charter, [claim.witness])}, claim


@pytest.mark.parametrize(
    "asked",
    [
        topics.all_match("^ab") & topics.matches("c$"),
        topics.all_match("^ab") & topics.matches("c$") & topics.count.at_most(1),
        topics.all_match("^ab") & topics.count.above(1),
        topics.all_match("^ab") & topics.matches("x") & topics.count.above(2),
        topics.all_match("c$") & topics.none_of("c") & topics.count.above(1),
        ~topics.matches("c$") & topics.matches("c") & topics.count.above(1),
    ],
)
def test_a_set_is_made_that_several_patterns_want(asked: Condition) -> None:
    rule = Rule("r", "forbid", when=asked, because="Because.")
    found = analyse(Charter("small", rules=[rule], circuits=CIRCUITS, default="a"))
    (claim,) = (one for one in found.claims if one.code == "never true")
    assert claim.holds is Truth.FALSE


@pytest.mark.parametrize(
    ("gone", "asked"),
    [
        (links.present(wanted=False), links.count.above(0) & ~hosts.only("bit.ly")),
        (~links.present(), links.count.above(0) & hosts.any_of("bit.ly")),
        (topics.present(wanted=False), topics.matches("^ab") & topics.count.above(0)),
    ],
)
def test_of_what_has_no_value_nothing_is_looked_for(gone: Condition, asked: Condition) -> None:
    rule = Rule("r", "forbid", when=gone & asked, because="Because.")
    found = analyse(Charter("small", rules=[rule], circuits=CIRCUITS, default="a"))
    (claim,) = (one for one in found.claims if one.code == "never true")
    assert claim.holds is Truth.TRUE


@pytest.mark.parametrize(
    "same",
    ["network", "account", "author", "language", "topic", "text", "template", "link"],
)
def test_many_acts_may_share_nothing_with_an_act(same: str) -> None:
    few = fact(f"recent.publish.same_{same}").at_most(2, within=days(1))
    rule = Rule("r", "forbid", when=few & recent.more_than(5, within=days(1)), because="Because.")
    found = analyse(Charter("small", rules=[rule], circuits=CIRCUITS, default="a"))
    (claim,) = (one for one in found.claims if one.code == "never true")
    assert claim.holds is Truth.FALSE


def test_some_of_many_acts_may_be_on_the_network_of_an_act() -> None:
    here = fact("recent.publish.same_network")
    some = here.more_than(1, within=days(1)) & here.at_most(2, within=days(1))
    when = some & recent.more_than(5, within=days(1)) & recent.at_most(6, within=days(1))
    rule = Rule("r", "forbid", when=when, because="Because.")
    found = analyse(Charter("small", rules=[rule], circuits=CIRCUITS, default="a"))
    (claim,) = (one for one in found.claims if one.code == "never true")
    assert claim.holds is Truth.FALSE
