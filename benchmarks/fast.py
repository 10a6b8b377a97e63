"""How fast many rules, many acts and long word lists are, beside other engines, in one run.

Run with `make bench`, or `python benchmarks/fast.py [--short]`. Agreement comes first, then
decisions one by one, posts with a text, whole decisions, frames, and word lists: one after the
other, so that nothing else is measured at the same time. What each part finds is kept in
`benchmarks/figures/`; what the page of the docs says is kept in `docs/assets/fast.json`, from which
its tables and curves are made.
`--short` tries all this with little, and leaves the docs alone; `--only rules` measures that part
again, and keeps what the page says of the others.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import telling

ROOT = Path(__file__).parents[1]
FIGURES = Path(__file__).with_name("figures")
KEPT = ROOT / "docs/assets/fast.json"
PAGE = ROOT / "docs/explanation/fast.md"
PACKAGES = ("casbin", "cedarpy", "datalogic-py", "numpy", "polars", "pyarrow", "regopy",
            "rule-engine")  # fmt: skip
PAIRS, FEW_PAIRS = 40_000, 2_000
#: Of so many pairs, one is decided whole: there the evaluation that tries everything takes long.
WHOLE = 20

Parts = dict[str, tuple[str, ...]]

#: Part -> the script that measures it, and how it is asked.
FULL: Parts = {
    "rules": ("single.py", "--plain"),
    "cited": ("single.py", "--words", "--alone"),
    "neutral": ("neutral.py",),
    "whole": ("whole.py",),
    "rows": ("bulk.py", "rate", "loop", "--rows", "1000000"),
    "audit": ("bulk.py", "memory", "--rows", "10000000"),
    "counting": ("counting.py",),
    "words": ("words.py",),
}
SHORT: Parts = {
    "rules": ("single.py", "--plain", "--rules", "10", "100", "1000"),
    "cited": ("single.py", "--words", "--alone", "--rules", "10", "100", "1000"),
    "neutral": ("neutral.py", "--rules", "10", "100", "1000"),
    "whole": ("whole.py", "--rules", "10", "100", "--words", "1", "100", "1600"),
    "rows": ("bulk.py", "rate", "loop", "--rows", "10000"),
    "audit": ("bulk.py", "memory", "--rows", "100000"),
    "counting": ("counting.py", "--rows", "20000"),
    "words": ("words.py", "--words", "1000"),
}


def start(script: str, *asked: str) -> None:
    """Run another benchmark, which prints as it goes; stop with it if it fails."""
    print(f"\n== {script} {' '.join(asked)}", flush=True)
    beside = str(Path(__file__).with_name(script))
    run = subprocess.run([sys.executable, beside, *asked], check=False)
    if run.returncode:
        sys.exit(f"{script} failed")


def machine() -> dict[str, Any]:
    """Return what was measured on."""
    return {
        "cores": os.cpu_count(),
        "kind": f"{platform.system()} on {platform.machine()}",
        "python": platform.python_version(),
    }


def versions() -> dict[str, str]:
    """Return the versions of the engines and of what frames stand on."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def measured(
    parts: Parts, pairs: int, only: Sequence[str], before: dict[str, Any]
) -> dict[str, Any]:
    """Run every part, or only some, and return the figures of all, others as they were before."""
    FIGURES.mkdir(exist_ok=True)
    start("agreement.py", str(pairs))
    start("repairs.py", str(pairs // WHOLE))
    found: dict[str, Any] = {"machine": machine(), "versions": versions(), "pairs": pairs}
    for name, (script, *asked) in parts.items():
        if name not in only:
            found[name] = before[name]
            continue
        kept = FIGURES / f"{name}.json"
        start(script, *asked, "--json", str(kept))
        got = json.loads(kept.read_text(encoding="utf-8"))
        found[name] = next(iter(got.values())) if script == "single.py" else got
    return found


def main() -> None:
    """Measure, print how the figures stand to each other, and draw them."""
    read = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    read.add_argument("--short", action="store_true", help="try it with little")
    read.add_argument("--only", nargs="*", choices=FULL, help="measure these parts anew")
    read.add_argument("--again", action="store_true", help="draw the figures that are kept")
    asked = read.parse_args()
    kept = FIGURES / "fast.json" if asked.short else KEPT
    if not asked.again:
        parts, pairs = (SHORT, FEW_PAIRS) if asked.short else (FULL, PAIRS)
        before = json.loads(kept.read_text(encoding="utf-8")) if asked.only else {}
        found = measured(parts, pairs, asked.only or [*FULL], before)
        kept.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    print(f"\n{telling.targets(found)}")
    import curves

    curves.draw(found, kept.parent)
    if not asked.short:
        telling.write(found, PAGE)


if __name__ == "__main__":
    main()
