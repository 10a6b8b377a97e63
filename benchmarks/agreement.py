"""Random charters and acts by the hundred thousand, through every path: all must agree.

Run `python benchmarks/agreement.py [PAIRS] [--seed N] [--plant FAULT]`. What differs is told with
the seed and the number of the charter, which make it again. `--plant` puts a fault in the index,
to see that it is found; without a name, it plants them one after the other.
"""

# ruff: noqa: ANN401, D103, PLR2004, S311 - what is drawn is named for what it is, by its shares

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from time import perf_counter
from typing import Any, Final
from zoneinfo import ZoneInfo

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Label,
    Message,
    Stage,
    ValidationCircuit,
    WordList,
)
from cmcore.charters import (
    CALM,
    All,
    AnyOf,
    AtLeast,
    Author,
    Earlier,
    Not,
    Ruling,
    Scope,
    Situation,
    Term,
    Volume,
)  # fmt: skip
from cmcore.charters.conditions.condition import Condition, FactTest
from cmcore.charters.conditions.fit import fit_problems
from cmcore.charters.conditions.operands import Hours, Quiet, Range, Rate
from cmcore.charters.conditions.operators import Op
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.history import Case
from cmcore.charters.index import _engine as kernel
from cmcore.charters.index import _masks as tables
from cmcore.charters.index import _narrow as looking
from cmcore.charters.index import _shelves as shelving
from cmcore.charters.index import _sight as seeing
from cmcore.charters.index import lexicon as lexicons
from cmcore.charters.index._blocks import Gap
from cmcore.charters.index.normal_form import MOST
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule

ACTS: Final = 400
NOW: Final = datetime(2026, 3, 27, 8, tzinfo=UTC)
WORDS: Final = ("a", "b", "c", "d")
ENTRIES: Final = ("rappel", "rappel*", "lot 7", "#rappel", "offre", "petit rappel", "été")
PIECES: Final = ("rappel", "Rappels", "lot", "7", "#rappel", "offre", "petit", "été", "!", "ok")
ZONES: Final = ("UTC", "Europe/Paris")
LABELS: Final = {
    "tone": Label("symbol", {"a", "b", "c"}),
    "mood": Label("symbol"),
    "flag": Label("flag"),
    "reach": Label("number"),
    "tags": Label("symbols"),
    "closed": Label("symbols", {"a", "b", "c"}),
    "lag": Label("duration"),
    "due": Label("instant"),
    "body": Label("text"),
}
VOCABULARY: Final = Vocabulary(LABELS, {"launch"})
BAD: Final = Situation(open=True, severity="a")
Draw = Random


# ------------------------------------------------------------------------------------- charters


def numbers(draw: Draw) -> float:
    return draw.choice((0, 1, 2, 2.5, 3, 1.0))


def lags(draw: Draw) -> timedelta:
    return timedelta(hours=draw.randrange(4))


def instants(draw: Draw) -> datetime:
    at = NOW + timedelta(hours=draw.randrange(-3, 4))
    zone = draw.choice((UTC, UTC, timezone(timedelta(hours=2)), ZoneInfo("Europe/Paris")))
    return at.astimezone(zone)


def some(draw: Draw) -> frozenset[str]:
    return frozenset(draw.sample(("a", "b", "c"), draw.randint(1, 3)))


def a_list(draw: Draw) -> WordList:
    excepted = draw.sample(("petit rappel", "lot", "rappels"), draw.randint(0, 1))
    return WordList(draw.sample(ENTRIES, draw.randint(1, 3)), excepted)


def a_range(draw: Draw, one: Callable[[Draw], Any]) -> Range:
    low, high = sorted((one(draw), one(draw)))
    return Range(low, high)


def line(one: Callable[[Draw], Any], *more: Op) -> Callable[[Draw], tuple[Op, Any]]:
    def drawn(draw: Draw) -> tuple[Op, Any]:
        op = draw.choice((Op.BELOW, Op.AT_MOST, Op.AT_LEAST, Op.ABOVE, Op.BETWEEN, *more))
        if op is Op.DURING:
            week = draw.choice(("Fri 08:00-12:00", "Mon-Fri", "Sat,Sun"))
            return op, Hours(week, draw.choice((None, *ZONES)))
        return op, a_range(draw, one) if op is Op.BETWEEN else one(draw)

    return drawn


def word(draw: Draw) -> tuple[Op, Any]:
    op = draw.choice((Op.IS, Op.IS, Op.ONE_OF, Op.NONE_OF))
    return op, draw.choice("abc") if op is Op.IS else some(draw)


