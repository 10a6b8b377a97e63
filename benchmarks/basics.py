"""Three figures every user feels: loading a large charter, auditing a long history, importing.

Run by hand: `python benchmarks/basics.py [load|audit|import]`. Each figure is the
median of several runs, in processes of their own where memory or imports are measured.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

RULES = 10_000
ROWS = 100_000
RUNS = 5


def charter_data(rules: int) -> dict[str, object]:
    """Return a charter of `rules` rules over a few facts, as plain data."""
    effects = ("permit", "refer", "forbid")

    def rule(number: int) -> dict[str, object]:
        effect = effects[number % 3]
        when = {
            "network": ["bluesky", "mastodon", "linkedin"][number % 3],
            "topics": {"any of": [f"topic-{number}", f"topic-{number + 1}"]},
            "reach": {"below": number},
            "tone": {"one of": ["calm", "warm"]},
        }
        to = {"to": "desk"} if effect == "refer" else {}
        return {effect: f"rule-{number}", **to, "when": when, "because": f"Reason {number}."}

    return {
        "charter": "large",
        "labels": {"reach": "number", "tone": ["calm", "warm", "hostile"]},
        "circuits": {"desk": [{"ask": {"role": "coordinator"}, "within": "1 h"}]},
        "default": "desk",
        "rules": [rule(number) for number in range(rules)],
    }


def timed(work: Callable[[], object]) -> float:
    """Return the median seconds of several runs of `work`."""
    spans = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        spans.append(perf_counter() - start)
    return median(spans)


def load() -> None:
    """Print how long a charter of 10,000 rules takes to load, by format."""
    from cmcore import Charter, dump, read, structure

    charter = structure(charter_data(RULES), Charter)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("yaml", "json", "toml"):
            path = Path(folder, f"charter.{suffix}")
            path.write_text(dump(charter, format=suffix), encoding="utf-8")
            print(
                f"load {RULES:,} rules from {suffix}: {timed(partial(read, path, Charter)):.2f} s"
            )


def history_lines(rows: int) -> Iterator[str]:
    """Yield the lines of a CSV history of `rows` acts."""
    yield "id,at,kind,network,topics,text,reach,tone\n"
    for number in range(rows):
        day, minute = divmod(number, 1440)
        at = f"20{10 + day // 336:02}-{1 + day // 28 % 12:02}-{1 + day % 28:02}"
        clock = f"{minute // 60:02}:{minute % 60:02}Z"
        topics = f"topic-{number % 12}"
        yield f"a{number},{at}T{clock},publish,bluesky,{topics},Hello number {number},5,calm\n"


def audit() -> None:
    """Print the time and the peak memory of auditing 100,000 rows as a stream."""
    from cmcore import Charter, audit, read_history, structure

    charter = structure(charter_data(10), Charter)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "history.csv")
        with path.open("w", encoding="utf-8") as out:
            out.writelines(history_lines(ROWS))
        start = perf_counter()
        found = audit(charter, read_history(path, charter))
        span = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"audit {found.total:,} rows: {span:.1f} s, peak {peak:.0f} MB ({before:.0f} MB before)")


def imports() -> None:
    """Print what imports cost as a ratio to `import attrs`, and what they pull in."""

    def cost(statement: str) -> float:
        program = f"from time import perf_counter as t\nb = t()\n{statement}\nprint(t() - b)"
        runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                               check=True) for _ in range(3 * RUNS)]  # fmt: skip
        return median(float(run.stdout) for run in runs)

    base = cost("import attrs")
    for statement in ("import cmcore", "from cmcore import Act, Charter, Rule, decide"):
        print(f"{statement}: {cost(statement) / base:.2f} × import attrs ({base * 1000:.0f} ms)")
    program = "import cmcore, sys, json; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    wanted = {"cattrs", "hypothesis", "yaml", "click", "rich", "re2", "tomli_w"}
    print(f"import cmcore pulls in: {sorted(wanted & set(json.loads(run.stdout))) or 'no extra'}")


PARTS: dict[str, Callable[[], None]] = {"load": load, "audit": audit, "import": imports}


def main() -> None:
    """Run the parts named on the command line, each in a fresh process; by default all."""
    names = sys.argv[1:]
    if len(names) == 1 and names[0] in PARTS:
        return PARTS[names[0]]()
    for name in names or PARTS:
        subprocess.run([sys.executable, __file__, name], check=True)
    return None


if __name__ == "__main__":
    main()
