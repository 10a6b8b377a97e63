"""A sound organisation, and for each check the one thing that spoils it."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import attrs

from cmcore import (
    Act,
    Availability,
    Charter,
    Context,
    Desk,
    Incident,
    Member,
    Message,
    Needs,
    Organisation,
    Playbook,
    Request,
    RequestLog,
    Role,
    Rule,
    Stage,
    Team,
    ValidationCircuit,
    Watch,
    Week,
    fact,
)
from cmcore.charters import Approval, Author, Case, Scope, Term, Volume
from cmcore.circuits.approvers import Approvers
from cmcore.incidents import ActEvent, AlertEvent, Duty, FactEvent, InboundEvent, Promise, StepEvent
from cmcore.organisations import Deed, Figures
from cmcore.organisations.checks.practices import PRACTICES
from cmcore.requests import RequestEvent, Target
from cmcore.text import WordList

NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)
TODAY: Final = NOW.date()
DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)

# ---------------------------------------------------------------------------------------- people

_ROLES: Final = {
    "enthusiast": {"networks"},
    "coordinator": {"house"},
    "communicator": {"writing", "calm"},
    "product-expert": {"products"},
    "analyst": {"figures"},
    "sales": {"selling"},
    "marketing": {"campaigns"},
    "customer-service": {"complaints"},
    "ambassador": set[str](),
    "web-referent": set[str](),
    "management": set[str](),
}
_ALWAYS: Final = Availability(Week.always(), minutes=480)


def _member(id_: str, *roles: str, **told: Any) -> Member:  # noqa: ANN401 - whatever members have
    skills = set().union(*(_ROLES[role] for role in roles)) | {"Lyon"}
    usual = {"contract": "permanent", "availability": _ALWAYS, "skills": skills}
    return Member(id_, roles=roles, **{**usual, **told})


_ANA: Final = _member(
    "ana", "communicator", "enthusiast", "ambassador",
    networks={"x": 900}, trade="press", age="20-29", level="junior",
)  # fmt: skip
_BOB: Final = _member(
    "bob", "coordinator", "product-expert", "analyst", "web-referent",
    trade="support", age="50-59", level="senior",
)  # fmt: skip
_CLEO: Final = _member(
    "cleo", "sales", "marketing", "customer-service", "management",
    trade="sales", age="40-49", level="senior",
)  # fmt: skip
TEAM: Final = Team(
    "t",
    [_ANA, _BOB, _CLEO],
    [Role(name, requires=skills, minutes=10) for name, skills in _ROLES.items()],
)
NEEDS: Final = Needs("n", hours=[Watch(Week.parse("Mon-Fri 09:00-18:00"), role="communicator")])

# --------------------------------------------------------------------------------------- charter

_CIRCUIT: Final = ValidationCircuit(
    "desk", [Stage(Approvers("role", ["management", "coordinator"]), within=HOUR)]
)
CHARTER: Final = Charter(
    "law",
    rules=[
        Rule.permit(
            "everyday",
            when=fact("author.roles").any_of("communicator", "ambassador"),
            because="Everyday posts go out.",
        ),
        Rule.refer("crisis", to="desk", when=fact("topics").any_of("crisis"), because="See."),
    ],
    circuits=[_CIRCUIT],
    default="desk",
    scope=Scope({"x"}, [Volume(10, DAY, "publish")]),
    term=Term(date(2026, 1, 1)),
    approval=Approval(["cleo"], date(2025, 12, 20)),
    review_by=date(2026, 12, 31),
)

# --------------------------------------------------------------------------------------- history

_WORDS: Final = [
    "roses",
    "lilas",
    "iris",
    "tulipes",
    "pivoines",
    "dahlias",
    "jasmins",
    "mimosas",
    "violettes",
    "muguet",
    "bleuets",
    "orchidées",
    "jonquilles",
    "coquelicots",
    "narcisses",
    "lavande",
    "glycine",
    "hortensias",
    "camélias",
    "azalées",
    "anémones",
    "freesias",
    "gerberas",
    "zinnias",
    "cosmos",
    "lupins",
    "crocus",
    "arums",
]
ANA_AT_WORK: Final = Context(author=Author(roles={"communicator", "ambassador"}))


def _post(back: int, **told: Any) -> Case:  # noqa: ANN401 - whatever acts have
    word = _WORDS[back % len(_WORDS)]
    act = Act(
        kind="publish", network="x", account="brand", author="ana", topics={"product"},
        text=f"Nos {word} sont là.", at=NOW - back * DAY - HOUR,
        labels={"promotional": False},
    )  # fmt: skip
    return Case(attrs.evolve(act, **told), ANA_AT_WORK)


POSTS: Final = [
    _post(back, at=NOW - back * DAY - part * HOUR) for back in range(1, 60) for part in (1, 2, 3)
]
HISTORY: Final = [*POSTS, _post(3, kind="share", text="À lire", at=NOW - 2 * DAY,
                                target=Message(ours=False))]  # fmt: skip

# ------------------------------------------------------------------------- requests and incidents

_ASKED: Final = [Request(f"r{n}", NOW - 3 * DAY) for n in range(12)]
_ANSWERED: Final = [
    RequestEvent("answered", one.id, one.at + HOUR / 2, by="cleo") for one in _ASKED
]
REQUESTS: Final = RequestLog(_ASKED, _ANSWERED)
DESK: Final = Desk(targets=[Target(HOUR)])
PLAYBOOK: Final = Playbook(
    "crisis",
    [
        Duty("first-word", "answer", within=2 * HOUR),
        Duty("in-private", "answer", within=4 * HOUR, acts=["message"]),
        Duty("mistakes", "correct", within=4 * HOUR),
        Duty("told", "alert", within=HOUR, roles=["management"]),
        Duty("no-irony", "never say", words=WordList(["joyeux"])),
    ],
)
_OPENED: Final = NOW - 5 * DAY
_COMPLAINT: Final = InboundEvent("complaint", _OPENED, criticism=True)
_TOLD: Final = AlertEvent("told", _OPENED + HOUR / 2, roles={"management"})
_FIRST: Final = {"refunded": False, "safe": False}


def _said(id_: str, after: float, kind: str = "publish", **told: Any) -> ActEvent:  # noqa: ANN401
    act = Act(
        kind=kind, network="x", account="brand", author="ana", topics={"crisis"}, text="Voici."
    )
    return ActEvent(
        id_, _OPENED + after * HOUR, act=act, about=["complaint"], review=["desk"], **told
    )


def incident(*events: Any) -> Incident:  # noqa: ANN401 - of any kind
    """Return an incident that opened five days ago with a complaint, and what came after."""
    opened = StepEvent("opened", _OPENED, step="opened")
    return Incident("i", [opened, _COMPLAINT, *events])


_SO: Final = FactEvent("so", _OPENED, that={"refunded": True, "safe": True})
_DONE: Final = FactEvent("done", _OPENED + 6 * HOUR, that={"called": True})
ANSWER: Final = _said(
    "answer",
    1,
    claims={"safe": True},
    promises=[Promise({"called": True}, _OPENED + 8 * HOUR)],
)
_JOKE: Final = attrs.evolve(ANSWER, act=attrs.evolve(ANSWER.act, text="Un joyeux rappel !"))
_PRIVATE: Final = _said("private", 2, "message")
SERENE: Final = incident(_SO, _TOLD, ANSWER, _PRIVATE, _DONE)
_LIE: Final = _said("lie", 1, claims={"safe": False})
_TRUE: Final = _said("true", 2, claims={"safe": True})

# --------------------------------------------------------------------------------- the whole of it

FIGURES: Final = [
    Figures(TODAY - n * DAY, "x", followers=1000 + 5 * (40 - n), engagement=20, orders=3)
    for n in range(40)
]
DEEDS: Final = [
    *(Deed(names[0], TODAY - DAY) for names, _ in PRACTICES.values()),
    Deed("strategy-approved", TODAY - DAY, by="cleo"),
]
SOUND: Final = Organisation(
    "o",
    team=TEAM,
    needs=NEEDS,
    charter=CHARTER,
    playbook=PLAYBOOK,
    incidents=[SERENE],
    requests=REQUESTS,
    desk=DESK,
    history=HISTORY,
    figures=FIGURES,
    deeds=DEEDS,
    objectives=["sales"],
    leaders=["cleo"],
    contact="bob",
    sites=["Lyon"],
)
Spoil = Callable[[Organisation], Organisation]


def _with(**told: Any) -> Spoil:  # noqa: ANN401 - whatever organisations have
    return lambda sound: attrs.evolve(sound, **told)


def _people(*members: Member) -> Spoil:
    return _with(team=attrs.evolve(TEAM, members=members))


def _law(**told: Any) -> Spoil:  # noqa: ANN401 - whatever charters have
    return _with(charter=attrs.evolve(CHARTER, **told))


def _undone(check: str) -> Spoil:
    names = PRACTICES[check][0]
    return _with(deeds=[deed for deed in DEEDS if deed.practice not in names])


_LONG: Final = attrs.evolve(_CIRCUIT, stages=[attrs.evolve(_CIRCUIT.stages[0], within=20 * DAY)])
_LATE: Final = [attrs.evolve(one, at=one.at + 5 * HOUR) for one in _ANSWERED]
_TWO: Final = [attrs.evolve(one, by="bob", at=one.at + HOUR) for one in _ANSWERED]
_BOUGHT: Final = [
    attrs.evolve(one, followers=(one.followers or 0) + (9000 if n < 20 else 0))
    for n, one in enumerate(FIGURES)
]
_INTERN: Final = attrs.evolve(_ANA, contract="stagiaire", roles=["communicator"])
#: Check -> what makes its answer no.
SPOILS: Final[Mapping[str, Spoil]] = {
    "charter in force": _law(term=Term(date(2027, 1, 1))),
    "charter signed": _law(approval=None),
    "charter framed": _law(scope=Scope()),
    "networks covered": _with(figures=[*FIGURES, Figures(TODAY, "tiktok", posts=1)]),
    "charter fresh": _law(review_by=date(2026, 1, 1)),
    "rules for employees": _law(
        rules=[Rule.permit("all", because="Fine."), CHARTER.rule("crisis")]
    ),
    "short way": _law(circuits=[_LONG]),
    "circuits complete": _people(_ANA),
    "share covered": _with(history=[_post(back, topics={"crisis"}) for back in range(1, 60)]),
    "insiders": _people(attrs.evolve(_ANA, contract="freelance"), _BOB, _CLEO),
    "specialists": _people(attrs.evolve(_ANA, networks={}), _BOB, _CLEO),
    "time set aside": _people(
        attrs.evolve(_ANA, availability=Availability(Week.always(), minutes=1)), _BOB, _CLEO
    ),
    "core roles": _people(_ANA, _CLEO),
    "departments": _people(_ANA, _BOB),
    "community manager": _people(_BOB, _CLEO),
    "front line": _people(_ANA),
    "ambassadors": _people(attrs.evolve(_ANA, roles=["communicator"]), _BOB, _CLEO),
    "mixed team": _people(_ANA, attrs.evolve(_BOB, level="junior")),
    "fit": _people(attrs.evolve(_ANA, skills=["networks"]), _BOB, _CLEO),
    "interns supervised": _people(_INTERN, _BOB, _CLEO),
    "watch hours": _people(
        attrs.evolve(_ANA, availability=Availability(Week.parse("Mon 09:00-10:00"))), _BOB, _CLEO
    ),
    "single contact": _with(contact="zoe"),
    "referents": _with(sites=["Lyon", "Kyoto"]),
    "on time": _with(requests=RequestLog(_ASKED, _LATE)),
    "none neglected": _with(requests=RequestLog([attrs.evolve(_ASKED[0], at=NOW - 30 * DAY)])),
    "one hand": _with(requests=RequestLog(_ASKED, [*_ANSWERED, *_TWO])),
    "answers kept": _with(incidents=[incident(_SO, _TOLD)]),
    "mistakes corrected": _with(incidents=[incident(_SO, _LIE)]),
    "playbook kept": _with(incidents=[incident(_SO, _TOLD, _JOKE, _PRIVATE, _DONE)]),
    "alert planned": _with(playbook=Playbook("p", PLAYBOOK.duties[:1])),
    "alerts kept": _with(incidents=[incident(ANSWER, _PRIVATE)]),
    "private way": _with(playbook=Playbook("p", [PLAYBOOK.duty("first-word")])),
    "honest": _with(incidents=[incident(_SO, _LIE)]),
    "promises kept": _with(
        incidents=[incident(FactEvent("no", _OPENED, that={"called": False}), ANSWER)]
    ),
    "criticism kept": _with(
        history=[*HISTORY, _post(2, kind="delete", target=Message(ours=False, tone="critical"))]
    ),
    "exceptions asked": _with(incidents=[incident(attrs.evolve(ANSWER, review=frozenset()))]),
    "little promotion": _with(
        history=[_post(back, labels={"promotional": True}) for back in range(1, 60)]
    ),
    "own words": _with(
        history=[_post(back, text="Votre appel est très important") for back in range(1, 60)]
    ),
    "cadence": _with(history=POSTS[50:]),
    "sharing": _with(history=POSTS),
    "no bought followers": _with(figures=_BOUGHT),
    "engagement measured": _with(figures=[attrs.evolve(one, engagement=None) for one in FIGURES]),
    "returns measured": _with(figures=[attrs.evolve(one, orders=None) for one in FIGURES]),
    "objectives set": _with(objectives=[]),
    "strategy approved": _with(leaders=["bob"]),
    **{check: _undone(check) for check in PRACTICES},
}
#: Check -> the sound organisation, where the occasion it needs would spoil another.
MENDED: Final[Mapping[str, Organisation]] = {
    "mistakes corrected": attrs.evolve(SOUND, incidents=[incident(_SO, _LIE, _TRUE)]),
}
