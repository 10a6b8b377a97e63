"""What a compiled charter is as a value, what it says of itself, and what only few acts meet."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import product
from zoneinfo import ZoneInfo

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    InvalidError,
    Label,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    days,
    decide,
    fact,
    hours,
)
from cmcore.base import Truth
from cmcore.charters import CompiledCharter, Condition, Ruling, Term, at_least, compiled
from cmcore.charters.index import _shelves as shelving
from cmcore.charters.index._engine import Kernel
from cmcore.charters.meaning.evaluation import gate, judge, rule_truths
from cmcore.charters.meaning.observation import Facts
from cmcore.text import tokens

NOON = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])
CRISIS = ValidationCircuit("crisis", [Stage(Approvers("role", {"boss"}))])
LABELS = {
    "tone": Label("symbol", {"calm", "angry"}),
    "mood": Label("symbol"),
    "reach": Label("number"),
    "tags": Label("symbols"),
    "due": Label("instant"),
    "lag": Label("duration"),
    "body": Label("text"),
}


def charter(*rules: Rule, term: Term = Term()) -> Charter:  # noqa: B008 - a value
    return Charter(
        "compiled", rules=rules, circuits=[DESK, CRISIS], default="desk", labels=LABELS, term=term
    )


def permit(id_: str, when: Condition) -> Rule:
    return Rule.permit(id_, when=when, because="Our daily life.")


def forbid(id_: str, when: Condition) -> Rule:
    return Rule.forbid(id_, when=when, because="Not here.")


def refer(id_: str, when: Condition) -> Rule:
    return Rule.refer(id_, to="crisis", when=when, because="Somebody looks first.")


CALM = charter(
    permit("posts", fact("kind").is_("publish") & fact("reach").below(10)),
    refer("words", fact("text").mentions("rappel", exceptions=["petit rappel"])),
    forbid("angry", fact("tone").is_("angry")),
)


def post(**labels: object) -> Act:
    return Act(kind="publish", text="Bonjour", labels={"tone": "calm", "reach": 3, **labels})


def same(of: Charter, act: Act, context: Context | None = None) -> Ruling:
    """Return the ruling of the index, once it is that of the reference, rule by rule."""
    around = context or Context()
    facts = Facts(of, act, around)
    known = rule_truths(of, facts, gate(of, facts))
    index = Kernel(of)
    found, _ = index.judged(act, around)
    assert [*found.judged] == [pair for pair in known if pair[1] is not Truth.FALSE]
    ruling = compiled(of).rule(act, around)
    assert ruling == judge(of, facts) == index.rule(act, around)
    return ruling


class TestRuling:
    """A ruling is the bare answer: the outcome, the circuits and the determining rules."""

    @pytest.mark.parametrize(
        ("act", "outcome", "circuits", "rules"),
        [
            (post(), Outcome.COVERED, (), ("posts",)),
            (post(reach=10), Outcome.EXCEPTION, ("desk",), ()),
            (post(reach=None), Outcome.EXCEPTION, ("desk",), ()),
            (post(tone="angry"), Outcome.FORBIDDEN, (), ("angry",)),
            (post(tone="sad"), Outcome.EXCEPTION, ("desk",), ("angry",)),
            (attrs.evolve(post(), text="Rappel !"), Outcome.EXCEPTION, ("crisis",), ("words",)),
            (attrs.evolve(post(), text=None), Outcome.EXCEPTION, ("crisis",), ("words",)),
            (attrs.evolve(post(), text="Un petit rappel"), Outcome.COVERED, (), ("posts",)),
        ],
    )
    def test_a_charter_rules(
        self, act: Act, outcome: Outcome, circuits: tuple[str, ...], rules: tuple[str, ...]
    ) -> None:
        assert same(CALM, act) == Ruling(outcome, circuits, rules)

    def test_it_shows_itself(self) -> None:
        shown = compiled(CALM).rule(post(tone="sad"))
        assert str(shown) == "exception → desk\n  by `angry`"
        assert shown.text("fr") == "exception → desk\n  par `angry`"
        assert compiled(CALM).rule(post(reach=99)).text("en").endswith("nothing permits it")

    def test_the_moment_may_be_given(self) -> None:
        dated = attrs.evolve(CALM, term=Term(NOON.date(), None))
        index = compiled(dated)
        assert index.rule(post()).outcome is Outcome.EXCEPTION
        assert index.rule(post(), at=NOON).outcome is Outcome.COVERED
        assert index.rule(post(), Context(at=NOON - days(3)), at=NOON).outcome is Outcome.COVERED
        assert index.decide(post(), at=NOON) == decide(dated, post(), at=NOON)
        with pytest.raises(InvalidError, match="does not say its time zone"):
            index.rule(post(), at=NOON.replace(tzinfo=None))


class TestValue:
    """A compiled charter is a value."""

    def test_it_is_as_equal_as_its_charter(self) -> None:
        assert compiled(CALM) == compiled(charter(*CALM.rules))
        assert hash(compiled(CALM)) == hash(compiled(charter(*CALM.rules)))
        assert compiled(CALM) != compiled(CALM.without_rule("posts"))

    @pytest.mark.parametrize(
        "again",
        [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))],  # noqa: S301
    )
    def test_it_can_be_sent_elsewhere(
        self, again: Callable[[CompiledCharter], CompiledCharter]
    ) -> None:
        there = again(compiled(CALM))
        assert there == compiled(CALM)
        assert there.rule(post()) == compiled(CALM).rule(post())

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            compiled(CALM).charter = CALM  # type: ignore[misc]

    def test_it_tells_what_it_reads(self) -> None:
        index = compiled(CALM)
        assert index.facts == ("kind", "reach", "text", "tone")
        assert index.conjuncts == 3
        assert index.by_hand == ()
        assert "facts read  `kind`, `reach`, `text`, `tone`" in str(index)
        assert "faits lus" in index.text("fr")
        assert compiled(charter(*CALM.rules, term=Term(NOON.date()))).facts[0] == "at"
        assert repr(index).startswith("CompiledCharter(charter=Charter(")

    def test_an_empty_charter_covers_nothing(self) -> None:
        index = compiled(charter())
        assert index.rule(Act()) == Ruling(Outcome.EXCEPTION, ("desk",), ())
        assert "–" in str(index)

    def test_what_it_remembers_takes_no_more_room_than_its_rules(self) -> None:
        rules = [permit(f"r{n}", fact("tags").any_of(f"t{n}")) for n in range(40)]
        index = Kernel(charter(*rules))
        for n, other in product(range(40), range(40)):
            for tags in ({f"t{n}", f"t{other}"}, {f"t{m}" for m in range(n) if m != other}):
                index.rule(Act(labels={"tags": tags}), Context())
                room = sum(1 + len(ruling.determining) for ruling in index.known.values())
                assert room <= 4096 + 8 * 41


class TestWide:
    """What is too wide to be taken apart is evaluated by itself."""

    WIDE = at_least(4, *(fact("tags").any_of(f"t{n}") for n in range(12)))

    def test_a_wide_rule_is_told(self) -> None:
        of = charter(permit("wide", self.WIDE & fact("tone").is_("calm")))
        assert compiled(of).by_hand == ("wide",)
        assert "by hand     `wide`" in str(compiled(of))
        assert same(of, Act(labels={"tone": "calm", "tags": {"t1", "t2", "t3", "t4"}})).determining
        assert not same(of, Act(labels={"tone": "calm", "tags": {"t1", "t2", "t3"}})).determining
        assert not same(of, Act(labels={"tone": "calm"})).determining

    def test_alternatives_by_the_hundred_leave_the_rest_to_the_index(self) -> None:
        either = [fact("mood").is_(f"m{n}") | fact("tags").any_of(f"t{n}") for n in range(9)]
        whole: Condition = either[0]
        for more in either[1:]:
            whole = whole & more
        of = charter(permit("many", whole & fact("tone").is_("calm")))
        assert compiled(of).by_hand == ("many",)
        tags = {f"t{n}" for n in range(9)}
        assert same(of, Act(labels={"tone": "calm", "tags": tags})).outcome is Outcome.COVERED
        assert same(of, Act(labels={"tone": "calm", "tags": {"t0"}})).outcome is Outcome.EXCEPTION

    def test_a_wide_choice_of_wide_choices_stays_whole(self) -> None:
        pairs = [fact("mood").is_(f"m{n}") | fact("tags").any_of(f"t{n}") for n in range(7)]
        of = charter(permit("six", at_least(6, *pairs)))
        assert compiled(of).by_hand == ("six",)
        tags = {f"t{n}" for n in range(6)}
        assert same(of, Act(labels={"mood": "x", "tags": tags})).outcome is Outcome.COVERED

    def test_what_an_act_surely_does_not_have_leaves_the_rules_aside_that_name_it(self) -> None:
        many = [permit(f"p{n}", fact("template").is_(f"t{n}")) for n in range(2_100)]
        of = charter(*many)
        assert same(of, Act(template="t7")).determining == ("p7",)
        assert same(of, Act(absent={"template"})).outcome is Outcome.EXCEPTION

    def test_a_test_and_its_contrary_are_unknown_together(self) -> None:
        calm = fact("tone").is_("calm")
        of = charter(forbid("never", calm & ~calm))
        assert same(of, Act(labels={"tone": "calm"})).determining == ()
        assert same(of, Act()).determining == ("never",)


class Sly(str):
    """A word that is equal to another one, too."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return other in {"sly", "calm"}

    __hash__ = str.__hash__


