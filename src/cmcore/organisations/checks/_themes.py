"""What was checked, by theme: in tables, in a picture, and what to do about it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from cmcore.base.language import SENTENCES
from cmcore.display.pictures.bars import Bar, Bars, Piece
from cmcore.display.views import Table
from cmcore.display.wording import Language, say, say_many
from cmcore.organisations.checks.known import Known
from cmcore.organisations.questions import THEMES

if TYPE_CHECKING:
    from cmcore.organisations.checks.checkup import Check

#: Answer -> its mark, and the tone it is shown in.
MARKS: Final = {
    Known.YES: ("✓", "covered"),
    Known.NO: ("✗", "forbidden"),
    Known.UNKNOWN: ("?", "exception"),
    Known.MOOT: ("–", ""),
}


def _themes(
    checks: Mapping[str, "Check"], language: Language
) -> Iterator[tuple[str, list["Check"]]]:
    """Yield the name of each theme of which something was checked, and what was."""
    for theme, names in THEMES.items():
        made = [checks[name] for name in names if name in checks]
        if made:
            yield say(f"theme {theme}", language), made


def _heads(codes: Iterable[str], language: Language) -> tuple[str, ...]:
    return tuple(say(f"checkup {code}", language) for code in codes)


def by_theme(checks: Mapping[str, "Check"], language: Language) -> Iterator[Table]:
    """Yield a table for each theme of which something was checked."""
    for name, made in _themes(checks, language):
        rows = tuple(
            (
                f"{MARKS[one.known][0]} {say(one.known, language)}",
                one.name(language),
                one.evidence(language),
                one.advice(language),
            )
            for one in made
        )
        tones = tuple((MARKS[one.known][1], "", "", "") for one in made)
        yield Table(_heads(("answer", "asked", "why", "next"), language), rows, name, tones)


def to_do(checks: Mapping[str, "Check"], language: Language) -> Iterator[Table]:
    """Yield a table of what falls short, theme after theme, with what to do about it."""
    rows = tuple(
        (name, one.name(language), one.evidence(language), one.advice(language))
        for name, made in _themes(checks, language)
        for one in made
        if one.known is Known.NO
    )
    if rows:
        heads = _heads(("theme", "not so", "why", "next"), language)
        yield Table(heads, rows, say("checkup to do", language))


def pictures(checks: Mapping[str, "Check"], language: Language) -> tuple[Bars, ...]:
    """Return how each theme stands, a bar for each and a piece for each answer."""
    bars = tuple(
        Bar(name, tuple(_pieces(Counter(one.known for one in made), language)))
        for name, made in _themes(checks, language)
    )
    return (Bars(say("checkup by theme", language), bars=bars),) if bars else ()


def _pieces(counts: Counter[Known], language: Language) -> Iterator[Piece]:
    for known, (mark, tone) in MARKS.items():
        count = counts[known]
        told = f"checked {known}"
        word = say_many(told, count, language) if told in SENTENCES else say(known, language)
        yield Piece(word, count, str(count), tone, mark=mark)
