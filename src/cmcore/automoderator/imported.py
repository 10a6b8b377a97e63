"""What a file of AutoModerator became: a charter, and what came of each rule."""

from collections.abc import Iterator

from attrs import field

from cmcore.base.errors import Problem
from cmcore.base.values import value
from cmcore.charters.charter import Charter
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say


@value
class ImportedRule:
    """What came of one rule of the file, or of what stands in the place of one.

    `id` is that of the rule of the charter, if it is one; `left` is what of it cannot be said, or
    why it is no rule there, and `aside` what it does besides, which a charter does not.
    """

    number: int
    line: int
    action: str | None = None
    id: str | None = None
    left: tuple[Problem, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the charter says all that it decides.

        Of another that is in the charter, what is left is unknown there, so a moderator looks.
        """
        return self.id is not None and not self.left


@value
class AutomoderatorImport(Viewable):
    """A charter that was a file of AutoModerator, and what came of each rule of the file.

    `findings` are what is wrong with the file, or otherwise than it looks; None if nobody looked.
    """

    charter: Charter
    rules: tuple[ImportedRule, ...] = ()
    findings: tuple[Problem, ...] | None = field(default=None, kw_only=True)

    @property
    def whole(self) -> tuple[ImportedRule, ...]:
        """The rules of which the charter says all that they decide."""
        return tuple(one for one in self.rules if one.is_whole)

    @property
    def safe(self) -> tuple[ImportedRule, ...]:
        """The rules of which something cannot be said, so that a moderator looks."""
        return tuple(one for one in self.rules if one.id is not None and one.left)

    @property
    def dropped(self) -> tuple[ImportedRule, ...]:
        """The rules that are not in the charter, since they decide nothing about a post."""
        return tuple(one for one in self.rules if one.id is None)

    def _view(self, language: Language) -> View:
        """Return the view of the import for a terminal or a notebook."""
        title = say("automod import", language, whole=len(self.whole), total=len(self.rules))
        tables = (_table(self.rules, language),) if self.rules else ()
        return View(
            title=title,
            tone="covered" if self.whole and not self.safe else "exception",
            lines=tuple(_lines(self, language)),
            tables=tables,
        )


def _lines(told: AutomoderatorImport, language: Language) -> Iterator[Line]:
    counts = {"safe": told.safe, "dropped": told.dropped, "findings": told.findings}
    for code, found in counts.items():
        if found:
            yield Line("", "", say(f"automod count {code}", language, count=len(found)))


def _table(rules: tuple[ImportedRule, ...], language: Language) -> Table:
    heads = ("rule", "line", "action", "charter", "why")
    return Table(
        tuple(say(f"automod head {head}", language) for head in heads),
        tuple(_row(one, language) for one in rules),
        folded=True,
    )


def _row(one: ImportedRule, language: Language) -> tuple[str, ...]:
    came = "whole" if one.is_whole else "dropped" if one.id is None else "safe"
    why = say("joint", language).join(problem.message_in(language) for problem in one.left)
    told = say(f"automod came {came}", language)
    return str(one.number), str(one.line), one.action or "", told, why
