from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from cmcore import catalog, decide
from cmcore.base.errors import InvalidError
from cmcore.base.language import LANGUAGES
from cmcore.base.truth import Truth
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import FactTest
from cmcore.charters.conditions.fact import fact
from cmcore.charters.conditions.facts import ABSENT, UNKNOWN, Bad, FactType, Log, Reading
from cmcore.charters.conditions.operators import Op
from cmcore.charters.decision import (
    Change,
    Closed,
    Decision,
    Dormant,
    NearMiss,
    Outcome,
    Repair,
    RuleFinding,
)
from cmcore.charters.finding import Finding
from cmcore.charters.kinds import fact_text
from cmcore.charters.rule import Effect, Rule
from cmcore.charters.scope import Scope
from cmcore.display.views import TONES, as_html
from cmcore.display.wording import Language
from cmcore.strategies import decisions, findings

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
LOG = Log(NOW, (NOW, NOW - 2 * HOUR))
PAID = fact("paid").is_(True)
TRUE, FALSE, MAYBE = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
SET = frozenset({"a", "c"})

FOUND: list[tuple[FactTest, Any, str, str]] = [
    (PAID, True, "`paid` is yes", "`paid` is yes, not yes"),
    (fact("kind").is_("edit"), "edit", "`kind` is `edit`", "`kind` is `edit`, not `edit`"),
    (
        fact("kind").one_of("b", "a"),
        "a",
        "`kind` is `a`",
        "`kind` is `a`, not one of `a`, `b`",
    ),
    (fact("topics").any_of("a", "b"), SET, "`topics` has `a`", "`topics` has none of `a`, `b`"),
    (
        fact("topics").all_of("a", "b"),
        SET,
        "`topics` has all of `a`, `b`",
        "`topics` does not have `b`",
    ),
    (fact("topics").none_of("a", "b"), SET, "`topics` has none of `a`, `b`", "`topics` has `a`"),
    (
        fact("topics").only("a", "b"),
        SET,
        "`topics` has only `a`, `b`",
        "`topics` has `c`, beyond `a`, `b`",
    ),
    (fact("n").below(3), 2.5, "`n` is 2.5, below 3", "`n` is 2.5, not below 3"),
    (fact("n").at_most(3), 2, "`n` is 2, at most 3", "`n` is 2, more than 3"),
    (fact("n").at_least(3), 4, "`n` is 4, at least 3", "`n` is 4, short of 3"),
    (fact("d").above(HOUR), 2 * HOUR, "`d` is 2 h, above 1 h", "`d` is 2 h, not above 1 h"),
    (
        fact("n").between(1, 3),
        2,
        "`n` is 2, within 1 … 3",
        "`n` is 2, outside 1 … 3",
    ),
    (
        fact("recent.any").more_than(0, within=HOUR),
        LOG,
        "`recent.any` has 1, more than 0 (1 h)",
        "`recent.any` has 1, not more than 0 (1 h)",
    ),
    (
        fact("recent.any").fewer_than(3, within=3 * HOUR),
        LOG,
        "`recent.any` has 2, fewer than 3 (3 h)",
        "`recent.any` has 2, not fewer than 3 (3 h)",
    ),
    (
        fact("recent.any").at_least_since(HOUR),
        LOG,
        "`recent.any` has none within 1 h",
        "`recent.any` has 1 within 1 h, not 0",
    ),
    (
        fact("text").mentions("a", "b"),
        "a!",
        "`text` mentions `a!`",
        "`text` mentions none of `a`, `b`",
    ),
    (fact("text").matches("a+"), "a!", "`text` matches `a!`", "`text` does not match `a+`"),
    (
        fact("topics").all_match("a|b"),
        SET,
        "`topics` has only what matches `a|b`",
        "`topics` has `a`, `c`, beyond what matches `a|b`",
    ),
    (
        fact("at").during("Sat", "UTC"),
        NOW,
        "`at` is 2026-01-31 12:00+00:00, during Sat UTC",
        "`at` is 2026-01-31 12:00+00:00, outside Sat UTC",
    ),
    (
        fact("at").during("Sat"),
        NOW,
        "`at` is 2026-01-31 12:00+00:00, during Sat",
        "`at` is 2026-01-31 12:00+00:00, outside Sat",
    ),
    (fact("recent.any").present(), LOG, "`recent.any` is known", "`recent.any` is known"),
    (fact("template").present(), ABSENT, "`template` is absent", "`template` is absent"),
]


@pytest.mark.parametrize(("test", "got", "true", "false"), FOUND)
def test_a_finding_says_what_was_found(test: FactTest, got: Reading, true: str, false: str) -> None:
    assert Finding(test, TRUE, got).text() == true
    assert Finding(test, FALSE, got).text() == false


