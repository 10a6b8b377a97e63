"""Agreement: the rows of a frame count the rows before them as an audit counts acts one by one."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.test_agreement_frames import stands_for, unillustrated

from cmcore import (
    Act,
    Approvers,
    Audit,
    Charter,
    Context,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    decide,
    fact,
)
from cmcore.charters import Case, Condition, Earlier, FactTest, Label, Op, OwnKind, Scope, Volume
from cmcore.charters.conditions.facts import SAME
from cmcore.charters.conditions.operands import Quiet, Rate
from cmcore.frames import audit_frame
from cmcore.frames import count as counting
from cmcore.time import CalendarUnit

DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
#: Whole days, a midnight that clocks skip, one that comes twice, and half hours.
ZONES: Final = ("UTC", "Europe/Paris", "Africa/Cairo", "America/Havana", "Australia/Lord_Howe")
#: First days of units, and days on which clocks change.
DAYS: Final = ("2026-01-01", "2026-03-29", "2026-10-25", "2026-04-24", "2026-03-08", "2026-04-05")
STEPS: Final = tuple(
    timedelta(**span)
    for span in (
        *({"hours": count} for count in (0, 1, 2, 23, 24, 25)),
        *({"days": count} for count in (6, 7, 8, 31)),
        {"microseconds": 1},
        {"hours": 1, "microseconds": 1},
    )
)
WINDOWS: Final = (*CalendarUnit, None, *STEPS[1:])
LOGS: Final = ("any", "publish", "reply", "own-notice", "promotions", "loud", "early", "all-acts")
COUNTS: Final[dict[str, Any]] = {
    "promotions": fact("topics").any_of("promotion"),
    "loud": (fact("tone").is_("angry") | fact("text").mentions("rappel"))
    & ~fact("kind").is_("react"),
    "early": fact("local.hour").below(12) & fact("author").one_of("ana", "bo"),
    "all-acts": fact("kind").present() | ~fact("kind").present(),
}
WORDS: Final[dict[str, list[Any]]] = {
    "kind": [None, "publish", "publish", "reply", "react", "own-notice", "message", "bogus"],
    "network": [None, "x", "X", "linkedin", ""],
    "account": [None, "main", "other"],
    "author": [None, "ana", "bo"],
    "language": [None, "fr", "FR", "en"],
    "topics": [None, [], ["a"], ["a", "promotion"], ["a", "b", "promotion"], ["b"], ["", "a"]],
    "links": [None, [], ["ex.fr/a"], ["ex.fr/a", "ex.fr/b"]],
    "text": [
        None,
        "",
        "see ex.fr/a",
        "Rappel !",
        "rappel",
        "see ex.fr/b and ex.fr/a",
        "#a",
        "so #B",
    ],
    "template": [None, "news", "jobs"],
    "recipient": [None, "@jo", "@al"],
    "in_reply_to.author": [None, "@jo", "@al"],
    "in_reply_to.kind": [None, "post"],
    "in_reply_to.id": [None, "m1", "M1"],
    "target.author": [None, "@jo"],
    "target.id": [None, "m1", " m1", ""],
    "tone": [None, "calm", "angry", "odd"],
    "risks": [None, [], ["a"], ["a", "b"], ["B"], ["", "a"]],
    "hashtags": [None, [], ["a"], ["#A", "b"]],
}
LISTS: Final = frozenset({"topics", "links", "hashtags", "risks"})


@st.composite
def log_tests(draw: st.DrawFn) -> FactTest:
    """Draw a test of how many acts went before."""
    known = st.sampled_from([*sorted(SAME), "same_tone", "same_risks"])
    same = draw(st.lists(known, max_size=2, unique=True))
    name = ".".join(["recent", draw(st.sampled_from(LOGS)), *same])
    if draw(st.integers(0, 4)) == 0:
        return FactTest(name, Op.AT_LEAST, Quiet(draw(st.sampled_from(STEPS[1:]))))
    op = draw(st.sampled_from([Op.MORE_THAN, Op.FEWER_THAN, Op.AT_LEAST, Op.AT_MOST]))
    least = 0 if op in {Op.MORE_THAN, Op.AT_MOST} else 1
    return FactTest(name, op, Rate(draw(st.integers(least, 3)), draw(st.sampled_from(WINDOWS))))


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    """Draw charters of rules that count earlier acts, some of them with others' company."""
    rules = []
    makers = (
        Rule.permit,
        Rule.forbid,
        lambda id_, **rest: Rule.refer(id_, to="desk", **rest),
    )
    for number in range(draw(st.integers(1, 4))):
        when: Any = draw(log_tests())
        if draw(st.booleans()):
            other = draw(log_tests() | st.just(fact("kind").is_("publish")))
            when = draw(st.sampled_from([when & other, when | other, when & ~other]))
        rules.append(draw(st.sampled_from(makers))(f"rule-{number}", when=when, because="So."))
    volume = [Volume(draw(st.integers(1, 3)), draw(st.sampled_from(WINDOWS[:5])),
                     draw(st.sampled_from(LOGS)))]  # fmt: skip
    return Charter(
        "counting",
        rules=rules,
        circuits=[DESK],
        default="desk",
        zone=draw(st.sampled_from(ZONES)),
        labels={"tone": Label("symbol", {"calm", "angry"}), "risks": Label("symbols")},
        kinds={"own-notice": OwnKind("give notice", "annoncer", silent=draw(st.booleans()))},
        counts=COUNTS,
        scope=Scope(volume=volume if draw(st.booleans()) else ()),
    )


