"""Uncertainty: what is covered or forbidden stays so whatever the unknown facts turn out to be."""

from datetime import datetime, timedelta
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import ABSENT, UNKNOWN, Act, Charter, Context, Earlier, FactType, Message, Outcome
from cmcore.nouns.decision import Ruling
from cmcore.nouns.facts import Bad, FactSpec, Log, Reading
from cmcore.nouns.history import Case
from cmcore.policy.deciding.meaning import judge
from cmcore.policy.deciding.observing import ANSWERING, CONTENT, SILENT, TARGETING, Facts
from cmcore.strategies import charters, charters_and_cases, durations, instants, texts

Pair = tuple[Charter, Case]
LOGS = ("any", "publish", "publish.same_network", "any.same_topic", "publish.same_person")
SURE = {Outcome.COVERED, Outcome.FORBIDDEN}
#: Charters that look at the acts before, of which much may be unknown.
BUSY = charters(
    facts=tuple(f"recent.{log}" for log in LOGS), min_rules=1, max_rules=3, max_depth=1, dated=False
)
MANY = settings(max_examples=min(5 * settings().max_examples, 20_000))
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
        return Log(reading.now, (*reading.sure, *counted, *filled))


class TestUncertainty:
    """Covered stays covered whatever the unknown facts turn out to be; forbidden, forbidden."""

    @MANY
    @given(charters_and_cases(st.one_of(charters(), BUSY), ill=True), st.data())
    def test_no_turn_of_the_unknown_facts_changes_what_is_sure(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        before = judge(charter, Facts(charter, case.act, case.context))
        if before.outcome in SURE:
            after = judge(charter, Turned(charter, case, data))
            assert after.outcome is before.outcome

    @MANY
    @given(charters_and_cases(st.one_of(charters(), BUSY), unknowns=False), st.data())
    def test_knowing_less_of_an_act_never_makes_sure_of_another_outcome(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        whole = judged(charter, case)
        partial = judged(charter, Blank(data).case(case))
        if partial.outcome in SURE:
            assert whole.outcome is partial.outcome

    @given(charters_and_cases(charters(min_rules=1)))
    def test_an_act_of_which_nothing_is_known_goes_to_a_circuit_unless_rules_ask_nothing(
        self, pair: Pair
    ) -> None:
        charter, _ = pair
        blank = judged(charter, Case(Act()))
        for act in (Act(kind="publish"), Act(text="", labels={}), pair[1].act):
            if blank.outcome in SURE:
                assert judged(charter, Case(act, pair[1].context)).outcome is blank.outcome


def judged(charter: Charter, case: Case) -> Ruling:
    return judge(charter, Facts(charter, case.act, case.context))


class Blank:
    """Forgets parts of what is known, never putting anything else in their place."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def forgets(self) -> bool:
        return self.data.draw(st.integers(0, 3)) == 3

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
        gone -= set() if "kind" in gone or act.kind not in SILENT else CONTENT
        kept = {n: v for n, v in act.labels.items() if not self.forgets()}
        absent = {n for n in act.absent - {"in_reply_to", "target"} - gone if not self.forgets()}
        kind = None if "kind" in gone else act.kind
        messages = {
            "in_reply_to": self.message(act.in_reply_to, free=kind is None or kind in ANSWERING),
            "target": self.message(act.target, free=kind is None or kind in TARGETING),
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
