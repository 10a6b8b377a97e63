"""Mutation tests of the pure core: are its own tests enough to notice a change of behaviour?

Run `make mutants` (or `python benchmarks/mutants.py [SUBJECT ...] [--sample N] [--seed N]`).
Cosmic Ray mutates a copy of the tree, never the tree itself. A session may be stopped at any
time and goes on where it stood; `--fresh` begins anew, `--report` only prints what is known.

A mutant is tried by those tests of its subject that run its line, the quickest first, with few
Hypothesis examples; `--again` tries the survivors on the tree as it is now, with as many examples
as CI draws. At most one mutant of a kind is taken from any one place, so that an operator with
many replacements does not crowd out the others; annotations, which never run, are left alone.
"""

# ruff: noqa: D103 - what is done is named for what it is

import argparse
import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from shlex import join
from typing import Final

import attrs
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkItem, WorkResult
from coverage import CoverageData

ROOT: Final = Path(__file__).parent.parent
CACHE: Final = ROOT / ".cache" / "mutants"
#: subject -> what is mutated in `cmcore`; the tests that must notice it: its own, and its laws
SUBJECTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "deciding": (
        "charters/meaning",
        "charters/meaning",
        "kleene order strictness uncertainty errors sufficiency repair explanations dormant cedar",
    ),
    "auditing": (
        "charters/audits/conclude.py charters/audits/compare.py charters/audits/statistics.py",
        "charters/audits/test_conclude.py",
        "audit tally compare nothing_lost",
    ),
    "reviewing": (
        "reviews/handle.py reviews/fold circuits/votes.py",
        "reviews/test_handle.py reviews/test_review.py circuits/test_votes.py",
        "reviews review_machine authors",
    ),
    "covering": ("teams/cover", "teams/cover", "coverage hours"),
    "completing": (
        "circuits/completion",
        "circuits/completion",
        "completable completable_changes",
    ),
    "conducting": ("incidents/replay", "incidents/replay", "incidents conduct"),
}
#: A test that runs a line of the core, as it is named and how long it took: `1.20s call tests/…`
_TOOK: Final = re.compile(r"^([\d.]+)s call +(tests/[^\[\n]+)", re.MULTILINE)
COPIED: Final = ("src", "tests", "examples", "conftest.py", "pyproject.toml")
_CHANGED: Final = re.compile(r"[+-](?![+-]{2})")
#: Kinds of mutation that only repeat what another says, that a type checker refuses, or that
#: change nothing: only what is there once, such as None, is compared by identity.
SKIPPED: Final = (
    *("core/VariableReplacer", "core/VariableInserter", "core/RemoveDecorator"),
    *("core/ReplaceComparisonOperator_Is_Eq", "core/ReplaceComparisonOperator_IsNot_NotEq"),
)


def main() -> None:
    options = _options()
    for subject in options.subjects:
        if options.fresh:
            shutil.rmtree(CACHE / subject, ignore_errors=True)
        if not options.report:
            run(subject, options.sample, options.seed)
        if options.again:
            run_again(subject)
    report(options.subjects)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("subjects", nargs="*", default=list(SUBJECTS), metavar="SUBJECT")
    parser.add_argument("--sample", type=int, default=67, help="mutants of each subject")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    unknown = sorted(set(options.subjects) - set(SUBJECTS))
    if unknown:
        parser.error(f"no subject `{unknown[0]}`; there are {', '.join(SUBJECTS)}")
    return options


def run(subject: str, sample: int, seed: int) -> None:
    """Try the mutants of a subject that have not been tried yet."""
    if not (CACHE / subject / "watching.json").exists():
        _copy(CACHE / subject / "whole", *COPIED)
        _watch(subject)
    _enter(subject)
    with use_db(str(CACHE / subject / "session.sqlite")) as session:
        if not session.num_work_items:
            init(sorted(_mutated(subject)), session, {})
            taken = _sampled(session.work_items, sample, seed)
            session.clear()
            session.add_work_items(taken)
        watching = Watching(subject)
        for item in list(session.pending_work_items):
            session.set_result(item.job_id, watching.attempt(item.mutations[0], "smoke-mutants"))


