"""Faults that were put into a sound charter are found, each as what it is, and no other."""

from datetime import UTC, date, datetime
from typing import Final

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Label,
    Rule,
    Stage,
    ValidationCircuit,
    days,
    decide,
    fact,
    hours,
)
from cmcore.base.truth import Truth
from cmcore.charters import ALWAYS, NEVER, Condition, Scope, Term, analyse, at_least

kind, topics, text, at = fact("kind"), fact("topics"), fact("text"), fact("at")
score, tone, recent = fact("score"), fact("target.tone"), fact("recent.publish")
DAILY: Final = kind.one_of("publish", "reply") & topics.only("product", "event") & score.below(5)
CIRCUITS: Final = ("desk", "crisis")
YEAR: Final = Term(date(2026, 1, 1), date(2026, 12, 31))


def permit(when: Condition, term: Term = Term()) -> Rule:  # noqa: B008 - a value
    return attrs.evolve(Rule.permit("new", when=when, because="Because."), term=term)


def refer(when: Condition, to: str = "crisis", term: Term = Term()) -> Rule:  # noqa: B008 - a value
    return attrs.evolve(Rule.refer("new", to=to, when=when, because="Because."), term=term)


def forbid(when: Condition, term: Term = Term()) -> Rule:  # noqa: B008 - a value
    return attrs.evolve(Rule.forbid("new", when=when, because="Because."), term=term)