class Mine(Act):
    """An act that somebody made a class of."""


class Own(tzinfo):
    """A clock of somebody's own."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(hours=1)

    def tzname(self, _: datetime | None) -> str:
        return "own"

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta(0)


class Count(int):
    """A number of a class of its own."""


class TestOdd:
    """What is not plain is asked of the reference, and never opens an outcome."""

    def test_a_class_of_ones_own_is_an_act_all_the_same(self) -> None:
        act = Mine(kind="publish", text="Bonjour", labels={"tone": "calm", "reach": 3})
        assert same(CALM, act).outcome is Outcome.COVERED

    @pytest.mark.parametrize(
        "labels",
        [
            {"reach": Count(3)},
            {"reach": True},
            {"reach": "3"},
            {"tone": Sly("angry")},
            {"tone": 7},
            {"tags": frozenset({Sly("t1")})},
            {"tags": frozenset({1})},
            {"body": Sly("Rappel")},
        ],
    )
    def test_an_odd_value_is_what_the_reference_says(self, labels: dict[str, object]) -> None:
        rules = (
            refer("tags", fact("tags").any_of("calm") | fact("tags").none_of("t2", "calm")),
            forbid("body", fact("body").mentions("rappel")),
        )
        quiet = {"tags": frozenset({"t2"}), "body": "Bonjour"}
        same(charter(*CALM.rules, *rules), post(**(quiet | labels)))

    @pytest.mark.parametrize("clock", [UTC, PARIS, timezone(hours(5)), Own()])
    @pytest.mark.parametrize("fold", [0, 1])
    def test_instants_compare_as_their_clocks_have_it(self, clock: tzinfo, fold: int) -> None:
        twice = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
        limits = [twice, twice.replace(fold=1), twice.astimezone(UTC)]
        limits.append(twice.replace(fold=1).astimezone(UTC))
        rules = [permit(f"r{n}", fact("due").below(limit)) for n, limit in enumerate(limits)]
        rules += [permit(f"b{n}", fact("due").between(limit, limit))
                  for n, limit in enumerate(limits)]  # fmt: skip
        of = charter(*rules)
        for minutes in (-61, -60, -1, 0, 1, 60, 61):
            due = (twice + timedelta(minutes=minutes)).astimezone(clock).replace(fold=fold)
            same(of, Act(labels={"due": due}))

    def test_an_operand_of_a_class_of_its_own_is_asked_by_the_reference(self) -> None:
        of = charter(
            permit("word", fact("mood").is_(Sly("x"))),
            permit("count", fact("reach").at_most(Count(2))),
        )
        for mood in ("calm", "sly", "x"):
            same(of, Act(labels={"mood": mood, "reach": 2}))
        assert same(of, Act(labels={"reach": 2})).determining == ("count",)

    def test_a_text_that_cannot_be_read_is_unknown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails() -> object:
            raise MemoryError

        lone = charter(*CALM.rules, permit("there", fact("text").present()))
        indexes = [compiled(CALM), compiled(lone)]
        monkeypatch.setattr(tokens, "_bytes", fails)
        for of, index in zip((CALM, lone), indexes, strict=True):
            ruling = index.rule(post())
            assert ruling == judge(of, Facts(of, post(), Context()))
            assert ruling.determining == ("words",)

    def test_a_context_without_an_author_is_unknown(self) -> None:
        of = charter(permit("boss", fact("author.roles").any_of("boss")))
        around = Context()
        object.__setattr__(around, "author", None)
        assert same(of, Act(), around).outcome is Outcome.EXCEPTION


@pytest.fixture
def _folded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every charter a large one, in blocks of three."""
    for name, size in (("ONE_BLOCK", 0), ("A_BLOCK", 3)):
        monkeypatch.setattr(shelving, name, size)


