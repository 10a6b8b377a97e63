"""A charter that was a file of AutoModerator decides as its rules do, or lets less through."""

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore import Act, Charter, InvalidError, decide, dump, parse
from cmcore.automoderator import lint_automoderator, read_automoderator
from cmcore.automoderator.charter import imported
from cmcore.automoderator.conditions import looked_for
from cmcore.automoderator.documents import MOST, documents
from cmcore.automoderator.lint import findings
from cmcore.automoderator.patterns import METHODS, joined, length_pattern, pattern_of
from cmcore.automoderator.rules import Search, rule_of
from cmcore.base.characters import visible
from cmcore.text.measures import compile_pattern

from .interpreter import AROUND, outcome, rules
from .posts import act_of, dressed, is_plain, post, values
from .samples import BAKERY, BROKEN

OUTCOMES = {"forbidden": "removed", "exception": "held", "covered": "out"}
CHARTER = imported(BAKERY).charter
AIMED = values(BAKERY)
RULES = rules(BAKERY)


def aim(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - no secret


def decided(charter: Charter, made: dict[str, Any]) -> str:
    return OUTCOMES[decide(charter, act_of(made, dict(charter.labels))).outcome]


@example(152)  # an address of blanks alone
@given(st.integers(0, 10**9))
def test_agreement_a_post_fares_as_the_written_semantics_say(seed: int) -> None:
    made = post(AIMED, aim(seed))
    found = decided(CHARTER, made)
    assert found == outcome(RULES, made) or (found == "held" and not is_plain(made))


@given(st.integers(0, 10**9), st.sampled_from(["is_moderator", "title", "post_type", "reports"]))
def test_uncertainty_what_is_not_known_of_a_post_never_lets_it_through(
    seed: int, name: str
) -> None:
    made = post(AIMED, aim(seed))
    labels = {one: label for one, label in CHARTER.labels.items() if one != name}
    found = OUTCOMES[decide(CHARTER, act_of(made, labels)).outcome]
    assert found in {"held", outcome(RULES, made)}


@given(st.integers(0, 10**9))
def test_uncertainty_no_character_lets_through_what_automoderator_stops(seed: int) -> None:
    for draw in range(8):
        _no_character_lets_through(aim(seed + draw))


def _no_character_lets_through(random: Random) -> None:
    made = post(AIMED, random)
    for thing in (made, made.get("parent_submission", {})):
        for name in ("title", "body", "url", "flair_text"):
            if thing.get(name):
                thing[name] = dressed(thing[name], random)
    found = decided(CHARTER, made)
    assert found in {"held", "removed"} if outcome(RULES, made) != "out" else True


@pytest.mark.parametrize(
    ("check", "text", "expected"),
    [
        ("~title: cake\naction: remove", "\U0001d41c\U0001d41a\U0001d424\U0001d41e", "held"),
        ("~title: cake\naction: remove", "a cake", "out"),
        ("title (regex): '[^a-z ]'\naction: remove", "\U0001d41c\U0001d41a", "held"),
        ("title: cake\naction: remove", "cake\u2122", "held"),
        ("title: cake\naction: remove", "\U0001d41c\U0001d41a\U0001d424\U0001d41e", "removed"),
        ("title: cake\naction: approve", "\U0001d41c\U0001d41a\U0001d424\U0001d41e", "held"),
        ("title: cake\naction: approve", "cake", "out"),
        ("~title: cake\naction: approve", "pie\u2122", "held"),
        ("body_longer_than: 2\naction: approve", "pie\u2122", "held"),
        ("body_shorter_than: 2\naction: remove", "pie\u2122", "held"),
        ("author: {name: cake}\naction: approve", "pie\u2122", "held"),
        ("~author: [cake]\ntitle: x\naction: remove", "pie", "out"),
        ("author: {flair_css_class: [cake]}\naction: remove", "pie\u2122", "out"),
        ("id+title: cake\naction: remove", "cake\u2122", "held"),
        ("title (regex): '^\\s+$'\naction: remove", " \n", "held"),
        ("crosspost_subreddit: {~name: [x]}\naction: filter", "pie", "out"),
        ("parent_submission: {~title: [x]}\naction: remove", "pie", "out"),
    ],
)
def test_a_text_in_other_letters_is_looked_at(check: str, text: str, expected: str) -> None:
    made = {**post([], aim(1)), "kind": "submission", "type": "text", "title": text, "url": None}
    made |= {"body": text, "domain": "self.bread", "flair_text": "", "spam_filtered": True}
    made["author"] |= {"is_moderator": False, "banned": False}
    assert decided(imported(check).charter, made) == expected


def test_round_trip_the_charter_is_a_file_like_any_other() -> None:
    assert parse(dump(CHARTER), Charter, format="yaml") == CHARTER


@pytest.mark.parametrize(
    ("check", "made", "expected"),
    [
        ("title (regex): ['(?<=a)b']", {}, "held"),
        ("title (regex): ['(a)\\1']", {}, "held"),
        ("title (regex): ['(?<=a)b', cake]", {"title": "cake"}, "removed"),
        ("titel: cake", {}, "held"),
        ("standard: image hosting sites", {}, "held"),
        ("ignore_blockquotes: true\nbody: cake", {}, "held"),
        ("ignore_blockquotes: true\nbody_longer_than: 3", {}, "held"),
        ("body_longer_than: 100000", {}, "held"),
        ("crosspost_author: somebody", {"type": "crosspost"}, "held"),
        ("title (regex): ['[^a]b']\ntitle#2: cake", {"title": "pie"}, "out"),
        ("title: \U0001d41b", {}, "held"),
    ],
)
def test_what_a_charter_cannot_say_is_unknown_and_somebody_looks(
    check: str, made: dict[str, Any], expected: str
) -> None:
    one = {**post([], aim(1)), "kind": "submission", "type": "text", "title": "a", "url": None}
    one |= {"body": "some words", "domain": "self.bread", "flair_text": "", **made}
    one["author"] |= {"is_moderator": False, "banned": False}
    read = imported(f"type: submission\n{check}\naction: remove")
    assert read.rules[0].left
    assert decided(read.charter, one) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [b", "held"),  # it might be any rule
        ("body: a\naction: destroy", "held"),  # it might do anything
        ("- title: a", "out"),  # AutoModerator passes over it
        ("action: remove", "out"),
        ("title: a", "out"),
        ("author: {account_age: < 0}\naction: remove", "out"),
        ("body_longer_than: -1\naction: remove", "removed"),
        ("body_shorter_than: 0\naction: remove", "out"),
        ("author: {contributor_quality: < lowest}\naction: remove", "out"),
        ("author: {contributor_quality: '> high'}\naction: remove", "removed"),
        ("author: {contributor_quality: low}\naction: filter", "out"),
        ("crosspost_subreddit: {name: x}\naction: filter", "out"),
        ("parent_submission: {action: report, action_reason: x}\ntype: comment", "out"),
        ("body: a\naction: filter\n---\nbody: a\naction: remove", "held"),
        ("body: a\naction: remove\n---\nbody: a\naction: filter", "removed"),
        ("body: a\naction: remove\n---\nbody: a\npriority: 1\naction: filter", "held"),
        ("author: {is_submitter: false}\naction: approve\n---\nbody: a", "out"),
        ("body_longer_than: 3\naction: approve\ntype: submission", "out"),
        ("title: 0\naction: remove\ntype: submission", "out"),
        ("author: {'~flair_text (regex)': '.*'}\naction: remove", "out"),
        ("~body: z\naction: approve\ntype: submission", "out"),
        ("title: []\naction: approve\ntype: submission", "out"),
        ("body: a\naction: spam", "removed"),
        ("body: []\naction: remove", "removed"),
        ("body: A\naction: remove", "removed"),
        ("body (case-sensitive): A\naction: remove", "out"),
        ("body (regex): A\naction: remove", "removed"),
        ("body (regex, case-sensitive): A\naction: remove", "out"),
        (
            "body: a\naction: filter\n---\nbody: z\naction: filter\n---\nbody: a\naction: remove",
            "held",
        ),
        ("author: {account_age: '> 500 days'}\naction: remove", "out"),
        ("author: {account_age: '> 400 days'}\naction: remove", "removed"),
    ],
)
def test_what_becomes_of_a_comment(text: str, expected: str) -> None:
    made = {**post([], aim(2)), "kind": "comment", "type": "", "body": "a", "is_edited": False}
    made["spam_filtered"] = False
    made["author"] |= {"is_moderator": False, "contributor_quality": "highest"}
    made["author"]["account_age"] = 450
    assert decided(imported(text).charter, made) == expected


