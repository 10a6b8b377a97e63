"""Regular expressions that are compiled when they are first used.

Those of texts, which know every script, take longer to compile than all else in an import.
"""

import re
from typing import Any, Final, cast

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class _Later:
    """Stands for a pattern; once compiled, its methods are those of the pattern itself."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._asked = pattern, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        found = re.compile(*self._asked)
        vars(self).update({method: getattr(found, method) for method in _METHODS})
        return getattr(found, name)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is compiled when it is first used."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
