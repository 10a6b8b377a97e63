"""The command that checks files, of whatever kind, and a charter against an earlier version."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs
import click

from cmcore.base.errors import InvalidError, Problem, refuse, refuse_any
from cmcore.base.values import value
from cmcore.charters.analysis.analyse import analyse
from cmcore.charters.analysis.analysis import Analysis
from cmcore.charters.analysis.proof import Proof
from cmcore.charters.analysis.prove import prove
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.cli.cross import crossed, parts_of
from cmcore.cli.fail import BAD, BadFileError, file_of, naming, system_problem, told
from cmcore.cli.given import Whole, day
from cmcore.cli.inputs import Asked, beginning, charter_of, history_of
from cmcore.cli.names import seen
from cmcore.cli.networks import odd_networks, odd_objectives, odd_roles
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    UNSETTLED,
    exits,
    from_start_option,
    history_options,
    json_option,
    reader_options,
)
from cmcore.cli.show import complain, note, show, show_json
from cmcore.cli.summary import summary, warnings
from cmcore.cli.usage import Command, misused, refuse_alone
from cmcore.codec.files import read_any, unstructure
from cmcore.codec.french import Written
from cmcore.codec.kinds import name_of
from cmcore.codec.logs import LINES, read_requests
from cmcore.codec.spelt import as_in_file
from cmcore.display.cards import view
from cmcore.display.names import names_of, reader
from cmcore.display.views import View
from cmcore.display.wording import Language, say
from cmcore.organisations.organisation import Organisation
from cmcore.teams.team import Team

#: What a file of lines that are not about requests says of each.
_OF_NO_REQUEST: Final = frozenset({"no-request-event", "more-problems"})


#: How many rows of a history that do not read are told.
_FEW: Final = 20


@value
class _Checked:
    """A file with what it holds and its warnings, or with nothing and its problems."""

    path: str
    held: object = None
    problems: tuple[Problem, ...] = ()
    proof: Proof | None = None
    analysis: Analysis | None = None
    written: Written = attrs.field(factory=Written, eq=False)

    @property
    def has_found(self) -> bool:
        """Whether a charter breaks what it guarantees, or its analysis found something."""
        return bool(
            (self.proof and self.proof.broken) or (self.analysis and self.analysis.findings)
        )

    @property
    def shows_acts(self) -> bool:
        """Whether acts are shown that somebody may want to try."""
        analysis = self.analysis
        is_analysed = analysis is not None and bool(analysis.overlaps or analysis.gaps)
        return is_analysed or bool(self.proof and self.proof.broken)

    @property
    def has_open(self) -> bool:
        """Whether something of it is not settled."""
        is_open = self.analysis is not None and not self.analysis.is_settled
        return is_open or bool(self.proof and self.proof.undecided)


@click.command(
    cls=Command,
    epilog=exits(
        "all are valid, charters keep their guarantees, and `--deep` found nothing",
        "a guarantee or an example of a charter is not kept, or `--deep` found something",
        "something is not settled",
        bad="a file is not valid, or bad usage",
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--at", callback=day, metavar="DAY", help="Warn about what has expired by this day or instant."
)
@click.option(
    "--against",
    metavar="EARLIER",
    help="Refuse a charter that has changed since this one but has the same version.",
)
@click.option(
    "--deep",
    is_flag=True,
    help="Analyse charters as well: what they can and cannot do, for every act that could exist.",
)
@click.option(
    "--history",
    metavar="FILE",
    help="A .csv or .jsonl file of facts, in order of time: with `--deep`, rank conflicts by the "
    "acts that they touch, and say which facts would settle it.",
)
@click.option(
    "--budget",
    type=Whole(0),
    metavar="WORK",
    help="With `--deep`, how much work may be done, 8000000 unless it is given, counted alike on "
    "any machine: more of it leaves less open.",
)
@from_start_option
@history_options
@reader_options
@json_option
def check(  # noqa: PLR0913 - one for each option
    *, files: tuple[str, ...], at: date | None, against: str | None, deep: bool,
    history: str | None, budget: int | None, from_start: bool, asked: Asked, lang: Language,
    as_json: bool,
) -> int:  # fmt: skip
    """Check files, and list every problem.

    Each may be a charter, a team, needs, a plan, an incident, a playbook, a desk, requests, a
    review, an organisation or a redaction: its keys say which. What is not wrong but should be
    looked at is told as a warning, as where files that are checked together do not fit each other.

    What a charter guarantees is proven, or an act shows that it is not kept, and its examples are
    tried; so are those of the charter of an organisation.
    """
    if against is not None and len(files) > 1:
        raise misused("about-one-charter", option="--against")
    if not deep:
        beside_deep = {"--history": history is not None, "--budget": budget is not None}
        refuse_alone(*beside_deep.items(), beside="--deep")
    if history is None:
        refuse_alone(("--from-start", from_start), *asked.given.items(), beside="--history")
    if history is not None and len(files) > 1:
        raise misused("about-one-charter", option="--history")
    earlier = None if against is None else charter_of(against)
    checked = _crossed([_proven(_checked(path, at, earlier)) for path in files], at)
    if deep and all(one.held and not _charter(one.held) for one in checked):
        raise misused("deep-of-no-charter")
    if deep:
        around = beginning(from_start=from_start)
        work = {} if budget is None else {"budget": budget}
        checked = [_analysed(one, history, asked, around, work) for one in checked]
    if as_json:
        show_json([_data(one) for one in checked])
    else:
        _show(checked, lang)
    return max(map(_code, checked), key=_WORST.index)


#: Exit codes, worse and worse.
_WORST: Final = (GOOD, UNSETTLED, SETTLED, BAD)


def _code(one: _Checked) -> int:
    if one.held is None:
        return BAD
    if one.has_found:
        return SETTLED
    return UNSETTLED if one.has_open else GOOD


def _charter(held: object) -> Charter | None:
    """Return the charter that a file holds: itself, or that of its organisation."""
    found = held.charter if isinstance(held, Organisation) else held
    return found if isinstance(found, Charter) else None


def _team(held: object) -> Team | None:
    """Return the team that a file holds: itself, or that of its organisation."""
    found = held.team if isinstance(held, Organisation) else held
    return found if isinstance(found, Team) else None


def _proven(one: _Checked) -> _Checked:
    charter = _charter(one.held)
    if charter is None or not (charter.guarantees or charter.examples):
        return one
    proof = prove(charter)
    idle = (
        Problem.of("guarantee-idle", word, index, given.outcome)
        for (word, index, given), found in zip(charter.guarantees, proof.guarantees, strict=True)
        if found.idle
    )
    above = () if one.held is charter else ("charter",)
    problems = (*one.problems, *_placed(one, (problem.under(*above) for problem in idle)))
    return attrs.evolve(one, proof=proof, problems=problems)


def _analysed(
    one: _Checked, history: str | None, asked: Asked, around: Context | None, work: dict[str, int]
) -> _Checked:
    charter = _charter(one.held)
    if charter is None:
        return one
    rows = None if history is None else history_of(history, charter, asked)
    return attrs.evolve(one, analysis=analyse(charter, history=rows, context=around, **work))


def _checked(path: str, at: date | None, earlier: Charter | None) -> _Checked:
    try:
        with naming(path):
            held, doubts, written = _held(path)
            refuse_any(() if earlier is None else _unversioned(held, earlier))
    except BadFileError as error:
        return _Checked(path, problems=error.problems)
    except OSError as error:
        return _Checked(path, problems=(system_problem(error),))
    found = (as_in_file(one, written, type(held)) for one in _doubtful(held, at))
    return _Checked(path, held, (*doubts, *found), written=written)


def _doubtful(held: object, at: date | None) -> Iterator[Problem]:
    """Yield what is not wrong with what a file holds, and should be looked at."""
    yield from odd_networks(held)
    if isinstance(held, Charter):
        yield from warnings(held, at)
    elif isinstance(held, Team):
        yield from odd_roles(held)
    elif isinstance(held, Organisation):
        yield from odd_objectives(held)
        parts = parts_of(held)
        for key, part in parts.items():
            found = (*_doubtful(part, at), *crossed(part, [*parts.values()], at))
            yield from (problem.under(key) for problem in found)
        for row in held.unread[:_FEW]:
            yield from (one.under("history", row.place) for one in row.problems)


def _crossed(checked: list[_Checked], at: date | None) -> list[_Checked]:
    """Return what was checked, with what the files say of each other."""
    held = [one.held for one in checked if one.held]
    odd = [crossed(one.held, held, at) if one.held else () for one in checked]
    return [
        attrs.evolve(one, problems=(*one.problems, *_placed(one, more)))
        for one, more in zip(checked, odd, strict=True)
    ]


def _placed(one: _Checked, found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems of what a file holds at the keys that the file has."""
    return (as_in_file(problem, one.written, type(one.held)) for problem in found)


