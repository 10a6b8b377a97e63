"""What a file costs grows with its size, however wrong it is: work is counted, not timed."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from cmcore import Charter, Incident, InvalidError, Needs, Plan, Playbook, RequestLog, Team, parse
from cmcore.base.errors import MAX_PROBLEMS, Problem, refuse_any
from cmcore.base.ids import did_you_mean
from cmcore.codec.logs import read_requests

_HEAD: Final = "charter: c\ncircuits: {desk: [{ask: {role: boss}}]}\ndefault: desk\n"


def _words(count: int) -> Iterator[str]:
    return (f"word{number:05d}x" for number in range(count))


def _labels(count: int) -> str:
    labels = "\n".join(f"  {word}: flag" for word in _words(count))
    rules = "\n".join(
        f"  - {{permit: r{n}, when: {{{word}y: yes}}, because: x}}"
        for n, word in enumerate(_words(count))
    )
    return f"{_HEAD}labels:\n{labels}\nrules:\n{rules}\n"


def _circuits(count: int) -> str:
    circuits = "\n".join(f"  {word}: [{{ask: {{role: boss}}}}]" for word in _words(count))
    rules = "\n".join(
        f"  - {{refer: r{n}, to: {word}y, when: {{paid: yes}}, because: x}}"
        for n, word in enumerate(_words(count))
    )
    return f"charter: c\ndefault: desk\ncircuits:\n{circuits}\nrules:\n{rules}\n"


def _values(count: int) -> str:
    known = ", ".join(_words(count))
    asked = ", ".join(f"{word}y" for word in _words(count))
    return (
        f"{_HEAD}labels: {{tone: [{known}]}}\n"
        f"rules: [{{permit: r, when: {{tone: [{asked}]}}, because: x}}]\n"
    )


def _keys(count: int) -> str:
    return _HEAD + "\n".join(f"{word}: 1" for word in _words(count))


def _roles(count: int) -> str:
    roles = "\n".join(f"  {word}: {{}}" for word in _words(count))
    members = "\n".join(f"  {word}: {{roles: [{word}y]}}" for word in _words(count))
    return f"team: t\nroles:\n{roles}\nmembers:\n{members}\n"


def _seats(count: int) -> str:
    return "seats:\n" + "\n".join(f"  {word}: -1" for word in _words(count))


def _pairs(count: int) -> str:
    return "plan:\n" + "\n".join(f"  {word}: [1]" for word in _words(count))


def _events(count: int) -> str:
    events = "\n".join(
        f"  - {{at: '2026-01-01T00:00Z', id: {word}, act: publish, about: [{word}y]}}"
        for word in _words(count)
    )
    return f"incident: i\nuntil: '2026-01-02T00:00Z'\nevents:\n{events}\n"


def _duties(count: int) -> str:
    duties = "\n".join(f"  - {{duty: {word}, do: nothng}}" for word in _words(count))
    return f"playbook: p\nduties:\n{duties}\n"


def _log(count: int) -> str:
    received = "\n".join(
        f"  - {{at: '2026-01-01T00:00Z', received: {word}}}" for word in _words(count)
    )
    moved = "\n".join(
        f"  - {{at: '2026-01-01T00:01Z', answered: {word}y, by: b}}" for word in _words(count)
    )
    return f"events:\n{received}\n{moved}\n"


_FILES: Final[list[tuple[Callable[[int], str], type]]] = [
    *((_labels, Charter), (_circuits, Charter), (_values, Charter), (_keys, Charter)),
    *((_roles, Team), (_seats, Needs), (_pairs, Plan), (_events, Incident), (_duties, Playbook)),
    (_log, RequestLog),
]


# ----------------------------------------------------------------------------- files without fault


def _rules(count: int) -> str:
    labels = "\n".join(f"  {word}: flag" for word in _words(count))
    rules = "\n".join(
        f"  - {{permit: {word}, when: {{{word}: yes}}, because: x}}" for word in _words(count)
    )
    return f"{_HEAD}labels:\n{labels}\nrules:\n{rules}\n"


def _lists(count: int) -> str:
    words = ", ".join(_words(count))
    when = f"{{tone: [{words}], text: {{mentions: [{words}]}}}}"
    rule = f"{{permit: r, when: {when}, because: x}}"
    return f"{_HEAD}labels: {{tone: [{words}]}}\nrules: [{rule}]\n"


def _people(count: int) -> str:
    roles = "\n".join(f"  {word}: {{}}" for word in _words(count))
    members = "\n".join(f"  {word}: {{roles: [{word}]}}" for word in _words(count))
    return f"team: t\nroles:\n{roles}\nmembers:\n{members}\n"


def _wants(count: int) -> str:
    seats = "\n".join(f"  {word}: 1" for word in _words(count))
    hours = "  - Mon-Fri 09:00-18:00\n" * count
    apart = "\n".join(f"  - [{word}, z]" for word in _words(count))
    return f"needs: n\nseats:\n{seats}\nhours:\n{hours}separation:\n{apart}\n"


def _replies(count: int) -> str:
    events = "\n".join(
        f"  - {{inbound: m{word}, at: '2026-01-01T00:01Z', by: z}}\n"
        f"  - {{reply: {word}, at: '2026-01-01T00:02Z', about: [m{word}]}}"
        for word in _words(count)
    )
    opened = "  - {opened: o, at: '2026-01-01T00:00Z'}"
    return f"incident: i\nuntil: '2026-01-02T00:00Z'\nevents:\n{opened}\n{events}\n"


def _answers(count: int) -> str:
    return "events:\n" + "\n".join(
        f"  - {{at: '2026-01-01T00:00Z', received: {word}}}\n"
        f"  - {{at: '2026-01-01T00:01Z', answered: {word}, by: b}}"
        for word in _words(count)
    )


_SOUND: Final[list[tuple[Callable[[int], str], type]]] = [
    *((_rules, Charter), (_lists, Charter), (_people, Team), (_wants, Needs)),
    *((_replies, Incident), (_answers, RequestLog)),
]


def work(run: Callable[[], object]) -> tuple[int, int]:
    """Return how many calls and comparisons something takes, and how many problems it has."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    def compare(_: str, names: list[str], **__: object) -> list[str]:
        nonlocal calls
        calls += len(names)
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("difflib.get_close_matches", compare)
        sys.setprofile(count)
        try:
            run()
        except InvalidError as error:
            sys.setprofile(None)
            return calls, len(error.problems)
        finally:
            sys.setprofile(None)
    return calls, 0


