"""`cmcore label`: questions about acts, answered line by line, and what is kept of the answers."""

import json
from pathlib import Path

import pytest

from cmcore import Charter, Outcome, decide, read, read_history
from cmcore.charters import Case
from cmcore.cli import labelling
from cmcore.labellers import with_labels

from .conftest import Run

CHARTER = """\
charter: brume
labels:
  price_claim: {type: flag, about: does it say what something costs}
  mood: [calm, angry]
  score: number
circuits: {desk: [{ask: {role: coordinator}}]}
default: desk
rules:
  - permit: timetable
    when: {topics: {only: [timetable]}, price_claim: no}
    because: Timetables are public.
  - permit: calm
    when: {topics: {only: [service]}, mood: {is: calm}, price_claim: no}
    because: Calm answers go out.
"""
ROWS = """\
id,kind,topics,text
a,publish,service,We are late
b,publish,timetable,From 12 euros
c,publish,timetable,Fog until noon
d,publish,party,Join us
"""
ASK = ("label", "posts.csv", "--charter", "brume.yaml")


@pytest.fixture(autouse=True)
def _posts(run: Run) -> None:
    del run  # which goes into a folder of its own
    Path("brume.yaml").write_text(CHARTER, encoding="utf-8")
    Path("posts.csv").write_text(ROWS, encoding="utf-8")


def kept(path: str = "mine.jsonl") -> dict[str, dict[str, object]]:
    """Return the labels in a file, by the ids of acts."""
    rows = read_history(path, read("brume.yaml", Charter))
    return {row.act.id or "": dict(row.act.labels) for row in rows if isinstance(row, Case)}


