"""What the library says to people, in English and in French, by theme."""

from collections.abc import Mapping
from typing import Final, Literal

from cmcore.catalog import sentences as catalog
from cmcore.charters.sentences import audits as auditing
from cmcore.charters.sentences import charters
from cmcore.charters.sentences import decisions as deciding
from cmcore.charts import sentences as charts
from cmcore.circuits import sentences as completing
from cmcore.display import names as cards
from cmcore.display import sentences as common
from cmcore.incidents.sentences import incidents, signals
from cmcore.organisations import sentences as checkups
from cmcore.requests import sentences as requests
from cmcore.reviews.sentences import drawings as drawing
from cmcore.reviews.sentences import promotions, reviews
from cmcore.teams.sentences import assignments as assigning
from cmcore.teams.sentences import coverage, remedies

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
