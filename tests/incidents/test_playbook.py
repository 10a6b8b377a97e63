"""Playbooks: what they refuse, and how they are told."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from cmcore import BusinessClock, InvalidError, Playbook, Week, WordList, hours
from cmcore.charters.kinds import KINDS
from cmcore.incidents import Duty, DutyKind, Escalation
from cmcore.time import WorkingDays

NOTED = Duty("noted", DutyKind.ACKNOWLEDGE, within=hours(1))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Duty("", "hold", within=hours(1)), ["id: `` cannot be an id"]),
        (
            lambda: Duty("d", "holds"),
            ["kind: `holds` is not a valid choice (did you mean `hold`?)"],
        ),
        (lambda: Duty("d", "alert"), ["does not say `within`", "does not say `roles`"]),
        (
            lambda: Duty("d", "never say"),
            ["words: `never say` does not say what (list `words`, or name a `label` of acts)"],
        ),
        (lambda: Duty("d", "keep promises", within=hours(1)), ["`keep promises` has no `within`"]),
        (lambda: Duty("d", "hold", within=timedelta(0)), ["`0 s` is not a duration above zero"]),
        (
            lambda: Duty("d", "hold", within=WorkingDays(2)),
            ["within: `2 working days` needs hours, which say what days are worked"],
        ),
        (lambda: Duty("d", "alert", within=hours(1), roles=()), ["roles: `roles` is empty"]),
        (lambda: Duty("d", "alert", within=hours(1), roles={""}), ["roles: `` cannot be an id"]),
        (lambda: Duty("d", "hold", within=hours(1), level=""), ["level: `` cannot be an id"]),
        (
            lambda: Duty("d", "answer", within=hours(1), acts={"replay", "zzz"}),
            ["`replay` (did you mean `reply`?)", "`zzz` (one of `edit`, "],
        ),
        (lambda: Duty("d", "never say", words=WordList(["x"]), label="1"), ["label: `1`"]),
        (lambda: Escalation("", -hours(1)), ["role: ", "it escalates before it is due"]),
        (lambda: Playbook("", [NOTED, NOTED]), ["playbook: ", "duties[1]: the id `noted` is used"]),
    ],
)
def test_what_makes_no_sense_is_refused(make: Callable[[], object], told: list[str]) -> None:
    with pytest.raises(InvalidError) as caught:
        make()
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_a_duty_says_what_it_asks() -> None:
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris")
    duty = Duty("told", "alert", within=hours(2), roles={"boss"}, level="serious",
                role="desk", clock=clock)  # fmt: skip
    assert duty.text() == (
        "tell those who decide within 2 h; to be told: `boss`; from level `serious` on;"
        " owed by: `desk`; counted in Mon-Fri 09:00-18:00 (Paris time)"
    )
    assert duty.text("fr").startswith(
        "prévenir ceux qui décident en 2\xa0h\u202f; à prévenir\xa0: `boss`\u202f;"
        " à partir du niveau `serious`\u202f;"
    )


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "by the end of the working day", "avant la fin du jour ouvré"),
        (1, "within 1 working day", "sous 1 jour ouvré"),
        (2, "within 2 working days", "sous 2 jours ouvrés"),
    ],
)
def test_a_duty_says_its_working_days(count: int, english: str, french: str) -> None:
    clock = BusinessClock(Week.parse("Mon-Fri 09:00-18:00"), "Europe/Paris")
    told = Duty("told", "hold", within=WorkingDays(count), clock=clock)
    look = Duty("look", "review", within=WorkingDays(count), clock=clock)
    assert told.text().startswith(f"hold scheduled posts {english}; counted in Mon-Fri")
    assert told.text("fr").startswith(f"suspendre les publications prévues {french}")
    assert look.text().startswith(f"look back {english} of the resolution;")
    assert look.text("fr").startswith(f"après la résolution, tirer le bilan {french}")


def test_the_acts_that_are_meant_are_those_it_names() -> None:
    assert Duty("d", "answer", within=hours(1)).meant == {"publish", "reply", "quote"}
    assert Duty("d", "answer", within=hours(1), acts={"reply"}).meant == {"reply"}
    assert NOTED.meant == frozenset()


#: The kinds of act that can be meant by a duty.
POSSIBLE = {
    "answer": {"publish", "reply", "quote", "share", "edit", "message"},
    "correct": {"publish", "reply", "quote", "share", "edit", "message"},
    "keep criticism": {"archive", "delete", "hide", "mute", "block", "report"},
}


@pytest.mark.parametrize("act", KINDS)
@pytest.mark.parametrize("kind", POSSIBLE)
def test_only_acts_that_can_mean_something_for_a_duty_are_named(kind: str, act: str) -> None:
    within = None if kind == "keep criticism" else hours(1)
    if act in POSSIBLE[kind]:
        assert Duty("d", kind, acts={act}, within=within).meant == {act}
        return
    with pytest.raises(InvalidError) as caught:
        Duty("d", kind, acts={act}, within=within)
    known = ", ".join(f"`{one}`" for one in sorted(POSSIBLE[kind]))
    assert str(caught.value) == f"acts: `{kind}` cannot be about `{act}` (one of {known})"


def test_a_playbook_shows_itself() -> None:
    promises = Duty("word", "keep promises", because="It is right.")
    book = Playbook("starter", [NOTED, promises], title="When it blows up")
    assert book.duty("word") is promises
    assert str(book) == (
        "When it blows up\n"
        "  owed    noted  acknowledge the incident within 1 h\n"
        "  always  word   keep every promise — It is right.\n"
        "  (When it blows up: 1 with a deadline, 1 all along)"
    )
    assert book.text("fr").splitlines()[1].startswith("  dû        noted")
    assert not list(book.levels())


def test_what_is_never_said_is_words_or_a_label() -> None:
    told = r"`never say` does not say what \(list `words`, or name a `label` of acts\)"
    for words in (None, WordList(())):
        with pytest.raises(InvalidError, match=told):
            Duty("d", "never say", words=words)
        alone = Duty("d", "never say", words=words, label="hostile")
        assert alone.text() == "never say what is hostile"
    both = Duty("d", "never say", words=WordList(["x"]), label="hostile")
    assert both.text() == "never say what is on the list, nor what is hostile"
