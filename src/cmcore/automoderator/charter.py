"""A file of AutoModerator as a charter for what members post, and what came of each rule."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from cmcore.automoderator.conditions import KINDS, Says, all_of, any_of
from cmcore.automoderator.documents import Document, documents
from cmcore.automoderator.imported import AutomoderatorImport, ImportedRule
from cmcore.automoderator.rules import Rule as Read
from cmcore.automoderator.rules import in_order, rule_of
from cmcore.base.errors import Problem
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.condition import NEVER, Condition, Not
from cmcore.charters.conditions.fact import fact
from cmcore.charters.rule import Effect, Rule
from cmcore.circuits.approvers import Approvers
from cmcore.circuits.circuit import ValidationCircuit
from cmcore.circuits.stage import Stage
from cmcore.display.wording import Language, say

#: A document of a file, and the rule that it is, if it is one.
Found: TypeAlias = tuple[Document, Read | None]
#: The circuit of what moderators look at first.
MODERATORS: Final = "moderators"
_EFFECTS: Final = {
    "remove": Effect.FORBID,
    "spam": Effect.FORBID,
    "filter": Effect.REFER,
    "report": Effect.REFER,
    "approve": Effect.PERMIT,
}


def imported(text: str | bytes, language: Language = "en") -> AutomoderatorImport:
    """Return the rules in the text of a file as a charter, and what came of each.

    Raises:
        InvalidError: the file is too large, or is no text.
        MissingExtraError: PyYAML or google-re2 is not installed.
    """
    return as_charter(found_in(text), language)


def found_in(text: str | bytes) -> list[Found]:
    """Return the documents in the text of a file, each with its rule if it is one.

    Raises:
        InvalidError: the file is too large, or is no text.
        MissingExtraError: PyYAML or google-re2 is not installed.
    """
    return [(one, rule_of(one, number)) for number, one in enumerate(documents(text), 1)]


def as_charter(
    found: Sequence[Found], language: Language = "en", *, plain: bool = False
) -> AutomoderatorImport:
    """Return the documents of a file as a charter, and what came of each.

    If texts are `plain`, all are in their normal form.
    """
    made = _Making(language, plain=plain)
    for one in in_order([rule for _, rule in found if rule]):
        made.take(one)
    for number, (document, rule) in enumerate(found, 1):
        if rule is None:
            made.pass_over(number, document)
    return AutomoderatorImport(
        made.charter(), tuple(made.told[number] for number in sorted(made.told))
    )


class _Making:
    """The charter in the making: its rules, and the filters that come before removals."""

    def __init__(self, language: Language, *, plain: bool) -> None:
        self._says = Says(plain=plain)
        self._language: Language = language
        self._rules: dict[int, Rule] = {}
        self._filters: list[Condition] = []
        self._approves = False
        self.told: dict[int, ImportedRule] = {}

    def take(self, read: Read) -> None:
        """Take the next rule, in the order in which they are tried."""
        effect = _EFFECTS.get(read.action or "")
        unclear = read.unclear
        if effect or any(problem.params["key"] == "action" for problem in unclear):
            effect = Effect.REFER if unclear else effect
        if effect is None or not read.asks:
            self._tell(read, None, _idle(read))
            return
        when, left = self._says.rule(read, wide=effect is not Effect.PERMIT)
        left = (*unclear, *left)
        if effect is Effect.FORBID and self._filters:
            when = all_of([when, Not(any_of(self._filters))])
        elif read.action == "filter":
            self._filters.append(when)
        self._approves = self._approves or effect is Effect.PERMIT
        if when == NEVER:
            never = Problem.of("automod-never-holds").at_line(read.line)
            self._tell(read, None, (never, *left))
            return
        self._rules[read.number] = Rule(
            f"rule-{read.number}", effect, when=when,
            to=MODERATORS if effect is Effect.REFER else (),
            because=read.reason or self._say("automod rule", number=read.number),
            note=", ".join(read.aside) or None,
            source=self._say("at line", line=read.line),
        )  # fmt: skip
        self._tell(read, f"rule-{read.number}", left)

    def pass_over(self, number: int, document: Document) -> None:
        """Take a document that is no rule: what cannot be read may be any."""
        if document.tree is not None:
            problem = Problem.of("automod-not-a-rule").at_line(document.line)
            self.told[number] = ImportedRule(number, document.line, None, None, (problem,))
            return
        name = f"rule_{number}_holds"
        self._rules[number] = Rule.refer(
            f"rule-{number}", to=MODERATORS, when=self._says.unsaid(name, document.problems[0]),
            because=self._say("automod rule", number=number),
        )  # fmt: skip
        self.told[number] = ImportedRule(
            number, document.line, None, f"rule-{number}", document.problems
        )

    def charter(self) -> Charter:
        """Return the charter: what no rule stops, goes out."""
        when: Condition = fact("kind").one_of(*KINDS.values())
        if self._approves:
            when = all_of([when, self._says.flag("spam_filtered").is_(False)])
        rest = Rule.permit("everything-else", when=when, because=self._say("automod rest"))
        desk = ValidationCircuit(MODERATORS, [Stage(Approvers("role", {"moderator"}))])
        return Charter(
            id="automoderator",
            circuits=[desk],
            default=MODERATORS,
            labels=self._says.labels,
            rules=[*(self._rules[number] for number in sorted(self._rules)), rest],
        )

    def _tell(self, read: Read, id_: str | None, left: tuple[Problem, ...] = ()) -> None:
        problems = tuple(dict.fromkeys((*left, *_targets(read))))
        self.told[read.number] = ImportedRule(
            read.number, read.line, read.action or _written(read), id_, problems, read.aside
        )

    def _say(self, code: str, **told: object) -> str:
        return say(code, self._language, **told)


def _written(read: Read) -> str | None:
    """Return what a file has for an action that there is not."""
    given = (one.params["given"] for one in read.unclear if one.params["key"] == "action")
    return next(map(str, given), None)


def _idle(read: Read) -> tuple[Problem, ...]:
    """Return why a rule decides nothing about a post."""
    targets = _targets(read)
    if not read.asks:
        targets.append(Problem.of("automod-no-check").at_line(read.line))
    elif not read.acts:
        targets.append(Problem.of("automod-no-action").at_line(read.line))
    elif not targets:
        targets.append(Problem.of("automod-only-besides").at_line(read.line))
    return tuple(targets)


def _targets(read: Read) -> list[Problem]:
    return [problem for problem in read.problems if problem.code == "automod-other-target"]
