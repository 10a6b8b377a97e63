"""The flat form of an act: a label within the tag of its type reads as one without."""

import pytest

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
