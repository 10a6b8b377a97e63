"""Every kind of file is checked, and a charter against an earlier version."""

import json
import textwrap
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import InvalidError
from cmcore.base import Problem
from cmcore.cli.app import app
from cmcore.codec.files import parse, unstructure
from cmcore.codec.kinds import KINDS, Kind, kind_of, name_of

CHARTER: Final = """\
charter: shop
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules: [{permit: daily, when: {topics: {only: [product]}}, because: Everyday posts go out.}]
"""
FILES: Final = {
    "charter": CHARTER,
    "team": "team: t\nroles: {cm: {}}\nmembers: {ana: {roles: cm}}\n",
    "needs": "needs: n\nseats: {cm: 1}\n",
    "plan": "plan: {ana: cm}\n",
    "incident": "incident: i\nuntil: 2026-01-02T00:00+00:00\n"
    "events: [{opened: o, at: 2026-01-01T00:00+00:00}]\n",
    "playbook": "playbook: p\nduties: [{answer: a, within: 1 h}]\n",
    "desk": "desk: d\ntargets: [{within: 1 h}]\n",
    "requests": "events: [{received: r, at: 2026-01-01T00:00+00:00}]\n",
    "organisation": "organisation: o\nteam: {team: t}\nneeds: {needs: n}\n",
    "redaction": "erase: [author]\nmask: text\n",
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def check(*args: str) -> Result:
    return CliRunner().invoke(app, ["check", *args], prog_name="cmcore")


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_is_checked(kind: str) -> None:
    shown = check(f"{kind}.yaml")
    assert (shown.exit_code, shown.stdout[:1]) == (0, "✓")
    (found,) = json.loads(check("--json", f"{kind}.yaml").stdout)
    assert (found["valid"], found["kind"]) == (True, kind)
    made = next(one.made for one in KINDS if one.name == kind)
    assert found[kind] == unstructure(parse(FILES[kind], made))


@pytest.mark.parametrize("kind", FILES)
def test_what_is_wrong_with_a_file_is_told_in_the_words_of_its_kind(kind: str) -> None:
    Path("bad.yaml").write_text(FILES[kind] + "odd: 1\n", encoding="utf-8")
    shown = check("bad.yaml")
    assert shown.exit_code == 2
    assert len(shown.stderr.splitlines()) == 1
    assert "`odd` is not a known key" in shown.stderr


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
def test_what_is_written_says_what_it_is(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    thing = data.draw(st.from_type(kind.made))
    assert name_of(thing) == kind.name
    assert kind_of(unstructure(thing)) is kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_misspelt_key_does_not_hide_what_a_file_is(kind: Kind) -> None:
    others = sorted(key for key in kind.keys if key != kind.key)
    if others:
        assert kind_of({f"{kind.key}s": "x", **dict.fromkeys(others)}) is kind


def refused(data: object) -> Problem:
    with pytest.raises(InvalidError) as caught:
        kind_of(data)
    return caught.value.problems[0]


def test_what_is_of_no_kind_is_refused() -> None:
    assert refused({"x": 1}).code == "unknown-kind"
    assert refused({}).code == "unknown-kind"
    assert refused({"kind": "publish", "paid": False}).code == "act-alone"
    assert "`team`" in str(refused({"x": 1}))


def test_lines_are_requests_or_a_history() -> None:
    line = json.dumps({"received": "r", "at": "2026-01-01T00:00Z"})
    Path("log.jsonl").write_text(line, encoding="utf-8")
    assert check("log.jsonl").exit_code == 0
    Path("log.jsonl").write_text(f"{line}\n{{}}\n{line[:-1]}", encoding="utf-8")
    assert "history" not in check("log.jsonl").stderr
    Path("acts.jsonl").write_text('{"kind": "publish"}\n', encoding="utf-8")
    Path("acts.csv").write_text("kind\npublish\n", encoding="utf-8")
    for name in ("acts.jsonl", "acts.csv"):
        shown = check(name)
        assert shown.exit_code == 2
        assert f"{name}: error: a history can only be read with its charter" in shown.stderr


def test_a_text_that_a_comment_cuts_is_warned_of() -> None:
    cut = FILES["needs"].replace("needs: n", "needs: n #1")
    Path("cut.yaml").write_text(cut, encoding="utf-8")
    shown = check("cut.yaml")
    said = "cut.yaml:1: warning: needs: `#1` does not belong to the text"
    hint = "`#` begins a comment here: put the text in quotes"
    assert (shown.exit_code, shown.stderr) == (0, f"{said} ({hint})\n")
    (found,) = json.loads(check("cut.yaml", "--json").stdout)
    assert [(one["code"], one["path"]) for one in found["warnings"]] == [("text-cut", ["needs"])]


# ---------------------------------------------------------------------------------------- versions

CHANGED: Final = CHARTER.replace("[product]", "[product, event]")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CHARTER, ""),
        ("# only a comment\n" + CHARTER, ""),
        (CHANGED + "version: 2\n", ""),
        (CHANGED, "version: the charter has changed, and is still version 1 (write `version: 2`)"),
        (CHARTER.replace("shop", "other"), "charter: `other` is not the charter `shop`"),
        (FILES["team"], "a file of team has no version to compare"),
    ],
)
def test_a_charter_that_changed_has_another_version(text: str, said: str) -> None:
    Path("now.yaml").write_text(text, encoding="utf-8")
    shown = check("now.yaml", "--against", "charter.yaml")
    assert shown.exit_code == (2 if said else 0)
    assert f"now.yaml: error: {said}" in shown.stderr if said else "error" not in shown.stderr
    (found,) = json.loads(check("now.yaml", "--against", "charter.yaml", "--json").stdout)
    assert found["valid"] is not bool(said)


