"""What is shared out is as much as there can be: held against every cut, by Ford and Fulkerson."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.sharing import shared_out

FEW = st.integers(0, 4)


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[int], list[list[int]], list[int]]:
    """Draw what is wanted, who can give to whom, and what they have."""
    given_ = draw(st.lists(FEW, max_size=4))
    wanted = draw(st.lists(FEW, max_size=4))
    places = st.lists(st.sampled_from(range(len(given_))), unique=True) if given_ else st.just([])
    return wanted, [draw(places) for _ in wanted], given_


@given(asked())
def test_all_together_get_as_much_as_the_narrowest_cut_lets_through(
    case: tuple[list[int], list[list[int]], list[int]],
) -> None:
    wanted, able, given_ = case
    some = chain.from_iterable(combinations(range(len(wanted)), n) for n in range(len(wanted) + 1))
    narrowest = min(
        sum(wanted[n] for n in range(len(wanted)) if n not in chosen)
        + sum(given_[giver] for giver in {giver for n in chosen for giver in able[n]})
        for chosen in some
    )
    got = shared_out(wanted, able, given_)
    assert sum(got) == narrowest
    assert all(0 <= one <= most for one, most in zip(got, wanted, strict=True))


@given(asked())
def test_those_who_come_first_get_all_that_can_be_had(
    case: tuple[list[int], list[list[int]], list[int]],
) -> None:
    wanted, able, given_ = case
    got = shared_out(wanted, able, given_)
    for n in range(len(wanted)):
        assert got[:n] == shared_out(wanted[:n], able[:n], given_)
