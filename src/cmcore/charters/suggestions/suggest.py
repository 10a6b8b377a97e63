"""Suggesting a charter from a history: what is usual in it becomes permits and volumes."""

from collections.abc import Sequence
from itertools import count as numbers
from typing import Final

from cmcore.base.asked import checked
from cmcore.base.counts import count_problems
from cmcore.base.errors import refuse_any
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import all_of
from cmcore.charters.conditions.fact import fact
from cmcore.charters.context import Context
from cmcore.charters.rule import Rule
from cmcore.charters.suggestions._count import Count
from cmcore.charters.suggestions._draw import DAY, Draw
from cmcore.charters.suggestions.suggestion import Suggestion
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage

#: How often something must have been seen to count as usual, unless one says otherwise.
USUAL_LEAST: Final = 5
#: A charter without rules, to draw a suggestion on: a coordinator sees whatever is not covered.
BLANK: Final = Charter(
    "draft",
    circuits=[ValidationCircuit("desk", [Stage(Approvers("role", {"coordinator"}))])],
    default="desk",
)


@checked
def suggest(
    history: History,
    draft: Charter = BLANK,
    *,
    least: int = USUAL_LEAST,
    context: Context | None = None,
) -> Suggestion:
    """Suggest a charter from what was published: permits, and volumes that are seldom exceeded.

    A permit lets through combinations of kind, network, account, format and language that were each
    published `least` times or more. It asks for media, sites, hashtags, days, hours and the like
    that were seen as often, as long as it still covers the target share of its acts. A volume
    refers to the default circuit what is more than usual in a day. The rules of the `draft` stay,
    and decide what they decide. `context` applies to acts that have no context of their own.

    Raises:
        InvalidError: when `least` is below 1.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.charters import suggest
        >>> posts = [Act(kind="publish", network="x", media={"image"}) for _ in range(20)]
        >>> found = suggest(posts)
        >>> found.covered, [rule.id for rule in found.rules]
        (20, ['publish'])
    """
    refuse_any(count_problems(least, "least", least=1))
    around = context or Context()
    is_whole = isinstance(history, Sequence)  # a stream is taken in the order that it has
    rows = history if isinstance(history, Sequence) else [*history]
    draw = Draw(draft, rows, least)
    looking = cases(_looking_back(draft), rows if is_whole else iter(rows), around)
    seen = [draw.take(row) for row in looking]
    permits, volumes = draw.permits(), draw.volumes()
    made = draft.with_rule(*(rule for rule, _ in permits), *volumes)
    count = Count(draft, made, permits, volumes)
    counted = cases(made, rows if is_whole else iter(rows), around)
    for row, facts in zip(counted, seen, strict=True):
        count.take(row, facts)
    return count.suggestion(least)


def _looking_back(draft: Charter) -> Charter:
    """Return a draft under which acts know those before them on the same day."""
    taken = {rule.id for rule in draft.rules}
    id_ = next(f"looking-back-{n}" for n in numbers() if f"looking-back-{n}" not in taken)
    never = all_of(fact("kind").present(wanted=False), fact("recent.any").more_than(0, per=DAY))
    return draft.with_rule(Rule.permit(id_, when=never, because="No act is without a kind."))
