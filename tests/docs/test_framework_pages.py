"""What the pages on services and frameworks give to copy, asked over HTTP and at bad moments."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

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
        if language == "python":
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
