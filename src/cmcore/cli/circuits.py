"""The command about circuits: what they ask, what only delays, and who can complete them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import click

from cmcore.base.errors import InvalidError, Problem
from cmcore.base.ids import nearest
from cmcore.charters.charter import Charter
from cmcore.charters.completion import completable
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.shortened import shorten
from cmcore.cli.fail import asking
from cmcore.cli.given import window_of, window_problems, without_team
from cmcore.cli.inputs import charter_of, team_of
from cmcore.cli.names import seen
from cmcore.cli.options import (
    GOOD,
    SETTLED,
    draw_into,
    exits,
    json_option,
    reader_options,
    svg_option,
    tell,
    window_options,
)
from cmcore.cli.show import show, show_json
from cmcore.cli.usage import Command
from cmcore.codec.files import unstructure
from cmcore.display.wording import Language
from cmcore.reviews.drawing import mermaid
from cmcore.teams.team import Team
from cmcore.time.intervals import Span


@click.command(
    cls=Command,
    epilog=exits("shown, or completable at every moment", "not completable at some moment"),
)
@click.argument("charter")
@click.option("--team", metavar="TEAM", help="Show when the team in this file can complete them.")
@window_options("the charter")
@click.option("--circuit", "name", metavar="NAME", help="Look only at this circuit.")
@click.option("--author", metavar="MEMBER", help="The author; by default, the worst one.")
@click.option("--emergency", is_flag=True, help="Take the shorter way of circuits that have one.")
@click.option("--mermaid", "drawn", is_flag=True, help="Draw the circuits in Mermaid.")
@svg_option
@reader_options
@json_option
def circuit(  # noqa: PLR0913 - one for each option
    *, charter: str, team: str | None, start: date | None, stop: date | None, name: str | None,
    author: str | None, emergency: bool, drawn: bool, lang: Language, svg: Path | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Show the circuits of a charter, and what only delays.

    With --team, say whether a team can complete them whenever a review is opened, and if not,
    when and why.
    """
    rules = charter_of(charter)
    people = None if team is None else team_of(team)
    first, last = window_of(start, stop, rules.zone)
    given = {"--start": start, "--stop": stop, "--author": author, "--emergency": emergency}
    _refuse(
        *_unknown_circuit(rules, name),
        *(
            without_team(given)
            if people is None
            else _odd(people, author, first, last, drawn=drawn)
        ),
    )
    chosen = None if name is None else rules.circuit(name)
    shown = [chosen] if chosen else rules.circuits
    draw_into(svg, lang, *shown)
    if people is None or first is None or last is None:  # a team has a window: see above
        _tell(shown, lang, drawn=drawn, as_json=as_json)
        return GOOD
    with asking(window="--stop"):
        found = completable(
            chosen or rules, people, Span(first, last), author=author, emergency=emergency,
            zone=rules.zone,
        )  # fmt: skip
    tell(found, lang, as_json=as_json)
    return GOOD if found.is_complete else SETTLED


def _refuse(*problems: Problem) -> None:
    if problems:
        raise InvalidError(problems)


def _unknown_circuit(charter: Charter, name: str | None) -> Iterator[Problem]:
    known = [one.id for one in charter.circuits]
    if name is not None and name not in known:
        near = nearest(name, known)
        yield Problem.of("unknown-circuit", "--circuit", name=name, near=near, known=known)


def _odd(
    team: Team, author: str | None, start: datetime | None, stop: datetime | None, *, drawn: bool
) -> Iterator[Problem]:
    """Yield what forbids to look at a team so."""
    known = [member.id for member in team.members]
    if author is not None and author not in known:
        yield Problem.of("unknown-member", "--author", name=author, near=nearest(author, known))
    if drawn:
        yield Problem.of("drawn-without-team", "--mermaid")
    yield from window_problems(start, stop, is_needed=True)


def _tell(
    circuits: Iterable[ValidationCircuit], lang: Language, *, drawn: bool, as_json: bool
) -> None:
    """Print circuits by themselves: drawn, for people or as JSON."""
    many = sorted(circuits, key=lambda one: one.id)
    if as_json:
        show_json([_data(one, lang, drawn=drawn) for one in many])
    elif drawn:
        click.echo("\n\n".join(mermaid(one, lang) for one in many))
    else:
        show(*(seen(one, lang) for circuit in many for one in (circuit, shorten(circuit))))


def _data(one: ValidationCircuit, lang: Language, *, drawn: bool) -> dict[str, object]:
    told: dict[str, object] = {"id": one.id, "shortened": unstructure(shorten(one))}
    return {**told, "mermaid": mermaid(one, lang)} if drawn else told
