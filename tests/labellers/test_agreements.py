"""Agreement, against published worked examples and the definitions."""

from collections.abc import Hashable, Sequence
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, InvalidError
from cmcore.charters import Case
from cmcore.labellers import Agreement, RiskOf, agreement, cohen_kappa, krippendorff_alpha
from cmcore.labellers.obstacles import Obstacle, hindrance_text
from cmcore.strategies import agreements

said = st.sampled_from(["a", "b", "c", None])
pairs = st.lists(st.tuples(said, said), max_size=12)


def table(both: int, mine: int, theirs: int, neither: int) -> tuple[list[str], list[str]]:
    """Return what two people said, by how often each or both said yes."""
    counts = zip((both, mine, theirs, neither), ("yy", "yn", "ny", "nn"), strict=True)
    rows = [pair for count, pair in counts for _ in range(count)]
    return [pair[0] for pair in rows], [pair[1] for pair in rows]


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [((20, 5, 10, 15), 0.4), ((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593)],
)
def test_kappa_is_that_of_the_textbook(counts: tuple[int, int, int, int], kappa: float) -> None:
    assert cohen_kappa(*table(*counts)) == pytest.approx(kappa, abs=5e-5)


@pytest.mark.parametrize(
    ("people", "alpha"),
    [
        # K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011: A, B and C
        (["0100000010", "1110010000"], 0.095),
        (["aabbdcccedda", "babbbccceddd"], 0.692),
        (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
    ],
    ids=["two values", "five values", "four people"],
)
def test_alpha_is_that_of_its_author(people: Sequence[str], alpha: float) -> None:
    each = [[None if one == "." else one for one in row] for row in people]
    assert krippendorff_alpha(zip(*each, strict=True)) == pytest.approx(alpha, abs=5e-4)


@given(st.lists(st.lists(said, max_size=4), max_size=6))
def test_alpha_is_what_pairs_say(ratings: list[list[str | None]]) -> None:
    # the definition: how often pairs within a thing differ, by how often any pair does
    told = [[one for one in each if one is not None] for each in ratings]
    told = [each for each in told if len(each) > 1]
    every: list[Hashable] = [one for each in told for one in each]
    expected = [a != b for a, b in permutations(every, 2)]
    if not any(expected):
        assert krippendorff_alpha(ratings) is None
        return
    within = sum(
        sum(a != b for a, b in permutations(each, 2)) / (len(each) - 1) for each in told
    ) / len(every)
    alpha = 1 - within / (sum(expected) / len(expected))
    assert krippendorff_alpha(ratings) == pytest.approx(alpha, abs=1e-9)


@given(pairs)
def test_kappa_is_what_chance_leaves(drawn: list[tuple[str | None, str | None]]) -> None:
    one, other = [a for a, _ in drawn], [b for _, b in drawn]
    told = [(a, b) for a, b in drawn if a and b]
    every = [(a, b) for a, _ in told for _, b in told]
    chance = sum(a == b for a, b in every) / len(every) if every else 1
    if chance == 1:
        assert cohen_kappa(one, other) is None
        return
    agreed = sum(a == b for a, b in told) / len(told)
    assert cohen_kappa(one, other) == pytest.approx((agreed - chance) / (1 - chance), abs=1e-9)
    assert cohen_kappa(one, other) == cohen_kappa(other, one)


def test_ratings_of_other_things_are_refused() -> None:
    with pytest.raises(InvalidError, match="of different lengths: 1 and 2"):
        cohen_kappa(["a"], ["a", "b"])


def test_acts_are_matched_by_id_or_content_and_what_is_absent_was_said() -> None:
    mine: list[Act | Case] = [
        Act(id="1", labels={"x": True}),
        Case(Act(id="2", absent={"x"})),
        Act(text="Fog", labels={"x": False, "y": True}),
        Act(id="3"),
    ]
    theirs = [
        Act(text="Fog", labels={"x": True}),
        Act(id="2", labels={"x": False}),
        Act(id="1", labels={"x": True}),
        Act(id="4"),
    ]
    found = agreement(mine, theirs)
    (one,) = found.labels
    assert (one.label, one.both, one.agreed, found.alone) == ("x", 3, 1, 2)
    assert one.apart == ("2", "Fog")
    assert "2 acts are among those of one person only" in str(found)


def test_of_many_acts_the_first_are_shown() -> None:
    mine, theirs = (
        [Act(id=f"post {n}", labels={"x": says}) for n in range(9)] for says in (True, False)
    )
    assert "post 4, …" in str(agreement(mine, theirs))


@given(agreements())
def test_it_is_shown_in_both_languages(found: Agreement) -> None:
    assert found.text("en") != found.text("fr")


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ([[1], 2], ["ratings[1]: expected a list, not a Python `int`"]),
        ([None, ["a", {}]], ["ratings[0]: expected a list, not a Python `NoneType`",
                             "ratings[1][1]: expected one word, not a Python `dict`"]),
        (["ab"], ["ratings[0]: `ab` is one text, not a list of them (put it in a list or a set)"]),
    ],
)  # fmt: skip
def test_what_alpha_cannot_compare_is_refused_all_at_once(
    ratings: list[Any], said: list[str]
) -> None:
    with pytest.raises(InvalidError) as failure:
        krippendorff_alpha(ratings)
    assert [one.text() for one in failure.value.problems] == said