def test_a_version_never_goes_back() -> None:
    Path("new.yaml").write_text(CHANGED + "version: 3\n", encoding="utf-8")
    shown = check("charter.yaml", "--against", "new.yaml")
    assert "version: version 1 comes before version 3" in shown.stderr


def test_only_one_charter_is_compared_and_with_a_charter() -> None:
    shown = check("charter.yaml", "team.yaml", "--against", "charter.yaml")
    assert (shown.exit_code, "is about one charter" in shown.stderr) == (2, True)
    assert check("charter.yaml", "--against", "team.yaml").stderr.startswith("team.yaml:1: error:")


def warned(*paths: str) -> set[str]:
    """Return the warnings of files that are checked together, with the places they are at."""
    found = json.loads(check("--json", *paths).stdout)
    return {
        f"{problem['code']} {'.'.join(map(str, problem.get('path', [])))}"
        for one in found
        for problem in one["warnings"]
    } - {"not-approved ", "no-review-date "}


ASKING: Final = """\
charter: shop
circuits:
  desk:
    - {ask: {role: cm}, need: 2, within: 1 h}
    - {ask: {skill: law}, within: 1 h}
  quick:
    stages: [{ask: {team: t}, deputies: {name: bo}, within: 1 h}, {ask: {name: ana}, within: 1 h}]
    emergency: [{ask: {team: other}, within: 1 h}]
default: desk
rules: [{permit: daily, when: {kind: publish}, because: Everyday posts go out.}]
"""


@pytest.mark.parametrize("when", ["", "when: {all: []}, "])
def test_a_permit_that_asks_nothing_is_warned_of(when: str) -> None:
    text = ASKING.replace("when: {kind: publish}, ", when)
    Path("whatever.yaml").write_text(text, encoding="utf-8")
    assert warned("whatever.yaml") >= {"permits-whatever rules.0"}


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("any: []", "of-nothing"),
        ("text.length: {above: 5, below: 3}", "never-true"),
        ("all: [kind: reply, not: {kind: reply}]", "never-true"),
        ("any: [{any: []}, {kind: reply, not: {kind: reply}}]", "never-true"),
    ],
)
def test_a_rule_that_no_act_makes_true_is_warned_of(when: str, why: str) -> None:
    text = ASKING.replace("when: {kind: publish}, ", f"when: {{{when}}}, ")
    Path("never.yaml").write_text(text, encoding="utf-8")
    assert warned("never.yaml") >= {f"rule-{why} rules.0.when"}
    Path("count.yaml").write_text(f"{ASKING}\ncounts: {{none: {{{when}}}}}\n", encoding="utf-8")
    assert warned("count.yaml") >= {f"count-{why} counts.none"}


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("text.length: {above: 5, below: 3}", "`text.length`"),
        ("any: [{paid: yes, not: {paid: yes}}, {kind: reply, not: {kind: reply}}]",
         "`kind` and `paid`"),
        ("incident.open: no, incident.severity: high", "`incident.open` and `incident.severity`"),
        ("text: {present: no}, text.length: {above: 5}", "`text` and `text.length`"),
        ("all: [{incident.open: no}, {not: {incident.open: no}}], incident.severity: high",
         "`incident.open`"),
    ],
)  # fmt: skip
def test_a_rule_that_no_act_makes_true_names_the_facts(when: str, facts: str) -> None:
    text = ASKING.replace("when: {kind: publish}, ", f"when: {{{when}}}, ")
    Path("never.yaml").write_text(text, encoding="utf-8")
    assert f"no act is as it asks of {facts} (" in check("never.yaml").stderr


