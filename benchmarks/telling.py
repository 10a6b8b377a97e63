"""What the figures say: the targets, met or not, and the tables of the page.

Targets are those that were set before any of this was written, as they were set.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

Figures = dict[str, Any]
#: What is measured, the figure found, and the target: at least or at most so much.
Target = tuple[str, float, str, float, str]

NAMES: Final = {
    "cmcore, compiled": "`compiled`, then `.rule`",
    "straight Python": "generated Python, an `if` a rule",
    "Python, three values": "the same, facts in local variables",
    "datalogic-py": "datalogic-py {} (Rust)",
    "cedarpy, parsed": "cedarpy {}, policies parsed before (Rust)",
    "rule-engine": "rule-engine {}",
    "casbin": "casbin {}",
    "regopy": "regopy {}",
    "cmcore, reference": "the reference evaluation",
}
OURS, STRAIGHT, FASTEST, CEDAR = (
    "cmcore, compiled",
    "straight Python",
    "datalogic-py",
    "cedarpy, parsed",
)
COMPILING, BULK = "compiling, seconds", "cmcore, in a frame"
LOCAL: Final = "Python, three values"
SAID: Final = {LOCAL: "the same, facts in local variables", CEDAR: "cedarpy"}
#: From which figure on, how it is written.
FORMS: Final = ((20, ",.0f"), (4, ".1f"), (0.05, ".2f"), (0, ".3f"))
SIZES = ("10", "100", "1000", "10000", "100000")


def each(found: Figures) -> Iterator[Target]:
    """Yield every target of which the figures know something."""
    rules, many = found["rules"], "1000"
    ours = rules[OURS]
    for name in (FASTEST, STRAIGHT, LOCAL, CEDAR):
        least = 500 if name == CEDAR else 25
        if many in rules.get(name, {}):
            told = f"1,000 rules, against {SAID.get(name, name)}"
            yield told, rules[name][many] / ours[many], "at least", least, "×"
    for size, most in (("10000", 2), ("100000", 5)):
        if size in ours:
            told = f"{int(size):,} rules, against 1,000"
            yield told, ours[size] / ours[many], "at most", most, "×"
    yield "10 rules, against straight Python", ours["10"] / rules[STRAIGHT]["10"], "at most", 3, "×"
    if "10000" in ours:
        yield "compiling 10,000 rules", rules[COMPILING]["10000"], "less than", 1, " s"
    yield from _neutral(found["neutral"])
    yield from _whole(found["whole"])
    yield from _frames(found)
    for one in found["counting"]:
        told = f"frame of {one['rows']:,} rows, {one['rules']:,} rules, a third of which count"
        yield told, one["columns"], "at least", 200_000, " acts/s"
    first, last = found["words"][0], found["words"][-1]
    for way, told in (("compiled", "one post"), ("frame", "a post in a frame")):
        longer = last["words"] // first["words"]
        ratio = last[way] / first[way]
        yield f"{told}, list {longer:,} times longer", ratio, "at most", 1.5, "×"


def _neutral(found: Figures) -> Iterator[Target]:
    """Yield the targets of posts with a text, set later than the others."""
    ours, named, let = found[OURS], found[f"{FASTEST}, every rule"], found[FASTEST]
    told = "posts with a text"
    for size, least in (("100", 8), ("1000", 60)):
        for way, costs in (("one by one", ours), ("in a frame", found[BULK])):
            if size in named:
                against = f"{told}, {int(size):,} rules, {way}, against datalogic-py for every rule"
                yield against, named[size] / costs[size], "at least", least, "×"
    yield f"{told}, 10 rules, against datalogic-py", ours["10"] / let["10"], "at most", 1.5, "×"
    for size, most in (("10000", 2), ("100000", 5)):
        if size in ours:
            against = f"{told}, {int(size):,} rules, against 1,000"
            yield against, ours[size] / ours["1000"], "at most", most, "×"
    if "10000" in ours:
        compiling = found[COMPILING]["10000"]
        yield f"{told}, compiling 10,000 rules", compiling, "less than", 0.3, " s"


def _whole(found: Figures) -> Iterator[Target]:
    """Yield the targets of whole decisions, in milliseconds."""
    most = {10: 0.3, 100: 0.3, 1_000: 1.0, 10_000: 3.0}
    for one in found["rules"]:
        told = f"a whole decision, {one['rules']:,} rules"
        yield f"{told}: the median", one["median"], "less than", most[one["rules"]], " ms"
        yield f"{told}: the worst post", one["worst"] / one["median"], "at most", 20, "× that"
    for one in found["words"]:
        if one["words"] in _LONG:
            told = f"a whole decision on a text with {one['words']:,} listed words, beside links"
            yield told, one["beside links"], "less than", _LONG[one["words"]], " ms"


#: The most that a text with so many listed words may take.
_LONG: Final = {1_600: 100.0, 60_000: 3_000.0}


def _frames(found: Figures) -> Iterator[Target]:
    rate, loop, audit = (
        found["rows"]["rate"][-1],
        found["rows"]["loop"][-1],
        found["audit"]["memory"][-1],
    )
    told = f"frame of {rate['rows']:,} rows, 1,000 rules"
    yield f"{told}: outcome and circuits", rate["bare"], "at least", 400_000, " acts/s"
    yield f"{told}: determining rules too", rate["full"], "at least", 200_000, " acts/s"
    for way, made in (("made", "a loop that makes an act a row"), ("compiled", "acts made before")):
        yield f"the same, against {made}", rate["full"] / loop[way], "at least", 3, "×"
    told = f"audit of {audit['rows']:,} rows, most memory"
    yield told, audit["peak"] / 1024, "less than", 2, " GB"


def met(target: Target) -> bool:
    """Tell whether a target is met."""
    _, got, way, wanted, _ = target
    return got >= wanted if way == "at least" else got <= wanted


def number(value: float) -> str:
    """Return a figure with two or three digits that tell something."""
    return next(f"{value:{form}}" for least, form in FORMS if value >= least)


def targets(found: Figures) -> str:
    """Return the targets as a table."""
    rows = [
        (told, number(got) + unit, f"{way} {wanted:,}{unit}", "yes" if good else "**no**")
        for one in each(found)
        for told, got, way, wanted, unit in [one]
        for good in [met(one)]
    ]
    return lined(("", "Measured", "Target", "Met"), rows, "|---|--:|--:|---|")


def costs(found: Figures) -> str:
    """Return the costs of a decision as a table."""
    rows = []
    for name, told in NAMES.items():
        by_size = found["rules"].get(name, {})
        cells = [number(by_size[size]) if size in by_size else "–" for size in SIZES]
        rows.append((told.format(found["versions"].get(name.partition(",")[0])), *cells))
    heads = [f"{int(size):,}" for size in SIZES]
    return lined(("Rules", *heads), rows, "|---|" + "--:|" * len(SIZES))


def neutral(found: Figures) -> str:
    """Return the costs on posts with a text, of a charter that was made for no engine."""
    told = {
        "cmcore, compiled": "`compiled`, then `.rule`: determining rules too",
        BULK: "a frame of 100,000 posts: determining rules too",
        "cmcore, whole decision": "`decide`, with reasons and repair",
        "straight Python": "generated Python, an `if` a rule: let out or not",
        "datalogic-py": "datalogic-py {}: let out or not",
        "datalogic-py, every rule": "datalogic-py {}: the truth of each rule",
        "cedarpy, parsed": "cedarpy {}, policies parsed before: let out or not",
        COMPILING: "compiling, in seconds",
    }
    rows = []
    for name, line in told.items():
        by_size = found["neutral"][name]
        cells = [number(by_size[size]) if size in by_size else "–" for size in SIZES]
        rows.append((line.format(found["versions"].get(name.partition(",")[0])), *cells))
    heads = [f"{int(size):,}" for size in SIZES]
    return lined(("Rules", *heads), rows, "|---|" + "--:|" * len(SIZES))


def compiling(found: Figures) -> str:
    """Return what compiling takes, and what a post costs with rules on words, as a table."""
    rules = found["rules"]
    rows = [
        ("compiling, in seconds", *(number(rules[COMPILING][size]) for size in SIZES)),
        ("the index, in MB", *(number(rules["compiling, megabytes"][size]) for size in SIZES)),
        ("a decision with words, in µs", *(number(found["cited"][OURS][size]) for size in SIZES)),
    ]
    heads = [f"{int(size):,}" for size in SIZES]
    return lined(("Rules", *heads), rows, "|---|" + "--:|" * len(SIZES))


def whole(found: Figures) -> str:
    """Return what whole decisions cost by the number of rules, as a table."""
    told = {"median": "the median", "90 %": "nine in ten at most", "99 %": "99 in 100 at most",
            "worst": "the worst"}  # fmt: skip
    ours = found["whole"]["rules"]
    rows = [(line, *(number(one[name]) for one in ours)) for name, line in told.items()]
    heads = [f"{one['rules']:,}" for one in ours]
    return lined(("Rules", *heads), rows, "|---|" + "--:|" * len(heads))


def long(found: Figures) -> str:
    """Return what whole decisions on texts full of listed words cost, as a table."""
    ours = found["whole"]["words"]
    told = {
        "a list": "one rule, which looks for a list",
        "beside links": "beside rules on links and hashtags",
        "beside a pattern": "beside a rule on a pattern",
        "beside one with spaces": "beside one on a pattern that may have spaces",
    }
    rows = [(line, *(number(one[name]) for one in ours)) for name, line in told.items()]
    heads = [f"{one['words']:,}" for one in ours]
    return lined(("Listed words", *heads), rows, "|---|" + "--:|" * len(heads))


def rates(found: Figures) -> str:
    """Return how many acts a second are decided, as a table."""
    by_rules: dict[int, Figures] = {one["rules"]: one for one in found["rows"]["loop"]}
    last = max(one["rows"] for one in found["rows"]["rate"])
    for one in found["rows"]["rate"]:
        if one["rows"] == last:
            by_rules[one["rules"]] = by_rules[one["rules"]] | one
    told = {
        "bare": f"a frame of {last:,} rows, outcome and circuits",
        "full": "the same, with determining rules",
        "compiled": "`.rule`, one act after the other",
        "made": "the same, with the making of each act from its row",
        "reference": "the reference evaluation",
    }
    rows = [(name, *(number(one[key]) for one in by_rules.values())) for key, name in told.items()]
    heads = [f"{rules:,}" for rules in by_rules]
    return lined(("Rules", *heads), rows, "|---|" + "--:|" * len(heads))


def counting(found: Figures) -> str:
    """Return how many acts a second are audited where rules count earlier acts, as a table."""
    ours = found["counting"]
    told = {"columns": f"audit of a frame of {ours[-1]['rows']:,} rows",
            "one by one": "the same, an act at a time"}  # fmt: skip
    rows = [(name, *(number(one[key]) for one in ours)) for key, name in told.items()]
    heads = [f"{one['rules']:,}" for one in ours]
    return lined(("Rules", *heads), rows, "|---|" + "--:|" * len(heads))


def lists(found: Figures) -> str:
    """Return what a post costs by the length of a word list, as a table."""
    told = {
        "frame": "in a frame, µs a post",
        "compiled": "`.rule`, µs a post",
        "reference": "the reference evaluation, µs a post",
        "build": "making the list, in seconds",
        "memory": "the list, in MB",
    }
    rows = [(name, *(number(one[key]) for one in found["words"])) for key, name in told.items()]
    heads = [f"{one['words']:,}" for one in found["words"]]
    return lined(("Words and phrases", *heads), rows, "|---|" + "--:|" * len(heads))


def lined(heads: Sequence[str], rows: Sequence[Sequence[str]], ruled: str) -> str:
    """Return a table in Markdown."""
    lines = [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in (heads, *rows)]
    return "\n".join([lines[0], ruled, *lines[1:]])


TABLES: Final = {
    "targets": targets,
    "costs": costs,
    "neutral": neutral,
    "whole": whole,
    "long": long,
    "compiling": compiling,
    "rates": rates,
    "counting": counting,
    "lists": lists,
}


def write(found: Figures, page: Path) -> None:
    """Put the tables into the page, each between its two marks."""
    text = page.read_text(encoding="utf-8")
    for name, make in TABLES.items():
        before, opening, rest = text.partition(f"<!-- figures: {name} -->\n")
        _, closing, after = rest.partition("<!-- end -->\n")
        if closing:
            text = f"{before}{opening}\n{make(found)}\n\n{closing}{after}"
    page.write_text(text, encoding="utf-8")
