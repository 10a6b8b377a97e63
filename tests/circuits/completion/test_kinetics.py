"""Forms: what is worked out from them stays so as long as it is said to, whatever the numbers."""

from hypothesis import given
from hypothesis import strategies as st

from cmcore.circuits.completion._kinetics import FOREVER, Ends, Form, Hours, steady, until

forms = st.tuples(st.integers(0, 60), st.booleans())
tracks = st.lists(st.integers(0, 80), max_size=8, unique=True).map(
    lambda edges: list(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


def later(form: Form, step: int) -> Form:
    at, moves = form
    return (at + step, True) if moves else form


@given(forms, forms)
def test_two_forms_keep_their_order_until_they_change_it(one: Form, other: Form) -> None:
    span = until(one, other)
    assert span > 0
    order = one < other
    steps = range(min(span, 100))
    assert all((later(one, n) < later(other, n)) == order for n in steps)
    if span < FOREVER:
        assert (later(one, span) < later(other, span)) != order


@given(st.lists(forms, max_size=5))
def test_forms_keep_their_order_as_long_as_each_two_do(many: list[Form]) -> None:
    assert steady(many) == min((until(a, b) for a in many for b in many), default=FOREVER)


@given(tracks, forms)
def test_the_first_instant_is_found_and_stays_so(track: list[tuple[int, int]], at: Form) -> None:
    hours = Hours(track)
    found = hours.first(at)
    ahead = [start for start, stop in track if stop > at[0]]
    assert (found is None) == (not ahead)
    if found is not None:
        first, lasts = found
        assert first == max(at, (ahead[0], False))
        assert all(
            hours.first(later(at, n)) == (later(first, n), max(1, lasts - n) if at[1] else lasts)
            for n in range(min(lasts, 100))
        )


@given(tracks, forms, st.integers(1, 30))
def test_time_goes_by_within_hours_alone(track: list[tuple[int, int]], at: Form, span: int) -> None:
    """Counted one by one; what moves stands after its number, so just not at an end."""
    hours = Hours(track)
    found = hours.after(at, span)
    ticks = [n for start, stop in track for n in range(start, stop) if n >= at[0]]
    if len(ticks) < span + at[1] and (len(ticks) < span or ticks[0] <= at[0]):
        assert found is None
        return
    assert found is not None
    (end, moves), lasts = found
    assert moves == (at[1] and ticks[0] == at[0])
    assert end == (ticks[span] if moves else ticks[span - 1] + 1)
    assert lasts > 0
    for n in range(min(lasts, 100)):
        again = hours.after(later(at, n), span)
        assert again is not None
        assert again[0] == later((end, moves), n)


@given(
    st.lists(st.integers(0, 90), max_size=6, unique=True).map(sorted),
    st.lists(st.integers(1, 90), max_size=6, unique=True).map(sorted),
    st.lists(st.tuples(st.integers(0, 80), st.booleans()), min_size=1, max_size=5),
)
def test_ends_stay_so_as_long_as_they_are_said_to(
    edges: list[int], stops: list[int], starts: list[Form]
) -> None:
    """An end changes at an edge, and when it has come."""

    def end(moment: int) -> int | None:
        turns = sum(edge <= moment for edge in edges)
        return next((stop for stop in stops if stop > max(moment, 9 * turns)), None)

    ends = Ends(edges, end)
    for at in starts:
        found = ends.after(at)
        due = end(at[0])
        assert (found is None) == (due is None)
        if found is not None:
            assert found[0] == (due, False)
            assert found[1] == FOREVER if not at[1] else found[1] > 0
            moments = range(at[0], at[0] + min(found[1], 100)) if at[1] else at[:1]
            assert {end(moment) for moment in moments} == {due}


def test_an_end_that_is_known_is_not_worked_out_again() -> None:
    asked = []

    def end(moment: int) -> int:
        asked.append(moment)
        return 40

    ends = Ends([20], end)
    assert [ends.after((5, False)), ends.after((9, True)), ends.after((30, False))] == [
        ((40, False), FOREVER),
        ((40, False), 11),
        ((40, False), FOREVER),
    ]
    assert asked == [5, 30]
