"""Whatever goes wrong is said in French as it is in English, without a word of English."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmcore
from cmcore import Act, InvalidError, Outcome
from cmcore.base.codes import Code
from cmcore.base.errors import MissingExtraError, Problem, refuse
from cmcore.base.language import HINTS, PROBLEMS, SENTENCES, THINGS
from cmcore.base.said import Said, Words
from cmcore.base.shown import SAID, WORD, placeholders
from cmcore.charters import Example
from cmcore.strategies import problems

#: Words of English that are none of French.
ENGLISH = re.compile(
    r"\b(?:all|an|and|any|are|as|at|be|by|can|cannot|did|does|for|from|give|has|have|in|is|it|its"
    r"|leave|mean|must|no|not|of|one|only|or|out|say|than|that|the|there|they|this|to|was|what|when"
    r"|where|which|who|with|write|you|your|yes|line|problems?)\b",
    re.IGNORECASE,
)
#: What is written as it stands, whatever the language.
QUOTED = re.compile(r"`[^`]*`")
IMPOLITE = re.compile(r"\b(?:tu|ton|ta|tes|écris|donne|corrige|mets|enlève)\b", re.IGNORECASE)


def tables() -> Iterator[tuple[str, Words]]:
    """Yield all that is said of problems, each with its code."""
    for code, said in PROBLEMS.items():
        yield code, said.message
        yield code, said.hint
    yield from HINTS.items()
    for code, thing in THINGS.items():
        yield code, thing.name
        yield code, thing.how


def english_in(sentence: str) -> list[str]:
    """Return the words of English in a sentence, but for what it quotes."""
    return ENGLISH.findall(QUOTED.sub(" ", sentence))


def bare(sentence: str) -> str:
    """Take the parameters out of a sentence."""
    return re.sub(r"\{\w+[^{}]*\}", "`x`", sentence.replace("{{", "").replace("}}", ""))


def test_every_sentence_is_in_both_languages() -> None:
    assert [code for code, (english, french) in tables() if bool(english) != bool(french)] == []
    same = {english for _, (english, french) in tables() if english == french and english}
    assert same == {"{wanted:how}", "{reason:say system}"}


def test_french_asks_for_no_parameter_that_english_does_not() -> None:
    odd = {
        code: french
        for code, (english, french) in tables()
        if not {*placeholders(french)} <= {*placeholders(english)}
    }
    assert odd == {}


def test_no_sentence_in_french_has_a_word_of_english() -> None:
    found = {code: words for code, (_, said) in tables() if (words := english_in(bare(said)))}
    assert found == {}


def test_parameters_that_are_words_of_english_are_quoted_or_said_in_french() -> None:
    shown = {
        (code, name)
        for code, (_, french) in tables()
        for name, spec in placeholders(re.sub(r"`[^`]*`", "", french)).items()
        if not spec and name not in FIGURES
    }
    assert shown == set()


#: Parameters that are numbers, days, instants, or lists whose items are quoted.
FIGURES = {
    *("acts", "at", "by", "count", "criticism", "day", "days", "details", "due", "fields", "first"),
    *("found", "given", "kinds", "known", "last", "later", "least", "most", "moves", "named"),
    *("names", "number", "of", "one", "opened", "opens", "other", "other_version", "received"),
    *("review", "rules", "size", "stop"),
    *("times", "until", "version", "want", "wanted", "year", "years"),
}


#: What Python calls outcomes and effects where it says what is wrong with them.
CLOSED = re.compile(r"\b(?:outcome|effect|implied)\b")


def told_of_outcomes() -> Iterator[tuple[str, str]]:
    """Yield each parameter of a problem that is an outcome or an effect, with its code."""
    for file in sorted(Path(cmcore.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in {"Problem.of", "refuse"}:
                for told in call.keywords:
                    said = ast.unparse(told.value)
                    if CLOSED.search(said) and not said.endswith(".charter"):
                        yield ast.literal_eval(call.args[0]), str(told.arg)


def test_outcomes_and_effects_are_said_in_french_by_their_words() -> None:
    found = {*told_of_outcomes()}
    assert {"outcome-without-circuit", "circuit-not-asked"} <= {code for code, _ in found}
    shown = {one: placeholders(PROBLEMS[one[0]].message[1])[one[1]] for one in found}
    assert {one: spec for one, spec in shown.items() if spec != WORD} == {}


@pytest.mark.parametrize("outcome", [Outcome.COVERED, Outcome.FORBIDDEN])
def test_an_outcome_that_goes_to_no_circuit_is_said_in_french(outcome: Outcome) -> None:
    with pytest.raises(InvalidError) as told:
        Example(outcome, Act(kind="publish"), to={"desk"})
    said = told.value.text("fr")
    assert outcome.value not in said
    assert SENTENCES[outcome.value][1] in said


def test_sentences_in_french_are_polite() -> None:
    quoted = {code: QUOTED.sub("x", french) for code, (_, french) in tables()}
    assert {code: said for code, said in quoted.items() if IMPOLITE.search(said)} == {}


@given(problems())
def test_a_problem_is_said_in_french_whatever_its_parameters(problem: Problem) -> None:
    said = problem.text("fr")
    assert said
    assert "{" not in re.sub(r"`[^`]*`", "", said)


def test_every_code_is_said_in_french_with_what_is_near_and_known() -> None:
    more: list[dict[str, object]] = [{}, {"near": ("x1", "x2")}, {"known": ("x1",)}, {"write": "x"}]
    for code in get_args(Code):
        told = {name: _example(spec) for name, spec in specs(PROBLEMS[code]).items()}
        for given_too in more:
            text = Problem(code, ("x1", 3), params={**told, **given_too}).text("fr")
            assert english_in(text.replace("x1[3]", "")) == [], text


def specs(said: Said) -> dict[str, str]:
    """Return how each parameter is shown, in one language at least."""
    needed: dict[str, str] = {}
    for sentence in (*said.message, *said.hint):
        for name, spec in placeholders(sentence).items():
            needed[name] = spec or needed.get(name, "")
    return needed


def _example(spec: str) -> object:
    if spec in {"a", "how"}:
        return "number"
    if spec.startswith(SAID):
        start = f"{spec.removeprefix(SAID)} "
        return next(code for code in SENTENCES if code.startswith(start)).removeprefix(start)
    named: Mapping[str, object] = {
        WORD: "covered",
        ",": 12_345,
        "g": 0.5,
        "and": ("x1", "x2"),
        "or": ("x1",),
    }
    return named.get(spec, "x1")


def test_numbers_in_french_have_its_signs() -> None:
    told = Problem.of("too-many-lines", most=100_000).text("fr")
    assert told == "il y a plus de 100\u202f000 lignes (répartissez-les sur plusieurs fichiers)"
    assert "0,5" in Problem.of(
        "wrong-value", given=1, wanted="share", hint="false-alarms", most=0.5
    ).text("fr")


def test_errors_are_in_english_unless_they_are_asked_in_french() -> None:
    one = refuse("missing-key", "rules", 0, key="because")
    assert str(one) == "rules[0]: `because` is missing"
    assert one.text("fr") == "rules[0]\xa0: il manque `because`"
    missing = MissingExtraError("PyYAML")
    assert str(missing) == "`PyYAML` is not installed (run `pip install 'cmcore[yaml]'`)"
    assert missing.text("fr") == "`PyYAML` n’est pas installé (lancez `pip install 'cmcore[yaml]'`)"
    line = Problem.of("not-yaml").at_line(3)
    assert line.text("fr").startswith("ligne 3\xa0: ce n’est pas du YAML valable")


@given(st.sampled_from(sorted(SENTENCES)))
def test_every_sentence_of_the_tables_has_its_french(code: str) -> None:
    english, french = SENTENCES[code]
    assert bool(english) == bool(french)
