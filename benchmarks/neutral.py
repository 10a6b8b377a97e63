"""Decisions on a workload that no engine was made for, beside other engines, in one run.

Run `python benchmarks/neutral.py` where the peers are installed (the dependency group `bench`);
those that are not are left out. Three rules in five permit posts by network, topic, language and
seniority; the others refer or forbid them by words of their text, or by network and topic with
their reach or the hour. A text
has 8 to 35 made-up words, and one in thirty cites a word that some rule may look for. All must
agree on every post before any is timed: is it let out at once? The same rules decide a frame of
many posts, all of them different, with the rules that determine each; what it says of the first
ones must be what they are ruled one by one. `--json FILE` keeps the figures; `--alone` leaves the
peers out.
"""

# ruff: noqa: PLR2004, S311 - what is drawn need not be secret, only the same again

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from random import Random
from statistics import median
from string import ascii_lowercase
from time import process_time
from typing import Any, Final

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Label,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.charters import Condition, compiled

RULES: Final = (10, 100, 1_000, 10_000, 100_000)
#: The sizes that peers are asked for as well; they try every rule, one after the other.
PEERS_UP_TO: Final = 1_000
POSTS: Final = 600
#: The posts of a frame, how many of them are ruled one by one, too, and up to how many rules.
ROWS: Final = 100_000
CHECKED: Final = 5_000
FRAMES_UP_TO: Final = 10_000
RUNS: Final = 7
#: What one engine may take for a run, in seconds; slower ones are asked for fewer posts.
LONGEST: Final = 1.0
AROUND: Final = Context()
NETWORKS: Final = ("facebook", "instagram", "x", "linkedin", "tiktok", "youtube", "mastodon",
                   "bluesky", "threads", "pinterest", "reddit", "blog")  # fmt: skip
LANGUAGES: Final = ("fr", "en", "de", "es", "it", "nl", "pt", "pl")
KINDS: Final = ("post", "reply", "story", "ad", "share", "live")
SENIORITY: Final = ("intern", "junior", "confirmed", "senior")
FIELDS: Final = ("network", "topic", "language", "seniority", "reach", "hour", "text")
TOPICS: Final = tuple(f"topic{number:03d}" for number in range(200))

Post = Mapping[str, Any]
#: A field, how it is compared, and with what.
Test = tuple[str, str, Any]
Tests = list[Test]


