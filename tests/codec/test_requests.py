"""Logs of requests and desks, as files write them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    BusinessClock,
    Desk,
    InvalidError,
    Request,
    RequestLog,
    Week,
    dump,
    hours,
    parse,
    read,
    structure,
    unstructure,
    write,
)
from cmcore.codec import read_requests
from cmcore.codec.requests import REQUEST
from cmcore.requests import (
    Arrivals,
    Backlog,
    RequestEvent,
    ResponseTimes,
    Route,
    Routing,
    Staffing,
    Target,
)
from cmcore.requests.request import DETAILS, RequestMove
from cmcore.strategies import (
    arrivals,
    backlogs,
    clocks,
    desks,
    request_events,
    request_logs,
    requests,
    response_times,
    routes,
    routings,
    staffings,
    targets,
)

FORMATS = ("json", "yaml", "toml")
LOG = """\
events:
  - {received: r1, at: 2026-03-02T09:00+01:00, network: bluesky, topics: [bill], author: bo}
  - {answered: r1, at: 2026-03-02T09:30+01:00, by: maud}
  - {resolved: r1, at: 2026-03-02T10:00+01:00, how: refunded}
"""
DESK = """\
desk: customer care
zone: Europe/Paris
targets:
  - {within: 1 h, severities: [high]}
  - {within: 4 h, hours: Mon-Fri 09:00-18:00, networks: bluesky}
  - {within: 4 h, hours: Mon-Fri 09:00-18:00, zone: Asia/Tokyo, languages: [ja]}
  - 1 d
routes:
  - {role: expert, topics: [recall]}
  - communicator
"""


def problems(text: str, kind: type[Any] = RequestLog) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        parse(text, kind)
    return [str(problem) for problem in caught.value.problems]


class TestRoundTrip:
    """What is written is read back equal."""

    @pytest.mark.parametrize("form", FORMATS)
    @given(log=request_logs(), desk=desks())
    def test_a_log_and_a_desk(self, log: RequestLog, desk: Desk, form: str) -> None:
        for thing in (log, desk):
            back = parse(dump(thing, format=form), type(thing), format=form)
            assert back == thing
            assert hash(back) == hash(thing)

    @given(st.one_of(requests(), request_events(), targets(), routes(), clocks(), arrivals()))
    def test_a_part(
        self, part: Request | RequestEvent | Target | Route | BusinessClock | Arrivals
    ) -> None:
        assert structure(unstructure(part), type(part)) == part

    @given(st.one_of(backlogs(), response_times(), routings(), staffings()))
    def test_what_is_found_is_plain_data(
        self, found: Backlog | ResponseTimes | Routing | Staffing
    ) -> None:
        assert json.loads(json.dumps(unstructure(found))) == unstructure(found)

    def test_a_file(self, tmp_path: Path) -> None:
        log, desk = parse(LOG, RequestLog), parse(DESK, Desk)
        for form in FORMATS:
            for name, thing in (("log", log), ("desk", desk)):
                write(thing, tmp_path / f"{name}.{form}")
                assert read(tmp_path / f"{name}.{form}", type(thing)) == thing

    def test_each_line_of_a_file(self, tmp_path: Path) -> None:
        log = parse(LOG, RequestLog)
        lines = [json.dumps(entry) for entry in unstructure(log)["events"]]
        for name in ("log.jsonl", "LOG.NDJSON"):
            (tmp_path / name).write_text("\ufeff" + "\n\n".join(lines), encoding="utf-8")
            assert read_requests(tmp_path / name) == log
        write(log, tmp_path / "log.yaml")
        assert read_requests(tmp_path / "log.yaml") == log


def test_a_desk_reads_as_it_says() -> None:
    desk = parse(DESK, Desk)
    office = Week.parse("Mon-Fri 09:00-18:00")
    assert desk.targets == (
        Target(hours(1), severities={"high"}),
        Target(hours(4), BusinessClock(office, "Europe/Paris"), networks={"bluesky"}),
        Target(hours(4), BusinessClock(office, "Asia/Tokyo"), languages={"ja"}),
        Target(hours(24)),
    )
    assert desk.routes == (Route("expert", topics={"recall"}), Route("communicator"))


def test_every_problem_of_a_log_is_told_with_its_line() -> None:
    assert problems("""\
about: x
events:
  - {received: r1, at: 2026-03-02T09:00, netwrok: bluesky}
  - {answered: r1, by: maud}
  - {answered: r1, resolved: r1, at: 2026-03-02T09:00Z}
  - {answred: r1, at: 2026-03-02T09:00Z}
  - {at: 2026-03-02T09:00Z}
  - {resolved: r1, at: 2026-03-02T09:00Z, into: r2}
  - 3
