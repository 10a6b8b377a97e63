"""What rules of AutoModerator ask, as conditions over facts and labels.

Where the documentation leaves two readings, a rule that stops posts holds in either, and one that
approves them only in both. What cannot be said is a label that nobody supplies; so is what is found
in texts as they are written, where that is not their normal form.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

from cmcore.automoderator import fields
from cmcore.automoderator.documents import Leaf
from cmcore.automoderator.patterns import Way, joined, length_pattern, pattern_of
from cmcore.automoderator.rules import Amount, Check, Flag, Group, Rule, Search
from cmcore.base.asked import checked
from cmcore.base.characters import visible
from cmcore.base.errors import InvalidError, Problem
from cmcore.charters.conditions.condition import ALWAYS, NEVER, All, AnyOf, Condition, Not
from cmcore.charters.conditions.fact import Fact, fact
from cmcore.charters.conditions.facts import FactType, Label
from cmcore.text.measures import compile_pattern

#: Kind of post -> the kind of act that it is.
KINDS: Final = {"comment": "reply", "submission": "publish"}
_TYPES: Final = ("text", "link", "crosspost", "poll", "gallery")
#: Group -> what the names of its facts begin with; the author's numbers are nobody else's.
_HEADS: Final = {"": "", "author": "author_", "parent_submission": "parent_"}
_ALIKE: Final = {"text": "text", "id": "post_id", "author_is_moderator": "is_moderator"}
#: Texts that some posts do not have: they are not searched there.
_OPTIONAL: Final = frozenset({"body", "url"})
_WRITTEN: Final = frozenset({"title", "url", "domain", "post_type"})
#: Texts that Reddit makes of plain characters only.
_PLAIN: Final = frozenset(
    {
        *("id", "name", "crosspost_id", "poll_option_count", "event_label"),
        *("flair_css_class", "flair_template_id"),
    }
)
#: Whether texts are as in their normal form; what is found in those that are not.
IS_PLAIN: Final = "texts_are_plain"
AS_WRITTEN: Final = "found_as_written"


class Says:
    """Turns rules into conditions, and gathers the labels they need and what cannot be said.

    Texts are not all in their normal form, unless they are `plain`.
    """

    def __init__(self, *, plain: bool = False) -> None:
        self._plain = plain
        self.labels: dict[str, Label] = {}
        self._left: list[Problem] = []

    def rule(self, rule: Rule, *, wide: bool) -> tuple[Condition, tuple[Problem, ...]]:
        """Return when a rule acts, and what of that is not said; what is open holds if `wide`."""
        self._left = []
        when = any_of(all_of(self._kind(rule, kind, wide=wide)) for kind in rule.kinds)
        return when, tuple(dict.fromkeys(self._left))

    def unsaid(self, name: str, problem: Problem | None = None) -> Condition:
        """Return the condition of a label that nobody supplies."""
        about = "" if problem is None else problem.message
        return self._fact(name, FactType.FLAG, about).is_(True)

    def flag(self, name: str) -> Fact:
        """Return a fact that is so or not."""
        return self._fact(name, FactType.FLAG)

    def _fact(self, name: str, kind: FactType, about: str = "") -> Fact:
        if name != "text":
            fixed = None if name in _WRITTEN else True
            values = _TYPES if name == "post_type" else None
            quality = fields.QUALITY if name.endswith("contributor_quality") else None
            named = values or quality
            self.labels[name] = Label(kind, named and frozenset(named), about, fixed)
        return fact(name)

    def _kind(self, rule: Rule, kind: str, *, wide: bool) -> Iterable[Condition]:
        yield fact("kind").is_(KINDS[kind])
        first, _, more = rule.type.partition(" ")
        if more:
            yield self._type(first)
        if rule.spares_moderators:
            yield self.flag("is_moderator").is_(False)
        for group in rule.groups:
            if group.name.startswith("crosspost"):
                yield self._type("crosspost")
            yield from self._group(rule, group, kind, wide=wide)
        if not wide:
            yield from self._not_banned(rule)

    def _type(self, name: str) -> Condition:
        return self._fact("post_type", FactType.SYMBOL).is_(name)

    def _not_banned(self, rule: Rule) -> Iterable[Condition]:
        """Yield that the author is not banned, unless an approval names authors and no amounts."""
        author = [
            check for group in rule.groups if group.name == "author" for check in group.checks
        ]
        named = any(isinstance(check, Search) and "name" in check.fields for check in author)
        if not named or any(isinstance(check, Amount) for check in author):
            yield self.flag("author_banned").is_(False)

    def _group(self, rule: Rule, group: Group, kind: str, *, wide: bool) -> Iterable[Condition]:
        thing = fields.GROUPS.get(group.name, kind)
        amounts = []
        for place, check in enumerate(group.checks):
            name = f"rule_{rule.number}_{group.name or 'post'}_{place + 1}"
            made = self._check(check, group, thing, name, wide=wide)
            is_amount = isinstance(check, Amount) and check.key in fields.THRESHOLDS
            if group.any_threshold and is_amount:
                amounts.append(made)
            elif check.key == "is_submitter" and kind == "submission" and isinstance(check, Flag):
                yield ALWAYS if check.wanted else NEVER
            else:
                yield made
        if amounts:
            yield any_of(amounts)

    def _check(self, check: Check, group: Group, thing: str, name: str, *, wide: bool) -> Condition:
        if isinstance(check, Search):
            made = self._search(check, group, thing, name, wide=wide)
            return made if _PLAIN.issuperset(check.fields) else self._doubted(made, wide=wide)
        if isinstance(check, Flag):
            return self.flag(_name(group.name, check.key)).is_(check.wanted)
        if isinstance(check, Amount):
            return self._amount(check, group, thing, name, wide=wide)
        self._left.append(check.problem)
        return self.unsaid(name, check.problem)

    def _doubted(self, made: Condition, *, wide: bool) -> Condition:
        """Return what is asked of texts in their normal form, unknown where they are in another."""
        if self._plain or made in {ALWAYS, NEVER}:
            return made
        other = [self.flag(IS_PLAIN).is_(False), self.flag(AS_WRITTEN).is_(True)]
        return any_of([made, all_of(other)]) if wide else all_of([made, Not(all_of(other))])

    # -------------------------------------------------------------------------------- searches

    def _search(
        self, check: Search, group: Group, thing: str, name: str, *, wide: bool
    ) -> Condition:
        held = [field for field in check.fields if field in fields.SEARCHED[thing]]
        if not check.values:
            return ALWAYS if wide else NEVER
        if group.skips_quotations and "body" in held:
            problem = Problem.of("automod-blockquotes", key=check.key).at_line(check.line)
            self._left.append(problem)
            return self.unsaid(name, problem)
        patterns, problems = looked_for(check)
        asked = [(field, self._fact(_name(group.name, field), FactType.TEXT)) for field in held]
        found = [
            test
            for field, one in asked
            for pattern in patterns
            for test in _tests(one, pattern, is_there=field not in _OPTIONAL)
        ]
        if problems:
            self._left += problems
            found.append(self.unsaid(name, problems[0]))
        if not check.negated:
            return any_of(found)
        is_not = Not(any_of(found))
        if wide or not _OPTIONAL.issuperset(held):
            return is_not
        return all_of([is_not, any_of(one.present() for _, one in asked)])

    # --------------------------------------------------------------------------------- amounts

    def _amount(
        self, check: Amount, group: Group, thing: str, name: str, *, wide: bool
    ) -> Condition:
        if check.key in {"body_longer_than", "body_shorter_than"}:
            made = self._length(check, group, thing, name, wide=wide)
            return self._doubted(made, wide=wide)
        if check.key == "reports":
            reports = self._fact(_name(group.name, "reports"), FactType.NUMBER)
            return reports.at_least(int(str(check.amount))) if check.amount else ALWAYS
        own = check.key if group.name == "author" else _name(group.name, check.key)
        if isinstance(check.amount, str):
            few = _scores(check.sign, check.amount)
            quality = self._fact(own, FactType.SYMBOL)
            return quality.one_of(*few) if few else NEVER
        is_age = isinstance(check.amount, timedelta)
        one = self._fact(own, FactType.DURATION if is_age else FactType.NUMBER)
        if check.sign == "<":
            return NEVER if check.amount == timedelta(0) else one.below(check.amount)
        if check.sign == ">":
            return one.above(check.amount)
        return one.between(check.amount, check.amount)

    def _length(
        self, check: Amount, group: Group, thing: str, name: str, *, wide: bool
    ) -> Condition:
        is_longer = check.key == "body_longer_than"
        least = int(str(check.amount)) + (1 if is_longer else 0)
        body = self._fact(_name(group.name, "body"), FactType.TEXT)
        try:
            pattern = None if group.skips_quotations else length_pattern(least)
        except InvalidError:
            pattern = None
        if least < 1:
            made: Condition = ALWAYS if is_longer else NEVER
        elif pattern is None:
            problem = Problem.of("automod-not-said", key=check.key).at_line(check.line)
            self._left.append(problem)
            return self.unsaid(name, problem)
        else:
            found = body.matches(pattern)
            made = found if is_longer else Not(found)
        if thing == "comment":
            return made
        return (
            any_of([body.present(wanted=False), made]) if wide else all_of([body.present(), made])
        )


@checked
def in_normal_form(*texts: str) -> bool:
    r"""Return whether texts are in their normal form, in which a charter compares them.

    Where they are, it finds what AutoModerator does, which compares texts as they are written: the
    label `texts_are_plain` of an imported charter is for this. A text of blanks alone is none for a
    charter, so it is not in its normal form.

    Examples:
        >>> from cmcore.automoderator import in_normal_form
        >>> in_normal_form("A loaf", "Fresh bread")
        True
        >>> in_normal_form("A loaf", "\N{FULLWIDTH LATIN CAPITAL LETTER F}resh bread")
        False
    """
    return all(visible(text) == text and not text.isspace() for text in texts)


def looked_for(check: Search) -> tuple[list[str], list[Problem]]:
    """Return the patterns of what is searched, and the problems of what cannot be."""
    ways: list[Way] = []
    problems: list[Problem] = []
    for leaf in check.values:
        try:
            ways += pattern_of(
                as_text(leaf), check.method, is_regex=check.is_regex, caseless=check.caseless
            )
        except InvalidError as error:
            problems += (problem.at_line(leaf.line) for problem in error.problems)
    patterns: list[str] = []
    for pattern in joined(ways, caseless=check.caseless):
        try:
            compile_pattern(pattern)
        except InvalidError:
            told = Problem.of("automod-pattern", pattern=check.key, reason="not read")
            problems.append(told.at_line(check.line))
        else:
            patterns.append(pattern)
    return patterns, problems


def as_text(leaf: Leaf) -> str:
    """Return a value as the text that AutoModerator looks for."""
    return leaf.value if isinstance(leaf.value, str) else str(leaf.value)


def _tests(one: Fact, pattern: str, *, is_there: bool) -> Iterable[Condition]:
    yield one.matches(pattern)
    if is_there and compile_pattern(pattern).search("") is not None:
        yield one.present(wanted=False)


def _name(group: str, field: str) -> str:
    head = _HEADS.get(group, f"{group}_")
    name = f"{head}{'text' if field == 'body' and not head else field}"
    return _ALIKE.get(name, name)


def _scores(sign: str, score: str) -> tuple[str, ...]:
    place = fields.QUALITY.index(score)
    parts = {"<": slice(place), "=": slice(place, place + 1), ">": slice(place + 1, None)}
    return tuple(fields.QUALITY[parts[sign]])


def all_of(parts: Iterable[Condition]) -> Condition:
    """Return the condition that all parts are true; one that always is, is left out."""
    return _one_of(All, [part for part in parts if part != ALWAYS], NEVER)


def any_of(parts: Iterable[Condition]) -> Condition:
    """Return the condition that any part is true; one that never is, is left out."""
    return _one_of(AnyOf, [part for part in parts if part != NEVER], ALWAYS)


def _one_of(
    join: Callable[[list[Condition]], Condition], parts: list[Condition], whole: Condition
) -> Condition:
    if whole in parts:
        return whole
    once = [*dict.fromkeys(parts)]
    return once[0] if len(once) == 1 else join(once)
