"""What analyses show can be read: plain moments, words that are given, denials that are said."""

from datetime import UTC, date, datetime
from typing import Final

import attrs
import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Context,
    Message,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    catalog,
    compare,
    decide,
    dump,
    fact,
    hours,
    parse,
)
from cmcore.base.errors import Problem
from cmcore.base.truth import Truth
from cmcore.charters import (
    Analysis,
    Author,
    Case,
    Condition,
    Contrast,
    Example,
    Guarantee,
    Term,
    Unreadable,
    analyse,
    contrast,
    prove,
)
from cmcore.charters.analysis.analysis import Closing, act_text
from cmcore.charters.analysis.differences import Difference
from cmcore.charters.analysis.labelling import facts_text
from cmcore.charters.meaning.kleene import truth
from cmcore.charters.meaning.observation import Facts
from cmcore.display.cards import inline

at, kind = fact("at"), fact("kind")
CHARTER: Final = Charter(
    "c",
    rules=[
        Rule.permit("posts", when=kind.is_("publish"), because="Posts."),
        Rule.refer("hot", to="b", when=fact("incident.open").is_(True), because="Hot."),
    ],
    circuits=[ValidationCircuit(id_, [Stage(Approvers("role", {id_}))]) for id_ in ("a", "b")],
    default="a",
    zone="Europe/Paris",
)
NEW_YEAR: Final = datetime(2027, 1, 1, tzinfo=UTC)


def witnesses(charter: Charter) -> list[Case]:
    found = analyse(charter)
    claims = [claim.witness for claim in found.claims if claim.witness]
    gaps = [one.witness for one in found.gaps]
    return [*claims, *gaps, *(one.witness for one in found.overlaps)]


