"""What runs the examples of a page: a page is one namespace and one folder."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

RUNNER = Path(__file__).parents[2] / "docs" / "assets" / "run" / "runner.py"


def load() -> ModuleType:
    """Import the runner, which no package holds, from its file."""
    spec = importlib.util.spec_from_file_location("site_runner", RUNNER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


runner = load()


def session(text: str) -> dict[str, str]:
    return {"kind": "session", "name": "", "text": text}


def script(text: str) -> dict[str, str]:
    return {"kind": "script", "name": "", "text": text}


def file(name: str, text: str) -> dict[str, str]:
    return {"kind": "file", "name": name, "text": text}


@pytest.fixture
def page(tmp_path: Path) -> Any:  # noqa: ANN401
    return runner.Page(tmp_path / "pages")


def texts(shown: list[dict[str, Any]]) -> list[str]:
    return [each["text"] for each in shown]


def test_a_session_shows_what_a_prompt_would(page: Any) -> None:  # noqa: ANN401
    shown = page.run([session("x = 2\nx + 1\nprint('two')\nNone")])

    assert texts(shown) == ["", "3\n", "two\n", ""]
    assert [each["source"] for each in shown] == ["x = 2", "x + 1", "print('two')", "None"]
    assert not any(each["failed"] for each in shown)


def test_a_script_shows_what_it_prints(page: Any) -> None:  # noqa: ANN401
    assert texts(page.run([script("def two():\n    return 2\n\nprint(two())")])) == ["2\n"]


def test_blocks_before_are_run_too_and_only_the_last_one_shows(page: Any) -> None:  # noqa: ANN401
    steps = [file("in/a.txt", "hello"), session("from pathlib import Path")]
    shown = page.run([*steps, session("Path('in/a.txt').read_text()")])

    assert texts(shown) == ["'hello'\n"]


def test_what_ran_before_is_not_run_again_unless_it_changed(page: Any) -> None:  # noqa: ANN401
    first, second = session("seen = []"), session("seen.append(1)")
    ask = session("len(seen)")

    assert texts(page.run([first, second])) == [""]
    assert texts(page.run([first, second, ask])) == ["1\n"]
    assert texts(page.run([first, second, ask])) == ["1\n"]
    assert texts(page.run([first, session("seen += [1, 2]"), ask])) == ["2\n"]


def test_a_page_starts_in_an_empty_folder_each_time(page: Any) -> None:  # noqa: ANN401
    before = Path.cwd()
    listing = session("import os\nsorted(os.listdir())")

    page.run([file("a.txt", ""), listing])
    assert texts(page.run([file("b.txt", ""), listing])) == ["", "['b.txt']\n"]
    assert Path.cwd() == before


def test_the_examples_of_the_repository_are_there(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    page = runner.Page(tmp_path / "pages", tmp_path / "examples")

    assert texts(page.run([session("import os\nos.listdir()")])) == ["", "['examples']\n"]


def test_an_error_is_told_with_its_line_and_ends_nothing(page: Any) -> None:  # noqa: ANN401
    shown = page.run([session("x = 1\n1 / 0\nx")])

    assert texts(shown) == ["", "line 2: ZeroDivisionError: division by zero\n", "1\n"]
    assert [each["failed"] for each in shown] == [False, True, False]
    assert not any(each["lacking"] for each in shown)


@pytest.mark.parametrize("make", ["x = 1 / 0", "import nothing_like_it as x", "def x(at=1 / 0): 2"])
@pytest.mark.parametrize("wrap", [session, script])
def test_what_a_failure_left_unmade_is_no_second_failure(
    page: Any,  # noqa: ANN401
    make: str,
    wrap: Any,  # noqa: ANN401
) -> None:
    (first,) = page.run([wrap(make)])
    assert first["failed"]
    assert page.run([wrap(make), session("y = x\ny + x\n2")])[1:] == page.run([session("2")])
    assert page.run([wrap(make), session("y = [x]"), script("print(y)")]) == [first]
    assert texts(page.run([wrap(make), session("x = 3\nx")])) == ["", "3\n"]
    assert texts(page.run([session("for x in 1 / 0: 2"), session("[x for x in [4]]")])) == ["[4]\n"]


def test_a_session_tells_a_failure_once_and_goes_on(page: Any) -> None:  # noqa: ANN401
    shown = page.run([session("x = 1 / 0\nx + 1\ny = x\nprint(y)\n2 + 2")])
    assert texts(shown) == ["line 1: ZeroDivisionError: division by zero\n", "4\n"]


def test_what_is_no_python_is_told(page: Any) -> None:  # noqa: ANN401
    (shown,) = page.run([session("x = (")])

    assert "SyntaxError" in shown["text"]
    assert shown["failed"]


def test_a_package_that_is_not_there_is_told(page: Any) -> None:  # noqa: ANN401
    (shown,) = page.run([session("import no_such_package")])

    assert shown["lacking"]
    assert "no_such_package" in shown["text"]


def test_leaving_does_not_leave(page: Any) -> None:  # noqa: ANN401
    (shown,) = page.run([script("raise SystemExit(1)")])

    assert shown["failed"]


@pytest.mark.parametrize(
    ("method", "value"),
    [("_repr_html_", "'<b>hi</b>'"), ("_repr_mimebundle_", "{'text/html': '<b>hi</b>'}")],
)
def test_a_value_that_has_html_shows_it(page: Any, method: str, value: str) -> None:  # noqa: ANN401
    code = f"class Rich:\n    def {method}(self):\n        return {value}\n\nRich()"

    made, shown = page.run([session(code)])
    assert (made["html"], shown["html"]) == ("", "<b>hi</b>")
    assert shown["text"] == ""
    assert shown["plain"].startswith("<__main__.Rich object")


def test_a_bundle_without_html_shows_its_text(page: Any) -> None:  # noqa: ANN401
    code = "class Plain:\n    def _repr_mimebundle_(self):\n        return {}\n\n_ = Plain()\n_"

    assert [each["html"] for each in page.run([session(code)])] == ["", "", ""]


def test_the_display_hook_is_given_back(page: Any) -> None:  # noqa: ANN401
    before = sys.displayhook
    page.run([session("1")])

    assert sys.displayhook is before


def test_questions_and_answers_are_json(page: Any) -> None:  # noqa: ANN401
    (shown,) = json.loads(runner.answer(page, json.dumps([session("'é'")])))

    assert shown["text"] == "'é'\n"
