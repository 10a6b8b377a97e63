"""What the commands read: charters, acts and histories, each problem with the name of its file."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs
from rich.console import Console
from rich.progress import Progress

from cmcore.base.errors import InvalidError, Problem, refuse
from cmcore.base.values import value
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.context import Context, Earlier
from cmcore.charters.history import Case, Unreadable
from cmcore.cli.fail import BadFileError, naming
from cmcore.cli.given import bad, says_nothing
from cmcore.cli.language import spoken
from cmcore.cli.names import noted
from cmcore.cli.networks import odd_roles
from cmcore.cli.show import complain
from cmcore.codec.acts import MESSAGES, NOTHING
from cmcore.codec.archives.sheets import READY, columns_of, sheet_of
from cmcore.codec.bounds import read_bounded
from cmcore.codec.cells import CELL, SEPARATOR
from cmcore.codec.documents import format_of, parse_document
from cmcore.codec.files import read, read_any
from cmcore.codec.french import Written, in_english
from cmcore.codec.histories import read_case
from cmcore.codec.places import placed
from cmcore.codec.plain import as_mapping
from cmcore.codec.spelt import as_in_file
from cmcore.codec.streams import HistoryRows, read_history
from cmcore.display.wording import say
from cmcore.teams.team import Team

STDIN: Final = "-"
_T = TypeVar("_T")
_FEW: Final = 5000
_STEP: Final = 100
_CHUNK: Final = 2**20
_Rows = Iterator[Case | Unreadable]


def value_of(path: str, kind: type[_T]) -> _T:
    """Return the value in a file.

    Raises:
        BadFileError: it is not a valid one.
    """
    with naming(path):
        return noted(read(path, kind))


def team_of(path: str) -> Team:
    """Return the team in a file, after a warning of each role of the catalog that is not there.

    Raises:
        BadFileError: it is not a valid team.
    """
    team = value_of(path, Team)
    if odd := [*odd_roles(team)]:
        _, _, written = read_any(path)
        for problem in odd:
            told = as_in_file(problem, written, Team).text(spoken())
            complain(path, told, word="warning")
    return team


def charter_of(path: str) -> Charter:
    """Return the charter in a file.

    Raises:
        BadFileError: it is not a valid charter.
    """
    return value_of(path, Charter)


def charters_of(*paths: str) -> list[Charter]:
    """Return the charters in files, of which each is read whatever the others hold.

    Raises:
        ExceptionGroup: some do not read, or are no valid charters, each with what is wrong.
    """
    found: dict[str, Charter] = {}
    wrong: list[BadFileError | OSError] = []
    for path in dict.fromkeys(paths):
        try:
            found[path] = charter_of(path)
        except (BadFileError, OSError) as error:
            wrong.append(error)
    if wrong:
        raise ExceptionGroup("files", wrong)
    return [found[path] for path in paths]


def case_of(
    path: str | None, given: tuple[str, ...], charter: Charter, at: datetime | None = None
) -> Case:
    """Return the case that a file of facts (`-`: standard input) and `name=value` pairs write.

    `at` is the moment of the act if neither says; it is a fact like the others.

    Raises:
        BadFileError: the file does not read, holds facts that are wrong, or none.
        InvalidError: a fact given as a pair is wrong, or nothing is given.
    """
    facts = _pairs(given, charter.vocabulary)
    data = {} if path is None else _act_data(path, charter)
    kept = _without(data, frozenset(facts))
    act = kept.get("act")
    told = {**kept, "act": {**act, **facts}} if isinstance(act, Mapping) else {**kept, **facts}
    case = read_case(told, charter, at=at)
    if at is None and says_nothing(case.act, case.context):
        raise BadFileError(path, [Problem("empty-act")]) if path else refuse("empty-act")
    return case


#: What is a nested mapping or list in an act file, by the prefix of its facts' names.
_NESTED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("act", "context", "labels", "absent"), ""),
    **{name: f"{name}." for name in (*MESSAGES, "author", "incident")},
    "events": "event.",
}


def _without(data: Mapping[str, Any], names: frozenset[str], start: str = "") -> dict[str, Any]:
    """Return what a file says without the facts of some names, wherever they stand in it."""
    made: dict[str, Any] = {}
    for key, one in data.items():
        head = start + _NESTED.get(key, "")
        if key in _NESTED and isinstance(one, Mapping):
            made[key] = _without(one, names, head)
        elif key == "absent" and isinstance(one, list):
            made[key] = [name for name in one if f"{head}{name}" not in names]
        elif f"{start}{key}" not in names:
            made[key] = one
    return made


def _act_data(path: str, charter: Charter) -> dict[str, Any]:
    """Return what the file of an act says, once it reads.

    Raises:
        BadFileError: it does not.
        OSError: it cannot be read.
    """
    with naming(path):
        text, form = _text(path)
        given = as_mapping(parse_document(text, form)) if text.strip() else {}
        written = Written()
        try:
            data, written = in_english(given, Act, kept=charter.labels)
            read_case(data, charter)
        except InvalidError as error:
            found = [as_in_file(one, written, Act) for one in error.problems]
            raise InvalidError(placed(found, text.decode(), form)) from None
    return as_mapping(data)


def _text(path: str) -> tuple[bytes, str]:
    """Return a document and its format; nothing where standard input is a keyboard."""
    if path != STDIN:
        with Path(path).open("rb") as stream:
            form = format_of(path)
            return read_bounded(stream), form
    text = b"" if _keyboard() else read_bounded(sys.stdin.buffer)
    return text, "json" if text.lstrip()[:1] == b"{" else "yaml"


def _keyboard() -> bool:
    return sys.stdin.isatty()


def _pairs(given: tuple[str, ...], vocabulary: Vocabulary) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for pair in given:
        name, equals, text = pair.partition("=")
        name, text = _in_english(name.strip(), text.strip(), vocabulary)
        if not equals or name in pairs:
            raise bad("fact-again" if equals else "not-name-value", "--fact", given=pair)
        spec = vocabulary.find(name)
        pairs[name] = _cell(spec.type, text) if spec and text else text or None
    return pairs


def _in_english(name: str, text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the name of a fact and a word of it in English, where they are given in French."""
    found, _ = in_english({name: text}, Act)
    ((known, word),) = as_mapping(found).items()
    is_own = name != known and vocabulary.find(name) is not None
    return (name, text) if is_own else (known, str(word))