def test_what_kappa_cannot_compare_is_refused_all_at_once() -> None:
    with pytest.raises(InvalidError) as failure:
        cohen_kappa([["a"], "b"], [{}])  # type: ignore[list-item]
    codes = [(one.code, one.path) for one in failure.value.problems]
    assert codes == [("foreign-type", ("one", 0)), ("foreign-type", ("other", 0)),
                     ("unequal-ratings", ("other",))]  # fmt: skip


def test_a_flag_is_no_number() -> None:
    mine, theirs = [True, False, True], [1, 0, 1]
    assert cohen_kappa(mine, theirs) == 0
    assert cohen_kappa(mine, [1.0, False, True]) == cohen_kappa(["y", "n", "y"], ["1", "n", "y"])
    assert krippendorff_alpha([(True, 1), (False, 0)]) == krippendorff_alpha(
        [*map(tuple, ("y1", "n0"))]
    )
    acts = [[Act(id="a", labels={"x": said, "n": 1})] for said in (True, 1)]
    with pytest.raises(InvalidError, match=r"other\[0\]\.labels\.x: `1` is not a flag"):
        agreement(*acts)
    assert agreement(acts[1], acts[1]).labels[0].agreed == 1


class Unknown:
    """What equals nothing and differs from nothing, as the NA of pandas."""

    __hash__ = object.__hash__

    def __ne__(self, other: object) -> Any:  # noqa: ANN401 - neither true nor false
        return self

    def __bool__(self) -> bool:
        raise TypeError


@pytest.mark.parametrize("nothing", [float("nan"), Decimal("nan"), Unknown()])
def test_what_is_no_number_was_not_said(nothing: Hashable) -> None:
    mine, theirs = ["a", "b", "a", nothing, nothing], ["a", "b", "b", nothing, "a"]
    bare = [[None if one is nothing else one for one in many] for many in (mine, theirs)]
    assert cohen_kappa(mine, theirs) == cohen_kappa(*bare)
    pairs = zip(mine, theirs, strict=True)
    assert krippendorff_alpha(pairs) == krippendorff_alpha(zip(*bare, strict=True))
    assert cohen_kappa([nothing] * 3, [nothing] * 3) is None


def test_where_nothing_was_said_by_both_that_is_shown() -> None:
    mine, theirs = (Act(id=one, labels={"x": True}) for one in "ab")
    apart = Act(id="a", labels={"y": True})  # the same act, of which each said something else
    for found in (agreement([], []), agreement([mine], [theirs]), agreement([mine], [apart])):
        assert "no act has a label that both gave" in found.text()
        assert "aucun acte n’a d’étiquette que les deux aient posée" in found.text("fr")
    assert "by both\n" not in agreement([mine], [mine]).text()


def test_many_examples_more_are_written_as_numbers_are() -> None:
    found = hindrance_text(Obstacle.FEW, 36847, RiskOf.ACTS, "fr")
    assert found == "il faudrait encore environ 36\u202f847 actes étiquetés"


class ArrayRow:
    """A row of an array, as numpy has it."""

    def __init__(self, *said: bool | float | None) -> None:
        self._said = said

    def tolist(self) -> list[bool | float | None]:
        return [*self._said]


def test_the_rows_of_an_array_are_what_people_said() -> None:
    said = [(True, True, None), (False, True, float("nan")), (False, False, True)]
    rows: list[Any] = [ArrayRow(*each) for each in said]
    assert krippendorff_alpha(rows) == krippendorff_alpha(said)
    numpy = pytest.importorskip("numpy")
    assert krippendorff_alpha(numpy.array([[1, 1], [0, 0], [1, 0]])) == krippendorff_alpha(
        [(1, 1), (0, 0), (1, 0)]
    )
