"""Questions: what is asked of an act settles it, and where nothing is asked, no label would."""

from itertools import product

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Act, Charter, InvalidError, Label, Rule, decide, fact
from cmcore.charters import Case, Unreadable, all_of, any_of
from cmcore.labellers import agreement, with_labels
from cmcore.labellers.questions import Order, Questions

from .test_calibration import DESK, two_labels

NAMES = ("claim", "promise")
labels = st.dictionaries(st.sampled_from(NAMES), st.booleans())


def decided(charter: Charter, act: Act) -> object:
    found = decide(charter, act, repair=False)
    return found.outcome, found.circuits


@given(two_labels(), labels)
@settings(deadline=None)
def test_an_act_is_settled_where_no_way_to_label_it_changes_what_is_decided(
    charter: Charter, known: dict[str, bool]
) -> None:
    act = Act(text="x", labels=known)
    left = [name for name in NAMES if name not in known]
    ways = set()
    for values in product((None, True, False), repeat=len(left)):
        told = {name: one for name, one in zip(left, values, strict=True) if one is not None}
        ways.add(decided(charter, attrs.evolve(act, labels={**known, **told})))
    assert Questions.of(charter, Order.WORTH).is_settled(Case(act)) is (len(ways) == 1)


@given(two_labels(), labels, st.tuples(st.booleans(), st.booleans()))
@settings(deadline=None)
def test_answering_what_is_asked_settles_an_act_in_as_many_answers_as_labels_matter(
    charter: Charter, known: dict[str, bool], truth: tuple[bool, bool]
) -> None:
    questions = Questions.of(charter, Order.WORTH)
    true = dict(zip(NAMES, truth, strict=True))
    case = Case(Act(text="x", labels=known))
    most = len(questions.wanted(case))
    for _ in range(most):
        question = questions.next_of(case)
        if question is None:
            break
        assert question.label not in case.act.labels
        more = {**case.act.labels, question.label: true[question.label]}
        case = attrs.evolve(case, act=attrs.evolve(case.act, labels=more))
    assert questions.next_of(case) is None


WORDS = ("calm", "angry")
MOODS = {
    "claim": Label("flag"),
    "mood": Label("symbol", values=WORDS),
    "free": Label("symbol"),
}
TESTS = (fact("claim").is_(True), fact("claim").is_(False), fact("mood").is_("calm"),
         fact("mood").one_of(*WORDS), fact("free").is_("x"), fact("free").is_("y"))  # fmt: skip


@st.composite
def moods(draw: st.DrawFn) -> Charter:
    """Return a strategy for charters that ask for a flag, a word of a list, and any word."""
    several = st.lists(st.sampled_from(TESTS), min_size=1, max_size=2)
    conditions = several.map(lambda many: all_of(*many)) | several.map(lambda many: any_of(*many))
    made = []
    for n in range(draw(st.integers(1, 4))):
        when = draw(conditions)
        made.append(draw(st.sampled_from([
            Rule.permit(f"r{n}", when=when, because="It may."),
            Rule.forbid(f"r{n}", when=when, because="It may not."),
            Rule.refer(f"r{n}", to="desk", when=when, because="Somebody looks."),
        ])))  # fmt: skip
    return Charter("moods", labels=MOODS, circuits=[DESK], default="desk", rules=made)


@given(moods(), st.sampled_from([(), ("mood",), ("claim",)]), st.sampled_from(list(Order)))
@settings(deadline=None)
def test_what_is_settled_is_so_whatever_any_label_is_asked_for_or_not(
    charter: Charter, names: tuple[str, ...], order: Order
) -> None:
    each = {"claim": (None, True, False), "mood": (None, *WORDS), "free": (None, "x", "y", "z")}
    ways = {
        decided(charter, Act(labels={label: one for label, one in zip(each, told, strict=True)
                                     if one is not None}))
        for told in product(*each.values())
    }  # fmt: skip
    if Questions.of(charter, order, names).is_settled(Case(Act())):
        assert len(ways) == 1


def test_of_a_label_without_a_list_of_words_an_act_is_not_settled() -> None:
    rule = Rule.forbid("f", when=fact("free").is_("x"), because="It may not.")
    charter = Charter("m", labels=MOODS, circuits=[DESK], default="desk", rules=[rule])
    questions = Questions.of(charter, Order.LOT, ["claim"])
    assert not questions.is_settled(Case(Act()))
    assert questions.is_settled(Case(Act(labels={"free": "y"})))
    assert questions.is_settled(Case(Act(labels={"free": "x"})))


