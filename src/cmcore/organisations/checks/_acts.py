"""What is checked of what was published: promotion, templates, cadence, what is passed on."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Final

from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.organisations.checks._evidence import Look, Seen, Tally, no, shared, want, yes
from cmcore.text.tokens import is_sign, tokens
from cmcore.time.week import local

#: The kinds of act that say something of our own, and those that are published of one's own accord.
SPOKEN: Final = frozenset({"publish", "reply", "quote"})
PUBLISHED: Final = frozenset({"publish", "quote"})
PASSED_ON: Final = frozenset({"share", "quote"})
#: The label that marks direct promotion.
PROMOTIONAL: Final = "promotional"
#: This many consecutive words, the same in many texts, make a template.
RUN: Final = 5
_UNKNOWN: Final = Truth.UNKNOWN


def _with_history(look_at: Callable[[Look], Seen]) -> Callable[[Look], Seen]:
    return lambda look: want("history") if look.given.history is None else look_at(look)


def _is_of(act: Act, kinds: frozenset[str]) -> Truth:
    return Truth.of(None if act.kind is None else act.kind in kinds)


def _tally(look: Look, kinds: frozenset[str], holds: Callable[[Act], Truth]) -> Tally:
    """Count what holds of acts of some kinds; what is undated or unread may be any."""
    found: Counter[Truth] = Counter()
    for case in look.cases:
        is_meant = _is_of(case.act, kinds)
        if is_meant is not Truth.FALSE:
            found[holds(case.act) if is_meant is Truth.TRUE else _UNKNOWN] += 1
    undated = [] if look.aims.back is None else look.undated
    hidden = sum(_is_of(case.act, kinds) is not Truth.FALSE for case in undated)
    return Tally(found[Truth.TRUE], found[Truth.FALSE], found[_UNKNOWN] + hidden + look.unread)


def _promotes(act: Act) -> Truth:
    """Return whether an act is direct promotion: as labelled, otherwise if it is paid."""
    label = act.labels.get(PROMOTIONAL)
    if isinstance(label, bool):
        return Truth.of(label)
    return Truth.TRUE if act.paid else _UNKNOWN


def _promotion(look: Look) -> Seen:
    tally = _tally(look, PUBLISHED, _promotes)
    limit = look.aims.promotion
    return shared(tally, tally.at_most(limit), look.aims.least, "promotional", limit=limit)


# ------------------------------------------------------------------------------------- templates


def _template(look: Look) -> Seen:
    """Check that no words come again too often; without texts, that no template is known to.

    Templates that are named can only tell against it: what people read are the words.
    """
    by_text = _repeated(look, lambda act: _runs(act.text), "texts")
    if by_text.truth is not _UNKNOWN:
        return by_text
    by_name = _repeated(look, lambda act: None if act.template is None else {act.template}, "texts")
    return by_name if by_name.truth is Truth.FALSE else by_text


def _repeated(look: Look, parts: Callable[[Act], Collection[str] | None], lack: str) -> Seen:
    """Return whether no part is in too many acts; an act of which nothing is known has None."""
    acts = [case.act for case in look.cases if _is_of(case.act, SPOKEN) is Truth.TRUE]
    counts = Counter(part for act in acts for part in parts(act) or ())
    words, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
    known = _tally(look, SPOKEN, lambda act: _UNKNOWN if parts(act) is None else Truth.TRUE)
    tally = Tally(count, known.so - count, known.unsure)
    limit = look.aims.template
    found = shared(tally, tally.at_most(limit), look.aims.least, lack, limit=limit)
    if found.said == "few" or not words:
        return found
    return Seen(found.truth, f"repeated {found.said}", {**found.told, "words": words}, found.wants)


def _runs(text: str | None) -> Collection[str] | None:
    if text is None:
        return None
    words = [token for token in tokens(text) if not is_sign(token)]
    return {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


# --------------------------------------------------------------------------------------- cadence


def _cadence(look: Look) -> Seen:
    """Check that most of the last days had a publication."""
    span = look.aims.recent // timedelta(days=1)
    days = {look.day - timedelta(days=n) for n in range(1, span + 1)}
    sure: set[date] = set()
    maybe: set[date] = set()
    for case in look.since(look.aims.recent + timedelta(days=2)):
        at = look.moment(case)
        is_meant = _is_of(case.act, PUBLISHED)
        if at is not None and is_meant is not Truth.FALSE:
            (sure if is_meant is Truth.TRUE else maybe).add(local(at, look.given.zone).date())
    hidden = look.unread + sum(
        _is_of(case.act, PUBLISHED) is not Truth.FALSE for case in look.undated
    )
    had, may = len(sure & days), len((maybe - sure) & days) + hidden
    needed = ceil(look.aims.daily * span)
    told = {"count": had, "days": span, "limit": look.aims.daily}
    if had >= needed:
        return yes("cadence", **told)
    return want("dates", said="cadence", **told) if had + may >= needed else no("cadence", **told)


def _is_of_others(act: Act) -> Truth:
    """Return whether shared content is somebody else's, as far as that is known."""
    ours = None if act.target is None else act.target.ours
    return ~Truth.of(ours)


def _sharing(look: Look) -> Seen:
    """Check that what others publish is passed on."""
    tally = _tally(look, PASSED_ON, _is_of_others)
    if tally.so:
        return yes("shared", count=tally.so)
    if tally.unsure:
        return want("shared of")
    if len(look.cases) < look.aims.least:
        return want("more acts", said="few", known=len(look.cases), least=look.aims.least)
    return no("shared none", count=len(look.cases))


def _checks() -> Iterator[tuple[str, Callable[[Look], Seen]]]:
    yield "little promotion", _with_history(_promotion)
    yield "own words", _with_history(_template)
    yield "cadence", _with_history(_cadence)
    yield "sharing", _with_history(_sharing)


CHECKS: Final[Mapping[str, Callable[[Look], Seen]]] = dict(_checks())
