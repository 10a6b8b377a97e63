"""Checking: which questions are asked, and what is refused."""

from datetime import UTC, datetime

import pytest

from cmcore import InvalidError, Organisation, checkup

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
NOBODY = Organisation("o")


def test_every_section_that_asks_something_is_asked() -> None:
    asked = [answer.question for answer in checkup(NOBODY, NOW).answers]
    assert asked == [
        *(f"000.{n}" for n in range(1, 6)),
        *(f"001.{n}" for n in range(1, 11)),
        *(f"002.{n}" for n in range(1, 9)),
        *(f"003.{n}" for n in range(1, 11)),
        *(f"004.{n}" for n in range(1, 6)),
    ]


def test_a_text_stands_for_its_sections() -> None:
    found = checkup(NOBODY, NOW, questions=["004", "001.2"])
    assert [answer.question for answer in found.answers] == [
        "001.2",
        *(f"004.{n}" for n in range(1, 6)),
    ]
    assert len(checkup(NOBODY, NOW, questions="003").answers) == 10


def test_what_no_text_asks_is_refused() -> None:
    with pytest.raises(InvalidError) as raised:
        checkup(NOBODY, NOW, questions=["001.22", "zzz", "001"])
    assert [str(one) for one in raised.value.problems] == [
        "questions[0]: there is no question `001.22` (did you mean `001.2` or `004.2`?)",
        "questions[1]: there is no question `zzz` (as in `001.6`, or `001` for all of a text)",
    ]


def test_an_instant_has_a_zone() -> None:
    with pytest.raises(InvalidError, match="does not say its time zone"):
        checkup(NOBODY, datetime(2026, 3, 4, 12))  # noqa: DTZ001
    assert checkup(NOBODY, NOW).at == NOW
