"""What people do at the desk: each is one transaction, decided by cmcore and by nothing else."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from unicodedata import category

import yaml
from attrs import evolve, frozen
from sqlalchemy import Connection, func, select

from cmcore import Act, Charter, Context, Decision, Outcome, Review, Team, decide, read, reviews
from cmcore.charters import Audit, Case, Earlier, audit, author_of
from cmcore.codec import line_digest, log_line, pack, unpack
from cmcore.decisionlog import NAMES_AND_TEXTS, entry
from cmcore.display import names_by_sort
from cmcore.labellers import LabelledAct
from cmcore.reviews import ReviewEvent, ReviewMove, ReviewState, concerned, record, status
from desk.labels import label_of
from desk.store import CALLED, CHARTERS, EVENTS, LOG, SENT, Store

#: What somebody says by pressing a button: the event it is, given who, why, of what and when.
SAID: Final[Mapping[str, Callable[[str, str, str, datetime], ReviewEvent]]] = {
    ReviewMove.APPROVED: lambda by, _, seen, at: reviews.Approved(by, seen, at=at),
    ReviewMove.REFUSED: lambda by, because, _, at: reviews.Refused(by, because, at=at),
    ReviewMove.CHANGES_ASKED: lambda by, because, _, at: reviews.ChangesAsked(by, because, at=at),
    ReviewMove.OBJECTED: lambda by, because, _, at: reviews.Objected(by, because, at=at),
    ReviewMove.ESCALATED: lambda by, _, __, at: reviews.Escalated(by, at=at),
    ReviewMove.WITHDRAWN: lambda by, _, __, at: reviews.Withdrawn(by, at=at),
}
#: The ids of posts: nothing else is looked for.
ID: Final = re.compile("[0-9a-f]{24}")
#: The first event of a post, and those after which nothing is to be done any more.
COVERED, OPENED = "covered", "opened"
OVER: Final = [ReviewMove.PUBLISHED, ReviewMove.REFUSED, ReviewMove.WITHDRAWN]
#: The characters of what somebody writes: of the text more than any network takes.
MOST: Final = {"text": 20_000, "because": 500}
FLAGS: Final = {"unknown": None, "": None, "yes": True, "no": False}


class RefusedError(Exception):
    """Something is not done: the HTTP status of that, and why not."""

    code, why = 403, "forged"

    def texts(self, say: Mapping[str, str], _: Callable[[str], str]) -> list[str]:
        """Return why not in words."""
        return [say[self.why]]


class NotFoundError(RefusedError):
    """There is no such post for this person: whether there is one for others is not told."""

    code, why = 404, "not found"


class StaleError(RefusedError):
    """A form speaks of what its page showed, and that was changed meanwhile."""

    code, why = 412, "stale"


class EditedError(RefusedError):
    """A form that was sent already comes again, with other content."""

    code, why = 409, "edited"


class WrongError(RefusedError):
    """A form says what its page does not let anybody say: of which fields, and why not."""

    code = 422

    def __init__(self, found: Mapping[str, str]) -> None:
        """Keep what was found."""
        self.found = found

    def texts(self, say: Mapping[str, str], named: Callable[[str], str]) -> list[str]:
        """Return all of it in words."""
        return [f"{say.get(of) or named(of)}{say[':']}{say[why]}" for of, why in self.found.items()]


@frozen
class Post:
    """A post as its events make it: covered and out, or a review."""

    id: str
    decision: Decision
    review: Review | None = None
    events: int = 1
    made: LabelledAct | None = None

    @property
    def act(self) -> Act:
        """The post as it is now."""
        return self.decision.act if self.review is None else self.review.act

    @property
    def seen(self) -> str:
        """What a page shows that one speaks of: the content, and what its author says of it.

        Labels and topics are no part of the digest: each amendment counts, whatever it changes.
        """
        events = self.review.events if self.review else ()
        amended = sum(isinstance(one, reviews.Amended) for one in events)
        return f"{self.review.digest if self.review else self.act.digest()}-{amended}"


@frozen
class Desk:
    """The desk: its store, its charter and team, what it is told, and its clock."""

    store: Store
    charter: Charter
    team: Team
    settings: Mapping[str, Any]
    label: Callable[[Act], LabelledAct]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0)

    @property
    def people(self) -> dict[str, str]:
        """Who is in the team now, and what they are called; others wrote before they left."""
        return {one.id: one.name or one.id for one in self.team.members}

    @property
    def names(self) -> list[object]:
        """What has names: the charter, people and roles, and circuits, as the desk calls them."""
        called = self.settings.get("names", {})
        circuits = {one.id: tuple(called[one.id]) for one in self.charter.circuits
                    if one.id in called}  # fmt: skip
        return [self.charter, self.team, names_by_sort(circuit=circuits)]

    def act(self, id_: str, member: str, form: Mapping[str, Any], now: datetime) -> Act:
        """Return the act that a form describes; what nobody said is unknown."""
        offered = {"network": self.settings["networks"], "language": self.settings["languages"]}
        offered |= {name: FLAGS for name, one in self.charter.labels.items() if one.type == "flag"}
        said = {key: form.get(key, "") for key in offered}
        wrong = {key: "not offered" for key in said if said[key] not in {"", *offered[key]}}
        if not {*form["topics"]} <= {*self.settings["topics"]}:
            wrong["topics"] = "not offered"
        if all(category(one)[0] in "CZ" for one in form.get("text", "")):
            wrong["text"] = "blank"
        if wrong := wrong | too_long(form):
            raise WrongError(wrong)
        labels = {key: FLAGS[one] for key, one in said.items() if FLAGS.get(one) is not None}
        return Act(
            id=id_, author=member, kind="publish", at=now, text=form["text"],
            network=said["network"] or None, language=said["language"] or None,
            topics=form["topics"] or None, labels=labels,
        )  # fmt: skip

    def context(self, db: Connection, member: str, now: datetime) -> Context:
        """Return what is known besides: who writes, and what went out before."""
        since = (now - self.charter.lookback).timestamp()
        rows = db.scalars(select(SENT.c.packed).where(SENT.c.at >= since)).all()
        earlier = Earlier([_unpacked(row, Act) for row in rows], now - self.charter.lookback)
        return Context(at=now, author=author_of(self.team, member, now), earlier=earlier)

    def ask(self, member: str, form: Mapping[str, Any]) -> Post:
        """Return what the charter says, of what is not submitted yet."""
        with self.store.reading() as db:
            now = self.clock()
            made = self.label(self.act("draft", member, form, now))
            decision = decide(self.charter, made.act, self.context(db, member, now))
            return Post("draft", decision, made=made)

    def submit(self, id_: str, member: str, form: Mapping[str, Any]) -> Decision:
        """Decide a post: what is covered goes out, what is an exception goes to its reviewers."""

        def work(db: Connection) -> Decision:
            known = _events(db, id_)
            if known:  # the same form once more
                post = _folded(id_, known)
                if post.act.author != member:
                    raise NotFoundError
                first = post.decision.act
                if self.label(self.act(id_, member, form, first.at)).act != first:
                    raise EditedError
                return post.decision
            now = self.clock()
            act = self._kept(db, self.label(self.act(id_, member, form, now)))
            context = self.context(db, member, now)
            decision = decide(self.charter, act, context)
            self._note(db, decision, context, now)
            if decision.outcome is Outcome.COVERED:
                _add(db, id_, 0, COVERED, pack(decision))
                _send(db, act, act.digest(), now)
            elif decision.outcome is Outcome.EXCEPTION:
                review = reviews.open_review(decision, act, self.charter, now, team=self.team)
                _add(db, id_, 0, OPENED, pack(review))
            return decision

        return self.store.write(work)

    def say(self, id_: str, member: str, move: str, seen: str, because: str = "") -> Review:
        """Record what somebody says of the content that they saw."""
        make = SAID[move]
        if wrong := too_long({"because": because}):
            raise WrongError(wrong)
        return self._change(
            id_, member, seen,
            lambda _, one, at: record(one, make(member, because, one.digest, at)),
        )  # fmt: skip

    def publish(self, id_: str, member: str, seen: str) -> Review:
        """Let out what is approved: by its author, and in one transaction with what goes out."""

        def work(db: Connection, review: Review, at: datetime) -> Review:
            if member != review.opening.author:
                raise NotFoundError
            done = record(review, reviews.Published(review.digest, at=at))
            _send(db, evolve(done.act, at=at), done.digest, at)
            return done

        return self._change(id_, member, seen, work)

    def amend(self, id_: str, member: str, seen: str, form: Mapping[str, Any]) -> Review:
        """Change the content, which is decided anew, under the charter of its review."""

        def work(db: Connection, review: Review, at: datetime) -> Review:
            rules = self.rules(db, review.opening.decision.charter_digest)
            context = self.context(db, member, at)
            act = self._kept(db, self.label(self.act(id_, member, form, at)))
            done = reviews.amend(review, act, rules, at, context=context)
            self._note(db, done.events[-1].decision, context, at, rules)
            return done

        return self._change(id_, member, seen, work)

    def _kept(self, db: Connection, made: LabelledAct) -> Act:
        """Return an act with the labels that the word list gives it, which are kept beside it."""
        db.execute(CALLED.insert().values(post=made.act.id, packed=pack(made)))
        return made.act

    def _change(
        self, id_: str, member: str, seen: str,
        how: Callable[[Connection, Review, datetime], Review],
    ) -> Review:  # fmt: skip
        def work(db: Connection) -> Review:
            post = self.seen_by(_folded(id_, _events(db, id_)), member)
            if post.review is None:
                raise NotFoundError
            if seen != post.seen:
                raise StaleError
            last = max((one.at for one in post.review.events), default=post.review.opening.at)
            after = how(db, post.review, max(self.clock(), last))  # no clock goes back
            fresh = after.events[len(post.review.events) :]
            for number, one in enumerate(fresh, post.events):
                _add(db, id_, number, one.kind, pack(one))
            return after

        return self.store.write(work)

    def post(self, id_: str, member: str) -> Post:
        """Return a post, to whom it concerns."""
        with self.store.reading() as db:
            post = self.seen_by(_folded(id_, _events(db, id_)), member)
            known = select(CALLED.c.packed).where(CALLED.c.post == id_)
            made = db.scalars(known.order_by(CALLED.c.number.desc())).first()
            return evolve(post, made=made and _unpacked(made, LabelledAct))

    def seen_by(self, post: Post, member: str) -> Post:
        """Return a post if somebody may see it: what went out, what concerns them; or all of it."""
        is_out = post.review is None or post.review.standing().state is ReviewState.PUBLISHED
        if is_out or self.is_auditor(member) or member in concerned(post.review):
            return post
        raise NotFoundError

    def is_auditor(self, member: str) -> bool:
        """Tell whether somebody has a role that reads everything."""
        return bool(self.team.member(member).roles & {*self.settings["auditors"]})

    def require_auditor(self, member: str) -> None:
        """Refuse whoever has no such role."""
        if not self.is_auditor(member):
            raise NotFoundError

    def waiting(self, member: str) -> list[tuple[Post, Any]]:
        """Return the reviews under way that somebody may see, those first that wait for them."""
        ended = select(EVENTS.c.post).where(EVENTS.c.kind.in_(OVER))
        opened = select(EVENTS.c.post).where(EVENTS.c.kind == OPENED)
        with self.store.reading() as db:
            ids = db.scalars(opened.where(EVENTS.c.post.not_in(ended))).all()
            posts = [_folded(id_, _events(db, id_)) for id_ in ids]
        sees, now = self.is_auditor(member), self.clock()
        found = [
            (one, status(one.review, max(now, one.review.standing().at)))
            for one in posts
            if sees or member in concerned(one.review)
        ]
        last = datetime.max.replace(tzinfo=UTC)

        def rank(pair: tuple[Post, Any]) -> tuple[bool, datetime]:
            until = [track.until for track in pair[1].tracks if track.until]
            return member not in pair[1].awaited, min(until, default=last)

        return sorted(found, key=rank)

    def audited(self) -> Audit:
        """Return the audit of all that went out."""
        with self.store.reading() as db:
            rows = db.scalars(select(SENT.c.packed).order_by(SENT.c.at)).all()
        return audit(self.charter, [self._case(_unpacked(row, Act)) for row in rows])

    def _case(self, act: Act) -> Case:
        """Return what went out with what was known then; before the first of all, nothing was."""
        author = author_of(self.team, str(act.author), act.at or self.clock())
        return Case(act, Context(author=author, earlier=Earlier()))

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the log, from the first."""
        asked = select(LOG.c.line).order_by(LOG.c.number).execution_options(yield_per=1000)
        with self.store.reading() as db:
            for line in db.scalars(asked):
                yield line.encode()

    def rules(self, db: Connection, digest: str) -> Charter:
        """Return the charter of a digest: reviews go on under the one that they began with."""
        if digest == self.charter.digest:
            return self.charter
        packed = db.scalar(select(CHARTERS.c.packed).where(CHARTERS.c.digest == digest))
        return _unpacked(packed, Charter)

    def _note(
        self, db: Connection, decision: Decision, context: Context, at: datetime,
        rules: Charter | None = None,
    ) -> None:  # fmt: skip
        count = db.scalar(select(func.max(LOG.c.number))) or 0
        before = db.scalar(select(LOG.c.line).where(LOG.c.number == count))
        made = entry(decision, context, rules or self.charter, id=str(decision.act.id), at=at,
                     redaction=NAMES_AND_TEXTS)  # fmt: skip
        line = log_line(made, line_digest(before.encode())) if before else log_line(made)
        db.execute(LOG.insert().values(number=count + 1, line=line.decode()))


