"""What is to come before events is judged as by trying every way a history may turn out."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, audit, catalog
from cmcore.charters import (
    Case,
    Earlier,
    Expectation,
    ExpectationResult,
    Fulfilment,
    Unreadable,
    conclude,
    tally,
)

Row = Case | Unreadable
START = datetime(2026, 3, 23, tzinfo=UTC)
DAYS = 8
HOUR = timedelta(hours=1)
KINDS = ("publish", "delete")
#: The moments of the launches that rows may speak of.
LAUNCHES = [START + timedelta(hours=hours) for hours in (30, 31, 100, 150)]
ALL = START.date(), START.date() + timedelta(days=DAYS - 1)


def a_charter(one: Expectation) -> Charter:
    """Return a charter that expects something before each launch."""
    desk = catalog.circuits["owner"]
    return Charter("shop", circuits=[desk], default=desk.id, events=["launch"], expectations=[one])


@st.composite
def expectations(draw: st.DrawFn) -> Expectation:
    """Draw by what times before a launch something is published."""
    leads = draw(st.sets(st.sampled_from([1, 24, 72]), min_size=1))
    longest = draw(st.none() | st.integers(max(leads) + 1, 120))
    within = None if longest is None else longest * HOUR
    by = [lead * HOUR for lead in leads]
    return Expectation("x", of="publish", before="launch", by=by, within=within)


@st.composite
def rows(draw: st.DrawFn, *, unknowns: bool = True) -> list[Row]:
    """Draw a few rows that say when a launch is, or that there is none; some do not."""
    found: list[Row] = []
    for _ in range(draw(st.integers(0, 5))):
        at = START + draw(st.integers(0, 24 * DAYS - 1)) * HOUR
        what = draw(st.integers(0, 6)) if unknowns else 6
        kind = draw(st.sampled_from(KINDS))
        events = {"launch": draw(st.none() | st.sampled_from(LAUNCHES))}
        act = Act(kind=None if what == 0 else kind, at=None if what == 1 else at)
        if what == 2:
            found.append(Unreadable("?", at=at))
        else:
            found.append(Case(act, Context(events={} if what == 3 else events)))
    return found


def judged(
    one: Expectation, history: Sequence[Row], days: tuple[date, date] | None = ALL,
    missing: int | None = 0,
) -> ExpectationResult:  # fmt: skip
    """Return what an audit says of a history that is whole over some days."""
    since, through = days or (None, None)
    charter = a_charter(one)
    found = audit(charter, history, missing=missing, since=since, through=through)
    (result,) = found.expectations
    return result


def launches(history: Sequence[Row]) -> list[datetime]:
    """Return the launches that the rows of a history speak of, in order."""
    told = {row.context.events.get("launch") for row in history if isinstance(row, Case)}
    return sorted(at for at in told if at)


def truly(one: Expectation, history: Sequence[Case]) -> list[tuple[bool, bool, bool]]:
    """Return, of each time before each launch, whether it is met, seen, and without a limit.

    Without a limit, it is seen where its end is: nobody knows what came before the history.
    """
    posts = [row.act.at for row in history if row.act.kind == "publish" and row.act.at]
    found = []
    for event in launches(history):
        limits = [one.limit, *one.by]
        for lead, limit in zip(one.by, limits, strict=False):
            starts = [event - limit] if limit else []
            # what comes before another launch is of that one
            starts += [previous if event - lead > previous else previous - lead
                       for previous in launches(history) if previous < event]  # fmt: skip
            start = max(starts, default=None)
            due = event - lead
            met = any((start is None or start < at) and at <= due for at in posts)
            found.append((met, (due if start is None else start) >= START, start is None))
    return found


@given(expectations(), rows(unknowns=False))
def test_of_a_history_of_which_all_is_known_each_time_is_what_it_is(
    one: Expectation, history: list[Case]
) -> None:
    found = judged(one, history)
    told = truly(one, history)
    assert found.met == sum(met for met, _, _ in told)
    assert found.missed == sum(seen and not met and not endless for met, seen, endless in told)
    assert found.partial == sum(not seen and not met for met, seen, _ in told)
    assert found.undecided == sum(seen and not met and endless for met, seen, endless in told)
    if found.missed:
        assert found.standing is Fulfilment.MISSED
    elif found.undecided:
        assert found.standing is Fulfilment.UNDECIDED
    elif told:
        assert found.standing is (Fulfilment.MET if found.met else Fulfilment.UNDECIDED)


def ways(row: Row) -> Iterator[Case]:
    """Yield all that a row may turn out to be, launches that nobody told of included."""
    if isinstance(row, Unreadable):
        row = Case(Act(at=row.at))
    events = row.context.events or None
    for kind in KINDS if row.act.kind is None else (row.act.kind,):
        for at in [row.act.at] if row.act.at else [START + n * 12 * HOUR for n in range(2 * DAYS)]:
            for launch in (None, *LAUNCHES) if events is None else (events["launch"],):
                yield Case(Act(kind=kind, at=at), Context(events={"launch": launch}))


@given(expectations(), rows().map(lambda some: some[:3]))
def test_what_is_met_or_missed_is_so_however_the_unknown_turns_out(
    one: Expectation, history: list[Row]
) -> None:
    found = judged(one, history)
    if found.standing is Fulfilment.UNDECIDED:
        return
    for turned in product(*map(list, map(ways, history))):
        told = truly(one, turned)
        if found.standing is Fulfilment.MISSED:
            assert any(seen and not met and not is_open for met, seen, is_open in told)
        else:
            assert not any(seen and not met for met, seen, _ in told)


@pytest.mark.parametrize("within", [None, 720 * HOUR])
@pytest.mark.parametrize("earlier", [None, Earlier()])
def test_what_may_have_come_at_any_time_before_an_event_is_never_met_unseen(
    within: timedelta | None, earlier: Earlier | None
) -> None:
    """Nothing was said of a launch in months: a limit or a start makes that certain."""
    one = Expectation("x", of="publish", before="launch", by=[72 * HOUR, HOUR / 2], within=within)
    launch = START + 3600 * HOUR
    post = Act(kind="publish", at=launch - HOUR)
    told = Case(post, Context(events={"launch": launch}))
    context = None if earlier is None else Context(earlier=earlier)
    first, last = None if earlier else START.date(), launch.date()
    charter = a_charter(one)
    found = audit(charter, [told], missing=0, context=context, since=first, through=last)
    (result,) = found.expectations
    is_sure = within is not None or earlier is not None
    assert result.standing is (Fulfilment.MISSED if is_sure else Fulfilment.UNDECIDED)
    assert (result.met, result.missed + result.undecided, result.partial) == (1, 1, 0)


@given(expectations(), rows(), st.data())
def test_no_damage_makes_an_expectation_met(
    one: Expectation, history: list[Row], data: st.DataObject
) -> None:
    if not history:
        return
    whole = judged(one, history)
    place = data.draw(st.integers(0, len(history) - 1))
    row = history[place]
    damaged: list[Row] = [Unreadable("?", lost=lost) for lost in (0, 1)]
    damaged += [Unreadable("?", casts_doubt=True)]
    if isinstance(row, Case):
        damaged += [attrs.evolve(row, context=Context()),
                    attrs.evolve(row, act=Act(kind=row.act.kind))]  # fmt: skip
    worse = list(history)
    worse[place] = data.draw(st.sampled_from(damaged))
    found = judged(one, worse, missing=data.draw(st.sampled_from([0, 1, None])))
    good = {Fulfilment.MET, Fulfilment.IDLE}
    assert found.standing not in good or whole.standing in good


@given(expectations(), st.permutations(range(5)), rows(), st.integers(0, 5))
def test_neither_the_order_of_rows_nor_their_parts_mean_anything(
    one: Expectation, order: list[int], history: list[Row], cut: int
) -> None:
    moved = [history[n] for n in order if n < len(history)]
    found = judged(one, moved, None)
    assert found == judged(one, history, None)
    charter = a_charter(one)
    parts = tally(charter, history[:cut]) + tally(charter, history[cut:])
    assert conclude(charter, parts).expectations == (found,)
