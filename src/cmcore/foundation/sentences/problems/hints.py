"""What to do about a problem, where its kind alone does not say."""

from typing import Final

HINTS: Final[dict[str, str]] = {
    "did-you-mean": "did you mean {near:or}?",
    "from-to": "write a whole number, from {least} to {most}",
    "one-of": "one of {known}",
}
