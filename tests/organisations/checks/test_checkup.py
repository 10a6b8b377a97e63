"""Checkups: what they say, in both languages, and what is refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from cmcore import InvalidError
from cmcore.base import Truth
from cmcore.organisations import Aims, Answer, Check, Checkup, Known
from cmcore.organisations.checks.run import CHECKS
from cmcore.organisations.questions import QUESTIONS
from cmcore.organisations.sentences import SENTENCES
from cmcore.teams import Gap
from cmcore.teams.gap import GapKind, Unfit
from cmcore.time import Week

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
YES = Check("fit", Known.YES, said="fit yes", told={"count": 3})
NO = Check("charter fresh", Known.NO, said="charter fresh none")
UNKNOWN = Check("watch hours", Known.UNKNOWN, wants=["team"])
ABOUT = {"role": "analyst", "network": "x", "language": "fr"}


def _checkup(*answers: Answer) -> Checkup:
    return Checkup("o", NOW, zone="Europe/Paris", answers=answers)


def test_a_truth_is_an_answer() -> None:
    assert [Known.of(truth) for truth in Truth] == [Known.NO, Known.UNKNOWN, Known.YES]


@pytest.mark.parametrize(
    ("checks", "known"),
    [
        ([YES], Known.YES),
        ([YES, UNKNOWN], Known.UNKNOWN),
        ([UNKNOWN, NO, YES], Known.NO),
    ],
)
def test_an_answer_is_the_worst_of_its_checks(checks: list[Check], known: Known) -> None:
    assert Answer("001.6", checks).known is known


def test_an_answer_checks_something() -> None:
    with pytest.raises(InvalidError, match="`checks` is empty"):
        Answer("001.6", [])


def test_an_answer_shows_its_checks_and_what_to_do() -> None:
    answer = Answer("003.1", [NO, YES, UNKNOWN])
    shown = [" ".join(line.split()) for line in answer.text().splitlines()]
    assert shown[1:3] == [
        "✗ the charter is up to date no date is set to read it again",
        "→ read it again, and set the next date",
    ]
    assert answer.text("fr").startswith("non\xa0: la direction est associée\n")
    assert answer.wants == {"team"}
    assert YES.advice() == ""


def test_a_checkup_finds_its_answers_and_checks() -> None:
    first, second = Answer("001.6", [NO]), Answer("001.7", [YES, UNKNOWN])
    found = _checkup(first, second)
    assert found.answer("001.6") is first
    assert found.check("fit") is YES
    assert (found.of("no"), found.of(Known.YES)) == ((first,), ())
    assert found.wants == {"team"}
    with pytest.raises(KeyError, match=r"`001.8` was not asked: did you mean"):
        found.answer("001.8")
    with pytest.raises(KeyError, match=r"as in `001\.6`"):
        found.answer("zzz")
    with pytest.raises(KeyError, match="`fitt` was not checked: did you mean `fit`"):
        found.check("fitt")
    with pytest.raises(KeyError, match="as in `charter signed`"):
        found.check("zzz")


def test_a_checkup_shows_its_answers_by_text_and_what_is_to_be_done_once() -> None:
    found = _checkup(Answer("001.6", [NO]), Answer("003.1", [NO, YES]), Answer("003.3", [YES]))
    lines = [" ".join(line.split()) for line in found.text("fr").splitlines()]
    fresh = "la charte est à jour : aucune date de relecture"
    assert lines == [
        "o : 1 oui, 2 non, 0 inconnus",
        "",
        "Les dix commandements (001)",
        "réponse n° question pourquoi",
        f"✗ non 001.6 une charte signée cadre le travail {fresh}",
        "",
        "Les dix conditions (003)",
        "réponse n° question pourquoi",
        f"✗ non 003.1 la direction est associée {fresh}",
        f"✓ oui 003.3 l’équipe de projet est mixte {YES.name('fr')} : 3 rôles tenus",
        "",
        "À faire",
        "ce qui ne va pas que faire",
        "la charte est à jour relisez-la et fixez la prochaine date",
        "(tel que connu le 4 mars 2026 à 13 h, à l’heure de Paris)",
    ]
    assert found.view().tone == "forbidden"


def test_a_checkup_asks_for_what_it_wants() -> None:
    found = _checkup(Answer("001.1", [UNKNOWN]))
    assert "to know more, give: the team" in found.text()
    assert found.view().tone == "exception"
    assert _checkup(Answer("001.1", [YES])).view().tone == "covered"
    assert "to know" not in _checkup(Answer("001.1", [YES])).text()


def test_a_checkup_is_safe_html() -> None:
    html = Checkup("<o>", NOW, answers=[Answer("001.6", [NO])])._repr_mimebundle_()["text/html"]
    assert "&lt;o&gt;" in html
    assert "<o>" not in html


# ---------------------------------------------------------------------------------------- wording


def test_every_question_and_every_check_is_worded() -> None:
    for question in QUESTIONS:
        assert f"question {question}" in SENTENCES
        assert f"text {question[:3]}" in SENTENCES
    for code in CHECKS:
        assert f"check {code}" in SENTENCES
        assert f"check {code} next" in SENTENCES


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_tell_the_same(code: str) -> None:
    english, french = (sorted(re.findall(r"\{(\w+)", text)) for text in SENTENCES[code])
    assert english == french


# -------------------------------------------------------------------------------------------- aims


def test_aims_are_possible() -> None:
    with pytest.raises(InvalidError) as raised:
        Aims(
            on_time=1.1,
            daily=-0.1,
            jump=0,
            least=0,
            back=timedelta(0),
            recent=timedelta(hours=23),
        )
    assert [problem.path for problem in raised.value.problems] == [
        ("on_time",),
        ("daily",),
        ("jump",),
        ("least",),
        ("back",),
        ("recent",),
    ]
    assert Aims(back=None).back is None


def test_a_checkup_of_which_nothing_falls_short_has_nothing_to_do() -> None:
    done, left = _checkup(Answer("001.6", [YES])), _checkup(Answer("003.1", [NO]))
    assert not done.summary().tables
    assert [len(table.rows) for table in left.summary().tables] == [1]


def test_a_gap_without_a_time_is_told_by_what_it_is_about() -> None:
    told = {
        week: Check(
            "watch hours",
            Known.NO,
            said="watch no",
            gaps=(Gap(GapKind.HOURS, ("hours", 0), ABOUT, 1, 1, week=week),),
        ).evidence("fr")
        for week in (None, Week.parse("Sat 10:00-18:00"))
    }
    assert [*told.values()] == [
        "personne pour analyste · X · français",
        "personne pour analyste · X · français\xa0: sam. 10\xa0h–18\xa0h",
    ]


def test_the_hours_of_anybody_are_told_as_a_language_has_them() -> None:
    gap = Gap(GapKind.HOURS, ("hours", 0), {"hours": "Sat 10:00-18:00"}, 1, 1)
    found = Check("watch hours", Known.NO, said="watch no", gaps=(gap,))
    assert found.evidence("fr") == "personne pour sam. 10\xa0h–18\xa0h"


def test_who_lacks_the_skills_of_a_role_is_named_with_both() -> None:
    found = Check("fit", Known.NO, said="fit no", unfit=(Unfit("lea", "analyst", ("figures",)),))
    assert found.evidence() == "`lea` is analyst without `figures`"
    assert found.evidence("fr") == "`lea` est analyste sans chiffres"
