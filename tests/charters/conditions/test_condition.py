import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from cmcore.base.errors import InvalidError
from cmcore.base.language import THINGS
from cmcore.base.synonyms import ASKED, CONTRARY
from cmcore.charters.conditions.condition import (
    ALWAYS,
    DEEPEST,
    NEVER,
    All,
    AnyOf,
    AtLeast,
    Condition,
    FactTest,
    Not,
    all_of,
    any_of,
    at_least,
    op_problem,
    require_condition,
    threshold,
)
from cmcore.charters.conditions.condition import tests as each_test
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.conditions.fit import check, problems
from cmcore.charters.conditions.fit import fit_problems as problems_of
from cmcore.charters.conditions.operands import Hours, Operand, Quiet, Range, Rate
from cmcore.charters.conditions.operators import PATTERNED, TAKES, Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.strategies import conditions
from cmcore.text.words import WordList
from cmcore.time.week import Week

from ...counted import steps

HOUR = timedelta(hours=1)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
A, B, C = (fact(name).is_(True) for name in ("a", "b", "c"))
#: A label of every type but logs, named after it, and a log.
WORDS = Vocabulary(
    {
        **{f"my_{kind}": Label(kind) for kind in FactType if kind is not FactType.LOG},
        "tone": Label(FactType.SYMBOL, {"calm", "angry"}),
        "moods": Label(FactType.SYMBOLS, {"calm", "angry"}),
    }
)
NAMES = {kind: f"my_{kind}" for kind in FactType} | {FactType.LOG: "recent.any"}


# -------------------------------------------------------------------------------------- operands

SCALARS: dict[FactType, tuple[Any, Any]] = {
    FactType.NUMBER: (1, 2.5),
    FactType.DURATION: (HOUR, 2 * HOUR),
    FactType.INSTANT: (NOW, NOW + HOUR),
}
WORD_SETS = [frozenset({"a"}), frozenset({"a", "b"})]
#: What is of no use to any op but the one it is for.
EVERYTHING: list[Any] = [
    True,
    "word",
    "",
    frozenset({"a"}),
    frozenset(),
    3,
    2.5,
    HOUR,
    NOW,
    Range(1, 2),
    Range(2, 1),
    Range(HOUR, 2 * HOUR),
    Range(2 * HOUR, HOUR),
    Range(NOW, NOW + HOUR),
    Range(1, HOUR),
    Rate(3, HOUR),
    Quiet(HOUR),
    Hours("Mon"),
    WordList(("a",)),
    WordList(()),
]


BY_OP: dict[Op, list[Any]] = {
    Op.PRESENT: [True, False],
    Op.MENTIONS: [WordList(("a",), ("b",))],
    Op.MATCHES: ["a+"],
    Op.ALL_MATCH: ["a+"],
    Op.DURING: [Hours("Mon-Fri", "Europe/Paris")],
}


def good(kind: FactType, op: Op) -> list[Any]:
    """List what `op` takes of a fact of type `kind`."""
    if op in BY_OP:
        return BY_OP[op]
    if kind is FactType.FLAG:
        return BY_OP[Op.PRESENT]
    if kind is FactType.LOG:
        return [Rate(1, HOUR), *([Quiet(HOUR)] if op is Op.AT_LEAST else [])]
    if kind in SCALARS:
        low, high = SCALARS[kind]
        return [Range(low, high), Range(low, low)] if op is Op.BETWEEN else [low, high]
    return ["word"] if op is Op.IS else WORD_SETS


PAIRS = [(kind, op) for kind, ops in TAKES.items() for op in ops]


@pytest.mark.parametrize(("kind", "op"), PAIRS)
def test_an_op_takes_what_is_due(kind: FactType, op: Op) -> None:
    for operand in good(kind, op):
        assert list(problems_of(FactTest(NAMES[kind], op, operand), WORDS)) == []


@pytest.mark.parametrize(("kind", "op"), PAIRS)
def test_an_op_takes_nothing_else_and_says_where(kind: FactType, op: Op) -> None:
    same_type = {type(operand) for operand in good(kind, op)}
    for operand in EVERYTHING:
        if type(operand) in same_type or (type(operand) in {int, float} and same_type & {int}):
            continue
        if op in PATTERNED and isinstance(operand, str):
            continue
        (problem,) = problems_of(FactTest(NAMES[kind], op, operand), WORDS)
        assert problem.path == (NAMES[kind], str(op))
        taken, _ = THINGS[TAKES[kind][op].operand].name
        assert f"for `{NAMES[kind]}`, `{op}` takes {taken}, not `" in problem.message