def run_again(subject: str) -> None:
    """Try the survivors of a subject on the tree as it is now, with as many draws as CI.

    One whose line is no longer there, or there twice, stays as it was.
    """
    _copy(CACHE / subject / "whole", *COPIED)
    _watch(subject)
    _enter(subject)
    watching = Watching(subject)
    mutations, outcomes = _outcomes(subject)
    with use_db(str(CACHE / subject / "session.sqlite"), WorkDB.Mode.open) as session:
        for job, found in sorted(outcomes.items()):
            path = mutations[job].module_path
            if not found.is_killed and path.exists():
                text = path.read_text(encoding="utf-8")
                before, after = _changed(found.diff or "")
                if text.count(before) == 1:
                    tests = watching.of(path, text[: text.index(before)].count("\n") + 1)
                    path.write_text(text.replace(before, after), encoding="utf-8")
                    tried = run_tests(_command(tests, "ci-mutants"), watching.limit(tests))
                    path.write_text(text, encoding="utf-8")
                    again = attrs.evolve(found, test_outcome=tried[0], output=tried[1])
                    session.set_result(job, again)


def _changed(diff: str) -> tuple[str, str]:
    """Return the lines that a mutant changes, before and after."""
    lines = [line for line in diff.splitlines(keepends=True) if _CHANGED.match(line)]
    before, after = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
    return before, after


class Watching:
    """Which tests of a subject run a line, and how many seconds each takes."""

    def __init__(self, subject: str) -> None:
        found = json.loads((CACHE / subject / "watching.json").read_text(encoding="utf-8"))
        self.took: Mapping[str, float] = found["took"]
        self.lines: Mapping[str, Mapping[str, Sequence[str]]] = found["lines"]

    def attempt(self, mutation: MutationSpec, profile: str) -> WorkResult:
        """Try a mutant; what never ends counts as noticed."""
        tests = self.of(mutation.module_path, mutation.start_pos[0])
        return mutate_and_test([mutation], _command(tests, profile), self.limit(tests))

    def limit(self, tests: Sequence[str]) -> float:
        """Return the seconds after which tests are taken never to end."""
        return 30 + 2 * sum(self.took[test] for test in tests)

    def of(self, module: Path, line: int) -> Sequence[str]:
        """Return the tests that run a statement, the quickest first: all, if it runs on import."""
        lines = self.lines.get(str(module), {})
        statement = _statement(module.read_text(encoding="utf-8"), line)
        running = {test for each in statement for test in lines.get(str(each), [""])}
        chosen = set(self.took) if "" in running else running
        return sorted(chosen, key=lambda test: (self.took[test], test))


def _statement(source: str, line: int) -> range:
    """Return the lines of the smallest statement at a line; of one with a body, those before it."""
    found = range(line, line + 1)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and line in (lines := _lines(node)):
            body = getattr(node, "body", None)
            found = range(node.lineno, max(body[0].lineno, node.lineno + 1)) if body else lines
    return found


def _watch(subject: str) -> None:
    """Run the tests of a subject without a mutant, and note which of them run which lines.

    This compiles the core and its tests too, which makes an attempt twice as quick.
    """
    _go_to(CACHE / subject / "whole")
    _, tests, laws = (names.split() for names in SUBJECTS[subject])
    own = [f"tests/{name}" for name in tests] + [f"tests/laws/test_{law}.py" for law in laws]
    options = "--cov --cov-context=test --cov-report= --cov-fail-under=0"
    options += " --durations=0 --durations-min=0"
    done = subprocess.run(
        ["sh", "-c", f"PYTHONDONTWRITEBYTECODE= {_command(own, 'smoke')} {options}"],  # noqa: S607
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nthe tests fail without a mutant; mend them first")
    took = Counter[str]()
    for seconds, test in _TOOK.findall(done.stdout):
        took[test] += float(seconds)
    data = CoverageData(".coverage")
    data.read()
    lines = {
        str(path): {
            line: sorted({_test(context) for context in contexts})
            for line, contexts in data.contexts_by_lineno(str(path.absolute())).items()
        }
        for path in _mutated(subject)
    }
    found = json.dumps({"took": took, "lines": lines})
    (CACHE / subject / "watching.json").write_text(found, encoding="utf-8")


def _test(context: str) -> str:
    """Return a test, without its parameters and its phase; nothing of what runs on import."""
    return context.partition("|")[0].partition("[")[0]


def _enter(subject: str) -> None:
    """Go into a fresh copy of the tree as the session began.

    A run that was stopped leaves its last mutant behind, so that each run takes a copy of its own.
    """
    tree = CACHE / subject / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(CACHE / subject / "whole", tree)
    _go_to(tree)


def _go_to(tree: Path) -> None:
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree / "src")


