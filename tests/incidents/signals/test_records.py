"""What is in a window of a history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError
from cmcore.charters.act import Act
from cmcore.charters.history import Unreadable
from cmcore.incidents.signals._dispersion import Part
from cmcore.incidents.signals._records import Record, alike, sightings
from cmcore.incidents.signals._rhythms import Windows
from cmcore.incidents.signals.signal import Sighting, SignalKind
from cmcore.time.intervals import count

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def window(start: int, stop: int) -> tuple[int, int]:
    return count(NOON + start * MINUTE), count(NOON + stop * MINUTE)


def at(minute: int, text: str | None = None, mood: bool | None = None) -> Sighting:  # noqa: FBT001
    return Sighting(NOON + minute * MINUTE, text, mood)


class TestAlike:
    """Texts that are copies of each other, but for what changes nothing."""

    @pytest.mark.parametrize(
        "text",
        [
            "Où sont nos colis, Aquarelle ?",
            "où sont NOS colis aquarelle",
            "RT @someone: Où sont nos colis, Aquarelle !!! 😡",
            "Ou sont nos colis aquarelle https://example.org/a (2) http://e.org",
            "𝗢𝘂 𝘀𝗼𝗻𝘁 nos colis aquarelle @aquarelle",  # noqa: RUF001 - fancy on purpose
        ],
    )
    def test_copies_are_alike(self, text: str) -> None:
        assert alike(text) == "ou sont nos colis aquarelle"

    @pytest.mark.parametrize(
        "text", ["", "merci beaucoup", "RT @a: thank you all", "1 2 3 4 5 6", "👏👏👏👏"]
    )
    def test_short_texts_are_said_by_everybody(self, text: str) -> None:
        assert alike(text) == ""

    def test_hashtags_are_words(self) -> None:
        assert alike("#colis où est-il") == "#colis ou est il"

    def test_an_address_within_another_is_taken_out_whole(self) -> None:
        text = "see http://e.org/a and http://e.org/abc for more news"
        assert alike(text) == "see and for more news"


class TestRecord:
    """Windows are half-open, and order does not matter."""

    RECORD = Record([at(5), at(0, mood=True), at(10), at(3, mood=False), at(3)])

    def test_the_first_instant_is_in_and_the_last_is_out(self) -> None:
        assert self.RECORD.count(window(0, 5)) == 3
        assert self.RECORD.count(window(0, 6)) == 4
        assert self.RECORD.count(window(10, 10)) == 0

    def test_moods_are_counted_where_they_are_known(self) -> None:
        assert self.RECORD.part(SignalKind.MOOD, window(0, 11)) == Part(1, 2)
        assert self.RECORD.part(SignalKind.MOOD, window(1, 11)) == Part(0, 1)
        assert self.RECORD.known(SignalKind.MOOD, window(0, 11)) == 2

    def test_copies_are_those_that_repeat_another(self) -> None:
        first, other = "where are our parcels", "Where are our PARCELS?"
        many = [
            at(0, first),
            at(1, other),
            at(2, first),
            at(3, "something else is said"),
            at(4, "hi"),
        ]
        record = Record([*many, at(5), at(50, first)])
        assert record.part(SignalKind.REPEATS, window(0, 10)) == Part(2, 4, 3)
        assert record.known(SignalKind.REPEATS, window(0, 10)) == 5
        assert record.quote(window(0, 10)) == other

    def test_comparable_windows_are_counted_together(self) -> None:
        some = Windows((window(0, 4), None, window(4, 8)))
        assert self.RECORD.row(some, 1) is self.RECORD.row(some, 1)
        assert self.RECORD.row(some, 1).total == 4
        assert self.RECORD.row(some, 1).recent == 3
        assert self.RECORD.parts(SignalKind.MOOD, some) is self.RECORD.parts(SignalKind.MOOD, some)
        assert self.RECORD.parts(SignalKind.MOOD, some).among == 2

    def test_each_network_has_its_record(self) -> None:
        many = [Sighting(NOON, network=name) for name in ("b", "a", None, "b")]
        found = Record(many).networks()
        assert list(found) == ["a", "b"]
        assert [len(record.moments) for record in found.values()] == [1, 2]

    @given(st.lists(st.integers(0, 30)), st.integers(0, 30), st.integers(0, 30))
    def test_it_counts_as_one_would_by_hand(self, minutes: list[int], one: int, other: int) -> None:
        start, stop = sorted((one, other))
        record = Record(at(minute) for minute in minutes)
        assert record.count(window(start, stop)) == sum(start <= m < stop for m in minutes)


class TestSightings:
    """What a history shows, and what is wrong with it."""

    def test_what_has_no_known_time_is_counted(self) -> None:
        history = [at(0), Act(), Unreadable("line 2"), Act(at=NOON)]
        found, undated = sightings(history, {"angry"})
        assert (found, undated) == ([at(0), at(0)], 2)

    def test_every_problem_is_told_with_its_place(self) -> None:
        with pytest.raises(InvalidError) as caught:
            sightings(["a", at(0), 3], {"angry"})
        assert [str(problem) for problem in caught.value.problems] == [
            f"history[{n}]: `{x}` is not something that happens at an instant"
            " (give acts, cases, messages or sightings)"
            for n, x in ((0, "a"), (2, "3"))
        ]
