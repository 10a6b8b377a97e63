"""Draw the import graph of the packages into its page: `python docs/.site/floors.py`.

A test fails where the page says otherwise, or where an arrow goes up that is not declared.
"""  # noqa: INP001 - a script

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import cmcore

ROOT: Final = Path(cmcore.__file__).parent
REPOSITORY: Final = Path(__file__).parents[2]
PAGE: Final = REPOSITORY / "docs" / "explanation" / "architecture.md"
BEGIN, END = "<!-- floors: begin -->\n", "<!-- floors: end -->\n"

#: From a package to another that it imports -> by how many modules.
Arrows = Counter[tuple[str, str]]


def floors() -> list[list[str]]:
    """Return the floors from the top, as the contract of `pyproject.toml` has them."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[name for name in layer.split(" | ") if name != "__main__"] for layer in layers]


def arrows() -> Arrows:
    """Return which package imports which, imports within functions included."""
    found: Arrows = Counter()
    for path in sorted(ROOT.glob("*/**/*.py")):
        package = path.relative_to(ROOT).parts[0]
        found.update((package, other) for other in {*_imported(path)} - {package})
    return found


def private() -> Iterator[tuple[Path, Path]]:
    """Yield each module that imports a private one, with the folder that the private one is of."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in _imports(path):
            for name in [f"{node.module}.{one.name}" for one in node.names]:
                steps = name.split(".")[1:]
                own = next((n for n, step in enumerate(steps) if step.startswith("_")), None)
                if own is not None:
                    yield path, ROOT.joinpath(*steps[:own])


def _imported(path: Path) -> Iterator[str]:
    return (str(node.module).split(".")[1] for node in _imports(path))


def _imports(path: Path) -> Iterator[ast.ImportFrom]:
    """Yield what a module imports of the library, within functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cmcore."):
            yield node


def upward(found: Arrows) -> list[tuple[str, str]]:
    """Return the arrows that do not go down."""
    level = {name: height for height, floor in enumerate(reversed(floors())) for name in floor}
    return sorted(pair for pair in found if level[pair[0]] <= level[pair[1]])


def picture(found: Arrows) -> str:
    """Return the graph as a Mermaid flowchart, without the arrows that others imply."""
    down = {pair for pair in found if pair not in upward(found)}
    lines = ["```mermaid", "flowchart TD"]
    for height, floor in enumerate(filter(None, floors())):
        lines += [f"  subgraph floor{height}[ ]", "    direction LR"]
        lines += [f"    {name}[{name}]" for name in floor]
        lines.append("  end")
    lines += [f"  {top} --> {below}" for top, below in sorted(_shortest(down))]
    lines += [f"  {low} -.-> {high}" for low, high in upward(found)]
    return "\n".join([*lines, "```\n"])


def _shortest(down: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Leave out each arrow that a longer way says already."""
    below = {top: {other for one, other in down if one == top} for top, _ in down}

    def reached(name: str) -> set[str]:
        direct = below.get(name, set())
        return direct | set(chain.from_iterable(map(reached, direct)))

    return {
        (top, other)
        for top, other in down
        if not any(other in reached(middle) for middle in below[top] - {other})
    }


def page_text() -> str:
    """Return the page with the picture drawn anew."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    return before + BEGIN + picture(arrows()) + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page_text(), encoding="utf-8")
