"""Planted faults: the random pairs that all paths must agree on do find what is wrong."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

_PATH = Path(__file__).parents[2] / "benchmarks" / "agreement.py"


def _load() -> Any:  # noqa: ANN401 - a script, not a package
    spec = importlib.util.spec_from_file_location("agreement", _PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


AGREEMENT = _load()


@pytest.mark.usefixtures("long_loop")
class TestPlanted:
    """Nothing differs; and once the index is wrong, something does."""

    def test_all_paths_agree_on_random_pairs(self) -> None:
        assert next(AGREEMENT.differences(7, 5_000), None) is None

    @pytest.mark.parametrize("fault", AGREEMENT.FAULTS)
    def test_a_planted_fault_is_found(self, fault: str) -> None:
        mend = AGREEMENT.FAULTS[fault]()
        try:
            assert next(AGREEMENT.differences(1, 20_000), None) is not None
        finally:
            mend()
