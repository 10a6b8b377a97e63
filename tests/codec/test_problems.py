import json
from typing import Any

import pytest
from hypothesis import given

from cmcore import InvalidError, dump, parse, structure, unstructure
from cmcore.base import Problem
from cmcore.strategies import problems, unreadable

WHOLE = Problem.of("unknown-language", "lang", language="de", known=["en", "fr"]).at_line(3)


def refused(data: object) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        structure(data, Problem)
    return [str(problem) for problem in caught.value.problems]


@given(problems())
def test_a_problem_is_read_back_equal(problem: Problem) -> None:
    assert structure(json.loads(json.dumps(unstructure(problem))), Problem) == problem


@pytest.mark.parametrize("form", ["json", "yaml", "toml"])
@given(unreadable())
def test_so_is_what_holds_problems(form: str, row: Any) -> None:  # noqa: ANN401
    assert parse(dump(row, format=form), type(row), format=form) == row


def test_a_problem_is_written_with_its_sentences_beside_its_data() -> None:
    assert unstructure(WHOLE) == {
        "code": "unknown-language",
        "message": "there are no sentences in `de`",
        "params": {"language": "de", "known": ["en", "fr"]},
        "path": ["lang"],
        "line": 3,
        "hint": "one of `en`, `fr`",
    }
    assert unstructure(Problem("bad-name", params={"given": "3"}))["code"] == "bad-name"


def test_the_sentences_are_made_anew() -> None:
    written = unstructure(WHOLE)
    assert structure({**written, "message": "?", "hint": "!"}, Problem) == WHOLE
    least = {"code": "lone-text", "params": {"given": "a"}}
    assert structure(least, Problem) == Problem.of("lone-text", given="a")


def test_a_problem_that_no_table_knows_is_refused() -> None:
    (unknown,) = refused({"code": "no-such-code"})
    assert unknown.startswith("code: `no-such-code` is not a valid choice")
    assert refused({"code": "bad-id"}) == ["params: the problem `bad-id` needs `given`, `most`"]
    unfit = {"code": "more-problems", "params": {"most": "many"}}
    assert refused(unfit) == ["params: these parameters do not fit the sentence of `more-problems`"]
    odd = {"code": "wrong-shape", "params": {"wanted": "no thing", "found": "list"}}
    assert refused(odd) == ["params: these parameters do not fit the sentence of `wrong-shape`"]


def test_what_is_no_problem_is_refused_with_every_place() -> None:
    assert len(refused({"path": [1.5], "line": "3", "params": {"a": {}}, "colour": 1})) == 5
    assert refused([]) == ["expected a mapping, not a list"]
