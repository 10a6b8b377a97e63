"""Reachable: every test that a charter may contain is true of some act, and false of some act.

A value that a fact can never have is refused, or brought into the fact's one normal form, which
acts go through too. For each test that is accepted, acts are made by hand that should meet it.
"""

# ruff: noqa: ANN401, RUF001 (values of facts are of any type, and written as people do)

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import chain
from math import ceil, floor
from typing import Any
from unicodedata import normalize

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    InvalidError,
    Label,
    Message,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
    parse,
)
from cmcore.charters import Author, Earlier, FactType, Situation, Vocabulary, compiled
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.facts import BUILTIN, OF_LINKS, RUNNING, WORKED_OUT
from cmcore.charters.conditions.operands import Quiet, Range, Rate
from cmcore.charters.conditions.operators import PATTERNED, TAKES, Op
from cmcore.codec.cells import CELL
from cmcore.codec.columns import columns
from cmcore.codec.histories import Reader
from cmcore.strategies import tests_
from cmcore.time.units import longest

NOW = datetime(2026, 3, 27, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = Vocabulary(
    {
        "tone": Label(FactType.SYMBOL, {"calm", "angry"}),
        "moods": Label(FactType.SYMBOLS, {"calm", "angry"}),
        "topic": Label(FactType.SYMBOL),
        "tags": Label(FactType.SYMBOLS),
        "sure": Label(FactType.FLAG),
        "risk": Label(FactType.NUMBER),
        "delay": Label(FactType.DURATION),
        "due": Label(FactType.INSTANT),
        "caption": Label(FactType.TEXT),
    },
    {"launch"},
)
DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"lead"}))])
Pair = tuple[Act, Context]


def forbidding(test: FactTest) -> Charter:
    """Return a charter that permits everything but what the test is true of."""
    rules = [Rule.permit("all", because="x"), Rule.forbid("no", when=test, because="x")]
    return Charter(
        "c", rules=rules, circuits=[DESK], default="desk", labels=WORDS.labels, events=WORDS.events
    )


def fates(charter: Charter, pairs: Iterator[Pair]) -> set[Outcome]:
    """Return what becomes of acts: forbidden where the test is true, covered where it is false."""
    index = compiled(charter)
    found: set[Outcome] = set()
    for act, context in pairs:
        outcome = decide(charter, act, context).outcome
        assert index.rule(act, context).outcome is outcome
        found.add(outcome)
        if {Outcome.FORBIDDEN, Outcome.COVERED} <= found:
            break
    return found


# -------------------------------------------------------------------------------------- witnesses


def witnesses(test: FactTest) -> Iterator[Pair]:
    """Yield acts of which some should make the test true, and some false."""
    spec = WORDS.find(test.fact)
    assert spec is not None
    if spec.type is FactType.LOG:
        yield from logs(test)
        return
    for value in VALUES[spec.type](test):
        yield from having(test.fact, value)
    yield from nothing(test.fact)


def edges(operand: Any) -> tuple[Any, ...]:
    return (operand.low, operand.high) if isinstance(operand, Range) else (operand,)


def numbers(test: FactTest) -> Iterator[float]:
    yield from (0, 1, 2)
    for edge in () if isinstance(test.operand, bool) else edges(test.operand):
        yield from (edge, floor(edge) - 1, floor(edge), ceil(edge), ceil(edge) + 1)


def durations(test: FactTest) -> Iterator[timedelta]:
    yield HOUR
    for edge in () if isinstance(test.operand, bool) else edges(test.operand):
        yield from (edge, edge - timedelta(minutes=1), edge + timedelta(minutes=1))


def instants(test: FactTest) -> Iterator[datetime]:
    yield NOW
    if test.op is Op.DURING:
        yield from (NOW + n * timedelta(minutes=1) for n in range(7 * 24 * 60))
    elif not isinstance(test.operand, bool):
        for edge in edges(test.operand):
            yield from (edge, edge - timedelta(minutes=1), edge + timedelta(minutes=1))


def named(test: FactTest) -> list[str]:
    if isinstance(test.operand, frozenset):
        return sorted(word.replace("*", "a.b") for word in test.operand)
    return [test.operand] if isinstance(test.operand, str) and test.op not in PATTERNED else []