@pytest.mark.parametrize(
    ("told", "asked", "is_said"),
    [
        ("never: [{covered: {kind: publish}}]", (), True),
        ("never: [{covered: {kind: reply}}]", (), False),
        ("", ("--deep",), True),
        ("never: [{covered: {kind: publish}}]", ("--json",), False),
    ],
)
def test_where_acts_are_shown_it_is_said_how_to_try_them(
    *, told: str, asked: tuple[str, ...], is_said: bool
) -> None:
    Path("shown.yaml").write_text(ASKING + told, encoding="utf-8")
    shown = check("shown.yaml", *asked).stdout
    last = "the acts shown are whole with `--json`, and `cmcore decide` takes them as they are"
    assert shown.endswith(f"\n\n{last}\n") is is_said


def test_what_a_charter_says_twice_of_itself_or_of_no_act_is_warned_of() -> None:
    told = """
always: [{covered: {kind: publish}}]
never: [{covered: {paid: yes}, because: One.}, {covered: {paid: no}}, {covered: {paid: yes}}]
examples:
  - covered: {}
    context: {incident: {open: no}}
  - covered: {kind: publish}
  - forbidden: {}
  - covered: {kind: publish}
  - exception: {kind: publish}
"""
    Path("twice.yaml").write_text(ASKING + told, encoding="utf-8")
    expected = {"said-again never.2", "said-again examples.3", "empty-act examples.2"}
    found = {one for one in warned("twice.yaml") if one.split()[1].split(".")[0] in _OF_ITSELF}
    assert found == expected
    assert "the charter says this twice (never[0] has it already)" in check("twice.yaml").stderr


_OF_ITSELF: Final = {"always", "never", "examples"}
IN_VAIN: Final = """\
charter: c
labels: {price: flag}
events: [launch]
counts: {ads: {topics: ad}}
kinds: {open-page: {en: Open a page, fr: Ouvrir}, open-account: {en: Open, fr: ouvrir}}
circuits:
  desk: [{ask: {role: cm}, else: refuse}, {ask: {role: head}, else: lapse, within: 1 h}]
  crisis:
    stages: [{ask: {role: cm}}, {ask: {role: head}}]
    emergency: [{ask: {role: cm}, else: lapse}]
default: desk
rules: [{permit: daily, when: {kind: publish}, because: Everyday posts go out.}]
"""


def test_what_is_written_and_does_nothing_is_warned_of() -> None:
    Path("vain.yaml").write_text(IN_VAIN, encoding="utf-8")
    assert warned("vain.yaml") == {
        "label-unused labels.price",
        "event-unused events.launch",
        "count-unused counts.ads",
        "kind-called-alike kinds.open-page.fr",
        "time-never-out circuits.desk.0.else",
        "time-never-out circuits.crisis.emergency.0.else",
    }


def test_a_charter_that_asks_in_vain_is_warned_of_beside_a_team() -> None:
    Path("asking.yaml").write_text(ASKING, encoding="utf-8")
    assert warned("asking.yaml", "charter.yaml", "desk.yaml") == set()
    assert warned("asking.yaml", "team.yaml") == {
        "too-few-asked circuits.desk.0.need",
        "nobody-asked circuits.desk.1.ask",
        "nobody-asked circuits.quick.stages.0.deputies",
        "nobody-asked circuits.quick.emergency.0.ask",
    }
    others = (
        "{team: other, roles: {cm: {}}, members: {bo: {roles: cm, skills: law}, cy: {roles: cm}}}"
    )
    Path("others.yaml").write_text(others, encoding="utf-8")
    assert warned("others.yaml", "asking.yaml", "team.yaml") == set()


def test_values_of_a_trait_that_look_alike_are_warned_of() -> None:
    text = "team: t\nmembers: {ana: {employer: Acme}, bo: {employer: Acmé}, cy: {employer: ACME}}\n"
    Path("alike.yaml").write_text(text, encoding="utf-8")
    assert warned("alike.yaml") == {"trait-looks-alike members.bo.employer"}