""") == [
        "about, line 1: `about` is not a known key (one of `events`)",
        "events[0].netwrok, line 3: `netwrok` is not a known key (did you mean `network`?)",
        ("events[0].at, line 3: `2026-03-02T09:00` does not say its time zone"
        " (add its offset, as in `2026-01-31T09:00+01:00`)"),
        "events[1].at, line 4: `at` is missing (write when, as `2026-01-31T09:00+01:00`)",
        "events[2], line 5: it says `answered` and `resolved` at once (one entry says one thing)",
        ("events[3], line 6: it does not say what happened to which request"
        " (did you mean `answered`?)"),
        ("events[4], line 7: it does not say what happened to which request"
        " (as in `{received: r1, at: …}` or `{answered: r1, at: …, by: ana}`)"),
        "events[5].into, line 8: `into` is not a known key (one of `at`, `by`, `how`, `resolved`)",
        ("events[5].how, line 8: `resolved` does not say `how`"
        " (say how, as in `refunded` or `spam`)"),
        "events[6], line 9: `3` is not a mapping",
    ]  # fmt: skip
    assert problems("{}")[0].startswith("events, line 1: `events` is missing (as in `{")


def test_every_inconsistency_is_told_with_its_line() -> None:
    assert problems("""\
events:
  - {answered: r1, at: 2026-03-02T08:00Z, by: maud}
  - {received: r1, at: 2026-03-02T09:00Z}
  - {answered: r1, at: 2026-03-02T11:00Z, by: maud}
  - {answered: r1, at: 2026-03-02T11:00Z, by: maud}
  - {waiting: r1, at: 2026-03-02T10:00Z}
  - {received: r1, at: 2026-03-02T09:00Z}
  - {merged: r1, at: 2026-03-02T12:00Z, into: r3}
  - {answered: r2, at: 2026-03-02T12:00Z, by: maud}
""") == [
        ("events[0], line 2: `answered` comes before `r1` is received (it is at"
        " 2026-03-02T08:00Z, the request at 2026-03-02T09:00Z)"),
        ("events[4], line 6: `waiting` of `r1` is listed after a later event (it is at"
        " 2026-03-02T10:00Z, `answered` at 2026-03-02T11:00Z)"),
        ("events[5], line 7: the request `r1` is received twice"
        " (it was received at 2026-03-02T09:00Z; keep one of them)"),
        ("events[6].into, line 8: no request is called `r3`"
        " (every request begins by being received)"),
        "events[7], line 9: no request is called `r2` (every request begins by being received)",
    ]  # fmt: skip


def test_an_entry_that_does_not_read_hides_no_inconsistency(tmp_path: Path) -> None:
    entries = [
        '{"received": "r1", "at": "2026-03-02T10:00+01:00"}',
        '{"received": "r1", "at": "2026-03-02T10:00+01:00"}',
        '{"answered": "r1", "at": "2026-03-02T09:00+01:00", "by": "maud"}',
        '{"assigned": "r2", "at": "2026-03-02T11:00+01:00", "to": "maud"}',
        '{"received": "r2", "at": "2026-03-02"}',
    ]
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(entries), encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        read_requests(file)
    assert [str(problem) for problem in caught.value.problems] == [
        ("line 2: the request `r1` is received twice"
        " (it was received at 2026-03-02T10:00+01:00; keep one of them)"),
        ("line 3: `answered` comes before `r1` is received (it is at 2026-03-02T09:00+01:00,"
        " the request at 2026-03-02T10:00+01:00)"),
        ("at, line 5: `2026-03-02` does not say its time zone"
        " (add its offset, as in `2026-01-31T09:00+01:00`)"),
    ]  # fmt: skip
    found = {str(problem).partition(": ")[2] for problem in caught.value.problems}
    assert {one.partition(": ")[2] for one in problems(f"events: [{', '.join(entries)}]")} == found


def test_a_log_with_the_newest_first_is_told_so_once() -> None:
    received = [f"{{received: r{n}, at: 2026-03-02T09:00Z}}" for n in (1, 2)]
    told = ["{resolved: r1, at: 2026-03-02T13:00Z, how: spam}",
            "{answered: r2, at: 2026-03-02T12:00Z, by: maud}",
            "{answered: r1, at: 2026-03-02T12:00Z, by: maud}",
            "{handed over: r2, at: 2026-03-02T11:00Z, to: maud}",
            "{assigned: r2, at: 2026-03-02T11:00Z, to: yann}"]  # fmt: skip
    hint = "(put the log in order of time, the oldest first)"
    assert problems(f"events: [{', '.join([*told, *received])}]") == [
        f"events[2], line 1: the events come newest first {hint}"
    ]
    assert len(parse(f"events: [{', '.join([*told, *received][::-1])}]", RequestLog).events) == 5
    assert len(problems(f"events: [{', '.join([told[0], told[2], *received])}]")) == 1
    slips = [told[0], told[4], told[2], *received]
    (late,) = problems(f"events: [{', '.join(slips)}]")
    assert "`answered` of `r1` is listed after a later event" in late


@given(request_logs(), st.data())
def test_null_is_not_known(log: RequestLog, data: st.DataObject) -> None:
    plain = unstructure(log)
    for entry in plain["events"]:
        kind = next(iter(entry))
        optional = REQUEST.names if kind == "received" else {*DETAILS[RequestMove(kind)][1]}
        blank = sorted({*optional} - {*entry})
        entry.update(dict.fromkeys(blank[: data.draw(st.integers(0, len(blank)))]))
    assert structure(plain, RequestLog) == log


def test_lines_are_numbered(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(
        b'{"received": "r1", "at": "2026-03-02T09:00Z"}\n\n{"answered": "r1"\n'
        b'{"waiting": "r1", "by": 3, "at": "2026-03-02T09:00Z"}\n\xff\n'
    )
    with pytest.raises(InvalidError) as caught:
        read_requests(file)
    assert [(problem.line, problem.path) for problem in caught.value.problems] == [
        (3, ()), (4, ("by",)), (5, ())
    ]  # fmt: skip
    file.write_text('{"received": "r1", "at": "2026-03-02T09:00Z"}\n\n'
                    '{"waiting": "r1", "at": "2026-03-02T10:00Z"}\n')  # fmt: skip
    with pytest.raises(InvalidError) as caught:
        read_requests(file)
    assert str(caught.value) == (
        "line 3: `r1` is open: it cannot be `waiting` (assign it, or answer it, first)"
    )


def test_what_is_said_of_a_line_is_its_cause_and_its_own_line(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    lines = ['{"received": "r1", "at": "2026-03-02T09:00Z"}', '{"id": "a", "id": "b"}', '{"id": "r']
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        read_requests(file)
    assert [str(problem) for problem in caught.value.problems] == [
        "id, line 2: the key `id` is repeated (it is already on line 2: keep one of them)",
        "line 3: a quote is opened and never closed",
    ]


def test_inconsistencies_are_told_in_order_of_lines(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    received = '{"received": "r1", "at": "2026-03-02T09:00Z"}\n'
    waiting = '{"waiting": "%s", "at": "2026-03-02T09:00Z"}\n'
    file.write_text(received + waiting % "r1" + received + waiting % "r2")
    with pytest.raises(InvalidError) as caught:
        read_requests(file)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]


def test_every_problem_of_a_desk_is_told_with_its_line() -> None:
    assert problems("""\
