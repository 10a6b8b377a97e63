import csv
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Charter, Context, InvalidError, Message, parse, read_history
from cmcore.base import Problem
from cmcore.charters import Author, Case, Situation, Unreadable
from cmcore.charters.conditions.facts import FactSpec, FactType
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.codec import read_case, read_requests
from cmcore.codec.acts import NOTHING, flat, row_of
from cmcore.codec.bounds import Data
from cmcore.codec.cells import CELL, JSON
from cmcore.codec.columns import column_problems, columns, may_be_nothing
from cmcore.codec.csvform import LONGEST
from cmcore.codec.histories import Reader

CHARTER = parse(
    """
charter: airline
zone: Europe/Paris
labels:
  tone: [calm, angry]
  claim: flag
  risk: number
  tags: symbols
  wait: duration
  due: instant
  caption: text
events: [launch]
circuits: {desk: [{ask: {role: editor}}]}
default: desk
""",
    Charter,
)
KNOWN = columns(CHARTER.vocabulary)
PARIS = timezone(timedelta(hours=1))
NINE = datetime(2026, 1, 1, 0, 30, tzinfo=PARIS)
Read = Callable[[str | bytes], list[Case | Unreadable]]


@pytest.fixture
def rows(tmp_path: Path) -> Read:
    """Return a reader of the text of a CSV history."""
    return lambda text: history(tmp_path / "history.csv", text)


@pytest.fixture
def lines(tmp_path: Path) -> Read:
    """Return a reader of the text of a JSON lines history."""
    return lambda text: history(tmp_path / "history.jsonl", text)


def history(file: Path, text: str | bytes) -> list[Case | Unreadable]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_history(file, CHARTER))


def refused(read: Callable[..., object], *data: Data) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read(*data)
    return caught.value.problems


def cases(found: list[Case | Unreadable]) -> list[Case]:
    assert all(isinstance(row, Case) for row in found), found
    return [row for row in found if isinstance(row, Case)]


def outline(found: list[Case | Unreadable]) -> list[tuple[str, bool]]:
    return [(row.place, isinstance(row, Case)) for row in found]


# ------------------------------------------------------------------------------------ one mapping

FULL = {
    "id": "7",
    "kind": "reply",
    "at": "2026-01-01T00:30+01:00",
    "network": "bluesky",
    "account": "airline",
    "author": "Ann",
    "language": "fr",
    "topics": ["b", "a"],
    "text": "Bonjour",
    "links": [],
    "hashtags": "été",
    "mentions": ["acme"],
    "media": ["image"],
    "described": True,
    "paid": "no",
    "scheduled": False,
    "template": NOTHING,
    "in_reply_to.author": "Bob",
    "in_reply_to.at": "2025-12-31T22:00Z",
    "in_reply_to.topics": ["c"],
    "in_reply_to.followers": 12,
    "in_reply_to.ours": False,
    "in_reply_to.tone": NOTHING,
    "author.roles": ["editor"],
    "author.seniority": "junior",
    "incident.open": True,
    "incident.severity": "high",
    "holiday": True,
    "event.launch": "2025-12-01T00:00Z",
    "tone": "angry",
    "claim": "yes",
    "risk": 0.5,
    "tags": NOTHING,
    "wait": "2 h",
    "due": "2026-02-01T00:00Z",
    "caption": NOTHING,
    "_note": {"left": ["alone"]},
}
CASE = Case(
    Act(
        id="7",
        kind="reply",
        at=NINE,
        network="bluesky",
        account="airline",
        author="Ann",
        language="fr",
        topics={"a", "b"},
        text="Bonjour",
        links=(),
        hashtags={"été"},
        mentions={"acme"},
        media={"image"},
        described=True,
        paid=False,
        scheduled=False,
        in_reply_to=Message(
            author="Bob",
            at=datetime(2025, 12, 31, 22, tzinfo=UTC),
            topics={"c"},
            followers=12,
            ours=False,
            absent={"tone"},
        ),
        labels={
            "tone": "angry",
            "claim": True,
            "risk": 0.5,
            "tags": frozenset(),
            "wait": timedelta(hours=2),
            "due": datetime(2026, 2, 1, tzinfo=UTC),
        },
        absent={"template", "caption"},
    ),
    Context(
        author=Author(roles={"editor"}, seniority="junior"),
        incident=Situation(open=True, severity="high"),
        holidays=[date(2026, 1, 1)],
        events={"launch": datetime(2025, 12, 1, tzinfo=UTC)},
    ),
    "7",
)


def test_a_mapping_of_facts_is_read_whole() -> None:
    assert read_case(FULL, CHARTER) == CASE
    assert read_case(FULL, CHARTER, place="line 3").place == "line 3"


def test_nothing_needs_to_be_known() -> None:
    assert read_case({}, CHARTER) == Case(Act())
    unknown = dict.fromkeys([*KNOWN, "id", "_x"])
    assert read_case(unknown, CHARTER) == Case(Act())


def test_every_column_has_a_reader() -> None:
    assert {"in_reply_to.replies", "target.author_kind", "event.launch", "tone"} <= KNOWN.keys()
    assert not {"id", "local.hour", "hosts", "recent.any", "text.length"} & KNOWN.keys()
    assert all(spec.name == name for name, spec in KNOWN.items())
    assert "event.launch" not in columns(Vocabulary())


