"""Contracts: one word for each, whatever people call it; never a guess."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    InvalidError,
    Member,
    Needs,
    Organisation,
    Plan,
    Role,
    Team,
    assign,
    checkup,
    coverage,
    verify,
)
from cmcore.catalog import design
from cmcore.charters import Author
from cmcore.teams import Supervision
from cmcore.teams.contracts import CONTRACTS

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
WORDS = [(word, name) for name, (_, _, words) in CONTRACTS.items() for word in (name, *words)]
MAY_SUPERVISE = {
    "permanent": True, "fixed-term": True, "temporary": True, "freelance": True, "volunteer": True,
    "apprenticeship": False, "civic-service": False, "internship": False,
}  # fmt: skip
MEANT = {
    "CDI": "permanent", "fonctionnaire": "permanent", "titulaire": "permanent",
    "saisonnière": "fixed-term", "contractuelle": "fixed-term",
    "intérimaire": "temporary", "auto-entrepreneur": "freelance", "alternante": "apprenticeship",
    "contrat de professionnalisation": "apprenticeship", "Contrat d'apprentissage":
    "apprenticeship", "contrat pro": "apprenticeship", "apprentis": None, "stagiaire": "internship",
    "convention de stage": "internship", "service civique": "civic-service", "VIE": "civic-service",
    "bénévole": "volunteer", "dirigeant": None,
}  # fmt: skip


@pytest.mark.parametrize(("word", "name"), WORDS)
def test_every_word_for_a_contract_means_it_everywhere(word: str, name: str) -> None:
    for written in (word, word.upper(), f" {word} "):
        assert Member("ana", contract=written).contract == name
        assert Author(contract=written).contract == name
        assert Supervision("contract", written).value == name


@pytest.mark.parametrize(("word", "name"), MEANT.items())
def test_what_people_write_is_the_contract_that_they_mean(word: str, name: str | None) -> None:
    assert dict(WORDS).get(word.casefold()) == name


@given(st.text().filter(lambda text: text.strip().casefold() not in dict(WORDS)))
def test_what_is_no_contract_is_refused(text: str) -> None:
    for make in (lambda: Member("ana", contract=text), lambda: Author(contract=text)):
        with pytest.raises(InvalidError) as raised:
            make()
        code = "unknown-contract" if text.strip() else "empty"
        assert [problem.code for problem in raised.value.problems] == [code]


@pytest.mark.parametrize(("word", "name"), WORDS)
def test_nobody_who_is_there_to_learn_passes_alone_under_any_name(word: str, name: str) -> None:
    alone = Team("t", [Member("ana", roles=["author"], contract=word)], [Role("author")])
    found = checkup(Organisation("o", team=alone), NOW).check("interns supervised").known
    assert found == ("yes" if MAY_SUPERVISE[name] else "no")


def _team(contracts: Iterable[str | None]) -> Team:
    people = [Member(f"m{n}", roles=["author"], contract=one) for n, one in enumerate(contracts)]
    return Team("t", people, [Role("author")])


def _has_gaps(team: Team, needs: Needs) -> bool:
    return bool(coverage(team, needs, start=NOW, stop=NOW + timedelta(days=1)).gaps)


@pytest.mark.parametrize("of", CONTRACTS)
def test_whoever_is_asked_says_the_same_of_who_may_supervise(of: str) -> None:
    needs = Needs("n", supervision=[Supervision(value=of)])
    for contracts in combinations([*CONTRACTS, None], 2):
        team = _team(contracts)
        others = [MAY_SUPERVISE[one] for one in contracts if one not in {None, of}]
        alone = of in contracts and not any(others)
        pins = Plan.current(team).pairs
        assert _has_gaps(team, needs) == alone
        assert bool(verify(team, needs, Plan.current(team)).conflicts) == alone
        assert (assign(team, needs, pins=pins).status == "infeasible") == alone


def test_a_design_asks_of_those_who_learn_what_a_checkup_looks_for() -> None:
    needs = Needs("n", supervision=design([], "small").needs.supervision)
    for contracts in combinations(CONTRACTS, 2):
        team = _team(contracts)
        found = checkup(Organisation("o", team=team), NOW).check("interns supervised").known
        alone = not any(MAY_SUPERVISE[one] for one in contracts)
        assert (found == "no") == _has_gaps(team, needs) == alone
