"""Fuzz the command line: mutated files, over all commands; no traceback, no hang.

Run `python benchmarks/fuzz_cli.py --cases 20000`. A case is made of its number and the seed alone:
`--first N` goes on from case N, and `--first N --cases 1 --show` tries one again and shows it.
The files that are mutated are those of the examples, and of the pages.
"""

# ruff: noqa: D103, PLR2004, S311 - what is done is named for what it is, odds are plain numbers, and
# chance here is no secret

import argparse
import contextlib
import io
import json
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import attrs
import yaml

from cmcore import Charter, Desk, Incident, InvalidError, Needs, Plan, Playbook, RequestLog, Team
from cmcore import parse as parsed
from cmcore.cli import main
from cmcore.cli.fail import FAULT

ROOT: Final = Path(__file__).parent.parent
#: How long a case may take, in seconds of its process, and what it may hold, in bytes.
PATIENCE: Final = 5.0
MEMORY: Final = 4 * 2**30
VERDICTS: Final = frozenset({0, 1, 2, 3})
KINDS: Final[Mapping[str, type]] = {
    "charter": Charter, "team": Team, "needs": Needs, "plan": Plan, "incident": Incident,
    "playbook": Playbook, "log": RequestLog, "desk": Desk,
}  # fmt: skip
COMMANDS: Final = """
check {charter} [--at {day}]
check {charter} {any}
check {any}
check {charter} --against {charter}
decide {charter} {act} [--at {instant}]
decide {charter} --fact {fact} --fact {fact} [--at {instant}]
audit {charter} {history} [--confidence {share}] [--every {period}] [--missing {count}]
audit {charter} {history} --explain 3
compare {charter} {charter} {history}
coverage {team} {needs} --start {day} [--stop {day}] [--absent {small}]
assign {team} {needs} --start {day} [--previous {plan}] [--why-not {pair}] [--alternatives]
assign {team} {needs} --start {day} --pin {pair} --ban {pair}
assign {team} {needs} --start {day} [--without {word}] [--ban {pair}] --budget 2000
circuit {charter} [--mermaid] [--circuit {word}]
circuit {charter} --team {team} --start {day} [--stop {day}] [--author {word}] [--emergency]
incident replay {incident} [--playbook {playbook}] [--charter {charter}] [--at {instant}]
incident replay {incident} --playbook {playbook} --team {team} --at {instant}
requests {log} [--desk {desk}] [--team {team}] [--at {instant}] [--excuse {word}]
staffing {log} --handling {duration} [--within {duration}] [--share {share}] [--zone {zone}]
staffing {log} --handling {duration} --team {team} --start {day} [--stop {day}] [--role {word}]
detect {log} [--at {instant}] [--window {duration}] [--every {duration}] [--false-alarms {share}]
schema {schema}
""".strip().splitlines()
INSTANTS: Final = (
    "2026-03-02T09:00+01:00", "2026-10-25T02:30+01:00", "2026-10-25T02:30+02:00", "2026-03-02",
    "0001-01-01T00:00Z", "0001-01-01T00:05+14:00", "9999-12-31T23:59:59-12:00",
    "2014-01-20T12:00:00.000001Z",
)  # fmt: skip
DURATIONS: Final = (
    "1 h", "30 min", "0 s", "-1 h", "14 d", "150000 w", "999999999 d", "0.000001 s", "PT1H", "1 y",
)  # fmt: skip
NUMBERS: Final = (
    0, 1, -1, 2, 7, 1440, 10_080, 10**9, 10**17, 10**18 - 1, 10**18, 0.5, 1.0, 1.5, -0.0, 1e-300,
    1e300, 95, 0.95,
)  # fmt: skip
TEXTS: Final = (
    "", " ", "a", "yes", "no", "any", "all", "unknown", "(none)", "Mon-Fri 09:00-18:00", "24:00",
    "Mon 00:00-24:00", "Sun 23:00-Mon 01:00", "UTC", "Europe/Paris", "Etc/GMT+12", "../../etc/x",
    "\u202egpj", "\x9b31m", "\x7f", "e\u0301", "ana\u3164", "\U0001d493appel",
    "💩" * 50, "a" * 5_000, "rappel", "*", "&a", "{", "[", "ana", "editor",
    "publish", "kind", "desk", "2/3", "none", "50 %", "fr", "bluesky", "x.y.z",
    *INSTANTS, *DURATIONS,
)  # fmt: skip


