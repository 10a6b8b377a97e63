"""The schemas: each is one, helps with every key, and knows the keys that the codec knows."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cmcore import (
    Act,
    Charter,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Playbook,
    RequestLog,
    Team,
    View,
    dump,
    schema,
)
from cmcore.charters import Case
from cmcore.charters.conditions.operators import TAKES
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec.charters import CHARTER
from cmcore.codec.circuits import CIRCUIT, STAGE
from cmcore.codec.conditions import JOINS
from cmcore.codec.needs import MIX, SEATS, SUPERVISION, WATCH, WORK
from cmcore.codec.needs import NEEDS as NEEDS_FORM
from cmcore.codec.rules import LABEL, RULE
from cmcore.codec.teams import LEAVE_KEYS, MEMBER, ROLE, SHIFT, TEAM

Data = Any
ISSUES = (Incident, Playbook, RequestLog, Desk)


def walked(data: Data, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Data]]:
    """Yield everything in the data with its path."""
    yield path, data
    if isinstance(data, dict | list):
        for step, below in data.items() if isinstance(data, dict) else enumerate(data):
            yield from walked(below, (*path, step))


@pytest.mark.parametrize("kind", [Charter, Team, Needs, Act, Case, *ISSUES])
def test_a_schema_is_one_and_needs_no_other(kind: type) -> None:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    refs = [item for path, item in walked(made) if path[-1:] == ("$ref",)]
    assert all(ref.startswith("#/$defs/") for ref in refs)
    assert {ref.removeprefix("#/$defs/") for ref in refs} <= set(made.get("$defs", {}))
    assert dump(made, format="json")


def test_no_definition_is_idle() -> None:
    for kind in (Team, Needs, *ISSUES):
        made = schema(kind)
        refs = {item for path, item in walked(made) if path[-1:] == ("$ref",)}
        assert {f"#/$defs/{name}" for name in made["$defs"]} == refs


def test_a_schema_may_be_changed_by_who_asked_for_it() -> None:
    before = dump(schema(Team), format="json")
    for item in [item for _, item in walked(schema(Team)) if isinstance(item, dict)]:
        item.clear()
    assert dump(schema(Team), format="json") == before


@pytest.mark.parametrize("kind", [Charter, Team, Needs, Act, *ISSUES])
def test_every_key_has_its_help(kind: type) -> None:
    for path, item in walked(schema(kind)):
        if path[-2:-1] == ("properties",) and not {"if", "then"} & {*path}:
            assert item["description"].endswith("."), path
            assert item["description"][0].isupper(), path
    assert schema(kind)["title"]
    assert schema(kind)["description"]


def test_the_schema_of_charters_knows_every_key_the_codec_knows() -> None:
    made = schema(Charter)
    assert made["properties"].keys() == CHARTER.names
    assert made["$defs"]["rule"]["properties"].keys() == RULE.names
    assert made["$defs"]["stage"]["properties"].keys() == STAGE.names
    assert made["$defs"]["circuit"]["anyOf"][-1]["properties"].keys() == CIRCUIT.names
    assert made["$defs"]["label"]["anyOf"][-1]["properties"].keys() == LABEL.names
    condition = made["$defs"]["condition"]
    names = [n for n in Vocabulary().names() if not n.startswith("recent.")]
    assert condition["properties"].keys() == {*JOINS, *names}
    for kind, ops in TAKES.items():
        asked = made["$defs"][f"ask-{kind}"]
        mapping = asked["anyOf"][-1] if "anyOf" in asked else asked
        assert set(map(str, ops)) <= mapping["properties"].keys()


@pytest.mark.parametrize(
    ("kind", "name", "known"),
    [
        (Team, "role", ROLE.names),
        (Team, "member", MEMBER.names),
        (Team, "leave", LEAVE_KEYS),
        (Team, "shift", SHIFT.names),
        (Needs, "seats", SEATS.names),
        (Needs, "watch", WATCH.names),
        (Needs, "work", WORK.names),
        (Needs, "mix", MIX.names),
        (Needs, "supervision", SUPERVISION.names),
    ],
)
def test_the_schemas_of_teams_and_needs_know_the_keys_of_every_part(
    kind: type, name: str, known: frozenset[str]
) -> None:
    made = schema(kind)["$defs"][name]
    ways = [way for way in made.get("anyOf", [made]) if "properties" in way]
    assert {key for way in ways for key in way["properties"]} == known


@pytest.mark.parametrize(("kind", "known"), [(Team, TEAM.names), (Needs, NEEDS_FORM.names)])
def test_the_schemas_of_teams_and_needs_know_every_key(kind: type, known: frozenset[str]) -> None:
    assert schema(kind)["properties"].keys() == known


def test_another_type_has_no_schema() -> None:
    with pytest.raises(InvalidError) as caught:
        schema(View)
    (problem,) = caught.value.problems
    assert problem.message == "there is no schema for `View`"
    assert problem.hint is not None
    assert problem.hint.startswith(
        "one of `Charter`, `Team`, `Needs`, `Plan`, `Incident`, `Playbook`, `RequestLog`,"
        " `Desk`, `Organisation`, `Redaction`, `Act`, `Case`"
    )