def words(draw: Draw) -> tuple[Op, Any]:
    return draw.choice((Op.ANY_OF, Op.ALL_OF, Op.NONE_OF, Op.ONLY)), some(draw)


def mention(draw: Draw) -> tuple[Op, Any]:
    return Op.MENTIONS, a_list(draw)


def log(draw: Draw) -> tuple[Op, Any]:
    window = timedelta(hours=draw.randint(1, 3))
    op = draw.choice((Op.MORE_THAN, Op.AT_MOST, Op.FEWER_THAN, Op.AT_LEAST))
    quiet = op is Op.AT_LEAST and draw.random() < 0.5
    return op, Quiet(window) if quiet else Rate(draw.randrange(3), window)


#: Fact -> how a test of it is drawn.
ASKED: Final[dict[str, Callable[[Draw], tuple[Op, Any]]]] = {
    "network": word, "mood": word, "tone": word, "template": word, "author.seniority": word,
    "in_reply_to.tone": word, "incident.severity": word,
    "flag": lambda draw: (Op.IS, draw.random() < 0.5),
    "paid": lambda draw: (Op.IS, draw.random() < 0.5),
    "incident.open": lambda draw: (Op.IS, draw.random() < 0.5),
    "topics": words, "tags": words, "closed": words, "author.roles": words, "media": words,
    "reach": line(numbers, Op.IS), "text.words": line(numbers, Op.IS),
    "topics.count": line(numbers), "lag": line(lags), "since.launch": line(lags),
    "target.age": line(lags),
    "due": line(instants, Op.DURING), "at": line(instants, Op.DURING),
    "text": mention, "body": mention, "target.text": mention,
    "recent.any": log, "recent.publish.same_network": log,
}  # fmt: skip


def a_test(draw: Draw, facts: Sequence[str]) -> FactTest:
    """Return a test that a charter takes: one that some acts pass and others do not."""
    fact = draw.choice(facts)
    while True:
        asks_presence = draw.random() < 0.08
        asked = (Op.PRESENT, draw.random() < 0.5) if asks_presence else ASKED[fact](draw)
        test = FactTest(fact, *asked)
        if not any(fit_problems(test, VOCABULARY)):
            return test


def a_condition(draw: Draw, facts: Sequence[str], depth: int) -> Condition:
    form = draw.random()
    if not depth or form < 0.45:
        return a_test(draw, facts)
    parts = [a_condition(draw, facts, depth - 1) for _ in range(draw.randint(0, 3))]
    if form < 0.7:
        return All(parts)
    if form < 0.85:
        return AnyOf(parts)
    if form < 0.93 and parts:
        return AtLeast(draw.randint(1, len(parts)), parts)
    return Not(a_condition(draw, facts, depth - 1))


def a_term(draw: Draw) -> Term:
    if draw.random() < 0.9:
        return Term()
    day = date(2026, 3, 26) + timedelta(days=draw.randrange(3))
    return draw.choice((Term(day), Term(None, day), Term(day, day)))


def a_charter(draw: Draw) -> Charter:
    """Return a charter of up to a dozen rules over a few facts."""
    facts = draw.sample(sorted(ASKED), draw.randint(1, 4))
    rules = []
    for number in range(draw.randint(1, draw.choice((3, 8, 16)))):
        effect = draw.choice((Effect.PERMIT, Effect.PERMIT, Effect.REFER, Effect.FORBID))
        when = a_condition(draw, facts, draw.choice((0, 1, 1, 2)))
        to = draw.choice(("desk", "crisis")) if effect is Effect.REFER else None
        rules.append(Rule(f"r{number}", effect, when=when, because="So.", to=to, term=a_term(draw)))
    networks = {"a", "b"} if draw.random() < 0.1 else None
    volume = [Volume(2, timedelta(hours=2))] if draw.random() < 0.1 else []
    stage = Stage(Approvers("role", ["desk"]))
    return Charter(
        "random", rules=rules, default="desk", zone=draw.choice(ZONES), term=a_term(draw),
        circuits=[ValidationCircuit("desk", [stage]), ValidationCircuit("crisis", [stage])],
        scope=Scope(networks, volume), labels=LABELS, events={"launch"},
    )  # fmt: skip


# ----------------------------------------------------------------------------------------- acts


class Sly(str):
    """A word of a class of its own."""

    __slots__ = ()


def a_text(draw: Draw) -> str:
    return " ".join(draw.choices(PIECES, k=draw.randrange(5)))