@pytest.mark.parametrize(
    ("author", "asked"),
    [
        ("{name: [baker]}", False),
        ("{name: [baker], comment_karma: '> 5'}", True),
        ("{comment_karma: '> 5'}", True),
    ],
)
def test_only_those_named_alone_are_approved_though_they_are_banned(
    author: str, *, asked: bool
) -> None:
    made = imported(f"author: {author}\naction: approve").charter
    assert ("author_banned" in made.labels) == asked


@pytest.mark.parametrize("wrong", [
    "action: lock", "action: {a: b}", "type: coment\naction: approve",
    "priority: high\naction: remove",
    "moderators_exempt: perhaps\naction: report",
    "author: {satisfy_any_threshold: x, post_karma: < 9}\naction: remove",
])  # fmt: skip
def test_a_rule_of_which_nobody_knows_what_it_does_has_a_moderator_look(wrong: str) -> None:
    read = imported(f"title: [cake]\n{wrong}")
    (one,) = read.rules
    assert read.safe == (one,)
    assert {problem.code for problem in one.left} == {"automod-bad-value"}
    assert one.action
    assert [str(rule.effect) for rule in read.charter.rules] == ["refer", "permit"]


def test_a_bad_value_beside_no_action_decides_nothing() -> None:
    (one,) = imported("title: [cake]\npriority: high\ncomment: Hm").rules
    assert one.id is None


