"""Inflected words: Snowball's stems, in whatever case, with or without accents, in every engine."""

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Playbook,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    dump,
    fact,
    parse,
)
from cmcore.base.errors import InvalidError, MissingExtraError
from cmcore.charters import compiled
from cmcore.text.words import WordList

pytest.importorskip("snowballstemmer")

FORMS = [
    ("fr", "élève", "élèves ÉLÈVES Eleves #élèves @eleves", "élevage lèves"),
    ("fr", "élève", "élever", "éleveur"),  # caught too: the stem is that of a verb
    ("fr", "appelée", "appelé appelés APPELÉES APPELEE", "appeau"),
    ("fr", "cheval", "chevaux", "chevalier"),
    ("fr", "mort", "morts", "mortalité"),
    ("en", "recall", "recalls recalled recalling", "rec"),
    ("en", "baby", "babies", "babel"),
    ("de", "Haus", "Hauses", "Hausaufgabe"),
    ("es", "niño", "niños NINOS", "niñez"),
]
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"lead"}))])
SAID = ["élève", "élèves", "ELEVES", "rappel", "rappels", "de", "produit", "produits", "#rappels"]
texts = st.lists(st.sampled_from([*SAID, "dû", "du", ",", "!"]), max_size=6).map(" ".join)
entries = st.sampled_from(["élève", "rappel de produit", "#rappel", "produ*", "=dû", "rappel"])
lists = st.builds(
    WordList,
    st.lists(entries, min_size=1, max_size=3),
    st.lists(st.sampled_from(["rappels de produit", "élève en", "des rappels"]), max_size=1),
    inflected=st.sampled_from(["fr", None]),
)


def charter(*lists: WordList) -> Charter:
    rules = [
        Rule.refer(f"r{n}", to="desk", when=fact("text").mentions(*one.entries,
             exceptions=one.exceptions, inflected=one.inflected), because="Look.")
        for n, one in enumerate(lists)
    ]  # fmt: skip
    every = Rule.permit("all", when=fact("kind").is_("publish"), because="Else.")
    return Charter("c", rules=[every, *rules], circuits=[DESK], default="desk")


@pytest.mark.parametrize(("language", "entry", "found", "missed"), FORMS)
def test_a_word_is_found_in_its_other_forms(
    language: str, entry: str, found: str, missed: str
) -> None:
    inflected = WordList([entry], inflected=language)
    for text in (entry, *found.split()):
        assert inflected.holds(text), text
    for text in missed.split():
        assert not inflected.holds(text), text


def test_starts_marks_accents_and_exceptions_are_found_as_written() -> None:
    inflected = WordList(["#promo", "mort*", "=dû", "rappel"], ["petit rappel"], "fr")
    found = inflected.find("promos #promos dus mortes, petit rappel, petits rappels")
    assert [match.entry for match in found] == ["mort*", "rappel"]
    assert WordList(["rappel de produit"], inflected="fr").holds("RAPPELS de Produits")
    assert WordList(["召回"], inflected="fr").holds("产品召回通知")


@given(lists, texts)
def test_what_is_found_as_written_is_found_in_other_forms_too(words: WordList, text: str) -> None:
    other = WordList(words.entries, words.exceptions, "fr")
    assert set(WordList(words.entries, words.exceptions).find(text)) <= set(other.find(text))


@given(st.lists(lists, min_size=1, max_size=3), texts)
def test_every_engine_finds_the_same(words: list[WordList], text: str) -> None:
    act = Act(kind="publish", text=text)
    one = charter(*words)
    found = {f"r{n}" for n, each in enumerate(words) if each.holds(text)}
    ruling = compiled(one).rule(act)
    assert set(ruling.determining) == (found or {"all"})
    assert set(decide(one, act).determining) == set(ruling.determining)


@given(st.lists(lists, min_size=1, max_size=2))
def test_a_file_says_what_is_inflected(words: list[WordList]) -> None:
    one = charter(*words)
    for format_ in ("json", "yaml"):
        assert parse(dump(one, format=format_), Charter, format=format_) == one


def test_a_playbook_says_what_is_inflected() -> None:
    data = {"playbook": "p", "duties": [{"never say": "no", "words": ["faute"], "inflected": "fr"}]}
    playbook = parse(json.dumps(data), Playbook, format="json")
    assert playbook.duties[0].words == WordList(["faute"], inflected="fr")
    assert parse(dump(playbook, format="yaml"), Playbook, format="yaml") == playbook


def test_a_form_that_is_in_the_way_is_cut() -> None:
    one = charter(WordList(["rappel de produit"], inflected="fr"))
    decision = decide(one, Act(kind="publish", text="Les rappels de produits, et merci !"))
    assert decision.repair is not None
    assert "rappels de produits" in str(decision.repair.changes[0])


def test_a_language_without_rules_is_refused() -> None:
    for language in ("zz", "klingon"):
        with pytest.raises(InvalidError, match="no rules of inflection"):
            WordList(["a"], inflected=language)
    assert WordList(["a"], inflected="pt_BR").inflected == "pt"
    with pytest.raises(InvalidError, match="too many words"):
        WordList(["a b c d e f g"], inflected="fr")


def test_nothing_is_found_more_loosely_where_the_rules_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "snowballstemmer.irish_stemmer", None)
    with pytest.raises(MissingExtraError, match=r"cmcore\[stems\]"):
        WordList(["a"], inflected="ga")
