"""Redactions to and from plain data, the way redaction files write them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.ids import nearest
from cmcore.codec.forms import Form, Key
from cmcore.codec.french import key_in_french, value_in_french
from cmcore.codec.plain import Readers, Writers, as_list, as_text
from cmcore.codec.shapes import either, listed
from cmcore.codec.values import TEXT, Parts
from cmcore.decisionlog.redactions import (
    ALIKE,
    NOT_HELD,
    REDACTABLE,
    Redaction,
    redactable_problems,
)


@cache
def _in_french() -> tuple[frozenset[str], frozenset[str]]:
    """Return the French of what a log holds, and of facts of which it holds nothing."""
    held = frozenset(value_in_french(name, "redaction") for name in REDACTABLE)
    return held, frozenset(map(key_in_french, NOT_HELD)) - held


def _many(data: object) -> list[Any]:
    """Return a list of names; one name alone stands for a list of one."""
    return [data] if isinstance(data, str) else as_list(data)


def _name(data: object) -> str:
    """Return what a redaction may name: a fact, or a label, which is no slip of a fact."""
    name = as_text(data)
    refuse_any(redactable_problems(name))
    if name in REDACTABLE:
        return name
    held, not_held = _in_french()
    near = nearest(name, sorted(held), alike=ALIKE)
    if near or name in not_held:
        raise refuse("unknown-redaction", name=name, near=near)
    return name


_ONE: Final = either({"enum": sorted(REDACTABLE)}, TEXT.schema)
_NAMES: Final = Parts(_many, either(_ONE, listed(_ONE)), sorted, one=_name)
REDACTION: Final = Form(
    Redaction,
    "redaction",
    "What a decision log leaves out.",
    Key("erase", _NAMES, "The facts of which nothing is kept, as rules name them.", always=True),
    Key("mask", _NAMES, "The facts of which a digest is kept, as rules name them."),
)


def _read(data: object) -> Redaction:
    """Return what a file leaves out; what is wrong with a name is placed where it stands."""
    try:
        return REDACTION.read(data)
    except InvalidError as error:
        raise InvalidError(_placed(problem, data) for problem in error.problems) from None


def _placed(problem: Problem, data: object) -> Problem:
    """Return a problem of a name in a list, placed in that list."""
    name = problem.params.get("name")
    if len(problem.path) != 1 or not isinstance(data, Mapping):
        return problem
    many: Any = data.get(problem.path[0])
    is_listed = isinstance(many, list) and name in many
    return problem.at(*problem.path, many.index(name)) if is_listed else problem


#: Type -> its reader from plain data, and its writer.
READERS: Final[Readers] = {Redaction: _read}
WRITERS: Final[Writers] = {Redaction: REDACTION.write}