@pytest.mark.parametrize("value", ["[a-z]", "['[a-z]']", "[lottery]", "[pre-war]"])
def test_brackets_that_are_meant_as_a_list_are_no_finding(value: str) -> None:
    method = "includes" if value == "[a-z]" else "regex"
    assert findings(f"title ({method}): {value}\naction: filter") == []


@pytest.mark.parametrize("more", ["", "crosspost_author: {name: [a]}"])
def test_nothing_is_asked_twice(more: str) -> None:
    asked = f"type: crosspost submission\ncrosspost_subreddit: {{name: [bread]}}\n{more}"
    charter = imported(f"{asked}\naction: remove").charter
    assert dump(charter).count("post_type: crosspost") == 1


def test_what_a_rule_does_besides_is_noted() -> None:
    note = {rule.id: rule.note for rule in CHARTER.rules}
    assert note["rule-2"] == "comment"
    assert note["rule-8"] == "parent_submission: set_flair"
    assert CHARTER.rule("rule-1").because == "Not about bread"
    assert CHARTER.rule("rule-1").source == "line 3"


def test_reasons_are_in_the_language_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("title: a\naction: remove", encoding="utf-8")
    assert (
        read_automoderator(file, language="fr").charter.rules[0].because
        == "Règle 1 d’AutoModerator."
    )


# -------------------------------------------------------------------------------------- patterns

ALPHABET = "abé_ .!([x\n"
PIECES = [
    *("a", "é", "b?", r"\b", r"\B", "(a|_)", "[ab]+", r"\W*", r"\w", ".", "^", "$", "(x|)"),
    *(r"\s", r"[^\W_]", "a{2}", "(?:a|!)?", r"[\W_]", r"\d", r"\S", r"\D", "[a-c]", "[ !]"),
    r"(b\b)?",
]


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=4),
    method=st.sampled_from(sorted(METHODS)),
    caseless=st.booleans(),
    text=st.text(ALPHABET, max_size=6),
)
def test_agreement_an_expression_is_found_where_python_finds_it(
    pieces: list[str], method: str, *, caseless: bool, text: str
) -> None:
    value = "".join(pieces)
    try:
        wanted = re.compile(AROUND[method] % f"({value})", re.DOTALL | re.IGNORECASE * caseless)
        ways = pattern_of(value, method, is_regex=True, caseless=caseless)
    except (re.error, InvalidError):
        return
    found = any(compile_pattern(one).search(text) for one in joined(ways, caseless=caseless))
    assert found == bool(wanted.search(text))


@given(
    st.text(ALPHABET, max_size=3), st.sampled_from(sorted(METHODS)), st.text(ALPHABET, max_size=6)
)
def test_agreement_a_text_is_found_where_python_finds_it(
    value: str, method: str, text: str
) -> None:
    ways = pattern_of(value, method, is_regex=False, caseless=False)
    found = any(compile_pattern(one).search(text) for one in joined(ways, caseless=False))
    wanted = re.compile(AROUND[method] % f"({re.escape(value)})", re.DOTALL)
    assert found == bool(wanted.search(text))


