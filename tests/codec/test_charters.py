from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.errors import InvalidError, Path, Problem
from cmcore.charters.charter import USUAL_TARGET, Approval, Charter
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.charters.rule import Term
from cmcore.charters.scope import Scope, Volume
from cmcore.circuits.approvers import Approvers, Source
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.codec.bounds import Data
from cmcore.codec.charters import CHARTER, read_charter
from cmcore.codec.files import parse
from cmcore.strategies import charters
from cmcore.teams.needs import Needs
from cmcore.time import Calendar
from cmcore.time.clocks import BusinessClock
from cmcore.time.week import Week

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BASE: dict[str, Any] = {
    "charter": "airline",
    "circuits": {"desk": [{"ask": {"role": "editor"}}]},
    "default": "desk",
}
TEXT = """\
charter: airline
circuits:
  desk: [{ask: {role: editor}}]
default: desk
"""


@pytest.mark.parametrize("of", [Charter, Needs])
def test_a_calendar_that_does_not_read_is_told_alone(of: type[Charter | Needs]) -> None:
    asked = "expect: [{id: a, of: publish, at least: 1 per day, on: working days}]\n"
    rest = TEXT + asked if of is Charter else "needs: n\nhours: [working days]\n"
    with pytest.raises(InvalidError) as caught:
        parse(rest + "calendar: {closed: [2026-13-03]}\n", of, format="yaml")
    assert [one.path[0] for one in caught.value.problems] == ["calendar"]


def refused(read: Callable[..., object], *data: Data) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read(*data)
    return caught.value.problems


def told(text: str) -> list[tuple[int | None, str]]:
    """List the line and the place of everything wrong with the text of a charter."""
    found = refused(parse, text, Charter)
    for problem in found:
        assert (
            problem.message[0] in "`'"
            or problem.message[0].islower()
            or problem.message[0].isdigit()
        )
        assert not problem.message.endswith(".")
        assert not (problem.hint or "").endswith(".")
    return [(problem.line, ".".join(map(str, problem.path))) for problem in found]


# --------------------------------------------------------------------------------- what is right


@given(charters())
def test_a_charter_written_reads_back_equal(charter: Charter) -> None:
    plain = CHARTER.write(charter)
    assert read_charter(plain) == charter
    assert CHARTER.write(read_charter(plain)) == plain
    assert plain.keys() <= CHARTER.names


def test_a_charter_needs_a_name_and_a_circuit() -> None:
    made = read_charter(BASE)
    desk = ValidationCircuit("desk", [Stage(Approvers(Source.ROLE, {"editor"}))])
    assert made == Charter("airline", circuits=[desk], default="desk")
    assert made.target == USUAL_TARGET


def test_the_hours_of_a_stage_are_in_the_zone_of_the_charter_which_is_told_once() -> None:
    stage = {"ask": {"role": "editor"}, "within": "1 h", "during": "Sat"}
    timed = {**BASE, "circuits": {"desk": [stage]}}
    made = read_charter({**timed, "zone": "Europe/Paris"})
    clock = BusinessClock(Week.parse("Sat"), "Europe/Paris")
    assert made.circuit("desk").stages[0].clock == clock
    (problem,) = refused(read_charter, {**timed, "zone": "Paris"})
    assert problem.path == ("zone",)


