import pickle
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base import Problem
from cmcore.base.errors import (
    CmcoreError,
    InvalidError,
    MissingExtraError,
    refuse,
    show_path,
)

NEAR = Problem.of("unknown-fact", fact="knd", near=["kind"])
FAR = Problem.of("unknown-circuit", name="x", near=(), known=["desk", "crisis"])
paths = st.lists(st.text(max_size=5) | st.integers(0, 99), max_size=4).map(tuple)
problems = st.from_type(Problem)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ((), ""),
        (("rules",), "rules"),
        (("rules", 3, "when", "topics"), "rules[3].when.topics"),
        ((0, "act"), "[0].act"),
        (("rules", 0, 1), "rules[0][1]"),
        (("at least",), "at least"),
    ],
)
def test_a_path_reads_as_people_write_it(path: tuple[Any, ...], shown: str) -> None:
    assert show_path(path) == shown


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        (Problem("bad-date"), "a date or a time is not valid"),
        (Problem("bad-date", hint="quote"), "a date or a time is not valid (put it in quotes)"),
        (Problem("bad-date", ("rules", 1)), "rules[1]: a date or a time is not valid"),
        (Problem("bad-date", (), 7), "line 7: a date or a time is not valid"),
        (Problem("trailing-comma", ("a",), 7), "a, line 7: a `,` comes last (remove it)"),
        (NEAR, "there is no fact `knd` (did you mean `kind`?)"),
        (FAR, "no circuit is called `x` (one of `desk`, `crisis`)"),
    ],
)
def test_a_problem_says_where_it_is_and_what_to_do(problem: Problem, shown: str) -> None:
    assert str(problem) == shown


@given(problems, paths, paths)
def test_placing_a_problem_twice_is_placing_it_once_deeper(
    problem: Problem, outer: tuple[Any, ...], inner: tuple[Any, ...]
) -> None:
    assert problem.under(*inner).under(*outer) == problem.under(*outer, *inner)
    assert problem.under() == problem
    assert problem.under(*outer).path == (*outer, *problem.path)


@given(problems, st.none() | st.integers(1, 99))
def test_putting_a_problem_on_a_line_changes_nothing_else(
    problem: Problem, line: int | None
) -> None:
    moved = problem.at_line(line)
    assert moved.line == line
    assert moved.at_line(problem.line) == problem


@given(st.lists(problems, max_size=3))
def test_an_error_lists_all_its_problems_and_survives_pickling(many: list[Problem]) -> None:
    error = InvalidError(iter(many))
    assert error.problems == tuple(many)
    assert all(str(problem) in str(error) for problem in many)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - what we pickled ourselves
    assert again.problems == error.problems
    assert str(again) == str(error)


def test_one_problem_is_told_alone_and_several_in_a_list() -> None:
    one, other = Problem("no-null"), Problem("bad-date")
    assert str(InvalidError([one])) == str(one)
    assert str(InvalidError([one, other])) == f"2 problems\n- {one}\n- {other}"


def test_errors_are_caught_as_what_they_are() -> None:
    assert issubclass(InvalidError, CmcoreError)
    assert issubclass(InvalidError, ValueError)
    assert issubclass(MissingExtraError, CmcoreError)
    assert issubclass(MissingExtraError, ImportError)


def test_a_missing_extra_names_the_command_to_run_and_survives_pickling() -> None:
    error = MissingExtraError("PyYAML")
    assert str(error) == "`PyYAML` is not installed (run `pip install 'cmcore[yaml]'`)"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - what we pickled ourselves
    assert (again.package, again.extra, str(again)) == ("PyYAML", "yaml", str(error))


def test_refusing_makes_an_error_of_one_problem() -> None:
    made = Problem("bad-id", ("a", 1), hint="quote", params={"given": "", "most": 3})
    assert refuse("bad-id", "a", 1, hint="quote", given="", most=3).problems == (made,)
    assert refuse("no-null").problems == (Problem("no-null"),)


def test_known_names_are_left_out_where_there_is_none() -> None:
    assert Problem.of("unknown-fact", fact="x", near=[], known=()) == Problem.of(
        "unknown-fact", fact="x"
    )
    assert NEAR.params == {"fact": "knd", "near": ("kind",)}


def test_a_problem_has_a_code_of_the_tables_and_what_its_sentence_needs() -> None:
    odd: Any = "no-such-code"
    with pytest.raises(InvalidError, match=r"^code: `no-such-code` is not a valid choice"):
        Problem(odd)
    with pytest.raises(InvalidError, match="no problem or hint has the code `no-such-code`"):
        Problem("bad-date", hint=odd)
    with pytest.raises(InvalidError, match="the problem `bad-id` needs `given`, `most`"):
        Problem("bad-id")
    with pytest.raises(InvalidError, match="there are no sentences in `de`"):
        NEAR.text(cast("Any", "de"))


def test_the_sort_of_a_problem_is_that_of_its_code() -> None:
    assert NEAR.category == "unknown"
    assert Problem.of("not-asked", by="bob").category == "forbidden"
    assert Problem("bad-date").category == "invalid"


def test_an_error_of_no_kind_says_that_something_is_wrong_in_both_languages() -> None:
    said = {CmcoreError().text("en"), CmcoreError().text("fr")}
    assert len(said) == 2
    assert all(said)
