"""How a mistake and its mending are read: files, cells, Python and the command line."""

# ruff: noqa: ANN401, E501 (whatever was made is read; the files are a line each)

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import attrs
from click.testing import CliRunner

from cmcore import (
    Act,
    Approvers,
    Charter,
    Incident,
    InvalidError,
    Member,
    Needs,
    Playbook,
    RequestLog,
    Review,
    Stage,
    Team,
    ValidationCircuit,
    audit,
    catalog,
    decide,
    open_review,
    parse,
    read_history,
    record,
    structure,
)
from cmcore.base import Problem
from cmcore.base.offers import offered
from cmcore.charters import Unreadable
from cmcore.cli.app import app
from cmcore.cli.fail import BadFileError
from cmcore.codec.documents import parse_document
from cmcore.organisations.organisation import Deed
from cmcore.reviews import Delegated

PUBLIC = offered()

AT: Final = "2026-03-02T12:00+01:00"
#: What is written where the hint takes something away.
NOTHING: Final = "-"
Read = Callable[[str], object]


class Row(NamedTuple):
    """A mistake and its mending."""

    key: str
    read: Read
    text: str
    wrong: str
    right: str
    #: What of the hint is written, where it is not all that is written.
    wrote: str = ""


def of(kind: type[Any]) -> Read:
    return lambda text: parse(text, kind)


def document(form: str) -> Read:
    return lambda text: parse_document(text, form)


def python(text: str) -> object:
    return eval(text, PUBLIC | NAMES)  # noqa: S307 - the rows of this file


def cells(text: str) -> None:
    """Read the rows of a CSV file.

    Raises:
        InvalidError: with the problems of each.
    """
    rows = [*read_history(table(text), parse(f"charter: c\n{CHARTER}", Charter))]
    found = [problem for row in rows if isinstance(row, Unreadable) for problem in row.problems]
    if found:
        raise InvalidError(found)


FOLDER: Final = TemporaryDirectory()


def table(text: str, name: str = "rows.csv") -> Path:
    file = Path(FOLDER.name) / name
    file.write_text(text, encoding="utf-8")
    return file


def shell(text: str) -> None:
    """Run a command on the files of the rows, and on one that is written out.

    Raises:
        InvalidError: with the problems that are told.
    """
    command, _, given = text.partition("\n")
    files = {**FILES, "given.yaml": given}
    for name, held in files.items():
        (Path(FOLDER.name) / name).write_text(held, encoding="utf-8")
    words = [str(Path(FOLDER.name) / word) if word in files else word for word in command.split()]
    if words[0] == "check":
        told = json.loads(CliRunner().invoke(app, [*words, "--json"]).output)
        found = [
            structure(one, Problem)
            for file in told
            for one in file.get("problems") or file["warnings"]
        ]
        if found:
            raise InvalidError(found)
        return
    try:
        with suppress(SystemExit), app.make_context("cmcore", words) as context:
            app.invoke(context)
    except BadFileError as error:
        raise InvalidError(error.problems) from None


CHARTER: Final = "circuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nlabels: {score: number, wait: duration}\n"
RULE: Final = f"charter: c\n{CHARTER}rules:\n  - {{permit: a, because: x, when: {{@}}}}\n"
RULES: Final = f"charter: c\n{CHARTER}rules:\n  - {{@because: x}}\n"
EMERGENCY: Final = "charter: c\ncircuits: {desk: {stages: [{ask: {role: lead}}], emergency: [{ask: {role: head}@}]}}\ndefault: desk\n"
STAGE: Final = "charter: c\ncircuits: {desk: [{ask: {role: lead}@}]}\ndefault: desk\n"
ASK: Final = "charter: c\ncircuits: {desk: [{@}]}\ndefault: desk\n"
EXPECT: Final = f"charter: c\n{CHARTER}expect: [{{id: e, @}}]\n"
NEVER: Final = f"charter: c\n{CHARTER}never: [{{@}}]\n"
LAUNCH: Final = EXPECT + "events: [launch]\n"
EVENT: Final = f"incident: i\nzone: UTC\nevents:\n  - {{opened: o, at: {AT}}}\n  - {{@}}\n"
DUTY: Final = "playbook: p\nzone: UTC\nduties:\n  - {@}\n"
NEEDS: Final = "needs: n\nzone: UTC\n@\n"
DAYS: Final = "desk: d\ncalendar: {@}\n"
TARGET: Final = "desk: d\nzone: UTC\ntargets:\n  - {@}\n"
MEMBER: Final = "team: t\nroles: {lead: {}}\nmembers:\n  ana: {@}\n"