def test_what_settles_the_most_is_asked_first_and_what_settles_nothing_never(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\ncalm\nno\n")
    assert told.exit_code == 0, told.output
    assert list(kept()) == ["b", "c", "a"]
    assert kept()["a"] == {"price_claim": False, "mood": "calm"}
    assert "1/3" in told.stderr
    assert "does it say what something costs" in told.stderr
    assert "Join us" not in told.stderr
    assert "4 answers written" in told.stdout
    assert "decided whatever the labels: 1 of 4 before, 4 now" in told.stdout
    assert "--by-lot" in told.stdout


def test_a_label_that_settles_an_act_is_the_last_one_asked_of_it(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", "--json", stdin="no\nno\nangry\n")
    assert kept()["a"] == {"mood": "angry"}
    assert json.loads(told.stdout)["left"] == 0


def test_it_is_written_after_each_answer_and_goes_on_from_there(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", stdin="yes\nquit\n")
    assert told.exit_code == 3
    assert kept() == {"b": {"price_claim": True}}
    again = run(*ASK, "--save", "mine.jsonl", "--json", stdin="no\n")
    assert again.exit_code == 3
    assert kept() == {"b": {"price_claim": True}, "c": {"price_claim": False}}
    assert json.loads(again.stdout) == {
        "acts": 4, "unread": 0, "answered": 1, "skipped": 0, "left": 1, "not_asked": [],
        "settled": {"before": 2, "after": 3},
    }  # fmt: skip


def test_an_act_may_be_left_aside_and_an_answer_taken_back(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", stdin="skip\nback\nback\nyes\nback\nno\nskip\n")
    assert kept() == {"b": {"price_claim": False}}
    assert "1 act was left aside" in told.stdout
    assert told.exit_code == 3


def test_nothing_but_an_answer_is_one(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", stdin=b"\n\xff\nmaybe\n" + b"x" * 5000 + b"\n")
    assert told.exit_code == 3, told.output
    assert not Path("mine.jsonl").exists()
    assert told.stderr.count("price_claim") >= 4


def test_words_that_are_answers_are_commands_with_a_slash(run: Run) -> None:
    words = CHARTER.replace("[calm, angry]", "[skip, retour, s]").replace("is: calm", "is: skip")
    Path("brume.yaml").write_text(words, encoding="utf-8")
    asked = (*ASK, "--label", "mood", "--by-lot", "--save")
    told = run(*asked, "a.jsonl", stdin="skip\n/skip\n/back\nretour\n/Quit\n")
    assert [one["mood"] for one in kept("a.jsonl").values()] == ["skip", "retour"]
    assert "[retour, s, skip, /skip, back, quit]" in told.stderr
    told = run(*asked, "b.jsonl", "--lang", "fr", stdin="s\n/retour\np\nquitter\n")
    assert "[retour, s, skip, passer, /retour, quitter]" in told.stderr.replace("\xa0", " ")
    assert not kept("b.jsonl")


def test_an_answer_that_is_none_is_told(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", stdin="maybe\n\nback\nquit\n")
    assert told.stderr.count("that is none of the answers") == 2
    assert told.stderr.count("no answer comes before") == 1


def test_what_is_left_aside_is_said_to_be_needed(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", "--by-lot", stdin="skip\nquit\n")
    assert "a calibration needs those that were left aside" in told.stdout
    assert "may rest on them" not in told.stdout


def test_it_is_asked_in_french_and_answered_in_either_language(run: Run) -> None:
    told = run(*ASK, "--save", "mine.jsonl", "--lang", "fr", stdin="oui\nno\npasser\n")
    assert kept() == {"b": {"price_claim": True}, "c": {"price_claim": False}}
    assert "[oui, non, passer, retour, quitter]" in told.stderr.replace("\xa0", " ")
    assert "2 réponses notées" in told.stdout


def test_by_lot_all_acts_are_asked_about_and_all_labels(run: Run) -> None:
    stdin = "calm\nno\n" * 4
    told = run(*ASK, "--save", "lot.jsonl", "--by-lot", stdin=stdin)
    assert told.exit_code == 0, told.output
    assert len(kept("lot.jsonl")) == 4
    assert all(one.keys() == {"price_claim", "mood"} for one in kept("lot.jsonl").values())
    assert "may rest on them" in told.stdout
    rows = Path("posts.csv").read_text().splitlines()
    Path("posts.csv").write_text("\n".join([rows[0], *rows[:0:-1]]) + "\n", encoding="utf-8")
    run(*ASK, "--save", "other.jsonl", "--by-lot", stdin=stdin)
    assert list(kept("other.jsonl")) == list(kept("lot.jsonl"))


def test_by_lot_equal_acts_without_ids_come_as_often_as_there_are(run: Run) -> None:
    rows = "kind,topics,text\n" + "publish,timetable,Fog\n" * 5 + "publish,timetable,12 euros\n"
    Path("posts.csv").write_text(rows, encoding="utf-8")
    asked = (*ASK, "--save", "mine.jsonl", "--by-lot", "--label", "price_claim")
    told = run(*asked, stdin="no\nno\n")
    assert told.exit_code == 0, told.output
    charter = read("brume.yaml", Charter)
    found = [row.act.text for row in read_history("mine.jsonl", charter) if isinstance(row, Case)]
    assert sorted(map(str, found)) == ["12 euros"] + ["Fog"] * 5
    assert run(*asked, stdin="").exit_code == 0
    again = [row for row in read_history("mine.jsonl", charter) if isinstance(row, Case)]
    assert len(again) == 6


def test_by_lot_what_was_left_aside_is_asked_again_and_nothing_else_lost(run: Run) -> None:
    asked = (*ASK, "--save", "mine.jsonl", "--by-lot", "--label", "price_claim")
    run(*asked, stdin="skip\nno\nyes\nquit\n")
    before = kept()
    assert len(before) == 2
    run(*asked, stdin="no\nquit\n")
    assert len(kept()) == 3
    assert before.items() <= kept().items()


def test_only_the_label_that_is_named_is_asked_for(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", "--label", "mood", stdin="angry\n")
    assert not Path("mine.jsonl").exists()  # whatever it is, the price settles it
    run(*ASK, "--save", "lot.jsonl", "--by-lot", "--label", "mood", stdin="angry\n" * 4)
    assert {one["mood"] for one in kept("lot.jsonl").values()} == {"angry"}
    told = run(*ASK, "--save", "mine.jsonl", "--label", "score")
    assert told.exit_code == 2
    assert "--label" in told.stderr
    assert "`score`" in told.stderr


MOODS = """\
charter: humeurs
labels: {official: flag, mood: [angry, skip, calm]}
circuits: {desk: [{ask: {role: coordinator}}]}
default: desk
rules:
  - {permit: free, when: {official: no}, because: Nobody speaks for us.}
  - {forbid: seal, when: {official: yes}, because: Only the house speaks so.}
  - {refer: heat, to: desk, when: {mood: [angry, skip, calm]}, because: Somebody looks.}
"""


def test_what_is_settled_is_so_whatever_the_labels_that_are_not_asked_for(run: Run) -> None:
    Path("brume.yaml").write_text(MOODS, encoding="utf-8")
    asked = (*ASK, "--save", "mine.jsonl", "--by-lot")
    for more in ((), ("--label", "mood")):
        told = run(*asked, *more, "--lang", "fr", stdin="calm\nq\n")
        assert "0 sur 4 avant, 0 à présent" in told.stdout.replace("\xa0", " "), more
        Path("mine.jsonl").unlink(missing_ok=True)


@pytest.mark.parametrize(("declared", "when", "said", "french"), [
    ("symbol", "{is: calm}", "no list of words", "pas de liste de mots"),
    ("number", "{at least: 2}", "neither yes or no, nor one of a list",
     "ni oui ou non, ni un mot d’une liste"),
])  # fmt: skip
def test_a_label_that_cannot_be_asked_is_said_not_to_be(
    run: Run, declared: str, when: str, said: str, french: str
) -> None:
    text = CHARTER.replace("[calm, angry]", declared).replace("{is: calm}", when)
    Path("brume.yaml").write_text(text, encoding="utf-8")
    asked = (*ASK, "--save", "mine.jsonl", "--by-lot")
    assert f"`mood` is not asked ({said})" in run(*asked, stdin="q\n").stdout
    told = run(*asked, "--lang", "fr", stdin="q\n").stdout
    assert f"`mood` n’est pas demandée ({french})" in told
    assert json.loads(run(*asked, "--json", stdin="q\n").stdout)["not_asked"] == ["mood"]


def test_what_a_charter_asks_for_no_more_is_kept(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\nquit\n")
    Path("posts.csv").write_text(ROWS.replace("b,publish,", "z,publish,"), encoding="utf-8")
    run(*ASK, "--save", "mine.jsonl", stdin="yes\n")
    assert {"b", "c", "z"} <= kept().keys()


def test_what_is_known_around_an_act_is_kept(run: Run) -> None:
    row = {"act": {"id": "a", "kind": "publish", "topics": ["timetable"]},
           "context": {"author": {"roles": ["coordinator"]}}}  # fmt: skip
    Path("posts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run("label", "posts.jsonl", "--charter", "brume.yaml", "--save", "mine.jsonl", stdin="no\n")
    (found,) = read_history("mine.jsonl", read("brume.yaml", Charter))
    assert isinstance(found, Case)
    assert found.context.author.roles == frozenset({"coordinator"})
    assert found.act.labels == {"price_claim": False}


def test_a_file_of_something_else_is_never_written_over(run: Run) -> None:
    for name, text, said in (
        ("posts.csv", ROWS, "posts.csv"),
        ("theirs.jsonl", '{"id": "a", "kind": "publish"}\n', "in this order"),
        ("broken.jsonl", "{\n", "broken.jsonl"),
        ("odd.jsonl", "\udcff\n", "odd.jsonl"),
    ):
        Path(name).write_bytes(text.encode(errors="surrogateescape"))
        told = run(*ASK, "--save", name, stdin="no\n")
        assert told.exit_code == 2, told.output
        assert said in told.stderr
        assert Path(name).read_bytes() == text.encode(errors="surrogateescape")
    run(*ASK, "--save", "mine.jsonl", stdin="no\n")
    assert "in this order" in run(*ASK, "--save", "mine.jsonl", "--by-lot").stderr


def test_what_somebody_else_wrote_meanwhile_is_not_lost(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_: object) -> str:
        Path("mine.jsonl").write_text("theirs\n", encoding="utf-8")
        return "? "

    monkeypatch.setattr(labelling, "_prompt", meanwhile)
    told = run(*ASK, "--save", "mine.jsonl", stdin="no\n")
    assert told.exit_code == 2
    assert "somebody else" in told.stderr
    assert Path("mine.jsonl").read_text(encoding="utf-8") == "theirs\n"


def test_an_answer_against_the_history_is_told(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", stdin="no\n")
    rows = ROWS.replace("text\n", "text,price_claim\n").replace("euros\n", "euros,yes\n")
    full = "\n".join(row if row.count(",") == 4 else f"{row}," for row in rows.splitlines())
    Path("posts.csv").write_text(full + "\n", encoding="utf-8")
    for told in (
        run(*ASK, "--save", "mine.jsonl"),
        run("audit", "brume.yaml", "posts.csv", "--labels", "mine.jsonl"),
    ):
        assert told.exit_code == 2, told.output
        assert "`price_claim` is said to be yes and no of the same act" in told.stderr


def test_an_audit_reads_the_labels(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\n")
    bare = json.loads(run("audit", "brume.yaml", "posts.csv", "--json").stdout)
    told = run("audit", "brume.yaml", "posts.csv", "--labels", "mine.jsonl", "--json")
    assert (bare["covered"], json.loads(told.stdout)["covered"]) == (0, 1)
    charter = read("brume.yaml", Charter)
    rows = with_labels(
        read_history("posts.csv", charter),
        [row for row in read_history("mine.jsonl", charter) if isinstance(row, Case)],
    )
    outcomes = [decide(charter, row.act).outcome for row in rows if isinstance(row, Case)]
    assert outcomes.count(Outcome.COVERED) == 1
    found = Path("mine.jsonl").read_text(encoding="utf-8").replace('"b"', '"gone"')
    Path("mine.jsonl").write_text(found, encoding="utf-8")
    told = run("audit", "brume.yaml", "posts.csv", "--labels", "mine.jsonl")
    assert "1 act that is labelled is not in the history" in told.stderr


def test_a_history_of_which_no_row_can_be_read_is_not_done(run: Run) -> None:
    Path("posts.csv").write_bytes(b"id,kind\na,nonsense\n")
    asked = (*ASK, "--save", "mine.jsonl", "--by-lot")
    told = run(*asked, stdin="")
    assert told.exit_code == 3, told.output
    assert "✓" not in told.stdout
    assert "may rest on them" not in told.stdout
    assert "1 row cannot be read" in told.stdout
    assert "no act" not in told.stdout
    found = json.loads(run(*asked, "--json", stdin="").stdout)
    assert (found["acts"], found["unread"], found["left"]) == (0, 1, 0)
    assert "1 ligne est illisible" in run(*asked, "--lang", "fr", stdin="").stdout


@pytest.mark.parametrize(("name", "rows"), [("posts.csv", "id,kind\n"), ("none.jsonl", "\n")])
def test_a_history_without_acts_is_done_and_said_to_have_none(
    run: Run, name: str, rows: str
) -> None:
    Path(name).write_text(rows, encoding="utf-8")
    asked = ("label", name, "--charter", "brume.yaml", "--save", "mine.jsonl", "--by-lot")
    told = run(*asked, stdin="")
    assert told.exit_code == 0, told.output
    assert "the history has no act" in told.stdout
    assert "decided whatever" not in told.stdout
    assert json.loads(run(*asked, "--json", stdin="").stdout)["unread"] == 0
    assert "l’historique ne contient aucun acte" in run(*asked, "--lang", "fr", stdin="").stdout


def test_rows_that_cannot_be_read_are_counted_beside_those_that_are_labelled(run: Run) -> None:
    Path("posts.csv").write_text(ROWS + "e,nonsense,,\nf,nonsense,,\n", encoding="utf-8")
    told = run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\ncalm\nno\n")
    assert told.exit_code == 0, told.output
    assert "2 rows cannot be read" in told.stdout


ZONED = CHARTER.replace("charter: brume\n", "charter: brume\nzone: Europe/Paris\n") + (
    "kinds: {open-account: {en: open an account, fr: ouvrir un compte, silent: true}}\n"
)


@pytest.mark.parametrize(("lang", "act"), [
    ("fr", (
        "1/1 · acte a",
        "type publication",
        "quand 27 novembre 2026 à 21 h 30 (Paris)",
        "sujets `service`",
        "sponsorisé non",
        "en réponse à type : question ; quand : 27 novembre 2026 à 20 h (Paris) ; ton : en colère",
        "absents `message type`",
        "mood [angry, calm, passer, retour, quitter] : ",
    )),
    ("en", (
        "1/1 · act a",
        "kind publish",
        "at 2026-11-27 21:30+01:00",
        "topics `service`",
        "paid no",
        "in reply to kind: question; at: 2026-11-27 20:00+01:00; tone: angry",
        "absent `template`",
        "mood [angry, calm, skip, back, quit]: ",
    )),
])  # fmt: skip
def test_an_act_is_shown_in_the_words_of_whoever_reads_it_and_on_the_clock_of_the_charter(
    run: Run, lang: str, act: tuple[str, ...]
) -> None:
    Path("brume.yaml").write_text(ZONED, encoding="utf-8")
    row = {
        "id": "a", "kind": "publish", "at": "2026-11-27T20:30:00Z", "topics": ["service"],
        "paid": False, "absent": ["template"],
        "in_reply_to": {"kind": "question", "at": "2026-11-27T19:00:00Z", "tone": "angry"},
    }  # fmt: skip
    Path("posts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    told = run("label", "posts.jsonl", "--charter", "brume.yaml", "--save", "mine.jsonl",
               "--lang", lang, stdin="")  # fmt: skip
    shown = told.stderr.replace("\u202f", " ").replace("\xa0", " ").splitlines()
    assert [" ".join(line.split()) for line in shown[:7]] == [*act[:7]]
    assert act[7] in told.stderr.replace("\xa0", " ")
    assert "]\xa0: " in told.stderr or lang == "en"


def test_a_kind_that_a_charter_declares_is_shown_by_its_name(run: Run) -> None:
    Path("brume.yaml").write_text(ZONED, encoding="utf-8")
    Path("posts.csv").write_text("id,kind\na,open-account\n", encoding="utf-8")
    asked = (*ASK, "--save", "mine.jsonl", "--by-lot", "--lang")
    assert "ouvrir un compte" in run(*asked, "fr", stdin="").stderr
    assert "open an account" in run(*asked, "en", stdin="").stderr


def test_rows_of_labels_that_cannot_be_read_are_refused(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\n")
    bad = Path("mine.jsonl").read_text(encoding="utf-8") + "{\n"
    Path("bad.jsonl").write_text(bad, encoding="utf-8")
    for told in (
        run("audit", "brume.yaml", "posts.csv", "--labels", "bad.jsonl"),
        run("label", "mine.jsonl", "--charter", "brume.yaml", "--agreement", "bad.jsonl"),
        run("label", "bad.jsonl", "--charter", "brume.yaml", "--agreement", "mine.jsonl"),
    ):
        assert told.exit_code == 2, told.output
        assert "bad.jsonl: error: line 3: " in told.stderr
        assert not told.stdout


def test_what_is_about_asking_is_refused_beside_agreement(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\n")
    more = ("--label", "mood", "--by-lot", "--from-start")
    told = run("label", "mine.jsonl", "--charter", "brume.yaml", "--agreement", "posts.csv", *more)
    assert told.exit_code == 2, told.output
    for option in ("--label", "--by-lot", "--from-start"):
        assert f"`{option}` is about what is asked" in told.stderr


@pytest.mark.parametrize("other", ["mine.jsonl", "./mine.jsonl", "link.jsonl", "hard.jsonl"])
def test_a_file_of_labels_is_not_compared_with_itself(run: Run, other: str) -> None:
    run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\n")
    Path("link.jsonl").symlink_to("mine.jsonl")
    Path("hard.jsonl").hardlink_to("mine.jsonl")
    asked = ("label", "mine.jsonl", "--charter", "brume.yaml", "--agreement", other)
    for lang, said in (("en", "with itself"), ("fr", "à lui-même")):
        told = run(*asked, "--lang", lang)
        assert told.exit_code == 2, told.output
        assert "--agreement: " in told.stderr.replace("\xa0", "")
        assert said in told.stderr
        assert not told.stdout


def test_equal_labels_of_two_people_agree(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", stdin="yes\nno\n")
    Path("theirs.jsonl").write_bytes(Path("mine.jsonl").read_bytes())
    asked = ("label", "mine.jsonl", "--charter", "brume.yaml", "--agreement")
    assert run(*asked, "theirs.jsonl").exit_code == 0
    assert "gone.jsonl" in run(*asked, "gone.jsonl").stderr


@pytest.mark.parametrize(("name", "said"), [
    ("score", "`score` is declared as a number"),
    ("moot", "did you mean `mood`?"),
    ("price", "`price` is not a valid choice"),
])  # fmt: skip
def test_why_nobody_can_be_asked_for_a_label(run: Run, name: str, said: str) -> None:
    told = run(*ASK, "--save", "mine.jsonl", "--label", name)
    assert told.exit_code == 2
    assert said in told.stderr
    assert "--label" in told.stderr


def test_agreement_of_two(run: Run) -> None:
    run(*ASK, "--save", "mine.jsonl", "--by-lot", stdin="calm\nno\n" * 4)
    run(*ASK, "--save", "theirs.jsonl", "--by-lot", stdin="calm\nno\nangry\nyes\n" * 2)
    asked = ("label", "mine.jsonl", "--charter", "brume.yaml", "--agreement")
    told = run(*asked, "theirs.jsonl")
    assert told.exit_code == 0, told.output
    assert "agreement of two people" in told.stdout
    assert "50.0%" in told.stdout
    found = json.loads(run(*asked, "theirs.jsonl", "--json").stdout)
    assert [one["label"] for one in found["labels"]] == ["mood", "price_claim"]
    assert run(*asked, "posts.csv").exit_code == 3


def test_bad_usage_is_told(run: Run) -> None:
    for args in (ASK, (*ASK, "--save", "a.jsonl", "--agreement", "posts.csv")):
        told = run(*args)
        assert told.exit_code == 2
        assert "--agreement" in told.stderr
        assert "invalid value" not in told.stderr
    bare = CHARTER.replace(", mood: {is: calm}, price_claim: no}", "}").replace(
        "price_claim: no", "kind: publish"
    )
    Path("bare.yaml").write_text(bare, encoding="utf-8")
    told = run("label", "posts.csv", "--charter", "bare.yaml", "--save", "a.jsonl")
    assert told.exit_code == 2
    assert "asks for no label" in told.stderr
    assert "name one with `--label`" in told.stderr
    none = bare.replace("flag, about", "text, about").replace("mood: [calm, angry]", "mood: text")
    Path("bare.yaml").write_text(none, encoding="utf-8")
    told = run("label", "posts.csv", "--charter", "bare.yaml", "--save", "a.jsonl")
    assert told.exit_code == 2
    assert "asks for no label" in told.stderr
    assert "name one" not in told.stderr
    Path("posts.csv").write_text(ROWS + "e,nonsense,,\n", encoding="utf-8")
    told = run(*ASK, "--save", "a.jsonl", stdin="")
    assert "warning" in told.stderr
