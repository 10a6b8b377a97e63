"""Contracts: one word for each, whatever people call it; never a guess."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Author, InvalidError, Member, Organisation, Role, Supervision, Team, checkup
from cmcore.foundation.contracts import CONTRACTS, LEARNING

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
WORDS = [(word, name) for name, (_, _, words) in CONTRACTS.items() for word in (name, *words)]


@pytest.mark.parametrize(("word", "name"), WORDS)
def test_every_word_for_a_contract_means_it_everywhere(word: str, name: str) -> None:
    for written in (word, word.upper(), f" {word} "):
        assert Member("ana", contract=written).contract == name
        assert Author(contract=written).contract == name
        assert Supervision("contract", written).value == name


@given(st.text().filter(lambda text: text.strip().casefold() not in dict(WORDS)))
def test_what_is_no_contract_is_refused(text: str) -> None:
    for make in (lambda: Member("ana", contract=text), lambda: Author(contract=text)):
        with pytest.raises(InvalidError) as raised:
            make()
        assert [problem.code for problem in raised.value.problems] == ["unknown-contract"]


@pytest.mark.parametrize(("word", "name"), WORDS)
def test_nobody_who_is_there_to_learn_passes_alone_under_any_name(word: str, name: str) -> None:
    alone = Team("t", [Member("ana", roles=["author"], contract=word)], [Role("author")])
    found = checkup(Organisation("o", team=alone), NOW).check("interns supervised").known
    assert found == ("no" if name in LEARNING else "yes")
