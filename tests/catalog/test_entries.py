"""Profiles, practices and dilemmas: what they say, and when they cannot tell."""

from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmcore import InvalidError, Playbook, catalog
from cmcore.catalog.entries import Lean
from cmcore.charters.kinds import KINDS
from cmcore.display.wording import LANGUAGES
from cmcore.incidents.playbook import DutyKind
from cmcore.organisations.organisation import PRACTICES

DILEMMAS = st.sampled_from([*catalog.dilemmas.values()])
CORE = {"enthusiast", "coordinator", "communicator", "product-expert", "analyst"}


def test_five_roles_are_the_core() -> None:
    assert {role.id for role in catalog.roles.values() if role.core} == CORE


def test_a_profile_has_its_role() -> None:
    role = catalog.roles["product-expert"].role
    assert (role.id, role.label("fr"), role.minutes) == ("product-expert", "expert produit", 60)
    assert role.requires == frozenset({"products"})


def test_every_profile_tells_its_mission_and_traits() -> None:
    for profile in catalog.roles.values():
        assert profile.mission
        assert profile.traits


def test_roles_that_are_named_anywhere_are_profiles() -> None:
    named = {task.role for task in catalog.tasks.values()}
    named |= {role for model in catalog.models.values() for role in model.roles}
    needs = [one.needs for one in catalog.objectives.values()]
    needs += [one.needs for one in catalog.sizes.values()]
    named |= {role for part in needs for _, role in part.roles()}
    for circuit in (
        *catalog.circuits.values(),
        *(one for charter in catalog.charters.values() for one in charter.circuits),
    ):
        named |= {name for stage in circuit.stages for name in stage.ask.names}
    for duty in catalog.playbooks["crisis"].duties:
        named |= {*(duty.roles or ()), *filter(None, [duty.role])}
    assert named <= {*catalog.roles}


def test_tasks_are_done_by_known_acts() -> None:
    assert {act for task in catalog.tasks.values() for act in task.acts} <= {*KINDS}


def test_models_have_conditions_and_risks() -> None:
    assert {*catalog.models} == {"internal", "external", "ambassadors"}
    assert all(model.conditions and model.risks for model in catalog.models.values())


def test_practices_come_again() -> None:
    assert all(practice.every > 0 for practice in catalog.practices.values())


@pytest.mark.parametrize(
    ("every", "told"),
    [
        (31, ("at least  every month", "au moins  chaque mois")),
        (92, ("at least  every three months", "au moins  tous les trois mois")),
        (183, ("at least  every six months", "au moins  tous les six mois")),
        (366, ("at least  every year", "au moins  chaque année")),
        (3660, ("at least  once", "au moins  une fois")),
        (10, ("at least  every 10 days", "au moins  tous les 10 jours")),
        (1, ("at least  every day", "au moins  chaque jour")),
    ],
)
def test_how_often_a_practice_comes_is_said_as_people_say_it(
    every: int, told: tuple[str, str]
) -> None:
    practice = evolve(catalog.practices["report"], every=every)
    for language, said in zip(LANGUAGES, told, strict=True):
        assert said in practice.text(language)


def test_the_playbook_moves_quarrels_to_private_never_lies_never_deletes() -> None:
    playbook: Playbook = catalog.playbooks["crisis"]
    kinds = {duty.kind for duty in playbook.duties}
    assert {DutyKind.TELL_TRUTH, DutyKind.KEEP_CRITICISM, DutyKind.ALERT} <= kinds
    private = playbook.duty("moved-to-private")
    assert private.acts == frozenset({"message"})
    assert private.text().startswith("answer in private within 4 h")
    assert playbook.duty("first-word").text("fr").startswith("répondre en public en 2\xa0h")


# ------------------------------------------------------------------------------------- dilemmas


def test_an_intern_will_do_only_where_every_answer_is_known_to_suit() -> None:
    dilemma = catalog.dilemmas["intern-or-senior"]
    suited = {name: one.wanted for name, one in dilemma.questions.items()}
    chosen = dilemma.advise(suited).chosen
    assert chosen is not None
    assert chosen.id == "intern"
    for name, wanted in suited.items():
        assert dilemma.advise({**suited, name: None}).chosen is None
        against = dilemma.advise({**suited, name: not wanted})
        assert against.chosen is dilemma.sound
        assert against.of("sound") == (name,)


@given(DILEMMAS, st.data())
def test_more_answers_never_change_what_was_chosen(
    dilemma: catalog.Dilemma, data: st.DataObject
) -> None:
    names = st.sampled_from([*dilemma.questions])
    answers = data.draw(st.dictionaries(names, st.booleans()))
    chosen = dilemma.advise(answers).chosen
    for size in range(len(answers)):
        for fewer in combinations(answers, size):
            less = dilemma.advise({name: answers[name] for name in fewer}).chosen
            assert less in (None, chosen)


@given(DILEMMAS, st.data())
def test_every_question_speaks_for_one_thing(dilemma: catalog.Dilemma, data: st.DataObject) -> None:
    names = st.sampled_from([*dilemma.questions])
    advice = dilemma.advise(data.draw(st.dictionaries(names, st.booleans())))
    assert sorted(name for lean in Lean for name in advice.of(lean)) == sorted(dilemma.questions)
    assert {name for name in dilemma.questions if name not in advice.answers} == {
        *advice.of(Lean.OPEN)
    }


def test_an_answer_to_another_question_is_refused() -> None:
    dilemma = catalog.dilemmas["intern-or-senior"]
    with pytest.raises(InvalidError, match=r"`asisted` is not asked \(did you mean `assisted`"):
        dilemma.advise({"asisted": True})
    with pytest.raises(InvalidError, match="one of `assisted`"):
        dilemma.advise({"zzz": True})


def test_advice_shows_its_reasons() -> None:
    dilemma = catalog.dilemmas["internal-or-external"]
    advice = dilemma.advise({"precise-goals": True, "at-ease": True})
    shown = advice.text("fr").splitlines()
    assert shown[0].startswith("une aide externe")
    assert shown[3].startswith("  une aide externe, ou des formations jusqu’à l’autonomie  les ")
    assert shown[3].endswith("sont précis en marketing, image ou relation clients  oui")
    assert dilemma.advise({}).view().tone == "exception"
    assert dilemma.advise({}).text().startswith("cannot tell yet")
    assert advice.view().tone == "covered"


def test_the_practices_that_may_be_done_are_those_of_the_catalog() -> None:
    assert {*catalog.practices} == PRACTICES