def _number(cell: str) -> int | float | str:
    with suppress(InvalidError):
        found: int | float = CELL[FactType.NUMBER](cell)
        return found
    return cell


def _cell(kind: FactType, text: str) -> Any:  # noqa: ANN401 - whatever the text stands for
    """Return the text of a cell as the plain data that `read_case` takes."""
    read_cell = _CELLS.get(kind)
    return text if read_cell is None or text == NOTHING else read_cell(text)


#: The types that are not text in plain data.
_CELLS: Final[dict[FactType, Callable[[str], Any]]] = {
    FactType.FLAG: str.lower,
    FactType.NUMBER: _number,
    FactType.SYMBOLS: lambda cell: [
        word for part in cell.split(SEPARATOR) if (word := part.strip())
    ],
}


@value
class Asked:
    """How a history is to be read: the columns of facts, the separator, and what all rows share."""

    columns: tuple[str, ...] = ()
    separator: str = ","
    facts: tuple[str, ...] = ()
    zone: str | None = None

    @property
    def given(self) -> dict[str, bool]:
        """Whether each option is given that says how a history is to be read."""
        return {
            "--columns": bool(self.columns),
            "--separator": self.separator != ",",
            "--fact": bool(self.facts),
            "--zone": self.zone is not None,
        }

    def sheet(self) -> dict[str, Any] | str:
        """Return the map of columns that is asked for: a ready-made one, a whole one, or names.

        Raises:
            BadFileError: a file of columns does not read.
            click.BadParameter: the column of a fact is named twice.
        """
        if len(self.columns) == 1 and self.columns[0] in READY:
            return self.columns[0]
        return self.names()

    def names(self) -> dict[str, Any]:
        """Return the column of each fact that was named: as `fact=column`, or in a file of those.

        Raises:
            BadFileError: the file does not read.
            click.BadParameter: the column of a fact is named twice.
        """
        found: dict[str, Any] = {}
        for given in self.columns:
            named = _columns(given)
            twice = next((fact for fact in named if fact in found), None)
            if twice is not None:
                raise bad("column-again", "--columns", given=given, twice=twice)
            found |= named
        return found


def _columns(given: str) -> dict[str, Any]:
    """Return the columns that one option names, or the file that it names."""
    fact, equals, column = given.partition("=")
    if equals:
        return {fact.strip(): column.strip() or None}
    with naming(given):
        text, form = _text(given)
        data = as_mapping(parse_document(text, form))
        try:
            if isinstance(data.get("columns"), Mapping):
                sheet_of(data)
                return data
            return {**columns_of(data)}
        except InvalidError as error:
            raise InvalidError(placed(error.problems, text.decode(), form)) from None


def history_of(path: str, charter: Charter, asked: Asked | None = None) -> _Rows:
    """Return the rows of a history as a stream, with a progress bar where somebody looks on.

    Raises:
        BadFileError: it is not a history of what the charter knows.
    """
    asked = asked or Asked()
    columns, usual = asked.sheet(), _pairs(asked.facts, charter.vocabulary)
    with naming(path):
        rows = read_history(
            path,
            charter,
            columns=columns,
            separator=asked.separator,
            usual=usual,
            zone=asked.zone,
        )
    return _told(path, rows, _watched(rows, Path(path)) if _looked_at() else rows)


def warned(path: str, rows: _Rows) -> _Rows:
    """Yield rows, and warn of those that cannot be read: what came before is then unknown."""
    for row in rows:
        if isinstance(row, Unreadable):
            complain(path, row.text(spoken()), word="warning")
        yield row


def _told(path: str, read: HistoryRows, rows: _Rows) -> _Rows:
    """Yield rows, and say in the end what of them was left alone."""
    yield from rows
    for name, count in read.left_alone.items():
        problem = Problem.of("left-alone", key=name, count=count)
        complain(path, problem.text(spoken()), word="warning")


def _looked_at() -> bool:
    return sys.stderr.isatty()


def _watched(rows: _Rows, path: Path) -> _Rows:
    """Show how far a history has been read, unless that takes no time."""
    lines = _line_count(path)
    if lines is not None and lines < _FEW:
        yield from rows
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say("reading", spoken()), total=lines)
        for number, row in enumerate(rows, 1):
            if number % _STEP == 0:
                progress.update(task, completed=number)
            yield row


def _line_count(path: Path) -> int | None:
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b""))


def beginning(*, from_start: bool) -> Context | None:
    """Return what is known before a history that may begin with the first act there was."""
    return Context(earlier=Earlier()) if from_start else None


def knowing_both(before: Charter, after: Charter) -> Charter:
    """Return `after` with the labels and events of both, to read a history meant for either."""
    labels: dict[str, Label] = dict(before.labels)
    for name, label in after.labels.items():
        other = labels.get(name, label)
        is_open = label.values is None or other.values is None or label.type is not other.type
        values = label.values if is_open else (label.values or set()) | (other.values or set())
        labels[name] = attrs.evolve(label, values=values)
    return attrs.evolve(after, labels=labels, events=before.events | after.events)
