"""The tables of the page on requests name every key that a file may have, and every transition."""

import re
from pathlib import Path

from cmcore.codec.requests import DESK, KINDS, RECEIVED, REQUEST, ROUTE, TARGET
from cmcore.requests.log import TRANSITIONS, RequestState
from cmcore.requests.request import DETAILS, RequestMove

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
FILES = (REFERENCE / "request-files.md").read_text("utf-8")
REQUESTS = (REFERENCE / "requests.md").read_text("utf-8")


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ") and "|---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def words(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def test_every_event_and_what_it_tells_stands_in_the_table() -> None:
    table = [row for row in rows(FILES.partition("## A desk")[0]) if len(row) == 4][1:]
    assert [row[0] for row in table] == [f"`{kind}`" for kind in KINDS]
    for name, _, needed, others in table:
        (kind,) = words(name)
        if kind == RECEIVED:
            assert words(others) | {RECEIVED, "at"} == REQUEST.names
        else:
            assert (words(needed), words(others)) == tuple(map(set, DETAILS[RequestMove(kind)]))


def test_every_key_of_a_desk_stands_in_the_table() -> None:
    table = rows(FILES.partition("## A desk")[2])
    keys = [word for row in table[1:] for word in words(row[0])]
    assert set(keys) == DESK.names | TARGET.names | ROUTE.names


def test_every_transition_stands_in_the_table() -> None:
    table = rows(REQUESTS.partition("## What may follow what")[2].partition("## Rules")[0])
    states = [RequestState(cell) for cell in table[0][1:]]
    told = {
        RequestMove(name.strip("`")): {
            state: RequestState(cell) for state, cell in zip(states, cells, strict=True) if cell
        }
        for name, *cells in table[1:]
    }
    assert told == {move: dict(after) for move, after in TRANSITIONS.items()}
