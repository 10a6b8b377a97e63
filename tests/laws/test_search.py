"""Search: what `decide` finds by the sheet of a charter is what the plain evaluation finds."""

from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import currently_in_test_context, event, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    InvalidError,
    Label,
    Outcome,
    Rule,
    decide,
    fact,
)
from cmcore.base import Truth
from cmcore.charters import Earlier, Vocabulary, all_of, at_least
from cmcore.charters.conditions.condition import Condition
from cmcore.charters.conditions.facts import SAME
from cmcore.charters.decision import Decision
from cmcore.charters.decisions import judgement as judging
from cmcore.charters.decisions.decide import explained
from cmcore.charters.history import Case
from cmcore.charters.index import repair as fast
from cmcore.charters.index import sheet as sheets
from cmcore.charters.index.normal_form import normal
from cmcore.charters.index.sheet import Look, OddReading, QuestionSlot, sheet_of
from cmcore.charters.meaning import repair as repairing
from cmcore.charters.meaning.edits import EDITABLE, apply, edits, sketched
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.repair import Search
from cmcore.charters.scope import Scope
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.strategies import charters, charters_and_cases

Pair = tuple[Charter, Case]
MANY = settings(max_examples=min(2 * settings().max_examples, 200_000))
#: What an author may change, all of it.
WORDS = Vocabulary(
    {
        "claim": Label("flag"),
        "tone": Label("symbol", {"calm", "angry", "ironic"}),
        "themes": Label("symbols"),
        "discount": Label("number", fixed=False),
        "aside": Label("text"),
    }
)
FREE = charters(
    vocabulary=WORDS,
    facts=(
        *("claim", "tone", "themes", "discount", "aside", "topics", "text", "links", "hashtags"),
        *(
            "mentions",
            "hosts",
            "paid",
            "network",
            "topics.count",
            "recent.any.same_network",
            "recent.any.same_text",
        ),
    ),
    min_rules=2,
    max_rules=6,
    max_depth=1,
    dated=False,
)
#: The same with few facts, so that several edits of one are needed.
NARROW = charters(
    vocabulary=WORDS,
    facts=("themes", "text", "hashtags", "claim", "topics"),
    min_rules=2,
    max_rules=8,
    max_depth=2,
    dated=False,
)
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])


def plainly(charter: Charter, case: Case) -> Decision:
    """Return the decision by the plain evaluation of every rule and the search that tries all."""
    return explained(judging.judge_plainly(charter, case.act, case.context), repair=True)


def settled(decision: Decision) -> Decision:
    """Return a decision without the repair that was not looked for to the end."""
    return attrs.evolve(decision, repair=None, repair_note=None)


def check(charter: Charter, case: Case) -> None:
    """Hold a decision against the plain one."""
    plain, found = plainly(charter, case), decide(charter, case.act, case.context)
    told = plain.repair_note or (plain.repair and len(plain.repair.changes))
    if currently_in_test_context():
        event(f"{plain.outcome}: {told}")
    if plain.repair_note != "repair not found":
        assert found == plain
        return
    # the plain search may have ended early: what is found beyond is still a repair
    assert settled(found) == settled(plain)
    if found.repair is not None:
        covered = decide(charter, found.repair.act, case.context)
        assert covered.outcome is Outcome.COVERED


#: Whatever an act may have in common with those before it, and every fact and measure of a label.
CHARTER = Charter("c", circuits=[DESK], default="desk", labels=WORDS.labels)
READ = (
    *(name for name in WORDS.names() if not name.startswith("recent.")),
    *("recent.any", *(f"recent.any.{same}" for same in SAME)),
)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE, OTHER = (
    Act(
        kind="publish",
        at=NOON,
        network=network,
        account=word,
        language=language,
        topics={word},
        text=f"{word} #{word} @{word} https://{word}.org/x",
        links={f"https://{word}.net/y"},
        hashtags={f"tag-{word}"},
        mentions={f"by-{word}"},
        media={word},
        described=is_so,
        paid=is_so,
        template=word,
        labels={"claim": is_so, "tone": tone, "themes": {word}, "discount": 3 + is_so,
                "aside": word},
    )
    for word, network, language, tone, is_so in [
        ("one", "x", "fr", "calm", True), ("other", "bluesky", "en", "angry", False)]
)  # fmt: skip
TODAY = Context(earlier=Earlier([ONE, OTHER, OTHER]))