def _held(path: str) -> tuple[object, list[Problem], Written]:
    """Return what a file holds, what may be a slip in it, and the keys that it has.

    Raises:
        InvalidError: it is not valid, or of no kind that can be read by itself.
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".csv":
        raise refuse("history-alone")
    if suffix not in LINES:
        return read_any(path)
    try:
        return read_requests(path), [], Written()
    except InvalidError as error:
        if {problem.code for problem in error.problems} <= _OF_NO_REQUEST:
            raise refuse("history-alone") from None
        raise


def _unversioned(held: object, earlier: Charter) -> Iterator[Problem]:
    """Yield what is wrong with a charter that comes after another."""
    if not isinstance(held, Charter):
        yield Problem.of("no-version", kind=name_of(held))
    elif held.id != earlier.id:
        yield Problem.of("other-charter", "charter", given=held.id, wanted=earlier.id)
    elif held.version < earlier.version:
        yield Problem.of("older-version", "version", given=held.version, wanted=earlier.version)
    elif held.version == earlier.version and held != earlier:
        yield Problem.of("same-version", "version", given=held.version, wanted=held.version + 1)


def _data(one: _Checked) -> dict[str, Any]:
    found = unstructure(one.problems)
    if one.held is None:
        return {"path": one.path, "valid": False, "problems": found}
    kind = name_of(one.held)
    head = {"path": one.path, "valid": True, "kind": kind, "warnings": found}
    more = {"proof": one.proof, "analysis": one.analysis}
    told = {name: unstructure(found) for name, found in more.items() if found}
    return {**head, kind: unstructure(one.held), **told}


def _show(checked: list[_Checked], lang: Language) -> None:
    who = reader(lang, names_of([_team(one.held) for one in checked]))
    show(*(shown for one in checked if one.held for shown in _views(one, who)))
    if any(one.shows_acts for one in checked):
        note(say("whole acts", lang))
    sys.stdout.flush()
    for one in checked:
        for problem in one.problems:
            where = file_of(problem, one.path)
            complain(where, *told(problem), word="warning" if one.held else "error")


def _views(one: _Checked, lang: Language) -> Iterator[View]:
    yield _shown(one.held, lang)
    yield from (seen(found, lang) for found in (one.proof, one.analysis) if found)


def _shown(held: object, lang: Language) -> View:
    if isinstance(held, Charter):
        return summary(held, lang)
    title = say("valid", lang, charter=view(held, lang).title)
    return View(title=title, tone="covered")
