"""Examples: acts that people have labelled, of which each counts once."""

from collections.abc import Collection, Iterable, Iterator

from cmcore.base.errors import Problem, refuse_any
from cmcore.base.ids import repeated
from cmcore.charters.act import Act
from cmcore.charters.history import Case, Unreadable

Row = Act | Case | Unreadable


def examples_of(many: Iterable[Row], name: str, labels: Collection[str] = ()) -> list[Case]:
    """Return acts that people have labelled, as cases.

    Raises:
        InvalidError: with every row that is no act or cannot be read, every id that comes again,
            and every one of the `labels` that is something other than yes or no.
    """
    rows = [*many]
    refuse_any(example_problems(rows, name, labels))
    return cases_of(rows)


def example_problems(
    rows: Collection[Row], name: str, labels: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield why some rows are no examples."""
    yield from unread_problems(rows, name)
    yield from row_problems(rows, name, labels)


def unread_problems(rows: Iterable[Row], name: str) -> Iterator[Problem]:
    """Yield the problems of each row that cannot be read, at its place."""
    for place, row in enumerate(rows):
        if isinstance(row, Unreadable):
            yield from (problem.under(name, place) for problem in row.problems)


def cases_of(rows: Iterable[Row]) -> list[Case]:
    """Return the rows that can be read, as cases."""
    return [
        row if isinstance(row, Case) else Case(row)
        for row in rows
        if not isinstance(row, Unreadable)
    ]


def row_problems(
    rows: Collection[Row], name: str, labels: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield why the acts of some rows cannot count, each once, as people labelled them."""
    acts = [_act_of(row) for row in rows]
    for place, act in enumerate(acts):
        if act is not None:
            yield from _flag_problems(act, labels, name, place)
    yield from class_problems(rows, name)
    yield from repeated((None if act is None else act.id for act in acts), name)


def class_problems(rows: Iterable[object], name: str) -> Iterator[Problem]:
    """Yield the problem of each row that is none."""
    for place, row in enumerate(rows):
        if not isinstance(row, Act | Case | Unreadable):
            names = tuple(kind.__name__ for kind in (Act, Case, Unreadable))
            yield Problem.of("wrong-class", name, place, given=type(row).__name__, names=names)


def _flag_problems(act: Act, labels: Iterable[str], name: str, place: int) -> Iterator[Problem]:
    for label in labels:
        given = act.labels.get(label)
        if given is not None and not isinstance(given, bool):
            yield Problem.of(
                "wrong-value", name, place, "labels", label, given=given, wanted="flag"
            )


def acts_of(rows: Iterable[Row]) -> Iterator[Act]:
    """Yield the acts of the rows that have one."""
    return (act for row in rows if (act := _act_of(row)))


def _act_of(row: object) -> Act | None:
    act = row.act if isinstance(row, Case) else row
    return act if isinstance(act, Act) else None


def twins(acts: Iterable[Act]) -> int:
    """Return how many acts have no id and show what an earlier one does: it may be the same."""
    shown = [act.digest() for act in acts if act.id is None]
    return len(shown) - len({*shown})
