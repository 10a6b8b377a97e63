"""A command in a message mends what the message is about."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cmcore.base.errors import EXTRAS, MissingExtraError

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "docs"
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BASE: Final[list[str]] = PROJECT["project"]["dependencies"]
OPTIONAL: Final[dict[str, list[str]]] = PROJECT["project"]["optional-dependencies"]
PAGES: Final = [ROOT / "README.md", *sorted(DOCS.rglob("*.md")), *sorted(DOCS.rglob("*.py"))]
NOTEBOOKS: Final = sorted((DOCS / "notebooks").glob("*.py"))


def brought(wanted: list[str]) -> set[str]:
    """Return the packages that requirements bring, those of their own requirements too."""
    todo, seen, names = [Requirement(one) for one in wanted], set[str](), set[str]()
    while todo:
        one = todo.pop()
        if str(one) in seen:
            continue
        seen.add(str(one))
        name = canonicalize_name(one.name)
        if name == "cmcore":
            todo += [Requirement(each) for extra in one.extras for each in OPTIONAL[extra]]
        else:
            names.add(name)
            below = map(Requirement, requires(name) or ())
            todo += [each for each in below if _applies(each, one.extras)]
    return names


def _applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})


@pytest.mark.parametrize("package", EXTRAS)
def test_the_extra_named_brings_the_package_that_is_missing(package: str) -> None:
    (extra,) = re.findall(r"`pip install 'cmcore\[(\w+)\]'`", str(MissingExtraError(package)))
    assert canonicalize_name(package) in brought(OPTIONAL[extra])


@pytest.mark.parametrize("extra", OPTIONAL)
def test_every_package_of_an_extra_can_be_told_missing(extra: str) -> None:
    direct = {Requirement(one).name for one in OPTIONAL[extra]} - {"cmcore"}
    # whoever has a frame of Spark has Spark, and Altair itself asks for what writes its images
    assert direct <= {*EXTRAS, "pyspark", "vl-convert-python"}


def test_all_brings_every_package_that_may_be_told_missing() -> None:
    assert brought(OPTIONAL["all"]) >= {canonicalize_name(one) for one in EXTRAS} - {"dask"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_extras_that_a_page_names_exist(page: Path) -> None:
    named = re.findall(r"cmcore\[([\w,-]+)\]", page.read_text("utf-8"))
    assert {extra for each in named for extra in each.split(",")} <= OPTIONAL.keys()


#: Runs a file as on a machine that lacks the modules named first.
WITHOUT: Final = """
import runpy, sys
lacking, path = set(sys.argv[1].split()), sys.argv[2]

class Finder:
    def __init__(self, finder):
        self.finder = finder
    def __getattr__(self, name):
        return getattr(self.finder, name)
    def find_spec(self, name, *rest):
        return None if name.partition(".")[0] in lacking else self.finder.find_spec(name, *rest)

sys.meta_path[:] = [Finder(finder) for finder in sys.meta_path]
runpy.run_path(path)
"""


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_with_what_all_brings_and_what_it_says_it_needs(notebook: Path) -> None:
    needs = re.findall(r"`pip install ([\w-]+)`", notebook.read_text("utf-8"))
    have = brought([*BASE, *OPTIONAL["all"], *needs]) | {"cmcore"}
    lacking = [module for module, owners in packages_distributions().items()
               if not any(canonicalize_name(owner) in have for owner in owners)]  # fmt: skip
    assert {"pytest", "duckdb"} <= set(lacking)
    assert ("sklearn" in lacking) is not bool(needs)
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", WITHOUT, " ".join(lacking), str(notebook)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
