"""Every public function shows an example in its docstring, and the example is true."""

import ast
import doctest
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src"


def functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Find every function that a stub offers, each once."""
    found: dict[str, Callable[..., object]] = {}
    for stub in sorted((SOURCES / "cmcore").rglob("__init__.pyi")):
        name = ".".join(stub.parent.relative_to(SOURCES).parts)
        for line in ast.parse(stub.read_text(encoding="utf-8")).body:
            for alias in line.names if isinstance(line, ast.ImportFrom) else ():
                thing = getattr(import_module(name), alias.asname or alias.name)
                if inspect.isroutine(thing):
                    found.setdefault(f"{thing.__module__}.{alias.name}", thing)
    return iter(found.items())


FUNCTIONS = dict(functions())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_docstring_of_a_public_function_has_an_example_that_is_true(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    text = inspect.getdoc(FUNCTIONS[name]) or ""
    test = doctest.DocTestParser().get_doctest(text, {"__name__": "__main__"}, name, None, None)
    assert test.examples
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert "".join(said) == ""


def test_only_examples_that_need_a_running_spark_are_skipped() -> None:
    skipping = {
        name.rpartition(".")[2]
        for name, function in FUNCTIONS.items()
        if "+SKIP" in (inspect.getdoc(function) or "")
    }
    assert skipping == {"decide_spark", "tally_spark"}
