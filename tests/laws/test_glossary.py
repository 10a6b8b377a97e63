"""One word means one thing: the glossary and the sentences, English and French, agree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmcore.base.language import HINTS, PROBLEMS, SENTENCES, THINGS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \| [^|]+? \|$", re.MULTILINE)
WRITTEN = re.compile(r"\{[^}]*\}|`[^`]*`")

#: What is never said, and stands in the glossary with what is said instead.
NOT_ENGLISH = (
    r"\bhats?\b|\b(wears?|wore|worn)\b|for want of|\black(s|ed|ing)?\b|\btells\b|held against"
    r"|\b(deal|deals|dealt)\b|\banew\b|\bwhence\b|\bmend(s|ed)?\b|\bso many\b|\(s\)"
)
NOT_FRENCH = (
    r"\bcasquettes?\b|\bmembres?\b|\bsièges?\b|\bguichets?\b|\broutes?\b|\bdiversité\b"
    r"|hors du champ|plan de crise|\brécit\b|\bfaute de\b|\bfut\b|au-dessus|\(s\)"
)
#: What pages and docstrings do not say either.
NOT_PROSE = (
    r"|\bunless (it is )?said\b|\bas it stands\b|\bas can be\b"
    r"|\b(some|no)body of the\b|\bwhat becomes of\b|\bsave (that|those|what|where|when|for)\b"
)
#: What is no prose in a page: front matter, blocks, comments, code and the targets of links.
NOT_TO_READ = re.compile(
    r"\A---\n.*?\n---\n|^( *)```.*?^\1```$|<!--.*?-->|`[^`]*`|\]\([^)]*\)|^::: .*?$",
    re.MULTILINE | re.DOTALL,
)
#: The second column of a glossary has the words of the other language.
OTHER_LANGUAGE = re.compile(r"^(\|[^|\n]*\|)[^|\n]*\|(?=[^|\n]*\|$)", re.MULTILINE)
#: Code -> the word that is a verb in it, or has another meaning there than in the glossary.
OTHERWISE = {
    "catalog condition": "condition",
    "check criticism kept next": "leave",
    "check mixed team next": "mix",
    "check networks covered next": "leave",
    "field author_kind": "author",
    "field need": "need",
    "field review": "review",
    "field target": "target",
    "incident act share": "share",
    "question 001.10": "figures",
    "request excused told": "need",
    "request why off": "duty",
    "review by": "review",
    "ruled out": "rule",
    "ruled out at most": "rule",
    "want few found": "need",
    "want few found else": "need",
    "want few there": "need",
    "want few together": "need",
}


Documented = ast.Module | ast.ClassDef | ast.FunctionDef


def terms() -> dict[str, tuple[str, ...]]:
    """Return the stems that the French of an English word may have, the longest word first."""
    rows = ROW.findall((DOCS / "glossary.md").read_text(encoding="utf-8"))[1:]
    found: dict[str, tuple[str, ...]] = {}
    for english, french in rows:
        shown = re.sub(r"\([^)]*\)", "", french).partition(",")[0]
        stems = tuple(stem(max(word.split(), key=len)) for word in shown.split("/"))
        if "(" not in english:  # a word that the glossary has in one sense only
            found[english] = stems
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


def stem(word: str) -> str:
    return word[: max(4, min(6, len(word) - 3))]


TERMS = terms()


def shown(column: int) -> Iterator[tuple[str, str]]:
    """Find all that is said in a language, each with its code."""
    yield from ((code, two[column]) for code, two in SENTENCES.items())
    for code, said in PROBLEMS.items():
        yield code, said.message[column]
        yield code, said.hint[column]
    yield from ((code, two[column]) for code, two in HINTS.items())
    for code, thing in THINGS.items():
        yield code, thing.name[column]
        yield code, thing.how[column]


def bare(text: str) -> str:
    """Take out of a sentence its parameters and what is to be written as it stands."""
    return WRITTEN.sub("·", text).casefold()


def used(english: str) -> Iterator[str]:
    """Find the words of the glossary in a sentence, a longer one before those within it."""
    left = bare(english)
    for word in TERMS:
        form = rf"{word[:-1]}(y|ies)" if word.endswith("y") else rf"{word}(s|es)?"
        left, count = re.subn(rf"\b{form}\b", "·", left)
        if count:
            yield word


def pages(language: str) -> Iterator[tuple[str, str]]:
    """Find the prose of every page, without the glossary's own table of refused words."""
    shown = [*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob("examples/*/README.md")]
    for path in shown:
        is_french = "fr" in path.relative_to(ROOT).parts
        if is_french == (language == "fr") and path.name != "CHANGELOG.md":
            text = re.split(
                r"^## (?:Words|Mots) ", path.read_text(encoding="utf-8"), flags=re.MULTILINE
            )
            yield str(path.relative_to(ROOT)), OTHER_LANGUAGE.sub(r"\1·|", text[0])


