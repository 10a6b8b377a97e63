"""Charts of the week: a cell for each hour, with its numbers in it."""

from typing import TYPE_CHECKING, Any

from cmcore.charts.parts import SHADES, data, scale
from cmcore.display.wording import Language, say
from cmcore.requests.staff.staffing import Staffing
from cmcore.teams.cover.coverage import Coverage

if TYPE_CHECKING:
    import altair as alt


def coverage(found: Coverage, language: Language) -> "alt.TopLevelMixin":
    """Draw the people on duty out of those needed, at the worst moment of each hour."""
    rows = [
        {
            **_place(one.day, one.hour, language),
            "on_duty": one.on_duty,
            "needed": one.needed,
            "lacking": one.lacking,
            "label": f"{one.on_duty}/{one.needed}" if one.needed else str(one.on_duty or ""),
            "state": _state(one.needed, one.lacking, language),
        }
        for one in found.heat
    ]
    return _toned(rows, say("heat", language), found.view(language).title, language)


def staffing(found: Staffing, language: Language) -> "alt.TopLevelMixin":
    """Draw the people needed in each hour, and those on duty where a team was given."""
    rows = [
        {
            **_place(one.day, one.hour, language),
            "rate": one.rate,
            "people": one.people,
            "on_duty": one.on_duty,
            "lacking": one.lacking,
            "label": _label(one.people, one.on_duty),
            "state": _state(one.people or 0, one.lacking, language),
        }
        for one in found.hours
    ]
    described = found.view(language).title
    if found.window:
        return _toned(rows, say("request staffing rota", language), described, language)
    return _counted(rows, say("request staffing week", language), described, language)


def _place(day: int, hour: int, language: Language) -> dict[str, Any]:
    return {"day": say("days", language).split()[day], "hour": hour}


def _label(people: int | None, on_duty: int | None) -> str:
    if people is None:
        return "?"
    return str(people) if on_duty is None else f"{on_duty}/{people}"


def _state(needed: int, lacking: int, language: Language) -> str:
    code = "chart lacking" if lacking else "chart enough" if needed else "chart free"
    return say(code, language)


def _base(rows: list[dict[str, Any]], language: Language) -> "alt.Chart":
    import altair as alt

    days = say("days", language).split()
    return alt.Chart(data(rows)).encode(
        x=alt.X("day:N", title=None, sort=days, scale=alt.Scale(domain=days),
                axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("hour:O", title=say("request hour", language)),
    )  # fmt: skip


def _toned(
    rows: list[dict[str, Any]], title: str, described: str, language: Language
) -> "alt.LayerChart | alt.FacetChart":
    """Draw the cells in the tones of what they tell; those that tell nothing are pale."""
    import altair as alt

    words = {
        say(code, language): tone
        for code, tone in {"chart enough": "covered", "chart lacking": "forbidden"}.items()
    }
    free = say("chart free", language)
    fill = scale(words)
    fill.domain, fill.range = [*words, free], [*fill.range, "#eeeeee"]
    base = _base(rows, language)
    cells = base.mark_rect(stroke="#ffffff").encode(
        color=alt.Color("state:N", title=None, scale=fill)
    )
    ink = alt.condition(alt.datum.state == free, alt.value("#000000"), alt.value("#ffffff"))
    text = base.mark_text(fontSize=10).encode(text="label:N", color=ink)
    return alt.layer(cells, text).properties(
        width=alt.Step(56), height=alt.Step(16), title=title, description=described
    )


def _counted(
    rows: list[dict[str, Any]], title: str, described: str, language: Language
) -> "alt.LayerChart | alt.FacetChart":
    """Draw the cells the darker the more people they take."""
    import altair as alt

    base = _base(rows, language)
    most = max((row["people"] or 0 for row in rows), default=0)
    fill = alt.Scale(range=[*SHADES], domain=[0, max(most, 1)])
    cells = base.mark_rect(stroke="#ffffff").encode(
        color=alt.Color("people:Q", title=None, scale=fill)
    )
    is_dark = alt.datum.people > most / 2
    ink = alt.condition(is_dark, alt.value("#ffffff"), alt.value("#000000"))
    text = base.mark_text(fontSize=10).encode(text="label:N", color=ink)
    return alt.layer(cells, text).properties(
        width=alt.Step(56), height=alt.Step(16), title=title, description=described
    )
