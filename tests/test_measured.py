"""What a law covers is measured on its first examples: the tracer rests for all that follow."""

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coverage import Coverage
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cmcore.text._top_level import top_level_domains

ROOT = Path(__file__).parents[1]


def traced(*_: object) -> None:
    """Stand for the tracer of coverage."""


@pytest.fixture
def conftest(request: pytest.FixtureRequest) -> Iterator[Any]:
    before = sys.gettrace()
    plugin: Any = request.config.pluginmanager.get_plugin(str(ROOT / "conftest.py"))
    plugin.measured_caches()  # all is imported once, and not while a function in Python traces it
    yield plugin
    sys.settrace(before)


def drawn(*, tracer: Any, after: int = 99) -> tuple[list[int], list[bool]]:  # noqa: ANN401
    """Run a law; return what it draws, and what of it is traced.

    From the example after so many on, it asks what cmcore keeps once it is asked.
    """
    numbers: list[int] = []
    measured: list[bool] = []

    @example(-1)
    @example(-2)
    @settings(max_examples=30, database=None, derandomize=True)
    @given(st.integers(0))
    def law(number: int) -> None:
        numbers.append(number)
        measured.append(sys.gettrace() is not None)
        if len(numbers) > after:
            top_level_domains()

    sys.settrace(tracer)
    law()
    assert sys.gettrace() is tracer
    return numbers, measured


def test_examples_that_a_law_names_and_the_first_it_draws_are_measured(conftest: Any) -> None:  # noqa: ANN401
    _, measured = drawn(tracer=traced)
    first = 2 + conftest.MEASURED
    assert measured == [True] * first + [False] * (32 - first)


@pytest.mark.usefixtures("conftest")
def test_the_same_examples_are_drawn_whether_they_are_measured_or_not() -> None:
    assert drawn(tracer=traced)[0] == drawn(tracer=None)[0]


def test_what_is_kept_while_nothing_is_measured_is_forgotten(conftest: Any) -> None:  # noqa: ANN401
    top_level_domains.cache_clear()
    drawn(tracer=traced, after=conftest.MEASURED + 2)
    assert top_level_domains.cache_info().currsize == 0
    drawn(tracer=traced, after=conftest.MEASURED + 1)
    assert top_level_domains.cache_info().currsize == 1


@pytest.mark.usefixtures("conftest")
def test_the_tracer_is_back_when_a_law_fails() -> None:
    @settings(database=None)
    @given(st.integers())
    def law(_: int) -> None:
        raise AssertionError

    sys.settrace(traced)
    with pytest.raises(AssertionError):
        law()
    assert sys.gettrace() is traced


def test_a_long_loop_is_not_measured_and_what_follows_it_is(conftest: Any) -> None:  # noqa: ANN401
    top_level_domains.cache_clear()
    sys.settrace(traced)
    with conftest.unmeasured():
        assert sys.gettrace() is None
        top_level_domains()
    assert sys.gettrace() is traced
    assert top_level_domains.cache_info().currsize == 0


@pytest.mark.usefixtures("long_loop")
def test_a_test_that_asks_for_it_is_not_measured() -> None:
    assert sys.gettrace() is None


def stages(wrapper: Iterator[None]) -> tuple[bool, bool]:
    """Return whether it is measured what a hook does, and what comes after it."""
    next(wrapper)
    within = sys.gettrace() is traced
    with pytest.raises(StopIteration):
        next(wrapper)
    return within, sys.gettrace() is traced


def test_tests_and_their_fixtures_are_measured_and_not_how_pytest_goes_through_them(
    conftest: Any,  # noqa: ANN401
) -> None:
    session = SimpleNamespace(stash={})
    sys.settrace(traced)
    assert stages(conftest.pytest_runtestloop(session)) == (False, True)
    sys.settrace(None)
    one = SimpleNamespace(session=session, stash={})
    asked = SimpleNamespace(node=one)
    assert stages(conftest.pytest_fixture_setup(asked)) == (True, False)
    assert stages(conftest.pytest_runtest_call(one)) == (True, False)
    one.stash[conftest.LONG_LOOP] = True
    assert stages(conftest.pytest_fixture_setup(asked)) == (False, False)
    assert stages(conftest.pytest_runtest_call(one)) == (False, False)


BRANCHES = """\
def sign(number):
    if number < 0:
        return "-"
    return "".join(
        "+"
        for _ in range(number)
    )
"""
PLAIN = "NUMBER = 1\n"


class Followed:
    """A worker that measures two modules, and follows what of them is covered."""

    def __init__(self, conftest: Any, folder: Path, worker: str) -> None:  # noqa: ANN401
        self.files = [folder / "branches.py", folder / "plain.py"]
        for file, text in zip(self.files, [BRANCHES, PLAIN], strict=True):
            file.write_text(text, encoding="utf-8")
        self.cov: Any = Coverage(
            data_file=None, branch=True, config_file=False, include=[f"{folder}/*"]
        )
        self.left = conftest.Uncovered(self.cov, self.files, folder, worker)

    def run(self, *numbers: int) -> list[str]:
        """Run the modules, as a test would, and look; return what is left to be measured."""
        self.cov.start()
        try:
            for file in self.files:
                names = runpy.run_path(str(file))
                for number in numbers if "sign" in names else ():
                    names["sign"](number)
        finally:
            self.cov.stop()
        self.left.look()
        return sorted(Path(name).stem for name in self.left.left)

    def misses(self) -> bool:
        """Return whether coverage itself would report that something is missed."""
        found = [self.cov.analysis2(str(file))[3] for file in self.files]
        return any(found)

    def traced(self) -> set[str]:
        """Return what a further run is seen to reach."""
        self.run(-1, 1)
        return {Path(name).stem for name, pairs in self.cov._collector.data.items() if pairs}  # noqa: SLF001


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the tracer packs no numbers")
def test_a_file_is_traced_until_all_its_lines_and_branches_are_covered(
    conftest: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    one = Followed(conftest, tmp_path, "one")
    assert one.run() == ["branches"]
    assert one.run(1) == ["branches"]
    assert one.misses()  # which empties what the tracer keeps
    assert one.run(-1) == ["branches"]
    assert one.run(1) == []
    assert not one.misses()
    assert one.traced() == set()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the tracer packs no numbers")
def test_what_one_worker_covered_the_others_need_not(
    conftest: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    one, other = (Followed(conftest, tmp_path, name) for name in ("one", "other"))
    assert one.run(1) == ["branches"]
    assert other.run() == ["branches"]
    assert other.run(-1) == []
    assert one.run() == []
    assert one.misses()
    assert other.misses()