@pytest.mark.parametrize(
    ("name", "op", "operand"),
    [
        ("my_symbol", Op.IS, ""),
        ("my_symbol", Op.ONE_OF, frozenset()),
        ("my_symbols", Op.ANY_OF, frozenset()),
        ("my_number", Op.IS, True),
        ("my_number", Op.BETWEEN, Range(2, 1)),
        ("my_number", Op.BETWEEN, Range(1, HOUR)),
        ("my_number", Op.BETWEEN, Range(HOUR, 1)),
        ("my_duration", Op.BETWEEN, Range(2 * HOUR, HOUR)),
        ("my_instant", Op.BETWEEN, Range(NOW + HOUR, NOW)),
        ("my_text", Op.MENTIONS, WordList(())),
        ("my_text", Op.MENTIONS, WordList((), ("a",))),
        ("recent.any", Op.MORE_THAN, Quiet(HOUR)),
    ],
)
def test_an_operand_of_the_right_type_may_still_make_no_sense(
    name: str, op: Op, operand: Operand
) -> None:
    (problem,) = problems_of(FactTest(name, op, operand), WORDS)
    assert problem.path == (name, str(op))


@pytest.mark.parametrize(
    "operand", [frozenset({1}), NOW.replace(tzinfo=None), None, ["a"], Week.always(), object()]
)
def test_what_no_op_can_take_is_refused_when_the_test_is_made(
    operand: Any,  # noqa: ANN401 - of any kind
) -> None:
    with pytest.raises(InvalidError) as caught:
        FactTest("my_symbols", Op.ONLY, operand)
    assert [problem.path[0] for problem in caught.value.problems] == ["operand"]


@pytest.mark.parametrize("kind", FactType)
def test_an_op_of_another_type_is_refused_in_words(kind: FactType) -> None:
    for op in set(Op) - TAKES[kind].keys():
        (problem,) = problems_of(FactTest(NAMES[kind], op, operand=True), WORDS)
        assert problem.path == (NAMES[kind], str(op))
        assert problem.message.endswith(f" cannot be asked `{op}`")
        assert problem.message.startswith(("a ", "an ", "text "))
        assert "symbol" not in problem.message
        assert problem.hint


def test_a_refused_op_is_told_with_the_nearest_or_all() -> None:
    (near,) = problems_of(FactTest("my_symbols", Op.ONE_OF, WORD_SETS[0]), WORDS)
    assert near.message == "a set of words cannot be asked `one of`"
    assert near.hint == "did you mean `any of`?"
    (far,) = problems_of(FactTest("my_flag", Op.MENTIONS, WordList(("a",))), WORDS)
    assert far.message == "a flag cannot be asked `mentions`"
    assert far.hint == "one of `is`, `present`"


@pytest.mark.parametrize(
    ("kind", "word", "meant"),
    [
        (FactType.NUMBER, "max", "at most"),
        (FactType.NUMBER, "More than", "above"),
        (FactType.LOG, "over", "more than"),
        (FactType.LOG, "less than", "fewer than"),
        (FactType.INSTANT, "before", "below"),
        (FactType.INSTANT, "after", "above"),
        (FactType.INSTANT, "on", "during"),
        (FactType.DURATION, "longer than", "above"),
        (FactType.SYMBOL, "is not", "none of"),
        (FactType.SYMBOLS, "not", "none of"),
        (FactType.SYMBOLS, "contains", "any of"),
        (FactType.TEXT, "contains", "mentions"),
        (FactType.FLAG, "equals", "is"),
    ],
)
def test_what_people_call_a_question_is_that_of_the_type(
    kind: FactType, word: str, meant: str
) -> None:
    spec = WORDS.find(NAMES[kind])
    assert spec
    assert op_problem(spec, word).hint == f"did you mean `{meant}`?"


@pytest.mark.parametrize("kind", FactType)
def test_no_hint_says_the_contrary_and_no_word_means_two_questions(kind: FactType) -> None:
    spec = WORDS.find(NAMES[kind])
    assert spec
    known = {str(op) for op in TAKES[kind]}
    for word, ops in ASKED.items():
        assert word not in ops
        assert len(known.intersection(ops)) <= 1
    for word in CONTRARY:
        assert "did you mean" not in str(op_problem(spec, word).hint)


def test_a_fact_that_is_not_there_is_refused_once() -> None:
    (problem,) = problems_of(fact("tpoics").is_(True), WORDS)
    assert (problem.path, problem.hint) == (("tpoics",), "did you mean `topics`?")


