"""What can be so of facts: acts are made for whatever can be, of each sort of fact."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cmcore import (
    UNKNOWN,
    Act,
    Approvers,
    Charter,
    Context,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    days,
    decide,
    fact,
    hours,
    view,
)
from cmcore.base.truth import Truth
from cmcore.charters import Analysis, Condition, Earlier, OwnKind, Scope, Volume, analyse, contrast
from cmcore.charters.analysis import _examiner, _logs, _search
from cmcore.charters.analysis import analyse as _analyse
from cmcore.charters.analysis._budget import WORK, Budget
from cmcore.charters.analysis._logs import TRIED
from cmcore.charters.analysis._theory import Asked, signature
from cmcore.charters.analysis._worlds import Parts, world
from cmcore.charters.analysis.analysis import Claim
from cmcore.charters.conditions.facts import SAME
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts

recent, text = fact("recent.publish"), fact("text")
CIRCUITS: Final = [ValidationCircuit(id_, [Stage(Approvers("role", {id_}))]) for id_ in ("a", "b")]


def charter(*rules: Rule, **more: object) -> Charter:
    known: dict[str, object] = {
        "labels": {
            "score": Label("number"),
            "due": Label("instant"),
            "took": Label("duration"),
            "mood": Label("symbol", {"calm", "angry"}),
            "themes": Label("symbols"),
        },
        "events": {"launch"},
        "counts": {"own": fact("kind").is_("publish") & fact("paid").is_(True)},
        "kinds": {"open-account": OwnKind("Open an account", "Ouvrir un compte")},
    }
    return Charter("c", rules=rules, circuits=CIRCUITS, default="a", **(known | more))  # type: ignore[arg-type]


def referring(*when: Condition) -> Charter:
    """Return a charter that asks the circuit `b` where any of some conditions is true."""
    return charter(
        *(Rule.refer(f"r{n}", to="b", when=one, because="Because.") for n, one in enumerate(when))
    )


def claimed(found: Analysis, code: str, about: str) -> Claim:
    return next(one for one in found.claims if (one.code, one.about) == (code, about))


def is_made(condition: Condition) -> bool | None:
    """Return whether an act is found for which a condition is true; None: not settled."""
    made = referring(condition)
    claim = claimed(analyse(made), "never true", "r0")
    if claim.witness:
        ruled = decide(made, claim.witness.act, claim.witness.context)
        assert ruled.rules[0].truth is Truth.TRUE
    return {Truth.FALSE: True, Truth.TRUE: False, Truth.UNKNOWN: None}[claim.holds]


@pytest.mark.parametrize(
    "pattern",
    [
        "abc", "^a.c$", "a|b", r"\d{3}-\d\d", "[0-9]{2,5}", "[^a-z]", r"[\d.]+", "(?i)sale",
        "(ab)+c", "(?:un|deux)fois?", "(?P<n>x)y", r"\p{Lu}{3}", r"\pL", "a{0}b", "x*y",
        r"\bprix\b",         r"1\.5",
    ],
)  # fmt: skip
def test_a_text_is_made_for_a_pattern(pattern: str) -> None:
    assert is_made(text.matches(pattern))
    assert is_made(text.matches(pattern) & ~text.mentions("accident"))
    assert is_made(fact("account").matches("^shop"))


@pytest.mark.parametrize("pattern", [r"\p{Greek}", r"[\p{Greek}]"])
def test_what_no_text_is_made_for_is_not_settled(pattern: str) -> None:
    assert is_made(text.matches(pattern)) is None


@pytest.mark.parametrize("same", sorted(SAME))
def test_earlier_acts_are_made_that_have_something_in_common(same: str) -> None:
    shared = fact(f"recent.publish.{same}")
    assert is_made(shared.more_than(2, within=hours(3)))
    assert is_made(shared.more_than(1, within=hours(3)) & recent.at_most(2, within=days(1)))
    assert is_made(shared.more_than(2, within=days(1)) & shared.fewer_than(2, within=hours(1)))


def test_earlier_acts_are_made_that_have_a_word_in_common_under_a_label() -> None:
    for name in ("mood", "themes"):
        shared = fact(f"recent.publish.same_{name}")
        assert is_made(shared.more_than(2, within=hours(3)))
        assert is_made(shared.more_than(1, within=hours(3)) & recent.at_most(2, within=days(1)))
        many = recent.at_least(3, within=days(1))
        assert is_made(many & shared.fewer_than(2, within=days(1)))


hide, known = fact("kind").one_of("hide", "delete"), fact("recent.reply.same_person")


@pytest.mark.parametrize(
    "besides",
    [
        fact("target.ours").is_(False), fact("target.author").is_("ana"),
        fact("recipient").is_("ana"), fact("recipient").present(wanted=False) & hide,
        fact("in_reply_to.ours").is_(False) & fact("target.ours").is_(True),
        recent.fewer_than(1, ever=True) & fact("target.ours").is_(False),
    ],
)  # fmt: skip
def test_earlier_acts_are_made_of_the_person_of_a_message(besides: Condition) -> None:
    assert is_made(hide & known.at_least(1, within=days(1)) & besides)
    assert is_made(hide & known.fewer_than(1, within=days(1)) & besides)


many, few = fact("recent.own").at_least(10, within=hours(1)), recent.fewer_than(4, within=days(1))
replies = fact("recent.reply")


@pytest.mark.parametrize(
    ("own", "asked", "may_be"),
    [
        (fact("kind").one_of("publish", "reply"), few, True),
        (fact("kind").one_of("publish", "reply"), few & replies.at_most(7, within=days(1)), True),
        (fact("kind").one_of("publish", "reply"), few & replies.at_most(6, within=days(1)), False),
        (fact("kind").one_of("publish", "reply"), recent.fewer_than(1, ever=True), True),
        (fact("kind").is_("publish") & fact("paid").is_(True), few, False),
        (fact("paid").is_(True), few, True),
        (fact("paid").is_(True), fact("recent.any").at_most(9, within=hours(2)), False),
        (~fact("kind").is_("publish"), recent.at_least(2, within=hours(1))
         & fact("recent.any").at_most(11, within=hours(1)), False),
        (~fact("kind").is_("publish"), recent.at_least(2, within=hours(1))
         & fact("recent.any").at_most(12, within=hours(1)), True),
    ],
)  # fmt: skip
def test_logs_that_hold_others_have_as_many(
    own: Condition, asked: Condition, *, may_be: bool
) -> None:
    rule = Rule.refer("r", to="b", when=many & asked, because="Because.")
    made = charter(rule, counts={"own": own})
    assert claimed(analyse(made), "never true", "r").holds is Truth.of(not may_be)


def test_earlier_acts_are_made_of_every_sort() -> None:
    assert is_made(fact("recent.any").at_least(3, per="week"))
    assert is_made(fact("recent.own").at_least(1, ever=True))
    assert is_made(fact("recent.open-account").more_than(1, within=days(2)))
    assert is_made(recent.at_least_since(days(2)))
    assert is_made(fact("recent.block.same_person").at_least(1, ever=True))


def test_what_runs_of_a_person_is_made() -> None:
    blocked, muted = fact("person.blocked"), fact("person.muted")
    assert is_made(blocked.is_(True))
    assert is_made(blocked.is_(False) & muted.is_(True))
    assert is_made(blocked.is_(False))
    assert is_made(~blocked.present())
    assert is_made(blocked.is_(True) & fact("target.tone").is_("hostile"))
    never = fact("recent.block.same_person").at_most(0, ever=True)
    assert is_made(blocked.is_(True) & never) is False


def test_of_whom_nobody_knows_nothing_is_known_to_run() -> None:
    made = charter(
        Rule.forbid("blocked", when=fact("person.blocked").is_(True), because="Blocked."),
        Rule.refer("b", to="b", when=fact("kind").present(), because="All."),
    )
    assert claimed(analyse(made), "not reached", "a").holds is Truth.FALSE


def test_records_are_left_out_where_a_count_is_to_be_unknown() -> None:
    made = charter(
        Rule.permit("all", when=fact("kind").is_("publish"), because="All."),
        Rule.forbid("many", when=recent.more_than(3, within=hours(1)), because="Many."),
        Rule.forbid("busy", when=recent.more_than(3, within=hours(2)), because="Busy."),
        Rule.forbid("paid", when=fact("paid").is_(True), because="Paid."),
    )
    assert claimed(analyse(made), "not reached", "a").holds is Truth.FALSE
    assert claimed(analyse(made), "needless", "many").holds is Truth.TRUE


def test_of_a_deletion_a_text_may_be_unknown() -> None:
    made = charter(
        Rule.permit("mine", when=fact("kind").is_("delete"), because="Mine."),
        Rule.forbid("said", when=text.mentions("rappel"), because="Said."),
        Rule.refer("linked", to="b", when=fact("links").present() & text.present(), because="Hm."),
    )  # fmt: skip
    assert claimed(analyse(made), "not reached", "a").holds is Truth.FALSE
    assert claimed(analyse(made), "not reached", "b").holds is Truth.FALSE
    facts = Facts(made, *world([made], {"kind": "delete", "text": UNKNOWN, "links": UNKNOWN}))
    assert truth(text.mentions("rappel"), facts) is Truth.UNKNOWN


def test_of_many_overlaps_the_first_are_shown() -> None:
    rules = [
        Rule.permit(f"p{n}", when=fact("topics").any_of(f"t{n}"), because="P.") for n in range(5)
    ]
    rules += [
        Rule.refer(f"f{n}", to="b", when=text.mentions(f"w{n}"), because="F.") for n in range(5)
    ]
    found = analyse(charter(*rules))
    assert len(found.overlaps) == 25
    assert "and 5 more" in str(found)


@pytest.mark.parametrize(
    "condition",
    [
        text.length.above(280), text.words.at_most(3) & text.mentions("rappel"),
        text.emoji.above(3), text.fancy.is_(True), text.ends_with_link.is_(True),
        text.capitals.above(0.5),
        text.exclamations.above(2), text.hashtag_word.above(12) & text.emoji.above(1),
        fact("links").count.at_least(2), fact("hosts").any_of("a.example"),
        fact("hosts").any_of("*.a.example") & fact("domains").none_of("b.example"),
        fact("hosts").all_of("a.example", "b.example") & fact("links").count.at_most(2),
        fact("links").all_match("^https://a\\."), fact("hashtags").any_of("news"),
        fact("topics").matches("^pre") & fact("topics").count.above(2),
        fact("in_reply_to.age").above(days(3)) & fact("in_reply_to.text").mentions("help"),
        fact("target.age").present(wanted=False), fact("target.tone").present(wanted=False),
        fact("since.launch").between(hours(-2), hours(2)) & fact("holiday").is_(True),
        fact("since.launch").at_least(hours(-1)) & fact("since.launch").present(),
        fact("since.launch").present(wanted=False), fact("author.roles").any_of("cm"),
        fact("author.contract").is_("intern"), fact("due").during("Mon 09:00-10:00"),
        fact("due").above(datetime(2026, 3, 29, tzinfo=UTC)) & ~fact("due").present(wanted=False),
        fact("took").above(hours(3)) & fact("took").below(hours(4)), fact("score").is_(0.5),
        fact("score").above(1) & fact("score").below(2), fact("target.replies").is_(3),
        fact("target.replies").above(3.0) & fact("target.replies").below(5.0),
        fact("kind").is_("open-account"), fact("duration").above(days(7)),
        text.mentions("a b", "c") & ~text.mentions("c"),
        text.mentions("été") & ~text.mentions("=été"),
        text.mentions("rappel") & ~text.mentions("rappel", exceptions=["rappel amical"]),
        text.present(wanted=False), ~text.mentions("x") & text.length.is_(9),
        fact("at").during("Sun 02:00-03:00", "Europe/Paris") & fact("local.hour").is_(1),
    ],
)  # fmt: skip
def test_an_act_is_made_for_what_can_be(condition: Condition) -> None:
    assert is_made(condition)


def test_a_set_is_made_large_enough_without_words_that_may_not_meet() -> None:
    tags = fact("tags")
    apart = ~tags.all_of("a", "b") & ~tags.all_of("c", "d")
    made = charter(
        Rule.refer("r", to="b", when=apart & tags.count.at_least(2), because="Because."),
        labels={"tags": Label("symbols", values=list("abcd"))},
    )
    witness = claimed(analyse(made), "never true", "r").witness
    assert witness is not None
    assert decide(made, witness.act, witness.context).rules[0].truth is Truth.TRUE


def test_what_came_before_an_example_is_counted() -> None:
    often = recent.at_least(2, within=hours(1))
    rules = [
        Rule.permit("p", when=fact("kind").is_("publish"), because="Because."),
        Rule.refer("r", to="b", when=often, because="Because."),
    ]
    assert "earlier act" in str(view(analyse(charter(*rules))))


def test_a_list_of_inflected_words_is_implied_by_itself_only() -> None:
    forms = text.mentions("rappel", inflected="fr")
    assert is_made(forms & ~text.mentions("rappel", "autre", inflected="fr")) is False
    assert is_made(forms & ~text.mentions("autre", inflected="fr"))
    assert is_made(forms & ~text.mentions("rappel"))
    assert is_made(text.mentions("accident") & ~text.mentions("panne", inflected="fr"))


def test_what_no_moment_goes_with_is_not_claimed() -> None:
    first = fact("at").below(datetime(1, 2, 1, tzinfo=UTC))
    assert is_made(first & fact("in_reply_to.age").above(days(60))) is None
    assert is_made(fact("since.launch").above(days(900_000))) is None
    gone = fact("target.age").present(wanted=False)
    assert is_made(gone & fact("target.tone").is_("hostile")) is None
    assert is_made(fact("score").above(10**16) & fact("score").below(10**17))


def test_a_volume_is_part_of_the_scope() -> None:
    scope = Scope(networks={"x"}, volume=[Volume(2, days(1), "publish")])
    permit = Rule.permit("all", when=fact("kind").is_("publish"), because="All.")
    busy = Rule.permit("busy", when=recent.more_than(4, within=hours(5)), because="Busy.")
    found = analyse(charter(permit, busy, scope=scope))
    assert claimed(found, "never true", "all").holds is Truth.FALSE
    publishing = charter(
        permit, attrs.evolve(busy, when=busy.when & fact("kind").is_("publish")), scope=scope
    )
    assert claimed(analyse(publishing), "never true", "busy").holds is Truth.TRUE


def test_a_search_that_is_cut_short_claims_nothing() -> None:
    made = referring(*(fact("topics").any_of(f"t{n}") | text.mentions(f"w{n}") for n in range(5)))
    found = analyse(made, steps=0)
    assert found.undecided
    assert all(one.holds is not Truth.TRUE or one.code == "covers nothing" for one in found.claims)
    assert str(len(found.undecided)) in view(found).title


def test_a_label_of_another_type_is_not_claimed_to_be_the_same() -> None:
    old = referring(fact("score").above(3))
    other = attrs.evolve(old, labels={**old.labels, "score": Label("symbol")}, rules=[
        Rule.refer("r0", to="b", when=fact("score").is_("high"), because="Because."),
    ])  # fmt: skip
    assert contrast(old, other).equivalent is Truth.UNKNOWN
    assert contrast(old, other).no_more_open is Truth.TRUE
    assert "not settled" in str(contrast(old, other))
    assert contrast(old, attrs.evolve(old, zone="Europe/Paris")).equivalent is Truth.TRUE


def test_a_set_that_has_all_of_what_it_may_not_have_together_is_none() -> None:
    topics = fact("topics")
    both = topics.any_of("a") & topics.any_of("b") & topics.any_of("c", "d")
    never = both & ~topics.all_of("a", "b")
    rules = [Rule.refer("r", when=never, to="desk", because="Because.")]
    desk = ValidationCircuit("desk", [Stage(Approvers("role", {"x"}))])
    found = analyse(Charter("c", rules=rules, circuits=[desk], default="desk"))
    (claim,) = (one for one in found.claims if (one.code, one.about) == ("never true", "r"))
    assert claim.holds is Truth.TRUE


def test_counts_are_thought_about_within_the_budget_of_the_analysis(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    budgets: list[Budget] = []
    tried: list[object] = []

    class Watched(Budget):
        def __init__(self, work: int = WORK) -> None:
            super().__init__(work)
            budgets.append(self)

    def seen(asked: Asked, parts: Parts) -> list[int] | None:
        tried.append(parts)
        return signature(asked, parts)

    for module in (_analyse, _examiner, _search):
        monkeypatch.setattr(module, "Budget", Watched)
    monkeypatch.setattr(_logs, "signature", seen)
    own = fact("recent.own")
    rules = [
        Rule.permit(
            "p",
            when=own.more_than(2, within=hours(1)) & ~recent.more_than(1, ever=True),
            because="Never so.",
        ),
        Rule.refer("r", to="b", when=recent.more_than(3, within=hours(1)), because="Often."),
    ]
    counting = charter(*rules)
    found = analyse(counting)
    assert [(one.code, one.about) for one in found.findings] == [
        ("never true", "p"),
        ("covers nothing", ""),
    ]
    # no search has a budget of its own, and what is made in vain is charged as well
    assert len(budgets) == 1
    assert WORK - budgets[0].left > len(tried) * TRIED > 0
    assert analyse(counting, budget=20).spent


def test_it_is_said_why_something_was_left_open() -> None:
    def shown(**left: object) -> str:
        found = Analysis("c", 1, charter_digest="d", claims=(), **left)  # type: ignore[arg-type]
        return str(found)

    pairs, spent, neither = "10,000 at most", "work of the budget", "neither an act"
    cut = shown(overlaps_left=10_001)
    assert pairs in cut
    assert spent not in cut
    assert neither not in cut
    assert neither in shown(overlaps_left=1)
    assert spent in shown(overlaps_left=1, spent=True)
    assert neither in shown(overlaps_left=10_001, closings_left=("paid",))
    assert "why" not in shown(spent=True)


def test_the_only_link_of_an_act_is_the_one_in_its_text() -> None:
    ends, one_link = fact("text.ends_with_link").is_(True), fact("links.count")
    charter = referring(ends & one_link.is_(1), ends & one_link.below(2) & one_link.above(0))
    shown = [claimed(analyse(charter), "never true", id_) for id_ in ("r0", "r1")]
    assert [one.holds for one in shown] == [Truth.FALSE] * 2


BLOCKED, NOT_BLOCKED = fact("person.blocked").is_(True), fact("person.blocked").is_(False)
BLOCKS, OF_THEM = fact("recent.block"), fact("recent.block.same_person")


@pytest.mark.parametrize(
    ("when", "is_never"),
    [
        (BLOCKED & BLOCKS.fewer_than(1, ever=True), Truth.TRUE),
        (BLOCKED & OF_THEM.fewer_than(1, ever=True), Truth.TRUE),
        (BLOCKED & fact("recent.mute").fewer_than(1, ever=True), Truth.FALSE),
        (BLOCKED & OF_THEM.fewer_than(1, within=days(1)), Truth.FALSE),
        (NOT_BLOCKED & BLOCKS.fewer_than(1, ever=True), Truth.FALSE),
        (NOT_BLOCKED & OF_THEM.at_least(1, ever=True), Truth.FALSE),
        (
            NOT_BLOCKED
            & OF_THEM.at_least(2, ever=True)
            & fact("recent.unblock").fewer_than(1, ever=True),
            Truth.FALSE,
        ),
    ],
)
def test_who_is_blocked_was_blocked_before(when: Condition, is_never: Truth) -> None:
    assert claimed(analyse(referring(when)), "never true", "r0").holds is is_never


NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOURS: Final = partial(attrs.evolve, duration=hours(2))
#: Earlier acts of a person, or of another one, of which not all may be known.
EARLIER_ACTS: Final = st.builds(
    Act,
    kind=st.sampled_from(["block", "block", "mute", "mute", "block", "mute", "unblock", None]),
    recipient=st.sampled_from(["ann", "ann", "ann", "ann", "ann", "bob", None]),
    at=st.sampled_from([*(NOON - timedelta(minutes=one) for one in (1, 20, 110, 130, 200)), None]),
    absent=st.sampled_from([{"duration"}, set()]),
).flatmap(lambda one: st.sampled_from([one, one if one.absent else HOURS(one)]))


@given(st.lists(EARLIER_ACTS, max_size=4), st.sampled_from([None, None, NOON - hours(3)]))
def test_nobody_is_blocked_whom_nobody_blocked(acts: list[Act], since: datetime | None) -> None:
    of_act = Act(kind="reply", recipient="ann", at=NOON)
    facts = Facts(referring(), of_act, Context(earlier=Earlier(acts, since)))
    for runs, kind in (("person.blocked", "block"), ("person.muted", "mute")):
        is_on = truth(fact(runs).is_(True), facts)
        for log in (f"recent.{kind}", f"recent.{kind}.same_person"):
            was = truth(fact(log).at_least(1, ever=True), facts)
            assert is_on is not Truth.TRUE or was is Truth.TRUE
        event(f"{runs}: {is_on.name}")


def test_of_acts_that_may_have_no_topic_some_have_one_in_common() -> None:
    often = fact("recent.publish.same_topic").more_than(3, per="day")
    for name in ("topics", "hashtags"):
        few = fact(name).only("tea", "cake")
        same = fact(f"recent.publish.same_{name[:-1]}").more_than(3, per="day")
        found = analyse(referring(few & same))
        assert claimed(found, "never true", "r0").holds is Truth.FALSE
    assert analyse(referring(fact("topics").only("tea"), often)).is_settled


hosts, domains = fact("hosts"), fact("domains")


@pytest.mark.parametrize(
    ("asked", "may_be"),
    [
        (hosts.only("a.fr") & hosts.count.at_least(2), False),
        (domains.only("a.fr") & hosts.count.at_least(9), True),
        (hosts.any_of("a.fr") & hosts.count.is_(0), False),
        (hosts.all_of("a.fr", "b.fr") & domains.count.at_most(1), False),
        (hosts.count.at_least(3) & fact("links").count.at_most(2), False),
        (hosts.count.at_least(3) & fact("links").count.at_least(5), True),
        (hosts.count.is_(1) & fact("links").count.at_least(5) & hosts.none_of("a.fr"), True),
        (hosts.count.is_(0) & fact("links").count.at_least(1), False),
        (~hosts.all_of("a.fr", "b.fr") & hosts.count.at_least(2) & hosts.any_of("a.fr"), True),
    ],
)
def test_links_have_as_many_sites_as_can_be(asked: Condition, *, may_be: bool) -> None:
    assert is_made(asked) is may_be
