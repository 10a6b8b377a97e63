"""Expectations of a period are judged as by trying every way in which a history may turn out.

What is met is met, and what is missed is missed, whatever the acts are of which something is not
known; and no damage to a history makes more of it met.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, Message, audit, catalog, fact
from cmcore.base.truth import Truth
from cmcore.charters import (
    Earlier,
    Expectation,
    Fulfilment,
    Proportion,
    Unreadable,
    conclude,
    tally,
)
from cmcore.charters.audits.expected import ExpectationResult
from cmcore.charters.conditions.operands import Rate
from cmcore.charters.expectation import expected_text, on_at
from cmcore.time import Calendar, Week, WorkingDays
from cmcore.time.clocks import WorkingWeek

Row = Act | Unreadable
#: A Sunday on which the clocks of Paris go forward, and a fortnight around it.
START = datetime(2026, 3, 22, tzinfo=UTC)
DAYS = 16
ZONES = ("UTC", "Europe/Paris", "America/Los_Angeles")
#: A Tuesday, a Sunday, and a Thursday and a Friday.
HOLIDAYS = frozenset(date(2026, *day) for day in ((3, 24), (3, 29), (4, 2), (4, 3)))
CALENDAR = Calendar(HOLIDAYS)
WORKED_SUNDAYS = "working days Thu-Sun"
UNITS = {"day": 1, "week": 7}
KINDS = ("publish", "delete")
#: An unreadable row may be no act at all.
NOTHING = Act(id="nothing", at=START)
TOPICS = (frozenset({"promo"}), frozenset[str]())


def a_charter(one: Expectation, zone: str = "UTC", calendar: Calendar = CALENDAR) -> Charter:
    """Return a charter that expects one thing."""
    return Charter(
        "shop",
        circuits=[catalog.circuits["owner"]],
        default="owner",
        zone=zone,
        calendar=calendar,
        counts={"promotions": fact("topics").any_of("promo")},
        expectations=[one],
    )


@st.composite
def expectations(draw: st.DrawFn, *, sliding: bool | None = None) -> Expectation:
    """Draw a floor, a cap or a share of a unit of the calendar, a cap that slides, or a duty."""
    floor = draw(st.booleans())
    if sliding is None and draw(st.integers(0, 4)) == 0:
        within = timedelta(hours=draw(st.sampled_from([24, 50])))
        same = draw(st.sampled_from([(), ("topic",)]))
        if draw(st.booleans()):
            longest = draw(st.sampled_from([None, within]))
            return Expectation("x", of="publish", before="delete", within=longest, same=same)
        days = draw(st.none() | st.integers(0, 3))
        length = within if days is None else WorkingDays(days)
        return Expectation("x", of="publish", after="delete", within=length, same=same)
    unit = draw(st.sampled_from([*UNITS]))
    if sliding or (sliding is None and draw(st.integers(0, 3)) == 0):
        within = timedelta(hours=draw(st.sampled_from([1, 6, 30])))
        return Expectation("x", of="publish", at_most=Rate(draw(st.integers(0, 2)), within))
    on = draw(st.sampled_from([None, None, "Sun", "Sat-Sun", "working days", WORKED_SUNDAYS]))
    if draw(st.booleans()):
        share = Proportion(draw(st.sampled_from([0.2, 0.5, 1.0 if floor else 0.0])), unit)
        least, most = (share, None) if floor else (None, share)
        return Expectation("x", of="promotions", among="publish", on=on, at_least=least,
                           at_most=most)  # fmt: skip
    of = draw(st.sampled_from(["publish", "any"]))
    if floor:
        return Expectation("x", of=of, on=on, at_least=Rate(draw(st.integers(1, 3)), unit))
    return Expectation("x", of=of, on=on, at_most=Rate(draw(st.integers(0, 3)), unit))


@st.composite
def rows(draw: st.DrawFn, *, unknowns: bool = True, undated: bool = True) -> list[Row]:
    """Draw a few rows, of which something may not be known."""
    found: list[Row] = []
    for _ in range(draw(st.integers(0, 5))):
        hours = draw(st.integers(0, 24 * DAYS - 1))
        at = START + timedelta(hours=hours)
        what = draw(st.integers(0, 9)) if unknowns else 9
        when = None if undated and draw(st.integers(0, 5)) == 0 else at
        if what == 0:
            found.append(Unreadable("?", at=when))
            continue
        kind = None if what == 1 else draw(st.sampled_from(KINDS))
        topics = None if what == 2 else draw(st.sampled_from(TOPICS))
        found.append(Act(kind=kind, topics=topics, at=when))
    return found


def ways(row: Row) -> Iterator[Act]:
    """Yield all that a row may turn out to be."""
    act = row if isinstance(row, Act) else Act(at=row.at)
    kinds = KINDS if act.kind is None else (act.kind,)
    topics = TOPICS if act.topics is None else (act.topics,)
    moments = [act.at] if act.at else [START + timedelta(days=n, hours=12) for n in range(DAYS)]
    for kind, some, at in product(kinds, topics, moments):
        yield attrs.evolve(act, kind=kind, topics=some, at=at)
    if isinstance(row, Unreadable):
        yield NOTHING


def counts(one: Expectation, act: Act, zone: str) -> tuple[bool, bool]:
    """Tell whether an act of which all is known is counted, and what a share is taken of."""
    asked = {"publish": act.kind == "publish", "any": True,
             "promotions": "promo" in (act.topics or ())}  # fmt: skip
    if act is NOTHING:
        return False, False
    assert act.at is not None
    is_on = one.on is None or on_at(one.on, act.at, zone, CALENDAR) is Truth.TRUE
    among = is_on and asked[one.among or "any"]
    return among and asked[one.of], among


def is_met(one: Expectation, counted: Sequence[tuple[bool, bool]]) -> bool:
    """Tell whether so many acts meet a bound."""
    of, among = sum(a for a, _ in counted), sum(b for _, b in counted)
    wanted = one.count if one.share is None else one.share * among
    return of >= wanted if one.is_floor else of <= wanted


def local_day(act: Act, zone: str) -> date:
    """Return the day of an act on the clocks of a zone."""
    assert act.at is not None
    return act.at.astimezone(ZoneInfo(zone)).date()


def is_open(on: Week | WorkingWeek, day: date) -> bool:
    """Tell whether any hours of a day count: at noon, those of the weeks drawn here do."""
    week = on.week if isinstance(on, WorkingWeek) else on
    is_closed = isinstance(on, WorkingWeek) and day in HOLIDAYS
    return week.contains(day.weekday() * 1440 + 720) and not is_closed


def periods(one: Expectation, first: date, last: date) -> list[list[date]]:
    """Return the days of each period of which all days that count lie between two days."""
    size = UNITS[str(one.unit)]
    start = first - timedelta(days=first.weekday() if size == 7 else 0)
    found = []
    while start <= last:
        days = [start + timedelta(days=n) for n in range(size)]
        on = [day for day in days if one.on is None or is_open(one.on, day)]
        if on and first <= on[0] and on[-1] <= last:
            found.append(days)
        start += timedelta(days=size)
    return found


def truly(one: Expectation, acts: Sequence[Act], days: tuple[date, date], zone: str) -> list[bool]:
    """Return whether each occasion of a history of which all is known is met."""
    if one.after is not None:
        return list(followed(one, acts, days, zone))
    if one.before is not None:
        return list(preceded(one, acts, days, zone))
    if one.unit is None:
        timed = sorted(a.at for a in acts if counts(one, a, zone)[0] and a.at)
        window = one.window or timedelta(0)
        return [sum(now - window < at <= now for at in timed) <= one.count for now in timed]
    return [
        is_met(one, [counts(one, a, zone) for a in acts if local_day(a, zone) in within])
        for within in periods(one, *days)
    ]


def followed(
    one: Expectation, acts: Sequence[Act], days: tuple[date, date], zone: str
) -> Iterator[bool]:
    """Yield whether each act is followed in time, as far as that can be seen."""
    for act in acts:
        if act.kind != one.after or act is NOTHING or act.at is None:
            continue
        due = due_after(one, act.at, zone)
        is_met = any(
            other.kind == one.of and other.at and act.at < other.at <= due
            and (not one.same or (act.topics or set()) & (other.topics or set()))
            for other in acts if other is not NOTHING
        )  # fmt: skip
        if is_met or due.astimezone(ZoneInfo(zone)).date() <= days[1]:
            yield is_met


def due_after(one: Expectation, at: datetime, zone: str) -> datetime:
    """Return when what follows an act is due: by the end of a working day, counted one by one."""
    if isinstance(one.within, timedelta):
        return at + one.within
    assert isinstance(one.within, WorkingDays)
    day, left = at.astimezone(ZoneInfo(zone)).date(), max(one.within.count, 1)
    day += timedelta(days=1 if one.within.count else 0)
    while left := left - (day.weekday() < 5 and day not in HOLIDAYS):
        day += timedelta(days=1)
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return midnight.astimezone(UTC)


def preceded(
    one: Expectation, acts: Sequence[Act], days: tuple[date, date], zone: str
) -> Iterator[bool]:
    """Yield whether another came before each act, as far as that can be seen."""
    for act in acts:
        if act.kind != one.before or act is NOTHING or act.at is None:
            continue
        start = None if one.limit is None else act.at - one.limit
        is_met = any(
            other.kind == one.of and other.at and other.at < act.at
            and (start is None or start < other.at)
            and (not one.same or (act.topics or set()) & (other.topics or set()))
            for other in acts if other is not NOTHING
        )  # fmt: skip
        begins = start and start.astimezone(ZoneInfo(zone)).date()
        is_seen = begins and days[0] <= begins and local_day(act, zone) <= days[1]
        if is_met or is_seen:
            yield is_met


def is_clear(one: Expectation, history: Sequence[Row]) -> bool:
    """Tell whether it is known what came first, where it matters."""
    return one.asking is None or len({row.at for row in history}) == len(history)


def judged(
    one: Expectation, history: Sequence[Row], days: tuple[date, date] | None, zone: str = "UTC",
    missing: int | None = 0,
) -> ExpectationResult:  # fmt: skip
    """Return what an audit says of a history that is whole over some days."""
    since, through = days or (None, None)
    charter = a_charter(one, zone)
    found = audit(charter, history, missing=missing, since=since, through=through)
    (result,) = found.expectations
    return result


@st.composite
def windows(draw: st.DrawFn) -> tuple[date, date]:
    """Draw the days that a history is whole over."""
    first = START.date() + timedelta(days=draw(st.integers(0, 4)))
    return first, START.date() + timedelta(days=draw(st.integers(6, DAYS - 1)))


@given(expectations(), rows(unknowns=False, undated=False), windows(), st.sampled_from(ZONES))
def test_of_a_history_of_which_all_is_known_each_occasion_is_what_it_is(
    one: Expectation, history: list[Act], days: tuple[date, date], zone: str
) -> None:
    found = judged(one, history, days, zone)
    told = truly(one, history, days, zone)
    assume(is_clear(one, history))
    assert (found.met + found.idle, found.missed) >= (told.count(True), told.count(False))
    assert found.undecided == 0
    if one.unit is None:
        assert (found.met, found.missed) == (told.count(True), told.count(False))
    if not all(told):
        assert found.standing is Fulfilment.MISSED
    elif not found.missed:  # a period that is whole in part may be missed besides
        assert found.standing in {Fulfilment.MET, Fulfilment.IDLE, Fulfilment.UNDECIDED}


@given(expectations(), rows(), windows(), st.sampled_from(ZONES))
def test_what_is_met_or_missed_is_so_however_the_unknown_turns_out(
    one: Expectation, history: list[Row], days: tuple[date, date], zone: str
) -> None:
    found = judged(one, history, days, zone)
    assume(is_clear(one, history))
    if sum(1 for row in history if row.at is None) > 1:
        return
    outcomes = [truly(one, acts, days, zone) for acts in product(*map(list, map(ways, history)))]
    if found.standing is Fulfilment.MET:
        assert all(all(told) for told in outcomes)
    if found.standing is Fulfilment.MISSED and not any(
        o.standing is Fulfilment.MISSED for o in found.occasions
    ):
        assert not any(all(told) for told in outcomes)
    if found.standing is Fulfilment.IDLE:
        assert all(all(told) for told in outcomes)


@given(expectations(sliding=False), rows(undated=False), windows(), st.sampled_from(ZONES))
def test_a_period_is_undecided_only_where_it_may_turn_out_either_way(
    one: Expectation, history: list[Row], days: tuple[date, date], zone: str
) -> None:
    found = judged(one, history, days, zone)
    outcomes = [truly(one, acts, days, zone) for acts in product(*map(list, map(ways, history)))]
    told = [{True: Fulfilment.MET, False: Fulfilment.MISSED, None: Fulfilment.UNDECIDED}[sure(one_)]
            for one_ in zip(*outcomes, strict=True)]  # fmt: skip
    size = UNITS[str(one.unit)]
    numbers = [(within[0].toordinal() - (size == 7)) // size for within in periods(one, *days)]
    seen = {o.number: Fulfilment.MET if o.standing is Fulfilment.IDLE else o.standing
            for o in found.occasions}  # fmt: skip
    assert [seen[number] for number in numbers] == told


def sure(outcomes: Sequence[bool]) -> bool | None:
    """Return what all outcomes are, None where they differ."""
    return outcomes[0] if len(set(outcomes)) == 1 else None


_RANK = {Fulfilment.MET: 2, Fulfilment.IDLE: 2}


@given(expectations(), rows(), st.none() | windows(), st.data())
def test_no_damage_makes_an_expectation_met(
    one: Expectation, history: list[Row], days: tuple[date, date] | None, data: st.DataObject
) -> None:
    if not history:
        return
    whole = judged(one, history, days)
    place = data.draw(st.integers(0, len(history) - 1))
    row = history[place]
    at = data.draw(st.sampled_from([None, row.at]))
    damaged: list[Row] = [Unreadable("?", at=at), Unreadable("?", at=at, lost=1)]
    damaged += [Unreadable("?", at=at, casts_doubt=True)]
    if isinstance(row, Act):
        damaged += [attrs.evolve(row, at=None), attrs.evolve(row, kind=None),
                    attrs.evolve(row, topics=None)]  # fmt: skip
    worse = list(history)
    worse[place] = data.draw(st.sampled_from(damaged))
    missing = data.draw(st.sampled_from([0, 0, 1, None]))
    found = judged(one, worse, days, missing=missing)
    assert _RANK.get(found.standing, 0) <= _RANK.get(whole.standing, 0)
    if isinstance(one.bound, Proportion) and whole.interval and found.interval:
        assert found.interval.low <= whole.interval.low
        assert found.interval.high >= whole.interval.high


@given(expectations(), rows(), st.integers(0, 5), st.sampled_from(ZONES))
def test_the_parts_of_a_history_may_be_counted_apart(
    one: Expectation, history: list[Row], cut: int, zone: str
) -> None:
    charter = a_charter(one, zone)
    parts = tally(charter, history[:cut]) + tally(charter, history[cut:])
    assert conclude(charter, parts).expectations == audit(charter, history).expectations


@given(expectations(), st.permutations(range(5)), rows())
def test_the_order_of_rows_means_nothing(
    one: Expectation, order: list[int], history: list[Row]
) -> None:
    moved = [history[n] for n in order if n < len(history)]
    assert judged(one, moved, None) == judged(one, history, None)


#: From the Sunday to the one before the end of 2026, so that the second week is of both years.
LATER = datetime(2026, 12, 20, tzinfo=UTC) - START
#: What is decided: the other standings wait for more.
DECIDED = {Fulfilment.MET, Fulfilment.MISSED}


@given(
    expectations(sliding=False).filter(lambda one: isinstance(one.on, WorkingWeek)),
    rows(),
    st.frozensets(st.dates(date(2027, 1, 1), date(2027, 1, 8)), max_size=4),
    st.sampled_from(ZONES),
)
def test_what_a_short_calendar_decides_is_so_whatever_the_next_year_closes(
    one: Expectation, history: list[Row], closed: frozenset[date], zone: str
) -> None:
    moved = [attrs.evolve(row, at=row.at and row.at + LATER) for row in history]
    first = (START + LATER).date()
    last = first + timedelta(days=DAYS)
    eve = date(2026, 12, 31)
    short, whole = (
        audit(
            a_charter(one, zone, calendar), moved, missing=0, since=first, through=last
        ).expectations[0]
        for calendar in (Calendar({eve}), Calendar({eve} | closed, {2026, 2027}))
    )
    known = {told.number: told.standing for told in whole.occasions}
    assert short.unknown_years <= {2027}
    assert not whole.unknown_years
    if [told.standing for told in short.occasions] != [told.standing for told in whole.occasions]:
        assert short.unknown_years
    for told in short.occasions:
        assert told.standing not in DECIDED or told.standing == known[told.number]
    if short.standing is Fulfilment.MISSED:
        assert whole.standing is Fulfilment.MISSED
    if short.standing is Fulfilment.MET:
        assert whole.standing in {Fulfilment.MET, Fulfilment.IDLE}


@pytest.mark.parametrize("within", [None, timedelta(hours=2)])
@pytest.mark.parametrize(
    ("copied", "hidden", "standing"),
    [
        ("m1", "m1", Fulfilment.MET),
        ("m2", "m1", Fulfilment.MISSED),
        (None, "m1", Fulfilment.UNDECIDED),
        ("m1", None, Fulfilment.UNDECIDED),
        (None, None, Fulfilment.UNDECIDED),
    ],
)
def test_what_comes_before_is_of_the_same_message(
    copied: str | None, hidden: str | None, standing: Fulfilment, within: timedelta | None
) -> None:
    one = Expectation("kept", of="archive", before="hide", same="message", within=within)
    noon = START + timedelta(days=3, hours=12)
    history = [
        Act(kind="archive", at=noon - timedelta(hours=1), target=Message(id=copied)),
        Act(kind="archive", at=noon + timedelta(hours=1), target=Message(id=hidden)),
        Act(kind="hide", at=noon, target=Message(id=hidden)),
        Act(kind="publish", at=noon + timedelta(days=3)),
    ]
    whole = Context(earlier=Earlier())
    (found,) = audit(a_charter(one), history, context=whole).expectations
    assert found.standing is standing
    (late,) = audit(a_charter(one), history[1:], context=whole).expectations
    assert late.standing is Fulfilment.MISSED


#: An act that was followed long before.
EARLY = (("delete", 20), ("publish", 19))


def test_what_follows_within_working_days_waits_for_the_calendar() -> None:
    """Until the year that it does not cover, what is due is known; beyond it, nobody knows."""
    one = Expectation("fixed", of="publish", after="delete", within=WorkingDays(2))
    eve = datetime(2026, 12, 30, 12, tzinfo=UTC)
    calendar = Calendar({date(2026, 12, 25)})
    last = Act(kind="edit", at=eve + timedelta(days=30))

    def found(*hours: int, until: Act = last) -> ExpectationResult:
        posts = [Act(kind="publish", at=eve + timedelta(hours=n)) for n in hours]
        early = [Act(kind=kind, at=eve - timedelta(days=n)) for kind, n in EARLY]
        rows = [*early, Act(kind="delete", at=eve), *posts, until]
        (result,) = audit(a_charter(one, calendar=calendar), rows).expectations
        return result

    assert found(24).standing is Fulfilment.MET
    assert not found(24).unknown_years
    assert found(70).standing is found().standing is Fulfilment.UNDECIDED
    assert found(70).unknown_years == found().unknown_years == {2027}
    seen = found(until=attrs.evolve(last, at=eve + timedelta(hours=20)))
    assert (seen.standing, seen.met, seen.partial) == (Fulfilment.MET, 1, 1)
    assert not seen.unknown_years


@pytest.mark.parametrize(
    ("within", "during", "hours", "standing"),
    [
        (WorkingDays(1), None, 83, Fulfilment.MET),  # Friday noon to the end of Monday
        (WorkingDays(1), None, 84, Fulfilment.MET),
        (WorkingDays(1), None, 85, Fulfilment.MISSED),
        (WorkingDays(1), "Mon-Fri 09:00-18:00", 78, Fulfilment.MET),
        (WorkingDays(1), "Mon-Fri 09:00-18:00", 79, Fulfilment.MISSED),
        (WorkingDays(1), "Mon-Sat 09:00-18:00", 30, Fulfilment.MET),
        (WorkingDays(1), "Mon-Sat 09:00-18:00", 31, Fulfilment.MISSED),
        (timedelta(hours=7), "Mon-Fri 09:00-18:00", 70, Fulfilment.MET),
        (timedelta(hours=7), "Mon-Fri 09:00-18:00", 71, Fulfilment.MISSED),
    ],
)
def test_what_follows_may_be_due_by_working_hours(
    within: timedelta | WorkingDays, during: str | None, hours: int, standing: Fulfilment
) -> None:
    one = Expectation("fixed", of="publish", after="delete", within=within, during=during)
    friday = datetime(2026, 4, 10, 12, tzinfo=UTC)
    rows = [Act(kind=kind, at=friday + timedelta(hours=n))
            for kind, n in (("delete", 0), ("publish", hours), ("edit", 400))]  # fmt: skip
    (found,) = audit(a_charter(one), rows).expectations
    assert found.standing is standing


def test_what_follows_within_working_days_is_told() -> None:
    one = Expectation("fixed", of="publish", after="delete", within=WorkingDays(2))
    assert expected_text(one) == "`publish` within 2 working days after `delete`"
    assert expected_text(one, "fr") == "publication sous 2 jours ouvrés après suppression"
    soon = attrs.evolve(one, within=WorkingDays(0), during="Mon-Sat 09:00-18:00")
    assert expected_text(soon) == (
        "`publish` by the end of the working day after `delete`, on Mon-Sat 09:00-18:00"
    )


def test_what_comes_before_is_told() -> None:
    one = Expectation("kept", of="archive", before="hide", same="message")
    assert expected_text(one) == "`archive` before `hide`, of the same message"
    assert expected_text(one, "fr") == "archivage avant masquage, avec le même message"
    short = attrs.evolve(one, same=(), within=timedelta(days=2))
    assert expected_text(short) == "`archive` before `hide`, at most 2 d before"


def test_a_post_on_each_working_day_is_missed_on_those_only() -> None:
    """Holidays and week-ends are not judged, and nobody knows of a year of no calendar."""
    one = Expectation("daily", of="publish", at_least=Rate(1, "day"), on="jours ouvrés")
    posts = [Act(kind="publish", at=START + timedelta(days=n)) for n in (1, 3, 4)]
    found = judged(one, posts, (date(2026, 3, 22), date(2026, 4, 4)))
    assert (found.met, found.missed) == (3, 4)
    assert [told.name for told in found.failures] == [
        "2026-03-27", "2026-03-30", "2026-03-31", "2026-04-01",
    ]  # fmt: skip
    assert found.text() == "at least 1 per day: `publish`, on working days"
    assert found.text("fr") == "au moins 1 par jour\xa0: publication, jours ouvrés"
    later = attrs.evolve(one, on="working days Mon-Sat 09:00-18:00")
    assert later.on == WorkingWeek(Week.parse("Mon-Sat 09:00-18:00"))
    assert str(later.on) == "working days Mon-Sat 09:00-18:00"
    charter = a_charter(later, calendar=Calendar(years={2025}))
    asked = audit(charter, posts, missing=0)
    (unknown,) = asked.expectations
    assert unknown.unknown_years == {2026}
    assert "the calendar says nothing of 2026" in asked.text()
    assert "le calendrier ne dit rien de 2026" in asked.text("fr")
    assert (unknown.standing, unknown.missed, unknown.met) == (Fulfilment.UNDECIDED, 0, 0)
    assert unknown.text("fr").endswith("jours ouvrés lun.–sam. 9\xa0h–18\xa0h")


def test_of_a_part_of_a_period_unknown_facts_may_be_too_much() -> None:
    one = Expectation("x", of="promotions", at_most=Proportion(0, per="day"), among="publish")
    days = [datetime(2026, 3, day, tzinfo=UTC) for day in (22, 24)]
    acts = [Act(kind="publish", at=at, topics={"promo"}) for at in days]
    assert judged(one, acts, None).standing is Fulfilment.MISSED
    unknown = [attrs.evolve(act, kind=None) for act in acts]
    assert judged(one, unknown, None).standing is Fulfilment.UNDECIDED
    others = [attrs.evolve(act, kind="reply") for act in acts]
    assert judged(one, others, None).standing is Fulfilment.IDLE
