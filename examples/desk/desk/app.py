"""The pages: who asks is who is signed in, and what they may do is for cmcore to say."""

import re
from collections import deque
from collections.abc import Callable, Mapping
from functools import cached_property
from hmac import compare_digest
from pathlib import Path
from secrets import token_hex
from textwrap import shorten
from typing import Any, Final

from anyio.to_thread import current_default_thread_limiter
from attrs import evolve
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as WaitedTooLong
from starlette.exceptions import HTTPException

from cmcore import Act, InvalidError, Outcome, status
from cmcore.codec import read_log, verify_log
from cmcore.decisionlog import LogEntry
from cmcore.display import clean, moment_text, reader
from cmcore.reviews import ReviewMove, Timeline, may, timeline
from cmcore.teams import roster
from desk.signin import Session, TooManyTriesError, session_of, sign_in, sign_out
from desk.words import words
from desk.work import ID, MOST, SAID, Desk, NotFoundError, Post, RefusedError

HERE: Final = Path(__file__).parent
PAGES: Final = Jinja2Templates(HERE / "templates")
#: The HTTP status of each category of problem.
STATUS: Final = {"forbidden": 403, "too-large": 413, "stale": 412, "conflict": 409}
COOKIE: Final = "desk"
SAFE: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
#: The bytes of a form: a character may take nine of them on its way.
LONGEST: Final = 10 * MOST["text"]
#: How a form is sent: in another way, its sender would say how its letters are encoded.
KIND: Final = "application/x-www-form-urlencoded"
#: What a browser says of a language: which, and how much it is wanted.
WANTED: Final = re.compile(r"\b(en|fr)\b[^,;]*(?:;\s*q=([0-9.]+))?", re.IGNORECASE)
#: How many requests wait at most for a thread: whoever comes then is asked to come again.
QUEUE: Final = 40


class ForgedError(RefusedError):
    """A form that the session of its sender has not been given."""


class Visit:
    """A request: who makes it, in which language, and what its form says."""

    def __init__(self, desk: Desk, request: Request, form: Mapping[str, Any]) -> None:
        """Find who is signed in."""
        self.desk, self.request, self.form = desk, request, form
        told = request.cookies.get("language") or _wanted(request.headers)
        self.language: Any = "fr" if told == "fr" else "en"
        self.token = request.cookies.get(COOKIE, "")
        self.now = desk.clock().timestamp()

    @cached_property
    def session(self) -> Session | None:
        """The session of who is signed in, as long as they are of the team."""
        found = session_of(self.desk.store, self.token, self.now)
        return found if found and found.member in self.desk.people else None

    def require_ours(self) -> None:
        """Refuse a form that this session was not given; nobody's can only sign in."""
        given, told = self.form.get("csrf", "").encode(), self.request.headers
        site, origin = told.get("sec-fetch-site"), told.get("origin", "")
        if site is None and origin:  # browsers of old say only where a form comes from
            site = "same-origin" if origin.partition("://")[2] == told.get("host") else origin
        if site not in {None, "same-origin"}:
            raise ForgedError
        if self.session and not compare_digest(given, self.session.csrf.encode()):
            raise ForgedError

    @property
    def member(self) -> str:
        """Who is signed in."""
        return self.session.member if self.session else ""

    def page(self, name: str, code: int = 200, **told: Any) -> HTMLResponse:  # noqa: ANN401
        """Return a page with what it shows."""
        about = {
            "visit": self, "desk": self.desk, "w": words(self.language), "moment": self.moment,
            "named": self.named, "shown": _shown, "form": self.form, "fresh": token_hex(12),
            "most": MOST,
            **told,
        }  # fmt: skip
        return PAGES.TemplateResponse(self.request, f"{name}.html", about, code, SAFE)

    def refusal(self, code: int, *problems: str) -> HTMLResponse:
        """Say why it was not done. A form that is no forgery is given back, to be mended."""
        is_ours = self.session and code != STATUS["forbidden"]
        is_post = self.request.url.path in {"/posts", "/check"} and "text" in self.form
        return self.page("write" if is_ours and is_post else "error", code, problems=problems)

    def to(self, address: str) -> RedirectResponse:
        """Return the way to another page, which is asked anew."""
        return RedirectResponse(address, 303, SAFE)

    def named(self, id_: str) -> str:
        """Return what people at the desk call a topic, a network, a label or a circuit."""
        pair = self.desk.settings.get("names", {}).get(id_)
        label = self.desk.charter.labels.get(id_)
        return pair[self.language == "fr"] if pair else (label and label.about) or id_

    def moment(self, at: Any) -> str:  # noqa: ANN401 - an instant
        """Return an instant as people at the desk say it."""
        return moment_text(at, reader(self.language, zone=self.desk.charter.zone), brief=True)


