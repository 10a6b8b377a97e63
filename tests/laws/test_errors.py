"""Errors: no set of bad rows, failing rules or missing facts turns another outcome into covered."""

from typing import Any, NoReturn

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Label,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    decide,
    fact,
)
from cmcore.base.characters import PLACEHOLDERS
from cmcore.charters import FactType, Unreadable, Vocabulary
from cmcore.charters.conditions.operators import TAKES, Op
from cmcore.charters.history import Case
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies import charters, charters_and_cases, histories, unreadable

Pair = tuple[Charter, Case]
WORDS = Vocabulary(
    {
        "claim": Label("flag"),
        "tone": Label("symbol", {"calm", "angry"}),
        "place": Label("symbol"),
        "themes": Label("symbols"),
        "risk": Label("number"),
        "delay": Label("duration"),
        "aside": Label("text"),
    }
)
#: Charters that read labels, and nothing else.
LABELLED = charters(
    vocabulary=WORDS, facts=tuple(WORDS.labels), min_rules=1, dated=False, scoped=False
)
WORDED_FACTS = ("text", "topics", "network", "links", "hashtags", "mentions", "language")
#: Charters that read texts and words.
WORDED = charters(
    vocabulary=WORDS,
    facts=(*WORDED_FACTS, "text.length", "hosts", "tone", "place", "themes", "aside"),
    min_rules=1,
    max_depth=1,
    dated=False,
    scoped=False,
)
OPEN = Rule.permit("what else", because="Nothing is against it.")
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])


class BrokenError(Exception):
    """What the hostile values raise."""


def _raise(*_: object) -> NoReturn:
    raise BrokenError


class HostileText(str):
    """A text that fails whatever is asked of it."""

    __slots__ = ()
    __eq__ = __ne__ = __lt__ = __contains__ = __len__ = __iter__ = __getitem__ = _raise
    casefold = lower = isascii = replace = strip = _raise
    rsplit = split = _raise  # type: ignore[assignment]
    __hash__ = _raise

    def __str__(self) -> str:
        raise BrokenError


class HostileSet(frozenset[str]):
    """A set that fails whatever is asked of it."""

    __slots__ = ()
    __eq__ = __le__ = __ge__ = __and__ = __or__ = __sub__ = __contains__ = __iter__ = _raise
    isdisjoint = issubset = __len__ = _raise
    __hash__ = _raise


class HostileNumber(int):
    """A number that cannot be compared."""

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __sub__ = _raise
    __hash__ = _raise


PLAIN: dict[FactType, Any] = {
    FactType.TEXT: "rappel",
    FactType.SYMBOL: "product",
    FactType.SYMBOLS: frozenset({"product"}),
    FactType.NUMBER: 3,
}
HOSTILE: dict[FactType, Any] = {
    FactType.TEXT: HostileText("rappel"),
    FactType.SYMBOL: HostileText("product"),
    FactType.SYMBOLS: HostileSet({"product"}),
    FactType.NUMBER: HostileNumber(3),
}


def with_labels(act: Act, labels: dict[str, Any]) -> Act:
    """Return the act with labels as they are given, whatever the noun makes of them."""
    absent = act.absent - labels.keys()
    return attrs.evolve(act, labels={**act.labels, **labels}, absent=absent)


def damaged(data: st.DataObject, act: Act) -> Act:
    """Return the act with each text and word damaged, or replaced by what stands for nothing."""
    mark = data.draw(
        st.sampled_from(["\ufffd", "\ud83d", "\x92", "\xc3\xa9", "\xe2\u20ac\u2122", ""])
    )
    nothing = st.sampled_from(sorted(PLACEHOLDERS)).map(str.upper)

    def one(text: str) -> str:
        if not mark:
            return data.draw(nothing)
        at = data.draw(st.integers(0, len(text)))
        return f"{text[:at]}{mark}{text[at + data.draw(st.integers(0, 1)) :]}"

    def whole(given: Any) -> Any:  # noqa: ANN401 - whatever a fact holds
        if isinstance(given, frozenset):
            return frozenset(map(one, sorted(given)))
        return one(given) if isinstance(given, str) else given

    own = {name: whole(getattr(act, name)) for name in WORDED_FACTS}
    labels = {name: whole(told) for name, told in act.labels.items()}
    return attrs.evolve(act, labels=labels, **own)


