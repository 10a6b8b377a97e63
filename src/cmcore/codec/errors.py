"""Problems to and from plain data: the code and what goes with it, beside the sentences."""

from typing import Any, Final, cast

from cmcore.base.errors import Problem, refuse
from cmcore.base.shown import Param
from cmcore.codec.bounds import Data
from cmcore.codec.plain import as_int, as_mapping, as_text, each, kept, opened, wrong

#: The sentences are made again from the rest.
_KEYS: Final = ("code", "message", "params", "path", "line", "hint", "hint_code")


def write_problem(problem: Problem) -> dict[str, Data]:
    """Return the plain data of a problem, with its English sentences."""
    params = {name: _written(given) for name, given in problem.params.items()}
    return kept(
        {
            "code": problem.code,
            "message": problem.message,
            "params": params or None,
            "path": list(problem.path) or None,
            "line": problem.line,
            "hint": problem.hint,
            "hint_code": problem.hint_code,
        }
    )


def _written(given: Param) -> Data:
    return list(given) if isinstance(given, tuple) else given


def read_problem(data: object) -> Problem:
    """Return the problem that a mapping writes; its sentences are not read."""
    item, gather = opened(data, _KEYS, {"code": None})
    code = gather.key(item, "code", as_text, "")
    path = gather.key(item, "path", _path, ())
    line = gather.key(item, "line", as_int, None)
    hint = gather.key(item, "hint_code", as_text, None)
    params = gather.key(item, "params", _params, {})
    gather.done()
    # the problem itself knows its codes
    made = Problem(cast("Any", code), path, line, hint, params)
    try:
        made.text()
    except (KeyError, ValueError) as error:
        raise refuse("unfit-parameters", "params", given=code) from error
    return made


def _path(data: object) -> tuple[str | int, ...]:
    return tuple(each(data, _step))


def _step(data: object) -> str | int:
    return as_text(data) if isinstance(data, str) else as_int(data)


def _params(data: object) -> dict[str, Param]:
    return {name: _param(given) for name, given in as_mapping(data).items()}


def _param(data: object) -> Param:
    if isinstance(data, list):
        return tuple(each(cast("object", data), _step))
    if isinstance(data, bool | int | float | str):
        return data
    raise wrong(data, "parameter")