def test_the_local_day_of_the_act_is_the_holiday() -> None:
    late = {"at": "2025-12-31T23:30Z"}
    assert read_case({**late, "holiday": True}, CHARTER).context.holidays == frozenset(
        {date(2026, 1, 1)}
    )
    assert read_case({**late, "holiday": False}, CHARTER).context.holidays == frozenset()
    assert read_case({"holiday": True}, CHARTER).context.holidays is None


def test_an_event_that_has_not_happened_is_known_not_to_have() -> None:
    assert read_case({"event.launch": NOTHING}, CHARTER).context.events == {"launch": None}
    assert read_case({"event.launch": None}, CHARTER).context.events == {}


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_nothing_is_empty_absent_or_refused_but_never_a_value(name: str) -> None:
    spec = KNOWN[name]
    if not may_be_nothing(spec):
        (problem,) = refused(read_case, {name: NOTHING}, CHARTER)
        assert problem.path == (name,)
        assert problem.message == f"`{name}` cannot be `(none)`"
        assert problem.hint == "leave it empty where it is unknown"
        return
    case = read_case({name: NOTHING}, CHARTER)
    if spec.type is FactType.SYMBOLS:
        assert case == read_case({name: []}, CHARTER)
    elif name.startswith("event."):
        assert case.context.events == {"launch": None}
    else:
        head, _, field = name.partition(".")
        message = getattr(case.act, head, None) if field else None
        assert case.act.absent == (frozenset() if message else {name})
        assert message is None or message == Message(absent={field})


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_what_is_listed_as_nothing_is_read_as_its_own_column_says_it(name: str) -> None:
    listed = {"absent": [name]}
    if may_be_nothing(KNOWN[name]):
        told, same = read_case(listed, CHARTER), read_case({name: NOTHING}, CHARTER)
        assert told.context == same.context
        # an empty set of the act's own is there, or is not: charters read both alike
        is_set = KNOWN[name].type is FactType.SYMBOLS
        assert is_set or told == same
    else:
        said = [refused(read_case, one, CHARTER) for one in (listed, {name: NOTHING})]
        assert said[0] == said[1]


@pytest.mark.parametrize("name", ["event.launch", "author.roles"])
def test_what_is_given_around_an_act_is_not_nothing_as_well(name: str) -> None:
    given = ["lead"] if name == "author.roles" else "2026-01-31T09:00+01:00"
    (problem,) = refused(read_case, {name: given, "absent": [name]}, CHARTER)
    assert (problem.code, problem.path) == ("given-and-absent", (name,))


@pytest.mark.parametrize(
    ("data", "path", "message", "hint"),
    [
        ({"knd": "edit"}, "knd", "there is no fact `knd`", "did you mean `kind`?"),
        (
            {"zzzzzz": 1},
            "zzzzzz",
            "there is no fact `zzzzzz`",
            "declare a label, or begin its name with `_` to leave it alone",
        ),
        ({"text.length": 3}, "text.length", "no act says `text.length` of itself", None),
        ({"event.lunch": None}, "event.lunch", "there is no fact `event.lunch`", None),
        ({"kind": "publsh"}, "kind", "`kind` is never `publsh`", "did you mean `publish`?"),
        ({"tone": "bold"}, "tone", "`tone` is never `bold`", "one of `angry`, `calm`"),
        ({"kind": ["edit"]}, "kind", "expected one word, not a list", None),
        ({"claim": "perhaps"}, "claim", "`perhaps` is not yes or no", "write `yes` or `no`"),
        ({"risk": "3"}, "risk", "`3` is not a number", "take off the quotes"),
        (
            {"wait": 3},
            "wait",
            "`3` is not a duration such as `2 h`",
            "write `3 h`, or another unit",
        ),
        ({"tags": 3}, "tags", "`3` is not a list", None),
        (
            {"at": "2026-01-31T09:00"},
            "at",
            "`2026-01-31T09:00` does not say its time zone",
            "add its offset, as in `2026-01-31T09:00+01:00`",
        ),
        ({"id": 3}, "id", "`3` is not text", "put it in quotes"),
        ({"id": " x"}, "id", "`x` cannot be an id", None),
    ],
    ids=lambda item: str(item) if isinstance(item, dict) else None,
)
def test_a_fact_that_makes_no_sense_is_refused_at_its_place(
    data: Data, path: str, message: str, hint: str | None
) -> None:
    (problem,) = refused(read_case, data, CHARTER)
    assert (problem.path, problem.message) == ((path,), message)
    if hint:
        assert problem.hint == hint


def test_everything_that_is_wrong_is_told_at_once() -> None:
    data = {
        "id": 3,
        "knd": 1,
        "kind": "x",
        "at": 3,
        "tags": [1],
        "at_": 2,
        "incident.open": NOTHING,
    }
    found = refused(read_case, data, CHARTER)
    assert [p.path[0] for p in found] == ["knd", "at_", "kind", "at", "tags", "incident.open", "id"]
    assert refused(read_case, [], CHARTER)[0].message == "expected a mapping, not a list"


