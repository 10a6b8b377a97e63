"""Files of what a decision log leaves out: both languages, and all that is wrong."""

import pytest

from cmcore import Charter, InvalidError, dump, parse
from cmcore.base.errors import Problem
from cmcore.charters.kinds import fact_text
from cmcore.codec.french import key_in_french, value_in_french
from cmcore.decisionlog import NAMES_AND_TEXTS, Redaction, stray_names
from cmcore.decisionlog.redactions import NOT_HELD, REDACTABLE


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        parse(text, Redaction)
    return caught.value.problems


def told(text: str, language: str) -> list[str]:
    return [one.text("fr" if language == "fr" else "en") for one in problems(text)]


def test_every_fact_is_named_in_both_languages() -> None:
    french = {name: value_in_french(name, "redaction") for name in REDACTABLE}
    assert len({*french.values()}) == len(french)
    assert french["kind"] == "type"
    names = sorted(REDACTABLE)
    in_english = parse(f"erase: [{', '.join(names)}]", Redaction)
    in_french = parse(f"effacer: [{', '.join(french[name] for name in names)}]", Redaction)
    assert in_english == in_french == Redaction(erase=REDACTABLE)
    assert "type" in dump(in_english, lang="fr").replace("- ", "").splitlines()


def test_a_name_alone_stands_for_a_list_of_one() -> None:
    assert parse("mask: text", Redaction) == Redaction(mask={"text"})
    assert parse("masquer: texte", Redaction) == Redaction(mask={"text"})
    assert parse("{}", Redaction, format="json") == Redaction()


def test_other_names_are_those_of_labels() -> None:
    assert parse("effacer: [budget, nom_du_client]", Redaction).erase == {"budget", "nom_du_client"}
    assert parse("effacer: [mots, heure, règles]", Redaction).erase == {"mots", "heure", "règles"}


def test_all_that_is_wrong_is_told_at_once_with_its_place() -> None:
    text = (
        "erase:\n- author\n- autor\n- recipient\n- 3\n"
        "mask: [recipient, links]\nmaks: text\n"
    )  # fmt: skip
    found = {(one.code, one.path, one.line) for one in problems(text)}
    assert found == {
        ("unknown-redaction", ("erase", 1), 3),
        ("wrong-value", ("erase", 3), 5),
        ("erased-and-masked", ("mask", 0), 6),
        ("left-in-text", ("mask", 1), 6),
        ("unknown-key", ("maks",), 7),
    }


def test_a_file_in_french_is_told_its_own_words() -> None:
    text = "effacer: [destinataire, auteurs, autor]\nmasquer: [destinataire, liens]\n"
    gone, stays = "un journal ne contient rien qui s’appelle", "mais le texte qui le contient reste"
    near, once = "(vouliez-vous dire `auteur`\u202f?)", "(nommez-le une seule fois)"
    assert told(text, "fr") == [
        f"effacer[1], ligne 1\xa0: {gone} `auteurs` {near}",
        f"effacer[2], ligne 1\xa0: {gone} `autor` {near}",
        f"masquer[0], ligne 2\xa0: `destinataire` est à la fois effacé et masqué {once}",
        f"masquer[1], ligne 2\xa0: `liens` disparaît, {stays} (effacez ou masquez aussi `texte`)",
    ]


def test_a_slip_of_a_french_name_is_no_label_in_any_file() -> None:
    (one,) = problems("erase: [destinataires]")
    assert one.params["near"] == ("destinataire",)


def test_the_french_of_a_fact_is_no_label_and_python_says_which_fact_is_meant() -> None:
    facts = {fact_text(name, "fr").strip("`"): name for name in REDACTABLE}
    french = {told: name for told, name in facts.items() if told not in REDACTABLE}
    assert {"texte": "text", "auteur": "author"}.items() < french.items()
    for told_, name in french.items():
        with pytest.raises(InvalidError) as caught:
            Redaction(erase={told_, "text"})
        (one,) = caught.value.problems
        assert (one.code, one.params["near"]) == ("unknown-redaction", (name,))
        for key in ("erase", "effacer"):
            assert parse(f"{key}: [{told_}, texte]", Redaction).erase == {name, "text"}


def test_a_name_that_is_no_fact_and_no_label_of_the_charters_is_told() -> None:
    shop, other = (
        parse(
            f"charter: c\nversion: 1\nlabels: {labels}\ndefault: d\n"
            "circuits: {d: [{ask: {name: ana}, within: 1 h, else: refuse}]}\n",
            Charter,
        )
        for labels in ("{price: flag, client_name: flag}", "{budget: flag}")
    )
    policy = Redaction(erase={"author", "price", "client_nmae"}, mask={"budget", "text"})
    found = stray_names(policy, [shop])
    assert [(one.path, one.params["name"]) for one in found] == [
        (("erase",), "client_nmae"),
        (("mask",), "budget"),
    ]
    assert found[0].params["near"] == ("client_name",)
    assert [one.params["name"] for one in stray_names(policy, [shop, other])] == ["client_nmae"]
    assert stray_names(NAMES_AND_TEXTS, [shop]) == ()


def test_a_fact_that_no_log_holds_is_no_label_in_either_language() -> None:
    names = [*NOT_HELD, *map(key_in_french, NOT_HELD)]
    assert {*names} > {"fits", "férié", "local.heure", "contexte"}
    taken = [name for name in names if not refused(name, "unknown-redaction")]
    held = {value_in_french(name, "redaction") for name in REDACTABLE}
    assert held.issuperset(taken)


def refused(name: str, code: str) -> bool:
    try:
        parse(f"erase: ['{name}', text]", Redaction)
    except InvalidError as error:
        return [one.code for one in error.problems] == [code]
    return False


def test_where_links_lead_goes_with_the_text_alone() -> None:
    for name in ("hosts", "domains", "sites", "domaines"):
        assert [one.code for one in problems(f"mask: [{name}]")] == ["left-in-text"]
        assert parse(f"mask: [{name}, text]", Redaction).covers("hosts")
    (one,) = told("effacer: [sites]", "fr")
    assert "`sites` disparaît" in one


def test_another_shape_is_told() -> None:
    assert {one.code for one in problems("erase: {author: yes}")} == {"wrong-shape"}
    assert {one.path for one in problems("mask: links")} == {("mask",)}
