"""Names: people, roles and things are shown by what they are called, ids only when asked for."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Availability,
    Charter,
    Desk,
    Incident,
    InvalidError,
    Member,
    Needs,
    Organisation,
    Plan,
    Playbook,
    Request,
    RequestLog,
    Role,
    Rule,
    Seats,
    Stage,
    Team,
    ValidationCircuit,
    Week,
    assign,
    audit,
    backlog,
    checkup,
    completable,
    conduct,
    coverage,
    decide,
    due,
    fact,
    hours,
    open_review,
    parse,
    read,
    record,
    route,
    status,
    strategies,
    view,
    why_not,
)
from cmcore.base.errors import Problem
from cmcore.circuits import shorten
from cmcore.cli.app import app
from cmcore.cli.cross import crossed
from cmcore.codec.files import unstructure
from cmcore.display.names import names_by_sort, names_of, reader, told_by_name
from cmcore.display.views import View, Viewable, as_html, as_text
from cmcore.display.wording import LANGUAGES, Language, say
from cmcore.requests import RequestEvent, Route, response_times
from cmcore.requests.request import RequestMove
from cmcore.reviews import (
    Approved,
    Delegated,
    Escalated,
    Published,
    Refused,
    Regrouped,
    Review,
    ReviewEvent,
    Withdrawn,
    due_reviews,
    mermaid,
    timeline,
)
from cmcore.teams import Hire, alternatives, remedy, what_if
from cmcore.teams.assignment.assignment import Status
from cmcore.time import Span

from .naming import ODD, asking, teams_and_needs

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
START: Final = datetime(2026, 3, 2, tzinfo=UTC)
WEEK: Final = timedelta(weeks=1)


def forms(shown: View) -> Iterator[str]:
    """Yield all that a view becomes: lines, HTML with its pictures, and each picture drawn."""
    yield as_text(shown)
    yield as_html(shown)
    for picture in shown.pictures:
        yield picture.svg()
        yield picture.said()
        yield "\n".join(picture.text().splitlines())


def check(thing: Viewable, names: object = ()) -> None:
    """Hold a value to the law: no id without being asked for, and then each after its name."""
    for language in LANGUAGES:
        for form in forms(thing.view(language, names=names)):
            assert ODD not in form
        told = as_text(thing.view(language, names=names, ids=True))
        bare = re.sub(rf"(Person|Role|Rôle) \d+[^(]*\(`{ODD}\S*`\)", "", told)
        assert ODD not in bare
    assert unstructure(thing.with_names(names)) == unstructure(thing)


@given(teams_and_needs())
def test_a_team_is_shown_by_names(pair: tuple[Team, Needs]) -> None:
    team, _ = pair
    check(team)
    check(Plan.current(team), names=team)
    check(Plan.current(team).with_names(team))


@given(teams_and_needs(), st.sampled_from([0, 1]))
def test_a_coverage_is_shown_by_names(pair: tuple[Team, Needs], absent: int) -> None:
    check(coverage(*pair, start=START, stop=START + WEEK, absent=absent))


@given(teams_and_needs(), st.data())
def test_an_assignment_is_shown_by_names(pair: tuple[Team, Needs], data: st.DataObject) -> None:
    team, needs = pair
    found = assign(team, needs, start=START, stop=START + WEEK, budget=1)
    check(found)
    check(found.diff)
    if found.levels and team.members:
        member = data.draw(st.sampled_from(team.members))
        role = data.draw(st.sampled_from(team.roles))
        check(why_not(found, member.id, role.id, budget=1))
        check(what_if(found, leaves=[member.id], budget=1))
    if found.status is Status.OPTIMAL:
        check(alternatives(found, budget=1))


@given(teams_and_needs(), strategies.circuits())
def test_a_circuit_is_shown_by_names(pair: tuple[Team, Needs], circuit: ValidationCircuit) -> None:
    team, asked = pair[0], asking(pair[0], circuit)
    check(asked, names=team)
    check(shorten(asked), names=[team])
    check(completable(asked, team, Span(START, START + timedelta(days=1))))


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.sampled_from(["Ana", "ana ", "ANA", "Àna"]))
def test_those_who_share_a_name_are_told_apart(language: Language, other: str) -> None:
    people = [Member("first", name="Ana"), Member("second", name=other), Member("b", name="Bo")]
    shown = Team("crew", people).text(language)
    assert "Ana (`first`)" in shown
    assert f"{other.strip()} (`second`)" in shown
    assert "Bo " in shown
    assert "`b`" not in shown


def test_a_name_that_is_the_id_of_another_is_told_apart() -> None:
    shown = Team("crew", [Member("bo"), Member("ana", name="Bo")]).text()
    assert "Bo (`ana`)" in shown


@given(st.text(min_size=1))
def test_a_name_is_text_of_a_stranger(name: str) -> None:
    team = Team("crew", [Member("zz", name=f"{name}\x1b[31m`<script>")])
    for shown in (team.view(), Plan([("zz", "author")]).view(names=team)):
        text, page = as_text(shown), as_html(shown)
        assert len(text.splitlines()) == 1 + len(shown.lines)
        assert "\x1b" not in text + page
        assert "`" not in text.replace("(`zz`)", "")
        assert "<script" not in page


def test_roles_have_the_label_of_the_language_then_that_of_the_catalog() -> None:
    team = Team("crew", roles=[
        Role("analyst"), Role("author", english="writer"), Role("guide", french="accompagnant"),
        Role("sales", french="vendeur"),
    ])  # fmt: skip
    told = {
        language: Plan([("ana", role.id) for role in team.roles]).text(language, names=team)
        for language in LANGUAGES
    }
    assert told["en"].endswith("ana  analyst, writer, accompagnant, sales")
    assert told["fr"].endswith("ana  analyste, writer, accompagnant, vendeur")
    assert Plan([("ana", "analyst")]).text("fr").endswith("ana  analyste")


def test_names_are_no_part_of_a_value() -> None:
    team = Team("crew", [Member("ana", name="Ana")])
    plan = Plan([("ana", "author")])
    assert plan.with_names(team) == plan
    assert hash(plan.with_names(team)) == hash(plan)
    assert unstructure(plan.with_names(team)) == unstructure(plan)
    assert "Ana" in str(plan.with_names(team))
    assert "Ana" in plan.with_names(team)._repr_mimebundle_()["text/html"]


def test_names_that_a_caller_gives_come_first() -> None:
    team = Team("crew", [Member("ana", name="Ana"), Member("bo", name="Bo")])
    plan = Plan([("ana", "author"), ("bo", "author")]).with_names(team)
    shown = plan.text(names=Team("other", [Member("ana", name="Anaïs")]))
    assert "Anaïs" in shown
    assert "Bo" in shown


def test_whoever_reads_has_a_language_and_names() -> None:
    who = reader("fr", names_by_sort(member={"ana": "Anne"}, role={"a": ("one", "un")}))
    assert say("train", who, member="ana", learned="x", cost=1) == "former Anne à x (1)"
    assert say("cause minutes", who, people="Anne") == "le temps d’Anne"
    assert reader(who) == "fr"
    assert say("train", reader(who, ids=True), member="ana", learned="x", cost=1) == (
        "former Anne (`ana`) à x (1)"
    )


def test_any_value_is_shown_by_names() -> None:
    team = Team("crew", [Member("ana", name="Ana")], [Role("author", english="writer")])
    assert "Ana" in str(view(Plan([("ana", "author")]), names=team))
    assert "writer (`author`)" in str(view(Plan([("ana", "author")]), names=team, ids=True))


#: Commands about the florist and the town hall whose members have ids of one word.
COMMANDS: Final = (
    ("coverage", "florist/team.yaml", "florist/needs.yaml", "--start", "2026-11-30"),
    ("assign", "florist/team.yaml", "florist/needs.yaml", "--start", "2026-11-30",
     "--without", "theo", "--alternatives", "--why-not", "samir=communicator"),
    ("checkup", "florist/organisation.yaml", "--at", "2026-03-02T09:00+01:00"),
    ("checkup", "town-hall/organisation.yaml", "--at", "2026-03-02T09:00+01:00"),
    ("check", "florist/charter.yaml", "florist/team.yaml"),
    ("check", "car-maker/charter.yaml", "car-maker/organisation.yaml"),
    ("checkup", "car-maker/organisation.yaml", "--at", "2026-02-09T11:30+01:00"),
    ("due", "car-maker/organisation.yaml", "--at", "2026-02-08T11:30+01:00"),
    ("circuit", "florist/charter.yaml", "--team", "florist/team.yaml", "--start", "2026-11-30"),
    ("requests", "town-hall/requests.jsonl", "--desk", "town-hall/desk.yaml",
     "--team", "town-hall/team.yaml", "--at", "2026-11-20T09:00+01:00"),
)  # fmt: skip
PEOPLE: Final = {
    "florist": {"rose": "Rose Lenoir", "samir": "Samir Haddad", "theo": "Théo Petit"},
    "car-maker": {
        "ines": "Inès Caron",
        "bruno": "Bruno Salvi",
        "maya": "Maya Delmas",
        "paul": "Paul Ferrand",
        "lina": "Lina Moreau",
        "claire": "Claire Orival",
    },
    "town-hall": {"lea": "Léa Bonnet", "karim": "Karim Djebbar", "odile": "Odile Ferrand"},
}


def printed(*args: str) -> str:
    paths = [str(EXAMPLES / arg) if (EXAMPLES / arg).is_file() else arg for arg in args]
    return str(CliRunner().invoke(app, paths).stdout)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: f"{args[0]} {args[1]}")
def test_commands_show_names_and_ids_when_asked(args: tuple[str, ...], language: str) -> None:
    told = printed(*args, "--lang", language)
    whole = printed(*args, "--lang", language, "--ids")
    people = PEOPLE[args[1].partition("/")[0]]
    assert any(name in told for name in people.values())
    for id_, name in people.items():
        assert not re.search(rf"(?<![\w-]){id_}(?![\w-])", told)
        assert (name in whole) == (f"(`{id_}`)" in whole)
    assert "(`" in whole
    plain = printed(*args, "--lang", language, "--json")
    assert plain == printed(*args, "--lang", language, "--json", "--ids")


NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROLE, ANA, BO = f"{ODD}role-0-id", f"{ODD}who-0-id", f"{ODD}who-1-id"
CREW: Final = Team("crew", [
    Member(ANA, name="Person 0", roles={ROLE}, availability=Availability(Week.always())),
    Member(BO, name="Person 1", roles={ROLE}),
], [Role(ROLE, english="Role 0", french="Rôle 0", requires=())])  # fmt: skip


def test_a_review_is_shown_by_names() -> None:
    other = f"{ODD}who-2-id"
    ask, deputy = Approvers("role", {ROLE}), Approvers("name", {other})
    desk = ValidationCircuit("desk", [Stage(ask, within=hours(2), deputies=deputy)])
    charter = Charter("shop", circuits=[desk], default="desk")
    post = Act(id="p1", author=ANA, kind="publish", text="Open.")
    crew = CREW.with_member(Member(other, name="Person 2"))
    review = open_review(decide(charter, post), post, charter, NINE, team=crew)
    assert "Person 1" in status(review, NINE).text()
    for later in (NINE, NINE + hours(3)):
        check(status(review, later))
        check(timeline(review, later))
    check(review)
    lent = record(review, Delegated(BO, to=other, at=NINE))
    check(lent)
    check(timeline(lent, NINE + hours(1)))
    refused = record(review, Refused(BO, because="No.", at=NINE))
    check(refused)
    check(due_reviews([review], NINE))
    both = CREW.with_member(Member(f"{ODD}who-3-id", name="Person 3"))
    regrouped = record(review, Regrouped(both, at=NINE))
    assert names_of(regrouped).name(f"{ODD}who-3-id", "member", 0) == "Person 3"


@pytest.mark.parametrize("silent", [False, True])
def test_the_circuits_of_decisions_and_reviews_are_shown_by_names(*, silent: bool) -> None:
    ids = [f"{ODD}desk", f"{ODD}crisis"]
    named = names_by_sort(circuit={id_: f"Circuit {n}" for n, id_ in enumerate(ids)})
    ask = Approvers("role", {ROLE})
    after = Stage(ask, within=hours(24), afterwards=True)
    circuits = [ValidationCircuit(id_, [Stage(ask, within=hours(2))], [after]) for id_ in ids]
    refer = Rule.refer("both", to=ids, when=fact("kind").is_("publish"), because="Read first.")
    charter = Charter("shop", rules=[refer], circuits=circuits, default=ids[0])
    post = Act(id="p1", author=ANA, kind="publish", text="Open.")
    decision = decide(charter, post)
    names = [CREW, named]
    check_named(decision, names)
    opened = open_review(decision, post, charter, NINE, team=CREW, emergency=silent)
    check_named(opened, names)
    if silent:
        opened = record(opened, Published(post.digest(), at=NINE))
        check_named(due_reviews([opened], NINE + hours(30)), names)
    for later in (NINE, NINE + hours(3)):
        check_named(status(opened, later), names)
        check_named(timeline(opened, later), names)
    told = reader("en", names_of(names))
    assert ODD not in mermaid(opened, told)
    assert "Circuit 0" in mermaid(circuits[0], told)


CY: Final = f"{ODD}who-2-id"


def moves(act: Act) -> Iterator[ReviewEvent]:
    """Yield what anybody might do to a review that only one person is asked about."""
    for by in (ANA, BO, CY):
        yield Approved(by, act.digest(), at=NINE)
        yield Approved(by, act.digest(), at=NINE, instead_of=BO if by != BO else CY)
        yield Refused(by, because="No.", at=NINE)
        yield Delegated(by, to=ANA, at=NINE)
        yield Escalated(by, at=NINE)
        yield Withdrawn(by, at=NINE)


def test_a_refusal_calls_people_by_their_names() -> None:
    crew = CREW.with_member(Member(CY, name="Person 2"))
    desk = ValidationCircuit("desk", [Stage(Approvers("name", {BO}), within=hours(2))])
    charter = Charter("shop", circuits=[desk], default="desk")
    post = Act(id="p1", author=ANA, kind="publish", text="Open.")
    review = open_review(decide(charter, post), post, charter, NINE, team=crew)
    found = [*filter(None, (refusal(review, move) for move in moves(post)))]
    assert len(found) == 15
    for error in found:
        for language in LANGUAGES:
            told, whole = error.text(language), error.text(reader(language, ids=True))
            assert ODD not in told
            assert "Person" in told
            assert whole.count(ODD) == len(re.findall(rf"Person \d \(`{ODD}\S*`\)", whole)) > 0
        assert ODD in str(unstructure(error.problems[0])["params"])


def refusal(review: Review, move: ReviewEvent) -> InvalidError | None:
    try:
        record(review, move)
    except InvalidError as error:
        return error
    return None


def test_a_problem_without_names_has_ids() -> None:
    found = Problem.of("already-spoken-for", by="ana", person="bo")
    known = names_by_sort(member={"ana": "Ana"})
    (told,) = told_by_name([found], known)
    assert told == found
    assert told.text() == "Ana has spoken for `bo` already"
    assert told.text("fr") == "Ana s’est déjà prononcé au nom de `bo`"
    assert told_by_name([Problem.of("no-author")], known) == [Problem.of("no-author")]


def test_whoever_is_in_the_team_already_is_told_by_name() -> None:
    found = assign(CREW, Needs("social", seats=[Seats(ROLE)]))
    twice = Member(ANA, name="Person 9")
    for ask in (lambda: what_if(found, joins=[twice]), lambda: remedy(found, [Hire(twice)])):
        with pytest.raises(InvalidError) as caught:
            ask()
        assert caught.value.problems[0].message == "Person 0 is in the team already"
        assert ODD not in caught.value.text("fr")


def test_the_end_of_a_skill_is_told_by_name() -> None:
    team = Team("crew", [Member("ana", name="Ana", expiring={"calm": None})])
    (found,) = crossed(team, [team])
    assert found.message == "nobody knows until when Ana has `calm`: it does not count"


def test_the_title_of_a_review_has_ids_as_code() -> None:
    desk = ValidationCircuit("desk", [Stage(Approvers("role", {ROLE}))])
    charter = Charter("shop", circuits=[desk], default="desk")
    post = Act(id="p1", author=ANA, kind="publish", text="Open.")
    review = open_review(decide(charter, post), post, charter, NINE, team=CREW)
    assert review.view("en").title == "review of `p1` by `desk`"
    assert review.view("fr").title == "validation de `p1` par `desk`"


def check_named(thing: Viewable, names: object) -> None:
    """Hold a value to it that what it shows of names has no id of theirs."""
    for language in LANGUAGES:
        for form in forms(thing.view(language, names=names)):
            assert ODD not in form


def test_requests_are_shown_by_names() -> None:
    desk = Desk(routes=[Route(ROLE)])
    log = RequestLog(
        [Request(id_, at=NINE) for id_ in ("r1", "r2")],
        [RequestEvent(RequestMove.ASSIGNED, "r1", NINE, to=ANA)],
    )
    check(route(Request("r3", at=NINE), CREW, desk))
    found = backlog(log, NINE + hours(1), desk, CREW)
    assert "Person 0" in found.text()
    check(found)
    check(backlog(log, NINE), names=CREW)
    check(response_times(log, NINE + hours(1), desk), names=CREW)


def test_what_an_incident_owes_is_shown_by_names() -> None:
    incident = read(EXAMPLES / "incidents" / "aquarelle.yaml", Incident)
    text = (EXAMPLES / "incidents" / "playbook.yaml").read_text(encoding="utf-8")
    told = re.sub(r"\b(coordinator|communicator|management|social-media)\b", ROLE, text)
    playbook = parse(re.sub(rf"\[{ROLE}, {ROLE}\]", f"[{ROLE}]", told), Playbook)
    at = datetime.fromisoformat("2012-08-06T16:30+02:00")
    check(playbook, names=CREW)
    found = due(incident, playbook, at, CREW)
    check(found)
    assert "Role 0" in found.text()
    check(due(incident, playbook, at, CREW.without(BO)))
    check(due(incident, playbook, at, CREW.without(ANA)))
    check(conduct(incident, playbook), names=CREW)


def test_a_checkup_names_who_lacks_what() -> None:
    role = attrs.evolve(CREW.role(ROLE), requires={"calm"})
    shop = Organisation("shop", team=attrs.evolve(CREW, roles=[role]))
    found = checkup(shop, NINE)
    for language in LANGUAGES:
        for shown in (found.view(language), found.by_theme(language), found.summary(language)):
            assert all(ODD not in form for form in forms(shown))
    assert "Person 0 is Role 0 without `calm`" in found.text()
    assert f"Person 0 (`{ANA}`)" in as_text(found.by_theme(ids=True))


def test_a_kind_that_a_charter_declares_has_its_label() -> None:
    charter = parse(
        """
charter: shop
kinds: {zz-visit: {en: store visit, fr: visite de magasin}}
circuits: {desk: [{ask: {role: management}, need: any, within: 1 h}]}
default: desk
rules: [{permit: all, because: All is well.}]
expect: [{id: often, of: zz-visit, at least: 2 per week, because: They are liked.}]
""",
        Charter,
    )
    for shown in (charter, audit(charter, [])):
        for language, label in (("en", "store visit"), ("fr", "visite de magasin")):
            text = shown.text(language)  # type: ignore[arg-type]
            assert label in text
            assert ODD not in text
        assert f"store visit (`{ODD}visit`)" in shown.text(ids=True)
