"""False alarms in simulated quiet weeks, and how soon a surge is found, by the usual level.

Run by hand: `python benchmarks/detect.py quiet [WEEKS] [HOURS] [SEED]` looks at so many weeks
(10,000) in windows of so many hours (3), shared out among ten kinds of pages; `close` looks at
fewer (500) for all five signals, in windows of 3 and 12 hours that slide by half an hour; `clocks`
looks at pages that live by the clock of Paris, in the eight weeks after it changes, with their zone
and without; `surge` looks for a surge of five times the usual volume within two windows of an hour,
and `astride` for one of half an hour that two windows share, when they slide and when they do not.
All is drawn from a seed, the same unless another is given.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from math import cos, exp, pi
from random import Random
from time import process_time

import attrs

from cmcore import hours, minutes
from cmcore.incidents import Sighting
from cmcore.incidents.signals.attention import Attention
from cmcore.incidents.signals.detect import Lookout
from cmcore.incidents.signals.signal import SignalKind, SignalState
from cmcore.time import weeks
from cmcore.time.week import local

SEED = 2026
RATE = 0.05
START = datetime(2025, 1, 6, tzinfo=UTC)
#: The weeks of a page that are looked at, after those of its history.
STRETCH = 25
NETWORKS = ("bluesky", "mastodon", "linkedin")
STOCK = (
    "thank you so much for your help",
    "merci beaucoup pour votre aide",
    "happy birthday to the whole team",
    "have a nice day everybody",
)
HOUR = timedelta(hours=1)


def drawn(rng: Random, mean: float) -> int:
    """Draw a Poisson number."""
    if mean > 30:  # noqa: PLR2004 - the sum of two halves, so that `exp` does not vanish
        return drawn(rng, mean / 2) + drawn(rng, mean / 2)
    left, number = exp(-mean), 0
    reached = rng.random()
    while reached > left:
        reached *= rng.random()
        number += 1
    return number


def shape(hour: int) -> float:
    """Return how busy an hour of the week is, 1 on the whole: lively evenings, slow weekends."""
    daily = exp(1.6 * cos((hour % 24 - 15) / 24 * 2 * pi)) / 1.75
    return daily * (1.1 if hour % 168 < 120 else 0.75)  # noqa: PLR2004 - five days of 24 hours


def said(rng: Random, at: datetime, mood: float, numbers: Iterator[int]) -> Sighting:
    """Draw a message: most are new, some are what everybody says."""
    text = f"something quite new is said {_letters(next(numbers))}"
    if rng.random() < 0.05:  # noqa: PLR2004 - one in twenty
        text = rng.choice(STOCK)
    network = rng.choices(NETWORKS, (5, 3, 2))[0]
    return Sighting(at, text, rng.random() < mood, network)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def page(  # noqa: PLR0913 - one for each way of being quiet
    rng: Random,
    length: int,
    level: float,
    *,
    flat: bool = False,
    uneven: float = 0.0,
    days: float = 0.0,
    thread: float = 1.0,
    growth: float = 0.0,
    letter: float = 1.0,
) -> Iterator[Sighting]:
    """Draw the messages of `length` weeks of a quiet page, about `level` an hour.

    Rates vary by hour and by day as Gamma variables of variance `uneven` and `days`, moods by day
    too; threads of `thread` messages on average share a mood, and half of them a text; the page
    grows by a share each week; and a weekly letter brings so many times the messages of its hour.
    """
    numbers = count()
    today, mood = 1.0, 0.2
    for hour in range(length * 168):
        if hour % 24 == 0 and days:
            today, mood = rng.gammavariate(1 / days, days), rng.betavariate(4, 16)
        now = rng.gammavariate(1 / uneven, uneven) if uneven else 1.0
        peak = letter if hour % 168 == 34 else 1.0  # noqa: PLR2004 - Tuesday, ten o'clock
        mean = level * (1 if flat else shape(hour)) * today * now * peak
        mean *= (1 + growth) ** (hour / 168 - length / 2)
        for _ in range(drawn(rng, mean / thread)):
            yield from _thread(rng, START + hour * HOUR, thread, mood, numbers)


def _thread(
    rng: Random, hour: datetime, size: float, mood: float, numbers: Iterator[int]
) -> Iterator[Sighting]:
    first = said(rng, hour + rng.random() * HOUR, mood, numbers)
    yield first
    while rng.random() > 1 / size:
        more = said(rng, hour + rng.random() * HOUR, 0.8 if first.negative else 0.05, numbers)
        same = first.text if rng.random() < 0.5 else more.text  # noqa: PLR2004 - half of them
        yield Sighting(more.at, same, more.negative, first.network)


#: Kinds of quiet pages: how they are drawn, and how many weeks of history there are.
PAGES: dict[str, tuple[Callable[..., Iterator[Sighting]], int]] = {
    "flat, 4 an hour": (partial(page, level=4, flat=True), 8),
    "days and weeks, 4": (partial(page, level=4), 8),
    "very quiet, 0.2": (partial(page, level=0.2), 8),
    "uneven hours, 5": (partial(page, level=5, uneven=0.2), 8),
    "good and bad days, 5": (partial(page, level=5, days=0.25), 8),
    "threads, 4": (partial(page, level=4, thread=2.5), 8),
    "busy, 30": (partial(page, level=30, uneven=0.03), 8),
    "grows by 2 % a week, 10": (partial(page, level=10, growth=0.02), 8),
    "a weekly letter, 4": (partial(page, level=4, letter=6.0), 8),
    "three weeks, uneven, 5": (partial(page, level=5, uneven=0.2), 3),
}


def quiet(total: int = 10_000, length: int = 3, seed: int = SEED) -> None:
    """Print the false alarms of each kind of page, by signal, and on the whole."""
    told = Attention(window=hours(length), false_alarms=RATE, since=START)
    print(f"windows of {length} h; stated: {RATE} false alarms a week at most")
    _quiet(total, seed, told)


def close(total: int = 500, seed: int = SEED) -> None:
    """Print the same of windows of 3 and of 12 hours that slide, silence included."""
    told = Attention(
        window=[hours(3), hours(12)],
        every=hours(3),
        slide=minutes(30),
        kinds=SignalKind,
        false_alarms=RATE,
        since=START,
    )
    print(f"windows of 3 h and 12 h, every 30 min; stated: {RATE} false alarms a week at most")
    _quiet(total, seed, told)


def _quiet(total: int, seed: int, told: Attention) -> None:
    each = max(1, total // len(PAGES) // STRETCH)
    alarms, spent = 0, process_time()
    for number, (name, (draw, history)) in enumerate(PAGES.items()):
        found: Counter[SignalKind] = Counter()
        for one in range(each):
            rng = Random(seed + 1000 * number + one)  # noqa: S311 - a simulation
            found += looked(draw(rng, history + STRETCH), history, told)
        seen = each * STRETCH
        shown = ", ".join(f"{kind} {found[kind]}" for kind in SignalKind if found[kind])
        alarms += found.total()
        print(f"{name:24} {seen:6} weeks: {found.total() / seen:.4f} a week  ({shown})", flush=True)
    seen = each * STRETCH * len(PAGES)
    print(f"all: {alarms} in {seen:,} weeks, {alarms / seen:.4f} a week; "
          f"{(process_time() - spent) / seen:.2f} s a week")  # fmt: skip


def looked(
    history: Iterator[Sighting], before: int, told: Attention, stretch: int = STRETCH
) -> Counter[SignalKind]:
    """Return the alarms of a page, by signal, looked at time after time for some weeks."""
    lookout = Lookout(history, attrs.evolve(told, baseline=weeks(before)))
    first = START + weeks(before)
    steps = range(1, weeks(stretch) // told.pace + 1)
    found = (lookout.at(first + step * told.pace) for step in steps)
    return Counter(one.kind for each in found for one in each.unusual)


def in_paris(at: datetime) -> datetime:
    """Return when the clocks of Paris show what an instant shows in UTC."""
    return at.replace(tzinfo=local(at, "Europe/Paris").tzinfo).astimezone(UTC)


def by_day(rng: Random, length: int) -> Iterator[datetime]:
    """Draw the messages of a page that is busy from eight to eight, and hardly at night."""
    for hour in range(length * 168):
        for _ in range(drawn(rng, 8.0 if 8 <= hour % 24 < 20 else 0.3)):  # noqa: PLR2004 - o'clock
            yield START + (hour + rng.random()) * HOUR


def clocks(pages: int = 50) -> None:
    """Print the false alarms of pages that live in Paris, once clocks change, by zone told."""
    before, after = 12, 8  # from 6 January 2025: clocks change on 30 March
    for zone in (None, "Europe/Paris"):
        told = Attention(window=hours(1), zone=zone, false_alarms=RATE, since=START)
        found: Counter[SignalKind] = Counter()
        for number in range(pages):
            rng = Random(SEED + number)  # noqa: S311 - a simulation
            history = (Sighting(in_paris(at)) for at in by_day(rng, before + after))
            found += looked(history, before, told, after)
        rate = found.total() / (pages * after)
        print(f"zone {zone or 'not given'}: {rate:.3f} false alarms a week", flush=True)


def astride(times: int = 200) -> None:
    """Print how often half an hour that two windows share is found, when they slide or do not."""
    print("messages an hour, usually: found side by side, and when windows slide by 10 min")
    for usual in (1, 2, 4, 6, 10):
        shares: list[str] = []
        for slide in (None, minutes(10)):
            told = Attention(slide=slide, false_alarms=RATE, since=START)
            found = 0
            for number in range(times):
                rng = Random(SEED + number)  # noqa: S311 - a simulation
                history = list(page(rng, 8, usual, flat=True))
                stop = START + weeks(8)
                spike = stop + minutes(45)
                many = drawn(rng, 5 * usual)
                history += [Sighting(spike + rng.random() * minutes(30)) for _ in range(many)]
                history += [Sighting(stop + 2 * rng.random() * HOUR) for _ in range(
                    drawn(rng, 2 * usual))]  # fmt: skip
                lookout = Lookout(history, told)
                states = [lookout.at(stop + n * HOUR).signal("volume").state for n in (1, 2)]
                found += SignalState.UNUSUAL in states
            shares.append(f"{found / times:4.0%}")
        print(f"{usual:5} {' '.join(shares)}", flush=True)


def surge(times: int = 100) -> None:
    """Print how often a surge is found in one window and in two, and how often it could be."""
    level = Attention(false_alarms=RATE).level
    print("messages an hour: found in the first hour, within two; even hours, then uneven ones")
    for usual in (0.1, 0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 10, 30):
        bound = 1 - (1 - _known(usual, level)) ** 2
        told = []
        for uneven in (0.0, 0.2):
            first, second = _found(usual, uneven, times)
            told.append(f"{first:4.0%} {second:4.0%}")
        print(f"{usual:5} {' | '.join(told)} | level known to the letter: {bound:4.0%}", flush=True)


def _found(usual: float, uneven: float, times: int) -> tuple[float, float]:
    firsts = seconds = 0
    for number in range(times):
        rng = Random(SEED + number)  # noqa: S311 - a simulation
        history = list(page(rng, 8, usual, flat=True, uneven=uneven))
        stop = START + weeks(8)
        for hour in range(2):
            now = rng.gammavariate(1 / uneven, uneven) if uneven else 1.0
            many = drawn(rng, 5 * usual * now)
            history += [Sighting(stop + hour * HOUR + rng.random() * HOUR) for _ in range(many)]
        lookout = Lookout(history, Attention(false_alarms=RATE, since=START))
        one, two = (
            lookout.at(stop + hour * HOUR).signal("volume").state is SignalState.UNUSUAL
            for hour in (1, 2)
        )
        firsts += one
        seconds += one or two
    return firsts / times, seconds / times


def _known(usual: float, level: float) -> float:
    """Return how often one window shows a surge to whom the usual level is known exactly."""
    least = next(number for number in count() if _tail(number, usual) <= level)
    return _tail(least, 5 * usual)


def _tail(least: int, mean: float) -> float:
    """Return the probability of a Poisson number of `least` or more."""
    term = below = exp(-mean)
    for number in range(1, least):
        term *= mean / number
        below += term
    return 1 - below if least else 1.0


PARTS: dict[str, Callable[..., None]] = {
    "quiet": quiet,
    "close": close,
    "clocks": clocks,
    "surge": surge,
    "astride": astride,
}

if __name__ == "__main__":
    part, *numbers_ = sys.argv[1:] or ["quiet"]
    PARTS[part](*map(int, numbers_))
