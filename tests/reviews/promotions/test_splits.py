"""What plain tests make of acts that are wanted, and of those that are not."""

from cmcore.charters.conditions.facts import ABSENT, FactSpec, FactType
from cmcore.charters.meaning.looks import Look
from cmcore.reviews.promotions._splits import ANYTHING, splits

SYMBOL = FactSpec("network", FactType.SYMBOL)
SYMBOLS = FactSpec("topics", FactType.SYMBOLS)
NONE = frozenset[str]()


def words(*many: str) -> frozenset[str]:
    return frozenset(many)


WANTED: list[Look] = [("a", words("x")), ("a", NONE), ("b", words("x", "y")), (None, ABSENT)]
UNWANTED: list[Look] = [("b", words("z")), ("c", None), (ABSENT, words("y")), (None, NONE)]


def test_splits_tell_whom_each_test_is_true_of_and_whom_it_is_false_of() -> None:
    made = {split.true: split.false for split in splits([SYMBOL, SYMBOLS], WANTED, UNWANTED, 1)}
    assert made == {
        0b0011: ANYTHING | 0b01110 | 0b01000,  # is `a`; none of `y`
        0b0100: ANYTHING | 0b01100,  # is `b`
        0b0010: ANYTHING | 0b01010,  # is empty
        0b1000: ANYTHING | 0b11010,  # has no topics
        0b0111: ANYTHING | 0b00010,  # has some, or none of `z`
    }


def test_splits_that_are_true_of_too_few_are_left_out() -> None:
    made = splits([SYMBOL, SYMBOLS], WANTED, UNWANTED, 2)
    assert [split.true for split in made] == [0b0011, 0b0111]
