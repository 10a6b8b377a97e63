"""Reports: one page that needs nothing else, the same each time, in one language, safe to open."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import Act, InvalidError, Organisation, hours, read
from cmcore.charters import Case
from cmcore.codec.files import structure, unstructure
from cmcore.display.wording import LANGUAGES, Language
from cmcore.organisations import Aims, agenda
from cmcore.reports import report
from cmcore.strategies import organisations_and_moments

from .naming import ODD
from .test_french_problems import english_in

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
AT: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
SHOWN: Final = tuple(sorted(one.parent.name for one in EXAMPLES.glob("*/organisation.yaml")))
#: The elements that a page is made of; those that end where they begin, as HTML has it.
ENDLESS: Final = {"meta"}
DRAWN: Final = {"svg", "text", "rect", "circle", "polyline", "polygon"}
KNOWN: Final = DRAWN | ENDLESS | {
    *("html", "head", "title", "style", "body", "header", "main", "footer", "nav", "section"),
    *("article", "h1", "h2", "h3", "p", "b", "code", "span", "div", "figure", "ol", "li", "a"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}  # fmt: skip
#: Words of French that are none of English.
FRENCH: Final = re.compile(
    r"\b(?:aucune?|avec|ce|cette|dans|des|du|est|les|leur|mais|ne|ni|où|ou|pas|pour|quand|que|qui"
    r"|sans|ses|sont|sous|sur|une|vos|votre)\b",
    re.IGNORECASE,
)
languages = st.sampled_from(LANGUAGES)


class Reader(HTMLParser):
    """Reads a page as a browser does, and notes what is not as it should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.anchors: list[str] = []
        self.texts: list[str] = []
        self.drawn: list[str] = []
        self.feed(page)
        self.close()
        self.wrong += [f"{tag} is never closed" for tag in self.open]
        self.wrong += [f"nothing is called {one}" for one in self.anchors if one not in self.ids]
        self.wrong += [f"{one} twice" for one in {*self.ids} if self.ids.count(one) > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [] if tag in KNOWN else [f"an element {tag}"]
        for name, told in attrs:
            if name == "href" and (told or "").startswith("#"):
                self.anchors.append((told or "")[1:])
            elif name.startswith("on") or name in {"src", "href", "xlink:href", "srcset", "action"}:
                self.wrong.append(f"{name}={told}")
            elif name == "id":
                self.ids.append(told or "")
            elif name in {"aria-label", "data-head"}:
                self.texts.append(told or "")
        if tag not in ENDLESS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in DRAWN:
            self.open.pop()
        else:
            self.wrong.append(f"{tag} ends where it begins")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} closes something else")

    def handle_data(self, data: str) -> None:
        if "svg" in self.open:
            self.drawn.append(data)
        elif "style" not in self.open:
            self.texts.append(data)

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(data)


def style(page: str) -> str:
    return page[page.index("<style>") : page.index("</style>")]


def faults(page: str) -> Iterator[str]:
    """Yield what a page asks of anything outside, and what is not well formed."""
    yield from Reader(page).wrong
    css = style(page)
    # What a cell says is one element: where a page is narrow, each child has a line of its own.
    cells = re.findall(r'<td[^>]* data-head="[^"]*">(.*?)</td>', page)
    yield from (one for one in cells if one and not re.fullmatch(r"<span>.*</span>", one))
    yield from re.findall(r"@import|url\(|expression\(|https?:", css)
    yield from (
        f"{one} is not balanced" for one in ("{}", "()") if css.count(one[0]) != css.count(one[1])
    )
    if not page.startswith("<!doctype html>\n<html lang=") or not page.endswith("</html>\n"):
        yield "no HTML"


@settings(max_examples=min(settings().max_examples, 10), deadline=None)
@given(organisations_and_moments(), languages)
def test_a_report_needs_nothing_else_and_is_well_formed(
    drawn: tuple[Organisation, datetime, Aims], language: Language
) -> None:
    organisation, at, _ = drawn
    try:
        agenda(organisation, at)
    except InvalidError:  # its desk sends requests to roles that nobody has
        assume(False)  # noqa: FBT003 - as Hypothesis has it
    page = report(organisation, at, language)
    assert [*faults(page)] == []
    assert f'<html lang="{language}">' in page
    assert report(organisation, at, language) == page


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_incident_is_told_with_its_timeline(language: Language) -> None:
    page = report(read(EXAMPLES / "car-maker" / "organisation.yaml", Organisation), AT, language)
    assert [*faults(page)] == []
    told = page[page.index('<section id="incidents">') : page.index('<section id="owed">')]
    assert "<svg" in told
    assert "The brakes of the Alto" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_events_have_their_numbers_alone_in_a_column_and_their_article_in_sentences(
    language: Language,
) -> None:
    page = report(read(EXAMPLES / "car-maker" / "organisation.yaml", Organisation), AT, language)
    head, told = {"fr": ("événement", "l’événement\xa05"), "en": ("event", "event 5")}[language]
    assert f'data-head="{head}"><span>5</span></td>' in page
    assert f'data-head="{head}"><span>{told}</span></td>' not in page
    assert told in page


