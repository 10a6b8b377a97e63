"""Put beside the built pages what they need to run: Python, the library, what draws circuits.

    python docs/.site/assemble.py site

What comes from elsewhere is pinned in `vendor.toml`, checked against its hash, and kept in
`.cache`. The packages are those of the environment that runs this, which its lock file has pinned.
"""

import base64
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "site"
#: What runs in the browser beside cmcore itself: its two dependencies, theirs, and the extras that
#: the examples use.
PACKAGES = ("attrs", "cattrs", "typing_extensions", "PyYAML", "tzdata")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same archive whenever it is made


def main() -> None:
    """Fetch, build and copy, then tell what the browser must fetch."""
    site = Path(sys.argv[1]).resolve()
    vendor = site / "vendor"
    pins = tomllib.loads((ROOT / "docs/.site/vendor.toml").read_text(encoding="utf-8"))
    for name, pin in pins.items():
        folder = fetch(name, pin)
        for file in pin.get("served", ()):
            target = vendor / name / Path(file).name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / "package" / file, target)
    archives = [{"name": f"wheels/{wheel.name}"} for wheel in wheels(vendor / "wheels")]
    examples = zipped(vendor / "examples.zip", files_of(ROOT / "examples"))
    archives.append({"name": examples.name, "into": "/examples"})
    told = json.dumps({"archives": archives}, indent=2)
    (vendor / "manifest.json").write_text(told + "\n", encoding="utf-8")
    size = sum(each.stat().st_size for each in vendor.rglob("*") if each.is_file())
    print(f"{vendor.relative_to(Path.cwd())}: {size / 1e6:.1f} MB")


def fetch(name: str, pin: dict[str, Any]) -> Path:
    """Return the folder of a package from the npm registry, downloaded once and checked."""
    folder = CACHE / f"{name}-{pin['version']}"
    if folder.is_dir():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        archive = download(name, pin["version"], Path(scratch))
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != pin["sha512"]:
            raise SystemExit(f"{name} {pin['version']}: the hash is {found}, not the one pinned")
        with tarfile.open(archive) as tar:
            tar.extractall(f"{scratch}/{name}", filter="data")
        Path(scratch, name).rename(folder)
    return folder


def download(name: str, version: str, into: Path) -> Path:
    """Download with npm, which knows its registry; without npm, from the registry it would use."""
    if shutil.which("npm"):
        command = ["npm", "pack", "--silent", "--pack-destination", str(into), f"{name}@{version}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return next(into.glob("*.tgz"))
    registry = configured_registry()
    if not registry:
        raise SystemExit(
            f"{name} {version} is needed, and npm is not here: install npm, or set "
            "NPM_CONFIG_REGISTRY to the address of an npm registry"
        )
    target = into / f"{name}.tgz"
    address = f"{registry.rstrip('/')}/{name}/-/{name}-{version}.tgz"
    with urllib.request.urlopen(address, timeout=60) as response:
        target.write_bytes(response.read())
    return target


def configured_registry() -> str:
    """Return the registry that the environment or the user's `.npmrc` names, or nothing."""
    named = os.environ.get("NPM_CONFIG_REGISTRY")
    settings = Path.home() / ".npmrc"
    if not named and settings.is_file():
        line = re.search(r"^registry *= *(\S+)", settings.read_text("utf-8"), re.MULTILINE)
        named = line[1] if line else ""
    return named or ""


def wheels(into: Path) -> Iterator[Path]:
    """Build our wheel, and pack the others anew from what is installed, without compiled parts."""
    into.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    yield next(into.glob("cmcore-*.whl"))
    for name in PACKAGES:
        found = importlib.metadata.distribution(name)
        label = name.lower().replace("-", "_")
        files = {str(each): Path(str(each.locate())) for each in found.files or () if pure(each)}
        yield zipped(into / f"{label}-{found.version}-py3-none-any.whl", files)


def pure(file: importlib.metadata.PackagePath) -> bool:
    """Tell whether a file of a package is for a browser: no program, no cache, no machine code."""
    return ".." not in file.parts and file.suffix not in {".so", ".pyd", ".pyc", ".pyx", ".c", ".h"}


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their names in an archive, in order."""
    found = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return {str(each.relative_to(folder)): each for each in found if each.suffix != ".pyc"}


def zipped(target: Path, files: dict[str, Path]) -> Path:
    """Write an archive that is the same bytes whenever and wherever it is made."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name].read_bytes())
    return target


if __name__ == "__main__":
    main()
