"""Audits: the share covered, with its interval, judged against the charter's own target."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import comb, erf, fsum, sqrt
from statistics import NormalDist, correlation
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
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
)
from cmcore.charters import Earlier, Scope, Term, Trend, Unreadable, Verdict, Volume
from cmcore.charters.audits.audit import Drift
from cmcore.charters.audits.cases import cases
from cmcore.charters.audits.conclude import MOST_EXAMPLES
from cmcore.charters.audits.statistics import drift, exact, interval, verdict
from cmcore.charters.history import Case
from cmcore.charters.kinds import KINDS
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.strategies import acts, charters, charters_and_cases, histories, instants

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
Row = Act | Case | Unreadable
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))
shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
confidences = st.sampled_from([0.5, 0.8, 0.9, 0.99])
#: Rules on earlier acts, so that audits have to know what went before.
LOGS = ("recent.any", "recent.publish", "recent.publish.same_network", "kind", "network")
busy = charters(facts=LOGS, min_rules=1, max_depth=1, dated=False)


def chance(share: float, n: int, counts: range) -> float:
    """Return how likely it is that so many of `n` acts are covered, by the binomial itself."""
    return fsum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in counts)


def z_of(confidence: float) -> float:
    low, high = 0.0, 10.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if erf(middle / sqrt(2)) < confidence else (low, middle)
    return low


class TestCounts:
    """An audit counts every act once, the unreadable ones as exceptions."""

    @MANY
    @given(charters(), st.data())
    def test_the_counts_add_up(self, charter: Charter, data: st.DataObject) -> None:
        history: list[Row] = data.draw(histories(charter))
        found = audit(charter, history)
        unread = sum(isinstance(row, Unreadable) for row in history)
        assert found.total == len(history)
        assert found.covered + found.exceptions + found.forbidden == found.total
        assert sum(cause.count for cause in found.causes) == found.total - found.covered
        assert sum(period.total for period in found.periods) == found.total
        assert sum(period.covered for period in found.periods) == found.covered
        assert found.unreadable_count == len(found.unreadable) == unread
        assert found.late == 0
        for tally in found.rules:
            assert 0 <= tally.alone <= tally.determined <= found.total
            assert 0 <= tally.fired <= found.total
        assert [tally.rule for tally in found.rules] == sorted(rule.id for rule in charter.rules)
        assert set(found.never_fired) == {t.rule for t in found.rules if t.fired == 0}
        assert all(len(cause.examples) <= MOST_EXAMPLES for cause in found.causes)

    @MANY
    @given(charters(), st.data())
    def test_it_counts_what_deciding_one_by_one_gives(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        history: list[Row] = data.draw(histories(charter))
        found = audit(charter, history)
        outcomes: Counter[str] = Counter()
        decided: Counter[str] = Counter()
        alone: Counter[str] = Counter()
        for row in cases(charter, history, Context()):
            if isinstance(row, Unreadable):
                outcomes[Outcome.EXCEPTION] += 1
                continue
            decision = decide(charter, row.act, row.context)
            outcomes[decision.outcome] += 1
            decided.update(decision.determining)
            alone.update(decision.determining if len(decision.determining) == 1 else ())
        assert found.covered == outcomes[Outcome.COVERED]
        assert found.exceptions == outcomes[Outcome.EXCEPTION]
        assert found.forbidden == outcomes[Outcome.FORBIDDEN]
        assert {t.rule: t.determined for t in found.rules if t.determined} == dict(decided)
        assert {t.rule: t.alone for t in found.rules if t.alone} == dict(alone)

    @given(charters(), st.data())
    def test_what_is_wanting_is_what_deciding_lacks(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        history: list[Row] = data.draw(histories(charter))
        wanting: Counter[str] = Counter()
        for row in cases(charter, history, Context()):
            if not isinstance(row, Case):
                continue
            decision = decide(charter, row.act, row.context, repair=False)
            told = decision.determining
            assume(decision.closed is None or told)
            lacking = [rule for rule in decision.unknown if not told or rule.rule in told]
            if decision.outcome is not Outcome.COVERED:
                wanting.update({name for rule in lacking for name in rule.facts})
        assert dict(audit(charter, history).wanting) == dict(wanting)

    @given(charters(), st.lists(st.integers(1, 99), max_size=5))
    def test_unreadable_rows_are_exceptions_and_listed(
        self, charter: Charter, lines: list[int]
    ) -> None:
        rows = [Unreadable(f"line {line}") for line in lines]
        found = audit(charter, rows)
        assert found.exceptions == found.total == len(rows)
        assert found.unreadable == tuple(rows)

    @given(charters(), st.data())
    def test_a_row_that_comes_too_late_is_unreadable_where_the_order_matters(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        at = data.draw(instants())
        stream = [Act(at=at), Act(at=at - timedelta(seconds=1)), Act(at=at)]
        found = audit(charter, iter(stream))
        assert found.unreadable_count == bool(charter.lookback)
        assert audit(charter, stream).unreadable_count == 0


class TestCauses:
    """An audit says why acts are not covered, as deciding each of them does."""

    @MANY
    @given(charters_and_cases())
    def test_it_says_where_the_charter_covers_nothing_as_deciding_does(
        self, drawn: tuple[Charter, Case]
    ) -> None:
        charter, case = drawn
        decision = decide(charter, case.act, case.context)
        found = audit(charter, [case])
        closed = decision.closed if not decision.determining else None
        closed = None if closed and closed.state == "no permits" else closed
        (cause,) = found.causes or (None,)
        if cause is None:
            assert decision.outcome is Outcome.COVERED
        else:
            assert bool(cause.outside) == (closed is not None)
            doubted = [one for one in decision.unknown if one.rule in decision.determining]
            if closed is None:
                assert cause.unknown == bool(doubted)

    @pytest.mark.parametrize(
        ("scope", "causes"),
        [
            (
                Scope(volume=[Volume(2, hours(1), "publish")]),
                {"perhaps outside the scope: volume of publish": 2,
                 "outside the scope: volume of publish": 2},
            ),
            (
                Scope({"mastodon"}),
                {"perhaps outside the scope: networks": 1,
                 "outside the scope: networks": 2},
            ),
            (
                Scope({"mastodon"}, [Volume(1, hours(1))]),
                {"perhaps outside the scope: networks, volume of any": 1,
                 "outside the scope: volume of any": 1,
                 "outside the scope: networks, volume of any": 2},
            ),
        ],
    )  # fmt: skip
    def test_it_names_the_parts_of_the_scope_that_close_it(
        self, scope: Scope, causes: dict[str, int]
    ) -> None:
        start = datetime(2026, 3, 2, tzinfo=UTC)
        networks = [None, "bluesky", "bluesky", "mastodon"]
        rows = [
            Act(kind="publish", at=start + n * timedelta(minutes=20), network=network)
            for n, network in enumerate(networks)
        ]
        charter = Charter(
            "c", rules=[Rule.permit("all", because="Fine.")], circuits=[DESK], default="desk",
            scope=scope,
        )  # fmt: skip
        found = audit(charter, rows)
        assert {cause.text(): cause.count for cause in found.causes} == causes
        assert all(not cause.rules and cause.circuits == ("desk",) for cause in found.causes)

    def test_it_says_where_the_charter_is_not_in_force(self) -> None:
        term = Term(since=date(2026, 3, 2))
        charter = Charter(
            "c", rules=[Rule.permit("all", because="Fine.")], circuits=[DESK], default="desk",
            term=term,
        )  # fmt: skip
        found = audit(charter, [Act(), Act(at=datetime(2026, 3, 1, tzinfo=UTC))])
        assert [(cause.text(), cause.text("fr"), cause.name) for cause in found.causes] == [
            ("the charter is not in force", "la charte n’est pas en vigueur",
             "the charter is not in force"),
            ("perhaps the charter is not in force",
             "peut-être la charte n’est pas en vigueur", "the charter is not in force"),
        ]  # fmt: skip


class TestQuotas:
    """A quota limits the kinds of act that it counts, and no other."""

    @MANY
    @given(charters_and_cases(), st.integers(1, 3), st.permutations(sorted(KINDS)))
    def test_a_volume_of_one_kind_closes_no_other(
        self, drawn: tuple[Charter, Case], most: int, kinds: list[str]
    ) -> None:
        charter, case = drawn
        act = attrs.evolve(case.act, kind=kinds[0], absent=case.act.absent - {"kind"})
        volume = Volume(most, hours(1), kinds[1])
        scope = attrs.evolve(charter.scope, volume=[*charter.scope.volume, volume])
        narrower = attrs.evolve(charter, scope=scope)
        one, two = (decide(c, act, case.context) for c in (charter, narrower))
        assert (one.outcome, one.circuits, one.rules) == (two.outcome, two.circuits, two.rules)
        assert one.closed == two.closed

    def test_the_kind_that_it_counts_is_closed_when_it_is_used_up(self) -> None:
        scope = Scope(volume=[Volume(2, hours(24), "publish")])
        charter = Charter(
            "c", rules=[Rule.permit("all", because="Fine.")], circuits=[DESK], default="desk",
            scope=scope,
        )  # fmt: skip
        at = datetime(2026, 3, 2, tzinfo=UTC)
        before = Context(earlier=Earlier([Act(kind="publish", at=at)] * 2), at=at)
        for kind, outcome in [("hide", "covered"), ("publish", "exception"), (None, "exception")]:
            assert decide(charter, Act(kind=kind), before).outcome == outcome


class TestOrder:
    """No order of a list matters, and a stream in order of time is audited as a list is."""

    @MANY
    @given(st.one_of(busy, charters()), st.data())
    def test_permuting_a_list_of_dated_acts_changes_nothing(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        drawn = data.draw(st.lists(acts(charter), max_size=6))
        dated = [
            attrs.evolve(act, id=f"{number}", at=act.at or data.draw(instants()))
            for number, act in enumerate(drawn)
        ]
        assert audit(charter, data.draw(st.permutations(dated))) == audit(charter, dated)

    @MANY
    @given(st.one_of(busy, charters()), st.data())
    def test_a_stream_is_audited_as_the_list_is(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        drawn = data.draw(st.lists(acts(charter, unknowns=False), max_size=6))
        ordered = sorted(drawn, key=lambda act: (act.at, act.id or ""))
        assert audit(charter, iter(ordered)) == audit(charter, ordered)

    @MANY
    @given(busy, st.data())
    def test_rules_on_earlier_acts_find_what_a_full_context_gives(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        drawn = data.draw(st.lists(acts(charter, unknowns=False), min_size=1, max_size=8))
        assume(charter.lookback)  # without, what went before is left unknown
        start = data.draw(instants()).astimezone(UTC)  # an hour on, a wall clock may show less
        gaps = st.sampled_from([0, 1, 30, 60, 1440, 10_080])
        moments = [start]
        for _ in drawn[1:]:
            moments.append(moments[-1] + timedelta(minutes=data.draw(gaps)))
        dated = [
            attrs.evolve(act, id=f"{n}", at=at)
            for n, (act, at) in enumerate(zip(drawn, moments, strict=True))
        ]
        outcomes = Counter(
            judge(charter, Facts(charter, act, Context(earlier=Earlier(dated[:n], start)))).outcome
            for n, act in enumerate(dated)
        )
        found = audit(charter, dated)
        assert found.covered == outcomes[Outcome.COVERED]
        assert found.forbidden == outcomes[Outcome.FORBIDDEN]
        for n, (at, log) in enumerate(logs(charter, dated)):
            assert log == [act for act in dated[:n] if at - act.at < charter.lookback]

    @pytest.mark.parametrize("times", [(0, None, 5, 9), (9, None, 0, 5), (5, 0, 9, None)])
    def test_an_act_without_a_moment_went_before_those_that_it_may_have(
        self, times: Sequence[int | None]
    ) -> None:
        """Where the others are in order, it is where it stands; elsewhere, it may be anywhere."""
        busy_day = fact("recent.any").more_than(9, within=hours(2))
        rule = Rule.forbid("busy", when=busy_day, because="No.")
        charter = Charter("c", circuits=[DESK], default="desk", rules=[rule])
        history = [Act(id=str(time), at=None if time is None else NOON + hours(time))
                   for time in times]  # fmt: skip
        is_in_order = times[0] == 0
        for at, log in logs(charter, history):
            if at is not None:
                may_be = at == NOON + hours(5) if is_in_order else True
                assert ("None" in {act.id for act in log}) is may_be


def logs(charter: Charter, history: Sequence[Act]) -> Iterator[tuple[Any, list[Act]]]:
    """Yield the moment of each act as it is audited, and the acts that are known to go before."""
    for case in cases(charter, history, Context()):
        assert isinstance(case, Case)
        earlier = case.context.earlier
        yield case.act.at, [*earlier.acts] if earlier else []


@pytest.mark.usefixtures("long_loop")
class TestInterval:
    """The share comes with its exact interval, which missing acts only widen."""

    @MANY
    @given(shares, confidences)
    def test_at_its_ends_what_was_seen_is_as_rare_as_the_confidence_leaves(
        self, counted: tuple[int, int], confidence: float
    ) -> None:
        k, n = counted
        found, left = exact(k, n, confidence), (1 - confidence) / 2
        if k:
            assert chance(found.low, n, range(k, n + 1)) == pytest.approx(left, rel=1e-6)
        if k < n:
            assert chance(found.high, n, range(k + 1)) == pytest.approx(left, rel=1e-6)
        assert (found.low == 0) == (k == 0)
        assert (found.high == 1) == (k == n)

    @pytest.mark.parametrize("target", [0.5, 0.9, 0.95, 0.99])
    def test_a_verdict_is_wrong_no_more_often_than_the_page_says(self, target: float) -> None:
        """Of a share right at its target, at most one verdict in twenty says so or says not."""
        for n in (*range(1, 40), 59, 93, 120):
            found = [verdict(exact(k, n, 0.9), target, n) for k in range(n + 1)]
            for said in (Verdict.MET, Verdict.MISSED):
                counts = [k for k in range(n + 1) if found[k] is said]
                wrong = chance(target, n, range(counts[0], counts[-1] + 1)) if counts else 0
                assert wrong <= 0.05 + 1e-9

    @given(shares, confidences, st.integers(2, 50))
    def test_it_holds_the_share_and_narrows_as_acts_come(
        self, counted: tuple[int, int], confidence: float, times: int
    ) -> None:
        k, n = counted
        few, many = exact(k, n, confidence), exact(times * k, times * n, confidence)
        assert 0 <= few.low <= k / n <= few.high <= 1
        assert many.high - many.low < few.high - few.low

    @given(shares, confidences, confidences)
    def test_more_confidence_is_never_narrower(
        self, counted: tuple[int, int], one: float, other: float
    ) -> None:
        less, more = (exact(*counted, level) for level in sorted((one, other)))
        assert more.low <= less.low
        assert less.high <= more.high

    @given(shares, confidences, st.lists(st.integers(0, 500), min_size=2, max_size=4).map(sorted))
    def test_missing_acts_only_widen_it(
        self, counted: tuple[int, int], confidence: float, missing: list[int]
    ) -> None:
        found = [interval(*counted, lacking, confidence) for lacking in missing]
        for fewer, more in pairwise(found):
            assert more.low <= fewer.low + 1e-12
            assert fewer.high <= more.high + 1e-12
        assert interval(*counted, None, confidence) == exact(0, 0, confidence)

    @given(shares, confidences, st.integers(1, 30), st.data())
    def test_it_holds_whatever_the_missing_acts_would_have_been(
        self, counted: tuple[int, int], confidence: float, missing: int, data: st.DataObject
    ) -> None:
        k, n = counted
        whole = interval(k, n, missing, confidence)
        turned = exact(k + data.draw(st.integers(0, missing)), n + missing, confidence)
        assert whole.low <= turned.low
        assert turned.high <= whole.high

    @pytest.mark.parametrize("confidence", [0, 1, -0.5, 1.5, float("nan")])
    def test_an_impossible_confidence_is_refused(self, confidence: float) -> None:
        with pytest.raises(InvalidError, match="is not a confidence"):
            exact(1, 2, confidence)


class TestVerdict:
    """Judged against the charter's target as met, missed, or not enough evidence."""

    @given(shares, confidences, st.floats(0, 1))
    def test_it_is_met_above_missed_below_and_undecided_across(
        self, counted: tuple[int, int], confidence: float, target: float
    ) -> None:
        found = exact(*counted, confidence)
        expected = {
            (True, True): Verdict.MET,
            (False, True): Verdict.UNDECIDED,
            (False, False): Verdict.MISSED,
        }[found.low >= target, found.high >= target]
        assert verdict(found, target, counted[1]) is expected

    @given(charters(), st.floats(0, 1), st.data())
    def test_the_target_is_the_charter_s_own(
        self, charter: Charter, target: float, data: st.DataObject
    ) -> None:
        history: list[Row] = data.draw(histories(charter))
        found = audit(attrs.evolve(charter, target=target), history)
        assert found.target == target
        assert found.verdict is verdict(found.interval, target, found.total)
        assert (found.verdict is Verdict.UNDECIDED) or found.total > 0

    @pytest.mark.parametrize(
        ("covered", "target", "expected"),
        [
            (90, 0.5, Verdict.MET),
            (90, 0.8, Verdict.MET),
            (90, 0.9, Verdict.UNDECIDED),
            (90, 0.99, Verdict.MISSED),
            (10, 0.5, Verdict.MISSED),
            (0, 0.0, Verdict.MET),
            (100, 1.0, Verdict.UNDECIDED),
        ],
    )
    def test_one_share_is_judged_by_each_target(
        self, covered: int, target: float, expected: Verdict
    ) -> None:
        assert verdict(exact(covered, 100, 0.9), target, 100) is expected

    @given(charters(), confidences)
    def test_an_empty_history_proves_nothing(self, charter: Charter, confidence: float) -> None:
        found = audit(charter, [], confidence=confidence)
        assert found.share is None
        assert found.verdict is Verdict.UNDECIDED

    @given(charters(), st.data())
    def test_a_history_of_unknown_gaps_proves_nothing(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        found = audit(charter, data.draw(histories(charter)), missing=None)
        assert (found.interval.low, found.interval.high) == (0, 1)
        if charter.target > 0:
            assert found.verdict is Verdict.UNDECIDED


class TestDrift:
    """Over time, with drift."""

    @given(st.integers(100, 400), st.integers(6, 7), st.integers(2, 6))
    def test_a_share_that_grows_is_rising_and_one_that_shrinks_falling(
        self, size: int, step: int, periods: int
    ) -> None:
        grown = [(t, size, size // 4 + t * size * step // 50) for t in range(periods)]
        shrunk = [(t, size, size - covered) for t, size, covered in grown]
        assert drift(grown, 0.9).trend is Trend.RISING
        assert drift(shrunk, 0.9).trend is Trend.FALLING

    @given(
        st.dictionaries(
            st.integers(-9, 99),
            st.tuples(st.integers(0, 50), st.integers(0, 50)),
            min_size=2,
            max_size=6,
        )
    )
    def test_it_is_how_time_and_outcome_go_together(
        self, counts: dict[int, tuple[int, int]]
    ) -> None:
        series = [(t, n, min(k, n)) for t, (n, k) in counts.items()]
        acts = [(t, one < k) for t, n, k in series for one in range(n)]
        found = drift(series, 0.9)
        if len({t for t, _ in acts}) < 2:
            assert found == Drift(Trend.UNDECIDED)
        elif len({is_covered for _, is_covered in acts}) < 2:
            assert found == Drift(Trend.STEADY)
        else:
            z = correlation(*zip(*acts, strict=True)) * sqrt(len(acts))
            chance = 2 * NormalDist().cdf(-abs(z))
            assume(abs(chance - 0.1) > 1e-9)
            usual = Trend.RISING if z > 0 else Trend.FALLING
            assert found.z == pytest.approx(z, abs=1e-9)
            assert found.trend is (usual if chance < 0.1 else Trend.STEADY)

    @given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), min_size=2, max_size=6))
    def test_time_reversed_turns_the_sign(self, counts: list[tuple[int, int]]) -> None:
        forth = [(t, n, min(k, n)) for t, (n, k) in enumerate(counts)]
        back = [(-t, n, k) for t, n, k in forth]
        one, other = drift(forth, 0.9), drift(back, 0.9)
        if one.z is None:
            assert other == one
        else:
            assert other.z == pytest.approx(-one.z)

    @given(st.integers(1, 50), st.integers(0, 50), st.integers(2, 6))
    def test_the_same_share_in_every_period_is_steady(self, n: int, k: int, periods: int) -> None:
        found = drift([(t, n, min(k, n)) for t in range(periods)], 0.9)
        assert found.trend is Trend.STEADY

    @given(st.integers(0, 50), st.integers(1, 50))
    def test_one_period_tells_nothing(self, k: int, n: int) -> None:
        assert drift([(7, n, min(k, n))], 0.9).trend is Trend.UNDECIDED
        assert drift([], 0.9).trend is Trend.UNDECIDED

    @pytest.mark.parametrize("every", ["day", "week", "month", "quarter", "year"])
    @given(data=st.data())
    def test_periods_are_in_order_of_time_the_undated_last(
        self, every: str, data: st.DataObject
    ) -> None:
        charter = data.draw(charters(max_rules=1))
        found = audit(charter, data.draw(histories(charter)), every=every)  # type: ignore[arg-type]
        names = [period.name for period in found.periods]
        dated = [name for name in names if name != "undated"]
        assert dated == sorted(set(dated))
        assert names[: len(dated)] == dated


