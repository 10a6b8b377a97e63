"""Kill the desk of `examples/desk` again and again while many write, and see that nothing is lost.

    python benchmarks/desk_kills.py --kills 200 --writers 200

Its server is forked with all its imports made, so that it answers soon after each kill. Writers
send a form again until it is answered, as people do. In the end every review is folded from its
events: what was accepted is there, each is in one state, and what went out was covered or approved.
`--url` names an empty database; by default, it is a new one of SQLite.
"""

import argparse
import asyncio
import gc
import os
import random
import re
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from secrets import token_hex
from typing import Any, Final
from urllib.parse import quote, urlencode

import attrs
import httpx
import uvicorn
from sqlalchemy import func, select

DESK: Final = Path(__file__).parents[1] / "examples" / "desk"
sys.path.insert(0, str(DESK))

from cmcore import Outcome  # noqa: E402
from cmcore.codec import verify_log  # noqa: E402
from cmcore.reviews import Amended, ReviewState  # noqa: E402
from desk.app import COOKIE, make_app  # noqa: E402
from desk.signin import session_of, set_password, sign_in  # noqa: E402
from desk.store import EVENTS, LOG, SENT, Store  # noqa: E402
from desk.work import COVERED, Desk, _events, _folded, open_desk  # noqa: E402

#: How often somebody presses a button of those that their page shows, or none of them.
PRESSED: Final = {"approved": 20, "published": 40, "changes asked": 1, "refused": 1, "withdrawn": 1}
NOTHING: Final = 2
#: After these, nothing is to be done any more.
ENDS: Final = {"published", "refused", "withdrawn"}
FAILED: Final = "failed"
DONE: Final = 303
#: Said where too many wait: they are to ask again.
BUSY: Final = 503
#: Nobody waits longer for a page: who did is counted as a failure of the desk.
PATIENCE: Final = 30
REVIEWERS: Final = {"communicator", "coordinator"}
_SEEN: Final = re.compile(r'name="seen" value="([^"]+)"')
_LENGTH: Final = re.compile(rb"(?i)content-length: (\d+)")
_BUTTON: Final = re.compile(r'formaction="/posts/[0-9a-f]{24}/([a-z ]+)"')


# --------------------------------------------------------------------------------------- writing


