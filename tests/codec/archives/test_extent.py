"""What an archive says of itself is believed: how much there is, whose it is, and when it was."""

import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, InvalidError, audit, parse, read_history
from cmcore.charters import Case, Unreadable, Verdict
from cmcore.codec.archives import history, items, packed
from cmcore.codec.archives.networks import ARCHIVES
from cmcore.codec.archives.seen import mended

from .writers import PACKED, Post, alone, bluesky, instagram, linkedin, mastodon, tarred, x, zipped

CHARTER: Final = parse(
    "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\n"
    "rules: [{permit: all, when: {kind: publish}, because: Fine.}]",
    Charter,
)
Rows = list[Case | Unreadable]
AT: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def read(file: Path) -> Rows:
    return [*read_history(file, CHARTER)]


def acts(rows: Rows) -> list[Act]:
    return [row.act for row in rows if isinstance(row, Case)]


def broken(rows: Rows) -> list[Unreadable]:
    return [row for row in rows if isinstance(row, Unreadable)]


def told(rows: Rows) -> list[tuple[str, str, int, bool]]:
    """Return what is not given: where, why, how many more, and whether it casts doubt."""
    return [(one.place, one.problems[0].code, one.lost, one.casts_doubt) for one in broken(rows)]


def refused(file: Path) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        read(file)
    return [problem.code for problem in caught.value.problems]


def many(count: int) -> list[Post]:
    return [Post(n, AT - timedelta(hours=n)) for n in range(1, count + 1)]


def outbox(count: int, **beside: object) -> str:
    return json.dumps({**json.loads(mastodon(many(count))), **beside})


# ------------------------------------------------------------------------------ how much there is


@given(st.integers(1, 5), st.integers(0, 9))
def test_nothing_lost_what_a_collection_says_that_it_has_is_decided_or_counts_as_lost(
    given_: int, total: int
) -> None:
    with TemporaryDirectory() as made:
        file = alone(Path(made), "outbox.json", outbox(given_, totalItems=total))
        found = audit(CHARTER, read(file))
    assert found.total + found.lost == max(given_, total)
    assert found.covered == given_


def test_what_is_missing_stands_after_what_is_given(folder: Path) -> None:
    rows = read(zipped(folder, {"outbox.json": outbox(2, totalItems=5)}))
    assert told(rows) == [("outbox.json: item 3", "items-missing", 2, False)]
    assert told(read(alone(folder, "outbox.json", outbox(2, totalItems=2)))) == []
    rows = read(alone(folder, "outbox.json", outbox(2, totalItems="many")))
    assert told(rows) == [("item 3", "wrong-value", 0, True)]


@pytest.mark.parametrize("key", ["cursor", "next"])
def test_pages_of_which_more_follow_settle_nothing(folder: Path, key: str) -> None:
    def page(*posts: Post, **beside: object) -> str:
        return json.dumps({**beside, **json.loads(bluesky(posts))})

    one, two = many(2)
    more = ("more-follows", 0, True)
    file = alone(folder, "feed.json", page(one, **{key: "c"}))
    assert told(read(file)) == [("item 2", *more)]
    assert audit(CHARTER, read(file)).verdict is Verdict.UNDECIDED
    file = alone(folder, "feed.json", page(one, **{key: "c"}) + page(two))
    assert told(read(file)) == []
    file = alone(folder, "feed.json", page(one, **{key: "c"}) + page(two, **{key: "d"}))
    assert told(read(file)) == [("item 3", *more)]
    ended = page(one, **{key: "c"}) + page(two, **{key: "d"}) + page()
    assert told(read(alone(folder, "feed.json", ended))) == []
    assert told(read(alone(folder, "feed.json", page(one, **{key: None})))) == []


def manifest(counts: Mapping[str, object], *, is_partial: bool = False) -> str:
    files = {f"kind{n}": {"files": [{"fileName": f"data/{name}", "count": count}]}
             for n, (name, count) in enumerate(counts.items())}  # fmt: skip
    about = {"archiveInfo": {"isPartialArchive": is_partial}, "dataTypes": files, "userInfo": {}}
    return f"window.__THAR_CONFIG = {json.dumps(about)}"


