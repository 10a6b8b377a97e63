"""CSV files of tools: which column holds which fact, and how its moments are written.

A map of columns may be kept in a small file: `columns:`, and beside it `zone`, `dates`, `time`,
`separator` and `usual`. Some are ready-made, under the names of `READY`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs

from cmcore.base.errors import Problem, refuse
from cmcore.base.ids import nearest
from cmcore.base.values import internal
from cmcore.codec.archives.dates import NUMBER, moment, of_number, pattern_of, says_zone
from cmcore.codec.plain import Gather, as_mapping, as_text, opened
from cmcore.time.week import check_zone


@internal
class Sheet:
    """How the rows of a CSV file say what they say; None where that is not told.

    Some tools give facts in `words` of their own, each in a column that may be there; LinkedIn
    `wraps_lines`, each in quotes.
    """

    columns: Mapping[str, str | None] = attrs.field(factory=dict)
    zone: str | None = None
    dates: str | None = None
    time: str | None = None  # the column that has the hour of `at`, where that of `at` has the day
    separator: str | None = None
    usual: Mapping[str, object] = attrs.field(factory=dict)
    source: str = ""
    words: Mapping[str, tuple[str, Mapping[str, str]]] = attrs.field(factory=dict)
    wraps_lines: bool = False

    def moments(self) -> Callable[[str], str] | None:
        """Return what brings the moments of cells to the one form, where it is told how."""
        if self.dates == NUMBER:
            return of_number
        if self.zone is None and self.dates is None:
            return None
        pattern = None if self.dates is None else pattern_of(self.dates)
        zone = None if self.zone is None else ZoneInfo(self.zone)
        return lambda cell: moment(cell, pattern, zone)

    def spelt(self, names: Iterable[str]) -> "Sheet":
        """Return the sheet with its columns written as a header has them, in other capitals."""
        there = {name.casefold(): name for name in names}
        columns = {
            fact: column and there.get(column.casefold(), column)
            for fact, column in self.columns.items()
        }
        return attrs.evolve(self, columns=columns)

    def mended(self, told: dict[str, str]) -> dict[str, str]:
        """Return what cells tell, in the words of facts; words that are not known tell nothing."""
        made = {
            fact: self.words[fact][1].get(cell, "") if fact in self.words else cell
            for fact, cell in told.items()
        }
        if self.wraps_lines and "text" in made:
            made["text"] = _unwrapped(made["text"])
        return {fact: cell for fact, cell in made.items() if cell}


#: Where a line ends that stands in quotes of its own, and the next begins.
_BREAK: Final = re.compile(r'"(\s*\n)"')


def _unwrapped(text: str) -> str:
    """Return a text of which each line stood in quotes of its own, but for the outermost.

    Where a line ends without them, they are what somebody quotes.
    """
    return text if "\n" in _BREAK.sub("", text) else _BREAK.sub(r"\1", text)


#: What Meta Business Suite calls posts of Instagram -> their formats, and what they show.
_FORMATS: Final = {
    "IG image": "post", "IG reel": "reel", "IG carousel": "carousel", "IG story": "story",
    "IG video": "post",
}  # fmt: skip
_MEDIA: Final = {"IG image": "image", "IG reel": "video", "IG video": "video"}
#: Names of exports of tools -> their columns.
READY: Final[Mapping[str, Sheet]] = {
    "linkedin-shares": Sheet(
        {"at": "Date", "id": "ShareLink", "text": "ShareCommentary", "links": "SharedUrl"},
        dates="YYYY-MM-DD HH:mm:ss",
        zone="UTC",  # as the numbers of shares say too, which hold their moments
        usual={"network": "linkedin"},
        wraps_lines=True,
        source="Shares.csv of a copy of your data (linkedin.com/help/linkedin/answer/a1339364)",
    ),
    "meta-facebook": Sheet(
        {"at": "Publish time", "id": "Post ID", "text": "Title", "account": "Page name"},
        dates="MM/DD/YYYY HH:mm",
        usual={"network": "facebook"},
        source="Meta Business Suite, Insights, Content, Export (Facebook)",
    ),
    "meta-instagram": Sheet(
        {"at": "Publish time", "id": "Post ID", "text": "Description",
         "account": "Account username"},
        dates="MM/DD/YYYY HH:mm",
        usual={"network": "instagram", "kind": "publish"},
        words={"format": ("Post type", _FORMATS), "media": ("Post type", _MEDIA)},
        source="Meta Business Suite, Insights, Content, Export (Instagram)",
    ),
    "x-analytics": Sheet(
        {"at": "Post id", "id": "Post id", "text": "Post text"},  # its dates have no hour
        dates=NUMBER,
        usual={"network": "x"},
        source="X Analytics, Content, Export",
    ),
    "x-analytics-tweets": Sheet(
        {"at": "time", "id": "Tweet id", "text": "Tweet text"},
        dates="YYYY-MM-DD HH:mm Z",
        usual={"network": "x"},
        source="X Analytics until 2024, Export data, by tweet",
    ),
}  # fmt: skip
_KEYS: Final = ("columns", "dates", "separator", "time", "usual", "zone")


def sheet_of(given: Mapping[str, Any] | str | None) -> Sheet:
    """Return the sheet that is asked for: a map of columns, one with its keys, or a ready-made one.

    Raises:
        InvalidError: with everything that is wrong with it.
    """
    if given is None:
        return Sheet()
    if isinstance(given, str):
        if given not in READY:
            raise refuse("no-sheet", name=given, near=nearest(given, READY), known=sorted(READY))
        return READY[given]
    if not isinstance(given.get("columns"), Mapping):
        return Sheet(given)
    item, gather = opened(given, _KEYS)
    found = Sheet(
        gather.key(item, "columns", columns_of, {}),
        zone=gather.key(item, "zone", _zone, None),
        dates=gather.key(item, "dates", _dates, None),
        time=gather.key(item, "time", as_text, None),
        separator=gather.key(item, "separator", as_text, None),
        usual=gather.key(item, "usual", as_mapping, {}),
    )
    return gather.made(found)


def columns_of(data: object) -> dict[str, str | None]:
    """Return the column of each fact; None where none holds it.

    Raises:
        InvalidError: with every column that is no text, at its fact.
    """
    gather = Gather()
    many = as_mapping(data).items()
    named = {fact: one if one is None else gather.at((fact,), as_text, one) for fact, one in many}
    return gather.made(named)


def _zone(data: object) -> str:
    return check_zone(as_text(data))


def _dates(data: object) -> str:
    text = as_text(data)
    pattern_of(text)
    return text


def ready_for(names: Collection[str], facts: Collection[str]) -> Sheet | None:
    """Return the ready-made sheet that fits a header of which no column is called as a fact is."""
    if not {*facts}.isdisjoint(names):
        return None
    spelt = (one.spelt(names) for one in READY.values())
    return next((one for one in spelt if {*one.columns.values()} <= {*names}), None)


def lacking_zone(sheet: Sheet) -> Iterable[Problem]:
    """Yield the problem of a sheet whose moments say no offset, where no zone is told."""
    if sheet.dates is not None and sheet.zone is None and not says_zone(sheet.dates):
        yield Problem.of("zone-needed", "at", given=sheet.dates)
