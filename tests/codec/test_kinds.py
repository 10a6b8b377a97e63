"""A file of another kind than was asked for is told as that, once."""

from itertools import permutations
from typing import Any

import pytest

from cmcore import (
    Charter,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Organisation,
    Plan,
    Playbook,
    RequestLog,
    Team,
    parse,
)
from cmcore.decisionlog import Redaction

MADE: dict[str, type[Any]] = {
    "charter": Charter, "desk": Desk, "incident": Incident, "needs": Needs, "plan": Plan,
    "playbook": Playbook, "requests": RequestLog, "team": Team,
    "redaction": Redaction,
}  # fmt: skip
TEXTS = {
    "charter": "charter: a\ndefault: d\ncircuits: {d: [{ask: {role: a}}]}\n",
    "desk": "desk: a\nroutes: [b]\n",
    "incident": "incident: a\nevents: [{opened: o, at: 2026-03-02T09:00Z}]\n",
    "needs": "needs: a\nseats: {b: 1}\n",
    "plan": "plan: {ana: [b]}\n",
    "playbook": "playbook: a\nduties: [{answer: a, within: 1 h}]\n",
    "requests": "events: [{received: r, at: 2026-03-02T09:00Z, network: x}]\n",
    "team": "team: a\nmembers: {ana: }\n",
    "redaction": "erase: [author]\nmask: [text]\n",
}


@pytest.mark.parametrize(("held", "wanted"), [*permutations(TEXTS, 2)])
def test_another_kind_is_told_once(held: str, wanted: str) -> None:
    assert parse(TEXTS[wanted], MADE[wanted])
    with pytest.raises(InvalidError) as caught:
        parse(TEXTS[held], MADE[wanted])
    (problem,) = caught.value.problems
    assert problem.code == "other-kind"
    assert dict(problem.params) == {"found": held, "wanted": wanted}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_broken_file_of_its_own_kind_is_not_taken_for_another(kind: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(TEXTS[kind] + "events?: []\n", MADE[kind])
    assert {problem.code for problem in caught.value.problems} == {"unknown-key"}


@pytest.mark.parametrize("key", ["organization", "Organisation", "organsation"])
def test_a_key_that_is_almost_that_of_a_kind_says_that_it_is_of_that_kind(key: str) -> None:
    text = f"{key}: shop\nteam: {{team: t}}\n"
    with pytest.raises(InvalidError) as raised:
        parse(text, Organisation)
    assert {problem.code for problem in raised.value.problems} == {"unknown-key", "missing-key"}
