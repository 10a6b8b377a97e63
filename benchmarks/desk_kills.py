"""Kill the desk of `examples/desk` again and again while many write, and see that nothing is lost.

    python benchmarks/desk_kills.py --kills 200 --writers 200

Its server is forked with all its imports made, so that it answers soon after each kill. Writers
send a form again until it is answered, as people do. In the end every review is folded from its
events: what was accepted is there, each is in one state, and what went out was covered or approved.
`--url` names an empty database; by default, it is a new one of SQLite.
"""

import argparse
import asyncio
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

MOVES: Final = ("approved", "approved", "approved", "changes asked", "refused", "withdrawn")
FAILED: Final = "failed"
#: Said where too many wait: they are to ask again.
BUSY: Final = 503
_SEEN: Final = re.compile(r'name="seen" value="([0-9a-f]{64})"')


# --------------------------------------------------------------------------------------- writing


class Writers:
    """People who write, review and publish, and note what was accepted."""

    def __init__(self, port: int, sessions: dict[str, tuple[str, str]], noted: int) -> None:
        """Know where the desk is, who is signed in, and where to note."""
        self.base, self.sessions, self.noted = f"http://127.0.0.1:{port}", sessions, noted
        self.posts: list[tuple[str, str]] = []

    async def run(self, writers: int) -> None:
        """Write until killed."""
        limits = httpx.Limits(max_connections=writers, max_keepalive_connections=0)
        async with httpx.AsyncClient(base_url=self.base, limits=limits, timeout=30) as client:
            await asyncio.gather(*(self._write(client, seed) for seed in range(writers)))

    async def _write(self, client: httpx.AsyncClient, seed: int) -> None:
        drawn = random.Random(seed)  # noqa: S311 - no secret
        while True:
            if not self.posts or drawn.random() < 0.4:  # noqa: PLR2004 - a share
                await self._submit(client, drawn)
            else:
                await self._move(client, drawn, *drawn.choice(self.posts[-30:]))

    async def _submit(self, client: httpx.AsyncClient, drawn: random.Random) -> None:
        member, id_ = drawn.choice([*self.sessions]), token_hex(12)
        text = drawn.choice(["Hello", "Un rappel", "A lamp"]) + f" {drawn.random()}"
        form = {"post": id_, "text": text, "network": "facebook", "topics": "lamps", "people": "no"}
        answer = await self._send(client, member, "/posts", {**form, "price": "no"})
        if answer.status_code == 303:  # noqa: PLR2004 - done
            self._note(id_, "submitted", member)
            self.posts.append((id_, member))

    async def _move(
        self, client: httpx.AsyncClient, drawn: random.Random, id_: str, author: str
    ) -> None:
        member = drawn.choice([*self.sessions])
        page = await self._get(client, author, f"/posts/{id_}")
        seen = _SEEN.search(page)
        if seen is None:
            return
        move, told = drawn.choice(MOVES), {"seen": seen[1]}
        if f"/posts/{id_}/published" in page:
            member, move = author, "published"
        elif drawn.random() < 0.1:  # noqa: PLR2004 - a share
            member, move = author, "amended"
            told |= {"text": f"Amended {drawn.random()}", "network": "facebook", "topics": "lamps"}
        answer = await self._send(client, member, f"/posts/{id_}/{move}", told)
        if answer.status_code == 303:  # noqa: PLR2004 - done
            self._note(id_, move, member)

    async def _send(
        self, client: httpx.AsyncClient, member: str, path: str, form: dict[str, str]
    ) -> httpx.Response:
        """Send a form until it is answered, as somebody does whose page does not load."""
        cookie, csrf = self.sessions[member]
        while True:
            try:
                told = {"data": {**form, "csrf": csrf}, "headers": {"cookie": cookie}}
                answer = await client.post(path, **told)
            except httpx.TransportError:
                await asyncio.sleep(0.02)
            else:
                if answer.status_code != BUSY:
                    return self._answered(answer)

    async def _get(self, client: httpx.AsyncClient, member: str, path: str) -> str:
        while True:
            try:
                answer = await client.get(path, headers={"cookie": self.sessions[member][0]})
            except httpx.TransportError:
                await asyncio.sleep(0.02)
            else:
                if answer.status_code != BUSY:
                    return self._answered(answer).text

    def _answered(self, answer: httpx.Response) -> httpx.Response:
        """Note an answer that nobody should get."""
        if answer.status_code >= 500:  # noqa: PLR2004 - the desk's own fault
            self._note(str(answer.status_code), FAILED, answer.request.url.path)
        return answer

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
    told = {tuple(line.split("\t")) for line in noted.read_text().splitlines()}
    failed = {one for one in told if one[1] == FAILED}
    assert not failed, f"answered with an error of its own: {sorted(failed)[:5]}"  # noqa: S101
    accepted = told
    assert accepted <= done, f"lost: {sorted(accepted - done)[:5]}"  # noqa: S101
    assert verify_log(lines).is_intact, "the log is broken"  # noqa: S101
    assert len(lines) == len(rows) + amended, "a decision without its line"  # noqa: S101
    found["accepted"], found["posts"], found["sent"] = len(accepted), len(rows), len(sent)
    found["lines"], found["events"] = len(lines), events or 0
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
        desk.ask("camille", {"topics": ["lamps"]})  # what is made once is made before the forks
        desk.store.engine.dispose()
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
            out = os.open(noted, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
            people = Writers(listening.getsockname()[1], sessions, out)
            writing = forked(lambda: asyncio.run(people.run(told.writers)))
            for _ in range(told.kills):
                server = forked(serve, desk, url, listening)
                if drawn.random() < 0.9:  # noqa: PLR2004 - the others are killed as they start
                    wait_for_one_more(noted)
                time.sleep(drawn.random() * told.longest)
                os.kill(server, signal.SIGKILL)
                os.waitpid(server, 0)
            os.kill(writing, signal.SIGKILL)
            os.waitpid(writing, 0)
        found = checked(desk, noted)
    print(f"{told.kills} kills, {told.writers} writers, {time.monotonic() - began:.0f} s: sound")
    print(", ".join(f"{name} {count}" for name, count in sorted(found.items())))


if __name__ == "__main__":
    main()
