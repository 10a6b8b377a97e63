"""Every public name stands in the reference, and says what it is."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import cmcore
import cmcore.strategies

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in REFERENCE.glob("*.md")}
DOCUMENTED = [
    name for text in PAGES.values() for name in re.findall(r"^::: (\S+)", text, re.MULTILINE)
]


@pytest.mark.parametrize("name", cmcore.__all__)
def test_a_public_name_stands_in_the_reference_once(name: str) -> None:
    assert DOCUMENTED.count(f"cmcore.{name}") == 1


@pytest.mark.parametrize("name", cmcore.__all__)
def test_a_public_class_or_function_has_a_docstring(name: str) -> None:
    thing = getattr(cmcore, name)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        summary = (thing.__doc__ or "").partition("\n")[0]
        assert summary.endswith((".", ";", ":")), summary


@pytest.mark.parametrize("name", cmcore.__all__)
def test_a_public_constant_is_told_in_a_sentence(name: str) -> None:
    thing = getattr(cmcore, name)
    if not (inspect.isclass(thing) or inspect.isfunction(thing)):
        page = next(text for text in PAGES.values() if f"::: cmcore.{name}\n" in text)
        told = page.partition(f"::: cmcore.{name}\n")[2].partition(":::")[0]
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
