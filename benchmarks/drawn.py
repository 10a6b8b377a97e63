"""Draw teams of every size and kind, assign their roles, and say how long that takes.

Run as `python benchmarks/drawn.py [SOLVER] [SIZE …]`: seven teams a row, 252 in all, drawn from
seeds, so that the table can be made again. A row is a size and what binds there. What is measured
is `assign` and the reading of its reasons; what is printed, the seconds of one core in the middle
and at worst (at worst without reasons), how many plans are proven the best, and how far the others
are from it. `hard` in place of sizes runs the cases that look simple and are not: roles all kept
apart, one person to supervise many, staggered leaves, minutes that are nearly all taken.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from statistics import median
from time import process_time

from cmcore import Availability, Member, Needs, Role, Seats, Team, Watch, Week, assign, coverage
from cmcore.teams import (
    Assignment,
    Leave,
    Mix,
    NotOnly,
    Separation,
    Status,
    Supervision,
    alternatives,
)

SIZES = ((8, 5), (20, 9), (40, 12), (60, 20))
KINDS = (
    frozenset[str](),
    frozenset({"minutes"}),
    frozenset({"separation"}),
    frozenset({"supervision"}),
    frozenset({"mix"}),
    frozenset({"hours"}),
    frozenset({"minutes", "separation", "supervision", "mix"}),
    frozenset({"minutes", "separation", "supervision", "mix", "previous"}),
    frozenset({"minutes", "separation", "supervision", "mix", "previous", "hours"}),
)
SEEDS = range(7)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WINDOW = {"start": MONDAY, "stop": MONDAY + timedelta(days=14)}
SHIFTS = (
    "Mon-Fri 09:00-17:00",
    "Mon-Fri 08:00-14:00",
    "Mon-Wed 10:00-19:00",
    "Wed-Sun 12:00-20:00",
)


def drawn(seed: int, people: int, roles: int, kind: frozenset[str]) -> tuple[Team, Needs]:
    """Draw a team and what is asked of it."""
    chance = random.Random(f"{seed} {people} {roles} {sorted(kind)}")  # noqa: S311 - no secret
    names = [f"role {n:02}" for n in range(roles)]
    spans = (30, 45, 60, 90, 120) if "minutes" in kind else (0,)
    made = [Role(name, requires={name}, minutes=chance.choice(spans)) for name in names]
    members = [_member(chance, f"m{n:02}", names, kind) for n in range(people)]
    most = max(1, 2 * people // roles)
    seats = [Seats(r, chance.randint(1, most), weight=chance.choice((1, 1, 3))) for r in names]
    return Team("drawn", members, made), Needs("all", seats=seats, **_rules(chance, names, kind))


def _member(chance: random.Random, id_: str, names: list[str], kind: frozenset[str]) -> Member:
    able = [name for name in names if chance.random() < 1 / 2]
    worn = min(len(able), chance.randint(0, 2)) if "previous" in kind else 0
    return Member(
        id_,
        skills=able,
        affinity={name: chance.randint(0, 1000) for name in able},
        roles=chance.sample(able, worn),
        most_roles=chance.randint(1, 3),
        contract="internship" if chance.random() < 1 / 5 else "permanent",
        trade=chance.choice(("marketing", "sales", "press")),
        level=chance.choice(("junior", "senior", "expert")),
        availability=_availability(chance, kind),
    )  # fmt: skip


def _availability(chance: random.Random, kind: frozenset[str]) -> Availability:
    minutes = chance.choice((60, 90, 120, 180, 240)) if "minutes" in kind else None
    if "hours" not in kind:
        return Availability(minutes=minutes)
    away = MONDAY + timedelta(days=chance.randrange(14))
    return Availability(
        Week.parse(chance.choice(SHIFTS)),
        leaves=[Leave(away, away + timedelta(days=chance.randint(1, 4)))],
        minutes=minutes,
    )


def _rules(
    chance: random.Random, names: list[str], kind: frozenset[str]
) -> dict[str, list[object]]:
    few = max(1, len(names) // 3)
    made: dict[str, list[object]] = {}
    if "separation" in kind:
        made["separation"] = [
            Separation(*two) for two in chance.sample([*combinations(names, 2)], few)
        ]
    if "supervision" in kind:
        made["supervision"] = [Supervision(roles=chance.sample(names, few))]
    if "mix" in kind:
        made["mix"] = [
            *(Mix("trade", 2, chance.sample(names, 2)) for _ in range(2)),
            *(NotOnly("level", "junior", chance.sample(names, 2)) for _ in range(2)),
        ]
    if "hours" in kind:
        made["hours"] = [
            Watch(Week.parse("Mon-Fri 09:00-18:00"), least=chance.randint(1, 2), role=name)
            for name in chance.sample(names, few)
        ]
    return made


Found = tuple[Assignment, float, float]


def timed(team: Team, needs: Needs, **how: object) -> Found:
    """Assign; return what is found, the seconds, and those with reasons read."""
    start = process_time()
    found = assign(team, needs, **(WINDOW if needs.hours else {}), **how)  # type: ignore[arg-type]
    span = process_time() - start
    str(found)
    return found, span, process_time() - start


def row(people: int, roles: int, kind: frozenset[str], solver: str) -> list[Found]:
    """Assign the teams of a row, and print what comes of it."""
    some = [timed(*drawn(seed, people, roles, kind), solver=solver) for seed in SEEDS]
    spans = [whole for _, _, whole in some]
    alone = max(span for _, span, _ in some)
    gaps = [gap(found) for found, _, _ in some if found.status is not Status.OPTIMAL]
    name = ", ".join(sorted(kind)) or "seats and hats"
    print(f"{people}×{roles} {name:62} {median(spans):6.2f} {max(spans):6.2f} ({alone:6.2f})  "
          f"proven {len(some) - len(gaps)}/{len(some)}  {'; '.join(gaps)}", flush=True)  # fmt: skip
    return some


def gap(found: Assignment) -> str:
    """Say how far from its bound a plan is, on the first goal where it is."""
    for level in found.levels:
        if not level.is_proven:
            return f"{level.goal} {level.value}/{level.bound}"
    return str(found.status)


def table(solver: str, wanted: list[str]) -> None:
    """Print a row for each size and kind, then all together."""
    rows = [
        row(*size, kind, solver)
        for size in SIZES
        for kind in KINDS
        if not wanted or f"{size[0]}×{size[1]}" in wanted
    ]
    every = [one for some in rows for one in some]
    proven = [found.status is Status.OPTIMAL for found, _, _ in every]
    for limit in (1, 2):
        fast = sum(
            is_best and whole <= limit for is_best, (_, _, whole) in zip(proven, every, strict=True)
        )
        print(f"proven within {limit} s, reasons included: {fast} of {len(every)}")
    print(f"proven: {sum(proven)}; slowest {max(whole for _, _, whole in every):.2f} s")


# ------------------------------------------------------------- simple to look at, hard to prove


def apart() -> tuple[Team, Needs]:
    """Twenty people, twelve roles all kept apart, two seats each."""
    names = [f"r{n:02}" for n in range(12)]
    liking = [{r: (37 * n + 11 * k) % 1000 for k, r in enumerate(names)} for n in range(20)]
    people = [Member(f"m{n:02}", affinity=some) for n, some in enumerate(liking)]
    needs = Needs("n", seats=[Seats(r, 2) for r in names],
                  separation=[Separation(*two) for two in combinations(names, 2)])  # fmt: skip
    return Team("apart", people, map(Role, names)), needs


def bossed(
    interns: int, roles: int, seats: int, boss: int | None, hats: int | None
) -> tuple[Team, Needs]:
    """One boss, and interns whom only the boss can supervise."""
    names = [f"r{n:02}" for n in range(roles)]
    people = [Member(f"i{n:02}", most_roles=hats, contract="internship") for n in range(interns)]
    people.append(Member("boss", most_roles=boss, contract="permanent"))
    needs = Needs("n", seats=[Seats(r, seats) for r in names], supervision=[Supervision()])
    return Team("bossed", people, map(Role, names)), needs


def staggered() -> tuple[Team, Needs]:
    """Forty writers with staggered leaves, and one analyst."""
    week = Week.parse("Mon-Fri 09:00-17:00")
    people = [
        Member(f"w{n:02}", skills={"write"}, availability=Availability(week, leaves=[
            Leave(MONDAY + timedelta(hours=7 * n), MONDAY + timedelta(hours=7 * n + 20))]))
        for n in range(40)
    ]  # fmt: skip
    people.append(Member("ana", skills={"count"}, availability=Availability(week)))
    roles = [Role("writer", requires={"write"}), Role("analyst", requires={"count"})]
    hours = [Watch(week, least=2, role="writer"), Watch(Week.always(), role="analyst")]
    needs = Needs("n", seats=[Seats("writer", 0, 3), Seats("analyst")], hours=hours)
    return Team("staggered", people, roles), needs


def mixed() -> tuple[Team, Needs]:
    """Sixty people, fifteen roles, three mixes a role."""
    chance = random.Random(3)  # noqa: S311 - no secret
    names = [f"r{n:02}" for n in range(15)]
    people = [
        Member(f"m{n:02}", most_roles=chance.randint(1, 2), skills=chance.sample(names, 6),
               affinity={r: chance.randint(0, 1000) for r in names},
               trade=chance.choice("abcd"), level=chance.choice("abc"), age=chance.choice("ab"))
        for n in range(60)
    ]  # fmt: skip
    mixes = [
        Mix(of, least, [r]) for r in names for of, least in (("trade", 3), ("level", 2), ("age", 2))
    ]
    needs = Needs("n", seats=[Seats(r, 4) for r in names], mix=mixes)
    return Team("mixed", people, [Role(r, requires={r}) for r in names]), needs


def alike() -> tuple[Team, Needs]:
    """Three hundred people, twelve roles, all as good as each other."""
    names = [f"r{n:02}" for n in range(12)]
    people = [Member(f"m{n:03}") for n in range(300)]
    return Team("alike", people, map(Role, names)), Needs("n", seats=[Seats(r, 3) for r in names])


def organisation(people: int, roles: int) -> tuple[Team, Needs]:
    """People of an organisation by the teams they are in, each a role that wants its size."""
    chance = random.Random(people)  # noqa: S311 - no secret
    names = [f"team {n:03}" for n in range(roles)]
    worn = [
        chance.sample(names, min(roles, 1 + int(chance.expovariate(1 / 2)))) for _ in range(people)
    ]
    members = [Member(f"p{n:03}", roles=some, skills={*some, *chance.sample(names, 2)})
               for n, some in enumerate(worn)]  # fmt: skip
    sizes = [sum(name in some for some in worn) for name in names]
    seats = [Seats(name, max(1, size * 2 // 3)) for name, size in zip(names, sizes, strict=True)]
    return Team("organisation", members, [Role(n, requires={n}) for n in names]), Needs(
        "n", seats=seats
    )


def pressed(people: int, roles: int, share: float) -> tuple[Team, Needs]:
    """People whose minutes the seats take up to a share of, with as many pairs kept apart as roles.

    How much the roles of one person may leave unused of their minutes makes it hard near to all.
    """
    chance = random.Random(f"{people} {roles} 0")  # noqa: S311 - no secret
    names = [f"role {n:02}" for n in range(roles)]
    spans = {name: chance.choice((45, 60, 75, 90, 120)) for name in names}
    members = [
        Member(f"m{n:03}", skills=chance.sample(names, chance.randint(3, 8)),
               availability=Availability(minutes=chance.choice((90, 120, 150, 180, 240))))
        for n in range(people)
    ]  # fmt: skip
    each = share * sum(one.availability.day for one in members) / sum(spans.values())
    seats = [Seats(name, max(1, round(each * chance.uniform(0.7, 1.3)))) for name in names]
    apart = [Separation(*two) for two in chance.sample([*combinations(names, 2)], roles)]
    made = [Role(name, requires={name}, minutes=span) for name, span in spans.items()]
    return Team("pressed", members, made), Needs("n", seats=seats, separation=apart)


def _shown(name: str, work: Callable[[], object]) -> None:
    start = process_time()
    told = work()
    print(f"{name:50} {process_time() - start:7.2f} s  {told}", flush=True)


def _assigned(pair: tuple[Team, Needs], solver: str) -> Callable[[], str]:
    def work() -> str:
        found, span, _ = timed(*pair, solver=solver)
        why = f"{len(found.reasons)} reasons"
        return f"{found.status} ({span:.2f} s without reasons) {gap(found)} {why}"

    return work


def _covered(pair: tuple[Team, Needs], absent: int, solver: str) -> Callable[[], str]:
    def work() -> str:
        found = coverage(*pair, absent=absent, solver=solver)  # type: ignore[arg-type]
        proven = sum(one.is_proven for one in found.absences)
        return f"{len(found.absences)} absences, {proven} proven, {found.tried} tried"

    return work


def hard(solver: str) -> None:
    """Run the cases that look simple."""
    cases: Iterator[tuple[str, tuple[Team, Needs]]] = iter(
        [
            ("12 roles all apart, 20 people", apart()),
            ("one boss (2 roles), 10 interns, 5 roles", bossed(10, 5, 2, 2, 1)),
            ("one boss (2 roles), 40 interns, 20 roles", bossed(40, 20, 1, 2, None)),
            ("one boss, 40 interns, 20 roles", bossed(40, 20, 2, None, 1)),
            ("40 writers, staggered leaves", staggered()),
            ("60×15, three mixes a role", mixed()),
        ]
    )
    for name, pair in cases:
        _shown(name, _assigned(pair, solver))
    found = assign(*alike(), solver=solver)  # type: ignore[arg-type]
    _shown("alternatives of 300×12", lambda: len(alternatives(found).possible))
    _shown("coverage of 150×17, absent=2", _covered(organisation(150, 17), 2, solver))
    for people in (50, 80, 100):
        told = f"coverage of {people}×20, nine minutes of ten taken"
        _shown(told, _covered(pressed(people, 20, 0.9), 1, solver))
    _shown("coverage of 537×49", _covered(organisation(537, 49), 1, solver))
    _shown("coverage of 393×284", _covered(organisation(393, 284), 1, solver))


def main() -> None:
    """Run what is asked for."""
    solver, *wanted = sys.argv[1:] or ["auto"]
    if wanted == ["hard"]:
        hard(solver)
    else:
        table(solver, wanted)


if __name__ == "__main__":
    main()
