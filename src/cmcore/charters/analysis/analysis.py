"""Analyses: what a charter can and cannot do, each claim with its proof or a witness."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

import attrs
from attrs import AttrsInstance, field

from cmcore.base.fields import default_of
from cmcore.base.frozen import FrozenMap
from cmcore.base.truth import Truth
from cmcore.base.values import value
from cmcore.charters.act import Message
from cmcore.charters.analysis.labelling import (
    Labelling,
    fact_name,
    facts_text,
    labelling_tables,
    labelling_text,
    notes,
)
from cmcore.charters.conditions.cards import again, operand_text
from cmcore.charters.conditions.condition import All, Condition, tests
from cmcore.charters.conditions.operands import on_clock
from cmcore.charters.context import Author, Earlier, Situation
from cmcore.charters.decision import rules_text, version_text
from cmcore.charters.history import Case
from cmcore.charters.kinds import word_text, words_text
from cmcore.charters.rule import Effect
from cmcore.display.cards import inline
from cmcore.display.names import cell, cells, reader
from cmcore.display.views import Line, Table, View, Viewable
from cmcore.display.wording import Language, say, say_many

#: How many pairs of a permit and another rule are looked at, those first that touch the most acts.
MOST_PAIRS: Final = 10_000
#: How many pairs are named of which it is not settled whether both are true of one act.
MOST_NAMED: Final = 100
#: What may be claimed: of a rule, of a circuit, or of the charter.
ClaimCode = Literal["never true", "never decides", "needless", "not reached", "covers nothing"]


@value
class Claim:
    """Something claimed of a rule or a circuit, or of the whole charter where `about` is empty.

    It `holds` (true: that is proven), or does not (false: `witness` is an act that shows it), or
    neither could be shown within the budget (unknown). `rules` names the other rules by which it
    holds: no act gets past them.
    """

    code: ClaimCode
    about: str
    holds: Truth
    rules: tuple[str, ...] = ()
    witness: Case | None = None

    def text(self, language: Language = "en") -> str:
        """Return it as a sentence."""
        if self.holds is Truth.UNKNOWN:
            return say(f"claim {self.code} open", language)
        told = say(f"claim {self.code}", language)
        if not self.rules:
            return told
        rules = rules_text(self.rules, language)
        return say("claim by", language, claim=told, rules=rules)


@value
class Overlap:
    """A permit and another rule that are both true of one act, the witness; the other one wins.

    `touched` counts the acts of a history of which both are true; None without a history.
    """

    permit: str
    other: str
    effect: Effect
    witness: Case
    touched: int | None = None


@value
class Unruled:
    """A kind of act of which no rule says anything, so that the default circuit gets them all.

    All acts for which `when` is true, and of which all is known that rules ask, are of the kind;
    `witness` is one for which `when` is true.
    """

    when: All
    witness: Case


@value
class Closing:
    """A fact, and the permits that decide of no act of which nobody says it."""

    fact: str
    permits: tuple[str, ...]
    of: int


@value
class Analysis(Viewable):
    """What a charter can and cannot do, for every act that could exist, unknown facts included.

    `claims` has every claim that was examined, whatever came of it; `findings` are those that are
    proven, `undecided` those that are not settled. `overlaps` are pairs of
    rules that are true of one act; of `overlaps_left` more that is not settled, the first hundred
    of which are in `pairs_left`, if they were looked at.
    `gaps` are the widest kinds of act of which no rule says anything, 24 at most, of acts of
    which all that rules ask is known; `more_gaps` says whether there are other such acts, and
    `besides` is one of them.
    `closings` say how many permits each unknown fact closes; of the facts that are in
    `closings_left` that is not settled. `spent` says that the work of the budget was done before
    everything was looked at. With a history, the `overlaps` come
    first that touch the most acts of it, and `labelling` says which facts would settle it.
    Moments are shown as the clocks of `zone` do, which is that of the charter.
    """

    charter: str
    version: int
    charter_digest: str = field(kw_only=True)
    claims: tuple[Claim, ...] = field(kw_only=True)
    overlaps: tuple[Overlap, ...] = field(default=(), kw_only=True)
    gaps: tuple[Unruled, ...] = field(default=(), kw_only=True)
    more_gaps: Truth = field(default=Truth.FALSE, kw_only=True)
    besides: Case | None = field(default=None, kw_only=True)
    closings: tuple[Closing, ...] = field(default=(), kw_only=True)
    overlaps_left: int = field(default=0, kw_only=True)
    pairs_left: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    closings_left: tuple[str, ...] = field(default=(), kw_only=True)
    spent: bool = field(default=False, kw_only=True)
    labelling: Labelling | None = field(default=None, kw_only=True)
    zone: str = field(default="UTC", kw_only=True)

    @property
    def findings(self) -> tuple[Claim, ...]:
        """The claims that are proven."""
        return tuple(claim for claim in self.claims if claim.holds is Truth.TRUE)

    @property
    def undecided(self) -> tuple[Claim, ...]:
        """The claims that are neither proven nor refuted."""
        return tuple(claim for claim in self.claims if claim.holds is Truth.UNKNOWN)

    @property
    def is_settled(self) -> bool:
        """Whether nothing was left open: no claim, no pair of rules, no fact and no gap."""
        return not self._left

    @property
    def _left(self) -> int:
        """How much was left open."""
        is_more = self.more_gaps is Truth.UNKNOWN
        return len(self.undecided) + self.overlaps_left + len(self.closings_left) + is_more

    def _view(self, language: Language) -> View:
        """Return the view of the analysis for a terminal or a notebook."""
        found, left = self.findings, self._left
        told = [say_many("analysis", len(found), language)]
        told += [say("not settled", language, count=left)] if left else []
        lines = tuple(
            Line(say(f"of {_thing(one)}", language), _about(one, language), one.text(language))
            for one in found
        )
        lines += tuple(_open_lines(self, language))
        if self.labelling:
            told_of = (labelling_text(self.labelling, language), *notes(self.labelling, language))
            lines += tuple(Line(say("of history", language), "", one) for one in told_of)
        return View(
            title=say("joint", language).join(told),
            tone=_TONES[bool(found), bool(left)],
            lines=lines,
            tables=tuple(_tables(self, language)),
            foot=version_text(self.charter, self.version, language),
        )


_TONES: Final = {
    (True, True): "forbidden",
    (True, False): "forbidden",
    (False, True): "exception",
    (False, False): "covered",
}


def _thing(claim: Claim) -> Literal["circuit", "charter", "rule"]:
    return _THINGS.get(claim.code, "rule")


#: What claims are about that are about no rule.
_THINGS: Final[Mapping[ClaimCode, Literal["circuit", "charter"]]] = {
    "not reached": "circuit",
    "covers nothing": "charter",
}


def _about(claim: Claim, language: Language) -> str:
    return cell(claim.about, _thing(claim), language)


#: So many names are listed where something is not settled of many.
_NAMED: Final = 6


def _open_lines(found: Analysis, language: Language) -> Iterator[Line]:
    """Yield what was left open, and of what."""
    codes: dict[ClaimCode, list[Claim]] = {}
    for one in found.undecided:
        codes.setdefault(one.code, []).append(one)
    for many in codes.values():
        told = say(f"of {_thing(many[0])}", language)
        names = names_text([_about(one, language) for one in many], language)
        yield Line(told, names, many[0].text(language))
    if found.overlaps_left:
        left = say_many("overlaps left", found.overlaps_left, language)
        pairs = [
            " + ".join(cell(one, "rule", language) for one in pair) for pair in found.pairs_left
        ]
        more = found.overlaps_left - len(pairs) if pairs else 0
        yield Line(say("of conflicts", language), names_text(pairs, language, more), left)
    if found.closings_left:
        facts = [facts_text(one, language) for one in found.closings_left]
        names = names_text(facts, language)
        yield Line(say("of facts", language), names, say("closings left", language))
    if not found.is_settled:
        yield from (Line(say("why open", language), "", say(one, language)) for one in _why(found))


def why_open(spent: bool, language: Language) -> Line:  # noqa: FBT001 - a value
    """Say why something was left open: the budget, or a search that came to no end."""
    why = "budget spent" if spent else "neither found"
    return Line(say("why open", language), "", say(why, language))


def _why(found: Analysis) -> Iterator[str]:
    """Yield the codes of why something was left open."""
    is_cut = len(found.overlaps) + found.overlaps_left > MOST_PAIRS
    if is_cut:
        yield "pairs cut"
    if found.spent:
        yield "budget spent"
    elif not is_cut or found.undecided or found.closings_left:
        yield "neither found"


def names_text(names: Sequence[str], language: Language, more: int = 0) -> str:
    """Write names in one line: of many, some, and how many there are, `more` besides included."""
    count = len(names) + more
    if count <= _NAMED:
        return ", ".join(names)
    return say("list cut", language, start=", ".join(names[:_NAMED]), count=count)


def act_text(case: Case, language: Language, zone: str) -> str:
    """Return an act in its context as one line: what is known of it, as a charter names it.

    Moments are those of the clocks in a zone.
    """
    told = [*_told(case.act, "", language, zone), *_told(case.context, "", language, zone)]
    return say("joint", language).join(told) or say("any act", language)


def _told(thing: AttrsInstance, of: str, language: Language, zone: str) -> Iterator[str]:
    """Yield what is known of a thing; an empty set is known, and not the same as nothing."""
    colon = say("incident colon", language)
    for field_ in attrs.fields(type(thing)):
        given = getattr(thing, field_.name)
        if given == default_of(field_, thing):
            continue
        name = f"{of}{field_.name}"
        shown = fact_name(name, language)
        if isinstance(given, Message | Author | Situation):
            inner = [*_told(given, f"{name}.", language, zone)]
            yield from inner or [f"{shown}{colon}?"]
        elif isinstance(given, FrozenMap):
            yield from (
                f"{key}{colon}{_short(key, one, language, zone)}" for key, one in given.items()
            )
        elif isinstance(given, Earlier):
            yield say_many("earlier acts", len(given.acts), language)
        else:
            yield f"{shown}{colon}{_short(name, given, language, zone)}"


#: How many characters of a text a table shows whole, and how many of a longer one.
_WHOLE, _START = 60, 20


def _short(fact: str, given: object, language: Language, zone: str) -> str:
    """Write what is known of a fact; of a long text, its beginning and how long it is."""
    if fact == "absent" and isinstance(given, frozenset):
        return ", ".join(f"`{fact_name(one, language)}`" for one in sorted(given))
    if isinstance(given, frozenset) and all(isinstance(one, str) for one in given):
        return words_text(fact, given, language)
    if isinstance(given, str) and len(given) <= _WHOLE:
        return word_text(fact, given, language).strip("`")
    shown = inline(on_clock(given, zone), language)
    if not isinstance(given, str) or len(given) <= _WHOLE:
        return shown
    return say("text cut", language, start=shown[:_START], count=len(given))


#: So many overlaps are shown, and so many gaps.
_SHOWN, _GAPS = 20, 5
#: The headings of overlaps, without a history and with one.
_OVERLAPS: Final = (
    ("permit", "wins", "for example"),
    ("permit", "wins", "acts touched", "for example"),
)


def _tables(found: Analysis, language: Language) -> list[Table]:
    shown = found.gaps[:_GAPS]
    kinds = _kinds_told([gap.when for gap in shown], reader(language, zone=found.zone))
    acts = (act_text(gap.witness, language, found.zone) for gap in shown)
    gaps = list(zip(kinds, acts, strict=True))
    if len(found.gaps) > _GAPS:
        gaps.append((say("and more", language, count=len(found.gaps) - _GAPS), ""))
    if found.more_gaps is not Truth.FALSE:
        told = say(f"more gaps {found.more_gaps.name.lower()}", language)
        gaps.append((told, act_text(found.besides, language, found.zone) if found.besides else ""))
    is_counted = found.labelling is not None
    overlaps: list[tuple[str, ...]] = [
        (cell(one.permit, "rule", language),
         f"{say(one.effect, language)} {cell(one.other, 'rule', language)}",
         *([str(one.touched)] if is_counted else []), act_text(one.witness, language, found.zone))
        for one in found.overlaps[:_SHOWN]
    ]  # fmt: skip
    if len(found.overlaps) > _SHOWN:
        more = say("and more", language, count=len(found.overlaps) - _SHOWN)
        overlaps.append((more, *[""] * (3 if is_counted else 2)))
    closings = [
        (
            facts_text(one.fact, language),
            f"{len(one.permits)}/{one.of}",
            cells(one.permits, "rule", language),
        )
        for one in found.closings
    ]
    tables = (
        ("gaps", ("acts for which", "for example"), gaps),
        ("overlaps", _OVERLAPS[is_counted], overlaps),
        ("closings", ("unknown fact", "closes", "rules"), closings),
    )
    worth = labelling_tables(found.labelling, language) if found.labelling else ()
    return [
        Table(
            tuple(say(head, language) for head in heads),
            tuple(rows),
            say(f"found {code}", language),
            folded=True,
        )
        for code, heads, rows in tables
        if rows
    ] + [*worth]


def _kinds_told(kinds: Iterable[Condition], language: Language) -> Iterator[str]:
    """Yield kinds of act in words; of a long list of words, only the first says what is in it."""
    known = set[object]()
    for kind in kinds:
        told = inline(kind, language)
        for test in tests(kind):
            if test.operand in known:
                told = told.replace(operand_text(test, language), again(test, language))
        known.update(test.operand for test in tests(kind))
        yield told