#: What is given for a fact: mostly a value that fits, sometimes one that does not.
GIVEN: Final[dict[str, Callable[[Draw], Any]]] = {
    "tone": lambda draw: draw.choice(WORDS),
    "mood": lambda draw: draw.choice((*WORDS, Sly("a"))),
    "flag": lambda draw: draw.choice((True, False, True, False, 1)),
    "reach": lambda draw: draw.choice((0, 1, 2, 2.0, 2.5, 3, 4, True, "2")),
    "tags": lambda draw: frozenset(draw.sample((*WORDS, Sly("b")), draw.randrange(4))),
    "closed": lambda draw: frozenset(draw.sample(WORDS, draw.randrange(3))),
    "lag": lags,
    "due": instants,
    "body": a_text,
}
FIELDS: Final[dict[str, Callable[[Draw], Any]]] = {
    "network": lambda draw: draw.choice(WORDS),
    "template": lambda draw: draw.choice((*WORDS, Sly("a"))),
    "kind": lambda draw: draw.choice(("publish", "reply", "delete")),
    "topics": lambda draw: draw.sample(WORDS, draw.randrange(3)),
    "media": lambda draw: draw.sample(WORDS, draw.randrange(3)),
    "paid": lambda draw: draw.random() < 0.5,
    "text": a_text,
}


def picked(draw: Draw, of: dict[str, Callable[[Draw], Any]], share: float) -> dict[str, Any]:
    return {name: make(draw) for name, make in of.items() if draw.random() < share}


def a_message(draw: Draw) -> Message | None:
    if draw.random() < 0.3:
        return None
    tone = draw.choice((*WORDS, None))
    absent = {"tone"} if tone is None and draw.random() < 0.5 else ()
    at = None if draw.random() < 0.2 else NOW - lags(draw)
    return Message(tone=tone, text=a_text(draw), at=at, absent=absent)


def an_act(draw: Draw, share: float) -> Act:
    given, labels = picked(draw, FIELDS, share), picked(draw, GIVEN, share)
    absent = {n for n in ("template", "mood", "text", "tags", "network") if draw.random() < 0.05}
    absent -= {*given, *labels}
    return Act(
        at=None if draw.random() < 0.1 else instants(draw), labels=labels,
        in_reply_to=a_message(draw), target=a_message(draw), absent=absent, **given,
    )  # fmt: skip


def a_context(draw: Draw, share: float) -> Context:
    acts = [an_act(draw, share) for _ in range(draw.randrange(3))]
    author = {"seniority": FIELDS["network"], "roles": FIELDS["topics"]}
    return Context(
        at=None if draw.random() < 0.5 else NOW,
        author=Author(**picked(draw, author, share)),
        incident=draw.choice((CALM, Situation(), BAD, Situation(severity="b"))),
        earlier=None if draw.random() < 0.2 else Earlier(acts, draw.choice((None, NOW))),
        events=draw.choice(({}, {"launch": None}, {"launch": NOW - timedelta(hours=2)})),
    )  # fmt: skip


def some_cases(draw: Draw, count: int) -> list[Case]:
    """Return acts in contexts, a few contexts shared by many acts."""
    share = draw.choice((0.7, 0.95, 1))
    around = [a_context(draw, share) for _ in range(5)]
    return [Case(an_act(draw, share), draw.choice(around)) for _ in range(count)]


# ---------------------------------------------------------------------------------------- paths

Path = Callable[[Charter, list[Case]], list[Ruling]]


def by_reference(charter: Charter, cases: list[Case]) -> list[Ruling]:
    return [judge(charter, Facts(charter, case.act, case.context)) for case in cases]


def by_index(*sizes: int, most: int = MOST) -> Path:
    """Return the path through an index with those sizes, and at most so many alternatives."""

    def path(charter: Charter, cases: list[Case]) -> list[Ruling]:
        usual = [getattr(shelving, name) for name in SIZES]
        for name, size in zip(SIZES, sizes, strict=False):
            setattr(shelving, name, size)
        try:
            index = kernel.Kernel(charter, most)
            return [index.rule(case.act, case.context) for case in cases]
        finally:
            for name, size in zip(SIZES, usual, strict=True):
                setattr(shelving, name, size)

    return path


SIZES: Final = ("ONE_BLOCK", "A_BLOCK")
PATHS: Final[dict[str, Path]] = {
    "index": by_index(),
    "index in blocks": by_index(0, 2, most=2),
}


