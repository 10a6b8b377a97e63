"""Charts of shares and counts: audits, comparisons, backlogs and signals."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cmcore.charters.audits.audit import Audit, Verdict
from cmcore.charters.audits.comparison import Comparison
from cmcore.charters.audits.expected import TONES, ExpectationResult
from cmcore.charters.decision import Outcome
from cmcore.charts.parts import WIDTH, colour, data, scale
from cmcore.display.wording import Language, say
from cmcore.incidents.signals.signal import Detection, SignalKind
from cmcore.requests.follow_up.backlog import Backlog

if TYPE_CHECKING:
    import altair as alt

_VERDICTS: Final = {
    Verdict.MET: "covered",
    Verdict.MISSED: "forbidden",
    Verdict.UNDECIDED: "exception",
}


def audit(found: Audit, language: Language) -> "alt.TopLevelMixin":
    """Draw the covered share with its interval, beside the target, and that of each period."""
    import altair as alt

    told = {
        "share": found.share,
        "low": found.interval.low,
        "high": found.interval.high,
        "target": found.target,
    }
    tone = colour(_VERDICTS[found.verdict])
    axis = alt.Axis(format="%")
    share = say("picture covered", language)
    x = alt.X("low:Q", title=share, axis=axis, scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(data([told])).properties(width=WIDTH, height=50)
    layers = [
        base.mark_rule(strokeWidth=6, opacity=0.4, color=tone).encode(x=x, x2="high:Q"),
        base.mark_point(filled=True, size=120, opacity=1, color=tone).encode(
            x=alt.X("share:Q", title=share)
        ),
        base.mark_tick(thickness=2, size=34, color="#000000").encode(
            x=alt.X("target:Q", title=share)
        ),
        base.mark_text(dy=-22, text=say("target", language), color="#000000").encode(x="target:Q"),
    ]
    described = found.view(language).title
    top = alt.layer(*layers).properties(description=described)
    below = [_periods(found, language)] if found.periods else []
    below += [_occasions(one, language) for one in found.expectations if one.expectation.unit]
    return alt.vconcat(top, *below).properties(description=described) if below else top


def _occasions(one: ExpectationResult, language: Language) -> "alt.LayerChart | alt.FacetChart":
    """Draw what was counted in each period, and what is expected of it."""
    import altair as alt

    share = one.expectation.share
    rows = [
        {
            "occasion": occasion.name,
            "counted": occasion.count if share is None else occasion.share,
            "told": occasion.counted(),
            "standing": say(f"expect {occasion.standing}", language),
        }
        for occasion in one.occasions
    ]
    words = {say(f"expect {standing}", language): tone for standing, tone in TONES.items()}
    top = max([one.expectation.count, *(occasion.count for occasion in one.occasions)])
    whole = [*range(0, top + 1, -(-top // _TICKS) or 1)]
    axis = alt.Axis(format="d", values=whole) if share is None else alt.Axis(format="%")
    title = say("counted" if share is None else "share", language)
    y = alt.Y("counted:Q", title=title, axis=axis)
    x = alt.X("occasion:N", title=say("period", language), sort=None)
    tone = alt.Color("standing:N", title=None, scale=scale(words))
    base = alt.Chart(data(rows)).encode(x=x, y=y, color=tone)
    bars = base.mark_bar().encode(tooltip=["occasion:N", "told:N", "standing:N"])
    # what has nothing has no bar: a tick says that it was looked at
    ticks = base.mark_tick(thickness=3)
    goal = alt.Chart(data([{"counted": float(one.expectation.count if share is None else share)}]))
    line = goal.mark_rule(strokeDash=[5, 3]).encode(y=alt.Y("counted:Q", title=title, axis=axis))
    told = f"{one.expectation.id}: {one.text(language)}".replace("`", "")
    return alt.layer(bars, ticks, line).properties(width=WIDTH, height=120, title=told)


def _periods(found: Audit, language: Language) -> "alt.LayerChart | alt.FacetChart":
    import altair as alt

    rows = [
        {
            "period": one.name,
            "share": one.share,
            "covered": one.covered,
            "total": one.total,
            "met": one.share is not None and one.share >= found.target,
        }
        for one in found.periods
    ]
    title = say("share", language)
    y = alt.Y("share:Q", title=title, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    tone = alt.condition(
        alt.datum.met, alt.value(colour("covered")), alt.value(colour("forbidden"))
    )
    bars = (
        alt.Chart(data(rows))
        .mark_bar()
        .encode(
            x=alt.X("period:N", title=say("period", language), sort=None),
            y=y,
            color=tone,
            tooltip=["period:N", alt.Tooltip("share:Q", format=".1%"), "covered:Q", "total:Q"],
        )
    )
    goal = alt.Chart(data([{"target": found.target}])).mark_rule(strokeDash=[5, 3]).encode(
        y=alt.Y("target:Q", title=title)
    )  # fmt: skip
    return alt.layer(bars, goal).properties(width=WIDTH, height=160)


#: Into how many parts an axis of whole numbers is cut at most.
_TICKS: Final = 6


def _stacked(
    rows: list[dict[str, Any]], words: Mapping[str, str], title: str, described: str
) -> "alt.LayerChart | alt.FacetChart":
    """Draw bars made of pieces, each with its number: `whole`, `part`, `count` and `order`."""
    import altair as alt

    base = alt.Chart(data(rows)).encode(
        x=alt.X("count:Q", title=title, stack="zero"),
        y=alt.Y("whole:N", title=None, sort=None),
        order="order:Q",
    )
    fill = alt.Color("part:N", title=None, scale=scale(words))
    bars = base.mark_bar().encode(color=fill, tooltip=["whole:N", "part:N", "count:Q"])
    shown = alt.Chart(data(rows)).mark_text(color="#ffffff", fontWeight=600).encode(
        x=alt.X("count:Q", stack="zero", bandPosition=0.5),
        y=alt.Y("whole:N", sort=None),
        order="order:Q",
        text=alt.Text("label:N"),
    )  # fmt: skip
    return alt.layer(bars, shown).properties(width=WIDTH, description=described)


def _rows(whole: str, parts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"whole": whole, "part": part, "count": count, "order": n, "label": str(count or "")}
        for n, (part, count) in enumerate(parts.items())
    ]


def comparison(found: Comparison, language: Language) -> "alt.TopLevelMixin":
    """Draw what the acts are before and after."""
    words = {say(outcome, language): str(outcome) for outcome in Outcome}
    sides = {"before": found.before, "after": found.after}
    rows = [
        row
        for at, (code, (name, version)) in enumerate(sides.items())
        for row in _rows(
            f"{say(code, language)} ({name} {version})",
            {
                word: sum(move[2] for move in found.moves if move[at] == outcome)
                for word, outcome in words.items()
            },
        )
    ]
    return _stacked(rows, words, say("acts", language), found.view(language).title)


def backlog(found: Backlog, language: Language) -> "alt.TopLevelMixin":
    """Draw how many requests are in each state."""
    import altair as alt

    rows = [
        {"state": say(f"request state {state}", language), "count": count}
        for state, count in found.counts.items()
    ]
    made: alt.Chart = (
        alt.Chart(data(rows))
        .mark_bar(color=colour(""))
        .encode(
            x=alt.X("count:Q", title=say("request count", language)),
            y=alt.Y("state:N", title=None, sort=None),
            tooltip=["state:N", "count:Q"],
        )
        .properties(width=WIDTH, description=found.view(language).title)
    )
    return made


def detection(found: Detection, language: Language) -> "alt.TopLevelMixin":
    """Draw how much was seen of each signal, as a multiple of the least that is unusual."""
    import altair as alt

    rows = [
        {
            "signal": say(f"signal name {one.kind}", language),
            "seen": one.seen,
            "least": one.least,
            "times": one.seen / one.least,
            "state": say(f"signal state {one.state}", language),
        }
        for one in found.signals
        if one.least and one.kind is not SignalKind.SILENCE
    ]
    words = {
        say(f"signal state {state}", language): tone
        for state, tone in (("unusual", "forbidden"), ("usual", "covered"))
    }
    bars = (
        alt.Chart(data(rows))
        .mark_bar()
        .encode(
            x=alt.X("times:Q", title=say("signal chart", language)),
            y=alt.Y("signal:N", title=None, sort=None),
            color=alt.Color("state:N", title=None, scale=scale(words)),
            tooltip=["signal:N", "seen:Q", "least:Q", "state:N"],
        )
    )
    line = alt.Chart(data([{"times": 1}])).mark_rule(strokeDash=[5, 3]).encode(x="times:Q")
    described = found.view(language).title
    both = alt.layer(bars, line)
    return both.properties(width=WIDTH, description=described)
