"""Uncertainty: what is covered or forbidden stays so whatever the unknown facts turn out to be."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    UNKNOWN,
    Act,
    Approvers,
    Charter,
    Context,
    Label,
    Message,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.charters import ABSENT, Earlier, FactType, Scope, Situation, Term
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import Bad, FactSpec, Log, Reading
from cmcore.charters.conditions.operators import Op
from cmcore.charters.decision import Ruling
from cmcore.charters.history import Case
from cmcore.charters.kinds import SILENT, WITHOUT
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect
from cmcore.strategies import charters, charters_and_cases, durations, instants, tests_, texts

Pair = tuple[Charter, Case]
#: Holds of what is drawn, and returns whether that had anything unknown to turn.
Law = Callable[[Pair, st.DataObject], bool]
LOGS = (
    *("any", "publish", "publish.same_network", "any.same_topic", "publish.same_person"),
    *("react.same_person", "any.same_person", "any.same_link"),
)
#: Facts that read as they do because of something else: the kind, the text, the situation.
DECIDED = (
    ("incident.severity", "incident.open"),
    ("links", "links.count", "hosts", "domains", "hashtags"),
    ("text", "media", "described", "template"),
    ("in_reply_to.author", "target.author"),
    ("recent.react.same_person", "recent.any.same_person"),
)
#: Facts that are unknown at times, but never without a value: no charter asks if there is any.
ALWAYS_THERE = {"incident.open"}
SURE = {Outcome.COVERED, Outcome.FORBIDDEN}
#: Charters that look at the acts before, of which much may be unknown.
BUSY = charters(
    facts=tuple(f"recent.{log}" for log in LOGS), min_rules=1, max_rules=3, max_depth=1, dated=False
)


@st.composite
def nested(draw: st.DrawFn, facts: Sequence[str]) -> Charter:
    """Draw a charter of one rule or two about a few facts, many asking if there is any."""
    rules = []
    for name in ("one", "two")[: draw(st.integers(1, 2))]:
        there = [name for name in facts if name not in ALWAYS_THERE and "recent." not in name]
        asked = st.builds(
            FactTest, st.sampled_from(there or facts), st.just(Op.PRESENT), st.booleans()
        )
        when = draw(asked | tests_(facts=facts) if there else tests_(facts=facts))
        effect = draw(st.sampled_from([Rule.permit, Rule.forbid]))
        rules.append(effect(name, when=when, because="So it is."))
    return Charter("c", rules=rules, circuits=[DESK], default="desk")


DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
OPEN = Rule.permit("what else", because="Nothing is against it.")


def settled(charter: Charter, case: Case) -> Charter:
    """Return the charter without what keeps it from being sure of a case.

    No law here speaks of a rule that cannot tell or refers: of the others, it speaks as before.
    """
    ruling = judged(charter, case)
    while ruling.outcome not in SURE:
        if ruling.determining:
            charter = charter.without_rule(*ruling.determining)
        else:
            rules = [*charter.without_rule(OPEN.id).rules, OPEN]
            charter = attrs.evolve(charter, rules=rules, scope=Scope(), term=Term())
        ruling = judged(charter, case)
    return charter


LOOKING = BUSY | charters(min_rules=1)
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))
#: As few draws as have enough to turn.
ENOUGH = settings(max_examples=max(60, settings().max_examples))
SYMBOLS = st.sampled_from(["product", "event", "recall", "crisis", "Paris", "else"])
BASES: dict[FactType, st.SearchStrategy[Any]] = {
    FactType.FLAG: st.booleans(),
    FactType.SYMBOL: SYMBOLS,
    FactType.SYMBOLS: st.frozensets(SYMBOLS, max_size=3),
    FactType.NUMBER: st.integers(-3, 13) | st.integers(-8, 48).map(lambda n: n / 4),
    FactType.DURATION: durations(timedelta(days=-1)),
    FactType.INSTANT: instants(),
    FactType.TEXT: texts(),
}


def values(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Return a strategy for what an unknown fact may turn out to be: nothing at all, too."""
    if spec.values is None:
        return st.just(ABSENT) | BASES[spec.type]
    known = st.sampled_from(sorted(spec.values))
    whole = known if spec.type is FactType.SYMBOL else st.frozensets(known, max_size=3)
    return st.just(ABSENT) | whole


