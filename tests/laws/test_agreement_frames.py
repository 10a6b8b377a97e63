"""Agreement: a frame is decided row by row as the reference decides what each row stands for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import attrs
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from narwhals.typing import IntoDataFrame

from cmcore import Act, Audit, Charter, Context, InvalidError, Message, audit
from cmcore.charters import Author, Case, Situation
from cmcore.charters.audits.conclude import judge_case
from cmcore.charters.audits.tally import MOST_EXAMPLES
from cmcore.charters.conditions.facts import FactType
from cmcore.charters.decisions.compiled import compiled
from cmcore.charters.kinds import KINDS
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.codec.columns import columns
from cmcore.frames import count as counting
from cmcore.frames import program
from cmcore.frames.api import audit_frame, decide_frame
from cmcore.strategies import authors, cases, charters, contexts
from cmcore.teams.contracts import CONTRACTS, contract_of
from cmcore.time.week import local

if TYPE_CHECKING:
    from cmcore.time.units import Every

Row = dict[str, Any]
Ruled = tuple[str, tuple[str, ...], tuple[str, ...]]
ARROW: Final = {
    FactType.FLAG: pa.bool_(),
    FactType.SYMBOL: pa.string(),
    FactType.TEXT: pa.string(),
    FactType.SYMBOLS: pa.list_(pa.string()),
    FactType.NUMBER: pa.float64(),
    FactType.DURATION: pa.duration("us"),
    FactType.INSTANT: pa.timestamp("us", "UTC"),
}
PYTHON: Final[dict[FactType, Any]] = {
    FactType.FLAG: bool,
    FactType.SYMBOL: str,
    FactType.TEXT: str,
    FactType.SYMBOLS: frozenset,
    FactType.NUMBER: (int, float),
    FactType.DURATION: timedelta,
    FactType.INSTANT: datetime,
}
MESSAGES: Final = ("in_reply_to", "target")


def row_of(charter: Charter, case: Case) -> Row:
    """Return what a case says, as the columns of a row."""
    act, around = case.act, case.context
    row: Row = {f.name: getattr(act, f.name) for f in attrs.fields(Act)}
    row |= dict(act.labels)
    row["at"] = act.at or around.at
    for target in MESSAGES:
        message = row.pop(target) or Message()
        row |= {f"{target}.{f.name}": getattr(message, f.name) for f in attrs.fields(Message)}
    row |= {f"author.{f.name}": getattr(around.author, f.name) for f in attrs.fields(Author)}
    row |= {"incident.open": around.incident.open, "incident.severity": around.incident.severity}
    if around.holidays is not None and row["at"] is not None:
        row["holiday"] = local(row["at"], charter.zone).date() in around.holidays
    row |= {f"event.{name}": at for name, at in around.events.items()}
    known = columns(charter.vocabulary)
    return {name: row[name] for name in known if fits(row.get(name), known[name].type)}


def fits(given: object, kind: FactType) -> bool:
    """Tell whether a column of its type can hold a value."""
    if not isinstance(given, PYTHON[kind]):
        return False
    if isinstance(given, frozenset):
        return all(isinstance(word, str) for word in given)
    is_number = isinstance(given, int | float)
    return not is_number or kind is FactType.FLAG or not isinstance(given, bool)


@st.composite
def tables(draw: st.DrawFn, charter: Charter) -> pa.Table:
    """Draw an Arrow table whose columns hold what the rules of a charter read, and odd values."""
    rows = [row_of(charter, draw(cases(charter, ill=True))) for _ in range(draw(st.integers(0, 5)))]
    specs = columns(charter.vocabulary)
    names = sorted({name for row in rows for name in row})
    for row in rows:
        for name in names:
            if draw(st.integers(0, 9)) == 9:
                row[name] = draw(odd_values(specs[name].type))
    made = {}
    for name in names:
        column = column_of(specs[name].type, [row.get(name) for row in rows])
        is_coded = specs[name].type is FactType.SYMBOL and draw(st.booleans())
        made[name] = column.dictionary_encode() if is_coded else column
    if not made:
        made["kind"] = pa.nulls(len(rows), pa.string())
    return pa.table(made)


def column_of(kind: FactType, cells: list[Any]) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """Return cells as an Arrow array, whole numbers as integers."""
    if kind is FactType.SYMBOLS:
        cells = [None if cell is None else list(cell) for cell in cells]
    is_whole = all(cell is None or (cell - cell == 0 == cell % 1 and -(2**63) <= cell < 2**63)
                   for cell in cells if kind is FactType.NUMBER)  # fmt: skip
    if kind is FactType.NUMBER and is_whole:
        return pa.array([None if cell is None else int(cell) for cell in cells], pa.int64())
    return pa.array(cells, ARROW[kind])


def odd_values(kind: FactType) -> st.SearchStrategy[Any]:
    """Return a strategy for values that a column can hold and a fact may not."""
    odd: dict[FactType, list[Any]] = {
        FactType.SYMBOL: ["bogus", ""],
        FactType.SYMBOLS: [["bogus"], ["product", None], []],
        FactType.NUMBER: [float("nan"), float("inf"), 0],
        FactType.TEXT: [""],
    }
    return st.sampled_from([None, *odd.get(kind, [])])


def is_odd(cell: object) -> bool:
    """Tell whether a cell holds a number that is not finite."""
    return isinstance(cell, float) and not isfinite(cell)


def stands_for(charter: Charter, row: Row, around: Context) -> Facts:
    """Return the readings of the act and the context that a row stands for."""
    # what is no finite number is none that an act can hold
    said: Row = {name: cell for name, cell in row.items() if cell is not None and not is_odd(cell)}
    # what is no text is no word of any fact, as a lone quotation mark is none
    said |= {name: frozenset('"' if one is None else one for one in cell)
             for name, cell in said.items() if isinstance(cell, list)}  # fmt: skip
    own: Row = {f.name: said[f.name] for f in attrs.fields(Act) if f.name in said}
    if own.get("kind") not in {*KINDS, *charter.kinds}:
        own.pop("kind", None)
    for target in MESSAGES:
        fields: Row = {f.name: said.get(f"{target}.{f.name}") for f in attrs.fields(Message)}
        fields.pop("absent")
        # what is no whole number is no count of anything
        fields = {n: v for n, v in fields.items() if not isinstance(v, float) or v % 1 == 0}
        if any(x is not None for x in fields.values()):
            own[target] = Message(**fields)
    act = Act(labels={name: said[name] for name in charter.labels if name in said}, **own)
    author = {f.name: said.get(f"author.{f.name}", getattr(around.author, f.name))
              for f in attrs.fields(Author)}  # fmt: skip
    if contract_of(author["contract"]) not in CONTRACTS:
        author["contract"] = None
    now = act.at or around.at
    holidays = around.holidays
    if "holiday" in said:
        try:
            today = local(now, charter.zone).date() if now else None
        except InvalidError:
            today = None
        holidays = frozenset([today] if said["holiday"] else []) if today else None
    events = {name: said.get(f"event.{name}", around.events.get(name)) for name in charter.events
              if f"event.{name}" in said or name in around.events}  # fmt: skip
    context = Context(
        at=around.at,
        author=Author(**author),
        incident=Situation(
            said.get("incident.open", around.incident.open),
            said.get("incident.severity", around.incident.severity),
        ),
        earlier=around.earlier,
        holidays=holidays,
        events=events,
    )
    return Facts(charter, act, context)


def ruled(charter: Charter, table: pa.Table, around: Context) -> Iterator[Ruled]:
    """Yield what the reference rules of each row of an Arrow table."""
    for row in table.to_pylist():
        found = judge(charter, stands_for(charter, row, around))
        yield str(found.outcome), found.circuits, found.determining


def told(frame: IntoDataFrame) -> list[Ruled]:
    """Return what the columns of a decided frame tell."""
    known = nw.from_native(frame, eager_only=True)
    columns = [known.get_column(name).to_list() for name in ("outcome", "circuits", "rules")]
    return [(one, tuple(two), tuple(three)) for one, two, three in zip(*columns, strict=True)]


KINDS_OF_FRAME: Final[dict[str, Any]] = {
    "pyarrow": lambda table: table,
    "polars": pl.from_arrow,
    "pandas": lambda table: table.to_pandas(),
    "pandas on Arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
}


@pytest.mark.parametrize("kind", KINDS_OF_FRAME)
@given(data=st.data())
def test_a_frame_is_decided_as_the_reference_decides_its_rows(
    kind: str, data: st.DataObject
) -> None:
    charter = data.draw(charters())
    table = data.draw(tables(charter))
    frame = KINDS_OF_FRAME[kind](table)
    decided = decide_frame(charter, frame)
    assert type(decided) is type(frame)
    assert told(decided) == list(ruled(charter, table, Context()))


@given(data=st.data())
def test_a_row_names_what_the_reference_finds_wanting(data: st.DataObject) -> None:
    charter = data.draw(charters())
    table = data.draw(tables(charter))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(program, "MANY", data.draw(st.sampled_from([-1, program.MANY])))
        decided = decide_frame(charter, table, explain=True, rules=False)
    assert "rules" not in decided.column_names
    columns = (decided[name].to_pylist() for name in ("unknowns", "outside"))
    found = [tuple(map(tuple, lists)) for lists in zip(*columns, strict=True)]
    assert found == list(wanting(charter, table))


def wanting(charter: Charter, table: pa.Table) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the facts that the reference finds wanting for each row, and why it is outside."""
    index = compiled(charter)
    for row in table.to_pylist():
        facts = stands_for(charter, row, Context())
        judged = judge_case(index, Case(facts.act, facts.context))
        yield judged.wanting, judged.outside