def others(test: FactTest) -> tuple[str, ...]:
    spec = WORDS.find(test.fact)
    return (
        tuple(sorted(spec.values))
        if spec and spec.values
        else ("other", "rappel", "12 €", "a-t", "cool", "de", "https://b.fr/b")
    )


def symbols(test: FactTest) -> Iterator[str]:
    yield from (*named(test), *others(test))


def sets(test: FactTest) -> Iterator[frozenset[str]]:
    yield frozenset()
    yield frozenset(named(test))
    yield from (frozenset({word}) for word in (*named(test), *others(test)))


def texts(test: FactTest) -> Iterator[str]:
    yield from ("", "12 € le rappel", "a-t", "col", "ccoool", "zzz")
    for entry in getattr(test.operand, "entries", ()):
        yield from (entry.replace("*", ending) for ending in ("", "zqx", "a"))


VALUES: dict[FactType, Any] = {
    FactType.FLAG: lambda _: iter((True, False)),
    FactType.NUMBER: numbers,
    FactType.DURATION: durations,
    FactType.INSTANT: instants,
    FactType.SYMBOL: symbols,
    FactType.SYMBOLS: sets,
    FactType.TEXT: texts,
}


def having(name: str, value: Any) -> Iterator[Pair]:
    """Yield acts of which the fact has a value, or should have."""
    head, _, rest = name.partition(".")
    base, _, measure = name.rpartition(".")
    if name in WORDS.labels:
        yield Act(labels={name: value}), Context()
    elif name == "fits":
        yield Act(text="a" if value else "a" * 281, network="x"), Context()
    elif name in WRITTEN:
        text = " ".join(WRITTEN[name].format(word) for word in sorted(value))
        yield Act(text=text), Context()
    elif head in AROUND and (measure == rest or name == "holiday"):
        yield from AROUND[head](rest, value)
    elif "." not in name:
        yield Act(**{name: value}), Context()
    else:
        for made in measured(base, measure, value):
            yield from having(base, made)


def author(rest: str, value: Any) -> Iterator[Pair]:
    yield (
        Act(author=None if rest else value),
        Context(author=Author(**{rest: value} if rest else {})),
    )


def incident(rest: str, value: Any) -> Iterator[Pair]:
    own = {rest: value} if rest == "severity" else {}
    yield Act(), Context(incident=Situation(open=True, **own))
    yield Act(), Context(incident=Situation(open=False))


def person(rest: str, value: Any) -> Iterator[Pair]:
    ban = Act(at=NOW - HOUR, kind=RUNNING[rest], target=Message(author="b"), absent=["duration"])
    answer = Act(at=NOW, kind="reply", in_reply_to=Message(author="b"))
    yield answer, Context(earlier=Earlier([ban] if value else []))


def message(head: str) -> Any:
    def made(rest: str, value: Any) -> Iterator[Pair]:
        whole: Any = (
            floor(value) if isinstance(value, float) else value
        )  # heads and answers are counted
        one = Message(at=NOW - value) if rest == "age" else Message(**{rest: whole})
        yield having_message(head, one)

    return made


def having_message(head: str, one: Message) -> Pair:
    given: dict[str, Any] = {head: one}
    return Act(at=NOW, **given), Context()


#: What is not given as a field of the act under its own name.
AROUND: dict[str, Any] = {
    "at": lambda _, value: iter([(Act(at=value), Context())]),
    "author": author,
    "holiday": lambda _, value: iter([(Act(at=NOW), Context(holidays=[NOW.date()] * value))]),
    "in_reply_to": message("in_reply_to"),
    "incident": incident,
    "local": lambda *_: ((Act(at=NOW + n * HOUR), Context()) for n in range(7 * 24)),
    "person": person,
    "since": lambda rest, value: iter([(Act(at=NOW), Context(events={rest: NOW - value}))]),
    "target": message("target"),
}
#: How the words of a set are written in a text, from which the fact is read.
WRITTEN = {
    "hashtags": "#{}",
    "mentions": "@{}",
    "links": "{}",
    "hosts": "https://{}/a",
    "domains": "https://{}/a",
}


