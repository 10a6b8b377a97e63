"""The flat form of an act: a label within the tag of its type reads as one without."""

import pytest

from cmcore import Act, InvalidError, Message, structure
from cmcore.codec.acts import flat


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"duration": "2 h"}, "2 h"),
        ({"instant": "2026-01-31T12:00Z"}, "2026-01-31T12:00Z"),
        ("2 h", "2 h"),
        (["b", "a"], ["b", "a"]),
        ({"days": "2"}, {"days": "2"}),
        ({"duration": "2 h", "instant": ""}, {"duration": "2 h", "instant": ""}),
        ({}, {}),
    ],
    ids=str,
)
def test_the_tag_of_a_label_goes_and_what_is_no_tag_stays(written: object, read: object) -> None:
    row = flat({"kind": "publish", "labels": {"wait": written}})
    assert row.facts == {"kind": "publish", "wait": read}
    assert row.places == {"kind": ("kind",), "wait": ("labels", "wait")}


def test_names_with_a_dot_stand_in_their_message() -> None:
    both = {"kind": "reply", "in_reply_to": {"tone": "kind"}, "in_reply_to.text": "Open?"}
    act = structure(both, Act)
    assert act.in_reply_to == Message(tone="kind", text="Open?")
    assert structure({"kind": "reply", "target.tone": "(none)"}, Act).target == Message(
        absent={"tone"}
    )


@pytest.mark.parametrize(
    ("name", "code"), [("in_reply_to.tone", "fact-twice"), ("author.roles", "unknown-key")]
)
def test_a_name_with_a_dot_that_says_nothing_new_is_told(name: str, code: str) -> None:
    with pytest.raises(InvalidError) as failure:
        structure({"kind": "reply", "in_reply_to": {"tone": "kind"}, name: "critical"}, Act)
    assert [one.code for one in failure.value.problems] == [code]