def test_every_key_is_read() -> None:
    data = {
        **BASE,
        "version": 3,
        "title": "The airline's",
        "target": 0.9,
        "zone": "Europe/Paris",
        "since": "2026-01-01",
        "through": "2026-12-31",
        "approved by": "Ann",
        "approved on": "2025-12-24",
        "review by": "2026-06-30",
        "networks": ["bluesky", "mastodon"],
        "volume": {"publish": "5 in 1 d", "any": ["3 in 1 h", "20 in 1 w"]},
        "labels": {"tone": ["calm"], "claim": "flag"},
        "kinds": {"open-account": {"en": "Open an account", "fr": "Ouvrir un compte"}},
        "events": ["launch"],
        "counts": {"posts": {"kind": ["publish", "quote"]}},
        "calendar": {"closed": ["2026-05-15"]},
        "expect": [
            {
                "id": "few",
                "of": "posts",
                "among": "any",
                "at most": "12.5 % per week",
                "on": "Sun",
                "because": "We talk.",
                "since": "2026-02-01",
            },
            {"id": "weekly", "of": "publish", "at least": "2 per week"},
            {"id": "daily", "of": "any", "at least": "1 per day", "on": "working days"},
            {"id": "six", "of": "any", "at least": "1 per day", "on": "working days Mon-Sat"},
        ],
        "always": [{"exception": {"claim": "yes"}, "to": "desk", "because": "Seen first."}],
        "never": [{"covered": {"since.launch": {"below": "1 d"}}}],
        "examples": [{"forbidden": {"tone": "calm"}, "context": {"incident": {"open": False}}}],
        "rules": [
            {"permit": "calm", "when": {"tone": "calm", "claim": "no"}, "because": "Fine."},
            {
                "refer": "new",
                "to": "desk",
                "when": {"since.launch": {"below": "1 d"}},
                "because": "!",
            },
        ],
    }
    assert data.keys() == CHARTER.names
    made = read_charter(data)
    assert (made.id, made.version, made.title, made.target) == ("airline", 3, "The airline's", 0.9)
    assert made.zone == "Europe/Paris"
    assert made.term == Term(date(2026, 1, 1), date(2026, 12, 31))
    assert made.approval == Approval({"Ann"}, date(2025, 12, 24))
    assert made.review_by == date(2026, 6, 30)
    assert made.scope == Scope(
        {"bluesky", "mastodon"},
        [Volume(5, DAY, "publish"), Volume(3, HOUR), Volume(20, 7 * DAY)],
    )
    assert made.labels == {"tone": Label(FactType.SYMBOL, {"calm"}), "claim": Label(FactType.FLAG)}
    assert made.events == {"launch"}
    assert made.calendar == Calendar({date(2026, 5, 15)})
    assert [rule.id for rule in made.rules] == ["calm", "new"]
    (always,), (never,), (example,) = made.always, made.never, made.examples
    assert (always.outcome, always.to, always.because) == ("exception", "desk", "Seen first.")
    assert (never.outcome, never.to) == ("covered", None)
    assert example.act.labels == {"tone": "calm"}
    assert read_charter(CHARTER.write(made)) == made


@pytest.mark.parametrize("bound", ["20 %", "few % per week", "120 % per week", 3, None])
def test_a_bound_that_says_nothing_is_refused_where_it_stands(bound: object) -> None:
    expected = {"id": "x", "of": "publish", "among": "any", "at most": bound}
    with pytest.raises(InvalidError) as error:
        read_charter({**BASE, "expect": [expected]})
    assert {problem.path[:3] for problem in error.value.problems} == {("expect", 0, "at most")}


def test_a_charter_is_written_without_what_it_does_not_say() -> None:
    assert list(CHARTER.write(read_charter(BASE))) == [
        "charter",
        "version",
        "target",
        "zone",
        "circuits",
        "default",
        "rules",
    ]


def test_a_volume_alone_is_written_alone() -> None:
    made = read_charter(
        {**BASE, "volume": {"any": ["3 in 1 h", "4 in 1 d"], "reply": ["1 in 1 h"]}}
    )
    assert CHARTER.write(made)["volume"] == {"any": ["3 in 1 h", "4 in 1 d"], "reply": "1 in 1 h"}


# --------------------------------------------------------------------------------- what is wrong

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 9) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)


def exists(path: Path, data: Data) -> bool:
    """Tell whether the path leads to something in the data."""
    for step in path:
        is_there = step in data if isinstance(data, dict) else isinstance(data, list)
        if not is_there or (isinstance(data, list) and step not in range(len(data))):
            return False
        data = data[step]
    return True


@given(st.data())
def test_whatever_is_spoiled_every_refusal_is_a_sentence_with_its_place(
    data: st.DataObject,
) -> None:
    whole = CHARTER.write(data.draw(charters(max_rules=2)))
    into: Data = whole
    for _ in range(data.draw(st.integers(0, 6))):
        step = data.draw(
            st.sampled_from(sorted(into) if isinstance(into, dict) else range(len(into)))
        )
        if not isinstance(into[step], dict | list) or not into[step]:
            break
        into = into[step]
    step = data.draw(st.sampled_from(sorted(into) if isinstance(into, dict) else range(len(into))))
    into[step] = data.draw(JUNK)
    try:
        read_charter(whole)
    except InvalidError as error:
        for problem in error.problems:
            assert exists(problem.path[:-1], whole)
            assert problem.message[0] in "`'" or not problem.message[0].isupper()
            assert not problem.message.endswith(".")
            assert "\n" not in problem.message


