"""Vocabularies: a word of French is the English one, an unknown one is refused, an open one kept.

The fields of every kind of file are walked, so that a new one has to say which it is.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Organisation,
    RequestLog,
    Team,
    catalog,
    checkup,
    decide,
    dump,
    fact,
    parse,
    structure,
)
from cmcore.catalog import design
from cmcore.charters import Case, Message
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.charters.formats import FORMATS
from cmcore.charters.tones import TONES
from cmcore.codec.documents import parse_document
from cmcore.codec.french import Level, in_english, level_of
from cmcore.codec.keys import VALUES
from cmcore.codec.schemas import FILES
from cmcore.decisionlog import Redaction
from cmcore.incidents import InboundEvent
from cmcore.incidents.signals.signal import Sighting
from cmcore.organisations import Known
from cmcore.organisations.checks._teams import BACK, CORE, DEPARTMENTS, FRONT
from cmcore.organisations.questions import ASKED
from cmcore.organisations.words import OBJECTIVES, ROLES, as_departments, as_objectives
from cmcore.teams import Speakers
from cmcore.teams.contracts import CONTRACTS
from cmcore.text.languages import LANGUAGES
from cmcore.text.names import NETWORKS

NOW: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
#: Form -> its words, each with the other words that people write for it.
KNOWN: Final[dict[Form, dict[str, tuple[str, ...]]]] = {
    Form.TONE: {name: (french, *words) for name, (french, words) in TONES.items()},
    Form.LANGUAGE: dict(LANGUAGES),
    Form.CONTRACT: {name: words for name, (_, _, words) in CONTRACTS.items()},
    Form.FORMAT: {name: words for name, (_, _, words) in FORMATS.items()},
    Form.NETWORK: {meant: (name,) for name, meant in NETWORKS.items()},
}
SPELT: Final = [
    (form, name, word)
    for form, words in KNOWN.items()
    for name, others in words.items()
    for word in (name, *others)
]


@given(st.sampled_from(SPELT), st.sampled_from([str, str.upper, str.title]))
def test_a_word_of_either_language_is_one_word(spelt: tuple[Form, str, str], write: Any) -> None:  # noqa: ANN401
    form, name, word = spelt
    assert NORMAL[form][write(word)] == name


def test_no_word_stands_for_two() -> None:
    for words in KNOWN.values():
        told = [word for name, others in words.items() for word in {name, *others}]
        assert len(told) == len({*told})


def test_what_files_write_in_french_is_what_the_library_reads() -> None:
    for form in KNOWN.keys() - {Form.LANGUAGE}:  # `it` is a role as well
        for name in KNOWN[form].keys() & VALUES.keys():
            assert NORMAL[form][VALUES[name]] == name
    for words, called in ((OBJECTIVES, as_objectives), (ROLES, as_departments)):
        assert all(called([VALUES[name]]) == {name} for name in words)
        assert all(called([other]) == {name} for name, more in words.items() for other in more)


def test_what_the_catalog_has_is_known_to_organisations() -> None:
    assert OBJECTIVES.keys() == {*catalog.objectives}
    assert ROLES.keys() == {*catalog.roles}
    assert {*DEPARTMENTS, *FRONT, *BACK, *CORE} <= ROLES.keys()


# ------------------------------------------------------------------------------ in a file of French


CHARTER: Final = """\
charte: fleuriste
circuits: {crise: [{consulte: {rôle: direction}}]}
par défaut: crise
règles:
  - autorise: tout
    quand: {type: [publication, suppression]}
    parce que: Tout va.
  - interdit: essai
    quand: {%s: %s}
    parce que: Pas cela.