SOUND: Final = Charter(
    "sound",
    rules=[
        Rule.permit("daily", when=DAILY, because="Everyday posts."),
        attrs.evolve(
            Rule.permit("games", when=kind.is_("publish") & topics.only("games"), because="Games."),
            term=YEAR,
        ),
        Rule.permit("likes", when=kind.is_("react") & fact("paid").is_(False), because="Likes."),
        Rule.refer(
            "alarm", to="crisis", because="Crisis.",
            when=text.mentions("rappel", "accident", exceptions=["rappel amical"]),
        ),
        Rule.refer("night", to="desk", when=at.during("Mon-Sun 22:00-06:00"), because="Night."),
        Rule.refer("busy", to="desk", when=recent.more_than(3, within=hours(1)), because="Busy."),
        Rule.refer(
            "storm", to="crisis", because="Storm.",
            when=fact("incident.severity").one_of("high", "critical"),
        ),
        Rule.forbid(
            "erasing", when=kind.one_of("delete", "hide") & tone.is_("critical"), because="No."
        ),
        Rule.forbid("rivals", when=topics.any_of("rival", "lawsuit"), because="No."),
    ],
    circuits=[ValidationCircuit(id_, [Stage(Approvers("role", {id_}))]) for id_ in CIRCUITS],
    default="desk",
    labels={"score": Label("number"), "mood": Label("symbol", {"calm", "angry"})},
    scope=Scope(networks={"x", "bluesky"}),
)  # fmt: skip
#: What is wrong -> the rule that is put in, and what is found of it.
NEVER_TRUE, NEVER_DECIDES, NEEDLESS = "never true", "never decides", "needless"
BARRED: Final = {NEVER_DECIDES, NEEDLESS}
PLANTED: Final[dict[str, tuple[Rule, set[str]]]] = {
    "the same permit again": (permit(DAILY & kind.is_("publish")), {NEEDLESS}),
    "a permit within another": (permit(DAILY & topics.only("event")), {NEEDLESS}),
    "a permit within two others": (
        permit(
            kind.is_("publish") & topics.only("product", "event") & score.below(4)
            | kind.is_("publish") & topics.only("games") & at.between(
                datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
        ),
        {NEEDLESS},
    ),
    "a threshold off by one": (permit(DAILY & score.at_most(4)), {NEEDLESS}),
    "a permit for what is forbidden": (permit(topics.any_of("rival")), BARRED),
    "a permit for all of what is forbidden one by one": (
        permit(topics.all_of("lawsuit", "rival")), BARRED),
    "a permit by night": (permit(at.during("Sat 23:00-24:00")), BARRED),
    "a permit for an hour of the night": (permit(fact("local.hour").between(3, 4)), BARRED),
    "a permit for alarms": (permit(text.mentions("accident")), BARRED),
    "a permit for a phrase of an alarm": (permit(text.mentions("accident grave")), BARRED),
    "a permit for busy hours": (permit(recent.more_than(5, within=hours(1))), BARRED),
    "a permit for a busier half hour": (
        permit(fact("recent.publish.same_network").more_than(3, within=hours(0.5))), BARRED),
    "a permit in a storm": (permit(fact("incident.severity").is_("high")), BARRED),
    "a permit for erasing": (permit(kind.is_("hide") & tone.is_("critical")), BARRED),
    "a permit that is all barred, part by part": (
        permit(topics.any_of("rival") | text.mentions("rappel", exceptions=["rappel amical"])),
        BARRED,
    ),
    "a permit beyond the scope": (permit(fact("network").is_("mastodon")), {NEVER_TRUE}),
    "a permit for no network": (permit(fact("network").present(wanted=False)), {NEVER_TRUE}),
    "a threshold and its contrary": (permit(score.above(5) & score.at_most(5)), {NEVER_TRUE}),
    "a gap between thresholds": (refer(score.above(7) & score.below(3)), {NEVER_TRUE}),
    "two words for one": (refer(kind.is_("publish") & kind.is_("reply")), {NEVER_TRUE}),
    "a word beyond a closed list": (
        refer(fact("mood").none_of("calm", "angry") & fact("mood").present()), {NEVER_TRUE}),
    "only and any that exclude each other": (
        refer(topics.only("a", "b") & topics.any_of("c")), {NEVER_TRUE}),
    "too many for what they may be": (
        refer(topics.only("a", "b") & topics.count.above(2)), {NEVER_TRUE}),
    "more and fewer of them": (refer(topics.count.above(2) & topics.count.below(2)), {NEVER_TRUE}),
    "all but not so many": (forbid(topics.all_of("a", "b") & topics.count.below(2)), {NEVER_TRUE}),
    "neither of two that there must be": (
        forbid(at_least(2, topics.any_of("a"), topics.any_of("b"), NEVER) & topics.none_of("b")),
        {NEVER_TRUE},
    ),
    "no incident, and a severe one": (
        refer(fact("incident.open").is_(False) & fact("incident.severity").is_("low")),
        {NEVER_TRUE},
    ),
    "an hour that is not in the hours": (
        refer(at.during("Mon-Fri 09:00-18:00") & fact("local.hour").below(9)), {NEVER_TRUE}),
    "a day that is not in the days": (
        refer(at.during("Mon-Fri 09:00-18:00") & fact("local.weekday").is_("sun")), {NEVER_TRUE}),
    "a term that ends before the acts begin": (
        refer(at.at_least(datetime(2027, 1, 1, tzinfo=UTC)), term=YEAR), {NEVER_TRUE}),
    "a weekday that a term has not": (
        refer(fact("local.weekday").is_("mon"), term=Term(date(2026, 3, 3), date(2026, 3, 8))),
        {NEVER_TRUE},
    ),
    "few and many acts in a window": (
        refer(recent.more_than(5, within=hours(1)) & recent.fewer_than(3, within=hours(2))),
        {NEVER_TRUE},
    ),
    "more of one kind than of all": (
        refer(recent.more_than(5, within=hours(1)) & fact("recent.any").at_most(4, within=days(1))),
        {NEVER_TRUE},
    ),
    "quiet and busy": (
        refer(recent.at_least_since(days(1)) & recent.more_than(0, within=hours(3))), {NEVER_TRUE}),
    "a word that is hidden by another list": (
        refer(text.mentions("accident") & ~text.mentions("acc*")), {NEVER_TRUE}),
    "a word with an accent that is hidden by one without": (
        refer(text.mentions("dérapage") & ~text.mentions("derapage")), {NEVER_TRUE}),
    "a word that begins as those of another list do": (
        refer(text.mentions("accident*") & ~text.mentions("acc*")), {NEVER_TRUE}),
    "a phrase with a word that begins as those of another list do": (
        refer(text.mentions("très accidenté") & ~text.mentions("accident*")), {NEVER_TRUE}),
    "an exact word within a list": (
        refer(text.mentions("=Été") & ~text.mentions("ete")), {NEVER_TRUE}),
    "a word in the exceptions of the same list": (
        refer(text.mentions("rappel") & ~text.mentions("rappel", "erreur")), {NEVER_TRUE}),
    "a longer text than there is": (
        refer(text.length.above(9) & text.length.below(9)), {NEVER_TRUE}),
    "a forbid within a forbid": (forbid(topics.any_of("rival") & score.above(3)), {NEEDLESS}),
    "a forbid within two": (
        forbid(topics.any_of("lawsuit", "rival") & kind.one_of("delete", "publish")), {NEEDLESS}),
    "a refer for what is forbidden": (
        refer(topics.any_of("lawsuit") & kind.is_("publish")), {NEVER_DECIDES}),
    "a refer within a refer": (refer(text.mentions("accident") & score.above(2)), {NEEDLESS}),
    "a refer to the circuit of two others": (
        refer(text.mentions("accident") | fact("incident.severity").is_("high")), {NEEDLESS}),
    "a refer that never is": (refer(NEVER), {NEVER_TRUE}),
}  # fmt: skip
#: Rules that look like some of these, and of which there is nothing to find.
HARMLESS: Final[dict[str, Rule]] = {
    "a threshold one further": permit(DAILY.of[0] & topics.only("product") & score.at_most(5)),
    "one network more": permit(fact("network").one_of("mastodon", "x") & kind.is_("share")),
    "an hour at the edge": permit(fact("local.hour").between(5, 6) & kind.is_("share")),
    "a word among the exceptions": permit(text.mentions("rappel amical")),
    "one word more": permit(topics.only("product", "event", "offer") & kind.is_("reply")),
    "the last day of a term": refer(at.at_least(datetime(2026, 12, 31, tzinfo=UTC)), term=YEAR),
    "a weekday that a term has": refer(
        fact("local.weekday").is_("mon"), term=Term(date(2026, 3, 3), date(2026, 3, 9))
    ),
    "as many as there may be": refer(topics.only("a", "b") & topics.count.at_least(2)),
    "as many in a longer window": refer(
        recent.more_than(2, within=hours(2)) & recent.fewer_than(3, within=hours(1))
    ),
    "a forbid that goes further": forbid(topics.any_of("rival", "strike")),
    "a word among the exceptions of another list": refer(
        text.mentions("rappel") & ~text.mentions("rappel", "erreur", exceptions=["rappel amical"])
    ),
    "a list that is not all another": refer(text.mentions("panne") & ~text.mentions("acc*")),
}


def found(charter: Charter) -> dict[str, set[str]]:
    claims = [claim for claim in analyse(charter).claims if claim.holds is not Truth.FALSE]
    return {
        claim.about: {one.code for one in claims if one.about == claim.about} for claim in claims
    }


def test_of_a_sound_charter_nothing_is_found() -> None:
    assert found(SOUND) == {}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_and_no_other_is_invented(name: str) -> None:
    rule, codes = PLANTED[name]
    assert found(SOUND.with_rule(rule)).get("new", set()) == codes


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_like_a_fault_is_none(name: str) -> None:
    assert "new" not in found(SOUND.with_rule(HARMLESS[name]))


IN_DOUBT: Final = fact("paid").present() | ~fact("paid").present()


def claims(charter: Charter) -> dict[tuple[str, str], Truth]:
    return {(one.code, one.about): one.holds for one in analyse(charter).claims}


def test_what_is_always_forbidden_or_in_doubt_covers_nothing() -> None:
    rules = [SOUND.rule("daily"), forbid(IN_DOUBT)]
    held = claims(attrs.evolve(SOUND, rules=rules))
    assert held["covers nothing", ""] is Truth.TRUE
    assert held[NEVER_DECIDES, "daily"] is Truth.TRUE
    assert held[NEEDLESS, "daily"] is Truth.TRUE


def test_a_circuit_that_only_a_forbid_in_doubt_asks_is_reached() -> None:
    rules = [attrs.evolve(permit(ALWAYS), id="all"), forbid(fact("paid").is_(True))]
    held = claims(attrs.evolve(SOUND, rules=rules, scope=Scope()))
    assert held["not reached", "desk"] is Truth.FALSE
    assert held["not reached", "crisis"] is Truth.TRUE


def test_an_exception_that_overlaps_an_entry_hides_less_of_a_longer_one() -> None:
    longer = text.mentions("rappel lot", exceptions=["lot rappel"])
    odd = longer & ~text.mentions("rappel", exceptions=["lot rappel"])
    charter = SOUND.with_rule(refer(odd))
    assert decide(charter, Act(text="lot rappel lot"), repair=False).rules
    assert claims(charter)[NEVER_TRUE, "new"] is not Truth.TRUE


@pytest.mark.parametrize("size", [39, 40, 41, 279, 280, 281, 499, 500, 501, 2999])
def test_a_text_of_any_one_length_is_made(size: int) -> None:
    exact = text.length.above(size - 1) & text.length.at_most(size)
    assert claims(SOUND.with_rule(refer(exact)))[NEVER_TRUE, "new"] is Truth.FALSE


@pytest.mark.parametrize(
    ("entry", "other"),
    [
        ("acc*", "accident*"), ("accident*", "accident"), ("*gate", "watergate"), ("été", "=été"),
        ("accident", "grave accident"), ("accident", "accidents"), ("a b", "ab"),
    ],
)  # fmt: skip
def test_a_word_that_another_list_does_not_have_is_found(entry: str, other: str) -> None:
    charter = SOUND.with_rule(refer(text.mentions(entry) & ~text.mentions(other)))
    assert claims(charter)[NEVER_TRUE, "new"] is Truth.FALSE
