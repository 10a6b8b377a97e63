"""Outside the scope: what permits lack besides is told, and the scope is not said again."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore import Act, Charter, Rule, catalog, decide, fact
from cmcore.base.language import LANGUAGES, Language
from cmcore.charters import Scope
from cmcore.strategies import acts, charters


def bounded(*rules: Rule) -> Charter:
    owner = catalog.circuits["owner"]
    scope = Scope(networks=["one", "two"])
    return Charter("c", rules=rules, circuits=[owner], default="owner", scope=scope)


PLAIN = Rule.permit("plain", because="Fine.")
OWN = Rule.permit("own", when=fact("network").is_("one"), because="Fine.")
CALM = Rule.permit("calm", when=fact("incident.open").is_(False), because="Fine.")


def told(charter: Charter, network: str | None, language: Language = "en") -> list[str]:
    decision = decide(charter, Act(kind="publish", network=network), repair=False)
    return [line.text for line in decision.view(language).lines][1:]


def test_what_the_scope_says_is_said_once() -> None:
    assert told(bounded(PLAIN, OWN, CALM), "three") == [
        "outside the scope of the charter: `network` is `three`, not one of `one`, `two`",
        "nearest permit `own`: `network` is `three`, not `one`",
        "nearest permit `calm`: `incident.open` unknown",
        "within the scope, `plain` would permit it",
    ]
    assert told(bounded(PLAIN, OWN), None) == [
        "outside the scope of the charter: `network` unknown",
        "within the scope, `own` and `plain` would permit it",
    ]
    assert told(bounded(PLAIN), "three", "fr")[1:] == [
        "dans le périmètre, `plain` l’autoriserait",
    ]
    assert told(bounded(PLAIN, OWN), None, "fr")[1:] == [
        "dans le périmètre, `own` et `plain` l’autoriseraient",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.data())
def test_no_finding_of_the_scope_is_told_again_and_no_permit_is_forgotten(
    language: Language, data: st.DataObject
) -> None:
    charter = data.draw(charters())
    decision = decide(charter, data.draw(acts(charter)), repair=False)
    shown = decision.text(language)
    closed = decision.closed.lacks if decision.closed else ()
    for sentence in {one.text(language) for one in closed}:
        rules = chain.from_iterable(one.findings for one in decision.rules)
        if all(sentence not in one.text(language) for one in rules):
            assert shown.count(sentence) == 1
    assert all(f"`{miss.rule}`" in shown for miss in decision.near_misses)
