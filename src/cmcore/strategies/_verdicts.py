"""Strategies for histories, and for what comes of deciding, auditing and comparing."""

from collections.abc import Sequence
from typing import Final, get_args

import attrs
from hypothesis import strategies as st

from cmcore.base.codes import Code
from cmcore.base.errors import Problem
from cmcore.base.language import HINTS, PROBLEMS, SENTENCES, THINGS
from cmcore.base.maps import FrozenMap
from cmcore.base.shown import FIGURES, SAID, WORD, Param, placeholders
from cmcore.charters.act import Act
from cmcore.charters.analysis.analyse import analyse
from cmcore.charters.analysis.analysis import Analysis
from cmcore.charters.analysis.contrast import contrast
from cmcore.charters.analysis.differences import Contrast
from cmcore.charters.analysis.labelling import Labelling, Wanted
from cmcore.charters.analysis.proof import ExampleResult, GuaranteeResult, Proof
from cmcore.charters.analysis.prove import prove
from cmcore.charters.audits.audit import Audit
from cmcore.charters.audits.compare import compare
from cmcore.charters.audits.comparison import Comparison
from cmcore.charters.audits.conclude import audit, tally
from cmcore.charters.audits.expected import ExpectationResult, Occasion
from cmcore.charters.audits.tally import Tally
from cmcore.charters.charter import Charter
from cmcore.charters.decision import Change, Decision, Hidden, NearMiss, Outcome, Repair
from cmcore.charters.decisions.decide import decide
from cmcore.charters.finding import Finding
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.meaning.explanation import finding
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Rule
from cmcore.display.views import View, Viewable
from cmcore.strategies._acts import a_case, acts, an_act
from cmcore.strategies._charters import an_expectation, charters
from cmcore.strategies._conditions import USUAL, a_test
from cmcore.strategies._drawing import number, pick, rare, several, some
from cmcore.strategies._guarantees import guaranteeing
from cmcore.strategies._reading import reads
from cmcore.strategies._words import SYMBOLS, WORDS, a_number, an_id
from cmcore.time.units import Every

_EVERY: Final[tuple[Every, ...]] = ("month", "day", "week", "quarter", "year")
_ONE_RULE: Final = charters(vocabulary=USUAL, max_rules=0, dated=False, scoped=False)
_STEPS: Final[tuple[str | int, ...]] = ("rules", "when", 0, 3)
_CODES: Final[tuple[Code, ...]] = get_args(Code)
_HINTS: Final = tuple(HINTS)
_PARAMS: Final[tuple[Param, ...]] = ("a", 3, 0.5, True, ("a", 3))
_SETS: Final = ("topics", "media")


def a_problem(draw: st.DrawFn) -> Problem:
    """Draw what is wrong with a value or a file."""
    steps: list[str | int] = several(draw, lambda: pick(draw, _STEPS), 0, 3)
    line = number(draw, 1, 99) if number(draw, 0, 1) else None
    code = pick(draw, _CODES)
    hint = pick(draw, _HINTS) if rare(draw, 4) else None
    hints = HINTS[hint] if hint else PROBLEMS[code].hint
    sentences = ["".join(two) for two in zip(PROBLEMS[code].message, hints, strict=True)]
    needed = {**placeholders(sentences[0]), **_specs(sentences[1])}
    params = {name: _param(draw, spec) for name, spec in needed.items()}
    spelt = {"kind: publish": "type: publication"} if rare(draw, 4) else {}
    return Problem(code, tuple(steps), line, hint, FrozenMap(params), spelt=FrozenMap(spelt))


def _specs(sentence: str) -> dict[str, str]:
    """Return how the parameters of a sentence are shown that are not shown as they are."""
    return {name: spec for name, spec in placeholders(sentence).items() if spec}


def _param(draw: st.DrawFn, spec: str) -> Param:
    """Draw a parameter that can be shown in a certain way."""
    if spec in {"a", "how"}:
        return pick(draw, sorted(THINGS))
    if spec == WORD:
        return str(pick(draw, list(Outcome)))
    if spec in {"and", "or"}:
        return tuple(several(draw, lambda: an_id(draw), 1, 2))
    if spec.startswith(SAID):
        start = f"{spec.removeprefix(SAID)} "
        return pick(draw, _said_alone(start))
    if spec in FIGURES:
        return number(draw, 0, 2000)
    return an_id(draw) if spec else pick(draw, _PARAMS)


