"""Archives of networks are read back as they were written, and hostile ones are refused."""

import json
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, InvalidError, parse, read_history
from cmcore.base import Problem
from cmcore.charters import Case, Unreadable
from cmcore.codec.archives import history, items, packed
from cmcore.codec.archives.networks import ARCHIVES, ASKED
from cmcore.codec.archives.seen import mended, text_of_html
from cmcore.codec.csvform import LONGEST
from cmcore.display.wording import place_text

from .writers import (
    KINDS,
    WRITERS,
    Post,
    alone,
    bluesky,
    instagram,
    linkedin,
    mastodon,
    posts,
    tarred,
    x,
    zipped,
)

CHARTER: Final = parse(
    "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk", Charter
)
Rows = list[Case | Unreadable]
#: Newest first, as networks have it.
MOMENTS: Final = [datetime(2026, 3, day, 8, tzinfo=UTC) for day in (9, 5, 1)]


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def acts(rows: Sequence[Case | Unreadable]) -> list[Act]:
    assert all(isinstance(row, Case) for row in rows), [str(row) for row in rows]
    return [row.act for row in rows if isinstance(row, Case)]


def read(file: Path, zone: str | None = None) -> Rows:
    return [*read_history(file, CHARTER, zone=zone)]


def refused(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read(file)
    return caught.value.problems


def codes(file: Path) -> list[str]:
    return [problem.code for problem in refused(file)]


# ---------------------------------------------------------------------------------- round trips

Told = dict[str, Any]


def common(post: Post) -> Told:
    return {"at": post.at, "kind": post.kind}


def content(post: Post) -> Told:
    return {
        "links": post.links,
        "hashtags": post.hashtags,
        "mentions": post.mentions,
        "media": frozenset(post.media),
        "language": post.language,
    }


def mastodon_acts(post: Post) -> list[Told]:
    told = {**content(post),
            "mentions": {f"{one}@other.example" for one in post.mentions},
            "text": "\n\n".join([post.text, *sorted(post.links)]),
            "described": post.described if post.media else None}  # fmt: skip
    if post.kind == "share":
        return [common(post) | {"text": None, "links": None}]
    if not post.edited:
        return [common(post) | told]
    unknown = dict.fromkeys(told)
    return [common(post) | unknown, {"at": post.edited, "kind": "edit", **told}]


def x_acts(post: Post) -> list[Told]:
    if post.kind == "share":
        return [common(post) | {"text": None, "links": None, "language": post.language}]
    return [common(post) | content(post) | {"text": " ".join([post.text, *sorted(post.links)])}]


def bluesky_acts(post: Post) -> list[Told]:
    if post.kind == "share":
        return [common(post) | {"text": None, "links": None}]
    told = content(post) | {"media": {"image"} if post.media else set(),
                            "described": post.described if post.media else None}  # fmt: skip
    return [common(post) | told]


def instagram_acts(post: Post) -> list[Told]:
    media = {*post.media} or {"image"}
    return [common(post) | {"text": post.text, "media": media, "links": None, "language": None}]


def facebook_acts(post: Post) -> list[Told]:
    told = {"text": post.text, "media": frozenset(post.media)}
    if not post.edited:
        return [common(post) | told]
    return [common(post) | dict.fromkeys(told), {"at": post.edited, "kind": "edit", **told}]


EXPECTED: Final[dict[str, Callable[[Post], list[Told]]]] = {
    "mastodon": mastodon_acts,
    "x": x_acts,
    "bluesky": bluesky_acts,
    "instagram": instagram_acts,
    "facebook": facebook_acts,
}


@pytest.mark.parametrize("network", WRITERS)
def test_what_was_passed_on_is_no_act_of_ours_to_publish(network: str, tmp_path: Path) -> None:
    if ARCHIVES[network].gives["shares"] != "yes":
        return
    write, name, _ = WRITERS[network]
    (tmp_path / name).write_text(write([Post(1, MOMENTS[0], kind="share")]), encoding="utf-8")
    (act,) = acts(read(tmp_path / name))
    assert (act.kind, act.network, act.at) == ("share", network, MOMENTS[0])


@pytest.mark.parametrize("network", WRITERS)
@given(st.data())
def test_what_was_written_is_read_back_in_order_of_time(network: str, data: st.DataObject) -> None:
    kinds = KINDS if ARCHIVES[network].gives["shares"] == "yes" else ("publish",)
    many = data.draw(posts(*kinds))
    write, name, inside = WRITERS[network]
    text = write(many)
    with TemporaryDirectory() as made:
        folder = Path(made)
        packs: list[Callable[[], Path]] = [
            lambda: alone(folder, name, text),
            lambda: zipped(folder, {f"top/{inside}": text, "media/a.jpg": b"\xff\xd8"}),
            lambda: tarred(folder, {"media/a.jpg": b"\xff\xd8", inside: text}),
        ]
        file = data.draw(st.sampled_from(packs))()
        found = acts(read(file))
    due = sorted((told for one in many for told in EXPECTED[network](one)), key=lambda t: t["at"])
    assert [
        {key: getattr(act, key) for key in told} for act, told in zip(found, due, strict=True)
    ] == due
    assert {act.network for act in found} == {network}
    for act in found:
        assert (act.author, act.topics, act.paid, act.scheduled) == (None, None, None, None)
    for act in found:
        assert (act.kind == "reply") == (act.in_reply_to is not None)
        assert (act.kind in {"share", "edit", "quote"}) == (act.target is not None)


@given(posts("publish"))
def test_the_shares_of_linkedin_are_read_back_in_order_of_time(many: list[Post]) -> None:
    with TemporaryDirectory() as made:
        file = alone(Path(made), "Shares.csv", linkedin(many))
        found = acts(read(file, zone="UTC"))
    due = sorted(many, key=lambda post: post.at)
    assert [(act.at, act.text) for act in found] == [(post.at, post.text) for post in due]
    assert [act.links for act in found] == [
        frozenset(sorted(post.links)[:1]) or None for post in due
    ]
    assert {act.kind for act in found} == {None}  # a share of another's post is listed as well


@given(posts("publish"))
def test_the_shares_of_linkedin_are_read_where_they_are_in_its_archive(many: list[Post]) -> None:
    with TemporaryDirectory() as made:
        folder, text = Path(made), linkedin(many)
        packed_ = zipped(folder, {"Profile.csv": "First Name\nAna\n", "top/Shares.csv": text})
        found = read(packed_, zone="UTC")
        bare = read(alone(folder, "Shares.csv", text), zone="UTC")
        placed = [attrs.evolve(one, place=f"Shares.csv: {one.place}") for one in bare]
        assert found == placed
        assert len(acts(found)) == len(many)


def test_shares_in_an_archive_are_read_by_a_map_of_columns_as_they_are(folder: Path) -> None:
    text = "Date,Said\n2026-03-02T08:00:00Z,Hm\n2026-03-01T08:00:00Z,Ha\n"
    file = zipped(folder, {"Shares.csv": text})
    first, late = read_history(file, CHARTER, columns={"at": "Date", "text": "Said"})
    assert isinstance(first, Case)
    assert first.act.text == "Hm"
    assert isinstance(late, Unreadable) or late.act.text == "Ha"


@pytest.mark.parametrize("most", [1, 20_000])
def test_a_table_that_bursts_is_read_no_further(
    folder: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [Post(n, MOMENTS[0].replace(year=2000 + n), text="A" * 2_000) for n in range(20)]
    file = zipped(folder, {"Shares.csv": linkedin(many)})
    monkeypatch.setattr(packed, "MOST_BYTES", most)
    *_, last = [row for row in read_or_refused(file, "UTC") if isinstance(row, Unreadable)]
    assert "archive-too-large" in {problem.code for problem in last.problems}


def test_pages_that_were_put_together_are_read_one_after_the_other(folder: Path) -> None:
    pages = "\n".join(bluesky([Post(n, one)]) for n, one in enumerate(MOMENTS, 1))
    assert len(acts(read(alone(folder, "feed.json", pages)))) == len(MOMENTS)


def test_comments_stand_among_the_posts_of_an_archive_of_meta(folder: Path) -> None:
    files = {
        "your_instagram_activity/media/posts_1.json": instagram([Post(1, MOMENTS[0])]),
        "your_instagram_activity/comments/post_comments_1.json": commented(),
        "your_instagram_activity/comments/hidden.json": commented(),
    }
    assert [act.kind for act in acts(read(zipped(folder, files)))] == ["reply", "publish"]
    files = {
        "your_facebook_activity/posts/profile_posts_1.json": facebook_post(data=[{"post": "Hm"}]),
        "your_facebook_activity/comments_and_reactions/comments.json": json.dumps(
            {"comments_v2": [{"timestamp": 1772438300, "data": [{"comment": {"comment": "a"}}]}]}
        ),
        "your_facebook_activity/comments_and_reactions/likes.json": "[]",
    }
    assert [act.text for act in acts(read(tarred(folder, files)))] == ["a", "Hm"]


def test_the_account_of_an_archive_of_x_says_which_messages_are_ours(folder: Path) -> None:
    account = 'window.YTD.account.part0 = [{"account": {"username": "Ana"}}]'
    files = {"data/tweets.js": x([Post(1, MOMENTS[0], "reply")]), "data/account.js": account}
    (act,) = acts(read(zipped(folder, files)))
    assert act.account == "Ana"
    assert act.in_reply_to is not None
    assert act.in_reply_to.ours is True


TWEET: Final = {"created_at": "Mon Mar 02 08:00:00 +0000 2026", "full_text": "Hm", "id_str": "1"}
NOTE: Final = {"type": "Create", "actor": "https://s.example/users/us",
               "published": "2026-03-02T08:00:00Z"}  # fmt: skip
POST: Final = {"uri": "at://did:plc:us/app.bsky.feed.post/1", "author": {"did": "did:plc:us"}}
RECORD: Final = {"text": "Hm", "createdAt": "2026-03-02T08:00:00Z"}


def note(**more: object) -> str:
    told = {"to": "as:Public", "content": "<p>Hm</p>", **more}
    return json.dumps({"orderedItems": [{**NOTE, "object": told}]})


def tweet(**more: object) -> str:
    return json.dumps([{"tweet": {**TWEET, **more}}])


def feed(**more: object) -> str:
    return json.dumps({"feed": [{"post": {**POST, "record": {**RECORD, **more}}}]})


def records(kind: str, **more: object) -> str:
    value = {"$type": kind, **RECORD, **more}
    return json.dumps({"records": [{"uri": f"at://did:plc:us/{kind}/1", "value": value}]})


def facebook_post(**more: object) -> str:
    return json.dumps([{"timestamp": 1772438400, **more}])


TIME: Final = {"timestamp": 1772438400}
MOMENT: Final = datetime(2026, 3, 2, 8, tzinfo=UTC)


def commented(**parts: object) -> str:
    return json.dumps([{"string_map_data": {"Time": TIME, **parts}}])


QUOTED: Final = "at://did:plc:us/app.bsky.feed.post/0"
EMBED: Final = "app.bsky.embed"
#: What a file holds -> what is known of its one act, or of its last.
ONES: Final[list[tuple[str, Told]]] = [
    (note(to=["https://s.example/users/ana"]), {"kind": "message"}),
    (note(to=["https://s.example/users/us/followers"]), {"kind": "publish"}),
    (note(quote="https://s.example/users/us/statuses/1"),
     {"kind": "quote", "target.ours": True, "target.id": "https://s.example/users/us/statuses/1"}),
    (note(quote={"type": "Tombstone"}),
     {"kind": "quote", "target.ours": None, "target.id": None}),
    (note(inReplyTo="https://s.example/users/ana/statuses/1"), {"in_reply_to.ours": None}),
    (note(inReplyTo="https://o.example/1"),
     {"in_reply_to.ours": False, "in_reply_to.id": "https://o.example/1"}),
    (note(inReplyTo={"id": "https://o.example/1"}), {"in_reply_to.id": "https://o.example/1"}),
    (note(id="https://s.example/1", updated="2026-03-03T08:00:00Z"),
     {"kind": "edit", "id": "https://s.example/1#edit", "target.id": "https://s.example/1"}),
    (note(type="Question"), {"format": "poll"}),
    (note(type="Question", oneOf=[{"name": "Yes <3"}, {"name": "No"}]),
     {"format": "poll", "text": "Hm\n\nYes <3\nNo"}),
    (note(type="Question", content="", summary="Recall", anyOf=[{"name": "Yes"}, {}]),
     {"text": "Recall\n\nYes"}),
    (note(summary="Recall"), {"text": "Recall\n\nHm"}),
    (note(contentMap={"en": "", "fr": ""}), {"language": None}),
    (note(attachment={"type": "Document", "mediaType": "model/x"}), {"media": None}),
    (note(attachment=[{"type": "Link", "href": "https://a.example/"}]),
     {"links": {"https://a.example/"}, "media": set(), "described": None}),
    (json.dumps({"orderedItems": [{**NOTE, "actor": None, "object": {"content": "a"}}]}),
     {"account": None, "kind": "message"}),
    (json.dumps({"orderedItems": [{**NOTE, "type": "Announce", "actor": "us",
                                   "object": {"id": "b"}}]}),
     {"account": None, "target.ours": None}),
    (tweet(in_reply_to_user_id_str="7"), {"kind": "reply", "in_reply_to.author": None}),
    (tweet(in_reply_to_user_id_str="7", in_reply_to_status_id_str="8"),
     {"kind": "reply", "in_reply_to.id": "8"}),
    (tweet(in_reply_to_screen_name="ana", in_reply_to_status_id_str="8"),
     {"in_reply_to.author": "ana", "in_reply_to.id": "8"}),
    (tweet(edit_info={"edit": {"initialTweetId": "0"}}),
     {"kind": "edit", "target.ours": True, "target.id": "0"}),
    (tweet(entities={"urls": [{"url": "https://t.co/a", "expanded_url":
           "https://twitter.com/ana/status/3?s=20"}]}),
     {"kind": "quote", "target.author": "ana", "target.id": "3"}),
    (tweet(entities={"urls": [{"url": "https://t.co/a", "expanded_url":
           "https://x.com/i/web/status/3"}]}),
     {"kind": "quote", "target.author": None, "target.ours": None, "target.id": "3"}),
    *[(tweet(full_text=f"{'Hm ' * start}… https://t.co/a",
             entities={"urls": [{"url": "https://t.co/a", "expanded_url": own}]}),
       {"kind": None, "text": None, "links": None, "hashtags": None, "mentions": None,
        "media": set(), "target": None})
      for start in (2, 90)
      for own in ("https://twitter.com/i/web/status/1", "https://x.com/us/status/1")],
    *[(tweet(full_text=f"{'Hm ' * 40}{end}"), {"kind": None, "text": None, "links": None})
      for end in ("…", "… https://t.co/a", "…https://t.co/a https://t.co/b ", "https://t.co/a…")],
    (tweet(full_text=f"{'Hm ' * 90}…", in_reply_to_screen_name="ana"),
     {"kind": "reply", "text": None, "links": None}),
    (tweet(full_text="Hm…"), {"kind": "publish", "text": "Hm…", "links": set()}),
    (tweet(full_text=f"{'Hm… ' * 40}Hm"), {"kind": "publish", "text": f"{'Hm… ' * 40}Hm"}),
    (tweet(lang="und"), {"language": None}),
    (tweet(full_text="RT @ana: Hm"), {"kind": "share", "target.author": "ana", "language": None}),
    (tweet(full_text="RT @ana: Hm", lang="en"), {"kind": "share", "language": "en"}),
    (tweet(entities={"media": [{"type": "hologram"}]}), {"media": None}),
    (tweet(entities={"urls": [{"url": "https://t.co/a"}]}), {"links": {"https://t.co/a"}}),
    (json.dumps([{**TWEET, "id": "5", "id_str": None}]), {"id": "5", "kind": "publish"}),
    (feed(embed={"$type": f"{EMBED}.record", "record": {"uri": QUOTED}}),
     {"kind": "quote", "target.ours": True, "target.id": QUOTED}),
    (feed(embed={"$type": f"{EMBED}.recordWithMedia", "record": {"record": {"uri": QUOTED}},
                 "media": {"$type": f"{EMBED}.video", "alt": "A lamp"}}),
     {"kind": "quote", "media": {"video"}, "described": True}),
    (feed(embed={"$type": f"{EMBED}.external", "external": {"uri": "https://a.example/"}}),
     {"links": {"https://a.example/"}, "media": set()}),
    (feed(langs=["en", "fr"], tags=["lamps"]), {"language": None, "hashtags": {"lamps"}}),
    (feed(facets=[{"index": {"byteStart": 0, "byteEnd": 90}, "features": [{"did": "d"}]}]),
     {"mentions": set()}),
    (records("app.bsky.feed.post", reply={"parent": {"uri": QUOTED}}),
     {"kind": "reply", "account": "did:plc:us", "in_reply_to.ours": True,
      "in_reply_to.id": QUOTED}),
    (records("app.bsky.feed.repost", subject={"uri": "at://did:plc:ana/x/1"}),
     {"kind": "share", "target.ours": False, "target.id": "at://did:plc:ana/x/1"}),
    (records("app.bsky.feed.repost", subject={}), {"target.ours": None}),
    (json.dumps([{"media": [], "creation_timestamp": 1772438400, "title": "Hm"}]),
     {"text": "Hm", "media": set()}),
    (json.dumps({"ig_stories": [{"uri": "a.jpg", "creation_timestamp": 1772438400}]}),
     {"format": "story", "media": {"image"}, "text": ""}),
    (json.dumps({"ig_reels_media": [
        {"media": {"uri": "a.xyz", "creation_timestamp": 1772438400}}]}),
     {"format": "reel", "media": None}),
    (commented(Comment={"value": "D\u00c3\u00a8s lundi"}, **{"Media Owner": {"value": "ana"}}),
     {"kind": "reply", "text": "D\u00e8s lundi", "in_reply_to.author": "ana", "at": MOMENT}),
    (commented(Commentaire={"value": "Hm"}), {"kind": "reply", "text": None, "at": MOMENT}),
    (commented(Comment={}), {"text": "", "format": "comment"}),
    (json.dumps({"comments_reels_comments": [{"string_map_data": {"Heure": TIME}}]}),
     {"kind": "reply", "network": "instagram", "at": MOMENT}),
    (facebook_post(data=[{"comment": {"comment": "D\u00c3\u00a8s lundi", "author": "Us"}}]),
     {"kind": "reply", "text": "D\u00e8s lundi", "account": "Us", "media": set()}),
    (json.dumps({"comments_v2": [{"timestamp": 1772438400, "attachments": [
        {"data": [{"media": {"uri": "a.jpg"}}]}]}]}),
     {"kind": "reply", "text": "", "media": {"image"}, "account": None, "format": "comment"}),
    (facebook_post(data=[{"comment": {}}], attachments=[{"data": [{"external_context": {}}]}]),
     {"kind": "reply", "media": None}),
    (facebook_post(data=[{"post": "Hm"}], title="Shared."), {"kind": None, "text": "Hm"}),
    (facebook_post(attachments=[{"data": [{"external_context": {"url": "a"}}]}]), {"kind": None}),
    (facebook_post(data=[{"post": "Hm"}, {"update_timestamp": 1772438400}]), {"kind": "publish"}),
    (facebook_post(data=[{"post": "Hm"}, {"update_timestamp": 1772438401}]),
     {"kind": "edit", "text": "Hm", "target.ours": True}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "due"), ONES)
def test_what_is_given_is_known_and_what_is_not_is_unknown(
    folder: Path, text: str, due: Told
) -> None:
    act = acts(read(alone(folder, "given.json", text)))[-1]
    for name, one in due.items():
        head, _, rest = name.partition(".")
        found = getattr(act, head)
        assert (getattr(found, rest) if rest else found) == one, name


# ------------------------------------------------------------------------------------- what is not


def test_what_does_not_read_is_told_with_its_place_and_the_others_are_read(folder: Path) -> None:
    good = {"tweet": TWEET}
    bad = [{"tweet": {**TWEET, "id_str": "2", "created_at": "soon"}}, {"tweet": {"lang": 3}},
           {"a": 1},
           {"tweet": {**TWEET, "id_str": "3", "created_at": "Mon Mar 99 08:00:00 +0000 2026"}},
           {"tweet": {**TWEET, "id_str": "4", "full_text": "\ud83d"}}]  # fmt: skip
    rows = read(alone(folder, "a.json", json.dumps([good, *bad])))
    broken = [row for row in rows if isinstance(row, Unreadable)]
    assert [row.place for row in broken] == [f"item {n}" for n in range(2, 7)]
    assert all(row.casts_doubt for row in broken)
    assert [row.problems[0].path for row in broken] == [
        ("tweet", "created_at"), (), (), ("tweet", "created_at"), ("text",)
    ]  # fmt: skip
    assert broken[0].text("fr").startswith("élément 2")
    packed = read(
        zipped(folder, {"data/tweets.js": f"window.YTD.tweets.part0 = {json.dumps(bad)}"})
    )
    (first, *_) = [row for row in packed if isinstance(row, Unreadable)]
    assert first.place == "tweets.js: item 1"
    assert first.text("fr").startswith("tweets.js\N{NO-BREAK SPACE}: élément 1")
    assert place_text(first.place, "fr") == "tweets.js\N{NO-BREAK SPACE}: élément 1"
    assert len(rows) == 6


@pytest.mark.parametrize("text", [
    json.dumps({"orderedItems": [{**NOTE, "type": "Like"}]}),
    json.dumps({"orderedItems": [{**NOTE, "type": None}]}),
    json.dumps({"orderedItems": [7]}),
    note().replace("https://s.example/", "https://[bad/"),
    note(inReplyTo="https://[bad/users/x"),
    note(quote={"id": "https://a]b/"}),
    json.dumps({"orderedItems": [{**NOTE, "type": "Announce", "object": "https://\u2100.a/"}]}),
    json.dumps({"orderedItems": [{**NOTE, "object": {"to": [3], "content": [], "tag": "x"}}]}),
    json.dumps({"feed": [{"post": {}}]}),
    json.dumps({"records": [{"uri": "at://d", "value": {}}]}),
    json.dumps({"ig_stories": [{}]}),
    json.dumps([{"string_map_data": {"Comment": {"value": "Hm"}}}]),
    json.dumps({"comments_v2": [{"title": "Hm"}]}),
    json.dumps([{"media": "x"}]),
    json.dumps([{"timestamp": -1}]),
    json.dumps([{"timestamp": 10**15}]),
])  # fmt: skip
def test_what_no_network_writes_is_unreadable(folder: Path, text: str) -> None:
    (row,) = read(alone(folder, "a.json", text))
    assert isinstance(row, Unreadable)


def test_a_file_that_was_cut_tells_where_and_settles_nothing(folder: Path) -> None:
    whole = mastodon([Post(n, at) for n, at in enumerate(MOMENTS, 1)])
    for cut in range(1, len(whole) - 2):
        rows = read_or_refused(alone(folder, "outbox.json", whole[:cut]))
        last = [row for row in rows if isinstance(row, Unreadable)]
        assert [(row.casts_doubt, row.problems[0].code) for row in last] == [(True, "archive-cut")]
        assert all(isinstance(row, Case) for row in rows if row not in last)


def read_or_refused(file: Path, zone: str | None = None) -> Rows:
    """Return the rows of a file, a file that is refused as one row that does not read."""
    try:
        return read(file, zone)
    except InvalidError as error:
        return [Unreadable("", tuple(error.problems), casts_doubt=True)]


DEEP: Final = "[" * 100_000


@pytest.mark.parametrize(("text", "code"), [
    ("", "archive-without-posts"),
    ("[]", "archive-without-posts"),
    ('{"orderedItems": []}', "archive-without-posts"),
    ("{}", "archive-without-posts"),
    ("7", "archive-not-json"),
    (f"[{{]{' ' * 20}", "archive-not-json"),
    ('[{"tweet": {}, "tweet": {}}]', "archive-not-json"),
    ('[{"tweet": NaN}]', "archive-not-json"),
    ("[", "archive-cut"),
    ("{", "archive-cut"),
    ('{"a" 1}', "archive-not-json"),
    ('{"a": 1 "b": 2}', "archive-not-json"),
    ("{1: 2}", "archive-not-json"),
    (f"{{1: 2}}{' ' * 20}", "archive-not-json"),
    (f"[1 2]{' ' * 20}", "archive-not-known"),
    (f'[{{"tweet": {DEEP}', "item-too-deep"),
    (f'["{"a" * (LONGEST + 2**17)}', "item-too-long"),
    ("window.alert(1)", "script-not-known"),
    ("window.YTD.tweets.part0 = [1];alert(1)", "archive-not-known"),
    ('[{"a": 1}]', "archive-not-known"),
    ("[1]", "archive-not-known"),
    ("{}" * 10_001, "too-many-values"),
])  # fmt: skip
def test_a_hostile_or_foreign_file_is_refused(folder: Path, text: str, code: str) -> None:
    assert codes(alone(folder, "tweets.js", text)) == [code]


def test_a_script_is_read_and_never_run(folder: Path) -> None:
    text = f"window.YTD.tweets.part0 = {tweet()};\nwindow.YTD.tweets.part1 = {tweet(id_str='2')};"
    assert len(acts(read(alone(folder, "tweets.js", text)))) == 2
    rows = read(alone(folder, "tweets.js", f"{text}\nalert(1)"))
    assert [isinstance(row, Unreadable) for row in rows] == [False, False, True]


def test_what_is_of_no_archive_is_refused(folder: Path) -> None:
    assert codes(alone(folder, "repo.car", "")) == ["archive-damaged"]
    assert codes(alone(folder, "a.zip", "no zip")) == ["archive-damaged"]
    assert codes(alone(folder, "a.tar.gz", "no tar")) == ["archive-damaged"]
    assert codes(alone(folder, "a.tar", "no tar")) == ["archive-damaged"]
    assert codes(zipped(folder, {"a": "b"})) == ["archive-not-known"]
    assert codes(zipped(folder, {"content/posts_1.html": ""})) == ["archive-of-pages"]
    assert codes(zipped(folder, {"Shares.csv": ""})) == ["empty-history"]
    assert codes(zipped(folder, {"Shares.csv": "", "a/Shares_2.csv": ""})) == ["archive-of-sheets"]
    assert codes(tarred(folder, {"Shares.csv": ""})) == ["archive-of-sheets"]
    assert codes(zipped(folder, {"outbox.json": "[]"})) == ["archive-without-posts"]
    assert codes(zipped(folder, {"data/account.js": "[]", "data/tweets.js": "[]"})) == [
        "archive-without-posts"
    ]
    (folder / "outbox.json").write_bytes(b"\x1f\x8b")
    assert codes(folder / "outbox.json") == ["file-compressed"]


@pytest.mark.parametrize(
    "name", ["../outbox.json", "/outbox.json", "a/../../b", "C:\\a", "a\\..\\b", "a" * 1001, "a\n"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_lead_out_are_refused_each_of_them(
    folder: Path, name: str, pack: Callable[..., Path]
) -> None:
    files = {name: "x", "outbox.json": mastodon([Post(1, MOMENTS[0])])}
    assert codes(pack(folder, files)) == ["leads-out"]


def test_a_link_is_not_followed(folder: Path) -> None:
    file = folder / "archive.tar"
    with tarfile.open(file, "w") as archive:
        info = tarfile.TarInfo("outbox.json")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    assert codes(file) == ["archive-not-known"]


def test_a_locked_file_is_refused(folder: Path) -> None:
    file = zipped(folder, {"data/tweets.js": tweet()})
    raw = bytearray(file.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(sign) + at] |= 1
    file.write_bytes(raw)
    assert codes(file) == ["archive-locked"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_damage_never_makes_an_archive_better(folder: Path, pack: Callable[..., Path]) -> None:
    file = pack(folder, {"outbox.json": mastodon([Post(n, at) for n, at in enumerate(MOMENTS, 1)])})
    whole = file.read_bytes()
    due = acts(read(file))
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        rows = read_or_refused(file)
        assert any(isinstance(row, Unreadable) for row in rows) or acts(rows) == due


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_bombs_are_refused(
    folder: Path, pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pack(folder, {"outbox.json": '{"orderedItems": [' + " " * 10**7, "b": "", "c": ""})
    assert codes(file) == ["archive-bursts"]
    monkeypatch.setattr(packed, "MOST_TIMES", 10**5)
    monkeypatch.setattr(packed, "MOST_BYTES", 10**6)
    assert codes(file) == ["archive-too-large"]
    monkeypatch.setattr(packed, "MOST_FILES", 0)
    assert codes(file) == ["too-many-packed"]
    monkeypatch.setattr(packed, "MOST_FILES", 10)
    monkeypatch.setattr(packed, "MOST_FOLLOWED", 10**5)
    assert codes(file) == ["archive-too-large"]


def test_an_archive_of_which_hardly_anything_reads_lists_what_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MAX_PROBLEMS", 3)
    found = refused(alone(folder, "a.json", json.dumps([{"timestamp": -1}] * 9)))
    assert [str(problem.path[0]) for problem in found] == ["item 1", "item 1", "item 2"]


def test_a_file_is_read_piece_by_piece_whatever_its_pieces(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = alone(
        folder,
        "outbox.json",
        mastodon([Post(n, at, text="é&\n\n🔥") for n, at in enumerate(MOMENTS)]),
    )
    whole = read(file)
    for size in (1, 2, 3, 7, 100):
        monkeypatch.setattr(items, "_CHUNK", size)
        assert read(file) == whole


# ------------------------------------------------------------------------------------------ texts


@pytest.mark.parametrize(("html", "text"), [
    ("<p>a<br>b<br/>c</p><p>d</p>", "a\nb\nc\n\nd"),
    ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
    ("a<script>alert(1)</script><style>b</style></style>c", "ac"),
    ("&lt;b&gt; &amp;amp; &eacute;&#128293;", "<b> &amp; é🔥"),
    ("<p>a", "a"),
    ("<<a>>", "<>"),
    ("", ""),
])  # fmt: skip
def test_html_is_read_as_people_see_it(html: str, text: str) -> None:
    assert text_of_html(html)[0] == text


def test_links_are_those_that_the_author_wrote() -> None:
    html = '<a href="https://a.example/">a</a><a class="u-url mention" href="https://b.example/@c">@c</a><a>d</a>'
    assert text_of_html(html) == ("a@cd", frozenset({"https://a.example/"}))


@given(st.text())
def test_what_was_broken_is_mended_and_what_was_not_stays(text: str) -> None:
    try:
        broken = text.encode().decode("latin-1")
    except UnicodeEncodeError:
        return
    assert mended(broken) == text
    assert mended("né 漢") == "né 漢"


def test_the_table_says_of_each_archive_what_it_gives() -> None:
    assert all(one.gives.keys() == ASKED.keys() for one in ARCHIVES.values())
    assert {one.gives["authors"] for one in ARCHIVES.values()} == {"no"}
    assert {word for one in ARCHIVES.values() for word in one.gives.values()} == {
        "yes",
        "no",
        "some",
    }


def test_a_zip_of_another_compression_is_damaged(folder: Path) -> None:
    file = zipped(folder, {"outbox.json": "{}"})
    raw = bytearray(file.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 10] = 99
    file.write_bytes(raw)
    assert codes(file) == ["archive-damaged"]
    assert zipfile.is_zipfile(BytesIO(raw))