"""
#: What an act says of a fact.
ACTS: Final[dict[str, Any]] = {
    "tone": lambda word: Act(kind="delete", target=Message(tone=word)),
    "language": lambda word: Act(kind="publish", language=word),
    "format": lambda word: Act(kind="publish", format=word),
    "network": lambda word: Act(kind="publish", network=word),
}
FACTS: Final = {"tone": "cible.ton", "language": "langue", "format": "format", "network": "réseau"}
OF: Final = {form.value: form for form in KNOWN}


@given(st.sampled_from([one for one in SPELT if one[0].value in FACTS]), st.data())
def test_a_rule_and_an_act_meet_whichever_language_each_is_in(
    spelt: tuple[Form, str, str], data: st.DataObject
) -> None:
    form, name, word = spelt
    other = data.draw(st.sampled_from([name, *KNOWN[form][name]]))
    file = CHARTER % (FACTS[form.value], f'"{word}"')
    decision = decide(parse(file, Charter), ACTS[form.value](other), at=NOW)
    assert decision.outcome == "forbidden"


@pytest.mark.parametrize("tone", ["papyrus", "enthousiaste"])
def test_a_tone_that_is_none_of_them_is_taken_as_it_is(tone: str) -> None:
    charter = parse(CHARTER % ("cible.ton", tone), Charter)
    assert decide(charter, ACTS["tone"](tone.upper()), at=NOW).outcome == "forbidden"
    assert decide(charter, ACTS["tone"]("critique"), at=NOW).outcome == "covered"
    assert InboundEvent("m", NOW, criticism=True, message=Message(tone=tone)).message.at is not None


#: Where a language is written -> the file, of which only the language is left open.
SPEAKING: Final[dict[str, tuple[type, str]]] = {
    "member": (Team, "équipe: a\ncollaborateurs: {ana: {langues: [%s]}}"),
    "speakers": (Needs, "besoins: a\nlangues: {%s: 1}"),
    "watch": (Needs, "besoins: a\nhoraires: [{semaine: lun, langue: %s}]"),
    "target": (
        Desk,
        "service: a\nobjectifs: [{sous: 1 h, langues: [%s]}]",
    ),
    "request": (
        RequestLog,
        "événements: [{reçue: r1, moment: 2026-03-02T09:00Z, langue: %s}]",
    ),
}


@pytest.mark.parametrize("where", SPEAKING)
def test_a_language_in_any_file_is_understood_or_refused(where: str) -> None:
    kind, file = SPEAKING[where]
    made: Any = parse(file % "français", kind)
    assert made == parse(file % "fr", kind) == parse(file % "French", kind)
    with pytest.raises(InvalidError) as caught:
        parse(file % "francaix", kind)
    assert "français" in caught.value.text("fr") or "francais" in caught.value.text("fr")
    with pytest.raises(InvalidError, match="is not a language"):
        parse(file % "zzzz", kind)


def test_a_language_in_a_charter_and_a_design_is_understood_or_refused() -> None:
    assert fact("language").is_("français") == fact("language").is_("fr")
    assert design(["sales"], "small", languages=["français"]).needs.languages == (Speakers("fr"),)
    for made in (
        lambda word: parse(CHARTER % ("langue", word), Charter),
        lambda word: design(["sales"], "small", languages=[word]),
    ):
        with pytest.raises(InvalidError, match=r"did you mean `fran[çc]ais"):
            made("francaix")
        with pytest.raises(InvalidError, match="write its name or its code"):
            made("zzzz")


# ------------------------------------------------------------------------- the fields of all files

#: Keys of files under which people write names, sentences and words of their own.
OWN: Final = """
    about, account, acknowledge, acknowledged, act, acts, after, age, alert, alerted, all match,
    all of, among, answer, answered, any of, approved by, archive, ask the circuit, assigned, at,
    author, author.contract, author.roles, author.seniority, author.trained_in, author_kind,
    because, before, block, by, charter, claims, closed, columns, contact, contained, correct,
    corrects, country, covered, default, delete, described, desk, domains, duration, during,
    edit, employer, en, escalate, events, except, exception, fact, figures, file, fits,
    follow, forbid, forbidden, fr, from, handed over, hashtags, held, hide, history, hold, holiday,
    hosts, hours, how, id, in_reply_to.age, in_reply_to.author, in_reply_to.author_kind,
    in_reply_to.followers, in_reply_to.id, in_reply_to.kind, in_reply_to.ours, in_reply_to.replies,
    in_reply_to.text, in_reply_to.topics, inbound, incident, incident.open, incident.severity,
    incidents, into, is, keep criticism, keep promises, kind, label, labels, leaders, level,
    links, local.hour, local.weekday, matches, measure, media, mentions, merged, message, moved
    to private, mute, name, names, needs, network, networks, never contradict, never say, none of,
    not only, note, of, one of, only, opened, organisation, paid, permit, person.blocked,
    person.muted, place, plan, playbook, publish, quote, react, reason, received, recipient,
    refer, region, reopened, reply, report, requests, requires, resolved, restore, review,
    reviewed, role, roles, routes, same, scale, scheduled, seniority, separation, separator,
    severities, severity, share, signal, sites, skill, skills, source, sources, target.age,
    target.author, target.author_kind, target.followers, target.id, target.kind, target.ours,
    target.replies, target.text, target.topics, team, tell the truth, template, text, that,
    title, to, topics, trade, trained_in, unblock, unfollow, unhide, unmute, values, waiting, warn,
    words, wrote again, zone