@pytest.mark.parametrize("name", SHOWN)
def test_no_line_ends_inside_a_time(name: str) -> None:
    page = report(read(EXAMPLES / name / "organisation.yaml", Organisation), AT)
    whole = re.findall(r'<span class="whole">([^<]+)</span>', page)
    bare = re.sub(r'<svg.*?</svg>|<style>.*?</style>|<span class="whole">[^<]+</span>', "", page)
    assert ".whole{white-space:nowrap}" in style(page)
    assert {"2026-03-02", "2026-03-02 09:00", "2 h"} <= {*whole}
    assert re.findall(r'(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) <span class="whole">\d{4}', page) == []
    assert re.findall(r"\d{4}-\d\d-\d\d|\d\d:\d\d-\d\d|\d (?:d|h|min)\b", bare) == []


def test_no_line_ends_inside_a_window_of_hours_in_french() -> None:
    page = report(read(EXAMPLES / "florist" / "organisation.yaml", Organisation), AT, "fr")
    windows = re.findall(r"(.{20})\d+\sh(?:\s\d\d)?–\d+\sh", re.sub(r"<svg.*?</svg>", "", page))
    assert windows
    assert [one for one in windows if not one.endswith('<span class="whole">')] == []


def test_a_circuit_is_named_once_above_its_picture() -> None:
    page = report(read(EXAMPLES / "florist" / "organisation.yaml", Organisation), AT, "fr")
    assert [*re.findall(r">[Cc]ircuit coordinateur ou direction<", page)] == [
        ">Circuit coordinateur ou direction<"
    ]


def test_an_incident_that_is_yet_to_open_is_not_told() -> None:
    given = read(EXAMPLES / "car-maker" / "organisation.yaml", Organisation)
    (incident,) = given.incidents or ()
    page = report(given, incident.opened.at - hours(1))
    assert "The brakes of the Alto" not in page[page.index('<section id="incidents">') :]


HOSTILE: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg onload=alert(1)>",
    "]]> & <!-- `</code>`",
    "a\u202eb\x1b[31m",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_things_are_called_stays_text(name: str) -> None:
    given = read(EXAMPLES / "florist" / "organisation.yaml", Organisation)
    team = given.team
    assert team is not None
    assert given.charter is not None
    members = [attrs.evolve(one, name=f"{name}{n}") for n, one in enumerate(team.members)]
    rules = [attrs.evolve(rule, because=name) for rule in given.charter.rules]
    hostile = attrs.evolve(
        given,
        name=name,
        team=attrs.evolve(team, members=members),
        charter=attrs.evolve(given.charter, rules=rules),
        not_applicable=dict.fromkeys(given.not_applicable, name),
    )
    page = report(hostile, AT, title=name, files={"team": name})
    assert [*faults(page)] == []
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert re.search(r"<(?:script|img)|<svg onload", page) is None


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reports_of_the_examples_are_in_one_language(name: str, language: Language) -> None:
    given = read(EXAMPLES / name / "organisation.yaml", Organisation)
    longest = sorted({one for one in _texts(given) if len(one) > 1}, key=len, reverse=True)
    own = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    page = Reader(report(given, AT, language))
    assert page.wrong == []
    for text in page.texts:
        said = own.sub(" ", text)
        assert _foreign(said, language) == [], text
    words = {word.lower() for one in longest for word in re.findall(r"\w+", one)}
    for text in page.drawn:  # pictures break the texts of people, and cut them
        assert {word.lower() for word in _foreign(text, language)} <= words, text


def _foreign(text: str, language: Language) -> list[str]:
    return english_in(text) if language == "fr" else FRENCH.findall(text)


