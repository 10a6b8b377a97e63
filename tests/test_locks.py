"""A set-up that does not rot: what is installed is what a lock pins, and nothing is resolved."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
#: What each lock must be enough for, beside cmcore itself: its extras and groups.
ASKED: Final[dict[str, tuple[list[str], list[str]]]] = {
    "requirements.lock": (["all"], ["build", "tests"]),
    "requirements-dev.lock": ([], ["lint", "typing", "docs", "site", "arch"]),
    "requirements-demo.lock": (["cli"], ["build"]),
    "requirements-desk.lock": ([], ["build", "desk"]),
    "requirements-matrix.lock": ([], ["matrix"]),
    "requirements-lowest.lock": ([], []),
    "requirements-engines.lock": (["spark", "pandas"], ["build", "matrix"]),
    "requirements-mutants.lock": ([], ["build", "mutants"]),
    "requirements-bench.lock": (["frames"], ["build", "bench"]),
}
#: The locks whose pins are those of the first, where both pin a package.
ALIKE: Final = ["demo", "desk", "dev", "engines", "matrix", "mutants"]


def entries(lock: str) -> list[str]:
    """Return each entry of a lock: a pin, its marker and its hashes, on one line."""
    text = re.sub(r"#[^\n]*\n", "\n", (ROOT / lock).read_text("utf-8")).replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip()]


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package that a lock pins for this machine, by its name."""
    every = [Requirement(entry.partition(" --hash")[0]) for entry in entries(lock)]
    here = [pin for pin in every if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in here}


def asked(extras: list[str], groups: list[str]) -> Iterator[Requirement]:
    """Yield what cmcore asks for, with extras and groups."""
    yield from map(Requirement, PROJECT["project"]["dependencies"])
    for extra in extras:
        yield from map(Requirement, PROJECT["project"]["optional-dependencies"][extra])
    for group in groups:
        for each in PROJECT["dependency-groups"][group]:
            if isinstance(each, dict):
                yield from asked([], [each["include-group"]])
            else:
                yield Requirement(each)


def needed(wanted: Iterator[Requirement]) -> Iterator[tuple[str, Requirement]]:
    """Yield whatever is needed on this machine, directly or not, and what needs it."""
    todo, seen = [("cmcore", each) for each in wanted], set[tuple[str, str]]()
    while todo:
        by, one = todo.pop()
        if (by, str(one)) in seen:
            continue
        seen.add((by, str(one)))
        name = canonicalize_name(one.name)
        if name == "cmcore":
            todo += [(name, each) for each in asked(sorted(one.extras), [])]
            continue
        yield by, one
        try:
            below = distribution(name).requires or []
        except PackageNotFoundError:  # of an environment that this one is not
            continue
        todo += [(name, each) for each in map(Requirement, below) if applies(each, one.extras)]


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Tell whether a requirement of a package applies here, the package taken with extras."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_is_closed_so_nothing_is_resolved(lock: str) -> None:
    have = {**(pins("requirements.lock") if lock == "requirements-dev.lock" else {}), **pins(lock)}
    for by, one in needed(asked(*ASKED[lock])):
        name = canonicalize_name(one.name)
        assert name in have, f"{by} needs {one}"
        assert one.specifier.contains(have[name], prereleases=True), f"{by} needs {one}"


@pytest.mark.parametrize("lock", [*ASKED, ".ci/oldest-pip.lock"])
def test_every_pin_has_hashes_and_no_lock_names_an_index(lock: str) -> None:
    pinned = re.compile(r"[A-Za-z0-9._-]+==[^ ;]+( ; [^\\]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert [entry for entry in entries(lock) if not pinned.fullmatch(entry)] == []


@pytest.mark.parametrize("name", ALIKE)
def test_a_package_has_one_version_in_an_environment(name: str) -> None:
    first, other = pins("requirements.lock"), pins(f"requirements-{name}.lock")
    both = first.keys() & other.keys()
    assert {each: other[each] for each in both} == {each: first[each] for each in both}


def test_the_demo_needs_a_part_of_what_the_tests_need() -> None:
    demo, tests = pins("requirements-demo.lock"), pins("requirements.lock")
    assert demo.keys() <= tests.keys()
    assert len(demo) < 25


def test_every_supported_python_has_its_oldest_pip() -> None:
    named = " ".join(PROJECT["project"]["classifiers"])
    markers = [Requirement(entry.partition(" --hash")[0]).marker
               for entry in entries(".ci/oldest-pip.lock")]  # fmt: skip
    for version in re.findall(r"Python :: (3\.\d+)", named):
        given = {"python_full_version": f"{version}.0", "python_version": version}
        assert [marker.evaluate(given) for marker in markers if marker].count(True) == 1


def test_everything_that_installs_takes_what_is_pinned() -> None:
    scripts = [ROOT / "Makefile", *sorted((ROOT / ".ci").iterdir())]
    lines = [line.strip() for path in scripts for line in path.read_text("utf-8").splitlines()
             if re.search(r"\binstall\b.*--quiet|pip install", line)]  # fmt: skip
    said = [line for line in lines if "--no-deps" not in line]
    assert all("'apt install" in line or "'pip install uv'" in line for line in said), said
    assert len(lines) - len(said) == 3
