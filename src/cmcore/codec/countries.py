"""The public holidays of countries and their regions, of which the package `holidays` knows."""

from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import Any

from cmcore.base.asked import checked
from cmcore.base.errors import MissingExtraError, Problem, refuse, refuse_any
from cmcore.base.ids import nearest
from cmcore.time.calendar import Calendar


@checked
def public_holidays(country: str, region: str | None = None, *, years: Iterable[int]) -> Calendar:
    """Return the calendar of the public holidays of a country, in whole years.

    `country` and `region` are codes of ISO 3166, as in `FR` and `57`. A day that a moon or a decree
    will decide is the one that the package expects.

    Raises:
        MissingExtraError: the package `holidays` is not installed.
        InvalidError: it does not know of that country, region or year.

    Examples:
        >>> from cmcore import public_holidays
        >>> moselle = public_holidays("FR", "57", years=[2026])
        >>> [str(day) for day in sorted(moselle.closed)][:3]
        ['2026-01-01', '2026-04-03', '2026-04-06']
    """
    package, kind = known_country(country, region)
    asked = sorted(set(years))
    first, last = kind.start_year, kind.end_year
    refuse_any(
        Problem.of("year-without-holidays", "years", year=year, first=first, last=last)
        for year in asked
        if not first <= year <= last
    )
    days = package.country_holidays(country, subdiv=region, years=asked) if asked else ()
    return Calendar((date(day.year, day.month, day.day) for day in days), asked)


def known_country(country: str, region: str | None) -> tuple[ModuleType, Any]:
    """Return the package, and what it knows of a country.

    Raises:
        MissingExtraError: the package `holidays` is not installed.
        InvalidError: it does not know of that country or region.
    """
    package = _holidays()
    known = {code for code in package.list_supported_countries() if len(code) == _CODE}
    if country not in known:
        raise refuse("unknown-country", "country", name=country, near=nearest(country, known))
    kind = type(package.country_holidays(country))
    if region is not None and region not in kind.subdivisions:
        known = set(kind.subdivisions)
        near = nearest(region, known)
        raise refuse(
            "unknown-region", "region", name=region, country=country, near=near, known=known
        )
    return package, kind


#: How many letters the code of a country has, of those that the package knows it by.
_CODE = 2


def _holidays() -> ModuleType:
    try:
        import holidays
    except ImportError as error:
        raise MissingExtraError("holidays") from error
    return holidays
