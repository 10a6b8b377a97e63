"""Posts aimed at the values of a file, and the acts that they are."""

import re
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any, Final

from cmcore import Act
from cmcore.automoderator import in_normal_form
from cmcore.automoderator.documents import Keys, Leaf, Many, documents
from cmcore.automoderator.syntax import Alt, Chars, Node, Rep, Seq, tree
from cmcore.base.characters import visible
from cmcore.base.errors import InvalidError

FILLS: Final = ["", " ", "hello", "é", "_", ".", "!", "\n", "x1", "ÉTÉ ", "a b"]
WORDS: Final = "aZé_0 .!-/?x([" + "rsu"


def values(text: str) -> list[str]:
    """Return the values that a file names, of whatever key."""
    found: list[str] = []

    def visit(one: object) -> None:
        if isinstance(one, Leaf):
            found.append(one.written)
        elif isinstance(one, Many):
            for item in one.items:
                visit(item)
        elif isinstance(one, Keys):
            for key, item in one.entries:
                if not re.match("comment|mess|modm|.*reason|set_", key.written.lower()):
                    visit(item)

    for document in documents(text):
        visit(document.tree)
    return [one for one in dict.fromkeys(found) if len(one) < 600]


def sample(node: Node, random: Random) -> str:
    """Return a text that an expression finds, more or less."""
    if isinstance(node, Seq):
        return "".join(sample(part, random) for part in node.parts)
    if isinstance(node, Alt):
        return sample(random.choice(node.ways), random)
    if isinstance(node, Rep):
        most = node.least + 2 if node.most is None else min(node.most, node.least + 2)
        return "".join(sample(node.of, random) for _ in range(random.randint(node.least, most)))
    if isinstance(node, Chars):
        if len(node.inner) == 1 or re.fullmatch(r"\\.", node.text):
            return node.text[-1]
        low = re.match(r"\[\\x\{(\w+)\}", node.text)
        return chr(int(low[1], 16)) if low else random.choice(WORDS)
    return ""


def aimed(known: list[str], random: Random) -> str:
    """Return a text around a value that a file names."""
    if not known or random.random() < 0.2:
        return "".join(random.choice(FILLS) for _ in range(3))
    one = random.choice(known)
    if random.random() < 0.6:
        with suppress(InvalidError):
            one = sample(tree(one, caseless=True), random)
    one = random.choice([one, one, one.upper(), one.lower(), one[1:], one[:-1]])
    return visible(random.choice(FILLS) + one + random.choice(FILLS))


#: Characters that are others in the normal form, or nothing, or join those beside them.
ODD = "\u200b\u00ad\ufe0f\u0301\u2122\u00b2\xa0\u2026\ufb01\u01c6\U0001d41a\uff42\u24d2"
FANCY = {ord("a") + n: 0x1D41A + n for n in range(26)}


def dressed(text: str, random: Random) -> str:
    """Return a text in other letters, or with what nobody sees between them."""
    if random.random() < 0.4:
        return text.translate(FANCY)
    places = [random.randrange(len(text) + 1) for _ in range(random.randint(0, 2))]
    return "".join(
        (random.choice(ODD) if place in places else "") + text[place : place + 1]
        for place in range(len(text) + 1)
    )


def post(known: list[str], random: Random) -> dict[str, Any]:
    """Return a post aimed at values."""
    kind = random.choice(["comment", "submission"])
    made: dict[str, Any] = {"kind": kind, "type": "", "reports": random.choice([0, 0, 1, 2, 3, 5])}
    made["is_edited"] = random.random() < 0.5
    made["spam_filtered"] = random.random() < 0.25
    author: dict[str, Any] = {
        "id": "abc",
        "name": aimed(known, random),
        "is_moderator": random.random() < 0.2,
        "banned": random.random() < 0.1,
        **{flag: random.random() < 0.5 for flag in ("is_contributor", "is_submitter", "is_gold")},
        "account_age": random.choice([0, 0.5, 1, 6, 7, 8, 29, 30, 300, 4000]),
        "comment_karma": random.choice([-100, -20, -11, -10, 0, 6, 7, 50, 150, 4000]),
        "post_karma": random.choice([0, 1, 2, 9, 10, 1000]),
        **_flairs(known, random),
    }
    author["combined_karma"] = max(-100, author["comment_karma"] + author["post_karma"])
    made["author"] = author
    if kind == "comment":
        made |= {"id": "c1", "body": aimed(known, random), "is_top_level": random.random() < 0.5}
        made["parent_submission"] = _submission(known, random)
    else:
        made |= _submission(known, random)
    return made


def _flairs(known: list[str], random: Random) -> dict[str, str]:
    names = ("flair_text", "flair_css_class", "flair_template_id")
    return {name: random.choice(["", random.choice(known or [""]), "x"]) for name in names}


def _submission(known: list[str], random: Random) -> dict[str, Any]:
    kind = random.choice(["text", "link", "crosspost"])
    return {
        "id": "s1",
        "type": kind,
        "title": aimed(known, random),
        "domain": random.choice(["www.", "x", ""]) + random.choice(known or ["a"]).lower(),
        "url": None if kind == "text" else aimed(known, random),
        "body": aimed(known, random) if kind == "text" or random.random() < 0.3 else None,
        "reports": random.choice([0, 1, 5]),
        **_flairs(known, random),
    }


def _texts(one: object) -> list[str]:
    parts = one.values() if isinstance(one, dict) else ()
    return [one] if isinstance(one, str) else [text for part in parts for text in _texts(part)]


def is_plain(made: dict[str, Any]) -> bool:
    """Return whether all texts of a post are in their normal form, so that rules can be sure."""
    return in_normal_form(*_texts(made))


def act_of(made: dict[str, Any], labels: dict[str, Any]) -> Act:
    """Return the act that a post is, with those labels that a charter declares."""
    author = {**made["author"], "account_age": timedelta(days=made["author"]["account_age"])}
    facts = {name: one for name, one in made.items() if not isinstance(one, dict)}
    facts["post_type"] = made["type"] or None
    facts["post_id"] = facts.pop("id")
    facts |= {f"author_{name}": one for name, one in author.items()} | author
    facts |= {f"parent_{name}": one for name, one in made.get("parent_submission", {}).items()}
    facts |= {
        name: made.get(name) for name in ("flair_text", "flair_css_class", "flair_template_id")
    }
    facts["texts_are_plain"] = is_plain(made) or None
    known = {name: facts[name] for name in labels if facts.get(name) is not None}
    lacking = {
        name
        for name in labels
        if facts.get(name) is None
        and not name.startswith("rule_")
        and name not in {"texts_are_plain", "found_as_written"}
    }
    body = made["body"]
    return Act(
        kind="reply" if made["kind"] == "comment" else "publish",
        text=body,
        labels=known,
        absent=[*lacking, *(["text"] if body is None else [])],
    )
