"""Numbers as people write them: thousands apart, decimals after a comma, shares of a hundred."""

from typing import Final

from cmcore.base.amounts import GROUPED, decimal
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.regex import regex

#: Which numbers are wanted, as the table of things calls them.
NUMBER: Final = "number"
WHOLE: Final = "whole-number"

_NUMBER: Final = regex(r"(-?[0-9]{1,15})(?:[.,]([0-9]{1,15}))?\s?(%)?")
_THOUSANDS: Final = regex(r"-?[1-9][0-9]{0,2}(?:([.,'\u2019 \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*")
_NO_DIGIT: Final = regex("[^-0-9]")
_DECIMALS: Final = regex(r"\.0*[1-9]")


def grouped(text: str, unit: str = "", *, whole_or_not: bool = True) -> Problem | None:
    """Return the problem of an ambiguous number, such as `12.000` or `1,250`.

    `unit` follows it, and is shown with it. `whole_or_not` says that decimals are allowed as well;
    otherwise that is still open.
    """
    found = GROUPED.fullmatch(text)
    if found is None:
        return None
    whole, fraction = found[1] + found[2], decimal(found[1], found[2])
    return Problem.of(
        "ambiguous-number",
        hint=None if whole_or_not or fraction == found[1] else "whole-unless-decimals",
        given=text + unit,
        whole=whole + unit,
        fraction=fraction + unit,
    )


def refuse_grouped(text: str, wanted: str = NUMBER) -> None:
    """Refuse a number that reads either way, both of them being wanted.

    Raises:
        InvalidError: its sign may stand before decimals, or before thousands.
    """
    problem = grouped(text)
    if problem and (wanted == NUMBER or text.endswith("000")):
        raise InvalidError([problem])


def number_meant(text: str, wanted: str = NUMBER) -> str:
    """Return the number that is meant by one with signs within, a percent sign or quotes.

    It is empty where none is, or none that is wanted.
    """
    meant = _meant(text)
    if wanted != WHOLE:
        return meant
    return "" if _DECIMALS.search(meant) else meant.partition(".")[0]


def _meant(text: str) -> str:
    if _THOUSANDS.fullmatch(text):
        return _NO_DIGIT.sub("", text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return ""
    number = f"{found[1]}.{found[2]}" if found[2] else found[1]
    return f"{float(number) / 100:.12g}" if found[3] else number
