"""What stands beside the pages: the same bytes each time, and what the pins name."""

import base64
import hashlib
import io
import runpy
import tarfile
import tomllib
import zipfile
from importlib.metadata import PackagePath
from pathlib import Path
from typing import Any

import pytest

SITE = Path(__file__).parents[2] / "docs" / ".site"
PINS = tomllib.loads((SITE / "vendor.toml").read_text("utf-8"))


@pytest.fixture
def assemble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Load the script, its cache and its registry elsewhere."""
    loaded = runpy.run_path(str(SITE / "assemble.py"))
    fetch = loaded["fetch"]
    monkeypatch.setitem(fetch.__globals__, "CACHE", tmp_path / "cache")
    monkeypatch.setitem(fetch.__globals__, "download", packed)
    return loaded


def packed(name: str, version: str, into: Path) -> Path:
    """Stand in for the registry: a package of one file, which tells its version."""
    target = into / f"{name}.tgz"
    target.write_bytes(archive(version))
    return target


def archive(version: str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        told = tarfile.TarInfo("package/version.txt")
        told.size = len(version)
        tar.addfile(told, io.BytesIO(version.encode()))
    return made.getvalue()


def pin(version: str) -> dict[str, str]:
    hashed = hashlib.sha512(archive(version)).digest()
    return {"version": version, "sha512": base64.b64encode(hashed).decode()}


def test_a_package_is_fetched_and_kept(
    assemble: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = assemble["fetch"]("thing", pin("1.0"))
    monkeypatch.setitem(assemble["fetch"].__globals__, "download", None)

    assert (folder / "package" / "version.txt").read_text() == "1.0"
    assert assemble["fetch"]("thing", pin("1.0")) == folder


def test_a_package_that_is_not_the_pinned_one_is_refused(assemble: dict[str, Any]) -> None:
    wrong = {**pin("1.0"), "sha512": pin("1.1")["sha512"]}

    with pytest.raises(SystemExit, match="not the one pinned"):
        assemble["fetch"]("thing", wrong)
    with pytest.raises(SystemExit, match="not the one pinned"):
        assemble["fetch"]("thing", wrong)


def test_an_archive_is_the_same_bytes_each_time(assemble: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "a.txt").write_text("a")
    names = {"b.txt": tmp_path / "b.txt", "a.txt": tmp_path / "a.txt"}
    one = assemble["zipped"](tmp_path / "one.zip", names)
    (tmp_path / "a.txt").touch()
    other = assemble["zipped"](tmp_path / "other.zip", dict(reversed(names.items())))

    assert one.read_bytes() == other.read_bytes()
    assert zipfile.ZipFile(one).namelist() == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("attrs/__init__.py", True),
        ("tzdata/zoneinfo/Europe/Paris", True),
        ("yaml/_yaml.cpython-311-x86_64-linux-gnu.so", False),
        ("attrs/__pycache__/a.cpython-311.pyc", False),
        ("../../../bin/cattrs", False),
    ],
)
def test_only_what_a_browser_can_use_is_served(
    assemble: dict[str, Any], name: str, *, kept: bool
) -> None:
    assert assemble["pure"](PackagePath(name)) is kept


@pytest.mark.parametrize("name", PINS)
def test_every_pin_has_a_version_and_a_hash(name: str) -> None:
    assert set(PINS[name]) <= {"version", "sha512", "served"}
    assert len(base64.b64decode(PINS[name]["sha512"])) == hashlib.sha512().digest_size


@pytest.mark.parametrize(
    ("environment", "settings", "found"),
    [
        ("https://one.example/", "registry=https://other.example/", "https://one.example/"),
        ("", "registry = https://other.example/\n", "https://other.example/"),
        ("", "save=true\n", ""),
    ],
)
def test_the_registry_is_the_one_that_npm_would_use(
    assemble: dict[str, Any], tmp_path: Path, environment: str, settings: str, found: str
) -> None:
    (tmp_path / ".npmrc").write_text(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NPM_CONFIG_REGISTRY", environment)
        patch.setenv("HOME", str(tmp_path))
        assert assemble["configured_registry"]() == found
        (tmp_path / ".npmrc").unlink()
        assert assemble["configured_registry"]() == environment