SILENT: Final = """\
charter: c
kinds: {open-account: {en: open, fr: ouvrir, silent: yes}, meet-us: {en: meet, fr: voir}}
counts: {openings: {kind: open-account}, both: {kind: [open-account, publish]}}
circuits: {desk: [{ask: {role: cm}}]}
default: desk
expect:
  - {id: a, of: open-account, at least: 1 per week}
  - {id: b, of: publish, after: openings, within: 1 h}
  - {id: c, of: both, at least: 1 per week}
  - {id: d, of: meet-us, at least: 1 per week}
rules: [{permit: daily, when: {kind: publish}, because: Everyday posts go out.}]
"""


def test_kinds_that_are_on_no_network_are_warned_of_in_a_charter_of_some() -> None:
    Path("silent.yaml").write_text(SILENT, encoding="utf-8")
    assert warned("silent.yaml") == set()
    Path("silent.yaml").write_text(f"networks: [x]\n{SILENT}", encoding="utf-8")
    assert warned("silent.yaml") == {
        "kind-off-networks kinds.open-account",
        "expects-off-networks expect.0.of",
        "expects-off-networks expect.1.after",
    }
    loud = SILENT.replace(", silent: yes", "")
    Path("loud.yaml").write_text(f"networks: [x]\n{loud}", encoding="utf-8")
    assert warned("loud.yaml") == set()


DATED: Final = """\
team: t
roles: {cm: [a]}
members:
  ana: {roles: cm, skills: [{skill: a, until: 2026-03-31}, {skill: law, until: unknown}]}
  bo: {roles: cm, skills: [{skill: a, until: 2026-12-31}]}
"""


def test_skills_that_have_run_out_are_warned_of_and_those_that_will_before_the_review() -> None:
    Path("dated.yaml").write_text(DATED, encoding="utf-8")
    Path("asking.yaml").write_text(f"{ASKING}review by: 2027-01-01\n", encoding="utf-8")
    unknown = "skill-end-unknown members.ana.skills"
    assert warned("dated.yaml") == {unknown}
    expired = "skill-expired members.ana.skills"
    for day, more in (("2026-03-31", set[str]()), ("2026-04-01T00:00Z", {expired})):
        assert warned("dated.yaml", "--at", day) == {unknown, *more}
    soon = {f"skill-expires members.{who}.skills" for who in ("ana", "bo")}
    asked = {one for one in warned("dated.yaml", "asking.yaml") if one.startswith("skill")}
    assert asked == {unknown, *soon}
    shown = check("dated.yaml", "asking.yaml").stderr
    assert "`bo` no longer has `a` from 2027-01-01, before the review of" in shown


def test_a_circuit_asks_in_vain_for_skills_that_have_run_out() -> None:
    Path("dated.yaml").write_text(DATED, encoding="utf-8")
    Path("asking.yaml").write_text(ASKING, encoding="utf-8")
    few = "too-few-asked circuits.desk.0.need"
    assert few not in warned("asking.yaml", "dated.yaml")
    assert few not in warned("asking.yaml", "dated.yaml", "--at", "2026-03-31")
    assert few in warned("asking.yaml", "dated.yaml", "--at", "2026-04-01")


def test_a_circuit_that_no_charter_has_is_warned_of_beside_charters() -> None:
    event = "  {reply: %s, at: 2026-01-01T01:00+00:00, review: [%s]}"
    text = FILES["incident"].replace("}]", "},\n" + event % ("a", "dsk") + ",\n"
                                     + event % ("b", "desk") + "]")  # fmt: skip
    Path("crisis.yaml").write_text(text, encoding="utf-8")
    assert warned("crisis.yaml") == set()
    assert warned("crisis.yaml", "charter.yaml") == {"unknown-circuit events.1.review"}
    shown = check("crisis.yaml", "charter.yaml")
    assert "warning: events[1].review: no circuit is called `dsk` (did you mean" in shown.stderr
    assert shown.exit_code == 0


