"""Typography: every sentence of the tables is set as its language has it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from string import Formatter
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.base.french import city, hour_of, of, that
from cmcore.base.language import SENTENCES
from cmcore.base.shown import SORTS
from cmcore.base.typography import typeset
from cmcore.display.names import names_by_sort, reader
from cmcore.display.wording import LANGUAGES, Language, say, show

#: What people write in place of a parameter: ids, names, counts, and code with marks of its own.
WORDS: Final = ("ana", "Élodie", "Instagram", "YouTube", "hashtag", "`l'équipe : rien ; ?`", "12")
DAY: Final = date(2026, 11, 28)
#: What is wrong in a sentence, code aside, in any language.
EVERYWHERE: Final = {
    "two spaces": r"[ \u00a0\u202f]{2}(?![ ●┊])",
    "a space before a comma or a full stop": r"[ \u00a0\u202f][,.](?!\.|\d)",
    "a space inside brackets": r"\([ \u00a0\u202f]|[ \u00a0\u202f]\)",
    "a plural in brackets": r"\((?:s|es|e|x)\)",
    "a plural of one": r"(?<![\w,.\u00a0])1 (?!fois|mois|times|des|sans|has)\w+s\b",
}
FRENCH: Final = {
    "an ordinary space before a mark": r" [:;!?»]|« |\d (?:%|€|h|min|s|j)\b(?!’)",
    "a wide space before a mark that takes a narrow one": r"\u00a0[;!?]",
    "no space before a mark": r"[\w`)][;!?»]|[\w`)]:(?!\w)",
    "a straight apostrophe": r"'",
    "English quotes": r"[“”\"]",
    "a word cut where none follows": r"(?<!\w)[dlnsjmcDLNSJMC]’[ \u00a0]",
    "a word not cut": (
        r"(?i)(?<!-)\b(?:de|le|la|ne|que|se|je) (?=[aeiouéèêàâîôœ]|h(?:eur|omm|ist|oraire))"
        r"(?!onz|oui\b|ou\b|et\b)"
    ),
    "à le, de le": r"(?i)\b(?:à|de) les? (?!\w+(?:er|ir|re)\b)",
}  # fmt: skip
ENGLISH: Final = {"French spaces": r"[\u00a0\u202f]", "a space before a mark": r"\w [:;!?](?= |$)"}
CODE: Final = re.compile(r"`[^`]*`")


def findings(text: str, language: Language) -> Iterator[str]:
    """Yield what is wrong in a sentence, by name."""
    rules = {**EVERYWHERE, **(FRENCH if language == "fr" else ENGLISH)}
    bare = CODE.sub("word", text)
    yield from (f"{name}: {text!r}" for name, wrong in rules.items() if re.search(wrong, bare))
    for first, last in ("«»", "“”", "()", "[]"):
        if bare.count(first) != bare.count(last):
            yield f"not closed: {text!r}"


#: What stands for parameters of some names, counts aside; the others are words.
GIVEN: Final = {
    **dict.fromkeys(
        ("day", "on", "at", "due", "until", "start", "stop", "back", "latest", "by", "since"), DAY
    ),
    "zone": "Europe/Athens",
    **dict.fromkeys(("time", "within"), timedelta(hours=2)),
}
#: Sentences about a moment, of what the others say of anything.
DATED: Final = frozenset({"held during", "failed during"})
#: Sentences that are never about one thing.
PLURAL: Final = frozenset({"several problems", "more than anybody labels"})
COUNTED: Final = frozenset({"count", "n"})


def rendered(code: str, language: Language, word: str, count: int) -> str:
    """Render a sentence, code going only where the sentence does not write code itself."""
    sentence = SENTENCES[code][LANGUAGES.index(language)]
    asked = {name: spec or "" for _, name, spec, _ in Formatter().parse(sentence) if name}
    in_code = {name for span in CODE.findall(sentence) for name in re.findall(r"{(\w+)", span)}
    told: dict[str, object] = {}
    known: dict[str, dict[str, str]] = {}
    for name, spec in asked.items():
        is_code = name in in_code
        if spec in SORTS:
            is_named = "`" not in word
            known[spec] = {name: word} if is_named else {}
            told[name] = name if is_named else word.strip("`")
            continue
        usual = DAY if code in DATED else word
        own = word.strip("`").partition(" ")[0] if is_code else GIVEN.get(name, usual)
        is_count = name in COUNTED or spec == ","
        one = count if is_count else own if isinstance(own, str | date) else show(own, language)
        told[name] = one
    return say(code, reader(language, names_by_sort(**known)), **told)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=min(settings().max_examples, 10))
@given(word=st.sampled_from(WORDS), count=st.integers(1, 12_000))
def test_no_sentence_has_a_finding(language: Language, word: str, count: int) -> None:
    several = (
        code
        for code in SENTENCES
        if count > 1 or (code not in PLURAL and f"{code} one" not in SENTENCES)
    )
    told = (rendered(code, language, word, count) for code in several)
    assert [found for text in told for found in findings(text, language)] == []


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ("oui ; non", "an ordinary space before a mark"),
        ("oui\u00a0; non", "a wide space before a mark that takes a narrow one"),
        ("oui: non", "no space before a mark"),
        ("l'heure", "a straight apostrophe"),
        ("à l’heure de Athènes", "a word not cut"),
        ("à le réseau", "à le, de le"),
        ("publié(s)", "a plural in brackets"),
        ("un  deux", "two spaces"),
        ("1 illisibles", "a plural of one"),
        ("un , deux", "a space before a comma or a full stop"),
        ("« oui", "not closed"),
    ],
)
def test_the_rules_find_what_they_are_for(wrong: str, name: str) -> None:
    assert any(found.startswith(name) for found in findings(wrong, "fr"))


#: A sentence as it is typed, and as it is printed in French.
SET: Final = {
    "l'heure : {at} ; oui ?": "l’heure\u00a0: {at}\u202f; oui\u202f?",
    "« {text} » : {total} h en 2 min": "«\u00a0{text}\u00a0»\u00a0: {total}\u00a0h en 2\u00a0min",
    "`l'id : ; ?` de {who}": "`l'id : ; ?` {who:of}",
    "{who} s'est tu, 2 j après": "{who} s’est tu, 2\u00a0j après",
    "plus que {count} jours": "plus {count:that} jours",
}


@pytest.mark.parametrize("typed", list(SET))
def test_a_sentence_is_set_once_and_code_stays_as_it_is(typed: str) -> None:
    assert typeset(typed, 1) == SET[typed]
    assert typeset(SET[typed], 1) == SET[typed]
    assert typeset(typed, 0) == typed


@given(st.text(min_size=1))
def test_what_a_user_wrote_is_not_set(text: str) -> None:
    assert text in say("nearest", "fr", rule=text, lacks="")
    assert text in say("incident quote", "fr", text=text)


#: What comes after `de`, and both together.
AFTER: Final = {
    "Anne": "d’Anne",
    "Marc": "de Marc",
    "Élodie": "d’Élodie",
    "Instagram": "d’Instagram",
    "YouTube": "de YouTube",
    "Yvonne": "d’Yvonne",
    "Hugo": "d’Hugo",
    "histoire": "d’histoire",
    "hashtag": "de hashtag",
    "onze": "de onze",
    "12": "de 12",
    "œil": "d’œil",
    "`analyst`": "de `analyst`",
}


@pytest.mark.parametrize("word", list(AFTER))
def test_de_is_cut_before_what_begins_as_a_vowel_does(word: str) -> None:
    assert of(word) == AFTER[word]
    assert that(word).replace("qu", "d").replace("de ", "de ") == AFTER[word]


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/Paris", "de Paris"),
        ("Europe/Athens", "d’Athènes"),
        ("America/New_York", "de New York"),
        ("America/Argentina/Ushuaia", "d’Ushuaia"),
        ("UTC", "UTC"),
        ("Etc/GMT+3", "Etc/GMT+3"),
    ],
)
def test_the_clock_of_a_zone_is_that_of_its_city(zone: str, told: str) -> None:
    assert hour_of(zone) == told
    assert city(zone) in told.replace("d’", "").replace("de ", "")
