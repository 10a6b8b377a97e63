"""Comparing two charters on one history: which acts change outcome, and by which rules."""

from collections import Counter

from cmcore.base.asked import checked
from cmcore.charters.audits.cases import History, cases
from cmcore.charters.audits.comparison import Changed, Comparison, changed_circuits
from cmcore.charters.audits.conclude import MOST_LISTED, settled
from cmcore.charters.audits.unread import Unread
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.decision import Ruling
from cmcore.charters.decisions.compiled import compiled
from cmcore.charters.history import Unreadable


@checked
def compare(
    before: Charter, after: Charter, history: History, *, context: Context | None = None
) -> Comparison:
    """Decide a history under two charters and report the differences.

    `moves` counts every act by its outcome before and after. The first thousand acts whose outcome
    or circuits differ are listed, each with the rules that decided. Circuits are compared by their
    ids, and those of one id that differ are named.

    Examples:
        >>> from cmcore import Charter, Rule, compare, fact, read, read_history
        >>> charter = read("examples/nodejs-bluesky/charter.yaml", Charter)
        >>> history = list(read_history("examples/nodejs-bluesky/history.csv", charter))
        >>> no_links = Rule.forbid("no-links", when=fact("links").matches("."), because="No links.")
        >>> found = compare(charter, charter.with_rule(no_links), history)
        >>> [move for move in found.moves if move[1] == "forbidden"]
        [('covered', 'forbidden', 4), ('exception', 'forbidden', 9)]
    """
    moves: Counter[tuple[str, str]] = Counter()
    changed: list[Changed] = []
    unread = Unread()
    count = 0
    both = compiled(before), compiled(after)
    longest = before if before.lookback >= after.lookback else after
    for row in cases(longest, history, context or Context()):
        if isinstance(row, Unreadable):
            unread.take(row)
            continue
        old, new = (charter.rule(row.act, row.context) for charter in both)
        moves[str(old.outcome), str(new.outcome)] += 1
        if _way(old) != _way(new):
            count += 1
            if len(changed) < MOST_LISTED:
                changed.append(Changed(settled(row), old.outcome, new.outcome, old.circuits,
                                       new.circuits, old.determining, new.determining))  # fmt: skip
    return Comparison(
        (before.id, before.version),
        (after.id, after.version),
        moves=tuple((old, new, n) for (old, new), n in sorted(moves.items())),
        changed=tuple(changed),
        changed_count=count,
        unreadable=unread.count,
        unread=unread.rows,
        circuits=changed_circuits(before, after),
    ).with_names([before, after])


def _way(ruling: Ruling) -> tuple[str, tuple[str, ...]]:
    return str(ruling.outcome), ruling.circuits
