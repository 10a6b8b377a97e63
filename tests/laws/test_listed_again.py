"""Repeated entries: an entry that a list has already says nothing, and is never passed over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmcore import (
    Charter,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Playbook,
    Team,
    parse,
    unstructure,
)
from cmcore.codec.files import read_any
from cmcore.codec.places import listed_again

KINDS: Final = (Charter, Team, Needs, Playbook, Desk, Incident)
#: Lists of texts in which order counts, or an entry may come twice.
IN_ORDER: Final = {"between", "files", "columns", "rows"}
FEW: Final = settings(
    max_examples=max(settings().max_examples // 6, 5),
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)


def lists(data: Any, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], list[Any]]]:  # noqa: ANN401
    """Yield the lists of texts in plain data that are sets, with their places."""
    if isinstance(data, dict):
        for key, one in data.items():
            yield from lists(one, *path, key)
    elif isinstance(data, list):
        if data and all(isinstance(one, str) for one in data) and path[-1] not in IN_ORDER:
            yield path, data
        for index, one in enumerate(data):
            yield from lists(one, *path, index)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@FEW
@given(data=st.data())
def test_an_entry_that_comes_again_is_said_at_its_place_and_nothing_else(
    kind: type, data: st.DataObject
) -> None:
    plain: Any = unstructure(data.draw(st.from_type(kind)))
    assert _texts_again(plain) == []
    for path, many in lists(plain):
        many.append(many[0])
        assert _texts_again(plain) == [(*path, len(many) - 1)]
        many.pop()


def _texts_again(plain: Any) -> list[tuple[str | int, ...]]:  # noqa: ANN401
    """Return the places of texts that come again: conditions drawn by chance may as well."""
    found = (tuple(one.path) for one in listed_again(plain))
    known = {path for path, _ in lists(plain)}
    return [path for path in found if path[:-1] in known]


CHARTER: Final = """\
charter: c
circuits: {desk: [{ask: {role: r}}, {ask: {role: r}}]}
default: desk
"""
EXPECT: Final = "events: [e]\nexpect: [{id: a, of: publish, before: e, by: @}]\n"
RULE: Final = "rules: [{forbid: r, because: so, when: {@}}]\n"
MOVED: Final = "expect: [{id: a, same: lnk}, {id: b, of: bin, at least: 1 per week}]\n"
TEAM: Final = "team: t\nroles: [a]\nmembers: {ana: {@}}\n"
NEEDS: Final = "needs: n\nseats: {a: 1, b: 1, c: 1}\n@\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (CHARTER + "events: [e, e]\n", ("events", 1)),
        (CHARTER + EXPECT.replace("@", "[3 d, 30 min, 3 d]"), ("expect", 0, "by", 2)),
        (CHARTER + RULE.replace("@", "topics: [a, b, a]"), ("rules", 0, "when", "topics", 2)),
        (CHARTER + RULE.replace("@", "any: [{kind: reply}, {kind: reply}]"),
         ("rules", 0, "when", "any", 1)),
        (TEAM.replace("@", "roles: [a, a]"), ("members", "ana", "roles", 1)),
        (TEAM.replace("@", "leaves: [2026-01-01, 2026-01-01]"), ("members", "ana", "leaves", 1)),
        (NEEDS.replace("@", "mix: [{of: trade, least: 2}, {least: 2, of: trade}]"), ("mix", 1)),
        (NEEDS.replace("@", "separation: [[a, b], [a, c], [b, a]]"), ("separation", 2)),
        (CHARTER + RULE.replace("@", "any: [{kind: [reply, quote]}, {kind: [quote, reply]}]"),
         ("rules", 0, "when", "any", 1)),
        (CHARTER + RULE.replace("@", "duration: {between: [1 h, 1 h]}"), None),
        (CHARTER, None),
    ],
    ids=("events", "by", "topics", "any", "roles", "leaves", "mix", "pairs", "words", "range",
         "stages"),
)  # fmt: skip
def test_checking_a_file_warns_of_what_is_listed_twice(
    text: str, place: tuple[str | int, ...] | None, tmp_path: Path
) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    _, found, _ = read_any(file)
    assert [(one.code, tuple(one.path)) for one in found] == [("listed-again", place)][
        : bool(place)
    ]
    assert all(one.line is not None for one in found)


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        (Charter, CHARTER + MOVED, ("expect", 1, "of")),
        (Needs, NEEDS.replace("@", "hours: [Mom, {week: always, role: ''}]"), ("hours", 1, "role")),
    ],
    ids=("expectations", "hours"),
)  # fmt: skip
def test_a_part_that_does_not_read_moves_no_other(
    kind: type, text: str, place: tuple[str | int, ...]
) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(text, kind, format="yaml")
    assert place in [tuple(one.path) for one in caught.value.problems]


@pytest.mark.parametrize("form", ["json", "yaml", "toml"])
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_empty_in_every_form(text: str, form: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(text, Charter, format=form)
    assert [one.code for one in caught.value.problems] == ["empty-document"]


def test_a_kind_of_ones_own_is_in_small_letters_as_acts_name_it() -> None:
    with pytest.raises(InvalidError, match="write `open-account`"):
        parse(f"{CHARTER}kinds: {{Open-account: {{en: o, fr: o}}}}", Charter, format="yaml")


def test_a_flag_is_shown_as_it_is_written() -> None:
    with pytest.raises(InvalidError, match="`true` is not a mapping"):
        parse(f"{CHARTER}kinds: true", Charter, format="yaml")
