"""`cmcore assign`: what it prints, what it saves, and how it ends."""

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cmcore import (
    Availability,
    Member,
    Needs,
    Plan,
    Role,
    Seats,
    Team,
    assign,
    dump,
    read,
    unstructure,
    what_if,
    why_not,
)
from cmcore.teams import alternatives

from .conftest import Run

TEAM = """\
team: brume
zone: Europe/Paris
roles:
  coordinator: [organisation]
  communicator: [writing]
  analyst: [figures]
members:
  maud: {roles: coordinator, skills: [organisation, writing], most_roles: 1}
  yann: {roles: communicator, skills: [writing, organisation], most_roles: 1}
  zoe: {skills: writing, hours: Mon-Fri 09:00-17:00}
"""
NEEDS = """\
needs: social
zone: Europe/Paris
seats: {coordinator: {least: 1, most: 1}, communicator: {least: 1, most: 1}}
"""
SHORT = NEEDS.replace("seats: {", "seats: {analyst: 1, ")
HOURS = NEEDS + "hours: [{week: Mon-Fri 09:00-17:00, role: communicator}]\n"
#: Minutes and a separation, so that a search is needed, which a budget of nothing ends.
TASKS = [f"task {n:02}" for n in range(12)]


def crammed(seed: int, people: int, day: int) -> str:
    """Make up a team whose tasks hardly fit into its days, which takes a search to settle."""
    chance = Random(seed)  # noqa: S311 - nothing to keep secret
    for _ in TASKS:
        chance.randint(10, 30)
    members = [
        Member(
            f"m{who}",
            affinity={task: chance.randint(0, 9) for task in TASKS},
            minutes={task: chance.randint(10, 30) for task in TASKS},
            availability=Availability(minutes=day),
        )
        for who in range(people)
    ]
    roles = [*map(Role, TASKS), Role("analyst", requires={"figures"})]
    return dump(Team("brume", members, roles), format="yaml")


#: A search that stops before the plan it has is proven the best.
HARD_TEAM = crammed(0, 3, 75)
#: A search that first finds a plan which lacks a seat, where none must.
SLOW_TEAM = crammed(7, 2, 115)
HARD = dump(Needs("social", seats=[Seats(task) for task in TASKS]), format="yaml")
HARDER = dump(Needs("social", seats=[*map(Seats, TASKS), Seats("analyst")]), format="yaml")
PLANS = {
    "before.yaml": "plan: {maud: communicator, yann: coordinator}\n",
    "gone.yaml": "plan: {lou: communicator, maud: coordinator}\n",
    "broken.yaml": "plan: {maud: [communicator, 3]}\nplans: {}\n",
}
FILES = {
    "team.yaml": TEAM, "needs.yaml": NEEDS, "short.yaml": SHORT, "hours.yaml": HOURS,
    "hardteam.yaml": HARD_TEAM, "slowteam.yaml": SLOW_TEAM, "hard.yaml": HARD,
    "harder.yaml": HARDER, **PLANS,
}  # fmt: skip


@pytest.fixture(autouse=True)
def files(run: Run) -> None:  # noqa: ARG001 - the folder it enters
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")


def data_of(text: str) -> Any:  # noqa: ANN401 - whatever was printed
    return json.loads(text)