@st.composite
def frames(draw: st.DrawFn, zone: str) -> pa.Table:
    """Draw rows around the beginning of a day of a zone, many of them alike, in any order."""
    edge = datetime.combine(
        date.fromisoformat(draw(st.sampled_from(DAYS))), time(), ZoneInfo(zone)
    ).astimezone(UTC)
    every = [edge + sign * step for step in STEPS for sign in (1, -1)]
    some: list[datetime | None] = [*draw(st.lists(st.sampled_from(every), min_size=1, max_size=6))]
    some += [None] if draw(st.booleans()) else []
    size = draw(st.integers(0, 12))
    names = draw(st.sets(st.sampled_from(sorted(WORDS)), min_size=1))
    at = [draw(st.sampled_from(some)) for _ in range(size)]
    if draw(st.booleans()) and None not in at:
        at = [*sorted(filter(None, at))]
    made = {"at": pa.array(at, pa.timestamp("us", "UTC"))}
    for name in sorted(names):
        kind = pa.list_(pa.string()) if name in LISTS else pa.string()
        values = WORDS[name] if draw(st.booleans()) else WORDS[name][1:3]
        made[name] = pa.array([draw(st.sampled_from(values)) for _ in range(size)], kind)
    if draw(st.booleans()):
        ids = st.sampled_from(["a", "b", "é", "z", None, "not an id"])
        made["id"] = pa.array([draw(ids) for _ in range(size)], pa.string())
    return pa.table(made)


_BEFORE: Final = (None, Earlier(), Earlier((), datetime(2026, 3, 28, tzinfo=UTC)))


def one_by_one(charter: Charter, table: pa.Table, around: Context) -> Audit:
    """Return the audit of the acts that the rows stand for."""
    history = []
    for row in table.to_pylist():
        facts = stands_for(charter, row, around)
        id_ = row.get("id")
        act = attrs.evolve(facts.act, id=id_) if id_ and " " not in id_ else facts.act
        history.append(Case(act, attrs.evolve(facts.context, earlier=None)))
    return audit(charter, history, context=around)


@given(data=st.data(), earlier=st.sampled_from(_BEFORE))
def test_rows_count_those_before_them_as_acts_do(
    data: st.DataObject, earlier: Earlier | None
) -> None:
    charter = data.draw(charters())
    table = data.draw(frames(charter.zone))
    moment = data.draw(st.none() | st.just(datetime(2026, 3, 29, 12, tzinfo=UTC)))
    around = Context(at=moment, earlier=earlier)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(counting, "CHUNK", data.draw(st.integers(1, 20)))
        patched.setattr(counting, "tally", _never)
        found = audit_frame(charter, table, context=around)
    assert unillustrated(found) == unillustrated(one_by_one(charter, table, around))
    for cause in found.causes:
        for case in cause.examples:
            decision = decide(charter, case.act, case.context)
            assert decision.outcome is cause.outcome
            assert decision.determining == cause.rules


def _never(*_: object, **__: object) -> Any:  # noqa: ANN401 - it returns nothing
    msg = "rows were counted one by one"
    raise AssertionError(msg)


def _charter(*rules: Rule) -> Charter:
    return Charter("shop", rules=rules, circuits=[DESK], default="desk")


def _refer(when: Condition) -> Rule:
    return Rule.refer("often", to="desk", when=when, because="Often.")


def _ever(log: str) -> FactTest:
    return FactTest(log, Op.AT_LEAST, Rate(1, None))


NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
_TOO_MANY: Final = _ever("recent.any.same_topic")


def test_rows_of_one_moment_come_in_order_of_their_ids() -> None:
    answered = fact("kind").is_("publish") & _ever("recent.reply")
    charter = _charter(Rule.forbid("after", when=answered, because="No."))
    table = pa.table({"id": ["b", "a"], "kind": ["publish", "reply"], "at": [NOON, NOON]})
    assert audit_frame(charter, table).forbidden == 1
    assert audit_frame(charter, table.drop_columns("id")).forbidden == 0


@pytest.mark.parametrize(
    ("when", "earlier", "topics"),
    [
        (fact("person.blocked").is_(True), None, ["a"]),
        (_TOO_MANY, Earlier([Act(at=NOON - timedelta(hours=1), topics={"a"})]), ["a"]),
        (_TOO_MANY, None, [*"abcdefghi"]),
    ],
)
def test_what_is_no_column_is_counted_one_by_one(
    when: Condition, earlier: Earlier | None, topics: list[str]
) -> None:
    charter, around = _charter(_refer(when)), Context(earlier=earlier)
    table = pa.table({"at": [NOON, NOON], "topics": [topics, ["b"]], "kind": ["block", "block"]})
    found = audit_frame(charter, table, context=around)
    assert unillustrated(found) == unillustrated(one_by_one(charter, table, around))


