"""Nothing lost: every row of a file is decided, unreadable or known to be missing.

And no damage to a file makes an audit better: the interval of the covered share begins no higher,
so that neither *missed* nor *not enough evidence* becomes *met*. Damage that leaves a well-formed
row of other facts is none that a reader can see: it is kept to a column that no rule reads.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    Act,
    Audit,
    Charter,
    Context,
    InvalidError,
    audit,
    decide,
    parse,
    read_history,
    unstructure,
)
from cmcore.charters import Case, Earlier, Unreadable, Verdict
from cmcore.charters.audits.cases import cases, last_case
from cmcore.codec import read_case
from cmcore.strategies import acts, charters, contexts, instants

CHARTER = parse(
    """
charter: shop
labels: {mood: [calm, angry], note: text}
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - permit: shop
    when: {topics: {only: [shop]}}
    because: It is about the shop.
""",
    Charter,
)
#: The columns of a file; the last is read by no rule.
HEADS = (
    ("topics", "text"),
    ("topics", "network", "text"),
    ("at", "kind", "topics", "text"),
    ("mood", "topics", "_left alone", "note", "text"),
)
CELLS = {
    "topics": st.sampled_from(["shop", "strike", "shop|strike", ""]),
    "network": st.sampled_from(["bluesky", "mastodon", ""]),
    "at": st.sampled_from(["2026-01-31T09:00Z", "2026-01-31T10:00+02:00"]),
    "kind": st.sampled_from(["publish", "reply"]),
    "mood": st.sampled_from(["calm", "angry", ""]),
    "_left alone": st.sampled_from(["", "Ana", "7"]),
    "note": st.sampled_from(["", "hi", 'she said "no"']),
}
PROSE = ["hi", "Bonjour", "It is late, isn't it?", '"No", she said', "Dear all,", "été 🌞", "a  b"]
lines = st.lists(st.sampled_from(PROSE), min_size=1, max_size=4)
texts = lines.map("\n".join)
short = st.sampled_from([text for text in PROSE if text])
Row = Act | Case | Unreadable
Table = tuple[tuple[str, ...], list[list[str]]]


@st.composite
def tables(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> Table:
    """Draw the header and the rows of a file."""
    head = draw(st.sampled_from(HEADS))
    cells = st.tuples(*(CELLS.get(name, text) for name in head)).map(list)
    return head, draw(st.lists(cells, min_size=1, max_size=12))


def written(table: Table, end: str = "\n", quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    """Write a table as programs do."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=end, quoting=quoting)
    writer.writerows([table[0], *table[1]])
    return stream.getvalue()


def audited(folder: Path, data: str | bytes, missing: int = 0, end: str = "csv") -> Audit | None:
    """Audit what a file holds, None where it is refused as a whole."""
    file = folder / f"history.{end}"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    try:
        return audit(CHARTER, read_history(file, CHARTER), missing=missing)
    except InvalidError:
        return None


