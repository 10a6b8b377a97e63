"""What runs an idea of the source texts that no check carries: it fails as planted, and is mended.

Each demonstration returns two answers to one question of the library: that of what is planted
wrong, which must be no, and that of what is right, which must be yes.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

import attrs

from cmcore import (
    Act,
    Availability,
    Desk,
    Incident,
    Member,
    Needs,
    Outcome,
    Request,
    RequestLog,
    Role,
    Seats,
    Span,
    Team,
    Week,
    assign,
    backlog,
    catalog,
    compare,
    completable,
    conduct,
    coverage,
    detect,
    remedy,
    route,
)
from cmcore.catalog import design, specialise
from cmcore.charters import Earlier
from cmcore.incidents import Standing
from cmcore.requests import RequestEvent, Route, Target, response_times
from cmcore.teams import Mix, NotOnly, Supervision, Work, possible_remedies

from .acts import AMBASSADOR, decision, heard, ours, post, reply, upon
from .planted import ANA_AT_WORK, ANSWER, CHARTER, NOW, SERENE, SOUND, SPOILS, TEAM, incident

Answers = tuple[bool, bool]
Demo = Callable[[], Answers]
_T = TypeVar("_T")
HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)


def _both(ask: Callable[[_T], bool], wrong: _T, right: _T) -> Answers:
    return ask(wrong), ask(right)


# ------------------------------------------------------------------------------ charters at work


def _ruled(charter: str, wrong: dict[str, Any], right: dict[str, Any], want: Outcome) -> Demo:
    """Ask whether a charter to start from keeps from what it should, and from nothing else."""

    def run() -> Answers:
        first, second = decision(charter, wrong).outcome, decision(charter, right).outcome
        return first is not want, second is not want

    return run


def _forbids(charter: str, **wrong: Any) -> Demo:  # noqa: ANN401 - whatever acts have
    return _ruled(charter, post(**wrong), post(), Outcome.FORBIDDEN)


def _asks(charter: str, wrong: dict[str, Any], right: dict[str, Any]) -> Demo:
    return _ruled(charter, wrong, right, Outcome.EXCEPTION)


def _goes_to(circuit: str, told: dict[str, Any]) -> Demo:
    """Ask whether an act is kept from a circuit that is not its own, and goes to its own."""

    def run() -> Answers:
        return (
            circuit in decision("large-group", post()).circuits,
            circuit in decision("large-group", told).circuits,
        )

    return run


# ------------------------------------------------------------------------------------- the team


def _gaps(team: Team, needs: Needs) -> set[str]:
    found = coverage(team, needs, start=NOW, stop=NOW + WEEK, absent=0).gaps
    return {part for gap in found for part in gap.what.values()}


def _whole(role: Role) -> Member:
    return Member(
        role.id,
        roles=[role.id],
        skills=role.requires,
        contract="permanent",
        trade=role.id,
        level="senior",
        availability=Availability(Week.always(), minutes=600),
    )


def _wants(role: str, *objectives: str, size: str = "small") -> Demo:
    """Ask whether a design is covered without a role, and with it."""
    made = design(objectives, size)
    everybody = [_whole(one) for one in made.roles]
    without = [one for one in everybody if one.id != role]
    return lambda: _both(
        lambda people: role not in _gaps(made.team(*people), made.needs), without, everybody
    )


def _wants_skills(role: str) -> Demo:
    """Ask whether somebody without what a role requires may hold it, and somebody with it."""
    profile, needs = catalog.roles[role].role, Needs("n", seats=[Seats(role)])
    free = Availability(minutes=600)
    unfit = Member("ana", availability=free)
    fit = Member("ana", availability=free, skills=profile.requires)
    return lambda: _both(
        lambda one: bool(assign(Team("t", [one], [profile]), needs).pairs), unfit, fit
    )


def _covers(needs: Needs, wrong: Team, right: Team) -> Demo:
    return lambda: _both(lambda team: not _gaps(team, needs), wrong, right)


def _pair(first: dict[str, Any], second: dict[str, Any]) -> Team:
    people = [Member("a", roles=["writer"], **first), Member("b", roles=["writer"], **second)]
    return Team("t", people, [Role("writer")])


def _advises(dilemma: str, question: str) -> Demo:
    """Ask whether the light way out will do against an answer, and with all as it should be."""
    asked = catalog.dilemmas[dilemma]
    suited = {name: one.wanted for name, one in asked.questions.items()}
    against = {**suited, question: not suited[question]}
    return lambda: _both(
        lambda answers: asked.advise(answers).chosen == asked.light, against, suited
    )


# ------------------------------------------------------------------- requests, crises and surges

DESK: Final = Desk(targets=[Target(HOUR)], routes=[Route("customer-service")])


def _log(*answered: float | None) -> RequestLog:
    requests = [Request(f"r{n}", NOW - 3 * HOUR, network="x") for n in range(len(answered))]
    events = [
        RequestEvent("answered", f"r{n}", NOW + (hours - 3) * HOUR, by="cleo")
        for n, hours in enumerate(answered)
        if hours is not None
    ]
    return RequestLog(requests, events)


def _answered_in_time() -> Answers:
    return _both(lambda log: not response_times(log, NOW, DESK).overall.missed, _log(2), _log(0.5))


def _nothing_waits() -> Answers:
    return _both(lambda log: not backlog(log, NOW, DESK).overdue, _log(None), _log(0.5))


def _routed() -> Answers:
    request = Request("r", NOW, network="x")
    return _both(
        lambda team: route(request, team, DESK).member is not None, TEAM.without("cleo"), TEAM
    )


def _well_led() -> Answers:
    """Ask whether an incident keeps what is never done, badly led and well led."""
    playbook = catalog.playbooks["crisis"]

    def is_clean(incident: Incident) -> bool:
        found = conduct(incident, playbook).findings
        breached = {str(one.kind) for one in found if one.standing is Standing.BREACHED}
        return breached.isdisjoint({"tell the truth", "keep promises", "keep criticism"})

    return _both(is_clean, (SPOILS["honest"](SOUND).incidents or ())[0], SERENE)


def _nobody_blamed() -> Answers:
    """Ask whether a word for those who complained keeps the playbook that blames nobody."""
    playbook = catalog.playbooks["crisis"]

    def is_kept(text: str) -> bool:
        act = attrs.evolve(ANSWER.act, text=text, labels={"hostile": False})
        found = conduct(incident(attrs.evolve(ANSWER, act=act)), playbook)
        (one,) = (one for one in found.findings if one.duty == "nobody-blamed")
        return one.standing is Standing.KEPT

    return _both(is_kept, "C'est votre faute.", "Nous nous en occupons.")


def _calm() -> Answers:
    """Ask whether a page is calm on the day of a bad buzz, and on any other day."""
    usual = [Request(f"u{n}", NOW - timedelta(minutes=30 * n)) for n in range(24 * 2 * 60)]
    surge = [Request(f"s{n}", NOW - timedelta(seconds=20 * n)) for n in range(150)]
    return _both(lambda rows: not detect(rows, at=NOW).unusual, [*usual, *surge], usual)


# -------------------------------------------------------------------- what changes, and what helps


def _alone_and_together() -> Answers:
    """Ask whether nobody who can be a role is found, and whether a hire makes up for it."""
    needs = Needs("n", seats=[Seats("analyst")])
    short = assign(Team("t", [Member("ana")], [Role("analyst", requires=["figures"])]), needs)
    return bool(short.pairs), remedy(short, possible_remedies(short.team, needs)).is_closed


def _promoted() -> Answers:
    """Ask whether a charter lets out more once it permits what used to be asked about."""
    asked = [Act(kind="publish", topics={"crisis"}, network="x", at=NOW, author="ana")]
    open_ = attrs.evolve(CHARTER, rules=[one for one in CHARTER.rules if one.id != "crisis"])
    around = attrs.evolve(ANA_AT_WORK, earlier=Earlier())
    return bool(compare(CHARTER, CHARTER, asked).changed), bool(
        compare(CHARTER, open_, asked, context=around).changed
    )


def _liked() -> Answers:
    fond = Member("ana", networks={"x": 900})
    return _both(
        lambda one: ("ana", "x") in specialise(Team("t", [one]), ["x"]).pairs, Member("ana"), fond
    )


def _repaired() -> Answers:
    """Ask whether an answer given on the spot goes out, and whether its repair does."""
    found = decision("small-brand", reply("neutral", labels={"promise": True}))
    repair = found.repair
    act = Act() if repair is None else repair.act
    around = {"labels": dict(act.labels), "in_reply_to": act.in_reply_to, "text": act.text}
    mended = decision("small-brand", {**reply("neutral"), **around})
    return found.outcome is Outcome.COVERED, mended.outcome is Outcome.COVERED


def _escalated() -> Answers:
    """Ask whether a circuit completes when its only stage has nobody, and when it escalates."""
    crisis = catalog.circuits["crisis"]
    boss = Member("boss", roles=["management"], availability=Availability(Week.always()))
    roles = [Role("communicator"), Role("management")]
    author = Member("ana", roles=["communicator"], availability=Availability(Week.always()))
    alone = attrs.evolve(crisis, stages=crisis.stages[:1], emergency=())
    team = Team("t", [author, boss], roles)
    window = Span(NOW, NOW + 2 * HOUR)
    return _both(
        lambda circuit: completable(circuit, team, window, author="ana").share == 1, alone, crisis
    )


_INTERNS: Final = Needs("n", supervision=[Supervision()])
_MORE_THAN_JUNIORS: Final = Needs("n", mix=[NotOnly("level", "junior")])
_LEVELS: Final = Needs("n", mix=[Mix("level", 2)])
_AGES: Final = Needs("n", mix=[Mix("age", 2)])
_A_POST_A_DAY: Final = Needs("n", work=[Work("posts", 1, 60, "writer")])
_BUSY, _FREE = ({"availability": Availability(minutes=minutes)} for minutes in (10, 120))
_INTERN: Final = {"contract": "internship"}
_SENIOR: Final = {"contract": "permanent"}

#: Idea -> what runs it.
DEMOS: Final[Mapping[str, Demo]] = {
    "000.0.2": _well_led,
    "000.0.4": _forbids("small-brand", text="Quel abruti !"),
    "000.1.2": _wants("marketing", "notoriety"),
    "000.1.4": _wants("customer-service", "customer-service"),
    "000.1.5": _asks("small-brand", post(network="tiktok"), post()),
    "000.1.8": _wants("product-expert", "customer-service"),
    "000.1.10": _wants("marketing", "event"),
    "000.1.11": _calm,
    "000.2.3": _forbids("large-group", text="Quel abruti !", account="own"),
    "000.2.4": _forbids("association", topics={"elections"}),
    "000.2.5": _forbids("association", labels={"aggressive": True}),
    "000.2.6": _forbids("large-group", topics={"competitor-trouble"}),
    "000.2.7": _forbids("public-service", labels={"personal": True}),
    "000.2.8": _forbids("small-brand", topics={"strategy"}),
    "000.2.9": _asks("small-brand", post(topics=None), post()),
    "000.2.10": _asks("large-group", post(labels={"tone": "ironic"}), post()),
    "000.2.11": _asks("large-group", post("Trop cool, mdr"), post()),
    "000.2.13": _asks("large-group", post(labels={"tone": "familiar"}), post()),
    "000.2.14": _forbids("public-service", labels={"personal_data": True}),
    "000.3.1": _advises(
        "internal-or-external", next(iter(catalog.dilemmas["internal-or-external"].questions))
    ),
    "000.3.5": _alone_and_together,
    "000.3.6": _wants_skills("customer-service"),
    "000.3.8": _wants("analyst", size="medium"),
    "000.4.3": _wants("management"),
    "000.4.4": _wants("analyst", size="medium"),
    "000.4.5": _wants("communicator"),
    "000.4.6": _wants("analyst", size="medium"),
    "000.4.9": _wants_skills("enthusiast"),
    "000.4.13": _routed,
    "000.4.15": _wants_skills("coordinator"),
    "000.4.17": _wants_skills("communicator"),
    "000.4.20": _wants_skills("communicator"),
    "000.4.21": _goes_to("negative-review", reply("critical")),
    "000.4.22": _nothing_waits,
    "000.4.23": _wants_skills("product-expert"),
    "000.4.24": _wants_skills("analyst"),
    "000.4.27": _alone_and_together,
    "000.4.29": _wants("sales", "sales"),
    "000.4.30": _routed,
    "000.4.31": _wants("marketing", "sales"),
    "000.5.1": _promoted,
    "000.5.3": _asks("association", post(network="tiktok"), post()),
    "001.0.1": _calm,
    "001.0.2": _nothing_waits,
    "001.0.3": _nobody_blamed,
    "001.0.6": _calm,
    "001.5.2": _covers(_INTERNS, _pair(_INTERN, _INTERN), _pair(_INTERN, _SENIOR)),
    "001.10.4": _promoted,
    "002.1.2": _covers(_A_POST_A_DAY, _pair(_BUSY, _BUSY), _pair(_FREE, _BUSY)),
    "002.1.5": _goes_to("troll", upon("hide", heard("hostile"))),
    "002.2.1": _liked,
    "002.3.2": _covers(_A_POST_A_DAY, _pair(_BUSY, _BUSY), _pair(_FREE, _BUSY)),
    "002.4.3": _nothing_waits,
    "002.5.1": _advises("internal-or-external", "precise-goals"),
    "002.5.4": _advises("internal-or-external", "unknown-ground"),
    "002.6.2": _asks(
        "large-group",
        post(account="own", kind="share", target=ours(60, 3)),
        post(account="own", kind="share", target=ours(60, 3), context={"author": AMBASSADOR}),
    ),
    "002.7.3": _covers(
        _LEVELS,
        _pair({"level": "junior"}, {"level": "junior"}),
        _pair({"level": "junior"}, {"level": "senior"}),
    ),
    "003.0.1": _nothing_waits,
    "003.3.2": _asks("small-brand", post(network="tiktok"), post()),
    "003.3.5": _covers(
        _MORE_THAN_JUNIORS,
        _pair({"level": "junior"}, {"level": "junior"}),
        _pair({"level": "junior"}, {"level": "senior"}),
    ),
    "003.4.2": _wants_skills("enthusiast"),
    "003.4.3": _covers(
        _AGES, _pair({"age": "20"}, {"age": "20"}), _pair({"age": "20"}, {"age": "60"})
    ),
    "003.6.1": _escalated,
    "003.6.4": _answered_in_time,
    "003.6.9": _asks("small-brand", post(topics={"weather"}), post()),
    "003.6.11": _goes_to("crisis", post("Rappel de véhicules")),
    "003.9.2": _forbids("association", topics={"elections"}),
    "004.0.1": _advises("intern-or-senior", "marked-out"),
    "004.1.3": _goes_to("negative-review", reply("critical")),
    "004.1.4": _asks("large-group", post("Rappel de véhicules"), post()),
    "004.1.5": _repaired,
    "004.3.2": _asks("large-group", post("En grève jeudi"), post()),
    "004.4.3": _answered_in_time,
    "004.4.6": _wants("communicator"),
    "004.6.1": _advises("intern-or-senior", "networks-mastered"),
    "004.6.2": _covers(_INTERNS, _pair(_INTERN, _INTERN), _pair(_INTERN, _SENIOR)),
    "004.7.1": _escalated,
    "004.7.2": _advises("intern-or-senior", "goals-set"),
    "004.7.3": _advises("intern-or-senior", "assisted"),
}
