"""A repository of Bluesky as one file is read as its records are, and a hostile one is refused."""

import base64
import json
from base64 import b32encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import InvalidError
from cmcore.charters import Case, Unreadable
from cmcore.codec.archives import repository
from cmcore.codec.archives.dagcbor import NAME, decoded
from cmcore.codec.csvform import LONGEST

from .repositories import DID, Link, Repository, blob, car, cbor, depth, head, length
from .test_archives import acts, codes, read, read_or_refused
from .writers import Post, alone, bluesky, posts

NONE: Final = Link(b"\0" * 32)
AT: Final = "2026-03-02T08:00:00Z"
HM: Final = {"$type": "app.bsky.feed.post", "text": "Hm", "createdAt": AT}
POST, REPOST, LIKE = "app.bsky.feed.post/", "app.bsky.feed.repost/", "app.bsky.feed.like/"


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def saved(folder: Path, raw: bytes) -> Path:
    file = folder / "repo.car"
    file.write_bytes(raw)
    return file


def records(many: list[Post]) -> dict[str, Any]:
    """Return the records of posts, by their keys."""
    made: dict[str, Any] = {}
    for item, post in zip(json.loads(bluesky(many))["feed"], many, strict=True):
        key = f"{POST}3k{post.number:04}"
        if post.kind == "share":
            subject = {"uri": item["post"]["uri"], "cid": "x"}
            made[key.replace("post", "repost")] = {
                "$type": "app.bsky.feed.repost", "subject": subject,
                "createdAt": item["reason"]["indexedAt"],
            }  # fmt: skip
        else:
            made[key] = {"$type": "app.bsky.feed.post", **item["post"]["record"]}
    return made


def likes(count: int) -> dict[str, Any]:
    return {f"{LIKE}3l{n:04}": {"$type": "app.bsky.feed.like"} for n in range(count)}


@given(posts(), st.integers(0, 20))
def test_a_repository_says_what_the_list_of_its_records_says(many: list[Post], others: int) -> None:
    told = records(many)
    listed = [{"uri": f"at://{DID}/{key}", "value": told[key]} for key in sorted(told)]
    with TemporaryDirectory() as made:
        folder = Path(made)
        found = read(saved(folder, car({**told, **likes(others), "app.bsky.actor.profile/self":
                                        {"avatar": blob(b"a"), "raw": b"\1"}})))  # fmt: skip
        assert found == read(alone(folder, "records.json", json.dumps({"records": listed})))
    assert len(acts(found)) == len(many)
    assert {act.account for act in acts(found)} == {DID}


def key_at(level: int, collection: str) -> str:
    """Return a key that stands so far above the leaves of its tree."""
    return next(key for n in count() if depth(key := f"{collection}3m{n:06}") == level)


def test_a_post_with_pictures_is_read_as_one_without_and_so_is_what_stands_beside(
    folder: Path,
) -> None:
    images = [{"alt": alt, "image": blob(alt.encode())} for alt in ("A loaf", "")]
    shown = {**HM, "embed": {"$type": "app.bsky.embed.images", "images": images}}
    beside = {
        f"{LIKE}3l": {"$type": "app.bsky.feed.like", "subject": {"uri": "at://x/y/z", "cid": "c"}},
        "app.bsky.graph.block/3b": {"$type": "app.bsky.graph.block", "subject": "did:plc:x"},
        "app.bsky.feed.threadgate/3t": {"$type": "app.bsky.feed.threadgate", "allow": []},
        "app.bsky.actor.profile/self": {"avatar": blob(b"a"), "banner": blob(b"b")},
    }
    (act,) = acts(read(saved(folder, car({f"{POST}a": shown, **beside}))))
    assert (act.media, act.described, act.text) == (frozenset({"image"}), False, "Hm")


def test_a_tree_with_nodes_that_hold_nothing_but_another_is_read(folder: Path) -> None:
    high, low = key_at(3, POST), key_at(0, POST)
    raw = car({high: HM, low: {**HM, "text": "Low"}, key_at(0, LIKE): {}})
    assert raw.count(cbor({"e": []})[1:]) == 2  # between the root and the leaves
    assert sorted(act.text or "" for act in acts(read(saved(folder, raw)))) == ["Hm", "Low"]


def test_a_file_beside_the_records_is_passed_over(folder: Path) -> None:
    whole = car({f"{POST}a": HM})
    picture = Link(sha256(b"picture").digest(), 0x55).raw + b"picture"
    raw = whole + length(len(picture)) + picture
    assert acts(read(saved(folder, raw))) == acts(read(saved(folder, whole)))


def test_the_block_that_is_damaged_is_named(folder: Path) -> None:
    raw = car({f"{POST}a": HM}).replace(cbor("Hm"), cbor("Ha"))
    name = b32encode(NAME + sha256(cbor(HM)).digest()).decode().lower().rstrip("=")
    with pytest.raises(InvalidError, match=f"block `b{name}` is not whole"):
        read(saved(folder, raw))