def measured(base: str, measure: str, value: Any) -> Iterator[Any]:
    """Yield texts or sets that measure so much."""
    if measure == "capitals":
        share = Fraction(value).limit_denominator(1000)
        if 0 <= share <= 1:
            yield "A" * share.numerator + "a" * (share.denominator - share.numerator)
    elif measure == "fancy":
        yield "𝗮" if value else "a"
    elif measure == "ends_with_link":
        yield "x https://x.fr" if value else "x"
    elif measure == "hashtag_word" and 0 <= value == floor(value) < 2000:
        yield f"#{'a' * int(value)}"
    elif value >= 0 and value == floor(value) and value < 2000:
        spec, count = WORDS.find(base), int(value)
        known = sorted(spec.values) if spec and spec.values else []
        words = known or [
            f"w{n}.fr" if base in {"links", *OF_LINKS} else f"w{n}" for n in range(60)
        ]
        yield PIECES[measure] * count if measure in PIECES else frozenset(words[:count])


PIECES = {
    "length": "a",
    "graphemes": "a",
    "length_on_mastodon": "a",
    "length_on_threads": "a",
    "length_on_x": "a",
    "words": "a ",
    "capital_words": "AB ",
    "emoji": "🎉",
    "emoji_run": "🎉",
    "exclamations": "!",
    "exclamation_run": "!",
    "links": "ex.fr ",
    "middle_dots": "e·e ",
}


def nothing(name: str) -> Iterator[Pair]:
    """Yield acts of which the fact is known to have no value."""
    for own in (name, name.rpartition(".")[0]):
        if own in {"author", *OF_LINKS}:
            yield Act(absent=["author", "links"]), Context()
        elif own in WORDS.labels or (
            own in BUILTIN and "." not in own and own not in {*AROUND, *WORKED_OUT}
        ):
            yield Act(absent=[own]), Context()
    yield Act(kind="hide"), Context(incident=Situation(open=False), events={"launch": None})
    yield Act(kind="publish"), Context()
    head, _, rest = name.partition(".")
    if head in {"in_reply_to", "target"}:
        yield having_message(head, Message(absent=[rest.partition(".")[0].replace("age", "at")]))


def logs(test: FactTest) -> Iterator[Pair]:
    """Yield acts after none, one or several alike within the window that a test looks at."""
    operand: Any = test.operand
    window = longest(operand.within if isinstance(operand, Rate) else operand.since)
    count = operand.count if isinstance(operand, Rate) else 0
    kind = test.fact.split(".")[1]
    kind = "publish" if kind == "any" else kind
    alike: dict[str, Any] = {
        "kind": kind,
        "network": "x",
        "account": "a",
        "author": "ana",
        "language": "fr",
        "topics": {"t"},
        "template": "m",
        "links": {"x.fr"},
        "text": "t",
        "in_reply_to": Message(author="b", id="m1"),
        "hashtags": {"h"},
        "labels": {"tone": "calm", "moods": {"calm"}, "topic": "w", "tags": {"w"}},
    }
    mine = Act(at=NOW, **alike)
    for many in (0, count, count + 1, count + 2):
        earlier = [Act(at=NOW, **alike)] * many
        yield mine, Context(earlier=Earlier(earlier))
    assert window > timedelta(0)


# ------------------------------------------------------------------------------------------- laws

