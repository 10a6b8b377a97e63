"""`cmcore catalog`: what there is, and files to begin with that read back as what they are of."""

import json
from typing import Any

import pytest
import yaml

from cmcore import Needs, Team, catalog, parse
from cmcore.catalog.french_ids import ids_in_french
from cmcore.charters import Charter
from cmcore.circuits import ValidationCircuit
from cmcore.cli.catalogs import SHELVES
from cmcore.codec.files import structure, unstructure
from cmcore.codec.french import key_in_french
from cmcore.incidents import Playbook
from cmcore.organisations import Organisation

from .conftest import Run

LANGUAGES: Any = ("en", "fr")


def test_every_shelf_is_listed_with_what_stands_on_it(run: Run) -> None:
    assert sorted(SHELVES) == sorted(name for name in catalog.__all__ if name.islower()
                                     and name not in {"design", "specialise"})  # fmt: skip
    shown = run("catalog").stdout
    for name in SHELVES:
        assert f"{name} " in shown
        assert run("catalog", name).stdout.splitlines()[0] in shown
    told = json.loads(run("catalog", "--json").stdout)
    assert {one["shelf"]: one["entries"] for one in told} == {
        name: [*getattr(catalog, name)] for name in SHELVES
    }


def _same(kind: type[Any], text: str, value: Any, lang: str) -> None:  # noqa: ANN401 - any value
    data = unstructure(value)
    assert parse(text, kind) == (
        value if lang == "en" else structure(ids_in_french(data, kind), kind)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_to_begin_with_reads_back_as_the_entry_that_it_is_of(run: Run, lang: Any) -> None:  # noqa: ANN401
    for shelf, kind in (("charters", Charter), ("playbooks", Playbook)):
        held = getattr(catalog, shelf).in_language(lang)
        for name in held:
            _same(kind, run("catalog", shelf, name, "--lang", lang).stdout, held[name], lang)
    for shelf in ("objectives", "sizes"):
        held = getattr(catalog, shelf)
        for name in held:
            _same(Needs, run("catalog", shelf, name, "--lang", lang).stdout, held[name].needs, lang)


def test_a_part_of_a_file_stands_under_its_key(run: Run) -> None:
    roles = run("catalog", "roles", "sales").stdout
    assert parse(f"team: t\n{roles}", Team).roles == (catalog.roles["sales"].role,)
    deeds = parse(f"organisation: o\n{run('catalog', 'practices', 'report').stdout}", Organisation)
    assert deeds.deeds is not None
    assert deeds.deeds[0].practice == "report"
    plain = yaml.safe_load(run("catalog", "circuits", "crisis").stdout)["circuits"]
    assert parse(json.dumps(plain), ValidationCircuit, format="json") == catalog.circuits["crisis"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_says_what_it_is_and_what_to_fill_in(run: Run, lang: Any) -> None:  # noqa: ANN401
    text = run("catalog", "charters", "association", "--lang", lang).stdout
    entry = catalog.charters.entry("association")
    assert isinstance(entry, catalog.Entry)
    assert text.splitlines()[0] == f"# {entry.label.text(lang)}"
    keys = {line.partition(":")[0] for line in text.splitlines() if line[:1].islower()}
    above = ("charter", "version", "target", "zone", "volume", "labels", "circuits", "rules")
    known = set(above) if lang == "en" else {key_in_french(key, "charter") for key in above}
    lines = text.splitlines()
    assert len(known & keys) >= 7
    for key in known & keys:
        (at,) = [n for n, line in enumerate(lines) if line.startswith(f"{key}:")]
        assert lines[at - 1].startswith("# "), key


def test_what_is_no_file_is_shown_and_everything_is_json(run: Run) -> None:
    assert "mission" not in run("catalog", "models", "internal").stdout
    assert run("catalog", "models", "internal").stdout.startswith("team from within")
    assert run("catalog", "ideas", "003.6.8").exit_code == 0
    told = json.loads(run("catalog", "models", "internal", "--json").stdout)
    assert told["entry"]["id"] == told["value"]["id"] == "internal"
    assert len(json.loads(run("catalog", "sizes", "--json").stdout)) == 3


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("chartes",), "the catalog has no shelf `chartes` (did you mean `charters`?)"),
        (("charters", "smallbrand"), "the catalog has no charter `smallbrand` (did you mean"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(
    run: Run, args: tuple[str, ...], told: str
) -> None:
    shown = run("catalog", *args)
    assert shown.exit_code == 2
    assert told in shown.stderr
