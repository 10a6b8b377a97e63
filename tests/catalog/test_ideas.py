"""Each idea of the source texts is run: a planted organisation fails it, a sound one passes."""

import pytest

from cmcore import catalog, checkup, view
from cmcore.display.views import as_text
from cmcore.organisations import Known
from cmcore.organisations.checks.run import CHECKS
from cmcore.teams.traits import Trait

from .demos import DEMOS
from .planted import MENDED, NOW, SOUND, SPOILS


def test_everything_that_is_checked_can_be_spoilt() -> None:
    assert sorted(SPOILS) == sorted(CHECKS)


@pytest.mark.usefixtures("long_loop")
@pytest.mark.parametrize("code", CHECKS)
def test_a_sound_organisation_passes_and_a_spoilt_one_fails(code: str) -> None:
    sound = checkup(MENDED.get(code, SOUND), NOW).check(code)
    assert sound.known is Known.YES, sound.evidence()
    spoilt = checkup(SPOILS[code](SOUND), NOW).check(code)
    assert spoilt.known is Known.NO, spoilt.evidence()


@pytest.mark.parametrize("idea", DEMOS)
def test_what_no_check_carries_is_run(idea: str) -> None:
    assert DEMOS[idea]() == (False, True)


@pytest.mark.parametrize("idea", catalog.ideas)
def test_an_idea_is_run_or_its_row_says_that_it_is_prose_only(idea: str) -> None:
    found = catalog.ideas[idea]
    is_checked = any(carrier.startswith("check ") for carrier in found.carriers)
    assert found.prose is not (is_checked or idea in DEMOS)
    assert not (is_checked and idea in DEMOS)


def test_what_is_carried_in_part_says_which_part_is_not() -> None:
    partly = {id_: idea for id_, idea in catalog.ideas.items() if idea.not_carried}
    assert partly.keys() == {"000.2.2", "000.3.7", "001.10.2", "003.1.1", "003.4.3", "003.6.1"}
    assert not any(idea.prose for idea in partly.values())
    for trait in ("education", "money"):  # where one is, its row is no longer true
        assert trait not in {*Trait}


@pytest.mark.parametrize(
    ("idea", "told", "how"),
    [
        ("004.3.3", "Mise en mots seulement", "en mots seulement"),
        ("001.10.2", "Ce qui ne l’est pas\u00a0: si un rapport est compréhensible.", "en partie"),
        ("004.4.2", 'Portée par `catalog.indicators["revenue"]`', "oui"),
    ],
)
def test_an_idea_is_shown_with_what_carries_it_and_what_does_not(
    idea: str, told: str, how: str
) -> None:
    assert told in as_text(view(catalog.ideas[idea], "fr"))
    (table,) = catalog.ideas.view("fr").tables
    assert [row[-1] for row in table.rows if row[0] == idea] == [how]
    assert table.headings[-1] == "portée"
    assert catalog.roles.view("fr").tables[0].headings[-1] == "d’après"