WORDED = [n for n in WORDS.names() if (s := WORDS.find(n)) and s.type in {"symbol", "symbols"}]
NARROW = {*WRITTEN, "in_reply_to.language", "target.language", "language"}
PLAIN = [n for n in WORDS.names() if "recent" not in n]
spellings = st.sampled_from(
    ["#Promo", "@Ana", "WWW.Ex.org", "https://bit.ly", "*.gouv.fr", "“kep”", "Bluesky", "twitter",
     "événement", normalize("NFD", "événement"), "Ana", "not ana", "!x", "pt_BR", "mon", "publish",
     "calm", "Calm", "'kep'", "", " x ", "prod*", "a b", "été.fr.", "İSTANBUL", "สวัสดี", "x.fr/a",
     "x, tiktok", "a|b", "a;b", "(none)", "français", "['a', 'b']", "straße.de", "…",
     "12\u00a0€"]
)  # fmt: skip
raw_words = spellings | st.text(max_size=6)
raw_numbers = st.integers(-3, 40) | st.sampled_from([0.3, 1.5, -0.5, 23.5, 1e300, 10**400])
raw_durations = st.sampled_from(["-1 h", "0 h", "2 h", "3 d", "9999999 d", "1 min"])
raw_instants = st.sampled_from(
    ["2026-01-31T09:00+01:00", "2026-03-27T08:30Z", "0001-01-01T00:00Z", "9999-12-31T23:00Z"]
)
raw_weeks = st.sampled_from(["always", "never", "Mon 9:00-10:00", "Mon-Sun", "Fri 8:30-8:31"])
days = st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
#: What files hold for each type of fact, sensible and not.
RAW: dict[FactType, st.SearchStrategy[Any]] = {
    FactType.FLAG: st.booleans(),
    FactType.SYMBOL: raw_words,
    FactType.SYMBOLS: raw_words,
    FactType.NUMBER: raw_numbers,
    FactType.DURATION: raw_durations,
    FactType.INSTANT: raw_instants,
    FactType.TEXT: raw_words,
}


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, str, Any]:
    """Draw a fact, something that may be asked of it, and an operand as a file holds it."""
    name = draw(st.sampled_from(PLAIN))
    spec = WORDS.find(name)
    assert spec is not None
    op = draw(st.sampled_from([op for op in TAKES[spec.type] if op not in PATTERNED]))
    one = RAW[spec.type]
    if op is Op.PRESENT:
        return name, op, draw(st.booleans())
    if op is Op.DURING:
        return name, op, draw(raw_weeks)
    if op is Op.BETWEEN:
        return name, op, draw(st.tuples(one, one).map(list))
    if op is Op.IS or spec.type not in {FactType.SYMBOL, FactType.SYMBOLS, FactType.TEXT}:
        return name, op, draw(one)
    known = st.sampled_from(sorted(spec.values)) if spec.values else one
    most = len(spec.values) if spec.values else 3
    return (
        name,
        op,
        draw(
            st.lists(known | one, min_size=1, max_size=most)
            | st.just(sorted(spec.values or {"promo"}))
        ),
    )


def accepted(name: str, op: str, operand: Any) -> FactTest | None:
    """Return the test that a charter file asks, None where the file is refused."""
    data = {
        "charter": "c",
        "circuits": {"desk": [{"ask": {"role": "lead"}}]},
        "default": "desk",
        "labels": {
            **{n: {"type": str(x.type), **({"values": sorted(x.values)} if x.values else {})}
               for n, x in WORDS.labels.items()}
        },
        "events": sorted(WORDS.events),
        "rules": [{"forbid": "no", "when": {name: {op: operand}}, "because": "x"}],
    }  # fmt: skip
    try:
        when = parse(json.dumps(data), Charter, format="json").rules[0].when
    except InvalidError:
        return None
    assert isinstance(when, FactTest)
    return when


def is_before(test: FactTest) -> bool:
    """Tell whether a test asks for a time since an event that is still to come.

    It is never true, and is read all the same: stored charters may ask it.
    """
    end = test.operand.high if isinstance(test.operand, Range) else test.operand
    is_bounded = isinstance(test.operand, Range) or test.op in {Op.BELOW, Op.AT_MOST}
    return (
        test.fact.startswith("since.")
        and is_bounded
        and isinstance(end, timedelta)
        and end <= timedelta(0)
    )


def reached(test: FactTest) -> None:
    assume(not is_before(test))
    found = fates(forbidding(test), witnesses(test))
    assert Outcome.FORBIDDEN in found, "the test is never true"
    assert Outcome.COVERED in found, "the test is never false"


