"""How fast circuits are proved: a week, 50 people, 6 stages, and how many pieces that takes.

Run as `python benchmarks/circuits.py`. Medians of several runs, on teams made up from a seed: an
easy one whose office hours are alike, one where everybody has hours, zones and leaves of their own,
and the same where two stages or all have deputies. Seconds of processor time, on one core.
"""

import random
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time

from cmcore import (
    Approvers,
    Availability,
    Member,
    Quorum,
    Role,
    Span,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    completable,
)
from cmcore.circuits import Completability
from cmcore.circuits.completion._course import Course
from cmcore.circuits.completion._sweep import Sweep
from cmcore.teams import Leave

PEOPLE, STAGES, RUNS = 50, 6, 3
START = datetime(2026, 3, 2, tzinfo=UTC)
WINDOW = Span(START, START + timedelta(days=7))
ROLES = [f"role-{number}" for number in range(STAGES)]
ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "UTC")
OFFICE = Week.parse("Mon-Fri 09:00-18:00")


def own_hours(chance: random.Random) -> Availability:
    """Make up hours, five days of the week, with a leave now and then."""
    days = chance.sample(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), 5)
    start = chance.randrange(0, 1200, 5)
    hours = f"{start // 60:02}:{start % 60:02}-{(start + 480) // 60 % 24:02}:{start % 60:02}"
    away = START + timedelta(hours=chance.randrange(150))
    leaves = [Leave(away, away + timedelta(hours=30))] if chance.random() < 1 / 5 else []
    week = Week.parse("; ".join(f"{day} {hours}" for day in days))
    return Availability(week, chance.choice(ZONES), leaves)


def team(chance: random.Random, *, own: bool) -> Team:
    """Make a team up, each with one role or two."""
    office = Availability(OFFICE, "Europe/Paris")
    members = [
        Member(f"m{number:02}", roles=chance.sample(ROLES, chance.randint(1, 2)),
               availability=own_hours(chance) if own else office)
        for number in range(PEOPLE)
    ]  # fmt: skip
    return Team("large", members, map(Role, ROLES))


def circuit(*, deputies: int) -> ValidationCircuit:
    """Make a circuit of six stages, which ask for one to three people; some have deputies."""
    return ValidationCircuit(
        "long",
        [
            Stage(
                Approvers("role", {role}),
                Quorum(number % 3 + 1),
                timedelta(hours=2 + number),
                "escalate" if number % 2 else "refuse",
                Approvers("role", {ROLES[number - 1]}) if number < deputies else None,
            )
            for number, role in enumerate(ROLES)
        ],
    )


def measure(name: str, asked: ValidationCircuit, people: Team) -> Completability:
    """Print how long a circuit takes to be proved."""
    spans = []
    for _ in range(RUNS):
        start = process_time()
        found = completable(asked, people, WINDOW)
        spans.append(process_time() - start)
    sweep = Sweep(Course(asked.stages, people, WINDOW))
    pieces = sum(1 for _ in sweep.pieces())
    print(f"{name}: {median(spans):.2f} s, {pieces} pieces, {sweep.followed} reviews followed, "
          f"{found.share:.1%} completes")  # fmt: skip
    return found


def main() -> None:
    """Measure the four cases."""
    print(f"a week × {PEOPLE} people × {STAGES} stages")
    chance = random.Random(0)  # noqa: S311 - nothing to keep secret
    mixed = team(chance, own=True)
    measure("office hours", circuit(deputies=0), team(chance, own=False))
    measure("hours of their own", circuit(deputies=0), mixed)
    measure("deputies at 2 stages", circuit(deputies=2), mixed)
    measure("deputies at all stages", circuit(deputies=STAGES), mixed)


if __name__ == "__main__":
    main()