@pytest.mark.parametrize(
    ("change", "path", "message", "hint"),
    [
        ({"charter": None}, ("charter",), "expected text, not nothing", None),
        ({"charter": ""}, ("charter",), "`` cannot be an id", "1 to 200 printable characters"),
        ({"ruels": []}, ("ruels",), "`ruels` is not a known key", "did you mean `rules`?"),
        (
            {"approved-by": "Ann"},
            ("approved-by",),
            "`approved-by` is not a known key",
            "did you mean `approved by`",
        ),
        ({"target": 95}, ("target",), "`95` is not a share", "write a number from 0"),
        ({"target": "0.8"}, ("target",), "`0.8` is not a number", "take off"),
        ({"version": 1.5}, ("version",), "`1.5` is not a whole number", None),
        ({"version": 0}, ("version",), "there is no version `0`", "count versions from 1"),
        ({"title": 3}, ("title",), "`3` is not text", "put it in quotes"),
        ({"zone": "Mars"}, ("zone",), "`Mars` is not a known time zone", None),
        ({"zone": 3}, ("zone",), "`3` is not text", "put it in quotes"),
        ({"since": "soon"}, ("since",), "`soon` is not a day", "write it as"),
        (
            {"since": "2026-02-01", "through": "2026-01-31"},
            ("through",),
            "it ends before it begins",
            "swap the two dates",
        ),
        (
            {"approved on": "2026-01-31"},
            ("approved on",),
            "no approver is named",
            "say who, under `approved by`",
        ),
        (
            {"approved by": []},
            ("approved by",),
            "no approver is named",
            "name one, or leave the approval out",
        ),
        ({"approved by": 3}, ("approved by",), "`3` is not a list", None),
        ({"review by": "2026-13-01"}, ("review by",), "there is no day `2026-13-01`", "check it"),
        ({"networks": []}, ("networks",), "`networks` is empty", "name one, or"),
        ({"networks": {}}, ("networks",), "expected a list, not a mapping", None),
        ({"volume": "3 in 1 h"}, ("volume",), "`3 in 1 h` is not a mapping", None),
        (
            {"volume": {"publsh": "3 in 1 h"}},
            ("volume", "publsh"),
            "there is no kind of act `publsh`",
            "did you mean `publish`?",
        ),
        (
            {"volume": {"any": ["3 in 1 h", "14 d since"]}},
            ("volume", "any", 1),
            "`14 d since` is not a rate",
            "write `3 in 1 h`, `3 per day` or `1 ever`",
        ),
        ({"volume": {"any": 3}}, ("volume", "any"), "`3` is not a rate", "write `3 in 1 h`"),
        ({"labels": []}, ("labels",), "expected a mapping, not a list", None),
        ({"labels": {"a b": "flag"}}, ("labels", "a b"), "`a b` cannot be a name", "a name starts"),
        (
            {"labels": {"kind": "flag"}},
            ("labels", "kind"),
            "`kind` already has a meaning of its own",
            "choose another name",
        ),
        ({"labels": {"x": "sym"}}, ("labels", "x"), "`sym` is not a valid choice", "did you mean"),
        ({"events": ["a.b"]}, ("events",), "`a.b` cannot be a name", "a name starts"),
        ({"events": 3}, ("events",), "`3` is not a list", None),
        (
            {"circuits": {"desk": []}},
            ("circuits", "desk", "stages"),
            "a circuit needs a stage",
            None,
        ),
        ({"default": "dsk"}, ("default",), "no circuit is called `dsk`", "did you mean `desk`?"),
        ({"rules": {}}, ("rules",), "expected a list, not a mapping", None),
        (
            {"rules": [{"refer": "a", "to": "dsk", "because": "so"}]},
            ("rules", 0, "to"),
            "no circuit is called `dsk`",
            "did you mean `desk`?",
        ),
        (
            {"rules": [{"permit": "a", "because": "so"}, {"forbid": "a", "because": "so"}]},
            ("rules", 1),
            "the id `a` is used more than once",
            "rules[0] has it already",
        ),
        ({3: 4}, (), "the key `3` is not text", None),
    ],
    ids=lambda item: str(item)[:60] if isinstance(item, dict) else None,
)
def test_a_charter_that_makes_no_sense_is_refused_at_its_place(
    change: dict[str, Any], path: tuple[Any, ...], message: str, hint: str | None
) -> None:
    (problem,) = refused(read_charter, {**BASE, **change})
    assert (problem.path, problem.message) == (path, message)
    assert (problem.hint or "").startswith(hint or "")
    assert hint is None or problem.hint


def test_what_must_be_there_is_told_when_it_is_not() -> None:
    found = refused(read_charter, {})
    assert [(p.path, p.hint) for p in found] == [
        (("charter",), "name the charter, as in `charter: airline`"),
        (("default",), "name the circuit that decides where no rule does"),
        (("circuits",), "say under `circuits` who decides where no rule does"),
    ]
    assert refused(read_charter, [])[0].message == "expected a mapping, not a list"