class TestReachable:
    """No test that a charter may contain is constant."""

    @given(tests_(WORDS))
    def test_a_test_that_is_drawn_is_true_of_some_act_and_false_of_some(
        self, test: FactTest
    ) -> None:
        # what a pattern asks beyond its letters is not looked into
        assume(test.op not in PATTERNED or test.fact not in NARROW)
        reached(test)

    @given(st.sampled_from([*WORDED, "text", "caption"]), raw_words, st.sampled_from(["", "|été"]))
    def test_a_pattern_that_is_accepted_is_found_in_something(
        self, name: str, word: str, other: str
    ) -> None:
        test = accepted(name, "matches", f"{re.escape(word)}{other}")
        spec = WORDS.find(name)
        assert spec is not None
        assume(test is not None and spec.values is None)
        assert test is not None
        ways = ("{}", "a{}a", "aa{}a", "aa-{}a", "{}.fr", "a{}a.fr", "https://a.fr/a{}a", "été.fr")
        words = [way.format(word) for way in ways]
        values = words if spec.type is not FactType.SYMBOLS else [frozenset({one}) for one in words]
        found = fates(forbidding(test), chain.from_iterable(
            pair for value in values for pair in given_as_it_is(name, value)))  # fmt: skip
        assert Outcome.FORBIDDEN in found, "the pattern is never found"

    @given(asked())
    @example(("mentions", "any of", ["@ana"]))
    @example(("hashtags", "any of", ["#promo"]))
    @example(("hosts", "any of", ["https://bit.ly"]))
    @example(("hosts", "any of", ["*.gouv.fr"]))
    @example(("domains", "any of", ["https://www.gouv.fr"]))
    @example(("topics", "any of", ["“kep”"]))
    @example(("text.capitals", "above", 30))
    @example(("local.hour", "at least", 24))
    @example(("author", "is", "not ana"))
    def test_a_test_of_a_file_is_reached_or_refused(self, given_: tuple[str, str, Any]) -> None:
        test = accepted(*given_)
        if test is not None:
            reached(test)

    @given(st.sampled_from(WORDED), raw_words)
    def test_what_is_accepted_of_a_charter_is_readable_of_an_act(
        self, name: str, word: str
    ) -> None:
        spec = WORDS.find(name)
        assert spec is not None
        op = Op.IS if spec.type is FactType.SYMBOL else Op.ANY_OF
        test = accepted(name, str(op), word if op is Op.IS else [word])
        assume(test is not None and "*" not in word and (name not in OF_LINKS or "." in word))
        assert test is not None
        value = word if op is Op.IS else frozenset({word})
        pairs = chain.from_iterable(given_as_it_is(name, value))
        assert Outcome.FORBIDDEN in fates(forbidding(test), pairs)

    @given(st.sampled_from(WORDED), raw_words)
    @example("topics", "a|b")
    @example("tags", "(none)")
    @example("network", "(none)")
    def test_what_is_accepted_of_a_charter_is_read_of_a_row(self, name: str, word: str) -> None:
        spec = WORDS.find(name)
        assert spec is not None
        op = Op.IS if spec.type is FactType.SYMBOL else Op.ANY_OF
        test = accepted(name, str(op), word if op is Op.IS else [word])
        is_row = name in columns(WORDS)
        assume(test is not None and is_row and "*" not in word)
        assert test is not None
        charter = forbidding(test)
        case = Reader(charter, CELL).case({name: word}, "line 2")
        context = attrs.evolve(
            case.context, incident=Situation(open=True, severity=case.context.incident.severity)
        )
        assert decide(charter, case.act, context).outcome is Outcome.FORBIDDEN

    @given(st.sampled_from(["x.fr", "*.x.fr", "https://x.fr"]), st.sampled_from("/?#:"),
           st.text("abc1", min_size=1))  # fmt: skip
    def test_what_follows_a_site_is_never_left_out(self, site: str, sign: str, rest: str) -> None:
        assert accepted("hosts", "any of", [f"{site}{sign}{rest}"]) is None


def given_as_it_is(name: str, value: Any) -> Iterator[Iterator[Pair]]:
    """Yield the act that has the value as it is written, not read from a text."""
    field: dict[str, Any] = {"links" if name in OF_LINKS else name: value}
    if name in WRITTEN:
        yield iter([(Act(**field), Context())])
    elif not name.startswith("local"):
        yield having(name, value)
    else:
        yield iter([(Act(at=NOW + n * 24 * HOUR), Context()) for n in range(7)][4:5])


# ----------------------------------------------------------------------------------------- samples

