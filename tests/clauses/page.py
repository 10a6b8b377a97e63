"""The page *What a charter can say*: its clauses in words, and how it writes each."""

import re
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from cmcore.codec.documents import parse_document

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "what-a-charter-can-say.md"
TEXT: Final = PAGE.read_text(encoding="utf-8")
#: A row of two cells, or of three where it says why not all of the clause is written.
_ROW: Final = re.compile(r"^\| ([^`|]+) \| (`[^|]*`) \|(?: [^`|]+ \|)?$", re.MULTILINE)


def _titled(title: str) -> dict[str, Any]:
    (text,) = re.findall(rf"```yaml title=\"{title}\"\n(.*?)```", TEXT, re.DOTALL)
    found: dict[str, Any] = parse_document(text, "yaml")
    return found


#: What all clauses build on.
BEGINNING: Final = _titled("clauses.yaml")


@frozen
class Clause:
    """A clause in words, and the keys that write it in a file."""

    words: str
    keys: dict[str, Any]

    @classmethod
    def read(cls, words: str, written: str) -> "Clause":
        """Return a clause whose keys are written one by one."""
        many = re.findall("`([^`]+)`", written)
        return cls(words, parse_document("".join(f"{one}\n" for one in many), "yaml"))

    def charter(self) -> dict[str, Any]:
        """Return a charter that says it: what is a key of rules is that of a rule `clause`."""
        rule: dict[str, Any] = {}
        data = {**BEGINNING}
        for key, value in self.keys.items():
            if key in {"when", "to", "since", "through"}:
                rule[key] = value
            elif isinstance(value, dict):
                data[key] = data.get(key, {}) | value
            else:
                data[key] = value
        if rule:
            said = {"refer": "clause", "to": "desk", "because": "So the clause says."}
            data["rules"] = [said | rule]
        return data


CLAUSES: Final = {words: Clause.read(words, written) for words, written in _ROW.findall(TEXT)}
#: The lines of the page that hold a clause.
LINES: Final = [line for line in TEXT.splitlines() if line.startswith("| ") and "`" in line]
