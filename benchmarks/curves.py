"""The curves of the figures, as pictures for the docs: on white, each line with its name."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import altair as alt
import vl_convert
from telling import number

Rows = list[dict[str, Any]]
#: A chart of Altair, of whichever of its many classes.
Drawn = Any

#: Name -> its colour, at least 4.5 to 1 on white, and whether it is ours.
COLOURS: Final = {
    "cmcore, compiled": ("#0b5394", True),
    "cmcore, reference": ("#3d7fc1", False),
    "straight Python": ("#595959", False),
    "Python, three values": ("#7a5c00", False),
    "cmcore, in a frame": ("#00695c", False),
    "cmcore, whole decision": ("#3d7fc1", False),
    "datalogic-py": ("#b3390b", False),
    "datalogic-py, every rule": ("#8a5a00", False),
    "cedarpy, parsed": ("#1a7048", False),
    "rule-engine": ("#7b3fa0", False),
    "casbin": ("#a0306a", False),
    "regopy": ("#4d4d00", False),
}
#: Our own slower ways, drawn thin.
BESIDE: Final = ("one by one", "one by one, made of rows", "reference")
WIDTH, HEIGHT = 460, 360
FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
INK, QUIET = "#1f1f1f", "#595959"
APART = 15.0


def thick(name: str) -> bool:
    """Tell whether a line is drawn thick: what this page is about, not what it is beside."""
    return COLOURS.get(name, ("", name not in BESIDE))[1]


def named(rows: Rows, places: dict[str, float]) -> list[Drawn]:
    """Return the names of lines beside their last points, on a white edge."""
    drawn = []
    for name, off in places.items():
        last = [row for row in rows if row["name"] == name][-1]
        told = alt.Chart(alt.InlineData(values=[last])).encode(x="x:Q", y="y:Q", text="name:N")
        same: dict[str, Any] = {"align": "left", "dx": 9, "dy": off, "fontSize": 12}
        drawn.append(told.mark_text(stroke="#ffffff", strokeWidth=4, **same))
        ours = thick(name)
        weight: Literal["bold", "normal"] = "bold" if ours else "normal"
        drawn.append(told.mark_text(color=last["colour"], fontWeight=weight, **same))
    return drawn


def spread(rows: Rows, height: Any) -> dict[str, float]:  # noqa: ANN401 - a function of a number
    """Return by how much each name is moved down so that none covers another."""
    last = {row["name"]: row for row in rows}
    places: dict[str, float] = {}
    taken: list[tuple[float, float]] = []
    for name, row in sorted(last.items(), key=lambda item: -height(item[1]["y"])):
        at = height(row["y"])
        free = at
        for x, y in taken:
            if x == row["x"] and free > y - APART:
                free = y - APART
        taken.append((row["x"], free))
        places[name] = at - free
    return places


def lines(rows: Rows, x: alt.X, y: alt.Y, places: dict[str, float]) -> Drawn:
    """Return lines with points, ours the thickest, and their names."""
    layers: list[Any] = []
    for name in dict.fromkeys(row["name"] for row in rows):
        own = [row for row in rows if row["name"] == name]
        ours = thick(name)
        base = alt.Chart(alt.InlineData(values=own)).encode(x=x, y=y)
        shape: dict[str, Any] = {"color": own[0]["colour"]}
        layers.append(base.mark_line(strokeWidth=3.5 if ours else 1.8, **shape))
        layers.append(base.mark_point(filled=True, opacity=1, size=60 if ours else 32, **shape))
    return alt.layer(*layers, *named(rows, places))


def axis(title: str, **more: Any) -> alt.Axis:  # noqa: ANN401 - options of all kinds
    """Return an axis with a quiet grid."""
    return alt.Axis(
        title=title, titleFontWeight="normal", titlePadding=10, labelFlush=False, **more
    )


def log(field: str, title: str, low: float, high: float) -> Any:  # noqa: ANN401 - an X or a Y
    """Return a logarithmic axis with a line for every power of ten."""
    powers = [10.0**n for n in range(-1, 8) if low <= 10.0**n <= high]
    kind = alt.X if field.startswith("x") else alt.Y
    told = "datum.value < 1 ? format(datum.value, '.1f') : format(datum.value, ',')"
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    return kind(field, scale=scale, axis=axis(title, values=powers, labelExpr=told))


def finished(drawn: Drawn, title: str, subtitle: Sequence[str]) -> Drawn:
    """Return a chart with its title on a white card."""
    said = alt.TitleParams(
        title, subtitle=[*subtitle], anchor="start", frame="group", fontSize=16, color=INK,
        subtitleColor=QUIET, subtitleFontSize=12, offset=14, subtitlePadding=6,
    )  # fmt: skip
    return (
        drawn.properties(width=WIDTH, height=HEIGHT, title=said)
        .configure(
            background="#ffffff",
            font=FONT,
            padding={"left": 18, "top": 18, "right": 18, "bottom": 14},
        )
        .configure_axis(
            labelColor=INK, titleColor=INK, gridColor="#e4e4e4", domainColor="#8a8a8a",
            tickColor="#8a8a8a", labelFontSize=12, titleFontSize=12,
        )
        .configure_view(stroke=None)
    )  # fmt: skip


def by_rules(found: dict[str, Any]) -> tuple[Drawn, str]:
    """Return the cost of a decision by the number of rules, under our own charter."""
    return _by_rules(found["rules"], "A decision, by the number of rules")


def neutral(found: dict[str, Any]) -> tuple[Drawn, str]:
    """Return the same under the charter that was made for no engine, which reads a text."""
    return _by_rules(found["neutral"], "A decision on a post with a text, by the number of rules")


def _by_rules(costs: dict[str, dict[str, float]], title: str) -> tuple[Drawn, str]:
    rows = [
        {"x": int(size), "y": cost, "name": name, "colour": colour}
        for name, (colour, _) in COLOURS.items()
        for size, cost in costs.get(name, {}).items()
    ]
    low, high = 0.1, 10.0 ** len(str(int(max(row["y"] for row in rows))))
    drawn = lines(
        rows,
        log("x:Q", "rules in the charter", 10, max(row["x"] for row in rows)),
        log("y:Q", "µs a decision", low, high),
        spread(rows, logarithmic(low, high)),
    )
    told = finished(
        drawn,
        title,
        ["µs of one core: outcome and determining rules; both axes logarithmic"],
    )
    ends = "; ".join(f"{name}: {_span(rows, name, 'µs')}" for name in COLOURS if _of(rows, name))
    return told, f"Lines of the cost of a decision by the number of rules. {ends}."


def by_rows(found: dict[str, Any]) -> tuple[Drawn, str]:
    """Return how many acts a second are decided by the length of the frame."""
    most = max(one["rules"] for one in found["rows"]["rate"])
    loop = next(one for one in found["rows"]["loop"] if one["rules"] == most)
    of_most = [one for one in found["rows"]["rate"] if one["rules"] == most]
    kinds = {
        "bare": ("frame: outcome, circuits", "#0b5394"),
        "full": ("frame: determining rules too", "#1a7048"),
    }
    rows = [
        {"x": one["rows"], "y": one[key], "name": name, "colour": colour}
        for key, (name, colour) in kinds.items()
        for one in of_most
    ]
    audit = found["audit"]["memory"][-1]
    last = {"x": audit["rows"], "y": audit["rows"] / audit["seconds"], "colour": "#7b3fa0",
            "name": f"audit of a file, {audit['peak'] / 1024:.1f} GB"}  # fmt: skip
    ends = (of_most[0]["rows"], audit["rows"])
    ways = {"compiled": ("one by one", "#595959"), "made": ("one by one, made of rows", "#7a5c00")}
    one_by_one = [
        {"x": at, "y": loop[way], "name": name, "colour": colour}
        for way, (name, colour) in ways.items()
        for at in ends
    ]
    rows += [*one_by_one, last]
    high = max(row["y"] for row in rows) * 1.1
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, high], nice=True),
              axis=axis("acts a second", tickCount=6, format=",.0f"))  # fmt: skip
    x = log("x:Q", "acts in the frame, or in the file", *ends)
    drawn = lines(rows, x, y, spread(rows, lambda value: value / high * HEIGHT))
    told = finished(
        drawn,
        "A table of acts, by its length",
        [f"acts a second with {most:,} rules; length logarithmic"],
    )
    names = dict.fromkeys(row["name"] for row in rows)
    said = "; ".join(f"{name}: {_span(rows, name, 'acts a second')}" for name in names)
    return told, f"Lines of the acts decided a second by the length of the table. {said}."


def by_words(found: dict[str, Any]) -> tuple[Drawn, str]:
    """Return the cost of a post by the length of a word list."""
    kinds = {
        "reference": ("reference", "#595959"),
        "compiled": ("compiled, one by one", "#0b5394"),
        "frame": ("in a frame", "#1a7048"),
    }
    rows = [
        {"x": one["words"], "y": one[key], "name": name, "colour": colour}
        for key, (name, colour) in kinds.items()
        for one in found["words"]
    ]
    high = max(row["y"] for row in rows) * 1.15
    y = alt.Y(
        "y:Q", scale=alt.Scale(domain=[0, high], nice=True), axis=axis("µs a post", tickCount=6)
    )
    x = log("x:Q", "words and phrases in the list", 100, max(row["x"] for row in rows))
    drawn = lines(rows, x, y, spread(rows, lambda value: value / high * HEIGHT))
    told = finished(
        drawn,
        "A post of twenty-five words, by the length of the list",
        ["µs of one core for one rule that looks for them; length logarithmic"],
    )
    said = "; ".join(f"{name}: {_span(rows, name, 'µs')}" for name, _ in kinds.values())
    return told, f"Lines of the cost of a post by the length of the word list. {said}."


def by_length(found: dict[str, Any]) -> tuple[Drawn, str]:
    """Return the cost of a whole decision by the listed words of a text."""
    kinds = {"a list": "#0b5394", "beside links": "#1a7048", "beside a pattern": "#b3390b",
             "beside one with spaces": "#6a3d9a"}  # fmt: skip
    rows = [
        {"x": one["words"], "y": one[name], "name": name, "colour": colour}
        for name, colour in kinds.items()
        for one in found["whole"]["words"]
    ]
    low, high = 0.1, 10.0 ** len(str(int(max(row["y"] for row in rows))))
    drawn = lines(
        rows,
        log("x:Q", "listed words in the text", 1, max(row["x"] for row in rows)),
        log("y:Q", "ms a decision", low, high),
        spread(rows, logarithmic(low, high)),
    )
    told = finished(
        drawn,
        "A whole decision, by the listed words of a text",
        ["ms of one core: reasons, and the search for a repair; both axes logarithmic"],
    )
    said = "; ".join(f"{name}: {_span(rows, name, 'ms')}" for name in kinds)
    return told, f"Lines of the cost of a whole decision by the listed words of a text. {said}."


def logarithmic(low: float, high: float) -> Any:  # noqa: ANN401 - a function of a number
    """Return what tells how high a value is drawn on a logarithmic axis."""
    from math import log10

    return lambda value: log10(value / low) / log10(high / low) * HEIGHT


def _of(rows: Iterable[dict[str, Any]], name: str) -> Rows:
    return [row for row in rows if row["name"] == name]


def _span(rows: Rows, name: str, unit: str) -> str:
    own = _of(rows, name)
    ends = [number(row["y"]) for row in (own[0], own[-1])]
    sizes = [f"{row['x']:,}" for row in (own[0], own[-1])]
    if len(own) == 1 or len(set(ends)) == 1:
        return f"{ends[0]} {unit}"
    return f"{ends[0]} {unit} at {sizes[0]}, {ends[1]} at {sizes[1]}"


PICTURES: Final = {
    "fast-rules": by_rules,
    "fast-neutral": neutral,
    "fast-rows": by_rows,
    "fast-words": by_words,
    "fast-long": by_length,
}


#: Drawn on white; where the reader has the dark, light and dark change places, and hues stay.
_STYLE: Final = (
    "<style>@media (prefers-color-scheme:dark){svg{filter:invert(.91) hue-rotate(180deg)}}</style>"
)
#: How many pixels the names at the ends of the lines may be wider than was measured: whoever
#: shows the picture has fonts of their own.
_SPARE: Final = 48


def svg(chart: Drawn, described: str) -> str:
    """Return a chart as SVG that says what it shows to those who do not see it."""
    drawn = vl_convert.vegalite_to_svg(chart.to_dict())
    title = chart.to_dict()["title"]["text"]
    said = f'<title id="title">{title}</title><desc id="desc">{described}</desc>'
    marks = ' role="img" aria-labelledby="title desc"'
    whole = re.sub(r"<svg([^>]*)>", rf"<svg\1{marks}>{said}{_STYLE}", drawn, count=1) + "\n"
    return _wider(whole)


def _wider(drawn: str) -> str:
    """Return a picture with room at its right: it, its view and its ground say how wide it is."""
    width = int(re.findall(r'<svg[^>]* width="(\d+)"', drawn)[0])
    wide = width + _SPARE
    for told in (' width="{}"', ' viewBox="0 0 {} '):
        drawn = drawn.replace(told.format(width), told.format(wide))
    return drawn


def draw(found: dict[str, Any], folder: Path) -> None:
    """Draw all curves into a folder."""
    for name, make in PICTURES.items():
        chart, described = make(found)
        path = folder / f"{name}.svg"
        path.write_text(svg(chart, described), encoding="utf-8")
        print(f"drawn: {path.name}")
