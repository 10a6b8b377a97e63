"""Strategies for rules, circuits and charters."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from hypothesis import strategies as st

from cmcore.nouns.charter import Approval, Charter, Scope, Volume
from cmcore.nouns.circuits import ALL, ANY, Approvers, Quorum, Source, Stage, Timeout, ValidationCircuit
from cmcore.nouns.facts import KINDS, Vocabulary
from cmcore.nouns.rules import Effect, Rule, Term
from cmcore.strategies._conditions import USUAL, conditions, vocabularies
from cmcore.strategies._words import SYMBOLS, ZONES, days, ids, rarely, sampled, windows

_BECAUSE: Final = ("Two people see it first.", "C'est du quotidien.", "Because!", "{so} 100 %")


def terms() -> st.SearchStrategy[Term]:
    """Return a strategy for days in force, open at either end, both or none."""
    both = st.tuples(days(), days()).map(lambda pair: Term(min(pair), max(pair)))
    nothing: st.SearchStrategy[date | None] = st.none()
    return st.one_of(st.builds(Term, nothing, days()), st.builds(Term, days(), nothing), both)


def rules(
    vocabulary: Vocabulary = USUAL, circuits: Sequence[str] = ("desk",), max_depth: int = 2
) -> st.SearchStrategy[Rule]:
    """Return a strategy for rules over `vocabulary` that refer to one of `circuits`."""
    when = conditions(vocabulary, max_depth)
    term = rarely(st.just(Term()), terms())
    aside = rarely(st.none(), sampled(["see the lawyers", "§ 3"]))
    effects = st.sampled_from([*Effect, Effect.PERMIT])
    return effects.flatmap(
        lambda effect: st.builds(
            Rule,
            ids(),
            st.just(effect),
            when=when,
            because=sampled(_BECAUSE),
            to=sampled(circuits) if effect is Effect.REFER else st.none(),
            note=aside,
            source=aside,
            term=term,
        )
    )


def approvers() -> st.SearchStrategy[Approvers]:
    """Return a strategy for those a stage asks."""
    return st.builds(Approvers, st.sampled_from(Source), st.frozensets(ids(), min_size=1, max_size=2))


def quorums() -> st.SearchStrategy[Quorum]:
    """Return a strategy for quorums: any, all, a number or a fraction."""
    fractions = st.integers(1, 100).flatmap(
        lambda whole: st.builds(Quorum, st.integers(1, whole), st.just(whole))
    )
    return st.one_of(st.sampled_from([ANY, ALL]), st.builds(Quorum, st.integers(1, 5)), fractions)


def stages() -> st.SearchStrategy[Stage]:
    """Return a strategy for the stages of a circuit."""
    return st.builds(Stage, approvers(), quorums(), st.none() | windows(), st.sampled_from(Timeout))


def circuits() -> st.SearchStrategy[ValidationCircuit]:
    """Return a strategy for circuits of one to three stages."""
    return st.builds(ValidationCircuit, ids(), st.lists(stages(), min_size=1, max_size=3))


def volumes() -> st.SearchStrategy[Volume]:
    """Return a strategy for volumes: so many acts of a kind within a window."""
    return st.builds(Volume, st.integers(0, 4), windows(), sampled(["any", *KINDS]))


def scopes() -> st.SearchStrategy[Scope]:
    """Return a strategy for scopes, most of them wide open."""
    networks = st.none() | st.frozensets(sampled(SYMBOLS), min_size=1, max_size=4)
    return rarely(st.just(Scope()), st.builds(Scope, networks, st.lists(volumes(), max_size=2)))


def approvals() -> st.SearchStrategy[Approval]:
    """Return a strategy for who signed a charter, and when."""
    return st.builds(Approval, st.frozensets(ids(), min_size=1, max_size=2), st.none() | days())


@st.composite
def charters(  # noqa: PLR0913 - each option is named and independent
    draw: st.DrawFn,
    vocabulary: st.SearchStrategy[Vocabulary] | None = None,
    *,
    max_rules: int = 5,
    max_depth: int = 2,
    terms_: bool = True,
    scoped: bool = True,
) -> Charter:
    """Return a strategy for charters of up to `max_rules` rules, all of them valid.

    `vocabulary` draws the labels and events; `terms_` and `scoped` tell whether the charter and
    its rules may have days in force, and whether the charter may have a scope.
    """
    words = draw(vocabulary or vocabularies())
    named = draw(st.lists(circuits(), min_size=1, max_size=3, unique_by=lambda c: c.id))
    to = [circuit.id for circuit in named]
    rule = rules(words, to, max_depth)
    found = draw(st.lists(rule, max_size=max_rules, unique_by=lambda r: r.id))
    if not terms_:
        found = [_always(rule) for rule in found]
    return Charter(
        draw(ids()),
        rules=found,
        circuits=named,
        default=draw(sampled(to)),
        version=draw(st.integers(1, 9)),
        title=draw(rarely(st.just(""), sampled(["Charte", "L'été: \"tout\" #1"]))),
        target=draw(sampled([0.9, 0.5, 1, 0.0, 0.75])),
        zone=draw(sampled(ZONES)),
        term=draw(rarely(st.just(Term()), terms())) if terms_ else Term(),
        approval=draw(rarely(st.none(), approvals())),
        review_by=draw(rarely(st.none(), days())),
        scope=draw(scopes()) if scoped else Scope(),
        labels=words.labels,
        events=words.events,
    )


def _always(rule: Rule) -> Rule:
    import attrs

    return attrs.evolve(rule, term=Term())