class Workload:
    """Rules and posts as plain data, the same for every engine; rules are effects and tests."""

    def __init__(self, rules: int, posts: int = POSTS, seed: int = 7) -> None:
        self._draw = Random(seed)
        vocabulary, self._flagged = self._words(4_000), self._words(2_000)
        self.rules = [self._rule() for _ in range(rules)]
        self.posts = [self._post(vocabulary) for _ in range(posts)]

    def _words(self, count: int) -> list[str]:
        draw = self._draw
        return ["".join(draw.choice(ascii_lowercase) for _ in range(draw.randint(5, 10)))
                for _ in range(count)]  # fmt: skip

    def _some(self, of: Sequence[str], least: int, most: int) -> list[str]:
        return self._draw.sample(of, self._draw.randint(least, most))

    def _rule(self) -> tuple[str, Tests]:
        draw = self._draw
        (effect,) = draw.choices(("permit", "refer", "forbid"), (0.6, 0.25, 0.15))
        tests: Tests = [("network", "in", self._some(NETWORKS, 1, 4)),
                        ("topic", "in", self._some(TOPICS, 1, 6))]  # fmt: skip
        if effect != "permit":
            return effect, self._refusal(tests, draw.random())
        if draw.random() < 0.5:
            tests.append(("language", "in", self._some(LANGUAGES, 2, 6)))
        if draw.random() < 0.5:
            tests.append(("seniority", "in", draw.sample(SENIORITY, 3)))
        return effect, tests

    def _refusal(self, tests: Tests, chance: float) -> Tests:
        if chance < 0.4:
            return [("text", "cites", self._some(self._flagged, 1, 5))]
        if chance < 0.7:
            return [*tests, ("reach", ">=", self._draw.randint(100_000, 1_000_000))]
        return [*tests, ("hour", "<", self._draw.randint(1, 7))]

    def _post(self, vocabulary: Sequence[str]) -> Post:
        draw = self._draw
        text = draw.choices(vocabulary, k=draw.randint(8, 35))
        if draw.random() < 0.03:
            text[draw.randrange(len(text))] = draw.choice(self._flagged)
        return {
            "network": draw.choice(NETWORKS),
            "language": draw.choice(LANGUAGES),
            "kind": draw.choice(KINDS),
            "seniority": draw.choice(SENIORITY),
            "topic": draw.choice(TOPICS),
            "reach": int(10 ** draw.uniform(1, 6)),
            "hour": draw.randrange(24),
            "text": " ".join(text),
        }

    def charter(self) -> Charter:
        """Return the charter as we write it."""
        desk = ValidationCircuit("desk", [Stage(Approvers("role", ["coordinator"]))])
        labels = {"reach": Label("number"), "hour": Label("number"),
                  "seniority": Label("symbol", set(SENIORITY))}  # fmt: skip
        rules = [_rule(f"r{at}", *rule) for at, rule in enumerate(self.rules)]
        return Charter("neutral", rules=rules, circuits=[desk], default="desk", labels=labels)

    def frame(self) -> Any:  # noqa: ANN401 - of polars, imported late
        """Return the posts as a frame of polars."""
        import polars as pl

        plain = ("network", "language", "seniority", "reach", "hour", "text")
        columns: dict[str, list[Any]] = {
            name: [post[name] for post in self.posts] for name in plain
        }
        topics = [[post["topic"]] for post in self.posts]
        return pl.DataFrame(columns).with_columns(kind=pl.lit("publish"), topics=pl.Series(topics))

    def acts(self, count: int | None = None) -> list[Act]:
        """Return the posts, or the first of them, as our acts."""
        return [
            Act(kind="publish", network=post["network"], topics={post["topic"]},
                language=post["language"], text=post["text"],
                labels={name: post[name] for name in ("reach", "hour", "seniority")})
            for post in self.posts[:count]
        ]  # fmt: skip


def _rule(id_: str, effect: str, tests: Tests) -> Rule:
    first, *others = [_condition(*test) for test in tests]
    when = first
    for other in others:
        when &= other
    if effect == "refer":
        return Rule.refer(id_, to="desk", when=when, because="Two people see it first.")
    make = Rule.permit if effect == "permit" else Rule.forbid
    return make(id_, when=when, because="So the charter says.")


def _condition(field: str, how: str, want: Any) -> Condition:  # noqa: ANN401 - as the test has it
    if field == "topic":
        return fact("topics").any_of(*want)
    if how == "in":
        return fact(field).one_of(*want)
    if how == "cites":
        return fact("text").mentions(*want)
    return fact(field).at_least(want) if how == ">=" else fact(field).below(want)


# ----------------------------------------------------------------------------------------- peers

Let = Callable[[Post], bool]


def straight(work: Workload) -> Let:
    """Return one Python function with the rules as `if`s, those that refuse first."""
    names: dict[str, Any] = {}
    read = ", ".join(f"d[{field!r}]" for field in FIELDS)
    lines = ["def let(d):", f"    {', '.join(FIELDS)} = {read}"]
    for refuses in (True, False):
        for at, (effect, tests) in enumerate(work.rules):
            if refuses is (effect == "permit"):
                continue
            parts = []
            for number, (field, how, want) in enumerate(tests):
                names[own := f"w{at}_{number}"] = frozenset(want) if how == "in" else want
                if how == "cites":
                    parts.append("(" + " or ".join(f"{word!r} in text" for word in want) + ")")
                else:
                    parts.append(f"{field} {how} {own}")
            lines.append(f"    if {' and '.join(parts)}: return {not refuses}")
    exec("\n".join([*lines, "    return False"]), names)  # noqa: S102 - the rules are made above
    return names["let"]  # type: ignore[no-any-return]


