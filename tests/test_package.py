import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import cmcore

HOME = vars(cmcore)["_HOME"]


@pytest.mark.parametrize("name", cmcore.__all__)
def test_every_public_name_is_found_at_home(name: str) -> None:
    home = import_module(f"cmcore.{HOME[name]}")
    assert getattr(cmcore, name) is getattr(home, name)


def test_a_name_is_looked_up_once() -> None:
    vars(cmcore).pop("Charter", None)
    assert "Charter" not in vars(cmcore)
    charter = cmcore.Charter
    assert vars(cmcore)["Charter"] is charter


def test_the_tables_of_names_agree() -> None:
    assert sorted(HOME) == sorted(cmcore.__all__)
    assert len(set(cmcore.__all__)) == len(cmcore.__all__)
    assert dir(cmcore) == sorted([*cmcore.__all__, "__version__"])


def test_type_checkers_see_the_same_names() -> None:
    source = cmcore.__spec__.loader.get_source("cmcore")  # type: ignore[union-attr]
    block = source.partition("if TYPE_CHECKING:")[2].partition("\n_HOMES")[0]
    words = block.replace("(", " ").replace(")", " ").replace(",", " ").split()
    seen = [word for word in words if word not in {"from", "import"} and "cmcore" not in word]
    assert sorted(seen) == sorted(cmcore.__all__)


def test_the_version_is_that_of_the_package() -> None:
    assert cmcore.__version__ == version("cmcore")


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError) as caught:
        _ = cmcore.Chartre
    assert str(caught.value) == "module `cmcore` has no attribute `Chartre`"


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, cmcore; print([m for m in ('attrs', 'cattrs', 'yaml') if m in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_whichever_module_of_the_ground_is_imported_first_is_imported() -> None:
    ground = Path(cmcore.__file__).parent / "foundation"
    names = ["cmcore.codec", *(f"cmcore.base.{path.stem}" for path in ground.glob("*.py"))]
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