def documented(node: Documented) -> Iterator[Documented]:
    """Find what may have a docstring in a module, itself first: a look at all nodes takes long."""
    yield node
    for part in node.body:
        if isinstance(part, ast.ClassDef | ast.FunctionDef):
            yield from documented(part)


def docstrings() -> Iterator[tuple[str, str]]:
    """Find every docstring of the library, with the place of what has it."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in documented(ast.parse(path.read_text(encoding="utf-8"))):
            if text := ast.get_docstring(node, clean=False):
                yield f"{path.relative_to(ROOT)}:{node.body[0].lineno}", text


def refused(texts: Iterator[tuple[str, str]], words: str) -> list[tuple[str, str]]:
    """Return what refused words stand in some texts, each with its place."""
    wrong = re.compile(words, re.IGNORECASE)
    prose = ((place, NOT_TO_READ.sub("·", text)) for place, text in texts)
    return [
        (place, text[max(0, found.start() - 40) : found.end() + 40])
        for place, text in prose
        for found in wrong.finditer(text)
    ]


@pytest.mark.parametrize(("column", "words"), [("English", NOT_ENGLISH), ("French", NOT_FRENCH)])
def test_no_sentence_has_a_word_that_the_glossary_refuses(column: str, words: str) -> None:
    said = shown(["English", "French"].index(column))
    found = {code: text for code, text in said if re.search(words, bare(text))}
    assert found == {}


def test_no_page_has_a_word_that_the_glossary_refuses() -> None:
    assert refused(pages("en"), NOT_ENGLISH + NOT_PROSE) == []
    assert refused(pages("fr"), NOT_FRENCH) == []


def test_no_docstring_has_a_word_that_the_glossary_refuses() -> None:
    assert refused(docstrings(), NOT_ENGLISH + NOT_PROSE) == []


def test_every_refused_word_is_named_in_the_glossary_with_what_is_said_instead() -> None:
    for page, mark in (("glossary.md", "## Words "), ("fr/glossaire.md", "## Mots ")):
        _, _, table = (DOCS / page).read_text(encoding="utf-8").partition(mark)
        rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", table, re.MULTILINE)[1:]
        words = NOT_ENGLISH + NOT_PROSE if page == "glossary.md" else NOT_FRENCH
        assert [wrong for wrong, _ in rows if not re.search(words, wrong, re.IGNORECASE)] == []
        assert [right for _, right in rows if re.search(words, right, re.IGNORECASE)] == []


def test_every_word_of_the_glossary_has_its_one_translation() -> None:
    found = {
        (code, word): (english, french)
        for code, (english, french) in SENTENCES.items()
        for word in used(english)
        if OTHERWISE.get(code) != word and not any(stem in bare(french) for stem in TERMS[word])
    }
    assert found == {}


def test_nothing_is_excused_in_vain() -> None:
    vain = {
        code: word
        for code, word in OTHERWISE.items()
        if code not in SENTENCES or word not in used(SENTENCES[code][0])
    }
    assert vain == {}