def test_every_op_is_told() -> None:
    assert {test.op for test, *_ in FOUND} == set(Op)


@pytest.mark.parametrize("truth", [TRUE, FALSE])
@pytest.mark.parametrize(("test", "got"), [(test, got) for test, got, _, _ in FOUND])
def test_every_op_is_told_in_french_too(test: FactTest, got: Reading, truth: Truth) -> None:
    told = Finding(test, truth, got).text("fr")
    assert fact_text(test.fact, "fr") in told
    assert "{" not in told
    if not (truth is TRUE and test.op is Op.PRESENT) or got is not ABSENT:
        assert told != Finding(test, truth, got).text("en")


@pytest.mark.parametrize(
    ("test", "got", "french"),
    [
        (fact("d").above(DAY), 14 * DAY, "`d` vaut 14\xa0j, plus de 1\xa0j"),
        (fact("d").between(DAY, 2 * DAY), DAY, "`d` vaut 1\xa0j, dans 1\xa0j … 2\xa0j"),
        (
            fact("recent.any").more_than(0, within=7 * DAY),
            LOG,
            "`récents.any` compte 2, plus de 0 (7\xa0j)",
        ),
        (
            fact("recent.any").at_least_since(14 * DAY),
            LOG,
            "`récents.any` n’en compte aucun en 14\xa0j",
        ),
    ],
)
def test_days_are_told_in_french(test: FactTest, got: Reading, french: str) -> None:
    assert Finding(test, TRUE, got).text("fr") == french


@pytest.mark.parametrize(
    "op", sorted({*Op} - {Op.NONE_OF, Op.ONLY, Op.ALL_MATCH, Op.MORE_THAN, Op.FEWER_THAN})
)
def test_what_has_no_value_is_told_without_a_comparison(op: Op) -> None:
    test = next(test for test, *_ in FOUND if test.op is op and test.fact != "recent.any")
    found = Finding(test, FALSE, ABSENT)
    asked = " has no value (the rule asks for ", " n’a pas de valeur (la règle demande "
    if op is Op.PRESENT:
        asked = " is absent", " est absent"
    for language, start in zip(LANGUAGES, asked, strict=True):
        assert found.text(language).startswith(f"{fact_text(test.fact, language)}{start}")


def test_a_length_that_is_asked_of_no_text_is_told_as_a_missing_text() -> None:
    found = Finding(fact("text").length.at_most(280), FALSE, ABSENT)
    assert found.text() == "`text.length` has no value (the rule asks for at most 280)"
    assert found.text("fr") == "`texte.longueur` n’a pas de valeur (la règle demande au plus 280)"


def test_instants_are_told_in_the_zone_of_the_charter_and_days_in_the_language() -> None:
    at = datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
    test = fact("at").during("Mon-Fri 09:00-18:00")
    found = Finding(test, FALSE, at, zone="Europe/Paris")
    assert found.text() == "`at` is 2026-07-01 19:30+02:00, outside Mon-Fri 09:00-18:00"
    assert found.text("fr") == (
        "`moment` est le 1er\xa0juillet\xa02026 à 19\xa0h\xa030 (Paris), hors de"
        " lun.–ven. 9\xa0h–18\xa0h"
    )
    own = Finding(fact("at").during("Mon", "Asia/Tokyo"), FALSE, at, zone="Europe/Paris")
    assert own.text() == "`at` is 2026-07-02 02:30+09:00, outside Mon Asia/Tokyo"
    below = Finding(fact("at").below(at), FALSE, at, zone="Europe/Paris")
    assert below.text().endswith("not below 2026-07-01 19:30+02:00")
    between = Finding(fact("at").between(at, at + HOUR), TRUE, at, zone="Europe/Paris")
    assert between.text().endswith("within 2026-07-01 19:30+02:00 … 2026-07-01 20:30+02:00")
    first = datetime(1, 1, 1, tzinfo=UTC)
    odd = Finding(fact("at").above(at), FALSE, first, zone="America/New_York")
    assert "0001-01-01 00:00+00:00" in odd.text()


def test_nothing_is_told_in_another_language() -> None:
    with pytest.raises(InvalidError):
        Finding(PAID, TRUE, True).text("de")  # type: ignore[arg-type]  # noqa: FBT003


def test_the_same_sentence_is_told_once_and_an_empty_list_shown() -> None:
    unsure = RuleFinding("r", Effect.FORBID, MAYBE, "so", None, (UNSURE, UNSURE))
    assert unsure.text() == "cannot tell whether `r` forbids this: `paid` unknown"
    none = Finding(fact("links").none_of(), TRUE, frozenset())
    assert none.text() == "`links` has none of ∅"


def test_a_finding_tells_what_hit_when_it_knows() -> None:
    test = fact("text").mentions("a", "b")
    assert Finding(test, TRUE, "a b c", ("a", "b")).text() == "`text` mentions `a`, `b`"


