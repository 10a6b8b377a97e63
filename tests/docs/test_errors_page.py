"""The page on errors tells the limits that there are."""

import re
from pathlib import Path

import pytest

from cmcore.base.counts import MAX_DIGITS
from cmcore.base.errors import MAX_PROBLEMS
from cmcore.circuits.quorum import MOST_APPROVERS
from cmcore.codec import bounds
from cmcore.teams.cover import _absences as leaving
from cmcore.teams.needs import MOST_PEOPLE

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "errors.md"
LIMITS = {
    "length": f"{bounds.MAX_BYTES // 2**20} MiB",
    "nesting": f"{bounds.MAX_DEPTH} levels",
    "values": f"{bounds.MAX_NODES:,}",
    "digits of a whole number": f"{MAX_DIGITS}",
    "problems that are listed": f"{MAX_PROBLEMS:,}",
    "people that a need or a stage asks for": f"{min(MOST_PEOPLE, MOST_APPROVERS):,}",
    "absences tried by a coverage": f"{leaving.MOST_TRIED:,}",
}


@pytest.mark.parametrize("limit", LIMITS)
def test_the_page_tells_a_limit_as_it_is(limit: str) -> None:
    told = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert told[limit] == LIMITS[limit]
    assert MOST_PEOPLE == MOST_APPROVERS
