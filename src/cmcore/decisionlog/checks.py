"""Checks of a log: whether every line is as it was written, and none is missing between them."""

from typing import Final

from attrs import field

from cmcore.base.counts import count_problems
from cmcore.base.errors import Problem, refuse_any
from cmcore.base.values import value
from cmcore.display.views import Line, View, Viewable
from cmcore.display.wording import Language, say, say_many

#: What stands before the first line of a log, as the digest of a line.
START: Final = "0" * 64
#: The problem of a line that was not written to its end, on which nothing rests.
TORN: Final = "log-line-torn"


@value
class LogCheck(Viewable):
    """Whether a log is as it was written: how many whole lines it has, and what is wrong with it.

    `head` is the digest of the last line: whoever keeps it elsewhere can show later that none was
    cut off the end. A log by itself cannot. `after` is the number of lines since the head that was
    to be found, if one was.
    """

    entries: int = 0
    head: str = START
    problems: tuple[Problem, ...] = ()
    after: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse_any(count_problems(self.entries, "entries"))

    @property
    def is_intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def is_only_torn(self) -> bool:
        """Whether nothing is wrong but lines that were not written to their end."""
        return bool(self.problems) and all(one.code == TORN for one in self.problems)

    def _view(self, language: Language) -> View:
        """Return the view of the check for a terminal or a notebook."""
        state = "intact" if self.is_intact else "torn" if self.is_only_torn else "broken"
        lines = [Line("", "", problem.text(language)) for problem in self.problems]
        if self.after is not None:
            lines.append(Line("", "", say_many("log after", self.after, language)))
        return View(
            title=say_many(f"log {state}", self.entries, language),
            tone={"intact": "covered", "torn": "exception", "broken": "forbidden"}[state],
            lines=tuple(lines),
            foot=say("log head", language, head=self.head),
        )
