"""Hold every team of a real organisation against the same needs: who leads, who is alone.

Run as `python benchmarks/teams.py FOLDER`, where FOLDER holds `rust_teams.json`: a list of teams,
each with its name, its kind, its leads and its members (the leads among them). A team wants one
lead and two members, the lead being one. A seat is emptied when it was filled and nobody left in
the team can fill it: anybody there may be a member, only those who lead already may lead. Teams
share no seat, so what somebody empties by leaving all their teams at once is added up, team by
team. Typed roles within a team are not looked at.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from cmcore import Coverage, Member, Needs, Role, Seats, Team, coverage

LEAD, MEMBER = Role("lead", requires={"leading"}), Role("member")
NEEDS = Needs("a team", seats=[Seats("lead", 1), Seats("member", 2)])
LEADER = partial(Member, roles={"lead", "member"}, skills={"leading"})
OTHER = partial(Member, roles={"member"})
SHOWN = 10
ARGUMENTS = 2


def team_of(entry: dict[str, Any]) -> Team:
    """Return a team from its entry."""
    leads = set(entry["leads"])
    people = sorted(leads.union(entry["members"]))
    members = [LEADER(who) if who in leads else OTHER(who) for who in people]
    return Team(entry["team"], members, [LEAD, MEMBER])


def covered(teams: Iterable[Team], total: int) -> Iterator[Coverage]:
    """Yield the coverage of each team, and tell how far it is."""
    for number, team in enumerate(teams, 1):
        yield coverage(team, NEEDS)
        if sys.stderr.isatty() or number == total:
            end = "\n" if number == total else ""
            print(f"\r{number} of {total} teams", end=end, file=sys.stderr, flush=True)


def without_lead(found: Coverage) -> bool:
    """Tell whether nobody leads."""
    return any(gap.what == "lead" for gap in found.gaps)


def emptied(reports: Iterable[Coverage]) -> Counter[str]:
    """Return how many seats each person empties by leaving all their teams."""
    seats: Counter[str] = Counter()
    for found in reports:
        for absence in found.absences:
            (who,) = absence.people
            for fall in absence.falls:
                if isinstance(fall.after, int) and isinstance(fall.before, int):
                    seats[who] += fall.after - fall.before
    return seats


def main() -> None:
    """Read the teams, hold each against the needs, and print what is found."""
    if len(sys.argv) != ARGUMENTS:
        sys.exit("usage: python benchmarks/teams.py FOLDER")
    start = perf_counter()
    text = Path(sys.argv[1], "rust_teams.json").read_text(encoding="utf-8")
    entries = json.loads(text)
    teams = [team_of(entry) for entry in entries]
    reports = list(covered(teams, len(teams)))
    seats = emptied(reports)
    span = perf_counter() - start
    joined = Counter(member.id for team in teams for member in team.members)
    kinds = [entry["kind"] for entry in entries]
    sizes = [len(team.members) for team in teams]
    print(f"teams: {len(teams)}, people: {len(joined)}")
    tell("without a lead", kinds, list(map(without_lead, reports)))
    tell("of one person", kinds, [size == 1 for size in sizes])
    tell("of nobody", kinds, [size == 0 for size in sizes])
    print(f"people whose leaving empties a seat: {len(seats)}, seats in all: {seats.total()}")
    for who, count in sorted(seats.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]:
        print(f"  {who}: {count} seats, in {joined[who]} teams")
    print(f"proven: {all(one.is_proven for found in reports for one in found.absences)}")
    print(f"{span:.2f} s from file to figures")


def tell(what: str, kinds: list[str], flags: list[bool]) -> None:
    """Print how many teams are so, and of which kinds."""
    kept = Counter(kind for kind, flag in zip(kinds, flags, strict=True) if flag)
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(kept.items()))
    print(f"{what}: {kept.total()} ({told})")


if __name__ == "__main__":
    main()