@pytest.mark.parametrize(
    ("stage", "is_vain"),
    [
        ("{ask: {name: bo}, need: 2}", True),
        ("{ask: {name: [bo, cy]}, need: 3, deputies: {name: di}}", True),
        ("{ask: {name: [bo, cy]}, need: 2}", False),
        ("{ask: {name: bo}, need: all}", False),
        ("{ask: {name: bo}, need: no objection, within: 1 h}", False),
        ("{ask: {role: cm}, need: 9}", False),  # how many hold it, only a team says
    ],
)
def test_one_person_is_not_asked_for_two_approvals(stage: str, is_vain: bool) -> None:  # noqa: FBT001
    text = ASKING.replace("circuits:\n", f"circuits:\n  one: [{stage}]\n")
    Path("one.yaml").write_text(text, encoding="utf-8")
    found = {"too-few-asked circuits.one.0.need"} if is_vain else set[str]()
    assert warned("one.yaml", "charter.yaml") == found


def test_what_a_desk_never_comes_to_is_warned_of() -> None:
    text = """\
desk: d
targets:
  - {within: 1 h, topics: [bill, crisis]}
  - {within: 2 h, topics: [bill], networks: [x]}
  - {within: 3 h, networks: [x]}
  - 4 h
  - {within: 5 h, topics: [other]}
routes: [{role: cm, topics: [bill]}, law, {role: cm}]
resolve: [9 d, 8 d]
"""
    Path("two.yaml").write_text(text, encoding="utf-8")
    idle = {"never-reached targets.1", "never-reached targets.4", "never-reached routes.2",
            "never-reached resolve.1"}  # fmt: skip
    assert warned("two.yaml") == idle
    assert warned("two.yaml", "team.yaml") == idle | {"unknown-role routes.1.role"}


@pytest.mark.parametrize(
    ("sign", "answer", "is_late"),
    [
        ("2 h", "1 h", True),
        ("1 h", "1 h", False),
        ("{within: 2 h, topics: [bill]}", "1 h", True),
        ("2 h", "{within: 1 h, topics: [bill]}", False),
        ("{within: 2 h, hours: Mon}", "1 h", True),
        ("2 h", "{within: 1 h, hours: Mon}", False),
        ("{within: 2 working days, hours: Mon}", "{within: 1 working day, hours: Mon}", True),
        ("{within: 2 working days, hours: Mon}", "{within: 1 working day, hours: Tue}", False),
        ("{within: 2 working days, hours: Mon}", "1 h", False),
    ],
)
def test_an_acknowledgement_after_the_answer_is_warned_of(
    sign: str,
    answer: str,
    is_late: bool,  # noqa: FBT001
) -> None:
    text = f"desk: d\ntargets: [{answer}]\nacknowledge: [{sign}]\n"
    Path("signs.yaml").write_text(text, encoding="utf-8")
    found = {"acknowledged-after-answer acknowledge.0"} if is_late else set[str]()
    assert warned("signs.yaml") == found


@pytest.mark.parametrize("text", [
    "{kind: reply, text: Hello.}",
    "{id: a1, kind: reply, labels: {promise: yes}}",
    "{id: a1, text: Hello., labels: {promise: yes}, absent: [template], in_reply_to: {tone: calm}}",
    "{labels: {promise: yes}, kind: publish}",
    "{author: ana, promise: yes}",
])  # fmt: skip
def test_an_act_is_known_for_one_whatever_it_says(text: str) -> None:
    Path("act.yaml").write_text(text, encoding="utf-8")
    shown = check("act.yaml")
    assert shown.exit_code == 2
    assert shown.stderr.startswith("act.yaml:1: error: an act can only be read with its charter (")
    assert shown.stderr.count("\n") == 1


def test_a_charter_that_permits_nothing_is_warned_of() -> None:
    text = CHARTER.replace("permit: daily", "refer: daily, to: desk")
    Path("none.yaml").write_text(text, encoding="utf-8")
    assert warned("none.yaml", "charter.yaml") == {"no-permit rules"}


