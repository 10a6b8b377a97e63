"""What the pictures of verdicts show is what the verdicts are."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Audit,
    BusinessClock,
    Charter,
    Coverage,
    Incident,
    Outcome,
    Quorum,
    Stage,
    ValidationCircuit,
    Week,
    audit,
    hours,
    minutes,
    parse,
    strategies,
    view,
)
from cmcore.charters import Comparison
from cmcore.circuits import NO_OBJECTION
from cmcore.display.pictures.bars import Bars
from cmcore.display.pictures.canvas import Picture
from cmcore.display.pictures.columns import Columns
from cmcore.display.pictures.diagram import Diagram
from cmcore.display.pictures.ranges import Ranges
from cmcore.display.pictures.track import Track
from cmcore.display.views import View
from cmcore.display.wording import Language
from cmcore.incidents import Conduct, Standing
from cmcore.requests import Backlog, RequestState, ResponseTimes, Staffing
from cmcore.reviews import ReviewStatus, Timeline

_P = TypeVar("_P", bound=Picture)
languages = st.sampled_from(["en", "fr"])


def of(kind: type[_P], shown: View) -> Iterator[_P]:
    return (one for one in shown.pictures if isinstance(one, kind))


@given(strategies.audits(), languages)
def test_an_audit_shows_its_share_beside_its_target(found: Audit, language: Language) -> None:
    shown = view(found, language)
    # What it expects of periods has a tone and columns of its own.
    shares_alone = view(attrs.evolve(found, expectations=()), language)
    drawn = list(of(Ranges, shown))
    assert bool(drawn) == bool(found.total)
    for picture in drawn:
        (one,) = picture.ranges
        assert (one.low, one.at, one.high) == (
            found.interval.low,
            found.share,
            found.interval.high,
        )
        assert picture.goal == found.target
        assert one.tone == shares_alone.tone
    shares = [one.share for one in found.periods]
    known = [share for share in shares if share is not None]
    for chart in of(Columns, shares_alone):
        heights = [one.height for one in chart.columns]
        # More periods than can be told apart are drawn joined, and so lie between their shares.
        assert len(heights) < len(shares) or heights == shares
        assert all(min(known) <= height <= max(known) for height in heights if height is not None)
        assert all((one.tone == "covered") == (one.height >= found.target)
                   for one in chart.columns if one.height is not None)  # fmt: skip
    scales = [line for line in shown.lines if "┊" in line.text]
    assert [line.drawn for line in scales] == [True]


@given(strategies.coverages())
def test_the_map_of_a_coverage_is_the_graver_the_more_people_lack(found: Coverage) -> None:
    maps = [table for table in view(found).tables if table.depths]
    assert bool(maps) == bool(found.heat)
    for table in maps:
        worst = max((one.lacking for one in found.heat), default=0)
        bad = [
            depth
            for tones, depths in zip(table.tones, table.depths, strict=True)
            for tone, depth in zip(tones, depths, strict=True)
            if tone == "forbidden"
        ]
        assert max(bad, default=-1) == worst - 1


@given(strategies.staffings())
def test_the_map_of_a_staffing_has_a_cell_for_each_hour(found: Staffing) -> None:
    (table,) = view(found).tables
    cells = {"".join(row[1:]) for row in table.rows}
    assert ("?" in "".join(cells)) == bool(found.unknown)
    assert sum(table.spans) == 24
    deep = [depth for depths in table.depths for depth in depths]
    assert min(deep) >= 0


@given(strategies.comparisons())
def test_a_comparison_is_drawn_on_both_sides(found: Comparison) -> None:
    drawn = list(of(Bars, view(found)))
    assert bool(drawn) == bool(found.total)
    for picture in drawn:
        assert [bar.size for bar in picture.bars] == [found.total, found.total]
        covered = [bar.pieces[0].size / bar.size for bar in picture.bars]
        assert covered == pytest.approx(found.shares())
        assert [piece.tone for piece in picture.bars[0].pieces] == [*Outcome]


@given(strategies.backlogs())
def test_a_backlog_is_drawn_whole(found: Backlog) -> None:
    drawn = list(of(Bars, view(found)))
    assert bool(drawn) == bool(found.total)
    for picture in drawn:
        (bar,) = picture.bars
        assert bar.size == found.total
        assert len(bar.pieces) == len(RequestState)


@given(strategies.response_times())
def test_response_times_are_drawn_on_one_scale(found: ResponseTimes) -> None:
    known = [one for one in found.overall.quantiles if one.low is not None]
    drawn = list(of(Ranges, view(found)))
    assert bool(drawn) == bool(known)
    for picture in drawn:
        assert [timedelta(seconds=one.low) for one in picture.ranges] == [one.low for one in known]
        assert [one.at is not None for one in picture.ranges] == [one.is_known for one in known]
        assert all(one.low <= picture.top for one in picture.ranges)
    for chart in of(Columns, view(found)):
        assert [one.height for one in chart.columns] == [one.count for one in found.by_hour]


@given(strategies.incidents(), languages)
def test_an_incident_shows_its_events_in_order(found: Incident, language: Language) -> None:
    shown = view(found, language)
    (track,) = of(Track, shown)
    assert [mark.at for mark in track.marks] == [event.at.timestamp() for event in found.events]
    assert shown.title.startswith(found.title or found.id)
    (table,) = shown.tables
    assert [row[1] for row in table.rows] == [event.id for event in found.events]


@given(strategies.conducts())
def test_the_marks_of_a_conduct_are_its_breaches_and_doubts(found: Conduct) -> None:
    (track,) = of(Track, view(found))
    bad = {one.events[0] for one in found.of(Standing.BREACHED) if one.events}
    odd = {one.events[0] for one in found.of(Standing.UNKNOWN) if one.events}
    for mark, event in zip(track.marks, found.incident.events, strict=True):
        tone = "forbidden" if event.id in bad else "exception" if event.id in odd else ""
        assert mark.tone == tone
        assert bool(mark.note) == bool(tone)


CRISIS = ValidationCircuit(
    "crisis",
    [
        Stage(Approvers("role", {"writer"}), within=minutes(30)),
        Stage(Approvers("role", {"boss"}), Quorum(1), within=hours(1), otherwise="refuse"),
        Stage(
            Approvers("team", {"legal"}),
            NO_OBJECTION,
            within=hours(8),
            deputies=Approvers("name", {"max"}),
            clock=BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris"),
        ),
    ],
    emergency=[Stage(Approvers("name", {"maud"}), Quorum.parse("more than 1/2"))],
)
DRAWN = """\
circuit crisis
  (crisis)
    ↓
  [stage 1, one person (writer), within 30 min]
    refuse → ✗ refused
    ↓ approve, or time out
  [stage 2, one person (boss), within 1 h]
    refuse → ✗ refused
    time out → ✗ refused
    ↓ approve
  [stage 3, no objection (team legal), within 8 h, counted Mon-Fri 09:00-18:00, Paris time,\
 deputies: max]
    refuse → ✗ refused
    time out with an objection → ✗ lapsed
    ↓ no objection
  (approved)
  in emergency
  (crisis)
    ↓
  [stage 1, a majority (maud)]
    refuse → ✗ refused
    ↓ approve
  (approved)"""
TOLD = """\
circuit `crisis`
  étape            1  1 personne (writer)\u202f; en 30\xa0min\u202f; \
