"""Files may be written in French: every key and closed word has its French, which reads back."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    Desk,
    Incident,
    InvalidError,
    Message,
    Needs,
    Organisation,
    Outcome,
    Plan,
    Playbook,
    RequestLog,
    Team,
    dump,
    parse,
    read,
    schema,
    structure,
    unstructure,
    write,
)
from cmcore.charters import Example, Situation
from cmcore.codec import schema_in_french
from cmcore.codec.bounds import Data
from cmcore.codec.documents import parse_document
from cmcore.codec.files import read_any
from cmcore.codec.french import Level, has_french, in_english, in_french, key_in_french, level_of
from cmcore.codec.keys import KEYS, VALUES
from cmcore.codec.plain import as_mapping
from cmcore.codec.schemas import FILES
from cmcore.codec.schemas.french import TITLES
from cmcore.codec.schemas.french_abouts import ABOUTS
from cmcore.decisionlog import Redaction
from cmcore.display.wording import show, week_text
from cmcore.organisations.questions import QUESTIONS
from cmcore.strategies import (
    charters,
    contexts,
    desks,
    incidents,
    needs,
    organisations,
    plans,
    playbooks,
    redactions,
    request_logs,
    teams,
    weeks,
)
from cmcore.time.calendar import WorkingDays
from cmcore.time.durations import parse_duration
from cmcore.time.week import Week

from .test_french_problems import english_in

KINDS: Final[dict[str, type]] = {
    "charter": Charter,
    "team": Team,
    "needs": Needs,
    "plan": Plan,
    "incident": Incident,
    "playbook": Playbook,
    "requests": RequestLog,
    "desk": Desk,
    "act": Act,
    "organisation": Organisation,
    "redaction": Redaction,
}
DRAWN: Final[dict[str, st.SearchStrategy[Any]]] = {
    "charter": charters(),
    "team": teams(),
    "needs": needs(),
    "plan": plans(),
    "incident": incidents(),
    "playbook": playbooks(),
    "requests": request_logs(),
    "desk": desks(),
    "organisation": organisations(),
    "redaction": redactions().filter(lambda one: one.names),
}
each_kind = pytest.mark.parametrize("kind", DRAWN)


@cache
def levels(kind: type) -> tuple[Level, ...]:
    """Return every place that a kind of file may have, each sort of them once."""
    todo, found = [level_of(kind)], dict[tuple[int, ...], Level]()
    while todo:
        level = todo.pop()
        mark = tuple(id(shape) for shape, _ in level.shapes)
        if mark and mark not in found:
            found[mark] = level
            todo += [*level.keys.values(), level.free, level.items]
    return tuple(found.values())


def test_every_key_of_every_file_has_its_french_and_none_is_left_over() -> None:
    used: set[str] = set()
    for kind in FILES:
        for level in levels(kind):
            for key in level.keys.keys() - QUESTIONS.keys():
                is_placed = any(row.endswith(f"/{key}") for row in KEYS)
                steps = {key} if key in KEYS or is_placed else {*key.split(".")}
                assert is_placed or steps <= KEYS.keys(), key
                used |= steps
    rows = {row.rpartition("/")[2] for row in KEYS}
    assert {row for row in rows - used if not row.startswith("same_")} == {"recent"} - used


def test_a_word_of_french_means_one_key_where_it_stands() -> None:
    for kind in FILES:
        for level in levels(kind):
            assert len({*level.french.values()}) == len(level.keys), level.french
            others = {french for key, french in level.french.items() if french != key}
            assert not others & level.keys.keys()


def test_a_closed_word_has_one_french_that_is_no_other_word_there() -> None:
    assert len({*VALUES.values()}) == len(VALUES)
    found: set[str] = set()
    for kind in FILES:
        for level in levels(kind):
            found |= level.words
            changed = {
                word: VALUES[word] for word in level.words & VALUES.keys() if VALUES[word] != word
            }
            assert not {*changed.values()} & level.words
            assert {*level.said.values()}.isdisjoint(level.words)
            assert len({*level.said.values()}) == len(level.said)
    left = {word for word in found - VALUES.keys() if not {*word.split(".")} <= KEYS.keys()}
    assert left == {"(none)", "yes", "no", "oui", "non", "true", "false"}


@each_kind
@settings(max_examples=8)
@given(data=st.data())
def test_a_file_in_french_reads_back_as_what_was_written(kind: str, data: st.DataObject) -> None:
    thing = data.draw(DRAWN[kind])
    text = dump(thing, lang="fr")
    assert parse(text, KINDS[kind]) == thing
    shape = schema_in_french(KINDS[kind])
    jsonschema.Draft202012Validator(shape).validate(parse_document(text, "yaml"))


@each_kind
@settings(max_examples=4)
@given(data=st.data())
def test_what_is_written_in_french_has_every_key_in_french(kind: str, data: st.DataObject) -> None:
    plain = unstructure(data.draw(DRAWN[kind]))
    french = in_french(plain, KINDS[kind])
    english, written = in_english(french, KINDS[kind])
    assert english == in_english(plain, KINDS[kind])[0] or written
    for path, key in written.items():
        level = level_of(KINDS[kind])
        for step in path[:-1]:
            level = level.items if isinstance(step, int) else level.under(step)
        assert key == level.french.get(str(path[-1]), key) or level.is_condition


@each_kind
@settings(max_examples=8)
@given(data=st.data())
def test_what_is_wrong_is_wrong_in_both_languages_at_the_same_key(
    kind: str, data: st.DataObject
) -> None:
    plain: Any = unstructure(data.draw(DRAWN[kind]))
    _spoil(data, plain)
    codes, places = _problems(json.dumps(plain), KINDS[kind])
    french = in_french(plain, KINDS[kind])
    own, there = _problems(json.dumps(french), KINDS[kind])
    assert own == codes
    assert [len(path) for path in there] == [len(path) for path in places]


def _spoil(data: st.DataObject, plain: Data) -> None:
    """Leave a key out of some mapping, or put something of another shape under it."""
    mappings = [one for one in _mappings(plain) if one]
    chosen = mappings[data.draw(st.integers(0, len(mappings) - 1))]
    key = data.draw(st.sampled_from(sorted(chosen)))
    if data.draw(st.booleans()):
        del chosen[key]
    else:
        chosen[key] = [[]]


def _mappings(plain: Data) -> Iterator[dict[str, Data]]:
    if isinstance(plain, dict):
        yield plain
    parts = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else ()
    for one in parts:
        yield from _mappings(one)


def _problems(text: str, kind: type) -> tuple[list[str], list[tuple[str | int, ...]]]:
    try:
        parse(text, kind, format="json")
    except InvalidError as error:
        return [one.code for one in error.problems], [one.path for one in error.problems]
    return [], []


CHARTER = """\
charte: fleuriste
circuits:
  crise:
    - consulte: {rôle: direction}
      il faut: un seul
      sous: 2 jours ouvrés
      pendant: lun-ven 9h-18h
