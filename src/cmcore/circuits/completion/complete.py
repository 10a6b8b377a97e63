"""Completing: whether a team can bring circuits to their end, at every moment of a window."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.ids import nearest
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.completion._course import LAST, LONGEST, Course
from cmcore.circuits.completion._reasons import vacancy
from cmcore.circuits.completion._sweep import Piece, Sweep
from cmcore.circuits.completion.completability import (
    Completability,
    Completion,
    Failure,
    Shortage,
    StageEscalation,
)
from cmcore.circuits.stage import Stage
from cmcore.display.wording import show
from cmcore.teams.team import Team
from cmcore.time.intervals import Clocks, Span, Stretch, count, instant, joined
from cmcore.time.week import local

_TICK: Final = timedelta(microseconds=1)
_WEEK: Final = timedelta(days=7)


def complete(  # noqa: PLR0913 - each option is named and independent
    subject: str,
    circuits: Iterable[ValidationCircuit],
    team: Team,
    window: Span,
    *,
    zone: str | None,
    author: str | None = None,
    emergency: bool = False,
) -> Completability:
    """Say when a team can complete circuits; `subject` is the id of what they belong to.

    `completable` says what is asked, and how.

    Raises:
        InvalidError: when the author is not of the team, or the window is too long or too late.
    """
    _check(team, window, author)
    asking = _Asking(team, window, author, Clocks(window), zone or _zone(team))
    found = [_completion(one, one.way(emergency=emergency), asking) for one in circuits]
    result = Completability(
        subject,
        team.id,
        window,
        tuple(found),
        zone=asking.zone,
        author=author,
        emergency=emergency,
    )
    return result.with_names(team)


class _Asking(NamedTuple):
    """What is asked of every circuit alike."""

    team: Team
    window: Span
    author: str | None
    clocks: Clocks
    zone: str


def _check(team: Team, window: Span, author: str | None) -> None:
    found: list[Problem] = []
    known = [member.id for member in team.members]
    if author is not None and author not in known:
        near = nearest(author, known)
        found.append(Problem.of("unknown-member", "author", name=author, near=near))
    if window.length > LONGEST:
        length, most = show(window.length), show(LONGEST)
        found.append(Problem.of("window-too-long", "window", length=length, most=most))
    if count(window.stop) >= LAST:
        found.append(Problem.of("beyond-calendar", "window", "stop", at=window.stop))
    if found:
        raise InvalidError(found)


def _zone(team: Team) -> str:
    """Return the zone where most of a team works, the first by name of those alike."""
    zones = Counter(sorted(member.availability.zone for member in team.members))
    return zones.most_common(1)[0][0] if zones else "UTC"


def _completion(circuit: ValidationCircuit, stages: Sequence[Stage], asking: _Asking) -> Completion:
    course = Course(stages, asking.team, asking.window)
    sweep = Sweep(course, asking.author)
    pieces = list(sweep.pieces())
    polls = course.ballot(asking.author).polls
    lacks = (vacancy(stage, poll) for stage, poll in zip(stages, polls, strict=True))
    worst = max((piece for piece in pieces if piece.takes is not None), key=_takes, default=None)
    return Completion(
        circuit.id,
        asking.window.length,
        _TICK * sum(piece.stop - piece.start for piece in pieces if piece.takes is not None),
        vacancies=tuple(sorted((one for one in lacks if one), key=_loudness)),
        failures=tuple(_failures(pieces, asking.clocks, asking.zone)),
        typical=_typical(pieces),
        worst=worst and _TICK * _takes(worst),
        worst_at=worst and instant(worst.start),
        author=_author(pieces, worst),
        escalations=tuple(_escalations(pieces)),
        is_proven=sweep.is_proven,
        unknown_years=_unknown_years(course, pieces, asking.zone),
    )


def _unknown_years(course: Course, pieces: Sequence[Piece], zone: str) -> Iterator[int]:
    """Yield the years of which a calendar says nothing, up to when all that can complete has."""
    fails = any(piece.takes is None for piece in pieces)
    longest = max((piece.takes for piece in pieces if piece.takes is not None), default=0)
    last = course.horizon - 1 if fails else min(course.stop + longest, course.horizon - 1)
    end = local(instant(last), zone).year
    yield from (year for year in course.unknown_years if year <= end)


def _takes(piece: Piece) -> int:
    return piece.takes or 0


def _loudness(lack: Shortage) -> tuple[int, tuple[int, ...]]:
    return lack.have, lack.stages


def _failures(pieces: Sequence[Piece], clocks: Clocks, zone: str) -> Iterator[Failure]:
    """Yield each reason, in order of the first moment it fails at."""
    when: dict[tuple[Shortage, str | None], list[Stretch]] = {}
    for piece in pieces:
        if piece.lacks:
            when.setdefault((piece.lacks, piece.author), []).append((piece.start, piece.stop))
    is_weekly = clocks.stop - clocks.start >= _WEEK // _TICK
    for (lacks, author), stretches in when.items():
        spans = tuple(Span(instant(start), instant(stop)) for start, stop in joined(stretches))
        week = clocks.week(stretches, zone) if is_weekly else None
        yield Failure(lacks, spans, author, week)


def _typical(pieces: Sequence[Piece]) -> timedelta | None:
    """Return the median time over all moments that complete, exact to the microsecond."""
    edges: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for piece in pieces:
        if piece.takes is None:
            continue
        length = piece.stop - piece.start
        if piece.shrinks:
            edges[piece.takes - length] += 1
            edges[piece.takes] -= 1
        else:
            steps[piece.takes] += length
    total = sum(piece.stop - piece.start for piece in pieces if piece.takes is not None)
    return _TICK * _median(edges, steps, total) if total else None


def _median(edges: Counter[int], steps: Counter[int], total: int) -> int:
    """Return the least time that half of the moments do not exceed.

    `edges` says how the number of pieces that take a time changes at it, where pieces take every
    time between two; `steps` has how many moments take exactly one.
    """
    times = iter(sorted({*edges, *steps}))
    passed = slope = last = 0
    while True:
        time = next(times)
        if 2 * (passed + slope * (time - last)) >= total:
            return last + -(-(total - 2 * passed) // (2 * slope))
        passed += slope * (time - last) + steps[time]
        if 2 * passed >= total:
            return time
        slope, last = slope + edges[time], time


def _author(pieces: Sequence[Piece], worst: Piece | None) -> str | None:
    """Return the author for whom it fails longest; where it never fails, takes longest."""
    failing: Counter[str | None] = Counter()
    for piece in pieces:
        if piece.lacks:
            failing[piece.author] += piece.stop - piece.start
    if not failing:
        return worst.author if worst else None
    return min(failing, key=lambda who: (-failing[who], who or ""))


def _escalations(pieces: Sequence[Piece]) -> Iterator[StageEscalation]:
    lengths: Counter[int] = Counter()
    for piece in pieces:
        if piece.takes is not None:
            lengths.update(dict.fromkeys(piece.escalated, piece.stop - piece.start))
    for stage, length in sorted(lengths.items()):
        yield StageEscalation(stage, _TICK * length)
