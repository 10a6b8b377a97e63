"""What is worth labelling first: the facts that would settle the decisions of a history."""

from collections.abc import Iterator
from typing import Final

from attrs import field

from cmcore.base.values import value
from cmcore.charters.audits.unread import unread_table
from cmcore.charters.conditions.facts import TARGETS
from cmcore.charters.history import Unreadable
from cmcore.charters.kinds import fact_text
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, say_many


@value
class Wanted:
    """A fact that is worth supplying.

    `acts` are in doubt unless it is supplied, whatever else is; `settled` are all the acts that are
    settled once it is supplied, with those before it.
    """

    fact: str
    acts: int
    settled: int


@value
class Labelling(Viewable):
    """Which facts would settle a history, once they are supplied for every act.

    An act is settled where no rule that is unknown could change its outcome or its circuits, and in
    doubt where one could. `settled` counts those that are settled as it is, `acts` all of them.
    `facts` settle as many acts as all facts together would, whatever they turn out to be; those
    come first that settle the most. No fewer than `least` facts do, so that they are the fewest
    where there are no more of them. `left` acts are not shown to be settled by any.
    Of the rows that could not be read, `unread` lists the first hundred, `unreadable` counts all.
    """

    acts: int
    settled: int
    facts: tuple[Wanted, ...] = ()
    least: int = field(default=0, kw_only=True)
    left: int = field(default=0, kw_only=True)
    unreadable: int = field(default=0, kw_only=True)
    unread: tuple[Unreadable, ...] = field(default=(), kw_only=True)

    @property
    def is_smallest(self) -> bool:
        """Whether it is proven that no fewer facts settle as many acts."""
        return len(self.facts) == self.least

    def _view(self, language: Language) -> View:
        """Return the view of what to label first, for a terminal or a notebook."""
        return View(
            title=labelling_text(self, language),
            tone="covered" if self.settled == self.acts else "exception",
            lines=tuple(Line("", "", one) for one in notes(self, language)),
            tables=tuple(labelling_tables(self, language)),
        )


def labelling_text(found: Labelling, language: Language) -> str:
    """Say how many acts of a history are settled."""
    return say_many("settled acts", found.settled, language, of=found.acts)


def notes(found: Labelling, language: Language) -> list[str]:
    """Say what else is known of the facts that are worth labelling."""
    told = []
    if found.facts:
        code = "fewest facts" if found.is_smallest else "fewest facts open"
        told.append(say(code, language, least=found.least))
    if found.left:
        told.append(say_many("acts left", found.left, language))
    if found.unreadable:
        told.append(say_many("rows unread", found.unreadable, language))
    return told


def labelling_tables(found: Labelling, language: Language) -> Iterator[Table]:
    """Yield the facts that are worth supplying, those first that settle the most, and bad rows."""
    if found.facts:
        yield _worth(found, language)
    if unread := unread_table(found.unread, found.unreadable, language):
        yield unread


def _worth(found: Labelling, language: Language) -> Table:
    return Table(
        tuple(say(head, language) for head in ("unknown fact", "in doubt without", "settled then")),
        tuple(
            (facts_text(one.fact, language), str(one.acts), f"{one.settled}/{found.acts}")
            for one in found.facts
        ),
        say("worth labelling", language),
    )


#: What several facts belong to -> one of them.
_GROUPS: Final = {
    "recent": "recent.any",
    "person": "person.blocked",
    **{target: f"{target}.kind" for target in TARGETS},
}


def fact_name(fact: str, language: Language) -> str:
    """Return how a fact is called, without backticks: in French as files in French have it."""
    of, _, last = fact.rpartition(".")
    if of in TARGETS and last == "at":  # the moment of a message is no fact, its age is
        return f"{fact_name(of, language)}.{fact_name(last, language)}"
    if fact in _GROUPS:
        return _group(_GROUPS[fact], language)
    return fact_text(fact, language).strip("`")


def _group(fact: str, language: Language) -> str:
    """Return what a fact begins with."""
    return fact_name(fact, language).rpartition(".")[0]


def facts_text(facts: str, language: Language) -> str:
    """Write a fact, or several that are known together."""
    return ", ".join(fact_name(one, language) for one in facts.split(", "))
