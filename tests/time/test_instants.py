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
