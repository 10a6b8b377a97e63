"""What is wrong with a file of AutoModerator, or otherwise than it looks."""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from cmcore.automoderator import fields
from cmcore.automoderator.charter import Found, as_charter, found_in
from cmcore.automoderator.conditions import as_text
from cmcore.automoderator.documents import Document, Leaf
from cmcore.automoderator.rules import Amount, Check, Rule, Search, in_order
from cmcore.automoderator.syntax import tree
from cmcore.base.asked import checked
from cmcore.base.errors import InvalidError, Problem
from cmcore.base.regex import regex
from cmcore.base.truth import Truth
from cmcore.charters.analysis.analyse import analyse
from cmcore.charters.charter import Charter
from cmcore.codec.bounds import read_bounded

#: What stands in a literal part of a domain that is never in one.
_NO_DOMAIN: Final = regex(r"[^A-Za-z0-9.\-\u0080-\U0010ffff]")
_CURLY: Final = regex(r"^[“”„«]|[“”«»]$")
#: Faults of an expression, whatever reads it.
_FAULTS: Final = frozenset(
    {
        *("missing )", "unexpected )", "missing ]", "no argument for repetition operator"),
        *("invalid repetition size", "invalid character class range"),
    }
)


#: What a charter cannot say, which is no fault of a file.
_NO_FAULTS: Final = frozenset({"automod-other-target", "automod-standard"})
#: How much work the analysis may be.
_WORK: Final = 300_000


@checked
def lint_automoderator(path: str | os.PathLike[str]) -> tuple[Problem, ...]:
    r"""Return what is wrong with a file of AutoModerator, or otherwise than it looks, line by line.

    Rules that never act because an earlier one takes all their posts are found by the analysis of
    the charter that the file is read as.

    Raises:
        InvalidError: the file is too large, or is no text.
        MissingExtraError: PyYAML or google-re2 is not installed.
        OSError: the file cannot be read.

    Examples:
        >>> from pathlib import Path
        >>> from cmcore.automoderator import lint_automoderator
        >>> _ = Path("automoderator.yaml").write_text("titel: [lottery]\naction: remove")
        >>> for problem in lint_automoderator("automoderator.yaml"):
        ...     print(problem)
        line 1: there is no field `titel` (did you mean `title`?)
    """
    with Path(path).open("rb") as stream:
        return tuple(findings(read_bounded(stream)))


def findings(text: str | bytes) -> list[Problem]:
    """Return what is wrong with the text of a file, line by line.

    Raises:
        InvalidError: the file is too large, or is no text.
        MissingExtraError: PyYAML or google-re2 is not installed.
    """
    return findings_in(found_in(text))


def findings_in(read: Sequence[Found]) -> list[Problem]:
    """Return what is wrong with the documents of a file, line by line."""
    found: list[Problem] = []
    for document, rule in read:
        found += _of_document(document) if rule is None else _of_rule(rule)
    charter = as_charter(read, plain=True).charter
    if len(charter.rules) == 1:  # the permit of all the rest
        found.append(Problem.of("automod-nothing-decided").at_line(1))
    found += _shadowed(read, charter)
    return sorted(dict.fromkeys(found), key=lambda problem: problem.line or 0)


def _of_document(document: Document) -> Iterator[Problem]:
    yield from document.problems
    if document.tree is not None:
        yield Problem.of("automod-not-a-rule").at_line(document.line)


def _of_rule(rule: Rule) -> Iterator[Problem]:
    yield from (problem for problem in rule.problems if problem.code not in _NO_FAULTS)
    if not rule.asks:
        yield Problem.of("automod-no-check").at_line(rule.line)
    if not rule.acts:
        yield Problem.of("automod-no-action").at_line(rule.line)
    for check in rule.checks:
        yield from _of_check(check)


def _of_check(check: Check) -> Iterator[Problem]:
    if isinstance(check, Amount):
        yield from _of_amount(check)
    if isinstance(check, Search):
        if not check.values:
            yield Problem.of("automod-empty", key=check.key).at_line(check.line)
        for leaf in check.values:
            yield from (problem.at_line(leaf.line) for problem in _of_value(check, leaf))


def _of_amount(check: Amount) -> Iterator[Problem]:
    reason = None
    if isinstance(check.amount, timedelta) and check.sign == "=":
        reason = "to the second"
    elif isinstance(check.amount, int) and check.key in fields.LEAST:
        least = fields.LEAST[check.key]
        is_less = check.amount < least or (check.sign == "<" and check.amount == least)
        reason = "below the least" if is_less and check.sign != ">" else None
    if reason:
        told = Problem.of("automod-never", key=check.key, given=check.written, reason=reason)
        yield told.at_line(check.line)


def _of_value(check: Search, leaf: Leaf) -> Iterator[Problem]:
    text = as_text(leaf)
    if not leaf.is_quoted and text != leaf.written:
        yield Problem.of("automod-read-as", given=leaf.written, read=text)
    if _CURLY.search(text):
        yield Problem.of("automod-quotes", given=text)
    if check.is_regex:
        yield from _of_expression(text)
    elif len(check.values) == 1 and text.count(", ") > 1 and "domain" in check.fields:
        yield Problem.of("automod-one-text", given=text)
    if check.fields == ("domain",) and _NO_DOMAIN.search(_plain(text) if check.is_regex else text):
        yield Problem.of("automod-never", key=check.key, given=text, reason="domain")


def _of_expression(text: str) -> Iterator[Problem]:
    """Yield why a text is no regular expression, of Python or of what Reddit uses today."""
    try:
        tree(text, caseless=True)
    except InvalidError as error:
        for problem in error.problems:
            reason = problem.params["reason"]
            if reason in _FAULTS:
                yield Problem.of("automod-bad-pattern", pattern=text, reason=reason)


def _plain(text: str) -> str:
    """Return the letters that an expression asks for, escaped and outside of brackets."""
    return "".join(re.findall(r"\\([^\w\s.\-])", text))


def _shadowed(read: Sequence[Found], charter: Charter) -> Iterator[Problem]:
    """Yield the rules that never act, since earlier ones take their posts."""
    rules = in_order([rule for _, rule in read if rule])
    order = {f"rule-{rule.number}": (place, rule) for place, rule in enumerate(rules)}
    for claim in analyse(charter, budget=_WORK).claims:
        place, rule = order.get(claim.about, (0, None))
        if rule is None or claim.holds is not Truth.TRUE or not rule.removes:
            continue
        earlier = sorted(order[one] for one in claim.rules if one in order)
        if claim.code == "never true":
            yield Problem.of("automod-never-acts").at_line(rule.line)
        elif earlier and len(earlier) == len(claim.rules) and earlier[-1][0] < place:
            first = earlier[0][1]
            told = Problem.of("automod-shadowed", number=first.number, first=first.line)
            yield told.at_line(rule.line)
