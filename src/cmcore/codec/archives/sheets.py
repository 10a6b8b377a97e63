"""CSV files of tools: which column holds which fact, and how its moments are written.

A map of columns may be kept in a small file: `columns:`, and beside it `zone`, `dates`, `separator`
and `usual`. Some are ready-made, under the names of `READY`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs

from cmcore.base.errors import Problem, refuse
from cmcore.base.ids import nearest
from cmcore.base.values import internal
from cmcore.codec.plain import as_mapping, as_text, opened
from cmcore.time.week import check_zone

#: What a pattern of dates is made of -> what stands there.
_PARTS: Final = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MM": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{1,2})",
    "HH": "(?P<hour>[0-9]{1,2})",
    "mm": "(?P<minute>[0-9]{2})",
    "ss": "(?P<second>[0-9]{2})",
    "Z": "(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})",
}
_TOKEN: Final = re.compile("YYYY|MM|DD|HH|mm|ss|Z")
_NEEDED: Final = ("YYYY", "MM", "DD")
#: A moment that says no offset, as ISO 8601 has it or nearly.
_BARE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
)
_LONGEST: Final = 100


@internal
class Sheet:
    """How the rows of a CSV file say what they say; None where that is not told."""

    columns: Mapping[str, str | None] = attrs.field(factory=dict)
    zone: str | None = None
    dates: str | None = None
    separator: str | None = None
    usual: Mapping[str, object] = attrs.field(factory=dict)
    source: str = ""

    def moments(self) -> Callable[[str], str] | None:
        """Return what brings the moments of cells to the one form, where it is told how."""
        if self.zone is None and self.dates is None:
            return None
        pattern = None if self.dates is None else _pattern(self.dates)
        zone = None if self.zone is None else ZoneInfo(self.zone)
        return lambda cell: _moment(cell, pattern, zone)


#: Names of exports of tools -> their columns.
READY: Final[Mapping[str, Sheet]] = {
    "linkedin-shares": Sheet(
        {"at": "Date", "id": "ShareLink", "text": "ShareCommentary", "links": "SharedUrl"},
        dates="YYYY-MM-DD HH:mm:ss",
        usual={"network": "linkedin"},
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
        source="Meta Business Suite, Insights, Content, Export (Instagram)",
    ),
    "x-analytics": Sheet(
        {"at": "time", "id": "Tweet id", "text": "Tweet text"},
        dates="YYYY-MM-DD HH:mm Z",
        usual={"network": "x"},
        source="X Analytics, Export data, by post",
    ),
}  # fmt: skip
_KEYS: Final = ("columns", "dates", "separator", "usual", "zone")


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
        gather.key(item, "columns", _columns, {}),
        zone=gather.key(item, "zone", _zone, None),
        dates=gather.key(item, "dates", _dates, None),
        separator=gather.key(item, "separator", as_text, None),
        usual=gather.key(item, "usual", as_mapping, {}),
    )
    return gather.made(found)


def _columns(data: object) -> dict[str, str | None]:
    return {fact: None if one is None else as_text(one) for fact, one in as_mapping(data).items()}


def _zone(data: object) -> str:
    return check_zone(as_text(data))


def _dates(data: object) -> str:
    text = as_text(data)
    _pattern(text)
    return text


def ready_for(names: Collection[str], facts: Collection[str]) -> Sheet | None:
    """Return the ready-made sheet that fits a header of which no column is called as a fact is."""
    if not {*facts}.isdisjoint(names):
        return None
    fitting = (one for one in READY.values() if {*one.columns.values()} <= {*names})
    return next(fitting, None)


def _pattern(dates: str) -> re.Pattern[str]:
    """Return what recognizes moments that are written as a pattern of dates says.

    Raises:
        InvalidError: it does not say where year, month and day stand, or says it twice.
    """
    tokens = _TOKEN.findall(dates)
    is_whole = all(part in tokens for part in _NEEDED) and len({*tokens}) == len(tokens)
    if not is_whole or len(dates) > _LONGEST:
        raise refuse("bad-dates", given=dates)
    pieces = _TOKEN.split(dates)
    parts = [*(_PARTS[token] for token in tokens), ""]
    return re.compile("".join(re.escape(a) + b for a, b in zip(pieces, parts, strict=True)))


def _moment(cell: str, pattern: re.Pattern[str] | None, zone: ZoneInfo | None) -> str:
    """Return the moment of a cell as ISO 8601 has it; a cell that says none stays as it is.

    Raises:
        InvalidError: an hour that comes twice, or never, in its zone.
    """
    found = pattern.fullmatch(cell) if pattern else None
    if pattern and not found:
        return cell
    if not found and not _BARE.fullmatch(cell):
        return cell
    try:
        at = _from_parts(found.groupdict()) if found else datetime.fromisoformat(cell)
    except ValueError:
        return cell
    if at.utcoffset() is not None:
        return at.isoformat()
    first, last = (at.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != last.utcoffset():
        raise refuse("hour-not-once", "at", given=cell, zone=str(zone))
    return first.isoformat()


def _from_parts(parts: Mapping[str, str | None]) -> datetime:
    told = {name: one for name, one in parts.items() if one is not None}
    offset = told.pop("offset", "")
    numbers = {name: int(one) for name, one in told.items()}
    at = datetime(**{"hour": 0, "minute": 0, **numbers})  # type: ignore[arg-type]  # noqa: DTZ001
    return datetime.fromisoformat(f"{at.isoformat()}{offset}")


def lacking_zone(sheet: Sheet) -> Iterable[Problem]:
    """Yield the problem of a sheet whose moments say no offset, where no zone is told."""
    if sheet.dates is not None and sheet.zone is None and "Z" not in sheet.dates:
        yield Problem.of("zone-needed", "at", given=sheet.dates)