def places(text: str) -> st.SearchStrategy[int]:
    """Return places below the first line: where cells begin, and any other."""
    start = text.index("\n") + 1
    cells = [at for at in range(start, len(text)) if text[at - 1] in ",\n"]
    return st.one_of(st.sampled_from(cells), st.integers(start, len(text)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def accounted(found: Audit) -> int:
    """Count the rows decided, unreadable or known to be missing."""
    return found.total + found.lost + (found.missing or 0)


class TestRows:
    """As many rows as another reader counts."""

    @given(tables(), st.sampled_from(["\n", "\r\n"]), st.sampled_from([0, 1, 7]),
           st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))  # fmt: skip
    def test_a_well_formed_file_has_as_many_rows_as_another_reader_counts(
        self, folder: Path, table: Table, end: str, missing: int, quoting: Literal[0, 1]
    ) -> None:
        text = written(table, end, quoting)
        counted = sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
        found = audited(folder, text, missing)
        assert found is not None
        assert (found.lost, found.doubts, found.unreadable_count) == (0, 0, 0)
        assert accounted(found) == counted - 1 + missing

    @given(tables(short), st.data())
    def test_a_quote_put_anywhere_loses_no_line(
        self, folder: Path, table: Table, data: st.DataObject
    ) -> None:
        text = written(table)
        at = data.draw(places(text))
        found = audited(folder, f'{text[:at]}"{text[at:]}')
        assert found is not None
        extra = at == len(text)  # a line of its own
        assert accounted(found) in {len(table[1]), len(table[1]) + extra}

    @given(tables(short), st.data())
    def test_a_quote_taken_away_loses_no_line(
        self, folder: Path, table: Table, data: st.DataObject
    ) -> None:
        text = written(table, quoting=csv.QUOTE_ALL)
        start = text.index("\n") + 1
        quotes = [at for at in range(start, len(text)) if text[at] == '"']
        at = data.draw(st.sampled_from(quotes))
        found = audited(folder, text[:at] + text[at + 1 :])
        assert found is not None
        assert accounted(found) == len(table[1])


def quote_added(text: str, at: int) -> bytes:
    return f'{text[:at]}"{text[at:]}'.encode()


def quote_taken(text: str, at: int) -> bytes:
    found = text.find('"', at)
    return (text if found < 0 else text[:found] + text[found + 1 :]).encode()


def line_end_taken(text: str, at: int) -> bytes:
    found = text.find("\n", at)
    return (text if found < 0 else text[:found] + text[found + 1 :]).encode()


def byte_spoiled(text: str, at: int) -> bytes:
    return text[:at].encode() + b"\xe9" + text[at:].encode()


def character_spoiled(text: str, at: int) -> bytes:
    return f"{text[:at]}\ufffd{text[at + 1 :]}".encode()


def nul_written(text: str, at: int) -> bytes:
    return f"{text[:at]}\0{text[at + 1 :]}".encode()


def header_repeated(text: str, at: int) -> bytes:
    found = text.find("\n", at) + 1
    return f"{text[:found]}{text[: text.index(chr(10)) + 1]}{text[found:]}".encode()


def row_added(text: str, at: int) -> bytes:
    found = text.find("\n", at) + 1
    return f"{text[:found]}2026-13-01,publsh,?\n{text[found:]}".encode()


def separator_taken(text: str, at: int) -> bytes:
    found = text.find(",", at)
    return (text if found < 0 else text[:found] + text[found + 1 :]).encode()


def separator_added(text: str, at: int) -> bytes:
    found = text.find("\n", at)
    return (text if found < 0 else f"{text[:found]},{text[found:]}").encode()


def row_blanked(text: str, at: int) -> bytes:
    """Leave nothing of a row but its separators."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    commas = "," * text[: text.index("\n")].count(",")
    return (text if end < 0 else text[:start] + commas + text[end:]).encode()


def file_doubled(text: str, at: int) -> bytes:
    """Write once more what a file has from some place on."""
    start = text.find("\n", at) + 1
    return (text + (text[start:] if start else "")).encode()


DAMAGES = [
    quote_added,
    quote_taken,
    line_end_taken,
    byte_spoiled,
    character_spoiled,
    nul_written,
    header_repeated,
    row_added,
    separator_taken,
    separator_added,
    row_blanked,
]


def braces(words: list[str]) -> str:
    return f"{{{','.join(words)}}}"


#: How else than with `|` programs and people write a set in a cell.
WAYS: list[Callable[[list[str]], str]] = [
    ", ".join,
    ",".join,
    "; ".join,
    "\n".join,
    "\u3001".join,
    repr,
    lambda words: json.dumps(words, ensure_ascii=False),
    braces,
]
#: What people put between thousands, and before decimals.
SIGNS = ".,'’ \u00a0\u202f"
FOLLOWED = parse(
    """
charter: followed
labels: {risk: number}
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - {permit: all, because: Fine.}
  - {forbid: many, when: {risk: {at least: 1000}}, because: Ask.}
""",
    Charter,
)


class TestCells:
    """A cell is what it says, or the row is unreadable and says so: it is never something else."""

    @given(st.lists(st.sampled_from(["shop", "strike", "C++", "l'été"]), min_size=1, unique=True),
           st.sampled_from(WAYS))  # fmt: skip
    def test_a_set_written_another_way_is_never_taken_for_one_word(
        self, folder: Path, words: list[str], way: Callable[[list[str]], str]
    ) -> None:
        file = folder / "sets.csv"
        text = written((("kind", "topics"), [["publish", way(words)]]))
        file.write_text(text, encoding="utf-8")
        (row,) = read_history(file, CHARTER)
        if isinstance(row, Case):
            assert row.act.topics == frozenset(words)
        else:
            (problem,) = row.problems
            assert (problem.code, problem.path) == ("several-words", ("topics",))
            cell = str(problem.params["cell"])
            file.write_text(written((("kind", "topics"), [["publish", cell]])), encoding="utf-8")
            (row,) = read_history(file, CHARTER)
            assert isinstance(row, Case)
            assert row.act.topics == frozenset(words)

    @given(st.integers(-(10**7), 10**7), st.sampled_from(SIGNS), st.sampled_from([1, 1000]))
    def test_a_number_is_what_it_says_or_unreadable(
        self, folder: Path, number: float, sign: str, by: int
    ) -> None:
        shown = f"{number:,}".replace(",", sign)
        if by > 1 and sign in ".,":
            shown, number = f"{number / by:.3f}".replace(".", sign), number / by
        file = folder / "numbers.csv"
        file.write_text(written((("kind", "risk"), [["publish", shown]])), encoding="utf-8")
        (row,) = read_history(file, FOLLOWED)
        if isinstance(row, Case):
            assert row.act.labels["risk"] == number
        else:
            (problem,) = row.problems
            assert problem.hint
            assert problem.params.get("write") != shown

    def test_a_number_that_reads_two_ways_names_both(self, folder: Path) -> None:
        file = folder / "numbers.csv"
        file.write_text("kind,risk\npublish,12.000\npublish,1.250\n", encoding="utf-8")
        told = [str(row.problems[0]) for row in read_history(file, FOLLOWED)
                if isinstance(row, Unreadable)]  # fmt: skip
        assert told == [
            "risk: `12.000` may be `12000` or `12` (write one of the two)",
            "risk: `1.250` may be `1250` or `1.25` (write one of the two)",
        ]


WATCHFUL = parse(
    """
charter: watchful
target: 0.5
labels: {risk: number}
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - {permit: all, because: Fine.}
  - {forbid: recall, when: {text: {mentions: [rappel, grève]}}, because: Ask.}
""",
    Charter,
)
#: What a character becomes that a program could not read, and how files are written that are no
#: UTF-8.
MARKS = ["\ufffd", "\0", "\x1a"]
ENCODINGS = ["cp1252", "latin-1", "mac-roman"]
WIDE = ["utf-16", "utf-16-le", "utf-16-be"]


def watched(file: Path, data: bytes) -> Audit:
    file.write_bytes(data)
    return audit(WATCHFUL, read_history(file, WATCHFUL))


def told_rows(texts_: list[str], end: str) -> str:
    """Write texts as the rows of a history."""
    if end == "csv":
        return written((("kind", "text"), [["publish", text] for text in texts_]))
    return "".join(json_lines([{"kind": "publish", "text": text} for text in texts_]))


class TestEncoding:
    """What could not be read of a file is no evidence, and hides no word."""

    @given(st.lists(st.sampled_from(["Bonjour", "Un rappel", "La grève"]), min_size=1),
           st.sampled_from(MARKS), st.sampled_from(["csv", "jsonl"]), st.data())  # fmt: skip
    def test_a_row_in_which_a_character_is_lost_is_listed_and_leaves_a_doubt(
        self, folder: Path, texts_: list[str], mark: str, end: str, data: st.DataObject
    ) -> None:
        spoilt = [data.draw(st.booleans()) for _ in texts_]
        at = data.draw(st.integers(0, 7))
        shown = [f"{text[:at]}{mark}{text[at + 1 :]}" if gone else text
                 for text, gone in zip(texts_, spoilt, strict=True)]  # fmt: skip
        found = watched(folder / f"spoilt.{end}", told_rows(shown, end).encode())
        assert found.total == len(texts_)
        assert found.unreadable_count == found.doubts == sum(spoilt)
        calm = [text == "Bonjour" and not gone for text, gone in zip(texts_, spoilt, strict=True)]
        assert found.covered == sum(calm)
        assert found.verdict is Verdict.UNDECIDED or not any(spoilt)

    @given(st.integers(1, 120), st.sampled_from(ENCODINGS), st.sampled_from(["csv", "jsonl"]))
    def test_a_file_in_another_encoding_is_neither_met_nor_missed(
        self, folder: Path, count: int, encoding: str, end: str
    ) -> None:
        text = told_rows(["La grève"] * count, end)
        found = watched(folder / f"old.{end}", text.encode(encoding))
        assert (found.total, found.doubts, found.covered) == (count, count, 0)
        assert found.verdict is Verdict.UNDECIDED
        assert "Windows-1252" in str(found.unreadable[0])

    @pytest.mark.parametrize("end", ["csv", "jsonl"])
    @pytest.mark.parametrize("encoding", WIDE)
    def test_a_file_in_wide_characters_is_refused_by_name(
        self, folder: Path, encoding: str, end: str
    ) -> None:
        with pytest.raises(InvalidError, match="UTF-16"):
            watched(folder / f"wide.{end}", told_rows(["ok"], end).encode(encoding))

    @pytest.mark.parametrize("start", [b"\x1f\x8b\x08", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
    def test_a_file_that_is_no_text_is_refused_by_name(self, folder: Path, start: bytes) -> None:
        with pytest.raises(InvalidError, match=r"compressed|workbook"):
            watched(folder / "packed.csv", start + b"kind,text\npublish,ok\n")


#: What a line of JSON says beside, or in place of, the facts of an act.
BESIDE = [
    "null",
    "3",
    "[]",
    '["publish"]',
    '"publish"',
    '{"foo": 1}',
    '{"foo": 1, "bar": null}',
    '{"case": {"act": {"kind": "publish"}}}',
    '{"post": {"kind": "publish", "text": "Un rappel"}}',
    '{"labels": {"rik": 1}}',
    '{"kind": "publish", "post": {"text": "Un rappel"}}',
]


def unplaced(row: Case | Unreadable) -> object:
    """Return a row without its line, or the codes of what is wrong with it."""
    if isinstance(row, Case):
        return row.act, row.context
    return [problem.code for problem in row.problems]


class TestKeys:
    """What a row says of an act is read, told or in doubt: it is never dropped in silence."""

    @pytest.mark.parametrize("line", BESIDE)
    def test_a_line_that_says_no_act_as_acts_are_written_leaves_a_doubt(
        self, folder: Path, line: str
    ) -> None:
        rows = '{"kind": "publish", "text": "ok"}\n' * 60
        found = watched(folder / "beside.jsonl", f"{rows}{line}\n".encode())
        assert (found.total, found.doubts, found.verdict) == (61, 1, Verdict.UNDECIDED)

    @given(acts(WATCHFUL), contexts(WATCHFUL))
    def test_an_act_is_read_as_it_is_written_alone_or_with_its_context(
        self, folder: Path, act: Act, context: Context
    ) -> None:
        context = attrs.evolve(context, earlier=None)
        file = folder / "whole.jsonl"
        lines_ = [unstructure(act), {"act": unstructure(act), "context": unstructure(context)}]
        file.write_text("".join(json_lines(lines_)), encoding="utf-8")
        read = [row for row in read_history(file, WATCHFUL) if isinstance(row, Case)]
        if act not in {Act(), Act(id=act.id)} and not act.id:
            assert [(row.act, row.context) for row in read] == [(act, Context()), (act, context)]
        assert read_case(lines_[1], WATCHFUL) == Case(act, context)

    def test_what_a_case_says_of_its_context_twice_is_what_its_context_says(self) -> None:
        act = {"kind": "publish", "author.roles": ["a"], "incident.open": True}
        case = read_case({"act": act, "context": {"incident": {"open": False}}}, WATCHFUL)
        assert case.context.author.roles == frozenset({"a"})
        assert case.context.incident.open is False
        for wrong in ({"act": {"labels": 3, "absent": [3]}}, {"act": {"absent": [3]}}):
            with pytest.raises(InvalidError, match=r"act\."):
                read_case(wrong, WATCHFUL)

    @given(tables(short), st.sampled_from([";", "\t", ",", "|"]), st.sampled_from(["", '"']))
    def test_a_first_line_that_names_the_separator_says_as_much_as_asking_for_it(
        self, folder: Path, table: Table, separator: str, mark: str
    ) -> None:
        stream = io.StringIO()
        csv.writer(stream, delimiter=separator).writerows([table[0], *table[1]])
        said = f"{mark}sep={separator}{mark}"
        file = folder / "excel.csv"
        file.write_text(stream.getvalue(), encoding="utf-8", newline="")
        asked = [*read_history(file, CHARTER, separator=separator)]
        file.write_text(f"{said}\r\n{stream.getvalue()}", encoding="utf-8", newline="")
        read = [*read_history(file, CHARTER)]
        assert [unplaced(row) for row in read] == [unplaced(row) for row in asked]

    @given(st.lists(st.sampled_from(["Likes", "sujet", "_editor", "text"]), min_size=1),
           st.sampled_from(["csv", "jsonl"]))  # fmt: skip
    def test_what_is_left_alone_is_counted_alike_in_both_kinds_of_file(
        self, folder: Path, keys: list[str], end: str
    ) -> None:
        rows: list[dict[str, object]] = [{"kind": "publish", key: "1"} for key in keys]
        heads = ("kind", "Likes", "sujet", "_editor", "text")
        table = [[str(row.get(head, "")) for head in heads] for row in rows]
        text = written((heads, table)) if end == "csv" else "".join(json_lines(rows))
        file = folder / f"others.{end}"
        file.write_text(text, encoding="utf-8")
        read = read_history(file, WATCHFUL)
        assert len([*read]) == len(keys)
        counts = {key: keys.count(key) for key in ("Likes", "sujet") if key in keys}
        assert read.left_alone == counts


#: Rows that are covered, and rows that are not, each with an id of its own.
ITEMS = st.lists(
    st.fixed_dictionaries({
        "topics": st.sampled_from([["shop"], ["strike"], ["shop", "strike"]]),
        "text": st.sampled_from(PROSE),
        "in_reply_to": st.just({"kind": "comment"}),
    }), min_size=1, max_size=8
).map(lambda rows: [{"id": f"p{number}", **row} for number, row in enumerate(rows)])  # fmt: skip


def json_lines(rows: list[dict[str, object]]) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


OPEN = parse(
    """
charter: open
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules: [{permit: all, because: Fine.}]
""",
    Charter,
)


class TestShape:
    """What is wrong with the shape of a file is seen: a cut, blank rows, rows that stand twice."""

    @given(ITEMS, st.data())
    def test_json_lines_that_are_cut_within_a_row_are_in_doubt(
        self, folder: Path, rows: list[dict[str, object]], data: st.DataObject
    ) -> None:
        raw = "".join(json_lines(rows)).encode()
        cut = data.draw(st.integers(1, len(raw) - 1))
        is_within = b"\n" not in {raw[cut - 1 : cut], raw[cut : cut + 1]}
        found = audited(folder, raw[:cut], end="jsonl")
        assert found is not None
        assert found.doubts == is_within
        assert found.total == raw[:cut].count(b"\n") + (raw[cut - 1 : cut] != b"\n")

    @given(ITEMS, st.data())
    def test_csv_that_is_cut_within_its_bytes_or_cells_is_in_doubt(
        self, folder: Path, rows: list[dict[str, object]], data: st.DataObject
    ) -> None:
        lines_ = ["id,topics,text,mood\n", *(f"{row['id']},shop,été,calm\n" for row in rows)]
        raw = "".join(lines_).encode()
        last = data.draw(st.integers(1, len(rows)))
        start = len("".join(lines_[:last]).encode())
        stop = start + len(lines_[last].encode()) - len("calm\n")
        found = audited(folder, raw[: data.draw(st.integers(start + 1, stop))])
        assert found is not None
        assert (found.doubts, found.total) == (1, last)

    @pytest.mark.parametrize("blank", ["", " ", "   \t"])
    @pytest.mark.parametrize("end", ["csv", "jsonl"])
    @given(rows=ITEMS, data=st.data())
    def test_a_blank_line_is_a_row_save_one_at_the_very_end(
        self, folder: Path, blank: str, end: str, rows: list[dict[str, object]], data: st.DataObject
    ) -> None:
        head = ["kind,topics\n"] if end == "csv" else []
        whole = ["publish,shop\n" for _ in rows] if end == "csv" else json_lines(rows)
        places_ = data.draw(st.lists(st.integers(0, len(whole)), max_size=4))
        lines_ = list(whole)
        for place in sorted(places_, reverse=True):
            lines_.insert(place, f"{blank}\n")
        found = audited(folder, "".join(head + lines_), end=end)
        assert found is not None
        is_end = places_.count(len(whole)) == 1
        assert found.doubts == len(places_) - is_end
        assert accounted(found) == len(lines_) - is_end

    @given(st.integers(0, 60), st.sampled_from([",\n", "{}\n", '{"kind": null, "topics": null}\n']))
    def test_a_row_that_holds_nothing_makes_no_target_met(
        self, folder: Path, place: int, row: str
    ) -> None:
        end = "csv" if row == ",\n" else "jsonl"
        rows = ["publish,shop\n" if end == "csv" else '{"topics": ["shop"]}\n'] * 60
        head = "kind,topics\n" if end == "csv" else ""
        file = folder / f"empty.{end}"
        file.write_text(head + "".join([*rows[:place], row, *rows[place:]]), encoding="utf-8")
        found = audit(OPEN, read_history(file, OPEN))
        assert (found.total, found.doubts, found.verdict) == (61, 1, Verdict.UNDECIDED)

    @given(st.lists(st.integers(0, 5), max_size=12), st.sampled_from(["csv", "jsonl"]))
    def test_an_id_that_stands_twice_casts_doubt(
        self, folder: Path, ids: list[int], end: str
    ) -> None:
        csv_ = "id,topics\n" + "".join(f"p{one},shop\n" for one in ids)
        json_ = "".join(json_lines([{"id": f"p{one}", "topics": ["shop"]} for one in ids]))
        found = audited(folder, csv_ if end == "csv" else json_, end=end)
        assert found is not None
        assert found.doubts == found.unreadable_count == len(ids) - len({*ids})
        assert found.total == len(ids)

    @given(tables(short), st.data())
    def test_a_file_appended_to_itself_is_no_better(
        self, folder: Path, table: Table, data: st.DataObject
    ) -> None:
        head, rows = ("id", *table[0]), [[f"p{n}", *row] for n, row in enumerate(table[1])]
        text = written((head, rows))
        whole = audited(folder, text)
        found = audited(folder, file_doubled(text, data.draw(places(text))))
        assert whole is not None
        assert found is not None
        assert found.interval.low <= whole.interval.low
        assert bool(found.doubts) == (found.total > whole.total)

    @given(ITEMS, st.data())
    def test_no_damage_to_json_lines_raises_the_low_end_of_the_interval(
        self, folder: Path, rows: list[dict[str, object]], data: st.DataObject
    ) -> None:
        text = "".join(json_lines(rows))
        damage = data.draw(st.sampled_from(DAMAGES))
        at = data.draw(st.integers(0, len(text)))
        whole = audited(folder, text, end="jsonl")
        found = audited(folder, damage(text, at), end="jsonl")
        assert whole is not None
        assert found is not None
        assert found.interval.low <= whole.interval.low

    @pytest.mark.parametrize("change", [1, -1])
    def test_a_cell_too_many_is_the_same_fault_as_one_too_few(
        self, folder: Path, change: int
    ) -> None:
        row = ",".join(["shop", *["a"] * (2 + change)])
        found = audited(folder, "topics,text,mood\n" + f"{row}\n" * 100)
        assert found is not None
        assert (found.doubts, found.verdict) == (100, Verdict.UNDECIDED)

    def test_a_line_end_that_windows_doubles_is_one(self, folder: Path) -> None:
        found = audited(folder, "topics,text\r\r\nshop,a\r\r\nshop,b\r\r\n")
        assert found is not None
        assert (found.total, found.doubts) == (2, 0)


class TestDamage:
    """No damage makes an audit better."""

    @pytest.mark.parametrize("damage", DAMAGES)
    @given(data=st.data())
    def test_it_never_raises_the_low_end_of_the_interval(
        self, folder: Path, damage: Callable[[str, int], bytes], data: st.DataObject
    ) -> None:
        text = written(data.draw(tables()))
        at = data.draw(places(text))
        whole, found = audited(folder, text), audited(folder, damage(text, at))
        assert whole is not None
        if found is not None:
            assert found.interval.low <= whole.interval.low

    @given(tables(), st.data())
    def test_a_file_cut_short_is_no_better_when_what_is_missing_is_told(
        self, folder: Path, table: Table, data: st.DataObject
    ) -> None:
        text = written(table)
        raw = text.encode()
        cut = data.draw(st.integers(len(text[: text.index("\n") + 1].encode()), len(raw)))
        whole, seen = audited(folder, text), audited(folder, raw[:cut])
        assert whole is not None
        assert seen is not None
        gone = max(0, whole.total - seen.total)
        found = audited(folder, raw[:cut], gone)
        assert found is not None
        assert found.interval.low <= whole.interval.low

    @given(tables(), st.data())
    def test_no_doubt_makes_a_target_missed(
        self, folder: Path, table: Table, data: st.DataObject
    ) -> None:
        text = written(table)
        damage = data.draw(st.sampled_from(DAMAGES))
        found = audited(folder, damage(text, data.draw(places(text))))
        if found is not None and found.doubts:
            assert found.verdict is Verdict.UNDECIDED

    @given(tables(), st.data())
    def test_two_columns_that_change_places_are_no_better(
        self, folder: Path, table: Table, data: st.DataObject
    ) -> None:
        head, rows = table
        at = head.index("topics")
        other = data.draw(st.sampled_from([n for n in range(len(head)) if n != at]))
        swapped = list(head)
        swapped[at], swapped[other] = swapped[other], swapped[at]
        whole = audited(folder, written((head, rows)))
        found = audited(folder, written((tuple(swapped), rows)))
        assert whole is not None
        assert found is None or found.covered <= whole.covered

    def test_one_quote_that_is_never_closed_leaves_a_target_missed_or_undecided(
        self, folder: Path
    ) -> None:
        head, tail = "topics,text\n" + "shop,hi\n" * 120, "strike,hi\n" * 300
        whole = audited(folder, f'{head}shop,"hi"\n{tail}')
        found = audited(folder, f'{head}shop,"hi\n{tail}')
        assert whole is not None
        assert found is not None
        assert (whole.total, whole.verdict) == (421, Verdict.MISSED)
        assert (found.total, found.lost, accounted(found)) == (121, 300, 421)
        assert found.verdict is Verdict.UNDECIDED
        assert str(found.unreadable[0]) == (
            "line 122: a quote opened on line 122 is never closed (close it on line 122); "
            "lines 123–422 were not read"
        )


#: Charters that count earlier acts.
busy = charters(
    facts=("recent.any", "recent.publish", "recent.delete.same_network", "kind", "network"),
    min_rules=1,
    max_depth=1,
    dated=False,
).filter(lambda charter: timedelta(0) < charter.lookback < timedelta.max)
NOTHING_BEFORE = Context(earlier=Earlier())
QUIET = parse(
    """
charter: quiet
target: 0.5
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - permit: quiet
    when: {kind: publish, recent.delete: {fewer than: 1 in 1 w}}
    because: Nothing was deleted.
""",
    Charter,
)


@st.composite
def logs(draw: st.DrawFn, charter: Charter) -> list[Act]:
    """Draw acts in order of time, no two at once, each with an id."""
    drawn = draw(st.lists(acts(charter, unknowns=False), min_size=2, max_size=6))
    at = draw(instants())
    found = []
    for number, act in enumerate(drawn):
        at += timedelta(minutes=draw(st.sampled_from([1, 30, 60, 1440, 10_080])))
        found.append(attrs.evolve(act, id=f"a{number}", at=at))
    return found


def covered(charter: Charter, rows: Iterable[Row]) -> set[str]:
    """Return the ids of the acts that are covered."""
    found = (row for row in cases(charter, rows, NOTHING_BEFORE) if isinstance(row, Case))
    return {
        row.act.id or ""
        for row in found
        if decide(charter, row.act, row.context).outcome == "covered"
    }


def shuffled(data: st.DataObject, rows: list[Row]) -> list[Row]:
    """Draw the rows in another order, which is seen not to be that of time.

    A row without a moment is taken to stand where it belongs as long as the others do.
    """
    moved: list[Row] = data.draw(st.permutations(rows))
    dated = [row.at for row in moved if row.at]  # type: ignore[union-attr]
    is_believed = len(dated) < len(moved) and dated == sorted(dated)
    return rows if is_believed else moved


class TestLog:
    """What cannot be read, or comes too late, lets no other act through."""

    @given(busy, st.data())
    def test_an_unreadable_row_opens_no_other(self, charter: Charter, data: st.DataObject) -> None:
        rows = data.draw(logs(charter))
        whole = covered(charter, rows)
        place = data.draw(st.integers(0, len(rows) - 1))
        at = data.draw(st.sampled_from([None, rows[place].at]))
        lost = data.draw(st.sampled_from([0, 1]))
        gone: list[Row] = [*rows[:place], Unreadable("?", at=at, lost=lost), *rows[place + 1 :]]
        for given_ in (gone, iter(gone), shuffled(data, gone)):
            assert covered(charter, given_) <= whole

    @given(busy, st.data())
    def test_an_act_whose_moment_is_lost_opens_no_other(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        rows = data.draw(logs(charter))
        place = data.draw(st.integers(0, len(rows) - 1))
        undated = attrs.evolve(rows[place], at=None)
        others = covered(charter, rows) | {undated.id or ""}
        gone: list[Row] = [*rows[:place], undated, *rows[place + 1 :]]
        for given_ in (gone, iter(gone), shuffled(data, gone)):
            assert covered(charter, given_) <= others

    @given(busy, st.data())
    def test_a_row_that_comes_too_late_makes_no_audit_better(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        rows = data.draw(logs(charter))
        whole = audit(charter, rows, context=NOTHING_BEFORE)
        found = audit(charter, iter(data.draw(st.permutations(rows))), context=NOTHING_BEFORE)
        assert found.total == whole.total
        assert found.interval.low <= whole.interval.low

    def test_a_row_that_comes_too_late_leaves_in_doubt_what_came_before_it(self) -> None:
        start = datetime(2026, 1, 31, tzinfo=UTC)
        rows = [Act(kind="publish", at=start + timedelta(hours=n)) for n in range(1, 40)]
        deleted = Act(kind="delete", at=start)
        whole = audit(QUIET, [deleted, *rows], context=NOTHING_BEFORE)
        found = audit(QUIET, iter([*rows, deleted]), context=NOTHING_BEFORE)
        assert whole.verdict is Verdict.MISSED
        assert (found.covered, found.doubts, found.verdict) == (39, 1, Verdict.UNDECIDED)

    def test_one_mistyped_year_condemns_no_target(self) -> None:
        start = datetime(2026, 1, 31, tzinfo=UTC)
        rows = [Act(kind="publish", at=start + timedelta(hours=n)) for n in range(60)]
        whole = audit(QUIET, iter(rows), context=NOTHING_BEFORE)
        rows[3] = attrs.evolve(rows[3], at=start.replace(year=2062))
        found = audit(QUIET, iter(rows), context=NOTHING_BEFORE)
        assert whole.verdict is Verdict.MET
        assert (found.doubts, found.verdict) == (56, Verdict.UNDECIDED)

    @given(busy, st.data())
    def test_an_act_knows_what_came_before_it_in_a_history_as_the_last_of_it_does(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        *rows, act = data.draw(logs(charter))
        gone = data.draw(st.sampled_from([[], [Unreadable("?")], [Unreadable("?", at=rows[0].at)]]))
        before: list[Case | Unreadable] = [*map(Case, rows), *gone]
        around = data.draw(st.sampled_from([NOTHING_BEFORE, Context()]))
        (*_, whole) = cases(charter, iter([*before, Case(act)]), around)
        assert isinstance(whole, Case)
        assert act.at is not None
        later = [Case(attrs.evolve(act, id="z", at=act.at + timedelta(days=n))) for n in (1, 2)]
        for history in (before, [*before, Case(act), *later]):
            found = last_case(charter, history, Case(act), around)
            assert attrs.evolve(found, place=whole.place) == whole

    @given(busy, st.data())
    def test_the_log_is_whole_again_after_as_long_as_the_charter_looks_back(
        self, charter: Charter, data: st.DataObject
    ) -> None:
        first, *rest = data.draw(logs(charter))
        end = rest[-1].at
        assert end is not None
        last = attrs.evolve(rest[-1], id="z", at=end + charter.lookback)
        rows: list[Row] = [first, Unreadable("?"), *rest, last]
        found = list(cases(charter, iter(rows), NOTHING_BEFORE))[-1]
        assert isinstance(found, Case)
        full = Context(earlier=Earlier([first, *rest]))
        assert decide(charter, last, found.context).outcome == decide(charter, last, full).outcome

    def test_a_misspelt_kind_lets_no_later_act_through(self, folder: Path) -> None:
        charter = parse(
            """
charter: quiet
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - permit: quiet
    when: {recent.publish: {fewer than: 1 in 1 h}}
    because: One an hour.
  - {refer: crisis, to: desk, when: {topics: {any of: [crisis]}}, because: Ask.}
""",
            Charter,
        )
        head = "at,kind,topics\n2026-01-31T08:00Z,delete,(none)\n"
        tail = ",crisis\n2026-01-31T10:10Z,publish,(none)\n"
        file = folder / "log.csv"
        outcomes = []
        for kind in ("publish", "publsh"):
            file.write_text(f"{head}2026-01-31T10:00Z,{kind}{tail}", encoding="utf-8")
            outcomes.append(audit(charter, read_history(file, charter)).covered)
        assert outcomes == [0, 0]

    def test_a_text_that_a_line_break_cut_is_not_held_for_the_whole(self, folder: Path) -> None:
        charter = parse(
            """
charter: calm
target: 0.5
circuits: {desk: [{ask: {role: editor}}]}
default: desk
rules:
  - {permit: all, because: Fine.}
  - {forbid: recall, when: {text: {mentions: [rappel]}}, because: Ask.}
""",
            Charter,
        )
        file = folder / "log.csv"
        calm, cut = "publish,Bonjour.\n" * 40, "publish,Bonjour.\nUn rappel du lot 42.\n" * 60
        file.write_text(f"kind,text\n{calm}{cut}", encoding="utf-8")
        assert audit(charter, read_history(file, charter)).verdict is Verdict.UNDECIDED
