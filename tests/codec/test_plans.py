"""Plans as files, and what assignments are as plain data."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import (
    InvalidError,
    Member,
    Needs,
    Plan,
    Role,
    Seats,
    Team,
    Watch,
    Week,
    assign,
    dump,
    parse,
    schema,
    structure,
    unstructure,
    verify,
    what_if,
    why_not,
)
from cmcore.base.ids import LONGEST_ID
from cmcore.codec.documents import parse_document
from cmcore.codec.plans import PLAN
from cmcore.strategies import (
    alternatives as some_alternatives,
)
from cmcore.strategies import (
    assignments,
    plan_diffs,
    plans,
    questions,
    verifications,
    what_ifs,
    why_nots,
)
from cmcore.teams import (
    Alternatives,
    Assignment,
    PlanDiff,
    Question,
    Status,
    Verification,
    WhatIf,
    WhyNot,
    alternatives,
)

TEAM = Team(
    "brume",
    [
        Member("maud", roles={"coordinator"}, skills={"organisation", "writing"}),
        Member(
            "yann",
            roles={"author"},
            skills={"writing"},
            affinity={"author": 700},
            most_roles=1,
        ),
        Member("zoe", skills={"writing"}, affinity={"author": 900}),
    ],
    [Role("author", requires={"writing"}), Role("coordinator", requires={"organisation"}),
     Role("analyst", requires={"figures"})],
)  # fmt: skip
NEEDS = Needs("social", seats=[Seats("author", 1, 1), Seats("coordinator"), Seats("analyst")])
EVERYTHING = st.one_of(
    assignments(), questions(), plan_diffs(), verifications(), some_alternatives(), why_nots(),
    what_ifs(),
)  # fmt: skip


def problems(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InvalidError) as caught:
        parse(text, Plan)
    return [(str(problem.at_line(None)), problem.line) for problem in caught.value.problems]


class TestPlan:
    """A plan is a mapping of members to their roles."""

    def test_it_reads_as_people_write_it(self) -> None:
        text = "plan:\n  maud: [coordinator, analyst]\n  yann: author\n  zoe: []\n  ivo:\n"
        pairs = [("maud", "analyst"), ("maud", "coordinator"), ("yann", "author")]
        assert parse(text, Plan) == Plan(pairs)

    def test_it_is_written_as_it_reads(self) -> None:
        made = Plan([("yann", "author"), ("maud", "coordinator"), ("maud", "analyst")])
        assert unstructure(made) == {
            "plan": {"maud": ["analyst", "coordinator"], "yann": ["author"]}
        }

    def test_a_plan_of_nobody_is_one(self) -> None:
        assert parse("plan: {}", Plan) == Plan()
        assert unstructure(Plan()) == {"plan": {}}

    def test_every_problem_has_its_place_and_line(self) -> None:
        text = (
            "plan:\n  maud: [coordinator, 3, '']\n  yann: {author: 1}\n  zoe: 4\n"
            "  ' ivo': author\n  lou: ' '\nplans: {}\n"
        )
        as_in = "as in `[coordinator, analyst]`"
        an_id = "(1 to 200 printable characters, no spaces at either end)"
        assert problems(text) == [
            ("plan.maud[1]: `3` is not text (put it in quotes)", 2),
            (f"plan.maud[2]: `` cannot be an id {an_id}", 2),
            (f"plan.yann: expected a list of roles, not a mapping ({as_in})", 3),
            ("plan.zoe: `4` is not a list", 4),
            (f"plan. ivo: `ivo` cannot be an id {an_id}", 5),
            (f"plan.lou: `` cannot be an id {an_id}", 6),
            ("plans: `plans` is not a known key (did you mean `plan`?)", 7),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{}", "plan: `plan` is missing (say who holds what, as in `plan: {maud: [analyst]}`)"),
            ("plan:", "plan: expected a mapping, not nothing (as in `{ana: [writer]}`)"),
            (
                "plan: [[maud, author]]",
                "plan: expected a mapping, not a list (as in `{ana: [writer]}`)",
            ),
            ("maud", "`maud` is not a mapping"),
            ("plan: {3: author}", 'plan: the key `3` is not text (quote it: `"3"`)'),
        ],
    )
    def test_what_is_no_plan_is_refused(self, text: str, said: str) -> None:
        assert [told for told, _ in problems(text)] == [said]


class TestSchema:
    """The schema of plan files accepts what the library does."""

    made = schema(Plan)
    judge = Draft202012Validator(made)

    def test_it_is_one_and_knows_every_key(self) -> None:
        Draft202012Validator.check_schema(self.made)
        assert self.made["properties"].keys() == PLAN.names

    @given(plans())
    def test_it_accepts_every_plan(self, plan: Plan) -> None:
        assert self.judge.is_valid(unstructure(plan))

    @pytest.mark.parametrize("roles", [None, [], "author", ["author", "analyst"], "x" * LONGEST_ID])
    def test_both_accept_every_way_to_write_roles(self, roles: Any) -> None:  # noqa: ANN401
        structure({"plan": {"maud": roles}}, Plan)
        assert self.judge.is_valid({"plan": {"maud": roles}})

    @pytest.mark.parametrize(
        "data",
        [
            {}, {"plan": None}, {"plan": []}, {"plan": {}, "team": "brume"},
            {"plan": {"maud": 1}}, {"plan": {"maud": [1]}}, {"plan": {"maud": [[]]}},
            {"plan": {"maud": {"author": 1}}}, {"plan": {"maud": ""}}, {"plan": {"": "author"}},
            {"plan": {"maud": "x" * (LONGEST_ID + 1)}},
        ],
    )  # fmt: skip
    def test_both_refuse_what_is_wrong(self, data: object) -> None:
        assert not self.judge.is_valid(data)
        with pytest.raises(InvalidError):
            structure(data, Plan)


class TestAssignments:
    """Assignments, and what is asked of them, are plain data, with the team and the needs."""

    @given(EVERYTHING)
    def test_they_are_plain_in_every_format(self, found: object) -> None:
        plain = unstructure(found)
        assert json.loads(json.dumps(plain)) == plain
        for form in ("json", "yaml", "toml"):
            assert parse_document(dump(found, format=form), form) == plain

    @given(assignments())
    def test_an_assignment_tells_all_it_found(self, found: Assignment) -> None:
        plain: Any = unstructure(found)
        told = {
            level["goal"]: (level["value"], level["bound"]) for level in plain.get("levels", ())
        }
        assert told == {level.goal: (level.value, level.bound) for level in found.levels}
        assert plain["status"] == found.status
        assert len(plain.get("lacks", ())) == len(found.lacks)
        if found.levels:
            assert structure({"plan": plain["plan"]}, Plan) == found.plan
            assert structure({"moves": plain["moves"]}, PlanDiff) == found.diff
        else:
            assert not {"plan", "moves", "levels"} & plain.keys()

    def test_an_assignment_has_its_team_and_its_needs(self) -> None:
        start = datetime(2026, 3, 2, tzinfo=UTC)
        watch = Watch(Week.parse("Mon 09:00-10:00"), role="author")
        asked = Needs("social", seats=[Seats("analyst")], hours=[watch])
        found = assign(
            TEAM, asked, previous=[("yann", "author")], pins=[("maud", "author")],
            bans=[("zoe", "author")], start=start, stop=start + timedelta(days=1),
        )  # fmt: skip
        assert unstructure(found) == {
            "team": unstructure(TEAM),
            "needs": unstructure(asked),
            "previous": {"yann": ["author"]},
            "pins": {"maud": ["author"]},
            "bans": {"zoe": ["author"]},
            "window": {"start": "2026-03-02T00:00:00+00:00", "stop": "2026-03-03T00:00:00+00:00"},
            "status": "optimal",
            "plan": {"maud": ["author"], "yann": ["author"]},
            "moves": [{"member": "maud", "takes": ["author"]}],
            "levels": [
                {"goal": "shortage", "value": 1, "bound": 1, "unit": "seats"},
                {"goal": "hours", "value": 60, "bound": 60, "unit": "minutes"},
                {"goal": "loads", "value": 0, "bound": 0, "unit": "roles"},
                {"goal": "changes", "value": 1, "bound": 1, "unit": "pairs"},
                {"goal": "affinity", "value": 700, "bound": 700, "unit": "affinity"},
                {"goal": "balance", "value": 2, "bound": 2, "unit": "squares"},
            ],
            "lacks": [
                {"kind": "seats", "path": ["seats", "analyst"], "what": {"role": "analyst"},
                 "asked": 1, "size": 1},
                {"kind": "hours", "path": ["hours", 0], "what": {"role": "author"}, "asked": "1 h",
                 "size": "1 h", "week": "Mon 09:00-10:00", "zone": "UTC"},
            ],
            "reasons": [
                {"cause": "need", "path": ["hours", 0], "roles": ["author"],
                 "watch": {"week": "Mon 09:00-10:00", "role": "author"}},
                {"cause": "need", "path": ["seats", "analyst"], "roles": ["analyst"]},
            ],
            "nodes": found.nodes,
            "solver": "own",
        }  # fmt: skip

    def test_a_block_is_told(self) -> None:
        plain: Any = unstructure(assign(TEAM, NEEDS))
        assert plain["blocks"] == [{"roles": ["analyst"], "people": [], "wanted": 1, "filled": 0}]

    def test_pins_that_contradict_are_told_and_no_plan(self) -> None:
        found = assign(TEAM, NEEDS, pins=[("zoe", "coordinator")])
        plain: Any = unstructure(found)
        assert plain["status"] == "infeasible"
        assert plain["conflicts"] == [
            {"breach": "unfit", "people": ["zoe"], "roles": ["coordinator"]}
        ]
        assert not {"plan", "moves", "levels"} & plain.keys()

    def test_a_difference_is_its_moves_and_a_question_what_was_asked(self) -> None:
        found = assign(TEAM, NEEDS, previous=[("zoe", "author"), ("zoe", "analyst")])
        assert unstructure(found.diff) == {
            "moves": [
                {"member": "maud", "takes": ["coordinator"]},
                {"member": "zoe", "leaves": ["analyst"]},
            ]
        }
        assert unstructure(PlanDiff()) == {}
        assert unstructure(found.question) == {
            "team": unstructure(TEAM),
            "needs": unstructure(NEEDS),
            "previous": {"zoe": ["analyst", "author"]},
        }

    def test_a_verification_names_the_value_of_each_goal(self) -> None:
        broken = Plan([("maud", "author"), ("yann", "author")])
        assert unstructure(verify(TEAM, NEEDS, broken)) == {
            "is_sound": False,
            "values": {
                "shortage": 2,
                "hours": 0,
                "loads": 0,
                "changes": 2,
                "affinity": 700,
                "balance": 2,
            },
            "conflicts": [{"breach": "seats", "people": ["maud", "yann"], "roles": ["author"]}],
            "lacks": [
                {
                    "kind": "seats",
                    "path": ["seats", role],
                    "what": {"role": role},
                    "asked": 1,
                    "size": 1,
                }
                for role in ("analyst", "coordinator")
            ],
        }


class TestAnswers:
    """What is asked of an assignment."""

    found = assign(TEAM, NEEDS)

    def test_why_not_has_costs_and_moves_without_those_that_are_none(self) -> None:
        assert unstructure(why_not(self.found, "zoe", "author")) == {
            "member": "zoe",
            "role": "author",
            "status": "optimal",
            "is_held": False,
            "costs": [{"goal": "changes", "amount": 2}, {"goal": "affinity", "amount": -200}],
            "moves": [
                {"member": "zoe", "takes": ["author"]},
                {"member": "yann", "leaves": ["author"]},
            ],
        }
        assert unstructure(why_not(self.found, "zoe", "coordinator")) == {
            "member": "zoe",
            "role": "coordinator",
            "status": "infeasible",
            "is_held": False,
            "lacks": ["organisation"],
            "conflicts": [{"breach": "unfit", "people": ["zoe"], "roles": ["coordinator"]}],
        }

    def test_alternatives_are_the_roles_of_each_member(self) -> None:
        assert unstructure(alternatives(self.found)) == {
            "necessary": {"maud": ["coordinator"], "yann": ["author"]},
            "possible": {},
            "impossible": {"maud": ["author"], "zoe": ["author"]},
            "unknown": {},
        }
        open_ = Alternatives((), unknown=(("zoe", "author"), ("zoe", "analyst")))
        plain: Any = unstructure(open_)
        assert plain["unknown"] == {"zoe": ["author", "analyst"]}

    def test_what_if_tells_who_left_joined_and_learned(self) -> None:
        made = what_if(
            self.found, leaves=["yann"], joins=[Member("lou")], learns={"maud": ["figures"]}
        )
        plain: Any = unstructure(made)
        assert plain["left"] == ["yann"]
        assert plain["joined"] == ["lou"]
        assert plain["learned"] == {"maud": ["figures"]}
        assert plain["opened"] == -1
        assert plain["before"] == unstructure(self.found)
        assert plain["after"]["plan"]["maud"] == ["analyst", "coordinator"]

    def test_what_if_has_nothing_opened_where_no_plan_is_found(self) -> None:
        stuck = assign(TEAM, NEEDS, pins=[("zoe", "coordinator")])
        plain: Any = unstructure(what_if(stuck))
        assert plain.keys() == {"before", "after"}


@pytest.mark.parametrize("kind", [Assignment, Question, Verification, Alternatives, WhatIf, WhyNot])
def test_what_is_found_is_not_read_back(kind: type) -> None:
    with pytest.raises(InvalidError):
        structure({"status": Status.OPTIMAL.value}, kind)