def _wanted(headers: Mapping[str, str]) -> str:
    """Return the language that a browser asks for: of two wanted as much, the first."""
    asked = WANTED.findall(headers.get("accept-language", ""))
    much = {one.lower(): float(q) if q.replace(".", "", 1).isdecimal() else 1 for one, q in asked}
    return max(much, key=much.__getitem__, default="en")


def _shown(text: str) -> str:
    """Return a text with what would hide or turn it round written out, line by line."""
    return "\n".join(clean(line) for line in text.splitlines())


# ------------------------------------------------------------------------------------ signing in


def see_sign_in(visit: Visit) -> Response:
    """Ask who is there."""
    return visit.page("signin")


def do_sign_in(visit: Visit) -> Response:
    """Begin a session of a member of the team."""
    desk, name = visit.desk, visit.form.get("member", "")
    now = desk.clock().timestamp()
    known = name if name in desk.people else ""
    until = now + desk.settings["hours"] * 3600
    client, password = visit.request.client, visit.form.get("password", "")
    address = client.host if client else ""
    try:
        token = sign_in(desk.store, known, password, now, until, address=address)
    except TooManyTriesError:
        return visit.page("signin", 429, said="too many")
    if token is None:
        return visit.page("signin", 403, said="wrong")
    sign_out(desk.store, visit.token)
    found, secure = visit.to("/"), visit.request.url.scheme == "https"
    found.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return found


def do_sign_out(visit: Visit) -> Response:
    """End the session."""
    sign_out(visit.desk.store, visit.token)
    return visit.to("/signin")


def see_in_language(visit: Visit, language: str) -> Response:
    """Show the pages in another language."""
    back, own = visit.request.headers.get("referer", ""), str(visit.request.base_url)
    found = visit.to(back if back.startswith(own) else "/")
    found.set_cookie("language", "fr" if language == "fr" else "en", samesite="lax")
    return found


# --------------------------------------------------------------------------------------- writing


def see_write(visit: Visit) -> Response:
    """Show an empty post."""
    return visit.page("write")


def do_check(visit: Visit) -> Response:
    """Say what the charter says of a post that is not submitted."""
    asked = visit.desk.ask(visit.member, visit.form)
    is_part = visit.request.headers.get("x-part") == "decision"
    return visit.page("decision" if is_part else "write", decision=asked.decision, post=asked)


def do_submit(visit: Visit) -> Response:
    """Submit a post under the id that its form was given: the same form again is the same post."""
    id_ = visit.form.get("post", "")
    if not ID.fullmatch(id_):
        raise ForgedError
    decision = visit.desk.submit(id_, visit.member, visit.form)
    if decision.outcome is Outcome.FORBIDDEN:
        return visit.page("write", 422, decision=decision)
    return visit.to(f"/posts/{id_}")


# ------------------------------------------------------------------------------------- reviewing


def see_queue(visit: Visit) -> Response:
    """Show the reviews under way."""
    return visit.page("queue", rows=visit.desk.waiting(visit.member))


def see_post(visit: Visit, post: str) -> Response:
    """Show a post: what happened to it, and what its reader may do."""
    found, told = visit.desk.post(post, visit.member), {}
    review = found.review
    if review is not None:
        standing = review.standing()
        at = max(visit.desk.clock(), standing.at)
        told = {
            "now": status(review, at), "timeline": _named(timeline(review, at), found.act),
            "decision": standing.decision, "moves": may(review, visit.member, at),
        }  # fmt: skip
    return visit.page("post", post=found, form=_form(found), **told)


def _named(shown: Timeline, act: Act) -> Timeline:
    """Return a timeline that calls the post by its first words, and not by its id."""
    first = shorten(act.text or "–", 60, placeholder=" …").rstrip(".")
    return evolve(shown, status=evolve(shown.status, act=first))


def do_move(visit: Visit, post: str, move: str) -> Response:
    """Do what a button says, of the content that its page showed."""
    seen, because = visit.form.get("seen", ""), visit.form.get("because", "")
    if move == ReviewMove.PUBLISHED:
        visit.desk.publish(post, visit.member, seen)
    elif move == ReviewMove.AMENDED:
        visit.desk.amend(post, visit.member, seen, visit.form)
    elif move in SAID:
        visit.desk.say(post, visit.member, move, seen, because)
    else:
        raise NotFoundError
    return visit.to(f"/posts/{post}")


def _form(post: Post) -> dict[str, Any]:
    act, called = post.act, post.made.called if post.made else {}
    labels = {name: "yes" if given else "no" for name, given in act.labels.items()
              if name not in called}  # fmt: skip
    return {**labels, "text": act.text, "network": act.network or "",
            "language": act.language or "", "topics": sorted(act.topics or ())}  # fmt: skip


