"""Write what is made of the tables of problems: the type of their codes, and their page.

`python docs/.site/problems.py` after a change of a table; a test fails where it was forgotten.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import cmcore
from cmcore.base.language import HINTS, PROBLEMS, Said

ROOT: Final = Path(cmcore.__file__).parent
CODES: Final = ROOT / "base" / "codes.py"
#: folder -> what its problems are about, in the order of the page.
SUBJECTS: Final = {
    "base": "Values",
    "time": "Time",
    "text": "Text",
    "codec": "Documents, files and histories",
    "charters": "Charters, acts and audits",
    "circuits": "Circuits",
    "teams": "Teams",
    "reviews": "Reviews",
    "incidents": "Incidents",
    "requests": "Requests",
    "decisionlog": "Decision logs",
    "labellers": "Labellers",
    "automoderator": "AutoModerator",
    "frames": "Frames",
    "tables": "Tables",
    "charts": "Charts",
    "catalog": "The catalog",
    "cli": "The command line",
}
PAGE: Final = Path(__file__).parents[1] / "reference" / "problems.md"
_MODULE: Final = '''"""The codes of problems and of hints, for type checkers.

Written by `docs/.site/problems.py` from the tables.
"""

from typing import Literal

{types}
'''
_TYPE: Final = "{name} = Literal[\n{codes}\n]\n"
#: What stands in the page for the hint that says how a sort of value is written.
_HOW: Final = ("how one is written", "comment cela s'écrit")
_INTRO: Final = """# Problems

Every [`Problem`](errors.md) has a **code**, which stays the same from one version to
the next, while sentences may improve; `params` holds the values in the sentence. So a service need
not read a sentence to distinguish one refusal from another:

```pycon
>>> from cmcore import Act, InvalidError
>>> try:
...     Act(kind="publsh")
... except InvalidError as error:
...     problem = error.problems[0]
>>> problem.code, problem.path, problem.params["kind"]
('unknown-act-kind', ('kind',), 'publsh')
>>> problem.params["near"]
('publish',)
>>> problem.category
'unknown'
>>> problem.text()
'kind: there is no kind of act `publsh` (did you mean `publish`?)'
>>> problem.text("fr")
'kind\\xa0: il n’existe pas de type d’acte `publsh` (vouliez-vous dire `publish`\\u202f?)'
```

The category says what sort of problem it is, as an HTTP status does:

| category | what is wrong | HTTP |
|---|---|---|
| `invalid` | a value or a file is malformed | 422 |
| `unknown` | it names something that does not exist | 404, or 422 inside a file |
| `forbidden` | this person may not do it | 403 |
| `conflict` | it conflicts with what exists, or with the current state | 409 |
| `stale` | it is about other content, or another version | 412 |
| `too-large` | it exceeds a limit | 413 |

An error may hold problems of several categories, but a response has one status: take the first in
this order. A missing permission comes before a malformed request, and a request that would succeed
if repeated on the current state comes before one that would not.

```pycon
>>> STATUS = {"forbidden": 403, "too-large": 413, "stale": 412, "conflict": 409}
>>> def status(error):
...     found = {problem.category for problem in error.problems}
...     return next((code for category, code in STATUS.items() if category in found), 422)
>>> try:
...     Act(kind="publsh", id=" ")
... except InvalidError as error:
...     print([problem.category for problem in error.problems], status(error))
['invalid', 'unknown'] 422

```

Every sentence exists in English and in French. `str`, `message` and `hint` are in English, whoever
runs the program; `text(language)` of a problem or of an error is in either.

As plain data (`unstructure`, `dump`, the `--json` of the command line) a problem has its `code` and
`params` beside the sentences; when it is read back it is equal, and its sentences are made again.

The tables below are written by `docs/.site/problems.py` from those of the library.

Any problem may have `near` (the known names nearest to a wrong one) and `known` (all of them) among
its parameters: its hint is then "did you mean …?" or "one of …". A few problems have a special
hint, which `hint_code` names. Of a file in French, `spelt` has what the sentences write, each with
what that file has for it.
"""


def codes_text() -> str:
    """Return the module of the codes."""
    types = [_typed("Code", PROBLEMS), _typed("HintCode", HINTS)]
    return _MODULE.format(types="\n".join(types).rstrip("\n"))


def _typed(name: str, codes: Iterable[str]) -> str:
    return _TYPE.format(name=name, codes="\n".join(f'    "{code}",' for code in sorted(codes)))


def page_text() -> str:
    """Return the page of problems."""
    return "\n".join(
        [_INTRO, *(_section(name, PROBLEMS.tables[at]) for at, name in SUBJECTS.items())]
    )


def _section(name: str, rows: Mapping[str, Said]) -> str:
    heads = "| code | sentence | in French | category | for example in |\n|---|---|---|---|---|"
    lines = [_row(code, said) for code, said in sorted(rows.items())]
    return "\n".join([f"## {name}\n", heads, *lines, ""])


def _row(code: str, said: Said) -> str:
    english, french = map(_shown, said.message, said.hint, _HOW)
    return f"| `{code}` | {english} | {french} | {said.category} | `{places()[code]}` |"


def _shown(message: str, hint: str, how: str) -> str:
    """Return a sentence and its hint as a cell of a table shows them."""
    told = re.sub(r"^\{\w+:how\}$", how, hint)
    sentence = f"{message} ({told})" if told else message
    plain = re.sub(r"\{(\w+)(?::[^{}]*)?\}", r"{\1}", sentence.replace("{{", "\0"))
    return plain.replace("\0", "{").replace("}}", "}").replace("|", "\\|")


@cache
def places() -> dict[str, str]:
    """Return where each code is used first: the class or function that a reader knows it by."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.rglob("*.py")):
        if path == CODES or "problems" in path.relative_to(ROOT).as_posix():
            continue
        for code, place in _used(path):
            found.setdefault(code, place)
    return found


def _used(path: Path) -> Iterator[tuple[str, str]]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for node in ast.parse(path.read_text("utf-8")).body:
        name = getattr(node, "name", "_")
        place = f"{module}" if name.startswith("_") else f"{module}.{name}"
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and inner.value in PROBLEMS:
                yield str(inner.value), place


if __name__ == "__main__":
    CODES.write_text(codes_text(), encoding="utf-8")
    PAGE.write_text(page_text(), encoding="utf-8")