class Slow(BaseException):
    """A case took too long."""


@attrs.frozen
class Case:
    """One run of the command: its arguments, and the files it is given."""

    args: tuple[str, ...]
    files: Mapping[str, str]


# ----------------------------------------------------------------------------------------- corpus


Shelf = Mapping[str, Sequence[str]]


@cache
def corpus() -> tuple[Shelf, Sequence[Shelf]]:
    """Return the files of the examples and of the pages, by what they hold: all, and by page."""
    shelves = [_shelf(texts) for texts in _texts()]
    whole = {
        name: sorted({text for shelf in shelves for text in shelf[name]}) for name in shelves[0]
    }
    return whole, shelves


def _texts() -> Iterator[list[tuple[str, str]]]:
    endings = (".yaml", ".csv", ".jsonl")
    for folder in sorted((ROOT / "examples").iterdir()):
        files = sorted(path for path in folder.rglob("*") if path.suffix in endings)
        yield [(path.name, path.read_text("utf-8")) for path in files]
    for page in sorted((ROOT / "docs").rglob("*.md")):
        blocks = re.findall(r'```\w+ title="([^"]+)"\n(.*?)```', page.read_text("utf-8"), re.DOTALL)
        yield [block for block in blocks if block[0].endswith(endings)]


def _shelf(texts: Sequence[tuple[str, str]]) -> Shelf:
    found: dict[str, list[str]] = {name: [] for name in (*KINDS, "history", "act")}
    for name, text in texts:
        found.setdefault(_kind(name, text), []).append(text)
    return {kind: many for kind, many in found.items() if kind}


def _kind(file: str, text: str) -> str:
    """Return what a file holds; nothing where it holds what is refused."""
    if file.endswith(".csv"):
        return "history"
    if file.endswith(".jsonl"):
        text = json.dumps({"events": [json.loads(line) for line in text.splitlines()]})
    for name, kind in KINDS.items():
        with contextlib.suppress(InvalidError):
            parsed(text, kind)
            return name
    return "act" if text.startswith(("kind", "topics", "network")) else ""


# --------------------------------------------------------------------------------------- mutation


def mutated(text: str, chance: Random) -> str:
    """Return a text changed in a few places."""
    for _ in range(chance.choice((1, 1, 1, 1, 2, 3))):
        text = chance.choice(_TEXTUAL)(text, chance)
    return text


def _place(text: str, chance: Random) -> int:
    return chance.randrange(len(text) + 1)


def _insert(text: str, chance: Random) -> str:
    at = _place(text, chance)
    return (
        text[:at]
        + chance.choice((*TEXTS, "\n", "  ", ": ", "- ", ",", '"', "\0", "\ud800"))
        + text[at:]
    )


def _cut(text: str, chance: Random) -> str:
    at = _place(text, chance)
    return text[:at] + text[at + chance.choice((1, 2, 10, 100)) :]


def _lines(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(4)
    if how == 0:
        del lines[at]
    elif how == 1:
        lines.insert(other, lines[at])
    elif how == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at:at] = [lines[at]] * chance.choice((5, 50))
    return "".join(lines)


def _value(text: str, chance: Random) -> str:
    """Put something else where a value, a cell or a word stands."""
    found = [*re.finditer(r"(?<=: )[^\n{},]+|(?<=[,\[])[^\n,\]]+|\b[\w:.+-]+\b", text)]
    if not found:
        return text
    one = chance.choice(found)
    other = chance.choice(found)[0] if chance.random() < 0.4 else _scalar(chance)
    return text[: one.start()] + other + text[one.end() :]


