"""What nobody sees, in a key or a value of somebody else's file, is told as an escape."""

import re
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Charter, InvalidError, Team, structure
from cmcore.base.shown import ODD

UNSEEN: Final = re.compile(rf"(?!\n|[\u200c\u200d\ufe00-\ufe0f])[{ODD}]")
#: With what steers a terminal, turns a text round, ends a line, or cannot be encoded.
hostile = st.text(st.characters() | st.sampled_from("\x1b\n\u202e\u2028\ud800\uffff"), min_size=1)


@pytest.mark.parametrize("kind", [Act, Charter, Team])
@given(key=hostile, said=hostile)
@example(key="\ud800", said="a\u202eb")
@example(key="a\nb", said="\x1b[31m")
def test_a_refusal_shows_nothing_that_is_not_seen(kind: type, key: str, said: str) -> None:
    rules = [{"permit": said, "when": {key: said}}]
    given = {key: said, "rules": rules, "members": {key: {said: 1}}}
    with pytest.raises(InvalidError) as caught:
        structure(given, kind)
    for language in ("en", "fr"):
        told = caught.value.text(language)
        assert UNSEEN.findall(told) == []
        assert told.count("\n") <= len(caught.value.problems)


def test_a_long_key_is_cut_where_it_is_shown() -> None:
    with pytest.raises(InvalidError) as caught:
        structure({"when" * 10_000: 1}, Charter)
    assert len(str(caught.value)) < 2_000