def datalogic(work: Workload) -> Let:
    """Return JSONLogic in Rust: one expression that stops where the answer is sure."""
    from datalogic_py import Engine

    def one(field: str, how: str, want: Any) -> Any:  # noqa: ANN401 - JSON
        if how == "cites":
            return {"or": [{"in": [word, {"var": field}]} for word in want]}
        return {how: [{"var": field}, want]}

    def some(which: Callable[[str], bool]) -> Any:  # noqa: ANN401 - the same
        return {"or": [{"and": [one(*test) for test in tests]}
                       for effect, tests in work.rules if which(effect)] or [False]}  # fmt: skip

    refused, let = some(lambda effect: effect != "permit"), some(lambda effect: effect == "permit")
    rule = Engine().compile({"and": [{"!": [refused]}, let]})
    return lambda post: bool(rule.evaluate(post))


def every_rule(work: Workload) -> Let:
    """Return the same engine asked for the truth of each rule, as who wants to name them must."""
    from datalogic_py import Engine

    def one(field: str, how: str, want: Any) -> Any:  # noqa: ANN401 - JSON
        if how == "cites":
            return {"or": [{"in": [word, {"var": field}]} for word in want]}
        return {how: [{"var": field}, want]}

    rule = Engine().compile([{"and": [one(*test) for test in tests]} for _, tests in work.rules])
    permits = [effect == "permit" for effect, _ in work.rules]

    def let(post: Post) -> bool:
        held = [at for at, truth in enumerate(rule.evaluate(post)) if truth]
        return bool(held) and all(permits[at] for at in held)

    return let


def cedar(work: Workload) -> Let:
    """Return Cedar in Rust, its policies parsed once; what refers forbids as well."""
    from cedarpy import Entities, PolicySet, is_authorized

    def one(field: str, how: str, want: Any) -> str:  # noqa: ANN401 - as the test has it
        if how == "cites":
            return "(" + " || ".join(f'context.text like "*{word}*"' for word in want) + ")"
        if how == "in":
            return f"{json.dumps(want)}.contains(context.{field})"
        return f"context.{field} {how} {want}"

    lines = [
        f"{'permit' if effect == 'permit' else 'forbid'}(principal, action, resource) when"
        f" {{ {' && '.join(one(*test) for test in tests)} }};"
        for effect, tests in work.rules
    ]
    policies, nobody = PolicySet.from_str("\n".join(lines)), Entities.from_json_str("[]")
    who = {"principal": 'U::"a"', "action": 'Action::"publish"', "resource": 'R::"post"'}
    return lambda post: is_authorized({**who, "context": post}, policies, nobody).allowed


#: Name -> (package that must be there, what makes it).
PEERS: Final[dict[str, tuple[str, Callable[[Workload], Let]]]] = {
    "straight Python": ("json", straight),
    "datalogic-py": ("datalogic_py", datalogic),
    "datalogic-py, every rule": ("datalogic_py", every_rule),
    "cedarpy, parsed": ("cedarpy", cedar),
}
OURS, WHOLE, SECONDS = "cmcore, compiled", "cmcore, whole decision", "compiling, seconds"
BULK: Final = "cmcore, in a frame"


# ---------------------------------------------------------------------------------------- timing


class Engine:
    """One way to decide, and how long it took each time it was asked, about `each` posts."""

    def __init__(self, ask: Callable[..., object], asked: Sequence[object], each: int = 1) -> None:
        self._each = each
        start = process_time()
        for one in asked[:5]:
            ask(one)
        cost = (process_time() - start) / min(5, len(asked))
        self._ask, self._asked = ask, asked[: max(5, int(LONGEST / cost))]
        self._rounds = max(1, int(0.05 / cost / len(self._asked)))
        self._spans: list[float] = []

    def run(self) -> None:
        """Ask for every post in turn, often enough to be measured."""
        ask, asked = self._ask, self._asked
        start = process_time()
        for _ in repeat(None, self._rounds):
            for one in asked:
                ask(one)
        posts = self._rounds * len(asked) * self._each
        self._spans.append((process_time() - start) / posts)

    @property
    def cost(self) -> float:
        """The median of the runs, in microseconds a post."""
        return median(self._spans) * 1e6