@given(st.integers(1, 30), st.text("ab .!\n", max_size=40))
def test_a_length_leaves_out_blanks_and_signs_at_both_ends(least: int, text: str) -> None:
    found = compile_pattern(length_pattern(least)).search(text)
    assert (found is not None) == (len(re.sub(r"^\W+|\W+$", "", text)) >= least)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"\x41\u00e9\U00000042\011?", "AéB"),
        (r"\p{Lu}\P{L}\p{^N}[\p{Pi}\p{L}]", "A.bc"),
        (r"(?#a note)a(?P<n>b)(?i:C)(?-i:d)", "abcd"),
        (r"[]a][^]b]", "]c"),
        (r"[\b\t\x41-\x43][\w\-\s]", "A "),
        (r"a\Z", "a"),
        (r"[\u4e00-\u9fff\u3000-\uffff]", "中"),
        (r"[^\W\d]", "a"),
        (r"a{,2}b{x}", "ab{x}"),
        (r"\*\+(?s)(?u)a??", "*+"),
        (r"[…a]", "a"),
    ],
)
def test_an_expression_of_its_own_kind_is_read(value: str, text: str) -> None:
    ways = pattern_of(value, "includes", is_regex=True, caseless=True)
    assert any(compile_pattern(one).search(visible(text)) for one in joined(ways, caseless=True))


@pytest.mark.parametrize(
    "value",
    [
        *("(?=a)", r"(a)\1", "(?x)a", "a++", "a**", r"\q", "\\", r"\p{Xx}", "[^\\D]", "(" * 60),
        *("a" * 3000, "a$b", r"\U00ffffff", "[…]", "…", "a{2,1}", "a{9999}", "(a", "a)", "[a"),
        *("*a", "(^)*", r"[\w-z]", "[b-a]", "[", r"(\ba)*b", r"\B", "[①-⑨]", "(a?b?c?d?e?f?)+\\b"),
        *(r"[^a]\b", "(?<=a)b", "^*", "(?<!a)b", r"\bx$\b^y"),
    ],
)
def test_what_re2_cannot_look_for_is_refused(value: str) -> None:
    with pytest.raises(InvalidError, match="cannot be looked for"):
        pattern_of(value, "includes-word", is_regex=True, caseless=True)


TEXTS = [
    "",
    "a",
    "é",
    "ab",
    "a b",
    "éa",
    "a!",
    "!a",
    "a\n",
    "_a",
    "ba",
    "aab",
    "b c",
    "(a)",
    " a ",
    "x",
]
EXPRESSIONS = [
    *("", r"\b", "^", "$", r"^\Z", r"\ba\b", r"a\Bb", r"\Ba", r"a\B", r"(\ba)", r"(\ba)?b"),
    *(r"(?:\ba){1}", r"\b(a|!)", r"(?:ab)+\b", r"(?:a|!)+\b", r"(a!?)+\b", r"a^b", r"a\bb"),
    *(r"!\b\bb", r"a\Zb", r".\b", r"\W*^a$", "(^|b)a($|b)", r"\b\Ba", r"[ab!]\b", r"^\b"),
    *(r"\w+!?\b", r"a{0}b"),
]
LONG = ", ".join(f"word{n}" for n in range(700))


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("value", EXPRESSIONS)
def test_agreement_an_expression_with_places_is_found_where_python_finds_it(
    value: str, method: str
) -> None:
    wanted = re.compile(AROUND[method] % f"({value})", re.DOTALL)
    try:
        ways = pattern_of(value, method, is_regex=True, caseless=False)
    except InvalidError:
        assert "\\b" in value or "\\Z" in value or "^" in value
        return
    found = [any(compile_pattern(p).search(t) for p in joined(ways, caseless=False)) for t in TEXTS]
    assert found == [bool(wanted.search(text)) for text in TEXTS]


def test_a_long_list_makes_several_patterns_of_which_one_may_be_refused() -> None:
    rule = rule_of(documents(f"title (includes, regex): [{LONG}, '(a{{900}}){{900}}']")[0], 1)
    assert rule
    patterns, problems = looked_for(next(one for one in rule.checks if isinstance(one, Search)))
    assert len(patterns) > 1
    assert [problem.line for problem in problems] == [1]


# ------------------------------------------------------------------------------------------ lint


def expected() -> list[tuple[int, str]]:
    """Return the line of each finding that the sample announces, and its code."""
    return [
        (number, code)
        for number, line in enumerate(BROKEN.splitlines(), 1)
        for code in line.partition("# ")[2].split()
    ]


