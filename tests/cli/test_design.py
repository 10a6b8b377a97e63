"""`cmcore design`: a folder to begin with, whole or not at all, whatever is asked for."""

import json
import re
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs
import pytest

from cmcore import Member, Organisation, Week, catalog, checkup, read
from cmcore.catalog.french_ids import ids_in_french
from cmcore.cli.designs import write_all
from cmcore.codec.files import structure, unstructure
from cmcore.codec.keys import KEYS

from .conftest import Run

FRENCH = ("equipe.yaml", "besoins.yaml", "charte.yaml", "consignes.yaml", "organisation.yaml")
FILES = ("team.yaml", "needs.yaml", "charter.yaml", "playbook.yaml", "organisation.yaml")
_T = TypeVar("_T")
NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
AIMS = ((), ("sales",), tuple(catalog.objectives))
ASKED = [
    (size, aims, "fr" if size == "small" else "en") for size, aims in product(catalog.sizes, AIMS)
]


@pytest.mark.parametrize(("size", "aims", "lang"), ASKED)
def test_the_files_to_begin_with_read_as_what_was_designed(
    run: Run,
    size: str,
    aims: tuple[str, ...],
    lang: Any,  # noqa: ANN401 - a language
) -> None:
    asked = [f"--objective={aim}" for aim in aims]
    more = ("--network", "Instagram", "--site", "Lyon", "--zone", "Europe/Paris", "--name", "shop")
    shown = run("design", "begin", "--size", size, *asked, *more, "--lang", lang)
    assert (shown.exit_code, shown.stderr) == (0, "")
    found = read("begin/organisation.yaml", Organisation)
    design = catalog.design(
        aims, size, networks=["instagram"], sites=["Lyon"], zone="Europe/Paris", id="shop"
    )
    assert found.needs == _under(lang, design.needs)
    assert found.team == _under(lang, design.team())
    assert found.charter is not None
    charter = design.charter("small-brand" if size == "small" else "large-group", lang)
    assert found.charter.rules == _under(lang, charter).rules
    assert found.playbook == _under(lang, catalog.playbooks.in_language(lang)["crisis"])
    assert found.objectives == (frozenset(aims) or None)
    names = FRENCH if lang == "fr" else FILES
    assert sorted(path.name for path in Path("begin").iterdir()) == sorted(names)
    assert all(name in shown.stdout for name in names)
    assert all(_is_in(lang, Path("begin", name)) for name in names)
    assert run("check", "begin/organisation.yaml").exit_code == 0


def _under(lang: str, thing: _T) -> _T:
    """Return a value of the catalog under the ids of a language."""
    data = unstructure(thing)
    chosen = {"shop", "Lyon", "instagram"}
    return structure(
        data if lang == "en" else ids_in_french(data, type(thing), chosen), type(thing)
    )


def test_roles_under_french_ids_lose_nothing_in_a_checkup(run: Run) -> None:
    asked = [f"--objective={aim}" for aim in catalog.objectives]
    answers: list[list[tuple[str, object]]] = []
    for lang in ("en", "fr"):
        assert run("design", lang, *asked, "--size", "large", "--lang", lang).exit_code == 0
        begun = read(f"{lang}/organisation.yaml", Organisation)
        assert begun.team is not None
        roles = {role.based_on or role.id: role.id for role in begun.team.roles}
        people = [Member(f"m{n}", roles={roles[id_]}) for n, id_ in enumerate(sorted(roles))]
        staffed = attrs.evolve(begun, team=begun.team.with_member(*people))
        found = checkup(staffed, NOON)
        answers.append([(one.question, one.known) for one in found.answers])
    assert answers[0] == answers[1]
    team = Path("fr/equipe.yaml").read_text("utf-8")
    assert "  coordinateur:\n    inspiré de: coordinateur\n" in team
    charter = Path("fr/charte.yaml").read_text("utf-8")
    assert charter.startswith("# Votre charte")
    assert "\ncharte: mon-organisation\n" in charter
    assert "\n  avis-négatif:\n" in charter


def _is_in(lang: str, path: Path) -> bool:
    """Return whether the keys at the margin of a file to begin with are all of a language."""
    text = path.read_text("utf-8")
    keys = set(re.findall(r"^([^\W\d][\w' ]*):", text, re.MULTILINE))
    return keys <= {*(KEYS.values() if lang == "fr" else KEYS)}