def test_every_problem_is_told_with_its_line() -> None:
    text = """\
charter: airline
verison: 3
target: 95
zone: Mars
since: soon
approved on: 2026-01-31
networks: 3
volume: {publsh: 3 in 1 h}
labels:
  tone: sym
  kind: flag
  risk: number
events: [a.b]
circuits:
  desk:
    - {ask: {rol: editor}, need: most}
    - {ask: {role: editor}, within: 0 s}
default: dsk
rules:
  - permit: daily
    when: {kind: [publsh], tone: calm, tone.length: {above: 3}}
    because: Everyday.
  - refer: angry
    to: crisis
    when:
      tone: {is: angry}
      risk: {abve: 3}
  - because: 3
  - forbid: daily
    when: {at: {below: "2026-01-31T09:00"}}
    because: So.
"""
    assert told(text) == [
        (2, "verison"),
        (3, "target"),
        (4, "zone"),
        (5, "since"),
        (6, "approved on"),
        (7, "networks"),
        (8, "volume.publsh"),
        (10, "labels.tone"),
        (11, "labels.kind"),
        (13, "events"),
        (16, "circuits.desk.0.ask.rol"),
        (16, "circuits.desk.0.need"),
        (17, "circuits.desk.1.within"),
        (18, "default"),
        (23, "rules.1.because"),
        (24, "rules.1.to"),
        (27, "rules.1.when.risk.abve"),
        (28, "rules.2.because"),
        (28, "rules.2"),
        (29, "rules.3"),
        (30, "rules.3.when.at.below"),
    ]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("charter: other\n", [(5, "charter")]),
        ("rules:\n  - permit: a\n    permit: b\n    because: so\n", [(7, "rules.0.permit")]),
        ("rules:\n  - {permit: a, because: so, when: {}}\n", [(6, "rules.0.when")]),
        ("rules: [a\n", [(6, "")]),
        ("rules:\n\t- a\n", [(6, "")]),
        ("title: &x a\nzone: *x\n", [(5, "title"), (6, "zone")]),
        ("---\ncharter: b\n", [(5, "")]),
    ],
)
def test_yaml_that_reads_two_ways_is_refused_with_its_line(
    more: str, found: list[tuple[int, str]]
) -> None:
    assert told(TEXT + more) == found


# ------------------------------------------------------- what a broken part does to the other ones


def rules(*many: Data, **more: Data) -> tuple[Problem, ...]:
    return refused(read_charter, {**BASE, "rules": list(many), **more})


def test_two_rules_of_one_name_are_told_even_when_one_is_broken() -> None:
    broken = {"permit": "a", "because": "so", "when": {"nope": 1}}
    sound = {"forbid": "a", "because": "so"}
    for many in ([broken, sound], [sound, broken], [broken, broken]):
        found = rules({"permit": "first", "because": "so"}, *many)
        twice = [p for p in found if p.message == "the id `a` is used more than once"]
        assert [(p.path, p.hint) for p in twice] == [(("rules", 2), "rules[1] has it already")]
        assert len(found) == 1 + sum(rule is broken for rule in many)


def test_a_broken_rule_is_still_sent_to_a_circuit_that_is_there() -> None:
    found = rules({"refer": "a", "to": "nope", "because": 3})
    assert [p.path for p in found] == [("rules", 0, "because"), ("rules", 0, "to")]


EXPECTED = {"id": "e", "of": "publish", "at least": "2 per week"}


@pytest.mark.parametrize(
    ("wrong", "places"),
    [
        ({"at most": "20 % per month", "of": "adz"}, {("among",), ("of",)}),
        ({"at most": "20 %", "of": "adz", "among": "odd"}, {("at most",), ("of",), ("among",)}),
        ({"within": "1 d", "of": "adz", "after": "odd", "sme": "link"},
         {("sme",), ("of",), ("after",)}),
        ({"before": "odd", "by": "soon", "of": "adz"}, {("before",), ("by",), ("of",)}),
        ({"after": "hide", "within": "2 working days", "same": "odd", "because": 3},
         {("because",), ("within",), ("same",)}),
        ({"on": "working days", "at least": "2", "because": 3},
         {("because",), ("at least",), ("on",)}),
        ({"at least": "2 per week", "of": 3}, {("of",)}),
        ({"at least": "2"}, {("at least",)}),
    ],
)  # fmt: skip
def test_an_expectation_that_does_not_read_hides_nothing_of_what_it_names(
    wrong: dict[str, object], places: set[Path]
) -> None:
    found = refused(read_charter, {**BASE, "expect": [{"id": "x", "of": "publish", **wrong}]})
    assert {p.path for p in found} == {("expect", 0, *place) for place in places}


