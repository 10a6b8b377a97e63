"""The version of the library that runs."""

from functools import cache


@cache
def library_version() -> str:
    """Return the version of the library, as it was installed."""
    from importlib.metadata import version

    return version("cmcore")