def _copy(tree: Path, *parts: str) -> None:
    """Copy what git knows of, as it is now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *parts],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in parts:
        shutil.rmtree(tree / name, ignore_errors=True)
    for name in filter(None, listed.stdout.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)


def _command(tests: Sequence[str], profile: str) -> str:
    options = "-x -q -p no:cacheprovider -p no:randomly"
    return f"env HYPOTHESIS_PROFILE={profile} {sys.executable} -m pytest {options} {join(tests)}"


def _mutated(subject: str) -> Iterator[Path]:
    for name in SUBJECTS[subject][0].split():
        path = Path("src/cmcore", name)
        yield from path.rglob("*.py") if path.is_dir() else [path]


def _sampled(items: Sequence[WorkItem], sample: int, seed: int) -> list[WorkItem]:
    """Return a sample, the same for a seed: at most one mutant of a kind from each place."""
    draw = Random(seed)  # noqa: S311
    places: dict[tuple[str, str, tuple[int, int]], list[WorkItem]] = {}
    idle: dict[Path, set[int]] = {}
    for item in items:
        mutation = item.mutations[0]
        if mutation.operator_name in SKIPPED:
            continue
        module = mutation.module_path
        if module not in idle:
            idle[module] = set(_annotated(module.read_text(encoding="utf-8")))
        if mutation.start_pos[0] not in idle[module]:
            kind = mutation.operator_name.partition("_")[0]
            places.setdefault((str(module), kind, mutation.start_pos), []).append(item)
    one_each = [draw.choice(sorted(found, key=_order)) for _, found in sorted(places.items())]
    return draw.sample(one_each, min(sample, len(one_each)))


def _order(item: WorkItem) -> tuple[str, int]:
    return item.mutations[0].operator_name, item.mutations[0].occurrence


def _annotated(source: str) -> Iterator[int]:
    """Yield the lines that hold nothing but annotations."""
    busy: set[int] = set()
    noted: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            for note in (node.returns, *(argument.annotation for argument in arguments)):
                noted.update(_lines(note))
        elif isinstance(node, ast.AnnAssign):
            noted.update(_lines(node.annotation))
            busy.update(_lines(node.value))
        elif isinstance(node, ast.stmt) and not hasattr(node, "body"):
            busy.update(_lines(node))
    yield from noted - busy


def _lines(node: ast.AST | None) -> range:
    if node is None:
        return range(0)
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)  # type: ignore[attr-defined]


def report(subjects: Sequence[str]) -> None:
    """Print the share killed of each subject, and every survivor."""
    alive: list[tuple[MutationSpec, str]] = []
    tried = killed = 0
    for subject in subjects:
        mutations, outcomes = _outcomes(subject)
        survivors = [job for job, found in outcomes.items() if not found.is_killed]
        dead = len(outcomes) - len(survivors)
        print(f"{subject:12} {dead:4} of {len(outcomes):4} killed {_share(dead, len(outcomes))}")
        tried, killed = tried + len(outcomes), killed + dead
        alive += [(mutations[job], outcomes[job].diff or "") for job in survivors]
    print(f"{'all':12} {killed:4} of {tried:4} killed {_share(killed, tried)}")
    for mutation, diff in sorted(alive, key=_place):
        print(f"\n{mutation.module_path}:{mutation.start_pos[0]} {mutation.operator_name}")
        print("\n".join(line for line in diff.splitlines() if _CHANGED.match(line)))


def _outcomes(subject: str) -> tuple[dict[str, MutationSpec], dict[str, WorkResult]]:
    path = CACHE / subject / "session.sqlite"
    if not path.exists():
        return {}, {}
    with use_db(str(path), WorkDB.Mode.open) as session:
        mutations = {item.job_id: item.mutations[0] for item in session.work_items}
        return mutations, dict(session.results)


def _place(found: tuple[MutationSpec, str]) -> tuple[str, tuple[int, int]]:
    return str(found[0].module_path), found[0].start_pos


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


if __name__ == "__main__":
    main()