def test_a_record_that_does_not_read_is_told_and_the_others_are_read(folder: Path) -> None:
    bad = {**HM, "createdAt": "soon"}
    rows = read(saved(folder, car({f"{POST}a": HM, f"{POST}b": bad, f"{POST}c": "Hm"})))
    assert [isinstance(row, Case) for row in rows] == [True, False, False]
    assert [row.place for row in rows[1:]] == ["item 2", "item 3"]


def test_a_repository_without_posts_is_told(folder: Path) -> None:
    assert codes(saved(folder, car({}))) == ["archive-without-posts"]
    assert codes(saved(folder, car(likes(9)))) == ["archive-without-posts"]


def test_damage_never_makes_a_repository_better(folder: Path) -> None:
    whole = car({f"{POST}{n}": HM for n in range(3)} | likes(2))
    due = acts(read(saved(folder, whole)))
    for at in range(len(whole)):
        for raw in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]):
            rows = read_or_refused(saved(folder, raw))
            assert any(isinstance(row, Unreadable) for row in rows) or acts(rows) == due


def tree(entries: list[dict[str, Any]], left: Link | None = None) -> dict[str, Any]:
    return {"l": left, "e": entries}


def planted(folder: Path, node: Any, **more: Any) -> Path:  # noqa: ANN401 - plain data
    """Write a repository whose tree begins with a node; `HM` is a record in it."""
    made = Repository()
    made.add(HM)
    root = made.add({"did": DID, "version": 3, "data": made.add(node), **more})
    return saved(folder, made.written(root))


RECORD: Final = Link(sha256(cbor(HM)).digest())
KEY: Final = f"{POST}a".encode()


@pytest.mark.parametrize("entries", [
    [{"p": 0, "k": KEY, "v": RECORD, "t": None}] * 2,  # a key stands twice
    [{"p": 0, "k": KEY + b"\xff", "v": RECORD, "t": None}],
])  # fmt: skip
def test_keys_that_are_none_are_refused(folder: Path, entries: list[dict[str, Any]]) -> None:
    assert codes(planted(folder, tree(entries))) == ["archive-damaged"]


@pytest.mark.parametrize("node", [
    tree([{"p": 0, "k": KEY, "v": RECORD, "t": NONE}]),  # a node is missing
    tree([{"p": 0, "k": KEY, "v": NONE, "t": None}]),  # a record is missing
    tree([{"p": 0, "k": "a", "v": RECORD, "t": None}]),
    tree([{"p": "0", "k": KEY, "v": RECORD, "t": None}]),
    tree([{"k": KEY}]),
    tree([7]),  # type: ignore[list-item]
    {"l": 7, "e": []},
    {"l": None},
    [],
])  # fmt: skip
def test_a_tree_that_is_none_is_refused(folder: Path, node: Any) -> None:  # noqa: ANN401
    assert codes(planted(folder, node)) == ["block-damaged"]


def test_a_tree_that_reaches_itself_again_and_again_ends(folder: Path) -> None:
    made = Repository()
    made.add(HM)
    name = made.add(tree([{"p": 0, "k": KEY, "v": RECORD, "t": None}]))
    for _ in range(40):  # 2 ** 40 ways lead to the record
        name = made.add(tree([{"p": 0, "k": KEY, "v": RECORD, "t": name}], name))
    root = made.add({"did": DID, "version": 3, "data": name})
    assert codes(saved(folder, made.written(root))) == ["archive-damaged"]


def test_a_tree_of_too_many_levels_is_refused(folder: Path) -> None:
    made = Repository()
    name = made.add(tree([]))
    for _ in range(repository.MOST_LEVELS):
        name = made.add(tree([], name))
    root = made.add({"did": DID, "version": 3, "data": name})
    assert codes(saved(folder, made.written(root))) == ["item-too-deep"]


def test_limits_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = saved(folder, car({f"{POST}a": HM}))
    monkeypatch.setattr(repository, "MOST_BLOCKS", 2)
    assert codes(file) == ["too-many-packed"]
    monkeypatch.setattr(repository, "MOST_BYTES", 99)
    assert codes(file) == ["archive-too-large"]
    assert codes(saved(folder, length(LONGEST + 1))) == ["item-too-long"]
    assert codes(saved(folder, b"\xff" * 9)) == ["archive-damaged"]


@pytest.mark.parametrize("raw", [
    b"", b"\0", b"\x80", length(4) + b"\xa0", length(90) + b"\xa0",
    length(len(cbor([]))) + cbor([]),
    length(len(cbor({"version": 2, "roots": []}))) + cbor({"version": 2, "roots": []}),
    length(len(cbor({"version": 1, "roots": []}))) + cbor({"version": 1, "roots": []}),
    b"{}", b'{"feed": []}',
])  # fmt: skip
def test_what_is_no_repository_is_refused(folder: Path, raw: bytes) -> None:
    assert codes(saved(folder, raw)) == ["archive-damaged"]