class TestPeriods:
    """Periods follow one another, those without an act among them."""

    @pytest.mark.parametrize(
        ("every", "names"),
        [
            ("day", ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]),
            ("week", ["2025-W51", "2025-W52", "2026-W01", "2026-W02"]),
            ("month", ["2025-11", "2025-12", "2026-01", "2026-02"]),
            ("quarter", ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]),
            ("year", ["2023", "2024", "2025", "2026"]),
        ],
    )
    def test_empty_ones_are_shown(self, every: str, names: list[str]) -> None:
        ends = {
            "day": (datetime(2025, 12, 30, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)),
            "week": (datetime(2025, 12, 20, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)),
            "month": (datetime(2025, 11, 2, tzinfo=UTC), datetime(2026, 2, 6, tzinfo=UTC)),
            "quarter": (datetime(2025, 9, 2, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC)),
            "year": (datetime(2023, 9, 2, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC)),
        }
        charter = Charter("c", circuits=[DESK], default="desk")
        found = audit(charter, [Act(at=at) for at in ends[every]], every=every)  # type: ignore[arg-type]
        assert [period.name for period in found.periods] == names
        assert [period.total for period in found.periods] == [1, 0, 0, 1]
        assert found.periods[1].share is None
        assert found.view().tables
        assert found.view("fr").pictures

    def test_an_age_of_empty_ones_is_left_out(self) -> None:
        first, charter = date(202, 1, 1), Charter("c", circuits=[DESK], default="desk")
        for days, shown in ((100, 101), (101, 2), (1824 * 365, 2)):
            moments = (datetime.combine(first + timedelta(days), time(), UTC) for days in (0, days))
            found = audit(charter, [Act(at=at) for at in moments], every="day")
            assert len(found.periods) == shown

    @pytest.mark.parametrize("missing", [1.5, -1, "3", True, 10**9 + 1, 10**17])
    def test_an_impossible_number_of_missing_acts_is_refused(self, missing: int) -> None:
        with pytest.raises(InvalidError):
            audit(Charter("c", circuits=[DESK], default="desk"), [], missing=missing)

    @pytest.mark.parametrize("confidence", ["0.9", None, 0, 1])
    def test_an_impossible_confidence_is_refused_before_anything_is_read(
        self, confidence: float
    ) -> None:
        with pytest.raises(InvalidError):
            audit(Charter("c", circuits=[DESK], default="desk"), [], confidence=confidence)


class TestBusyHours:
    """At most so many acts in a window: an audit knows what went before."""

    @given(st.integers(1, 5), st.integers(1, 30))
    def test_acts_beyond_the_rate_are_referred(self, most: int, spacing: int) -> None:
        desk = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
        often = fact("recent.publish").more_than(most - 1, within=hours(1))
        rules = [
            Rule.permit("all", because="Fine."),
            Rule.refer("busy", to="desk", when=often, because="Slow down."),
        ]
        charter = Charter("c", rules=rules, circuits=[desk], default="desk")
        start = datetime(2026, 3, 2, tzinfo=UTC)
        history = [
            Act(kind="publish", at=start + n * timedelta(minutes=spacing)) for n in range(20)
        ]
        found = audit(charter, history, context=Context(earlier=Earlier()))
        in_an_hour = -(-60 // spacing)  # how many acts lie in an hour that begins with one
        held = sum(min(n, in_an_hour - 1) >= most for n in range(20))
        assert found.exceptions == held