def too_long(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields in which somebody wrote more than their page lets them."""
    sizes = {key: len(form.get(key, "").replace("\r\n", "\n")) for key in MOST}
    return {key: "too long" for key, size in sizes.items() if size > MOST[key]}


def open_desk(folder: Path, url: str, **told: Any) -> Desk:  # noqa: ANN401 - as the desk has it
    """Return the desk of a folder, whose charter is kept: its reviews may outlive it."""
    settings = yaml.safe_load((folder / "desk.yaml").read_text("utf-8"))
    charter = read(folder / settings["charter"], Charter)
    team = read(folder / settings["team"], Team)
    store = Store(url)

    def work(db: Connection) -> None:
        if not db.scalar(select(CHARTERS.c.digest).where(CHARTERS.c.digest == charter.digest)):
            db.execute(CHARTERS.insert().values(digest=charter.digest, packed=pack(charter)))

    store.write(work)
    label = label_of(folder, settings["words"], charter)
    return Desk(store, charter, team, settings, label, **told)


def _events(db: Connection, id_: str) -> list[Any]:
    if not ID.fullmatch(id_):
        return []
    asked = select(EVENTS.c.kind, EVENTS.c.packed).where(EVENTS.c.post == id_)
    return list(db.execute(asked.order_by(EVENTS.c.number)))


def _folded(id_: str, rows: list[Any]) -> Post:
    """Return what the events of a post make of it."""
    if not rows:
        raise NotFoundError
    (kind, first), *others = rows
    if kind == COVERED:
        return Post(id_, _unpacked(first, Decision))
    events = [_unpacked(packed, ReviewEvent) for _, packed in others]
    review = record(_unpacked(first, Review), *events)
    return Post(id_, review.opening.decision, review, len(rows))


#: What was stored never changes, and neither does what it reads as.
_unpacked: Final = lru_cache(4096)(unpack)


def _add(db: Connection, id_: str, number: int, kind: str, packed: str) -> None:
    db.execute(EVENTS.insert().values(post=id_, number=number, kind=kind, packed=packed))


def _send(db: Connection, act: Act, digest: str, at: datetime) -> None:
    row = {"post": act.id, "at": at.timestamp(), "digest": digest, "packed": pack(act)}
    db.execute(SENT.insert().values(**row))