@pytest.mark.parametrize(("counts", "is_partial", "due"), [
    ({"tweets.js": "2"}, False, []),
    ({"tweets.js": "1", "like.js": "70", "tweets-part1.js": "0"}, False, []),
    ({"tweets.js": "5"}, False, [("tweets.js: item 3", "items-missing", 2, False)]),
    ({"tweets.js": "2", "tweets-part1.js": "4", "deleted-tweets.js": "1"}, False,
     [("deleted-tweets.js: item 1", "items-missing", 0, False),
      ("tweets-part1.js: item 1", "items-missing", 3, False)]),
    ({"tweets.js": "all"}, True, [("manifest.js", "archive-in-part", 0, True)]),
])  # fmt: skip
def test_an_archive_of_x_has_what_it_says_that_it_has(
    folder: Path,
    counts: dict[str, object],
    is_partial: bool,  # noqa: FBT001 - of a table
    due: list[object],
) -> None:
    said = manifest(counts, is_partial=is_partial)
    file = zipped(folder, {"a/data/tweets.js": x(many(2)), "a/data/manifest.js": said})
    assert told(read(file)) == due


def test_a_manifest_that_does_not_read_is_told(folder: Path) -> None:
    said = manifest({"tweets.js": 7})
    assert refused(zipped(folder, {"data/tweets.js": x(many(2)), "data/manifest.js": said})) == [
        "wrong-value"
    ]
    said = said.replace("false", '"maybe"')
    assert refused(zipped(folder, {"data/tweets.js": x(many(2)), "data/manifest.js": said})) == [
        "wrong-value",
        "wrong-value",
    ]


# --------------------------------------------------------------------------- which files are read

TWEET: Final = {"created_at": "Mon Mar 02 08:00:00 +0000 2026", "full_text": "Hm", "id_str": "1"}


def script(name: str, *tweets: Mapping[str, object]) -> str:
    many = [{"tweet": {**TWEET, **one}} for one in tweets]
    return f"window.YTD.{name}.part0 = {json.dumps(many)}"


def test_posts_to_communities_are_posts(folder: Path) -> None:
    files = {"data/tweets.js": script("tweets", {}),
             "data/community-tweet.js": script("community_tweet", {"id_str": "2"})}  # fmt: skip
    assert {act.id for act in acts(read(zipped(folder, files)))} == {"1", "2"}


@pytest.mark.parametrize(("more", "at"), [
    ({"deleted_at": "2026-03-05T10:00:00.000Z"}, datetime(2026, 3, 5, 10, tzinfo=UTC)),
    ({}, None),
])  # fmt: skip
def test_a_deleted_post_was_published_and_then_deleted(
    folder: Path, more: dict[str, object], at: datetime | None
) -> None:
    text = script("deleted_tweets", more)
    files = {
        "data/tweets.js": script("tweets", {"id_str": "2"}),
        "data/deleted-tweets.js": text,
        "data/account.js": 'window.YTD.account.part0 = [{"account": {"username": "us"}}]',
    }
    for file in (alone(folder, "deleted-tweets.js", text), zipped(folder, files)):
        rows = read(file)
        assert not broken(rows)
        by_id = {act.id: act for act in acts(rows)}
        first, last = by_id["1"], by_id["1#delete"]
        assert (first.kind, first.at, first.text) == ("publish", AT, "Hm")
        assert (last.kind, last.at, last.text) == ("delete", at, None)
        assert last.target is not None
        assert (last.target.id, last.target.text, last.target.at) == ("1", "Hm", AT)
        assert last.target.ours is True
        assert last.in_reply_to is None


def test_a_deletion_of_a_post_without_an_id_has_none(folder: Path) -> None:
    text = script("deleted_tweets", {"id_str": None})
    assert [(act.id, act.kind) for act in acts(read(alone(folder, "a.js", text)))] == [
        (None, "publish"), (None, "delete"),
    ]  # fmt: skip