# --------------------------------------------------------------------------------------- reading


def see_duty(visit: Visit) -> Response:
    """Show who is on duty."""
    minute = visit.desk.clock().replace(second=0, microsecond=0)
    return visit.page("view", shown=roster(visit.desk.team, minute), heading="duty")


def see_audit(visit: Visit) -> Response:
    """Show the audit of all that went out."""
    visit.desk.require_auditor(visit.member)
    return visit.page("view", shown=visit.desk.audited(), heading="audit")


def see_log(visit: Visit) -> Response:
    """Show whether the log is intact, and the last of it."""
    visit.desk.require_auditor(visit.member)
    last = deque[bytes](maxlen=20)  # of a log of any length
    check = verify_log(last.append(line) or line for line in visit.desk.lines())
    recent = [one for one in read_log(last) if isinstance(one, LogEntry)]
    return visit.page("log", check=check, recent=recent[::-1])


#: The way in, and all the others.
OPEN: Final[list[tuple[str, str, Callable[..., Response]]]] = [
    ("GET", "/signin", see_sign_in), ("POST", "/signin", do_sign_in),
    ("GET", "/in/{language}", see_in_language),
]  # fmt: skip
SIGNED: Final[list[tuple[str, str, Callable[..., Response]]]] = [
    ("POST", "/signout", do_sign_out), ("GET", "/", see_write), ("POST", "/check", do_check),
    ("GET", "/check", see_write), ("POST", "/posts", do_submit), ("GET", "/posts", see_queue),
    ("GET", "/posts/{post}", see_post), ("POST", "/posts/{post}/{move}", do_move),
    ("GET", "/duty", see_duty), ("GET", "/audit", see_audit), ("GET", "/log", see_log),
]  # fmt: skip


def make_app(desk: Desk) -> FastAPI:
    """Return the application of a desk."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    def refused(request: Request, error: Any) -> Response:  # noqa: ANN401 - one of those below
        visit, code = Visit(desk, request, {}), getattr(error, "status_code", 503)
        if code == 503:  # noqa: PLR2004 - who is signed in would be asked of the database
            visit.session = None
        say = words(visit.language)
        answer = visit.refusal(code, say.get(str(code), say["not found"]))
        told = getattr(error, "headers", None) or {}
        answer.headers.update({**told, "retry-after": "5"} if code == 503 else told)  # noqa: PLR2004
        return answer

    app.mount("/static", StaticFiles(directory=HERE / "static"))
    for method, address, how in [*OPEN, *SIGNED]:
        called = _answering(desk, how, is_open=(method, address, how) in OPEN)
        app.add_api_route(address, called, methods=[method], response_model=None)
    for error in (HTTPException, OperationalError, WaitedTooLong):
        app.add_exception_handler(error, refused)
    return app


def _answering(desk: Desk, how: Callable[..., Response], *, is_open: bool) -> Callable[..., Any]:
    """Return what answers a request with a function of the visit and of parts of the address."""

    async def called(request: Request) -> Response:
        threads = current_default_thread_limiter()
        threads.total_tokens = desk.store.CONNECTIONS  # so that none waits for one
        if threads.statistics().tasks_waiting >= QUEUE:
            raise HTTPException(503)
        form = await _sent(request) if request.method == "POST" else {"topics": []}
        return await run_in_threadpool(answered, request, form)

    def answered(request: Request, form: Mapping[str, Any]) -> Response:
        visit = Visit(desk, request, form)
        try:
            if request.method == "POST":
                visit.require_ours()
            if visit.session is None and not is_open:
                is_read = request.method == "GET"
                return visit.to("/signin") if is_read else visit.page("signin", 401)
            return how(visit, **request.path_params)
        except RefusedError as error:
            return visit.refusal(error.code, *error.texts(words(visit.language), visit.named))
        except InvalidError as error:
            found = {problem.category for problem in error.problems}
            code = next((code for name, code in STATUS.items() if name in found), 422)
            return visit.refusal(code, *(one.text(visit.language) for one in error.problems))

    return called


async def _sent(request: Request) -> dict[str, Any]:
    """Return what a form says, if it is no larger than ours and sent as they are."""
    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > LONGEST:
        raise HTTPException(413)
    if request.headers.get("content-type", KIND).partition(";")[0].lower() != KIND:
        raise HTTPException(400)
    async with request.form(max_fields=50) as given:
        topics = [str(one) for one in given.getlist("topics")]
        if len(given.multi_items()) > len(given) + max(len(topics) - 1, 0):
            raise HTTPException(400)  # one of two would be lost
        return {key: str(one) for key, one in given.items()} | {"topics": topics}