class TestPrinted:
    def test_the_help_tells_the_options_and_the_codes(self, run: Run) -> None:
        shown = run("assign", "--help")
        assert shown.exit_code == 0
        for told in (
            "--why-not MEMBER=ROLE",
            "--save PLAN",
            "0    all is covered, and no",
            "3    not proven",
        ):
            assert told in shown.stdout
        listed = run("--help").stdout
        assert "assign" in listed
        assert "coverage" in listed

    def test_a_plan_that_covers_all_ends_well(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "needs.yaml")
        assert (shown.exit_code, shown.stderr) == (0, "")
        assert shown.stdout.splitlines() == [
            "✓ brume for social: everything that roles can cover is covered",
            "",
            "Who holds what",
            "  member   roles",
            "  ─────────────────────",
            "  maud     coordinator",
            "  yann     communicator",
            "  zoe      –",
            "",
            "How good it is",
            "  goal       value   proof",
            "  ──────────────────────────────────",
            "  shortage       0   proven the best",
            "  changes        0   proven the best",
            "  affinity       0   proven the best",
            "  balance        2   proven the best",
        ]

    def test_what_lacks_has_its_reason_and_its_code(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "short.yaml")
        assert shown.exit_code == 1
        assert "✗ brume for social: no plan covers everything" in shown.stdout
        assert "seats for analyst: 1; nobody qualifies" in shown.stdout

    def test_it_reads_in_french(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "short.yaml", "--lang", "fr")
        assert "✗ brume pour social\xa0: aucun plan ne couvre tout" in shown.stdout
        assert "Qui tient quoi" in shown.stdout

    def test_it_moves_few_people_from_a_previous_plan(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "needs.yaml", "--previous", "before.yaml")
        assert "maud     communicator" in shown.stdout
        assert "moves" not in shown.stdout
        shown = run("assign", "team.yaml", "needs.yaml", "--previous", "gone.yaml")
        rows = [" ".join(line.split()) for line in shown.stdout.splitlines()]
        assert rows[3] == "member roles moves"
        assert "lou – gives up communicator" in rows
        assert "yann communicator takes communicator" in rows

    def test_pins_are_held_and_bans_are_not(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "needs.yaml", "--pin", "maud=communicator")
        assert "yann     coordinator    takes coordinator, gives up communicator" in shown.stdout
        given = ("--ban", "yann=communicator", "--ban", "maud=communicator")
        shown = run("assign", "team.yaml", "needs.yaml", *given)
        assert "zoe      communicator   takes communicator" in shown.stdout

    def test_what_contradicts_itself_is_told(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "needs.yaml", "--pin", "zoe=coordinator")
        assert shown.exit_code == 1
        assert shown.stdout.splitlines() == [
            "✗ brume for social: no plan is possible",
            "  conflict  `zoe` does not have the skills for coordinator",
        ]

    def test_hours_are_looked_at_over_a_window(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "hours.yaml", "--start", "2026-03-02")
        assert shown.exit_code == 0
        assert "zoe      communicator   takes communicator" in shown.stdout
        assert "(from 2026-03-02 00:00 to 2026-03-09 00:00, Paris time)" in shown.stdout

    def test_what_is_asked_comes_after_the_assignment(self, run: Run) -> None:
        shown = run(
            *("assign", "team.yaml", "needs.yaml", "--why-not", "yann=coordinator", "--why-not"),
            *("zoe = communicator", "--alternatives", "--without", "maud", "--without", "zoe"),
        )
        assert shown.exit_code == 0
        assert shown.stdout.partition("→ yann as coordinator")[2].splitlines() == [
            ": changes up by 4",
            "  yann  takes coordinator, gives up communicator",
            "  maud  takes communicator, gives up coordinator",
            "",
            "→ zoe as communicator: changes up by 2",
            "  zoe   takes communicator",
            "  yann  gives up communicator",
            "",
            "only one plan is the best",
            "",
            "Who holds what in the best plans",
            "  member   in all         in some   in none",
            "  ──────────────────────────────────────────────",
            "  maud     coordinator    –         communicator",
            "  yann     communicator   –         coordinator",
            "  zoe      –              –         communicator",
            "",
            "✗ without maud and zoe: shortage 0 → 1",
            "  seats  coordinator  0 → 1 missing",
        ]


class TestJson:
    def test_it_is_the_assignment(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "short.yaml", "--json")
        assert shown.exit_code == 1
        found = assign(read("team.yaml", Team), read("short.yaml", Needs))
        assert data_of(shown.stdout) == unstructure(found)

    def test_it_holds_all_that_was_asked(self, run: Run) -> None:
        shown = run(
            *("assign", "team.yaml", "needs.yaml", "--why-not", "yann=coordinator", "--json"),
            *("--alternatives", "--without", "maud", "--previous", "before.yaml"),
        )
        team, needs = read("team.yaml", Team), read("needs.yaml", Needs)
        found = assign(team, needs, previous=read("before.yaml", Plan))
        then: Any = unstructure(what_if(found, leaves=["maud"]))
        plain: Any = unstructure(found)
        assert data_of(shown.stdout) == {
            **plain,
            "why_not": [unstructure(why_not(found, "yann", "coordinator"))],
            "alternatives": unstructure(alternatives(found)),
            "what_if": {key: told for key, told in then.items() if key != "before"},
        }


