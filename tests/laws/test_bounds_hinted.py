"""Whatever a hint says to write instead of a bound that does not read is read where it is given."""

import json
import re
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Charter, InvalidError, parse

#: Each place of a bound, around it.
PLACES: Final[dict[str, tuple[str, Callable[[object], object]]]] = {
    "floor": ("expect", lambda bound: [{"id": "x", "of": "publish", "at least": bound}]),
    "cap": ("expect", lambda bound: [{"id": "x", "of": "publish", "at most": bound}]),
    "least share": (
        "expect",
        lambda bound: [{"id": "x", "of": "publish", "among": "any", "at least": bound}],
    ),
    "greatest share": (
        "expect",
        lambda bound: [{"id": "x", "of": "publish", "among": "any", "at most": bound}],
    ),
    "volume": ("volume", lambda bound: {"publish": bound}),
    "several volumes": ("volume", lambda bound: {"publish": ["9 per day", bound]}),
    "count": (
        "rules",
        lambda bound: [
            {"permit": "a", "because": "b", "when": {"recent.any": {"fewer than": bound}}}
        ],
    ),
}
BARE: Final = {
    "charter": "c",
    "circuits": {"desk": [{"ask": {"role": "lead"}}]},
    "default": "desk",
    "rules": [],
}
NUMBERS = ("0", "-1", "2.5", "3", "20", "100", "120", "7" * 18, "9" * 19, "lots", "two")
MIDDLES = ("", "%", " %", " per cent", " posts")
ENDS = ("", " per week", "/week", " per wek", " in 1 h", " in 0 h", " per hour", " ever", " weekly")
#: Where a bound stands once it is said what it is a share of.
SHARES = {"floor": "least share", "cap": "greatest share"}
#: What a share asks for beside it.
BESIDE = {"share-of-nothing", "no-share"}


def problems(place: str, bound: object) -> list[tuple[str, str, str]]:
    """Return what is wrong with a charter that has a bound at a place: code, sentence, hint."""
    key, around = PLACES[place]
    try:
        parse(json.dumps({**BARE, key: around(bound)}), Charter, format="json")
    except InvalidError as error:
        return [(one.code, one.message, one.hint or "") for one in error.problems]
    return []


@given(
    st.sampled_from([*PLACES]),
    st.builds("{}{}{}".format, *map(st.sampled_from, (NUMBERS, MIDDLES, ENDS)))
    | st.sampled_from([-1, 0, 3, 10**18, True, 2.5]),
)
def test_what_a_hint_says_to_write_is_read_at_that_place(place: str, bound: object) -> None:
    found = problems(place, bound)
    codes = {code for code, *_ in found}
    # a bound that does not read is one mistake
    assert "expects-nothing" not in codes
    then = SHARES[place] if "share-of-nothing" in codes else place
    for code, _, hint in found:
        written = [] if code in BESIDE else re.findall("`([^`]+)`", hint)
        assert [one for one in written if problems(then, one)] == [], (code, hint)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("bound", ["9" * 19 + " per week", "9" * 5000 + " in 1 h"])
def test_a_number_that_is_too_large_is_told_so(place: str, bound: str) -> None:
    if "share" not in place:
        assert [code for code, *_ in problems(place, bound)] == ["number-too-large"]


@pytest.mark.parametrize("bound", ["120 % per month", "9999 % per month", "100.5% par mois"])
def test_a_share_above_all_is_told_as_it_is_written(bound: str) -> None:
    found = problems("greatest share", bound)
    assert [code for code, *_ in found] == ["share-too-large"]
    assert f"`{bound}`" in found[0][1]
    assert "100 %" in found[0][2]


@pytest.mark.parametrize(
    ("key", "meant"),
    [("more than", "at least"), ("fewer than", "at most"), ("less than", "at most"),
     ("min", "at least"), ("maximum", "at most"), ("at leest", "at least")],
)  # fmt: skip
def test_a_bound_under_another_name_is_answered_with_its_own(key: str, meant: str) -> None:
    data = {**BARE, "expect": [{"id": "x", "of": "publish", key: "2 per week"}]}
    with pytest.raises(InvalidError) as error:
        parse(json.dumps(data), Charter, format="json")
    (problem,) = error.value.problems
    assert problem.code == "unknown-key"
    assert problem.hint == f"did you mean `{meant}`?"