def test_a_long_list_is_cut() -> None:
    many = [f"w{n}" for n in range(7)]
    told = Finding(fact("topics").any_of(*many), FALSE, frozenset()).text()
    assert told == "`topics` has none of `w0`, `w1`, `w2`, `w3`, `w4`, `w5`, …"
    six = Finding(fact("topics").any_of(*many[:6]), FALSE, frozenset()).text()
    assert "…" not in six


@pytest.mark.parametrize(
    ("got", "english", "french"),
    [
        (UNKNOWN, "`paid` unknown", "`sponsorisé` inconnu"),
        (
            Bad("perhaps", FactType.FLAG),
            "`paid` unknown (given as `perhaps`, not yes or no)",
            "`sponsorisé` inconnu (donné\xa0: `perhaps`, au lieu de oui ou non)",
        ),
        (
            Bad("x", FactType.SYMBOL, frozenset({"b", "a"})),
            "`paid` unknown (given as `x`, not `a`, `b`)",
            "`sponsorisé` inconnu (donné\xa0: `x`, au lieu de `a`, `b`)",
        ),
        (LOG, "`paid` unknown", "`sponsorisé` inconnu"),
    ],
)
def test_what_is_unknown_is_told_as_unknown(got: Reading, english: str, french: str) -> None:
    found = Finding(PAID, MAYBE, got)
    assert (found.text(), found.text("fr")) == (english, french)


@given(findings())
def test_any_finding_is_told_in_both_languages(found: Finding) -> None:
    for language in LANGUAGES:
        assert fact_text(found.test.fact, language) in found.text(language)


UNSURE = Finding(PAID, MAYBE, UNKNOWN)
SURE = Finding(fact("kind").is_("edit"), TRUE, "edit")


@pytest.mark.parametrize(
    ("effect", "truth", "told"),
    [
        (Effect.FORBID, TRUE, "`paid` unknown; `kind` is `edit`"),
        (Effect.PERMIT, MAYBE, "`paid` unknown; `kind` is `edit`"),
        (
            Effect.FORBID,
            MAYBE,
            "cannot tell whether `r` forbids this: `paid` unknown; `kind` is `edit`",
        ),
        (
            Effect.REFER,
            MAYBE,
            "cannot tell whether `r` refers this: `paid` unknown; `kind` is `edit`",
        ),
    ],
)
def test_a_rule_says_what_made_it_so(effect: Effect, truth: Truth, told: str) -> None:
    found = RuleFinding("r", effect, truth, "so", None, (UNSURE, SURE))
    assert found.text() == told
    assert found.facts == ("paid",)


def test_a_rule_wants_each_fact_once_in_order() -> None:
    other = Finding(fact("at").present(), MAYBE, UNKNOWN)
    assert RuleFinding("r", Effect.FORBID, MAYBE, "", None, (UNSURE, other, UNSURE)).facts == (
        "at",
        "paid",
    )


@pytest.mark.parametrize(
    ("change", "english", "french"),
    [
        (Change("set", "paid", False), "`paid` is no", "`sponsorisé` vaut non"),  # noqa: FBT003
        (Change("set", "n", 0.5), "`n` is 0.5", "`n` vaut 0,5"),
        (Change("set", "d", HOUR), "`d` is 1 h", "`d` vaut 1\xa0h"),
        (Change("empty", "topics"), "`topics` is empty", "`sujets` est vide"),
        (Change("add", "topics", "a"), "you add `a` to `topics`", "vous ajoutez `a` à `sujets`"),
        (
            Change("remove", "topics", "a"),
            "you remove `a` from `topics`",
            "vous retirez `a` de `sujets`",
        ),
        (Change("cut", "text", "a"), "you remove `a` from `text`", "vous retirez `a` de `texte`"),
        (Change("erase", "text", "a"), "you remove `a` from `text`", "vous retirez `a` de `texte`"),
    ],
)
def test_a_change_is_told_in_a_few_words(change: Change, english: str, french: str) -> None:
    assert (change.text(), change.text("fr")) == (english, french)


def test_a_repair_joins_its_changes() -> None:
    repair = Repair((Change("empty", "topics"), Change("cut", "text", "a")), Act())
    assert repair.text() == "covered if `topics` is empty and you remove `a` from `text`"
    assert repair.text("fr") == "couvert si `sujets` est vide et si vous retirez `a` de `texte`"


def test_a_near_miss_says_what_it_lacks() -> None:
    miss = NearMiss("daily", (UNSURE, SURE))
    assert miss.text() == "nearest permit `daily`: `paid` unknown; `kind` is `edit`"


