"""A file of an organisation and those it names: one whole, all problems at once, one folder."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import InvalidError, Organisation, dump, parse, read, schema, unstructure, write
from cmcore.base import Problem
from cmcore.codec import linked
from cmcore.codec.documents import dump_document, parse_document
from cmcore.codec.organisations import PARTS
from cmcore.strategies import organisations

FEW: Final = settings(max_examples=15)
#: What to write into a file of a part so that one thing is wrong with it, on a line of its own.
ODD: Final = "\nodd: 1\n"
WHOLE: Final = """\
organisation: shop
team: team.yaml
needs: needs.yaml
charter: charter.yaml
playbook: playbook.yaml
desk: desk.yaml
requests: requests.yaml
incidents: [incident.yaml]
history: history.csv
figures: figures.csv
practices:
  - {report: 2026-02-20, by: ana, note: with figures}
"""
FILES: Final = {
    "team.yaml": "team: t\nroles: {cm: {}}\nmembers: {ana: {roles: cm}}",
    "needs.yaml": "needs: n\nseats: {cm: 1}",
    "charter.yaml": "charter: c\ncircuits: {desk: [{ask: {role: cm}}]}\ndefault: desk\n"
    "labels: {promo: flag}",
    "playbook.yaml": "playbook: p\nduties: [{answer: a, within: 1 h}]",
    "desk.yaml": "desk: d\ntargets: [{within: 1 h}]",
    "requests.yaml": "events: [{received: r, at: 2026-01-01T00:00+00:00}]",
    "incident.yaml": "incident: i\nuntil: 2026-01-02T00:00+00:00\n"
    "events: [{opened: o, at: 2026-01-01T00:00+00:00}]",
    "history.csv": "at,kind,promo\n2026-01-01T09:00+01:00,publish,no\n",
    "figures.csv": "on;network;followers;posts\n2026-01-01;x;120;\n\n2026-01-02;x;121;2\n",
}


@contextmanager
def folder(text: str = WHOLE, **changed: str) -> Iterator[Path]:
    """Give a folder with the files of an organisation, of which some are changed."""
    with TemporaryDirectory() as name:
        for file, held in {**FILES, **changed}.items():
            Path(name, file).write_text(held, encoding="utf-8")
        Path(name, "organisation.yaml").write_text(text, encoding="utf-8")
        yield Path(name)


def problems(place: Path, file: str = "organisation.yaml") -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as raised:
        read(place / file, Organisation)
    return raised.value.problems


# ------------------------------------------------------------------------------- reading as a whole


def test_what_files_hold_is_what_the_organisation_has() -> None:
    with folder() as place:
        found = read(place / "organisation.yaml", Organisation)
    assert None not in {getattr(found, key) for key in PARTS}
    assert found.history is not None
    assert found.history[0].act.labels == {"promo": False}
    assert found.figures is not None
    assert [one.followers for one in found.figures] == [120, 121]
    assert [one.posts for one in found.figures] == [None, 2]
    assert found.deeds is not None
    assert found.deeds[0].note == "with figures"


@FEW
@given(organisations(), st.sampled_from([".yaml", ".json", ".toml"]), st.data())
def test_parts_may_stand_in_files_of_their_own_or_in_place(
    organisation: Organisation, ending: str, data: st.DataObject
) -> None:
    held = {key: part for key in PARTS if (part := getattr(organisation, key)) is not None}
    apart = data.draw(st.sets(st.sampled_from([*PARTS])))
    plain: Any = unstructure(organisation)
    with TemporaryDirectory() as name:
        for key in sorted(apart & held.keys()):
            write(held[key], f"{name}/{key}.json")
            plain[key] = f"{key}.json"
        for number, incident in enumerate(organisation.incidents or ()):
            write(incident, f"{name}/{number}.json")
            plain["incidents"][number] = f"{number}.json"
        file = Path(name, f"organisation{ending}")
        file.write_text(dump_document(plain, ending[1:]), encoding="utf-8")
        assert read(file, Organisation) == organisation


@FEW
@given(organisations())
def test_what_is_written_reads_back_equal_and_fits_the_schema(organisation: Organisation) -> None:
    assert parse(dump(organisation), Organisation) == organisation
    SCHEMA.validate(unstructure(organisation))


SCHEMA: Final = Draft202012Validator(schema(Organisation))


def test_the_schema_knows_files_and_refuses_what_is_misspelt() -> None:
    SCHEMA.validate(parse_document(WHOLE, "yaml"))
    for odd in ("teem: team.yaml", "practices: [{reprot: 2026-01-01}]", "does not apply: {x: y}"):
        assert not SCHEMA.is_valid(parse_document(f"organisation: o\n{odd}\n", "yaml"))


# ------------------------------------------------------------------------------------ all problems


@FEW
@given(st.sets(st.sampled_from([*FILES]), min_size=1))
def test_problems_of_all_files_are_told_at_once_each_with_its_file_and_line(
    broken: set[str],
) -> None:
    odd = {name: FILES[name] + ODD for name in broken if name.endswith(".yaml")}
    odd |= {name: "odd,odder\n" for name in broken if name.endswith(".csv")}
    with folder(WHOLE + "contct: ana\n", **odd) as place:
        told = problems(place)
    expected = {name: text.count("\n") or 1 for name, text in odd.items()}
    expected |= {name: 1 for name in odd if name.endswith(".csv")}
    if "charter.yaml" in odd:
        expected.pop("history.csv", None)  # what its columns are depends on the charter
    found = {one.file: one.line for one in told if one.file is not None}
    own = [(one.path, one.line) for one in told if one.file is None]
    assert found.keys() == expected.keys()
    assert own == [(("contct",), WHOLE.count("\n") + 1)]
    assert {name: found[name] for name in expected.keys() - {"history.csv"}} == {
        name: line for name, line in expected.items() if name != "history.csv"
    }
    assert all(one.hint for one in told)


BAD: Final = {
    "team: teem.yaml": ("no-file", "did you mean `team.yaml`"),
    "team: figures.csv": ("unknown-format", ""),
    "team: charter.yaml": ("other-kind", "it holds a charter, not a team"),
    "team: [a]": ("wrong-shape", ""),
    "team: .": ("not-a-file", "is not a file"),
    "figures: team.yaml": ("unknown-format", ".csv"),
    "history: {file: history.csv, separtor: x}": ("unknown-key", "separator"),
    "history: {separator: ;}": ("missing-key", "`file` is missing"),
    "history: history.csv": ("history-without-charter", "name one under `charter`"),
    "practices: [{reprot: 2026-02-20}]": ("unknown-practice", "did you mean `report`"),
    "practices: [{report: 2026-02-20, training: 2026-02-20}]": ("several-kinds", ""),
    "practices: [{by: ana}]": ("no-practice", "as in `{report: 2026-02-20, by: ana}`"),
    "practices: [{report: soon}]": ("wrong-value", "is not a day"),
    "practices: [{report: 2026-02-20, by: ' '}]": ("bad-id", ""),
    "does not apply: {departements: x}": ("not-asked-for", "departments"),
    "incidents: [gone.yaml]": ("no-file", "there is no file `gone.yaml`"),
    "practices: {report: 2026-02-20}": ("wrong-shape", "as in `[{report: 2026-02-20}]`"),
    "incidents: gone.yaml": ("wrong-value", "is not a list"),
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_is_told_with_its_place_and_a_hint(text: str) -> None:
    code, told = BAD[text]
    with folder(f"organisation: o\n{text}\n") as place:
        (problem,) = problems(place)
    assert problem.code == code
    assert told in str(problem)
    assert problem.file or problem.line == 2


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("on,network,on\n", "column-twice", 1),
        ("on,network\n2026-01-01,x,3\n", "ragged-row", 2),
        ("on,network,posts\n2026-01-01,x,1\n2026-01-02,x,many\n", "wrong-value", 3),
        ('on,network\n2026-01-01,"x\n', "quote-never-closed", 2),
        ("on,network\n01/02/2026,x\n", "wrong-value", 2),
        ("network\nx\n", "missing-key", 2),
        ("on,network,posts\n2026-01-01,x,1 200\n", "wrong-value", 2),
    ],
)
def test_figures_are_read_strictly_row_by_row(text: str, code: str, line: int) -> None:
    with folder("organisation: o\nfigures: figures.csv\n", **{"figures.csv": text}) as place:
        (problem,) = problems(place)
    assert (problem.code, problem.file, problem.line) == (code, "figures.csv", line)


def test_figures_in_french_are_those_in_english() -> None:
    english = "on;network;followers;reach;engagement\n2026-01-01;x;120;7;3\n"
    french = "le;réseau;abonnés;portée;engagement\n2026-01-01;x;120;7;3\n"
    held = []
    for text in (english, french):
        with folder("organisation: o\nfigures: figures.csv\n", **{"figures.csv": text}) as place:
            held.append(read(place / "organisation.yaml", Organisation))
    assert held[0] == held[1]
    assert [one.followers for one in held[1].figures or ()] == [120]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("le,réseau,abonés\n", "`abonnés`"),
        ("le,réseau,le\n", "`le`"),
        ("réseau\nx\n", "`le`"),
        ("le,réseau,abonnés\n2026-01-01,x,beaucoup\n", "abonnés"),
    ],
)
def test_what_is_wrong_with_figures_in_french_is_told_by_their_columns(
    text: str, told: str
) -> None:
    with folder("organisation: o\nfigures: figures.csv\n", **{"figures.csv": text}) as place:
        (problem,) = problems(place)
    said = problem.text("fr")
    assert told in said
    assert not re.search(r"\b(?:on|network|followers)\b", said)


def test_rows_of_a_history_that_do_not_read_are_kept_as_such_and_columns_may_be_named() -> None:
    text = (
        "organisation: o\ncharter: {charter: c, circuits: {d: [{ask: {role: cm}}]}, default: d}\n"
    )
    text += (
        'history: {file: history.csv, separator: ";", columns: {at: Date}, facts: {kind: reply}}\n'
    )
    rows = "Date;text\n2026-01-01T09:00+01:00;hello\nsoon;hello\n"
    with folder(text, **{"history.csv": rows}) as place:
        found = read(place / "organisation.yaml", Organisation)
    assert found.history is not None
    assert [case.act.kind for case in found.history] == ["reply"]
    assert len(found.unread) == 1


def test_what_a_charter_that_does_not_read_would_say_of_a_history_is_not_told() -> None:
    text = "organisation: o\ncharter: {charter: c}\nhistory: history.csv\n"
    with folder(text) as place:
        assert {one.path[0] for one in problems(place)} == {"charter"}


def test_a_list_is_no_organisation() -> None:
    with folder("[team.yaml]\n") as place:
        (problem,) = problems(place)
    assert problem.code == "wrong-shape"


def test_plain_data_alone_names_no_file() -> None:
    with pytest.raises(InvalidError) as raised:
        parse("organisation: o\nteam: team.yaml\n", Organisation)
    assert raised.value.problems[0].code == "file-not-here"


# -------------------------------------------------------------------------------------- one folder


@pytest.mark.parametrize(
    "name",
    ["../team.yaml", "a/../../team.yaml", "/team.yaml", "//host/team.yaml", "link.yaml", " ",
     "way/team.yaml", "te\\0am.yaml", "..", "loop.yaml"],
)  # fmt: skip
def test_no_file_outside_the_folder_is_ever_opened(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    real: Callable[..., Any] = Path.open

    def spy(path: Path, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - as the real one
        opened.append(path)
        return real(path, *args, **more)

    with folder() as outer:
        inner = outer / "inner"
        inner.mkdir()
        (inner / "link.yaml").symlink_to(outer / "team.yaml")
        (inner / "loop.yaml").symlink_to(inner / "loop.yaml")
        (inner / "way").symlink_to(outer)
        text = f'organisation: o\nteam: "{name}"\n'
        (inner / "organisation.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(Path, "open", spy)
        (problem,) = problems(inner)
    assert problem.code in {"outside-folder", "no-file"}
    assert (problem.path, problem.line) == (("team",), 2)
    assert [file.name for file in opened] == ["organisation.yaml"]


def test_a_folder_below_is_in_the_folder_and_a_link_within_it_too() -> None:
    with folder("organisation: o\nteam: a/b/team.yaml\nneeds: a/needs.yaml\n") as place:
        (place / "a/b").mkdir(parents=True)
        shutil.move(place / "team.yaml", place / "a/b/team.yaml")
        (place / "a/needs.yaml").symlink_to(place / "needs.yaml")
        found = read(place / "organisation.yaml", Organisation)
    assert (found.team, found.needs) != (None, None)


def test_a_backslash_is_told_to_be_a_slash() -> None:
    with folder('organisation: o\nteam: "a\\\\team.yaml"\n') as place:
        (problem,) = problems(place)
    assert "write `/` there" in str(problem)


def test_files_are_few_and_not_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"MOST_FILES": (8, "too-many-files"), "MOST_BYTES": (99, "files-too-large"),
              "MOST_ROWS": (0, "too-many-lines")}  # fmt: skip
    for name, (most, code) in limits.items():
        with folder() as place, monkeypatch.context() as changed:
            changed.setattr(linked, name, most)
            assert code in {one.code for one in problems(place)}


def test_what_the_system_refuses_is_told_as_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = Path.open

    def closed(path: Path, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - as the real one
        if path.name == "team.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **more)

    with folder("organisation: o\nteam: team.yaml\n") as place:
        monkeypatch.setattr(Path, "open", closed)
        (problem,) = problems(place)
    assert (problem.code, problem.path) == ("file-closed", ("team",))
    assert "check that you may open it" in str(problem)


@pytest.mark.parametrize("key", ["playbook", "consignes"])
def test_what_is_wrong_in_a_file_that_is_named_is_told_where_it_stands_there(
    tmp_path: Path, key: str
) -> None:
    (tmp_path / "c.yaml").write_text("consignes: c\n\ndevoirs:\n  - {bidule: x}\n", "utf-8")
    whole = tmp_path / "o.yaml"
    names = {"playbook": "organisation: o\nzone: UTC\nnmae: x\n",
             "consignes": "organisation: o\nfuseau: UTC\nnmae: x\n"}  # fmt: skip
    whole.write_text(f"{names[key]}{key}: c.yaml\n", "utf-8")
    with pytest.raises(InvalidError) as error:
        read(whole, Organisation)
    own, other = error.value.problems
    assert (own.file, own.line, own.path) == (None, 3, ("nmae",))
    assert (other.file, other.line, other.path) == ("c.yaml", 4, ("devoirs", 0))
