"""Stored values: what an earlier version of the library packed is read equal by this one.

`tests/stored` has a file for each version, with one value of each kind.
"""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmcore
from cmcore import Act, Charter, InvalidError, Plan, Review, unstructure
from cmcore.base.offers import offered
from cmcore.charters import Finding
from cmcore.codec import pack, packs, unpack
from cmcore.decisionlog import LogEntry, Replay, replay
from cmcore.reviews import Approved, ReviewEvent
from cmcore.strategies import charters, reviews

FILES: Final = sorted(Path(__file__).parents[1].joinpath("stored").glob("*.json"))
STORED: Final = {path.stem: json.loads(path.read_text("utf-8")) for path in FILES}
VALUES: Final = [
    (version, kind) for version, held in STORED.items() for kind in sorted(held["packed"])
]
PLAN: Final = Plan([("maud", "author")])


@pytest.mark.parametrize(("version", "kind"), VALUES)
def test_what_a_version_stored_is_read_equal(version: str, kind: str) -> None:
    packed = STORED[version]["packed"][kind]
    thing = unpack(packed, offered()[kind])
    assert unstructure(thing) == json.loads(packed)["value"]
    assert unpack(pack(thing), type(thing)) == thing


@pytest.mark.parametrize("version", STORED)
def test_digests_that_a_version_stored_are_found_again(version: str) -> None:
    packed, digests = STORED[version]["packed"], STORED[version]["digests"]
    assert unpack(packed["Charter"], Charter).digest == digests["Charter"]
    assert unpack(packed["Act"], Act).digest() == digests["Act"]


@pytest.mark.parametrize("version", STORED)
def test_what_services_store_is_among_what_a_version_stored(version: str) -> None:
    kept = {"Act", "Charter", "Decision", "Incident", "LogEntry", "RequestLog", "Review", "Team"}
    assert kept <= STORED[version]["packed"].keys()


def test_the_version_that_runs_has_stored_values() -> None:
    assert cmcore.__version__ in STORED


@given(st.one_of(charters(max_rules=2), reviews()))
def test_what_is_packed_is_unpacked_equal(thing: Charter | Review) -> None:
    assert unpack(pack(thing), type(thing)) == thing
    assert "\n" not in pack(thing)


def test_a_value_is_read_as_its_kind_or_one_that_includes_it() -> None:
    packed = STORED["0.1.0"]["packed"]["Approved"]
    assert isinstance(unpack(packed, ReviewEvent), Approved)
    with pytest.raises(InvalidError, match="`Approved`, not a `Plan`"):
        unpack(packed, Plan)


@pytest.mark.parametrize(
    ("changed", "code", "path"),
    [
        ({"format": 2, "other": 1}, "later-format", ("format",)),
        ({"format": 0}, "later-format", ("format",)),
        ({"format": "1"}, "wrong-value", ("format",)),
        ({"kind": "nothing"}, "other-value", ("kind",)),
        ({"kind": "decide"}, "other-value", ("kind",)),
        ({"other": 1}, "unknown-key", ("other",)),
        ({"value": {"plan": {}, "other": 1}}, "unknown-key", ("value", "other")),
    ],
)
def test_what_was_not_packed_is_refused(
    changed: dict[str, Any], code: str, path: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidError) as failure:
        unpack(json.dumps({**json.loads(pack(PLAN)), **changed}), Plan)
    assert [(one.code, one.path) for one in failure.value.problems][:1] == [(code, path)]


def test_a_format_of_before_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a later version reads what this one wrote, once it writes something otherwise."""
    written = pack(PLAN).replace('"plan"', '"assignments"')
    monkeypatch.setattr(packs, "FORMAT", 2)

    def renamed(kind: str, data: dict[str, Any]) -> dict[str, Any]:
        return {"plan": data["assignments"]} if kind == "Plan" else data

    monkeypatch.setattr(packs, "_MIGRATIONS", {1: renamed})
    assert unpack(written, Plan) == PLAN


@pytest.mark.parametrize("thing", [1, "text", [PLAN], None, object(), Finding])
def test_what_is_no_value_is_not_packed(thing: object) -> None:
    with pytest.raises(InvalidError):
        pack(thing)


def test_what_no_file_can_hold_is_not_packed() -> None:
    with pytest.raises(InvalidError, match="U\\+D800"):
        pack(Act(text="\ud800"))


@pytest.mark.parametrize("version", STORED)
def test_what_a_version_logged_is_decided_anew(version: str) -> None:
    entry = unpack(STORED[version]["packed"]["LogEntry"], LogEntry)
    assert replay([entry], []) == Replay(untold=1, reasons={"no charter": 1},
                                         listed=replay([entry], []).listed)  # fmt: skip
