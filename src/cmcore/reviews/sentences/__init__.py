"""What is said of reviews, their drawings and promotions, in English and in French."""

from collections.abc import Mapping
from typing import Final

from cmcore.reviews.sentences import drawings, names, promotions, reviews

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **drawings.SENTENCES,
    **promotions.SENTENCES,
    **reviews.SENTENCES,
    **names.SENTENCES,
}
