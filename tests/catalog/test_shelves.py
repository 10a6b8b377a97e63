"""Shelves: what the catalog holds, in both languages, each with where it comes from."""

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files

import pytest

from cmcore import Charter, InvalidError, Playbook, ValidationCircuit, catalog, dump, parse
from cmcore.catalog.entries import Entry, Idea
from cmcore.catalog.shelves import Shelf
from cmcore.display.wording import Language

SHELVES = {name: getattr(catalog, name) for name in sorted(catalog.__all__) if name.islower()}
SHELVES = {name: shelf for name, shelf in SHELVES.items() if isinstance(shelf, Shelf)}
SECTIONS = {idea.section for idea in catalog.ideas.values()}


def test_every_file_of_the_data_is_a_shelf_or_what_charters_share() -> None:
    folder = files("cmcore.catalog").joinpath("data")
    assert {one.name.removesuffix(".json") for one in folder.iterdir()} == {
        *SHELVES,
        "conditions",
        "words",
    }


@pytest.mark.parametrize("name", SHELVES)
def test_a_shelf_lists_what_it_holds_and_holds_what_it_lists(name: str) -> None:
    shelf = SHELVES[name]
    assert len(shelf) == len(list(shelf)) > 0
    for key in shelf:
        assert shelf[key] is shelf[key]
        assert shelf.entry(key).id == key


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_shelf_shows_every_entry(name: str, language: Language) -> None:
    shown = SHELVES[name].text(language)
    assert all(f"\n  {key} " in shown for key in SHELVES[name])
    html = SHELVES[name]._repr_mimebundle_()["text/html"]
    assert html.count("<tr>") == len(SHELVES[name]) + 1


@pytest.mark.parametrize("name", SHELVES)
def test_what_is_said_in_two_languages_is_said_twice(name: str) -> None:
    for spoken in _spoken(json.loads(_text(name))):
        assert spoken.keys() == {"en", "fr"}
        assert all(text.strip() == text for text in spoken.values())
        assert all(spoken.values())


def _text(name: str) -> str:
    return files("cmcore.catalog").joinpath("data", f"{name}.json").read_text(encoding="utf-8")


def _spoken(data: object) -> list[Mapping[str, str]]:
    if isinstance(data, list):
        return [one for part in data for one in _spoken(part)]
    if not isinstance(data, dict):
        return []
    if data.keys() & {"en", "fr"} and data.keys() <= {"en", "fr"}:
        return [data]
    return [one for part in data.values() for one in _spoken(part)]


@pytest.mark.parametrize("name", [name for name in SHELVES if name != "ideas"])
def test_every_entry_names_sections_of_the_source_texts(name: str) -> None:
    for key in SHELVES[name]:
        entry = SHELVES[name].entry(key)
        assert isinstance(entry, Entry)
        assert entry.sources
        assert {*entry.sources} <= SECTIONS
        assert entry.text("en") != entry.text("fr")


def test_an_entry_shows_itself() -> None:
    shown = catalog.roles["communicator"].text("fr")
    assert shown.startswith("communicant\n")
    assert "relations presse" in shown
    assert shown.endswith("(d’après 000.4)")


@pytest.mark.parametrize("name", ["roles", "sizes", "objectives", "models", "dilemmas", "tasks"])
def test_every_entry_says_more_than_its_label(name: str) -> None:
    for entry in SHELVES[name].values():
        assert len(entry.view().lines) > 1


def test_what_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(KeyError, match=r"no `asociation` among its charters: did you mean"):
        catalog.charters["asociation"]
    with pytest.raises(KeyError, match=r"one of crisis"):
        catalog.playbooks["zzz"]
    assert "zzz" not in catalog.charters
    assert repr(catalog.playbooks) == "<catalog.playbooks: crisis>"


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(InvalidError, match="there are no sentences in `de`"):
        catalog.charters.in_language("de")  # type: ignore[arg-type]


def test_the_two_languages_of_a_charter_decide_alike() -> None:
    for key, charter in catalog.charters.items():
        french = catalog.charters.in_language("fr")[key]
        assert french.title != charter.title
        assert [(r.id, r.effect, r.when, r.to) for r in french.rules] == [
            (r.id, r.effect, r.when, r.to) for r in charter.rules
        ]
        assert all(
            one.because != other.because
            for one, other in zip(charter.rules, french.rules, strict=True)
        )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_librarys_own_nouns_go_through_files(language: Language) -> None:
    for name, kind in (
        ("charters", Charter),
        ("circuits", ValidationCircuit),
        ("playbooks", Playbook),
    ):
        for value in SHELVES[name].in_language(language).values():
            assert isinstance(value, kind)
            assert parse(dump(value, format="json"), kind, format="json") == value


def test_an_idea_is_said_in_two_languages() -> None:
    idea = Idea("003.6.2", en="short", fr="court", carriers=("cmcore.Charter",))
    assert (idea.section, idea.text("en"), idea.text("fr")) == ("003.6", "short", "court")


def test_the_catalog_is_read_when_it_is_used() -> None:
    code = (
        "import sys, cmcore; from cmcore import catalog; dir(catalog);"
        "assert not {'attrs', 'cattrs', 'cmcore.codec', 'cmcore.catalog.shelves'} & {*sys.modules};"
        "catalog.roles; assert 'cmcore.catalog.designs' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own words


def test_what_the_catalog_has_not_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match=r"`cmcore\.catalog` has no attribute `chartres`"):
        catalog.chartres  # noqa: B018
    assert dir(catalog) == sorted(catalog.__all__)
    assert all(getattr(catalog, name) is not None for name in catalog.__all__)