@pytest.mark.parametrize(
    ("name", "op", "operand", "wrong"),
    [
        ("tone", Op.IS, "clam", ["clam"]),
        ("tone", Op.ONE_OF, frozenset({"clam", "calm", "bold"}), ["bold", "clam"]),
        ("moods", Op.ANY_OF, frozenset({"clam"}), ["clam"]),
        ("kind", Op.IS, "publsh", ["publsh"]),
    ],
)
def test_a_closed_fact_has_no_other_value(
    name: str, op: Op, operand: Operand, wrong: list[str]
) -> None:
    found = list(problems_of(FactTest(name, op, operand), WORDS))
    assert [p.message for p in found] == [f"`{name}` is never `{word}`" for word in wrong]
    assert all(p.path == (name, str(op)) for p in found)


def test_a_closed_value_is_told_with_the_nearest_or_all() -> None:
    near, far = (next(problems_of(FactTest("tone", Op.IS, w), WORDS)) for w in ("clam", "zzz"))
    assert near.hint == "did you mean `calm`?"
    assert far.hint == "one of `angry`, `calm`"


def test_presence_and_patterns_do_not_name_a_value() -> None:
    assert list(problems_of(fact("tone").present(), WORDS)) == []
    assert list(problems_of(FactTest("tone", Op.MATCHES, "c.lm"), WORDS)) == []


def test_all_problems_are_told_in_order() -> None:
    condition = ~(fact("nope").is_(True) | fact("tone").is_("clam")) & at_least(
        1, fact("no").is_(1)
    )
    with pytest.raises(InvalidError) as caught:
        check(condition, WORDS)
    assert caught.value.problems == tuple(problems(condition, WORDS))
    assert len(caught.value.problems) == 3
    check(fact("tone").is_("calm"), WORDS)


# --------------------------------------------------------------------------------------- operands


@pytest.mark.parametrize(
    "make",
    [lambda: Rate(-1, HOUR), lambda: Rate(1, 0 * HOUR), lambda: Quiet(-HOUR)],
    ids=["count", "window", "quiet"],
)
def test_a_window_that_makes_no_sense_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(InvalidError) as caught:
        make()
    assert caught.value.problems[0].hint


def test_hours_read_a_week_and_check_their_zone() -> None:
    assert Hours("Mon-Fri") == Hours(Week.parse("Mon-Fri"))
    assert Hours("Mon", "Europe/Paris").zone == "Europe/Paris"
    with pytest.raises(InvalidError, match="not a known time zone"):
        Hours("Mon", "Mars")


def test_a_pattern_is_checked_at_once() -> None:
    with pytest.raises(InvalidError):
        FactTest("text", Op.MATCHES, "(")


def test_an_op_is_read_from_its_word() -> None:
    assert FactTest("a", "at least", 3).op is Op.AT_LEAST
    with pytest.raises(ValueError, match="nope"):
        FactTest("a", "nope", 3)


def test_hashtags_handles_and_sites_are_compared_as_networks_do() -> None:
    assert fact("hashtags").any_of("Été") == fact("hashtags").any_of("été")
    assert fact("hosts").any_of("WWW.Acme.org") == fact("hosts").any_of("acme.org")
    assert fact("topics").any_of("Été") == fact("topics").any_of("été")


# ------------------------------------------------------------------------------------------ shape

trees = conditions(max_depth=2)


@given(trees, trees)
def test_and_makes_an_all_of_both(one: Condition, other: Condition) -> None:
    made = one & other
    assert isinstance(made, All)
    parts = [p for c in (one, other) for p in (c.of if isinstance(c, All) else (c,))]
    assert len(made.of) == len(parts)
    assert set(made.of) == set(parts)
    assert not any(isinstance(part, All) for part in made.of if part not in parts)


@given(trees, trees)
def test_or_makes_an_any_of_both(one: Condition, other: Condition) -> None:
    made = one | other
    assert isinstance(made, AnyOf)
    parts = [p for c in (one, other) for p in (c.of if isinstance(c, AnyOf) else (c,))]
    assert len(made.of) == len(parts)
    assert set(made.of) == set(parts)


@given(trees, trees, trees)
def test_joining_does_not_depend_on_the_brackets(
    one: Condition, other: Condition, third: Condition
) -> None:
    assert (one & other) & third == one & (other & third)
    assert (one | other) | third == one | (other | third)


@given(trees)
def test_turning_adds_a_not_or_takes_it_away(one: Condition) -> None:
    assert ~one == (one.of if isinstance(one, Not) else Not(one))
    assert isinstance(one, Not) or ~~one == one


