"""Every public name stands in the reference, and says what it is."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import cmcore
import cmcore.strategies
from cmcore.base.offers import offered

PUBLIC = offered()
ROOT = Path(cmcore.__file__).parent
PACKAGES = ["cmcore", *(f"cmcore.{stub.parent.name}" for stub in ROOT.glob("*/__init__.pyi"))]

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in REFERENCE.glob("*.md")}
DOCUMENTED = [
    name for text in PAGES.values() for name in re.findall(r"^::: (\S+)", text, re.MULTILINE)
]


def dotted_names(name: str) -> list[str]:
    """Return the names by which a public name may stand in the reference: the shortest, once."""
    packages = [package for package in PACKAGES if name in import_module(package).__all__]
    return [f"{package}.{name}" for package in packages]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_stands_in_the_reference_once(name: str) -> None:
    assert sum(DOCUMENTED.count(dotted) for dotted in dotted_names(name)) == 1


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_class_or_function_has_a_docstring(name: str) -> None:
    thing = PUBLIC[name]
    if inspect.isclass(thing) or inspect.isfunction(thing):
        summary = (thing.__doc__ or "").partition("\n")[0]
        assert summary.endswith((".", ";", ":")), summary


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_constant_is_told_in_a_sentence(name: str) -> None:
    thing = PUBLIC[name]
    if not (inspect.isclass(thing) or inspect.isfunction(thing)):
        heads = [f"::: {dotted}\n" for dotted in dotted_names(name)]
        told = next(
            text.partition(head)[2].partition(":::")[0]
            for text in PAGES.values()
            for head in heads
            if head in text
        )
        assert "." in told


def test_what_is_documented_exists() -> None:
    for dotted in DOCUMENTED:
        home, _, name = dotted.rpartition(".")
        module = import_module(home)
        assert hasattr(module, name), dotted


@pytest.mark.parametrize("name", sorted({*cmcore.strategies.__all__} - {"register_all"}))
def test_every_strategy_stands_on_its_page(name: str) -> None:
    page = PAGES["strategies.md"]
    assert f"::: cmcore.strategies.{name}\n" in page or f"`{name}`" in page
