"""The page on the architecture draws the imports as they are, and only one of them goes up."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

PATH = Path(__file__).parents[2] / "docs" / ".site" / "floors.py"
spec = spec_from_file_location("floors", PATH)
assert spec is not None
assert spec.loader is not None
floors = module_from_spec(spec)
spec.loader.exec_module(floors)


def test_the_picture_is_that_of_the_imports() -> None:
    assert floors.PAGE.read_text("utf-8") == floors.page_text()


def test_only_the_declared_arrow_goes_up() -> None:
    assert floors.upward(floors.arrows()) == [("base", "display")]


def test_an_arrow_that_others_imply_is_not_drawn() -> None:
    drawn = floors.picture(floors.arrows())
    assert "  charters --> circuits\n" in drawn
    assert "  cli --> base\n" not in drawn


def test_every_package_is_on_a_floor_and_in_the_table() -> None:
    packages = {path.parent.name for path in floors.ROOT.glob("*/__init__.py")}
    assert packages == {name for floor in floors.floors() for name in floor}
    text = floors.PAGE.read_text("utf-8")
    assert all(f"`{name}`" in text for name in packages)


def test_what_begins_with_an_underscore_is_for_its_folder_alone() -> None:
    found = [(path, name) for path, name in floors.private() if not path.is_relative_to(name)]
    assert found == []