def test_each_fault_is_found_on_its_line_and_no_other() -> None:
    found = {(problem.line or 0, problem.code) for problem in findings(BROKEN)}
    assert sorted(found) == sorted(expected())


def test_a_file_without_faults_has_none(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(BAKERY, encoding="utf-8")
    codes = [problem.code for problem in lint_automoderator(file)]
    assert codes == ["automod-never", "automod-empty"]


def test_what_is_never_found_is_quoted_as_it_is_written() -> None:
    text = 'author: {account_age: "= 2 years", post_karma: < -200}\naction: remove'
    assert [problem.params["given"] for problem in findings(text)] == ["= 2 years", "< -200"]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        (
            "title: a\naction: remove\n---\ntitle: a\nreports: 1\naction: remove",
            4,
            "automod-shadowed",
        ),
        ("title: a\naction: filter\n----\ntitle: b", 3, "too-many-dashes"),
        ("title: [a, help, ?]\naction: filter", 1, "automod-bare-sign"),
        ("title: [a, help, ?\naction: filter", 2, "bracket-missing"),
        ("title: [a, ?b\naction: filter" + " " * 2**16, 3, "bracket-missing"),
        ("title (regex): [\\u0400-\\u04ff]\naction: filter", 1, "automod-class-as-list"),
        ("title (regex): [^a-z0-9]\naction: filter", 1, "automod-class-as-list"),
        ("title: a\naction: filter\n---\ntitle: a\naction: remove", 4, "automod-never-acts"),
    ],
)
def test_a_rule_is_found_whose_posts_an_earlier_one_takes(text: str, line: int, code: str) -> None:
    assert [(problem.line, problem.code) for problem in findings(text)] == [(line, code)]


def test_an_expression_that_only_re2_cannot_read_is_no_fault() -> None:
    assert findings("title (regex): ['(?=a)b']\naction: filter") == []


def test_every_finding_is_said_in_french() -> None:
    for problem in findings(BROKEN):
        assert problem.text("fr") != problem.text("en")


# --------------------------------------------------------------------------------------- hostile


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 2_000_000, "text-too-long"),
        ("---\na: 1\n" * (MOST + 1), "automod-too-many"),
        (b"\xff\xfe", "not-utf"),
        ("a: \x00", "illegal-character"),
        ("title: [a]\naction: remove".encode("utf-16"), "not-utf"),
        ("title: [a]\naction: remove".encode("utf-16-le"), "not-utf"),
        ("", "automod-no-rules"),
        (" \n# title: [a]\n---\n---\n", "automod-no-rules"),
    ],
)
def test_a_hostile_file_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        documents(text)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: *b", "alias"),
        ("a: &b [*b, *b]", "anchor"),
        ("a: !!python/object:os.system x", "tag"),
        ("a: !x [b]", "tag"),
        ("[" * 100, "too-deep"),
        ("%TAG ! x\na: 1", "tag-line"),
        ("? [a]\n: 1", None),
        ("a: 2020-13-45\nb: 1_000\nc: 2020-01-01\nd: 0o8\ne: 1" + "0" * 5000, None),
    ],
)
def test_a_hostile_rule_is_told_where_it_stands(text: str, code: str | None) -> None:
    (document,) = documents(f"# first\n---\n{text}")
    assert [(problem.code, problem.line) for problem in document.problems] == [(code, 3)] * (
        code is not None
    )


@pytest.mark.parametrize(("text", "is_told"), [
    ("title: [a]\ncomment: Hello", True),
    ("- title", True),
    ("title: [a]\ncomment: Hello\n---\ntitle: [b]\naction: report", False),
    ("title: [a]\naction: approve", False),
])  # fmt: skip
def test_a_file_of_which_no_rule_decides_says_so(text: str, is_told: bool) -> None:  # noqa: FBT001
    codes = [problem.code for problem in findings(text)]
    assert ("automod-nothing-decided" in codes) is is_told
    assert is_told == (decide(imported(text).charter, Act(kind="publish")).outcome == "covered")


@given(st.text("ab:- \n[]{}'\"#&*!|>~%@`()+?\\", max_size=40))
def test_whatever_stands_in_a_file_a_charter_comes_of_it(text: str) -> None:
    try:
        documents(text)
    except InvalidError as error:
        assert [problem.code for problem in error.problems] == ["automod-no-rules"]  # noqa: PT017
        return
    assert imported(text).charter.rules
    assert all(problem.line for problem in findings(text))
