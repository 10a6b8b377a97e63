"""Checking: an organisation compared with what the five source texts ask."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.ids import nearest
from cmcore.organisations.checks import _acts, _answers, _charters, _figures, _teams, practices
from cmcore.organisations.checks._evidence import Look, Seen
from cmcore.organisations.checks.checkup import Aims, Answer, Check, Checkup
from cmcore.organisations.organisation import Organisation
from cmcore.time.week import require_aware

#: Code -> how it is checked.
CHECKS: Final[Mapping[str, Callable[[Look], Seen]]] = {
    **_charters.CHECKS,
    **_teams.CHECKS,
    **_answers.CHECKS,
    **_acts.CHECKS,
    **_figures.CHECKS,
    **practices.CHECKS,
}
#: Question, by text and section -> the checks that answer it.
QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "000.1": ("objectives set",),
    "000.2": ("charter in force", "charter fresh", "rules for employees"),
    "000.3": ("mixed team", "fit"),
    "000.4": ("core roles", "none neglected", "private way", "charter signed"),
    "000.5": ("mistakes corrected",),
    "001.1": ("watch hours", "watch reported"),
    "001.2": ("on time", "none neglected", "answers kept"),
    "001.3": ("honest", "promises kept", "criticism kept"),
    "001.4": ("single contact", "one hand", "fit", "departments"),
    "001.5": ("interns supervised",),
    "001.6": ("charter in force", "charter signed", "charter framed", "networks covered"),
    "001.7": ("no bought followers", "engagement measured"),
    "001.8": ("objectives set", "strategy reviewed"),
    "001.9": ("own words", "little promotion"),
    "001.10": ("reports made", "engagement measured"),
    "002.1": ("insiders",),
    "002.2": ("specialists",),
    "002.3": ("time set aside",),
    "002.4": ("team meetings",),
    "002.5": ("little promotion", "training"),
    "002.6": ("open access",),
    "002.7": ("ambassadors",),
    "002.8": ("content by employees",),
    "003.1": ("charter signed", "strategy approved"),
    "003.2": ("employees briefed", "rules for employees"),
    "003.3": ("mixed team", "front line", "co-design", "subscribers asked"),
    "003.4": ("fit", "training"),
    "003.5": ("informed", "sharing"),
    "003.6": ("share covered", "short way", "circuits complete", "exceptions asked", "referents"),
    "003.7": ("community manager", "time set aside"),
    "003.8": ("cadence", "own words"),
    "003.9": ("met in person",),
    "003.10": ("tools reviewed",),
    "004.1": ("charter framed", "networks covered", "objectives set", "exceptions asked"),
    "004.2": ("engagement measured", "reports made"),
    "004.3": ("departments", "alert planned", "alerts kept"),
    "004.4": ("watch reported", "reports made", "returns measured"),
    "004.5": ("interns supervised", "objectives set"),
}


@checked
def checkup(
    organisation: Organisation,
    at: datetime,
    *,
    aims: Aims | None = None,
    questions: Iterable[str] | None = None,
) -> Checkup:
    """Answer the questions of the source texts about an organisation, as known at an instant.

    Each question is answered yes, no, or unknown because something is missing, with the evidence.
    The answer is yes only if everything it checks is known to be so: missing data never count as a
    yes. Anything after `at` is ignored, except who is on duty in the following week. `questions`
    are the sections to ask about, by default all; a text means all its sections. The numbers in
    `aims` say how much is enough.

    Raises:
        InvalidError: when `at` is naive, a question is unknown, or a duty of the playbook names a
            level that the scale of an incident does not have.

    Examples:
        >>> from datetime import UTC, datetime
        >>> from cmcore import Organisation, catalog, checkup
        >>> shop = Organisation("shop", charter=catalog.charters["small-brand"])
        >>> found = checkup(shop, datetime(2026, 3, 2, tzinfo=UTC), questions=["001.6"])
        >>> [answer.question for answer in found.of("no")]
        ['001.6']
    """
    moment = require_aware(at, "at")
    asked = _asked(questions)
    look = Look(organisation, moment, aims or Aims())
    codes = sorted({code for question in asked for code in QUESTIONS[question]})
    made = {code: _check(code, CHECKS[code](look)) for code in codes}
    answers = [Answer(one, [made[code] for code in QUESTIONS[one]]) for one in asked]
    return Checkup(organisation.id, moment, zone=organisation.zone, answers=answers)


def _asked(questions: Iterable[str] | None) -> tuple[str, ...]:
    if questions is None:
        return tuple(QUESTIONS)
    named = [questions] if isinstance(questions, str) else list(questions)
    texts = {question.partition(".")[0] for question in QUESTIONS}
    found = [
        Problem.of(
            "unknown-question", "questions", index, question=name, near=nearest(name, QUESTIONS)
        )
        for index, name in enumerate(named)
        if name not in QUESTIONS and name not in texts
    ]
    if found:
        raise InvalidError(found)
    wanted = {*named}
    return tuple(one for one in QUESTIONS if wanted & {one, one.partition(".")[0]})


def _check(code: str, found: Seen) -> Check:
    return Check(code, found.known, said=found.said, told=found.told, wants=found.wants)