@given(data=st.data())
def test_sets_may_be_looked_at_word_by_word(data: st.DataObject) -> None:
    charter = data.draw(
        charters(facts=("topics", "author.roles", "author.trained_in"), min_rules=1)
    )
    table = data.draw(tables(charter))
    around = Context(author=data.draw(authors()))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(program, "MANY", -1)
        decided = decide_frame(charter, table, context=around)
    assert told(decided) == list(ruled(charter, table, around))


@given(data=st.data())
def test_what_is_around_the_rows_counts_as_it_does_around_an_act(data: st.DataObject) -> None:
    around_acts = ("at", "holiday", "local.hour", "author.roles", "incident.severity")
    facts = data.draw(st.sampled_from([(), ("at",), around_acts]))
    charter = data.draw(charters(facts=facts))
    table = data.draw(tables(charter))
    around = data.draw(contexts(charter))
    if around.at is not None:
        around = attrs.evolve(around, at=around.at.astimezone(UTC))
    decided = decide_frame(charter, table, context=around)
    assert told(decided) == list(ruled(charter, table, around))


@pytest.mark.parametrize("kind", ["pyarrow", "polars", "pandas"])
@given(data=st.data())
def test_a_frame_is_audited_as_the_acts_its_rows_stand_for(kind: str, data: st.DataObject) -> None:
    charter = data.draw(charters())
    table = data.draw(tables(charter))
    around = data.draw(contexts(charter))
    if around.at is not None:
        around = attrs.evolve(around, at=around.at.astimezone(UTC))
    history = []
    for row in table.to_pylist():
        facts = stands_for(charter, row, around)
        history.append(Case(facts.act, attrs.evolve(facts.context, earlier=None)))
    every: Every = data.draw(st.sampled_from(["day", "week", "month", "quarter", "year"]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(counting, "CHUNK", data.draw(st.integers(1, 4)))
        patched.setattr(program, "MANY", data.draw(st.sampled_from([-1, program.MANY])))
        found = audit_frame(charter, KINDS_OF_FRAME[kind](table), context=around, every=every)
    expected = audit(charter, history, context=around, every=every)
    assert unillustrated(found) == unillustrated(expected)
    if not charter.lookback:
        for cause in found.causes:
            assert len(cause.examples) == min(cause.count, MOST_EXAMPLES)


def unillustrated(found: Audit) -> Audit:
    """Return an audit without the examples of its causes, which are those of the first rows."""
    causes = tuple(attrs.evolve(cause, examples=()) for cause in found.causes)
    return attrs.evolve(found, causes=causes)
