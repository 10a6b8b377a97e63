"""What the pages on services and frameworks give to copy, asked over HTTP and at bad moments."""

import asyncio
import doctest
import json
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    InvalidError,
    Member,
    Review,
    Stage,
    Team,
    ValidationCircuit,
    decide,
    hours,
    open_review,
)
from cmcore.codec import pack
from cmcore.reviews import regroup

ROOT: Final = Path(__file__).parents[2] / "docs"
BLOCK: Final = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
FRAMEWORK: Final = ("how-to/use-in-a-framework.md", "fr/guides/dans-un-cadre-web.md")
WRONG: Final = (
    '{"act": {"kind": "publsh"}}',
    '{"act": {"kind": "publish", "unheard": 1}}',
    '{"act": {"kind": "\\ud800"}}',
    '{"act": {"\\ud800": 1}}',
    '{"act": {"at": "2026-01-01T00:00"}}',
    '{"act": {"labels": {"price": NaN}}}',
    '{"act": {"labels": {"prix": NaN}}}',
    '{"act": NaN}',
    '{"act": null}',
    '{"act": []}',
    '{"act": {}, "note": NaN}',
    "{}",
    "NaN",
    "{",
)


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def ran(page: str, part: str) -> dict[str, Any]:
    """Run a part of a page with the files that come before it, and return what it names."""
    text = (ROOT / page).read_text("utf-8")
    before, after = text.split(f"\n## {part}", 1)
    for language, title, block in BLOCK.findall(before):
        if language == "yaml":
            Path(title).write_text(block, "utf-8")
    names: dict[str, Any] = {"__name__": "page"}
    for language, _, block in BLOCK.findall(after.split("\n## ", 1)[0]):
        if language == "python" and "celery" not in block:
            exec(block, names)  # noqa: S102 - our own examples
    return names


@pytest.fixture(params=FRAMEWORK)
def service(request: pytest.FixtureRequest, _alone: None) -> dict[str, Any]:
    for name in ("fastapi", "httpx"):
        pytest.importorskip(name)
    return ran(request.param, "FastAPI")


def post(service: dict[str, Any], body: str, language: str = "en") -> Any:  # noqa: ANN401 - of httpx
    httpx = pytest.importorskip("httpx")
    through = httpx.ASGITransport(service["app"])
    client = httpx.AsyncClient(transport=through, base_url="http://shop")
    headers = {"Content-Type": "application/json", "Accept-Language": language}
    return asyncio.run(client.post("/decisions", content=body, headers=headers))


@pytest.mark.parametrize("body", WRONG)
def test_what_is_no_act_is_answered_422_with_its_problems(
    service: dict[str, Any], body: str
) -> None:
    for language in ("en", "fr"):
        answer = post(service, body, language)
        assert answer.status_code == 422
        assert [sorted(one) for one in answer.json()] == [["code", "path", "text"]]


def test_half_a_character_in_an_act_is_no_error_of_the_service(service: dict[str, Any]) -> None:
    for name in ("text", "id", "author"):
        told = f'{{"act": {{"kind": "publish", "text": "x", "{name}": "luxor \\ud800"}}}}'
        assert post(service, told).status_code in {200, 422}


def test_every_reference_of_the_openapi_document_leads_somewhere(service: dict[str, Any]) -> None:
    document = service["app"].openapi()
    found = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(document)))
    assert {"#/components/schemas/Act", "#/components/schemas/Decision"} <= found
    for one in found:
        begin, *path = one.split("/")
        assert begin == "#"
        value = document
        for name in path:
            value = value[name]


def test_a_model_with_an_act_says_its_schema_outside_the_document_too(
    service: dict[str, Any],
) -> None:
    told = service["Submission"].model_json_schema()["properties"]["act"]["$ref"]
    assert told.endswith("/Act")


@pytest.mark.parametrize("page", FRAMEWORK)
def test_a_clock_that_goes_back_says_nothing_twice(page: str) -> None:
    names = ran(page, "Cron")
    eleven = datetime(2026, 3, 2, 11, tzinfo=UTC)
    store = sqlite3.connect(":memory:", isolation_level=None)
    with closing(store):
        store.executescript(
            "CREATE TABLE reviews (packed TEXT); CREATE TABLE ticks (at TEXT);"
            "CREATE TABLE messages (post TEXT, what TEXT);"
        )
        store.execute("INSERT INTO reviews VALUES (?)", [pack(review(eleven - hours(2)))])
        store.execute("INSERT INTO ticks VALUES (?)", [(eleven - hours(2)).isoformat()])
        for seconds in (1, -1, 60):
            names["tick"](store, lambda s=seconds: eleven + timedelta(seconds=s))
        assert store.execute("SELECT * FROM messages").fetchall() == [("p1", "lapsed")]


def test_the_clock_is_read_while_nobody_else_may_write() -> None:
    names = ran(FRAMEWORK[0], "Cron")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as store:
        store.executescript("CREATE TABLE reviews (packed TEXT); CREATE TABLE ticks (at TEXT);")
        eleven = datetime(2026, 3, 2, 11, tzinfo=UTC)
        store.execute("INSERT INTO ticks VALUES (?)", [eleven.isoformat()])
        held = []

        def clock() -> datetime:
            held.append(store.in_transaction)
            return eleven

        names["tick"](store, clock)
    assert held == [True]


def review(at: datetime) -> Review:
    """Return a review that nobody answers for two hours."""
    stage = Stage(Approvers("name", {"bo"}), within=hours(2))
    circuit = ValidationCircuit("desk", [stage])
    charter = Charter("shop", circuits=[circuit], default="desk")
    act = Act(id="p1", author="ana", kind="publish", text="Ten off.")
    team = Team("crew", [Member("ana"), Member("bo")])
    return open_review(decide(charter, act), act, charter, at, team=team)


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("how-to/use-in-a-service.md", ("change", "approve", "review_of", "team")),
        ("fr/guides/dans-un-service.md", ("changer", "approuver", "validation_de", "équipe")),
    ],
)
def test_a_yes_that_is_tried_again_is_said_at_a_later_moment(
    page: str, names: tuple[str, ...]
) -> None:
    change, approve, review_of, team = names
    shown: dict[str, Any] = {"__name__": "page"}
    text = (ROOT / page).read_text("utf-8")
    for language, title, block in BLOCK.findall(text):
        if language == "yaml":
            Path(title).write_text(block, "utf-8")
        for one in doctest.DocTestParser().get_examples(block) if language == "pycon" else ():
            # up to the first yes, that another process may be first to say something
            if f'{approve}("p2"' in one.source:
                break
            with suppress(InvalidError):
                exec(one.source, shown)  # noqa: S102 - our own examples
        else:
            continue
        break
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    read, others = shown[review_of], iter([True])

    def meanwhile(id_: str) -> Review:
        before: Review = read(id_)
        if next(others, False):
            at = nine + timedelta(minutes=30)
            shown[change](id_, lambda one: regroup(one, shown[team], at))
        return before

    shown[review_of] = meanwhile
    digest = read("p2").digest
    moments = iter([nine + timedelta(minutes=20), nine + timedelta(minutes=31)])
    assert shown[approve]("p2", "bo", digest, lambda: next(moments)) == (200, [])
    assert next(moments, None) is None
