import subprocess
import sys
from collections import Counter
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest

import cmcore
from cmcore.base.offers import offered

ROOT = Path(cmcore.__file__).parent
EXAMPLE = Path(__file__).parents[1] / "examples" / "brand-team" / "charter.yaml"
PACKAGES = sorted(
    "cmcore" if stub.parent == ROOT else f"cmcore.{stub.parent.name}"
    for stub in ROOT.rglob("__init__.pyi")
)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_of_a_stub_is_found(package: str) -> None:
    module = import_module(package)
    assert dir(module) == sorted({*dir(module)})
    for name in dir(module):
        assert getattr(module, name) is not None


@pytest.mark.parametrize("package", PACKAGES)
def test_no_name_is_that_of_a_module_beside_it(package: str) -> None:
    module = import_module(package)
    beside = {found.name for found in iter_modules(module.__path__)}
    assert not beside & {*module.__all__}
    assert all(isinstance(getattr(module, name), ModuleType) for name in beside & {*dir(module)})


@pytest.mark.parametrize("package", PACKAGES)
def test_a_stub_says_nothing_but_names(package: str) -> None:
    stub = Path(import_module(package).__path__[0]) / "__init__.pyi"
    lines = [line for line in stub.read_text("utf-8").splitlines() if line]
    assert len(lines) == len(dir(import_module(package))) + (package == "cmcore")


def test_no_two_packages_offer_the_same_name_for_different_things() -> None:
    names = Counter(name for package in PACKAGES[1:] for name in import_module(package).__all__)
    assert [name for name, count in names.items() if count > 1] == []
    folders = {found.name for found in iter_modules(cmcore.__path__) if found.ispkg}
    assert {*dir(cmcore)} - folders <= {*names} == {*offered()}
    assert folders - {"cli", "strategies"} <= {*dir(cmcore)}


def test_the_root_offers_about_seventy_names() -> None:
    names = [name for name in dir(cmcore) if not isinstance(getattr(cmcore, name), ModuleType)]
    assert len(names) in range(65, 80)


def test_a_name_is_looked_up_once() -> None:
    vars(cmcore).pop("Charter", None)
    assert "Charter" not in vars(cmcore)
    charter = cmcore.Charter
    assert vars(cmcore)["Charter"] is charter


def test_reading_a_charter_imports_no_other_subject() -> None:
    code = (
        "import sys; from cmcore import Charter, read;"
        "read(sys.argv[1], Charter); print(*sorted(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code, EXAMPLE], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[1] for name in done.stdout.split() if name.startswith("cmcore.")}
    assert not loaded & {"reviews", "incidents", "requests", "organisations", "frames", "catalog"}


def test_the_version_is_that_of_the_package() -> None:
    assert cmcore.__version__ == version("cmcore")


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError) as caught:
        _ = cmcore.Chartre  # type: ignore[attr-defined]
    assert str(caught.value) == "module `cmcore` has no attribute `Chartre`"


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, cmcore; print([m for m in ('attrs', 'cattrs', 'yaml') if m in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_whichever_module_of_the_ground_is_imported_first_is_imported() -> None:
    ground = ROOT / "base"
    names = ["cmcore.codec", *(f"cmcore.base.{path.stem}" for path in ground.glob("[!_]*.py"))]
    code = """
import sys
for name in sys.argv[1:]:
    for other in [one for one in sys.modules if one.startswith("cmcore")]:
        del sys.modules[other]
    try:
        __import__(name)
    except ImportError as error:
        print(name, error)
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code, *sorted(names)], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
