"""Counts: the log of a count holds what a plain reading of the earlier acts counts."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    InvalidError,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    audit,
    decide,
    fact,
    hours,
    structure,
    unstructure,
)
from cmcore.base.ledgers import Extract, Ledger
from cmcore.base.truth import Truth
from cmcore.charters import Condition, Earlier, FactTest, Label, Op, Scope, Volume, compiled
from cmcore.charters.conditions.facts import Log
from cmcore.charters.conditions.operands import Rate
from cmcore.charters.meaning.observation import Facts, counted
from cmcore.time import CalendarUnit
from cmcore.time.units import Window, longest

DESK: Final = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
OPEN: Final = Scope()
#: Whole days, a midnight that clocks skip (Beirut, Cairo), one that comes twice (Havana), and
#: half hours (Lord Howe).
ZONES: Final = (
    *("UTC", "Europe/Paris", "America/New_York", "Asia/Beirut", "Africa/Cairo"),
    *("America/Havana", "Australia/Lord_Howe", "Pacific/Apia"),
)
#: First days of months, quarters, years and weeks, days on which clocks change, and after one that
#: Samoa never had.
DAYS: Final = tuple(
    date.fromisoformat(day)
    for day in (
        *("2024-03-01", "2026-01-01", "2026-04-01", "2026-11-01", "2027-01-04", "2026-03-30"),
        *("2026-03-29", "2026-10-25", "2026-04-24", "2026-03-08", "2011-12-31", "2026-04-05"),
    )
)
STEPS: Final = tuple(
    timedelta(**span)
    for span in (
        *({"hours": count} for count in (0, 1, 2, 12, 23, 24, 25)),
        *({"days": count} for count in (2, 6, 7, 8, 27, 28, 30, 31, 92, 365, 366)),
        {"microseconds": 1},
    )
)
WINDOWS: Final[tuple[Window, ...]] = (*CalendarUnit, None, hours(1), hours(24), timedelta(days=7))
_NAMES: Final[dict[CalendarUnit, Callable[[date], Any]]] = {
    CalendarUnit.DAY: lambda day: day,
    CalendarUnit.WEEK: lambda day: day.isocalendar()[:2],
    CalendarUnit.MONTH: lambda day: (day.year, day.month),
    CalendarUnit.QUARTER: lambda day: (day.year, (day.month - 1) // 3),
    CalendarUnit.YEAR: lambda day: day.year,
}
#: Conditions, each with what it says of an act in Python; None where that is not known.
KINDS: Final = {"publish", "quote", "share"}
_Reading = Callable[[Act, str], bool | None]
COUNTS: Final[dict[str, tuple[Condition, _Reading]]] = {
    "own-posts": (
        fact("kind").one_of(*KINDS),
        lambda act, _: None if act.kind is None else act.kind in KINDS,
    ),
    "promotions": (
        fact("topics").any_of("promotion"),
        lambda act, _: None if act.topics is None else "promotion" in act.topics,
    ),
    "calm": (
        fact("tone").is_("calm"),
        lambda act, _: None if "tone" not in act.labels else act.labels["tone"] == "calm",
    ),
    "by-ana": (
        fact("author").is_("ana"),
        lambda act, _: None if act.author is None else act.author == "ana",
    ),
    "mornings": (
        fact("local.hour").below(12) & ~fact("local.weekday").is_("sun"),
        lambda act, zone: _is_morning(act.at, zone),
    ),
}


def _is_morning(at: datetime | None, zone: str) -> bool | None:
    if at is None:
        return None
    shown = at.astimezone(ZoneInfo(zone))
    return shown.hour < 12 and shown.weekday() != 6


def _charter(zone: str, *rules: Rule, scope: Scope = OPEN) -> Charter:
    return Charter(
        "counts",
        rules=rules,
        circuits=[DESK],
        default="desk",
        zone=zone,
        labels={"tone": Label("symbol", {"calm", "angry"})},
        counts={name: condition for name, (condition, _) in COUNTS.items()},
        scope=scope,
    )


CHARTERS: Final = {zone: _charter(zone) for zone in ZONES}


#: A zone, a moment, and acts around it.
_History = tuple[str, datetime, list[Act]]


@st.composite
def _histories(draw: st.DrawFn) -> _History:
    """Draw acts around the beginning of a day of a zone, and a moment not long after it."""
    zone = draw(st.sampled_from(ZONES))
    midnight = datetime.combine(draw(st.sampled_from(DAYS)), time(), ZoneInfo(zone))
    edge = midnight.astimezone(UTC)
    moments = st.builds(lambda step, sign: edge + sign * step, st.sampled_from(STEPS),
                        st.sampled_from((1, -1)))  # fmt: skip
    acts = st.builds(
        Act,
        at=moments,
        kind=st.none() | st.sampled_from(["publish", "share", "reply"]),
        topics=st.none() | st.sampled_from([(), ("promotion",), ("a", "promotion")]),
        author=st.sampled_from(["ana", "bo"]),
        labels=st.sampled_from([{}, {"tone": "calm"}, {"tone": "angry"}]),
    )
    return zone, edge + draw(st.sampled_from(STEPS[:8])), draw(st.lists(acts, max_size=12))


def _is_within(at: datetime, now: datetime, window: Window, zone: str) -> bool:
    """Tell by a plain reading whether an instant is in the window that ends now."""
    if isinstance(window, timedelta):
        return now - window < at <= now
    if window is None:
        return at <= now
    name = _NAMES[window]
    there, here = (name(moment.astimezone(ZoneInfo(zone)).date()) for moment in (at, now))
    return at <= now and there == here


def _plain(name: str, acts: Sequence[Act], now: datetime, window: Window, zone: str) -> list[int]:
    """Return how many acts are surely of a count in a window, and how many at the most."""
    _, reading = COUNTS[name]
    said = [reading(act, zone) for act in acts if act.at and _is_within(act.at, now, window, zone)]
    return [said.count(True), len(said) - said.count(False)]


@given(_histories(), st.sampled_from(sorted(COUNTS)))
def test_a_log_counts_what_a_plain_reading_does(history: _History, name: str) -> None:
    zone, now, acts = history
    facts = Facts(CHARTERS[zone], Act(at=now), Context(earlier=Earlier(acts)))
    log = facts.read(f"recent.{name}")
    assert isinstance(log, Log)
    for window in WINDOWS:
        assert [*log.count(window)] == _plain(name, acts, now, window, zone)
    ledger = Ledger([*acts, *acts])
    extract = Extract(ledger, range(len(acts)))
    assert Facts(CHARTERS[zone], Act(at=now), Context(earlier=Earlier(extract))).read(
        f"recent.{name}"
    ) == log  # fmt: skip


@given(_histories(), st.sampled_from(WINDOWS))
def test_a_window_is_complete_if_the_record_goes_back_to_its_start(
    history: _History, window: Window
) -> None:
    zone, now, acts = history
    for since in filter(None, (act.at for act in acts)):
        most = Log(now, since=since, zone=zone).count(window)[1]
        # a sliding window leaves out its first instant; what came just before a day counts not
        last = since if isinstance(window, timedelta) else since - timedelta(microseconds=1)
        lacks = window is None or since > now or _is_within(last, now, window, zone)
        assert (most is None) is lacks
    assert Log(now, zone=zone).count(window) == (0, 0)


@given(_histories())
def test_no_window_looks_back_farther_than_is_said(history: _History) -> None:
    zone, now, acts = history
    for window in WINDOWS:
        for at in (act.at for act in acts):
            assert at is not None
            assert not _is_within(at, now, window, zone) or now - at < longest(window)


@given(_histories(), st.sampled_from(sorted(COUNTS)), st.sampled_from(WINDOWS))
def test_an_audit_counts_as_a_plain_reading_does(
    history: _History, name: str, window: Window
) -> None:
    zone, _, acts = history
    rows = sorted(acts, key=lambda act: (act.at, act.id or ""))
    few = FactTest(f"recent.{name}", Op.AT_MOST, Rate(1, window))
    charter = _charter(zone, Rule.permit("few", when=few, because="Not too many."))
    whole = [
        _plain(name, rows[:place], act.at, window, zone)[1]
        for place, act in enumerate(rows)
        if act.at
    ]
    found = audit(charter, rows, context=Context(earlier=Earlier()))
    assert found.covered == sum(most <= 1 for most in whole)


@given(_histories(), st.sampled_from(sorted(COUNTS)), st.sampled_from(WINDOWS))
def test_a_volume_holds_for_the_acts_of_its_count_alone(
    history: _History, name: str, window: Window
) -> None:
    zone, now, acts = history
    fine = Rule.permit("all", because="Everyday posts.")
    charter = _charter(zone, fine, scope=Scope(volume=[Volume(2, window, name)]))
    context = Context(earlier=Earlier(acts))
    most = _plain(name, acts, now, window, zone)[1]
    for act in (attrs.evolve(act, at=now) for act in acts):
        is_of = COUNTS[name][1](act, zone)
        got = decide(charter, act, context)
        assert (got.outcome is Outcome.COVERED) == (is_of is False or most < 2)
        assert compiled(charter).rule(act, context).outcome is got.outcome


@given(_histories(), st.sampled_from(sorted(COUNTS)))
def test_what_counts_is_a_matter_of_the_act_alone(history: _History, name: str) -> None:
    charter = CHARTERS["Africa/Cairo"]
    for act in history[2]:
        said = COUNTS[name][1](act, charter.zone)
        assert counted(charter, charter.counts[name], act) is Truth.of(said)


def test_who_was_not_warned_first_is_not_blocked() -> None:
    first = fact("recent.hide.same_person").fewer_than(1, ever=True)
    rule = Rule.forbid("warn-first", when=fact("kind").is_("block") & first, because="Warn first.")
    charter = _charter("UTC", rule, Rule.permit("rest", because="Fine."))
    now = datetime(2026, 3, 27, tzinfo=UTC)
    troll, other = ({"target": {"author": name}} for name in ("@troll", "@other"))
    block = structure({"kind": "block", **troll}, Act)
    hidden = structure({"kind": "hide", "at": "2019-01-01T00:00+00:00", **troll}, Act)
    elsewhere = structure({"kind": "hide", "at": "2026-03-26T00:00+00:00", **other}, Act)
    outcomes = {
        Outcome.COVERED: Earlier([hidden]),
        Outcome.FORBIDDEN: Earlier([elsewhere]),
        Outcome.EXCEPTION: Earlier([elsewhere], since=now - timedelta(days=30)),
    }
    for outcome, earlier in outcomes.items():
        assert decide(charter, block, Context(at=now, earlier=earlier)).outcome is outcome


def test_a_count_has_a_name_of_its_own_and_reads_what_acts_say() -> None:
    wrong = {
        "any": fact("kind").is_("publish"),
        "publish": fact("kind").is_("publish"),
        "a.b": fact("kind").is_("publish"),
        "by-role": fact("author.roles").any_of("intern"),
        "again": fact("recent.publish").more_than(1, per="day"),
        "typo": fact("topcs").any_of("a"),
    }
    with pytest.raises(InvalidError) as caught:
        Charter("c", circuits=[DESK], default="desk", counts=wrong,
                scope=Scope(volume=[Volume(1, "week", "agin")]))  # fmt: skip
    codes = {str(problem.path[1]): problem.code for problem in caught.value.problems}
    assert codes == {
        "any": "reserved-name",
        "publish": "reserved-name",
        "a.b": "bad-name",
        "by-role": "count-of-context",
        "again": "count-of-context",
        "typo": "unknown-fact",
        "volume": "unknown-act-kind",
    }
    assert "did you mean `again`?" in str(caught.value)


@pytest.mark.parametrize(
    "asked",
    [{}, {"within": hours(1), "per": "day"}, {"per": "week", "ever": True}],
)
def test_acts_are_counted_in_one_window(asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidError, match="one window"):
        fact("recent.publish").more_than(1, **asked)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("3 per day", CalendarUnit.DAY),
        ("3 par semaine", CalendarUnit.WEEK),
        ("3 per month", CalendarUnit.MONTH),
        ("3 par trimestre", CalendarUnit.QUARTER),
        ("3 par an", CalendarUnit.YEAR),
        ("3 ever", None),
        ("3 en tout", None),
        ("3 par 2 h", hours(2)),
    ],
)
def test_a_window_is_written_in_one_way(text: str, window: Window) -> None:
    test = structure({"recent.publish": {"more than": text}}, FactTest)
    assert test == FactTest("recent.publish", Op.MORE_THAN, Rate(3, window))
    assert structure(unstructure(test), FactTest) == test
