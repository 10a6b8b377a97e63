"""Surveillance: a calibration that holds is seldom called broken, however often one asks."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import prod

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    InvalidError,
    Label,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.charters import Case, Unreadable, all_of
from cmcore.labellers import (
    Calibration,
    Draw,
    OutcomeRisk,
    Reliance,
    RiskOf,
    ScoreCurve,
    SpotCheck,
    Surveillance,
    Threshold,
    by_function,
    by_several,
    calibrate,
    spot_checks,
    watch,
)
from cmcore.labellers.curves import against_curve, curve_of
from cmcore.labellers.evidence import against_sameness, against_share
from cmcore.strategies import surveillances

FEW = max(5, settings().max_examples // 8)
LONG = 9
EVERY = Draw(1)
DIGITS = by_function("x", lambda act: float(act.text or ""), version="1")


# -------------------------------------------------------------------------- how often it is wrong


@pytest.mark.parametrize("level", [0.4, 0.2, 0.1])
@pytest.mark.parametrize("risk", [Fraction(1, 10), Fraction(3, 10), Fraction(6, 10)])
def test_a_promise_that_is_kept_is_contradicted_no_more_often_than_stated(
    risk: Fraction, level: float
) -> None:
    # not by simulation: whatever may be seen is looked at, and the chances are added up
    found = {
        wrongs: against_share(wrongs, float(risk)) for wrongs in product((False, True), repeat=LONG)
    }
    alarms = [wrongs for wrongs, chance in found.items() if chance <= level]
    assert 0 < chance_of(alarms, risk) <= level
    assert chance_of(alarms, risk / 2) <= chance_of(alarms, risk)


def chance_of(many: Sequence[tuple[bool, ...]], share: Fraction) -> Fraction:
    """Return how likely it is to see one of several rows of outcomes."""
    ways = (prod((share if one else 1 - share for one in row), start=Fraction(1)) for row in many)
    return sum(ways, Fraction(0))


@given(st.lists(st.integers(0, 3), min_size=3, max_size=5), st.sampled_from([0.2, 0.4, 0.7]))
@settings(max_examples=FEW, deadline=None)
def test_acts_that_are_drawn_alike_are_called_otherwise_no_more_often_than_stated(
    numbers: list[int], level: float
) -> None:
    # each order has the same chance, and so has each way to draw among equals: in quarters is all
    before = len(numbers) - 3
    ways = [
        against_sameness(row[:before], row[before:], ties)
        for row in set(permutations([*map(float, numbers)]))
        for ties in product((0.125, 0.375, 0.625, 0.875), repeat=3)
    ]
    assert sum(chance <= level for chance in ways) <= level * len(ways)


def test_what_moves_is_seen() -> None:
    before, after = [float(n % 10) for n in range(200)], [float(n % 10 + 5) for n in range(60)]
    assert against_sameness(before, after, [0.5] * 60) < 0.001
    assert against_sameness(before, before, [n * 0.618 % 1 for n in range(200)]) > 0.1


@given(st.lists(st.booleans(), max_size=40), st.integers(0, 40))
def test_what_was_seen_stays_seen(wrongs: list[bool], length: int) -> None:
    assert against_share(wrongs, 0.1) <= against_share(wrongs[:length], 0.1)


def test_of_what_is_ever_seldom_wrong_nothing_is_shown() -> None:
    assert against_share([True, *[False] * 100_000, True], 0.5) == pytest.approx(2 / 3)


# ------------------------------------------------------------------------------- what is counted


CALLED = Calibration(
    "x",
    "1",
    [Threshold("x", says=False, at=2.0, risk=0.1), Threshold("x", says=True, at=6.0, risk=0.2)],
)
truths = st.sampled_from([True, False, None, "absent"])


def act_of(digit: int | None, truth: object, **more: object) -> Act:
    told = {"x": truth} if isinstance(truth, bool) else {}
    absent = {"x"} if truth == "absent" else set[str]()
    return Act(text="?" if digit is None else str(digit), labels=told, absent=absent, **more)  # type: ignore[arg-type]


rows = st.lists(st.tuples(st.none() | st.integers(0, 9), truths), max_size=20)


@given(rows, st.sampled_from(RiskOf))
def test_checks_count_what_is_called_and_what_people_say(
    drawn: list[tuple[int | None, object]], of: RiskOf
) -> None:
    acts = [act_of(digit, truth) for digit, truth in drawn]
    found = watch(attrs.evolve(CALLED, of=of), DIGITS, acts, draw=EVERY)
    assert len(found.checks) == 2
    for check, says, called in zip(
        found.checks, (False, True), ({0, 1, 2}, {6, 7, 8, 9}), strict=True
    ):
        among = drawn if of is RiskOf.ACTS else [one for one in drawn if one[1] is not says]
        wrongs = [digit in called and truth is (not says) for digit, truth in among]
        assert (check.says, check.count, check.wrong) == (says, len(among), sum(wrongs))
        assert check.chance == against_share(wrongs, check.risk)
        could = [truth is (not says) or (of is RiskOf.ACTS and d in called)
                 for d, truth in among if isinstance(truth, bool)
                 and (of is RiskOf.TRUTH or d in called)]  # fmt: skip
        assert check.checked == sum(could)
        waiting = [d in called or of is RiskOf.TRUTH for d, truth in drawn if truth is None]
        assert check.awaited == sum(waiting)
    assert found.acts == len(acts)
    assert found.failed == sum(digit is None for digit, _ in drawn)


@given(rows, st.sampled_from(RiskOf))
def test_what_nobody_has_labelled_speaks_against_nothing(
    drawn: list[tuple[int | None, object]], of: RiskOf
) -> None:
    calibration = attrs.evolve(CALLED, of=of)
    found = watch(calibration, DIGITS, [act_of(*one) for one in drawn], draw=EVERY)
    fewer = watch(
        calibration, DIGITS,
        [act_of(d, None if place % 2 else t) for place, (d, t) in enumerate(drawn)], draw=EVERY,
    )  # fmt: skip
    for more, less in zip(found.checks, fewer.checks, strict=True):
        assert less.wrong <= more.wrong


@given(rows, st.sampled_from(RiskOf), st.floats(0.1, 1))
def test_when_what_should_be_labelled_is_labelled_nothing_is_awaited(
    drawn: list[tuple[int | None, object]], of: RiskOf, share: float
) -> None:
    calibration, draw = attrs.evolve(CALLED, of=of), Draw(share)
    acts = [act_of(*one, id=str(place)) for place, one in enumerate(drawn)]
    asked = {act.id for act in spot_checks(calibration, DIGITS, acts, draw=draw)}
    done = [attrs.evolve(act, labels={"x": False}) if act.id in asked else act for act in acts]
    assert not spot_checks(calibration, DIGITS, done, draw=draw)
    assert all(not one.awaited for one in watch(calibration, DIGITS, done, draw=draw).checks)
    assert all(draw.takes(act) for act in acts if act.id in asked)


@given(st.floats(0.01, 1), st.text(max_size=3))
def test_a_draw_takes_its_share_and_each_act_alike(share: float, key: str) -> None:
    draw = Draw(share, key=key)
    acts = [Act(id=f"a{n}") for n in range(400)]
    assert abs(sum(map(draw.takes, acts)) / 400 - share) < 0.16
    assert draw.takes(acts[0]) is draw.takes(Act(id="a0", text="Edited since"))


# ------------------------------------------------------------- what the calibration itself keeps

SHOWN = [Act(id=f"e{n}", text=str(n % 10), labels={"x": n % 10 > 4}) for n in range(300)]
FOUND = calibrate(DIGITS, SHOWN, risk=0.1)
SINCE = [Act(id=f"s{n}", text=str(n % 10), labels={"x": n % 10 > 4}) for n in range(300)]


def test_a_labeller_that_is_down_is_never_undisputed() -> None:
    down = by_function("x", lambda _: 1 / 0, version="1")
    for acts in (SINCE, SINCE[:1]):
        for examples in (SHOWN, ()):
            found = watch(FOUND, down, acts, examples=examples, draw=EVERY)
            assert found.state is Reliance.FAILING
            assert "see to it first" in str(found)
    half = by_function("x", lambda act: 1 / (int(act.text or "") % 2), version="1")
    assert watch(FOUND, half, SINCE, draw=EVERY).state is Reliance.FAILING


@pytest.mark.parametrize("examples", [SHOWN, ()])
def test_another_labeller_of_the_same_version_shows_by_what_the_calibration_keeps(
    examples: list[Act],
) -> None:
    for other in (lambda _: 0.0, lambda act: float(act.text or "") / 2, lambda _: 100.0):
        swapped = by_function("x", other, version="1")
        assert watch(FOUND, swapped, SINCE, examples=examples, draw=Draw(1e-9)).moved
        bare = [attrs.evolve(one, labels={}) for one in SINCE]
        assert watch(FOUND, swapped, bare, examples=examples).state is Reliance.MOVED
    assert watch(FOUND, DIGITS, SINCE, examples=examples, draw=EVERY).state is Reliance.UNDISPUTED


def test_examples_are_those_of_the_calibration_and_no_spot_checks() -> None:
    with pytest.raises(InvalidError, match="examples is 10, and was 300 when"):
        watch(FOUND, DIGITS, SINCE, examples=[Act(text=str(n)) for n in range(10)])
    found = watch(FOUND, DIGITS, [*SHOWN, *SINCE[:3]], examples=SHOWN, draw=EVERY)
    assert found.acts == 3
    assert found.state is Reliance.EARLY


def test_only_examples_that_are_labelled_are_on_a_curve() -> None:
    more = [Act(id=f"m{n}", text="9") for n in range(700)]
    found = calibrate(DIGITS, [*SHOWN, *more], risk=0.1)
    assert not watch(found, DIGITS, [], examples=[*SHOWN, *more], draw=EVERY).moved
    kept = calibrate(TWO, BOTH, risk=0.1, charter=CHARTER)
    assert not watch(kept, TWO, [], examples=BOTH, charter=CHARTER).moved
    still = by_several(*(by_function(name, lambda _: 5, version="1") for name in NAMES), name="two")
    assert watch(kept, still, [], examples=BOTH, charter=CHARTER).moved


def test_where_nothing_is_called_spot_checks_are_no_evidence() -> None:
    # of those that are drawn and labelled, none could have been called wrongly
    middling = [Act(id=f"s{n}", text="4", labels={"x": False}) for n in range(300)]
    found = watch(CALLED, DIGITS, middling, draw=EVERY)
    assert [(one.count, one.checked, one.wrong) for one in found.checks] == [(300, 0, 0)] * 2
    assert found.state is Reliance.EARLY
    assert "300    0        0" in found.text()
    low = [attrs.evolve(one, text="1") for one in middling]
    high = [attrs.evolve(one, id=f"t{one.id}", text="8", labels={"x": True}) for one in middling]
    assert watch(CALLED, DIGITS, low, draw=EVERY).state is Reliance.UNDISPUTED
    assert watch(CALLED, DIGITS, [*low[:1], *middling[1:]], draw=EVERY).state is Reliance.EARLY
    # of a risk of the truth, that none is called is what was to be seen
    truth = attrs.evolve(CALLED, of=RiskOf.TRUTH)
    mixed = [one for pair in zip(middling, high, strict=True) for one in pair]
    seen = watch(truth, DIGITS, mixed, draw=EVERY)
    assert [one.checked for one in seen.checks] == [300, 300]
    assert seen.state is Reliance.UNDISPUTED


@pytest.mark.parametrize("risk", [0.02, 1e-6])
def test_where_no_score_is_believed_no_check_ever_says_anything(risk: float) -> None:
    few = [Act(id=f"e{n}", text="1", labels={"x": False}) for n in range(20)]
    acts = [Act(id=f"s{n}", text="1", labels={"x": False}) for n in range(400)]
    found = watch(calibrate(DIGITS, few, risk=risk), DIGITS, acts, draw=EVERY, examples=few)
    assert (found.checks, found.state) == ((), Reliance.NOTHING)
    assert "believes no score" in str(found)
    assert Surveillance("x", "1").state is Reliance.NOTHING
    kept = calibrate(TWO, BOTH[:5], risk=risk, charter=CHARTER)
    told = watch(kept, TWO, [], draw=EVERY, charter=CHARTER)
    assert (told.checks, told.state) == ((), Reliance.NOTHING)


@pytest.mark.parametrize("count", [1, 3])
def test_scores_lie_as_far_from_a_curve_no_more_often_than_stated(count: int) -> None:
    # of two values, which both samples are drawn from with the same chances
    for share, level in product((Fraction(1, 2), Fraction(1, 5)), (0.9, 0.5, 0.2)):
        alarms = [
            row for row in product((False, True), repeat=12 + count)
            if against_curve(
                curve_of("x", None, ((float(one), True) for one in row[:12]), (None, None)),
                [*map(float, row[12:])],
            ) <= level
        ]  # fmt: skip
        assert chance_of(alarms, share) <= level


def test_scores_far_from_a_curve_are_seen() -> None:
    curve = curve_of("x", None, ((float(n), True) for n in range(100)), (None, None))
    assert against_curve(curve, [200.0] * 100) < 0.001
    assert against_curve(curve, [-1.0] * 100) < 0.001
    assert against_curve(curve, [float(n) for n in range(100)]) == 1
    assert against_curve(curve, []) == against_curve(ScoreCurve("x"), [1.0]) == 1


# --------------------------------------------------------------------------------------- outcomes

DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])
NAMES = ("claim", "promise")
CHARTER = Charter(
    "brume",
    labels={name: Label("flag") for name in NAMES},
    circuits=[DESK],
    default="desk",
    rules=[
        Rule.permit("plain", because="Plain.",
                    when=all_of(fact("claim").is_(False), fact("promise").is_(False))),
        Rule.permit("kept", because="Kept.", when=fact("promise").is_(True)),
        Rule.forbid("priced", because="Priced.", when=fact("claim").is_(True)),
    ],
)  # fmt: skip
TWO = by_several(
    by_function("claim", lambda act: int((act.text or "")[0]), version="1"),
    by_function("promise", lambda act: int((act.text or "")[1]), version="1"),
    name="two",
)
PROMISED = Calibration(
    "two",
    TWO.version,
    [Threshold(name, says, float(at)) for name in NAMES for says, at in ((False, 2), (True, 6))],
    outcome=OutcomeRisk("brume", 1, CHARTER.digest, 0.1),
)


BOTH = [
    Act(id=f"b{n}", text=f"{n % 10}{n // 10 % 10}",
        labels={"claim": n % 10 > 4, **({} if n < 100 else {"promise": n // 10 % 10 > 4})})
    for n in range(500)
]  # fmt: skip


def is_covered(act: Act) -> bool:
    return decide(CHARTER, act, repair=False).outcome is Outcome.COVERED


def called(score: int) -> bool | None:
    return False if score <= 2 else True if score >= 6 else None


@given(
    st.lists(
        st.tuples(
            st.text("0123456789", min_size=2, max_size=2),
            st.dictionaries(st.sampled_from(NAMES), st.booleans()),
        ),
        max_size=12,
    )
)
@settings(deadline=None)
def test_an_outcome_is_checked_by_what_people_say_of_all_labels(
    drawn: list[tuple[str, dict[str, bool]]],
) -> None:
    acts = [Act(text=text, labels=told) for text, told in drawn]
    (found,) = watch(PROMISED, TWO, acts, draw=EVERY, charter=CHARTER).checks
    wrongs, awaited = [], 0
    for text, told in drawn:
        machine = {name: says for name, digit in zip(NAMES, text, strict=True)
                   if (says := called(int(digit))) is not None}  # fmt: skip
        out = bool(machine) and is_covered(Act(text=text, labels={**told, **machine}))
        is_known = len(told) == len(NAMES)
        wrongs.append(is_known and out and not is_covered(Act(text=text, labels=told)))
        awaited += out and not is_known
    assert (found.label, found.count, found.wrong) == (None, len(acts), sum(wrongs))
    assert found.awaited == awaited
    assert found.chance == against_share(wrongs, 0.1)
    assert len(spot_checks(PROMISED, TWO, acts, draw=EVERY, charter=CHARTER)) == awaited


def test_the_charter_is_the_one_that_the_outcome_is_promised_of() -> None:
    with pytest.raises(InvalidError, match="which is not given"):
        watch(PROMISED, TWO, [])
    other = attrs.evolve(CHARTER, version=2)
    with pytest.raises(InvalidError, match="promises the outcome of"):
        spot_checks(PROMISED, TWO, [], charter=other)


# ------------------------------------------------------------------------------------- what is said


def states(acts: Sequence[Act], **options: object) -> Iterator[Reliance]:
    """Yield what is said after each act."""
    for count in range(len(acts) + 1):
        yield watch(CALLED, DIGITS, acts[:count], draw=EVERY, **options).state  # type: ignore[arg-type]


def test_what_is_contradicted_stays_so_and_needs_some_checks() -> None:
    missed = [act_of(0, truth=True)] * 8 + [act_of(0, truth=False)] * 8
    found = list(dict.fromkeys(states(missed)))
    assert found == [Reliance.EARLY, Reliance.CONTRADICTED]
    right = [act_of(0, truth=False)] * 12
    assert list(dict.fromkeys(states(right))) == [Reliance.EARLY, Reliance.UNDISPUTED]
    assert next(states([])) is Reliance.EARLY


def test_scores_that_fail_have_moved() -> None:
    told = [act_of(n % 10, None) for n in range(200)]
    found = watch(CALLED, DIGITS, [act_of(None, None)] * 60, examples=map(Case, told))
    assert (found.state, found.failed, found.moved[0].examples) == (Reliance.FAILING, 60, 200)
    assert "60 acts have no score" in str(found)


def test_strata_are_watched_apart() -> None:
    told = [act_of(0, truth=False, network=network) for network in ("x", "bluesky")] * 60
    calibration = calibrate(DIGITS, told, risk={"no": 0.1}, by="network")
    acts = [act_of(0, truth=True, network="x")] * 9 + [
        act_of(0, truth=False, network="bluesky")
    ] * 3
    acts += [act_of(0, truth=True, network=network) for network in ("mastodon", None)]
    found = watch(calibration, DIGITS, acts, examples=told, draw=EVERY)
    assert [(one.stratum, one.count, one.wrong) for one in found.checks] == [
        ("bluesky", 3, 0), ("x", 9, 9)]  # fmt: skip
    assert [one.stratum for one in found.contradicted] == ["x"]
    assert [(one.stratum, one.examples, one.acts) for one in found.drifts] == [
        ("bluesky", 60, 3), ("x", 60, 9)]  # fmt: skip
    assert found.elsewhere == 2
    assert "of 2 acts nothing is promised" in str(found)


def test_another_version_is_refused_and_what_cannot_be_read_left_out() -> None:
    newer = by_function("x", lambda _: 0, version="2")
    with pytest.raises(InvalidError, match="the calibration is of"):
        watch(CALLED, newer, [Act()])
    assert watch(CALLED, DIGITS, [Unreadable("line 1"), Case(Act(text="1"))]).acts == 1
    with pytest.raises(InvalidError):
        watch(CALLED, DIGITS, [], level=0)
    for share in (0, -1, 2):
        with pytest.raises(InvalidError, match="above 0, up to 1"):
            Draw(share)


@pytest.mark.parametrize("given", ["yes", "oui", 1, 0.0])
def test_an_answer_that_is_neither_yes_nor_no_is_refused_and_not_taken_for_right(
    given: object,
) -> None:
    found = calibrate(DIGITS, [Act(text="0", labels={"x": False})] * 300, risk={"no": 0.02})
    odd = Act(id="a", text="0", labels={"x": given})
    for ask in (
        lambda: watch(found, DIGITS, [Act(id="b", text="0"), odd], draw=EVERY),
        lambda: watch(found, DIGITS, [], examples=[Act(id="b", text="0"), odd]),
        lambda: spot_checks(found, DIGITS, [Act(id="b", text="0"), odd], draw=EVERY),
    ):
        with pytest.raises(InvalidError) as caught:
            ask()
        (problem,) = caught.value.problems
        assert problem.path in {(name, 1, "labels", "x") for name in ("history", "examples")}


def test_what_settles_more_is_shown_first() -> None:
    both = Calibration(
        "two", TWO.version, [Threshold(name, says=False, at=2.0, risk=0.1) for name in NAMES]
    )
    acts = [Act(id=text, text=text) for text in ("95", "90", "00", "09")]
    found = spot_checks(both, TWO, acts, draw=EVERY)
    assert [act.id for act in found] == ["00", "90", "09"]


@given(surveillances())
@settings(max_examples=FEW, deadline=None)
def test_it_is_shown_in_both_languages(found: Surveillance) -> None:
    assert found.text("en") != found.text("fr")
    assert found.part * (len(found.checks) + len(found.drifts) or 1) == pytest.approx(found.level)


def test_an_impossible_chance_is_refused() -> None:
    for chance in (-0.1, 1.5, True):
        with pytest.raises(InvalidError):
            SpotCheck(0.1, chance=chance)


def test_a_small_chance_is_not_shown_as_none() -> None:
    found = Surveillance("x", "1", (SpotCheck(0.1, count=9, checked=9, wrong=9, chance=1e-9),))
    assert "< 0.1%" in str(found)