class Turned(Facts):
    """Facts of which all that is unknown has turned out to be something."""

    __slots__ = ("_data", "_turned")

    def __init__(self, charter: Charter, case: Case, data: st.DataObject) -> None:
        self._data = data
        self._turned: dict[str, Reading] = {}
        super().__init__(charter, case.act, case.context)

    @property
    def has_turned(self) -> bool:
        return bool(self._turned)

    def read(self, name: str) -> Reading:
        reading = super().read(name)
        if reading is not UNKNOWN and not isinstance(reading, Bad | Log):
            return reading
        if name not in self._turned:
            self._turned[name] = self._turn(name, reading)
        return self._turned[name]

    def _turn(self, name: str, reading: Reading) -> Reading:
        spec = self._charter.vocabulary.find(name)
        assert spec is not None
        if spec.type is FactType.LOG:
            return self._log(reading)
        if name == "at":
            return self._data.draw(instants(), name)
        return self._data.draw(values(spec), name)  # type: ignore[no-any-return]

    def _log(self, reading: Reading) -> Log:
        """Return a log whose doubtful acts counted or not, and whose gaps were filled."""
        ago = st.lists(durations(), max_size=3)
        if not isinstance(reading, Log):
            now = self._data.draw(instants(), "now")
            return Log(now, tuple(now - back for back in self._data.draw(ago, "log")))
        counted = [t for t in reading.maybe if self._data.draw(st.booleans(), "counts")]
        filled: list[datetime] = []
        if reading.since is not None:
            filled = [reading.since - back for back in self._data.draw(ago, "before")]
            filled = [t for t in filled if t < reading.since]
        return Log(reading.now, (*reading.sure, *counted, *filled), zone=reading.zone)


def reaching(law: Law, pairs: st.SearchStrategy[Pair], many: settings = MANY) -> None:
    """Hold a law to its draws, of which at least half must have had something to turn."""
    reached: Counter[bool] = Counter()

    @many
    @given(pairs, st.data())
    def held(pair: Pair, data: st.DataObject) -> None:
        reached[law(pair, data)] += 1

    held()
    assert reached[True] >= reached[False], reached


class TestUncertainty:
    """Covered stays covered whatever the unknown facts turn out to be; forbidden, forbidden."""

    def test_no_turn_of_the_unknown_facts_changes_what_is_sure(self) -> None:
        def law(pair: Pair, data: st.DataObject) -> bool:
            charter, case = settled(*pair), pair[1]
            turned = Turned(charter, case, data)
            assert judge(charter, turned).outcome is judged(charter, case).outcome
            return turned.has_turned

        reaching(law, charters_and_cases(LOOKING, ill=True))

    def test_knowing_less_of_an_act_never_makes_sure_of_another_outcome(self) -> None:
        reaching(partly_known(Blank), charters_and_cases(LOOKING, unknowns=False))

    @pytest.mark.parametrize("facts", DECIDED, ids=" ".join)
    def test_what_decides_how_a_fact_reads_is_three_valued_too(self, facts: Sequence[str]) -> None:
        drawn = charters_and_cases(nested(facts), unknowns=False)
        reaching(partly_known(partial(Blank, often=2)), drawn)

    @given(charters_and_cases(charters(min_rules=1)))
    def test_an_act_of_which_nothing_is_known_goes_to_a_circuit_unless_rules_ask_nothing(
        self, pair: Pair
    ) -> None:
        charter, known = settled(pair[0], Case(Act())), pair[1]
        sure = judged(charter, Case(Act())).outcome
        for act in (Act(kind="publish"), Act(text="", labels={}), known.act):
            assert judged(charter, Case(act, known.context)).outcome is sure


def judged(charter: Charter, case: Case) -> Ruling:
    return judge(charter, Facts(charter, case.act, case.context))


def partly_known(blank: Callable[[st.DataObject], "Blank"]) -> Law:
    """Return the law that what is sure of a case of which less is known is so of the whole."""

    def law(pair: Pair, data: st.DataObject) -> bool:
        charter, whole = pair
        less = blank(data).case(whole)
        charter = settled(charter, less)
        assert judged(charter, whole).outcome is judged(charter, less).outcome
        return less != whole

    return law


def asks_no_fewer(charter: Charter, less: Ruling, more: Ruling) -> None:
    """Hold two rulings on one act to the law of circuits, `less` made where less is known.

    Whoever is asked is asked where less is known, too. There is one exception: where it turns out
    that no rule says anything, the default circuit stands in for the circuits of the refer rules
    that might have.
    """
    if more.outcome is Outcome.EXCEPTION:
        assert less.outcome is Outcome.EXCEPTION
        effects = {charter.rule(id_).effect for id_ in less.determining}
        stands_in = not more.determining and effects == {Effect.REFER}
        assert stands_in or set(less.circuits) >= set(more.circuits)


def both(charter: Charter) -> Charter:
    """Return the charter with a first rule that forbids, and a second, if any, that refers."""
    to = charter.circuits[-1].id
    made = [(Effect.FORBID, None), (Effect.REFER, to)]
    rules = [attrs.evolve(rule, effect=effect, to=circuit)
             for rule, (effect, circuit) in zip(charter.rules, made, strict=False)]  # fmt: skip
    return attrs.evolve(charter, rules=[*rules, *charter.rules[2:]])