def _kin(text: str, chance: Random) -> str:
    """Put another instant, duration, number or word where there is one."""
    pattern, others = chance.choice(_SORTS)
    found = [*re.finditer(pattern, text)]
    if not found:
        return text
    one = chance.choice(found)
    other = str(chance.choice(others or [each[0] for each in found]))
    return text[: one.start()] + other + text[one.end() :]


_SORTS: Final[Sequence[tuple[str, Sequence[object]]]] = (
    (r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)", INSTANTS),
    (r"\b\d+ (?:s|min|h|d|w)\b(?: \d+ min)?", DURATIONS),
    (r"(?<![\w:.-])-?\d+(?:\.\d+)?(?![\w:.-])", NUMBERS),
    (r"\b[a-z_]+\b", ()),
    (r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[^\n,}]*", TEXTS),
)


def _scalar(chance: Random) -> str:
    given = chance.choice((*NUMBERS, *TEXTS, None, True, False))
    return str(given) if chance.random() < 0.5 else json.dumps(given)


def _node(text: str, chance: Random) -> str:
    """Put another value in the place of a whole part of a document."""
    try:
        data: Any = yaml.safe_load(text)
        places = [*_places(data)]
        into, key = chance.choice(places)
    except (yaml.YAMLError, ValueError, IndexError, RecursionError):
        return text
    other, step = chance.choice(places)
    choices: Sequence[Callable[[], Any]] = (
        lambda: chance.choice((*NUMBERS, *TEXTS)), lambda: other[step], lambda: [into[key]],
        lambda: {str(chance.choice(TEXTS)): into[key]}, list, dict, lambda: None,
        lambda: [into[key]] * chance.choice((2, 300)),
    )  # fmt: skip
    into[key] = chance.choice(choices)()
    try:
        return json.dumps(data, default=str, ensure_ascii=chance.random() < 0.5)
    except (ValueError, TypeError, RecursionError):
        return text