def _said_alone(start: str) -> list[str]:
    """Return what ends the codes with such a start of sentences that take no parameter."""
    return [
        code.removeprefix(start)
        for code, (english, _) in SENTENCES.items()
        if code.startswith(start) and not placeholders(english)
    ]


def an_unreadable(draw: st.DrawFn) -> Unreadable:
    """Draw a row that could not be read."""
    place = f"line {number(draw, 1, 99)}"
    return Unreadable(place, tuple(several(draw, lambda: a_problem(draw), 0, 2)))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Return a strategy for what may be wrong with a value or a file."""
    return a_problem(draw)


@st.composite
def unreadable(draw: st.DrawFn) -> Unreadable:
    """Return a strategy for rows that could not be read."""
    return an_unreadable(draw)


@st.composite
def histories(
    draw: st.DrawFn, charter: Charter | None = None, *, unknowns: bool = True, max_size: int = 6
) -> list[Act | Case | Unreadable]:
    """Return a strategy for histories: acts with and without context, and some unreadable rows."""
    of = reads(charter)

    def row() -> Act | Case | Unreadable:
        if rare(draw, 8):
            return an_unreadable(draw)
        in_context = number(draw, 0, 1) == 1
        return (a_case if in_context else an_act)(draw, of, unknowns=unknowns)

    return several(draw, row, 0, max_size)


@st.composite
def charters_and_cases(
    draw: st.DrawFn,
    charter: st.SearchStrategy[Charter] | None = None,
    *,
    unknowns: bool = True,
    ill: bool = False,
) -> tuple[Charter, Case]:
    """Return a strategy for a charter with a case for it to judge."""
    drawn = draw(charters() if charter is None else charter)
    return drawn, a_case(draw, reads(drawn), unknowns=unknowns, ill=ill)


@st.composite
def decisions(draw: st.DrawFn, charter: Charter | None = None) -> Decision:
    """Return a strategy for decisions, come to by deciding."""
    drawn = charter or draw(charters(max_rules=3))
    case = a_case(draw, reads(drawn), unknowns=True)
    return decide(drawn, case.act, case.context)


def a_finding(draw: st.DrawFn, facts: Sequence[str] = ()) -> Finding:
    """Draw what a test finds on an act."""
    test = a_test(draw, USUAL, facts)
    asking = draw(_ONE_RULE).with_rule(Rule.permit("asked", when=test, because="asked"))
    case = a_case(draw, reads(asking), unknowns=True)
    return finding(test, Facts(asking, case.act, case.context))


@st.composite
def findings(draw: st.DrawFn, *, facts: Sequence[str] = ()) -> Finding:
    """Return a strategy for what tests find on acts; they read `facts`, where there are any."""
    return a_finding(draw, facts)


@st.composite
def near_misses(draw: st.DrawFn) -> NearMiss:
    """Return a strategy for permits that were not true, with what they are missing."""
    return NearMiss(an_id(draw), tuple(several(draw, lambda: a_finding(draw), 1, 2)))


def a_change(draw: st.DrawFn) -> Change:
    """Draw an edit of an act."""
    match number(draw, 0, 4):
        case 0:
            return Change("set", "paid", number(draw, 0, 1) == 1)
        case 1:
            return Change("set", "risk", a_number(draw))
        case 2:
            fact, word = pick(draw, _SETS), pick(draw, SYMBOLS)
            return Change(pick(draw, ("add", "only", "remove")), fact, word)
        case 3:
            return Change("empty", pick(draw, _SETS))
        case _:
            return Change("erase" if number(draw, 0, 1) else "cut", "text", pick(draw, WORDS))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Return a strategy for edits of an act."""
    return a_change(draw)


@st.composite
def repairs(draw: st.DrawFn) -> Repair:
    """Return a strategy for changes that would cover an act, with the act so changed."""
    hides = [Hidden(an_id(draw), pick(draw, ("desk", None))) for _ in range(number(draw, 0, 2))]
    edits = several(draw, lambda: a_change(draw), 1, 3)
    return Repair(tuple(edits), draw(acts()), tuple(hides))