@pytest.mark.parametrize(
    "when",
    [
        at.during("Mon-Fri 09:00-18:00"), fact("local.hour").below(6),
        fact("local.weekday").is_("sun"), at.at_least(NEW_YEAR), at.below(NEW_YEAR),
        ~at.during("Mon-Fri 09:00-18:00") & at.above(datetime(2026, 3, 1, 8, 17, 3, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_moments_are_near_and_on_the_hour(when: Condition) -> None:
    ruled = CHARTER.with_rule(Rule.refer("then", to="b", when=when, because="Then."))
    for charter in (ruled, attrs.evolve(ruled, term=Term(date(2026, 1, 1)))):
        moments = [case.act.at for case in witnesses(charter) if case.act.at]
        assert moments
        edges = {NEW_YEAR, datetime(2026, 3, 1, 8, 17, 3, tzinfo=UTC)}
        assert all(one.year in {2025, 2026, 2027} for one in moments)
        assert all(one in edges or (one.second, one.microsecond) == (0, 0) for one in moments)


def test_moments_are_shown_on_the_clock_of_the_charter() -> None:
    late = Rule.refer("then", to="b", when=at.during("Mon 09:00-18:00"), because="Then.")
    ruled = attrs.evolve(CHARTER.with_rule(late), never=[Guarantee("exception", when=late.when)])
    for shown in (analyse(ruled), prove(ruled), contrast(CHARTER, ruled)):
        assert "at: 2026-06-01 12:00+02:00" in str(shown)
    assert analyse(attrs.evolve(CHARTER, zone="UTC")).zone == "UTC"


def test_an_incident_is_as_severe_as_a_rule_asks_and_no_more_is_said() -> None:
    hot = next(case for case in witnesses(CHARTER) if case.context.incident.open)
    assert hot.context.incident.severity is None
    grave = Rule.refer("grave", to="b", when=fact("incident.severity").is_("high"), because="G.")
    cases = witnesses(CHARTER.with_rule(grave))
    assert {case.context.incident.severity for case in cases if case.context.incident.open} & {
        "high"
    }


def test_the_kinds_of_act_of_which_nothing_is_said_are_said_without_brackets() -> None:
    found = analyse(CHARTER)
    assert [one.witness.act.kind for one in found.gaps] == ["reply"]
    assert "`incident.open` is no and `kind` is not `publish`" in str(found)
    assert "`incident.ouvert` vaut non et `type` ne vaut pas `publication`" in found.text("fr")


def test_moments_in_conditions_are_shown_on_the_clock_of_the_charter() -> None:
    summer = at.between(
        datetime(2026, 6, 30, 22, tzinfo=UTC), datetime(2026, 8, 31, 22, tzinfo=UTC)
    )
    ruled = attrs.evolve(
        CHARTER.with_rule(Rule.refer("summer", to="b", when=summer, because="Then.")),
        never=[Guarantee("exception", when=summer)],
    )
    told = [
        str(analyse(ruled)),
        str(prove(ruled)),
        str(contrast(CHARTER, ruled)),
        str(ruled.view()),
    ]
    for shown in told:
        assert "2026-07-01 00:00+02:00" in " ".join(shown.split())
        assert "2026-06-30" not in shown


def test_of_a_rule_that_moves_acts_as_far_as_can_be_no_smaller_move_is_left_open() -> None:
    busy = [kind.is_("reply") & fact("recent.reply").more_than(n, within=hours(1)) for n in (5, 6)]
    replies = Rule.permit("replies", when=kind.is_("reply"), because="Replies.")
    before, after = (
        CHARTER.with_rule(replies, Rule.forbid("busy", when=when, because="No pile-ons."))
        for when in busy
    )
    found = contrast(before, after)
    shown = {(one.way, one.by) for one in found.differences if one.changed}
    assert ("opens", "busy") in shown
    changed = found.differences[0].changed
    assert changed
    assert (changed.before, changed.after) == ("forbidden", "covered")
    assert not shown & {(one.way, one.by) for one in found.differences if not one.changed}


def test_what_is_not_settled_is_told_by_the_outcomes_where_they_are_known() -> None:
    moves = [
        Difference("opens", "busy", before=Outcome.FORBIDDEN, after=Outcome.COVERED),
        Difference("opens", "old"),  # as version 0.1.0 stored it
    ]
    found = Contrast(("a", 1), ("b", 1), differences=tuple(moves))
    assert "any act goes from forbidden to covered because" in str(found)
    assert "any act goes from one outcome to another because" in str(found)
    assert "une issue" in found.text("fr")
    assert parse(dump(found), Contrast) == found


def test_of_a_fact_that_need_not_be_there_it_is_said_in_a_few_words() -> None:
    rules = [
        Rule.forbid("some", when=kind.is_("publish"), because="No."),
        Rule.forbid("odd", when=fact("paid").is_(True), because="No."),
    ]
    found = analyse(Charter("c", rules=rules, circuits=CHARTER.circuits, default="a"))
    assert "is not there" not in str(found)
    optional = kind.one_of("publish", "reply") | kind.present(wanted=False)
    assert inline(optional, "en") == "`kind` is one of `publish`, `reply`, if any"
    assert inline(optional, "fr") == "`type` est l’un de `publication`, `réponse` s’il y en a"
    assert inline(kind.present() | kind.present(wanted=False), "en") == "`kind` is known"
    assert inline(kind.is_("publish") & optional, "en").endswith("`reply`, if any")
    assert " or " in inline(kind.is_("publish") | fact("paid").present(wanted=False), "en")
    assert " or " in inline(kind.is_("publish") | kind.is_("reply") | kind.is_("share"), "en")


def test_an_example_that_gets_something_else_says_what_it_leaves_open() -> None:
    rules = [
        Rule.permit("tea", when=fact("topics").only("tea"), because="Tea."),
        Rule.forbid("ads", when=fact("paid").is_(True), because="No."),
    ]
    act = Act(kind="publish", at=datetime(2026, 1, 1, tzinfo=UTC))
    known = attrs.evolve(act, topics={"tea"}, paid=False)
    charter = attrs.evolve(CHARTER, rules=rules, examples=[Example("covered", act)])
    (result,) = prove(charter).examples
    assert result.unknown == ("paid", "topics")
    assert "covered: `paid`, `topics` unknown" in str(prove(charter))
    fine = attrs.evolve(charter, examples=[Example("covered", known)])
    assert prove(fine).examples[0].unknown == ()
    assert "unknown" not in str(prove(fine))
    over = attrs.evolve(fine, term=Term(through=date(2025, 12, 31)))
    (result,) = prove(over).examples
    assert result.covers_nothing
    assert result.covers_nothing.state == "charter closed"
    assert result.unknown == ()
    assert "covered: the charter is not in force" in str(prove(over))
    assert "la charte n’est pas en vigueur" in prove(over).text("fr")


def test_in_french_acts_and_facts_are_called_as_files_in_french_do() -> None:
    asked = Message(kind="question", at=datetime(2026, 6, 1, 8, tzinfo=UTC))
    act = Act(
        kind="reply",
        scheduled=False,
        absent={"template"},
        labels={"mood": "calm"},
        media={"image"},
        in_reply_to=asked,
    )
    case = Case(act, context=Context(author=Author(trained_in={"records"})))
    shown = act_text(case, "fr", "UTC")
    for told in (
        "type\xa0: réponse", "programmé\xa0: non", "absent\xa0: `message_type`", "mood\xa0: calm",
        "en_réponse_à.type\xa0: question", "en_réponse_à.moment\xa0: 1er\xa0juin\xa02026",
        "auteur.formé_à\xa0: `records`",
    ):  # fmt: skip
        assert told in shown
    assert "kind: reply" in act_text(case, "en", "UTC")
    assert facts_text("person, in_reply_to.text", "fr") == "personne, en_réponse_à.texte"
    assert facts_text("person, in_reply_to.text", "en") == "person, in_reply_to.text"
    assert facts_text("target, recent", "fr") == "cible, récents"
    assert facts_text("target.at", "fr") == "cible.moment"
    closed = Analysis(
        "c", 1, charter_digest="d", claims=(), closings=(Closing("kind", ("p",), 1),),
        closings_left=("text",),
    )  # fmt: skip
    assert "texte" in str(closed.view("fr"))
    assert "type" in str(closed.view("fr"))


def test_a_fact_that_cannot_matter_is_not_to_blame_for_an_example() -> None:
    night = fact("local.hour").below(6)
    day_life = [
        Rule.permit("tea", when=fact("paid").is_(False), because="Tea."),
        Rule.permit("late", when=fact("paid").is_(False) & night, because="Late."),
    ]
    bare = Example("covered", Act(kind="publish"))
    charter = attrs.evolve(CHARTER, rules=day_life, examples=[bare])
    assert prove(charter).examples[0].unknown == ("paid",)
    barred = charter.with_rule(Rule.forbid("no", when=kind.is_("publish"), because="No."))
    assert prove(barred).examples[0].unknown == ()
    paid = Example("covered", Act(kind="publish", paid=False))
    referring = charter.with_rule(Rule.refer("r", to="b", when=night, because="Night."))
    asked = attrs.evolve(referring, examples=[paid])
    assert prove(asked).examples[0].unknown == ("local.hour",)
    days = charter.with_rule(Rule.refer("r", to="b", when=fact("paid").is_(True), because="Ads."))
    sent = Example("exception", Act(kind="publish", scheduled=True), to={"a"})
    ruled = Rule.refer("s", to="a", when=fact("scheduled").is_(True), because="Later.")
    both = attrs.evolve(days.with_rule(ruled), examples=[sent])
    assert prove(both).examples[0].unknown == ("paid",)
    since = attrs.evolve(charter, rules=[
        attrs.evolve(Rule.permit("new", when=fact("paid").is_(False), because="New."),
                     term=Term(since=date(2027, 1, 1)))], examples=[paid])  # fmt: skip
    assert prove(since).examples[0].unknown == ("at",)
    several = [fact("paid").is_(False) & fact("scheduled").is_(False)]
    both = attrs.evolve(
        charter, rules=[Rule.permit("tea", when=one, because="Tea.") for one in several]
    )
    assert "`paid`, `scheduled` unknown" in str(prove(both))
    assert "`sponsorisé`, `programmé` inconnus" in prove(both).text("fr")


def test_why_something_is_left_open_is_said_of_all_that_may_be() -> None:
    busy = Rule.forbid("busy", when=fact("text").matches(r"\p{Greek}"), because="No.")
    asked = [Guarantee("forbidden", when=busy.when)]
    charter = attrs.evolve(CHARTER, never=asked).with_rule(busy)
    open_ = "a search ended with neither an act that shows it nor a proof that there is none"
    spent = "the work of the budget was done before everything was looked at"
    assert open_ in str(prove(charter))
    assert not prove(charter).spent
    assert prove(charter, budget=0).spent
    assert spent in str(prove(charter, budget=0))
    found = contrast(CHARTER, charter)
    assert open_ in str(found)
    assert not found.spent
    assert contrast(CHARTER, charter, budget=0).spent
    assert spent in str(contrast(CHARTER, charter, budget=0))
    assert "pourquoi" in str(contrast(CHARTER, charter, budget=0).view("fr"))


def test_pairs_that_are_not_settled_are_named() -> None:
    rules = [
        Rule.permit("p", when=kind.is_("publish"), because="P."),
        Rule.forbid("greek", when=fact("text").matches(r"\p{Greek}"), because="No."),
    ]
    found = analyse(Charter("c", rules=rules, circuits=CHARTER.circuits, default="a"))
    assert found.overlaps_left == 1
    assert found.pairs_left == (("p", "greek"),)
    assert "p + greek" in str(found)


def test_of_acts_that_are_of_no_kind_told_one_is_shown() -> None:
    brand = catalog.charters["small-brand"]
    found = analyse(brand)
    assert found.more_gaps is Truth.TRUE
    assert found.besides
    besides = decide(brand, found.besides.act, found.besides.context, repair=False)
    assert (besides.outcome, besides.determining) == ("exception", ())
    facts = Facts(brand, found.besides.act, found.besides.context)
    assert {truth(gap.when, facts) for gap in found.gaps} == {Truth.FALSE}
    shown = act_text(found.besides, "en", brand.zone)[:20]
    assert shown in str(found).partition("and other acts besides")[2].partition("\n")[0]


def test_rows_of_a_history_that_do_not_read_are_named() -> None:
    bad = Unreadable("line 3", (Problem.of("not-a-number", given="x"),))
    rows: list[Act | Unreadable] = [Act(id="a", kind="publish"), bad]
    found = analyse(CHARTER, history=rows)
    assert found.labelling
    assert [one.place for one in found.labelling.unread] == ["line 3"]
    assert "line 3" in str(found)
    assert "line 3" in str(found.labelling)
    compared = compare(CHARTER, CHARTER, rows)
    assert compared.unread == found.labelling.unread
    assert "line 3" in str(compared)
    alone = analyse(CHARTER, history=[bad]).labelling
    assert alone
    assert not alone.facts
    assert "line 3" in str(alone)
    many = [attrs.evolve(bad, place=f"line {n}") for n in range(3, 400)]
    assert len(compare(CHARTER, CHARTER, many).unread) == 100
    assert compare(CHARTER, CHARTER, many).unreadable == 397