class TestErrors:
    """No bad rows, failing rules or missing facts ever turn another outcome into covered."""

    @MANY
    @given(charters_and_cases(LABELLED, unknowns=False), st.data())
    def test_a_label_of_the_wrong_type_never_covers(self, pair: Pair, data: st.DataObject) -> None:
        charter, case = pair
        before = judge(charter, Facts(charter, case.act, case.context)).outcome
        names = (
            data.draw(st.sets(st.sampled_from(sorted(charter.labels)))) if charter.labels else ()
        )
        wrong = {name: data.draw(_misfits(charter.labels[name].type)) for name in names}
        act = with_labels(case.act, wrong)
        after = decide(charter, act, case.context).outcome
        assert after is before or after is Outcome.EXCEPTION

    @MANY
    @given(charters_and_cases(LABELLED, unknowns=False), st.data())
    def test_a_value_that_fails_when_it_is_asked_never_covers(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair
        able = {name: label.type for name, label in charter.labels.items() if label.type in HOSTILE}
        names = data.draw(st.sets(st.sampled_from(sorted(able)))) if able else ()
        plain = with_labels(case.act, {name: PLAIN[able[name]] for name in names})
        before = judge(charter, Facts(charter, plain, case.context)).outcome
        act = with_labels(case.act, {name: HOSTILE[able[name]] for name in names})
        after = judge(charter, Facts(charter, act, case.context)).outcome
        assert after is before or after is Outcome.EXCEPTION

    @MANY
    @given(charters_and_cases(WORDED, unknowns=False), st.data())
    def test_a_text_or_a_word_that_is_damaged_never_covers(
        self, pair: Pair, data: st.DataObject
    ) -> None:
        charter, case = pair[0].with_rule(OPEN), pair[1]
        before = judge(charter, Facts(charter, case.act, case.context)).outcome
        act = damaged(data, case.act)
        after = decide(charter, act, case.context).outcome
        assert after is before or after is Outcome.EXCEPTION

    @MANY
    @given(charters_and_cases(LABELLED, unknowns=False), st.data())
    def test_a_missing_label_never_covers(self, pair: Pair, data: st.DataObject) -> None:
        charter, case = pair
        before = judge(charter, Facts(charter, case.act, case.context)).outcome
        kept = {n: v for n, v in case.act.labels.items() if data.draw(st.booleans())}
        absent = {n for n in case.act.absent if n not in charter.labels or data.draw(st.booleans())}
        act = attrs.evolve(case.act, labels=kept, absent=absent)
        after = judge(charter, Facts(charter, act, case.context)).outcome
        assert after is before or after is Outcome.EXCEPTION

    @MANY
    @given(charters_and_cases(charters(min_rules=1), unknowns=False), st.data())
    def test_an_op_that_fails_never_covers(self, pair: Pair, data: st.DataObject) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        before = judge(charter, facts).outcome
        failing = data.draw(st.sets(st.sampled_from(Op), min_size=1))
        with pytest.MonkeyPatch.context() as patch:
            for kind, senses in TAKES.items():
                broken = {op: attrs.evolve(senses[op], holds=_raise) for op in failing & {*senses}}
                patch.setitem(TAKES, kind, {**senses, **broken})
            after = judge(charter, facts).outcome
        assert after is before or after is Outcome.EXCEPTION

    @given(charters(), st.data())
    def test_unreadable_rows_are_never_covered(self, charter: Charter, data: st.DataObject) -> None:
        history = data.draw(histories(charter))
        rows = data.draw(st.lists(unreadable(), max_size=4))
        sound = audit(charter, iter(history))
        worse = audit(charter, iter([*rows, *history]))
        assert worse.covered == sound.covered
        assert worse.forbidden == sound.forbidden
        assert worse.exceptions == sound.exceptions + len(rows)


def _misfits(kind: FactType) -> st.SearchStrategy[Any]:
    odd: list[Any] = [True, 3, 0.5, "product", frozenset({"event"}), frozenset({1})]
    odd += [b"bytes", object, ("a", "b"), 1 + 2j]
    fits: dict[FactType, type | tuple[type, ...]] = {
        FactType.FLAG: bool,
        FactType.SYMBOL: str,
        FactType.TEXT: str,
        FactType.NUMBER: (int, float),
        FactType.SYMBOLS: (frozenset, tuple),
    }
    return st.sampled_from([one for one in odd if not isinstance(one, fits.get(kind, ()))])


class TestOneForbidRule:
    """Where a forbid rule cannot be told, the act does not go out, and the decision says why."""

    @pytest.mark.parametrize("kind", list(HOSTILE))
    def test_a_forbid_on_a_hostile_value_never_lets_the_act_out(self, kind: FactType) -> None:
        asked = {
            FactType.TEXT: fact("label").mentions("rappel"),
            FactType.SYMBOL: fact("label").is_("product"),
            FactType.SYMBOLS: fact("label").any_of("product"),
            FactType.NUMBER: fact("label").above(2),
        }[kind]
        charter = Charter(
            "c",
            rules=[
                Rule.permit("all", because="Fine."),
                Rule.forbid("never", when=asked, because="No."),
            ],
            circuits=[DESK],
            default="desk",
            labels={"label": Label(kind)},
        )
        decision = decide(charter, Act(labels={"label": HOSTILE[kind]}), Context())
        assert decision.outcome is not Outcome.COVERED
        assert decision.determining == ("never",)
        assert "never" in decision.text()
        assert "`label`" in decision.text()

    def test_rows_that_could_not_be_read_make_no_act_go_out(self) -> None:
        charter = Charter("c", rules=[Rule.permit("all", because="Fine.")],
                          circuits=[DESK], default="desk")  # fmt: skip
        found = audit(charter, [Unreadable("line 1"), Act()])
        assert (found.covered, found.exceptions) == (1, 1)
