"""What a value may be, with its article: a part of sentences."""

from typing import Final

THINGS: Final[dict[str, str]] = {}