class TestSolvers:
    def test_a_budget_that_ends_first_is_not_settled(self, run: Run) -> None:
        shown = run("assign", "hardteam.yaml", "hard.yaml", "--solver", "own",
                    "--budget", "0", "--alternatives")  # fmt: skip
        assert shown.exit_code == 3
        assert "not proven the best" in shown.stdout
        assert shown.stderr == (
            "--alternatives: warning: left out, since no plan is proven the best\n"
        )
        assert run("assign", "hardteam.yaml", "hard.yaml").exit_code == 0

    def test_what_lacks_for_sure_is_settled_whatever_the_rest(self, run: Run) -> None:
        shown = run("assign", "hardteam.yaml", "harder.yaml", "--solver", "own",
                    "--budget", "0", "--json")  # fmt: skip
        assert data_of(shown.stdout)["status"] == "gap"
        assert shown.exit_code == 1

    def test_what_may_not_lack_is_not_settled(self, run: Run) -> None:
        shown = run(
            *("assign", "slowteam.yaml", "hard.yaml"), *("--solver", "own", "--budget", "0")
        )
        assert shown.exit_code == 3
        assert "this plan does not cover everything; not proven the best" in shown.stdout
        assert "could be 0 at best" in shown.stdout

    def test_the_other_solver_finds_the_same(self, run: Run) -> None:
        pytest.importorskip("highspy")
        own = data_of(run("assign", "team.yaml", "needs.yaml", "--json").stdout)
        shown = run("assign", "team.yaml", "needs.yaml", "--solver", "highs", "--json")
        assert shown.exit_code == 0
        assert data_of(shown.stdout) == {**own, "solver": "highs"}

    def test_a_solver_that_is_not_installed_names_its_extra(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "highspy", None)
        shown = run("assign", "team.yaml", "needs.yaml", "--solver", "highs")
        assert shown.exit_code == 2
        assert shown.stderr == (
            "cmcore: error: `highspy` is not installed (run `pip install 'cmcore[solver]'`)\n"
        )


class TestSave:
    @pytest.mark.parametrize("name", ["plan.yaml", "plan.json", "plan.toml"])
    def test_the_plan_is_written_and_keeps_everybody_next_time(self, run: Run, name: str) -> None:
        Path(name).write_text("what was there", encoding="utf-8")
        shown = run(*("assign", "team.yaml", "needs.yaml", "--pin", "zoe=communicator"),
                    *("--save", name))  # fmt: skip
        assert (shown.exit_code, shown.stderr) == (0, "")
        assert read(name, Plan) == Plan([("maud", "coordinator"), ("zoe", "communicator")])
        again = run("assign", "team.yaml", "needs.yaml", "--previous", name, "--json")
        assert data_of(again.stdout)["moves"] == []

    def test_no_plan_is_not_written(self, run: Run) -> None:
        Path("plan.yaml").write_text("what was there", encoding="utf-8")
        shown = run(*("assign", "team.yaml", "needs.yaml", "--pin", "zoe=coordinator"),
                    *("--save", "plan.yaml", "--why-not", "yann=coordinator", "--alternatives"),
                    *("--without", "zoe", "--json"))  # fmt: skip
        assert shown.exit_code == 1
        assert Path("plan.yaml").read_text(encoding="utf-8") == "what was there"
        assert shown.stderr.splitlines() == [
            "plan.yaml: warning: not written, since no plan was found",
            "--why-not: warning: left out, since no plan was found",
            "--alternatives: warning: left out, since no plan is proven the best",
        ]
        told = data_of(shown.stdout)
        assert not {"why_not", "alternatives"} & told.keys()
        assert told["what_if"]["after"]["plan"] == {"maud": ["coordinator"],
                                                    "yann": ["communicator"]}  # fmt: skip


