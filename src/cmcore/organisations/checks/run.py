"""Checking: an organisation compared with what the five source texts ask."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.ids import nearest
from cmcore.organisations.checks import _acts, _answers, _charters, _figures, _teams, practices
from cmcore.organisations.checks._evidence import Look, Seen, moot
from cmcore.organisations.checks.checkup import Aims, Answer, Check, Checkup
from cmcore.organisations.organisation import Organisation
from cmcore.organisations.questions import QUESTIONS
from cmcore.reviews.review import Review
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


@checked
def checkup(
    organisation: Organisation,
    at: datetime,
    *,
    aims: Aims | None = None,
    questions: Iterable[str] | None = None,
    reviews: Iterable[Review] = (),
) -> Checkup:
    """Answer the questions of the source texts about an organisation, as known at an instant.

    Each question is answered yes, no, or unknown because something is missing, with the evidence.
    The answer is yes only if everything it checks is known to be so: missing data never count as a
    yes. What the organisation says does not apply is `moot`, with the reason it gives.
    Anything after `at` is ignored, except who is on duty in the following week. `questions`
    are the sections to ask about, by default all; a text means all its sections. The numbers in
    `aims` say how much is enough. Of `reviews` of acts that went out alone, the check that
    exceptions were asked about says which are late.

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
    look = Look(organisation, moment, aims or Aims(), reviews)
    codes = sorted({code for question in asked for code in QUESTIONS[question]})
    made = {code: _check(code, _seen(look, code)) for code in codes}
    answers = [Answer(one, _answering(look, one, made)) for one in asked]
    found = Checkup(organisation.id, moment, zone=organisation.zone, answers=answers)
    return found.with_names(organisation)


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


def _seen(look: Look, code: str) -> Seen:
    """Return what comes of a check, or that it is said not to apply, and why."""
    reason = look.given.not_applicable.get(code)
    return CHECKS[code](look) if reason is None else moot("not applicable", reason=reason)


def _answering(look: Look, question: str, made: Mapping[str, Check]) -> list[Check]:
    """Return the checks of a question, none of which applies where the question does not."""
    reason = look.given.not_applicable.get(question)
    return [
        made[code] if reason is None else _check(code, moot("not applicable", reason=reason))
        for code in QUESTIONS[question]
    ]


def _check(code: str, found: Seen) -> Check:
    return Check(
        code, found.known, said=found.said, told=found.told, wants=found.wants,
        gaps=found.gaps, unfit=found.unfit,
    )  # fmt: skip
