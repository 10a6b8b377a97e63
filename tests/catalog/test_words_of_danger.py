"""Words of danger, in every form they take, are read by somebody; everyday phrases go out."""

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore import Outcome, WordList, catalog
from cmcore.charters.conditions import condition as conditions

from .acts import decision, heard, ours, post, reply, upon
from .danger import DANGER, DOUBTFUL, FAMILIES, HARMLESS

CHARTERS: Final = [*catalog.charters]


def _words(charter: str) -> WordList:
    rule = catalog.charters[charter].rule("words-of-danger")
    found = (
        test.operand for test in conditions.tests(rule.when) if isinstance(test.operand, WordList)
    )
    return next(found)


def _goes_out(charter: str, text: str) -> bool:
    """Tell whether a text goes out by itself as news of an event, with labels that are harmless."""
    return decision(charter, post(text)).outcome is Outcome.COVERED


@pytest.mark.usefixtures("long_loop")
@pytest.mark.parametrize("charter", CHARTERS)
def test_a_text_of_danger_never_goes_out_as_news(charter: str) -> None:
    assert [text for text in DANGER if _goes_out(charter, text)] == []


def _pointing(text: str) -> dict[str, dict[str, Any]]:
    """Return acts that say nothing of danger, each upon a message that does."""
    message, warning = heard("neutral", text), ours(20, 0, text)
    mend = {"topics": {"event"}, "text": "Corrigé.", "labels": {"correction": True}}
    return {
        "reply": reply("neutral", in_reply_to=message),
        "message": reply("neutral", kind="message", in_reply_to=message),
        "quote": post("À lire.", kind="quote", target=message),
        "share": post(None, kind="share", target=message, absent={"text"}),
        "react": upon("react", message, topics={"event"}),
        "edit": upon("edit", warning, **mend),
        "delete": upon("delete", warning),
    }


@pytest.mark.parametrize("charter", CHARTERS)
@pytest.mark.parametrize("kind", _pointing(""))
def test_a_text_of_danger_is_read_in_the_message_that_an_act_points_at(
    charter: str, kind: str
) -> None:
    def goes_out(text: str) -> bool:
        return decision(charter, _pointing(text)[kind]).outcome is Outcome.COVERED

    assert goes_out("Bonjour, à quelle heure ouvrez-vous ?")
    assert [text for text in DANGER[::9] if goes_out(text)] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_a_word_of_danger_is_seen_in_all_its_forms(family: str) -> None:
    words = _words(CHARTERS[0])
    assert [form for form in family.split() if not words.holds(f"Lot 12 : {form}.")] == []


@pytest.mark.parametrize("charter", CHARTERS)
def test_an_everyday_phrase_goes_out_though_it_has_a_word_of_danger(charter: str) -> None:
    assert [text for text in HARMLESS if not _goes_out(charter, text)] == []


@pytest.mark.parametrize("charter", CHARTERS)
def test_what_may_be_meant_either_way_is_read_by_somebody(charter: str) -> None:
    assert [text for text in DOUBTFUL if _goes_out(charter, text)] == []


def test_all_charters_share_one_list_of_words() -> None:
    assert len({catalog.charters[name].rule("words-of-danger").when for name in CHARTERS}) == 1


def test_every_exception_hides_something() -> None:
    words = _words(CHARTERS[0])
    strict = WordList(words.entries)
    assert [one for one in words.exceptions if not strict.holds(one.replace("*", ""))] == []


def test_an_exception_hides_nothing_but_itself() -> None:
    for phrase in HARMLESS:
        assert not _goes_out("small-brand", f"{phrase}. Le lot 12 est contaminé.")


@settings(max_examples=max(10, settings().max_examples // 5))
@given(
    st.sampled_from(CHARTERS),
    st.lists(st.sampled_from(DANGER), min_size=1, max_size=2),
    st.sampled_from([{"event"}, {"event", "recall"}]),
)
def test_no_change_hides_a_word_of_danger_unless_it_says_whom_to_ask(
    charter: str, texts: list[str], topics: set[str]
) -> None:
    found = decision(charter, post(". ".join(texts), topics=topics))
    if found.repair is not None:
        to = catalog.charters[charter].rule("words-of-danger").to
        told = {one.rule: one.to for one in found.repair.hides}
        assert told["words-of-danger"] == to
        assert to
        for circuit in to:
            assert f"`{circuit}`" in found.repair.text("en")
            assert f"`{circuit}`" in found.repair.text("fr")