def test_all_networks_of_an_archive_are_read_and_none_takes_the_account_of_another(
    folder: Path,
) -> None:
    files = {
        "data/tweets.js": x([Post(1, AT)]),
        "data/account.js": 'window.YTD.account.part0 = [{"account": {"username": "us"}}]',
        "outbox.json": mastodon([Post(2, AT)]),
        "media/posts_1.json": instagram([Post(3, AT)]),
    }
    found = {(act.network, act.account) for act in acts(read(zipped(folder, files)))}
    assert found == {("x", "us"), ("mastodon", "lanterne@social.example"), ("instagram", None)}
    assert refused(zipped(folder, {**files, "Shares.csv": linkedin([Post(4, AT)])})) == [
        "sheet-beside"
    ]


def test_the_files_that_are_said_to_be_read_are_those_that_are() -> None:
    for name, one in ARCHIVES.items():
        for file in one.names:
            found = [key for key, other in ARCHIVES.items() if other.files.fullmatch(f"a/{file}")]
            assert found == [name], file


# ------------------------------------------------------------------------------------- when it was


@pytest.mark.parametrize(("text", "code"), [
    (script("tweets", {"created_at": "Tue Mar 02 08:00:00 +0000 2026"}), "wrong-value"),
    (script("tweets", {"created_at": "Mon Jan 01 00:00:00 +0000 0001"}), "moment-too-early"),
    (mastodon([Post(1, datetime(1, 1, 1, tzinfo=UTC))]).replace('"1-', '"0001-'),
     "moment-too-early"),
    (bluesky([Post(1, datetime(2003, 12, 31, tzinfo=UTC))]), "moment-too-early"),
    (json.dumps([{"timestamp": 0, "data": [{"post": "Hm"}]}]), "moment-too-early"),
    (json.dumps([{"media": [{"creation_timestamp": 1, "uri": "a.jpg"}]}]), "moment-too-early"),
])  # fmt: skip
def test_a_moment_that_cannot_be_is_not_read(folder: Path, text: str, code: str) -> None:
    (row,) = broken(read(alone(folder, "a.json", text)))
    assert [problem.code for problem in row.problems] == [code]
    assert row.casts_doubt


