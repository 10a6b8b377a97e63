from hypothesis import given
from hypothesis import strategies as st

from cmcore.display.week_map import Shade, week_map

places = st.tuples(st.integers(0, 6), st.integers(0, 23))
shades = st.builds(Shade, st.sampled_from("abc"), st.sampled_from(["", "covered"]), st.just(1))


@given(st.dictionaries(places, shades, max_size=30))
def test_every_hour_of_the_week_stands_in_one_row(hours: dict[tuple[int, int], Shade]) -> None:
    table = week_map(hours, "The week", "en")
    assert sum(table.spans) == 24
    hour = 0
    for row, tones, depths, span in zip(
        table.rows, table.tones, table.depths, table.spans, strict=True
    ):
        assert row[0] == f"{hour:02}–{hour + span:02} h"
        for day in range(7):
            for each in range(hour, hour + span):
                shade = hours.get((day, each), Shade())
                told = Shade(row[day + 1], tones[day + 1], depths[day + 1])
                assert told == shade
        hour += span
    assert all(one[1:] != other[1:] or first != second for (one, first), (other, second) in zip(
        list(zip(table.rows, zip(table.tones, table.depths, strict=True), strict=True)),
        list(zip(table.rows, zip(table.tones, table.depths, strict=True), strict=True))[1:],
        strict=False,
    ))  # fmt: skip
