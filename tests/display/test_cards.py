"""Every public value shows itself, in both languages, and what people wrote is never markup."""

import enum
import inspect
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmcore
from cmcore import (
    UNKNOWN,
    Act,
    Approvers,
    InvalidError,
    Label,
    Member,
    Message,
    Rule,
    Seats,
    Stage,
    Week,
    days,
    fact,
    hours,
    view,
)
from cmcore.base.language import LABELS, LANGUAGES, SENTENCES
from cmcore.base.offers import offered
from cmcore.base.shown import clean
from cmcore.base.values import value
from cmcore.charters import (
    ALWAYS,
    NEVER,
    AtLeast,
    Earlier,
    Not,
    Situation,
    Unreadable,
    all_of,
    any_of,
    at_least,
)
from cmcore.circuits import NO_OBJECTION
from cmcore.display.views import View, as_html
from cmcore.strategies import register_all
from cmcore.teams.needs import Needs

register_all()
PUBLIC = offered()
KINDS = sorted(
    name
    for name in PUBLIC
    for kind in [PUBLIC[name]]
    if inspect.isclass(kind) and attrs.has(kind) and kind is not View
)
#: What no strategy draws, being made of nothing.
LONE: dict[str, Any] = {"Silence": NO_OBJECTION}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.names |= {name for name, _ in attrs}


OURS = {
    *("div", "strong", "small", "table", "caption", "thead", "tbody", "tr", "th", "td", "code"),
    *("svg", "title", "text", "rect", "circle", "polyline", "polygon"),
}
STYLED = {
    *("class", "style", "colspan", "scope", "role", "aria-label", "viewbox", "fill", "x", "y"),
    *("text-anchor", "width", "height", "rx", "cx", "cy", "r", "points"),
}


def check(html: str) -> None:
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert tags.found <= OURS
    assert tags.names <= STYLED


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=5, deadline=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_every_public_value_shows_itself_in_both_languages(name: str, data: st.DataObject) -> None:
    kind = PUBLIC[name]
    thing = LONE[name] if name in LONE else data.draw(st.from_type(kind))
    bundle = thing._repr_mimebundle_(include=None)
    assert set(bundle) == {"text/plain", "text/html"}
    for language in cmcore.display.wording.LANGUAGES:
        shown = view(thing, language)
        assert shown.title
        check(as_html(shown))
        assert str(shown).splitlines()[0] == clean(shown.title)
    assert bundle["text/plain"] == str(view(thing))


@pytest.mark.parametrize("name", KINDS)
def test_every_noun_and_each_of_its_fields_is_named_in_both_languages(name: str) -> None:
    kind = PUBLIC[name]
    if "view" not in dir(kind):
        wanted = [f"kind {name}"]
        if not callable(getattr(kind, "text", None)) and "__str__" not in vars(kind):
            wanted += [f"field {f.name}" for f in attrs.fields(kind) if f.init and f.name[0] != "_"]
        assert [code for code in wanted if code not in SENTENCES] == []


HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "thing",
    [
        Act(text=HOSTILE, topics={HOSTILE}, labels={"tone": HOSTILE}),
        Rule.permit("a", when=fact("text").mentions(HOSTILE), because=HOSTILE),
        Member("a", name=HOSTILE, skills={HOSTILE}),
        Unreadable(HOSTILE, ()),
    ],
)
def test_what_people_wrote_is_escaped(thing: object) -> None:
    html = as_html(view(thing))
    assert HOSTILE not in html
    assert "&lt;img" in html


ACT = """\
act
  text    bonjour
  topics  `a`, `b`
  paid    no
  labels  `tone`: warm"""
ACTE = """\
acte
  texte       bonjour
  sujets      `a`, `b`
  sponsorisé  non
  étiquettes  `tone`\xa0: warm"""


def test_an_act_shows_what_is_known_of_it() -> None:
    act = Act(text="bonjour", topics={"b", "a"}, paid=False, labels={"tone": "warm"}, kind=None)
    shown = [line for line in str(view(act)).splitlines() if "kind" not in line]
    assert sorted(shown) == sorted(ACT.splitlines())
    shown = [line for line in str(view(act, "fr")).splitlines() if "type" not in line]
    assert sorted(shown) == sorted(ACTE.splitlines())