par défaut: crise
étiquettes: {prix: oui-non}
règles:
  - autorise: quotidien
    quand: {type: [publication, réponse], local.jour: [samedi, dimanche], prix: non}
    parce que: Le tout-venant.
  - renvoie: crise
    vers: crise
    quand:
      texte: {mentions: [rappel], sauf: [rappel à l'ordre]}
      récents.réponse: {plus de: 3 par jour}
    parce que: Deux personnes relisent.
"""


def test_a_charter_in_french_is_the_charter_in_english() -> None:
    english = {
        "charter": "fleuriste",
        "circuits": {"crise": [{"ask": {"role": "direction"}, "need": "any",
                                "within": "2 working days", "during": "Mon-Fri 09:00-18:00"}]},
        "default": "crise",
        "labels": {"prix": "flag"},
        "rules": [
            {"permit": "quotidien", "because": "Le tout-venant.",
             "when": {"kind": ["publish", "reply"], "prix": False,
                      "local.weekday": ["sat", "sun"]}},
            {"refer": "crise", "to": "crise", "because": "Deux personnes relisent.",
             "when": {"text": {"mentions": ["rappel"], "except": ["rappel à l'ordre"]},
                      "recent.reply": {"more than": "3 per day"}}},
        ],
    }  # fmt: skip
    assert parse(CHARTER, Charter) == structure(english, Charter)


def test_both_languages_may_be_in_one_file_but_no_key_twice() -> None:
    mixed = CHARTER.replace("parce que", "because").replace("règles", "rules")
    assert parse(mixed, Charter) == parse(CHARTER, Charter)
    with pytest.raises(InvalidError) as caught:
        parse(CHARTER.replace("    vers: crise\n", "    vers: crise\n    to: crise\n"), Charter)
    (problem,) = caught.value.problems
    assert (
        problem.text("fr")
        == ("règles[1].to, ligne 1 : `to` et `vers` sont la même clé (gardez l'une des deux)")
        or problem.code == "key-in-both"
    )


@pytest.mark.parametrize(
    ("wrote", "instead", "said"),
    [
        ("autorise", "autorises", "règles[0].autorises"),
        (
            "quand: {type",
            "quan: {type",
            "`quan` n’est pas une clé connue (vouliez-vous dire `quand`\u202f?)",
        ),
        ("    parce que: Le tout-venant.\n", "", "règles[0].parce que"),
        (
            "samedi",
            "samdi",
            "`local.jour` ne vaut jamais `samdi` (vouliez-vous dire `samedi`",
        ),
        ("texte: {", "textes: {", "`textes` (vouliez-vous dire `texte`"),
        ("sauf:", "sof:", "règles[1].quand.texte.sof"),
        ("il faut", "faut", "circuits.crise[0].faut"),
        ("par défaut: crise\n", "", "par défaut, ligne 1\xa0: il manque `par défaut`"),
        ("un seul", "un sel", "circuits.crise[0].il faut"),
    ],
)
def test_what_is_wrong_is_told_in_the_words_of_the_file(
    wrote: str, instead: str, said: str
) -> None:
    assert wrote in CHARTER
    with pytest.raises(InvalidError) as caught:
        parse(CHARTER.replace(wrote, instead, 1), Charter)
    assert any(said in one.text("fr") for one in caught.value.problems), caught.value.text("fr")


ENGLISH = """\
charter: florist
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - {permit: all, when: {kind: publish}, parce que: Tout va.}
  - {forbid: odd, wen: {kind: reply}, because: No.}
  - {forbid: late, when: {local.weekday: sunda}, because: No.}
  - {forbid: vague, when: {kind: reply}}
"""


WITHIN = f"""{CHARTER}événements: [lancement]
exemples:
  - couvert: {{type: publication, prix: non, moment: 2026-11-28T10:00+01:00}}
    contexte:
      moment: 2026-11-28T10:00+01:00
      auteur: {{rôles: [apprenti], contrat: cdi, ancienneté: débutant, formé_à: [crise]}}
      incident: {{ouvert: oui, gravité: haute}}
      actes antérieurs:
        actes: [{{type: réponse, cible: {{ton: aimable}}}}]
        depuis: 2026-11-01T00:00Z
      jours fériés: [2026-12-25]
      événements: {{lancement: null}}
"""


def test_the_context_of_an_example_is_read_in_french(tmp_path: Path) -> None:
    charter = parse(WITHIN, Charter)
    (example,) = charter.examples
    context = example.context
    assert context.incident == Situation(open=True, severity="haute")
    assert context.author.contract == "permanent"
    assert context.author.trained_in == frozenset({"crise"})
    assert context.holidays == frozenset({date(2026, 12, 25)})
    assert context.events == {"lancement": None}
    assert context.earlier
    (act,) = context.earlier.acts
    assert act == Act(kind="reply", target=Message(tone="kind"))
    path = tmp_path / "charte.yaml"
    path.write_text(WITHIN, "utf-8")
    write(read(path, Charter), path)
    written = parse_document(path.read_text("utf-8"), "yaml")
    (told,) = as_mapping(written)["exemples"]
    assert [*told["contexte"]] == [
        *("moment", "auteur", "incident", "actes antérieurs", "jours fériés", "événements")
    ]
    assert parse(path.read_text("utf-8"), Charter) == charter


@settings(max_examples=20)
@given(data=st.data())
def test_a_context_in_french_has_no_key_of_english(data: st.DataObject) -> None:
    charter = parse(CHARTER, Charter)
    context = data.draw(contexts(charter))
    told = Example(Outcome.COVERED, Act(kind="publish"), context=context)
    text = dump(attrs.evolve(charter, examples=[told]), lang="fr")
    (read_back,) = parse(text, Charter).examples
    assert read_back.context == context
    (example,) = as_mapping(parse_document(text, "yaml"))["exemples"]
    known = {"moment", "auteur", "incident", "actes antérieurs", "jours fériés", "événements"}
    assert example.get("contexte", {}).keys() <= known


@pytest.mark.parametrize(
    ("wrote", "instead", "said"),
    [
        ("{ouvert:", "{ouvrt:", "contexte.incident.ouvrt"),
        ("{ouvert:", "{ouvrt:", "vouliez-vous dire `ouvert`"),
        ("      incident:", "      incidnt:", "vouliez-vous dire `incident`"),
        ("actes antérieurs", "actes anterieurs", "vouliez-vous dire `actes antérieurs`"),
        ("jours fériés", "vacances", "`moment`, `auteur`, `actes antérieurs`, `événements`"),
        ("formé_à", "forme_a", "vouliez-vous dire `formé_à`"),
        ("cible: {ton", "cible: {tn", "vouliez-vous dire `ton`"),
        ("ouvert: oui", "ouvert: peut-être", "contexte.incident.ouvert"),
    ],
)
def test_what_is_wrong_in_a_context_is_told_in_french(wrote: str, instead: str, said: str) -> None:
    assert WITHIN.count(wrote) == 1
    with pytest.raises(InvalidError) as caught:
        parse(WITHIN.replace(wrote, instead), Charter)
    assert said in caught.value.text("fr")
    assert english_in(caught.value.text("fr")) == []


def test_an_act_in_its_context_is_read_in_french() -> None:
    case = {"acte": {"type": "réponse"}, "contexte": {"incident": {"gravité": "haute"}}}
    english, _ = in_english(case, Act)
    assert english == {"act": {"kind": "reply"}, "context": {"incident": {"severity": "haute"}}}
    assert in_french(english, Act) == case


def test_schemas_say_what_a_context_holds() -> None:
    for kind, key, wrong in ((Charter, "incident", "incidnt"), (Act, "incident", "incidnt")):
        made = schema(kind)
        valid = jsonschema.Draft202012Validator(
            {**made["$defs"]["context"], "$defs": made["$defs"]}
        )
        assert valid.is_valid({key: {"open": True}})
        assert not valid.is_valid({wrong: {"open": True}})
        assert not valid.is_valid({key: {"opn": True}})


def test_most_keys_say_which_language_a_file_is_told_in(tmp_path: Path) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(ENGLISH, Charter)
    told = caught.value.text()
    for said in ("did you mean `when`", "did you mean `sun`", "rules[3].because"):
        assert said in told
    assert "quand" not in told
    right = (
        ENGLISH.replace("wen", "when").replace("sunda", "sun").replace("}}\n", "}, because: N}\n")
    )
    path = tmp_path / "charter.yaml"
    path.write_text(right, "utf-8")
    write(read(path, Charter), path)
    assert path.read_text("utf-8").startswith("charter: ")


def test_a_name_of_the_charter_goes_before_a_word_of_french() -> None:
    own = CHARTER.replace("{prix: oui-non}", "{prix: oui-non, sujets: mot}").replace(
        "prix: non}", "prix: non, sujets: a}"
    )
    charter = parse(own, Charter)
    assert "sujets" in dump(charter)
    assert parse(dump(charter, lang="fr"), Charter) == charter


def test_a_file_stays_in_its_language(tmp_path: Path) -> None:
    charter = parse(CHARTER, Charter)
    path = tmp_path / "charte.yaml"
    write(charter, path)
    assert path.read_text("utf-8").startswith("charter: ")
    write(charter, path, lang="fr")
    assert path.read_text("utf-8").startswith("charte: ")
    write(charter, path)
    assert path.read_text("utf-8").startswith("charte: ")
    write(charter, path, lang="en")
    assert path.read_text("utf-8").startswith("charter: ")
    assert read(path, Charter) == charter
    path.write_text("charte: [", "utf-8")
    write(charter, path)
    assert path.read_text("utf-8").startswith("charter: ")


def test_what_nobody_writes_in_a_file_has_no_french() -> None:
    with pytest.raises(InvalidError, match="there is no schema for `ValidationCircuit`"):
        dump(parse(CHARTER, Charter).circuits[0], lang="fr")
    with pytest.raises(InvalidError, match="`de` is not a valid choice"):
        dump(parse(CHARTER, Charter), lang="de")  # type: ignore[arg-type]
    assert key_in_french("x") == "x"


def test_apostrophes_and_spaces_are_as_people_type_them() -> None:
    typed = CHARTER.replace("local.jour: [samedi, dimanche]", "sujets: {l’un de: [a]}")
    assert parse(typed.replace("parce que", "parce  que"), Charter).rules[0].because
    assert "topics" in dump(parse(typed, Charter))


def test_an_entry_that_comes_twice_is_told_at_the_key_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "charte.yaml"
    path.write_text(CHARTER.replace("[samedi, dimanche]", "[samedi, samedi]"), "utf-8")
    _, (again,), _ = read_any(path)
    assert again.path == ("règles", 0, "quand", "local.jour", 1)


def test_a_file_says_what_it_holds_in_french_too(tmp_path: Path) -> None:
    path = tmp_path / "acte.yaml"
    path.write_text("type: publication\nsujets: [a]\n", "utf-8")
    with pytest.raises(InvalidError, match="an act can only be read with its charter"):
        read_any(path)
    path.write_text("equipe: x\ncollaborateurs: {ana: {rôles: plume}}\n", "utf-8")
    with pytest.raises(InvalidError, match="`equipe` is not a known key"):
        read_any(path)


# ------------------------------------------------------------------- what is shown is typed back


@given(weeks())
@settings(max_examples=30)
def test_hours_shown_in_french_are_read_back(week: Week) -> None:
    assert Week.parse(week_text(week, "fr")) == week
    typed = re.sub(r"([0-9]{2}):([0-9]{2})", "\\1\u202fh\u00a0\\2", str(week).replace("-", "–"))
    assert Week.parse(typed) == week


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("lun.–ven. 9 h–18 h", "Mon-Fri 09:00-18:00"),
        ("lundi au vendredi 9 h 05–12 h, 14 h–18 h 30", "Mon-Fri 09:05-12:00,14:00-18:30"),
        ("sam., dim.", "Sat-Sun"),
        ("sam. 22 h–2 h ; lun.", "Sat 22:00-02:00; Mon"),
        ("toujours", "always"),
        ("jamais", "never"),
    ],
)
def test_hours_as_people_write_them_are_read(french: str, english: str) -> None:
    assert Week.parse(french) == Week.parse(english)
    assert Week.parse(french.replace(" ", "\u00a0")) == Week.parse(english)


@given(st.timedeltas(timedelta(0), timedelta(days=999)))
@settings(max_examples=30)
def test_lengths_of_time_shown_in_french_are_read_back(length: timedelta) -> None:
    if length:
        assert parse_duration(show(length, "fr")) == length


@given(st.integers(1, 999))
@settings(max_examples=10)
def test_working_days_shown_in_french_are_read_back(count: int) -> None:
    assert WorkingDays.parse(show(WorkingDays(count), "fr")) == WorkingDays(count)


def test_flags_shown_in_french_are_read_back() -> None:
    for flag in (True, False):
        word = show(flag, "fr")
        assert parse(CHARTER.replace("prix: non", f"prix: {word}"), Charter) == parse(
            CHARTER.replace("prix: non", f"prix: {'yes' if flag else 'no'}"), Charter
        )


def test_what_nobody_writes_in_a_file_is_read_as_it_is() -> None:
    assert in_english({"charte": 1, "x": [2.5, None]}, int) == ({"charte": 1, "x": [2.5, None]}, {})
    assert not has_french({"x": [1, "texte libre", {"when": None}]})
    assert has_french([{"x": "samedi"}])


def test_a_list_of_what_is_written_in_french_is_told_to_be_no_charter() -> None:
    with pytest.raises(InvalidError) as error:
        parse("- quand: {type: publication}", Charter)
    (problem,) = error.value.problems
    assert (problem.code, problem.path) == ("wrong-shape", ())


def titles(shape: Any) -> Iterator[str]:  # noqa: ANN401 - a schema or a part of one
    """Yield what a schema calls the sorts of its values; a file may have a key `title` itself."""
    if isinstance(shape, list):
        for one in shape:
            yield from titles(one)
    elif isinstance(shape, dict):
        if isinstance(shape.get("title"), str):
            yield shape["title"]
        for one in shape.values():
            yield from titles(one)


@pytest.mark.parametrize("kind", sorted(FILES, key=str))
def test_what_a_schema_calls_a_value_is_french(kind: type[object]) -> None:
    told = [*titles(schema_in_french(kind))]
    assert told
    assert {*told} <= {*TITLES.values(), *KEYS.values()}
    assert {*TITLES} <= {one for each in FILES for one in titles(schema(each))}


def _described(shape: object) -> Iterator[str]:
    """Yield what a schema says of each key."""
    if isinstance(shape, dict):
        keys = shape.get("properties")
        for one in keys.values() if isinstance(keys, dict) else ():
            if isinstance(one, dict):
                yield one.get("description", "")
        for one in shape.values():
            yield from _described(one)
    elif isinstance(shape, list):
        for one in shape:
            yield from _described(one)


def test_what_is_said_in_french_of_keys_is_what_schemas_say_of_them() -> None:
    said = {one for kind in KINDS.values() for one in _described(schema(kind))}
    assert [one for one in ABOUTS if one not in said] == []


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"act", "requests", "redaction"}))
def test_a_french_schema_says_what_each_key_of_the_file_holds(kind: str) -> None:
    for key, one in schema_in_french(KINDS[kind])["properties"].items():
        about, _, english = one["description"].partition("En anglais\xa0: ")
        assert about.endswith(". "), key
        assert re.fullmatch(r"`[^`]+`\.", english)
        assert english_in(about) == []
