"""A second reading of AutoModerator: its written semantics, with the `re` and the YAML of Python.

Nothing of it is shared with the library. A post is a mapping: `kind` (comment or submission), the
texts of its fields, and `author`, `parent_submission` and so on as mappings.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

AROUND: Final = {
    "full-exact": "^%s$",
    "full-text": r"^\W*%s\W*$",
    "includes": "%s",
    "includes-word": r"(?:^|\W|\b)%s(?:$|\W|\b)",
    "starts-with": "^%s",
    "ends-with": "%s$",
    "subdomain": r"^(?:.*?\.)?%s$",
}
ALONE: Final = {"domain": "subdomain", "url": "includes", "id": "full-exact"} | dict.fromkeys(
    ("flair_text", "flair_css_class", "flair_template_id"), "full-exact"
)
TEXTS: Final = {
    "submission": {
        *("id", "title", "domain", "url", "body"),
        *("flair_text", "flair_css_class", "flair_template_id"),
    },
    "comment": {"id", "body"},
    "author": {"id", "name", "flair_text", "flair_css_class", "flair_template_id"},
    "crosspost_subreddit": {"name"},
}
KARMA: Final = ("comment_karma", "post_karma", "combined_karma")
DAYS: Final = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}
ASIDE: Final = re.compile(
    "(comment|modmail|message)(_locked|_stickied|_subject)?|set_.*|overwrite_flair|.*_reason|action|type"
    "|priority|moderators_exempt|satisfy_any_threshold|standard|author|~author|parent_submission"
)
Post = Mapping[str, Any]


def rules(text: str) -> list[dict[str, Any]]:
    """Return the rules of a file, each with its place, in the order in which they are tried."""
    found = []
    for one in re.split(r"(?m)^---(?=\s|$)", text):
        try:
            made = yaml.safe_load(one)
        except yaml.YAMLError:
            made = None
        if isinstance(made, dict):
            found.append({str(key).lower(): value for key, value in made.items()})
    removing = ("remove", "spam", "filter")
    return sorted(
        found,
        key=lambda rule: (rule.get("action") not in removing, -(rule.get("priority") or 0)),
    )


def outcome(text_rules: list[dict[str, Any]], post: Post) -> str:
    """Return what becomes of a post: `removed`, `held` (a moderator looks) or `out`."""
    found = "out"
    approves = any(rule.get("action") == "approve" for rule in text_rules)
    is_approved = not (approves and post["spam_filtered"])
    for rule in text_rules:
        action = rule.get("action")
        if action in {"remove", "spam", "filter", "report"} and triggers(rule, post):
            if action != "report":
                return "held" if action == "filter" else "removed"
            found = "held"
        if action == "approve" and triggers(rule, post):
            is_approved = is_approved or not post["author"]["banned"] or names_authors(rule)
    return found if is_approved else "held"


def names_authors(rule: dict[str, Any]) -> bool:
    """Return whether a rule names authors, and asks nothing of their karma or age."""
    author = rule.get("author", {})
    author = author if isinstance(author, dict) else {"name": author}
    keys = [re.sub(r"[\s(#].*|^~", "", str(key).lower()) for key in author]
    named = "~author" in rule or any("name" in key.split("+") for key in keys)
    return named and not {*KARMA, "account_age"}.intersection(keys)


def triggers(rule: dict[str, Any], post: Post) -> bool:
    """Return whether a rule is to act on a post."""
    kind = rule.get("type", "any")
    first, _, more = kind.partition(" ")
    if (more or first) not in {post["kind"], "any"} or (more and post["type"] != first):
        return False
    stops = rule.get("action") in {"remove", "spam", "filter", "report"}
    if rule.get("moderators_exempt", stops) and post["author"]["is_moderator"]:
        return False
    author = rule.get("author", {})
    author = author if isinstance(author, dict) else {"name": author}
    if "~author" in rule:
        author = {**author, "~name": rule["~author"]}
    base = {key: value for key, value in rule.items() if not ASIDE.fullmatch(key)}
    if kind == "any" and not base and not author and "parent_submission" not in rule:
        return False
    parent = rule.get("parent_submission")
    if parent and post["kind"] != "comment":
        return False
    return (
        holds(base, post, post["kind"])
        and holds(author, {**post["author"], "on": post["kind"]}, "author")
        and (not parent or holds(parent, post["parent_submission"], "submission"))
    )


def holds(asked: Mapping[str, Any], thing: Post, kind: str) -> bool:
    """Return whether everything holds that is asked of a thing, of whatever kind it is."""
    thresholds = [
        compares(thing[key], str(value), key)
        for key, value in asked.items()
        if key in {*KARMA, "account_age"}
    ]
    if thresholds and not (any if asked.get("satisfy_any_threshold") else all)(thresholds):
        return False
    return all(
        check(str(key).lower(), value, thing, kind)
        for key, value in asked.items()
        if key not in {*KARMA, "account_age"} and not (ASIDE.fullmatch(str(key).lower()))
    )


def compares(value: float, asked: str, key: str) -> bool:
    """Return whether a number or an age compares with another as is asked."""
    found = re.fullmatch(r"(==?|<|>)?\s*(-?\d+)\s*([a-z]+?)?s?", asked.strip())
    assert found, asked
    amount = int(found[2]) * (DAYS[found[3] or "day"] if key == "account_age" else 1)
    sign = found[1] or "="
    return value < amount if sign == "<" else value > amount if sign == ">" else value == amount


def check(key: str, value: Any, thing: Post, kind: str) -> bool:  # noqa: ANN401 - of YAML
    """Return whether one check holds."""
    if key == "is_submitter":
        return bool(value == (thing["on"] == "submission" or thing["is_submitter"]))
    if isinstance(value, bool):
        return bool(thing[key] == value)
    if key == "reports":
        return bool(thing["reports"] >= value)
    if key.startswith("body_"):
        body = thing.get("body")
        length = len(re.sub(r"^\W+|\W+$", "", body or ""))
        fits = length > value if key == "body_longer_than" else length < value
        return body is None or bool(fits)
    return search(key, value, thing, kind)


def search(key: str, value: Any, thing: Post, kind: str) -> bool:  # noqa: ANN401 - of YAML
    """Return whether values are found where a key says, or are not if it begins with `~`."""
    found = re.fullmatch(r"(~?)([^\s(#]+)(?:#\S*?)?\s*(?:\((.+)\))?", key)
    assert found, key
    names = [name for name in found[2].split("+") if name in TEXTS[kind]]
    if not names:
        return False
    if not value:
        return True
    modifiers = [one.strip() for one in (found[3] or "").split(",")]
    values = value if isinstance(value, list) else [value]
    usual = ALONE.get(names[0], "includes-word") if len({*names}) == 1 else "includes-word"
    method = next((one for one in modifiers if one in AROUND), usual)
    is_regex = "regex" in modifiers
    pattern = "|".join(str(one) if is_regex else re.escape(str(one)) for one in values)
    flags = re.DOTALL | (0 if "case-sensitive" in modifiers else re.IGNORECASE)
    matcher = re.compile(AROUND[method] % f"({pattern.replace('(?i)', '')})", flags)
    texts = [thing[name] for name in names if thing.get(name) is not None]
    return any(matcher.search(text) for text in texts) != bool(found[1])