class TestMoved:
    """An edit moves what it is said to move, and nothing else."""

    @pytest.mark.parametrize("field", sorted({*EDITABLE, *WORDS.labels}))
    def test_all_that_a_field_determines_is_read_again(self, field: str) -> None:
        made: dict[str, Any] = {field: getattr(OTHER, field, None)}
        if field not in EDITABLE:
            made = {"labels": {**ONE.labels, field: OTHER.labels[field]}}
        before, act = Facts(CHARTER, ONE, TODAY), attrs.evolve(ONE, **made)
        was = {name: before.read(name) for name in READ}
        kept, fresh = before.edited(act, field), Facts(CHARTER, act, TODAY)
        assert {n: kept.read(n) for n in READ} == {n: fresh.read(n) for n in READ} != was

    @given(charters_and_cases(FREE, ill=True), st.data())
    def test_facts_read_after_an_edit_what_they_read_of_the_act_edited(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        found = [change for field in sorted({*EDITABLE, *charter.labels})
                 for change in edits(charter, case.act, case.context, field)]  # fmt: skip
        if not found:
            return
        change = data.draw(st.sampled_from(found))
        before = Facts(charter, case.act, case.context)
        for name in READ:
            before.read(name)
        act = apply(change, case.act, charter)
        event(change.fact)
        assert sketched(change, case.act, charter.vocabulary.find(change.fact)) == act
        kept, fresh = before.edited(act, change.fact), Facts(charter, act, case.context)
        assert {n: kept.read(n) for n in READ} == {n: fresh.read(n) for n in READ}


class TestSearch:
    """What `decide` finds by the sheet of a charter is what the plain evaluation finds."""

    @MANY
    @given(charters_and_cases(FREE, ill=True))
    def test_decisions_are_those_of_the_plain_evaluation(self, pair: Pair) -> None:
        check(*pair)

    @given(charters_and_cases(NARROW))
    def test_so_they_are_where_one_fact_is_edited_several_times(self, pair: Pair) -> None:
        check(*pair)

    @given(charters_and_cases())
    def test_so_they_are_of_any_charter_and_act(self, pair: Pair) -> None:
        check(*pair)

    @given(charters_and_cases(FREE))
    def test_a_charter_too_large_for_a_sheet_decides_the_same(self, pair: Pair) -> None:
        charter, case = pair
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(judging, "sheet_of", lambda _: None)
            found = decide(charter, case.act, case.context)
        assert found == plainly(charter, case)

    @given(charters_and_cases(NARROW))
    def test_so_they_are_where_parts_of_conditions_stay_whole(self, pair: Pair) -> None:
        charter, case = pair
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sheets, "normal", lambda of: normal(of, most=1))
            sheet = sheet_of(charter)
        assert sheet is not None
        wide = sum(isinstance(slot, QuestionSlot) for slot in sheet.slots)
        event(f"{min(wide, 3)} questions")
        check(charter, case)


