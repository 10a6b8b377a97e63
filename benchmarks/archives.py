"""The memory and the time that an archive of many posts takes: `python benchmarks/archives.py`.

For each kind of archive, made-up posts are written to a file, and another process reads them all
and says how much memory it took at most.
"""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.codec.archives.repositories import car  # noqa: E402

from cmcore import catalog, read_history  # noqa: E402

POSTS: Final = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 100_000
BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)
US: Final = "https://social.example/users/lanterne"
TEXT: Final = "Post number {}: we open at nine, on quay 2, with lamps of all sizes. " * 3


def moment(number: int) -> datetime:
    """Return when a post was: newest first."""
    return BEGAN - timedelta(minutes=number)


def mastodon(number: int) -> Any:  # noqa: ANN401 - JSON
    """Return an activity of an outbox."""
    at = moment(number).isoformat()
    note = {
        "id": f"{US}/statuses/{number}",
        "type": "Note",
        "published": at,
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "content": f"<p>{TEXT.format(number, number, number)}</p>",
        "contentMap": {"en": ""},
        "tag": [{"type": "Hashtag", "name": "#lamps"}],
    }
    return {"id": f"{US}/{number}", "type": "Create", "actor": US, "published": at, "object": note}


def x(number: int) -> Any:  # noqa: ANN401 - JSON
    """Return a post of X."""
    entities = {"hashtags": [{"text": "lamps"}], "urls": [], "user_mentions": []}
    return {
        "tweet": {
            "id_str": str(number),
            "created_at": moment(number).strftime("%a %b %d %H:%M:%S +0000 %Y"),
            "full_text": TEXT.format(number, number, number),
            "lang": "en",
            "entities": entities,
        }
    }


def bluesky(number: int) -> Any:  # noqa: ANN401 - JSON
    """Return an entry of a feed."""
    at = moment(number).isoformat()
    return {
        "post": {
            "uri": f"at://did:plc:us/app.bsky.feed.post/{number}",
            "author": {"did": "did:plc:us", "handle": "us.example"},
            "record": {"text": TEXT.format(number, number, number), "createdAt": at},
        }
    }


def meta(number: int) -> Any:  # noqa: ANN401 - JSON
    """Return a post on Facebook."""
    at = int(moment(number).timestamp())
    text = TEXT.format(number, number, number)
    return {"timestamp": at, "data": [{"post": text}], "attachments": []}


def instagram(number: int) -> Any:  # noqa: ANN401 - JSON
    """Return a post on Instagram."""
    at = int(moment(number).timestamp())
    text = TEXT.format(number, number, number)
    return {"media": [{"uri": "a.jpg", "creation_timestamp": at, "title": text}]}


def repository() -> bytes:
    """Return a repository of Bluesky, as one file."""
    records = {
        f"app.bsky.feed.post/{number:013}": {
            "$type": "app.bsky.feed.post",
            "text": TEXT.format(number, number, number),
            "createdAt": moment(number).isoformat(),
        }
        for number in range(POSTS)
    }
    return car(records)


def shares() -> str:
    """Return the table of what was shared on LinkedIn, newest first."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"])
    for number in range(POSTS):
        link = f"https://www.linkedin.com/feed/update/urn:li:share:{number}"
        at = moment(number).strftime("%Y-%m-%d %H:%M:%S")
        rows.writerow([at, link, TEXT.format(number, number, number), "", "", "PUBLIC"])
    return out.getvalue()


KINDS: Final[dict[str, tuple[str, str, Callable[[int], Any], str]]] = {
    "mastodon": ("outbox.json", '{"orderedItems": [', mastodon, "]}"),
    "x": ("data/tweets.js", "window.YTD.tweets.part0 = [", x, "]"),
    "bluesky": ("feed.json", '{"feed": [', bluesky, "]}"),
    "instagram": ("media/posts_1.json", "[", instagram, "]"),
    "facebook": ("posts/profile_posts_1.json", "[", meta, "]"),
}


def written(folder: Path, kind: str) -> Path:
    """Return an archive, written to a folder."""
    name, begin, item, end = KINDS[kind]
    file = folder / f"{kind}.zip"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w") as out,
    ):
        out.write(begin.encode())
        for number in range(POSTS):
            out.write((", " * bool(number) + json.dumps(item(number))).encode())
        out.write(end.encode())
    return file


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each kind of archive, and its file."""
    for kind in KINDS:
        yield kind, written(folder, kind)
    one = folder / "repository.car"
    one.write_bytes(repository())
    yield "bluesky's repository", one
    many = folder / "linkedin.zip"
    with zipfile.ZipFile(many, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Shares.csv", shares())
    yield "linkedin", many


def read(path: str) -> None:
    """Read an archive to its end, and say what that took beside what the library takes itself."""
    charter = catalog.charters["small-brand"]
    before = peak()
    began = process_time()
    count = sum(1 for _ in read_history(path, charter, zone="UTC"))
    took = process_time() - began
    print(f"{count:,} rows in {took:.1f} s, {peak():.0f} MB (before: {before:.0f})")


def peak() -> float:
    """Return how many MB this process took at most: the usage that Linux tells has its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Measure each kind of archive."""
    with TemporaryDirectory() as made:
        for kind, file in files(Path(made)):
            size = file.stat().st_size / 2**20
            print(f"{kind}: {size:.1f} MB", end=", ", flush=True)
            subprocess.run([sys.executable, __file__, str(file)], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].endswith((".zip", ".car")):
        read(sys.argv[1])
    else:
        main()