def _places(data: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - plain data of any shape
    steps = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for step, below in list(steps):
        yield data, step
        yield from _places(below)


_TEXTUAL: Final = (_insert, _cut, _lines, _value, _value, _node, _node, *[_kin] * 9)


# ------------------------------------------------------------------------------------------ cases


def case_of(seed: int, number: int) -> Case:
    """Return the case of a number."""
    chance = Random(f"{seed}:{number}")
    files: dict[str, str] = {}
    optional = re.sub(r" \[(.*?)\]", lambda found: f" {found[1]}" if chance.random() < 0.5 else "",
                      chance.choice(COMMANDS))  # fmt: skip
    whole, shelves = corpus()
    words = optional.split(" ")
    kinds = {word.strip("{}") for word in words if word.startswith("{")} & whole.keys()
    fit = [shelf for shelf in shelves if all(shelf[kind] for kind in kinds)]
    shelf = chance.choice(fit) if fit else whole
    args = [_argument(word, chance, files, shelf) for word in words]
    for name in chance.sample([*files], min(len(files), chance.choice((0, 1, 1, 1, 1, 2)))):
        files[name] = mutated(files[name], chance)
    args += chance.choice(([], ["--json"], ["--lang", "fr"])) if args[0] != "schema" else []
    return Case(tuple(args), files)


def _argument(word: str, chance: Random, files: dict[str, str], shelf: Shelf) -> str:
    if not word.startswith("{"):
        return word
    name = word.strip("{}")
    if name in _OPTIONS:
        return str(chance.choice(_options(name, chance, files)))
    whole, _ = corpus()
    kind = chance.choice([*whole]) if name == "any" or chance.random() < 0.01 else name
    text = chance.choice(shelf[kind] or whole[kind])
    ending = {"history": ".csv", "log": ".jsonl" if text.startswith("{") else ".yaml"}
    path = f"{len(files)}-{name}{ending.get(kind, '.yaml')}"
    files[path] = text
    return path


def _options(name: str, chance: Random, files: Mapping[str, str]) -> Sequence[object]:
    """Return what an option may be: mostly something usual, or what the files say."""
    if chance.random() < 0.15:
        return _OPTIONS[name]
    told = "\n".join(files.values())
    words = re.findall(r"[\w-]+", told) or TEXTS
    if name == "pair":
        return [f"{chance.choice(words)}={chance.choice(words)}"]
    if name == "instant":
        return re.findall(_SORTS[0][0], told) or _USUAL[name]
    return words if name == "word" else _USUAL.get(name, _OPTIONS[name])


_USUAL: Final[Mapping[str, Sequence[object]]] = {
    "day": ("2026-03-02", "2026-01-05"), "instant": ("2026-03-02T09:00+01:00", "2026-03-09T12:00Z"),
    "duration": ("1 h", "8 min", "1 d"), "share": (0.8, 0.05, 0.95), "count": (0, 10, "unknown"),
    "small": (0, 1, 2), "zone": ("UTC", "Europe/Paris"), "schema": ("plan",),
    "period": ("day", "week", "month"),
}  # fmt: skip
_OPTIONS: Final[Mapping[str, Sequence[object]]] = {
    "day": INSTANTS, "instant": INSTANTS, "duration": DURATIONS, "share": NUMBERS,
    "count": (*NUMBERS, "unknown"), "small": (0, 1, 2, 3, 8, 10**17), "word": TEXTS,
    "zone": ("UTC", "Europe/Paris", "", "x", "../UTC"), "pair": [f"{one}=x" for one in TEXTS[:9]],
    "period": ("day", "week", "month", "quarter", "year", "x"),
    "schema": ("charter", "team", "needs", "act", "incident", "playbook", "requests", "desk", "x"),
    "fact": [f"{name}={text}" for name in ("kind", "text", "topics", "at", "paid", "links", "x", "",
                                           "in_reply_to.at", "template", "media", "incident.open")
             for text in TEXTS],
}  # fmt: skip


# ------------------------------------------------------------------------------------------- runs


def tried(case: Case) -> str | None:
    """Run a case in a folder of its own, and say what is wrong with how it ended."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, text in case.files.items():
            Path(name).write_bytes(text.encode("utf-8", "surrogatepass"))
        before = sorted(Path().iterdir())
        said = _ended(case.args)
        left = sorted(set(Path().iterdir()) - set(before))
    return said or (f"left {left} behind" if left else None)


def _ended(args: Sequence[str]) -> str | None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    errors = io.StringIO()
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            main(args)
    except SystemExit as end:
        code = end.code
    except Slow:
        return f"more than {PATIENCE:.0f} s: {' < '.join(_where())}"
    except BaseException:  # noqa: BLE001 - that is what is sought
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    if code == FAULT:
        return f"a fault: {errors.getvalue()}"
    return None if code in VERDICTS else f"exit code {code}"


def _too_slow(*_: object) -> None:
    raise Slow


def _where() -> list[str]:
    found = traceback.extract_tb(sys.exc_info()[2])
    ours = [frame for frame in found if "cmcore" in frame.filename]
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours[:-6:-1]]


def fuzz() -> None:
    options = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--show", action="store_true")
    asked = options.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    began, wrong, slowest = time.monotonic(), 0, 0.0
    for number in range(asked.first, asked.first + asked.cases):
        case = case_of(asked.seed, number)
        if asked.show:
            print(" ".join(case.args), *case.files.items(), sep="\n")
        start = time.process_time()
        said = tried(case)
        slowest = max(slowest, time.process_time() - start)
        if said:
            wrong += 1
            print(f"case {number}: cmcore {' '.join(case.args)}\n{said}", flush=True)
        if number % 1_000 == 999:
            print(
                f"-- {number + 1} cases, {wrong} wrong, {time.monotonic() - began:.0f} s",
                flush=True,
            )
    print(f"{asked.cases} cases, {wrong} wrong; the slowest took {slowest:.1f} s")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    fuzz()