class TestGuarantees:
    """What a charter guarantees is proven, and its examples are tried."""

    def told(self, more: str, *options: str) -> Result:
        Path("charter.yaml").write_text(f"{CHARTER}\n{more}\n", encoding="utf-8")
        return check(*options, "charter.yaml")

    def test_what_is_kept_is_told_and_good(self) -> None:
        shown = self.told("always: [{exception: {topics: {any of: [other]}}}]")
        assert shown.exit_code == 0
        assert "1 guarantee; 0 examples; all kept" in shown.stdout
        assert "– proven" in shown.stdout

    @pytest.mark.parametrize(
        "more",
        [
            "never: [{exception: {topics: {any of: [other]}}}]",
            "examples: [{covered: {topics: [other]}}]",
        ],
    )
    def test_what_is_not_kept_is_shown_with_an_act(self, more: str) -> None:
        shown = self.told(more)
        assert shown.exit_code == 1
        assert "not kept: 1" in shown.stdout
        assert "topics: `other`" in shown.stdout
        assert "non tenu" in check("--lang", "fr", "charter.yaml").stdout
        (found,) = json.loads(check("--json", "charter.yaml").stdout)
        assert found["proof"]["charter_digest"]

    def test_what_is_not_settled_has_a_code_of_its_own(self) -> None:
        odd = "(?:[[:word:]]{3}[[:punct:]]){2}"
        shown = self.told(f"never: [{{exception: {{text: {{matches: '{odd}'}}}}}}]")
        assert shown.exit_code == 3
        assert "– not settled" in shown.stdout

    def test_a_guarantee_of_no_act_is_told_and_warned_of(self) -> None:
        shown = self.told(
            "always: [{forbidden: {kind: hide, topics: {any of: [a], none of: [a]}}}]\n"
            "never: [{covered: {topics: {any of: [other]}}}, "
            "{covered: {topics: {any of: [a], none of: [a]}}}]"
        )
        assert shown.exit_code == 0
        assert "there is no such act" in shown.stdout
        idle = "there is no act like this, so nothing is guaranteed"
        assert [line for line in shown.stderr.splitlines() if idle in line] == [
            f"charter.yaml: warning: {place}: {idle} (ask for less, or drop the guarantee)"
            for place in ("always[0].forbidden", "never[1].covered")
        ]
        Path("organisation.yaml").write_text(
            "organisation: o\ncharter: charter.yaml\n", encoding="utf-8"
        )
        assert f"charter.never[1].covered: {idle}" in check("organisation.yaml").stderr

    def test_what_is_not_settled_is_not_said_to_be_kept(self) -> None:
        shown = self.told("always: [{forbidden: {text: {matches: '^a{5}$', length: {above: 6}}}}]")
        assert shown.exit_code == 3
        assert "1 guarantee; 0 examples; not settled: 1" in shown.stdout
        assert "all kept" not in shown.stdout

    @pytest.mark.parametrize("charter", ["charter.yaml", "whole"])
    def test_what_the_charter_of_an_organisation_guarantees_is_proven_too(
        self, charter: str
    ) -> None:
        more = "never: [{covered: {kind: publish}}]"
        alone = self.told(more)
        text = Path("charter.yaml").read_text(encoding="utf-8")
        held = charter if charter != "whole" else "\n" + textwrap.indent(text, "  ")
        Path("organisation.yaml").write_text(
            f"organisation: o\ncharter: {held}\n", encoding="utf-8"
        )
        shown = check("organisation.yaml")
        assert shown.exit_code == alone.exit_code == 1
        assert "not kept: 1" in shown.stdout
        assert check("--deep", "organisation.yaml").exit_code == 1
        assert "analysis" in check("--deep", "--json", "organisation.yaml").stdout

    @pytest.mark.parametrize(
        ("more", "place"),
        [
            ("always: [{exception: {network: facebok}}]", "always[0].exception.network"),
            ("never: [{covered: {network: facebok}}]", "never[0].covered.network"),
            (
                "examples: [{exception: {kind: publish, network: facebok}}]",
                "examples[0].exception.network",
            ),
        ],
    )
    def test_a_network_that_looks_misspelt_is_warned_of(self, more: str, place: str) -> None:
        assert f"charter.yaml: warning: {place}: `facebok`" in self.told(more).stderr

    def test_a_charter_that_guarantees_nothing_is_not_asked(self) -> None:
        assert "guarantee" not in check("charter.yaml").stdout
        (found,) = json.loads(check("--json", "charter.yaml").stdout)
        assert "proof" not in found


