"""What assignments, and what is asked of them, show of themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Member, Needs, Plan, Role, Seats, Team, Watch, Week, assign, what_if, why_not
from cmcore.display.views import TONES, View, Viewable
from cmcore.display.wording import LANGUAGES
from cmcore.strategies import alternatives as some_alternatives
from cmcore.strategies import assignments, what_ifs, why_nots
from cmcore.teams import (
    Alternatives,
    Assignment,
    Goal,
    PlanDiff,
    Status,
    WhatIf,
    WhyNot,
    alternatives,
)
from cmcore.teams.assignment.assignment import Breach, Conflict, GoalLevel
from cmcore.teams.assignment.choices import Cost
from cmcore.teams.assignment.explanation import Explanation, Reason, ReasonKind

TEAM = Team(
    "brume",
    [
        Member("maud", roles={"coordinator"}, skills={"organisation", "writing"}),
        Member(
            "yann",
            roles={"author"},
            skills={"writing"},
            affinity={"author": 700},
            most_roles=1,
        ),
        Member("zoe", skills={"writing"}, affinity={"author": 700}),
    ],
    [Role("author", requires={"writing"}), Role("coordinator", requires={"organisation"}),
     Role("analyst", requires={"figures"})],
)  # fmt: skip
NEEDS = Needs("social", seats=[Seats("author", 1, 1), Seats("coordinator")])
SHORT = attrs.evolve(NEEDS, seats=[*NEEDS.seats, Seats("analyst")])
STUCK = (("zoe", "coordinator"),)
SHOWN = st.one_of(assignments(), what_ifs(), why_nots(), some_alternatives())


def lines(shown: Viewable, language: str = "en") -> list[str]:
    text = shown.text("fr") if language == "fr" else shown.text()
    return text.splitlines()


def open_levels(found: Assignment, *values: tuple[int, int]) -> Assignment:
    """Return an assignment whose search ended before its levels were proven."""
    levels = [GoalLevel(goal, *two) for goal, two in zip(Goal, values, strict=False)]
    return attrs.evolve(found, status=Status.GAP, levels=levels)


def pieces(view: View) -> Iterator[str]:
    yield from (view.title, view.foot)
    yield from (text for line in view.lines for text in (line.word, line.name, line.text))
    for table in view.tables:
        yield from (table.title, *table.headings, *(cell for row in table.rows for cell in row))


class TestAll:
    @given(SHOWN)
    def test_all_is_told_in_both_languages_and_in_one_shape(self, shown: Viewable) -> None:
        english, french = shown.view(), shown.view("fr")
        assert english.title != french.title
        assert english.tone == french.tone in TONES
        assert len(list(pieces(english))) == len(list(pieces(french)))
        for text in (*pieces(english), *pieces(french)):
            assert not {"{", "}", "\n"} & {*text}

    @pytest.mark.parametrize("breach", Breach)
    def test_every_breach_is_a_sentence(self, breach: Breach) -> None:
        told = Conflict(breach, ("maud", "zoe"), ("author",), 90)
        assert "`maud` and `zoe`" in told.text()
        assert "`maud` et `zoe`" in told.text("fr")
        if breach is Breach.MINUTES:
            assert told.text() == "`maud` and `zoe` with `author`: 1 h 30 min a day too much"

    @pytest.mark.parametrize("cause", ReasonKind)
    def test_every_cause_is_a_sentence(self, cause: ReasonKind) -> None:
        told = Reason(cause, ("maud",), ("author",), ("seats", "author"))
        assert "`maud`" in told.text() or "`author`" in told.text()
        assert told.text() != told.text("fr")

    @pytest.mark.parametrize("need", ["hours", "mix"])
    def test_a_need_is_told_from_others_of_the_same_roles(self, need: str) -> None:
        watch = (
            Watch(Week.parse("Mon 09:00-18:00"), network="x", language="fr")
            if need == "hours"
            else None
        )
        some = Reason(
            ReasonKind.NEED, roles=("author",), path=(need, 0), watch=watch,
            what={} if watch else {"trait": "age"},
        )  # fmt: skip
        told = {
            "hours": (
                "`author` (Mon 09:00-18:00, X, French)",
                "(lun. 9\xa0h–18\xa0h, X, français)",
            ),
            "mix": ("`author` (age)", "`author` (âge)"),
        }
        for language, about in zip(LANGUAGES, told[need], strict=True):
            assert about in some.text(language)
        assert some.text() != some.text("fr")

    @pytest.mark.parametrize("goal", Goal)
    def test_every_cost_and_gain_is_said(self, goal: Goal) -> None:
        cost, gain = Cost(goal, 3), Cost(goal, -3)
        assert len({one.text(lang) for one in (cost, gain) for lang in ("en", "fr")}) == 4
        assert "3" in gain.text()
        assert "-3" not in gain.text()


class TestAssignment:
    def test_what_is_full_is_a_success(self) -> None:
        found = assign(TEAM, NEEDS)
        assert found.view().tone == "covered"
        assert lines(found)[0] == "brume for social: everything that roles can cover is covered"
        assert found.verdict("fr") == "tout ce que des rôles peuvent couvrir est couvert"

    def test_moves_are_told_where_there_was_a_plan(self) -> None:
        told = lines(assign(TEAM, NEEDS, previous=[("lou", "author"), ("yann", "author")]))
        assert "  member  roles        moves" in told
        assert "  lou     –            gives up `author`" in told
        assert "  maud    coordinator  takes coordinator" in told
        assert "  member  roles" in lines(assign(TEAM, NEEDS, previous=()))

    def test_a_block_is_told_beneath_what_lacks(self) -> None:
        told = lines(assign(TEAM, SHORT))
        assert told[0] == "brume for social: no plan covers everything"
        assert told[1:3] == [
            "  seats  analyst  1 of 1 missing",
            "  why: seats for analyst: 1; nobody qualifies",
        ]
        asked = attrs.evolve(NEEDS, seats=[Seats("author", 4)])
        assert lines(assign(TEAM, asked, previous=()))[2] == (
            "  why: seats for `author`: 4; only `maud`, `yann` and `zoe` could, and they can fill 3"
        )
        assert lines(assign(TEAM, asked, previous=()), "fr")[2] == (
            "  pourquoi\xa0: postes pour `author`\xa0: 4\u202f; seules personnes qualifiées\xa0:"
            " `maud`, `yann` et `zoe`, pour 3 au plus"
        )

    def test_reasons_are_told_together_and_say_whether_they_are_the_fewest(self) -> None:
        ban = Reason(ReasonKind.BAN, ("zoe",), ("author",))
        hats = Reason(ReasonKind.ROLES, ("yann",))

        def told(why: Explanation) -> str:
            return lines(attrs.evolve(assign(TEAM, SHORT), explain=lambda _: why))[2]

        assert told(Explanation((), (hats, ban))) == (
            "  why: together these are enough to cause all of it, whatever else is in the way:"
            " the limit on the roles of `yann`; `zoe` must not hold `author`"
        )
        assert told(Explanation((), (hats, hats), is_least=False)) == (
            "  why: together these are enough to cause all of it, some perhaps needlessly:"
            " the limit on the roles of `yann`"
        )

    def test_a_gap_says_how_good_it_could_be(self) -> None:
        cut = open_levels(assign(TEAM, NEEDS), (0, 0), (0, 0), (0, 0), (2, 1))
        assert cut.view().tone == "covered"
        assert lines(cut)[0].endswith("is covered; not proven the best")
        assert lines(cut)[-1] == "  changes   2      could be 1 at best"
        short = open_levels(assign(TEAM, SHORT), (1, 0))
        assert lines(short)[0].endswith("this plan does not cover everything; not proven the best")
        settled = open_levels(assign(TEAM, SHORT), (1, 1), (0, 0), (0, 0), (3, 2))
        assert lines(settled)[0].endswith("no plan covers everything")

    def test_no_plan_has_no_tables(self) -> None:
        stuck = assign(TEAM, NEEDS, pins=STUCK)
        assert lines(stuck) == [
            "brume for social: no plan is possible",
            "  conflict  `zoe` does not have the skills for coordinator",
        ]
        lost = Assignment(stuck.question, Plan(), Status.GAP)
        assert lines(lost) == ["brume for social: no plan found within the budget"]
        assert lost.view().tone == "exception"
        with pytest.raises(KeyError, match="has no value"):
            lost.value(next(iter(Goal)))

    def test_the_window_is_told_on_the_clock_of_the_needs(self) -> None:
        start = datetime(2026, 3, 1, 23, tzinfo=UTC)
        found = assign(TEAM, attrs.evolve(NEEDS, zone="Europe/Paris"), start=start,
                       stop=start + timedelta(days=1))  # fmt: skip
        assert lines(found)[-1] == ("  (from 2026-03-02 00:00 to 2026-03-03 00:00, Paris time)")
        assert not assign(TEAM, NEEDS).view().foot


class TestWhyNot:
    found = assign(TEAM, NEEDS)

    def test_what_is_held_is_said(self) -> None:
        asked = why_not(self.found, "yann", "author")
        assert lines(asked) == ["yann as author: already the case"]
        assert asked.view().tone == "covered"
        assert not asked.is_tie

    def test_a_cost_comes_with_the_moves(self) -> None:
        asked = why_not(self.found, "zoe", "author")
        assert lines(asked) == [
            "zoe as author: changes up by 2",
            "  zoe   takes `author`",
            "  yann  gives up `author`",
        ]
        assert asked.view().tone == "exception"

    def test_a_tie_is_decided_by_the_ids(self) -> None:
        asked = why_not(assign(TEAM, NEEDS, previous=[("maud", "coordinator")]), "zoe", "author")
        assert asked.is_tie
        assert lines(asked)[0] == "zoe as author: just as good; the order of the ids decided"

    def test_missing_skills_are_told_once(self) -> None:
        asked = why_not(self.found, "zoe", "coordinator")
        assert lines(asked) == [
            "zoe as coordinator: impossible",
            "  skills  has yet to learn `organisation`",
        ]
        assert asked.view().tone == "forbidden"

    def test_what_else_stands_in_the_way_is_told(self) -> None:
        asked = why_not(assign(TEAM, NEEDS, bans=[("zoe", "author")]), "zoe", "author")
        assert lines(asked)[1:] == ["  conflict  `zoe` must not hold `author`"]

    def test_what_is_not_proven_is_said(self) -> None:
        unsettled = WhyNot("zoe", "author", Status.GAP)
        assert lines(unsettled) == ["zoe as author: no cost found, as far as known"]
        costly = attrs.evolve(unsettled, costs=(Cost(Goal.SHORTAGE, 1),))
        assert lines(costly) == ["zoe as author: shortage up by 1, as far as known"]
        assert not unsettled.is_tie


class TestAlternatives:
    def test_each_role_stands_in_its_column(self) -> None:
        shared = alternatives(assign(TEAM, NEEDS, previous=[("maud", "coordinator")]))
        assert lines(shared) == [
            "several plans are equally good",
            "",
            "Who holds what in the best plans",
            "  member  in all       in some  in none",
            "  maud    coordinator  –        author",
            "  yann    –            author   –",
            "  zoe     –            author   –",
        ]

    def test_one_plan_alone_is_said(self) -> None:
        assert lines(alternatives(assign(TEAM, NEEDS)))[0] == "only one plan is the best"
        nothing = Alternatives(())
        assert nothing.is_unique
        assert lines(nothing, "fr") == ["un seul plan est le meilleur"]

    def test_what_is_not_known_has_a_column_of_its_own(self) -> None:
        open_ = Alternatives((), unknown=(("zoe", "author"), ("zoe", "coordinator")))
        assert not open_.is_unique
        assert lines(open_)[0] == "not known whether another plan is as good"
        assert lines(open_)[-1] == "  zoe     –       –        –        author, coordinator"


class TestWhatIf:
    found = assign(TEAM, SHORT)

    def test_what_lacks_more_is_told_with_its_moves(self) -> None:
        gone = what_if(self.found, leaves=["maud", "yann"])
        assert (gone.left, gone.joined, gone.learned) == (("maud", "yann"), (), {})
        assert gone.opened == 1
        assert gone.view().tone == "forbidden"
        assert lines(gone) == [
            "without maud and yann: shortage 1 → 2",
            "  seats  coordinator  0 → 1 missing",
            "  move   zoe          takes `author`",
        ]

    def test_what_lacks_less_is_told(self) -> None:
        taught = what_if(self.found, learns={"zoe": ["figures", "writing"]})
        assert taught.learned == {"zoe": ("figures",)}
        assert lines(taught) == [
            "zoe learns figures: everything that roles can cover is covered",
            "  seats  analyst  1 → 0 missing",
            "  move   zoe      takes analyst",
        ]
        assert taught.view().tone == "covered"

    def test_what_lacks_as_much_is_neither(self) -> None:
        joined = what_if(self.found, joins=[Member("lou")], leaves=["zoe"])
        assert joined.joined == ("lou",)
        assert lines(joined) == ["without zoe, with lou: as much is missing as before"]
        assert lines(joined, "fr") == ["sans zoe, avec lou\xa0: il manque autant qu’avant"]
        assert joined.view().tone == "exception"
        assert lines(what_if(self.found))[0] == "the same team: as much is missing as before"

    def test_what_is_not_proven_is_said(self) -> None:
        gone = what_if(self.found, leaves=["maud"])
        assert not lines(gone)[0].endswith("(not proven)")
        cut = attrs.evolve(gone, after=open_levels(gone.after, (2, 1)))
        assert lines(cut)[0] == "without maud: shortage 1 → 2 (not proven)"

    def test_hours_that_lack_are_told_when_they_change(self) -> None:
        start = datetime(2026, 3, 2, tzinfo=UTC)
        week = Week.parse("Mon 09:00-17:00")
        always = attrs.evolve(TEAM.member("yann").availability, week=Week.always())
        team = TEAM.with_member(attrs.evolve(TEAM.member("yann"), availability=always))
        watched = attrs.evolve(NEEDS, hours=[Watch(week, role="author")])
        found = assign(team, watched, start=start, stop=start + timedelta(days=1))
        assert lines(what_if(found, leaves=["yann"]))[1] == (
            "  hours  author  8 h of 8 h missing: Mon 09:00-17:00 (UTC)"
        )
        back = assign(team.without("yann"), watched, start=start, stop=start + timedelta(days=1))
        returned = what_if(back, joins=[team.member("yann")])
        assert lines(returned)[1] == "  hours  author  8 h → 0 missing"

    def test_no_plan_after_tells_why(self) -> None:
        question = attrs.evolve(self.found.question, pins=Plan(STUCK))
        stuck = WhatIf(self.found, assign(TEAM, SHORT, pins=STUCK))
        assert stuck.after.question == question
        assert stuck.opened is None
        assert stuck.view().tone == "forbidden"
        assert lines(stuck) == [
            "the same team: no plan is possible",
            "  conflict  `zoe` does not have the skills for coordinator",
        ]

    def test_no_plan_before_compares_with_what_was_asked(self) -> None:
        stuck = assign(TEAM, SHORT, pins=STUCK)
        freed = what_if(stuck, leaves=["zoe"])
        assert freed.opened is None
        assert freed.diff == PlanDiff()
        assert freed.view().tone == "exception"
        assert lines(freed) == [
            "without zoe: no plan covers everything",
            "  seats  analyst  1 of 1 missing",
        ]
