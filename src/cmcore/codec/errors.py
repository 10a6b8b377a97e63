"""Problems to and from plain data: the code and what goes with it, beside the sentences."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from cmcore.base.errors import Problem, refuse
from cmcore.base.language import LANGUAGES
from cmcore.base.shown import Param
from cmcore.codec.bounds import Data
from cmcore.codec.forms import Form, Key
from cmcore.codec.plain import Gather, as_int, as_mapping, as_text, each, wrong
from cmcore.codec.shapes import named
from cmcore.codec.values import TEXT, Value, as_it_is, list_of, whole_number


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


def _write_params(params: Mapping[str, Param]) -> Data:
    return {n: list(given) if isinstance(given, tuple) else given for n, given in params.items()}


def _problem(
    code: str,
    path: Iterable[str | int],
    params: dict[str, Param],
    **told: Any,  # noqa: ANN401 - the other fields
) -> Problem:
    """Return a problem, which makes its sentences again."""
    # the problem itself knows its codes
    line, hint, file = told["line"], told["hint_code"], told["file"]
    spelt = told["spelt"]
    made = Problem(cast("Any", code), tuple(path), line, hint, params, file=file, spelt=spelt)
    try:
        for language in LANGUAGES:
            made.text(language)
    except (KeyError, ValueError) as error:
        raise refuse("unfit-parameters", "params", given=code) from error
    return made


def _spelt(data: object) -> dict[str, str]:
    gather = Gather()
    made = {key: gather.at((key,), as_text, one) for key, one in as_mapping(data).items()}
    return cast("dict[str, str]", gather.made(made))


_SPELT: Final = Value(_spelt, named(TEXT.schema), dict, {})
_SENTENCE: Final = Value(as_it_is, TEXT.schema)
PROBLEM: Final = Form(
    _problem,
    "Problem",
    "Something wrong with what was given.",
    Key("code", TEXT, "What kind of problem it is.", missing="", needed=True),
    Key("message", _SENTENCE, "What is wrong, in English."),
    Key(
        "params", Value(_params, named({}), _write_params, {}), "What the sentences are made with."
    ),
    Key("path", list_of(Value(_step, {"type": ["string", "integer"]})), "Where it is."),
    Key("file", TEXT, "Which file it is in, of those that a file names."),
    Key("line", whole_number(1), "The line of the file."),
    Key("hint", _SENTENCE, "What to do, in English."),
    Key("spelt", _SPELT, "What its sentences write -> what the file has for it.", missing={}),
    Key("hint_code", TEXT, "Which hint it is."),
    instead=dict,
)