#: A flag for each rule: which rules are true, false or unknown is as the flags are.
ROWS = Charter(
    "rows",
    rules=[
        Rule.forbid("never", when=fact("a").is_(True), because="Never."),
        Rule.forbid("ever", when=fact("b").is_(True), because="Never ever."),
        Rule.refer("law", to="legal", when=fact("c").is_(True), because="Legal looks."),
        Rule.refer("words", to="press", when=fact("d").is_(True), because="The press desk looks."),
        Rule.permit("daily", when=fact("e").is_(True), because="Everyday posts."),
    ],
    circuits=[attrs.evolve(DESK, id=name) for name in ("desk", "legal", "press")],
    default="desk",
    labels=dict.fromkeys("abcde", Label("flag")),
)
NO, YES = False, True
FLAGS = (None, NO, YES)


def row(*flags: bool | None) -> Ruling:
    known = {name: flag for name, flag in zip("abcde", flags, strict=True) if flag is not None}
    return judged(ROWS, Case(Act(labels=known)))


class TestCircuits:
    """Knowing less never asks fewer people."""

    def test_nobody_is_asked_who_was_not_asked_while_less_was_known(self) -> None:
        def law(pair: Pair, data: st.DataObject) -> bool:
            charter, whole = pair
            less = Blank(data, often=2).case(whole)
            asks_no_fewer(charter, judged(charter, less), judged(charter, whole))
            return less != whole

        drawn = charters(min_rules=2, max_rules=3).map(both)
        reaching(law, charters_and_cases(drawn), ENOUGH)

    def test_no_row_of_the_table_asks_fewer_where_less_is_known(self) -> None:
        for more in product(FLAGS, repeat=5):
            whole = row(*more)
            for place, flag in enumerate(more):
                if flag is not None:
                    less = row(*more[:place], None, *more[place + 1 :])
                    asks_no_fewer(ROWS, less, whole)

    @pytest.mark.parametrize("flag", FLAGS)
    def test_no_rule_that_forbids_or_refers_takes_a_circuit_away(self, flag: bool | None) -> None:  # noqa: FBT001 - a flag of the act
        for others in product(FLAGS, repeat=4):
            for place in range(4):
                one_more = row(*others[:place], flag, *others[place:])
                without = row(*others[:place], NO, *others[place:])
                if one_more.outcome is not Outcome.FORBIDDEN:
                    named = set(without.circuits if without.determining else ())
                    assert named <= set(one_more.circuits)

    def test_who_a_rule_sends_an_act_to_is_asked_although_another_may_forbid_it(self) -> None:
        decision = decide(ROWS, Act(labels={"b": False, "c": True, "e": True}), repair=False)
        assert (
            decision.text()
            == """\
exception → desk and legal and press
  refer   law    `c` is yes — Legal looks.
  forbid  never  cannot tell whether `never` forbids this: `a` unknown — Never.
  refer   words  cannot tell whether `words` refers this: `d` unknown — The press desk looks.
  (rows, version 1)"""
        )
        assert (
            decision.text("fr")
            == """\
exception → desk et legal et press
  renvoie   law    `c` vaut oui — Legal looks.
  interdit  never  impossible de dire si `never` l’interdit\xa0: `a` inconnu — Never.
  renvoie   words  impossible de dire si `words` renvoie cet acte à un circuit\xa0: `d` inconnu \
— The press desk looks.
  (rows, version 1)"""
        )