zone: Nowhere
targets:
  - {withn: 1 h}
  - {within: 0 h, zone: Europe/Paris, topics: []}
  - {within: 1 h, hours: Funday}
routes:
  - {topics: [bill]}
""", Desk) == [
        "desk, line 1: `desk` is missing (name the desk, as in `desk: customer care`)",
        ("zone, line 1: `Nowhere` is not a known time zone"
        " (zones are named as in the IANA database, such as `Europe/Paris`)"),
        "targets[0].withn, line 3: `withn` is not a known key (did you mean `within`?)",
        "targets[0].within, line 3: `within` is missing (give a duration, as in `within: 2 h`)",
        "targets[1].hours, line 4: `hours` is missing (the zone is that of the hours)",
        "targets[1].topics, line 4: `topics` is empty (leave it out for any)",
        ("targets[1].within, line 4: `0 s` is not a duration above zero"
         " (write one such as `30 min`)"),
        ("targets[2].hours, line 5: `Funday` is not a day (days are `Mon`, `Tue`, `Wed`, `Thu`,"
        " `Fri`, `Sat`, `Sun`)"),
        "routes[0].role, line 7: `role` is missing (name the role that answers)",
    ]  # fmt: skip


def test_a_request_and_an_event_are_told_apart() -> None:
    entries = unstructure(parse(LOG, RequestLog))["events"]
    with pytest.raises(InvalidError, match="`RequestEvent` is another kind of event"):
        structure(entries[1], Request)
    with pytest.raises(InvalidError, match="`Request` is another kind of event"):
        structure(entries[0], RequestEvent)


def test_an_id_that_is_none_is_told_where_the_file_has_it() -> None:
    for kind, data in ((Request, {"received": ""}), (RequestEvent, {"waiting": ""})):
        with pytest.raises(InvalidError) as caught:
            structure({**data, "at": "2026-03-02T09:00Z"}, kind)
        (problem,) = caught.value.problems
        assert problem.path == tuple(data)


def test_the_ending_of_a_log_tells_its_format(tmp_path: Path) -> None:
    file = tmp_path / "log.txt"
    file.write_text("", encoding="utf-8")
    with pytest.raises(InvalidError, match=r"one of `\.jsonl`, `\.ndjson`, `\.json`"):
        read_requests(file)
