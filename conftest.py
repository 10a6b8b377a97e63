"""Hypothesis profiles, and Sybil: every example in the README and the docs runs."""

import gc
import os
import pickle
import re
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, chdir, contextmanager
from functools import _lru_cache_wrapper, cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, core, settings
from hypothesis.internal.conjecture import engine
from sybil import Document, Example, Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

if TYPE_CHECKING:
    from coverage import Coverage

# A slow machine is no bug of the library's, and `ci` must judge a change alike wherever it runs.
# Twenty-five examples of each law, so that no change waits for long; `deep` draws thousands.
# Sought is a small example that breaks a law; why it does is explained where it is mended (`dev`).
_FOUND = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, max_examples=25, phases=_FOUND
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


#: What shows cmcore rather than tests it, the longest first: by then little is left to measure.
_SHOWN = (
    "tests/examples/",
    "tests/docs/",
    "tests/test_extras.py",
    "tests/clauses/",
    "docs/",
    "README",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what shows cmcore come last."""

    def place(item: pytest.Item) -> int:
        return next((n for n, name in enumerate(_SHOWN, 1) if item.nodeid.startswith(name)), 0)

    items.sort(key=place)


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


class Uncovered:
    """The files of which something is not yet covered: no other is traced.

    A traced test takes two to four times as long, and of a file whose every line and branch was
    reached there is nothing more to learn. Workers tell each other by a folder what they reached.
    """

    #: How many seconds of a processor go by between two looks, of which each takes a part of one.
    EVERY = 15

    def __init__(self, cov: "Coverage", files: Iterable[Path], folder: Path, worker: str) -> None:
        """Begin with all of the files."""
        from coverage.python import PythonFileReporter

        self.left = {str(path): PythonFileReporter(str(path), cov) for path in files}
        self._covered = set[str]()
        self._cov, self._own, self._folder = cov, f"{worker}.reached", folder
        self._sizes: dict[str, int] = {}
        self._looked = time.process_time()

    def look_at_times(self) -> bool:
        """Look, if it is time to; return whether anything is left."""
        if time.process_time() - self._looked > self.EVERY:
            self.look()
            self._looked = time.process_time()
        return bool(self.left)

    def look(self) -> None:
        """Leave out what this worker and the others have covered by now."""
        # what threads may add to meanwhile is copied first
        collector: Any = self._cov._collector  # noqa: SLF001 - it cannot be asked another way
        reached = {name: set(pairs) for name, pairs in collector.data.copy().items()}
        new = self._folder / f"{self._own}.new"
        new.write_bytes(pickle.dumps(reached))
        new.replace(self._folder / self._own)
        for path in self._folder.glob("*.reached"):
            if path.name != self._own:
                for name, pairs in pickle.loads(path.read_bytes()).items():  # noqa: S301 - ours
                    reached.setdefault(name, set()).update(pairs)
        for name in list(self.left):
            pairs = reached.get(name, set())
            if len(pairs) != self._sizes.get(name) and self._is_covered(name, pairs):
                del self.left[name]
                self._covered.add(name)
            self._sizes[name] = len(pairs)
        for file in list(collector.should_trace_cache.values()):
            if file.source_filename in self._covered:
                file.trace = False

    def _is_covered(self, name: str, pairs: set[int]) -> bool:
        """Return whether a report would miss nothing of a file."""
        from coverage import CoverageData
        from coverage.results import analysis_from_file_reporter

        data = CoverageData(no_disk=True)
        data.add_arcs({name: [_unpacked(pair) for pair in pairs]})
        found = analysis_from_file_reporter(data, 0, self.left[name], name)
        data.close(force=True)
        return not (found.missing or found.missing_branch_arcs())


def _unpacked(pair: int) -> tuple[int, int]:
    """Return the two lines that the tracer of coverage packs into a number, signs above them."""
    low, high = pair & 0xFFFFFFF, pair >> 28 & 0xFFFFFFF
    return (-low if pair >> 56 & 1 else low), (-high if pair >> 57 & 1 else high)


# Tests are measured, and the fixtures that they ask for: not how pytest goes from one to the next,
# which a tracer makes three times as slow.
_TRACER = pytest.StashKey[Any]()
_UNCOVERED = pytest.StashKey[Uncovered]()
LONG_LOOP = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no rubbish while tests are collected: nearly all that is made then stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let what has come to stay by now not be looked through for rubbish again and again.

    What a test makes is mostly gone with its last name: looked for after every 700 objects, as
    Python does by itself, rubbish costs a sixth of the time of all tests.
    """
    gc.set_threshold(20_000)
    if sys.gettrace():
        measured_caches()  # they are found among what is looked through
        gc.collect()
        gc.freeze()
        _follow(session)


def _follow(session: pytest.Session) -> None:
    """Follow what is covered, where the tracer is the one whose numbers are known."""
    import cmcore

    config: Any = session.config
    plugin = config.pluginmanager.get_plugin("_cov")
    cov = plugin and plugin.cov_controller and plugin.cov_controller.cov
    if cov and cov._collector.core.packed_arcs:  # noqa: SLF001
        worker = getattr(config, "workerinput", {}).get("workerid")
        own = config._tmp_path_factory.getbasetemp()  # noqa: SLF001 - of a worker, in what all share
        files = Path(cmcore.__path__[0]).rglob("*.py")
        folder = own.parent if worker else own
        session.stash[_UNCOVERED] = Uncovered(cov, files, folder, worker or "alone")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """After a test, see what is left to measure."""
    done = yield
    uncovered = item.session.stash.get(_UNCOVERED, None)
    if uncovered and not uncovered.look_at_times():
        item.session.stash[_TRACER] = None
        del item.session.stash[_UNCOVERED]
    return done


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Go from test to test unmeasured."""
    session.stash[_TRACER] = sys.gettrace()
    with tracing(None):
        return (yield)


@contextmanager
def _measuring(node: pytest.Item) -> Iterator[None]:
    """Measure what is done for a test, unless it asked not to be measured."""
    with tracing(node.session.stash[_TRACER]), ExitStack() as rest:
        if node.stash.get(LONG_LOOP, False):
            rest.enter_context(unmeasured())
        yield


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(request: pytest.FixtureRequest) -> Iterator[None]:
    """Measure what makes a fixture."""
    with _measuring(request.node):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Measure a test."""
    with _measuring(item):
        return (yield)


@pytest.fixture
def long_loop(request: pytest.FixtureRequest) -> None:
    """Leave a test unmeasured that goes the same way thousands of times: others measure it."""
    request.node.stash[LONG_LOOP] = True


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
