"""A sample of what `benchmarks/fuzz_cli.py` tries: mutated files over all commands."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]


def _fuzz() -> ModuleType:
    name = "cmcore_fuzz_cli"
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / "fuzz_cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FUZZ: Final[Any] = _fuzz()


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_no_mutated_file_makes_a_command_fail_or_hang(first: int) -> None:
    for number in range(first, first + 50):
        case = FUZZ.case_of(0, number)
        assert FUZZ.tried(case) is None, (number, case)


def test_a_case_is_made_of_its_number() -> None:
    assert FUZZ.case_of(0, 7) == FUZZ.case_of(0, 7)
    assert FUZZ.case_of(0, 7) != FUZZ.case_of(1, 7)


def raising(fault: BaseException) -> Callable[[object], None]:
    def main(_: object) -> None:
        raise fault

    return main


def leaving(_: object) -> None:
    Path("left").touch()
    sys.exit(0)


def endless(_: object) -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (raising(ZeroDivisionError()), "ZeroDivisionError"),
        (raising(SystemExit(9)), "exit code 9"),
        (leaving, "left"),
        (endless, "more than"),
    ],
)
def test_what_goes_wrong_is_noticed(
    main: Callable[[object], None], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FUZZ, "main", main)
    monkeypatch.setattr(FUZZ, "PATIENCE", 0.05)
    assert said in FUZZ.tried(FUZZ.Case((), {}))


def test_a_fault_that_the_command_owns_up_to_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FUZZ, "main", raising(SystemExit(FUZZ.FAULT)))
    assert FUZZ.tried(FUZZ.Case((), {})) is not None