ABOUT = {"in_reply_to.": Message, "": Act}
#: Fact of an act or of what it answers, and a word of its closed list, that French calls otherwise.
WORDS = [
    (kind, name.removeprefix(start), word)
    for start, kind in ABOUT.items()
    for code in sorted(LABELS)
    if code.startswith(f"word {start}")
    for name, word in [code.removeprefix("word ").split("=")]
    if "." not in name.removeprefix(start) and name.removeprefix(start) in attrs.fields_dict(kind)
]


@pytest.mark.parametrize(("kind", "name", "word"), WORDS)
def test_words_that_facts_may_be_are_shown_as_rules_have_them(
    kind: type[Act | Message], name: str, word: str
) -> None:
    asked = name if kind is Act else f"in_reply_to.{name}"
    known: dict[str, Any] = {name: word}
    for language in LANGUAGES:
        (line,) = view(kind(**known), language).lines
        assert f"`{line.text}`" in str(view(fact(asked).is_(word), language))
        within = view(Act(in_reply_to=Message(tone="kind")), language).lines[0].text
        assert ("aimable" in within) is (language == "fr")


def test_what_an_act_is_known_not_to_have_is_called_as_what_it_has() -> None:
    absent = view(Act(absent={"in_reply_to", "price_claim"}), "fr").lines[0].text
    assert absent == "`en réponse à`, `price_claim`"
    assert view(Message(absent={"author"}), "fr").lines[0].text == "`auteur`"


def test_instants_are_shown_on_the_clocks_of_a_zone() -> None:
    at = datetime(2026, 11, 27, 20, 30, tzinfo=UTC)
    act = Act(at=at, in_reply_to=Message(at=at))
    told = str(view(act, zone="Europe/Paris"))
    assert told.count("2026-11-27 21:30+01:00") == 2
    with pytest.raises(InvalidError, match="Atlantis"):
        view(act, zone="Europe/Atlantis")


TOPIC = fact("topics").any_of("a")


@pytest.mark.parametrize(
    ("condition", "english", "french"),
    [
        (TOPIC, "`topics` has any of `a`", "`sujets` comprend l’un de `a`"),
        (fact("paid").present(), "`paid` is there", "`sponsorisé` est là"),
        (fact("paid").present(wanted=False), "`paid` is not there", "`sponsorisé` n’est pas là"),
        (fact("paid").is_(True), "`paid` is yes", "`sponsorisé` vaut oui"),
        (
            fact("recent.publish").more_than(3, within=hours(1)),
            "`recent.publish` is more than 3 in 1 h",
            "`récents.publication` est plus de 3 en 1\xa0h",
        ),
        (
            fact("recent.publish").at_least(3, per="week"),
            "`recent.publish` is at least 3 per week",
            "`récents.publication` est au moins 3 par semaine",
        ),
        (
            fact("recent.publish").at_least_since(days(14)),
            "`recent.publish` is at least 14 d since the last",
            "`récents.publication` est au moins 14\xa0j depuis le dernier",
        ),
        (
            fact("recent.publish").at_most(1, ever=True),
            "`recent.publish` is at most 1 ever",
            "`récents.publication` est au plus 1 en tout",
        ),
        (fact("followers").between(1, 5), "{F} is between 1 and 5", "{F} est entre 1 et 5"),
        (fact("text").mentions("a", "b"), "`text` mentions a, b", "`texte` mentionne a, b"),
        (fact("text").matches("a+"), "`text` matches `a+`", "`texte` correspond à `a+`"),
        (fact("network").is_("x"), "`network` is `x`", "`réseau` vaut `x`"),
        (all_of(TOPIC, TOPIC), "{0} and {0}", "{0} et {0}"),
        (
            any_of(TOPIC, Not(TOPIC)),
            "{0} or `topics` has none of `a`",
            "{0} ou `sujets` ne comprend aucun de `a`",
        ),
        (
            any_of(TOPIC, Not(all_of(TOPIC, TOPIC))),
            "{0} or (not ({0} and {0}))",
            "{0} ou (pas ({0} et {0}))",
        ),
        (~fact("network").present(), "`network` is not there", "`réseau` n’est pas là"),
        (~fact("network").present(wanted=False), "`network` is there", "`réseau` est là"),
        (at_least(1, TOPIC), "at least 1 of ({0})", "au moins 1 parmi ({0})"),
        (ALWAYS, "always", "toujours"),
        (NEVER, "never", "jamais"),
    ],
)
def test_a_condition_is_told_in_a_sentence(condition: object, english: str, french: str) -> None:
    topics = "`topics` has any of `a`", "`sujets` comprend l’un de `a`"
    assert view(condition).lines[0].text == english.format(topics[0], F="`followers`")
    assert view(condition, "fr").lines[0].text == french.format(topics[1], F="`followers`")