def _texts(thing: Any) -> Iterator[str]:  # noqa: ANN401 - any value
    """Yield every text that somebody wrote in an organisation, the longest parts whole."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict) or hasattr(thing, "items"):
        for key, one in thing.items():
            yield from (*_texts(key), *_texts(one))
    elif isinstance(thing, tuple | list | frozenset):
        for one in thing:
            yield from _texts(one)
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            yield from _texts(getattr(thing, field.name))


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_report_shows_a_place_in_a_file_or_marks_within_marks(
    name: str, language: Language
) -> None:
    page = report(read(EXAMPLES / name / "organisation.yaml", Organisation), AT, language)
    shown = Reader(page)
    told = [*shown.texts, *shown.drawn]
    assert len(told) > 100
    assert [text for text in told if re.search(r"\w\[\d+\]|`", text)] == []
    assert "<code><code>" not in page


#: Keys whose text is no id.
UNNAMED: Final = {"desk", "trade", "departments"}


def _ids(given: Organisation) -> set[str]:
    """Return the ids of all that has a name, or can be named by what it is or does."""
    team, charter, playbook = given.team, given.charter, given.playbook
    assert team is not None
    assert charter is not None
    parts: list[Any] = [given, team, charter, given.needs, playbook, *(given.incidents or ())]
    inside: list[Any] = [*team.members, *team.roles, *charter.rules, *charter.circuits]
    inside += [*(playbook.duties if playbook else ())]
    inside += [event for incident in given.incidents or () for event in incident.events]
    return {one.id for one in (*parts, *inside) if one is not None} | _facts(given)


def _facts(given: Organisation) -> set[str]:
    """Return the facts, measures and levels that incidents have names for."""
    return {name for incident in given.incidents or () for name in incident.names}


def _odd(given: Organisation) -> Organisation:
    """Return an organisation with other ids for all that has a name, or can go by another.

    It is renamed as plain data, wherever an id stands as a key or as a whole text.
    """
    assert given.team is not None
    assert given.charter is not None
    heads: set[Any] = {*given.team.members, *given.team.roles, *given.charter.circuits}
    keys = {one.id for one in heads} | _facts(given)
    ids = {id_: f"{ODD}{n}-id" for n, id_ in enumerate(sorted(_ids(given)))}

    def other(thing: Any, key: str = "") -> Any:  # noqa: ANN401 - plain data
        if isinstance(thing, dict):
            return {
                ids[name] if name in keys else name: other(one, name) for name, one in thing.items()
            }
        if isinstance(thing, list):
            return [other(one, key) for one in thing]
        return thing if key in UNNAMED else ids.get(thing, thing)

    plain = other(unstructure(given))
    for n, role in enumerate(plain["team"]["roles"].values()):
        role |= {"en": f"Role {n}", "fr": f"Rôle {n}"}
    made: Organisation = structure(plain, Organisation)
    return made


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_calls_people_and_things_by_their_names(name: str, language: Language) -> None:
    given = _odd(read(EXAMPLES / name / "organisation.yaml", Organisation))
    assert given.team is not None
    page = report(given, AT, language)
    assert page.count(ODD) == 0
    for member in given.team.members:
        assert member.name in page
    of_roles = "Rôle" if language == "fr" else "Role"
    assert all(f"{of_roles} {n}" in page for n in range(len(given.team.roles)))
    for called in (name for one in given.incidents or () for name in one.names.values()):
        assert called in page
    assert f"</span> {given.name}" in page
    assert f"</span> {given.id}:" not in page.replace("\xa0:", ":")
    if language == "fr":
        assert not re.search(r"\b(?:publish|notoriety|customer-service)\b", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_audit_in_a_report_calls_rules_and_circuits_by_their_names(language: Language) -> None:
    given = read(EXAMPLES / "florist" / "organisation.yaml", Organisation)
    acts = [
        Act(id="p1", kind="publish", network="instagram", author="theo", at=AT, text="Roses."),
        Act(id="p2", kind="delete", network="instagram", author="rose", at=AT),
    ]
    made = _odd(attrs.evolve(given, history=[*map(Case, acts)]))
    page = report(made, AT, language)
    assert page.count(ODD) == 0
    assert page.count("Criticism is answered, never removed.") == 3


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_an_example_has_no_code(name: str, language: Language) -> None:
    page = report(read(EXAMPLES / name / "organisation.yaml", Organisation), AT, language)
    assert "<code>" not in page
    assert "Europe/" not in page
    assert "+01:00" not in page


def test_a_report_in_french_writes_days_and_gaps_as_french_does() -> None:
    page = report(read(EXAMPLES / "florist" / "organisation.yaml", Organisation), AT, "fr")
    assert "dernière fois le 5\xa0janvier\xa02026" in page
    assert "communicant\xa0: sam." in page
    told = " ".join(Reader(page).texts)
    assert not re.search(r"\d{4}-\d{2}-\d{2}|\w: ", told.split("Tout ce qui a été vérifié")[-1])


PARTS: Final = {"team": "team", "charter": "charter", "incidents": "playbook"}


@pytest.mark.parametrize(("section", "part"), PARTS.items())
def test_what_is_not_given_is_left_out_and_named_in_the_last_line(section: str, part: str) -> None:
    given = read(EXAMPLES / "florist" / "organisation.yaml", Organisation)
    nothing: Any = {part: None}
    whole, less = (report(one, AT) for one in (given, attrs.evolve(given, **nothing)))
    assert f'<section id="{section}">' in whole
    assert f'<section id="{section}">' not in less
    footer = less[less.index("<footer>") :]
    assert part in footer
    assert part not in whole[whole.index("<footer>") :]
