"""Hypothesis profiles, and Sybil: every example in the README and the docs runs."""

import gc
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, chdir, contextmanager
from functools import _lru_cache_wrapper, cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, core, settings
from hypothesis.internal.conjecture import engine
from sybil import Document, Example, Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

# A slow machine is no bug of the library's, and `ci` must judge a change alike wherever it runs.
# Forty examples of each law, so that no change waits for long; `deep` draws thousands.
# Sought is a small example that breaks a law; why it does is explained where it is mended (`dev`).
_FOUND = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, max_examples=40, phases=_FOUND
)
settings.register_profile("dev", deadline=None)
# On the other Pythons, where what differs is the language and not the draw.
settings.register_profile("smoke", settings.get_profile("ci"), max_examples=20)
# Of a mutant it is enough to know that a law fails, and not by how little.
for _of in ("ci", "smoke"):
    _phases = [Phase.explicit, Phase.generate]
    settings.register_profile(f"{_of}-mutants", settings.get_profile(_of), phases=_phases)
settings.register_profile(
    "deep",
    max_examples=20_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# It would look for a smaller example for five minutes, of each law that fails.
if os.environ.get("HYPOTHESIS_PROFILE", "ci") != "deep":
    engine.MAX_SHRINKING_SECONDS = 20
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

#: Of how many drawn examples of a law, after those it names, what they cover is measured.
MEASURED = 10
_ROOT = Path(__file__).parent
_PYTHON = re.compile(r"py(?:thon|con)\b[^\n]*$\n", re.MULTILINE)
_OTHER = re.compile(r"(?!py(?:thon|con)\b)(?P<language>\w+)(?P<options>[^\n]*)$\n", re.MULTILINE)
_SET = re.compile(r"\{(?:'[^':]*'|\d+)(?:, (?:'[^':]*'|\d+))+\}")
_TITLE = re.compile(r'\btitle="([^"]+)"')


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuse a name that depends on hashing: two workers would collect different tests."""
    if _SET.search(item.name):
        msg = f"the order of the set in the name of this test depends on hashing: {item.name}"
        raise pytest.UsageError(msg)


@cache
def measured_caches() -> tuple[Any, ...]:
    """Import all of cmcore, while it is measured, and return the caches of its functions."""
    import cmcore

    for module in walk_packages(cmcore.__path__, "cmcore."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return tuple(
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith("cmcore.")
    )


@contextmanager
def tracing(tracer: Any) -> Iterator[None]:  # noqa: ANN401
    """Let this trace, or nothing; whatever traced before traces again afterwards."""
    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def unmeasured() -> Iterator[None]:
    """Let the tracer rest.

    What is first imported, or kept, meanwhile no other test would be seen to reach, and the order
    of tests would count: that is imported before, or forgotten after.
    """
    if not sys.gettrace():
        yield
        return
    empty = [kept for kept in measured_caches() if not kept.cache_info().currsize]
    with tracing(None):
        try:
            yield
        finally:
            for kept in empty:
                kept.cache_clear()


# Tests are measured, and the fixtures that they ask for: not how pytest goes from one to the next,
# which a tracer makes three times as slow.
_TRACER = pytest.StashKey[Any]()


def pytest_collection_finish() -> None:
    """Let what has come to stay by now not be looked through for rubbish again and again."""
    if sys.gettrace():
        measured_caches()  # they are found among what is looked through
        gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Go from test to test unmeasured."""
    session.stash[_TRACER] = sys.gettrace()
    with tracing(None):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(request: pytest.FixtureRequest) -> Iterator[None]:
    """Measure what makes a fixture."""
    with tracing(request.session.stash[_TRACER]):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Measure a test."""
    with tracing(item.session.stash[_TRACER]):
        return (yield)


@pytest.fixture
def long_loop() -> Iterator[None]:
    """Leave a test unmeasured that goes the same way thousands of times: others measure it."""
    with unmeasured():
        yield


class _Measured(core.StateForActualGivenExecution):
    """The run of a law: what it covers is measured on its first examples only, which halves it.

    It stands within Hypothesis, so that a law that a test makes and calls is measured alike.
    """

    left = 0
    rest = ExitStack()

    def run_engine(self) -> None:
        """Draw all examples; whatever traced before traces again when they are done."""
        self.left = MEASURED
        with ExitStack() as self.rest:
            super().run_engine()  # type: ignore[no-untyped-call]

    def execute_once(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        """Run one example; after the last that is measured, the tracer rests."""
        try:
            return super().execute_once(*args, **options)  # type: ignore[no-untyped-call]
        finally:
            self.left -= 1
            if not self.left:
                self.rest.enter_context(unmeasured())


core.StateForActualGivenExecution = _Measured  # type: ignore[misc]


def _parse_python(document: Document) -> Iterable[Region]:
    """Find `python` and `pycon` fences, with or without options; Sybil's own takes bare ones."""
    run, doctests = PythonEvaluator(), DocTestStringParser()
    for region in RawFencedCodeBlockLexer(_PYTHON)(document):
        source = region.lexemes["source"]
        if source.startswith(">>>"):
            for example in doctests(source, document.path):
                example.adjust(region, source)
                yield example
        else:
            yield Region(region.start, region.end, source, run)


def _parse_files(document: Document) -> Iterable[Region]:
    """Find the charters, and the blocks with a title, which stand for files of that name."""
    for region in RawFencedCodeBlockLexer(_OTHER)(document):
        text = str(region.lexemes["source"])
        title = _TITLE.search(region.lexemes["options"])
        is_charter = region.lexemes["language"] == "yaml" and text.startswith("charter:")
        if title or is_charter:
            parsed = (text, title and title[1], is_charter)
            yield Region(region.start, region.end, parsed, _check_file)


def _check_file(example: Example) -> None:
    from cmcore import Charter, parse

    text, title, is_charter = example.parsed
    if title:
        Path(title).write_text(text, encoding="utf-8")
    if is_charter:
        parse(text, Charter, format="yaml")


def _enter_page(namespace: dict[str, Any]) -> None:
    """Give each page a folder of its own, with the repository's examples in it."""
    stack = namespace["_stack"] = ExitStack()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    (folder / "examples").symlink_to(_ROOT / "examples")
    stack.enter_context(chdir(folder))


def _leave_page(namespace: dict[str, Any]) -> None:
    namespace["_stack"].close()


pytest_collect_file = Sybil(
    name="docs",
    parsers=[_parse_python, _parse_files, SkipParser()],
    patterns=["*.md"],
    setup=_enter_page,
    teardown=_leave_page,
).pytest()