#: Few facts with few values, so that most permits are an edit or two away.
DENSE = {
    "a": Label("symbol", {"x", "y", "z"}),
    "b": Label("symbol", {"x", "y", "z"}),
    "f": Label("flag"),
    "g": Label("flag"),
}
OF_TOPICS = fact("topics")
ASKED = (
    *(fact(name).is_(word) for name in "ab" for word in "xyz"),
    *(fact(name).is_(is_so) for name in "fg" for is_so in (True, False)),
    OF_TOPICS.any_of("p"), OF_TOPICS.any_of("p", "q"), OF_TOPICS.all_of("p", "q"),
    OF_TOPICS.count.at_most(1), OF_TOPICS.count.above(1),
    fact("text").mentions("un"), fact("text").mentions("deux", "trois"),
    fact("kind").is_("publish"), fact("kind").is_("reply"),
)  # fmt: skip
A_X, A_Y, B_X = fact("a").is_("x"), fact("a").is_("y"), fact("b").is_("x")
P, Q, R = (OF_TOPICS.any_of(word) for word in "pqr")
F, UN = fact("f").is_(True), fact("text").mentions("un")
PUBLISHES, REPLIES = fact("kind").is_("publish"), fact("kind").is_("reply")
#: No edit is tried of it.
EMOJI = fact("text").emoji.above(0)
ALIKE = st.lists(st.sampled_from(ASKED), min_size=1, max_size=5).map(lambda some: all_of(*some))
PERMITS = st.lists(ALIKE, min_size=1, max_size=4)
REFUSALS = st.lists(
    st.one_of(
        ALIKE,
        st.tuples(ALIKE, ALIKE).map(lambda two: ~(two[0] | two[1])),
        st.tuples(ALIKE, ALIKE).map(lambda two: two[0] | ~two[1]),
    ),
    max_size=1,
)
SAID = st.fixed_dictionaries(
    {},
    optional={"a": st.sampled_from("xyz"), "b": st.sampled_from("xyz"), "f": st.booleans(),
              "g": st.booleans()},
)  # fmt: skip
CLOSE = st.builds(
    lambda said, unsaid, **own: Act(labels=said, absent=unsaid - said.keys(), **own),
    SAID,
    st.sets(st.sampled_from("abfg")),
    kind=st.sampled_from(("publish", "reply", None)),
    topics=st.one_of(st.none(), st.sets(st.sampled_from("pqr"))),
    text=st.one_of(st.none(), st.sampled_from(("un", "la", "un deux la", "deux trois la"))),
)


def dense(permits: list[Condition], refusals: list[Condition]) -> Charter:
    """Return a charter with permits and with rules that forbid, of the facts of `DENSE`."""
    rules = [
        *(Rule.permit(f"p{at}", when=one, because=".") for at, one in enumerate(permits)),
        *(Rule.forbid(f"r{at}", when=one, because=".") for at, one in enumerate(refusals)),
    ]
    return Charter("c", rules=rules, circuits=[DESK], default="desk", labels=DENSE)


