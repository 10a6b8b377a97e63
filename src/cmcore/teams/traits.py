"""Traits: what people may differ by."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cmcore.base.alike import looks
from cmcore.base.characters import is_damaged
from cmcore.base.errors import Problem
from cmcore.base.ids import id_problems, one_of
from cmcore.text.names import name_of


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


#: The traits whose values are words of one's own: contracts and zones have a list.
WORDED: Final = tuple(trait for trait in OWN_TRAITS if trait is not Trait.CONTRACT)
#: What people write for a trait that they do not know.
_NOT_KNOWN: Final = frozenset({"unknown", "not known", "tbc", "tbd", "inconnu", "inconnue"})


def trait_value(given: str | None) -> str | None:
    """Return the value of a trait in its normal form: no case, no needless blanks; None for blanks.

    One that has no normal form stays as it is, to be refused.
    """
    if not isinstance(given, str):
        return given
    return name_of(given) or (given if given.strip() else None)


@lru_cache(4096)
def look_of(known: str) -> str:
    """Return what a value looks like: those that look the same count as one.

    Capitals are looked at as well, since scripts share more of them.
    """
    return min(looks(known) | looks(known.upper()))


def trait_problems(given: object, *path: str | int) -> Iterator[Problem]:
    """Yield what forbids the value of a trait: what forbids an id, or that it says nothing."""
    found = list(id_problems(given, *path))
    yield from found
    if not found and isinstance(given, str) and _is_empty(given):
        yield Problem.of("no-trait", *path, given=given)


def _is_empty(given: str) -> bool:
    """Return whether a text says nothing of anybody, as `n/a` and `?` do, or is a list."""
    nothing = is_damaged(given) or given in _NOT_KNOWN or not any(map(str.isalnum, given))
    return nothing or name_of(given) is None
