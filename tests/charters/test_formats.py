"""Formats: one word for each form that things go out in."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.charters.formats import FORMATS, format_of

SPELT = [(name, word) for name, (_, _, words) in FORMATS.items() for word in (name, *words)]


@given(st.sampled_from(SPELT), st.sampled_from([str, str.upper, str.title]))
def test_every_name_of_a_format_is_that_format(
    spelt: tuple[str, str], write: Callable[[str], str]
) -> None:
    name, word = spelt
    assert format_of(write(word)) == NORMAL[Form.FORMAT][write(word)] == name


def test_no_word_stands_for_two_formats_and_others_stay_as_they_are() -> None:
    words = [word for _, word in SPELT]
    assert len(words) == len(set(words))
    assert (format_of("papyrus"), format_of(None)) == ("papyrus", None)
