"""Compiling: a charter as an index that finds the rules an act meets without trying them all."""

from datetime import datetime
from typing import Any, Final

import attrs
from attrs import field

from cmcore.base.asked import checked
from cmcore.base.errors import refuse_any
from cmcore.base.ids import kind_problems
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.charters.charter import Charter
from cmcore.charters.context import Context
from cmcore.charters.decision import Decision, Ruling, rules_text
from cmcore.charters.decisions.decide import decide
from cmcore.charters.index.kernels import Kernel, kernel_of
from cmcore.charters.kinds import fact_text
from cmcore.display.names import cell
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say

_BARE: Final = Context()


def _kernel(compiled: "CompiledCharter") -> Kernel:
    return kernel_of(compiled.charter)


@internal
class CompiledCharter(Viewable):
    """A charter and the index made from it; equal to any other of an equal charter.

    It decides exactly as the charter does: `rule` returns the bare ruling, in a time that hardly
    grows with the number of rules, and `decide` the decision with its reasons.

    `kernel` is the index itself. A compiled charter is a value like any other: it can be compared,
    hashed, pickled and sent to other processes, where the index is rebuilt.
    """

    charter: Charter
    kernel: Kernel = field(
        default=attrs.Factory(_kernel, takes_self=True), init=False, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        refuse_any(kind_problems(self.charter, Charter, "charter", "charter"))

    @property
    def conjuncts(self) -> int:
        """How many alternatives the conditions of the rules expand to."""
        return sum(len(rule.conjuncts) for rule in self.kernel.form.rules)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are read, sorted: only those that the charter asks for."""
        return self.kernel.facts

    @property
    def by_hand(self) -> tuple[str, ...]:
        """The rules with a part that is too wide to be indexed, sorted.

        That part is evaluated separately, for acts that fulfil the rest of the rule.
        """
        return tuple(sorted(rule.rule.id for rule in self.kernel.form.rules if rule.whole))

    def rule(
        self, act: Act, context: Context | None = None, *, at: datetime | None = None
    ) -> Ruling:
        """Return what the charter decides about `act`: outcome, circuits and determining rules.

        They are the same as in the decision that `decide` returns for this act, context and moment.

        Raises:
            InvalidError: when `at` is a naive datetime.
        """
        if at is not None:
            context = attrs.evolve(context or _BARE, at=at)
        return self.kernel.rule(act, _BARE if context is None else context)

    def decide(
        self, act: Act, context: Context | None = None, *, at: datetime | None = None
    ) -> Decision:
        """Decide about `act`, with every reason, as `cmcore.decide` does.

        Raises:
            InvalidError: when `at` is a naive datetime.
        """
        return decide(self.charter, act, context, at=at)

    def _view(self, language: Language) -> View:
        """Return the view of the index for a terminal or a notebook."""
        told = [
            (say("rules", language), str(len(self.charter.rules))),
            (say("conjuncts", language), str(self.conjuncts)),
            (
                say("facts read", language),
                ", ".join(fact_text(name, language) for name in self.facts) or "–",
            ),
            (say("by hand", language), rules_text(self.by_hand, language) or "–"),
        ]
        return View(
            title=self.charter.title or self.charter.id,
            lines=tuple(Line(word, "", text) for word, text in told),
            foot=say(
                "compiled",
                language,
                charter=cell(self.charter.id, "charter", language),
                version=self.charter.version,
            ),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return CompiledCharter, (self.charter,)


@checked
def compiled(charter: Charter) -> CompiledCharter:
    """Compile a charter, to decide many acts quickly.

    The index is made once and kept with the charter, a few milliseconds for a hundred rules.

    Examples:
        >>> from cmcore import Act, catalog
        >>> from cmcore.charters import compiled
        >>> index = compiled(catalog.charters["small-brand"])
        >>> index.rule(Act(kind="delete")).outcome
        <Outcome.EXCEPTION: 'exception'>
    """
    return CompiledCharter(charter)
