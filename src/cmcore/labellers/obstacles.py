"""Obstacles: why no score is believed, and how many more examples would do."""

from enum import StrEnum
from typing import Final

from cmcore.base.values import internal
from cmcore.display.wording import Language, say, say_many, show
from cmcore.labellers.binomial import MOST, is_above, needed


class Obstacle(StrEnum):
    """Why no score is believed: more examples may help of those that are few or doubtful."""

    FEW = "too few examples"
    DOUBTFUL = "perhaps wrong too often"
    WRONG = "wrong too often"
    NEVER = "never truly so"
    UNSAID = "no labels"
    UNSCORED = "no scores"
    OTHERWISE = "called otherwise"
    NEEDLESS = "nothing depends on it"


#: The obstacles that more examples may do away with.
OPEN: Final = frozenset({Obstacle.FEW, Obstacle.DOUBTFUL})


@internal
class Hindrance:
    """What keeps scores from being believed, and how many examples more would do."""

    obstacle: Obstacle
    more: int | None = None

    @classmethod
    def of(cls, wrong: int, total: int, risk: float, chance: float) -> "Hindrance":
        """Return what hinders few examples, or wrong ones, at the safest score.

        Where errors are too frequent for any number of examples to do, if they stay so, that may
        still be by chance: it is not where they are improbable. A single one never counts for that,
        as it may be the first of a lower score.
        """
        enough = needed(wrong, total, risk, chance)
        if enough is None and wrong > 1 and is_above(wrong, total, risk, chance):
            return cls(Obstacle.WRONG)
        is_doubtful = enough is None and wrong > 0
        if is_doubtful:
            enough = needed(wrong, total, risk, chance, grows=False)
        more = None if enough is None else enough - total
        return cls(Obstacle.DOUBTFUL if is_doubtful else Obstacle.FEW, more)


def hindrance_text(
    obstacle: Obstacle, more: int | None, of: str, language: Language, *, says: bool | None = None
) -> str:
    """Say what keeps scores from being believed; `of` what a risk is a share, and what one says."""
    if obstacle not in OPEN:
        sides = {"says": show(says, language), "other": show(not says, language)}
        return say(f"obstacle {obstacle.name.lower()}", language, **sides)
    if more is None:
        return say("more than anybody labels", language, most=MOST)
    told = say_many(f"{of} more {obstacle.name.lower()}", more, language)
    return told if obstacle is Obstacle.FEW else say("obstacle doubtful", language, more=told)
