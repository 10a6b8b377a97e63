"""Recalling: an index of earlier acts finds what looking at each of them does."""

import json
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.test_costs import work

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Decision,
    Incident,
    Message,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    fact,
    hours,
    structure,
    unstructure,
)
from cmcore.base.ledgers import Extract, Ledger
from cmcore.charters import Earlier
from cmcore.charters.audits.cases import cases
from cmcore.charters.conditions.facts import SAME, Log
from cmcore.charters.history import Case
from cmcore.charters.meaning.recall import recent
from cmcore.incidents import ActEvent, StepEvent
from cmcore.incidents.events import IncidentStep
from cmcore.incidents.replay._ruled import rulings

NOON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])


def _in(*words: str) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(words), max_size=2)


_PERSON = st.none() | st.sampled_from(["@jo", "@al"]).map(lambda name: Message(author=name))
_PERSON |= st.just(Message()) | st.sampled_from(["m1", "m2"]).map(lambda id_: Message(id=id_))
_UNLESS: Final = ("template", "links", "hashtags", "topics", "text", "target", "in_reply_to")


@st.composite
def _acts(draw: st.DrawFn, at: st.SearchStrategy[datetime | None]) -> Act:
    """Draw acts of few words, so that many are alike in some ways and not in others."""
    made = Act(
        at=draw(at),
        kind=draw(st.sampled_from([None, "publish", "reply", "react"])),
        network=draw(st.sampled_from([None, "x", "linkedin"])),
        account=draw(st.sampled_from([None, "main"])),
        template=draw(st.sampled_from([None, "news", "jobs"])),
        topics=draw(_in("a", "b", "c")),
        links=draw(_in("ex.fr/a", "ex.fr/b")),
        hashtags=draw(_in("a", "b")),
        text=draw(st.sampled_from([None, "", "see ex.fr/a", "so #a"])),
        in_reply_to=draw(_PERSON),
        target=draw(_PERSON),
    )
    free = [name for name in _UNLESS if getattr(made, name) is None]
    return attrs.evolve(made, absent=draw(st.frozensets(st.sampled_from(free))) if free else ())


_MOMENTS: Final = st.none() | st.integers(0, 5).map(lambda ago: NOON - ago * MINUTE)
_SPANS: Final = st.tuples(*[st.integers(0, 9)] * 4).map(sorted)


@given(
    st.lists(_acts(_MOMENTS), max_size=9),
    st.lists(st.tuples(_acts(st.just(NOON)), _SPANS), min_size=1, max_size=4),
    st.sampled_from(["any", "publish", "react"]),
    st.lists(st.sampled_from(sorted(SAME)), max_size=2, unique=True),
)
def test_an_index_finds_what_looking_at_each_act_finds(
    earlier: list[Act], asking: list[tuple[Act, list[int]]], kind: str, same: list[str]
) -> None:
    ledger: Ledger[Act] = Ledger()
    for act, (kept, until, start, stop) in asking:
        ledger.rows.extend(earlier[len(ledger.rows) : stop])
        spans = range(kept, min(until, len(ledger.rows))), range(start, min(stop, len(ledger.rows)))
        extract = Extract(ledger, *spans)
        log = recent(act, Earlier(extract), NOON, kind, same)
        assert log == recent(act, Earlier(tuple(extract)), NOON, kind, same)
        for window in (MINUTE, 3 * MINUTE, 6 * MINUTE):
            assert log.count(window) == attrs.evolve(log, sure=[*log.sure]).count(window)


@pytest.mark.parametrize("same", ["same_person", "same_message"])
def test_who_is_about_two_counts_once(same: str) -> None:
    """Of two messages one may be known, and the other not: what counts for sure is no maybe."""
    known, open_ = Message(id="m1", author="@jo"), Message()
    act = Act(kind="react", target=known, in_reply_to=open_)
    before = [attrs.evolve(act, at=NOON - MINUTE), Act(kind="hide", at=NOON, target=open_)]
    asked = (act, Earlier(Extract(Ledger(before), range(2))), NOON, "any", [same])
    log = recent(*asked)
    assert ([*log.sure], [*log.maybe]) == ([NOON - MINUTE], [NOON])


def test_which_links_a_damaged_text_has_is_unknown() -> None:
    """It may have any: those that are told beside it need not be all of them."""
    act, damaged = (
        Act(text="see ex.fr/a"),
        Act(text="see \ufffd", links={"ex.fr/b"}, at=NOON - MINUTE),
    )
    log = recent(act, Earlier([damaged], NOON - 9 * MINUTE), NOON, "any", ["same_link"])
    assert ([*log.sure], [*log.maybe]) == ([], [NOON - MINUTE])