@pytest.mark.parametrize(
    ("dormant", "told"),
    [
        (
            Dormant("r", "expired", date(2026, 1, 31)),
            "`r` would have mattered, but expired on 2026-01-31",
        ),
        (
            Dormant("r", "not yet", date(2026, 1, 31)),
            "`r` would matter, but is not in force before 2026-01-31",
        ),
        (Dormant("r", "undated"), "`r` may matter: the moment of the act is unknown"),
    ],
)
def test_a_sleeping_rule_says_why(dormant: Dormant, told: str) -> None:
    assert dormant.text() == told
    assert "`r`" in dormant.text("fr")


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        (Closed("charter closed"), "the charter is not in force: it covers nothing"),
        (Closed("no permits"), "the charter has no permit rule: it covers nothing"),
        (Closed("charter undated"), "cannot tell whether the charter is in force: `at` unknown"),
        (
            Closed("out of scope", (SURE,)),
            "outside the scope of the charter: `kind` is `edit`",
        ),
    ],
)
def test_a_closed_charter_says_why(closed: Closed, told: str) -> None:
    assert closed.text() == told
    assert closed.text("fr") != told


def test_outcomes_are_ordered_from_most_to_least_open() -> None:
    assert sorted(Outcome) == [Outcome.COVERED, Outcome.EXCEPTION, Outcome.FORBIDDEN]


OF: Any = {"act": Act(), "charter_digest": "c"}
FULL = Decision(
    "airline",
    3,
    Outcome.EXCEPTION,
    circuits=("crisis", "desk"),
    determining=("angry",),
    rules=(
        RuleFinding("angry", Effect.REFER, TRUE, "Two see it.", "crisis", (SURE,)),
        RuleFinding("ads", Effect.FORBID, MAYBE, "No ads.", None, (UNSURE,)),
        RuleFinding("daily", Effect.PERMIT, MAYBE, "Everyday.", None, (UNSURE,)),
    ),
    near_misses=(NearMiss("daily", (UNSURE,)),),
    repair=Repair((Change("empty", "topics"),), Act()),
    dormant=(Dormant("old", "expired", date(2026, 1, 31)),),
    closed=Closed("charter closed"),
    **OF,
)
SHOWN = """\
exception → crisis and desk
  refer   angry  `kind` is `edit` — Two see it.
  forbid  ads    cannot tell whether `ads` forbids this: `paid` unknown — No ads.
  the charter is not in force: it covers nothing
  nearest permit `daily`: `paid` unknown
  covered if `topics` is empty
  `old` would have mattered, but expired on 2026-01-31
  (airline, version 3)"""


def test_a_decision_shows_itself_with_every_reason() -> None:
    assert str(FULL) == SHOWN
    assert FULL.view().tone == "exception"
    assert [found.rule for found in FULL.unknown] == ["ads", "daily"]


def test_a_decision_where_nothing_permits_says_so() -> None:
    bare = Decision(
        "a",
        1,
        Outcome.EXCEPTION,
        circuits=("desk",),
        determining=(),
        rules=(),
        repair_note="no repair",
        **OF,
    )
    assert str(bare).splitlines() == [
        "exception → desk",
        "  nothing permits it",
        "  no edit of what the rules read in its content would cover it",
        "  (a, version 1)",
    ]


def test_a_covered_act_says_by_which_rule() -> None:
    permit = RuleFinding("daily", Effect.PERMIT, TRUE, "Everyday.")
    covered = Decision(
        "a", 1, Outcome.COVERED, circuits=(), determining=("daily",), rules=(permit,), **OF
    )
    assert str(covered) == "covered\n  permit  daily  Everyday.\n  (a, version 1)"
    assert "nothing permits" not in str(covered)


@given(decisions())
def test_any_decision_shows_itself_in_both_languages(decision: Decision) -> None:
    for language in ("en", "fr"):
        view = decision.view(language)
        assert view.tone in TONES
        assert decision.text(language).splitlines()[0] == view.title
        assert as_html(view)
        for name in decision.determining:
            assert name in decision.text(language)


@pytest.mark.parametrize(
    ("network", "language", "told"),
    [
        ("bluesk", "en", "`x`; did you mean `bluesky`?"),
        ("bluesk", "fr", "`x`\u202f; vouliez-vous dire `bluesky`\u202f?"),
        ("linkedin", "en", None),
        (None, "en", None),
    ],
)
def test_a_network_that_may_be_a_slip_for_one_of_the_charter_is_named(
    network: str | None, language: Language, told: str | None
) -> None:
    charter = Charter(
        "c",
        circuits=[catalog.circuits["owner"]],
        default="owner",
        scope=Scope({"bluesky", "x"}),
        rules=[Rule.permit("a", because="b")],
    )
    closed = decide(charter, Act(kind="publish", network=network)).closed
    assert closed is not None
    assert closed.text(language).endswith(told or closed.text(language))
    assert ("did you mean" in closed.text()) == (told is not None)
