"""What a hint says to write in a file in French is of French, and can be followed there."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from cmcore import Charter, Organisation, Playbook
from cmcore.base.errors import InvalidError, Problem
from cmcore.codec.bounds import Data
from cmcore.codec.documents import dump_document, parse_document
from cmcore.codec.files import parse
from cmcore.codec.french import has_french, hours_in_french, in_french
from cmcore.codec.schemas import FILES

from .following import NOTHING, Row, keys_of
from .hints_followed import ROWS


def kind_of(row: Row) -> type[Any] | None:
    """Return what kind of file a row is about; None where it is about none."""
    held = [cell.cell_contents for cell in row.read.__closure__ or ()]
    return next((one for one in held if isinstance(one, type) and one in FILES), None)


def read(text: str) -> Data:
    return parse_document(text, "yaml")


def in_both(row: Row) -> tuple[type[Any], str, Data] | None:
    """Return the mistake of a row as a file in French has it, and its mending."""
    kind = kind_of(row)
    if kind is None:
        return None
    try:
        wrong, right = (read(row.text.replace("@", one)) for one in (row.wrong, row.right))
    except InvalidError:
        return None
    text = dump_document(in_french(wrong, kind), "yaml")
    is_french = has_french(read(text))
    return (kind, text, in_french(right, kind)) if is_french else None


def told(kind: type[Any], text: str, key: str) -> Iterator[Problem]:
    try:
        parse(text, kind)
    except InvalidError as error:
        yield from (one for one in error.problems if key in keys_of(one))


def tokens(data: Data) -> Iterator[str]:
    """Yield every key and every word of plain data."""
    if isinstance(data, dict):
        for key, one in data.items():
            yield key
            yield from tokens(one)
    elif isinstance(data, list):
        for one in data:
            yield from tokens(one)
    else:
        yield data if isinstance(data, str) else json.dumps(data)


def pieces(problem: Problem) -> list[str]:
    return re.findall("`(.+?)`(?!`)", problem.hint or "")


TOLD: Final = [
    (row, *found) for row in ROWS if row.wrote != NOTHING and (found := in_both(row)) is not None
]


def cases() -> Iterator[tuple[str, str, list[str], Data]]:
    """Yield what hints say to write, in English and in French, with the file that is mended."""
    for row, kind, text, right in TOLD:
        english = [*told(kind, row.text.replace("@", row.wrong), row.key)]
        french = [*told(kind, text, row.key)]
        if not english or not french:
            continue
        wrote = row.wrote or row.right
        if wrote in pieces(english[0]) and not re.match(r"\d{4}-", wrote):
            yield row.key, wrote, pieces(french[0]), right


CASES: Final = [*cases()]


FLAGS: Final = {"yes": "oui", "no": "non", "true": "oui", "false": "non"}


def is_followed(piece: str, right: Data) -> bool:
    """Return whether a file has what a hint says to write."""
    there = {FLAGS.get(one, one) for one in tokens(right)}
    there |= {hours_in_french(one) for one in there}
    is_pair = re.match(r"[\w ]+: ", piece) is not None
    try:
        wanted = read(f"{{{piece}}}" if is_pair else piece.replace("…", "x"))
    except InvalidError:
        wanted = piece
    asked = [one for one in tokens(wanted) if one not in {"x", "...", "null"}]
    return all(one in there or any(one in token for token in there) for one in asked)


@pytest.mark.parametrize(
    ("key", "wrote", "french", "right"),
    CASES,
    ids=[f"{n}-{key}" for n, (key, *_) in enumerate(CASES)],
)
def test_a_hint_says_what_the_file_in_french_has_to_write(
    key: str, wrote: str, french: list[str], right: Data
) -> None:
    assert any(is_followed(piece, right) for piece in french), (key, wrote, french)


def test_many_hints_are_tried() -> None:
    assert len(CASES) > 100


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        (Organisation, "organisation: o\ntitre: Mairie\nfuseau: UTC\n", "nom"),
        (Organisation, "organisation: o\ntitle: Mairie\nzone: UTC\n", "name"),
        (Charter, "charte: c\nnom: Mairie\nfuseau: UTC\n", "titre"),
        (Charter, "charter: c\nname: Mairie\nzone: UTC\n", "title"),
        (Playbook, "consignes: c\nnom: Mairie\ndevoirs: []\n", "titre"),
    ],
)
def test_a_name_and_a_title_are_meant_for_each_other(
    kind: type[object], text: str, meant: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(text, kind)
    (problem,) = [one for one in caught.value.problems if one.code == "unknown-key"]
    assert problem.params["near"] == (meant,)