sinon escalade à l’étape suivante
  étape            2  1 personne (boss)\u202f; en 1\xa0h\u202f; sinon c’est refusé
  étape            3  pas d’objection (équipe legal)\u202f; en 8\xa0h, comptés lun.–ven.\
 9\xa0h–18\xa0h, Paris\u202f; suppléants\xa0: max\u202f; si personne ne s’y oppose, elle est\
 franchie, sinon c’est caduc
  étape d’urgence  1  la majorité (maud)"""


def test_a_circuit_is_drawn_from_its_opening_to_its_ends() -> None:
    assert CRISIS.drawn().text() == DRAWN
    (picture,) = of(Diagram, view(CRISIS))
    assert picture == CRISIS.drawn()
    assert CRISIS.text("fr") == str(view(CRISIS, "fr")) == TOLD


@given(strategies.circuits(), languages)
def test_every_stage_of_a_circuit_is_a_box(found: ValidationCircuit, language: Language) -> None:
    drawn = found.drawn(language)
    boxes = [len(chain.boxes) - 2 for chain in drawn.chains]
    assert boxes == [len(way) for way in (found.stages, found.emergency) if way]
    for chain, way in zip(drawn.chains, [found.stages, found.emergency], strict=False):
        for box, stage in zip(chain.boxes[1:-1], way, strict=True):
            assert box.lines[1:] == stage.said(language)
            is_last = stage is way[-1]
            is_late = stage.late(is_last=is_last) in {"refuse", "lapse"}
            assert len(box.exits) == 1 + is_late + (stage.enough and not is_last)


@given(strategies.statuses() | strategies.timelines().map(lambda line: line.status))
def test_where_a_review_stands_is_one_box_of_each_circuit(found: ReviewStatus) -> None:
    (picture,) = of(Diagram, view(found))
    assert len(picture.chains) == len(found.tracks)
    for chain, track in zip(picture.chains, found.tracks, strict=True):
        # of a ladder, what comes after the stage that was enough is not asked
        last = track.stage if track.is_complete else track.stages
        assert len(chain.boxes) == last + 1
        now = [number for number, box in enumerate(chain.boxes, 1) if box.is_now]
        assert now == ([] if track.is_complete else [track.stage])


@given(strategies.timelines())
def test_a_timeline_shows_where_the_review_came_to(found: Timeline) -> None:
    assert view(found).pictures == view(found.status).pictures


@pytest.mark.parametrize(("days", "drawn"), [(2, 2), (60, 60), (61, 31), (365, 53)])
def test_very_many_periods_are_joined_side_by_side(days: int, drawn: int) -> None:
    charter = parse(NOTHING, Charter, format="yaml")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    acts = [Act(at=start + timedelta(days=n)) for n in range(days)]
    found = audit(charter, acts, every="day")
    (chart,) = of(Columns, view(found))
    assert len(found.periods) == days
    assert len(chart.columns) == drawn
    assert chart.columns[0].name.startswith("2026-01-01")
    assert chart.columns[-1].name.endswith(found.periods[-1].name)


NOTHING = "charter: c\ncircuits: {d: [{ask: {role: r}}]}\ndefault: d\nrules: []\n"


def test_an_audit_of_nothing_has_no_picture() -> None:
    charter = parse(NOTHING, Charter, format="yaml")
    assert view(audit(charter, [])).pictures == ()
