"""Messages that once misled who read them: each now names what is there, and what to write."""

import pytest

from cmcore import Charter, InvalidError, Needs, parse
from cmcore.base import Problem
from cmcore.codec import read_case
from cmcore.time.clocks import parse_hours

ENGLISH = "charter: c\ndefault: d\ncircuits: {d: [{ask: {role: w}@}]}\n"
FRENCH = "charte: c\npar défaut: d\ncircuits: {d: [{consulte: {rôle: w}@}]}\n"
COVERING = parse(ENGLISH.replace("@", "") + "events: [launch]\n", Charter)


def english(when: str) -> str:
    rule = f"rules: [{{forbid: a, when: {{{when}}}, because: x}}]\n"
    return ENGLISH.replace("@", "") + rule


def french(when: str) -> str:
    rule = f"règles: [{{interdit: a, quand: {{{when}}}, parce que: x}}]\n"
    return FRENCH.replace("@", "") + rule


def problem(text: str) -> Problem:
    with pytest.raises(InvalidError) as raised:
        parse(text, Charter)
    (one,) = raised.value.problems
    return one


@pytest.mark.parametrize(
    ("when", "fact"),
    [
        ("type: publier", "type"),
        ("type: {parmi: [publier]}", "type"),
        ("auteur.contrat: zzz", "auteur.contrat"),
        ("en réponse à.type_d_auteur: zzz", "en réponse à.type_d_auteur"),
        ("local.jour_de_semaine: zzz", "local.jour_de_semaine"),
    ],
)
def test_a_fact_of_a_french_file_is_called_as_the_file_has_it(when: str, fact: str) -> None:
    assert problem(french(when)).params["fact"] == fact


@pytest.mark.parametrize(
    ("text", "near", "known"),
    [
        (FRENCH.replace("@", ", sous: 1 h, sinon: refus"), "refuser", ""),
        (FRENCH.replace("@", ", diffèrent par: departement"), "", "métier"),
        (french("récents.publication: {plus de: 3 par heure}"), "", "3 en 1 h"),
    ],
)
def test_words_that_are_offered_in_a_french_file_are_french(
    text: str, near: str, known: str
) -> None:
    told = problem(text)
    assert near in told.text("fr")
    assert known in told.text("fr")
    assert not {"refuse", "trade", "3 in 1 h"} & {*told.text("fr").split("`")}


@pytest.mark.parametrize("kind", ["publish-x", "unhide-all", "reply-public"])
def test_a_kind_with_a_hyphen_may_begin_as_a_built_in_one(kind: str) -> None:
    declared = f"kinds: {{{kind}: {{en: Open, fr: Ouvrir}}}}\n"
    assert kind in parse(ENGLISH.replace("@", "") + declared, Charter).kinds


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("un-hide", "did you mean `unhide`?"),
        ("Re-Ply", "did you mean `reply`?"),
        ("direct-message", "did you mean `message`?"),
        ("publsh", "did you mean `publish`?"),
        ("nominate", "one of your own has a hyphen, as in `open-account`"),
        ("nominate-", "one of your own has a hyphen, as in `open-account`"),
    ],
)
def test_a_kind_that_cannot_be_declared_is_not_said_to_be_missing(kind: str, hint: str) -> None:
    declared = f"kinds: {{{kind}: {{en: Open, fr: Ouvrir}}}}\n"
    told = problem(ENGLISH.replace("@", "") + declared)
    assert (told.code, told.hint) == ("no-own-kind", hint)


@pytest.mark.parametrize(
    ("fact", "of"),
    [
        ("fits", "from `text` and `network`"),
        ("hosts", "from `links`"),
        ("local.hour", "from `at`"),
        ("local.weekday", "from `at`"),
        ("target.age", "from `target.at` and `at`"),
        ("in_reply_to.age", "from `in_reply_to.at` and `at`"),
        ("since.launch", "from `event.launch` and `at`"),
        ("text.length", "from `text`"),
        ("target.text.words", "from `target.text`"),
        ("recent.publish", "from earlier acts"),
        ("person.blocked", "from earlier acts"),
    ],
)
def test_a_fact_that_is_worked_out_is_said_to_be(fact: str, of: str) -> None:
    with pytest.raises(InvalidError) as raised:
        read_case({"kind": "publish", fact: 3}, COVERING)
    (told,) = raised.value.problems
    assert told.code == "fact-worked-out"
    assert of in told.text()


@pytest.mark.parametrize(
    ("fact", "hint"),
    [
        ("event.x", "declare the event, as in `events: [x]`"),
        ("event.lunch", "did you mean `event.launch`?"),
        ("zzzz", "declare a label, or begin its name with `_` to leave it alone"),
    ],
)
def test_an_event_that_no_charter_has_is_to_be_declared(fact: str, hint: str) -> None:
    with pytest.raises(InvalidError) as raised:
        read_case({"kind": "publish", fact: "2026-01-01T00:00Z"}, COVERING)
    assert [one.hint for one in raised.value.problems] == [hint]


@pytest.mark.parametrize("log", ["recent.promo", "recent.promo.same_account"])
def test_a_count_that_is_not_declared_is_to_be(log: str) -> None:
    told = problem(english(f"{log}: {{more than: 3 in 1 d}}"))
    assert "near" not in told.params
    assert "under `counts`" in str(told.hint)


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        ("not: [{paid: yes}]", "as in `{any: [{kind: publish}, {paid: yes}]}`"),
        ("any: {paid: yes}", "as in `[{kind: publish}, {paid: yes}]`"),
        ("text.length: {above: 1.5}", "write `1` or `2`"),
        ("author.roles.count: many", "as in `3`, or `{above: 3}`"),
        ("text: {mentions: []}", "as in `[recall, out of stock]`"),
    ],
)
def test_what_has_another_shape_is_shown_one(when: str, hint: str) -> None:
    told = problem(english(when))
    assert told.hint == hint
    assert "``" not in told.text()


@pytest.mark.parametrize("on", ["workdays", "business day", "Workday", "jours ouvrables"])
def test_working_days_are_offered_to_who_means_them(on: str) -> None:
    with pytest.raises(InvalidError) as raised:
        parse_hours(on)
    assert [one.hint for one in raised.value.problems] == ["write `working days`"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (ENGLISH.replace("@", ", within: 2 workdays"), "write `2 working days`"),
        (FRENCH.replace("@", ", sous: 2 jours ouvrables"), "write `2 jours ouvrés`"),
        (FRENCH.replace("@", ", sous: 2.5 jours ouvrables"), "write it as `2 jours ouvrés`"),
    ],
)
def test_working_days_that_are_called_otherwise_are_offered(text: str, hint: str) -> None:
    assert problem(text).hint == hint


def test_an_empty_text_in_place_of_a_list_is_told_as_that() -> None:
    with pytest.raises(InvalidError) as raised:
        parse("needs: n\nseparation: [' ']\n", Needs)
    assert [one.code for one in raised.value.problems] == ["wrong-shape"]


def test_what_is_asked_of_a_text_may_be_a_measure() -> None:
    told = problem(english("text: {length_on_bluesky: {above: 300}}"))
    assert told.params["near"] == ("graphemes",)
    told = problem(english("text: {length_on_tiktok: {above: 300}}"))
    assert {"length", "graphemes", "length_on_x"} <= {*told.text().split("`")}
