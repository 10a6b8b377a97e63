"""French files to begin with: ids in French, and nothing else otherwise than in English."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import pytest

from cmcore import Needs, Team, catalog, parse
from cmcore.catalog.french_ids import IDS, ids_in_french
from cmcore.catalog.starters import _FILES, _PLAIN, commented
from cmcore.codec.files import unstructure
from cmcore.codec.french import Level, level_of
from cmcore.codec.keys import VALUES

SHELVES: Final = ("charters", "playbooks", "circuits", "roles", "objectives", "sizes")
ENTRIES: Final = [(shelf, id_) for shelf in SHELVES for id_ in getattr(catalog, shelf)]
#: Ids of the catalog that are French as they stand.
SAME: Final = frozenset({
    "accident", "association", "cause", "conversation", "correction", "corrections", "incident",
    "information", "junior", "marketing", "neutral", "organisation", "service", "tone", "troll",
    "trolls", "facebook", "hostile", "instagram", "linkedin", "x", "youtube",
})  # fmt: skip
TEXTS: Final = {
    "about",
    "because",
    "except",
    "fr",
    "en",
    "mentions",
    "source",
    "text",
    "title",
    "words",
}


def canon(data: Any) -> Any:  # noqa: ANN401 - plain data
    """Return plain data with each id of the catalog in French, wherever it stands."""
    if isinstance(data, dict):
        return {IDS.get(k, k): canon(one) for k, one in data.items() if k != "based on"}
    if isinstance(data, list):
        return sorted((canon(one) for one in data), key=partial(json.dumps, sort_keys=True))
    return IDS.get(data, data) if isinstance(data, str) else data


def plain(shelf: str, id_: str, *, french: bool) -> Any:  # noqa: ANN401 - plain data
    """Return the plain data of a file to begin with, read from its text if it is in French."""
    held = getattr(catalog, shelf).in_language("fr")
    kind, data = _FILES[type(held[id_])], _PLAIN[type(held[id_])](held[id_])
    if kind is Team:
        data = {"team": "t", **data}
    if shelf == "circuits":
        data = {"charter": "c", "version": 1, "default": id_, **data}
    value: object = parse(
        commented(data, kind, [], "fr") if french else json.dumps(data), kind, format="yaml"
    )
    return unstructure(value)


def free(data: Any, level: Level) -> Iterator[str]:  # noqa: ANN401 - plain data
    """Yield the words that somebody chose, texts and lists of words aside."""
    if isinstance(data, str) and not level.takes(data) and not data[:1].isdigit():
        yield data
    elif isinstance(data, list):
        for one in data:
            yield from free(one, level.items)
    elif isinstance(data, dict):
        for key, one in data.items():
            if key not in level.keys:
                yield key
            if key not in TEXTS | {"based on", "zone", "week"} or key not in level.keys:
                yield from free(one, level.under(key))


@pytest.mark.parametrize(("shelf", "id_"), ENTRIES)
def test_a_french_file_is_the_english_one_under_french_ids(shelf: str, id_: str) -> None:
    assert canon(plain(shelf, id_, french=True)) == canon(plain(shelf, id_, french=False))


@pytest.mark.parametrize(("shelf", "id_"), ENTRIES)
def test_no_id_of_a_french_file_is_english(shelf: str, id_: str) -> None:
    kind = _FILES[type(getattr(catalog, shelf)[id_])]
    words = {*free(plain(shelf, id_, french=True), level_of(kind))}
    facts = {
        word for word in words if "." in word or word in {"author", "earlier", "open", "roles"}
    }
    assert words - facts <= {*IDS.values(), *SAME, "c", "t"}


def test_names_that_somebody_chose_stay_and_a_role_of_a_site_is_named_after_it() -> None:
    roles = {"web-referent desk": {"requires": ["desk"]}, "owner": {}, "sales": {}}
    data = {"team": "crisis", "roles": roles}
    assert ids_in_french(data, Team, {"crisis", "desk"}) == {
        "team": "crisis",
        "roles": {
            "référent-web desk": {"based on": "web-referent desk", "requires": ["desk"]},
            "décideur": {"based on": "owner"},
            "ventes": {"based on": "sales"},
        },
    }
    assert ids_in_french({"team": "crisis"}, Team) == {"team": "crise"}
    assert ids_in_french({"languages": {"it": 1}}, Needs) == {"languages": {"it": 1}}


def test_each_id_has_a_french_of_its_own_where_it_may_stand_beside_another() -> None:
    alike = [french for french in IDS.values() if [*IDS.values()].count(french) > 1]
    assert {*alike} == {"personnel"}  # what people say of an act, and whose account it is on


def test_what_a_closed_list_has_a_french_for_is_called_the_same_as_an_id() -> None:
    assert {id_: VALUES.get(id_, french) for id_, french in IDS.items()} == dict(IDS)