def measured(rules: int, peers: Sequence[str], *, whole: bool) -> dict[str, float]:
    """Return what a post costs by each engine, the runs of all in turn, after they agreed."""
    work = Workload(rules, ROWS if rules <= FRAMES_UP_TO else POSTS)
    acts, spans = work.acts(POSTS), []
    for _ in range(RUNS if rules < RULES[-1] else 1):
        charter = work.charter()  # made anew: an index is kept with its charter
        start = process_time()
        index = compiled(charter)
        spans.append(process_time() - start)
    engines = {OURS: Engine(lambda act: index.rule(act, AROUND), acts)}
    if whole:
        engines[WHOLE] = Engine(lambda act: decide(charter, act, AROUND), acts)
    if rules <= FRAMES_UP_TO and find_spec("polars"):
        engines[BULK] = _bulk(work, charter)
    let = [index.rule(act, AROUND).outcome is Outcome.COVERED for act in acts]
    for name in peers if rules <= PEERS_UP_TO else ():
        ask = PEERS[name][1](work)
        posts = work.posts[:POSTS]
        odd = [at for at, post in enumerate(posts) if ask(post) is not let[at]]
        if odd:
            sys.exit(f"{name} disagrees about {len(odd)} posts, the first {posts[odd[0]]}")
        engines[name] = Engine(ask, posts)
    for _ in range(RUNS):
        for engine in engines.values():
            engine.run()
    return {SECONDS: median(spans), **{name: engine.cost for name, engine in engines.items()}}


def _bulk(work: Workload, charter: Charter) -> Engine:
    """Return what decides all posts at once, after it agreed with what decides them one by one."""
    from cmcore.frames import decide_frame

    frame, index = work.frame(), compiled(charter)
    told = decide_frame(charter, frame[:CHECKED])
    got = zip(*(told[name].to_list() for name in ("outcome", "circuits", "rules")), strict=True)
    for act, (outcome, circuits, rules) in zip(work.acts(CHECKED), got, strict=True):
        due = index.rule(act, AROUND)
        if (outcome, (*circuits,), (*rules,)) != (due.outcome, due.circuits, due.determining):
            sys.exit(f"a frame says {outcome} by {rules}, not {due}")
    return Engine(lambda rows: decide_frame(charter, rows), [frame], len(frame))


def _cell(name: str, cost: float | None, ours: float) -> str:
    if cost is None:
        return ""
    return f"{cost:,.3f}" if name == SECONDS else f"{cost:,.2f} {cost / ours:>7,.1f}×"


def main() -> None:
    """Read the command line, measure and print."""
    read = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    read.add_argument("--rules", type=int, nargs="*", default=list(RULES))
    read.add_argument("--alone", action="store_true", help="only ours")
    read.add_argument("--bare", action="store_true", help="no whole decisions")
    read.add_argument("--json", type=Path)
    asked = read.parse_args()
    peers = [n for n, (package, _) in PEERS.items() if find_spec(package) and not asked.alone]
    print(f"Python {sys.version.split()[0]}; left out: {sorted(set(PEERS) - set(peers)) or 'none'}")
    print(f"posts with text: µs each, median of {RUNS} runs in turn over up to {POSTS} posts")
    found: dict[str, dict[int, float]] = {}
    for size in asked.rules:
        for name, cost in measured(size, peers, whole=not asked.bare).items():
            found.setdefault(name, {})[size] = cost
    print(f"{'':<24}" + "".join(f"{size:>20,}" for size in asked.rules))
    for name, costs in found.items():
        cells = [_cell(name, costs.get(size), found[OURS][size]) for size in asked.rules]
        print(f"{name:<24}" + "".join(f"{cell:>20}" for cell in cells))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