def test_where_there_are_too_many_ways_to_label_an_act_it_is_not_settled() -> None:
    names = [f"l{n}" for n in range(7)]
    rules = [Rule.refer("r", to="desk", when=fact("l0").is_(True), because="Somebody looks.")]
    rules += [Rule.permit("p", when=all_of(*(fact(one).is_(True) for one in names)), because="So.")]
    known = {name: Label("flag") for name in names}
    charter = Charter("w", labels=known, circuits=[DESK], default="desk", rules=rules)
    questions = Questions.of(charter, Order.WORTH)
    assert not questions.is_settled(Case(Act()))
    assert questions.is_settled(Case(Act(labels=dict.fromkeys(names[1:3], True) | {"l0": False})))


def wide(count: int) -> Charter:
    """Return a charter that covers what has none of so many labels."""
    names = [f"l{n}" for n in range(count)]
    when = all_of(*(fact(name).is_(False) for name in names))
    rule = Rule.permit("p", when=when, because="It may.")
    known = {name: Label("flag") for name in names}
    return Charter("wide", labels=known, circuits=[DESK], default="desk", rules=[rule])


def test_where_there_are_too_many_ways_to_label_an_act_any_label_may_matter() -> None:
    questions = Questions.of(wide(7), Order.WORTH)
    assert len(questions.wanted(Case(Act(labels={"l0": True})))) == 6
    assert questions.wanted(Case(Act(labels={"l0": True, "l1": True, "l2": False}))) == []


def test_acts_that_take_fewer_answers_and_stand_for_more_come_first() -> None:
    questions = Questions.of(wide(2), Order.WORTH)
    rows = [Case(Act(id="two")), Case(Act(id="one", labels={"l0": False}))]
    rows += [Case(Act(text="often"))] * 3
    found = [row.act.id or row.act.text for row in questions.ordered(rows)]
    assert found == ["often", "one", "two"]


def test_by_lot_no_order_of_the_rows_counts_and_every_row_comes() -> None:
    questions = Questions.of(wide(1), Order.LOT)
    rows = [Case(Act(id=f"{n}")) for n in range(30)]
    found = questions.ordered(rows)
    assert found == questions.ordered(rows[::-1])
    assert found != rows
    assert sorted(row.act.id or "" for row in found) == sorted(row.act.id or "" for row in rows)


@given(st.lists(labels, max_size=4), st.lists(labels, max_size=4))
def test_labels_are_put_on_the_same_acts_and_none_is_written_over(
    history: list[dict[str, bool]], said: list[dict[str, bool]]
) -> None:
    acts = [Act(id=f"{n}", labels=one) for n, one in enumerate(history)]
    told = [Case(Act(id=f"{n}", labels=one)) for n, one in enumerate(said)]
    pairs = list(zip(history, said, strict=False))
    if any(mine.get(name, yes) is not yes for mine, other in pairs for name, yes in other.items()):
        with pytest.raises(InvalidError, match="said to be"):
            with_labels(acts, told)
        return
    made = with_labels([*acts, Unreadable("line 9")], told)
    assert made[-1] == Unreadable("line 9")
    for number, one in enumerate(made[:-1]):
        assert isinstance(one, Act)
        assert one.labels == {**history[number], **(said[number] if number < len(said) else {})}


def test_what_was_said_to_have_no_value_is_put_on_too_and_no_other_fact() -> None:
    told = [Act(id="a", absent={"claim", "template"})]
    (made,) = with_labels([Case(Act(id="a", template="t"))], told)
    assert isinstance(made, Case)
    assert (made.act.absent, made.act.template) == (frozenset({"claim"}), "t")
    with pytest.raises(InvalidError, match="said to be"):
        with_labels([], [*told, Act(id="a", labels={"claim": True})])


def test_yes_is_no_number() -> None:
    said = [Act(id="q", labels={"o": True}), Act(id="q", labels={"o": 1})]
    for told in (said, said[::-1]):
        with pytest.raises(InvalidError, match="said to be"):
            with_labels([Act(id="q")], told)
    with pytest.raises(InvalidError, match="said to be"):
        with_labels(said[:1], said[1:])


def test_a_fact_that_two_acts_do_not_have_is_no_label_on_which_people_agree() -> None:
    acts = [Act(id="a", absent={"template", "claim"})]
    assert [one.label for one in agreement(acts, acts).labels] == ["claim"]
