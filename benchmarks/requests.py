"""Replay real customer-care conversations as requests: none is lost, and the times are right.

Run as `python benchmarks/requests.py FOLDER`, where FOLDER holds `ibm_customer_care.csv`: a row for
each message, with the conversation it belongs to, who wrote it and the id of the post. Such an id
says, to the millisecond, when it was posted. The first message of a conversation is a request; its
author then wrote again, and the account answered. Response times are computed a second time with
numpy, as seen at the end and in the middle of the story, when many are not answered yet.
"""

import csv
import json
import statistics
import sys
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from cmcore import Desk, Request, RequestLog, backlog, dump, hours, parse
from cmcore.requests import RequestEvent, Target, response_times

if TYPE_CHECKING:
    from cmcore.requests.follow_up.response_times import Timing

#: When the ids of the network begin to count, in milliseconds since 1970.
EPOCH = 1_288_834_974_657
MILLISECOND = timedelta(milliseconds=1)
WITHIN = hours(1)
DESK = Desk(targets=[Target(WITHIN)])
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
ARGUMENTS = 2


def posted(tweet_id: str) -> datetime:
    """Return when a post was published, from its id."""
    return datetime.fromtimestamp(0, UTC) + ((int(tweet_id) >> 22) + EPOCH) * MILLISECOND


def log_of(rows: Iterable[dict[str, str]]) -> RequestLog:
    """Return the log of the conversations."""
    requests: dict[str, Request] = {}
    events: list[RequestEvent] = []
    for row in rows:
        id_, at = f"{row['split']}/{row['conversation']}", posted(row["tweet_id"])
        if id_ not in requests:
            requests[id_] = Request(id_, at, network="twitter", text=row["text"])
        elif row["role"] == "client":
            events.append(RequestEvent("wrote again", id_, at))
        else:
            events.append(RequestEvent("answered", id_, at, by=row["account"]))
    return RequestLog(requests.values(), events)


def waits_of(
    rows: Iterable[dict[str, str]], at: datetime
) -> tuple[list[float], list[float], list[int]]:
    """Return what was waited so far, the same or no end where there is no answer, and the hour.

    Straight from the rows, in milliseconds, without the library.
    """
    talks: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for row in rows:
        talks[row["split"] + row["conversation"]].append((posted(row["tweet_id"]), row["role"]))
    low, high, hour = [], [], []
    for talk in talks.values():
        start = talk[0][0]
        if start <= at:
            answer = next((when for when, who in talk if who == "agent" and when <= at), None)
            low.append(((answer or at) - start) / MILLISECOND)
            high.append((answer - start) / MILLISECOND if answer else float("inf"))
            hour.append(start.hour)
    return low, high, hour


def adds_up(log: RequestLog) -> int:
    """Check that the states add up to what was received, at every instant and between; count."""
    told = sorted(one.at for one in (*log.requests, *log.events))
    received = sorted(request.at for request in log.requests)
    moments = [*told, *(one + (two - one) / 2 for one, two in pairwise(told))]
    for at in moments:
        found = backlog(log, at)
        expected = bisect(received, at)
        if sum(found.counts.values()) != expected or found.total != expected:
            sys.exit(f"requests are lost at {at}: {found.counts}")
    return len(moments)


def agree(log: RequestLog, rows: list[dict[str, str]], at: datetime) -> int:
    """Check every figure against numpy, and return how many there were."""
    import numpy as np

    low, high, hour = waits_of(rows, at)
    found = response_times(log, at, DESK, shares=SHARES)
    groups: list[tuple[Timing, list[int]]] = [(found.overall, list(range(len(low))))]
    groups += [
        (timing, [n for n, one in enumerate(hour) if one == int(timing.name)])
        for timing in found.by_hour
    ]
    checked = 0
    for timing, members in groups:
        mine = [timing.count, timing.answered]
        theirs: list[Any] = [len(members), int(np.isfinite([high[n] for n in members]).sum())]
        for share in SHARES:
            quantile = timing.quantile(share)
            mine += [_milliseconds(quantile.low), _milliseconds(quantile.high)]
            for waits in (low, high):
                some = np.array([waits[n] for n in members])
                theirs.append(float(np.quantile(some, share, method="inverted_cdf")))
        mine += [timing.met]
        theirs += [int((np.array([high[n] for n in members]) <= WITHIN / MILLISECOND).sum())]
        if mine != theirs:
            sys.exit(f"at {at}, hour {timing.name or 'any'}: {mine} is not {theirs}")
        checked += len(mine)
    if found.overall.unanswered == 0:
        median = _milliseconds(found.overall.quantile(0.5).high)
        if median != statistics.median_low(high):
            sys.exit("the median is not that of the standard library")
        checked += 1
    return checked


def _milliseconds(length: timedelta | None) -> float:
    return float("inf") if length is None else length / MILLISECOND


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what some work returns, and the seconds it takes."""
    start = perf_counter()
    return work(), perf_counter() - start


def main() -> None:
    """Read the conversations, replay them, and print what is found."""
    if len(sys.argv) != ARGUMENTS:
        sys.exit("usage: python benchmarks/requests.py FOLDER")
    path = Path(sys.argv[1], "ibm_customer_care.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = [row for row in rows if row["datetime"]]
    apart = max(
        abs(datetime.fromisoformat(row["datetime"]) - posted(row["tweet_id"])) for row in told
    )
    print(f"messages: {len(rows)}; where a row has a time too, its id agrees to {apart}")
    log, seconds = timed(lambda: log_of(rows))
    print(f"requests: {len(log.requests)}, events: {len(log.events)}, in {seconds:.2f} s")
    moments, seconds = timed(lambda: adds_up(log))
    print(f"states add up at every one of {moments} instants, in {seconds:.2f} s")
    instants = sorted(one.at for one in (*log.requests, *log.events))
    figures = sum(agree(log, rows, at) for at in (instants[-1], *instants[7::97]))
    print(f"figures of response times that are numpy's too: {figures}")
    text = dump(log, format="json")
    back, seconds = timed(lambda: parse(text, RequestLog, format="json"))
    print(f"a log of {len(json.loads(text)['events'])} events reads in {seconds:.2f} s", end="")
    print(f", equal: {back == log}")
    print(response_times(log, None, DESK))
    print(backlog(log, instants[len(instants) // 2], DESK).view().title, "half-way")


if __name__ == "__main__":
    main()
