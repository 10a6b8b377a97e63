"""The language that a command speaks: that of `--lang`, or else of the environment."""

import os
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Final, cast

from cmcore.base.errors import check_language
from cmcore.base.language import LANGUAGES, Language

#: The variable of the environment that says which language is spoken by default.
VARIABLE: Final = "CMCORE_LANG"
_FLAG: Final = "--lang"
_SPOKEN: Final[ContextVar[Language]] = ContextVar("spoken", default="en")


def spoken() -> Language:
    """Return the language of what is printed."""
    return _SPOKEN.get()


def speak(args: Sequence[str]) -> None:
    """Have everything said in the language that the arguments name, or else the environment.

    It is looked for before they are read, so that what is wrong with them is said in it too. An
    argument that names no language is refused when the arguments are read.

    Raises:
        InvalidError: the environment names a language in which nothing is said.
    """
    by_default = os.environ.get(VARIABLE) or "en"
    _SPOKEN.set("en")
    check_language(by_default)
    asked = _asked(args)
    _SPOKEN.set(cast("Language", asked if asked in LANGUAGES else by_default))


def _asked(args: Sequence[str]) -> str:
    """Return what the last `--lang` of some arguments says; nothing where there is none."""
    found = ""
    for this, following in zip(args, [*args, ""][1:], strict=True):
        if this == "--":
            break
        flag, equals, name = this.partition("=")
        if flag == _FLAG:
            found = name if equals else following
    return found