class Writers:
    """People who write, review and publish, and note what was accepted."""

    def __init__(
        self, port: int, sessions: dict[str, tuple[str, str]], reviewers: list[str], noted: int
    ) -> None:
        """Know where the desk is, who is signed in, who reviews, and where to note."""
        self.port, self.sessions, self.noted = port, sessions, noted
        self.reviewers, self.posts = reviewers, dict[str, str]()

    async def run(self, writers: int) -> None:
        """Write until killed."""
        await asyncio.gather(*(self._write(random.Random(seed)) for seed in range(writers)))  # noqa: S311

    async def _write(self, drawn: random.Random) -> None:
        while True:
            if not self.posts or drawn.random() < 0.2:  # noqa: PLR2004 - a share
                await self._submit(drawn)
            else:
                await self._move(drawn, drawn.choice([*self.posts][:30]))

    async def _submit(self, drawn: random.Random) -> None:
        member, id_ = drawn.choice([*self.sessions]), token_hex(12)
        text = drawn.choice(["Hello", "Un rappel", "A burn"]) + f" {drawn.random()}"
        form = {"post": id_, "text": text, "network": "facebook", "topics": "lamps", "people": "no"}
        status, _ = await self._send(drawn, member, "/posts", {**form, "price": "no"})
        if status == DONE:
            self._note(id_, "submitted", member)
            self.posts[id_] = member

    async def _move(self, drawn: random.Random, id_: str) -> None:
        author = self.posts[id_]
        member = drawn.choice([author, *self.reviewers])
        _, page = await self._send(drawn, member, f"/posts/{id_}")
        seen = _SEEN.search(page)
        if seen is None:
            if member == author:  # nothing is left to do to it
                self.posts.pop(id_, None)
            return
        told = {"seen": seen[1]}
        shown = {one: PRESSED.get(one, 1) for one in _BUTTON.findall(page)} | {"": NOTHING}
        (move,) = drawn.choices([*shown], [*shown.values()])
        if member == author and "published" not in shown and drawn.random() < 0.1:  # noqa: PLR2004
            move = "amended"
            told |= {"text": f"Amended {drawn.random()}", "network": "facebook", "topics": "lamps"}
        if not move:
            return
        status, _ = await self._send(drawn, member, f"/posts/{id_}/{move}", told)
        if status == DONE:
            self._note(id_, move, member)
            if move in ENDS:
                self.posts.pop(id_, None)

    async def _send(
        self, drawn: random.Random, member: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Ask until there is an answer, as people do, and note what nobody should meet."""
        while True:
            try:
                told = self._answer(member, path, form)
                status, page = await asyncio.wait_for(told, PATIENCE)
            except TimeoutError:
                self._note("timeout", FAILED, path)
            except OSError:  # it was killed
                await asyncio.sleep(0.02)
            else:
                if status == BUSY:
                    await asyncio.sleep(5 * drawn.random())
                    continue
                if status >= 500:  # noqa: PLR2004 - an error of the desk's own
                    self._note(str(status), FAILED, path)
                return status, page

    async def _answer(self, member: str, path: str, form: dict[str, str] | None) -> tuple[int, str]:
        """Ask once, by hand: with a client of HTTP, asking would cost more than answering."""
        cookie, csrf = self.sessions[member]
        body = urlencode({**form, "csrf": csrf}) if form is not None else ""
        head = f"{'GET' if form is None else 'POST'} {quote(path)} HTTP/1.1\r\nHost: desk\r\n"
        head += f"Cookie: {cookie}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write((head + body).encode())
            answer = await reader.read()
        finally:
            writer.close()
        told, _, page = answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(told)
        if length is None or len(page) < int(length[1]):
            raise ConnectionResetError
        return int(told[9:12]), page.decode()

    def _note(self, *told: str) -> None:
        os.write(self.noted, ("\t".join(told) + "\n").encode())


# --------------------------------------------------------------------------------------- killing


def serve(desk: Desk, url: str, listening: socket.socket) -> None:
    """Answer in this process, until it is killed."""
    app = make_app(attrs.evolve(desk, store=Store(url)))
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])


def forked(work: Any, *told: Any) -> int:  # noqa: ANN401 - a function and what it is given
    """Do work in a process of its own."""
    child = os.fork()
    if child:
        return child
    try:
        work(*told)
    finally:
        os._exit(1)


async def rehearse(desk: Desk, sessions: dict[str, tuple[str, str]]) -> None:
    """Let a post go through all its people, so that what is made once is made before the forks."""
    through: Any = httpx.ASGITransport(make_app(desk))
    async with httpx.AsyncClient(transport=through, base_url="http://desk") as client:

        async def send(member: str, path: str, **form: str) -> None:
            cookie, csrf = sessions[member]
            told: Any = {"data": {**form, "csrf": csrf}, "headers": {"cookie": cookie}}
            answer = await client.post(path, **told)
            assert answer.status_code == DONE, (path, answer.text)  # noqa: S101

        id_ = token_hex(12)
        await send("camille", "/posts", post=id_, text="Un rappel", topics="lamps")
        moves = (("bastien", "approved"), ("agathe", "approved"), ("camille", "published"))
        for member, move in moves:
            path, cookie = f"/posts/{id_}", sessions[member][0]
            seen = _SEEN.search((await client.get(path, headers={"cookie": cookie})).text)
            await send(member, f"{path}/{move}", seen=seen[1] if seen else "")


def checked(desk: Desk, noted: Path) -> Counter[str]:
    """Fold everything, and count it; an assertion fails where something is lost or wrong."""
    found: Counter[str] = Counter()
    with desk.store.reading() as db:
        sent = {row.post: row for row in db.execute(select(SENT))}
        ids = db.scalars(select(EVENTS.c.post).where(EVENTS.c.number == 0)).all()
        rows = {id_: _events(db, id_) for id_ in ids}
        events = db.scalar(select(func.count()).select_from(EVENTS))
        lines = [line.encode() for line in db.scalars(select(LOG.c.line).order_by(LOG.c.number))]
    assert events == sum(map(len, rows.values())), "an event without its post"  # noqa: S101
    done: set[tuple[str, str, str]] = set()
    amended = 0
    for id_, many in rows.items():
        post = _folded(id_, many)  # every event was legal, or this raises
        done.add((id_, "submitted", str(post.decision.act.author)))
        if many[0].kind == COVERED:
            is_out, digest = post.decision.outcome is Outcome.COVERED, post.act.digest()
            assert is_out, f"{id_} went out and was not covered"  # noqa: S101
            found["covered"] += 1
        else:
            state, digest = post.review.standing().state, post.review.digest
            is_out = state is ReviewState.PUBLISHED
            found[str(state)] += 1
            for one in post.review.events:
                by = getattr(one, "by", str(post.act.author))
                done.add((id_, str(one.kind), by))
                amended += isinstance(one, Amended)
        assert is_out == (id_ in sent), f"{id_}: out {is_out}, sent {id_ in sent}"  # noqa: S101
        assert not is_out or sent[id_].digest == digest, f"{id_}: other content"  # noqa: S101
    told = [tuple(line.split("\t")) for line in noted.read_text().splitlines()]
    accepted = {one for one in told if one[1] != FAILED}
    assert accepted <= done, f"lost: {sorted(accepted - done)[:5]}"  # noqa: S101
    assert verify_log(lines).is_intact, "the log is broken"  # noqa: S101
    assert len(lines) == len(rows) + amended, "a decision without its line"  # noqa: S101
    found["accepted"], found["posts"], found["sent"] = len(accepted), len(rows), len(sent)
    found["lines"], found["events"] = len(lines), events or 0
    found.update(f"{FAILED}: {what}" for what, is_failed, _ in told if is_failed == FAILED)
    return found


def wait_for_one_more(noted: Path) -> None:
    """Wait until something more was accepted, so that what is killed was at work."""
    before = noted.stat().st_size
    while noted.stat().st_size == before:
        time.sleep(0.01)


def main() -> None:
    """Kill it, and say what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--writers", type=int, default=200)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--url", help="of an empty database; by default, a new one of SQLite")
    asked.add_argument("--longest", type=float, default=1.0, help="seconds between two kills")
    asked.add_argument("--minutes", type=float, default=1e5, help="no kill comes after so many")
    told = asked.parse_args()
    drawn, began = random.Random(told.seed), time.monotonic()  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as scratch:
        url, noted = told.url or f"sqlite:///{scratch}/desk.db", Path(scratch) / "accepted"
        desk = open_desk(DESK, url)
        sessions = {}
        for one in desk.team.members:
            set_password(desk.store, one.id, one.id)
            token = str(sign_in(desk.store, one.id, one.id, time.time(), time.time() + 1e5))
            session = session_of(desk.store, token, time.time())
            sessions[one.id] = (f"{COOKIE}={token}", session.csrf if session else "")
        asyncio.run(rehearse(desk, sessions))
        desk.store.engine.dispose()
        gc.freeze()
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
            out = os.open(noted, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
            reviewers = [one.id for one in desk.team.members if one.roles & REVIEWERS]
            people = Writers(listening.getsockname()[1], sessions, reviewers, out)
            writing = forked(lambda: asyncio.run(people.run(told.writers)))
            kills = 0
            while kills < told.kills and time.monotonic() - began < 60 * told.minutes:
                server = forked(serve, desk, url, listening)
                if drawn.random() < 0.9:  # noqa: PLR2004 - the others are killed as they start
                    wait_for_one_more(noted)
                time.sleep(drawn.random() * told.longest)
                os.kill(server, signal.SIGKILL)
                os.waitpid(server, 0)
                kills += 1
                if not kills % 10:
                    print(f"{kills} kills, {time.monotonic() - began:.0f} s", flush=True)
            os.kill(writing, signal.SIGKILL)
            os.waitpid(writing, 0)
        found = checked(desk, noted)
    print(f"{kills} kills, {told.writers} writers, {time.monotonic() - began:.0f} s: sound")
    print(", ".join(f"{name} {count}" for name, count in sorted(found.items())))
    if any(name.startswith(FAILED) for name in found):
        sys.exit("somebody was not answered, or with an error of the desk's own")


if __name__ == "__main__":
    main()
