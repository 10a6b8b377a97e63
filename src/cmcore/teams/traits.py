"""Traits: what people may differ by."""

from enum import StrEnum
from typing import Final

from cmcore.base.ids import one_of


class Trait(StrEnum):
    """A trait by which people differ.

    The zone is the time zone of their hours: the same zone under two names counts as two.
    """

    TRADE = "trade"
    AGE = "age"
    LEVEL = "level"
    SENIORITY = "seniority"
    CONTRACT = "contract"
    EMPLOYER = "employer"
    REGION = "region"
    ZONE = "zone"


#: The traits that somebody is given by themselves: their zone is that of their hours.
OWN_TRAITS: Final = tuple(trait for trait in Trait if trait is not Trait.ZONE)


def as_trait(given: str) -> Trait:
    """Return the trait of a name.

    Raises:
        InvalidError: when there is no such trait.
    """
    return one_of(Trait, given)