def test_what_is_named_in_another_way_is_passed_over_unless_it_is_asked_for(folder: Path) -> None:
    whole = car({f"{POST}a": HM})
    due = acts(read(saved(folder, whole)))
    digest = b"\x12\x20" + sha256(b"a").digest()
    for name in (
        digest,
        b"\1\x70" + digest,
        b"\1\x71\x13\x40" + b"a" * 64,
        b"\1\x55\0\1",
        b"\1\x71\x12",
    ):
        other = length(len(name) + 1) + name + b"a"
        assert acts(read(saved(folder, whole + other))) == due
    for other in (b"\1\x70\x12\x20", b"\1\x71\x13\x20"):
        raw = whole.replace(b"\1\x71\x12\x20", other)
        assert codes(saved(folder, raw)) == ["archive-damaged"]
    picture = whole.replace(Link(b"").raw, Link(b"", 0x55).raw)
    assert codes(saved(folder, picture)) == ["block-damaged"]
    one = whole.rfind(Link(b"").raw)
    assert codes(saved(folder, whole[:one] + b"\2" + whole[one + 1 :])) == ["block-damaged"]


def test_blocks_may_come_in_any_order_twice_and_with_others_that_nothing_links_to(
    folder: Path,
) -> None:
    made = Repository()
    old = made.tree([(f"{POST}a", made.add(HM)), (f"{POST}b", made.add({**HM, "text": "Gone"}))])
    assert old
    root = made.add({"did": DID, "version": 3, "data": made.tree([(f"{POST}a", RECORD)])})
    made.blocks = [*reversed(made.blocks), *made.blocks]
    assert [act.text for act in acts(read(saved(folder, made.written(root))))] == ["Hm"]


def test_a_length_may_be_written_in_more_bytes_than_it_takes(folder: Path) -> None:
    other = b"\1\x55\x12\x20" + sha256(b"a").digest() + b"a"
    long = bytes([len(other) | 128, 128, 128, 0])
    whole = car({f"{POST}a": HM})
    assert acts(read(saved(folder, whole + long + other))) == acts(read(saved(folder, whole)))


# ------------------------------------------------------------------------------------------ blocks

PLAIN: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.binary()
    | st.builds(Link, st.binary(min_size=32, max_size=32), st.sampled_from([0x71, 0x55])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def as_json(thing: Any) -> Any:  # noqa: ANN401 - plain data
    """Return what a block stands for."""
    if isinstance(thing, Link):
        return {"$link": thing.raw.hex()}
    if isinstance(thing, bytes):
        return {"$bytes": thing.hex()}
    if isinstance(thing, list):
        return [as_json(one) for one in thing]
    return {k: as_json(one) for k, one in thing.items()} if isinstance(thing, dict) else thing


@example(1.5)
@given(PLAIN)
def test_a_block_is_read_back_as_it_was_written(thing: Any) -> None:  # noqa: ANN401
    assert decoded(cbor(thing)) == as_json(thing)


@given(st.binary(max_size=40))
def test_no_bytes_do_anything_but_read_or_not(raw: bytes) -> None:
    try:
        decoded(raw)
    except (ValueError, KeyError, TypeError):
        return


@pytest.mark.parametrize("raw", [
    b"", b"\x00\x00", b"\x1c", b"\x5f\xff", b"\x62a", b"\x61\xff", b"\xf9\x00\x00",
    b"\xfb" + b"\x7f\xf8" + b"\0" * 6, b"\xa2\x61a\x00\x61a\x00", b"\xa1\x00\x00", b"\xf7",
    b"\xc1\x41a", head(6, 42) + cbor(b"a" * 37), head(6, 41) + cbor(NONE)[2:],
    head(6, 42) + cbor(b"\1\1\x71\x12\x20" + b"a" * 32),
    head(6, 42) + cbor(b"\0\1\x71\x12\x20" + b"a" * 31), head(6, 42) + cbor({}),
    b"\x9b" + b"\xff" * 8,
])  # fmt: skip
def test_what_is_no_block_is_refused(raw: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        decoded(raw)


def test_a_block_may_have_as_many_levels_as_records_have_and_no_more() -> None:
    assert decoded(b"\x81" * 63 + b"\x80")
    with pytest.raises(InvalidError):
        decoded(b"\x81" * 64 + b"\x80")


def test_a_published_block_has_the_name_that_it_is_published_under() -> None:
    """A fixture of @atproto/repo: `car-file-fixtures.json`."""
    block = base64.b64decode("oWR0ZXN0ZHJvb3Q=")
    published = "bafyreiapldaco7m23c7qzc4w42r7kxmcswm64nkindtuh4vwztrpoe7m5m"
    name = base64.b32decode(published[1:].upper() + "=" * 6)
    assert decoded(block) == {"test": "root"}
    assert block == cbor({"test": "root"})
    assert name == NAME + sha256(block).digest()
