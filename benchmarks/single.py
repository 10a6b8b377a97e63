"""One decision at a time, beside other engines: same charter, same acts, one run.

Run `python benchmarks/single.py` where the peers are installed (the dependency group `bench`);
those that are not are left out. The charter is permits such as "network is X and topic is Y and
reach is below Z", one forbid on the tone and, with `--words`, three refer rules that look for
words in the text. Ours starts from `Act` values; the peers from dictionaries made beforehand, in
which the text is already cut into words. All must agree before any is timed. `--json FILE` keeps
the figures; `--alone` leaves the peers out.
"""

# ruff: noqa: PLR2004, S311 - what is drawn need not be secret, only the same again

import argparse
import json
import sys
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any, Final

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    WordList,
    fact,
)
from cmcore.charters import CompiledCharter, Ruling, compiled  # fmt: skip
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts

RULES: Final = (10, 100, 1_000, 10_000, 100_000)
RUNS: Final = 5
AROUND: Final = Context()
ACTS: Final = 1_000
#: What a peer may take at one size, in seconds; slower ones are left out of the larger sizes.
LONGEST: Final = 5.0
#: What one run takes at least, in seconds, so that no passing thing weighs on it; and of how many
#: acts it is told beforehand how often they fit.
SHORTEST, FEW = 0.1, 20
NETWORKS: Final = ("bluesky", "mastodon", "linkedin", "peertube")
TEXT: Final = "Bonjour, le nouveau produit arrive en magasin samedi"
CRISIS: Final = tuple(("rappel", f"danger{n}", f"plainte{n}") for n in range(3))

Data = dict[str, Any]
Permit = tuple[str, str, str, int]


