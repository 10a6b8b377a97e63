"""The rules that a file of AutoModerator holds: what each asks and does, what is wrong with it."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Final, TypeAlias, TypeVar

from cmcore.automoderator import fields
from cmcore.automoderator.documents import Document, Keys, Leaf, Many, Tree
from cmcore.base.codes import Code
from cmcore.base.errors import Problem
from cmcore.base.ids import nearest
from cmcore.base.regex import regex
from cmcore.base.values import internal

_KEY: Final = regex(r"(~?[^\s(]+)\s*(?:\((.+)\))?")
_AMOUNT: Final = regex(r"(==?|<|>)?\s*(-?\d+)")
_PERIOD: Final = regex(r"(==?|<|>)?\s*(\d+)\s*(?:(minute|hour|day|week|month|year)s?)?")
_SCORE: Final = regex(r"(==?|<|>)?\s*([a-z]+)")
#: What stands between brackets that are meant as those of an expression: nothing but ranges.
_CLASS: Final = regex(
    r"\^?(?:{0}-{0}|\\[uUx][0-9A-Fa-f]+)+".format(r"(?:\\[uUx][0-9A-Fa-f]+|[A-Za-z0-9])")
)
_FEW: Final = 80


_T = TypeVar("_T", int, bool)
_Entries: TypeAlias = dict[str, tuple[Leaf, Tree]]


@internal
class Search:
    """Whether one of some values is found in one of some fields, or none in any."""

    key: str
    line: int
    fields: tuple[str, ...]
    values: tuple[Leaf, ...]
    method: str
    is_regex: bool
    caseless: bool
    negated: bool


@internal
class Flag:
    """Whether something is so, or not."""

    key: str
    line: int
    wanted: bool


@internal
class Amount:
    """How a number, an age or a score compares with another; reports and lengths are such."""

    key: str
    line: int
    sign: str
    amount: int | timedelta | str
    written: str


@internal
class Unsaid:
    """A check that a charter cannot have, and why."""

    key: str
    line: int
    problem: Problem


Check: TypeAlias = Search | Flag | Amount | Unsaid


@internal
class Group:
    """What a rule asks of one thing: of the post itself (no name), its author, and so on."""

    name: str
    checks: tuple[Check, ...]
    any_threshold: bool = False
    skips_quotations: bool = False


@internal
class Rule:
    """One rule. `kinds` are those of posts it can be about; `aside` what it does besides."""

    number: int
    line: int
    type: str
    kinds: tuple[str, ...]
    action: str | None
    priority: int
    exempt: bool | None
    groups: tuple[Group, ...]
    reason: str | None
    aside: tuple[str, ...]
    acts: bool
    problems: tuple[Problem, ...]

    @property
    def unclear(self) -> tuple[Problem, ...]:
        """What is said of the rule as a whole, as its action is, and cannot be."""
        asked = {check.problem for check in self.checks if isinstance(check, Unsaid)}
        return tuple(
            problem
            for problem in self.problems
            if problem.code == "automod-bad-value" and problem not in asked
        )

    @property
    def removes(self) -> bool:
        """Whether it may take a post away, and so comes before those that do not."""
        return self.action in fields.REMOVALS

    @property
    def spares_moderators(self) -> bool:
        """Whether posts of moderators are exempt."""
        return self.exempt if self.exempt is not None else self.removes or self.action == "report"

    @property
    def checks(self) -> tuple[Check, ...]:
        """Everything that it asks, whatever of."""
        return tuple(chain.from_iterable(group.checks for group in self.groups))

    @property
    def asks(self) -> bool:
        """Whether it asks anything: AutoModerator leaves out rules that do not."""
        return bool(self.checks) or self.type != "any"


def rule_of(document: Document, number: int) -> Rule | None:
    """Return the rule of a document; None if it is no mapping, which AutoModerator passes over."""
    if not isinstance(document.tree, Keys):
        return None
    return _Reader(document.tree, number).rule()


def in_order(rules: list[Rule]) -> list[Rule]:
    """Return rules in the order in which they are tried."""
    return sorted(rules, key=lambda rule: (not rule.removes, -rule.priority))


class _Reader:
    """Reads one rule, and gathers what is wrong with it."""

    def __init__(self, tree: Keys, number: int) -> None:
        self._tree = tree
        self._number = number
        self._found: list[Problem] = []
        self._aside: list[str] = []
        self._acts = False

    def rule(self) -> Rule:
        """Return the rule."""
        top = self._entries(self._tree)
        self._acts = "action" in top
        kind = self._choice(top, "type", tuple(fields.TYPES)) or "any"
        action = self._choice(top, "action", fields.ACTIONS)
        priority = self._value(top, "priority", int)
        exempt = self._value(top, "moderators_exempt", bool)
        reasons = [_text(top.pop(key, None)) for key in fields.REASONS]
        groups = list(self._groups(top))
        kinds = fields.TYPES[kind]
        if any(group.name == "parent_submission" for group in groups):
            kinds = ("comment",)
        standard = top.pop("standard", None)
        base = self._group("", top, kinds)
        if standard:
            key, name = standard
            self._say("automod-standard", key.line, name=_shown(name))
            unsaid = Unsaid("standard", key.line, self._found[-1])
            base = Group("", (*base.checks, unsaid), base.any_threshold, base.skips_quotations)
        return Rule(
            self._number, self._tree.line, kind, _kinds(kinds, base), action, priority or 0,
            exempt, (base, *groups), next(filter(None, reasons), None), tuple(self._aside),
            self._acts, tuple(self._found),
        )  # fmt: skip

    # --------------------------------------------------------------------------------- entries

    def _say(self, code: Code, line: int, **told: object) -> None:
        self._found.append(Problem.of(code, hint=None, **told).at_line(line))

    def _entries(self, tree: Keys) -> _Entries:
        """Return the entries of a mapping by their keys in small letters; of two, the last."""
        found: _Entries = {}
        again: list[tuple[str, Leaf, int]] = []
        for key, one in tree.entries:
            name = key.written.strip().lower()
            if name in found:
                again.append((name, key, found.pop(name)[0].line))
            found[name] = (key, one)
        self._repeated(again)
        return found

    def _repeated(self, again: list[tuple[str, Leaf, int]]) -> None:
        """Say that keys stand twice, or that two rules have run into each other."""
        names = [name for name, _, _ in again]
        if len(names) > 1 and {"action", "type"} & {*names}:
            _, key, first = again[0]
            self._say("automod-dashes-missing", key.line, first=first)
            return
        for name, key, first in again:
            self._say("automod-key-again", key.line, key=name, first=first)

    def _choice(self, top: _Entries, name: str, known: tuple[str, ...]) -> str | None:
        key, one = top.pop(name, (None, None))
        text = one.value if isinstance(one, Leaf) else one
        if key is None or text in known:
            return text if isinstance(text, str) else None
        self._wrong(key, one)
        return None

    def _value(self, top: _Entries, name: str, kind: type[_T]) -> _T | None:
        """Take out the value of a key, which is of that very type; None if it is not there."""
        key, one = top.pop(name, (None, None))
        if isinstance(one, Leaf) and isinstance(one.value, kind) and type(one.value) is kind:
            return one.value
        if key is not None:
            self._wrong(key, one)
        return None

    def _wrong(self, key: Leaf, one: Tree | None) -> None:
        self._say("automod-bad-value", key.line, key=key.written, given=_shown(one))

    # ---------------------------------------------------------------------------------- groups

    def _groups(self, top: _Entries) -> Iterator[Group]:
        author = self._author(top)
        if author:
            yield self._group("author", author, ("author",))
        for name, thing in fields.GROUPS.items():
            key, one = top.pop(name, (None, None))
            if isinstance(one, Keys):
                held = self._entries(one)
                if name == "parent_submission":
                    self._elsewhere(held)
                yield self._group(name, held, (thing,))
            elif key is not None:
                self._wrong(key, one)
                yield Group(name, (self._unsaid(key),))

    def _author(self, top: _Entries) -> _Entries:
        """Return what is asked of the author, whose name may stand alone."""
        held: _Entries = {}
        for key, name in (("author", "name"), ("~author", "~name")):
            entry = top.pop(key, None)
            if entry and isinstance(entry[1], Keys) and key == "author":
                held |= self._entries(entry[1])
            elif entry:
                held[name] = entry
        return held

    def _elsewhere(self, held: _Entries) -> None:
        """Put aside an action on the submission that is commented on."""
        if action := held.pop("action", None):
            self._say("automod-other-target", action[0].line)
            self._aside.append("parent_submission: action")
            self._acts = True
        for reason in fields.REASONS:
            held.pop(reason, None)

    def _group(self, name: str, held: _Entries, things: tuple[str, ...]) -> Group:
        """Read what is asked of one thing, which may be of either of two kinds."""
        any_threshold = self._value(held, "satisfy_any_threshold", bool) if name else None
        skips = self._value(held, "ignore_blockquotes", bool)
        checks = [
            check
            for key, (leaf, one) in held.items()
            if (check := self._check(key, leaf, one, things, name)) is not None
        ]
        return Group(name, tuple(checks), bool(any_threshold), bool(skips))

    def _check(
        self, key: str, leaf: Leaf, one: Tree, things: tuple[str, ...], group: str
    ) -> Check | None:
        if key in fields.ASIDE:
            self._acts = self._acts or key not in fields.MANNERS
            self._aside.append(f"{group}: {key}" if group else key)
            return None
        flags = frozenset().union(*(fields.FLAGS[thing] for thing in things))
        if key in flags:
            return self._flag(key, leaf, one)
        is_post = things[0] != "author" and things[0] != "subreddit"
        if key in fields.NUMBERS and is_post:
            return self._amount(key, leaf, one)
        if things == ("author",) and key in {*fields.THRESHOLDS, "contributor_quality"}:
            return self._threshold(key, leaf, one)
        return self._search(key, leaf, one, things)

    def _unsaid(self, leaf: Leaf) -> Unsaid:
        return Unsaid(leaf.written, leaf.line, self._found[-1])

    def _flag(self, key: str, leaf: Leaf, one: Tree) -> Check:
        if isinstance(one, Leaf) and isinstance(one.value, bool):
            return Flag(key, leaf.line, one.value)
        self._wrong(leaf, one)
        return self._unsaid(leaf)

    def _amount(self, key: str, leaf: Leaf, one: Tree) -> Check:
        if isinstance(one, Leaf) and type(one.value) is int:
            sign = ">" if key != "body_shorter_than" else "<"
            return Amount(key, leaf.line, sign, one.value, one.written)
        self._wrong(leaf, one)
        return self._unsaid(leaf)

    def _threshold(self, key: str, leaf: Leaf, one: Tree) -> Check:
        text = str(one.value).strip() if isinstance(one, Leaf) else ""
        amount: int | timedelta | str | None = None
        if key == "account_age":
            if (found := _PERIOD.fullmatch(text)) and len(found[2]) < _DIGITS:
                amount = min(int(found[2]), _AGES) * fields.UNITS[found[3] or "day"]
        elif key == "contributor_quality":
            if (found := _SCORE.fullmatch(text)) and found[2] in fields.QUALITY:
                amount = found[2]
        elif (found := _AMOUNT.fullmatch(text)) and len(found[2]) < _DIGITS:
            amount = int(found[2])
        if found and amount is not None:
            return Amount(key, leaf.line, (found[1] or "=")[0], amount, text)
        self._wrong(leaf, one)
        return self._unsaid(leaf)

    def _search(self, key: str, leaf: Leaf, one: Tree, things: tuple[str, ...]) -> Check:
        found = _KEY.fullmatch(key)
        name = found[1] if found else key
        named = [part.strip() for part in name.lstrip("~").partition("#")[0].split("+")]
        known = frozenset().union(*(fields.SEARCHED[thing] for thing in things))
        for field in named:
            if field not in fields.ALL_SEARCHED:
                if field in _ALL_KEYS:
                    self._say("automod-off-type", leaf.line, key=field, type=things[0])
                else:
                    near = nearest(field, _ALL_KEYS)
                    self._say("automod-no-field", leaf.line, given=field, near=near)
                return self._unsaid(leaf)
        kept = tuple(dict.fromkeys(field for field in named if field in known))
        if not kept:
            self._say("automod-off-type", leaf.line, key=leaf.written, type=things[0])
            return self._unsaid(leaf)
        modifiers = [part.strip() for part in (found[2] or "").split(",")] if found else []
        for modifier in filter(None, modifiers):
            if modifier not in fields.MODIFIERS:
                self._say("automod-bad-modifier", leaf.line, key=name, given=modifier)
                return self._unsaid(leaf)
        leaves = self._leaves(leaf, one, is_regex="regex" in modifiers)
        if leaves is None:
            return self._unsaid(leaf)
        usual = fields.USUAL.get(kept[0], fields.BY_WORDS) if len(kept) == 1 else fields.BY_WORDS
        method = next((one for one in modifiers if one in fields.SEARCHES), usual)
        return Search(
            leaf.written, leaf.line, kept, leaves, method, "regex" in modifiers,
            "case-sensitive" not in modifiers, key.startswith("~"),
        )  # fmt: skip

    def _leaves(self, leaf: Leaf, one: Tree, *, is_regex: bool) -> tuple[Leaf, ...] | None:
        """Return the values that are searched; None where some are none."""
        values = one.items if isinstance(one, Many) else (one,)
        leaves = tuple(value for value in values if isinstance(value, Leaf))
        if len(leaves) < len(values):
            signs = [value.line for value in values if isinstance(value, Keys) and value.is_sign]
            if signs:
                self._say("automod-bare-sign", signs[0])
            else:
                self._wrong(leaf, one)
            return None
        if not isinstance(one, Many):
            return leaves if leaves[0].value else ()
        for value in leaves if is_regex and one.is_flow else ():
            if not value.is_quoted and _CLASS.fullmatch(value.written):
                self._say("automod-class-as-list", value.line, given=value.written)
        return leaves


_DIGITS: Final = 10
_AGES: Final = 100_000
_ALL_KEYS: Final = (
    *fields.ALL_SEARCHED, *fields.NUMBERS, *fields.THRESHOLDS, *fields.ASIDE, *fields.REASONS,
    *chain.from_iterable(fields.FLAGS.values()), *fields.GROUPS, "contributor_quality",
    "type", "action", "priority", "moderators_exempt", "standard", "ignore_blockquotes",
    "satisfy_any_threshold",
)  # fmt: skip


def _kinds(kinds: tuple[str, ...], base: Group) -> tuple[str, ...]:
    """Return the kinds of posts that have all that a rule asks of them; of any other it is not."""
    return tuple(
        kind
        for kind in kinds
        if all(
            not {*check.fields}.isdisjoint(fields.SEARCHED[kind])
            if isinstance(check, Search)
            else not isinstance(check, Flag) or check.key in fields.FLAGS[kind]
            for check in base.checks
        )
    )


def _text(entry: tuple[Leaf, Tree] | None) -> str | None:
    return entry[1].written.strip() or None if entry and isinstance(entry[1], Leaf) else None


def _shown(one: Tree | None) -> str:
    """Return a value as a problem shows it."""
    text = one.written if isinstance(one, Leaf) else "[…]" if isinstance(one, Many) else "{…}"
    return text if len(text) <= _FEW else text[:_FEW] + "…"