SOUND: Final = f"charter: c\n{CHARTER.partition('labels')[0]}approved by: [ana]\nreview by: 2036-01-01\nrules: [{{permit: a, because: x, when: {{paid: no}}}}]\n"
LOG: Final = (
    f"events: [{{received: r1, at: {AT}}}, {{answered: r1, at: 2026-03-02T16:00+01:00, by: ana}}]"
)
TEAM: Final = "team: t\nroles: {lead: {}}\nmembers:\n  ana: {roles: [lead], hours: always}\n"
MERGED: Final = f"events: [{{received: r1, at: {AT}}}, {{received: r2, at: {AT}}}, {{received: r3, at: {AT}}}, {{merged: r1, into: r2, at: 2026-03-02T18:00Z}}, @]"
FILES: Final = {
    "charter.yaml": SOUND,
    "priced.yaml": SOUND.replace("{paid: no}", "{paid: no, price: no}") + "labels: {price: flag}\n",
    "team.yaml": TEAM,
    "incident.yaml": "incident: i\nevents: [{opened: o, at: 2026-01-01T00:00+00:00}]\n",
    "act.yaml": "kind: publish\npaid: no\n",
    "history.csv": "kind,paid\npublish,no\n",
    "semicolons.csv": "kind;paid\npublish;no\n",
    "empty.yaml": "events: []",
    "log.yaml": LOG,
}
NOW: Final = datetime(2026, 3, 2, tzinfo=UTC)
COVERING: Final = parse(f"{SOUND}labels: {{score: number, wait: duration}}\n", Charter)
LABELLED: Final = parse(f"{SOUND}labels: {{price: flag}}\n", Charter)
MANNED: Final = parse(TEAM, Team)


def lent() -> Review:
    """Return a review in which Bob has let Dan speak for him."""
    people = Approvers("name", {"bob"})
    desk = ValidationCircuit("desk", [Stage(people, deputies=Approvers("name", {"dan"}))])
    charter = Charter("shop", circuits=[desk], default="desk")
    act = Act(kind="publish", author="ana")
    crew = Team("crew", [Member(name) for name in ("ana", "bob", "dan")])
    review = open_review(decide(charter, act), act, charter, NOW, team=crew)
    return record(review, Delegated("bob", "dan", at=NOW))


LENT: Final = lent()


def reviewed_of(**known: Any) -> Review:
    act = Act(kind="publish", at=NOW, **known)
    return open_review(decide(COVERING, act), act, COVERING, NOW, team=MANNED)


NAMES: Final[dict[str, Any]] = {
    "AUDIT": audit(COVERING, []),
    "REVIEW": reviewed_of(author="ana"),
    "SOUND": SOUND,
    "catalog": catalog,
    "reviewed_of": reviewed_of,
    "Deed": Deed,
    "COVERING": COVERING,
    "INCIDENT": parse(f"incident: i\nevents: [{{opened: o, at: {AT}}}]", Incident),
    "LABELLED": LABELLED,
    "LENT": LENT,
    "LOG": parse(LOG, RequestLog),
    "NOW": NOW,
    "PLAYBOOK": parse("playbook: p\nduties: [{answer: a, within: 1 h}]", Playbook),
    "TEAM": MANNED,
    "UTC": UTC,
    "WATCHED": parse("needs: n\nhours: [{week: Mon 09:00-18:00}]", Needs),
    "date": date,
    "evolve": attrs.evolve,
    "datetime": datetime,
    "path": Path(__file__),
    "table": table,
}

DURATIONS: Final = ("30 min", "1 h 30 min", "14 d", "PT1H30M")
YAML, JSON, TOML = document("yaml"), document("json"), document("toml")


def problems(read: Read, text: str) -> tuple[Problem, ...]:
    try:
        read(text)
    except InvalidError as error:
        return error.problems
    return ()


def keys_of(problem: Problem) -> Iterator[str]:
    """Yield the keys of what a problem may say to write."""
    for name in ("near", "known", "write"):
        if name in problem.params:
            yield f"{name}:{problem.code}"
    if problem.hint_code:
        yield problem.hint_code
    yield problem.code
    if "wanted" in problem.params:
        yield f"thing:{problem.params['wanted']}"