@given(trees)
def test_a_condition_is_a_value(one: Condition) -> None:
    again = pickle.loads(pickle.dumps(one))  # noqa: S301 - what we pickled ourselves
    assert again == one
    assert hash(again) == hash(one)
    assert again.depth == one.depth


@given(trees)
def test_the_tests_of_a_condition_are_those_of_its_parts(one: Condition) -> None:
    found = list(each_test(one))
    match one:
        case FactTest():
            assert found == [one]
        case Not():
            assert found == list(each_test(one.of))
        case _:
            assert found == [test for part in one.of for test in each_test(part)]
    assert all(isinstance(test, FactTest) for test in found)


@given(trees)
def test_a_condition_is_one_deeper_than_its_parts(one: Condition) -> None:
    match one:
        case FactTest():
            assert one.depth == 1
        case Not():
            assert one.depth == 1 + one.of.depth
        case _:
            assert one.depth == 1 + max((part.depth for part in one.of), default=0)


def test_tests_come_first_in_order_of_their_facts() -> None:
    assert (B & A) == (A & B)
    assert All((Not(C), B, A)).of == (A, B, Not(C))
    assert AtLeast(1, (B, A)) == AtLeast(1, (A, B))


def test_functions_say_the_same_as_operators() -> None:
    assert all_of(A, B) == A & B
    assert any_of(A, B) == A | B
    assert at_least(2, A, B, C) == AtLeast(2, (A, B, C))
    assert all_of() == ALWAYS
    assert any_of() == NEVER


def test_a_join_says_how_many_of_its_parts_it_needs() -> None:
    assert threshold(A & B) == (2, (A, B))
    assert threshold(A | B) == (1, (A, B))
    assert threshold(at_least(2, A, B, C)) == (2, (A, B, C))
    assert threshold(ALWAYS) == (0, ())
    assert threshold(NEVER) == (1, ())


@pytest.mark.parametrize(
    ("count", "parts", "hint"),
    [
        (0, (A, B), "ask for 1 to 2"),
        (3, (A, B), "ask for 1 to 2"),
        (1, (), "list the conditions under `of`"),
    ],
)
def test_at_least_counts_within_its_parts(
    count: int, parts: tuple[Condition, ...], hint: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        AtLeast(count, parts)
    (problem,) = caught.value.problems
    assert problem.message == f"at least {count} of {len(parts)} makes no sense"
    assert problem.hint == hint


@pytest.mark.parametrize(
    "deeper",
    [Not, lambda c: All((c,)), lambda c: AnyOf((c, A)), lambda c: AtLeast(1, (c,))],
    ids=["not", "all", "any", "at least"],
)
def test_nesting_has_a_limit(deeper: Callable[[Condition], Condition]) -> None:
    deepest: Condition = A
    for _ in range(DEEPEST - 1):
        deepest = deeper(deepest)
    assert deepest.depth == DEEPEST
    with pytest.raises(InvalidError) as caught:
        deeper(deepest)
    (problem,) = caught.value.problems
    assert problem.message == f"the condition is nested more than {DEEPEST} deep"
    assert problem.hint == "split the rule"


@pytest.mark.parametrize(
    "make",
    [
        lambda: require_condition(fact("topics")),
        lambda: All((fact("topics"),)),  # type: ignore[arg-type]
        lambda: AnyOf(("topics",)),  # type: ignore[arg-type]
        lambda: Not(True),  # type: ignore[arg-type]  # noqa: FBT003
        lambda: AtLeast(1, (None,)),  # type: ignore[arg-type]
        lambda: A & fact("topics"),  # type: ignore[operator]
    ],
    ids=["itself", "all", "any", "not", "at least", "and"],
)
def test_a_condition_is_made_of_conditions(make: Callable[[], object]) -> None:
    with pytest.raises(InvalidError) as caught:
        make()
    (problem,) = caught.value.problems
    assert problem.code in {"wrong-value", "foreign-type"}
    assert problem.params["wanted"] == "condition"
    assert problem.hint == 'ask something of a fact, as in `fact("topics").any_of("event")`'


def test_what_checking_a_list_costs_grows_as_it_does() -> None:
    def checked(count: int) -> int:
        entries, exceptions = (
            [f"{word}{n}*" for n in range(count)] for word in ("mot", "petit mot")
        )
        test = FactTest("text", Op.MENTIONS, WordList(entries, exceptions))
        return steps(lambda: list(problems_of(test, Vocabulary())))

    checked(1)
    assert checked(400) < 2.2 * checked(200)
