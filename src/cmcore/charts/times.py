"""Charts of time: what happened in an incident, and how long people wait for an answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmcore.charts.parts import WIDTH, colour, data, scale
from cmcore.display.wording import Language, say
from cmcore.incidents.events import IncidentEvent
from cmcore.incidents.incident import Incident
from cmcore.incidents.replay.conduct import MARKS, Conduct, Standing
from cmcore.incidents.timeline import tell, who
from cmcore.requests.follow_up.response_times import ResponseTimes
from cmcore.time.week import local

if TYPE_CHECKING:
    import altair as alt


def incident(found: Incident, language: Language) -> "alt.TopLevelMixin":
    """Draw the events on a line of time, a row for each of those who did or said something."""
    rows = _events(found.events, found.zone, language)
    return _timeline(rows, {"": ""}, found.view(language).title)


def conduct(found: Conduct, language: Language) -> "alt.TopLevelMixin":
    """Draw the events, with the duties that each one breaches or puts in doubt."""
    rows = _events(found.incident.events, found.incident.zone, language)
    named = {standing: say(f"incident {standing}", language) for standing in Standing}
    nothing = say("chart nothing", language)
    for row in rows:
        seen = [one for one in found.findings if one.events[:1] == (row["event"],)]
        for standing in (Standing.BREACHED, Standing.UNKNOWN):
            duties = sorted({one.duty for one in seen if one.standing is standing})
            if duties:
                row["duties"] = ", ".join(filter(None, [row.get("duties"), *duties]))
                row["standing"] = row.get("standing") or named[standing]
        row.setdefault("standing", nothing)
    words = {named[one]: MARKS[one][1] for one in (Standing.BREACHED, Standing.UNKNOWN)}
    return _timeline(rows, {**words, nothing: ""}, found.view(language).title)


def _events(events: Iterable[IncidentEvent], zone: str, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "event": event.id,
            "at": _clock(event.at, zone),
            "from": _clock(event.at - event.tolerance, zone),
            "to": _clock(event.at + event.tolerance, zone),
            "who": who(event, language),
            "told": tell(event, language, zone),
        }
        for event in events
    ]


def _clock(at: datetime, zone: str) -> str:
    """Return an instant as the clocks of a zone show it, which a chart then shows as it is."""
    return local(at, zone).replace(tzinfo=None).isoformat(timespec="minutes")


def _timeline(
    rows: list[dict[str, Any]], words: dict[str, str], described: str
) -> "alt.LayerChart | alt.FacetChart":
    """Draw points on a line of time, each with the stretch in which it may have been."""
    import altair as alt

    axis = alt.Axis(format="%Y-%m-%d %H:%M", labelAngle=-30, tickCount=8)
    toned = {**words} != {"": ""}
    base = alt.Chart(data(rows)).encode(y=alt.Y("who:N", title=None, sort=None))
    spans = base.mark_rule(opacity=0.5, color=colour("")).encode(
        x=alt.X("from:T", title=None, axis=axis), x2="to:T"
    )
    told = ["event:N", "at:T", "who:N", "told:N", *(["standing:N", "duties:N"] if toned else [])]
    points = base.mark_point(filled=True, size=110, opacity=1, color=colour("")).encode(
        x=alt.X("at:T", title=None, axis=axis), tooltip=told
    )
    if toned:
        points = points.encode(
            color=alt.Color("standing:N", title=None, scale=scale(words)),
            shape=alt.Shape("standing:N", title=None, scale=alt.Scale(
                domain=[*words], range=["cross", "triangle-up", "circle"])),
        )  # fmt: skip
    return alt.layer(spans, points).properties(
        width=WIDTH, height=alt.Step(36), description=described
    )


def response_times(found: ResponseTimes, language: Language) -> "alt.TopLevelMixin":
    """Draw the hours within which each share is answered, for all and for each network."""
    import altair as alt

    timings = [("", found.overall), *((one.name or "–", one) for one in found.by_network)]
    rows = [
        {
            "name": name or say("chart all", language),
            "share": quantile.share,
            "low": quantile.low.total_seconds() / 3600,
            "high": None if quantile.high is None else quantile.high.total_seconds() / 3600,
            "told": quantile.text(language),
        }
        for name, timing in timings
        for quantile in timing.quantiles
        if quantile.low is not None
    ]
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("name:N", title=None, sort=None),
        yOffset=alt.YOffset("share:O"),
        color=alt.Color(
            "share:O",
            title=say("share", language),
            legend=alt.Legend(format=".3~%", symbolOpacity=1),
            scale=alt.Scale(range=["#1c8650", "#3b5ba5", "#a06b00", "#d53f30"]),
        ),
        tooltip=["name:N", alt.Tooltip("share:Q", format="%"), "told:N"],
    )
    bars = base.mark_bar().encode(x=alt.X("low:Q", title=say("chart hours", language)))
    open_ = base.mark_point(shape="triangle-right", filled=True, size=90).encode(x="low:Q")
    rest = base.mark_rule(strokeWidth=3, opacity=0.5).encode(x="low:Q", x2="high:Q")
    return alt.layer(
        bars,
        rest.transform_filter("isValid(datum.high)"),
        open_.transform_filter("!isValid(datum.high)"),
    ).properties(width=WIDTH, height=alt.Step(22), description=found.view(language).title)
