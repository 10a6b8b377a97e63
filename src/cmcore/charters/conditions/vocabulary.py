"""The vocabulary of a charter: the facts that it may read, those of its own among them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

import attrs
from attrs import field

from cmcore.base.asked import checked_late
from cmcore.base.errors import Problem
from cmcore.base.frozen import FrozenMap, each_once
from cmcore.base.ids import name_problems, nearest
from cmcore.base.values import value
from cmcore.charters.conditions.domains import ANY, SURE, Domain, measured
from cmcore.charters.conditions.facts import (
    ALIKE,
    BUILTIN,
    LOGGED,
    MEASURES,
    RESERVED,
    SAME,
    WORDED,
    FactSpec,
    FactType,
    Label,
    label_of,
)
from cmcore.charters.conditions.forms import Form
from cmcore.charters.kinds import KINDS, WITHOUT, OwnKind, own_kind_problems

#: The minimum of a label, by its type: a duration is not negative.
_LEAST: Final = {FactType.DURATION: timedelta(0)}
#: How people ask for the time that is left until an event, which no fact has.
_AHEAD: Final = frozenset({"until", "before", "avant"})


def label_map(given: Mapping[str, Label]) -> FrozenMap[Label]:
    """Freeze the labels of a charter."""
    return FrozenMap(given)


def no_labels() -> FrozenMap[Label]:
    """Return the labels of a charter that declares none."""
    return FrozenMap()


def kind_map(given: Mapping[str, OwnKind]) -> FrozenMap[OwnKind]:
    """Freeze the kinds of act that a charter declares."""
    return FrozenMap(given)


def no_kinds() -> FrozenMap[OwnKind]:
    """Return the kinds of act of a charter that declares none."""
    return FrozenMap()


@value
class Vocabulary:
    """The facts a charter may read: the built-in ones, its labels, events, counts and kinds of act.

    An event `launch` adds the duration `since.launch`. Each kind of act adds the log
    `recent.<kind>` (and `recent.any`), and each count the log `recent.<count>`, which
    `.same_network` and the like narrow, any number of them; so does `.same_campaign`, if `campaign`
    is a label that is words. Texts and sets add measures such as `text.length` and `topics.count`.
    """

    labels: FrozenMap[Label] = field(factory=no_labels, converter=label_map)
    events: frozenset[str] = field(default=frozenset(), converter=each_once)
    counts: frozenset[str] = field(default=frozenset(), converter=each_once)
    kinds: FrozenMap[OwnKind] = field(factory=no_kinds, converter=kind_map)

    @cached_property
    def without(self) -> Mapping[str, frozenset[str]]:
        """What acts of some kinds have not, unless it is given -> these kinds."""
        if not any(kind.silent or kind.like for kind in self.kinds.values()):
            return WITHOUT
        return {
            fact: kinds | {n for n, own in self.kinds.items() if own.silent or own.like in kinds}
            for fact, kinds in WITHOUT.items()
        }

    @cached_property
    def kind(self) -> FactSpec:
        """What is known of the kinds of act: those that are built in, and the charter's own."""
        spec = BUILTIN["kind"]
        known = Domain(Form.EXACT, frozenset({*KINDS, *self.kinds}))
        return attrs.evolve(spec, domain=known) if self.kinds else spec

    @cached_property
    def logged(self) -> frozenset[str]:
        """What logs are kept of: kinds of act, all of them (`any`), and the charter's counts."""
        return LOGGED | self.counts | self.kinds.keys()

    @cached_property
    def same(self) -> Mapping[str, Label | None]:
        """What acts may have in common, as in `same_network`; by the label that says it, if any."""
        own = {f"{ALIKE}{name}": label for name, label in self.labels.items()
               if label.type in WORDED}  # fmt: skip
        return {**own, **dict.fromkeys(SAME)}

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of the declared names."""
        for name in self.labels:
            yield from self._name_problems(name, "labels")
        for name in sorted(self.events):
            yield from name_problems(name, "events")
        for name in sorted(self.counts):
            yield from name_problems(name, "counts", name)
            if name in LOGGED or name in self.kinds:
                yield Problem.of("reserved-name", "counts", name, name=name)
        for name in self.kinds:
            yield from own_kind_problems(name, "kinds", name)

    def _name_problems(self, name: str, where: str) -> Iterator[Problem]:
        yield from name_problems(name, where, name)
        if name in BUILTIN or name in RESERVED:
            yield Problem.of("reserved-name", where, name, name=name)

    @checked_late
    def find(self, name: str) -> FactSpec | None:
        """Return the specification of the fact `name`, or None if there is no such fact."""
        found = self._known.get(name)
        if found is None:
            found = self._base(name) or self._recent(name) or self._measure(name)
            if found is not None:
                self._known[name] = found
        return found

    @cached_property
    def ways(self) -> dict[str, Any]:
        """The facts that were read before: each with what reads it of an act."""
        return {}

    @cached_property
    def _known(self) -> dict[str, FactSpec]:
        """The specifications that were asked for before."""
        return {}

    def _base(self, name: str) -> FactSpec | None:
        if name in BUILTIN:
            return self.kind if name == "kind" else BUILTIN[name]
        if name in self.labels:
            label = self.labels[name]
            form = Form.WORD if label.values is None else Form.LABEL
            domain = Domain(form, label.values, low=_LEAST.get(label.type))
            return FactSpec(name, label.type, domain, label.about, label.about, "label")
        head, _, event = name.partition(".")
        if head == "since" and event in self.events:
            english, french = f"time since {event}", f"temps écoulé depuis {event}"
            return FactSpec(name, FactType.DURATION, ANY, english, french, "context")
        return None

    def _recent(self, name: str) -> FactSpec | None:
        head, *rest = name.split(".")
        if head != "recent" or not rest or rest[0] not in self.logged:
            return None
        kind, *same = rest
        if len(set(same)) != len(same) or not self.same.keys() >= {*same}:
            return None
        about = "acts" if kind == "any" else f"acts of kind {kind}"
        about = f"acts counted as {kind}" if kind in self.counts else about
        english, french = f"earlier {about}", f"actions précédentes ({kind})"
        return FactSpec(name, FactType.LOG, SURE, english, french, "context")

    def _measure(self, name: str) -> FactSpec | None:
        of, _, measure = name.rpartition(".")
        base = self._base(of)
        made = MEASURES.get(base.type, {}).get(measure) if base else None
        if base is None or made is None:
            return None
        english, french = f"{measure} of {base.english}", f"{measure} : {base.french}"
        return FactSpec(name, made[0], measured(measure, base.domain), english, french, base.source)

    @checked_late
    def missing(self, name: str, *path: str | int) -> Problem:
        """Return the problem of naming an unknown fact, with the nearest known ones."""
        head, _, rest = name.partition(".")
        is_ahead = head in _AHEAD and not any(name_problems(rest))
        measured = [one for one in rest.split(".")[1:] if self._is_measured(one)]
        near = () if is_ahead or measured else self._near(name)
        hint = None if near or "." not in name else self._instead(name)
        hint = "look-back" if is_ahead else "same-of-words" if measured else hint
        kind = rest.partition(".")[0]
        if head == "recent" and hint == "one-of" and not any(name_problems(kind)):
            return Problem.of("unknown-fact", *path, fact=name, kind=kind, hint="count-acts")
        below = [one for one in self.names() if one.startswith(f"{head}.")] if hint else []
        told = {
            "near": near,
            "known": [one for one in below if one.count(".") == 1],
            "event": rest if is_ahead or head == "since" else head,
        }
        return Problem.of("unknown-fact", *path, fact=name, hint=hint, **told)

    def _is_measured(self, same: str) -> bool:
        """Return whether something in common is asked by a label that is no word."""
        return same not in self.same and label_of(same) in self.labels

    def _near(self, name: str) -> Sequence[str]:
        """Return the facts nearest to a name that is none, each part of it compared by itself."""
        head, _, rest = name.partition(".")
        of, _, measure = name.rpartition(".")
        if head == "recent" and rest:
            kind, *same = rest.split(".")
            logs = [".".join([head, one, *same]) for one in nearest(kind, sorted(self.logged))]
            near = [log for log in logs if self.find(log)]
            if near or kind not in self.logged:
                return near
        if of and any(measure in measures for measures in MEASURES.values()):
            bases = [
                n.removesuffix(f".{measure}") for n in self.names() if n.endswith(f".{measure}")
            ]
            return [f"{one}.{measure}" for one in nearest(of, bases)]
        return nearest(name, self.names())

    def _instead(self, name: str) -> str:
        """Return the code of what to do about a name with a dot that is near to no fact's."""
        head, _, rest = name.partition(".")
        if head == "since" and not any(name_problems(rest)):
            return "declare-event"
        if any(one.startswith(f"{head}.") for one in self.names()):
            return "one-of"
        is_measure = any(rest in measures for measures in MEASURES.values())
        is_free = is_measure and head not in RESERVED and not any(name_problems(head))
        return "declare-measured" if is_free else "no-dots"

    def names(self) -> tuple[str, ...]:
        """Return the name of every fact, measures and logs included, sorted."""
        return self._names

    @cached_property
    def _names(self) -> tuple[str, ...]:
        base = [*BUILTIN, *self.labels, *(f"since.{event}" for event in self.events)]
        specs = [self._base(name) for name in base]
        measures = [f"{s.name}.{m}" for s in specs if s for m in MEASURES.get(s.type, {})]
        logs = [f"recent.{kind}" for kind in self.logged]
        narrowed = [f"{log}.{same}" for log in logs for same in self.same]
        return tuple(sorted({*base, *measures, *logs, *narrowed}))