def test_rows_with_too_many_sets_of_words_are_counted_one_by_one() -> None:
    both = _ever("recent.any.same_topic.same_link")
    charter = _charter(_refer(both))
    some = [*"abcdefgh"]
    size = 3
    table = pa.table(
        {"at": [NOON] * size, "topics": [some] * size, "links": [[f"{x}.fr" for x in some]] * size}
    )
    found = audit_frame(charter, table)
    assert unillustrated(found) == unillustrated(one_by_one(charter, table, Context()))


def test_rows_may_have_more_in_common_than_a_byte_numbers() -> None:
    charter = _charter(_refer(_ever("recent.publish.same_person")))
    persons = [f"@{number % 300}" for number in range(0, 7 * 600, 7)]
    moments = [NOON + timedelta(minutes=number * 11 % 600) for number in range(600)]
    table = pa.table({"at": moments, "kind": ["publish"] * 600, "recipient": persons})
    around = Context(earlier=Earlier())
    found = audit_frame(charter, table, context=around)
    assert [cause.count for cause in found.causes if cause.rules] == [300]
    assert unillustrated(found) == unillustrated(one_by_one(charter, table, around))


def test_a_lazy_frame_counts_what_an_eager_one_does() -> None:
    charter = _charter(_refer(FactTest("recent.publish", Op.AT_LEAST, Rate(2, CalendarUnit.DAY))))
    frame = pl.DataFrame({"at": [NOON] * 3, "kind": ["publish"] * 3})
    assert unillustrated(audit_frame(charter, frame.lazy())) == unillustrated(
        audit_frame(charter, frame)
    )


def test_the_acts_before_an_example_are_those_of_its_rows() -> None:
    charter = _charter(_refer(fact("recent.any").at_least(2, within=timedelta(hours=3))))
    moments = [NOON + timedelta(hours=hour) for hour in (3, 0, 2, 1)]
    table = pa.table({"at": moments, "kind": ["publish", "reply", "react", "publish"]})
    [often] = [one for one in audit_frame(charter, table).causes if not one.unknown and one.rules]
    [late, middle] = often.examples
    before, less = late.context.earlier, middle.context.earlier
    assert before is not None
    assert less is not None
    assert [one.kind for one in before.acts] == ["publish", "react"]
    assert [one.kind for one in less.acts] == ["reply", "publish"]
    assert len(before.acts) == 2
    assert pickle.loads(pickle.dumps(late)) == late  # noqa: S301 - our own


@pytest.mark.parametrize(("zone", "covered"), [("America/Havana", 1), ("Asia/Tokyo", 0)])
def test_a_window_that_begins_before_the_calendar_leaves_the_count_unknown(
    zone: str, covered: int
) -> None:
    weekly = FactTest("recent.publish", Op.FEWER_THAN, Rate(9, CalendarUnit.WEEK))
    charter = attrs.evolve(_charter(Rule.permit("few", when=weekly, because="Few.")), zone=zone)
    moments = [datetime(1, 1, 1, hour, tzinfo=UTC) for hour in (1, 12)]
    table = pa.table({"at": pa.array(moments, pa.timestamp("us", "UTC")), "kind": ["publish"] * 2})
    around = Context(earlier=Earlier())
    found = audit_frame(charter, table, context=around)
    assert found.covered == covered
    assert unillustrated(found) == unillustrated(one_by_one(charter, table, around))


def test_a_row_without_a_moment_is_forgotten_once_those_after_it_are() -> None:
    few = fact("recent.publish").fewer_than(1, within=timedelta(hours=1))
    charter = _charter(Rule.permit("few", when=few, because="Few."))
    moments = [NOON, None, *(NOON + timedelta(minutes=later) for later in (30, 89, 90, 200))]
    kinds = ["reply", "publish", *["reply"] * 4]
    table = pa.table({"at": pa.array(moments, pa.timestamp("us", "UTC")), "kind": kinds})
    around = Context(earlier=Earlier())
    found = audit_frame(charter, table, context=around)
    assert found.covered == 3
    assert unillustrated(found) == unillustrated(one_by_one(charter, table, around))


def test_an_empty_text_says_no_more_of_links_than_none_at_all() -> None:
    alike = fact("recent.publish.same_link").fewer_than(1, within=timedelta(hours=1))
    charter = _charter(Rule.permit("few", when=alike, because="Few."))
    texts = ["see ex.fr/a", "nothing", "", "see ex.fr/a"]
    table = pa.table({"at": [NOON] * 4, "text": texts, "kind": ["publish"] * 4})
    around = Context(earlier=Earlier())
    found = audit_frame(charter, table, context=around)
    assert unillustrated(found) == unillustrated(one_by_one(charter, table, around))
