"""Sayings: what an act says that is never to be said, and what it claims that was false."""

from collections.abc import Iterator

from cmcore.base.truth import Truth
from cmcore.base.values import internal
from cmcore.incidents.events import ActEvent, same_value
from cmcore.incidents.playbook import SPEAKING, Duty
from cmcore.incidents.replay._record import Record
from cmcore.incidents.replay.registry import any_of


@internal
class Saying:
    """How an act stands to a list of what is never said: the entries that its text has.

    `worded` says whether the text has any, `labelled` whether the act has the label.
    """

    hits: frozenset[str]
    worded: Truth
    labelled: Truth

    @property
    def banned(self) -> Truth:
        """Whether it says what is never said."""
        return self.worded | self.labelled


def saying(duty: Duty, event: ActEvent) -> Saying:
    """Return what an act says of what a duty bans; unknown where nobody gave a text or a label."""
    text = "" if "text" in event.act.absent or not duty.listed else event.act.text
    found = () if duty.words is None or text is None else duty.words.find(text)
    worded = Truth.UNKNOWN if text is None else Truth.of(bool(found))
    given = event.act.labels.get(duty.label) if duty.label else False
    # anything but a flag says nothing
    labelled = Truth.of(given if isinstance(given, bool) else None)
    return Saying(frozenset(match.entry for match in found), worded, labelled)


def banned(event: ActEvent, record: Record) -> Iterator[tuple[str, Truth]]:
    """Yield the duties that ban what an act says, or may, each with whether it does."""
    for duty in record.bans if event.act.kind in SPEAKING else ():
        since = record.incident.since(duty.level)
        is_said = saying(duty, event).banned
        truth = Truth.FALSE if since is None else since.by(event.around) & is_said
        if truth is not Truth.FALSE:
            yield duty.id, truth


def falsified(event: ActEvent, record: Record) -> Truth:
    """Return whether an act claims what was known to be false: never so of what nobody told."""
    return any_of(
        record.registry.is_other(fact, given, event.around) for fact, given in event.claims.items()
    )


@internal
class Correction:
    """Whether an act withdraws what a claim says of a fact; `why` is what leaves it in doubt."""

    fits: Truth
    why: str = "claimed"


def corrected(record: Record, claim: ActEvent, event: ActEvent, fact: str) -> Correction:
    """Return whether an act withdraws what a claim says of a fact.

    It says truly how that is, and otherwise than the claim. To say the same takes nothing back,
    even where it has come true, unless the act says that the claim was wrong: where it is about
    that claim, it is unknown whether it does.
    """
    is_owned = claim.id in event.corrects
    if fact not in event.claims:
        return Correction(Truth.of(is_owned))
    given = event.claims[fact]
    is_true = record.registry.is_at(fact, given, event.around)
    if is_owned or not same_value(given, claim.claims[fact]):
        return Correction(is_true)
    return Correction(is_true & Truth.UNKNOWN & Truth.of(claim.id in event.about), "repeated")
