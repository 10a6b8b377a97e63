"""The package `icalendar`, an extra: what it reads values by, and writes calendars with."""

from typing import Any

from cmcore.base.errors import MissingExtraError, refuse


def icalendar() -> Any:  # noqa: ANN401 - a module
    """Return the package.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import icalendar
        import icalendar.prop
        import icalendar.timezone.windows_to_olson
    except ImportError as error:
        raise MissingExtraError("icalendar") from error
    return icalendar


def decoded(text: str) -> object:
    """Return a date, a time, a length or a period; None where it is none that is read."""
    try:
        found: object = icalendar().prop.vDDDTypes.from_ical(text)
    except (ValueError, OverflowError):
        return None
    return found


def parts(text: str) -> dict[str, list[object]]:
    """Return the parts of a rule, as the package `icalendar` reads them."""
    try:
        return dict(icalendar().prop.vRecur.from_ical(text))
    except (ValueError, OverflowError):
        raise refuse("calendar-value", name="RRULE", text=text) from None
