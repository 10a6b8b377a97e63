"""`cmcore cedar`: a charter as policies of Cedar."""

import json
from pathlib import Path

from cmcore import Charter, read
from cmcore.codec import CedarExport, structure, to_cedar

from .conftest import Run


def test_policies_are_printed_and_what_cannot_be_said_is_told(run: Run) -> None:
    told = run("cedar", "charter.yaml")
    made = to_cedar(read("charter.yaml", Charter))
    assert told.exit_code == 1
    assert told.stdout == made.policies
    assert "Cedar cannot say `term`" in told.stderr
    assert structure(json.loads(run("cedar", "charter.yaml", "--json").stdout), CedarExport) == made


def test_what_cannot_be_said_is_told_in_french_within_the_policies_as_well(run: Run) -> None:
    Path("c.yaml").write_text(
        "charte: c\ncircuits: {desk: [{consulte: {rôle: chef}}]}\npar défaut: desk\nrègles:\n"
        "  - {autorise: vie, depuis: 2026-01-01, parce que: Oui., quand: {type: publication,"
        " récents.publication: {moins de: 3 en 1 j}}}\n"
        "exemples: [{couvert: {type: publication}}]\n",
        encoding="utf-8",
    )
    told = run("cedar", "c.yaml", "--lang", "fr")
    for said in (
        "règles.vie\u00a0: Cedar ne sait pas dire `récents.publication moins de`\u00a0:",
        "règles.vie\u00a0: Cedar ne sait pas dire `validité`\u00a0:",
        "exemples[0]\u00a0: Cedar ne donne pas à cet exemple ce qu’il doit avoir",
    ):
        assert f"// {said}" in told.stdout
        assert f"c.yaml: avertissement\u00a0: {said}" in told.stderr


def test_on_a_day_everything_is_said(run: Run) -> None:
    plain = (
        Path("charter.yaml")
        .read_text("utf-8")
        .replace(" any: [{score: {present: yes}}, ", " any: [")
    )
    Path("charter.yaml").write_text(plain.replace("score: number, ", ""), encoding="utf-8")
    told = run("cedar", "charter.yaml", "--on", "2026-03-02", "--schema")
    assert told.exit_code == 0
    assert "mood" not in json.loads(told.stdout)[""]["actions"]["act"]["appliesTo"]["context"]
    assert "summer" not in run("cedar", "charter.yaml", "--on", "2026-03-02").stdout


def test_examples_are_printed_as_tests(run: Run) -> None:
    Path("c.yaml").write_text(
        "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nrules:\n"
        "  - {forbid: erased, when: {kind: delete}, because: We keep it.}\nexamples:\n"
        "  - forbidden: {kind: delete}\n  - covered: {kind: publish}\n", encoding="utf-8",
    )  # fmt: skip
    told = run("cedar", "c.yaml", "--tests")
    assert told.exit_code == 1
    assert [(one["name"], one["decision"]) for one in json.loads(told.stdout)] == [
        ("examples[0]", "deny")
    ]
    assert "examples[1]: Cedar does not give this example what it must get" in told.stderr


def test_in_french(run: Run) -> None:
    Path("c.yaml").write_text(
        "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nrules:\n"
        "  - {forbid: words, when: {text: {mentions: [hm]}}, because: Non.}\n", encoding="utf-8",
    )  # fmt: skip
    told = run("cedar", "c.yaml", "--lang", "fr")
    assert "Cedar ne sait pas dire `texte mentions`" in told.stderr
    assert "when { true }" in told.stdout
