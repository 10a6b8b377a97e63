"""Law: the schema of charters never refuses what the library accepts, in any of its spellings."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import Act, Charter, InvalidError, parse, schema, structure, unstructure
from cmcore.charters.charter import USUAL_TARGET
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.conditions.operators import Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec.conditions import BARE
from cmcore.codec.documents import parse_document
from cmcore.strategies import charters

Data = Any
CHARTERS = Draft202012Validator(schema(Charter))
FLAGS = {True: ("yes", "true"), False: ("no", "false")}

BASE = """
charter: airline
labels: {tone: [calm, angry], claim: flag, caption: text, tags: symbols, risk: number}
events: [launch]
circuits: {desk: [{ask: {role: editor}}]}
default: desk
"""


# ------------------------------------------------------------------------------- other spellings


class Speller:
    """Writes the same charter otherwise: shorthand, longhand, other words."""

    def __init__(self, vocabulary: Vocabulary, flip: Callable[[], bool]) -> None:
        self.vocabulary = vocabulary
        self.flip = flip

    def charter(self, data: Data) -> Data:
        told = deepcopy(data)
        for key in ("networks", "events", "approved by"):
            if key in told:
                told[key] = self.words(told[key])
        for key, usual in (("version", 1), ("zone", "UTC"), ("target", USUAL_TARGET)):
            if told[key] == usual and self.flip():
                del told[key]
        told["volume"] = {k: self.rates(v) for k, v in told.get("volume", {}).items()}
        told["labels"] = {name: self.label(label) for name, label in told.get("labels", {}).items()}
        told["circuits"] = {k: self.circuit(v) for k, v in told["circuits"].items()}
        for rule in told["rules"]:
            if "when" in rule:
                rule["when"] = self.condition(rule["when"])
        return told

    def words(self, words: Data) -> Data:
        return words[0] if len(words) == 1 and self.flip() else words

    def rates(self, rates: Data) -> Data:
        many = [self.rate(rate) for rate in ([rates] if isinstance(rates, str) else rates)]
        return many[0] if isinstance(rates, str) and self.flip() else many

    def rate(self, rate: str) -> str:
        return rate.replace(" in ", "  within ") if self.flip() else rate

    def label(self, label: Data) -> Data:
        if isinstance(label, str):
            return {"type": label} if self.flip() else label
        if isinstance(label, list):
            return {"values": self.words(label)} if self.flip() else label
        return label

    def circuit(self, circuit: Data) -> Data:
        if isinstance(circuit, dict):
            return {key: [self.stage(stage) for stage in many] for key, many in circuit.items()}
        many = [self.stage(stage) for stage in circuit]
        return {"stages": many} if self.flip() else many

    def stage(self, stage: Data) -> Data:
        usual = {"need": "any", "else": "escalate"}
        told = {k: v for k, v in stage.items() if usual.get(k) != v or self.flip()}
        if isinstance(told.get("need"), int) and self.flip():
            told["need"] = str(told["need"])
        if "during" in told and self.flip():
            told["during"] = told["during"].split("; ")
        return {k: self.people(v) if k in {"ask", "deputies"} else v for k, v in told.items()}

    def people(self, people: Data) -> Data:
        ((by, names),) = people.items()
        return {by: [names] if isinstance(names, str) and self.flip() else names}

    def condition(self, data: Data) -> Data:
        if "at least" in data:
            return {**data, "of": [self.condition(part) for part in data["of"]]}
        told = {}
        for key, item in data.items():
            if key in {"all", "any"}:
                told[key] = [self.condition(part) for part in item]
            elif key == "not":
                told[key] = self.condition(item)
            else:
                name, question = self.test(key, item)
                is_taken = name != key and (name in data or name in told)
                told |= {key: item} if is_taken else {name: question}
        return told

    def test(self, name: str, item: Data) -> tuple[str, Data]:
        spec = self.vocabulary.find(name)
        assert spec is not None
        question = self.question(spec.type, item)
        of, _, measure = name.rpartition(".")
        base = self.vocabulary.find(of)
        is_measure = base is not None and base.type in {FactType.TEXT, FactType.SYMBOLS}
        return (of, {measure: question}) if is_measure and self.flip() else (name, question)

    def question(self, kind: FactType, item: Data) -> Data:
        if not isinstance(item, dict):
            told = self.flag(item)
            return {"is": told} if self.flip() else told
        ((op, operand), *beside) = item.items()
        if isinstance(operand, list) and op != Op.BETWEEN:
            operand = self.words(operand)
        elif kind is FactType.LOG and isinstance(operand, str):
            operand = self.rate(operand)
        operand = self.flag(operand)
        is_bare = BARE.get(kind) == op or (op == Op.ONE_OF and isinstance(operand, list))
        return operand if is_bare and not beside and self.flip() else {op: operand, **dict(beside)}

    def flag(self, item: Data) -> Data:
        if isinstance(item, bool) and self.flip():
            return FLAGS[item][self.flip()]
        return item


@given(charters(), st.randoms(use_true_random=False))
def test_every_charter_written_is_accepted_in_every_spelling(
    charter: Charter, luck: Random
) -> None:
    plain = unstructure(charter)
    CHARTERS.validate(plain)
    spelled = Speller(charter.vocabulary, lambda: luck.random() < 0.5).charter(plain)
    assert structure(spelled, Charter) == charter
    CHARTERS.validate(spelled)


@pytest.mark.parametrize(
    "when",
    [
        "{kind: publish}",
        "{kind: [publish, reply]}",
        "{kind: {none of: delete}}",
        "{paid: yes}",
        '{paid: "no"}',
        "{paid: {is: true}}",
        "{paid: {present: no}}",
        "{topics: product}",
        "{topics: [product, event]}",
        "{topics: {only: product, count: {at most: 2}}}",
        "{text: rappel}",
        "{text: {mentions: rappel, except: rappel de produit}}",
        "{text: {length: {between: [1, 280]}, fancy: no, capitals: {below: 0.5}, words: 3}}",
        "{text.length: {above: 3}}",
        '{at: "Mon-Fri 09:00-18:00"}',
        "{at: [Mon-Fri 09:00-18:00, Sat]}",
        "{at: {during: Sat, zone: Europe/Paris}}",
        "{at: {between: [2026-01-01T00:00Z, 2026-02-01T00:00+01:00]}}",
        "{local.hour: 9, local.weekday: [sat, sun]}",
        "{in_reply_to.age: {below: 2 h}, in_reply_to.ours: no, in_reply_to.text: {words: 1}}",
        "{recent.publish: {more than: 3 in 1 h}}",
        "{recent.any.same_network: {fewer than: 5 par 1 jour, at least: 14 days since}}",
        "{since.launch: {at least: 3 d}}",
        "{tone: calm, claim: no, caption: {length: {below: 9}}, tags: {any of: a, count: 1}}",
        "{tone: {one of: calm}, caption: [a, b], risk: {above: 0.5, below: 1}}",
        "{all: [{kind: publish}, {any: [{paid: yes}, {not: {paid: no}}]}]}",
        "{at least: 1, of: [{kind: publish}, {at least: 1, of: [{paid: yes}]}]}",
        "{any: []}",
    ],
)
def test_every_shorthand_is_accepted(when: str) -> None:
    text = f"{BASE}rules: [{{forbid: it, because: so, when: {when}}}]"
    parse(text, Charter)
    CHARTERS.validate(plain(text))


def plain(text: str) -> Data:
    """Read YAML as the library does: instants and words for flags stay text."""
    return parse_document(text, "yaml")


# ------------------------------------------------------------------------------ wrong in some way
@given(charter=charters(max_rules=2, max_depth=1), data=st.data())
def test_what_the_schema_refuses_in_a_charter_the_codec_refuses(
    spoil: Callable[[st.DataObject, Data], Data], charter: Charter, data: st.DataObject
) -> None:
    spoiled = spoil(data, unstructure(charter))
    try:
        structure(spoiled, Charter)
    except InvalidError:
        return
    CHARTERS.validate(spoiled)


WRONG = {
    "no mapping": "- a",
    "no name": "circuits: {c: [{ask: {role: x}}]}\ndefault: c",
    "no default": "charter: a\ncircuits: {c: [{ask: {role: x}}]}",
    "no circuit": "charter: a\ndefault: c",
    "empty circuits": "charter: a\ncircuits: {}\ndefault: c",
    "an empty circuit": "charter: a\ncircuits: {c: []}\ndefault: c",
    "nobody asked": "charter: a\ncircuits: {c: [{need: any}]}\ndefault: c",
    "asked in two ways": "charter: a\ncircuits: {c: [{ask: {role: x, team: y}}]}\ndefault: c",
    "asked in no way": "charter: a\ncircuits: {c: [{ask: {}}]}\ndefault: c",
    "asked oddly": "charter: a\ncircuits: {c: [{ask: {boss: x}}]}\ndefault: c",
    "names nobody": "charter: a\ncircuits: {c: [{ask: {role: []}}]}\ndefault: c",
    "odd quorum": "charter: a\ncircuits: {c: [{ask: {role: x}, need: most}]}\ndefault: c",
    "no quorum": "charter: a\ncircuits: {c: [{ask: {role: x}, need: 0}]}\ndefault: c",
    "silence approves": "charter: a\ncircuits: {c: [{ask: {role: x}, else: approve}]}\ndefault: c",
    "a number of minutes": "charter: a\ncircuits: {c: [{ask: {role: x}, within: 30}]}\ndefault: c",
    "a silence without end": (
        "charter: a\ncircuits: {c: [{ask: {role: x}, need: no objection}]}\ndefault: c"
    ),
    "hours without a time": (
        "charter: a\ncircuits: {c: [{ask: {role: x}, during: Sat}]}\ndefault: c"
    ),
    "a zone without hours": (
        "charter: a\ncircuits: {c: [{ask: {role: x}, within: 1 h, zone: UTC}]}\ndefault: c"
    ),
    "two ways to deputies": (
        "charter: a\ncircuits: {c: [{ask: {role: x}, deputies: {role: a, team: b}}]}\ndefault: c"
    ),
    "a circuit without stages": "charter: a\ncircuits: {c: {}}\ndefault: c",
    "an emergency without stages": (
        "charter: a\ncircuits: {c: {stages: [{ask: {role: x}}], emergency: []}}\ndefault: c"
    ),
    "odd circuit key": (
        "charter: a\ncircuits: {c: {stages: [{ask: {role: x}}], crisis: []}}\ndefault: c"
    ),
    "odd stage key": "charter: a\ncircuits: {c: [{ask: {role: x}, whithin: 1 h}]}\ndefault: c",
    "odd key": f"{BASE}ruels: []",
    "target in percent": f"{BASE}target: 95",
    "target as text": f"{BASE}target: '0.8'",
    "version zero": f"{BASE}version: 0",
    "half a version": f"{BASE}version: 1.5",
    "a number as title": f"{BASE}title: 3",
    "a day that is none": f"{BASE}since: tomorrow",
    "a date of another country": f"{BASE}review by: 31/01/2026",
    "signed by nobody": f"{BASE}approved on: 2026-01-31",
    "no signature": f"{BASE}approved by: []",
    "no network": f"{BASE}networks: []",
    "odd volume window": f"{BASE}volume: {{publish: 3 per fortnight}}",
    "no count": f"{BASE}counts: {{own-posts: publish}}",
    "a count by the name of a kind": f"{BASE}counts: {{publish: {{kind: publish}}}}",
    "odd volume": f"{BASE}volume: {{publish: 3}}",
    "rules by name": f"{BASE}rules: {{a: b}}",
}
WRONG_RULES = {
    "no reason": "permit: a",
    "empty reason": "{permit: a, because: ' '}",
    "no effect": "because: so",
    "two effects": "{permit: a, forbid: b, because: so}",
    "refers nowhere": "{refer: a, because: so}",
    "permits to": "{permit: a, to: desk, because: so}",
    "odd rule key": "{permit: a, because: so, wen: {paid: yes}}",
    "a number as name": "{permit: 3, because: so}",
    "nothing asked": "{permit: a, because: so, when: {}}",
    "a list of conditions": "{permit: a, because: so, when: [{paid: yes}]}",
    "at least alone": "{permit: a, because: so, when: {at least: 2}}",
    "at least beside": "{permit: a, because: so, when: {at least: 1, of: [{paid: yes}], paid: no}}",
    "at least none": "{permit: a, because: so, when: {at least: 0, of: [{paid: yes}]}}",
    "not a list": "{permit: a, because: so, when: {not: [{paid: yes}]}}",
    "odd kind": "{permit: a, because: so, when: {kind: publsh}}",
    "odd kinds": "{permit: a, because: so, when: {kind: [publish, tweet]}}",
    "odd weekday": "{permit: a, because: so, when: {local.weekday: {none of: Monday}}}",
    "perhaps a flag": "{permit: a, because: so, when: {paid: perhaps}}",
    "an empty set": "{permit: a, because: so, when: {topics: {any of: []}}}",
    "a word for a number": "{permit: a, because: so, when: {text: {length: {above: many}}}}",
    "three bounds": "{permit: a, because: so, when: {local.hour: {between: [1, 2, 3]}}}",
    "an op of another type": "{permit: a, because: so, when: {network: {below: 3}}}",
    "except alone": "{permit: a, because: so, when: {text: {except: a}}}",
    "zone alone": "{permit: a, because: so, when: {at: {zone: UTC}}}",
    "naive": "{permit: a, because: so, when: {at: {below: '2026-01-31T09:00'}}}",
    "a log with no question": "{permit: a, because: so, when: {recent.publish: 3}}",
    "a rate that is none": "{permit: a, because: so, when: {recent.publish: {more than: 3}}}",
    "quiet where a rate is due": (
        "{permit: a, because: so, when: {recent.publish: {more than: 14 d since}}}"
    ),
    "a duration with no question": "{permit: a, because: so, when: {since.launch: 2 h}}",
    "null": "{permit: a, because: so, when: {kind: }}",
    "an empty question": "{permit: a, because: so, when: {tone: {}}}",
    "an odd question of a label": "{permit: a, because: so, when: {tone: {si: calm}}}",
}
WRONG_LABELS = {
    "odd type": "{tone: word}",
    "a log": "{tone: log}",
    "an odd key": "{tone: {typ: flag}}",
    "values of a flag": "{tone: {type: flag, values: [a]}}",
    "no values": "{tone: []}",
    "a number": "{tone: 3}",
    "a built-in name": "{kind: flag}",
    "a word of the language": "{all: flag}",
    "a very long name": f"{{{'a' * 101}: flag}}",
}
BARE_BASE = "charter: a\ncircuits: {c: [{ask: {role: x}}]}\ndefault: c\n"
WRONG_FILES = {
    **WRONG,
    **{name: f"{BASE}rules: [{rule}]" for name, rule in WRONG_RULES.items()},
    **{f"label: {name}": f"{BARE_BASE}labels: {label}" for name, label in WRONG_LABELS.items()},
}


@pytest.mark.parametrize("text", WRONG_FILES.values(), ids=WRONG_FILES)
def test_both_refuse_what_is_wrong(text: str) -> None:
    with pytest.raises(InvalidError):
        parse(text, Charter)
    assert not CHARTERS.is_valid(plain(text))


def test_the_base_of_the_wrong_files_is_right() -> None:
    assert CHARTERS.is_valid(plain(BASE))
    assert structure(plain(BASE), Charter).id == "airline"


NUMBERS = [name for name in Vocabulary().names() if Vocabulary().find(name).type is FactType.NUMBER]  # type: ignore[union-attr]
EDGES = st.one_of(
    st.integers(-2, 30),
    st.integers(-8, 100).map(lambda n: n / 4),
    st.sampled_from([10**6, 10**6 + 1, 10**17, -0.5, 1.0]),
)
#: What is so of any value, or of none: a schema says nothing of that.
CONSTANT = {"always-true", "never-true"}


@given(st.sampled_from([*NUMBERS, "risk", "caption.length", "tags.count"]), st.data())
def test_the_schema_takes_the_numbers_that_the_codec_takes(name: str, data: st.DataObject) -> None:
    op = data.draw(st.sampled_from(["is", "below", "at most", "at least", "above", "between"]))
    edge = sorted(data.draw(st.tuples(EDGES, EDGES))) if op == "between" else data.draw(EDGES)
    plain = {
        **parse_document(BASE, "yaml"),
        "rules": [{"permit": "a", "because": "b", "when": {name: {op: edge}}}],
    }
    try:
        structure(plain, Charter)
    except InvalidError as error:
        is_read = {problem.code for problem in error.problems} <= CONSTANT
    else:
        is_read = True
    assert CHARTERS.is_valid(plain) == is_read


@given(st.text("aBz-1_ ", min_size=1, max_size=6))
def test_kinds_of_ones_own_are_named_as_the_library_takes_them(name: str) -> None:
    told = {**parse_document(BASE, "yaml"), "kinds": {name: {"en": "Open", "fr": "Ouvrir"}}}
    rule = {"permit": "a", "because": "so", "when": {"kind": name}}
    assert CHARTERS.is_valid(told) is is_taken(told)
    assert CHARTERS.is_valid({**told, "rules": [rule]}) is is_taken(told)
    act = {"kind": name}
    assert Draft202012Validator(schema(Act)).is_valid(act) is is_taken(act, Act)


def is_taken(told: Data, kind: type[Charter | Act] = Charter) -> bool:
    try:
        structure(told, kind)
    except InvalidError:
        return False
    return True
