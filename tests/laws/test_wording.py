"""Wording: every reason is data, rendered in English or French on request."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Audit, Charter, Decision, InvalidError, decide
from cmcore.base.language import SENTENCES
from cmcore.charters import Comparison, Finding
from cmcore.charters.history import Case
from cmcore.charters.kinds import fact_text
from cmcore.display.views import View, Viewable
from cmcore.display.wording import LANGUAGES, say
from cmcore.strategies import audits, charters, charters_and_cases, comparisons, findings

Language = Literal["en", "fr"]
#: One fact of each type, and a few that are computed.
FACTS = (
    *("paid", "kind", "topics", "risk", "in_reply_to.age", "at", "text", "recent.publish"),
    *("text.length", "topics.count", "since.launch", "incident.severity", "recent.any.same_person"),
)
MANY = settings(max_examples=min(3 * settings().max_examples, 20_000))


def reasons(decision: Decision) -> Iterator[Any]:
    yield from decision.rules
    yield from (found for rule in decision.rules for found in rule.findings)
    yield from decision.near_misses
    yield from (found for miss in decision.near_misses for found in miss.lacks)
    yield from decision.dormant
    if decision.closed:
        yield decision.closed
    if decision.repair:
        yield decision.repair
        yield from decision.repair.changes


def pieces(view: View) -> Iterator[str]:
    yield view.title
    yield view.foot
    yield from (line.text for line in view.lines)
    for table in view.tables:
        yield table.title
        yield from table.headings
        yield from (cell for row in table.rows for cell in row)


def without(text: str, thing: object) -> str:
    """Take out of a text what the user wrote, so that what is left is the library's own."""
    for word in sorted(set(_written(thing)), key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _written(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield from (part for part in (thing, " ".join(thing.split())) if part.strip())
    elif isinstance(thing, tuple | frozenset):
        for part in thing:
            yield from _written(part)
    elif isinstance(thing, Mapping):
        yield from _written((*thing, *thing.values()))
    elif attrs.has(type(thing)):
        yield from _written(tuple(getattr(thing, f.name) for f in attrs.fields(type(thing))))  # type: ignore[arg-type]


class TestWording:
    """Reasons are data (a code and its parameters), rendered in English or French on request."""

    @MANY
    @given(charters_and_cases(ill=True))
    def test_every_reason_is_worded_in_both_languages(self, pair: tuple[Charter, Case]) -> None:
        decision = decide(*pair[:1], pair[1].act, pair[1].context)
        for reason in reasons(decision):
            for language in LANGUAGES:
                text = reason.text(language)
                # a rule that asks nothing has nothing to say but its reason
                assert text.strip() or reason in decision.rules
                assert "{" not in without(text, pair)

    @given(charters_and_cases(charters(max_rules=3)))
    def test_a_decision_shows_itself_in_both_languages(self, pair: tuple[Charter, Case]) -> None:
        decision = decide(pair[0], pair[1].act, pair[1].context)
        english, french = (decision.text(language) for language in LANGUAGES)
        assert english != french or decision.outcome == "exception"
        shown(decision)

    @given(audits())
    def test_an_audit_shows_itself_in_both_languages(self, audit: Audit) -> None:
        assert audit.text("en") != audit.text("fr")
        shown(audit)

    @given(comparisons())
    def test_a_comparison_shows_itself_in_both_languages(self, comparison: Comparison) -> None:
        assert comparison.text("en") != comparison.text("fr")
        shown(comparison)

    @pytest.mark.parametrize("fact", FACTS)
    @given(data=st.data())
    def test_a_finding_names_its_fact(self, fact: str, data: st.DataObject) -> None:
        finding: Finding = data.draw(findings(facts=[fact]))
        for language in LANGUAGES:
            assert fact_text(finding.test.fact, language) in finding.text(language)

    @pytest.mark.parametrize("code", list(SENTENCES))
    def test_every_sentence_has_the_same_parameters_in_both_languages(self, code: str) -> None:
        english, french = (_parameters(text) for text in SENTENCES[code])
        assert english == french
        counts = {name for text in SENTENCES[code] for name in re.findall(r"{(\w+):,}", text)}
        given = {name: 1 if name in counts else "x" for name in english}
        filled = [say(code, language, **given) for language in LANGUAGES]
        assert all(text.strip() and "{" not in text for text in filled)

    def test_another_language_is_refused(self) -> None:
        with pytest.raises(InvalidError, match="there are no sentences in `de`"):
            say("covered", "de")  # type: ignore[arg-type]


def shown(thing: Viewable) -> None:
    for language in LANGUAGES:
        view = thing.view(language)
        assert view.title
        assert all(isinstance(piece, str) for piece in pieces(view))
        assert thing.text(language).startswith(view.title)
    bundle = thing._repr_mimebundle_()
    assert bundle["text/plain"] == str(thing)
    assert "<script" not in bundle["text/html"]


def _parameters(template: str) -> set[str]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(template) if name}
