"""Fitting: a text is within the limit of its network, and every engine says so alike."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import (
    UNKNOWN,
    Act,
    Approvers,
    Charter,
    Context,
    Outcome,
    Rule,
    Stage,
    ValidationCircuit,
    decide,
    fact,
)
from cmcore.base import Truth
from cmcore.charters import ABSENT, analyse
from cmcore.charters.conditions.condition import Condition
from cmcore.charters.decisions.decide import decide as decided
from cmcore.charters.history import Case
from cmcore.charters.index._engine import Kernel
from cmcore.charters.meaning.evaluation import judge
from cmcore.charters.meaning.observation import Facts
from cmcore.charters.meaning.repair import seek_repair
from cmcore.frames import decide_frame
from cmcore.strategies import charters, charters_and_cases
from cmcore.text.graphemes import grapheme_count
from cmcore.text.lengths import length_on_mastodon, length_on_threads, length_on_x
from cmcore.text.limits import CHECKED, LIMITS, fits

Pair = tuple[Charter, Case]
COUNTS = {
    "x": (280, length_on_x),
    "mastodon": (500, length_on_mastodon),
    "bluesky": (300, grapheme_count),
    "threads": (500, length_on_threads),
}
#: Networks whose ways to count are known, those whose are not, and one that nobody looked up.
NETWORKS = st.sampled_from([*LIMITS, "blog"])
PIECES = st.sampled_from(
    ["a", "é", "中", "👨‍👩‍👧", "e\u0301", " https://www.example.org/a ", " @ana@m.social "]
)
TEXTS = st.builds(
    lambda piece, near, more: piece * max(0, near // len(piece) + more),
    PIECES,
    st.sampled_from([0, 140, 280, 300, 500, 2200, 3000]),
    st.integers(-2, 2),
)
FITTING = charters(
    facts=("fits", "text", "network", "text.length_on_x", "topics"), min_rules=2, max_rules=5
)


DESK = ValidationCircuit("desk", [Stage(Approvers("role", {"editor"}))])
CHARTER = Charter(
    "c",
    circuits=[DESK],
    default="desk",
    rules=[
        Rule.permit("all", because="Fine."),
        Rule.forbid("too-long", when=fact("fits").is_(False), because="It would be cut."),
    ],
)


def read(text: object, network: object) -> Any:  # noqa: ANN401 - what a fact reads
    """Return what the fact reads of a text on a network, either of which may be missing."""
    given: dict[str, Any] = {"text": text, "network": network}
    absent = {name for name, value in given.items() if value is ABSENT}
    own: dict[str, Any] = {n: value for n, value in given.items() if isinstance(value, str)}
    return Facts(CHARTER, Act(absent=absent, **own), Context()).read("fits")


class TestMeaning:
    """It is the network's own count, up to its own limit."""

    @pytest.mark.parametrize("network", COUNTS)
    @given(TEXTS)
    def test_it_is_what_the_network_counts(self, network: str, text: str) -> None:
        most, count = COUNTS[network]
        assert read(text, network) is (count(text) <= most)

    @given(TEXTS, st.sampled_from(["linkedin", "instagram", "facebook"]))
    def test_where_nobody_knows_how_it_counts_both_ways_must_agree(
        self, text: str, network: str
    ) -> None:
        most = LIMITS[network].limit
        units = len(text.encode("utf-16-le")) // 2
        if units <= most:
            assert read(text, network) is True
        elif grapheme_count(text) > most:
            assert read(text, network) is False
        else:
            assert read(text, network) is UNKNOWN

    @given(TEXTS, NETWORKS)
    def test_what_is_unknown_turns_out_to_be_nothing_else(self, text: str, network: str) -> None:
        unsure = read(text, None)
        assert unsure in {True, UNKNOWN}
        assert unsure is UNKNOWN or read(text, network) is True
        assert read(None, network) is UNKNOWN
        assert unsure is read(text, "blog")

    @given(TEXTS, NETWORKS)
    def test_what_is_not_there_is_not_too_long(self, text: str, network: str) -> None:
        assert read(ABSENT, network) is read(text, ABSENT) is read(None, ABSENT) is True

    @given(TEXTS, NETWORKS)
    def test_a_shorter_text_fits_where_a_longer_one_does(self, text: str, network: str) -> None:
        if fits(text, network):
            assert fits(text[: len(text) // 2].rstrip("\u200d"), network)

    def test_a_text_that_is_damaged_is_unknown(self) -> None:
        assert read("a\ufffd", "x") not in {True, False}

    def test_a_network_that_cannot_be_used_is_unknown(self) -> None:
        assert read("a", '"') is True
        assert read("a" * 290, '"') not in {True, False}


def test_the_page_of_lengths_has_the_limits() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "lengths.md").read_text("utf-8")
    for network, one in LIMITS.items():
        assert re.search(rf"(?im)^\| {network} \| {one.limit:,}\b", page)
    assert f"{CHECKED.day} {CHECKED:%B} {CHECKED.year}" in page


class TestEngines:
    """All engines read it alike, and repairs know all that moves it."""

    @given(charters_and_cases(FITTING, ill=True))
    def test_an_index_rules_as_the_reference_does(self, pair: Pair) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        assert Kernel(charter).rule(case.act, case.context) == judge(charter, facts)

    @given(charters_and_cases(FITTING))
    def test_a_repair_is_that_of_the_plain_search(self, pair: Pair) -> None:
        charter, case = pair
        found = decided(charter, case.act, context=case.context)
        if found.outcome is not Outcome.COVERED:
            plain = seek_repair(charter, case.act, case.context)
            if plain.complete:
                assert found.repair == plain.repair

    @given(charters_and_cases(FITTING), TEXTS, NETWORKS)
    def test_a_fact_is_read_again_where_an_edit_may_move_it(
        self, pair: Pair, text: str, network: str
    ) -> None:
        charter, case = pair
        facts = Facts(charter, case.act, case.context)
        facts.read("fits")
        for field, new in (("text", text), ("network", network)):
            told: dict[str, Any] = {"absent": case.act.absent - {field}, field: new}
            act = attrs.evolve(case.act, **told)
            fresh = Facts(charter, act, case.context).read("fits")
            assert facts.edited(act, field).read("fits") == fresh

    @given(st.lists(st.tuples(st.none() | TEXTS, st.none() | NETWORKS), min_size=1, max_size=6))
    def test_a_frame_is_decided_row_by_row(self, rows: list[tuple[str | None, str | None]]) -> None:
        texts, networks = zip(*rows, strict=True)
        table = pa.table({"text": pa.array(texts, pa.string()),
                          "network": pa.array(networks, pa.string())})  # fmt: skip
        told = decide_frame(CHARTER, table)["outcome"].to_pylist()
        assert told == [str(decide(CHARTER, one).outcome) for one in acts(rows)]


def acts(rows: list[tuple[str | None, str | None]]) -> Iterator[Act]:
    for text, network in rows:
        yield Act(text=text, network=network)


class TestAnalysis:
    """Nothing false is proven of it: what one fact says with the other is tried, or left open."""

    def test_an_act_that_does_not_fit_is_found(self) -> None:
        told = {one.code: one for one in analyse(CHARTER).claims if one.about == "too-long"}
        found = told["never true"]
        assert found.holds is Truth.FALSE
        assert found.witness is not None
        assert Facts(CHARTER, found.witness.act, Context()).read("fits") is False

    @pytest.mark.parametrize(
        "when",
        [
            fact("fits").is_(True) & fact("text").length_on_x.above(280) & fact("network").is_("x"),
            fact("fits").is_(False) & fact("text").length.below(9) & fact("network").is_("x"),
        ],
    )
    def test_what_nobody_can_prove_is_not_settled(self, when: Condition) -> None:
        rule = Rule.forbid("odd", because="It would be cut.", when=when)
        told = analyse(attrs.evolve(CHARTER, rules=[*CHARTER.rules, rule]))
        (claim,) = (one for one in told.claims if (one.about, one.code) == ("odd", "never true"))
        assert claim.holds is Truth.UNKNOWN
