"""What the library says to people, in English and in French, by theme."""

from collections.abc import Mapping
from typing import Final, Literal

from cmcore.foundation.sentences import (
    assigning,
    auditing,
    cards,
    catalog,
    charters,
    charts,
    checkups,
    common,
    completing,
    coverage,
    deciding,
    drawing,
    incidents,
    promotions,
    remedies,
    requests,
    reviews,
    signals,
)

Language = Literal["en", "fr"]
#: The columns of the tables.
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")

#: code -> (English, French); `{name}` stands for a parameter of the reason.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    **assigning.SENTENCES,
    **auditing.SENTENCES,
    **cards.SENTENCES,
    **catalog.SENTENCES,
    **charters.SENTENCES,
    **charts.SENTENCES,
    **checkups.SENTENCES,
    **common.SENTENCES,
    **completing.SENTENCES,
    **coverage.SENTENCES,
    **deciding.SENTENCES,
    **drawing.SENTENCES,
    **promotions.SENTENCES,
    **remedies.SENTENCES,
    **reviews.SENTENCES,
    **signals.SENTENCES,
    **requests.SENTENCES,
    **incidents.SENTENCES,
}
