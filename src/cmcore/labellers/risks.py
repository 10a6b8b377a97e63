"""Risks: what share may be called wrongly, as `calibrate` is given it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeGuard, cast

from cmcore.base.errors import Problem
from cmcore.base.ids import nearest
from cmcore.display.wording import show
from cmcore.labellers.calibration import RiskOf, share_problems

#: What a label may be called, as the keys of risks say it.
_SIDES: Final = {show(says): says for says in (False, True)}
_Risk = float | Mapping[str, float]
Risks = float | Mapping[str, _Risk]


def _is_of_labels(risk: Risks) -> TypeGuard[Mapping[str, _Risk]]:
    """Return whether the keys of risks are labels."""
    return isinstance(risk, Mapping) and bool(risk) and not risk.keys() & _SIDES.keys()


def risks_of(risk: Risks, labels: Sequence[str]) -> dict[str, dict[bool, float]]:
    """Return the risk of calling each label no, and yes."""
    each = risk if _is_of_labels(risk) else dict.fromkeys(labels, cast("_Risk", risk))
    return {label: _of_sides(each[label]) for label in labels if label in each}


def _of_sides(risk: _Risk) -> dict[bool, float]:
    if not isinstance(risk, Mapping):
        return dict.fromkeys(_SIDES.values(), float(risk))
    return {_SIDES[key]: float(one) for key, one in sorted(risk.items())}


def risk_problems(risk: Risks, labels: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with risks."""
    if not _is_of_labels(risk):
        yield from _side_problems(risk, "risk")
        return
    known = [*labels, *_SIDES]
    for key, one in risk.items():
        if key in labels:
            yield from _side_problems(one, "risk", key)
        else:
            near = nearest(key, known)
            yield Problem.of("not-a-choice", "risk", given=key, near=near, known=known)


def _side_problems(risk: object, *path: str) -> Iterator[Problem]:
    if not isinstance(risk, Mapping):
        yield from share_problems(risk, *path)
    elif not risk:
        yield Problem.of("empty", *path, key="risk")
    else:
        for key, one in risk.items():
            if key in _SIDES:
                yield from share_problems(one, *path, key)
            else:
                near = nearest(key, _SIDES)
                yield Problem.of("not-a-choice", *path, given=key, near=near, known=[*_SIDES])


def beside_problems(risk: object, of: str, by: str | None) -> Iterator[Problem]:
    """Yield what cannot be asked beside a promise about an outcome."""
    is_asked = {"risk": isinstance(risk, Mapping), "of": of != RiskOf.ACTS, "by": by is not None}
    for key in (key for key, is_so in is_asked.items() if is_so):
        yield Problem.of("outcome-alone", key)
