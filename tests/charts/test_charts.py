"""A chart shows the numbers of its verdict, has its data within it, and says what it is."""

import importlib.util
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Audit,
    Charter,
    Coverage,
    Incident,
    InvalidError,
    Outcome,
    audit,
    catalog,
    chart,
    strategies,
)
from cmcore.base import MissingExtraError
from cmcore.charters import Comparison, Expectation, Proportion, Rate
from cmcore.charts.parts import PLAIN, SHADES, colour
from cmcore.display.tones import TONES
from cmcore.incidents import Conduct, Detection
from cmcore.requests import Backlog, ResponseTimes, Staffing

OFTEN = settings(max_examples=30, deadline=None, suppress_health_check=[*HealthCheck])
languages = st.sampled_from(["en", "fr"])
VERDICTS = st.one_of(
    *(strategies.audits(), strategies.backlogs(), strategies.comparisons(), strategies.conducts()),
    *(strategies.coverages(), strategies.detections(), strategies.incidents()),
    *(strategies.response_times(), strategies.staffings()),
)


def parts(spec: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping in a specification."""
    if isinstance(spec, dict):
        yield spec
        for value in spec.values():
            yield from parts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from parts(value)


def rows(spec: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the first rows of data that have a field."""
    named = [part["values"] for part in parts(spec) if isinstance(part.get("values"), list)]
    named += [*spec.get("datasets", {}).values()]
    tables = [many for many in named if many and isinstance(many[0], dict)]
    return next((many for many in tables if field in many[0]), [])


def drawn(thing: object, language: Any = "en") -> dict[str, Any]:
    spec: dict[str, Any] = chart(thing, language).to_dict(validate=True)
    return spec


@given(VERDICTS, languages)
@OFTEN
def test_a_chart_is_valid_has_its_data_within_it_and_is_described(
    thing: Any, language: Any
) -> None:
    spec = drawn(thing, language)
    assert [part for part in parts({**spec, "$schema": ""}) if "url" in part] == []
    assert spec["config"]["background"] == "#ffffff"
    described = [part["description"] for part in parts(spec) if "description" in part]
    assert thing.view(language).title in described


def channels(spec: Any, tables: dict[str, Any]) -> Iterator[tuple[set[str], set[str]]]:
    """Yield, of each mark, the fields that it draws and those of its data."""
    for part in parts(spec):
        if "encoding" in part and "name" in part.get("data", {}):
            drawn = {one["field"] for one in parts(part["encoding"]) if "field" in one}
            drawn -= {field for field in drawn if field.startswith("_")}
            yield drawn, {key for row in tables[part["data"]["name"]] for key in row}


@given(VERDICTS | strategies.audits().filter(lambda one: bool(one.periods)))
@OFTEN
def test_a_mark_draws_fields_that_its_data_have(thing: Any) -> None:
    spec = drawn(thing)
    for asked, known in channels(spec, spec.get("datasets", {})):
        assert not known or asked <= known


@given(strategies.audits())
@OFTEN
def test_an_audit_is_drawn_as_it_is(found: Audit) -> None:
    spec = drawn(found)
    (told,) = rows(spec, "low")
    assert told == {
        "share": found.share,
        "low": found.interval.low,
        "high": found.interval.high,
        "target": found.target,
    }
    periods = [(one["period"], one["covered"], one["total"]) for one in rows(spec, "period")]
    assert periods == [(one.name, one.covered, one.total) for one in found.periods]


@pytest.mark.parametrize("share", [True, False])
def test_each_period_of_an_expectation_is_drawn(share: bool) -> None:  # noqa: FBT001
    bound = Proportion(0.5, "week") if share else Rate(2, "week")
    expected = Expectation("x", of="publish", at_least=bound, among="any" if share else None)
    charter = Charter("c", circuits=[catalog.circuits["owner"]], default="owner",
                      expectations=[expected])  # fmt: skip
    acts = [Act(kind="publish", at=datetime(2026, 1, day, tzinfo=UTC)) for day in (1, 20)]
    found = audit(charter, acts)
    made = [(one["occasion"], one["told"]) for one in rows(drawn(found), "occasion")]
    assert made == [(one.name, one.counted()) for one in found.expectations[0].occasions]


@given(strategies.coverages())
@OFTEN
def test_each_hour_of_a_coverage_has_its_cell(found: Coverage) -> None:
    shown = rows(drawn(found), "hour")
    assert [(one["hour"], one["on_duty"], one["needed"], one["lacking"]) for one in shown] == [
        (one.hour, one.on_duty, one.needed, one.lacking) for one in found.heat
    ]
    assert all((one["state"] == "people missing") == bool(one["lacking"]) for one in shown)


@given(strategies.staffings())
@OFTEN
def test_each_hour_of_a_staffing_has_its_cell(found: Staffing) -> None:
    shown = rows(drawn(found), "hour")
    assert [(one["rate"], one["people"], one["on_duty"]) for one in shown] == [
        (one.rate, one.people, one.on_duty) for one in found.hours
    ]
    assert [one["label"] == "?" for one in shown] == [one.people is None for one in found.hours]


@given(strategies.comparisons())
@OFTEN
def test_a_comparison_shows_every_act_on_both_sides(found: Comparison) -> None:
    shown = rows(drawn(found), "whole")
    assert sum(one["count"] for one in shown) == 2 * found.total
    covered = [one["count"] for one in shown if one["part"] == "covered"]
    assert covered == [
        sum(n for before, _, n in found.moves if before == Outcome.COVERED),
        sum(n for _, after, n in found.moves if after == Outcome.COVERED),
    ]


@given(strategies.backlogs())
@OFTEN
def test_the_states_of_a_backlog_sum_up_to_all(found: Backlog) -> None:
    assert sum(one["count"] for one in rows(drawn(found), "state")) == found.total


@given(strategies.response_times())
@OFTEN
def test_response_times_are_drawn_in_hours(found: ResponseTimes) -> None:
    shown = [one for one in rows(drawn(found), "low") if one["name"] == "all"]
    known = [one for one in found.overall.quantiles if one.low is not None]
    assert [timedelta(hours=one["low"]) for one in shown] == pytest.approx(
        [one.low for one in known], abs=timedelta(milliseconds=1)
    )
    assert [one["high"] is None for one in shown] == [one.high is None for one in known]


@given(strategies.incidents())
@OFTEN
def test_every_event_of_an_incident_is_drawn(found: Incident) -> None:
    shown = rows(drawn(found), "event")
    assert [one["event"] for one in shown] == [event.id for event in found.events]
    assert all(one["from"] <= one["at"] <= one["to"] for one in shown)


@given(strategies.conducts())
@OFTEN
def test_the_breaches_that_an_event_shows_are_drawn_with_it(found: Conduct) -> None:
    for one in rows(drawn(found), "event"):
        seen = [each for each in found.findings if each.events[:1] == (one["event"],)]
        duties = {each.duty for each in seen if each.standing in {"breached", "unknown"}}
        assert set(one.get("duties", "").split(", ")) - {""} == duties
        is_breached = any(each.standing == "breached" for each in seen)
        assert (one["standing"] == "breached") == is_breached


@given(strategies.detections())
@OFTEN
def test_what_is_unusual_goes_past_the_line(found: Detection) -> None:
    shown = rows(drawn(found), "signal")
    told = [one for one in found.signals if one.least]
    assert [(one["seen"], one["least"]) for one in shown] == [(o.seen, o.least) for o in told]
    assert [one["times"] for one in shown] == [one.seen / (one.least or 1) for one in told]


def luminance(shade: str) -> float:
    parts_ = [int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts_]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_colours_can_be_told_from_the_ground_and_from_each_other() -> None:
    for tone in TONES:
        assert 1.05 / (luminance(colour(tone)) + 0.05) >= 4.5
    assert colour("") == PLAIN
    lights = [luminance(shade) for shade in SHADES]
    assert lights == sorted(lights, reverse=True)


@given(strategies.audits())
@settings(max_examples=3, deadline=None)
def test_a_page_saved_with_its_scripts_asks_no_address(found: Audit) -> None:
    page = io.StringIO()
    chart(found).save(page, format="html", inline=True)
    markup = re.sub(r"(<script[^>]*>).*?</script>", r"\1", page.getvalue(), flags=re.DOTALL)
    assert "<script" in markup
    assert not re.search(r"\b(?:src|href)\s*=|\burl\(|@import", markup)


def test_what_has_no_chart_is_refused() -> None:
    with pytest.raises(InvalidError, match="there is no chart of `str`"):
        chart("a text")
    with pytest.raises(InvalidError, match="there are no sentences"):
        chart("a text", "de")  # type: ignore[arg-type]


def test_the_extra_is_named_where_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcore.charts.api.find_spec", lambda _: None)
    found = Audit.__new__(Audit)
    with pytest.raises(MissingExtraError, match=r"cmcore\[charts\]"):
        chart(found)
    assert importlib.util.find_spec("altair")