@pytest.mark.usefixtures("_folded")
class TestLarge:
    """Where items stand for many, the ruling is the same."""

    PERMITS = tuple(
        permit(f"r{n}", fact("mood").is_(f"m{n % 4}") & fact("reach").below(n)) for n in range(12)
    )

    @pytest.mark.parametrize("mood", ["m0", "m3", "m9", None, 7])
    @pytest.mark.parametrize("reach", [0, 4, 9, 20, None])
    def test_permits_in_blocks(self, mood: object, reach: int | None) -> None:
        of = charter(*self.PERMITS)
        act = Act(labels={"mood": mood, "reach": reach})
        same(of, act)
        index = compiled(of)
        assert index.rule(act) == index.rule(act)

    @pytest.mark.parametrize("reach", [0, 3, 9, None])
    def test_rules_that_name_no_value_are_held_against_every_act(self, reach: int | None) -> None:
        loose = [permit(f"l{n}", fact("reach").above(n)) for n in range(9)]
        act = Act(labels={"mood": "m1", "reach": reach})
        same(charter(*self.PERMITS, *loose), act)
        same(charter(*self.PERMITS, *loose, forbid("no", fact("reach").at_most(3))), act)

    @pytest.mark.parametrize("text", ["Rappel", "Bonjour", None])
    def test_permits_that_read_a_text(self, text: str | None) -> None:
        asks = [permit(f"t{n}", fact("text").mentions("rappel") & fact("reach").above(n))
                for n in range(5)]  # fmt: skip
        same(charter(*self.PERMITS, *asks), Act(text=text, labels={"mood": "m1", "reach": 3}))

    @pytest.mark.parametrize("text", ["Rappel", "Bonjour"])
    def test_a_text_that_one_block_reads_and_another_hardly(self, text: str) -> None:
        said = fact("text").mentions("rappel")
        one = [permit(f"a{n}", fact("mood").is_("m1") & said) for n in range(3)]
        two = [permit(f"b{n}", fact("mood").is_("m2")) for n in range(2)]
        for other, mood in product(("m2", "m3"), ("m1", "m2", "m3")):
            of = charter(*one, *two, permit("c", fact("mood").is_(other) & said))
            same(of, Act(text=text, labels={"mood": mood}))

    @pytest.mark.parametrize("hour", [9, 20])
    def test_permits_of_some_hours(self, hour: int) -> None:
        asks = [permit(f"h{n}", fact("at").during("Mon 08:00-10:00") & fact("reach").above(n))
                for n in range(5)]  # fmt: skip
        at = NOON.replace(hour=hour)
        same(charter(*self.PERMITS, *asks), Act(at=at, labels={"mood": "m1", "reach": 3}))

    @pytest.mark.parametrize("reach", [1, 9])
    def test_a_fact_that_costs_more_is_read_only_where_a_rule_still_asks_for_it(
        self, reach: int
    ) -> None:
        slow = fact("mood").is_("m2") & fact("reach").below(3) & fact("lag").below(hours(1))
        of = charter(permit("slow", slow), permit("mood", fact("mood").is_("m2")), *self.PERMITS)
        same(of, Act(labels={"mood": "m2", "reach": reach, "lag": hours(0)}))

    def test_few_permits_beside_many_refer_rules(self) -> None:
        refers = [refer(f"x{n}", fact("mood").is_(f"m{n}")) for n in range(9)]
        of = charter(permit("one", fact("reach").below(5)), *refers)
        for mood in ("m1", "m99", None):
            same(of, Act(labels={"mood": mood, "reach": 1}))

    @pytest.mark.parametrize("tags", [{"t1"}, {"t1", "t2"}, set(), None])
    def test_sets_in_blocks(self, tags: set[str] | None) -> None:
        tests = (
            fact("tags").any_of("t1"), fact("tags").all_of("t1", "t2"), fact("tags").none_of("t2"),
            fact("tags").only("t1"), ~fact("tags").only("t1"), fact("tags").present(wanted=False),
            ~fact("tags").all_of("t1", "t2"), fact("tags").any_of("t2") & fact("tags").any_of("t1"),
        )  # fmt: skip
        same(charter(*(permit(f"r{n}", test) for n, test in enumerate(tests))),
             Act(labels={"tags": tags}))  # fmt: skip


class TestUse:
    """Auditing goes through the index, with the same result whatever the class of the acts."""

    def test_an_audit_of_acts_of_a_class_of_ones_own(self) -> None:
        told = {"tone": "calm", "reach": 3}
        mine = Mine(kind="publish", text="Bonjour", labels=told)
        assert audit(CALM, [mine]) == audit(CALM, [post()])