@given(st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_nothing_in_an_archive_is_later_than_the_archive(apart: timedelta) -> None:
    apart = timedelta(seconds=apart // timedelta(seconds=1))
    text = mastodon([Post(1, PACKED + apart)])
    with TemporaryDirectory() as made:
        for pack in (zipped, tarred):
            codes = [
                row.problems[0].code
                for row in broken(read(pack(Path(made), {"outbox.json": text})))
            ]
            assert codes == ["moment-too-late"] * (apart > timedelta(days=2))


@pytest.mark.parametrize("raw", [b"\0\0\0\0", b"\0\0\x21\0", b"\xff\xff\xff\xff"])
def test_a_zip_that_does_not_know_when_it_was_packed_is_read(folder: Path, raw: bytes) -> None:
    file = zipped(folder, {"outbox.json": mastodon([Post(1, AT)])})
    whole = bytearray(file.read_bytes())
    for sign, at in ((b"PK\x03\x04", 10), (b"PK\x01\x02", 12)):
        start = whole.index(sign) + at
        whole[start : start + 4] = raw
    file.write_bytes(whole)
    assert len(acts(read(file))) == 1


@pytest.mark.parametrize("mtime", [0, 10**11, 2**62])
def test_a_tar_that_does_not_know_when_it_was_packed_is_read(folder: Path, mtime: int) -> None:
    source = alone(folder, "outbox.json", mastodon([Post(1, AT)]))
    with tarfile.open(folder / "a.tar", "w", format=tarfile.GNU_FORMAT) as archive:
        info = archive.gettarinfo(str(source), "outbox.json")
        info.mtime = mtime
        with source.open("rb") as stream:
            archive.addfile(info, stream)
    assert len(acts(read(folder / "a.tar"))) == 1


# ------------------------------------------------------------------------------------ what it says


def facebook(**more: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps([{"timestamp": 1772438400, "data": [{"post": "Hm"}], **more}])


PHOTO: Final = [{"data": [{"media": {"uri": "a.jpg", "creation_timestamp": 1772438400}}]}]


@pytest.mark.parametrize(("title", "kind"), [
    (None, "publish"),
    ("", "publish"),
    ("La Lanterne updated its status.", "publish"),
    ("La Lanterne added a new photo.", "publish"),
    ("La Lanterne added 3 new photos.", "publish"),
    ("La Lanterne posted a video.", "publish"),
    ("La Lanterne a mis à jour son statut.", "publish"),
    ("La Lanterne a ajouté une nouvelle photo.", "publish"),
    ("La Lanterne a publié 2 vidéos.", "publish"),
    ("La Lanterne shared a post.", None),
    ("La Lanterne shared Ana's photo.", None),
    ("La Lanterne a partagé une publication.", None),
    ("La Lanterne hat ein neues Foto hinzugefügt.", None),
    ("\u00e9 updated its status. La Lanterne shared a post.", None),
])  # fmt: skip
def test_what_facebook_writes_above_a_post_says_whose_it_is(
    folder: Path, title: str | None, kind: str | None
) -> None:
    told = title and title.encode().decode("latin-1")
    for more in ({}, {"attachments": PHOTO}):
        (act,) = acts(read(alone(folder, "a.json", facebook(title=told, **more))))
        assert act.kind == kind


POLL: Final = [{"data": [{"text": "Poll"}, {"poll": {"question": "Recall?", "options": []}}]}]


@pytest.mark.parametrize("more", [{"attachments": POLL}, {"attachments": [*PHOTO, *POLL]}, {}])
def test_what_a_post_says_beside_its_words_is_unknown(folder: Path, more: dict[str, Any]) -> None:
    (act,) = acts(read(alone(folder, "a.json", facebook(data=[], **more))))
    assert (act.kind, act.text) == (None, None)
    (act,) = acts(read(alone(folder, "b.json", facebook(data=[], attachments=PHOTO))))
    assert (act.kind, act.text) == ("publish", "")


def feed(*entries: dict[str, Any]) -> str:
    return json.dumps({"feed": entries})


def entry(text: str = "Hm", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": AT.isoformat(), **more}
    uri = f"at://did:plc:us/app.bsky.feed.post/{text.lower()}"
    return {"post": {"uri": uri, "author": {"did": "did:plc:us"}, "record": record}}


@pytest.mark.parametrize(("uri", "kind"), [
    ("at://did:plc:a/app.bsky.feed.post/3ll", "quote"),
    (None, "quote"),
    ("at://did:plc:a/app.bsky.graph.list/3ll", "publish"),
    ("at://did:plc:a/app.bsky.feed.generator/3ll", "publish"),
    ("at://did:plc:a/app.bsky.graph.starterpack/3ll", "publish"),
])  # fmt: skip
def test_a_post_that_shows_a_list_or_a_feed_quotes_nobody(
    folder: Path, uri: str | None, kind: str
) -> None:
    for shown in ({"uri": uri}, {"record": {"uri": uri}}):
        embed = {"$type": "app.bsky.embed.record", "record": shown}
        (act,) = acts(read(alone(folder, "a.json", feed(entry(embed=embed)))))
        assert act.kind == kind
        assert (act.target is None) is (kind == "publish")


def test_a_pinned_post_counts_in_its_own_place(folder: Path) -> None:
    pinned = {**entry("Old"), "reason": {"$type": "app.bsky.feed.defs#reasonPin"}}
    rows = read(alone(folder, "a.json", feed(pinned, entry("New"), entry("Old"))))
    assert [act.text for act in acts(rows)] == ["New", "Old"]
    assert broken(rows) == []


def test_what_mastodon_puts_before_a_quote_is_not_the_author_s(folder: Path) -> None:
    pointer = "<p class='quote-inline'>RE: <a href='https://o.example/@ana/9'>o.example</a></p>"
    body = "<p>Well said: <a href='https://ours.example'>ours.example</a></p>"

    def of(content: str, **more: object) -> Act:
        made = json.loads(outbox(1))
        made["orderedItems"][0]["object"] |= {"content": content, **more}
        (act,) = acts(read(alone(folder, "outbox.json", json.dumps(made))))
        return act

    quote = of(
        pointer.replace(">o.example<", ">https://o.example/@ana/9<") + body,
        quote="https://o.example/9",
    )
    assert quote.text == "Well said: ours.example"
    assert quote.links == frozenset({"https://ours.example"})
    own = of(pointer.replace(">o.example<", ">https://o.example/@ana/9<") + body)
    assert own.links == frozenset({"https://o.example/@ana/9", "https://ours.example"})


@pytest.mark.parametrize(
    ("told", "language"), [("in", "id"), ("iw", "he"), ("ji", "yi"), ("fr", "fr")]
)
def test_languages_go_by_their_names_of_today(folder: Path, told: str, language: str) -> None:
    made = x([Post(1, AT)])
    start = made.index("[")
    many = json.loads(made[start:])
    many[0]["tweet"]["lang"] = told
    (act,) = acts(read(alone(folder, "tweets.js", made[:start] + json.dumps(many))))
    assert act.language == language


@pytest.mark.parametrize("text", ["bient\u00c3", "\u00c3 bient\u00c3\u00b4t", "n\u00e9", "\u00c3"])
def test_a_text_that_is_damaged_is_unknown(folder: Path, text: str) -> None:
    assert mended(text) is None
    (act,) = acts(read(alone(folder, "a.json", facebook(data=[{"post": text}]))))
    assert (act.kind, act.text) == ("publish", None)
    (act,) = acts(read(alone(folder, "b.json", json.dumps(
        [{"media": [{"uri": "a.jpg", "creation_timestamp": 1772438400, "title": text}]}]
    ))))  # fmt: skip
    assert act.text is None


# --------------------------------------------------------------------------- what is too much work


@pytest.mark.parametrize(
    "name", ["outbox.json", "data/tweets.js", "data/manifest.js", "Shares.csv"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_small_archive_that_unpacks_to_much_is_refused(
    folder: Path,
    pack: Any,  # noqa: ANN401 - either
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if pack is tarred and name in {"data/manifest.js", "Shares.csv"}:
        return
    monkeypatch.setattr(packed, "LEAST_BYTES", 10**5)
    files = {name: " " * 10**6, "outbox.json": mastodon(many(1))}
    files = {name: " " * 10**6} if name == "Shares.csv" else files | {name: " " * 10**6}
    try:
        rows = broken(read(pack(folder, files)))
        codes = {problem.code for row in rows for problem in row.problems}
    except InvalidError as error:
        codes = {problem.code for problem in error.problems}
    assert "archive-bursts" in codes


def test_what_is_packed_of_one_text_a_hundredfold_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "LEAST_BYTES", 0)
    assert len(acts(read(zipped(folder, {"outbox.json": mastodon(many(200))})))) == 200


def test_the_files_of_an_archive_share_what_may_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = mastodon(many(3))
    monkeypatch.setattr(packed, "MOST_BYTES", len(text) + 10)
    assert len(acts(read(zipped(folder, {"outbox.json": text})))) == 3
    assert refused(zipped(folder, {"a/outbox.json": text, "b/outbox.json": text})) == [
        "archive-too-large"
    ]


def test_blanks_are_passed_over_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    class Counted:
        def search(self, text: str, at: int) -> re.Match[str] | None:
            looked.append(at)
            return re.compile(r"[^ \t\n\r]").search(text, at)

    monkeypatch.setattr(items, "_SIGN", Counted())
    blanks = " " * 10**6
    text = mastodon(many(1)).replace('Items": [', f'Items": [{blanks}')
    assert len(acts(read(alone(folder, "outbox.json", text)))) == 1
    assert len(looked) < 200


@pytest.mark.parametrize("form", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_told_for_what_it_is(folder: Path, form: str) -> None:
    raw = mastodon(many(1)).encode(form)
    (folder / "outbox.json").write_bytes(raw)
    for file in (
        folder / "outbox.json",
        zipped(folder, {"outbox.json": raw}),
        tarred(folder, {"outbox.json": raw}),
    ):
        with pytest.raises(InvalidError, match="not in UTF-8") as caught:
            read(file)
        assert "Excel" not in str(caught.value)


def test_places_of_rows_are_in_the_language_that_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MAX_PROBLEMS", 1)
    file = zipped(folder, {"posts/profile_posts_1.json": json.dumps([{"timestamp": -1}] * 3)})
    with pytest.raises(InvalidError) as caught:
        read(file)
    (problem,) = caught.value.problems
    assert problem.text("en").startswith("profile_posts_1.json: item 1.timestamp: ")
    assert problem.text("fr").startswith("profile_posts_1.json\xa0: élément 1.timestamp")
