"""The command line: what each command prints, and how it ends."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from cmcore import (
    Act,
    Charter,
    Desk,
    Incident,
    Needs,
    Playbook,
    RequestLog,
    Team,
    read,
    schema,
    unstructure,
)
from cmcore.cli.app import app
from cmcore.cli.inputs import knowing_both
from cmcore.cli.schemas import ANSWERS

from .conftest import CHARTER, HEADER, Run

ROOT = Path(__file__).parents[2]
VALID = "shop, version 2: valid"


def data_of(text: str) -> Any:  # noqa: ANN401 - whatever was printed
    return json.loads(text)


def ending() -> Iterator[str]:
    """Find the commands that end with a verdict: those of a group rather than the group."""
    for name, command in app.commands.items():
        own = command.commands if isinstance(command, click.Group) else None
        yield from [name] if own is None else [f"{name} {one}" for one in own]


class TestHelp:
    @pytest.mark.parametrize("command", sorted(ending()))
    def test_every_command_tells_its_own_exit_codes_as_the_page_does(
        self, run: Run, command: str
    ) -> None:
        shown = run(*command.split(), "--help")
        assert shown.exit_code == 0
        told = dict(re.findall(r"^ +(\d+)  +(.+)$", shown.stdout, re.MULTILINE))
        assert (told.pop("70"), told.pop("130")) == (
            "a fault of cmcore itself: no verdict",
            "interrupted",
        )
        page = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
        (row,) = re.findall(rf"^\| `{command}` \| (.*) \|$", page, re.MULTILINE)
        assert [told.get(code, "") for code in "0123"] == [
            cell.strip() for cell in row.split(" | ")
        ]

    def test_every_command_is_summed_up_in_one_line(self, run: Run) -> None:
        assert "..." not in run("--help").stdout.partition("Commands:")[2]

    def test_no_command_is_bad_usage_and_shows_the_help(self, run: Run) -> None:
        shown = run()
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert "Commands:" in shown.stderr

    def test_the_version_is_told(self, run: Run) -> None:
        assert run("--version").stdout.startswith("cmcore ")


class TestCheck:
    def test_a_valid_charter_is_told_at_a_glance(self, run: Run) -> None:
        shown = run("check", "signed.yaml")
        assert shown.exit_code == 0
        assert shown.stdout.splitlines() == [
            f"✓ {VALID}",
            "  rules      1 permit, 2 refer, 1 forbid",
            "  circuits   crisis, desk (default)",
            "  labels     mood, price_claim, score",
            f"  target     {100 * read('charter.yaml', Charter).target:.1f}%",
            "  in force   always",
            "  approved   ana, bo, 2026-01-05",
            "  review by  2026-06-30",
        ]
        assert not shown.stderr

    def test_it_reads_in_french(self, run: Run) -> None:
        shown = run("check", "signed.yaml", "--lang", "fr")
        assert "shop, version 2\xa0: valide" in shown.stdout
        assert "en vigueur" in shown.stdout

    def test_what_is_wanting_is_a_warning_and_no_failure(self, run: Run) -> None:
        shown = run("check", "charter.yaml")
        assert shown.exit_code == 0
        assert shown.stderr.splitlines() == [
            "charter.yaml: warning: no approver is named (add `approved by`)",
            "charter.yaml: warning: no date is set to read it again (add `review by`)",
        ]

    @pytest.mark.parametrize("at", ["2026-07-01", "2026-07-01T09:00+02:00"])
    def test_what_has_expired_is_a_warning_on_a_day(self, run: Run, at: str) -> None:
        Path("dated.yaml").write_text(
            Path("signed.yaml").read_text(encoding="utf-8")
            + "since: 2026-01-01\nthrough: 2026-06-30\n",
            encoding="utf-8",
        )
        shown = run("check", "dated.yaml", "--at", at)
        assert shown.exit_code == 0
        assert "from 2026-01-01, through 2026-06-30" in shown.stdout
        said = shown.stderr
        assert "review by: it was due to be read again by 2026-06-30" in said
        assert "through: the charter expired on 2026-06-30" in said
        assert "rules[3].through: rule `summer` expired on 2025-08-31" in said

    def test_what_has_not_expired_is_not_warned_of(self, run: Run) -> None:
        assert not run("check", "signed.yaml", "--at", "2025-08-31").stderr

    def test_a_charter_approved_on_no_day_says_by_whom(self, run: Run) -> None:
        Path("by.yaml").write_text(f"{CHARTER}approved by: [ana]\n", encoding="utf-8")
        assert "approved   by ana" in run("check", "by.yaml").stdout

    def test_every_problem_of_every_charter_has_its_file_and_line(self, run: Run) -> None:
        Path("bad.yaml").write_text(
            CHARTER.replace("version: 2", "version: 0").replace("to: crisis", "to: crises"),
            encoding="utf-8",
        )
        shown = run("check", "bad.yaml", "signed.yaml", "nowhere.yaml")
        hint = "(did you mean `crisis`?)"
        assert shown.exit_code == 2
        assert VALID in shown.stdout
        assert shown.stderr.splitlines() == [
            "bad.yaml:2: error: version: there is no version `0` (count versions from 1)",
            f"bad.yaml:13: error: rules[1].to: no circuit is called `crises` {hint}",
            "nowhere.yaml: error: no such file or directory",
        ]

    def test_json_tells_the_charter_or_its_problems(self, run: Run) -> None:
        Path("bad.yaml").write_text("charter: x", encoding="utf-8")
        shown = run("check", "charter.yaml", "bad.yaml", "--json")
        good, bad = data_of(shown.stdout)
        assert (shown.exit_code, shown.stderr) == (2, "")
        assert good["valid"] is True
        assert good["charter"]["charter"] == "shop"
        assert [w["hint"] for w in good["warnings"]] == ["add `approved by`", "add `review by`"]
        assert bad["valid"] is False
        assert {tuple(p.get("path", [])) for p in bad["problems"]} >= {("default",)}


class TestDecide:
    @pytest.mark.parametrize(
        ("topic", "code", "said"),
        [
            ("product", 0, "✓ covered"),
            ("competitor", 1, "✗ forbidden"),
            ("recall", 3, "exception → crisis"),
        ],
    )
    def test_the_outcome_is_the_exit_code(self, run: Run, topic: str, code: int, said: str) -> None:
        facts = ("--fact", "kind=publish", "--fact", f"topics={topic}", "--fact", "price_claim=No")
        shown = run("decide", "charter.yaml", *facts, "--at", "2026-01-01T10:00+01:00")
        assert shown.exit_code == code
        assert shown.stdout.splitlines()[0] == said

    def test_a_number_that_reads_two_ways_is_refused(self, run: Run) -> None:
        shown = run("decide", "charter.yaml", "--fact", "score=1.250")
        assert shown.exit_code == 2
        assert "score: `1.250` may be `1250` or `1.25` (write one of the two)" in shown.stderr

    def test_a_whole_case_is_read_and_a_fact_comes_before_its_act(self, run: Run) -> None:
        case = {"act": {"kind": "publish", "topics": ["recall"], "price_claim": False},
                "context": {"at": "2026-01-01T10:00+00:00"}}  # fmt: skip
        Path("case.json").write_text(json.dumps(case), encoding="utf-8")
        assert run("decide", "charter.yaml", "case.json").exit_code == 3
        assert run("decide", "charter.yaml", "case.json", "--fact", "topics=product").exit_code == 0

    def test_rules_that_count_are_told_what_came_before(self, run: Run) -> None:
        charter = Path("charter.yaml").read_text("utf-8")
        Path("rare.yaml").write_text(f"{charter}volume: {{publish: 2 in 1 d}}\n", encoding="utf-8")
        rows = "".join(
            f"{id_},2026-01-0{day}T10:00+00:00,publish,product,no\n"
            for id_, day in (("a", 1), ("b", 2), ("c", 4))
        )
        Path("log.csv").write_text(HEADER + rows, encoding="utf-8")
        facts = ("--fact", "kind=publish", "--fact", "topics=product", "--fact", "price_claim=No")
        asked = ("decide", "rare.yaml", *facts, "--at")
        assert run(*asked, "2026-01-02T11:00+00:00").exit_code == 3
        assert run(*asked, "2026-01-02T11:00+00:00", "--from-start").exit_code == 0
        codes = {
            at: run(*asked, at, "--history", "log.csv").exit_code
            for at in ("2026-01-01T11:00+00:00", "2026-01-02T11:00+00:00", "2026-01-02T09:00+00:00",
                       "2026-01-04T11:00+00:00")
        }  # fmt: skip
        assert list(codes.values()) == [3, 0, 3, 0]
        told = HEADER.replace(",at,", ",Sent,").replace(",", ";") + rows.replace(",", ";")
        Path("export.csv").write_text(told, encoding="utf-8")
        export = ("--history", "export.csv", "--separator", ";")
        assert run(*asked, "2026-01-02T11:00+00:00", *export).exit_code == 3  # no moment
        assert run(*asked, "2026-01-02T11:00+00:00", *export, "--columns", "at=Sent").exit_code == 0
        wrong = run(*asked, "2026-01-02T11:00+00:00", *export, "--columns", "at=Snt")
        assert (wrong.exit_code, "did you mean `Sent`?" in wrong.stderr) == (2, True)
        Path("log.csv").write_text(f"{HEADER}{rows.replace('publish', 'publsh', 1)}", "utf-8")
        shown = run(*asked, "2026-01-02T09:59+00:00", "--history", "log.csv")
        assert shown.exit_code == 3
        assert shown.stderr.startswith("log.csv: warning: line 2: kind: `kind` is never `publsh`")
        assert run(*asked, "2026-01-02T09:59+00:00", "--history", "none.csv").exit_code == 2

    def test_it_reads_with_its_reasons_and_its_repair(self, run: Run) -> None:
        shown = run("decide", "charter.yaml", "--fact", "kind=publish", "--fact", "topics=product",
                    "--at", "2026-01-01T10:00+01:00")  # fmt: skip
        assert "  nearest permit `daily`: `price_claim` unknown" in shown.stdout.splitlines()
        assert "  covered if `price_claim` is no" in shown.stdout.splitlines()
        assert "couvert si" in run("decide", "charter.yaml", "--fact", "kind=publish", "--fact",
                                   "topics=product", "--lang", "fr").stdout  # fmt: skip

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("act.json", '{"kind": "publish", "topics": ["product"], "price_claim": false}'),
            ("act.yaml", "kind: publish\ntopics: [product]\nprice_claim: no\n"),
            ("act.toml", 'kind = "publish"\ntopics = ["product"]\nprice_claim = false\n'),
        ],
    )
    def test_an_act_may_be_a_file_or_standard_input(self, run: Run, name: str, text: str) -> None:
        Path(name).write_text(text, encoding="utf-8")
        at = ("--at", "2026-01-01T10:00+01:00")
        assert run("decide", "charter.yaml", name, *at).exit_code == 0
        if not name.endswith("toml"):
            assert run("decide", "charter.yaml", "-", *at, stdin=text).exit_code == 0

    @pytest.mark.parametrize(
        ("fact", "told"),
        [
            ("text=ours", "text: theirs"),
            ("price_claim=no", "labels: {price_claim: yes}"),
            ("in_reply_to.tone=calm", "in_reply_to: {tone: angry}"),
            ("in_reply_to.tone=calm", "in_reply_to: {absent: [tone]}"),
            ("template=contest", "absent: [template]"),
            ("price_claim=", "labels: {price_claim: yes}"),
        ],
    )
    @pytest.mark.parametrize("whole", ["{{kind: reply, {}}}", "act: {{kind: reply, {}}}"])
    def test_a_fact_of_the_command_replaces_that_of_the_file_wherever_it_stands(
        self, run: Run, fact: str, told: str, whole: str
    ) -> None:
        without = run("decide", "charter.yaml", "-", "--fact", fact, "--json",
                      stdin=whole.format("network: bluesky"))  # fmt: skip
        given = run("decide", "charter.yaml", "-", "--fact", fact, "--json",
                    stdin=whole.format(f"network: bluesky, {told}"))  # fmt: skip
        assert (given.exit_code, given.output) == (without.exit_code, without.output)

    def test_a_fact_of_the_command_replaces_that_of_the_context(self, run: Run) -> None:
        text = "act: {kind: reply}\ncontext: {author: {roles: [intern]}}"
        asked = ("decide", "charter.yaml", "-", "--fact", "author.roles=lead", "--json")
        assert run(*asked, stdin=text).output == run(*asked, stdin="act: {kind: reply}").output

    def test_a_fact_of_the_command_comes_before_that_of_the_file(self, run: Run) -> None:
        text = "kind: publish\ntopics: [product]\nprice_claim: yes\n"
        assert run("decide", "charter.yaml", "-", stdin=text).exit_code == 3
        shown = run("decide", "charter.yaml", "-", "--fact", "price_claim=no", stdin=text)
        assert shown.exit_code == 0

    @pytest.mark.parametrize("text", ["", " \n", "{}", "kind: null", "id: x1"])
    def test_an_act_of_which_nothing_is_said_is_refused(self, text: str, run: Run) -> None:
        shown = run("decide", "charter.yaml", "-", stdin=text)
        said = "the act is empty (say what it is, as in `kind: publish`)"
        assert (shown.exit_code, shown.stderr) == (2, f"-: error: {said}\n")
        shown = run("decide", "charter.yaml")
        assert (shown.exit_code, shown.stderr) == (2, f"cmcore: error: {said}\n")

    def test_a_moment_is_something_that_is_said_of_an_act(self, run: Run) -> None:
        moment = "2026-01-01T10:00Z"
        shown = run("decide", "charter.yaml", "--at", moment)
        assert (shown.exit_code, shown.stderr) == (3, "")
        assert shown.stdout == run("decide", "charter.yaml", "--fact", f"at={moment}").stdout

    def test_what_is_said_beside_the_file_is_said_of_the_act(self, run: Run) -> None:
        asked = ("decide", "charter.yaml", "-", "--fact")
        assert run(*asked, "kind=publish", stdin="").exit_code == 3
        assert run(*asked, "incident.open=yes", stdin="").exit_code == 3

    def test_a_keyboard_is_not_waited_for(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cmcore.cli.inputs._keyboard", lambda: True)
        asked = ("decide", "charter.yaml", "-", "--fact", "kind=publish")
        assert run(*asked, stdin="kind: nonsense").exit_code == 3

    def test_json_is_the_decision(self, run: Run) -> None:
        facts = ("id=x1", "kind=publish", "topics=recall|product", "score=1.5", "mood=angry",
                 "links=(none)", "language=")  # fmt: skip
        given = [part for fact in facts for part in ("--fact", fact)]
        shown = run("decide", "charter.yaml", *given, "--json")
        found = data_of(shown.stdout)
        assert (found["outcome"], found["act"]["id"]) == ("exception", "x1")
        assert found["circuits"] == ["crisis"]
        act = found["repair"]["act"]
        assert act["topics"] == ["product"]
        assert act["labels"]["score"] == 1.5
        assert act["links"] == []
        assert "language" not in act

    def test_a_whole_number_stays_whole(self, run: Run) -> None:
        shown = run(
            "decide", "charter.yaml", "--fact", "score=2", "--fact", "kind=publish", "--json"
        )
        assert '"score": 2\n' in shown.stdout


class TestAudit:
    @pytest.mark.parametrize(
        ("history", "options", "code", "said"),
        [
            ("met.csv", (), 0, "✓ target met: 100.0% covered (90 of 90)"),
            ("missed.csv", (), 1, "✗ target missed: 16.7% covered (1 of 6)"),
            ("empty.csv", (), 3, "→ not enough evidence: – covered (0 of 0)"),
            ("met.csv", ("--missing", "10"), 3, "→ not enough evidence: 100.0% covered (90 of 90)"),
            ("met.csv", ("--missing", "unknown"), 3, "→ not enough evidence: 100.0%"),
            ("met.csv", ("--partial",), 3, "→ not enough evidence: 100.0%"),
            ("met.csv", ("--confidence", "0.99"), 3, "→ not enough evidence: 100.0%"),
        ],
    )
    def test_the_verdict_is_the_exit_code(
        self, run: Run, history: str, options: tuple[str, ...], code: int, said: str
    ) -> None:
        shown = run("audit", "charter.yaml", history, *options)
        assert (shown.exit_code, shown.stderr) == (code, "")
        assert shown.stdout.splitlines()[0].startswith(said)

    def test_it_tells_the_interval_the_causes_the_periods_and_what_cannot_be_read(
        self, run: Run
    ) -> None:
        lines = run("audit", "charter.yaml", "missed.csv").stdout.splitlines()
        assert any(line.startswith("  0% ") and "●" in line and "┊" in line for line in lines)
        assert "  1 could not be read" in lines
        assert any("never fired: `summer`" in line for line in lines)
        for cause in ("recall", "nothing permits it", "perhaps competitor, recall"):
            assert any(line.startswith(f"  {cause}  ") for line in lines), cause
        assert any(line.split() == ["2026-02", "1", "0", "0.0%"] for line in lines)
        assert any(line.startswith("  line 7") and "time zone" in line for line in lines)
        assert all(line == line.rstrip() for line in lines)

    def test_it_reads_in_french_with_french_figures(self, run: Run) -> None:
        shown = run("audit", "charter.yaml", "missed.csv", "--lang", "fr").stdout
        assert shown.startswith("✗ objectif manqué\xa0: 16,7\u00a0% couverts (1 sur 6)")
        assert "Ce qui n’a pas pu être lu" in shown

    def test_causes_are_explained_by_their_first_example(self, run: Run) -> None:
        shown = run("audit", "charter.yaml", "missed.csv", "--explain", "9").stdout
        assert "recall, as in b (line 3)" in shown
        assert "nothing permits it, as in e (line 6)" in shown
        assert shown.count("covered if") == 4
        assert "unreadable, as in" not in shown

    def test_an_act_without_id_is_named_by_its_line(self, run: Run) -> None:
        Path("plain.jsonl").write_text('{"kind": "publish"}\n', encoding="utf-8")
        shown = run("audit", "charter.yaml", "plain.jsonl", "--explain", "1", "--every", "year")
        assert ", as in line 1\n" in shown.stdout

    def test_an_export_is_audited_as_it_is(self, run: Run) -> None:
        export = "Date;Tag;Likes\n" + "2026-01-01T10:00Z;product;3\n" * 60
        Path("export.csv").write_text(export, encoding="utf-8")
        Path("names.yaml").write_text("topics: Tag\nlinks:\n", encoding="utf-8")
        args = ("audit", "charter.yaml", "export.csv")
        refused = run(*args)
        assert refused.exit_code == 2
        assert "the cells are separated by `;`" in refused.stderr
        facts = ("--fact", "kind=publish", "--fact", "price_claim=no")
        named = ("--columns", "at=Date", "--columns", "names.yaml", "--separator", ";")
        found = run(*args, *named, *facts, "--json")
        assert json.loads(found.stdout)["covered"] == 60
        tabbed = export.replace(";", "\t")
        Path("export.csv").write_text(tabbed, encoding="utf-8")
        assert run(*args, *named[:4], "--separator", "tab", *facts).exit_code == found.exit_code
        assert run(*args, "--separator", ";;").exit_code == 2
        assert "names.yml" in run(*args, "--columns", "names.yml").stderr
        twice = run(*args, "--columns", "at=Date", "--columns", "at=Day")
        assert (twice.exit_code, twice.stdout) == (2, "")
        assert "`at=Day` names the column of `at` a second time" in twice.stderr

    def test_it_can_be_told_that_nothing_came_before(self, run: Run) -> None:
        charter = Path("charter.yaml").read_text("utf-8")
        Path("rare.yaml").write_text(f"{charter}volume: {{publish: 1 in 1 h}}\n", encoding="utf-8")
        rows = HEADER + "a,2026-01-01T10:00+00:00,publish,product,no\n"
        Path("one.csv").write_text(rows, encoding="utf-8")
        whole = run("audit", "rare.yaml", "one.csv", "--from-start", "--json")
        assert json.loads(whole.stdout)["covered"] == 1
        unsure = run("audit", "rare.yaml", "one.csv")
        assert "perhaps outside the scope: volume of publish" in unsure.stdout
        moved = run("compare", "charter.yaml", "rare.yaml", "one.csv")
        assert moved.exit_code == 1
        same = run("compare", "charter.yaml", "rare.yaml", "one.csv", "--from-start")
        assert same.exit_code == 0

    def test_what_is_expected_of_a_period_is_judged_too(self, run: Run) -> None:
        charter = Path("charter.yaml").read_text("utf-8")
        weekly = "target: 0.1\nexpect: [{id: weekly, at least: 1 per week, of: publish}]\n"
        Path("weekly.yaml").write_text(f"{charter}{weekly}", encoding="utf-8")
        rows = "".join(f"a{n},2026-01-{5 + 7 * n:02}T10:00+00:00,publish,product,no\n"
                       for n in range(3))  # fmt: skip
        Path("weeks.csv").write_text(HEADER + rows, encoding="utf-8")
        args = ("audit", "weekly.yaml", "weeks.csv", "--from-start")
        days = ("--since", "2026-01-05", "--through", "2026-01-25")
        assert run(*args, *days).exit_code == 0
        missed = run(*args, "--through", "2026-02-01")
        assert missed.exit_code == 1
        assert "expectations missed: 1 of 1" in missed.stdout
        (counted,) = (line for line in missed.stdout.splitlines() if line.endswith("2026-W05"))
        assert counted.split() == ["weekly", "0", "2026-W05"]
        assert run(*args, "--partial").exit_code == 3
        found = json.loads(run(*args, *days, "--json").stdout)
        assert found["expectations"][0]["standing"] == "met"
        wrong = run(*args, "--since", "2026-02-01", "--through", "2026-01-01")
        assert (wrong.exit_code, wrong.stdout) == (2, "")
        assert "--through: it ends before it begins" in wrong.stderr
        assert run(*args, "--since", "2026-02-01T10:00Z").exit_code == 2

    def test_json_is_the_audit_and_what_is_explained(self, run: Run) -> None:
        found = data_of(run("audit", "charter.yaml", "missed.csv", "--json").stdout)
        assert (found["covered"], found["total"], found["verdict"]) == (1, 6, "missed")
        assert "explained" not in found
        found = data_of(
            run("audit", "charter.yaml", "missed.csv", "--json", "--explain", "5").stdout
        )
        assert [one["place"] for one in found["explained"]] == [
            "line 6",
            "line 5",
            "line 3",
            "line 4",
        ]
        assert found["explained"][2]["decision"]["circuits"] == ["crisis"]

    def test_only_the_first_unreadable_rows_are_shown(self, run: Run) -> None:
        Path("bad.csv").write_text(HEADER + "a,b\n" * 30, encoding="utf-8")
        shown = run("audit", "charter.yaml", "bad.csv").stdout
        assert "  30 could not be read" in shown
        assert shown.count("the number of cells is 2, not 5") == 1
        assert "line 2, line 3, line 4, and 27 more" in shown


class TestCompare:
    def test_nothing_changes(self, run: Run) -> None:
        shown = run("compare", "charter.yaml", "signed.yaml", "met.csv")
        assert shown.exit_code == 0
        assert shown.stdout.startswith("0 of 90 acts change outcome")

    def test_something_changes(self, run: Run) -> None:
        Path("new.yaml").write_text(CHARTER.replace("[recall]", "[product]"), encoding="utf-8")
        shown = run("compare", "charter.yaml", "new.yaml", "missed.csv")
        assert shown.exit_code == 1
        assert "1 could not be read" in shown.stdout
        assert "covered share: 20.0% → 0.0%" in shown.stdout
        found = data_of(run("compare", "charter.yaml", "new.yaml", "missed.csv", "--json").stdout)
        assert found["changed_count"] == 2

    def test_without_a_history_every_act_counts(self, run: Run) -> None:
        same = run("compare", "charter.yaml", "signed.yaml")
        assert (same.exit_code, same.stdout[:1]) == (0, "✓")
        Path("new.yaml").write_text(CHARTER.replace("[recall]", "[product]"), encoding="utf-8")
        shown = run("compare", "charter.yaml", "new.yaml")
        assert shown.exit_code == 1
        assert "closes" in shown.stdout
        found = data_of(run("compare", "charter.yaml", "new.yaml", "--json").stdout)
        assert {one["by"] for one in found["differences"]} >= {"recall"}

    def test_circuits_that_changed_under_one_name_are_a_change(self, run: Run) -> None:
        written = CHARTER.replace("role: manager", "role: jurist")
        assert written != CHARTER
        Path("new.yaml").write_text(written, encoding="utf-8")
        shown = run("compare", "charter.yaml", "new.yaml")
        assert shown.exit_code == 1
        assert "circuits are compared by name; not the same in both:" in shown.stdout
        Path("log.csv").write_text("id,topics\na,product\n", encoding="utf-8")
        shown = run("compare", "charter.yaml", "new.yaml", "log.csv")
        assert shown.exit_code == 1
        assert "circuits are compared by name; not the same in both:" in shown.stdout

    @pytest.mark.parametrize("history", ["missed.csv", "empty.csv"])
    def test_what_cannot_be_read_may_change(self, run: Run, history: str) -> None:
        shown = run("compare", "charter.yaml", "signed.yaml", history)
        assert shown.exit_code == 3
        assert shown.stdout.startswith("0 of")

    def test_a_history_may_tell_what_either_charter_asks(self, run: Run) -> None:
        declared = "labels: {price_claim: flag, score: number, mood: [calm, angry]}"
        other = "labels: {price_claim: flag, score: [low], mood: [calm, merry], tone: [kind]}"
        assert declared in CHARTER
        text = CHARTER.replace(declared, f"{other}\nevents: [launch]")
        Path("new.yaml").write_text(text, encoding="utf-8")
        both = knowing_both(read("charter.yaml", Charter), read("new.yaml", Charter))
        assert both.labels["mood"].values == frozenset({"angry", "calm", "merry"})
        assert both.labels["score"].values == frozenset({"low"})
        assert both.events == {"launch"}
        lines = '{"kind": "publish", "mood": "merry", "tone": "kind", "event.launch": null}\n'
        Path("both.jsonl").write_text(lines, encoding="utf-8")
        assert run("compare", "charter.yaml", "new.yaml", "both.jsonl").exit_code == 0


class TestSchema:
    def test_a_schema_accepts_what_the_library_reads(self, run: Run) -> None:
        shown = run("schema", "--json")
        assert shown.exit_code == 0
        assert shown.stdout == run("schema", "charter").stdout
        charter = unstructure(read("charter.yaml", Charter))
        Draft202012Validator(data_of(shown.stdout)).validate(charter)

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("team", Team),
            ("needs", Needs),
            ("act", Act),
            ("incident", Incident),
            ("playbook", Playbook),
            ("requests", RequestLog),
            ("desk", Desk),
        ],
    )
    def test_other_files_have_one_too(self, run: Run, name: str, kind: type) -> None:
        shown = run("schema", name)
        assert shown.exit_code == 0
        assert data_of(shown.stdout) == schema(kind)

    @pytest.mark.parametrize(
        ("name", "command"),
        [
            ("decision", "decide charter.yaml --fact kind=publish"),
            ("audit", "audit charter.yaml missed.csv"),
            ("comparison", "compare charter.yaml signed.yaml met.csv"),
            ("contrast", "compare charter.yaml signed.yaml"),
            ("suggestion", "suggest met.csv"),
            ("cedar-export", "cedar charter.yaml"),
        ],
    )
    def test_what_a_command_answers_fits_the_schema_of_its_name(
        self, run: Run, name: str, command: str
    ) -> None:
        known = Draft202012Validator(data_of(run("schema", name, "--lang", "fr").stdout))
        told = data_of(run(*command.split(), "--json").stdout)
        known.validate(told)
        assert not known.is_valid({**told, "no such key": 1})

    def test_each_answer_has_the_name_of_its_value(self, run: Run) -> None:
        for name, kind in ANSWERS.items():
            assert name == re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()
            assert data_of(run("schema", name).stdout) == schema(kind)
