"""What random frames seldom meet: wide rules, many of them, clocks that change, ends of time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    InvalidError,
    Label,
    Message,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    days,
    fact,
    hours,
)
from cmcore.charters import (
    Author,
    Earlier,
    FactTest,
    Op,
    Scope,
    Situation,
    Term,
    Volume,
    all_of,
    any_of,
    at_least,
)
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.frames import audit_frame, decide_frame, program, tally_frame

LETTERS = "abcdefghijkl"
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])
OTHER = ValidationCircuit("other", [Stage(Approvers("role", {"manager"}))])


def charter(*rules: Rule, **options: Any) -> Charter:  # noqa: ANN401 - of any type
    labels = {**{f"l{c}": Label("flag") for c in LETTERS}, "reach": Label("number"),
              "about": Label("symbols")}  # fmt: skip
    kept = {"circuits": [DESK, OTHER], "default": "desk", "labels": labels, "events": {"launch"}}
    return Charter("corners", rules=rules, **(kept | options))


def rulings(made: Charter, table: pa.Table, **options: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
    decided = decide_frame(made, table, **options)
    columns = [decided[name].to_pylist() for name in ("outcome", "circuits", "rules")]
    return [(one, tuple(two), tuple(three)) for one, two, three in zip(*columns, strict=True)]


def ruled(made: Charter, act: Act, context: Context | None = None) -> tuple[Any, ...]:
    found = judge(made, Facts(made, act, context or Context()))
    return str(found.outcome), found.circuits, found.determining


def test_a_part_too_wide_to_be_taken_apart_is_asked_whole() -> None:
    flags = [fact(f"l{c}").is_(True) for c in LETTERS]
    wide = at_least(6, *flags)
    made = charter(
        Rule.refer("wide", to="desk", when=wide, because="Many."),
        Rule.permit("few", when=~wide & any_of(*flags), because="Few."),
    )
    draw = Random(1)  # noqa: S311 - no secret
    rows = [{f"l{c}": draw.choice([True, False, None]) for c in LETTERS} for _ in range(60)]
    acts = [Act(labels={k: v for k, v in row.items() if v is not None}) for row in rows]
    table = pa.Table.from_pylist(rows)
    assert rulings(made, table, explain=True) == [ruled(made, act) for act in acts]
    assert tally_frame(made, table).wanting


def test_many_rules_and_many_circuits_stand_in_several_words() -> None:
    circuits = [ValidationCircuit(f"c{n}", DESK.stages) for n in range(70)]
    rules = [
        Rule.refer(f"r{n}", to=f"c{n % 70}", when=fact("reach").above(n), because="Far.")
        for n in range(0, 300, 2)
    ]
    made = charter(*rules, circuits=circuits, default="c0")
    numbers = [-1, 0, 7, 80, 10**6, None]
    expected = [ruled(made, Act(labels={} if n is None else {"reach": n})) for n in numbers]
    assert rulings(made, pa.table({"reach": numbers})) == expected


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint64(), pa.float32(), pa.float64()])
def test_limits_beyond_what_a_column_holds_are_no_trouble(kind: pa.DataType) -> None:
    limits = [1e300, -1e300, 2.0**63, 2**53 + 1, 10**18 - 1, 1.5, -0.5, 100]
    rules = [Rule.refer(f"r{n}", to="desk", when=fact("reach").below(limit), because="?")
             for n, limit in enumerate(limits)]  # fmt: skip
    made = charter(*rules)
    numbers = pa.array([0, 1, 2, 100, 127, None], kind)
    acts = [Act(labels={} if n is None else {"reach": n}) for n in numbers.to_pylist()]
    assert rulings(made, pa.table({"reach": numbers})) == [ruled(made, act) for act in acts]


def test_the_clock_of_the_zone_is_asked_where_it_changes() -> None:
    hours = [fact("local.hour").between(n, n) for n in range(24)]
    rules = [Rule.refer(f"h{n}", to="desk", when=hour, because="?") for n, hour in enumerate(hours)]
    days = [fact("local.weekday").is_(day) for day in ("mon", "sun")]
    rules += [Rule.forbid(f"d{n}", when=day, because="?") for n, day in enumerate(days)]
    week = fact("at").during("Sun 01:30-02:30", zone="Europe/Paris")
    holiday = Rule.permit("off", when=fact("holiday").is_(True), because="?")
    made = charter(*rules, Rule.refer("w", to="other", when=week, because="?"), holiday,
                   zone="Europe/Paris")  # fmt: skip
    spring = datetime(2026, 3, 29, 0, 40, tzinfo=UTC)
    autumn = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    ends = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    moments = [start + timedelta(minutes=10 * n) for start in (spring, autumn) for n in range(12)]
    moments += [*ends, datetime(1900, 1, 1, 3, tzinfo=UTC)]
    table = pa.table({"at": pa.array([*moments, None], pa.timestamp("us", "UTC")),
                      "holiday": [True] * 28})  # fmt: skip
    contexts = []
    for at in moments:
        facts = Facts(made, Act(at=at), Context())
        contexts.append(Context(holidays=None if facts.day is None else [facts.day]))
    expected = [ruled(made, Act(at=at), c) for at, c in zip(moments, contexts, strict=True)]
    assert rulings(made, table) == [*expected, ruled(made, Act())]


def test_long_sets_of_many_words_are_told_apart() -> None:
    words = [f"w{n}" for n in range(2_000)]
    pick = Random(2)  # noqa: S311 - no secret
    drawn = [pick.sample(words, pick.randint(0, 30)) for _ in range(50)]
    sets: list[Any] = [*drawn, None, [None]]
    rules = [Rule.refer(f"r{n}", to="desk", when=fact("topics").any_of(word), because="?")
             for n, word in enumerate(words)]  # fmt: skip
    rules.append(
        Rule.permit("all", when=fact("topics").all_of("w1", "w2", "w3", "w4"), because="?")
    )
    made = charter(*rules, labels={})
    acts = [Act(topics=None if s is None or None in s else s) for s in sets]
    assert rulings(made, pa.table({"topics": sets})) == [ruled(made, act) for act in acts]


@pytest.mark.parametrize("many", [-1, 1024])
def test_every_question_of_a_set_is_asked_word_by_word(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "MANY", many)
    of = fact("about")
    asked = [of.any_of("a", "b"), of.none_of("a", "c"), of.only("a", "d"), of.all_of("a", "b"),
             of.present()]  # fmt: skip
    rules = [Rule.refer(f"r{n}", to="desk", when=when, because="?")
             for n, when in enumerate([*asked, *(~one for one in asked)])]  # fmt: skip
    together = all_of(of.any_of("a"), of.any_of("b"), of.any_of("c"), of.any_of("d"))
    for made in (
        charter(*[rule for rule in rules if rule.id != "r8"]),
        charter(*rules),
        charter(Rule.permit("all", when=together, because="?")),
        charter(Rule.permit("two", when=of.any_of("a") & of.any_of("b"), because="?")),
    ):
        sets = [[], ["a"], ["b", "a"], ["d"], ["z"], ["a", "b", "c", "d"], None, ["a", None]]
        given = [None if s is None else frozenset(s) for s in sets]
        acts = [Act(labels={} if s is None else {"about": s}) for s in given]
        assert rulings(made, pa.table({"about": sets})) == [ruled(made, act) for act in acts]


def test_categories_may_hold_a_null() -> None:
    made = charter(Rule.permit("x", when=fact("network").is_("x"), because="?"))
    coded = pa.DictionaryArray.from_arrays(pa.array([0, 1, None]), pa.array(["x", None]))
    assert [one for one, *_ in rulings(made, pa.table({"network": coded}))] == [
        "covered", "exception", "exception",
    ]  # fmt: skip


def test_what_is_in_force_depends_on_the_day() -> None:
    expired = Rule("old", "forbid", because="?", term=Term(through=datetime(2026, 1, 1).date()))  # noqa: DTZ001
    made = charter(expired, Rule.permit("all", because="?"))
    around = Context(author=Author(roles={"x"}))
    table = pa.table({"at": pa.array([0, 10**10, None], pa.timestamp("s", "UTC"))})
    found = decide_frame(made, table, context=around, explain=True)
    assert found["outcome"].to_pylist() == ["forbidden", "covered", "exception"]
    assert found["unknowns"].to_pylist() == [[], [], ["at"]]


def test_numbers_are_asked_in_every_way() -> None:
    of = fact("reach")
    asked = [of.between(1, 3), of.is_(2), of.at_most(2), of.at_least(3), of.present(), of.below(1)]
    rules = [Rule.refer(f"r{n}", to="desk", when=when, because="?")
             for n, when in enumerate([*asked, *(~one for one in asked)])]  # fmt: skip
    made = charter(
        *rules, Rule.permit("no", when=FactTest("reach", Op.PRESENT, operand=False), because="?")
    )
    numbers = [0, 1, 2, 3, 4, None]
    acts = [Act(labels={} if n is None else {"reach": n}) for n in numbers]
    assert rulings(made, pa.table({"reach": numbers})) == [ruled(made, act) for act in acts]


def test_many_sets_lack_what_their_rules_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MANY", -1)
    of = fact("about")
    rules = [
        Rule.permit("fine", when=of.any_of("a") & of.only("a", "b"), because="?"),
        Rule.refer("far", to="desk", when=of.any_of("a") & fact("reach").above(1), because="?"),
    ]
    made = charter(*rules)
    table = pa.table({"about": [["a"], ["c"], None, ["a"]], "reach": [None, None, 5, 0]})
    found = decide_frame(made, table, explain=True)["unknowns"].to_pylist()
    assert found == [["reach"], [], ["about"], []]


def test_durations_instants_and_patterns_are_asked_of_labels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "MANY", -1)
    then, day = datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=1)
    labels = {"ttl": Label("duration"), "until": Label("instant"), "about": Label("symbols"),
              "due": Label("instant")}  # fmt: skip
    rules = [
        Rule.refer("long", to="desk", when=fact("ttl").between(day, 2 * day), because="?"),
        Rule.refer("late", to="desk", when=fact("until").at_most(then), because="?"),
        Rule.refer("week", to="desk", when=fact("due").during("Thu"), because="?"),
        Rule.refer("timed", to="desk", when=fact("ttl").present(), because="?"),
        Rule.refer("like", to="desk", when=fact("about").matches("^a"), because="?"),
    ]
    made = charter(*rules, labels=labels)
    rows = [
        {
            "ttl": None if n == 3 else day * n,
            "until": then + day * (n - 1),
            "about": [word],
            "due": then + day * n,
        }
        for n, word in enumerate(["ab", "b", "a", "c"])
    ]
    acts = [Act(labels={k: v for k, v in row.items() if v is not None}) for row in rows]
    assert rulings(made, pa.Table.from_pylist(rows)) == [ruled(made, act) for act in acts]


def test_what_rules_in_several_ways_lack_is_asked_of_the_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "MANY", -1)
    of, reach = fact("about"), fact("reach")
    rules = [
        Rule.permit("one", when=of.any_of("a") | reach.above(1), because="?"),
        Rule.permit("two", when=(of.any_of("b") & reach.above(2)) | reach.above(9), because="?"),
        Rule.permit("three", when=of.any_of("b") & reach.above(2), because="?"),
    ]
    table = pa.table({"about": [["c"], ["b"], None], "reach": [None, None, 5]})
    found = decide_frame(charter(*rules), table, explain=True)
    assert found["outcome"].to_pylist() == ["exception", "exception", "covered"]
    assert found["unknowns"].to_pylist() == [["reach"], ["reach"], []]


def test_messages_and_incidents_are_read_from_their_own_columns() -> None:
    made = charter(
        Rule.refer("theirs", to="desk", when=fact("target.author").is_("x"), because="?"),
        Rule.refer("no", to="desk", when=~fact("target.author").present(), because="?"),
        Rule.refer("bad", to="desk", when=fact("incident.severity").is_("high"), because="?"),
        Rule.refer(
            "dated", to="desk", when=fact("at").above(datetime(2000, 1, 1, tzinfo=UTC)), because="?"
        ),
    )
    kinds = ["delete", "publish", "delete", None]
    authors = ["x", None, None, "y"]
    is_open = [True, False, None, True]
    acts = [Act(kind=kind, target=None if author is None else Message(author=author))
            for kind, author in zip(kinds, authors, strict=True)]  # fmt: skip
    around = [Context(incident=Situation(flag, "high")) for flag in is_open]
    table = pa.table({"kind": kinds, "target.author": authors, "incident.open": is_open,
                      "incident.severity": ["high"] * 4})  # fmt: skip
    expected = [ruled(made, act, context) for act, context in zip(acts, around, strict=True)]
    assert rulings(made, table) == expected


def test_a_message_may_be_told_from_its_text_alone() -> None:
    linked = fact("links").any_of("https://example.org/a")
    made = charter(
        Rule.refer("linked", to="desk", when=linked, because="?"),
        Rule.refer("hosted", to="desk", when=fact("hosts").any_of("example.org"), because="?"),
        Rule.refer("said", to="desk", when=fact("text.words").above(1), because="?"),
        Rule.refer("tagged", to="desk", when=fact("hashtags").any_of("x"), because="?"),
        Rule.permit("all", because="?"),
    )
    texts = ["see https://example.org/a #x", "hello", None, None]
    kinds = ["publish", "publish", "delete", "publish"]
    acts = [Act(text=text, kind=kind) for text, kind in zip(texts, kinds, strict=True)]
    table = pa.table({"text": texts, "kind": kinds})
    assert rulings(made, table) == [ruled(made, act) for act in acts]


def test_earlier_acts_may_be_told_around_the_rows() -> None:
    often = fact("recent.publish").at_least(1, timedelta(hours=1))
    made = charter(Rule.refer("often", to="desk", when=often, because="?"))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    around = Context(earlier=Earlier([Act(kind="publish", at=at)]))
    moments = [at + timedelta(minutes=30), at + timedelta(hours=2), None]
    table = pa.table({"at": pa.array(moments, pa.timestamp("us", "UTC"))})
    expected = [ruled(made, Act(at=moment), around) for moment in moments]
    assert rulings(made, table, context=around) == expected


def test_a_row_without_a_moment_may_be_any_earlier_act_where_rows_come_in_no_order() -> None:
    seldom = fact("recent.publish").at_most(1, timedelta(hours=2))
    made = charter(Rule.permit("seldom", when=seldom, because="Now and then."))
    moments = [datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in (9, 8)]
    told = [moments[0], None, moments[1]]
    table = pa.table({"kind": ["publish"] * 3, "at": pa.array(told, pa.timestamp("us", "UTC"))})
    found = audit_frame(made, table)
    assert found.covered == audit(made, [Act(kind="publish", at=at) for at in told]).covered


@pytest.mark.parametrize(
    "make",
    [pl.DataFrame, pd.DataFrame, pa.table, pl.LazyFrame],
    ids=["polars", "pandas", "pyarrow", "lazy"],
)
@pytest.mark.parametrize("look", [decide_frame, audit_frame])
@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"what": ["a"], "id": ["b"]}, "no column holds a fact; the columns are `what`, `id`"),
        ({"_kind": ["publish"]}, "no column holds a fact; the columns are `_kind`"),
        ({}, "the frame has no columns"),
    ],
)
def test_a_frame_of_which_no_column_is_a_fact_is_refused(
    made: dict[str, list[str]], told: str, look: Callable[..., Any], make: Callable[..., Any]
) -> None:
    with pytest.raises(InvalidError) as caught:
        look(charter(), make(made))
    (problem,) = caught.value.problems
    assert problem.message == told
    assert problem.hint


@pytest.mark.parametrize("look", [decide_frame, audit_frame])
@pytest.mark.parametrize("make", [
    lambda names: pd.DataFrame([["publish", "a", "b", "c", "d"]], columns=names),
    lambda names: pa.table([pa.array(["publish"])] * 5, names=names),
], ids=["pandas", "pyarrow"])  # fmt: skip
def test_a_column_that_stands_twice_is_named(
    make: Callable[[list[str]], Any], look: Callable[..., Any]
) -> None:
    with pytest.raises(InvalidError) as caught:
        look(charter(), make(["kind", "text", "_x", "text", "_x"]))
    assert [*map(str, caught.value.problems)] == [
        "text: the column `text` appears twice (keep one of them)",
        "_x: the column `_x` appears twice (keep one of them)",
    ]


def test_no_row_is_told_apart_where_nothing_is_asked() -> None:
    table = pa.table({"kind": pa.nulls(2, pa.string())})
    assert rulings(charter(), table) == [("exception", ("desk",), ())] * 2
    scope = Scope(networks={"x"})
    found = decide_frame(charter(scope=scope), pa.table({"network": ["x", None]}), explain=True)
    assert found["unknowns"].to_pylist() == [[], ["network"]]
    assert found["outside"].to_pylist() == [[], ["networks"]]


def test_a_row_says_why_the_charter_covers_nothing_there() -> None:
    made = charter(Rule.permit("all", because="?"), scope=Scope(networks={"x"}, volume=[
        Volume(1, timedelta(hours=1), "publish")]))  # fmt: skip
    at = datetime(2026, 1, 1, tzinfo=UTC)
    table = pa.table({"network": ["x", "y", None, "x"], "kind": ["reply", "reply", "reply", None],
                      "at": pa.array([at] * 4, pa.timestamp("us", "UTC"))})  # fmt: skip
    around = Context(earlier=Earlier([Act(kind="publish", at=at)]))
    found = decide_frame(made, table, context=around, explain=True)
    assert found["outcome"].to_pylist() == ["covered", *["exception"] * 3]
    assert found["outside"].to_pylist() == [[], ["networks"], ["networks"], ["volume.publish"]]


def test_a_column_that_is_nearly_a_fact_is_refused_in_frames_too() -> None:
    table = pa.table({"Network": ["x"], "likes": [3], "_knd": ["publish"]})
    with pytest.raises(InvalidError) as caught:
        decide_frame(charter(), table)
    (problem,) = caught.value.problems
    assert (problem.path, problem.hint) == (("Network",), "did you mean `network`?")
    assert decide_frame(charter(), table, columns={"network": "Network"}).num_rows == 1


def test_half_a_pair_of_surrogates_makes_its_own_row_unknown_alone() -> None:
    pandas = pytest.importorskip("pandas")
    made = charter(
        Rule.permit("ok", when=fact("text").mentions("ok"), because="Fine."),
        Rule.permit("mine", when=fact("topics").any_of("ok"), because="Fine."),
    )
    texts = {"text": ["ok", "bad \ud800 ok", "ok"], "topics": [["no"], ["ok \udfff"], ["ok"]]}
    frame = pandas.DataFrame(texts, dtype=object)
    assert list(decide_frame(made, frame)["outcome"]) == ["covered", "exception", "covered"]


def test_columns_of_pandas_may_be_called_by_numbers() -> None:
    pandas = pytest.importorskip("pandas")
    made = charter(Rule.permit("ok", when=fact("text").mentions("ok"), because="Fine."))
    frame = pandas.DataFrame({"text": ["ok", "no"], 0: [1, 2], 1: ["ok", "ok"]})
    assert list(decide_frame(made, frame)["outcome"]) == ["covered", "exception"]
    first: Any = 1
    by_number = decide_frame(made, frame[[0, 1]], columns={"text": first})
    assert list(by_number["outcome"]) == ["covered", "covered"]
    with pytest.raises(InvalidError, match="`2`"):
        decide_frame(made, frame, columns={"text": first + 1})


def test_durations_of_duckdb_are_read_save_months() -> None:
    duckdb = pytest.importorskip("duckdb")
    made = charter(
        Rule.permit("soon", when=fact("delay").at_most(timedelta(days=2)), because="Fine."),
        labels={"delay": Label("duration")},
    )
    asked = "interval 1 hour", "interval 3 day", "interval 2 day", "interval 1 month", "null"
    rows = " union all ".join(
        f"select {place} as id, {one} as delay" for place, one in enumerate(asked)
    )
    found = decide_frame(made, duckdb.sql(rows)).fetchall()
    outcomes = [row[2] for row in sorted(found)]
    assert outcomes == ["covered", "exception", "covered", "exception", "exception"]
    counted = tally_frame(made, duckdb.sql(rows))
    assert counted.outcomes == {"covered": 2, "exception": 3}


def test_what_nobody_can_read_in_a_row_is_not_what_is_around_it() -> None:
    """A contract that is none is unknown, in a charter that counts what came before too."""
    at = datetime(2026, 3, 27, 12, tzinfo=UTC)
    trainee = fact("author.contract").is_("apprenticeship")
    rule = Rule.permit(
        "p", when=trainee & fact("recent.publish").at_most(5, within=hours(1)), because="Fine."
    )
    charter = Charter("c", rules=[rule], circuits=[DESK], default="desk")
    around = Context(
        at=at, author=Author(contract="apprenticeship"), earlier=Earlier((), since=at - days(2))
    )
    columns = {"kind": ["publish"], "at": [at]}
    for contract, covered in ((None, 1), ("bogus", 0)):
        table = pa.table({**columns, "author.contract": pa.array([contract], pa.string())})
        assert audit_frame(charter, table, context=around).covered == covered