class TestDeep:
    """With `--deep`, what a charter can do is looked at."""

    def written(self, *rules: str) -> None:
        text = CHARTER.replace("\nrules: [", f"\nrules: [{', '.join((*rules, ''))}")
        Path("charter.yaml").write_text(text, encoding="utf-8")

    def test_nothing_is_found_of_a_charter_whose_rules_all_matter(self) -> None:
        shown = check("--deep", "charter.yaml", "team.yaml")
        assert shown.exit_code == 0
        assert "0 findings" in shown.stdout

    def test_a_rule_that_changes_nothing_is_found(self) -> None:
        self.written("{permit: more, when: {topics: {only: [product]}, paid: no}, because: Why?}")
        shown = check("--deep", "charter.yaml")
        assert shown.exit_code == 1
        assert "leaving it out changes no decision, because of `daily`" in shown.stdout
        assert "ne change aucune décision" in check("--deep", "--lang", "fr", "charter.yaml").stdout
        (found,) = json.loads(check("--deep", "--json", "charter.yaml").stdout)
        assert [
            claim["about"] for claim in found["analysis"]["claims"] if claim["holds"] == "true"
        ] == ["more"]
        assert check("charter.yaml").exit_code == 0

    def test_what_is_left_open_has_a_code_of_its_own(self) -> None:
        odd = "(?:[[:word:]]{3}[[:punct:]]){2}"
        self.written(f"{{forbid: odd, when: {{text: {{matches: '{odd}'}}}}, because: Odd.}}")
        shown = check("--deep", "charter.yaml")
        assert shown.exit_code == 3
        assert "not settled: whether any act makes it true" in shown.stdout

    def test_a_history_ranks_conflicts_and_says_what_is_worth_labelling(self) -> None:
        Path("history.csv").write_text("id,topics\na,product\nb,\n", encoding="utf-8")
        shown = check("--deep", "--history", "history.csv", "charter.yaml")
        assert shown.exit_code == 0
        assert "acts settled: 1 of 2" in shown.stdout
        assert "Worth labelling first" in shown.stdout
        french = check("--deep", "--history", "history.csv", "--lang", "fr", "charter.yaml")
        assert "À renseigner d’abord" in french.stdout
        told = check("--deep", "--history", "history.csv", "--json", "charter.yaml").stdout
        assert json.loads(told)[0]["analysis"]["labelling"]["facts"]

    @pytest.mark.parametrize(
        ("options", "alone", "beside"),
        [
            (["--from-start"], "--from-start", "--history"),
            (["--deep", "--from-start"], "--from-start", "--history"),
            (["--deep", "--fact", "kind=publish"], "--fact", "--history"),
            (["--deep", "--separator", ";"], "--separator", "--history"),
            (["--zone", "Europe/Paris"], "--zone", "--history"),
            (["--deep", "--columns", "text=Message"], "--columns", "--history"),
            (["--budget", "9"], "--budget", "--deep"),
        ],
    )
    def test_no_option_is_passed_over(self, options: list[str], alone: str, beside: str) -> None:
        Path("charter.yaml").write_text(CHARTER, encoding="utf-8")
        shown = check(*options, "charter.yaml")
        assert shown.exit_code == 2
        assert f"`{alone}` is on its own" in shown.stderr
        assert f"it goes with `{beside}`" in shown.stderr

    def test_a_team_is_not_analysed(self) -> None:
        Path("team.yaml").write_text(
            "team: crew\nroles: {cm: {}}\nmembers: {ana: {roles: cm}}\n", encoding="utf-8"
        )
        Path("charter.yaml").write_text(CHARTER, encoding="utf-8")
        shown = check("--deep", "team.yaml")
        assert shown.exit_code == 2
        assert "`--deep` is about charters, and no file holds one" in shown.stderr
        assert "aucun fichier n’en contient" in check("--deep", "team.yaml", "--lang", "fr").stderr
        assert check("--deep", "team.yaml", "charter.yaml").exit_code != 2

    def test_with_less_of_a_budget_more_is_left_open(self) -> None:
        Path("charter.yaml").write_text(CHARTER, encoding="utf-8")
        shown = check("--deep", "--budget", "0", "charter.yaml")
        assert shown.exit_code == 3
        assert "the work of the budget was done" in shown.stdout
        assert check("--deep", "--budget", "-1", "charter.yaml").exit_code == 2

    @pytest.mark.parametrize("args", [["charter.yaml"], ["--deep", "charter.yaml", "team.yaml"]])
    def test_a_history_goes_with_deep_and_with_one_charter(self, args: list[str]) -> None:
        assert check("--history", "history.csv", *args).exit_code == 2

    def test_a_file_that_is_not_valid_is_worse_than_what_is_found(self) -> None:
        Path("bad.yaml").write_text("charter: bad\n", encoding="utf-8")
        assert check("--deep", "charter.yaml", "bad.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("more", "warning"),
    [
        (
            """expect:
  - {id: a, of: publish, at least: 3 per week}
  - {id: b, of: any, at most: 2 per week}""",
            "expectations-clash expect.1",
        ),
        (
            """through: 2026-06-30
expect: [{id: a, of: publish, at least: 3 per week, since: 2026-07-01}]""",
            "never-in-force expect.0",
        ),
        ("through: 2027-06-30\ncalendar: {closed: [2026-12-25]}", "calendar-too-short calendar"),
    ],
)
def test_what_no_history_can_meet_is_warned_of(more: str, warning: str) -> None:
    Path("odd.yaml").write_text(f"{ASKING}{more}\n", encoding="utf-8")
    assert warned("odd.yaml") >= {warning}