def _few(lookback: timedelta) -> Charter:
    """Return a charter that covers an act while fewer than three of its topic went before."""
    test = fact("recent.any.same_topic").fewer_than(3, within=lookback)
    rule = Rule.permit("few", when=test, because="Not the same all day.")
    return Charter("few", circuits=[DESK], default="desk", rules=[rule])


_ROWS: Final = st.lists(_acts(_MOMENTS), max_size=12)


@given(rows=_ROWS, before=st.lists(_acts(_MOMENTS), max_size=3), listed=st.booleans())
def test_each_case_of_a_history_knows_the_acts_before_it(
    *, rows: list[Act], before: list[Act], listed: bool
) -> None:
    charter, around = _few(2 * MINUTE), Context(earlier=Earlier(before, NOON - 9 * MINUTE))
    for case in cases(charter, rows if listed else iter(rows), around):
        if not isinstance(case, Case) or case.context.earlier is None:
            continue
        earlier = case.context.earlier
        log, other = (
            recent(case.act, known, case.act.at or NOON, "any", ("same_topic",))
            for known in (earlier, attrs.evolve(earlier, acts=tuple(earlier.acts)))
        )
        assert log == other
        assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own


@pytest.mark.parametrize("undated", [0, 2])
@pytest.mark.parametrize(("minutes", "covered"), [(5, 3_000), (3_000, 6)])
def test_a_long_history_is_looked_back_at_as_a_short_one_is(
    minutes: int, covered: int, undated: int
) -> None:
    free = [Act(id=f"u{place}", topics=["z"]) for place in range(undated)]
    rows = [Act(at=NOON + place * MINUTE, topics=["ab"[place % 2]]) for place in range(3_000)]
    around = Context(earlier=Earlier())
    found = audit(_few(minutes * MINUTE), [*rows, *free], context=around)
    assert (found.total, found.covered) == (len(rows) + undated, covered)


def test_a_view_is_a_tuple_to_whoever_looks() -> None:
    ledger = Ledger("abcdef")
    view = Extract(ledger, range(1), range(3, 5))
    ledger.rows.append("g")
    plain: object = ("a", "d", "e")
    assert view == plain
    assert (hash(view), repr(view), len(view)) == (hash(plain), repr(plain), 3)
    assert (view[1], view[-1], view[1:], [*reversed(view)]) == (
        "d",
        "e",
        ("d", "e"),
        ["e", "d", "a"],
    )
    assert plain == view
    assert view != ["a", "d", "e"]
    assert "d" in view


_TOPICS: Final[dict[str, Callable[[int], set[str] | None]]] = {
    "the same": lambda _: {"a"},
    "one each": lambda place: {f"t{place}"},
    "some alike": lambda place: {"a", f"t{place}"},
    "unknown": lambda place: {f"t{place}"} if place % 2 else None,
}


@pytest.mark.parametrize("topics", _TOPICS)
def test_many_acts_of_one_moment_cost_what_each_of_them_does(topics: str) -> None:
    charter = _few(hours(1))
    acts = [Act(at=NOON, kind="publish", topics=_TOPICS[topics](place)) for place in range(400)]
    audit(charter, acts[:1])
    small, large = (work(partial(audit, charter, acts[:count])) for count in (100, 400))
    assert large[0] < 4.5 * small[0]


def _many(count: int) -> Incident:
    acts = [
        ActEvent(id=f"e{place}", at=NOON, by="bo", act=Act(kind="publish", topics=["a"]))
        for place in range(count)
    ]
    opened = StepEvent(id="o", at=NOON - MINUTE, step=IncidentStep.OPENED)
    return Incident("i", [opened, *acts], until=NOON + MINUTE)


def _all_rulings(incident: Incident, charter: Charter) -> None:
    list(rulings(incident, charter))


def test_many_acts_of_an_incident_cost_what_each_of_them_does() -> None:
    charter = _few(hours(1))
    small, large = (work(partial(_all_rulings, _many(count), charter)) for count in (50, 200))
    assert large[0] < 4.5 * small[0]


def test_a_decision_keeps_what_it_tells_of_and_no_ledger() -> None:
    for ruling in rulings(_many(3), _few(hours(1))):
        plain = json.loads(json.dumps(unstructure(ruling.decision)))
        assert structure(plain, Decision) == ruling.decision
        logs = [one.got for rule in ruling.decision.near_misses for one in rule.lacks]
        assert all(type(log.sure) is tuple for log in logs if isinstance(log, Log))
