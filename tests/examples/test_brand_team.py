"""The team of a brand: it has the three troubles put in by hand, and none once mended."""

import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import pytest

from cmcore import Coverage, Member, Needs, Team, Week, coverage, read
from cmcore.teams.gap import Fall, GapKind, Lapse, Overload

ROOT: Final = Path(__file__).parents[2]
EXAMPLE: Final = ROOT / "examples" / "brand-team"
PARIS: Final = ZoneInfo("Europe/Paris")
MONDAY: Final = datetime(2026, 3, 2, tzinfo=PARIS)

TEAM: Final = read(EXAMPLE / "team.yaml", Team)
NEEDS: Final = read(EXAMPLE / "needs.yaml", Needs)

LABELS: Final = {
    "analyst": ("analyst", "analyste"),
    "communicator": ("communicator", "communicant"),
    "coordinator": ("coordinator", "coordinateur"),
    "customer-service": ("customer service", "service clients"),
    "enthusiast": ("enthusiast", "branché"),
    "it": ("IT", "informatique"),
    "marketing": ("marketing", "marketing"),
    "product-expert": ("product expert", "expert produit"),
    "sales": ("sales", "ventes"),
}
#: Who writes French well and calmly, and is not the coordinator.
WRITERS: Final = ("bastien", "camille", "ines", "joris", "karine", "louis")
#: As many hours as before, two of Saturday's mornings made two of its afternoons.
LATER: Final = "Tue-Fri 08:00-16:00; Sat 10:00-18:00"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=PARIS)


def covered(team: Team, monday: datetime = MONDAY, weeks: int = 1) -> Coverage:
    return coverage(team, NEEDS, start=monday, stop=monday + timedelta(weeks=weeks))


def wearing(member: Member, *roles: str) -> Member:
    return attrs.evolve(member, roles=roles)


def working(member: Member, hours: str) -> Member:
    when = attrs.evolve(member.availability, week=Week.parse(hours))
    return attrs.evolve(member, availability=when)


def relieved(team: Team) -> Team:
    coordinator = wearing(team.member("agathe"), "coordinator")
    analyst = wearing(team.member("fatou"), "enthusiast", "analyst")
    return team.with_member(coordinator, analyst)


def open_later(team: Team, people: Iterable[str] = ("camille", "karine")) -> Team:
    return team.with_member(*(working(team.member(id_), LATER) for id_ in people))


def trained(team: Team) -> Team:
    karine = team.member("karine")
    return team.with_member(attrs.evolve(karine, skills={*karine.skills, "products"}))


def test_a_dozen_people_wear_the_roles_of_any_team_and_of_each_department() -> None:
    assert len(TEAM.members) == 12
    assert {role.id: (role.label("en"), role.label("fr")) for role in TEAM.roles} == LABELS
    assert {role for member in TEAM.members for role in member.roles} == {*LABELS}
    assert all(role.requires and role.minutes for role in TEAM.roles)


def test_all_work_on_the_clock_of_paris_but_one() -> None:
    zones = {member.id: member.availability.zone for member in TEAM.members}
    assert {id_ for id_, zone in zones.items() if zone != "Europe/Paris"} == {"louis"}
    assert zones["louis"] == "America/Toronto"


def test_nobody_writes_and_approves() -> None:
    (apart,) = NEEDS.separation
    assert (apart.first, apart.second) == ("communicator", "coordinator")
    assert not [m.id for m in TEAM.members if m.roles >= {"communicator", "coordinator"}]


def test_the_gap_is_on_saturday_after_four() -> None:
    (gap,) = covered(TEAM).gaps
    assert (gap.kind, gap.path, dict(gap.what)) == (
        GapKind.HOURS,
        ("hours", 2),
        {"role": "communicator", "language": "fr"},
    )
    assert (gap.asked, gap.size) == (timedelta(hours=8), timedelta(hours=2))
    assert gap.when == (Lapse(at(7, 16), at(7, 18), 1),)
    assert gap.candidates == WRITERS


def test_one_person_has_too_much_to_do() -> None:
    found = covered(TEAM)
    assert found.overloads == (Overload("agathe", "minutes", 150 + 120, 210),)
    assert not found.unfit


