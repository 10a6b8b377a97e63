"""Assignments, and what is asked of them, to plain data: teams and needs by their ids alone."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

import cattrs

from cmcore.codec.bounds import Data
from cmcore.codec.plain import kept
from cmcore.codec.plans import by_member
from cmcore.nouns.assignment import Assignment, Goal, Level, Question, Verification
from cmcore.nouns.choices import Alternatives, WhatIf, WhyNot

_Item = dict[str, Data]
_Write = Callable[[object], Any]
_FOUND: Final = ("levels", "lacks", "conflicts")


def register(made: cattrs.Converter) -> None:
    """Teach a converter to write assignments."""
    for kind, write in _WRITERS.items():
        made.register_unstructure_hook(kind, partial(write, made.unstructure))


def _many(write: _Write, thing: object, names: Iterable[str]) -> _Item:
    """Return the plain data of collections, without those that are empty."""
    return {name: write(getattr(thing, name)) for name in names if getattr(thing, name)}


def _question(write: _Write, asked: Question) -> _Item:
    plans = {"previous": asked.previous, "pins": asked.pins, "bans": asked.bans}
    return kept(
        {
            "team": asked.team.id,
            "needs": asked.needs.id,
            **{name: by_member(plan.pairs) for name, plan in plans.items() if plan.pairs},
            "window": write(asked.window) if asked.window else None,
        }
    )


def _assignment(write: _Write, found: Assignment) -> _Item:
    dealt = {"plan": by_member(found.pairs), "moves": write(found.diff.moves)}
    return {
        **_question(write, found.question),
        "status": found.status.value,
        **(dealt if found.levels else {}),
        **_many(write, found, _FOUND),
        **_many(write, found.why, ("blocks", "reasons")),
        **({} if found.why.is_least else {"is_least": False}),
        "nodes": found.nodes,
        "solver": found.solver,
    }


def _level(_: _Write, level: Level) -> _Item:
    return {
        "goal": level.goal.value,
        "value": level.value,
        "bound": level.bound,
        "unit": level.goal.unit,
    }


def _why_not(write: _Write, found: WhyNot) -> _Item:
    return {
        "member": found.member,
        "role": found.role,
        "status": found.status.value,
        "is_held": found.is_held,
        **_many(write, found, ("costs", "lacks", "conflicts")),
        **_many(write, found.why, ("reasons",)),
        **_many(write, found.moves, ("moves",)),
    }


def _alternatives(_: _Write, found: Alternatives) -> _Item:
    return {
        "necessary": by_member(found.necessary),
        "possible": by_member(found.possible),
        "impossible": by_member(found.impossible),
        "unknown": by_member(found.unknown),
    }


def _what_if(write: _Write, found: WhatIf) -> _Item:
    learned = {who: list(skills) for who, skills in found.learned.items()}
    return kept(
        {
            **_many(write, found, ("left", "joined")),
            "learned": learned or None,
            "opened": found.opened,
            "before": write(found.before),
            "after": write(found.after),
        }
    )


def _verification(write: _Write, found: Verification) -> _Item:
    values = {goal.value: value for goal, value in zip(Goal, found.values, strict=False)}
    return {
        "is_sound": found.is_sound,
        "values": values,
        **_many(write, found, ("conflicts", "lacks")),
    }


_WRITERS: Final[dict[type, Callable[[_Write, Any], _Item]]] = {
    Alternatives: _alternatives,
    Assignment: _assignment,
    Level: _level,
    Question: _question,
    Verification: _verification,
    WhatIf: _what_if,
    WhyNot: _why_not,
}
