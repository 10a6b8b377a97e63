"""The publishing desk over HTTP: what people do at it, and the ways around that are closed."""

import importlib
import itertools
import os
import re
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import attrs
import pytest
from tests.examples.postgres import NoServerError, programs, served

pytest.importorskip("fastapi", reason="the desk's packages are not installed")
pytest.importorskip("sqlalchemy", reason="the desk's packages are not installed")
httpx: Any = pytest.importorskip("httpx", reason="the desk's packages are not installed")

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "examples" / "desk"
NINE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVERYDAY: Final = {"network": "facebook", "topics": "lamps", "price": "no", "people": "no"}
NUMBERS: Final = itertools.count()
FORM: Final = {"content-type": "application/x-www-form-urlencoded"}
TOKEN: Final = re.compile(r'name="(csrf|seen|post)" value="([^"]+)"')


@pytest.fixture(scope="module")
def code() -> Iterator[Any]:
    """Return the modules of the desk."""
    sys.path.insert(0, str(FOLDER))
    yield {name: importlib.import_module(f"desk.{name}") for name in ("app", "signin", "work")}
    sys.path.remove(str(FOLDER))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **told: float) -> None:
        self.now += timedelta(**told)


class Person:
    """Somebody in a browser of their own."""

    def __init__(self, client: Any, password: str) -> None:  # noqa: ANN401
        self.client, self.password = client, password

    def sign_in(self, member: str) -> Any:  # noqa: ANN401
        return self.client.post("/signin", data={"member": member, "password": self.password})

    def token(self, path: str, key: str) -> str:
        return str(dict(TOKEN.findall(self.get(path).text)).get(key, ""))

    def get(self, path: str) -> Any:  # noqa: ANN401
        return self.client.get(path)

    def post(self, path: str, page: str = "/", **form: str) -> Any:  # noqa: ANN401
        return self.client.post(path, data={"csrf": self.token(page, "csrf"), **form})

    def submit(self, text: str, **form: str) -> Any:  # noqa: ANN401
        told = {**EVERYDAY, "post": self.token("/", "post"), "text": text, **form}
        return self.post("/posts", **told)

    def move(self, where: str, move: str, seen: str | None = None, **form: str) -> Any:  # noqa: ANN401
        seen = seen or self.token(where, "seen")
        return self.post(f"{where}/{move}", seen=seen, **form)


class Stage:
    """A desk with its people, and its clock."""

    def __init__(self, code: Any, url: str) -> None:  # noqa: ANN401
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that httpx has a successor
            self.testing: Any = importlib.import_module("fastapi.testclient")
        self.clock, self.code = Clock(), code
        self.desk = code["work"].open_desk(FOLDER, url, clock=self.clock)
        self.app = code["app"].make_app(self.desk)
        for one in ("camille", "bastien", "joris", "agathe", "hugo"):
            code["signin"].set_password(self.desk.store, one, f"{one}'s own")

    def client(self) -> Any:  # noqa: ANN401
        return self.testing.TestClient(self.app, base_url="http://desk", follow_redirects=False)

    def person(self, member: str) -> Person:
        made = Person(self.client(), f"{member}'s own")
        assert made.sign_in(member).status_code == 303
        return made

    def review(self, text: str = "Un rappel de la Brume.") -> tuple[Person, str]:
        author = self.person("camille")
        answer = author.submit(text)
        assert answer.status_code == 303
        return author, answer.headers["location"]

    def lamps(self, count: int) -> None:
        """Submit posts about lamps, whose ids are their numbers."""
        for number in range(count):
            told = {"network": "facebook", "topics": ["lamps"], "text": f"Lamp {number}."}
            self.desk.submit(f"{number:024x}", "camille", told)

    def folded(self, where: str) -> Any:  # noqa: ANN401
        return self.desk.post(where.removeprefix("/posts/"), "agathe")

    def sent(self) -> list[str]:
        store = self.code["work"].SENT
        with self.desk.store.reading() as db:
            return [row.post for row in db.execute(store.select())]


