"""What an archive leaves unsaid stays unknown, and what is wrong with it is called what it is."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest

from cmcore import Act, Charter, InvalidError, audit, parse, read_history
from cmcore.base import Problem
from cmcore.charters import Case, Unreadable

from .test_archives import POST, RECORD, note, tweet
from .writers import Post, alone, instagram, zipped

CHARTER: Final = parse(
    "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk", Charter
)
AT: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECONDS: Final = int(AT.timestamp())


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def read(file: Path) -> list[Case | Unreadable]:
    return [*read_history(file, CHARTER)]


def act(file: Path) -> Act:
    (row,) = read(file)
    assert isinstance(row, Case), str(row)
    return row.act


def broken(file: Path) -> Problem:
    (row,) = [row for row in read(file) if isinstance(row, Unreadable)]
    assert row.casts_doubt
    (found,) = row.problems
    return found


def refused(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read(file)
    return caught.value.problems


# ------------------------------------------------------------------------------------------ Meta


@pytest.mark.parametrize(("beside", "text"), [
    ({"label_values": [{"label": "Caption", "value": "Le rappel"}]}, None),
    ({"caption": "Le rappel"}, None),
    ({"fbid": "1", "cross_post_source": {"source_app": "FB"}, "timestamp": SECONDS}, ""),
])  # fmt: skip
def test_a_caption_that_may_stand_elsewhere_is_unknown(
    folder: Path, beside: dict[str, Any], text: str | None
) -> None:
    media = {"uri": "a.jpg", "creation_timestamp": SECONDS, "title": ""}
    for item in ({"media": [media], **beside}, {"media": [media | beside]}):
        found = act(alone(folder, "posts_1.json", json.dumps([item])))
        assert (found.kind, found.text) == ("publish", text)
    media["title"] = "Hm"
    found = act(alone(folder, "posts_1.json", json.dumps([{"media": [media], **beside}])))
    assert found.text == "Hm"


def thread(text: str = "Hm", *files: str) -> dict[str, Any]:
    media = [{"uri": uri, "creation_timestamp": SECONDS, "title": text} for uri in files or [""]]
    return {"media": media}


@pytest.mark.parametrize("told", [
    [thread()],
    {"text_post_app_text_posts": [thread()]},
])  # fmt: skip
def test_threads_of_an_archive_of_instagram_are_read(folder: Path, told: object) -> None:
    files = {
        "your_instagram_activity/media/posts_1.json": instagram([Post(1, AT)]),
        "your_instagram_activity/threads/threads_and_replies.json": json.dumps(told),
    }
    rows = read(zipped(folder, files))
    acts = [row.act for row in rows if isinstance(row, Case)]
    assert sorted((one.network, one.kind) for one in acts if one.network == "instagram") == [
        ("instagram", "publish")
    ]
    (found,) = [one for one in acts if one.network == "threads"]
    assert (found.kind, found.text, found.media, found.at) == (None, "Hm", frozenset(), AT)
    assert found.in_reply_to is None
    assert "in_reply_to" not in found.absent
    found = act(alone(folder, "threads_and_replies.json", json.dumps(told)))
    assert (found.network, found.kind) == ("threads", None)


def test_a_thread_shows_what_its_files_show_and_one_without_a_moment_is_told(folder: Path) -> None:
    name = "threads_and_replies.json"
    assert act(alone(folder, name, json.dumps([thread("Hm", "a.jpg")]))).media == frozenset(
        {"image"}
    )
    assert broken(alone(folder, name, json.dumps([{"media": [{"uri": ""}]}]))).code == (
        "item-not-known"
    )


@pytest.mark.parametrize("told", ["soon", -5, "2026-03-02T08:00:00Z", 10**15, [1]])
def test_nobody_is_asked_to_write_the_moments_of_an_archive_by_hand(
    folder: Path, told: object
) -> None:
    item = {"media": [{"uri": "a.jpg", "creation_timestamp": told, "title": "Hm"}]}
    found = broken(alone(folder, "posts_1.json", json.dumps([item, thread()])))
    assert found.hint is None
    assert "a moment as networks write it" in found.text()


# --------------------------------------------------------------------------------------- Bluesky


def entry(did: str, **more: object) -> dict[str, Any]:
    post = {"uri": f"at://{did}/app.bsky.feed.post/1", "author": {"did": did}, "record": RECORD}
    return {"post": post, **more}


def reposted(by: str, **more: object) -> dict[str, Any]:
    reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": {"did": by},
              "indexedAt": AT.isoformat(), **more}  # fmt: skip
    return entry("did:plc:ana", reason=reason)


@pytest.mark.parametrize("entries", [
    [entry("did:plc:us"), entry("did:plc:ana")],
    [reposted("did:plc:us"), entry("did:plc:ana")],
    [reposted("did:plc:us"), reposted("did:plc:ana")],
])  # fmt: skip
def test_a_feed_of_several_accounts_is_nobody_s(folder: Path, entries: list[Any]) -> None:
    (found,) = refused(alone(folder, "feed.json", json.dumps({"feed": entries})))
    assert found.code == "feed-of-many"
    assert "getAuthorFeed" in str(found)


def test_what_an_account_passed_on_stands_in_its_feed(folder: Path) -> None:
    uri = "at://did:plc:us/app.bsky.feed.repost/1"
    nobody = {"post": {**POST, "uri": None, "record": RECORD}}
    entries = [entry("did:plc:us"), reposted("did:plc:us"), reposted("did:plc:us", uri=uri), nobody]
    assert len(read(alone(folder, "feed.json", json.dumps({"feed": entries})))) == 4


# --------------------------------------------------------------------------------------------- X


@pytest.mark.parametrize(("more", "id_"), [
    ({"is_quote_status": True, "quoted_status_id_str": "77"}, "77"),
    ({"quoted_status_id_str": "77"}, "77"),
    ({"is_quote_status": True}, None),
])  # fmt: skip
def test_a_quote_without_its_link_is_a_quote(
    folder: Path, more: dict[str, Any], id_: str | None
) -> None:
    found = act(alone(folder, "tweets.js", tweet(**more)))
    assert found.kind == "quote"
    assert found.target is not None
    assert (found.target.id, found.target.ours) == (id_, None)
    assert act(alone(folder, "tweets.js", tweet(is_quote_status=False))).kind == "publish"


@pytest.mark.parametrize(("name", "text", "form"), [
    ("poll2choice_text_only", None, None),
    (None, None, None),
    ("summary_large_image", "Hm", "post"),
])  # fmt: skip
def test_what_a_card_says_that_is_not_read_is_unknown(
    folder: Path, name: str | None, text: str | None, form: str | None
) -> None:
    found = act(alone(folder, "tweets.js", tweet(card={"name": name, "url": "card://1"})))
    assert (found.kind, found.text, found.format) == ("publish", text, form)


# ------------------------------------------------------------------------------- what it is called


def test_a_byte_that_is_not_utf_8_is_told_for_what_it_is(folder: Path) -> None:
    file = folder / "outbox.json"
    file.write_bytes(note(content="<p>\u00e9t\u00e9</p>").encode().replace(b"\\u00e9", b"\xe9"))
    found = broken(file)
    assert (found.code, found.path) == ("not-utf", ("text",))
    half = broken(alone(folder, "tweets.js", tweet(full_text="\ud83d")))
    assert half.code == "half-character-in-text"


@pytest.mark.parametrize("total", [-5, 10**9, 10**23, 10**400])
def test_a_total_that_no_archive_has_is_told_at_its_place_and_the_posts_are_read(
    folder: Path, total: int
) -> None:
    told = json.loads(note())
    text = (
        json.dumps(told)[:-1] + f', "totalItems": {"1" + "0" * 400 if total > 10**99 else total}}}'
    )
    file = alone(folder, "outbox.json", text)
    found = broken(file)
    assert (found.code, found.path) == ("wrong-value", ("totalItems",))
    assert "a number of items" in found.text()
    assert audit(CHARTER, read(file)).total == 2
