"""What is seen of the acts of a history, and the rules that are drawn from it."""

from collections.abc import Iterable, Iterator
from itertools import count as numbers
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.audits.cases import History
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import Condition, all_of
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import FactSpec, FactType, Log
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Case, Unreadable
from cmcore.charters.kinds import Trait, kinds
from cmcore.charters.meaning.evaluation import ruled
from cmcore.charters.meaning.looks import Look, look
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.rule import Effect, Rule
from cmcore.charters.suggestions._groups import HEADS, Group, grouped
from cmcore.charters.suggestions._usual import chosen, usual_hours, usual_values, usual_volume
from cmcore.charters.suggestions.suggestion import reason
from cmcore.time.units import CalendarUnit

#: How many permits are suggested at most: those for most acts.
MOST_SUGGESTED: Final = 20
DAY: Final = "day"
#: What is published: what is said, or passed on, to everybody.
PUBLISHED: Final = (kinds(Trait.SAYS) | kinds(Trait.SHOWS)) - kinds(Trait.ADDRESSED)
#: What there may be too much of in a day: nobody waits for it, as somebody does for an answer.
_COUNTED: Final = PUBLISHED - kinds(Trait.ANSWERS)
#: What a permit may ask for besides, where something is usual; and the labels of the draft.
_ASKED: Final = (
    *("media", "described", "hosts", "hashtags", "mentions", "topics", "template"),
    *("paid", "scheduled", "incident.open", "in_reply_to.kind", "in_reply_to.ours"),
    "local.weekday",
)
_TESTED: Final = frozenset({FactType.FLAG, FactType.SYMBOL, FactType.SYMBOLS})
#: A permit, and the numbers of the rows that it is drawn from.
Drawn = tuple[Rule, tuple[int, ...]]


class Draw:
    """What is seen of the acts that the draft leaves open, as far as rules are drawn from it."""

    def __init__(self, draft: Charter, rows: History, least: int) -> None:
        self._draft = draft
        self._least = least
        self._heads = _specs(draft.vocabulary, HEADS)
        self._asked = _specs(draft.vocabulary, (*_ASKED, *draft.labels))
        self._logs = _logs(rows)
        self._rows = 0
        self._numbers: list[int] = []
        self._seen: list[Look] = []
        self._shown: list[Look] = []
        self._hours: list[int | None] = []
        self._before: dict[str, list[int | None]] = {}

    def take(self, row: Case | Unreadable) -> Facts | None:
        """Take note of a row: of an act that is published, and that no rule of the draft holds.

        What is observed of it is returned, so that it need not be observed again.
        """
        self._rows += 1
        if isinstance(row, Unreadable) or row.act.kind not in PUBLISHED:
            return None
        facts = Facts(self._draft, row.act, row.context)
        ruling, is_open = ruled(self._draft, facts)
        is_free = ruling.outcome is Outcome.EXCEPTION and not ruling.determining
        if ruling.outcome is Outcome.COVERED or (is_free and is_open is Truth.TRUE):
            self._count(row.act.kind, facts)
        if is_free and is_open is Truth.TRUE:
            self._numbers.append(self._rows - 1)
            self._seen.append(look(self._heads, facts))
            self._shown.append(look(self._asked, facts))
            self._hours.append(facts.local.hour if facts.local else None)
        return facts

    def _count(self, kind: str, facts: Facts) -> None:
        if kind in self._logs:
            log = facts.read(self._logs[kind])
            most = log.count(CalendarUnit.DAY)[1] if isinstance(log, Log) else None
            self._before.setdefault(kind, []).append(most)

    def permits(self) -> list[Drawn]:
        """Return the permits, those with most acts first, with the rows each is drawn from."""
        groups = grouped(self._seen, range(len(self._seen)), self._least)[:MOST_SUGGESTED]
        names = _fresh(("-".join(sorted(map(str, one.seen[0]))) for one in groups), self._draft)
        return [
            (self._permit(id_, one), tuple(self._numbers[place] for place in one.members))
            for id_, one in zip(names, groups, strict=True)
        ]

    def _permit(self, id_: str, group: Group) -> Rule:
        size = len(group.members)
        shown = [self._shown[place] for place in group.members]
        hours = [self._hours[place] for place in group.members]
        usual = [
            *usual_values(self._asked, shown, self._least),
            *usual_hours(hours, self._least),
        ]
        asked: list[Condition] = [*group.tests(self._heads), *chosen(usual, self._spare(size))]
        when = asked[0] if len(asked) == 1 else all_of(*asked)
        return Rule.permit(id_, when=when, because=reason(Effect.PERMIT, size))

    def _spare(self, size: int) -> int:
        """Return how many of that many acts the target of the draft lets go uncovered."""
        return int(round((1 - self._draft.target) * size, 9))

    def volumes(self) -> list[Rule]:
        """Return the rules that refer what is more than usual in a day, of each kind."""
        bounds = {
            kind: usual_volume(before, self._least, self._spare(len(before)))
            for kind, before in sorted(self._before.items())
            if len(before) >= self._least
        }
        found = {kind: bound for kind, bound in bounds.items() if bound is not None}
        names = _fresh((f"busy-{kind}" for kind in found), self._draft)
        return [
            self._volume(id_, kind, most)
            for id_, (kind, most) in zip(names, found.items(), strict=True)
        ]

    def _volume(self, id_: str, kind: str, most: int) -> Rule:
        when = all_of(fact("kind").is_(kind), fact(self._logs[kind]).more_than(most, per=DAY))
        because = reason(Effect.REFER, len(self._before[kind]))
        return Rule.refer(id_, to=self._draft.default, when=when, because=because)


def _specs(vocabulary: Vocabulary, names: Iterable[str]) -> tuple[FactSpec, ...]:
    specs = (vocabulary.find(name) for name in names)
    return tuple(spec for spec in specs if spec and spec.type in _TESTED)


def _logs(rows: History) -> dict[str, str]:
    """Return by which log each kind is counted: of one network and account, where all have them."""
    acts = [row.act if isinstance(row, Case) else row for row in rows]
    shared: dict[str, list[Act]] = {}
    for act in acts:
        if isinstance(act, Act) and act.kind in _COUNTED:
            shared.setdefault(act.kind, []).append(act)
    return {
        kind: ".".join(["recent", kind, *(f"same_{name}" for name in ("network", "account")
                                          if all(getattr(one, name) is not None for one in many))])
        for kind, many in shared.items()
    }  # fmt: skip


def _fresh(names: Iterable[str], draft: Charter) -> Iterator[str]:
    """Yield ids for rules that no rule of the draft, and no other of them, has."""
    taken = {rule.id for rule in draft.rules}
    for name in names:
        id_ = next(
            one
            for one in (name if n == 1 else f"{name}-{n}" for n in numbers(1))
            if one not in taken
        )
        taken.add(id_)
        yield id_
