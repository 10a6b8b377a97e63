"""What people have said of the labels of acts, and putting it on the same acts in a history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from cmcore.base.asked import checked
from cmcore.base.errors import Problem, refuse_any
from cmcore.charters.act import Act
from cmcore.charters.audits.cases import History
from cmcore.charters.history import Case, Unreadable
from cmcore.labellers.examples import acts_of, class_problems, unread_problems

#: What a person said of a label that they said has no value.
NOTHING: Final = "(none)"
_FACTS: Final = frozenset(field.name for field in attrs.fields(Act))
#: What was said of the labels of an act.
Said = Mapping[str, object]


def name_of(act: Act) -> str:
    """Return what an act is the same by: its id, or its content where it has none."""
    return act.id or act.digest()


def said_of(act: Act) -> dict[str, object]:
    """Return what was said of the labels of an act, and be it that one has no value."""
    return {**act.labels, **dict.fromkeys(act.absent - _FACTS, NOTHING)}


@checked
def with_labels(history: History, labels: History) -> tuple[Act | Case | Unreadable, ...]:
    """Return a history with the labels that people put on the same acts elsewhere.

    Acts are the same by their ids, or by their content where they have none; labels may say
    something of an act in several rows. What a history says stays, and so do rows of it that cannot
    be read.

    Raises:
        InvalidError: with every label of an act that was said to be different things, and every
            row of the labels that cannot be read.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import with_labels
        >>> posts = [Act(id="1", text="12 euros"), Act(id="2", text="Fog")]
        >>> said = [Act(id="1", labels={"price_claim": True})]
        >>> [one.labels for one in with_labels(posts, said)]
        [{'price_claim': True}, {}]
    """
    rows, said = [*history], [*labels]
    refuse_any(
        class_problems(rows, "history"),
        class_problems(said, "labels"),
        unread_problems(said, "labels"),
    )
    told, problems = gathered(acts_of(said), "labels")
    made: list[Act | Case | Unreadable] = []
    for row in rows:
        if isinstance(row, Unreadable):
            made.append(row)
            continue
        act = row.act if isinstance(row, Case) else row
        known = told.get(name_of(act), {})
        problems += _disputes(act, known, "history")
        more = labelled_as(act, known)
        made.append(attrs.evolve(row, act=more) if isinstance(row, Case) else more)
    refuse_any(problems)
    return tuple(made)


def gathered(acts: Iterable[Act], place: str) -> tuple[dict[str, dict[str, object]], list[Problem]]:
    """Return what people said of acts, by what these are the same by, and what is disputed."""
    told: defaultdict[str, dict[str, object]] = defaultdict(dict)
    problems: list[Problem] = []
    for act in acts:
        problems += _disputes(act, told[name_of(act)], place)
        told[name_of(act)] |= said_of(act)
    return told, problems


def _disputes(act: Act, said: Said, place: str) -> Iterator[Problem]:
    """Yield the problem of each label of an act that was said to be something else."""
    for label, one in sorted(said_of(act).items()):
        other = said.get(label, one)
        if other != one or isinstance(other, bool) is not isinstance(one, bool):
            name = act.id or act.text or ""
            yield Problem.of(
                "label-disputed", place, name, label, label=label, one=one, other=other
            )


def labelled_as(act: Act, said: Said) -> Act:
    """Return an act with what was said of its labels, where it says nothing of them itself."""
    known = said_of(act)
    more = {label: one for label, one in said.items() if label not in known}
    if not more:
        return act
    given = {label: one for label, one in more.items() if one != NOTHING}
    return attrs.evolve(
        act, labels={**act.labels, **given}, absent=act.absent | (more.keys() - given.keys())
    )
