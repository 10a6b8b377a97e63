"""The page on files of organisations names every key that they may have, and its example reads."""

import re
from pathlib import Path

from jsonschema import Draft202012Validator

from cmcore import Organisation, schema
from cmcore.codec.documents import parse_document
from cmcore.codec.organisations import FIGURES, HISTORY, KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "organisation-files.md").read_text(
    "utf-8"
)


def test_every_key_stands_in_the_table() -> None:
    rows = [line.split("|") for line in PAGE.splitlines() if line.startswith("| `")]
    keys = {word for row in rows for word in re.findall(r"`([^`]+)`", row[1])}
    assert keys == KEYS | FIGURES.names | HISTORY.names | {"by", "note"}


def test_the_example_fits_the_schema() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    Draft202012Validator(schema(Organisation)).validate(parse_document(text, "yaml"))
