"""With `--lang fr`, or where the environment says so, nothing is said in English."""

import json
import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
import pytest
from tests.laws.test_french_problems import english_in

from cmcore.cli.app import app
from cmcore.cli.help import FRENCH, METAVARS

from . import test_fail
from .conftest import Run

bad_files = test_fail.bad_files
#: What a user wrote, or what programs call things.
NAMES = re.compile(r"--?[a-z][a-z-]*|\b[A-Z]{2,}\b|^\S+?(?=:)|'[^']*'|\bcmcore\b.*|\.\w+\b")
COMMANDS = {
    "cmcore": app,
    **app.commands,
    **{
        f"{group} {name}": one
        for group in ("incident", "log")
        for name, one in app.commands[group].commands.items()  # type: ignore[attr-defined]
    },
}


def paragraphs(command: click.Command) -> Iterator[str]:
    """Yield what the help of a command says, paragraph by paragraph."""
    told = [cleandoc(command.help or ""), command.short_help or ""]
    told += [one.help or "" for one in command.params if isinstance(one, click.Option)]
    for text in told:
        yield from (" ".join(part.split()) for part in text.split("\n\n") if part)
    for line in (command.epilog or "").splitlines():
        yield re.sub(r"^\s*\d+\s+", "", line).strip(" \b")


def test_every_paragraph_of_the_help_has_its_french_and_none_is_left_over() -> None:
    told = {one for command in COMMANDS.values() for one in paragraphs(command) if one}
    assert told - {*FRENCH} == set()
    assert {*FRENCH} - told == {"Show this message and exit."}


def test_the_french_of_the_help_has_no_word_of_english() -> None:
    odd = {text: words for text in FRENCH.values() if (words := english_in(NAMES.sub("", text)))}
    assert odd == {}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_is_in_french(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    words = name.split()[name == "cmcore" :]
    asked = run(*words, "--help", "--lang", "fr")
    assert run("--lang", "fr", *words, "--help").stdout == asked.stdout
    monkeypatch.setenv("CMCORE_LANG", "fr")
    shown = run(*words, "--help")
    assert (shown.exit_code, shown.stdout) == (0, asked.stdout)
    assert shown.stdout.startswith("Utilisation\xa0: cmcore")
    assert english_in(NAMES.sub("", shown.stdout)) == []
    assert "x>" not in shown.stdout
    assert not {*METAVARS} & {*re.findall(r"\b[A-Z]{2,}\b", shown.stdout)}


@pytest.mark.usefixtures("bad_files")
@pytest.mark.parametrize("case", test_fail.BAD)
def test_bad_input_is_said_in_french(run: Run, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    args, _ = test_fail.BAD[case]
    monkeypatch.setenv("CMCORE_LANG", "fr")
    shown = run(*args)
    assert (shown.exit_code, shown.stdout) == (2, "")
    (line,) = shown.stderr.splitlines()
    assert ": erreur\xa0: " in line
    assert english_in(NAMES.sub("", line.partition("\xa0: ")[2])) == [], line


#: What click says of a command that is not as it should be.
USAGE = {
    "decide --at": "l’option `--at` a besoin d’une valeur",
    "decide c.yaml --json=x": "l’option `--json` ne prend pas de valeur",
    "decide c.yaml a b": "argument de trop\xa0: `b`",
    "decide": "il manque l’argument `CHARTE`",
    "staffing x.yaml": "il manque l’option `--handling`",
    "audit c.yaml h.csv --confidence x": "valeur impossible pour `--confidence`\xa0: `x` n’est pas",
    "audit c.yaml h.csv --explain -1": "valeur impossible pour `--explain`\xa0: `-1` est inf",
    "audit c.yaml h.csv --every x": "n’est pas un choix possible (au choix\xa0: `day`, `week`",
    "chek": "il n’y a pas de commande `chek`",
    "decide --chek": "il n’y a pas d’option `--chek`",
    "assign t.yaml n.yaml --save .": "`.` est un dossier",
    "schema x": "valeur impossible pour `[TYPE]`",
    "check a b --against c": "`--against` porte sur une seule charte",
    "check a --budget 1 --budget 2": "l’option `--budget` est donnée plusieurs fois",
    "decide charter.yaml --fact x": "`--fact`\xa0: `x` n’est pas `NOM=VALEUR`",
    "decide charter.yaml --lang de": "valeur impossible pour `--lang`\xa0: `de` n’est pas un",
}


@pytest.mark.parametrize("args", USAGE)
def test_what_click_says_is_said_in_french(
    run: Run, monkeypatch: pytest.MonkeyPatch, args: str
) -> None:
    monkeypatch.setenv("CMCORE_LANG", "fr")
    shown = run(*args.split())
    assert shown.exit_code == 2
    assert USAGE[args] in shown.stderr
    assert shown.stderr.startswith("cmcore: erreur\xa0: ")
    assert "essayez `cmcore" in shown.stderr


def test_the_option_goes_before_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMCORE_LANG", "fr")
    assert "erreur" in run("check", "no.yaml").stderr
    assert "error" in run("check", "no.yaml", "--lang", "en").stderr
    assert "error" in run("check", "no.yaml", "--lang=en").stderr
    monkeypatch.delenv("CMCORE_LANG")
    assert "error" in run("check", "no.yaml").stderr
    assert "erreur" in run("check", "no.yaml", "--lang", "en", "--lang", "fr").stderr
    assert "error" in run("check", "no.yaml", "--", "--lang", "fr").stderr


def test_an_environment_of_no_language_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CMCORE_LANG", "de")
    shown = run("check", "charter.yaml")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "there are no sentences in `de`" in shown.stderr


def test_warnings_are_said_in_french(run: Run) -> None:
    shown = run("check", "charter.yaml", "--lang", "fr")
    assert shown.exit_code == 0
    lines = shown.stderr.splitlines()
    assert lines
    for line in lines:
        assert ": avertissement\xa0: " in line
        assert english_in(NAMES.sub("", line.partition("\xa0: ")[2])) == [], line


def test_a_fault_of_the_system_is_said_in_french_or_quoted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(error: OSError) -> str:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr("cmcore.cli.inputs.read", fail)
        return run("decide", "charter.yaml", "--fact", "kind=publish", "--lang", "fr").stderr

    denied = refused(PermissionError(13, "Permission denied"))
    assert denied == "charter.yaml: erreur\xa0: l’accès est refusé\n"
    odd = refused(OSError("odd"))
    assert odd == "charter.yaml: erreur\xa0: le système répond\xa0: `odd`\n"


# ------------------------------------------------------------------------------ what is typed back


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("type=publication", "kind=publish"),
        ("type=publish", "kind=publish"),
        ("kind=réponse", "kind=reply"),
        ("paid=non", "paid=no"),
        ("sponsorisé=oui", "paid=yes"),
        ("auteur.contrat=stage", "author.contract=internship"),
        ("en_réponse_à.texte=bonjour", "in_reply_to.text=bonjour"),
    ],
)
def test_a_fact_may_be_given_in_french(run: Run, french: str, english: str) -> None:
    given = run("decide", "charter.yaml", "--fact", french, "--json")
    assert given.exit_code != 2, given.stderr
    assert given.stdout == run("decide", "charter.yaml", "--fact", english, "--json").stdout


