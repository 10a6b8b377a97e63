"""What is said of requests, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.requests.sentences import names, requests

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **requests.SENTENCES,
    **names.SENTENCES,
}
