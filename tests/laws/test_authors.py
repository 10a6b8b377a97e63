"""Authors: who somebody is is settled by the ids of the team, and never by a spelling."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from unicodedata import normalize

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    InvalidError,
    Member,
    Quorum,
    Review,
    Stage,
    Team,
    ValidationCircuit,
    decide,
    open_review,
    status,
)
from cmcore.reviews import regroup

NOON: Final = datetime(2026, 3, 27, 12, tzinfo=UTC)
TWO: Final = ValidationCircuit("desk", [Stage(Approvers("team", {"crew"}), Quorum(2))])
CHARTER: Final = Charter("crew", circuits=[TWO], default="desk")
IDS: Final = ("ana", "élise", "bob-2", "o'neil", "Иван", "νίκος", "陈", "marc.roy")
NAMES: Final = {"ana": "Ana Diaz", "bob-2": "Bob Martin"}
TWINS: Final = str.maketrans("aeopcxyi", "аеорсхуі")  # noqa: RUF001 - Cyrillic, as if it were Latin
INVISIBLE: Final = ("\u3164", "\u200b", "\u200d", "\ufe0f", "\u2060", "\u115f", "\u00ad")
SPELLINGS: Final[dict[str, Callable[[str, int], str]]] = {
    "capitals": lambda text, _: text.upper(),
    "one capital": lambda text, _: text.title(),
    "a mention": lambda text, _: f"@{text}",
    "apart": lambda text, _: normalize("NFD", text),
    "in full width": lambda text, _: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    ),
    "without accents": lambda text, _: "".join(
        c for c in normalize("NFD", text) if not "\u0300" <= c <= "\u036f"
    ),
    "with an accent": lambda text, _: f"{text}\u0301",
    "another script": lambda text, _: text.translate(TWINS),
    "what cannot be seen": lambda text, n: f"{text[: n % 3]}{INVISIBLE[n]}{text[n % 3 :]}",
    "a space": lambda text, n: f"{text[: n % 3]} {text[n % 3 :]}",
    "another mark": lambda text, _: text.replace("-", "_").replace(".", "-"),
}


def team_of(*ids: str) -> Team:
    return Team("crew", [Member(id_, name=NAMES.get(id_, "")) for id_ in ids])


def opened(author: str, *ids: str, external: bool = False) -> Review:
    act = Act(author=author, text="Hello")
    team = team_of(*ids)
    return open_review(decide(CHARTER, act), act, CHARTER, NOON, team=team, external=external)


SPELT: Final = st.tuples(
    st.sampled_from([*IDS, *NAMES.values()]),
    st.lists(st.sampled_from([*SPELLINGS]), min_size=1, max_size=2),
    st.integers(0, len(INVISIBLE) - 1),
)


def spelt(drawn: tuple[str, list[str], int]) -> str:
    text, ways, number = drawn
    for way in ways:
        text = SPELLINGS[way](text, number)
    return text


@given(SPELT, st.booleans())
def test_an_author_under_another_spelling_is_refused(
    drawn: tuple[str, list[str], int],
    external: bool,  # noqa: FBT001
) -> None:
    author = spelt(drawn)
    assume(author not in IDS)
    with pytest.raises(InvalidError) as caught:
        opened(author, *IDS, external=external)
    assert all(problem.path[-1] in {"author", "id"} for problem in caught.value.problems)


@given(SPELT)
def test_nobody_comes_into_a_team_twice(drawn: tuple[str, list[str], int]) -> None:
    twin = spelt(drawn)
    assume(drawn[0] in IDS and twin not in IDS)
    with pytest.raises(InvalidError):
        team_of(*IDS, twin)


@given(SPELT)
def test_who_left_never_comes_back_under_another_spelling(
    drawn: tuple[str, list[str], int],
) -> None:
    known, twin = drawn[0], spelt(drawn)
    assume(known in IDS and twin not in IDS)
    for author in (known, "zed"):
        review = opened(author, *{known, author}, "xu")
        with pytest.raises(InvalidError):
            regroup(review, team_of(twin, "xu"), NOON)
        assert status(regroup(review, team_of(known, "xu"), NOON), NOON).digest == review.digest


@given(st.sampled_from(IDS))
def test_the_author_is_who_has_the_id_and_nobody_else(author: str) -> None:
    review = opened(author, *IDS)
    assert {*status(review, NOON).awaited} == {*IDS} - {author}


def test_somebody_from_outside_is_the_author_when_that_is_said() -> None:
    with pytest.raises(InvalidError, match="`agency` is not in the team"):
        opened("agency", "ana", "xu")
    assert opened("agency", "ana", "xu", external=True).opening.author == "agency"
    review = opened("agency", "ana", "xu", external=True)
    with pytest.raises(InvalidError, match="`Agency` looks like `agency`"):
        regroup(review, team_of("ana", "Agency"), NOON)
    named = attrs.evolve(team_of("ana"), members=[Member("x1", name="Agency")])
    with pytest.raises(InvalidError, match="`x1` looks like `agency`"):
        regroup(review, named, NOON)


@pytest.mark.parametrize(
    ("id_", "code"),
    [
        ("e\u0301lise", "id-not-composed"),
        ("ana\u3164", "id-not-seen"),
        ("an\ufe0fa", "id-not-seen"),
        ("an\u200ba", "bad-id"),
        ("\u0430na", "mixed-scripts"),
        ("an\u03b1", "mixed-scripts"),
        ("\uff21\u0410", "mixed-scripts"),
        ("あ가", "mixed-scripts"),
    ],
)
def test_an_id_is_what_it_looks_like(id_: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        Member(id_)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    "id_",
    [
        *IDS,
        *(
            "post-7",
            "règle 1",
            "Zoë",
            "Łukasz",
            "Đặng",
            "Straße",
            "n°3",
            "日本ごカナ",
            "カナ latin",
        ),
        *(
            "한국 hanja 漢字",
            "ㄅㄆ",
            "हिन्दी",
            "العربية",
            "עברית",
            "ไทย",
            "தமிழ்",
            "🦊",
            "→ 2",
            "§ 3",
        ),
    ],
)
def test_an_id_may_be_written_in_any_one_script(id_: str) -> None:
    assert Member(id_).id == id_


@pytest.mark.parametrize("word", ["no", "yes", "", 0, 1, None])
@pytest.mark.parametrize("name", ["external", "emergency"])
def test_a_word_of_a_form_is_no_flag_that_opens_a_review(name: str, word: object) -> None:
    act = Act(id="p", author="agency", kind="publish", text="Hello")
    options: dict[str, Any] = {"team": Team("t", [Member("ana"), Member("xu")]), name: word}
    with pytest.raises(InvalidError) as raised:
        open_review(decide(CHARTER, act, at=NOON), act, CHARTER, NOON, **options)
    assert (name,) in [problem.path for problem in raised.value.problems]
