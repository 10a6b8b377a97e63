"""`cmcore decide --log` and `cmcore log`: what they write, print, and how they end."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cmcore.codec import read_log
from cmcore.decisionlog import LogEntry

from .conftest import CHARTER, Run

FACTS = ("--fact", "kind=publish", "--fact", "author=ana", "--fact", "price_claim=no")


@pytest.fixture
def log(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(CHARTER, encoding="utf-8")
    for topic in ("product", "recall"):
        run("decide", "shop.yaml", *FACTS, "--fact", f"topics={topic}", "--log", "d.jsonl")
    return Path("d.jsonl")


def entries(path: Path) -> list[LogEntry]:
    return [row for row in read_log(path) if isinstance(row, LogEntry)]


def test_a_decision_is_appended_as_it_was_made(run: Run, log: Path) -> None:
    one, other = entries(log)
    assert (one.charter, one.version, one.outcome) == ("shop", 2, "covered")
    assert other.circuits == ("crisis",)
    assert one.id != other.id
    assert one.at <= other.at
    ended = run("log", "verify", "d.jsonl")
    assert ended.exit_code == 0
    assert "the log is intact: 2 entries" in ended.output


def test_the_entry_of_each_line_fits_its_schema(run: Run, log: Path) -> None:
    known = Draft202012Validator(json.loads(run("schema", "log-entry").stdout))
    for line in log.read_text("utf-8").splitlines():
        known.validate(json.loads(line)["entry"])


def test_each_line_fits_its_schema_and_what_is_none_does_not(run: Run, log: Path) -> None:
    known = Draft202012Validator(json.loads(run("schema", "log-line").stdout))
    Draft202012Validator.check_schema(known.schema)
    for line in log.read_text("utf-8").splitlines():
        whole = json.loads(line)
        known.validate(whole)
        for key in whole:
            assert not known.is_valid({name: one for name, one in whole.items() if name != key})
        wrong: list[dict[str, object]] = [
            {"digest": "x"}, {"previous": 7}, {"entry": {}}, {"more": 1},
        ]  # fmt: skip
        for more in wrong:
            assert not known.is_valid(whole | more)


def test_what_is_redacted_does_not_get_there(run: Run, log: Path) -> None:
    Path("policy.yaml").write_text("erase: [topics]\nmask: [author]\n", encoding="utf-8")
    decide = ("decide", "shop.yaml", *FACTS, "--fact", "topics=product", "--log", "d.jsonl")
    run(*decide, "--redact", "policy.yaml")
    run(*decide, "--redact", "names")
    *_, one, other = entries(log)
    assert (one.act.topics, one.act.author, set(one.redacted)) == (None, None, {"topics", "author"})
    assert (set(other.act.topics or ()), set(other.redacted)) == ({"product"}, {"author"})
    ended = run("log", "replay", "d.jsonl", "--charter", "shop.yaml", "--json")
    found = json.loads(ended.stdout)
    assert (found["equal"], found["untold"], ended.exit_code) == (3, 1, 3)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "warning: erase: no charter here"), ("fr", "avertissement\xa0: effacer\xa0: aucune")],
)
@pytest.mark.usefixtures("log")
def test_a_policy_that_names_nothing_of_the_charter_is_told(
    run: Run, language: str, said: str
) -> None:
    word = {"en": "erase", "fr": "effacer"}[language]
    Path("policy.yaml").write_text(f"{word}: [price_clam]\n", encoding="utf-8")
    decide = ("decide", "shop.yaml", *FACTS, "--fact", "topics=product", "--log", "d.jsonl")
    ended = run(*decide, "--redact", "policy.yaml", "--lang", language)
    assert (ended.exit_code, ended.stderr.count("price_clam")) == (0, 1)
    assert "`price_claim`" in ended.stderr
    assert said in run("check", "policy.yaml", "shop.yaml", "--lang", language).stderr
    assert run("check", "policy.yaml").stderr == ""


@pytest.mark.usefixtures("log")
def test_a_policy_without_a_log_is_refused(run: Run) -> None:
    ended = run("decide", "shop.yaml", *FACTS, "--redact", "names")
    assert ended.exit_code == 2
    assert "--redact: there is no log" in ended.output


def test_a_log_that_was_changed_is_told_line_by_line(run: Run, log: Path) -> None:
    log.write_bytes(log.read_bytes().replace(b"product", b"produce"))
    ended = run("log", "verify", "d.jsonl", "--lang", "fr")
    assert ended.exit_code == 1
    assert "ligne 1" in ended.output
    ended = run("log", "replay", "d.jsonl", "--charter", "shop.yaml")
    assert ended.exit_code == 1
    assert "d.jsonl:1: warning" in ended.output
    assert "the line cannot be read" in ended.output


def test_a_log_that_was_torn_is_no_verdict(run: Run, log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-9])
    assert run("log", "verify", "d.jsonl").exit_code == 3
    assert run("log", "replay", "d.jsonl", "--charter", "shop.yaml").exit_code == 3
    run("decide", "shop.yaml", *FACTS, "--log", "d.jsonl")
    assert run("log", "verify", "d.jsonl").exit_code == 3
    assert len(entries(log)) == 2


def test_a_cut_log_shows_by_its_head(run: Run, log: Path) -> None:
    head = json.loads(run("log", "verify", "d.jsonl", "--json").stdout)["head"]
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    assert run("log", "verify", "d.jsonl").exit_code == 0
    assert run("log", "verify", "d.jsonl", "--head", head).exit_code == 1
    ended = run("log", "verify", "d.jsonl", "--head", "abc")
    assert ended.exit_code == 2
    assert "--head: `abc` is not a SHA-256 digest" in ended.output


@pytest.mark.usefixtures("log")
def test_a_replay_says_how_it_ends(run: Run) -> None:
    assert run("log", "replay", "d.jsonl", "--charter", "shop.yaml").exit_code == 0
    assert run("log", "replay", "d.jsonl").exit_code == 3
    Path("shop.yaml").write_text(CHARTER.replace("recall]", "product]"), encoding="utf-8")
    ended = run("log", "replay", "d.jsonl", "--charter", "shop.yaml")
    assert ended.exit_code == 1
    assert "another version of its charter" in ended.output
    Path("empty.jsonl").touch()
    assert run("log", "replay", "empty.jsonl").exit_code == 3


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("command", ["verify", "replay"])
def test_a_file_that_is_not_there_is_told(run: Run, command: str) -> None:
    ended = run("log", command, "nowhere.jsonl")
    assert ended.exit_code == 2
    assert "nowhere.jsonl: error: no such file" in ended.output


@pytest.mark.usefixtures("log")
def test_something_else_is_no_log(run: Run) -> None:
    ended = run("decide", "shop.yaml", *FACTS, "--log", "shop.yaml")
    assert ended.exit_code == 2
    assert "something else than a decision log" in ended.output
    assert Path("shop.yaml").read_text(encoding="utf-8") == CHARTER


def test_the_group_by_itself_shows_its_help(run: Run) -> None:
    ended = run("log")
    assert ended.exit_code == 2
    assert "verify" in ended.output
