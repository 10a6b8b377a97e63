"""The tables of problems say what the code raises: the same codes, with the same parameters."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cmcore
from cmcore.base.language import GENERIC, HINTS, LANGUAGES, PROBLEMS, THINGS, Language
from cmcore.base.said import UNSAID
from cmcore.base.shown import placeholders

ROOT = Path(cmcore.__file__).parent
IN_TABLES = ("problems", "base/codes.py", "base/hints.py", "base/things.py", "base/said.py")
MODULES = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if not any(part in path.relative_to(ROOT).as_posix() for part in IN_TABLES)
]
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")


def sentences_of(*languages: Language) -> Iterator[tuple[str, str]]:
    """Yield the sentences of the tables in some languages, each with its code."""
    pairs = [(code, two) for code, said in PROBLEMS.items() for two in said[:2]]
    pairs += [*HINTS.items(), *((code, thing.how) for code, thing in THINGS.items())]
    columns = [LANGUAGES.index(language) for language in languages]
    yield from ((code, two[column]) for code, two in pairs for column in columns if two[column])


@cache
def nodes() -> dict[str, list[ast.AST]]:
    """Return what the modules are made of."""
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in MODULES}
    return {place: [*ast.walk(ast.parse(text))] for place, text in texts.items()}


def constants(node: ast.expr | None) -> set[str]:
    """Return the texts that an expression may stand for, as far as one can see."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return set()


def is_a_problem(function: ast.expr) -> bool:
    """Return whether this makes a problem of a code."""
    return isinstance(function, ast.Name | ast.Attribute) and ast.unparse(function) in {
        "Problem.of",
        "refuse",
    }


@cache
def raised() -> list[tuple[str, str, set[str], dict[str, ast.expr]]]:
    """Return where a problem is made of a code that one can see: place, code, hints, parameters."""
    found = []
    for place, there in nodes().items():
        for node in there:
            if isinstance(node, ast.Call) and is_a_problem(node.func):
                given = {named.arg: named.value for named in node.keywords if named.arg}
                hints = constants(given.pop("hint", None))
                found += [
                    (f"{place}:{node.lineno}", code, hints, given)
                    for code in constants(node.args[0])
                ]
    return found


def test_no_code_is_of_two_subjects() -> None:
    codes = Counter(code for table in PROBLEMS.tables.values() for code in table)
    assert [code for code, count in codes.items() if count > 1] == []
    assert {*codes} == {*PROBLEMS}


def test_codes_are_words_joined_by_hyphens() -> None:
    assert [code for code in (*PROBLEMS, *HINTS, *THINGS) if not KEBAB.fullmatch(code)] == []


#: Names that a sentence may begin with.
NAMES = frozenset({"AutoModerator", "Cedar", "Reddit"})


def test_sentences_are_lower_case_without_a_full_stop() -> None:
    sentences = [text for _, text in sentences_of(*LANGUAGES)]
    begun = [s for s in sentences if s[0].isupper() and s.split()[0] not in NAMES]
    assert begun == []
    assert [s for s in sentences if s.endswith(".") or s.count("`") % 2] == []


def test_every_code_of_the_tables_is_used() -> None:
    written = {
        node.value for there in nodes().values() for node in there if isinstance(node, ast.Constant)
    }
    assert [code for code in (*PROBLEMS, *HINTS, *THINGS) if code not in written] == []


def test_every_code_that_is_used_is_in_the_tables() -> None:
    unknown = [(place, code) for place, code, _, _ in raised() if code not in PROBLEMS]
    assert [one for one in unknown if KEBAB.fullmatch(one[1])] == []
    hints = [
        (place, hint) for place, code, many, _ in raised() for hint in many if code in PROBLEMS
    ]
    assert [(place, hint) for place, hint in hints if hint not in HINTS] == []


def test_the_parameters_are_those_of_the_sentence() -> None:
    assert [odd for one in raised() if one[1] in PROBLEMS and (odd := _odd(*one))] == []


def _odd(place: str, code: str, hints: set[str], given: dict[str, ast.expr]) -> str:
    said = PROBLEMS[code]
    own = {*placeholders(said.hint[0])}
    others = {name for hint in hints for name in placeholders(HINTS.get(hint, UNSAID)[0])}
    needed = {*placeholders(said.message[0])} | (others if hints else own)
    missing, idle = needed - {*given}, {*given} - needed - own - GENERIC
    return f"{place} {code}: missing {missing}, idle {idle}" if missing or idle else ""