def test_what_is_said_to_be_nothing_is_known_to_the_charter() -> None:
    assert read_case({"absent": ["template", "caption", "target"]}, CHARTER).act.template is None
    with pytest.raises(InvalidError) as caught:
        read_case({"absent": ["bogus", "templat"]}, CHARTER)
    assert [(problem.code, problem.params["name"], "near" in problem.params)
            for problem in caught.value.problems] == [
        ("unknown-absence", "bogus", False), ("unknown-absence", "templat", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ['[{"kind": "reply"}]', ' \n[\n{"kind": "reply"},\n', "\ufeff[{}]"]
)
def test_one_list_is_no_file_of_lines(tmp_path: Path, text: str) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text(text, encoding="utf-8")
    for reads in (lambda: read_history(file, CHARTER), lambda: read_requests(file)):
        with pytest.raises(InvalidError, match="line 1: the file is one JSON list"):
            reads()


def test_an_empty_id_is_none() -> None:
    assert read_case({"id": ""}, CHARTER).act.id is None
    assert read_case({"id": None}, CHARTER).act.id is None


# -------------------------------------------------------------------------------------------- CSV

CELLS: dict[FactType, st.SearchStrategy[tuple[str, Any]]] = {
    FactType.FLAG: st.sampled_from(
        [("yes", True), ("No", False), (" TRUE ", True), ("false", False)]
    ),
    FactType.SYMBOL: st.sampled_from([(" a b ", "a b"), ('é, "x"', 'é, "x"'), ("x|y", "x|y")]),
    FactType.SYMBOLS: st.sampled_from(
        [("a", ["a"]), ("a|b", ["a", "b"]), (" a | b", ["a", "b"]), ("a-b", ["a-b"])]
    ),
    FactType.NUMBER: st.sampled_from(
        [("3", 3), ("-0.5", -0.5), (" 1e3 ", 1000.0), ("+7", 7), (".5", 0.5), ("2.", 2.0)]
    ),
    FactType.DURATION: st.sampled_from([("2 h", "2 h"), (" PT1H ", "PT1H")]),
    FactType.INSTANT: st.sampled_from([(" 2026-01-31T09:00Z", "2026-01-31T09:00Z")]),
    FactType.TEXT: st.sampled_from(
        [(' a \n"b", c ', ' a \n"b", c '), ("|", "|"), ("\r\nx", "\r\nx")]
    ),
}
OPEN = {name: spec for name, spec in KNOWN.items() if spec.values is None}


@st.composite
def facts(draw: st.DrawFn) -> dict[str, tuple[str, Any]]:
    """Draw facts, each as a cell and as plain data."""
    names = draw(st.lists(st.sampled_from(sorted(OPEN)), min_size=1, max_size=8, unique=True))
    nothing = st.just((NOTHING, NOTHING)) | st.just(("", None)) | st.just((" ", None))
    return {
        name: draw(
            _cells(OPEN[name]) | nothing if may_be_nothing(OPEN[name]) else _cells(OPEN[name])
        )
        for name in names
    }


def _cells(spec: FactSpec) -> st.SearchStrategy[tuple[str, Any]]:
    cells = CELLS[spec.type]
    return cells.filter(lambda one: one[1] == int(one[1])) if spec.domain.whole else cells


@pytest.mark.parametrize("name", ["target.replies", "target.followers"])
def test_a_count_is_whole(name: str, rows: Read) -> None:
    (row,) = rows(f"{name}\n2.5\n")
    assert isinstance(row, Unreadable)
    assert [str(problem) for problem in row.problems] == [f"{name}: `2.5` is not a whole number"]


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("wait", "-3 h", "`wait` is never `-3 h` (0 s or more)"),
        ("wait", "-1 s", "`wait` is never `-1 s` (0 s or more)"),
        ("target.followers", "-5", "`target.followers` is never `-5` (0 or more)"),
    ],
)
def test_what_is_below_the_least_that_a_fact_can_be_is_refused(
    name: str, given: str, said: str, rows: Read
) -> None:
    (row,) = rows(f"{name}\n{given}\n")
    assert isinstance(row, Unreadable)
    assert [str(problem) for problem in row.problems] == [f"{name}: {said}"]


