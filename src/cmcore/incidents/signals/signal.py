"""Signals: what is unusual in a window of a history, how rare that is, and since when."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from math import log10
from typing import Final, Literal

from attrs import field
from attrs.converters import optional

from cmcore.base.errors import InvalidError, refuse
from cmcore.base.ids import clip
from cmcore.base.values import value
from cmcore.charters.act import instant_problems
from cmcore.charters.conditions.forms import NORMAL, Form
from cmcore.charters.history import Case, Unreadable
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, decimal_text, percent, say, say_many, show
from cmcore.text.names import as_network
from cmcore.time.week import local

#: The tones that count as negative, where the history gives tones.
NEGATIVE: Final = frozenset({"angry", "hostile", "negative"})


@value
class Sighting:
    """Something said at an instant, reduced to what signals need; None means unknown.

    `negative` says whether its mood is negative.

    Raises:
        InvalidError: when the instant is naive.
    """

    at: datetime
    text: str | None = None
    negative: bool | None = None
    network: str | None = field(default=None, converter=optional(as_network))

    def __attrs_post_init__(self) -> None:
        found = list(instant_problems(self.at, "at"))
        if found:
            raise InvalidError(found)

    @classmethod
    def of(cls, thing: object, tones: Collection[str] = NEGATIVE) -> "Sighting | None":
        """Return the sighting of an act, a case, a message, or anything else that has an `at`.

        Its mood comes from its `tone`, or from the label of that name. None if its instant is
        unknown, as in an unreadable row.

        Raises:
            InvalidError: when it is not something that happens at an instant, or the instant is
                naive.
        """
        if isinstance(thing, Sighting):
            return thing
        if isinstance(thing, Unreadable):
            return None
        said, at = thing, getattr(thing, "at", None)
        if isinstance(thing, Case):
            said, at = thing.act, thing.act.at or thing.context.at
        elif not hasattr(thing, "at"):
            raise refuse("wrong-value", given=thing, wanted="happening")
        if at is None:
            return None
        text, network = getattr(said, "text", None), getattr(said, "network", None)
        return cls(at, text, _negative(said, tones), network)


def _negative(said: object, tones: Collection[str]) -> bool | None:
    tone = getattr(said, "tone", None) or getattr(said, "labels", {}).get("tone")
    return NORMAL[Form.TONE][tone] in tones if isinstance(tone, str) else None


class SignalKind(StrEnum):
    """What a signal measures."""

    VOLUME = "volume"
    SILENCE = "silence"
    MOOD = "mood"
    REPEATS = "repeats"
    SPREAD = "spread"


#: What is looked for by default.
USUALLY: Final = tuple(kind for kind in SignalKind if kind is not SignalKind.SILENCE)


class SignalState(StrEnum):
    """Whether a window is unusual, as far as the history shows."""

    UNUSUAL = "unusual"
    USUAL = "usual"
    UNTOLD = "untold"


class Undetectable(StrEnum):
    """Why there is no answer: the history is too short, is empty, or is missing information."""

    SHORT = "short"
    EMPTY = "empty"
    NOT_GIVEN = "not given"
    BLIND = "blind"
    ALONE = "alone"


class Rhythm(StrEnum):
    """Which earlier windows a window is compared with.

    Windows at the same time of the week; on similar days, Monday to Friday or the weekend; on every
    day; or, for shares, at about that time on every day.
    """

    WEEK = "week"
    WORKDAYS = "workdays"
    DAY = "day"
    AROUND = "around"


@value
class Signal:
    """The result of one look at a window.

    | kind | `seen` | out of `among` | `usual` |
    |---|---|---|---|
    | volume | messages | None | mean number |
    | silence | messages | None | mean number |
    | mood | negative ones | those whose mood is known | share |
    | repeats | texts that repeat another of the window | texts of four words or more | share |
    | spread | networks whose volume is unusual | those with enough history | None |

    `window` is the length of the window, and `at` when it stopped. `chance` is an upper bound on
    the probability of as much or more in a quiet window (for silence, of as few or fewer). The
    window is unusual if `chance` is at most `level`, and `least` is the number that takes (for
    silence, that number or fewer). `windows` is the number of windows compared with, over whole
    `weeks`, and counts vary `dispersion` times as much as if messages came one by one. `since` is
    when the first of the consecutive unusual windows began; `cap` is a number that would still not
    be unusual because the history is too short.
    """

    kind: SignalKind
    state: SignalState
    seen: int = field(default=0, kw_only=True)
    among: int | None = field(default=None, kw_only=True)
    usual: float | None = field(default=None, kw_only=True)
    chance: float | None = field(default=None, kw_only=True)
    level: float = field(default=0.0, kw_only=True)
    least: int | None = field(default=None, kw_only=True)
    since: datetime | None = field(default=None, kw_only=True)
    at: datetime | None = field(default=None, kw_only=True)
    window: timedelta | None = field(default=None, kw_only=True)
    rhythm: Rhythm | None = field(default=None, kw_only=True)
    weeks: int = field(default=0, kw_only=True)
    windows: int = field(default=0, kw_only=True)
    dispersion: float | None = field(default=None, kw_only=True)
    networks: tuple[str, ...] = field(default=(), kw_only=True)
    quote: str = field(default="", kw_only=True)
    lack: Undetectable | None = field(default=None, kw_only=True)
    cap: int = field(default=0, kw_only=True)

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        return say("joint", language).join(_said(self, language))


def _said(signal: Signal, language: Language) -> Iterator[str]:
    if signal.lack is not None:
        is_deaf = signal.kind is SignalKind.SILENCE and signal.lack is Undetectable.BLIND
        code = "signal lack deaf" if is_deaf else f"signal lack {signal.lack}"
        count = signal.weeks if signal.lack is Undetectable.SHORT else 2
        yield say_many(code, count, language, weeks=signal.weeks, cap=signal.cap)
        return
    usual = _usual(signal, language)
    code = f"signal {signal.kind}"
    yield say(code, language, seen=signal.seen, among=signal.among, usual=usual)
    if signal.state is SignalState.UNUSUAL:
        if signal.quote:
            yield say("signal quoted", language, text=clip(signal.quote))
        if signal.networks:
            yield ", ".join(f"`{network}`" for network in signal.networks)
        few = " few" if signal.kind is SignalKind.SILENCE else ""
        yield say(f"signal chance{few}", language, chance=_odds(signal.chance, language))
    elif signal.least is not None:
        code = "signal most" if signal.kind is SignalKind.SILENCE else "signal least"
        yield say(code, language, least=signal.least)


def _usual(signal: Signal, language: Language) -> str:
    if signal.kind in {SignalKind.VOLUME, SignalKind.SILENCE} and signal.usual is not None:
        return _decimal(signal.usual, language)
    return percent(signal.usual, language)


def _decimal(number: float, language: Language) -> str:
    return decimal_text(number, language, ".3g" if number < _LARGE else ".0f")


def _odds(chance: float | None, language: Language) -> str:
    """Write a probability as people read it: as a share, or as one in `n`."""
    if chance is None or chance >= _OFTEN:
        return percent(chance, language, 0)
    code = "signal odds" if chance >= _RAREST else "signal rarer"
    count = 1 / max(chance, _RAREST)
    step: int = 10 ** (int(log10(count)) - 1)
    return say(code, language, count=round(count / step) * step)


_LARGE: Final = 1000
_OFTEN: Final = 0.01
_RAREST: Final = 1e-9


@value
class Detection(Viewable):
    """The result of checking the window of the given length that stops at `at`, excluded.

    It is the longest of the checked `windows`. If windows `slide`, those that have stopped since
    you last asked were checked too. `total` counts the messages in it, and `undated` the messages
    of the history without a known time. `is_zone_given` says whether a time zone was given. If you
    ask `every` so often, at most `false_alarms` are expected in a quiet week.
    """

    at: datetime
    window: timedelta
    zone: str = field(default="UTC", kw_only=True)
    false_alarms: float = field(kw_only=True)
    every: timedelta = field(kw_only=True)
    windows: tuple[timedelta, ...] = field(default=(), kw_only=True)
    slide: timedelta | None = field(default=None, kw_only=True)
    is_zone_given: bool = field(default=True, kw_only=True)
    signals: tuple[Signal, ...] = field(default=(), kw_only=True)
    total: int = field(default=0, kw_only=True)
    undated: int = field(default=0, kw_only=True)

    @property
    def state(self) -> SignalState:
        """Unusual if any signal is; undetectable if no signal has an answer."""
        states = {signal.state for signal in self.signals}
        return next((one for one in SignalState if one in states), SignalState.UNTOLD)

    @property
    def unusual(self) -> tuple[Signal, ...]:
        """The signals that are unusual."""
        return tuple(one for one in self.signals if one.state is SignalState.UNUSUAL)

    def signal(self, kind: SignalKind | str) -> Signal:
        """Return the signal of a kind that was asked for.

        Raises:
            InvalidError: when that kind was not asked for.
        """
        for one in self.signals:
            if one.kind == kind:
                return one
        known = [str(one.kind) for one in self.signals]
        raise refuse("unknown-signal", kind=kind, known=known)

    def _view(self, language: Language) -> View:
        """Return the view of it for a terminal or a notebook."""
        return View(
            title=_headline(self, language),
            tone=_TONES[self.state],
            lines=tuple(_lines(self, language)),
            tables=tuple(_tables(self, language)),
            foot=_foot(self, language),
        )


_TONES: Final[dict[SignalState, Literal["covered", "exception", "forbidden"]]] = {
    SignalState.UNUSUAL: "forbidden",
    SignalState.USUAL: "covered",
    SignalState.UNTOLD: "exception",
}


def _headline(found: Detection, language: Language) -> str:
    names = ", ".join(say(f"signal name {one.kind}", language) for one in found.unusual)
    partly = found.state is SignalState.USUAL and any(one.lack for one in found.signals)
    return say(f"signal all {'partly' if partly else found.state}", language, names=names)


def _lines(found: Detection, language: Language) -> Iterator[Line]:
    for one in found.signals:
        word, name = (say(f"signal {code}", language)
                      for code in (f"state {one.state}", f"name {one.kind}"))  # fmt: skip
        where = _where(one, found, language)
        yield Line(word, name, one.text(language) + where + _since(one, found.zone, language))
    if not found.is_zone_given:
        yield Line(say("signal zone", language), "", say("signal zone asked", language))
    if found.undated:
        yield Line("", "", say("signal undated", language, count=found.undated))


def _where(signal: Signal, found: Detection, language: Language) -> str:
    """Say in which window an unusual signal was found, where there were several."""
    is_lone = len(found.windows) <= 1 and found.slide is None
    if is_lone or signal.state is not SignalState.UNUSUAL or signal.at is None:
        return ""
    told = {
        "window": show(signal.window, language),
        "at": show(local(signal.at, found.zone), language),
    }
    return say("joint", language) + say("signal where", language, **told)


def _since(signal: Signal, zone: str, language: Language) -> str:
    if signal.since is None:
        return ""
    since = show(local(signal.since, zone), language)
    return say("joint", language) + say("signal since", language, since=since)


def _tables(found: Detection, language: Language) -> Iterator[Table]:
    codes = ("signal", "seen", "usually", "from", "by chance", "compared")
    heads = tuple(say(f"signal {code}", language) for code in codes)
    told = [one for one in found.signals if one.lack is None]
    rows = tuple(
        (say(f"signal name {one.kind}", language), _seen(one), _usual(one, language),
         _least(one, language), _odds(one.chance, language),
         say(f"signal rhythm {one.rhythm}", language, weeks=one.weeks))
        for one in told
    )  # fmt: skip
    if rows:
        yield Table(heads, rows, say("signal table", language))


def _least(signal: Signal, language: Language) -> str:
    if signal.kind is SignalKind.SILENCE:
        return say("signal or fewer", language, least=signal.least)
    return "–" if signal.least is None else str(signal.least)


def _seen(signal: Signal) -> str:
    return str(signal.seen) if signal.among is None else f"{signal.seen} / {signal.among}"


def _foot(found: Detection, language: Language) -> str:
    start, stop = (local(at, found.zone) for at in (found.at - found.window, found.at))
    rate = _decimal(found.false_alarms, language)
    return say("signal foot", language, start=start, stop=stop, zone=found.zone, rate=rate)
