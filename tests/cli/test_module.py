"""`python -m cmcore` is the command."""

import runpy
import sys

import pytest


def test_the_module_runs_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["cmcore", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("cmcore", run_name="__main__")
    assert not ended.value.code
    assert capsys.readouterr().out.startswith("cmcore ")


def test_importing_the_module_runs_nothing() -> None:
    assert runpy.run_module("cmcore.__main__", run_name="elsewhere")["__name__"] == "elsewhere"