@pytest.mark.parametrize(
    ("employers", "is_told"),
    [(("acme", "acme", None), True), (("acme", None, None), True), (("acme", "bolt", None), False)],
    ids=["alike", "unknown", "different"],
)
def test_people_who_cannot_differ_are_warned_of(
    employers: tuple[str | None, ...], *, is_told: bool
) -> None:
    stage = "need: 2, differ: employer, deputies: {skill: law}"
    silent = "ask: {skill: law}, need: no objection"
    text = ASKING.replace("need: 2", stage).replace("- {ask: {skill: law}", f"- {{{silent}")
    Path("differ.yaml").write_text(text, encoding="utf-8")
    people = {
        f"m{number}": {"roles": ["cm"], "skills": ["law"]} | ({"employer": firm} if firm else {})
        for number, firm in enumerate(employers)
    }
    team = {"team": "t", "roles": ["cm"], "members": people}
    Path("people.json").write_text(json.dumps(team), encoding="utf-8")
    told = "too-few-differ circuits.desk.0.differ"
    assert (told in warned("differ.yaml", "people.json")) == is_told


def test_an_organisation_is_checked_with_all_that_it_names() -> None:
    Path("organisation.yaml").write_text(
        "organisation: o\nteam: team.yaml\nneeds: needs.yaml\ncharter: charter.yaml\n"
        "desk: desk.yaml\nhistory: history.csv\nobjectives: [ventes, vents, notoriete]\n",
        encoding="utf-8",
    )
    Path("team.yaml").write_text(
        "team: t\nroles: {cm: {based on: comunicator}, ok: {based on: sales}}\n"
        "members: {ana: {networks: [instagrm]}}\n",
        encoding="utf-8",
    )
    Path("history.csv").write_text("kind,at\npublish,soon\n", encoding="utf-8")
    shown = check("organisation.yaml")
    assert shown.exit_code == 0
    told = shown.stderr
    assert "organisation.yaml: warning: charter.circuits.desk[0].ask: " in told  # no editor there
    assert "team.roles.cm.based on: the catalog has no role `comunicator`" in told
    assert "did you mean `communicator`?" in told
    assert "team.members.ana.networks: `instagrm` is not a known network" in told
    assert "history.line 2.at: " in told
    assert "objectives: the catalog has no objective `vents`" in told
    assert "the catalog has no objective `notoriete` (did you mean `notoriety`?)" in told
    assert "no objective `sales`" not in told
    assert "no objective `ventes`" not in told  # the same in French
    alone = check("team.yaml").stderr
    assert "team.yaml: warning: roles.cm.based on: " in alone
    Path("team.yaml").write_text("team: t\nodd: 1\n", encoding="utf-8")
    broken = check("organisation.yaml")
    assert (broken.exit_code, broken.stderr.count("\n")) == (2, 1)
    assert broken.stderr.startswith("team.yaml:2: error: odd: ")


def test_warnings_of_a_file_in_french_have_its_keys_and_words() -> None:
    text = """\
charte: c
réseaux: [x]
événements: [lancement]
types: {ouvrir-compte: {en: Open, fr: Ouvrir, muet: oui}}
circuits: {bureau: [{consulte: {rôle: cm}, sinon: refuser}]}
par défaut: bureau
règles: [{autorise: tout, quand: {au choix: []}, parce que: Tout va.}]
jamais: [{interdit: {type: publication, pas: {type: publication}}}]
"""
    Path("vaine.yaml").write_text(text, encoding="utf-8")
    (found,) = json.loads(check("--json", "vaine.yaml").stdout)
    assert {".".join(map(str, one.get("path", []))) for one in found["warnings"]} == {
        "",
        "événements.lancement",
        "types.ouvrir-compte",
        "circuits.bureau.0.sinon",
        "règles.0.quand",
        "jamais.0.interdit",
    }
    shown = check("vaine.yaml", "--lang", "fr").stderr
    for told in ("`depuis.lancement`", "`sous: 2 h`", "`approuvée par`", "`à relire avant`"):
        assert told in shown, shown
