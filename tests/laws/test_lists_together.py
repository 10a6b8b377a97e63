"""Law: what lists of words find together, and do not, is settled as trying all short texts does."""

from itertools import product
from typing import Final

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cmcore import Approvers, Charter, Rule, Stage, ValidationCircuit, fact
from cmcore.base.errors import InvalidError
from cmcore.base.truth import Truth
from cmcore.charters import analyse
from cmcore.charters.conditions.condition import All
from cmcore.text.words import WordList

CIRCUITS: Final = [ValidationCircuit("a", [Stage(Approvers("role", {"a"}))])]
WORDS: Final = ("aa", "ab", "bb")
#: All texts of up to four words, in one run and in several.
TEXTS: Final = [
    "".join(word + mark for word, mark in zip(words, (*marks, ""), strict=True))
    for size in range(1, 5)
    for words in product((*WORDS, "kk"), repeat=size)
    for marks in product((" ", ", "), repeat=size - 1)
]
ENTRIES: Final = (*WORDS, "aa ab", "ab bb", "bb aa", "aa*", "*bb", "aa ab bb")
HIDING: Final = (*ENTRIES, "aa, ab", "kk aa", "ab aa", "kk aa ab")


def lists(most: int = 2) -> st.SearchStrategy[WordList]:
    return st.builds(
        WordList,
        st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=2),
        st.lists(st.sampled_from(HIDING), max_size=most),
    ).filter(is_meant)


def is_meant(words: WordList) -> bool:
    """Return whether a charter may have a list: one whose entries are not all hidden."""
    try:
        told([words], [])
    except InvalidError:
        return False
    return True


def rule(wanted: list[WordList], unwanted: list[WordList]) -> Rule:
    text = fact("text")
    found = [text.mentions(*one.entries, exceptions=one.exceptions) for one in (*wanted, *unwanted)]
    size = len(wanted)
    when = All([*found[:size], *(~one for one in found[size:])])
    return Rule.forbid("r", when=when, because="Because.")


def told(wanted: list[WordList], unwanted: list[WordList]) -> Truth:
    """Return whether a text is found in which some lists find something, and others do not."""
    made = Charter("c", rules=[rule(wanted, unwanted)], circuits=CIRCUITS, default="a")
    (claim,) = (one for one in analyse(made).claims if one.code == "never true")
    return ~claim.holds


@pytest.mark.usefixtures("long_loop")
@given(st.lists(lists(), min_size=1, max_size=2), st.lists(lists(), max_size=3))
def test_whether_a_text_has_all_that_lists_want_is_settled(
    wanted: list[WordList], unwanted: list[WordList]
) -> None:
    found = told(wanted, unwanted)
    # what several lists want may stand one after the other
    free = [text for text in TEXTS if not any(one.holds(text) for one in unwanted)]
    is_met = all(any(map(one.holds, free)) for one in wanted)
    event(f"{found} {len(wanted)} {len(unwanted)}")
    # what hides a word may have to be hidden itself, and so on without end
    assert found is Truth.TRUE or not is_met


@pytest.mark.parametrize(
    ("wanted", "unwanted", "is_met"),
    [
        (WordList(["aa"]), [WordList(["aa"], ["aa ab"]), WordList(["ab"])], False),
        (WordList(["aa"]), [WordList(["aa"], ["aa ab"]), WordList(["ab"], ["aa ab"])], True),
        (WordList(["aa"]), [WordList(["aa"], ["aa ab"]), WordList(["ab"], ["ab bb"])], True),
        (WordList(["aa"]), [WordList(["aa"], ["aa ab", "bb aa"]), WordList(["ab"])], True),
        (WordList(["aa"], ["aa ab"]), [WordList(["aa"], ["aa ab bb"])], False),
        (WordList(["aa"], ["aa ab bb"]), [WordList(["aa"], ["aa ab"])], True),
        (WordList(["aa ab"]), [WordList(["aa"], ["aa ab"]), WordList(["ab"], ["aa, ab"])], False),
        (WordList(["aa ab"]), [WordList(["aa"], ["aa, ab"]), WordList(["ab"], ["aa, ab"])], True),
        (WordList(["aa*"]), [WordList(["aa"])], True),
        (WordList(["aa"]), [WordList(["aa*"], ["=aa bb"])], True),
        (WordList(["=éé"]), [WordList(["ee"])], False),
        (WordList(["=éé"]), [WordList(["ee"], ["ee aa"])], True),
        (WordList(["ee"]), [WordList(["=éé"])], True),
        (WordList(["abcd"]), [WordList(["ab*"], ["*cd"])], True),
        (WordList(["ab*"]), [WordList(["ab*"], ["*cd"])], True),
        (WordList(["ab*"]), [WordList(["ab*"], ["*cd aa"]), WordList(["*cd"], ["*cd aa"])], True),
        (WordList(["ab*"]), [WordList(["ab*"], ["bc*", "*bc"]), WordList(["*bc"])], False),
        (WordList(["aa"]), [WordList(["aa"], ["aa %"])], None),
        (WordList(["aa"]), [WordList(["aa"], ["50 %"])], False),
        (WordList(["aa"]), [WordList(["aa"], ["aa ab"]), WordList(["ab"], ["ab aa"])], None),
    ],
)  # fmt: skip
def test_what_hides_a_word_may_be_what_another_list_finds(
    wanted: WordList,
    unwanted: list[WordList],
    is_met: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert told([wanted], unwanted) is Truth.of(is_met)
