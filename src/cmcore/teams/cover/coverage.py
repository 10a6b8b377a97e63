"""Coverage: how a team holds against what it is asked for, and what is seen of it."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.ids import one_of
from cmcore.base.shown import Sort
from cmcore.base.values import value
from cmcore.display.names import cell, cells
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.week_map import Shade, week_map
from cmcore.display.wording import Language, percent, say, say_many, show_work
from cmcore.teams.gap import (
    Absence,
    Cell,
    Dimension,
    Gap,
    Hour,
    Overload,
    RolesHeld,
    Share,
    Unfit,
    about,
)
from cmcore.time.intervals import Span
from cmcore.time.week import local


def years(many: Iterable[int]) -> frozenset[int]:
    """Freeze years, each once."""
    return frozenset(many)


@value
class Coverage(Viewable):
    """The result of comparing a team with its needs.

    `absences` are the single points of failure: people, or groups of the size asked for, without
    whom a need fails; `tried` counts the absences that were tried. `grid` has one cell for each
    role, network and language that the needs name, and `heat` one for each hour of the week on the
    clock of `zone`, if a window was given. `unknown_years` are those of the window of which some
    calendar says nothing: nobody who goes by it counts as on duty then.
    """

    team: str
    needs: str
    zone: str = field(default="UTC", kw_only=True)
    window: Span | None = field(default=None, kw_only=True)
    gaps: tuple[Gap, ...] = field(default=(), kw_only=True)
    overloads: tuple[Overload, ...] = field(default=(), kw_only=True)
    several_roles: tuple[RolesHeld, ...] = field(default=(), kw_only=True)
    unfit: tuple[Unfit, ...] = field(default=(), kw_only=True)
    absences: tuple[Absence, ...] = field(default=(), kw_only=True)
    tried: int = field(default=0, kw_only=True)
    shares: tuple[Share, ...] = field(default=(), kw_only=True)
    grid: tuple[Cell, ...] = field(default=(), kw_only=True)
    heat: tuple[Hour, ...] = field(default=(), kw_only=True)
    unknown_years: frozenset[int] = field(default=frozenset(), kw_only=True, converter=years)

    @property
    def is_covered(self) -> bool:
        """Whether nothing is missing and nobody has too much."""
        return not self.gaps and not self.overloads

    @property
    def is_asked(self) -> bool:
        """Whether the needs ask for anything at all."""
        return any(share.asked for share in self.shares)

    @property
    def grid_share(self) -> float | None:
        """The share over role, network, language and hour; None if nothing is asked for."""
        shares = [cell.share for cell in self.grid if cell.share is not None]
        return sum(shares) / len(shares) if shares else None

    @checked_late
    def share(self, dimension: Dimension | str) -> float | None:
        """Return the share of one dimension; None if nothing is asked for in it."""
        asked = one_of(Dimension, dimension, "dimension")
        return next(share.share for share in self.shares if share.dimension is asked)

    def _view(self, language: Language) -> View:
        """Return the view of the coverage for a terminal or a notebook."""
        return View(
            title=_headline(self, language),
            tone=_tone(self),
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            foot=_foot(self, language),
        )


def _tone(found: Coverage) -> str:
    if not found.is_covered:
        return "forbidden"
    return "covered" if found.is_asked else "exception"


def _headline(found: Coverage, language: Language) -> str:
    counts = {"gaps": len(found.gaps), "overloads": len(found.overloads)}
    told = [say_many(f"count {what}", n, language) for what, n in counts.items() if n]
    said = ", ".join(told) or say("all covered" if found.is_asked else "none asked", language)
    return say("coverage", language, team=cell(found.team, "team", language),
               needs=cell(found.needs, "needs", language), said=said)  # fmt: skip


def _foot(found: Coverage, language: Language) -> str:
    window = found.window
    if window is None:
        return ""
    start, stop = (local(at, found.zone) for at in (window.start, window.stop))
    return say("window", language, start=start, stop=stop, zone=found.zone)


def _lines(found: Coverage, language: Language) -> Iterator[Line]:
    for gap in found.gaps:
        yield Line(
            say(f"dimension {gap.kind.dimension}", language),
            about(gap.what, language),
            gap.text(language),
        )
    for over in found.overloads:
        yield Line(
            say("overload", language), cell(over.member, "member", language), over.text(language)
        )
    for unfit in found.unfit:
        told = say("unfit", language, role=unfit.role, lacks=unfit.told(language))
        yield Line(say("skills", language), cell(unfit.member, "member", language), told)
    yield from untold(found.unknown_years, language)


def untold(years: Iterable[int], language: Language) -> Iterator[Line]:
    """Yield the years of which some calendar says nothing, and what follows."""
    for year in sorted(years):
        yield Line(say("year untold", language), str(year), say("year untold told", language))


def _tables(found: Coverage, language: Language) -> Iterator[Table]:
    made = [
        ("assured", ("need", "asked", "lacking", "share"), _share_rows(found, language)),
        ("alone table", ("people", "falls head"), _absence_rows(found, language)),
        ("several roles", ("people", "roles"), _role_rows(found, language)),
    ]
    for title, codes, rows in made:
        if rows:
            yield _table(title, codes, rows, language)
    if found.heat:
        yield _heat(found, language)
    cells = _grid_rows(found, language)
    if cells:
        heads = ("role", "network", "language", "lacking", "share")
        yield _table("grid", heads, cells, language)


def _table(title: str, codes: tuple[str, ...], rows: "_Rows", language: Language) -> Table:
    return Table(tuple(say(code, language) for code in codes), rows, say(title, language))


_Rows = tuple[tuple[str, ...], ...]


def _share_rows(found: Coverage, language: Language) -> _Rows:
    return tuple(
        (say(f"dimension {one.dimension}", language), show_work(one.asked, language),
         show_work(one.lacking, language), percent(one.share, language))
        for one in found.shares if one.asked
    )  # fmt: skip


def _absence_rows(found: Coverage, language: Language) -> _Rows:
    return tuple(
        (cells(one.people, "member", language), one.text(language)) for one in found.absences
    )


def _role_rows(found: Coverage, language: Language) -> _Rows:
    return tuple(
        (cell(one.member, "member", language), cells(one.roles, "role", language))
        for one in found.several_roles
    )


def _grid_rows(found: Coverage, language: Language) -> _Rows:
    rows = [
        (*(cells([id_] if id_ else [], sort, language) for id_, sort in _parts(one)),
         show_work(one.lacking, language), percent(one.share, language))
        for one in found.grid if one.lacking
    ]  # fmt: skip
    more = len(rows) - _SHOWN
    rest = ("…", "", "", "", say("and more", language, count=more))
    return (*rows[:_SHOWN], *([rest] if more > 0 else []))


def _parts(one: Cell) -> tuple[tuple[str | None, Sort], ...]:
    return (one.role, "role"), (one.network, "network"), (one.language, "language")


#: How many cells of the grid are shown; the coverage has them all.
_SHOWN: Final = 8


def _heat(found: Coverage, language: Language) -> Table:
    """Draw the week: a column for each day, a row for the hours that are alike."""
    known = {(hour.day, hour.hour): hour for hour in found.heat}
    hours = {place: _drawn(hour) for place, hour in known.items()}
    return week_map(hours, say("heat", language), language)


def _drawn(hour: Hour) -> Shade:
    """Return what stands for an hour, people on duty out of people needed, and its tone."""
    if not hour.needed:
        return Shade(str(hour.on_duty) if hour.on_duty else "·")
    if hour.lacking:
        return Shade(f"{hour.on_duty}/{hour.needed} ✗", "forbidden", hour.lacking - 1)
    spare = hour.on_duty - hour.needed
    return Shade(f"{hour.on_duty}/{hour.needed} ✓", "covered", spare)
