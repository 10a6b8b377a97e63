"""Shortening a circuit never changes what it comes to: for every small team, every vote."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from itertools import permutations, product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Approvers, Quorum, Stage, ValidationCircuit
from cmcore.circuits import NO_OBJECTION, Silence, Timeout, shorten
from cmcore.circuits.shortened import Delay
from cmcore.display.wording import LANGUAGES

HOUR: Final = timedelta(hours=1)
GROUPS: Final = ({"x"}, {"x"}, {"y"})
#: What three people may be: of neither group, of one or of both.
SEATS: Final[tuple[frozenset[str], ...]] = (
    frozenset(),
    frozenset("x"),
    frozenset("y"),
    frozenset("xy"),
)
TEAMS: Final = tuple(team for size in range(4) for team in product(SEATS, repeat=size))
NEEDS: Final = ("any", "2", "3", "all", "majority", "1/3", "2/3", "more than 1/3", "no objection")


def need(text: str) -> Quorum | Silence:
    return NO_OBJECTION if text == "no objection" else Quorum.parse(text)


@st.composite
def stages(draw: st.DrawFn) -> Stage:
    asked = draw(st.sampled_from(NEEDS))
    timed = asked == "no objection" or draw(st.integers(0, 3)) > 0
    return Stage(
        Approvers("role", draw(st.sampled_from(GROUPS))),
        need(asked),
        HOUR if timed else None,
        draw(st.sampled_from(Timeout)),
    )


CHAINS: Final = st.lists(stages(), min_size=1, max_size=4)


# ----------------------------------------------------------------------------------- the meaning


def comes_to(
    chain: tuple[Stage, ...],
    team: tuple[frozenset[str], ...],
    votes: tuple[str, ...],
    *,
    objects: bool,
) -> str:
    """Tell what a circuit comes to, where each says `yes`, `no` or nothing as soon as asked.

    Who says no refuses; where silence is asked for they break it, if `objects` says so.
    """
    left_out: set[int] = set()
    asked = [[p for p, groups in enumerate(team) if groups & stage.ask.names] for stage in chain]
    for index, stage in enumerate(chain):
        silent = isinstance(stage.need, Silence)
        nays = [p for p in asked[index] if votes[p] == "no"]
        if nays and not (silent and objects):
            return "refused"
        if silent and asked[index] and not nays:
            continue
        if not silent and enough(chain, asked, votes, left_out, index):
            continue
        if stage.within is None:
            return "waiting"
        if stage.otherwise is not Timeout.ESCALATE:
            return str(stage.otherwise).replace("refuse", "refused")
        left_out.add(index)
        if index == len(chain) - 1:
            return "lapse"
    return "approved"


def enough(
    chain: tuple[Stage, ...],
    asked: list[list[int]],
    votes: tuple[str, ...],
    left_out: set[int],
    index: int,
) -> bool:
    here = chain[index].need
    assert isinstance(here, Quorum)
    size, yes = len(asked[index]), sum(votes[p] == "yes" for p in asked[index])
    if here.out_of is not None:
        share = Fraction(here.count, here.out_of) * size
        return bool(size) and (yes > share if here.beyond else yes >= share) and yes > 0
    slots = [
        [p for p in asked[i] if votes[p] == "yes"]
        for i, quorum in enumerate(stage.need for stage in chain[: index + 1])
        if i not in left_out and isinstance(quorum, Quorum) and quorum.out_of is None
        for _ in range(quorum.count)
    ]
    ways = permutations(range(len(votes)), len(slots))
    return size >= here.count and any(
        all(p in slot for p, slot in zip(way, slots, strict=True)) for way in ways
    )


def every_vote(size: int) -> Iterator[tuple[str, ...]]:
    return product(("yes", "no", "nothing"), repeat=size)


def differ(one: tuple[Stage, ...], other: tuple[Stage, ...]) -> Iterator[Mapping[str, object]]:
    for team in TEAMS:
        for votes in every_vote(len(team)):
            for objects in (False, True):
                was = comes_to(one, team, votes, objects=objects)
                now = comes_to(other, team, votes, objects=objects)
                if was != now:
                    yield {"team": team, "votes": votes, "was": was, "now": now, "o": objects}


# -------------------------------------------------------------------------------------- the laws


@settings(max_examples=min(settings().max_examples, 2_000))
@given(CHAINS)
def test_a_shortened_circuit_comes_to_the_same(chain: list[Stage]) -> None:
    circuit = ValidationCircuit("c", chain)
    short = shorten(circuit)
    assert len(short.circuit.stages) == len(chain) - len(short.findings)
    if short.findings:
        assert next(differ(circuit.stages, short.circuit.stages), None) is None


@given(CHAINS)
def test_what_is_shortened_cannot_be_shortened_again(chain: list[Stage]) -> None:
    short = shorten(ValidationCircuit("c", chain)).circuit
    assert shorten(short).circuit == short
    assert not shorten(short).findings


@settings(max_examples=settings().max_examples // 2)
@given(CHAINS, CHAINS)
def test_an_emergency_is_shortened_too_and_keeps_fewer_stages(
    usual: list[Stage], shorter: list[Stage]
) -> None:
    circuit = ValidationCircuit("c", usual, shorter[: len(usual) - 1])
    short = shorten(circuit)
    gone = [found.emergency for found in short.findings]
    assert len(short.circuit.emergency) == len(circuit.emergency) - gone.count(True)
    assert len(short.circuit.stages) == len(circuit.stages) - gone.count(False)
    assert next(differ(circuit.stages, short.circuit.stages), None) is None
    if circuit.emergency:
        assert next(differ(circuit.emergency, short.circuit.emergency), None) is None


def x(text: str, otherwise: str = "lapse", hours: int | None = 1, group: str = "x") -> Stage:
    within = None if hours is None else hours * HOUR
    return Stage(Approvers("role", {group}), need(text), within, otherwise)


@pytest.mark.parametrize(
    ("chain", "left", "delays"),
    [
        ([x("any"), x("all")], [x("all")], [Delay.BEFORE]),
        ([x("any", "escalate"), x("all", "refuse")], [x("all", "refuse")], [Delay.BEFORE]),
        ([x("any", "refuse"), x("all")], None, []),
        ([x("all"), x("any")], [x("all")], [Delay.AFTER]),
        ([x("all", "escalate"), x("any")], None, []),
        ([x("all"), x("2", "escalate", group="y"), x("all")], None, []),
        (
            [x("all"), x("2", group="y"), x("majority")],
            [x("all"), x("2", group="y")],
            [Delay.AFTER],
        ),
        ([x("all"), x("2", group="y"), x("any")], None, []),
        ([x("1/3"), x("more than 1/3")], [x("more than 1/3")], [Delay.BEFORE]),
        ([x("more than 1/3"), x("1/3")], [x("more than 1/3")], [Delay.AFTER]),
        ([x("all"), x("all"), x("all")], [x("all")], [Delay.AFTER, Delay.AFTER]),
        ([x("any"), x("2")], [x("3", hours=2)], [Delay.TOGETHER]),
        ([x("any", hours=None), x("2", "refuse", None)], [x("3", hours=None)], [Delay.TOGETHER]),
        ([x("any"), x("2", "refuse")], None, []),
        ([x("any"), x("2", "escalate")], [x("3", hours=2)], [Delay.TOGETHER]),
        ([x("any", "escalate"), x("2")], None, []),
        ([x("any"), x("2", group="y")], None, []),
        ([x("any"), x("any", group="y"), x("all", group="y")], None, []),
        ([x("no objection", "escalate"), x("all")], [x("all")], [Delay.SILENCE]),
        ([x("no objection"), x("all")], None, []),
        ([x("no objection", "refuse"), x("all")], None, []),
        ([x("no objection", "refuse"), x("all", "refuse")], [x("all", "refuse")], [Delay.SILENCE]),
        ([x("no objection", "escalate"), x("majority")], None, []),
        ([x("all"), x("no objection")], [x("all")], [Delay.SILENCE]),
        ([x("no objection"), x("no objection")], None, []),
    ],
)
def test_a_stage_goes_where_it_only_delays(
    chain: list[Stage], left: list[Stage] | None, delays: list[Delay]
) -> None:
    short = shorten(ValidationCircuit("c", chain))
    shape = [(stage.ask, stage.need, stage.within) for stage in short.circuit.stages]
    assert shape == [(stage.ask, stage.need, stage.within) for stage in left or chain]
    assert [found.delay for found in short.findings] == delays


def test_people_found_in_other_ways_clocks_and_deputies_are_never_taken_for_the_same() -> None:
    import attrs

    from cmcore import BusinessClock, Week

    plain = x("any")
    helped = attrs.evolve(plain, deputies=Approvers("role", {"z"}))
    timed = attrs.evolve(plain, clock=BusinessClock(Week.parse("Mon-Fri")))
    for other in (helped, timed):
        assert not shorten(ValidationCircuit("c", [plain, other])).findings
        assert shorten(ValidationCircuit("c", [other, other])).findings


@pytest.mark.parametrize("twice", [False, True])
def test_working_days_are_never_added_up(twice: bool) -> None:  # noqa: FBT001
    import attrs

    from cmcore import BusinessClock, Week
    from cmcore.time import WorkingDays

    timed = attrs.evolve(x("any"), clock=BusinessClock(Week.parse("Mon-Fri")))
    days = attrs.evolve(timed, within=WorkingDays(1))
    assert not shorten(ValidationCircuit("c", [days, days if twice else timed])).findings
    weaker = attrs.evolve(days, need=need("all"))
    (found,) = shorten(ValidationCircuit("c", [days, weaker])).findings
    assert found.delay is Delay.BEFORE


@pytest.mark.parametrize("delay", Delay)
def test_every_finding_is_worded_in_both_languages(delay: Delay) -> None:
    from cmcore.circuits.shortened import Needless

    found = Needless(delay, 2, 1, Approvers("role", {"b", "a"}), 3)
    english, french = (found.text(language) for language in LANGUAGES)
    assert english != french
    assert "`a`, `b`" in english
    assert ("3" in english) == (delay is Delay.TOGETHER)


def test_a_shortened_circuit_shows_what_went() -> None:
    two = [x("any"), x("all")]
    urgent = ValidationCircuit("desk", [x("all", group="y"), *two], two)
    assert shorten(urgent).text() == (
        "`desk`: redundant stages: 2\n"
        "  stage               2  stage 3 asks more of `x`: whoever satisfies it satisfies"
        " stage 2\n"
        "  stage in emergency  1  stage 2 asks more of `x`: whoever satisfies it satisfies"
        " stage 1"
    )
    assert shorten(ValidationCircuit("desk", two[:1])).text("fr") == (
        "`desk`\xa0: aucune étape superflue"
    )
