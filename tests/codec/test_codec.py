import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    InvalidError,
    Rule,
    dump,
    fact,
    parse,
    read,
    structure,
    unstructure,
    write,
)
from cmcore.base import MissingExtraError, Problem
from cmcore.codec.files import converter
from cmcore.strategies import acts, charters

CHARTER = parse(
    "charter: airline\ncircuits: {desk: [{ask: {role: editor}}]}\ndefault: desk\n", Charter
)
FORMS = ["json", "yaml", "toml"]
on_posix = pytest.mark.skipif(os.name != "posix", reason="permissions and links as POSIX has them")


@pytest.mark.parametrize("form", FORMS)
@given(st.data())
def test_a_text_written_reads_back_equal(form: str, data: st.DataObject) -> None:
    thing = data.draw(charters(max_rules=3) | acts())
    text = dump(thing, format=form)
    assert parse(text, type(thing), format=form) == thing
    assert parse(text.encode(), type(thing), format=form) == thing
    assert dump(parse(text, type(thing), format=form), format=form) == text


@pytest.mark.parametrize("ending", [".json", ".yaml", ".yml", ".toml", ".YAML"])
def test_a_file_written_reads_back_equal(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"charter{ending}"
    write(CHARTER, str(file))
    assert read(file, Charter) == read(str(file), Charter) == CHARTER
    assert list(tmp_path.iterdir()) == [file]


def test_yaml_is_what_people_write() -> None:
    assert parse(dump(CHARTER), Charter) == CHARTER
    assert dump(CHARTER).startswith("charter: airline\n")


def test_data_goes_both_ways() -> None:
    rule = Rule.permit("a", when=fact("paid").is_(True), because="so")
    assert structure(unstructure(rule), Rule) == rule
    assert converter() is converter()


# ------------------------------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", '{\n"knd": 1,\n"paid": 3,\n"kind": "x"\n}'),
        ("yaml", "{\nknd: 1,\npaid: 3,\nkind: 3\n}"),
        ("toml", "\nknd = 1\npaid = 3\nkind = 3"),
    ],
)
@pytest.mark.parametrize("encode", [str, str.encode])
def test_problems_come_in_the_order_of_their_lines(
    form: str, text: str, encode: Callable[[str], Any]
) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(encode(text), Act, format=form)
    found = [(problem.path, problem.line) for problem in caught.value.problems]
    lines = dict(found)
    assert lines[("knd",)] == 2
    assert lines[("paid",)] == 3
    assert [line for _, line in found] == sorted(filter(None, lines.values()))


def test_the_text_of_a_file_has_its_lines_too(tmp_path: Path) -> None:
    file = tmp_path / "act.yaml"
    file.write_text("\nkind: publsh\n", encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        read(file, Act)
    assert [problem.line for problem in caught.value.problems] == [2]


def test_data_has_no_lines() -> None:
    with pytest.raises(InvalidError) as caught:
        structure({"knd": 1}, Act)
    assert [problem.line for problem in caught.value.problems] == [None]


@pytest.mark.parametrize("act", [dump, parse])
def test_an_unknown_format_is_refused(act: Callable[..., object]) -> None:
    given_ = (CHARTER,) if act is dump else ("a: 1", Charter)
    with pytest.raises(InvalidError) as caught:
        act(*given_, format="xml")
    known = ["json", "yaml", "toml"]
    assert caught.value.problems == (Problem.of("not-a-choice", given="xml", known=known),)


def test_a_file_of_an_unknown_format_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "charter.txt"
    with pytest.raises(InvalidError, match="end its name with one of"):
        write(CHARTER, file)
    assert not file.exists()
    file.write_text("", encoding="utf-8")
    with pytest.raises(InvalidError, match="end its name with one of"):
        read(file, Charter)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.yaml", Charter)
    with pytest.raises(FileNotFoundError):
        write(CHARTER, tmp_path / "none" / "charter.yaml")


@pytest.mark.parametrize(
    ("package", "form", "name", "extra"),
    [("yaml", "yaml", "PyYAML", "yaml"), ("tomli_w", "toml", "tomli-w", "toml")],
)
def test_a_missing_extra_is_named(
    package: str, form: str, name: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError) as caught:
        dump(CHARTER, format=form)
    assert (caught.value.package, caught.value.extra) == (name, extra)


# --------------------------------------------------------------------------- whole or not at all


def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "act.toml"
    file.write_text("kind = 'edit'\n", encoding="utf-8")
    with pytest.raises(InvalidError):
        write(Act(labels={"x": object()}), file)
    assert file.read_text(encoding="utf-8") == "kind = 'edit'\n"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_killed_run_left_is_taken_away_and_nothing_else_is(tmp_path: Path) -> None:
    old, new, other = (tmp_path / name for name in (".cmcore-1", ".cmcore-2", ".cmcorex"))
    for file in (old, new, other):
        file.write_bytes(b"half")
        os.utime(file, (1, 1))
    os.utime(new)
    (tmp_path / ".cmcore-3").mkdir()
    write(CHARTER, tmp_path / "charter.yaml")
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == [".cmcore-2", ".cmcore-3", ".cmcorex", "charter.yaml"]


def test_a_run_that_is_killed_leaves_one_hidden_file_at_most(tmp_path: Path) -> None:
    file = tmp_path / "act.json"
    script = (
        "import os, signal, sys; from pathlib import Path; from cmcore import Act, write;"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL);"
        "write(Act(kind='publish'), sys.argv[1])"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(file)], check=False)  # noqa: S603
    assert ended.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert left.is_file()
    os.utime(left, (1, 1))
    write(CHARTER, tmp_path / "charter.yaml")
    assert [each.name for each in tmp_path.iterdir()] == ["charter.yaml"]


@pytest.mark.parametrize("there", ["there before", ""])
def test_a_disk_that_fails_leaves_the_file_as_it_was(
    there: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "charter.yaml"
    if there:
        write(CHARTER, file)
    before = sorted((p.name, p.read_bytes()) for p in tmp_path.iterdir())
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        real(self, data[: len(data) // 2])
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space left") as caught:
        write(CHARTER.without_rule(), file)
    monkeypatch.undo()
    assert caught.value.filename == str(file)
    assert sorted((p.name, p.read_bytes()) for p in tmp_path.iterdir()) == before


def test_a_file_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "charter.json"
    file.write_text("x" * 10_000, encoding="utf-8")
    write(CHARTER, file)
    assert read(file, Charter) == CHARTER


@on_posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "charter.yaml"
    file.touch()
    file.chmod(mode)
    write(CHARTER, file)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@on_posix
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    file, other = tmp_path / "charter.yaml", tmp_path / "other.txt"
    write(CHARTER, file)
    other.touch()
    assert file.stat().st_mode == other.stat().st_mode


@on_posix
def test_a_link_keeps_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    file, link = tmp_path / "real" / "charter-3.yaml", tmp_path / "charter.yaml"
    file.touch()
    link.symlink_to(file)
    write(CHARTER, link)
    assert link.is_symlink()
    assert read(file, Charter) == CHARTER
    assert list(file.parent.iterdir()) == [file]


def test_lines_end_alike_on_every_system(tmp_path: Path) -> None:
    file = tmp_path / "charter.yaml"
    write(CHARTER, file)
    assert file.read_bytes() == dump(CHARTER).encode()