SAMPLES = [
    (fact("mentions").any_of("@ana"), Act(text="Merci @ana !")),
    (fact("mentions").any_of("Ana"), Act(mentions={"@ANA"})),
    (fact("hashtags").any_of("#promo"), Act(text="La #Promo")),
    (fact("hashtags").any_of("promo"), Act(hashtags={"#promo"})),
    (fact("hashtags").any_of("istanbul"), Act(text="#İSTANBUL")),
    (fact("hashtags").any_of("สวัสดี"), Act(text="#สวัสดี")),
    (fact("hosts").any_of("https://bit.ly"), Act(text="https://bit.ly/a")),
    (fact("hosts").any_of("bit.ly"), Act(text="https://bit\u200b.ly/a")),
    (fact("hosts").any_of("*.gouv.fr"), Act(text="https://www.data.gouv.fr/x")),
    (fact("hosts").any_of("concurrent.fr"), Act(text="Achetez sur concurrent.fr")),
    (fact("hosts").any_of("www.fr"), Act(text="https://www.www.fr")),
    (fact("network").is_("Bluesky"), Act(network="bluesky")),
    (fact("network").is_("x"), Act(network="twitter")),
    (fact("topics").any_of("événement"), Act(topics={normalize("NFD", "Événement")})),
    (fact("author").is_("Ana"), Act(author="ana")),
    (fact("links").any_of("bit.ly/a"), Act(text="http://www.bit.ly/a")),
    (fact("language").is_("pt-BR"), Act(language="pt_br")),
    (fact("tone").is_("Calm"), Act(labels={"tone": "CALM"})),
    (fact("in_reply_to.author").is_("@ana"), Act(in_reply_to=Message(author="Ana"))),
    (fact("network").matches("^Blue"), Act(network="bluesky")),
]
DOUBTED = [
    (fact("hosts").only("ours.example"), Act(text="https://[evil.example/")),
    (fact("domains").only("ours.example"), Act(text="https://[evil.example/")),
    (fact("hosts").only("ours.fr"), Act(text="https://ours.fr.evil.newdomain")),
    (fact("domains").only("ours.fr"), Act(text="https://ours.fr.evil.newdomain")),
    (fact("topics").any_of("kep"), Act(topics={"“kep”"})),
    (fact("hashtags").any_of("promo"), Act(hashtags={"pro mo"})),
    (fact("network").is_("x"), Act(network="")),
    (fact("in_reply_to.followers").above(3), Act(in_reply_to=Message(followers=-1))),
    (fact("in_reply_to.age").above(HOUR), Act(at=NOW, in_reply_to=Message(at=NOW + HOUR))),
    (fact("delay").below(HOUR), Act(labels={"delay": -3 * HOUR})),
]
REFUSED = [
    (fact("topics").any_of("“kep”"), "`topics` is never `“kep”` (write the word itself"),
    (fact("text").capitals.above(30), "`text.capitals` is never `30` (from 0 to 1)"),
    (fact("local.hour").at_least(24), "`local.hour` is never `24` (from 0 to 23)"),
    (fact("local.hour").above(23), "`local.hour` above `23` is never true"),
    (fact("local.hour").between(0, 23), "`local.hour` between `0, 23` is always true"),
    (fact("local.hour").at_least(0), "`local.hour` at least `0` is always true"),
    (fact("local.hour").is_(9.5), "for `local.hour`, `is` takes a whole number, not `9.5`"),
    (fact("topics").count.below(0), "`topics.count` below `0` is never true"),
    (fact("topics").count.between(1.2, 1.8), "takes a whole number, not `1.8`"),
    (fact("moods").count.above(2), "`moods.count` above `2` is never true"),
    (fact("in_reply_to.replies").below(1e300), "from 0 to 999999999999999999"),
    (fact("in_reply_to.replies").above(-1), "`in_reply_to.replies` is never `-1` (0 or more)"),
    (fact("author").is_("not ana"), "(write `{none of: [ana]}`)"),
    (fact("author").is_("!ana"), "(write `{none of: [ana]}`)"),
    (fact("author").is_("a" * 201), "`author` is never"),
    (fact("topics").any_of("prod*"), "(`*` is not a wildcard here: write `{matches: '^prod'}`)"),
    (fact("hosts").any_of("a.*"), "`hosts` is never `a.*`"),
    (fact("hashtags").any_of("pro mo"), "a hashtag is one word"),
    (fact("hashtags").matches("^#promo"), "no `#`: write `^promo`"),
    (fact("at").present(), "`at` present `yes` is always true"),
    (fact("local.weekday").none_of("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "never true"),
    (fact("moods").only("calm", "angry"), "`moods` only `angry, calm` is always true"),
    (fact("tone").matches("x"), "`tone` matches `x` is never true"),
    (fact("author.seniority").matches(".*"), "always true"),
    (fact("at").during("never"), "never true"),
    (fact("at").during("always"), "always true"),
    (fact("recent.any").fewer_than(0, within=HOUR), "`recent.any` fewer than `0 in 1 h` is never"),
    (fact("recent.any").more_than(1, within=40_000 * 24 * HOUR), "100 years at most"),
    (
        fact("text").mentions("rappel", exceptions=["rappel*"]),
        "hide every occurrence of the entry `rappel`",
    ),
    (fact("in_reply_to.age").above(-HOUR), "`in_reply_to.age` is never `-1 h` (0"),
    (fact("delay").above(-HOUR), "`delay` is never `-1 h` (0 s or more)"),
    (fact("delay").below(0 * HOUR), "`delay` below `0 s` is never true"),
]


@pytest.mark.parametrize(("test", "act"), SAMPLES)
def test_a_word_is_met_in_whatever_spelling(test: FactTest, act: Act) -> None:
    assert fates(forbidding(test), iter([(act, Context())])) == {Outcome.FORBIDDEN}


@pytest.mark.parametrize(("test", "act"), DOUBTED)
def test_what_has_no_normal_form_is_never_known_not_to_match(test: FactTest, act: Act) -> None:
    assert fates(forbidding(test), iter([(act, Context())])) == {Outcome.EXCEPTION}


@pytest.mark.parametrize(("test", "why"), REFUSED)
def test_a_value_that_a_fact_never_has_is_refused(test: FactTest, why: str) -> None:
    with pytest.raises(InvalidError) as caught:
        forbidding(test)
    assert why in str(caught.value)
    assert all(problem.hint for problem in caught.value.problems)


def test_a_wildcard_stands_for_all_sites_below_and_nothing_else() -> None:
    below = fact("hosts").only("*.gouv.fr", "ours.example")
    for text, holds in (
        ("https://data.gouv.fr https://ours.example", True),
        ("https://gouv.fr", False),
        ("https://evilgouv.fr", False),
        ("https://a.b.gouv.fr", True),
        ("https://a.gouv.fr https://evil.example", False),
    ):
        found = fates(forbidding(below), iter([(Act(text=text), Context())]))
        assert found == {Outcome.FORBIDDEN if holds else Outcome.COVERED}


def test_a_domain_stands_for_itself_and_all_sites_below_whatever_is_asked() -> None:
    ours, both = (
        fact("domains").only("gouv.fr", "ours.example"),
        fact("domains").all_of("b.fr", "fr"),
    )
    spam = fact("domains").any_of("spam.example")
    for test, text, holds in (
        (ours, "https://data.gouv.fr https://ours.example", True),
        (ours, "https://gouv.fr et www.gouv.fr", True),
        (ours, "https://evilgouv.fr", False),
        (ours, "https://gouv.fr.evil.example", False),
        (ours, "https://a.b.gouv.fr concurrent.fr", False),
        (ours, "rien", True),
        (spam, "a.b.spam.example/x", True),
        (spam, "https://notspam.example", False),
        (fact("domains").none_of("spam.example"), "https://notspam.example", True),
        (fact("domains").none_of("spam.example"), "http://x.spam.example", False),
        (both, "https://a.b.fr", True),
        (both, "https://c.fr", False),
    ):
        found = fates(forbidding(test), iter([(Act(text=text), Context())]))
        assert found == {Outcome.FORBIDDEN if holds else Outcome.COVERED}, (test, text)


def test_a_scope_has_one_form_as_well() -> None:
    charter = Charter("c", circuits=[DESK], default="desk", rules=[Rule.permit("a", because="x")])
    within = parse(
        json.dumps({"charter": "c", "networks": ["Twitter", "Bluesky"], "default": "desk",
                    "circuits": {"desk": [{"ask": {"role": "lead"}}]}, "rules": []}),
        Charter, format="json",
    )  # fmt: skip
    assert within.scope.networks == frozenset({"x", "bluesky"})
    assert charter.scope.networks is None
    with pytest.raises(InvalidError, match="networks"):
        parse(
            json.dumps({"charter": "c", "networks": ["“x”"], "default": "desk",
                        "circuits": {"desk": [{"ask": {"role": "lead"}}]}, "rules": []}),
            Charter, format="json",
        )  # fmt: skip


def test_earlier_acts_are_alike_in_whatever_spelling() -> None:
    test = fact("recent.any.same_network.same_topic.same_author").at_most(0, within=HOUR)
    mine = Act(at=NOW, network="X", topics={"Été"}, author="@Ana")
    theirs = Act(at=NOW, network="twitter", topics={"e\u0301te\u0301"}, author="ana")
    around = Context(earlier=Earlier([theirs]))
    assert fates(forbidding(test), iter([(mine, around)])) == {Outcome.COVERED}


def test_a_quiet_needs_no_witness_but_silence() -> None:
    assert isinstance(fact("recent.any").at_least_since(HOUR).operand, Quiet)
