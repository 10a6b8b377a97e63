"""The package `icalendar`, an extra: what it reads values by, and writes calendars with."""

from typing import Any

from cmcore.base.errors import MissingExtraError


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