class Workload:
    """A charter and acts, in our terms and as plain data."""

    def __init__(self, rules: int, *, words: bool, seed: int = 1) -> None:
        draw = Random(seed)
        topics = max(5, rules // 10)
        self.refers = [(f"w{n}", list(some)) for n, some in enumerate(CRISIS)] if words else []
        self.permits: list[Permit] = [
            (f"r{n}", draw.choice(NETWORKS), f"t{draw.randrange(topics)}", draw.randrange(100_000))
            for n in range(rules - 1 - len(self.refers))
        ]
        self.data = [self._data(draw, topics) for _ in range(ACTS)]
        self.acts = [_act(data) for data in self.data]

    def _data(self, draw: Random, topics: int) -> Data:
        more = draw.choice(CRISIS)[1] if draw.random() < 0.02 else "merci"
        text = f"{TEXT} {more}"
        return {
            "network": "".join(draw.choice(NETWORKS)),
            "topic": f"t{draw.randrange(topics)}",
            "reach": draw.randrange(100_000),
            "tone": "negative" if draw.random() < 0.05 else "calm",
            "text": text,
            "words": sorted(set(text.lower().replace(",", "").split())),
        }

    def charter(self) -> Charter:
        """Return the charter as we write it."""
        network, topic, reach = fact("network"), fact("topic"), fact("reach")
        rules = [
            Rule.permit(id_, when=network.is_(n) & topic.is_(t) & reach.below(z), because="Daily.")
            for id_, n, t, z in self.permits
        ]
        rules += [
            Rule.refer(id_, to="desk", when=fact("text").mentions(*words), because="Crisis.")
            for id_, words in self.refers
        ]
        rules.append(Rule.forbid("no", when=fact("tone").is_("negative"), because="Not so."))
        labels = {
            "topic": Label("symbol"),
            "reach": Label("number"),
            "tone": Label("symbol", {"calm", "negative"}),
        }
        desk = ValidationCircuit("desk", [Stage(Approvers("role", ["coordinator"]))])
        return Charter("bench", rules=rules, circuits=[desk], default="desk", labels=labels)


def _act(data: Data) -> Act:
    labels = {name: data[name] for name in ("topic", "reach", "tone")}
    return Act(kind="publish", network=data["network"], text=data["text"], labels=labels)


Answer = tuple[str, tuple[str, ...] | None]
Decide = Callable[[Any], Answer]


def combined(forbids: Sequence[str], refers: Sequence[str], permits: Sequence[str]) -> Answer:
    """Return the outcome and the determining rules."""
    if forbids:
        return "forbidden", tuple(forbids)
    if refers:
        return "exception", tuple(refers)
    return ("covered", tuple(permits)) if permits else ("exception", ())


# ----------------------------------------------------------------------------------------- peers


def straight(work: Workload) -> Decide:
    """Return one Python function with the rules as `if`s; it knows nothing of unknown facts."""
    lines = ["def rule(d):", "    if d['tone'] == 'negative': return 'forbidden', ('no',)"]
    lines += ["    found = []"]
    names: Data = {}
    for id_, words in work.refers:
        names[f"{id_}_words"] = frozenset(words)
        lines.append(f"    if not {id_}_words.isdisjoint(d['words']): found.append({id_!r})")
    lines.append("    if found: return 'exception', tuple(found)")
    lines += [
        f"    if d['network'] == {n!r} and d['topic'] == {t!r} and d['reach'] < {z}:"
        f" found.append({id_!r})"
        for id_, n, t, z in work.permits
    ]
    lines.append("    return ('covered' if found else 'exception'), tuple(found)")
    exec("\n".join(lines), names)  # noqa: S102 - the rules are made above
    return names["rule"]  # type: ignore[no-any-return]


def three_valued(work: Workload) -> Decide:
    """Return the same with three values: a fact that is None neither covers nor lets through."""
    lines = ["def rule(d):", "    network, topic, reach = d['network'], d['topic'], d['reach']"]
    lines += ["    tone, words = d['tone'], d['words']"]
    lines += ["    if tone == 'negative': return 'forbidden', ('no',)"]
    lines += ["    if tone is None: return 'exception', ('no',)", "    found = []"]
    names: Data = {}
    for id_, some in work.refers:
        names[f"{id_}_words"] = frozenset(some)
        test = f"words is None or not {id_}_words.isdisjoint(words)"
        lines.append(f"    if {test}: found.append({id_!r})")
    lines.append("    if found: return 'exception', tuple(sorted(found))")
    lines += [
        f"    if network == {n!r} and topic == {t!r} and reach is not None and reach < {z}:"
        f" found.append({id_!r})"
        for id_, n, t, z in work.permits
    ]
    lines.append("    return ('covered' if found else 'exception'), tuple(sorted(found))")
    exec("\n".join(lines), names)  # noqa: S102 - the rules are made above
    return names["rule"]  # type: ignore[no-any-return]


def datalogic(work: Workload) -> Decide:
    """Return JSONLogic in Rust: one expression that answers with an array of truths."""
    from datalogic_py import Engine

    def var(name: str) -> Data:
        return {"var": name}

    each: list[Any] = [{"==": [var("tone"), "negative"]}]
    each += [{"or": [{"in": [w, var("words")]} for w in words]} for _, words in work.refers]
    each += [
        {"and": [{"==": [var("network"), n]}, {"==": [var("topic"), t]}, {"<": [var("reach"), z]}]}
        for _, n, t, z in work.permits
    ]
    rule = Engine().compile(each)
    refers, permits = [id_ for id_, _ in work.refers], [one[0] for one in work.permits]

    def decide(data: Data) -> Answer:
        truths = rule.evaluate(data)
        after = 1 + len(refers)
        return combined(
            ["no"] if truths[0] else [],
            [id_ for id_, held in zip(refers, truths[1:after], strict=True) if held],
            [id_ for id_, held in zip(permits, truths[after:], strict=True) if held],
        )

    return decide


def cedar(work: Workload) -> Decide:
    """Return Cedar in Rust, its policies parsed once; refer rules are forbids by another name."""
    from cedarpy import Entities, PolicySet, is_authorized

    lines = ['@id("no") forbid(principal, action, resource) when { context.tone == "negative" };']
    lines += [
        f'@id("{id_}") forbid(principal, action, resource)'
        f" when {{ context.words.containsAny({json.dumps(words)}) }};"
        for id_, words in work.refers
    ]
    lines += [
        f'@id("{id_}") permit(principal, action, resource) when'
        f' {{ context.network == "{n}" && context.topic == "{t}" && context.reach < {z} }};'
        for id_, n, t, z in work.permits
    ]
    policies, nobody = PolicySet.from_str("\n".join(lines)), Entities.from_json_str("[]")
    who = {"principal": 'U::"a"', "action": 'Action::"publish"', "resource": 'R::"post"'}

    def decide(data: Data) -> Answer:
        found = is_authorized({**who, "context": data}, policies, nobody)
        rules = sorted(found.diagnostics.id_annotations_by_reason.values())
        if found.allowed:
            return "covered", tuple(rules)
        return combined([r for r in rules if r == "no"], [r for r in rules if r != "no"], [])

    return decide


def rule_engine(work: Workload) -> Decide:
    """Return rule-engine: one object a rule, asked one after the other."""
    from rule_engine import Rule as Expression

    no = Expression('tone == "negative"')
    refers = [(id_, Expression(" or ".join(f'"{w}" in words' for w in words)))
              for id_, words in work.refers]  # fmt: skip
    permits = [
        (id_, Expression(f'network == "{n}" and topic == "{t}" and reach < {z}'))
        for id_, n, t, z in work.permits
    ]

    def decide(data: Data) -> Answer:
        if no.matches(data):
            return "forbidden", ("no",)
        found = [id_ for id_, rule in refers if rule.matches(data)]
        return combined([], found, [id_ for id_, rule in permits if rule.matches(data)])

    return decide


_MODEL: Final = """
[request_definition]
r = network, topic, reach, tone, words
[policy_definition]
p = id, network, topic, reach, tone, words, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = fits(r.network, r.topic, r.reach, r.tone, r.words, p.network, p.topic, p.reach, p.tone, p.words)
"""


def casbin(work: Workload) -> Decide:
    """Return casbin, of which only the outcome is asked, as covered or not."""
    from casbin import Enforcer, Model

    def fits(*given: Any) -> bool:  # noqa: ANN401 - what casbin hands over
        network, topic, reach, tone, words, *want = given
        if want[3] != "*":
            return bool(tone == want[3])
        if want[4] != "*":
            return any(word in words for word in want[4].split())
        return bool(network == want[0] and topic == want[1] and reach < int(want[2]))

    model = Model()
    model.load_model_from_text(_MODEL)
    enforcer = Enforcer(model)
    enforcer.add_function("fits", fits)
    enforcer.add_policy("no", "*", "*", "0", "negative", "*", "deny")
    for id_, words in work.refers:
        enforcer.add_policy(id_, "*", "*", "0", "*", " ".join(words), "deny")
    for id_, n, t, z in work.permits:
        enforcer.add_policy(id_, n, t, str(z), "*", "*", "allow")

    def decide(data: Data) -> Answer:
        asked = [data[name] for name in ("network", "topic", "reach", "tone", "words")]
        return ("covered" if enforcer.enforce(*asked) else "not covered"), None

    return decide


def rego(work: Workload) -> Decide:
    """Return Rego, by regopy: sets of rule names."""
    from regopy import Input, Interpreter

    lines = ["package bench", 'forbid contains "no" if input.tone == "negative"']
    lines += [
        f'refer contains "{id_}" if input.words[_] == {json.dumps(word)}'
        for id_, words in work.refers
        for word in words
    ]
    lines += [
        f'permit contains "{id_}" if {{ input.network == "{n}"; input.topic == "{t}";'
        f" input.reach < {z} }}"
        for id_, n, t, z in work.permits
    ]
    if not work.refers:
        lines.append('refer contains "never" if input.tone == "none"')
    engine = Interpreter()
    engine.add_module("bench", "\n".join(lines))

    def decide(data: Data) -> Answer:
        engine.set_input(Input(data))
        found = json.loads(str(engine.query("x := data.bench")))
        sets = found["bindings"]["x"] if isinstance(found, dict) else found[0]["bindings"]["x"]
        each = [sorted(sets.get(name, [])) for name in ("forbid", "refer", "permit")]
        return combined(*each)

    return decide


#: Name -> (package that must be there, what makes it).
PEERS: Final[dict[str, tuple[str, Callable[[Workload], Decide]]]] = {
    "straight Python": ("json", straight),
    "Python, three values": ("json", three_valued),
    "datalogic-py": ("datalogic_py", datalogic),
    "cedarpy, parsed": ("cedarpy", cedar),
    "rule-engine": ("rule_engine", rule_engine),
    "casbin": ("casbin", casbin),
    "regopy": ("regopy", rego),
}
OURS: Final = "cmcore, compiled"
REFERENCE: Final = "cmcore, reference"
#: What compiling takes, kept beside what a decision costs.
SECONDS: Final = "compiling, seconds"
MEGABYTES: Final = "compiling, megabytes"
#: Name -> what is measured: microseconds a decision, unless the name says otherwise.
Costs = dict[str, float]


# ---------------------------------------------------------------------------------------- timing


def timed(decide: Callable[[Any], object], asked: Sequence[object]) -> float:
    """Return the median of several runs, none of them short, in microseconds a decision."""
    start = process_time()
    for one in asked[:FEW]:
        decide(one)
    round_ = (process_time() - start) / len(asked[:FEW]) * len(asked)
    rounds = max(1, round(SHORTEST / max(round_, 1e-9)))
    spans = []
    for _ in range(RUNS):
        start = process_time()
        for _ in range(rounds):
            for one in asked:
                decide(one)
        spans.append(process_time() - start)
    return median(spans) / rounds / len(asked) * 1e6


def enough(decide: Callable[[Any], object], asked: Sequence[Any]) -> Sequence[Any]:
    """Return as many of `asked` as fit into the longest run; none if that is fewer than five."""
    start = process_time()
    decide(asked[0])
    decide(asked[1])
    most = int(LONGEST / RUNS / ((process_time() - start) / 2))
    return asked[:most] if most >= RUNS else ()


def agrees(got: Answer, want: Answer) -> bool:
    """Tell whether a peer's answer is the reference's, as far as it says anything."""
    if got[0] == "not covered":
        return want[0] != "covered"
    return got[0] == want[0] and (got[1] is None or sorted(got[1]) == sorted(want[1] or ()))


def compiling(charter: Charter, *, runs: int) -> tuple[CompiledCharter, Costs]:
    """Return the charter compiled, after printing what that takes; and what it takes."""
    tracemalloc.start()
    index = compiled(charter)
    memory = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    spans = []
    for _ in range(runs):
        start = process_time()
        compiled(charter)
        spans.append(process_time() - start)
    count = len(charter.rules)
    print(f"{count:>9,} rules: compiled in {median(spans):.3f} s, {memory:.1f} MB")
    return index, {SECONDS: median(spans), MEGABYTES: memory}


def answers(index: CompiledCharter, acts: Sequence[Act]) -> list[Answer]:
    """Return our rulings, some of them checked against the reference."""
    found: list[Answer] = []
    step = max(1, len(index.charter.rules) // 20)
    for at, act in enumerate(acts):
        ruling = index.rule(act, AROUND)
        found.append((str(ruling.outcome), ruling.determining))
        if at % step == 0 and ruling != (known := by_reference(index.charter, act)):
            sys.exit(f"the reference says {known!r}, the index {ruling!r}")
    return found


def by_reference(charter: Charter, act: Act) -> Ruling:
    """Return the ruling of the reference evaluation."""
    return judge(charter, Facts(charter, act, AROUND))


def measured(
    rules: int, peers: Sequence[str], slow: set[str], *, words: bool
) -> Iterator[tuple[str, float]]:
    """Yield what a decision costs by each path, in microseconds; note those too slow for more."""
    work = Workload(rules, words=words)
    charter = work.charter()
    index, taken = compiling(charter, runs=RUNS if rules < RULES[-1] else 1)
    yield from taken.items()
    due = answers(index, work.acts)
    yield OURS, timed(index.rule, work.acts)
    if asked := enough(lambda act: by_reference(charter, act), work.acts):
        yield REFERENCE, timed(lambda act: by_reference(charter, act), asked)
    for name in peers:
        start = process_time()
        decide = PEERS[name][1](work)
        data = enough(decide, work.data)
        for one, want in zip(data, due, strict=False):
            if not agrees(got := decide(one), want):
                sys.exit(f"{name} says {got}, not {want}, of {one}")
        if data:
            yield name, timed(decide, data)
        if process_time() - start > LONGEST:
            slow.add(name)


def table(
    peers: Sequence[str], sizes: Sequence[int], *, words: bool
) -> dict[str, dict[int, float]]:
    """Measure, print and return what a decision costs by rules, and how many times ours it is."""
    title = "permits, a forbid, and refer rules on words" if words else "permits and a forbid"
    print(f"\n{title}: µs a decision, median of {RUNS} runs over up to {ACTS:,} acts")
    slow: set[str] = set()
    costs: dict[str, dict[int, float]] = {}
    for size in sizes:
        left = [name for name in peers if name not in slow]
        for name, cost in measured(size, left, slow, words=words):
            costs.setdefault(name, {})[size] = cost
    heads = "".join(f"{size:>22,}" for size in sizes)
    print(f"{'':<22}{heads}")
    taken = {name: costs.pop(name) for name in (SECONDS, MEGABYTES)}
    for name, by_size in costs.items():
        cells = [
            f"{by_size[s]:>11,.2f} {by_size[s] / costs[OURS][s]:>9,.1f}×" if s in by_size else ""
            for s in sizes
        ]
        print(f"{name:<22}" + "".join(f"{cell:>22}" for cell in cells))
    ours = costs[OURS]
    base = ours.get(1_000)
    if base:
        told = ", ".join(f"{size:,}: {cost / base:.2f}×" for size, cost in ours.items())
        print(f"{OURS}, against 1,000 rules: {told}")
    return costs | taken


def lists() -> None:
    """Print what a post costs by the length of one word list."""
    print("\none refer rule on words: µs a decision, by the length of the list")
    work = Workload(10, words=True)
    base = 0.0
    for length in (100, 1_000, 10_000, 100_000):
        entries = [f"mot{n}" if n % 3 else f"deux mot{n}" for n in range(length)]
        when = fact("text").mentions(*entries)
        rule = Rule.refer("words", to="desk", when=when, because="Crisis.")
        index = compiled(work.charter().with_rule(rule).without_rule("w0", "w1", "w2"))
        assert isinstance(when.operand, WordList)  # noqa: S101 - for type checkers
        cost = timed(index.rule, work.acts)
        base = base or cost
        print(f"{length:>9,} words: {cost:.2f} ({cost / base:.2f}×)")


def main() -> None:
    """Read the command line and measure."""
    told = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    told.add_argument("--rules", type=int, nargs="*", default=list(RULES))
    told.add_argument("--words", action="store_true", help="only the charter with word lists")
    told.add_argument("--plain", action="store_true", help="only the charter without")
    told.add_argument("--lists", action="store_true", help="only the lengths of word lists")
    told.add_argument("--alone", action="store_true", help="only ours")
    told.add_argument("--json", type=Path)
    asked = told.parse_args()
    peers = [n for n, (package, _) in PEERS.items() if find_spec(package) and not asked.alone]
    print(f"Python {sys.version.split()[0]}; left out: {sorted(set(PEERS) - set(peers)) or 'none'}")
    every = not (asked.words or asked.plain or asked.lists)
    found = {
        "words" if words else "plain": table(peers, asked.rules, words=words)
        for words in (False, True)
        if every or (asked.words if words else asked.plain)
    }
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if every or asked.lists:
        lists()


if __name__ == "__main__":
    main()
