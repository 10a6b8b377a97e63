"""What can be left out of a circuit without changing what it comes to, as data."""

from enum import StrEnum

from cmcore.base.values import value
from cmcore.circuits.circuit import Approvers, ValidationCircuit
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say


class Delay(StrEnum):
    """Why a stage adds delay and nothing else."""

    BEFORE = "weaker before"
    AFTER = "weaker after"
    SILENCE = "silence of all"
    TOGETHER = "asked at once"


@value
class Needless:
    """One stage that can go, or be joined to another, with the reason.

    Stages count from 1, as the circuit has them; `other` is the one that does the work of `stage`.
    `ask` are those whom both ask, and `need` how many are asked at once where they are joined.
    """

    delay: Delay
    stage: int
    other: int
    ask: Approvers
    need: int | None = None
    emergency: bool = False

    def text(self, language: Language = "en") -> str:
        """Say it in a sentence."""
        return say(
            f"delay {self.delay}",
            language,
            stage=self.stage,
            other=self.other,
            who=f"{self.ask.by} {', '.join(f'`{name}`' for name in sorted(self.ask.names))}",
            need=self.need,
        )


@value
class Shortened(Viewable):
    """A circuit without what only delays it, and what that was, with the reasons."""

    circuit: ValidationCircuit
    findings: tuple[Needless, ...] = ()

    def view(self, language: Language = "en") -> View:
        """Return what is shown of it, in a terminal or a notebook."""
        count = len(self.findings)
        code = "shortened" if self.findings else "not shortened"
        words = {False: "delay stage", True: "delay emergency"}
        return View(
            title=say(code, language, circuit=self.circuit.id, count=count),
            lines=tuple(
                Line(
                    say(words[found.emergency], language),
                    str(found.stage),
                    found.text(language),
                )
                for found in self.findings
            ),
        )