@given(told=facts())
def test_a_row_of_cells_says_the_same_as_a_mapping(
    told: dict[str, tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("csv") / "history.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*told, "_x"])
        writer.writerow([*(cell for cell, _ in told.values()), "left alone"])
    expected = read_case({name: data for name, (_, data) in told.items()}, CHARTER, place="line 2")
    silent = Unreadable("line 2", (Problem.of("row-without-fact"),), casts_doubt=True)
    is_told = any(cell.strip() for cell, _ in told.values())
    assert list(read_history(file, CHARTER)) == [expected if is_told else silent]


def test_rows_are_read_one_by_one_with_their_line(rows: Read) -> None:
    found = cases(rows('kind,text\npublish,"a, ""b""\nc"\nreply,\n'))
    assert [(case.act.kind, case.act.text, case.place) for case in found] == [
        ("publish", 'a, "b"\nc', "line 2"),
        ("reply", None, "line 4"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_and_line_ends_of_other_systems_are_read(end: str, mark: str, rows: Read) -> None:
    found = cases(rows(mark + end.join([" kind , text", " publish ,x", 'reply,"a b"', ""])))
    assert [(case.act.kind, case.act.text) for case in found] == [
        ("publish", "x"),
        ("reply", "a b"),
    ]


def test_a_history_may_end_without_a_line_end_and_have_no_row(rows: Read) -> None:
    assert rows("kind") == rows("kind\n") == []
    assert len(rows("kind\npublish")) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_history_is_refused(text: str, rows: Read) -> None:
    (problem,) = refused(rows, text)
    assert problem.message == "the history is empty"
    assert problem.hint == "its first row names the facts"


def test_every_odd_column_is_refused_at_once(rows: Read) -> None:
    found = refused(rows, "knd,text,text,_x,_x,id,,Paid\npublish,,,,,,,\n")
    assert [(p.path, p.message, p.line) for p in found] == [
        (("text",), "the column `text` appears twice", 1),
        (("_x",), "the column `_x` appears twice", 1),
        (("knd",), "there is no fact `knd`", 1),
        (("Paid",), "there is no fact `Paid`", 1),
    ]
    assert found[0].hint == "keep one of them"
    assert found[2].hint == "did you mean `kind`?"
    assert list(column_problems(["kind", "id", "_x"], KNOWN)) == []


EXPORT = "Post ID;Message;Date;Likes;kind;link\n7;Hello; 2026-01-31T09:00Z;12;reply;x\n8;Bye;;3;;\n"


def test_an_export_is_read_by_the_columns_that_are_named(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(EXPORT, encoding="utf-8")
    named = {"text": "Message", "at": "Date", "id": "Post ID", "links": None}
    usual = {"kind": "publish", "paid": False, "template": NOTHING}
    one, two = read_history(file, CHARTER, columns=named, separator=";", usual=usual)
    assert isinstance(one, Case)
    assert isinstance(two, Case)
    assert (one.act.id, one.act.text, one.act.kind) == ("7", "Hello", "reply")
    assert one.act.at == datetime(2026, 1, 31, 9, tzinfo=UTC)
    assert (two.act.id, two.act.kind, two.act.at, two.act.links) == ("8", "publish", None, None)
    assert (one.act.paid, one.act.absent) == (False, frozenset({"template"}))


def test_json_lines_are_read_by_the_keys_that_are_named(tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    lines_ = [
        '{"Message": "Hello", "likes": 3, "kind": "reply"}',
        '{"knd": "reply"}',
        '{"kind": "publish"}',
    ]
    file.write_text("\n".join(lines_), encoding="utf-8")
    one, two, three = read_history(
        file, CHARTER, columns={"text": "Message"}, usual={"template": "t", "tags": ["a"]}
    )
    assert isinstance(one, Case)
    assert (one.act.text, one.act.kind, one.act.template) == ("Hello", "reply", "t")
    assert isinstance(two, Unreadable)
    assert two.problems[0].hint == "did you mean `kind`?"
    assert isinstance(three, Case)
    assert three.act.text is None


def test_a_row_says_otherwise_than_what_is_usual(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"template": "(none)"}\n{"caption": "c"}\n', encoding="utf-8")
    one, two = read_history(file, CHARTER, usual={"template": "t", "caption": NOTHING})
    assert isinstance(one, Case)
    assert (one.act.template, one.act.absent) == (None, frozenset({"template", "caption"}))
    assert isinstance(two, Case)
    assert (two.act.template, two.act.labels["caption"]) == ("t", "c")
    assert two.act.absent == frozenset()


@pytest.mark.parametrize("end", ["csv", "jsonl"])
def test_what_is_asked_of_columns_is_checked(end: str, tmp_path: Path) -> None:
    file = tmp_path / f"rows.{end}"
    file.write_text("kind,Message\n" if end == "csv" else "", encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        read_history(file, CHARTER, columns={"txet": "Message"})
    assert caught.value.problems[0].hint == "did you mean `text`?"
    with pytest.raises(InvalidError) as caught:
        read_history(file, CHARTER, usual={"kind": "publsh"})
    assert caught.value.problems[0].message == "`kind` is never `publsh`"


def test_a_column_that_is_named_must_be_there(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("kind,Message\n", encoding="utf-8")
    with pytest.raises(InvalidError) as caught:
        read_history(file, CHARTER, columns={"text": "Mesage"})
    assert str(caught.value.problems[0]) == (
        "columns.text, line 1: there is no column `Mesage` (did you mean `Message`?)"
    )


@pytest.mark.parametrize("other", [";", "\t"])
def test_another_separator_is_told(other: str, rows: Read) -> None:
    (problem,) = refused(rows, f"kind{other}text\npublish{other}a\n")
    assert problem.code == "other-separator"
    assert problem.line == 1


@pytest.mark.parametrize(("cell", "paid"), [("1", True), ("0", False), ("Yes", True)])
def test_flags_are_read_as_spreadsheets_write_them(cell: str, paid: bool, rows: Read) -> None:  # noqa: FBT001
    (case,) = cases(rows(f"paid,kind\n{cell},publish\n"))
    assert case.act.paid is paid


def test_a_row_too_long_or_too_short_is_unreadable_alone(rows: Read) -> None:
    found = rows("kind,text\npublish\npublish,a,b\nreply,c\n")
    assert outline(found) == [("line 2", False), ("line 3", False), ("line 4", True)]
    cause = Problem.of("ragged-row", count=1, due=2, separator=",")
    assert found[0] == Unreadable("line 2", (cause,), casts_doubt=True)


def test_a_cell_under_a_column_without_a_name_makes_its_row_unreadable(rows: Read) -> None:
    found = rows("kind,text,,\npublish,Bonjour, rappel du lot 42,\npublish,Bonjour,,\n")
    assert outline(found) == [("line 2", False), ("line 3", True)]


@pytest.mark.parametrize(
    "name", ["hosts", "local.hour", "text.length", "topics.count", "recent.publish", "since.sale"]
)
def test_a_column_of_a_fact_that_is_made_of_others_is_refused(name: str, rows: Read) -> None:
    with pytest.raises(InvalidError) as raised:
        rows(f"kind,{name}\npublish,x\n")
    assert [problem.code for problem in raised.value.problems] == ["fact-of-no-column"]


@pytest.mark.parametrize("header", ["foo,bar", "id,foo", "id;kind"])
def test_a_file_of_which_no_column_holds_a_fact_is_refused(header: str, rows: Read) -> None:
    with pytest.raises(InvalidError) as raised:
        rows(f"{header}\n1,2\n")
    assert raised.value.problems[0].code in {"no-columns", "other-separator"}


@pytest.mark.parametrize(
    ("row", "lost"),
    [("a,b,c", 0), ("a,b,c,d", 0), ("a,b,c,d,e", 1), ("a,b,c,d,e,f,g", 2), ("a,b,c,d, e", 0)],
)
def test_a_row_with_the_cells_of_several_may_have_taken_some_with_it(
    row: str, lost: int, rows: Read
) -> None:
    (found,) = rows(f"kind,text,_x\n{row}\n")
    assert isinstance(found, Unreadable)
    assert (found.lost, found.casts_doubt) == (lost, row.count(",") != 2)


def test_a_row_tells_everything_that_is_wrong_with_it(rows: Read) -> None:
    found = rows("kind,risk,claim,due\nx,many,perhaps,2026-01-31T09:00\npublish,1,yes,\n")
    assert outline(found) == [("line 2", False), ("line 3", True)]
    assert isinstance(found[0], Unreadable)
    assert [(p.path, p.line) for p in found[0].problems] == [
        (("kind",), None),
        (("risk",), None),
        (("claim",), None),
        (("due",), None),
    ]


def test_a_character_that_could_not_be_read_hides_nothing_of_the_other_cells(rows: Read) -> None:
    (found,) = rows("text,wait,risk\na\ufffdb,1.500 h,m\ufffdny\n")
    assert isinstance(found, Unreadable)
    assert found.casts_doubt
    assert [(p.code, p.path) for p in found.problems] == [
        ("damaged-text", ("text",)),
        ("damaged-text", ("risk",)),
        ("ambiguous-number", ("wait",)),
    ]


@pytest.mark.parametrize(
    "cell", ["many", "1_000", "٣", "1e999", "nan", "inf", "0x10", "1,5", "--1", "1 2", "1" * 400]
)
def test_what_looks_like_a_number_may_be_none(cell: str, rows: Read) -> None:
    found = rows(f'risk\n"{cell}"\n')
    assert outline(found) == [("line 2", False)]


def test_a_big_number_is_read_as_well_as_can_be(rows: Read) -> None:
    (case,) = cases(rows(f"risk\n{'1' * 30}\n"))
    assert case.act.labels["risk"] == float("1" * 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('kind,text\npublish,"a"b\nreply,c\n', [("line 2", False), ("line 3", True)]),
        ('kind,text\npublish,"a\nreply,c\n', [("line 2", False)]),
        ('kind,text\npublish,a"\nreply,c\n', [("line 2", False), ("line 3", True)]),
        ('kind,text\npublish,a"b\nreply,"c"\n', [("line 2", True), ("line 3", True)]),
        ('kind,text\npublish,a "b"\nreply,""\n', [("line 2", True), ("line 3", True)]),
        (f"kind,text\npublish,{'x' * 200_000}\nreply,c\n", [("line 2", True), ("line 3", True)]),
    ],
    ids=["after a quote", "never closed", "never opened", "within a cell", "in pairs", "huge cell"],
)
def test_a_row_badly_quoted_is_unreadable_and_casts_doubt(
    text: str, expected: list[tuple[str, bool]], rows: Read
) -> None:
    found = rows(text)
    assert outline(found) == expected
    for row in found:
        if isinstance(row, Unreadable):
            assert row.casts_doubt
            assert "quote" in row.problems[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('kind,text\npublish,"a\nreply,b\nreply,c\n', "is never closed; lines 3–4 were not read"),
        ('kind,text\npublish,"a\nreply,b\nreply,"c"\n',
         "is closed in the middle of a cell; lines 3–4 were not read"),
        ('kind,text\npublish,"a\nreply,b\nreply,c"\n',
         "is not closed before line 4, and what it holds looks like rows; lines 3–4 were not read"),
        ('kind,text\npublish,"a\nreply,b"\n',
         "is not closed before line 3, and what it holds looks like rows; line 3 was not read"),
    ],
)  # fmt: skip
def test_the_lines_that_a_quote_swallows_are_counted_and_told(
    text: str, told: str, rows: Read
) -> None:
    (found,) = rows(text)
    assert isinstance(found, Unreadable)
    assert found.lost == text.count("\n") - 2
    messages = "; ".join(problem.message for problem in found.problems)
    assert messages == f"a quote opened on line 2 {told}"


def test_a_text_of_many_lines_is_read_even_where_it_has_separators(rows: Read) -> None:
    text = "Bonjour,\n\nDemain, à 9 h, on ouvre.\nÀ bientôt, l'équipe"
    (case,) = cases(rows(f'network,text\nbluesky,"{text}"\n'))
    assert case.act.text == text


@given(
    st.permutations(["text", "kind", "at", "network"]),
    st.lists(st.text('ab "\n', min_size=1, max_size=9), min_size=1, max_size=3),
)
@example(["text", "kind", "at", "network"], ["Bonjour\nle monde", "a, b\nc", "d\n\ne"])
@example(["kind", "text", "at", "network"], ["Bonjour\nle monde", "\n", '"a"\n"b"'])
def test_a_text_of_several_lines_is_read_in_any_column(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], texts: list[str]
) -> None:
    given = {"kind": "publish", "at": "2026-01-01T08:00Z", "network": "x"}
    file = tmp_path_factory.mktemp("rows") / "history.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, names)
        table.writeheader()
        table.writerows({**given, "text": text} for text in texts)
    told = [case.act.text for case in cases(list(read_history(file, CHARTER)))]
    assert told == [text if text.strip() else None for text in texts]


def test_a_cell_in_quotes_may_follow_one_of_several_lines(rows: Read) -> None:
    (case,) = cases(rows('text,kind\n"a\nb","publish"\n'))
    assert (case.act.text, case.act.kind) == ("a\nb", "publish")


def test_a_row_that_was_swallowed_from_its_middle_on_is_told(rows: Read) -> None:
    at = "2026-01-01T08:00Z"
    (found,) = rows(f'kind,text,at\npublish,"a,{at}\nreply,b",{at}\n')
    assert isinstance(found, Unreadable)
    assert found.lost == 1


def test_rows_that_no_column_tells_from_text_are_told_by_how_programs_write(rows: Read) -> None:
    (found,) = rows('network,text\nbluesky,"a\nbluesky,b\nbluesky,c"\n')
    assert isinstance(found, Unreadable)
    assert found.lost == 2


def test_a_cell_has_at_most_a_million_characters(rows: Read) -> None:
    line = "x" * 499_999 + "\n"
    found = rows(f'kind,text\npublish,"{line}{line}"\npublish,"{line * 3}"\nreply,c\n')
    assert outline(found) == [("line 2", True), ("line 5", False), ("line 9", True)]
    assert isinstance(found[1], Unreadable)
    assert [problem.message for problem in found[1].problems] == [
        "a cell has more than 1,000,000 characters",
        "lines 6–8 were not read",
    ]


def test_rows_of_separators_alone_are_rows_save_above_the_header(rows: Read) -> None:
    found = rows("kind,text\n,\n , \n\n,\n")
    assert outline(found) == [(f"line {n}", False) for n in (2, 3, 4, 5)]
    assert [str(row) for row in found[1:3]] == [
        "line 3: the row is empty (remove it if no act is missing there)",
        "line 4: the line is blank (remove it if no act is missing there)",
    ]
    assert len(rows("\n,\n,,\nkind,text\npublish,a\n")) == 1


NOTHING_HELD = {".csv": ["", " ", ",", " , "], ".jsonl": ["", " ", "{}", '{"kind": null}']}
ABOVE = {".csv": ["kind,text"], ".jsonl": []}
ONE = {".csv": "publish,a", ".jsonl": '{"kind": "publish"}'}


@given(st.sampled_from([*ONE]), st.lists(st.integers(0, 7), min_size=1, max_size=4), st.data())
def test_a_history_whose_rows_hold_nothing_for_too_long_is_read_no_further(
    tmp_path_factory: pytest.TempPathFactory, end: str, runs: list[int], data: st.DataObject
) -> None:
    most = 4
    written = [*ABOVE[end]]
    for run in runs:
        written += data.draw(
            st.lists(st.sampled_from(NOTHING_HELD[end]), min_size=run, max_size=run)
        )
        written += [ONE[end]]
    file = tmp_path_factory.mktemp("rows") / f"history{end}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cmcore.codec.lines.MOST_EMPTY", most)
        if max(runs) <= most:
            assert len(history(file, "\n".join(written))) == sum(runs) + len(runs)
            return
        before = next(n for n, run in enumerate(runs) if run > most)
        with pytest.raises(InvalidError) as caught:
            history(file, "\n".join(written))
        (problem,) = caught.value.problems
        assert problem.code == "too-many-empty"
        assert problem.line == len(ABOVE[end]) + sum(runs[:before]) + before + most + 1


@pytest.mark.parametrize("end", [".csv", ".jsonl"])
@pytest.mark.parametrize("count", [10_000, 10_001])
def test_ten_thousand_rows_that_hold_nothing_are_read(tmp_path: Path, end: str, count: int) -> None:
    text = "\n".join([*ABOVE[end], *[""] * count, ONE[end]])
    if count == 10_000:
        assert len(history(tmp_path / f"history{end}", text)) == count + 1
        return
    with pytest.raises(InvalidError, match="more than 10,000 rows in a row hold nothing"):
        history(tmp_path / f"history{end}", text)


@pytest.mark.parametrize("blank", ["", ",,"])
@pytest.mark.parametrize("count", [10_000, 10_001])
def test_ten_thousand_rows_may_stand_above_the_header(rows: Read, blank: str, count: int) -> None:
    text = "\n".join([*[blank] * count, "kind,text", "publish,a"])
    if count == 10_000:
        assert len(rows(text)) == 1
        return
    (problem,) = refused(rows, text)
    assert (problem.code, problem.line) == ("too-many-empty", count)


def test_rows_that_say_something_may_be_many(rows: Read) -> None:
    text = "\n".join(["kind,text", *["", "publish,a"] * 10_001])
    assert len(rows(text)) == 20_002


def test_a_row_of_tabs_and_an_empty_text_are_no_blank_line(rows: Read, tmp_path: Path) -> None:
    assert len(rows('kind\n""\n')) == 1
    file = tmp_path / "tabs.csv"
    file.write_text("kind\ttext\n\t\n", encoding="utf-8")
    (row,) = read_history(file, CHARTER, separator="\t")
    assert isinstance(row, Unreadable)
    assert row.problems == (Problem.of("empty-row"),)


def test_a_row_with_the_id_of_another_is_told(rows: Read) -> None:
    found = rows("id,kind\np1,publish\np2,publish\np1,reply\n,reply\n,reply\n")
    assert outline(found) == [(f"line {n}", n != 4) for n in range(2, 7)]
    assert str(found[2]) == "line 4: a row above it has the same id (keep one row of each act)"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=6))
def test_a_row_with_the_id_of_another_is_told_whichever_of_them_reads(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    cells = [f"{id_},{'1' if reads else 'many'}" for id_, reads in told]
    acts = [json.dumps({"id": id_, "risk": 1 if reads else "many"}) for id_, reads in told]
    ids = [id_ for id_, _ in told]
    for end, text in (("csv", "\n".join(["id,risk", *cells])), ("jsonl", "\n".join(acts))):
        found = history(folder / f"history.{end}", text)
        for n, (row, (id_, reads)) in enumerate(zip(found, told, strict=True)):
            codes = [p.code for p in row.problems] if isinstance(row, Unreadable) else []
            assert ("id-repeated" in codes) == (id_ in ids[:n])
            assert len(codes) == (id_ in ids[:n]) + (not reads)


def test_a_first_row_badly_quoted_is_refused(rows: Read) -> None:
    (problem,) = refused(rows, '"kind"x,text\n')
    assert problem.message == "a quote opened on line 1 is closed in the middle of a cell"
    assert problem.line == 1


def test_a_row_that_is_not_utf_8_is_unreadable_alone(rows: Read) -> None:
    found = rows("kind,text\npublish,été\nreply,é\n".encode("latin-1") + "reply,é\n".encode())
    assert outline(found) == [("line 2", False), ("line 3", False), ("line 4", True)]
    assert isinstance(found[0], Unreadable)
    assert found[0].problems == (Problem.of("row-not-utf"),)
    assert str(found[0]).isascii()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tône\n".encode("latin-1"), "row-not-utf"),
        ("kind\n".encode("utf-16"), "file-not-utf"),
        ("t\ufffdne\n".encode(), "damaged-text"),
    ],
)
def test_a_first_row_that_is_not_utf_8_is_refused(text: bytes, code: str, rows: Read) -> None:
    (problem,) = refused(rows, text)
    assert problem.code == code


def test_files_put_together_leave_a_doubt_where_the_next_one_begins(rows: Read) -> None:
    for text in ("kind,text\npublish,x\n\ufeffreply,y\nreply,z\n",
                 'kind,text\npublish,x\n"\ufeffreply",y\nreply,z\n'):  # fmt: skip
        found = rows(text)
        assert outline(found) == [("line 2", True), ("line 3", False), ("line 4", True)]
        assert isinstance(found[1], Unreadable)
        assert found[1].casts_doubt
        assert [one.code for one in found[1].problems] == ["mark-in-row"]


def test_a_giant_line_is_one_unreadable_row(rows: Read) -> None:
    giant = "publish,x\n".rjust(3 * LONGEST, " ")
    found = rows(f"kind,text\n{giant}reply,y\n")
    assert outline(found) == [("line 2", False), ("line 3", True)]
    assert isinstance(found[0], Unreadable)
    assert found[0].problems[0].message == "the line has more than 1,000,000 characters"
    assert outline(rows("kind,text\n" + "x" * (LONGEST + 1))) == [("line 2", False)]
    assert outline(rows(f"kind,text\n{giant[:-1]}")) == [("line 2", False)]
    assert refused(rows, "x" * (LONGEST + 1))[0].message.startswith("the line has more than")


def test_a_giant_line_never_leaves_a_row_behind(rows: Read) -> None:
    piece = '_,"' + "x" * (LONGEST - 5)
    (found,) = rows(f"kind,text\n{piece}\npublish,{'y' * LONGEST}\nreply,z\n")
    assert isinstance(found, Unreadable)
    assert found.lost == 2
    bare = piece.replace('"', "")
    assert outline(rows(f"kind,text\n{bare}\npublish,{'y' * LONGEST}\nreply,z\n")) == [
        ("line 2", False),
        ("line 3", False),
        ("line 4", True),
    ]


# ------------------------------------------------------------------------------------- JSON lines


def test_lines_are_read_one_by_one_with_their_line(lines: Read) -> None:
    found = lines('{"id": "a", "kind": "publish"}\n{"kind": "reply", "text": "a\\nb"}')
    assert [(case.act.kind, case.place) for case in cases(found)] == [
        ("publish", "line 1"),
        ("reply", "line 2"),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": "Bonj', "a quote is opened and never closed"),
        ('{"text": "a\tb"}', "a text holds a line break or a tab (write it `\\n` or `\\t`)"),
        ('{"text": "a", "text": "b"}',
         "text: the key `text` is repeated (it is already on line 2: keep one of them)"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_line_is_its_cause_and_its_own_line(
    line: str, told: str, lines: Read
) -> None:
    found = lines(f'{{"kind": "reply"}}\n{line}\n')
    assert str(found[1]) == f"line 2: {told}"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"kind": ', "a value is missing"),
        ('{"kind": "x", "kind": "y"}', "the key `kind` is repeated"),
        ("[]", "expected a mapping, not a list"),
        ('{"risk": NaN}', "a number is not finite"),
        ('{"knd": 1}', "there is no fact `knd`"),
        ('{"text": "\\ud800"}', "the text holds half a character"),
        ("[" * 10_000, "there are more than 64 levels of nesting"),
        ("x" * (LONGEST + 1), "the line has more than 1,000,000 characters"),
    ],
    ids=["cut", "twice", "list", "nan", "fact", "half", "deep", "giant"],
)
def test_a_line_that_does_not_read_is_unreadable_alone(
    line: str, message: str, lines: Read
) -> None:
    found = lines(f'{line}\n{{"kind": "reply"}}\n')
    assert outline(found) == [("line 1", False), ("line 2", True)]
    assert isinstance(found[0], Unreadable)
    assert found[0].problems[0].message.startswith(message)
    assert all(problem.line is None for problem in found[0].problems)


def test_a_line_that_is_not_utf_8_is_unreadable_alone(lines: Read) -> None:
    found = lines(b'{"text": "\xff"}\n{"text": "x"}\n')
    assert outline(found) == [("line 1", False), ("line 2", True)]


def is_told(row: dict[str, tuple[str, Any]]) -> bool:
    return any(plain is not None for _, plain in row.values())


@given(many=st.lists(facts().filter(is_told), max_size=3))
def test_json_lines_say_what_they_say(
    many: list[dict[str, tuple[str, Any]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("json") / "history.ndjson"
    data = [{name: plain for name, (_, plain) in told.items()} for told in many]
    file.write_text("".join(f"{json.dumps(item)}\n" for item in data), encoding="utf-8")
    expected = [read_case(item, CHARTER, place=f"line {n}") for n, item in enumerate(data, 1)]
    assert list(read_history(file, CHARTER)) == expected


def test_an_empty_file_of_lines_is_a_history_without_acts(lines: Read) -> None:
    assert lines("") == lines("\n") == lines("\ufeff") == []


def test_a_line_that_says_nothing_is_an_empty_row(lines: Read) -> None:
    found = lines('{}\n{"kind": null}\n{"_x": 1}\n')
    assert outline(found) == [("line 1", False), ("line 2", False), ("line 3", False)]


# ------------------------------------------------------------------------------------------ files


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (problem,) = refused(read_history, tmp_path / "history.xlsx", CHARTER)
    assert problem.message == "the format of `history.xlsx` is unknown"
    archives = "`.zip`, `.tar.gz`, `.tgz`, `.tar`, `.json`, `.js`, `.car`"
    assert problem.hint == f"end its name with one of `.csv`, `.jsonl`, `.ndjson`, {archives}"


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_history(str(tmp_path / "none.csv"), CHARTER)


def test_the_ending_of_a_name_may_be_in_capitals(tmp_path: Path) -> None:
    file = tmp_path / "HISTORY.CSV"
    file.write_text("kind\npublish\n", encoding="utf-8")
    assert len(list(read_history(file, CHARTER))) == 1


def test_a_history_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text("kind\n" + "publish\n" * 100_000, encoding="utf-8")
    found = read_history(file, CHARTER)
    assert [next(found).place for _ in range(3)] == ["line 2", "line 3", "line 4"]
    found.close()


@pytest.mark.parametrize("cell", ["|", " | | "])
def test_a_cell_of_nothing_but_separators_is_no_empty_set(cell: str, rows: Read) -> None:
    (row,) = rows(f"topics\n{cell}\n")
    assert isinstance(row, Unreadable)
    assert row.problems[0].path == ("topics",)


#: What stands in the cells of some columns: right, wrong, damaged, nothing, and in other forms.
SOME_CELLS = {
    "id": ("a", "b", " ", "a\u200b", "x" * 300),
    "at": ("2026-01-01T00:30Z", "2026-01-05T00:30Z", "2026-01-01", "(none)"),
    "kind": ("publish", "reply", "publsh", "(none)"),
    "network": ("x", "X", "n/a", ""),
    "topics": ("a|b", "b|a", "a||b", "(none)", "a, b"),
    "text": ("Bonjour", "Salut", "Ã©tÃ©", "(none)", "n/a"),
    "media": ("video", "image|video", "n/a"),
    "tone": ("calm", "angry", "sour", "(none)"),
    "claim": ("yes", "1", "maybe"),
    "risk": ("1", "1e3", "1,5", "(none)"),
    "wait": ("1 h", "2 h", "1", "-1 h"),
    "in_reply_to.tone": ("critical", "kind", "(none)"),
    "author.roles": ("editor", "editor|boss", "(none)"),
    "author.contract": ("employee", "agency", "slave", "(none)"),
    "incident.open": ("yes", "no", "(none)"),
    "event.launch": ("2026-01-01T00:30Z", "2026-01-02T00:30Z", "(none)", "soon"),
    "holiday": ("yes", "no", "(none)"),
    "colour": ("red",),
}
#: Most cells of most rows are right.
SOME_ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(sorted(SOME_CELLS)), st.sampled_from([0, 0, 0, 1, 1, 1, 2, 3, 4]),
        min_size=1, max_size=4,
    ),
    min_size=4, max_size=12,
).map(lambda rows: [
    {name: SOME_CELLS[name][at % len(SOME_CELLS[name])] for name, at in row.items()}
    for row in rows
])  # fmt: skip
USUAL: tuple[dict[str, object], ...] = (
    {},
    {"network": "x", "author.roles": ["boss"], "tone": "calm"},
)


@given(SOME_ROWS, st.sampled_from([CELL, JSON]), st.sampled_from(USUAL))
def test_a_row_reads_the_same_whatever_rows_come_before_it(
    rows: list[dict[str, object]],
    reads: Mapping[str, Callable[[object], object]],
    usual: dict[str, object],
) -> None:
    reader = Reader(CHARTER, reads, usual)
    for number, row in enumerate([*rows, *rows]):
        place = f"line {number}"
        assert reader.row(row_of(row), place) == Reader(CHARTER, reads, usual).row(flat(row), place)


def test_more_contexts_than_are_remembered_are_read_as_all_others(
    rows: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(["kind,author.seniority", *(f"publish,{n % 3}" for n in range(9))])
    many = rows(text)
    monkeypatch.setattr("cmcore.codec.histories._REMEMBERED", 1)
    assert rows(text) == many