def differences(seed: int, pairs: int) -> Iterator[tuple[int, str, Case, Ruling, Ruling]]:
    """Yield what the paths say otherwise than the reference, with the number of the charter."""
    for number in range(-(-pairs // ACTS)):
        draw = Random(f"{seed}/{number}")
        charter = a_charter(draw)
        cases = some_cases(draw, ACTS)
        due = by_reference(charter, cases)
        for name, path in PATHS.items():
            for case, want, got in zip(cases, due, path(charter, cases), strict=True):
                if want != got:
                    yield number, name, case, want, got


# --------------------------------------------------------------------------------------- faults


def _swap(home: Any, name: str, other: Any) -> Callable[[], None]:
    """Put another thing in the place of one, and return what puts it back."""
    usual = vars(home)[name]
    setattr(home, name, other)
    return lambda: setattr(home, name, usual)


def _guessing(source: Any, reading: Any) -> Any:
    found = CLEAN(source, reading)
    return Gap.ABSENT if found is Gap.UNKNOWN else found


def _trusting(source: Any, reading: Any) -> Any:
    found = CLEAN(source, reading)
    return reading if found is Gap.ODD else found


CLEAN: Final = seeing.clean
ADD, BLOCKS = shelving.Shelf.add, shelving.Shelf.blocks
PLAINLY, KEEP = lexicons.plainly, kernel.Memory.keep
#: Fault -> what plants it.
FAULTS: Final[dict[str, Callable[[], Callable[[], None]]]] = {
    "an edge belongs to the other side": lambda: _swap(
        tables, "_FINDS", {False: tables.bisect_left, True: tables.bisect_right}
    ),
    "what is unknown has no value": lambda: _swap(seeing, "clean", _guessing),
    "a set wants only its first touch": lambda: _swap(
        tables.Sets, "looker", lambda self: self._one_column if self.columns else self._columns
    ),
    "exceptions are forgotten": lambda: _swap(
        lexicons.Lexicon, "_held", lambda self, _, cut, names: {
            self._only or int(entry) for entry, _, _ in lexicons.walk(self._tree, cut, names)
        }
    ),
    "a rule stands under one of its values": lambda: _swap(
        shelving.Shelf, "add",
        lambda self, item, named: ADD(self, item, frozenset(sorted(named)[:1])),
    ),
    "nobody meets the rules on a shelf whose fact is unknown": lambda: _swap(
        shelving.Shelf, "blocks", lambda self, got: () if got is Gap.UNKNOWN else BLOCKS(self, got)
    ),
    "rules that name no value are lost": lambda: _swap(
        shelving.Index, "others", lambda self, values: [
            block for shelf in self.shelves for block in shelf.blocks(values[shelf.fact])
        ]
    ),
    "a text is held not to have what it has": lambda: _swap(
        lexicons, "plainly", lambda text: PLAINLY(text.replace("#", "").replace("rappel", "")),
    ),
    "what may hold is remembered as what does": lambda: _swap(
        kernel.Memory, "keep", lambda self, key, made, room: KEEP(
            self, key[0] if isinstance(key, tuple) and isinstance(key[0], int) else key, made, room
        )
    ),
    "the gate is open": lambda: _swap(looking.Look, "opened", lambda _: True),
    "what is asked is not asked": lambda: _swap(
        looking.Part, "settle", lambda self, _within, _seen: self
    ),
}  # fmt: skip


def run(seed: int, pairs: int) -> int:
    """Run so many pairs, print what differs, and return how much does."""
    start = perf_counter()
    found = 0
    for number, path, case, want, got in differences(seed, pairs):
        found += 1
        if found == 1:
            print(f"seed {seed}, charter {number}, {path}: {got}\n  not {want}\n  for {case!r}")
    span = perf_counter() - start
    print(f"{pairs:,} pairs, {1 + len(PATHS)} paths, {pairs / span:,.0f} pairs/s: {found} differ")
    return found


def main() -> int:
    """Read the command line and run; 1 if anything differs, or a planted fault is not found."""
    told = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    told.add_argument("pairs", type=int, nargs="?", default=100_000)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--plant", nargs="?", const="", choices=["", *FAULTS])
    asked = told.parse_args()
    if asked.plant is None:
        return 1 if run(asked.seed, asked.pairs) else 0
    missed = 0
    for name in [asked.plant] if asked.plant else FAULTS:
        print(f"planted: {name}")
        mend = FAULTS[name]()
        missed += not run(asked.seed, asked.pairs)
        mend()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