def test_one_person_has_no_second() -> None:
    found = covered(TEAM)
    assert found.tried == 12
    (absence,) = found.absences
    assert (absence.people, absence.is_proven) == (("djamila",), True)
    assert absence.falls == (
        Fall(GapKind.SEATS, ("seats", "product-expert"), {"role": "product-expert"}, 0, 1),
        Fall(GapKind.WORKLOAD, ("work", "technical questions"), {"work": "technical questions"},
             timedelta(0), timedelta(hours=2)),
    )  # fmt: skip


def test_the_leave_is_harmless_because_somebody_else_is_there() -> None:
    (leave,) = TEAM.member("bastien").availability.leaves
    assert (leave.start, leave.stop) == (at(6, 0), at(7, 0))
    weekdays, _ = covered(TEAM.without("camille")).gaps
    assert weekdays.when == (Lapse(at(6, 8), at(6, 12), 1),)
    (late,) = covered(TEAM).gaps
    assert late.when[0].start > leave.stop


# Paris and Montréal change their clocks three weeks apart.
@pytest.mark.parametrize("monday", [at(9, 0), at(23, 0), at(30, 0)], ids=str)
def test_the_troubles_are_those_of_every_week(monday: datetime) -> None:
    found = covered(TEAM, monday)
    assert [str(gap.week) for gap in found.gaps] == ["Sat 16:00-18:00"]
    assert [over.member for over in found.overloads] == ["agathe"]
    assert [absence.people for absence in found.absences] == [("djamila",)]


def test_each_remedy_cures_its_own_trouble_and_no_other() -> None:
    def troubles(team: Team) -> tuple[bool, bool, bool]:
        found = covered(team)
        return bool(found.overloads), bool(found.gaps), bool(found.absences)

    assert troubles(TEAM) == (True, True, True)
    assert troubles(relieved(TEAM)) == (False, True, True)
    assert troubles(open_later(TEAM)) == (True, False, True)
    assert troubles(trained(TEAM)) == (True, True, False)


def test_one_person_alone_on_saturday_would_be_a_new_trouble() -> None:
    found = covered(relieved(trained(open_later(TEAM, ["camille"]))))
    assert found.is_covered
    assert [absence.people for absence in found.absences] == [("camille",)]


@pytest.mark.parametrize("weeks", [1, 17])
def test_the_mended_team_has_no_trouble(weeks: int) -> None:
    found = covered(relieved(open_later(trained(TEAM))), weeks=weeks)
    assert found.is_covered
    assert found.share("hours") == 1
    assert not found.absences
    assert not found.unfit


def test_mending_takes_nobody_more_hours() -> None:
    mended = open_later(TEAM)
    for id_ in ("camille", "karine"):
        weeks = [team.member(id_).availability.week for team in (TEAM, mended)]
        assert [week.minutes if week else 0 for week in weeks] == [5 * 8 * 60] * 2


def test_the_readme_names_everybody_with_their_roles() -> None:
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()
            if line.startswith("| ") and not line.startswith("| |")]  # fmt: skip
    told = {row[1].partition(",")[0]: {*row[3].split(", ")} for row in rows}
    assert told == {member.name: {*member.roles} for member in TEAM.members}


def test_the_tutorial_shows_lines_of_the_file() -> None:
    page = (ROOT / "docs" / "tutorial" / "mend-a-team.md").read_text(encoding="utf-8")
    shown = page.partition("```yaml\nteam: ")[2].partition("```")[0].splitlines()
    lines = (EXAMPLE / "team.yaml").read_text(encoding="utf-8").splitlines()
    assert len(shown) > 10
    assert not [line for line in shown[1:] if line not in lines and "# …" not in line]


def test_the_command_shows_the_three_troubles() -> None:
    files = [str(EXAMPLE / name) for name in ("team.yaml", "needs.yaml")]
    command = [sys.executable, "-m", "cmcore", "coverage", *files, "--start", "2026-03-02"]
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 1
    assert done.stdout.startswith("✗ ombrevive for social media: 1 gap, 1 overload\n")
    assert "Sat 16:00-18:00" in done.stdout
    assert "1 h more than 3 h 30 min" in done.stdout
    assert "Djamila Ferhat   seats product expert: 1 missing" in done.stdout