def test_an_act_may_be_written_in_french(run: Run) -> None:
    Path("acte.yaml").write_text("type: publication\nsujets: [product]\n", encoding="utf-8")
    Path("act.yaml").write_text("kind: publish\ntopics: [product]\n", encoding="utf-8")
    shown = run("decide", "charter.yaml", "acte.yaml", "--json")
    assert shown.stdout == run("decide", "charter.yaml", "act.yaml", "--json").stdout
    Path("acte.yaml").write_text("type: publication\nsujet: [product]\n", encoding="utf-8")
    shown = run("decide", "charter.yaml", "acte.yaml", "--lang", "fr")
    assert shown.stderr.startswith("acte.yaml:2: erreur\xa0: sujet\xa0: ")
    assert "vouliez-vous dire `sujets`" in shown.stderr


def test_a_log_may_be_in_french(run: Run) -> None:
    line = {"reçue": "r1", "moment": "2026-03-02T09:00+01:00"}
    Path("log.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert run("check", "log.jsonl").exit_code == 0
    Path("log.jsonl").write_text(json.dumps({**line, "moment": "hier"}), encoding="utf-8")
    shown = run("check", "log.jsonl", "--lang", "fr")
    assert shown.stderr.startswith(
        "log.jsonl:1: erreur\xa0: moment\xa0: `hier` n’est pas un instant"
    )


def test_the_schema_of_files_in_french_is_printed(run: Run) -> None:
    shown = run("schema", "charter", "--lang", "fr")
    made = json.loads(shown.stdout)
    assert made["title"] == "charte"
    assert made["$defs"]["rule"]["properties"]["quand"]["description"] == (
        "La condition\u202f; sans elle, la règle s’applique toujours. En anglais\xa0: `when`."
    )
    assert {"charte", "règles", "par défaut"} <= made["properties"].keys()
