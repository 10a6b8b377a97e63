"""Amounts as people write them: decimals, and lengths of time such as `1 h 30 min`."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from cmcore.base.regex import regex

#: The units that a duration is shown in, the greatest first, in microseconds.
UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {"d": 86_400_000_000, "h": 3_600_000_000, "min": 60_000_000, "s": 1_000_000}
)

#: An ambiguous number: its sign may separate decimals or thousands.
GROUPED: Final = regex(r"([-+]?[1-9][0-9]{0,2})[.,]([0-9]{3})")


def decimal(whole: str, decimals: str) -> str:
    """Return a number that reads one way only: never with three decimals, save below one."""
    kept = decimals.rstrip("0")
    number = f"{whole}.{kept}" if kept else whole
    return f"{number}0" if GROUPED.fullmatch(number) else number


def show_duration(duration: timedelta, names: Sequence[str] = (*UNITS,), longest: str = "d") -> str:
    """Write a duration in its canonical form, which `parse_duration` reads back exactly.

    `names` are what the units are called, in the order of `UNITS`; none is used above `longest`.
    """
    left = duration // timedelta(microseconds=1)
    sign, left = ("-", -left) if left < 0 else ("", left)
    parts: list[str] = []
    *longer, second = [*zip(UNITS, names, strict=True)][[*UNITS].index(longest) :]
    for unit, name in longer:
        count, left = divmod(left, UNITS[unit])
        parts += [f"{count} {name}"] if count else []
    whole, fraction = divmod(left, UNITS["s"])
    if left or not parts:
        parts.append(f"{decimal(str(whole), f'{fraction:06}')} {second[1]}")
    return sign + " ".join(parts)