@pytest.mark.parametrize(
    "broken", [{"within": "1 d"}, {"at least": 3}, {"at least": "0 per week"}, {"because": 3}]
)
def test_two_expectations_of_one_name_are_told_even_when_one_is_broken(
    broken: dict[str, object],
) -> None:
    wrong = {"id": "e", "of": "publish", **broken}
    for many in ([wrong, EXPECTED], [EXPECTED, wrong]):
        found = refused(read_charter, {**BASE, "expect": many})
        assert [p.path for p in found if p.code == "duplicate-id"] == [("expect", 1)]


def test_expectations_that_cannot_be_named_are_not_called_the_same() -> None:
    found = refused(read_charter, {**BASE, "expect": ["a", {}, {"id": 3, "of": "publish"}]})
    assert "duplicate-id" not in {p.code for p in found}


def test_a_volume_that_does_not_read_hides_nothing_of_the_others() -> None:
    volume = {"publish": "3 an hour", "own": "5 per day", "odd": ["2", "3 per day", "x"]}
    found = refused(read_charter, {**BASE, "volume": volume})
    assert {(p.path, p.code) for p in found if p.code == "unknown-act-kind"} == {
        (("volume", "own"), "unknown-act-kind"), (("volume", "odd"), "unknown-act-kind")
    }  # fmt: skip
    assert {("volume", "publish"), ("volume", "odd", 2)} <= {p.path for p in found}


def test_rules_that_cannot_be_named_are_not_called_the_same() -> None:
    found = rules("a", {"because": "so"}, {"permit": 3, "because": "so"})
    assert [p.path for p in found] == [("rules", 0), ("rules", 1), ("rules", 2, "permit")]


def test_a_broken_label_is_told_once_and_not_in_every_rule() -> None:
    rule = {"permit": "a", "because": "so", "when": {"tone": "calm", "nope": 1}}
    other = {"forbid": "b", "because": "so", "when": {"tone.length": {"above": 3}}}
    found = rules(rule, other, labels={"tone": "sym"})
    assert [p.path for p in found] == [("labels", "tone"), ("rules", 0, "when", "nope")]


def test_a_broken_circuit_is_still_a_circuit() -> None:
    found = refused(
        read_charter,
        {
            **BASE,
            "circuits": {"desk": 3, " odd": 4, "": [3]},
            "rules": [{"refer": "a", "to": "desk"}],
        },
    )
    assert [p.path for p in found] == [
        ("circuits", "desk"),
        ("circuits", " odd"),
        ("circuits", "", 0),
        ("rules", 0, "because"),
    ]


def test_a_missing_default_is_not_told_twice() -> None:
    data = {key: item for key, item in BASE.items() if key != "default"}
    assert [p.path for p in refused(read_charter, data)] == [("default",)]


def test_a_wrong_field_is_not_told_twice() -> None:
    found = refused(read_charter, {**BASE, "charter": 3, "default": 3, "version": "3"})
    assert [p.path for p in found] == [("charter",), ("version",), ("default",)]


def test_a_circuit_whose_name_is_broken_is_told_once() -> None:
    def told(**circuits: object) -> list[str]:
        data: Any = {"charter": "x", "default": "desk", "circuits": circuits}
        with pytest.raises(InvalidError) as caught:
            read_charter(data)
        return [problem.message for problem in caught.value.problems]

    desk = [{"ask": {"role": "editor"}}]
    assert told(desk=desk, **{"": desk}) == ["`` cannot be an id"]
    assert told(**{"": desk})[0] == "`` cannot be an id"


@pytest.mark.parametrize(
    ("wrong", "places"),
    [
        ({"counts": ["promotions"]}, {("counts",)}),
        ({"counts": {"promotions": {"topcs": "promotion"}}}, {("counts", "promotions", "topcs")}),
        ({"counts": {"promotions": {"tone": "calm"}}, "labels": {"tone": 3}}, {("labels", "tone")}),
        ({}, {("volume", "promotions"), ("rules", 0, "when", "recent.promotions")}),
    ],
    ids=["no mapping", "typo", "label", "none"],
)
def test_what_follows_from_a_broken_count_is_not_told(
    wrong: dict[str, Any], places: set[tuple[str | int, ...]]
) -> None:
    rule = {
        "permit": "few",
        "because": "Few.",
        "when": {"recent.promotions": {"at most": "1 ever"}},
    }
    asking = {**BASE, "volume": {"promotions": "3 per week"}, "rules": [rule]}
    assert {problem.path for problem in refused(read_charter, {**asking, **wrong})} == places