@pytest.fixture(scope="module")
def server() -> Iterator[Callable[[str], str]]:
    """Return what makes an empty schema of PostgreSQL and returns its address."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    where = programs()
    if where is None:
        pytest.skip("no PostgreSQL: no `initdb`")
    try:
        with served(where) as made:
            yield made
    except NoServerError as error:
        pytest.skip(f"PostgreSQL does not start here: {error}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a new database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    made: Callable[[str], str] = request.getfixturevalue("server")
    return made(f"desk{next(NUMBERS)}")


@pytest.fixture
def stage(code: Any, url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:  # noqa: ANN401
    monkeypatch.setitem(code["signin"].COST, "n", 16)  # what is tried here is not how slow it is
    made = Stage(code, url)
    yield made
    made.desk.store.engine.dispose()


# ------------------------------------------------------------------------------------ as intended


def test_what_is_covered_goes_out_at_once(stage: Stage) -> None:
    ana = stage.person("camille")
    answer = ana.submit("La lampe Brume est là.")
    assert answer.status_code == 303
    assert "It is out." in ana.get(answer.headers["location"]).text
    assert [f"/posts/{one}" for one in stage.sent()] == [answer.headers["location"]]
    assert stage.desk.audited().share == 1
    assert "100.0%" in stage.person("agathe").get("/audit").text


def test_one_sees_at_once_what_the_charter_says_and_what_would_change_it(stage: Stage) -> None:
    ana = stage.person("camille")
    told = {**EVERYDAY, "text": "Brume <b>à 49 €", "price": "yes"}
    part = ana.client.post(
        "/check",
        data={**told, "csrf": ana.token("/", "csrf")},
        headers={"x-part": "decision", "accept-language": "fr-FR"},
    ).text
    assert "couvert si" in part
    assert "<html" not in part
    whole = ana.post("/check", **told).text
    assert "covered if" in whole
    assert "Brume &lt;b&gt;à 49 €</textarea>" in whole
    assert stage.sent() == []


def test_a_review_goes_through_its_people_and_out(stage: Stage) -> None:
    author, where = stage.review()
    assert "published" not in author.get(where).text
    bastien = stage.person("bastien")
    assert "waits for you" in bastien.get("/posts").text
    assert bastien.move(where, "approved").status_code == 303
    agathe = stage.person("agathe")
    assert agathe.move(where, "approved").status_code == 303
    assert stage.sent() == []
    assert author.move(where, "published").status_code == 303
    assert len(stage.sent()) == 1
    assert "is as it was written" in agathe.get("/log").text


def test_an_amendment_is_decided_anew_and_voids_what_was_said(stage: Stage) -> None:
    author, where = stage.review("Brume à 49 €, sans plus.")
    assert stage.folded(where).review is None, "it says that it names no price"
    author, where = stage.review()
    assert (
        stage.person("bastien").move(where, "changes asked", because="Softer.").status_code == 303
    )
    assert "Softer." in author.get(where).text
    done = author.move(where, "amended", text="Un feu de joie.", **EVERYDAY)
    assert done.status_code == 303
    assert str(stage.folded(where).review.standing().state) == "open"
    forbidden = author.move(where, "amended", text="Mieux que Luxor.", **EVERYDAY)
    assert (forbidden.status_code, "rivals" in forbidden.text) == (403, True)
    assert stage.folded(where).act.text == "Un feu de joie."


def test_what_is_forbidden_is_told_and_not_kept(stage: Stage) -> None:
    ana = stage.person("camille")
    answer = ana.submit("Mieux que Luxor !")
    assert (answer.status_code, "rivals" in answer.text) == (422, True)
    assert "Mieux que Luxor !</textarea>" in answer.text
    assert stage.desk.waiting("agathe") == []


def test_who_is_on_duty_is_told_in_the_readers_language(stage: Stage) -> None:
    ana = stage.person("camille")
    assert "people on duty" in ana.get("/duty").text
    assert ana.get("/in/fr").status_code == 303
    assert "personnes en service" in ana.get("/duty").text


def test_the_pages_call_nothing_by_its_id_in_the_readers_language(stage: Stage) -> None:
    charter, told = stage.desk.charter, stage.desk.settings
    asked = {*told["topics"], *told["networks"], *told["languages"], *charter.labels}
    assert {*told["names"]} == asked | {one.id for one in charter.circuits}
    author, where = stage.review()
    author.get("/in/fr")
    for path in ("/", where, "/posts"):
        main = author.get(path).text.partition("<main>")[2]
        shown = re.sub("<[^>]*>|<section.*?</section>", " ", main)
        ids = asked - {"fr", "en"} if path == "/" else {"lamps", "facebook"}
        assert not [one for one in ids if re.search(rf"\b{one}\b", shown)]
    assert "les lampes" in author.get("/").text
    assert "Facebook · les lampes" in author.get(where).text
    assert "la cellule de crise\xa0: 2\xa0mars\xa02026" in author.get("/posts").text
    wrong = author.submit("Un rappel.", people="perhaps", network="x").text
    assert "on peut y reconnaître quelqu’un\xa0: ce choix" in wrong
    told = re.sub("<[^>]*>", " ", author.get(where).text)
    assert "la cellule de crise" in told
    assert not re.search(r"\bcrisis\b(?!-words)", told)


# --------------------------------------------------------------- what the word list says

#: A post of which nobody said whether it names a price.
UNSAID: Final = {"price": "unknown", "people": "no"}


def noted(page: str) -> list[str]:
    """Return what a page says that the word list says."""
    return re.findall(r"By the word list alone:[^<]*<strong>(.*?)</strong>", page)


def test_what_nobody_said_is_said_by_the_word_list_as_far_as_it_is_believed(stage: Stage) -> None:
    ana = stage.person("camille")
    plain = ana.submit("La lampe Brume est là.", **UNSAID)
    out = ana.get(plain.headers["location"]).text
    assert "It is out." in out
    assert noted(out) == ["no"]
    doubtful = ana.submit("La Brume reçoit un prix.", **UNSAID).headers["location"]
    assert noted(ana.get(doubtful).text) == ["not known"]
    assert stage.folded(doubtful).act.labels == {"people": False}
    priced = ana.submit("La Brume à prix doux, 49 €.", **UNSAID).headers["location"]
    assert noted(ana.get(priced).text) == ["yes"]
    assert len(stage.sent()) == 1


def test_what_a_person_said_stands(stage: Stage) -> None:
    ana = stage.person("camille")
    where = ana.submit("La lampe Brume est là.", price="yes", people="no").headers["location"]
    page = ana.get(where).text
    assert noted(page) == []
    assert stage.folded(where).act.labels == {"price": True, "people": False}
    assert stage.sent() == []


def test_one_sees_what_the_word_list_says_before_submitting(stage: Stage) -> None:
    ana = stage.person("camille")
    told = {**EVERYDAY, **UNSAID, "text": "La Brume à prix doux, 49 €."}
    assert noted(ana.post("/check", **told).text) == ["yes"]
    part = ana.client.post(
        "/check",
        data={**told, "csrf": ana.token("/", "csrf")},
        headers={"x-part": "decision", "accept-language": "fr-FR"},
    ).text
    assert "Selon la seule liste de mots" in part
    assert "<strong>oui</strong>" in part
    assert noted(ana.get("/").text) == []


def test_a_changed_text_is_labelled_again_and_a_form_says_what_people_said(stage: Stage) -> None:
    ana = stage.person("camille")
    where = ana.submit("La Brume à prix doux, 49 €.", **UNSAID).headers["location"]
    page = ana.get(where).text
    price = page[page.index('<select id="price"') :].partition("</select>")[0]
    assert re.findall(r'value="(\w+)" selected', price) == []
    people = page[page.index('<select id="people"') :].partition("</select>")[0]
    assert re.findall(r'value="(\w+)" selected', people) == ["no"]
    told = {**EVERYDAY, **UNSAID, "text": "La Brume reçoit un prix."}
    assert ana.move(where, "amended", **told).status_code == 303
    assert noted(ana.get(where).text) == ["not known"]
    assert stage.folded(where).act.labels == {"people": False}


# --------------------------------------------------------------------------- who is there


def test_nobody_gets_in_without_a_session(stage: Stage) -> None:
    somebody = Person(stage.client(), "wrong")
    for path in ("/", "/posts", "/duty", "/audit", "/log", f"/posts/{'a' * 24}"):
        assert somebody.get(path).headers["location"] == "/signin"
    for member in ("camille", "nobody", "", "hugo' OR 1=1 --"):
        assert somebody.sign_in(member).status_code == 403
    answer = somebody.client.post("/posts", data={"text": "Hello"})
    assert (answer.status_code, 'action="/signin"' in answer.text) == (401, True)


def test_a_session_ends(stage: Stage) -> None:
    ana = stage.person("camille")
    kept = dict(ana.client.cookies)
    assert ana.post("/signout").status_code == 303
    ana.client.cookies.update(kept)  # whoever copied the cookie
    assert ana.get("/").headers["location"] == "/signin"
    late = stage.person("camille")
    stage.clock.pass_by(hours=13)
    assert late.get("/").headers["location"] == "/signin"


def test_an_account_is_closed_for_a_while_after_ten_wrong_passwords(stage: Stage) -> None:
    inside = stage.person("camille")
    guessing = Person(stage.client(), "wrong")
    assert [guessing.sign_in("camille").status_code for _ in range(10)] == [403] * 10
    right = Person(stage.client(), "camille's own")
    for one in (guessing, right):
        answer = one.sign_in("camille")
        assert (answer.status_code, "15 minutes" in answer.text) == (429, True)
        assert "set-cookie" not in answer.headers
    assert inside.get("/").status_code == 200
    assert stage.person("bastien").get("/").status_code == 200
    stage.clock.pass_by(seconds=899)
    assert right.sign_in("camille").status_code == 429
    stage.clock.pass_by(seconds=1)
    assert right.sign_in("camille").status_code == 303


def test_the_right_password_forgets_the_wrong_ones_of_the_account(stage: Stage) -> None:
    for _ in range(3):
        for _ in range(9):
            assert Person(stage.client(), "wrong").sign_in("camille").status_code == 403
        stage.person("camille")


def test_an_address_that_guesses_at_everybody_is_closed_too(stage: Stage) -> None:
    people = [*[one.id for one in stage.desk.team.members][:6], "nobody", "camille' --"]
    codes = [Person(stage.client(), "wrong").sign_in(people[one % 8]).status_code
             for one in range(50)]  # fmt: skip
    assert codes == [403] * 50
    elsewhere = stage.testing.TestClient(
        stage.app, base_url="http://desk", follow_redirects=False, client=("198.51.100.7", 50000)
    )
    answers = [
        Person(client, "hugo's own").sign_in("hugo") for client in (stage.client(), elsewhere)
    ]
    assert [one.status_code for one in answers] == [429, 303]


def test_tries_at_once_are_no_more_than_tries_in_turn(stage: Stage) -> None:
    codes = list[int]()

    def guess() -> None:
        codes.append(Person(stage.client(), "wrong").sign_in("camille").status_code)

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(codes) == [403] * 10 + [429] * 6


def test_a_new_password_ends_the_sessions_of_the_old_one(stage: Stage) -> None:
    ana = stage.person("camille")
    stage.code["signin"].set_password(stage.desk.store, "camille", "another")
    assert ana.get("/").headers["location"] == "/signin"
    assert ana.sign_in("camille").status_code == 403


def test_a_session_is_not_kept_as_it_is_sent_and_no_script_reads_it(stage: Stage) -> None:
    ana = Person(stage.client(), "camille's own")
    told = ana.sign_in("camille").headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    with stage.desk.store.reading() as db:
        kept = str(db.exec_driver_sql("SELECT * FROM sessions").all())
        assert ana.client.cookies["desk"] not in kept
        assert "own" not in str(db.exec_driver_sql("SELECT * FROM people").all())


def test_nobody_reads_what_is_not_theirs(stage: Stage) -> None:
    _, where = stage.review()
    hugo = stage.person("hugo")
    assert hugo.get(where).status_code == 404
    assert "rappel" not in hugo.get("/posts").text
    for path in ("/audit", "/log", f"/posts/{'a' * 24}"):
        assert hugo.get(path).status_code == 404
    for move in ("approved", "published", "amended", "refused", "whatever"):
        assert hugo.move(where, move, "0" * 64, text="Hello").status_code == 404


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ED%A0%80", "%FF", "é" * 300, "'--"])
def test_no_address_breaks_the_desk(stage: Stage, odd: str) -> None:
    ana = stage.person("camille")
    assert ana.get(f"/posts/{odd}").status_code == 404
    assert ana.move(f"/posts/{odd}", "approved", "0" * 64).status_code == 404
    ana.client.cookies["desk"] = "no\x00body"
    assert ana.get("/").headers["location"] == "/signin"


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "\x1b[31m", "\u202e"])
def test_no_text_breaks_the_desk(stage: Stage, odd: str) -> None:
    ana = stage.person("camille")
    told = {**EVERYDAY, "post": ana.token("/", "post"), "csrf": ana.token("/", "csrf")}
    fields = {**told, "text": f"Un rappel {odd}"}
    body = "&".join(f"{key}={quote(one, errors='surrogatepass')}" for key, one in fields.items())
    answer = ana.client.post("/posts", content=body.encode(), headers=FORM)
    assert answer.status_code in {303, 422}
    assert ana.get("/posts").status_code == 200
    where = answer.headers.get("location")
    assert where is None or "rappel" in ana.get(where).text


# ----------------------------------------------------------------------------- ways around


def test_nobody_approves_their_own(stage: Stage) -> None:
    author, where = stage.review()
    answer = author.move(where, "approved")
    assert (answer.status_code, "nobody reviews their own act" in answer.text) == (403, True)
    assert author.move(where, "published").status_code == 409
    assert stage.sent() == []


def test_nobody_speaks_by_naming_somebody_else(stage: Stage) -> None:
    author, where = stage.review()
    seen = author.token(where, "seen")
    answer = author.move(where, "approved", seen, by="bastien", member="bastien", author="joris")
    assert answer.status_code == 403
    ana = stage.person("camille")
    posted = ana.submit("La Brume est là.", author="bastien")
    assert stage.folded(posted.headers["location"]).act.author == "camille"


@pytest.mark.parametrize("spoilt", ["left out", "empty", "nonsense", "another's", "another site"])
def test_a_form_of_another_session_or_site_is_refused(stage: Stage, spoilt: str) -> None:
    _, where = stage.review()
    bastien = stage.person("bastien")
    own = {key: bastien.token(where, key) for key in ("csrf", "seen")}
    other = stage.person("bastien").token("/", "csrf")
    csrf = {"left out": None, "empty": "", "nonsense": "é" * 20, "another's": other}
    form = {**own, "csrf": csrf.get(spoilt, own["csrf"])}
    headers = {"sec-fetch-site": "cross-site"} if spoilt == "another site" else {}
    told = {key: one for key, one in form.items() if one is not None}
    answer = bastien.client.post(f"{where}/approved", data=told, headers=headers)
    assert answer.status_code == 403
    assert stage.folded(where).events == 1


@pytest.mark.parametrize(("where", "is_ours"), [
    ({"sec-fetch-site": "cross-site"}, False), ({"sec-fetch-site": "same-site"}, False),
    ({"origin": "https://elsewhere.example"}, False), ({"origin": "null"}, False),
    ({"origin": "http://desk.elsewhere.example"}, False), ({"origin": "http://desk"}, True),
    ({"sec-fetch-site": "same-origin", "origin": "http://behind-a-proxy"}, True), ({}, True),
])  # fmt: skip
def test_signing_in_from_another_site_is_refused(
    stage: Stage, where: dict[str, str], *, is_ours: bool
) -> None:
    told = {"member": "camille", "password": "camille's own"}
    answer = stage.client().post("/signin", data=told, headers=where)
    assert answer.status_code == (303 if is_ours else 403)
    assert ("set-cookie" in answer.headers) is is_ours


def test_the_address_of_an_answer_is_a_page_too(stage: Stage) -> None:
    author = stage.person("camille")
    assert author.get("/check").status_code == 200  # another language is asked for there


def test_the_same_form_again_is_the_same_post(stage: Stage) -> None:
    ana, id_ = stage.person("camille"), "ab" * 12
    first, second = (ana.submit("La Brume.", post=id_) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert stage.folded(first.headers["location"]).act.text == "La Brume."
    assert stage.sent() == [id_]
    assert stage.person("joris").submit("La mienne.", post=id_).status_code == 404
    for bad in ("", "../x", "a" * 23, "A" * 24, "é" * 24):
        assert ana.submit("La Brume.", post=bad).status_code == 403


@pytest.mark.parametrize(
    "edited",
    [
        {"text": "Un autre rappel."},
        {"price": "yes"},
        {"people": "unknown"},
        {"topics": "shops"},
        {"network": "linkedin"},
        {"language": "fr"},
    ],
    ids=str,
)
def test_an_edited_form_under_an_old_id_gives_its_text_back(
    stage: Stage, edited: dict[str, str]
) -> None:
    ana, id_ = stage.person("camille"), "ab" * 12
    told = {"text": "Un rappel.", "post": id_}
    where = ana.submit(**told).headers["location"]
    assert ana.submit(**told).headers["location"] == where
    answer = ana.submit(**{**told, **edited})
    assert answer.status_code == 409
    assert "sent already" in answer.text
    assert f"{edited.get('text', 'Un rappel.')}</textarea>" in answer.text
    fresh = dict(TOKEN.findall(answer.text))["post"]
    assert fresh != id_
    assert stage.folded(where).act.text == "Un rappel."
    again = ana.submit(**{**told, **edited, "post": fresh})
    assert again.headers["location"] == f"/posts/{fresh}"


#: What each refused form is answered with: what is spoilt of it, the status, and where it is sent.
SPOILT: Final[dict[str, tuple[int, dict[str, str]]]] = {
    "network": (422, {"network": "myspace"}),
    "language": (422, {"language": "klingon"}),
    "topics": (422, {"topics": "politics"}),
    "price": (422, {"price": "perhaps"}),
    "long": (422, {"text": "Brume" * 4_001}),
    "session": (403, {"csrf": "nonsense"}),
    "id": (403, {"post": "nonsense"}),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_refused_form_gives_its_text_back(stage: Stage, spoilt: str) -> None:
    ana = stage.person("camille")
    code, told = SPOILT[spoilt]
    text = told.get("text", "Un rappel <b>de la Brume.")
    answer = ana.submit(**{"text": text, **told})
    assert answer.status_code == code
    assert f"{escape(text)}</textarea>" in answer.text
    assert stage.desk.waiting("agathe") == []
    author, where = stage.review()
    seen = "0" * 64 if spoilt == "id" else author.token(where, "seen")
    answer = author.move(where, "amended", **{**EVERYDAY, "text": text, "seen": seen, **told})
    assert answer.status_code == (412 if spoilt == "id" else code)
    assert f"{escape(text)}</textarea>" in answer.text
    assert stage.folded(where).events == 1


def test_a_session_that_ended_meanwhile_loses_no_text(stage: Stage) -> None:
    ana = stage.person("camille")
    told = {**EVERYDAY, "post": ana.token("/", "post"), "csrf": ana.token("/", "csrf")}
    ana.client.cookies.clear()
    answer = ana.client.post("/posts", data={**told, "text": "Un rappel."})
    assert (answer.status_code, "Un rappel.</textarea>" in answer.text) == (401, True)
    assert 'action="/signin"' in answer.text
    author, where = stage.review()
    seen = author.token(where, "seen")
    author.client.cookies.clear()
    answer = author.client.post(f"{where}/refused", data={"seen": seen, "because": "Too loud."})
    assert (answer.status_code, "Too loud.</textarea>" in answer.text) == (401, True)


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0", "\u200b", "\u3000\ufeff", "\u2066"])
def test_nothing_is_no_post(stage: Stage, blank: str) -> None:
    author, where = stage.review()
    for answer in (
        author.submit(blank),
        author.post("/check", **EVERYDAY, text=blank),
        author.move(where, "amended", **EVERYDAY, text=blank),
    ):
        assert (answer.status_code, "Your post: it is blank" in answer.text) == (422, True)
    assert stage.folded(where).events == 1
    assert len(stage.desk.waiting("agathe")) == 1


def test_all_that_is_wrong_with_a_form_is_told_at_once_in_the_readers_language(
    stage: Stage,
) -> None:
    ana = stage.person("camille")
    ana.get("/in/fr")
    told = {"network": "x", "language": "y", "topics": "z", "price": "a", "people": "b"}
    page = ana.submit(" ", **told).text
    said = re.findall('role="alert">(.*?)<', page)
    assert len(said) == len(told) + 1
    assert all("n’est pas proposé" in one or "vide" in one for one in said)


@pytest.mark.parametrize("one", ["a", "é", "€", "漢", "😀", "\n"])
def test_what_a_page_lets_one_write_is_taken(stage: Stage, one: str) -> None:
    author, where = stage.review()
    page = author.get("/").text
    most = int(re.findall(r'<textarea[^>]*maxlength="(\d+)"', page)[0])
    text = ("Un rappel " + one * most)[:most]
    if len(one.encode("utf-16-le")) > 2:  # which browsers count as two
        text = text[: most // 2]
    sent = text.replace("\n", "\r\n")
    assert author.submit(sent).status_code == 303
    assert author.move(where, "amended", text=sent, **EVERYDAY).status_code == 303
    assert author.submit(sent + "a").status_code == (303 if most > len(text) else 422)


def test_a_reason_is_as_long_as_its_page_lets_it_be(stage: Stage) -> None:
    _, where = stage.review()
    bastien = stage.person("bastien")
    most = int(re.findall(r'id="because"[^>]*maxlength="(\d+)"', bastien.get(where).text)[0])
    answer = bastien.move(where, "changes asked", because="é" * (most + 1))
    assert (answer.status_code, f"{'é' * most}" in answer.text) == (422, True)
    assert stage.folded(where).events == 1
    assert bastien.move(where, "changes asked", because="é" * most).status_code == 303


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404), ("GET", f"/posts/{'a' * 24}", 404), ("GET", "/static/no", 404),
        ("POST", "/nowhere", 404), ("GET", "/signout", 405), ("DELETE", "/posts", 405),
        ("PUT", "/", 405), ("POST", "/posts", 413), ("POST", "/check", 400),
    ],
)  # fmt: skip
def test_every_refusal_is_a_page_of_the_desk(
    stage: Stage, method: str, path: str, status: int, language: str
) -> None:
    ana = stage.person("camille")
    ana.get(f"/in/{language}")
    sizes = {413: "text=" + "a" * 300_000, 400: "&".join(f"a{one}=1" for one in range(60))}
    told = {"content": sizes[status], "headers": FORM} if status in sizes else {}
    answer = ana.client.request(method, path, **told)
    assert answer.status_code == status
    assert {"en": "This was not done", "fr": "Cela n’a pas été fait"}[language] in answer.text
    assert ("Sign out" if language == "en" else "Se déconnecter") in answer.text
    assert "default-src" in answer.headers["content-security-policy"]
    assert re.search('role="alert">[^<]{9,}<', answer.text)
    assert ("allow" in answer.headers) == (status == 405)


def test_whoever_comes_where_many_wait_is_asked_to_come_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = stage.person("camille")
    monkeypatch.setattr(stage.code["app"], "QUEUE", 0)
    answer = ana.get("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "This was not done" in answer.text
    monkeypatch.undo()
    assert ana.get("/").status_code == 200


def test_who_reads_waits_for_nobody_who_writes(stage: Stage) -> None:
    _, where = stage.review()
    store = stage.desk.store
    store.engine.pool._timeout = 0.2  # noqa: SLF001 - nobody waits longer here
    form = {**EVERYDAY, "topics": ["lamps"], "text": "Un rappel."}
    outside = stage.code["work"].Store(store.engine.url.render_as_string(hide_password=False))
    threads = [
        threading.Thread(target=stage.desk.submit, args=(f"{one:024x}", "camille", form))
        for one in range(12)
    ]
    with outside.engine.begin():  # another process writes
        for one in threads:
            one.start()
        for one in threads:
            one.join(0.05)
        assert stage.folded(where).events == 1
    for one in threads:
        one.join()
    outside.engine.dispose()
    assert len(stage.desk.waiting("agathe")) == 13


def test_the_same_yes_again_is_refused(stage: Stage) -> None:
    _, where = stage.review()
    joris = stage.person("joris")
    seen = joris.token(where, "seen")
    assert joris.move(where, "approved", seen).status_code == 303
    assert joris.move(where, "approved", seen).status_code in {403, 409}
    assert stage.folded(where).events == 2


@pytest.mark.parametrize("move", ["approved", "refused", "changes asked", "escalated"])
def test_a_stale_tab_says_nothing_of_the_new_content(stage: Stage, move: str) -> None:
    author, where = stage.review()
    bastien = stage.person("bastien")
    seen = bastien.token(where, "seen")
    assert author.move(where, "amended", text="Un autre rappel.", **EVERYDAY).status_code == 303
    answer = bastien.move(where, move, seen)
    assert answer.status_code == 412
    assert stage.folded(where).events == 2


@pytest.mark.parametrize("move", ["approved", "refused", "changes asked", "escalated"])
@pytest.mark.parametrize("change", [{"people": "yes"}, {"topics": "jobs"}])
def test_a_stale_tab_says_nothing_of_labels_and_topics_that_it_did_not_show(
    stage: Stage, move: str, change: dict[str, str]
) -> None:
    text = "Un rappel de la Brume."
    author, where = stage.review(text)
    bastien = stage.person("bastien")
    seen = bastien.token(where, "seen")
    answer = author.move(where, "amended", text=text, **(EVERYDAY | change))
    assert answer.status_code == 303
    answer = bastien.move(where, move, seen)
    assert answer.status_code == 412
    assert "It was changed since you opened it: load the page again." in answer.text
    assert stage.folded(where).events == 2
    assert bastien.move(where, move).status_code == 303


def test_what_others_say_meanwhile_makes_no_tab_stale(stage: Stage) -> None:
    _, where = stage.review()
    joris, bastien = stage.person("joris"), stage.person("bastien")
    seen = bastien.token(where, "seen")
    assert joris.move(where, "escalated").status_code == 303
    assert bastien.move(where, "approved", seen).status_code != 412


def test_a_form_that_does_not_say_what_it_showed_is_stale(stage: Stage) -> None:
    _, where = stage.review()
    bastien = stage.person("bastien")
    bastien.client.cookies.set("language", "fr")
    answer = bastien.post(f"{where}/approved")
    assert answer.status_code == 412
    assert "Elle a été modifiée depuis que vous l’avez ouverte" in answer.text


def test_a_stale_tab_neither_amends_nor_publishes(stage: Stage) -> None:
    author, where = stage.review()
    seen = author.token(where, "seen")
    assert author.move(where, "amended", text="Un feu.", **EVERYDAY).status_code == 303
    again = author.move(where, "amended", seen, text="Un rappel, sinon.", **EVERYDAY)
    assert again.status_code == 412
    for who in ("bastien", "agathe"):
        assert stage.person(who).move(where, "approved").status_code == 303
    assert author.move(where, "published", seen).status_code == 412
    assert stage.sent() == []
    assert author.move(where, "published").status_code == 303


def test_of_two_approvals_in_one_instant_each_is_counted_once(stage: Stage) -> None:
    _, where = stage.review()
    people = [stage.person(one) for one in ("bastien", "bastien", "joris", "joris")]
    told = [(one, one.token(where, "seen"), one.token("/", "csrf")) for one in people]
    together, answers = threading.Barrier(len(told)), list[int]()

    def press(one: Person, seen: str, csrf: str) -> None:
        together.wait()
        done = one.client.post(f"{where}/approved", data={"seen": seen, "csrf": csrf})
        answers.append(done.status_code)

    threads = [threading.Thread(target=press, args=each) for each in told]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    # one yes is what the first stage asks; whoever comes after is told why theirs has no place
    said = stage.folded(where).review.events
    assert answers.count(303) == len(said) == len({one.by for one in said}) >= 1
    assert {*answers} <= {303, 403, 409}
    assert str(stage.folded(where).review.standing().state) == "open"


def test_two_who_publish_in_one_instant_publish_once(stage: Stage) -> None:
    author, where = stage.review()
    for who in ("bastien", "agathe"):
        stage.person(who).move(where, "approved")
    form = {"seen": author.token(where, "seen"), "csrf": author.token("/", "csrf")}
    clients = [stage.client() for _ in range(3)]
    answers = list[int]()
    for one in clients:
        one.cookies.update(author.client.cookies)
    threads = [
        threading.Thread(
            target=lambda one=one: answers.append(
                one.post(f"{where}/published", data=form).status_code
            )
        )
        for one in clients
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [303, 409, 409]
    assert len(stage.sent()) == 1


def test_who_may_not_publish_is_told_nothing_and_the_author_why_not(stage: Stage) -> None:
    author, where = stage.review()
    assert author.move(where, "published").status_code == 409
    for who in ("bastien", "agathe"):
        stage.person(who).move(where, "approved")
    seen = author.token(where, "seen")
    assert stage.person("agathe").move(where, "published", seen).status_code == 404
    assert stage.sent() == []


def test_a_deadline_between_the_page_and_the_click_counts(stage: Stage) -> None:
    _, where = stage.review()
    bastien = stage.person("bastien")
    seen = bastien.token(where, "seen")
    assert f"{where}/approved" in bastien.get(where).text
    stage.clock.pass_by(minutes=30)
    answer = bastien.move(where, "approved", seen)
    assert (answer.status_code, "next stage" in answer.text) == (409, True)
    stage.clock.pass_by(hours=1)
    agathe = stage.person("agathe")
    late = agathe.move(where, "approved", seen)
    assert late.status_code == 409
    assert str(stage.desk.waiting("agathe")[0][1].state) == "refused"
    assert stage.folded(where).events == 1


def test_a_clock_that_goes_back_loses_nothing(stage: Stage) -> None:
    _, where = stage.review()
    stage.clock.pass_by(minutes=-5)
    assert stage.person("bastien").move(where, "approved").status_code == 303
    assert stage.folded(where).events == 2


def test_a_review_goes_on_under_the_charter_that_it_began_with(stage: Stage) -> None:
    author, where = stage.review()
    strict = stage.desk.charter.without_rule("everyday")
    stage.desk = attrs.evolve(stage.desk, charter=strict)
    done = stage.desk.amend(
        where.removeprefix("/posts/"),
        "camille",
        author.token(where, "seen"),
        {"text": "Un feu.", "topics": ["lamps"]},
    )
    assert done.events[-1].decision.charter_digest == done.opening.decision.charter_digest


def test_what_is_too_much_is_refused(stage: Stage) -> None:
    ana = stage.person("camille")
    assert ana.submit("a" * 200_000).status_code == 413
    assert ana.submit("a" * 90_000).status_code in {303, 413, 422}


def test_a_page_lets_in_no_script_but_its_own(stage: Stage) -> None:
    ana = stage.person("camille")
    where = ana.submit("<script>alert(1)</script> rappel").headers["location"]
    page = ana.get(where)
    assert "<script>alert" not in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    back = ana.client.get("/in/fr", headers={"referer": "https://elsewhere.example/"})
    assert back.headers["location"] == "/"


def test_nobody_is_turned_away_where_many_write_at_once(stage: Stage) -> None:
    form, told = {**EVERYDAY, "topics": ["lamps"], "text": "Un rappel."}, list[BaseException]()

    def write(first: int) -> None:
        try:
            for number in range(first, first + 12):
                stage.desk.submit(f"{number:024x}", "camille", form)
        except Exception as error:  # noqa: BLE001 - of a thread
            told.append(error)

    threads = [threading.Thread(target=write, args=[12 * one]) for one in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == []
    check = importlib.import_module("cmcore.codec").verify_log(stage.desk.lines())
    assert (check.entries, check.is_intact) == (96, True)


def test_whoever_waits_too_long_is_asked_to_try_again(stage: Stage) -> None:
    ana, engine = stage.person("camille"), stage.desk.store.engine
    engine.pool._timeout = 0.01  # noqa: SLF001 - of a minute, which nobody waits here
    held = [engine.connect() for _ in range(engine.pool.size())]
    answers = [ana.get("/"), ana.client.post("/posts", data={"post": "a" * 24})]
    for one in held:
        one.close()
    assert {one.status_code for one in answers} == {503}
    assert {one.headers["retry-after"] for one in answers} == {"5"}
    assert ana.get("/").status_code == 200


def test_of_a_long_log_all_is_verified_and_the_last_is_shown(stage: Stage) -> None:
    agathe = stage.person("agathe")
    stage.lamps(23)
    page = agathe.get("/log").text
    shown = re.findall(r"0{22}[0-9a-f]{2}", page)
    assert [int(one, 16) for one in dict.fromkeys(shown)] == [*range(22, 2, -1)]
    assert "as it was written" in page
    with stage.desk.store.engine.begin() as db:
        db.exec_driver_sql("UPDATE log SET line = replace(line, 'lamps', 'shops') WHERE number = 1")
    assert "has been changed" in agathe.get("/log").text


def test_a_damaged_line_is_told_among_the_last_ones_too(stage: Stage) -> None:
    agathe = stage.person("agathe")
    stage.lamps(3)
    whole = agathe.get("/log").text
    assert re.search("Digest of its last line: <code>[0-9a-f]{16}<", whole)
    with stage.desk.store.engine.begin() as db:
        db.exec_driver_sql("UPDATE log SET line = replace(line, 'outcome', 'out') WHERE number = 2")
    page = agathe.get("/log")
    assert page.status_code == 200
    assert "has been changed" in page.text
    assert 'role="alert">line 2' in page.text


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("fr", "fr"), ("fr-CA,en;q=0.8", "fr"), ("en;q=0.1, fr;q=0.9", "fr"), ("fr;q=0, en", "en"),
        ("de, fr;q=0.5", "fr"), ("de", "en"), ("", "en"), ("fr;q=.", "fr"), ("en,fr", "en"),
    ],
)  # fmt: skip
def test_pages_are_in_the_language_that_a_browser_wants_most(
    stage: Stage, asked: str, language: str
) -> None:
    page = stage.client().get("/signin", headers={"accept-language": asked})
    assert f'<html lang="{language}"' in page.text


def test_a_field_that_comes_twice_is_refused(stage: Stage) -> None:
    ana = stage.person("camille")
    told = {"csrf": ana.token("/", "csrf"), "post": "a" * 24, "text": ["A lamp.", "Another."]}
    assert ana.client.post("/posts", data={**told, **EVERYDAY}).status_code == 400
    both = {**EVERYDAY, "topics": ["lamps", "workshop"], "text": "A lamp."}
    assert ana.client.post("/posts", data={**told, **both}).status_code == 303


def test_moments_are_whole_seconds_as_people_read_them(stage: Stage) -> None:
    work = stage.code["work"]
    desk = attrs.evolve(stage.desk, clock=attrs.fields(work.Desk).clock.default)
    stage.app = stage.code["app"].make_app(desk)
    assert desk.clock().microsecond == 0
    agathe = stage.person("agathe")
    assert agathe.submit("Un rappel de la Brume.").status_code == 303
    where = agathe.get("/posts").text.partition('href="/posts/')[2][:24]
    for page in ("/duty", "/log", f"/posts/{where}"):
        assert re.search(r":[0-9]{2}[.,][0-9]", agathe.get(page).text) is None, page


def test_a_review_is_shown_on_the_clocks_of_the_team_and_by_its_first_words(stage: Stage) -> None:
    author, where = stage.review()
    stage.clock.pass_by(minutes=5)
    assert stage.person("bastien").move(where, "approved").status_code == 303
    page = author.get(where).text
    assert "2026-03-02 10:05+01:00" in page  # in Paris
    assert "09:05" not in page
    assert "Un rappel de la Brume: under review" in page
    assert where.removeprefix("/posts/") not in page.partition("</h1>")[2].partition("<form")[0]


def test_a_text_that_turns_itself_round_is_shown_as_it_stands(stage: Stage) -> None:
    author, where = stage.review("Un rappel \u202eesuaf\nde la Brume.")
    for page in (where, "/posts"):
        told = author.get(page).text.partition("<main>")[2].partition("<h2>")[0]
        assert r"Un rappel \u202eesuaf" in told
        assert "\u202e" not in told
    assert "esuaf\nde la Brume." in author.get(where).text


def test_a_reviewer_sees_what_the_author_says_and_a_nudge_asks_for_the_truth(stage: Stage) -> None:
    author, where = stage.review()
    assert "somebody can be recognised: no" in stage.person("bastien").get(where).text
    assert "only if that is true" in author.get(where).text
    told = {**EVERYDAY, "text": "Une lampe.", "people": "yes"}
    assert "only if that is true" in author.post("/check", **told).text
    assert "only if that is true" not in author.post("/check", **told | {"people": "no"}).text


def test_the_list_of_others_posts_calls_them_posts(stage: Stage) -> None:
    author, _ = stage.review()
    assert "Your post" not in author.get("/posts").text


def test_who_passed_it_on_is_not_told_that_their_time_is_over(stage: Stage) -> None:
    _, where = stage.review()
    bastien = stage.person("bastien")
    seen = bastien.token(where, "seen")
    assert bastien.move(where, "escalated", seen).status_code == 303
    answer = bastien.move(where, "approved", seen)
    assert answer.status_code == 409
    assert "the next stage is asked now, and Bastien Roques no longer is" in answer.text


def test_a_desk_opened_twice_at_once_has_its_tables_once(code: Any, url: str) -> None:  # noqa: ANN401
    together, opened = threading.Barrier(4), list[Any]()

    def open_one() -> None:
        together.wait()
        opened.append(code["work"].open_desk(FOLDER, url))

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(opened) == 4
    for one in opened:
        one.store.engine.dispose()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+psycopg://nobody@/no?host=/nowhere", "does not open: (psycopg"),
        ("nonsense", "does not open: Could not parse"),
        ("missing", "`psycopg` is missing: pip install 'psycopg[binary]'"),
        ("nowhere", "the desk of `nowhere` does not open"),
    ],
)
def test_a_database_or_a_folder_that_does_not_open_is_told(address: str, said: str) -> None:
    if "(psycopg" in said:
        pytest.importorskip("psycopg", reason="psycopg is not installed")
    run, hidden = str(FOLDER / "run.py"), ""
    option = "--folder" if address == "nowhere" else "--url"
    if address == "missing":
        address, hidden = "postgresql+psycopg://x", "sys.modules['psycopg'] = None; "
    told = f"import runpy, sys; {hidden}sys.path.insert(0, {str(FOLDER)!r}); "
    told += f"sys.argv = ['run.py', {option!r}, {address!r}]; "
    told += f"runpy.run_path({run!r}, run_name='__main__')"
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", told], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------------- killed, and looked at


def test_what_is_thrown_away_goes_when_the_desk_is_stopped(tmp_path: Path) -> None:
    told = [sys.executable, str(FOLDER / "run.py"), "--port", "0"]
    away = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(told, env=away, stdout=subprocess.PIPE, text=True) as desk:  # noqa: S603 - ours
        assert desk.stdout is not None
        assert "password of everybody" in desk.stdout.readline()
        assert [*tmp_path.rglob("desk.db")] != []
        desk.terminate()
        desk.wait(timeout=120)
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_lost_when_the_desk_is_killed(url: str) -> None:
    script = ROOT / "benchmarks" / "desk_kills.py"
    told = [sys.executable, str(script), "--kills", "3", "--writers", "8", "--longest", "0.5"]
    told += ["--url", url]
    done = subprocess.run(  # noqa: S603 - ours
        told, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "sound" in done.stdout


def test_the_desk_works_in_a_browser(stage: Stage) -> None:
    if "CMCORE_BROWSER" not in os.environ:
        pytest.skip("`make desk-test` drives it in a browser")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no browser: neither chromium nor google-chrome")
    uvicorn: Any = importlib.import_module("uvicorn")
    server = uvicorn.Server(uvicorn.Config(stage.app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            _write_and_approve(browser, base)
        finally:
            browser.close()
            server.should_exit = True
            thread.join()


def _write_and_approve(browser: Any, base: str) -> None:  # noqa: ANN401 - of playwright
    def page_of(member: str, **told: Any) -> Any:  # noqa: ANN401
        page = browser.new_context(**told).new_page()
        page.set_default_timeout(90_000)  # on a slow machine
        page.goto(f"{base}/signin")
        page.select_option("#member", member)
        page.fill("#password", f"{member}'s own")
        page.click("main button")
        return page

    size = {"width": 390, "height": 800}
    page = page_of("camille", locale="fr-FR", viewport=size)
    complaints = list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.fill("#text", "Un rappel de la Brume.")
    page.select_option("#network", "facebook")
    page.wait_for_selector("#said .cmcore")
    assert "crisis-words" in page.inner_text("#said")
    cookies = page.context.cookies()
    page.context.clear_cookies()  # as if the session had ended: nothing is said of another text
    page.fill("#text", "Un rappel de la Brume 2.")
    page.wait_for_selector("#said .cmcore", state="detached")
    page.context.add_cookies(cookies)
    page.click("button.main")
    page.wait_for_url("**/posts/*")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    other = page_of("bastien")
    other.goto(page.url)
    other.click("button:has-text('Approve')")
    page.reload()
    assert "Bastien Roques" in page.inner_text("main")
    assert complaints == []


# ---------------------------------------------------------------------------- who is here no more


def without(stage: Stage, *members: str) -> None:
    """Open the desk again with a team that some have left; sessions and reviews are kept."""
    left = [one for one in stage.desk.team.members if one.id not in members]
    stage.desk = attrs.evolve(stage.desk, team=attrs.evolve(stage.desk.team, members=left))
    stage.app = stage.code["app"].make_app(stage.desk)


def test_whoever_left_the_team_has_no_session_any_more(stage: Stage) -> None:
    camille = stage.person("camille")
    told = {key: camille.token("/", key) for key in ("csrf", "post")}
    cookies = camille.client.cookies
    without(stage, "camille")
    client = stage.client()
    client.cookies = cookies
    assert client.get("/").headers["location"] == "/signin"
    answer = client.post("/posts", data={**EVERYDAY, **told, "text": "Our lamps."})
    assert answer.status_code == 401
    assert not stage.sent()


def test_what_somebody_wrote_before_they_left_is_still_read_and_refused(stage: Stage) -> None:
    author, where = stage.review()
    assert author.submit("Our lamps.").status_code == 303
    without(stage, "camille")
    agathe, bastien = stage.person("agathe"), stage.person("bastien")
    pages = [(agathe, page) for page in ("/audit", "/log", "/duty", "/posts", where)]
    for person, page in [*pages, (bastien, "/posts"), (bastien, where)]:
        assert person.get(page).status_code == 200, page
    assert "camille" in bastien.get("/posts").text
    assert bastien.move(where, "refused", because="They left.").status_code == 303


def test_signing_in_again_ends_the_session_before(stage: Stage) -> None:
    person = stage.person("camille")
    before = person.client.cookies["desk"]
    told = {"member": "bastien", "password": "bastien's own"}
    assert person.post("/signin", **told).status_code == 303
    client = stage.client()
    client.cookies.set("desk", before)
    assert client.get("/").headers["location"] == "/signin"


@pytest.mark.parametrize("where", ["/signin", "/posts", "/check"])
@pytest.mark.parametrize("charset", ["", "; charset=unicode_escape", "; charset=undefined"])
def test_a_form_is_read_in_one_way_alone(stage: Stage, where: str, charset: str) -> None:
    """In others, a sender names the encoding: half a character, or what cannot be decoded."""
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n\\ud800\r\n'
    body = "".join(map(part.format, ("csrf", "member", "password", "text"))) + "--x--\r\n"
    kind = {"content-type": f"multipart/form-data; boundary=x{charset}"}
    for client in (stage.client(), stage.person("camille").client):
        answer = client.post(where, content=body.encode(), headers=kind)
        assert answer.status_code == 400
        assert "<h1>" in answer.text