BAD = {
    "a member that is not there": (
        ("--pin", "mod=coordinator"),
        "--pin mod=coordinator: nobody is called `mod` (name somebody in the team)",
    ),
    "a role that is not there": (
        ("--ban", "maud=cordinatr"),
        "--ban maud=cordinatr: no role is called `cordinatr` (did you mean `coordinator`?)",
    ),
    "a choice that is none": (
        ("--why-not", "zo=analyst"),
        "--why-not zo=analyst: nobody is called `zo` (did you mean `zoe`?)",
    ),
    "an absence of nobody": (
        ("--without", "yan"),
        "--without: nobody is called `yan` (did you mean `yann`?)",
    ),
}
ENDINGS = "end its name with one of `.json`, `.yaml`, `.yml`, `.toml`"
BAD_USAGE = {
    "no pair": (("--pin", "maud"), "invalid value for `--pin`: `maud` is not `member=role`"),
    "a budget below nothing": (
        ("--budget", "-1"),
        "invalid value for `--budget`: `-1` is less than 0 (write a whole number, 0 or more)",
    ),
    "an unknown solver": (
        ("--solver", "other"),
        "invalid value for `--solver`: `other` is not one of `auto`, `own`, `highs`",
    ),
    "an unknown format": (
        ("--save", "plan.txt"),
        f"invalid value for `--save`: the format of `plan.txt` is unknown ({ENDINGS})",
    ),
    "a folder in place of a file": (
        ("--save", "folder.yaml"),
        "invalid value for `--save`: File `folder.yaml` is a directory",
    ),
}
SAID = {
    **{case: (given, f"cmcore: error: {said}\n") for case, (given, said) in BAD.items()},
    **{
        case: (given, f"cmcore: error: {said} (try `cmcore assign --help`)\n")
        for case, (given, said) in BAD_USAGE.items()
    },
    "no plan": (("--previous", "none.yaml"), "none.yaml: error: no such file or directory\n"),
}


class TestBadInput:
    @pytest.mark.parametrize("case", SAID)
    def test_it_is_one_line_and_nothing_is_done(self, run: Run, case: str) -> None:
        Path("folder.yaml").mkdir()
        given, said = SAID[case]
        shown = run("assign", "team.yaml", "needs.yaml", *given)
        assert (shown.exit_code, shown.stdout, shown.stderr) == (2, "", said)

    def test_a_folder_that_is_not_there_is_told_first(self, run: Run) -> None:
        shown = run("assign", "none.yaml", "needs.yaml", "--save", "no/plan.yaml")
        assert shown.exit_code == 2
        assert f"there is no folder `{Path('no').resolve()}`" in shown.stderr

    def test_all_that_is_unknown_is_told_at_once(self, run: Run) -> None:
        shown = run(*("assign", "team.yaml", "needs.yaml", "--pin", "a=b", "--ban", "c=analyst"),
                    *("--why-not", "zoe=d", "--without", "e", "--without", "zoe"))  # fmt: skip
        assert shown.exit_code == 2
        assert [line.split(":")[2].strip() for line in shown.stderr.splitlines()] == [
            "--pin a=b", "--pin a=b", "--ban c=analyst", "--why-not zoe=d", "--without",
        ]  # fmt: skip

    def test_every_problem_of_a_plan_has_its_file_and_line(self, run: Run) -> None:
        shown = run("assign", "team.yaml", "needs.yaml", "--previous", "broken.yaml")
        assert shown.exit_code == 2
        assert shown.stderr.splitlines() == [
            "broken.yaml:1: error: plan.maud[1]: `3` is not text (put it in quotes)",
            "broken.yaml:2: error: plans: `plans` is not a known key (did you mean `plan`?)",
        ]

    def test_needs_of_another_team_are_told(self, run: Run) -> None:
        Path("other.yaml").write_text("needs: x\nseats: {editor: 1}\n", encoding="utf-8")
        shown = run("assign", "team.yaml", "other.yaml")
        assert shown.exit_code == 2
        assert "no role is called `editor`" in shown.stderr