class Blank:
    """Forgets parts of what is known, never putting anything else in their place."""

    def __init__(self, data: st.DataObject, often: int = 4) -> None:
        self.data = data
        self.often = often

    def forgets(self) -> bool:
        return self.data.draw(st.integers(1, self.often)) == self.often

    def case(self, case: Case) -> Case:
        if self.forgets():
            act = attrs.evolve(self.act(case.act), at=None)
            return Case(act, attrs.evolve(self.context(case.context), at=None))
        return Case(self.act(case.act), self.context(case.context))

    def act(self, act: Act) -> Act:
        """Forget facts of an act; what is read from its text only goes with the text."""
        gone = {name for name in _OWN if self.forgets()}
        kept_text = act.text is not None and "text" not in gone
        gone -= _FROM_TEXT if kept_text or "text" in act.absent else set()
        gone -= {n for n, kinds in WITHOUT.items() if "kind" not in gone and act.kind in kinds}
        kept = {n: v for n, v in act.labels.items() if not self.forgets()}
        absent = {n for n in act.absent - {"in_reply_to", "target"} - gone if not self.forgets()}
        kind = None if "kind" in gone else act.kind
        messages = {
            "in_reply_to": self.message(act.in_reply_to, free=kind not in WITHOUT["in_reply_to"]),
            "target": self.message(act.target, free=kind not in WITHOUT["target"]),
        }
        absent |= act.absent & {"in_reply_to", "target"}
        forgotten: dict[str, Any] = {**messages, **dict.fromkeys(gone)}
        return attrs.evolve(act, labels=kept, absent=absent, **forgotten)

    def message(self, message: Message | None, *, free: bool) -> Message | None:
        if message is None or (free and self.forgets()):
            return None
        gone = {f.name for f in attrs.fields(Message) if f.name != "absent" and self.forgets()}
        absent = {name for name in message.absent if not self.forgets()}
        forgotten: dict[str, Any] = dict.fromkeys(gone)
        return attrs.evolve(message, absent=absent, **forgotten)

    def context(self, context: Context) -> Context:
        gone = {n for n in ("roles", "seniority", "contract", "trained_in") if self.forgets()}
        forgotten: dict[str, Any] = dict.fromkeys(gone)
        severity = None if self.forgets() else context.incident.severity
        is_open = None if self.forgets() else context.incident.open
        return attrs.evolve(
            context,
            author=attrs.evolve(context.author, **forgotten),
            incident=attrs.evolve(context.incident, open=is_open, severity=severity),
            earlier=self.earlier(context.earlier),
            holidays=None if self.forgets() else context.holidays,
            events={n: at for n, at in context.events.items() if not self.forgets()},
        )

    def earlier(self, earlier: Earlier | None) -> Earlier | None:
        if earlier is None or self.forgets():
            return None
        acts = [self.act(act) for act in earlier.acts]
        acts = [attrs.evolve(act, at=None) if self.forgets() else act for act in acts]
        if not self.forgets() or earlier.since is not None:
            return Earlier(acts, earlier.since)
        since = self.data.draw(instants())
        return Earlier([a for a in acts if a.at is None or a.at >= since], since)


_FROM_TEXT = {"links", "hashtags", "mentions"}
_OWN = (
    *("kind", "network", "account", "author", "language", "topics", "text", "links", "hashtags"),
    *("mentions", "media", "described", "paid", "scheduled", "template"),
)


class TestWhatDecides:
    """What decides which facts are read, and how, is itself three-valued."""

    def judged(self, rule: Rule, act: Act, context: Context | None = None) -> Outcome:
        others = [] if rule.effect is Effect.PERMIT else [OPEN]
        charter = Charter("c", rules=[rule, *others], circuits=[DESK], default="desk")
        return judged(charter, Case(act, context or Context())).outcome

    def test_a_severity_is_not_known_while_it_is_not_known_whether_an_incident_is_open(
        self,
    ) -> None:
        low = Rule.permit("low", when=fact("incident.severity").is_("low"), because="Calm.")
        found = {
            is_open: self.judged(low, Act(), Context(incident=Situation(is_open, "low")))
            for is_open in (None, False, True)
        }
        assert found == {
            None: Outcome.EXCEPTION,
            False: Outcome.EXCEPTION,
            True: Outcome.COVERED,
        }

    @pytest.mark.parametrize("kind", [None, *sorted(SILENT), "publish"])
    def test_links_are_read_in_the_text_of_any_kind_of_act(self, kind: str | None) -> None:
        spam = Rule.forbid("spam", when=fact("hosts").any_of("spam.example"), because="No.")
        none = Rule.forbid("none", when=~fact("links").present(), because="Link it.")
        act = Act(kind=kind, text="see https://spam.example/a")
        assert self.judged(spam, act) is Outcome.FORBIDDEN
        assert self.judged(none, act) is Outcome.COVERED

    def test_whom_a_reaction_is_to_is_not_known_while_it_may_answer_somebody_else(self) -> None:
        at = datetime(2026, 3, 27, 8, tzinfo=UTC)
        once = fact("recent.react.same_person").fewer_than(1, within=timedelta(hours=1))
        rule = Rule.permit("once", when=once, because="Enough.")
        ana, bo = Message(author="ana"), Message(author="bo")
        before = Act(kind="react", at=at, in_reply_to=ana, absent={"target"})
        around = Context(earlier=Earlier([before]))
        to_bo = Act(kind="react", at=at, target=bo)
        assert self.judged(rule, to_bo, around) is Outcome.EXCEPTION
        assert self.judged(rule, attrs.evolve(to_bo, in_reply_to=ana), around) is Outcome.EXCEPTION
        alone = attrs.evolve(to_bo, absent={"in_reply_to"})
        assert self.judged(rule, alone, around) is Outcome.COVERED