@pytest.mark.parametrize(("grown", "kind"), _FILES, ids=lambda each: getattr(each, "__name__", ""))
def test_refusing_a_file_costs_what_its_size_does(
    grown: Callable[[int], str], kind: type[Any]
) -> None:
    small, large = (work(lambda text=text: parse(text, kind))  # type: ignore[misc]
                    for text in (grown(200), grown(800)))  # fmt: skip
    assert large[0] < 4.5 * small[0]
    assert large[1] > 1


@pytest.mark.parametrize(("grown", "kind"), _SOUND, ids=lambda each: getattr(each, "__name__", ""))
def test_reading_a_file_costs_what_its_size_does(
    grown: Callable[[int], str], kind: type[Any]
) -> None:
    small, large = (work(lambda text=text: parse(text, kind))  # type: ignore[misc]
                    for text in (grown(100), grown(400)))  # fmt: skip
    assert large[0] < 4.5 * small[0]
    assert (small[1], large[1]) == (0, 0)


@pytest.mark.parametrize(("grown", "kind"), _FILES, ids=lambda each: getattr(each, "__name__", ""))
def test_no_more_is_sought_than_is_told(
    grown: Callable[[int], str], kind: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("difflib.get_close_matches", lambda *_, **__: [])
    with pytest.raises(InvalidError) as caught:
        parse(grown(1_200), kind)
    assert len(caught.value.problems) == MAX_PROBLEMS + 1
    assert str(caught.value.problems[-1]) == "only the first 1,000 problems are listed"


def test_lines_are_read_no_further_than_they_are_told(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"at": 1}\n' * 1_200, encoding="utf-8")
    once, told = work(lambda: read_requests(log))
    log.write_text('{"at": 1}\n' * 20_000, encoding="utf-8")
    assert told == MAX_PROBLEMS + 1
    assert work(lambda: read_requests(log))[0] < 1.1 * once


def test_the_search_for_problems_ends_where_they_are_told() -> None:
    def endless() -> Iterator[Problem]:
        while True:
            yield Problem("empty-week")

    with pytest.raises(InvalidError) as caught:
        refuse_any((), endless())
    assert len(caught.value.problems) == MAX_PROBLEMS + 1
    refuse_any((), ())


@pytest.mark.parametrize("count", [10, 100, 1_000, 4_000])
def test_a_hint_costs_no_more_for_many_names_than_for_some(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []

    def compare(word: str, names: list[str], **_: object) -> list[str]:
        compared.append(sum(len(word) * len(name) for name in names))
        return []

    monkeypatch.setattr("difflib.get_close_matches", compare)
    did_you_mean("word00500y", [*_words(count)])
    did_you_mean("w" * 1_000, ["w" * 1_000 for _ in range(count)])
    assert max(compared) < 500_000


def test_a_slip_of_the_pen_is_found_among_many_names() -> None:
    names = [*_words(4_000)]
    assert "`word03999x`" in str(did_you_mean("word03999y", names))
    assert "`word03999x`" in str(did_you_mean("vord03999x", names))
    assert "`word02500x`" in str(did_you_mean("word02500", names))
    assert did_you_mean("word02500", [*_words(10_000)]) is None
    assert did_you_mean("word", []) is None


def test_a_problem_holds_no_more_of_many_names_than_are_read() -> None:
    problem = Problem.of("not-a-choice", given="x", known=[*_words(1_000)])
    assert len(list(problem.params["known"])) < 300  # type: ignore[arg-type]
    assert str(problem).endswith("`word00019x`, …)")