@st.composite
def audits(draw: st.DrawFn, charter: Charter | None = None) -> Audit:
    """Return a strategy for audits, come to by auditing a short history."""
    judged = charter or draw(charters())
    missing = pick(draw, (0, 0, 0, None, 1, 9))
    return audit(judged, draw(histories(judged)), every=pick(draw, _EVERY), missing=missing)


@st.composite
def expectation_results(draw: st.DrawFn) -> ExpectationResult:
    """Return a strategy for what came of expectations, judged on a short history."""
    bare = draw(_ONE_RULE)
    days = bare.calendar is not None
    one = an_expectation(draw, bare.counts, bare.events, calendar=days)
    charter = attrs.evolve(bare, expectations=[one])
    (found,) = audit(charter, draw(histories(charter)), every=pick(draw, _EVERY)).expectations
    return found


@st.composite
def occasions(draw: st.DrawFn) -> Occasion:
    """Return a strategy for periods and acts on which expectations are judged."""
    found = draw(expectation_results().filter(lambda one: bool(one.occasions)))
    return pick(draw, found.occasions)


@st.composite
def tallies(draw: st.DrawFn, charter: Charter | None = None) -> Tally:
    """Return a strategy for tallies, come to by counting a short history."""
    judged = charter or draw(charters())
    return tally(judged, draw(histories(judged)), every=pick(draw, _EVERY))


def views() -> st.SearchStrategy[View]:
    """Return a strategy for what is shown: of decisions, of audits, of comparisons."""
    shown: st.SearchStrategy[Viewable] = decisions() | audits() | comparisons()
    return shown.map(lambda one: one.view())


@st.composite
def analyses(draw: st.DrawFn, charter: Charter | None = None) -> Analysis:
    """Return a strategy for analyses of charters."""
    return analyse(charter or draw(charters()))


@st.composite
def labellings(draw: st.DrawFn) -> Labelling:
    """Return a strategy for what is worth labelling in short histories."""
    drawn = draw(charters(max_rules=3))
    found = analyse(drawn, history=draw(histories(drawn, max_size=3))).labelling
    return found or Labelling(0, 0)


@st.composite
def wanted(draw: st.DrawFn) -> Wanted:
    """Return a strategy for facts that are worth supplying."""
    acts = number(draw, 0, 9)
    return Wanted(pick(draw, SYMBOLS), acts, number(draw, acts, 20))


def a_proof(draw: st.DrawFn) -> Proof:
    """Draw how a charter stands to what it guarantees."""
    return prove(guaranteeing(draw, draw(charters(max_rules=3))))


@st.composite
def proofs(draw: st.DrawFn) -> Proof:
    """Return a strategy for how charters stand to what they guarantee, and to their examples."""
    return a_proof(draw)


@st.composite
def guarantee_results(draw: st.DrawFn) -> GuaranteeResult:
    """Return a strategy for whether guarantees hold."""
    return pick(draw, draw(proofs().filter(lambda one: bool(one.guarantees))).guarantees)


@st.composite
def example_results(draw: st.DrawFn) -> ExampleResult:
    """Return a strategy for what the acts of examples get."""
    return pick(draw, draw(proofs().filter(lambda one: bool(one.examples))).examples)


@st.composite
def contrasts(draw: st.DrawFn) -> Contrast:
    """Return a strategy for contrasts of a charter with itself, less a rule or two.

    What one of them says of itself, the other may say in another way, or not at all.
    """
    before = draw(charters())
    gone = some(draw, [rule.id for rule in before.rules], 0, 2)
    after = guaranteeing(draw, before.without_rule(*gone))
    kept = [attrs.evolve(one, because="") for one in some(draw, before.expectations, 0, 2)]
    return contrast(before, attrs.evolve(after, expectations=kept))


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Return a strategy for comparisons of a charter with itself, less a rule or two."""
    before = draw(charters())
    gone = some(draw, [rule.id for rule in before.rules], 0, 2)
    return compare(before, before.without_rule(*gone), draw(histories(before)))
