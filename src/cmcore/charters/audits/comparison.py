"""Comparisons: what a history becomes under another charter."""

from collections.abc import Iterable

from attrs import field

from cmcore.base.values import value
from cmcore.charters.audits.unread import unread_table
from cmcore.charters.charter import Charter
from cmcore.charters.decision import Outcome, outcome_text
from cmcore.charters.history import Case, Unreadable
from cmcore.display.names import cell, cells, name_list
from cmcore.display.pictures.bars import Bar, Bars, Piece
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, percent, say


@value
class Changed:
    """An act whose outcome or circuits differ, with the rules that decided before and after."""

    case: Case
    before: Outcome
    after: Outcome
    circuits_before: tuple[str, ...]
    circuits_after: tuple[str, ...]
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]


@value
class Comparison(Viewable):
    """The differences between two charters on a history.

    `before` and `after` are the id and version of each; `moves` counts acts by outcome before and
    after; `changed` lists the first thousand acts that differ, `changed_count` counts them all.
    Of the rows that could not be read, `unread` lists the first hundred, `unreadable` counts all.
    Decisions name circuits by their ids; `circuits` are the ids under which the two charters have
    different circuits.
    """

    before: tuple[str, int]
    after: tuple[str, int]
    moves: tuple[tuple[str, str, int], ...] = field(kw_only=True)
    changed: tuple[Changed, ...] = field(kw_only=True)
    changed_count: int = field(kw_only=True)
    unreadable: int = field(default=0, kw_only=True)
    unread: tuple[Unreadable, ...] = field(default=(), kw_only=True)
    circuits: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def total(self) -> int:
        """How many acts were decided under both charters."""
        return sum(count for _, _, count in self.moves)

    def shares(self) -> tuple[float | None, float | None]:
        """Return the covered share before and after, of the acts that could be read."""
        if not self.total:
            return None, None
        old = sum(n for before, _, n in self.moves if before == Outcome.COVERED)
        new = sum(n for _, after, n in self.moves if after == Outcome.COVERED)
        return old / self.total, new / self.total

    def _view(self, language: Language) -> View:
        """Return the view of the comparison for a terminal or a notebook."""
        before, after = (percent(share, language) for share in self.shares())
        rows = tuple(
            (c.case.text(language), outcome_text(c.before, c.circuits_before, language),
             outcome_text(c.after, c.circuits_after, language),
             cells(c.rules_before, "rule", language), cells(c.rules_after, "rule", language))
            for c in self.changed
        )  # fmt: skip
        rules = say("rules", language)
        heads = [say(code, language) for code in ("act", "before", "after")]
        headings = (*heads, f"{rules} ({heads[1]})", f"{rules} ({heads[2]})")
        lines = [say("shares", language, before=before, after=after)]
        if self.unreadable:
            lines.append(say("unread count", language, count=self.unreadable))
        lines += circuits_text(self.circuits, language)
        changes = Table(headings, rows, say("changes", language)) if rows else None
        unread = unread_table(self.unread, self.unreadable, language)
        return View(
            title=say("comparison", language, changed=self.changed_count, total=self.total),
            lines=tuple(Line("", "", text) for text in lines),
            tables=tuple(filter(None, (changes, unread))),
            pictures=(_bars(self, language),) if self.total else (),
            foot=between_text(self.before, self.after, language),
        )


def between_text(before: tuple[str, int], after: tuple[str, int], language: Language) -> str:
    """Say between which charters, of which versions, something was compared."""
    told = (f"{cell(name, 'charter', language)} {version}" for name, version in (before, after))
    return " → ".join(told)


def changed_circuits(before: Charter, after: Charter) -> tuple[str, ...]:
    """Return the ids under which two charters have different circuits."""
    was = {circuit.id: circuit for circuit in before.circuits}
    return tuple(one.id for one in after.circuits if was.get(one.id, one) != one)


def circuits_text(circuits: Iterable[str], language: Language) -> list[str]:
    """Say which circuits are not the same in two charters, if any."""
    names = name_list(circuits, "circuit", language)
    return [say("contrast circuits", language, circuits=names)] if names else []


def _bars(found: Comparison, language: Language) -> Bars:
    """Draw what the acts are before, and what they are after."""
    return Bars(
        "",
        bars=tuple(
            Bar(
                f"{say(code, language)} ({cell(name, 'charter', language)} {version})",
                tuple(
                    Piece(say(outcome, language), count, str(count), outcome)
                    for outcome in Outcome
                    for count in [sum(move[2] for move in found.moves if move[at] == outcome)]
                ),
            )
            for at, (code, (name, version)) in enumerate(
                {"before": found.before, "after": found.after}.items()
            )
        ),
    )