def check_in_parts(charter: Charter, act: Act, most: int) -> None:
    """Hold a decision against the plain one, where parts of so many alternatives stay whole."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sheets, "normal", lambda of: normal(of, most=most))
        sheet_of(charter)
    check(charter, Case(act))


class TestDense:
    """Where most of what is tried does something, what is found is still that of the plain one."""

    @settings(max_examples=max(settings().max_examples // 2, 10))
    @given(PERMITS, REFUSALS, CLOSE, st.sampled_from([1, 256]))
    def test_decisions_are_those_of_the_plain_evaluation(
        self, permits: list[Condition], refusals: list[Condition], act: Act, most: int
    ) -> None:
        try:
            charter = dense(permits, refusals)
        except InvalidError:  # of what can never hold
            return
        check_in_parts(charter, act, most)

    @pytest.mark.parametrize(
        ("permits", "refusals", "act"),
        [
            ([A_X & B_X, A_Y & F], [], Act(labels={"a": "z", "b": "z", "f": False})),
            ([A_Y & F, A_X & B_X], [], Act(labels={"a": "z", "b": "z", "f": False})),
            ([P & OF_TOPICS.count.at_most(2)], [], Act(topics={"p", "q", "r"})),
            ([P & OF_TOPICS.count.above(1)], [], Act(topics={"q"})),
            ([P], [OF_TOPICS.count.above(2)], Act(topics={"q", "r"})),
            ([F], [PUBLISHES | REPLIES, EMOJI], Act(kind="reply", text="la", labels={"f": False})),
            ([F], [~(PUBLISHES | REPLIES), EMOJI],
             Act(kind="hide", text="la", labels={"f": False})),
            ([F], [~(PUBLISHES | REPLIES), EMOJI],
             Act(kind="reply", text="la", labels={"f": False})),
            ([F], [UN & A_X | UN & B_X], Act(text="un la", labels={"f": True, "a": "x"})),
            ([A_X], [~F], Act(labels={"a": "y"}, absent={"f"})),
            ([A_X & ~F], [], Act(labels={"f": False}, absent={"a"})),
            ([A_X & F, P & Q, P & R, Q & R],
             [], Act(labels={"a": "y", "f": False}, topics=())),
        ],
        ids=["a pair", "another pair", "one word less", "one word more", "one word too many",
             "always true", "always false", "never true", "a list that is not indexed",
             "absent and refused", "absent and asked for", "as near as three of one fact"],
    )  # fmt: skip
    @pytest.mark.parametrize("most", [1, 256])
    def test_so_they_are_in_what_is_seldom_drawn(
        self, permits: list[Condition], refusals: list[Condition], act: Act, most: int
    ) -> None:
        check_in_parts(dense(permits, refusals), act, most)

    @given(
        st.lists(st.sets(st.integers(0, 8), min_size=1), min_size=4, max_size=8),
        st.sets(st.integers(0, 8)),
        st.sets(st.integers(0, 8)),
    )
    def test_so_are_near_misses_however_much_they_miss(
        self, asked: list[set[int]], held: set[int], unsaid: set[int]
    ) -> None:
        tests = [*(fact(f"l{number}").is_(True) for number in range(5)),
                 *(OF_TOPICS.any_of(word) for word in "pqr"), PUBLISHES]  # fmt: skip
        rules = [
            Rule.permit(f"p{at}", because=".", when=all_of(*(tests[number] for number in some)))
            for at, some in enumerate(asked)
        ]
        labels = {f"l{number}": Label("flag") for number in range(5)}
        charter = Charter("c", rules=rules, circuits=[DESK], default="desk", labels=labels)
        said = {f"l{number}": number in held for number in range(5) if number not in unsaid}
        topics = {word for number, word in enumerate("pqr", 5) if number in held}
        act = Act(kind="publish" if 8 in held else "reply", labels=said, topics=topics)
        found = decide(charter, act, repair=False)
        assert found == explained(judging.judge_plainly(charter, act, Context()))


class Sly(float):
    """A number of an unusual class."""


class Reads(str):
    """A text of an unusual class."""

    __slots__ = ()


def charter(*rules: Rule, **told: Any) -> Charter:  # noqa: ANN401 - as a charter has it
    """Return a small charter."""
    return Charter("c", rules=rules, circuits=[DESK], default="desk", **told)


ALL = Rule.permit("all", because=".")


class TestEnds:
    """Where the search ends, it says what is known."""

    @pytest.mark.parametrize("budget", range(0, 120, 3))
    def test_a_search_that_ends_early_finds_the_same_or_says_so(self, budget: int) -> None:
        flags = {name: Label("flag") for name in "abc"}
        both = fact("a").is_(True) & fact("b").is_(True) & fact("text").mentions("oui")
        none = fact("c").is_(True) | ~fact("c").is_(True)
        words = fact("text").mentions("un", "deux") & fact("topics").any_of("x")
        of = charter(
            Rule.permit("both", when=both, because="."),
            Rule.forbid("words", when=words, because="."),
            labels=flags,
        )
        told = {"a": False, "b": False, "c": False}
        act = Act(text="un deux oui #x", topics={"x", "y"}, labels=told)
        never = of.with_rule(Rule.refer("none", to="desk", when=none, because="."))
        due = {id(one): decide(one, act) for one in (of, never)}
        assert due[id(of)].repair is not None
        with pytest.MonkeyPatch.context() as patched:
            for module in (fast, repairing):
                patched.setattr(module, "BUDGET", budget)
            for one in (of, never):
                for found in (decide(one, act), plainly(one, Case(act))):
                    assert found == due[id(one)] or found.repair_note == "repair not found"

    def test_among_many_fields_three_edits_are_found(self) -> None:
        flags = [f"flag{number:02}" for number in range(14)]
        when = all_of(*(fact(name).is_(True) for name in flags))
        of = charter(
            Rule.permit("all", when=when, because="."), labels=dict.fromkeys(flags, Label("flag"))
        )
        lacking = {"flag03", "flag07", "flag11"}
        repair = decide(of, Act(labels={name: name not in lacking for name in flags})).repair
        assert repair is not None
        assert {change.fact for change in repair.changes} == lacking

    @pytest.mark.parametrize("is_permit", [True, False], ids=["permit", "forbid"])
    @pytest.mark.parametrize("is_denied", [True, False], ids=["not", ""])
    @pytest.mark.parametrize(
        ("yes", "no", "comes_to"),
        [
            (7, 9, Truth.FALSE),
            (0, 9, Truth.FALSE),
            (8, 8, Truth.TRUE),
            (8, 0, Truth.TRUE),
            (7, 0, Truth.UNKNOWN),
        ],
    )
    def test_a_question_left_whole_that_no_edit_changes_leaves_no_repair_or_is_out_of_the_way(
        self, yes: int, no: int, comes_to: Truth, *, is_denied: bool, is_permit: bool
    ) -> None:
        marks = [f"mark{number:02}" for number in range(16)]  # any eight are thousands of ways
        when: Condition = at_least(8, *(fact(name).is_(True) for name in marks))
        when, truth = (~when, ~comes_to) if is_denied else (when, comes_to)
        goal = Truth.of(is_permit)
        rules = [Rule.permit("r", when=when, because=".")] if is_permit else [
            ALL, Rule.forbid("r", when=when, because=".")]  # fmt: skip
        loud = Rule.forbid("loud", when=fact("text").emoji.above(3), because=".")
        of = charter(*rules, loud, labels=dict.fromkeys(marks, Label("flag", fixed=True)))
        said = dict.fromkeys(marks[:yes], True) | dict.fromkeys(marks[16 - no :], False)
        act = Act(kind="publish", text=f"un {'🎉' * 10}", labels=said)
        decision = decide(of, act)
        # what may be, by more cuts of the text than are tried, is not denied
        note = "repair not found" if truth is goal else "no repair"
        assert (decision.repair, decision.repair_note) == (None, note)
        assert decision == plainly(of, Case(act))

    @pytest.mark.parametrize(
        ("of", "act"),
        [
            (charter(ALL, Rule.forbid("r", when=fact("hashtags").any_of("x"), because=".")),
             Act(text="un #x", hashtags={"y"})),
            (charter(ALL, Rule.forbid("r", when=fact("hashtags").any_of("x"), because=".")),
             Act(text="un #x")),
            (charter(ALL, Rule.forbid("r", when=fact("topics").any_of("x"), because=".")),
             Act(topics={"x", "y"})),
            (charter(ALL, scope=Scope(networks={"x"})), Act(network="bluesky")),
            (charter(ALL, scope=Scope(networks={"x"})), Act(network="bluesky", kind="delete")),
            (charter(Rule.permit("r", when=fact("topics").all_of("x", "y"), because=".")), Act()),
            (charter(Rule.permit("r", when=fact("topics").only("x"), because=".")),
             Act(topics={"a", "b"})),
            (charter(Rule.permit("r", when=fact("topics").count.above(1), because="."),
                     Rule.permit("s", when=fact("topics").any_of("z"), because=".")),
             Act(topics={"a"})),
            (charter(Rule.permit("r", when=fact("reach").below(3), because="."),
                     labels={"reach": Label("number", fixed=False)}),
             Act(labels={"reach": Sly(7)})),
            (charter(ALL, Rule.forbid("r", when=fact("text").mentions("un"), because=".")),
             Act(text=Reads("un deux"))),
        ],
    )  # fmt: skip
    def test_so_it_is_of_these(self, of: Charter, act: Act) -> None:
        assert decide(of, act) == plainly(of, Case(act))

    def test_a_value_that_becomes_odd_is_looked_at_plainly(self) -> None:
        def odd(_: Look) -> Search:
            raise OddReading

        of = charter(ALL, Rule.forbid("r", when=fact("topics").any_of("x"), because="."))
        act = Act(topics={"x"})
        due = decide(of, act)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(judging, "repaired", odd)
            assert decide(of, act) == due
        assert due.repair is not None
