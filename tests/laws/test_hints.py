"""Hints can be followed: what they say to write makes the problem go away, and brings no other."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cmcore import Charter, Incident, InvalidError, Needs, Playbook, parse, structure
from cmcore.base import Problem
from cmcore.codec.documents import parse_document

CHARTER: Final = """\
charter: shop
version: 1
zone: Europe/Paris
target: 0.9
volume: {publish: 5 in 1 d}
labels: {score: number, mood: [calm, angry]}
circuits:
  desk: [{ask: {role: lead}, within: 2 h, need: any, else: escalate}]
default: desk
rules:
  - permit: daily
    when:
      any: [{kind: [publish, share]}, {topics: {only: [blog, event]}}]
      text.length: {below: 280}
      recent.publish: {more than: 3 in 1 h}
      local.weekday: {one of: [mon, tue]}
      score: 3
    because: Everyday posts go out.
    note: For the team.
  - refer: angry
    to: desk
    when: {not: {mood: calm}}
    because: Somebody else reads it.
"""
INCIDENT: Final = """\
incident: lamps
zone: Europe/Paris
scale: [watch, {level: serious, when: {messages: 10}}]
events:
  - {inbound: m, at: 2026-03-02T11:00+01:00, tolerance: 10 min, by: ana, criticism: yes}
  - {opened: o, at: 2026-03-02T12:00+01:00}
  - {signal: s, at: 2026-03-02T13:00+01:00, measure: messages, number: 12}
  - {reply: a, at: 2026-03-02T14:00+01:00, about: m, text: Soon.}
  - {publish: b, at: 2026-03-02T15:00+01:00, about: m, network: bluesky}
"""
PLAYBOOK: Final = """\
playbook: small
zone: Europe/Paris
duties:
  - {answer: word, within: 2 h, escalate: {to: boss, after: 30 min}, acts: [publish, reply]}
  - {keep criticism: stays, acts: [delete, hide]}
"""
NEEDS: Final = """\
needs: small
zone: Europe/Paris
seats: {analyst: 1}
languages: {fr: 1}
"""
FILES: Final[list[tuple[type[Any], str]]] = [
    (Charter, CHARTER),
    (Incident, INCIDENT),
    (Playbook, PLAYBOOK),
    (Needs, NEEDS),
]
#: What people write for a word.
OTHERWISE: Final = {
    "publish": ["tweet", "post", "publier"],
    "share": ["retweet"],
    "reply": ["répondre"],
    "delete": ["supprimer", "remove"],
    "hide": ["masquer"],
    "mon": ["lun", "monday"],
    "tue": ["mardi"],
    "any": ["or"],
    "not": ["unless"],
    "Europe/Paris": ["Europe/Pari", "CEST"],
}

Place = tuple[Any, ...]


def places(data: Any, path: Place = ()) -> Iterator[Place]:  # noqa: ANN401 - plain data
    """Yield the place of each value."""
    if path:
        yield path
    if not isinstance(data, dict | list):
        return
    for step, one in data.items() if isinstance(data, dict) else enumerate(data):
        yield from places(one, (*path, step))


def value_at(data: Any, path: Place) -> Any:  # noqa: ANN401
    for step in path:
        data = data[step]
    return data


def put(data: Any, path: Place, new: Any) -> Any:  # noqa: ANN401
    made = deepcopy(data)
    value_at(made, path[:-1])[path[-1]] = new
    return made


def renamed(data: Any, path: Place, new: str) -> Any:  # noqa: ANN401
    """Return the data with a key of another name, in its old place."""
    made = deepcopy(data)
    item = value_at(made, path[:-1])
    pairs = [(new if key == path[-1] else key, one) for key, one in item.items()]
    item.clear()
    item.update(pairs)
    return made


def problems(data: Any, kind: type[Any]) -> tuple[Problem, ...]:  # noqa: ANN401
    try:
        structure(data, kind)
    except InvalidError as error:
        return error.problems
    return ()


def typo(word: str, at: int) -> str:
    """Return a word with two letters in each other's place."""
    at %= max(1, len(word) - 1)
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def wrongs(data: Any, path: Place) -> Iterator[Any]:  # noqa: ANN401
    """Yield the data as people may write it wrongly at a place."""
    told, key = value_at(data, path), path[-1]
    if isinstance(key, str):
        yield from (renamed(data, path, typo(key, at)) for at in range(1, 4) if len(key) > 3)
        yield from (renamed(data, path, other) for other in OTHERWISE.get(key, ()))
    if isinstance(told, str):
        yield from (put(data, path, other) for other in OTHERWISE.get(told, ()))
        number, _, unit = told.partition(" ")
        if number.isdigit() and unit in {"h", "min"}:
            yield from (put(data, path, int(number)), put(data, path, number))
        if " in 1 " in told:
            yield put(data, path, told.replace(" in 1 h", " per hour").replace(" in 1 d", " a day"))
    if isinstance(told, int | float) and not isinstance(told, bool) and key != "version":
        yield from (put(data, path, f"{told:.2f}".replace(".", ",")), put(data, path, str(told)))
        yield put(data, path, f"{100 * told:g}%")
    if isinstance(told, dict) and len(told) == 1:
        ((op, one),) = told.items()
        yield put(data, path, f"< {one}" if op == "below" else one)


