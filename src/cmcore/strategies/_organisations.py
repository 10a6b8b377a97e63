"""Strategies for organisations, and for what comes of checking them."""

from datetime import datetime, timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from cmcore.charters.act import Act
from cmcore.charters.history import Case
from cmcore.incidents.playbook import Playbook
from cmcore.organisations.agendas import agenda
from cmcore.organisations.checks.checkup import Aims, Answer, Check, Checkup
from cmcore.organisations.checks.practices import APPROVAL, PRACTICES
from cmcore.organisations.checks.run import checkup
from cmcore.organisations.obligations import Agenda, Obligation
from cmcore.organisations.organisation import Deed, Figures, Organisation
from cmcore.organisations.questions import ASKED
from cmcore.strategies._charters import charters
from cmcore.strategies._conditions import USUAL
from cmcore.strategies._drawing import distinct, number, pick, rare, several, some
from cmcore.strategies._incidents import an_incident, incidents_and_playbooks, playbooks
from cmcore.strategies._requests import desks, request_logs
from cmcore.strategies._reviews import a_review
from cmcore.strategies._teams import NETWORKS, a_need, a_team
from cmcore.strategies._verdicts import an_unreadable
from cmcore.strategies._words import ZONES, an_id, an_instant

_CHARTERS: Final = charters(vocabulary=USUAL, max_rules=2)
_PLAYBOOKS: Final = playbooks()
_LOGS: Final = request_logs()
_DESKS: Final = desks()
_PRACTICES: Final = (
    *dict.fromkeys(name for names, _ in PRACTICES.values() for name in names),
    APPROVAL[0],
)
_KINDS: Final = ("publish", "publish", "reply", "share", "delete", None)
_TEXTS: Final = (
    "We open at ten and close at six",
    "Come and see us on Sunday at noon",
    "Yes",
    None,
)
_TRUE: Final = (True, False, None)
_LEADERS: Final = ("ana", "bo", "chloé")


def a_deed(draw: st.DrawFn, at: datetime) -> Deed:
    """Draw something that was done, some days before an instant or after."""
    return Deed(
        pick(draw, _PRACTICES),
        at.date() - timedelta(days=number(draw, -3, 400)),
        by=pick(draw, (None, *_LEADERS)),
        note="with all of us" if rare(draw) else "",
    )


def some_figures(draw: st.DrawFn, at: datetime) -> Figures:
    """Draw what was counted of a network on a day."""
    shown = {
        name: None if rare(draw) else number(draw, 0, 5000)
        for name in ("followers", "engagement", "reach", "posts")
    }
    return Figures(at.date() - timedelta(days=number(draw, -1, 30)), pick(draw, NETWORKS), **shown)


def _a_case(draw: st.DrawFn, at: datetime) -> Case:
    label = pick(draw, _TRUE)
    return Case(
        Act(
            kind=pick(draw, _KINDS),
            at=None if rare(draw) else at - timedelta(hours=number(draw, -9, 900)),
            text=pick(draw, _TEXTS),
            template=pick(draw, (None, "a")),
            paid=pick(draw, _TRUE),
            labels={} if label is None else {"promotional": label},
        ),
        place=f"row {number(draw, 1, 999)}",
    )


def some_aims(draw: st.DrawFn) -> Aims:
    """Draw what is enough."""
    names = ("on_time", "one_hand", "promotion", "template", "daily")
    shares: dict[str, Any] = {name: number(draw, 0, 10) / 10 for name in names}
    return Aims(
        **shares,
        jump=number(draw, 1, 30) / 10,
        least=number(draw, 1, 4),
        counts=number(draw, 1, 4),
        recent=timedelta(days=number(draw, 1, 9)),
        circuit=timedelta(hours=number(draw, 1, 48)),
    )


def _bare(playbook: Playbook) -> Playbook:
    """Return a playbook whose duties are owed whatever the scale of an incident."""
    duties = [attrs.evolve(duty, level=None) for duty in playbook.duties]
    return attrs.evolve(playbook, duties=duties)


def an_organisation(draw: st.DrawFn, at: datetime) -> Organisation:
    """Draw an organisation of which something is known, around an instant."""
    team = a_team(draw, 3)
    roles = [role.id for role in team.roles]
    incidents = distinct(draw, lambda: an_incident(draw, 5), lambda one: one.id, 0, 2)
    drawn: dict[str, Any] = {
        "team": team,
        "needs": a_need(draw, roles, limits=True),
        "charter": draw(_CHARTERS),
        "playbook": _bare(draw(_PLAYBOOKS)),
        "incidents": incidents,
        "requests": draw(_LOGS),
        "desk": draw(_DESKS),
        "history": several(draw, lambda: _a_case(draw, at), 0, 9),
        "figures": distinct(
            draw, lambda: some_figures(draw, at), lambda one: f"{one.network} {one.on}", 0, 9
        ),
        "deeds": several(draw, lambda: a_deed(draw, at), 0, 5),
        "objectives": some(draw, ("sales", "notoriety"), 0, 2),
        "leaders": some(draw, _LEADERS, 0, 2),
        "contact": pick(draw, [*_LEADERS, *(member.id for member in team.members)]),
        "sites": some(draw, ("Lyon", "Kyoto"), 0, 2),
    }
    given = {name: one for name, one in drawn.items() if not rare(draw)}
    if rare(draw):
        moot = some(draw, sorted(ASKED), 1, 3)
        given["not_applicable"] = dict.fromkeys(sorted(moot), "we are a town hall")
    unread = several(draw, lambda: an_unreadable(draw), 0, 2) if rare(draw) else []
    named = "The corner shop" if rare(draw) else ""
    return Organisation(an_id(draw), name=named, zone=pick(draw, ZONES), unread=unread, **given)


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """Return a strategy for good practices done on a day."""
    return a_deed(draw, an_instant(draw))


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    """Return a strategy for what was counted of a network on a day."""
    return some_figures(draw, an_instant(draw))


@st.composite
def aims(draw: st.DrawFn) -> Aims:
    """Return a strategy for what is enough."""
    return some_aims(draw)


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Return a strategy for organisations of which more or less is known."""
    return an_organisation(draw, an_instant(draw))


@st.composite
def organisations_and_moments(draw: st.DrawFn) -> tuple[Organisation, datetime, Aims]:
    """Return a strategy for organisations with an instant to check them at, and aims."""
    at = an_instant(draw)
    return an_organisation(draw, at), at, some_aims(draw)


@st.composite
def checkups(draw: st.DrawFn) -> Checkup:
    """Return a strategy for checkups, come to by checking."""
    at = an_instant(draw)
    return checkup(an_organisation(draw, at), at, aims=some_aims(draw))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Return a strategy for answers, come to by checking."""
    return pick(draw, draw(checkups()).answers)


@st.composite
def checks(draw: st.DrawFn) -> Check:
    """Return a strategy for what was checked, come to by checking."""
    return pick(draw, draw(answers()).checks)


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """Return a strategy for agendas, come to by asking what is owed."""
    at = an_instant(draw)
    given = attrs.evolve(an_organisation(draw, at), team=None, incidents=None)
    if rare(draw, 2):
        incident, playbook = draw(incidents_and_playbooks())
        given = attrs.evolve(given, incidents=[incident], playbook=playbook)
    return agenda(given, at, [a_review(draw) for _ in range(number(draw, 0, 2))])


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    """Return a strategy for what is owed."""
    return pick(draw, draw(agendas().filter(lambda one: bool(one.owed))).owed)
