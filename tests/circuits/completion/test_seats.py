"""Seating: who sits where when the people of a stage must differ."""

from cmcore.circuits.completion._seats import Board, Poll, Voice

EDITORS = Poll(0, ("ana", "bo"), (), 1, values={"ana": "press", "bo": "legal"})


def test_a_spare_place_goes_to_a_value_that_nobody_has_spoken_for() -> None:
    for who, other in (("ana", "bo"), ("bo", "ana")):
        board = Board([EDITORS])
        board.open(EDITORS)
        assert board.seat(Voice((0, False), 0, (who,), 1))
        assert not board.seat(Voice((0, False), 0, (other,), 1))