"""
#: Keys of files of whose words the library knows some -> one of them, in French and in English.
KNOWN_UNDER: Final = {
    **dict.fromkeys(("language", "languages", "in_reply_to.language"), ("français", "fr")),
    **dict.fromkeys(("target.language", "inflected"), ("français", "fr")),
    **dict.fromkeys(("tone", "in_reply_to.tone", "target.tone"), ("critique", "critical")),
    "format": ("vidéo", "video"),
    "contract": ("stage", "internship"),
    "based on": ("coordinateur", "coordinator"),
    "departments": ("informatique", "it"),
    "objectives": ("notoriété", "notoriety"),
    "untold": ("reçu", "inbound"),
    "absent": ("message_type", "template"),
    "does not apply": ("retombées mesurées", "returns measured"),
    **dict.fromkeys(("erase", "mask"), ("en_réponse_à.auteur", "in_reply_to.author")),
}


def open_keys() -> Iterator[tuple[str, Level]]:
    """Yield the keys of all kinds of files under which any word may stand, with what may."""
    todo = [("", level_of(kind)) for kind in sorted(FILES, key=lambda kind: kind.__name__)]
    seen: set[tuple[str, tuple[int, ...]]] = set()
    while todo:
        key, level = todo.pop()
        mark = (key, tuple(id(shape) for shape, _ in level.shapes))
        if level.shapes and mark not in seen:
            seen.add(mark)
            todo += [*level.keys.items(), (key, level.free), (key, level.items)]
            if level.is_open and not level.is_timed and not level.is_week:
                yield key, level


def test_each_field_of_a_file_has_words_of_its_own_or_those_that_are_known() -> None:
    found = {key for key, _ in open_keys()} - {"", *ASKED}
    own = {*" ".join(OWN.split()).split(", ")}
    assert found - own - KNOWN_UNDER.keys() == set()
    assert not own & KNOWN_UNDER.keys()
    assert own == found - KNOWN_UNDER.keys()


_OPENED: Final = "événements: [{ouvert: x, moment: 2026-03-02T09:00Z}]"
FILES_WITH: Final[dict[str, tuple[type, str]]] = {
    "erase": (Redaction, "effacer: %s"),
    "mask": (Redaction, "masquer: [%s]"),
    "contract": (Team, "équipe: a\ncollaborateurs: {ana: {contrat: %s}}"),
    "based on": (Team, "équipe: a\nrôles: {chef: {inspiré de: %s}}"),
    "departments": (Organisation, "organisation: a\ndépartements: [%s]"),
    "objectives": (Organisation, "organisation: a\nobjectifs: [%s]"),
    "does not apply": (Organisation, "organisation: a\nsans objet: {%s: rien à vendre}"),
    "inflected": (Charter, CHARTER % ("texte", "{mentions: [rappel], fléchi en: %s}")),
    "absent": (Act, "type: publication\nabsent: [%s]"),
    "format": (Act, "type: publication\nformat: %s"),
    "tone": (Act, "type: suppression\ncible: {ton: %s}"),
    "in_reply_to.tone": (Act, "type: réponse\nen_réponse_à.ton: %s"),
    "language": (Act, "type: publication\nlangue: %s"),
    "untold": (
        Incident,
        "incident: a\npassé sous silence: %s\n" + _OPENED,
    ),
}
#: What is asked for in a file must be known: any other word is refused.
CLOSED: Final = frozenset({"contract", "does not apply", "inflected", "untold"})


@pytest.mark.parametrize("key", FILES_WITH)
def test_a_word_of_french_is_that_of_english_in_its_file(key: str) -> None:
    kind, file = FILES_WITH[key]
    french, english = KNOWN_UNDER[key]
    if kind is Act:
        read, _ = in_english(parse_document(file % french, "yaml"), Act)
        other, _ = in_english(parse_document(file % english, "yaml"), Act)
        assert structure(read, Act) == structure(other, Act) or key == "language"
        return
    made: Any = parse(file % french, kind)
    assert made == parse(file % english, kind)
    assert parse(dump(made, lang="fr"), kind) == made
    if key in CLOSED:
        with pytest.raises(InvalidError):
            parse(file % "zzzz", kind)
    else:
        assert parse(file % "zzzz", kind) != made


@pytest.mark.parametrize(
    "key", ["objectives", "departments", "based on", "contract", "untold", "erase"]
)
def test_a_word_of_french_is_written_in_french(key: str) -> None:
    kind, file = FILES_WITH[key]
    french, _ = KNOWN_UNDER[key]
    assert french in dump(parse(file % french, kind), lang="fr")


# ----------------------------------------------------------------- what depends on it is not missed


@pytest.mark.parametrize("tone", ["critical", "critique", "Critique", "CRITICAL"])
def test_a_deleted_criticism_is_seen_whatever_it_is_called(tone: str) -> None:
    act = Act(id="a1", at=NOW, kind="delete", target=Message(tone=tone, ours=False))
    found = checkup(Organisation("acme", history=(Case(act),)), NOW)
    assert found.checks["criticism kept"].known is Known.NO


@pytest.mark.parametrize(
    ("tone", "negative"), [("fâché", True), ("angry", True), ("neutre", False)]
)
def test_a_mood_is_negative_in_either_language(tone: str, negative: bool) -> None:  # noqa: FBT001
    found = Sighting.of(Message(at=NOW, tone=tone))
    assert found is not None
    assert found.negative is negative


@pytest.mark.parametrize("tone", ["critique", "critical"])
def test_a_tone_that_contradicts_the_criticism_is_refused(tone: str) -> None:
    with pytest.raises(InvalidError, match="tone"):
        InboundEvent("m", NOW, criticism=False, message=Message(tone=tone))