def followed(data: Any, problem: Problem) -> Any | None:  # noqa: ANN401
    """Return the data as the hint says to write it; None where it says nothing to write."""
    path, params = problem.path, problem.params
    if "near" in params:
        new = str(params["near"][0])  # type: ignore[index]
        if problem.code in {"unknown-key", "unknown-fact", "unknown-op", "odd-space"}:
            return renamed(data, path, new)
        if problem.code in {"no-event", "no-duty"}:
            key = next((k for k in value_at(data, path) if typo_or_other(k, new)), None)
            return None if key is None else renamed(data, (*path, key), new)
        told = value_at(data, path)
        wrong = params.get("value", params.get("given", params.get("kind", told)))
        if isinstance(told, list):
            return put(data, path, [new if one == wrong else one for one in told])
        return put(data, path, new)
    if "write" in params:
        return put(data, path, parse_document(str(params["write"]), "yaml"))
    return None


def typo_or_other(key: str, new: str) -> bool:
    return sorted(key) == sorted(new) or key in OTHERWISE.get(new, ())


def told(found: tuple[Problem, ...]) -> set[tuple[str, Place]]:
    return {(one.code, one.path) for one in found}


@given(st.sampled_from(FILES), st.data())
def test_what_a_hint_says_to_write_mends_its_problem_and_brings_no_other(
    file: tuple[type[Any], str], data: st.DataObject
) -> None:
    kind, text = file
    sound = parse_document(text, "yaml")
    path = data.draw(st.sampled_from(list(places(sound))))
    many = [wrong for wrong in wrongs(sound, path) if problems(wrong, kind)]
    assume(many)
    wrong = data.draw(st.sampled_from(many))
    found = problems(wrong, kind)
    for problem in found:
        mended = followed(wrong, problem)
        if mended is not None:
            after = told(problems(mended, kind))
            assert (problem.code, problem.path) not in after, (str(problem), mended)
            assert after <= told(found) or len(after) < len(found), (str(problem), after)


def all_wrongs() -> list[Any]:
    return [
        (kind, wrong)
        for kind, text in FILES
        for path in places(parse_document(text, "yaml"))
        for wrong in wrongs(parse_document(text, "yaml"), path)
        if problems(wrong, kind)
    ]


def test_most_of_these_mistakes_are_mended_by_their_hints() -> None:
    many = all_wrongs()
    hinted = sum(any(followed(wrong, one) is not None for one in problems(wrong, kind))
                 for kind, wrong in many)  # fmt: skip
    assert hinted / len(many) > 0.9


@pytest.mark.parametrize(
    ("kind", "old", "new", "hint"),
    [
        (Charter, "0.9", "95%", "write `0.95`"),
        (Charter, "0.9", "0,95", "write `0.95`"),
        (Charter, "0.9", '"0.9"', "take off the quotes"),
        (Charter, "{below: 280}", '"< 280"', "write `{below: 280}`"),
        (Charter, "within: 2 h", "within: 48", "write `48 h`, or another unit"),
        (Charter, "within: 2 h", 'within: "48"', "write `48 h`, or another unit"),
        (Incident, "10 min", "15", "write `15 h`, or another unit"),
        (Incident, "number: 12", "number: many", "is not a number"),
        (Charter, "      score: 3", "      because: Why.", "it belongs beside `when`"),
        (Charter, "any: [", "or: [", "did you mean `any`?"),
        (Charter, "any: [", "and: [", "write the keys side by side, or `all` before a list"),
        (Charter, "not:", "unless:", "did you mean `not`?"),
        (Charter, "Europe/Paris", "PST", "did you mean `America/Los_Angeles`?"),
        (Charter, "Europe/Paris", "localtime", "such as `Europe/Paris`"),
        (Charter, "[blog, event]", "blog, event", "brackets: `only: [blog, event]`"),
        (Charter, "{below: 280}", "{below: 280, or}", "a number cannot be asked `or`"),
        (Charter, "5 in 1 d", "3 per hour", "write `3 in 1 h`"),
        (Charter, "{more than: 3 in 1 h}", "3 tweets per hour", "`{more than: 3 in 1 h}`"),
        (Charter, "because: Every", "because: #KEPs every", "`#` begins a comment here"),
        (Charter, "      score: 3", "      text: #Promo", "`#` begins a comment here"),
        (Charter, "    because", "\u00a0\u00a0\u00a0\u00a0because", "holds U+00A0"),
        (Charter, "because:", "because\u00a0:", "holds U+00A0"),
        (Charter, "[mon, tue]", "lun", "did you mean `mon`?"),
        (Incident, "publish: b", "tweet: b", "did you mean `publish`?"),
        (Incident, "publish: b", "zzz: b", "one of `inbound`"),
        (Charter, "[publish, share]", "[tweet, retweet]", "did you mean `share`?"),
        (Charter, "{role: lead}", "lead", "write `{role: lead}`"),
        (Charter, "[publish, share]", "supprimer", "did you mean `delete`?"),
    ],
)
def test_what_was_told_wrongly_before(kind: type[Any], old: str, new: str, hint: str) -> None:
    text = next(text for one, text in FILES if one is kind)
    assert old in text
    with pytest.raises(InvalidError) as caught:
        parse(text.replace(old, new, 1), kind, format="yaml")
    assert any(hint in str(problem) for problem in caught.value.problems), str(caught.value)
    assert all(problem.line for problem in caught.value.problems)
