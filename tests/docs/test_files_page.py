"""The table of keys names every key that a charter file may have, and no other."""

import re
from pathlib import Path

from cmcore.codec.charters import CHARTER
from cmcore.codec.circuits import CIRCUIT, STAGE
from cmcore.codec.expectations import EXPECTATION
from cmcore.codec.guarantees import EXAMPLE, GUARANTEE
from cmcore.codec.rules import LABEL, OWN_KIND, RULE

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "files.md").read_text("utf-8")
PARTS = (
    CHARTER.names,
    OWN_KIND.names,
    EXPECTATION.names,
    GUARANTEE.names,
    EXAMPLE.names,
    LABEL.names,
    CIRCUIT.names,
    STAGE.names,
    RULE.names,
)


def test_every_key_of_a_charter_file_stands_in_the_table() -> None:
    table = PAGE.partition("[start:keys]")[2].partition("[end:keys]")[0]
    parts = table.split("\n| **")
    assert len(parts) == len(PARTS)
    for part, keys in zip(parts, PARTS, strict=True):
        heads = [line.split("|")[1] for line in part.splitlines()[1:] if line.startswith("| `")]
        assert {key for head in heads for key in re.findall(r"`([^`]+)`", head)} == keys