def test_a_design_is_shown_in_the_language_of_its_reader(run: Run) -> None:
    asked = [f"--objective={aim}" for aim in catalog.objectives]
    shown = run("design", *asked, "--network", "facebook", "--language", "fr", "--lang", "fr")
    assert "spécialiste de Facebook" in shown.stdout
    assert "parle français" in shown.stdout
    works = {one.name for aim in catalog.objectives.values() for one in aim.needs.work}
    assert not any(f"{name}  " in shown.stdout for name in works)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_may_be_added_reads_once_its_sign_is_gone(run: Run, lang: str) -> None:
    run("design", "begin", "--objective", "sales", "--lang", lang)
    added = {"en": ("team.yaml", "practices:"), "fr": ("equipe.yaml", "bonnes pratiques:")}
    team, practices = added[lang]
    for name, shows in ((team, "ana:"), ("organisation.yaml", practices)):
        text = Path("begin", name).read_text("utf-8")
        lines = text.splitlines()
        start = max(n for n, line in enumerate(lines) if line == "#") + 1
        freed = [line.removeprefix("# ") if n >= start else line for n, line in enumerate(lines)]
        Path("begin", name).write_text("\n".join(freed), "utf-8")
        assert any(line.strip().startswith(shows) for line in freed)
    for history, figures in (("history.csv", "figures.csv"), ("historique.csv", "chiffres.csv")):
        Path("begin", history).write_text("kind\npublish\n", "utf-8")
        Path("begin", figures).write_text("on,network\n", "utf-8")
    assert run("checkup", "begin/organisation.yaml", "--question", "000.4").exit_code == 1
    found = read("begin/organisation.yaml", Organisation)
    assert found.team is not None
    assert found.team.members[0].id == "ana"
    assert found.contact == "ana"
    assert found.name == {"en": "Martin and Daughters", "fr": "Martin et filles"}[lang]
    assert found.not_applicable.keys() == {"departments"}


def test_without_a_folder_nothing_is_written(run: Run) -> None:
    shown = run("design", "--objective", "sales", "--hours", "Mon-Fri 09:00-18:00")
    assert shown.exit_code == 0
    assert "Mon-Fri 09:00-18:00" in shown.stdout
    assert "team.yaml" not in shown.stdout
    told = json.loads(run("design", "begin", "--json", "--hours", "Mon 09:00-10:00").stdout)
    assert told["files"] == [*FILES]
    assert told["design"]["size"] == "small"
    needs = read("begin/organisation.yaml", Organisation).needs
    assert needs is not None
    assert [watch.week for watch in needs.hours] == [Week.parse("Mon 09:00-10:00")]
    assert "files" not in json.loads(run("design", "--json").stdout)


def test_facts_may_stand_in_a_file_and_options_go_first(run: Run) -> None:
    Path("facts.yaml").write_text(
        "organisation: florist\nsize: medium\nobjectives: [sales]\nlanguages: [fr]\n"
        "hours: Mon 09:00-12:00\ncharter: association\nzone: Europe/Paris\n",
        "utf-8",
    )
    shown = run("design", "begin", "--facts", "facts.yaml", "--size", "small")
    assert shown.exit_code == 0
    found = read("begin/organisation.yaml", Organisation)
    assert (found.id, found.zone) == ("florist", "Europe/Paris")
    assert found.charter is not None
    assert found.charter.title == ""  # that of the catalog's is not theirs
    assert found.objectives == frozenset({"sales"})
    assert found.charter is not None
    assert found.charter.labels == catalog.charters["association"].labels
    Path("facts.yaml").write_text("size: small\nobjectivs: [sales]\n", "utf-8")
    bad = run("design", "--facts", "facts.yaml")
    assert bad.exit_code == 2
    assert bad.stderr.startswith("facts.yaml:2: error: objectivs: ")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--size", "hueg"), "--size: the catalog has no size `hueg`"),
        (("--objective", "saels"), "did you mean `sales`?"),
        (("--charter", "asociation"), "--charter: the catalog has no charter `asociation`"),
        (("--zone", "Paris"), "`Paris`"),
        (("--hours", "Mno 9-5"), "--hours"),
    ],
)
def test_what_the_catalog_has_not_is_told_at_its_option(
    run: Run, args: tuple[str, ...], told: str
) -> None:
    shown = run("design", "begin", *args)
    assert shown.exit_code == 2
    assert told in shown.stderr
    assert not Path("begin").exists()


def test_nothing_is_ever_overwritten(run: Run) -> None:
    Path("begin").mkdir()
    Path("begin/team.yaml").write_text("mine", "utf-8")
    shown = run("design", "begin")
    assert shown.exit_code == 2
    assert "there is something in the folder `begin`" in shown.stderr
    assert [path.read_text("utf-8") for path in Path("begin").iterdir()] == ["mine"]
    Path("begin/team.yaml").unlink()
    assert run("design", "begin").exit_code == 0


@pytest.mark.parametrize("at", range(len(FILES)))
@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, *, is_there: bool
) -> None:
    folder = tmp_path / "begin"
    if is_there:
        folder.mkdir()
    real: Any = Path.open
    opened: list[Path] = []

    def failing(path: Path, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - as the real one
        if len(opened) == at:
            raise OSError(28, "No space left on device")
        opened.append(path)
        return real(path, *args, **more)

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(OSError, match=re.escape("No space")):
        write_all(folder, dict.fromkeys(FILES, "text"))
    assert folder.exists() is is_there
    assert not is_there or [*folder.iterdir()] == []


def test_a_folder_whose_parent_is_not_there_is_told(run: Run) -> None:
    shown = run("design", "a/b")
    assert shown.exit_code == 2
    assert "no such file or directory" in shown.stderr
