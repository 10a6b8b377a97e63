from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cmcore.base import Truth
from cmcore.time.instants import Around

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
_OFFSETS = st.integers(-4, 4)


def at(hour: int) -> datetime:
    return NOON + timedelta(hours=hour)


_arounds = st.tuples(_OFFSETS, _OFFSETS).map(lambda pair: Around(at(min(pair)), at(max(pair))))


@given(_arounds, _arounds)
def test_what_is_said_holds_at_every_instant(one: Around, other: Around) -> None:
    hours = [at(n) for n in range(-4, 5)]
    pairs = [
        (a, b)
        for a in hours
        for b in hours
        if one.first <= a <= one.last and other.first <= b <= other.last
    ]
    before, by = {a < b for a, b in pairs}, {a <= b for a, b in pairs}
    assert one.before(other) is (Truth.of(*before) if len(before) == 1 else Truth.UNKNOWN)
    assert one.by(other) is (Truth.of(*by) if len(by) == 1 else Truth.UNKNOWN)


def test_an_instant_that_is_known_is_not_before_itself() -> None:
    noon = Around.exactly(NOON)
    assert noon.before(noon) is Truth.FALSE
    assert noon.by(noon) is Truth.TRUE


@given(st.lists(_arounds, min_size=1, max_size=3))
def test_the_first_and_the_last_of_several(many: list[Around]) -> None:
    first, last = Around.earliest(many), Around.latest(many)
    assert first.first == min(one.first for one in many)
    assert first.last == min(one.last for one in many)
    assert last.first == max(one.first for one in many)
    assert last.last == max(one.last for one in many)


@given(
    st.tuples(_OFFSETS, _OFFSETS),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=3),
    _arounds,
)
def test_instants_tied_to_one_are_compared_by_how_long_after_it_they_are(
    root: tuple[int, int], ties: list[tuple[int, int]], free: Around
) -> None:
    """What is said is true of each instant they may be tied to, and says all that is known."""
    low, high = min(root), max(root)
    many = [_tied(low, high, min(pair), max(pair)) for pair in ties]
    one, other = many[0], many[-1]
    pairs = [
        (base + a, base + b)
        for base in range(low, high + 1)
        for a in range(min(ties[0]), max(ties[0]) + 1)
        for b in range(min(ties[-1]), max(ties[-1]) + 1)
    ]
    if one is not other:
        before = {a < b for a, b in pairs}
        assert one.before(other) is (Truth.of(*before) if len(before) == 1 else Truth.UNKNOWN)
    for a, b in pairs:
        for name in ("earliest", "latest"):
            made = getattr(Around, name)([one, other])
            choose = min if name == "earliest" else max
            assert made.first <= at(choose(a, b)) <= made.last
            assert made.of is None or made.of == "root"
    assert one.before(free) is Around(one.first, one.last).before(free), "the other is not tied"


def _tied(low: int, high: int, least: int, most: int) -> Around:
    return Around(
        at(low + least),
        at(high + most),
        of="root",
        least=timedelta(hours=least),
        most=timedelta(hours=most),
    )
