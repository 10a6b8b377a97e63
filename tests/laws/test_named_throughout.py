"""Named throughout: of an organisation whose things all have names, no view shows an id."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from cmcore import (
    Act,
    Context,
    Member,
    Organisation,
    assign,
    audit,
    backlog,
    checkup,
    compare,
    completable,
    conduct,
    coverage,
    decide,
    due,
    open_review,
    read,
    route,
    status,
    why_not,
)
from cmcore.base.offers import offered
from cmcore.charters import analyse, compiled, contrast, prove, suggest
from cmcore.circuits import shorten
from cmcore.cli.app import app
from cmcore.decisionlog import entry, replay
from cmcore.display.views import Viewable
from cmcore.display.wording import LANGUAGES, Language
from cmcore.organisations import agenda
from cmcore.requests import response_times
from cmcore.reviews import due_reviews, timeline
from cmcore.teams import Hire, Training, alternatives, remedy, roster, what_if
from cmcore.time import Span

from .naming import ODD
from .odd_organisation import write
from .test_names import forms

AT: Final = datetime(2026, 2, 9, 10, 30, tzinfo=UTC)
WEEK: Final = Span(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
#: What shows nothing of what an organisation has named, by why.
ELSEWHERE: Final = {
    "the catalog": {
        *("Advice", "Dilemma", "Entry", "Indicator", "Model", "Objective", "Practice", "Profile"),
        *("Shelf", "Size", "Task", "Design"),
    },
    "files of others": {"AutomoderatorImport"},
    "labellers": {"Agreement", "Calibration", "LabelledAudit", "Surveillance", "Labelling"},
    "a part of a checkup": {"Answer"},
    "numbers alone": {"Detection", "Staffing", "LogCheck"},
    "a history of reviews": {"Promotion"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("odd")
    write(made)
    return made


@pytest.fixture(scope="module")
def maker(folder: Path) -> Organisation:
    return read(folder / "organisation.yaml", Organisation)


def acts() -> Iterator[Act]:
    known: dict[str, Any] = {"network": "x", "at": AT, "topics": {"models"}}
    yield Act(id="a1", author=f"{ODD}ines", kind="publish", text="Hello", **known)
    yield Act(id="a2", author=f"{ODD}ines", kind="publish", text="The brake.", **known)
    yield Act(id="a3", kind=f"{ODD}visit", labels={"promise": True}, text="", **known)
    yield Act(id="a4", kind="publish", topics={"competitor-trouble"}, at=AT)
    yield Act(id="a5", kind="delete", topics=set(), at=AT)


def shown(maker: Organisation) -> Iterator[Viewable]:
    """Yield a value of every kind that tells something of an organisation."""
    team, needs, charter, playbook = maker.team, maker.needs, maker.charter, maker.playbook
    desk, requests, incidents = maker.desk, maker.requests, maker.incidents
    assert team
    assert needs
    assert charter
    assert playbook
    assert desk
    assert requests
    assert incidents
    (incident,) = incidents
    yield from (team, charter, playbook, incident, roster(team, AT))
    yield coverage(team, needs, start=WEEK.start, stop=WEEK.stop, absent=1)
    found = assign(team, needs, start=WEEK.start, stop=WEEK.stop)
    ines, maya, lead = f"{ODD}ines", f"{ODD}maya", f"{ODD}coordinator"
    yield from (found, found.plan, found.diff, alternatives(found))
    yield from (why_not(found, ines, lead), what_if(found, leaves=[maya]))
    newcomer = Member(f"{ODD}new", name="Newcomer", skills={"authority"})
    yield remedy(found, [Training(ines, skills={"house"}), Hire(newcomer)])
    for circuit in charter.circuits:
        yield from (circuit, shorten(circuit), completable(circuit, team, WEEK))
    yield completable(charter, team, WEEK)
    other = charter.without_rule(f"{ODD}daily-life")
    index = compiled(charter)
    yield index
    yield suggest(acts(), charter, least=1)
    yield from (audit(charter, acts()), analyse(charter), prove(charter))
    yield from (compare(charter, other, acts()), contrast(charter, other))
    for act in acts():
        yield from (decide(charter, act), index.rule(act))
    yield from (conduct(incident, playbook, charter), due(incident, playbook, AT, team))
    yield from (checkup(maker, AT), agenda(maker, AT))
    yield from (backlog(requests, AT, desk, team), response_times(requests, AT, desk))
    yield route(requests.requests[0], team, desk)
    log = [entry(decide(charter, act), Context(), charter, id=str(act.id), at=AT) for act in acts()]
    yield from (*log, replay(log, [other]), replay(log, [charter]))
    post = [*acts()][1]
    review = open_review(decide(charter, post), post, charter, AT, team=team)
    yield from (review, status(review, AT), timeline(review, AT), due_reviews([review], AT))


@pytest.fixture(scope="module")
def values(maker: Organisation) -> list[Viewable]:
    return [*shown(maker)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_view_shows_an_id_where_names_are_known(
    maker: Organisation, values: list[Viewable], language: Language
) -> None:
    told = {
        f"{type(one).__name__}: {line.strip()}"
        for one in values
        for form in forms(one.view(language, names=maker))
        for line in unescape(re.sub("<[^>]+>", "\n", form)).splitlines()
        if ODD in line
    }
    assert sorted(told) == []


def test_every_view_is_among_them(values: list[Viewable]) -> None:
    kinds = {name: one for name, one in offered().items() if isinstance(one, type)}
    views = {name for name, one in kinds.items() if issubclass(one, Viewable)}
    others = set[str]().union(*ELSEWHERE.values())
    assert views - {"Viewable"} - others == {type(one).__name__ for one in values} & views


#: Commands about a whole organisation, which know the names of all that it has.
COMMANDS: Final = (
    ("checkup", "organisation.yaml", "--at", AT.isoformat()),
    ("due", "organisation.yaml", "--at", AT.isoformat()),
    ("report", "organisation.yaml", "--at", AT.isoformat()),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: str(args[0]))
def test_no_command_shows_an_id_of_an_organisation(
    folder: Path, args: tuple[str, ...], language: Language
) -> None:
    paths = [str(folder / arg) if arg.endswith(".yaml") else arg for arg in args]
    told = CliRunner().invoke(app, [*paths, "--lang", language])
    assert "Automobiles Orival" in told.output
    assert [line for line in told.output.splitlines() if ODD in line] == []
    assert ODD in CliRunner().invoke(app, [*paths, "--ids"]).output