def test_needs_show_their_parts_as_tables() -> None:
    seats = [Seats("writer", least=n % 3 + 1) for n in range(1)] + [Seats("analyst", least=2)]
    shown = view(Needs("social", seats=seats), "fr")
    (table,) = shown.tables
    assert shown.title == "besoins social"
    assert table.title == "postes"
    assert table.headings == ("rôle", "au moins")
    assert sorted(table.rows) == [("analyst", "2"), ("writer", "1")]


def test_a_long_table_tells_how_much_more_there_is() -> None:
    acts = [Act(id=f"a{n}") for n in range(25)]
    (table,) = view(Earlier(acts)).tables
    assert len(table.rows) == 21
    assert table.rows[-1][0] == "and 5 more"


def test_values_that_say_themselves_stand_each_on_a_line() -> None:
    stage = Stage(Approvers("role", {"a"}), within=hours(1))
    assert view(stage).lines[0].text == "one person (a); within 1 h; or else it escalates"
    week = Week.parse("Mon-Fri 09:00-17:00")
    assert view(week, "fr").lines[0].text == "lun.–ven. 9\xa0h–17\xa0h"
    label = view(Label("symbol", values={"a", "b"}))
    assert [line.text for line in label.lines] == ["`symbol`", "`a`, `b`"]


def test_what_is_not_known_is_told() -> None:
    assert view(Situation(open=None)).lines == ()
    assert view(UNKNOWN).title == "`unknown`"
    assert view(PUBLIC["Truth"].TRUE).title


@value
class Odd:
    """A value that the library has no word for, of a kind it does not know."""

    some_thing: object
    nested: object = None


class Tint(enum.Enum):
    RED = 1


def test_what_has_no_word_goes_by_its_name() -> None:
    odd = Odd((1, 2.5), Odd("x", timedelta(hours=1)))
    shown = view(odd)
    assert shown.title == "Odd"
    assert [(line.word, line.text) for line in shown.lines] == [
        ("some thing", "1, 2.5"),
        ("nested", "some thing: x; nested: 1 h"),
    ]
    assert view(Odd(())).lines == ()
    assert view(Odd(Odd(None))).lines[0].text == "–"
    assert view(Odd(frozenset({1}))).lines[0].text == "`1`"
    assert view(Odd(Tint.RED)).lines[0].text == "red"
    assert view(Odd((None, "a"))).lines[0].text == "–, a"
    assert view(Odd(cmcore.Team("t", members=[]))).lines[0].text.startswith("t")
    assert view(Odd((Odd(()),))).tables == ()


@pytest.mark.parametrize("thing", ["a text", 3, None, object()])
def test_what_is_not_of_the_library_is_refused(thing: object) -> None:
    with pytest.raises(InvalidError, match="cannot be shown"):
        view(thing)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InvalidError, match="there are no sentences"):
        view(Act(), "de")  # type: ignore[arg-type]


def test_at_least_is_a_condition_too() -> None:
    assert isinstance(at_least(1, TOPIC), AtLeast)
