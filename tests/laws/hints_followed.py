"""What hints say to write: for each, a mistake that it is told of, and the same text as it says.

A row has the key of the hint (that of its problem, of the table of hints or of the table of things;
`near`, `known` and `write` are said of any problem, and stand with it), the text with a hole, what is
written wrongly there, and what the hint says to write.
"""

# ruff: noqa: ANN401, E501 (rows of a table, of which whatever was made is read)

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import attrs
from click.testing import CliRunner

import cmcore
from cmcore import (
    Act,
    Charter,
    Desk,
    Incident,
    InvalidError,
    Needs,
    Plan,
    Playbook,
    Problem,
    RequestLog,
    Review,
    Team,
    Unreadable,
    ValidationCircuit,
    audit,
    catalog,
    decide,
    open_review,
    parse,
    read_history,
    structure,
)
from cmcore.cli.app import app
from cmcore.cli.failing import BadFileError
from cmcore.codec.documents import parse_document
from cmcore.codec.plain import EXAMPLES
from cmcore.foundation.durations import parse_duration
from cmcore.foundation.weeks import Week
from cmcore.nouns.organisations import Deed

AT: Final = "2026-03-02T12:00+01:00"
#: What is written where the hint takes something away.
NOTHING: Final = "-"
Read = Callable[[str], object]


class Row(NamedTuple):
    """A mistake and its mending."""

    key: str
    read: Read
    text: str
    wrong: str
    right: str
    #: What of the hint is written, where it is not all that is written.
    wrote: str = ""


def of(kind: type[Any]) -> Read:
    return lambda text: parse(text, kind)


def document(form: str) -> Read:
    return lambda text: parse_document(text, form)


def python(text: str) -> object:
    return eval(text, {name: getattr(cmcore, name) for name in cmcore.__all__} | NAMES)  # noqa: S307 - the rows of this file


def cells(text: str) -> None:
    """Read the rows of a CSV file.

    Raises:
        InvalidError: with the problems of each.
    """
    rows = [*read_history(table(text), parse(f"charter: c\n{CHARTER}", Charter))]
    found = [problem for row in rows if isinstance(row, Unreadable) for problem in row.problems]
    if found:
        raise InvalidError(found)


FOLDER: Final = TemporaryDirectory()


def table(text: str, name: str = "rows.csv") -> Path:
    file = Path(FOLDER.name) / name
    file.write_text(text, encoding="utf-8")
    return file


def shell(text: str) -> None:
    """Run a command on the files of the rows, and on one that is written out.

    Raises:
        InvalidError: with the problems that are told.
    """
    command, _, given = text.partition("\n")
    files = {**FILES, "given.yaml": given}
    for name, held in files.items():
        (Path(FOLDER.name) / name).write_text(held, encoding="utf-8")
    words = [str(Path(FOLDER.name) / word) if word in files else word for word in command.split()]
    if words[0] == "check":
        told = json.loads(CliRunner().invoke(app, [*words, "--json"]).output)
        found = [
            structure(one, Problem)
            for file in told
            for one in file.get("problems") or file["warnings"]
        ]
        if found:
            raise InvalidError(found)
        return
    try:
        with suppress(SystemExit), app.make_context("cmcore", words) as context:
            app.invoke(context)
    except BadFileError as error:
        raise InvalidError(error.problems) from None


CHARTER: Final = "circuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nlabels: {score: number, wait: duration}\n"
RULE: Final = f"charter: c\n{CHARTER}rules:\n  - {{permit: a, because: x, when: {{@}}}}\n"
RULES: Final = f"charter: c\n{CHARTER}rules:\n  - {{@because: x}}\n"
STAGE: Final = "charter: c\ncircuits: {desk: [{ask: {role: lead}@}]}\ndefault: desk\n"
ASK: Final = "charter: c\ncircuits: {desk: [{@}]}\ndefault: desk\n"
EVENT: Final = f"incident: i\nzone: UTC\nevents:\n  - {{opened: o, at: {AT}}}\n  - {{@}}\n"
DUTY: Final = "playbook: p\nzone: UTC\nduties:\n  - {@}\n"
NEEDS: Final = "needs: n\nzone: UTC\n@\n"
TARGET: Final = "desk: d\nzone: UTC\ntargets:\n  - {@}\n"
MEMBER: Final = "team: t\nroles: {lead: {}}\nmembers:\n  ana: {@}\n"

SOUND: Final = f"charter: c\n{CHARTER}approved by: [ana]\nreview by: 2036-01-01\nrules: [{{permit: a, because: x, when: {{paid: no}}}}]\n"
LOG: Final = (
    f"events: [{{received: r1, at: {AT}}}, {{answered: r1, at: 2026-03-02T16:00+01:00, by: ana}}]"
)
TEAM: Final = "team: t\nroles: {lead: {}}\nmembers:\n  ana: {roles: [lead], hours: always}\n"
MERGED: Final = f"events: [{{received: r1, at: {AT}}}, {{received: r2, at: {AT}}}, {{received: r3, at: {AT}}}, {{merged: r1, into: r2, at: 2026-03-02T18:00Z}}, @]"
FILES: Final = {
    "charter.yaml": SOUND,
    "team.yaml": TEAM,
    "act.yaml": "kind: publish\npaid: no\n",
    "history.csv": "kind,paid\npublish,no\n",
    "semicolons.csv": "kind;paid\npublish;no\n",
    "empty.yaml": "events: []",
    "log.yaml": LOG,
}
NOW: Final = datetime(2026, 3, 2, tzinfo=UTC)
COVERING: Final = parse(FILES["charter.yaml"], Charter)
MANNED: Final = parse(TEAM, Team)


def reviewed_of(**known: Any) -> Review:
    act = Act(kind="publish", at=NOW, **known)
    return open_review(decide(COVERING, act), act, COVERING, NOW, team=MANNED)


NAMES: Final[dict[str, Any]] = {
    "AUDIT": audit(COVERING, []),
    "REVIEW": reviewed_of(author="ana"),
    "SOUND": SOUND,
    "catalog": catalog,
    "reviewed_of": reviewed_of,
    "Deed": Deed,
    "COVERING": COVERING,
    "INCIDENT": parse(f"incident: i\nevents: [{{opened: o, at: {AT}}}]", Incident),
    "LOG": parse(LOG, RequestLog),
    "NOW": NOW,
    "PLAYBOOK": parse("playbook: p\nduties: [{answer: a, within: 1 h}]", Playbook),
    "TEAM": MANNED,
    "UTC": UTC,
    "WATCHED": parse("needs: n\nhours: [{week: Mon 09:00-18:00}]", Needs),
    "date": date,
    "evolve": attrs.evolve,
    "datetime": datetime,
    "path": Path(__file__),
    "table": table,
}

DURATIONS: Final = ("30 min", "1 h 30 min", "14 d", "PT1H30M")
YAML, JSON, TOML = document("yaml"), document("json"), document("toml")

# fmt: off
ROWS: Final = [
    # texts of documents
    Row("alias", YAML, "text: @", "*Promo", '"*Promo"', "*"),
    Row("anchor", YAML, "text: @", "&co a", '"&co a"', "&"),
    Row("tag", YAML, "text: @", "!now x", '"!now x"', "!"),
    Row("bad-tag", YAML, "text: @", "!<a x", '"!<a x"', "!"),
    Row("bad-escape", JSON, '{"a": "@w"}', "\\", "\\\\"),
    Row("bad-escape", TOML, 'a = "@w"', "\\", "\\\\"),
    Row("bad-escape", YAML, 'a: "@w"', "\\", "\\\\"),
    Row("bad-indentation", YAML, "a: 1\n@b: 2", "  ", "", NOTHING),
    Row("colon-missing", YAML, "a: 1\n@\nc: 3", "key value", "key: value"),
    Row("colon-missing", JSON, '{"@"}', 'key" "value', 'key": "value', "key: value"),
    Row("equals-missing", TOML, "@", "key 'value'", "key = 'value'", "key = value"),
    Row("json-key-missing", JSON, "{@}", "key: 1", '"key": 1', '"key": value'),
    Row("json-value-missing", JSON, '{"a": [1@]}', ",", "", NOTHING),
    Row("key-before-colon", YAML, "@", "? \n: value", "key: value"),
    Row("line-break-in-json", JSON, '{"a": "b@c"}', "\n", "\\n"),
    Row("line-break-in-json", JSON, '{"a": "b@c"}', "\t", "\\t"),
    Row("several-documents", YAML, "a: 1\n@b: 2", "---\n", "", NOTHING),
    Row("quote-key", YAML, "@: 2", "1", '"1"'),
    # names, numbers, time
    Row("write:wrong-value", of(Charter), f"charter: c\n{CHARTER}target: @", "95%", "0.95"),
    Row("unquote", of(Charter), f"charter: c\n{CHARTER}target: @", '"0.95"', "0.95", NOTHING),
    Row("write:wrong-value", of(Charter), RULE, "score: '> 3'", "score: {above: 3}", "{above: 3}"),
    Row("write:wrong-value", of(Charter), RULE, "recent.any: {at least: 3 tweets per hour}", "recent.any: {at least: 3 in 1 h}", "3 in 1 h"),
    Row("write:needs-question", of(Charter), RULE, "recent.any: 3 in 1 h", "recent.any: {more than: 3 in 1 h}", "{more than: 3 in 1 h}"),
    Row("write-unit", of(Charter), STAGE, ", within: 2", ", within: 2 h", "2 h"),
    Row("bad-duration", parse_duration, "@", "30", "30 min"),
    Row("empty-duration", parse_duration, "@", "", "1 h 30 min"),
    Row("unknown-unit", parse_duration, "2 @", "fortnights", "w"),
    Row("duration-not-positive", of(Charter), STAGE, ", within: 0 h", ", within: 30 min", "30 min"),
    Row("bad-day-range", Week.parse, "@", "Mon-Tue-Fri 9:00-10:00", "Mon-Fri 09:00-18:00; Sat 10:00-12:00"),
    Row("bad-hours", Week.parse, "@", "Mon 9", "Mon-Fri 09:00-18:00; Sat 10:00-12:00"),
    Row("bad-time-of-day", Week.parse, "Mon @-18:00", "25:00", "09:00"),
    Row("window-after-midnight", Week.parse, "@", "Mon 24:00-02:00", "Tue 00:00-02:00", "00:00"),
    Row("empty-week", Week.parse, "@", "", "never"),
    Row("write-days", Week.parse, "@", "9:00-18:00", "Mon-Fri 09:00-18:00; Sat 10:00-12:00"),
    Row("naive-datetime", of(Incident), EVENT, "held: p, at: 2026-03-02T12:00", f"held: p, at: {AT}", "2026-01-31T09:00+01:00"),
    Row("unknown-zone", of(Charter), f"charter: c\n{CHARTER}zone: @", "Nowhere/City", "Europe/Paris"),
    Row("offset-no-zone", of(Charter), f"charter: c\n{CHARTER}zone: @", "'+01:00'", "Europe/Paris"),
    Row("near:unknown-zone", of(Charter), f"charter: c\n{CHARTER}zone: @", "Europe/Pari", "Europe/Paris"),
    Row("bad-name", of(Charter), "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nlabels: {@: flag}", "1st price", "price_1", "_"),
    # word lists
    Row("entry-without-word", of(Charter), RULE, "text: {mentions: ['...']}", "text: {mentions: ['#hashtag']}", "#hashtag"),
    Row("entry-not-found", of(Charter), RULE, "text: {mentions: ['a `']}", "text: {matches: 'a `'}", "matches"),
    Row("misplaced-star", of(Charter), RULE, "text: {mentions: ['*rappel']}", "text: {mentions: ['rappel*']}", "rappel*"),
    Row("write:bad-duration", parse_duration, "@", "1,5 h", "1.5 h"),
    Row("write:bad-duration", cells, "kind,wait\nedit,@", '"0,125 h"', "0.125 h"),
    *(Row("bad-duration", parse_duration, "@", "30", way) for way in DURATIONS[1:]),
    *(Row("empty-duration", parse_duration, "@", "", way) for way in DURATIONS if way != "1 h 30 min"),
    *(Row("unknown-unit", parse_duration, "2 @", "moons", way) for way in ("s", "min", "h", "d")),
    Row("bad-time-of-day", Week.parse, "Mon @-18:00", "25:00", "00:00"),
    Row("bad-time-of-day", Week.parse, "Mon 9:00-@", "25:00", "24:00"),
    Row("empty-week", Week.parse, "@", "", "Mon-Fri 09:00-18:00; Sat 10:00-12:00"),
    Row("bad-name", of(Charter), "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nlabels: {@: flag}", "1st price", "price-1", "-"),
    Row("entry-without-word", of(Charter), RULE, "text: {mentions: ['...']}", "text: {mentions: ['@mention']}", "@mention"),
    Row("entry-without-word", of(Charter), RULE, "text: {mentions: ['...']}", "text: {mentions: ['🎉']}", NOTHING),
    # charters
    Row("name-charter", of(Charter), f"@{CHARTER}", "", "charter: airline\n", "charter: airline"),
    Row("no-circuit", of(Charter), "charter: c\n@", "", "circuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\n", "circuits"),
    Row("say-who", of(Charter), f"charter: c\n{CHARTER}approved on: 2026-01-31\n@", "", "approved by: [ana]", "approved by"),
    Row("no-effect", of(Charter), RULES, "", "permit: a, ", "permit"),
    Row("several-effects", of(Charter), RULES, "permit: a, forbid: a, ", "permit: a, ", "permit"),
    Row("circuit-not-asked", of(Charter), RULES, "permit: a, to: desk, ", "permit: a, ", NOTHING),
    Row("beside-when", of(Charter), f"charter: c\n{CHARTER}rules:\n  - {{permit: a, because: x, @}}\n", "when: {paid: yes, note: n}", "when: {paid: yes}, note: n", "when"),
    Row("side-by-side", of(Charter), RULE, "and: [{paid: yes}, {holiday: no}]", "all: [{paid: yes}, {holiday: no}]", "all"),
    Row("unknown-fact", of(Charter), "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\n@rules: [{permit: a, because: x, when: {zzzz: yes}}]", "", "labels: {zzzz: flag}\n", "labels"),
    Row("near:unknown-fact", of(Charter), RULE, "topcis: [a]", "topics: [a]", "topics"),
    Row("near:unknown-key", of(Charter), f"charter: c\n{CHARTER}@: 2", "vesion", "version"),
    Row("known:unknown-key", of(Charter), ASK, "ask: {qqqq: lead}", "ask: {role: lead}", "role"),
    Row("near:unknown-op", of(Charter), RULE, "topics: {anyof: [a]}", "topics: {any of: [a]}", "any of"),
    Row("known:unknown-op", of(Charter), RULE, "paid: {zzz: yes}", "paid: {is: yes}", "is"),
    Row("near:unknown-value", of(Charter), RULE, "kind: publsh", "kind: publish", "publish"),
    Row("known:unknown-value", of(Charter), RULE, "kind: zzzzzz", "kind: publish", "publish"),
    Row("near:unknown-circuit", of(Charter), RULES, "refer: a, to: dsk, ", "refer: a, to: desk, ", "desk"),
    Row("known:unknown-circuit", of(Charter), RULES, "refer: a, to: zzzz, ", "refer: a, to: desk, ", "desk"),
    Row("near:odd-space", of(Charter), f"charter: c\n{CHARTER}@: 2", "version\u00a0", "version"),
    Row("at-least-alone", of(Charter), RULE, "at least: 1, of: [{paid: yes}], holiday: no", "all: [{at least: 1, of: [{paid: yes}]}, {holiday: no}]", "all"),
    Row("empty-condition", of(Charter), f"charter: c\n{CHARTER}rules:\n  - {{permit: a, because: x@}}\n", ", when: {}", "", NOTHING),
    Row("list-without-brackets", of(Charter), RULE, "topics: {only: blog, event}", "topics: {only: [blog, event]}", "only: [blog, event]"),
    Row("not-two", of(Charter), RULE, "score: {between: [1]}", "score: {between: [1, 5]}", "[1, 5]"),
    Row("nothing-asked", of(Charter), RULE, "paid: {}", "paid: {present: yes}", "{present: yes}"),
    Row("stands-alone", of(Charter), RULE, "text: {except: [a]}", "text: {mentions: [a b], except: [a]}", "mentions"),
    Row("comment-sign", of(Charter), f"charter: c\n{CHARTER}rules:\n  - permit: a\n    because: @", "#KEPs", '"#KEPs"', "#"),
    Row("none-of", of(Charter), RULE, "network: not bluesky", "network: {none of: [bluesky]}", "{none of: [bluesky]}"),
    Row("star", of(Charter), RULE, "topics: ['prod*']", "topics: {matches: '^prod'}", "matches"),
    Row("write-hashtag", of(Charter), RULE, "hashtags: [pro mo]", "hashtags: [pro_mo]", "_"),
    Row("write-host", of(Charter), RULE, "hosts: ['a b']", "hosts: [example.org]", "example.org"),
    Row("write-host", of(Charter), RULE, "hosts: ['*.a b']", "hosts: ['*.example.org']", "*.example.org"),
    Row("write-host", of(Charter), RULE, "hosts: [a.fr/b]", "links: [a.fr/b]", "links"),
    Row("write-language", of(Charter), RULE, "language: Klingon speech", "language: pt-br", "pt-br"),
    Row("write-list", of(Charter), RULE, "topics: ['a, b']", "topics: [a, b]", "[a, b]"),
    Row("write-link", of(Charter), RULE, "links: ['a b']", "links: [https://example.org/page]", "https://example.org/page"),
    Row("write-mention", of(Charter), RULE, "mentions: ['a b']", "mentions: [acme@mastodon.social]", "acme@mastodon.social"),
    Row("write-network", of(Charter), RULE, "network: '“x”'", "network: bluesky", "bluesky"),
    Row("whole-unless-decimals", of(Charter), RULE, "score: {above: 1.500}", "score: {above: 1500}", "1500"),
    Row("whole-unless-decimals", of(Charter), RULE, "score: {above: 1.500}", "score: {above: 1.5}", "1.5"),
    *(Row("no-effect", of(Charter), RULES, "", f"{way}, ", way.partition(":")[0]) for way in ("refer: a, to: desk", "forbid: a")),
    *(Row("several-effects", of(Charter), RULES, "permit: a, forbid: a, ", f"{way}, ", way.partition(":")[0]) for way in ("refer: a, to: desk", "forbid: a")),
    Row("write-language", of(Charter), RULE, "language: Klingon speech", "language: fr", "fr"),
    Row("write-mention", of(Charter), RULE, "mentions: ['a b']", "mentions: [acme]", "acme"),
    Row("pattern-letter-so", of(Charter), RULE, "hashtags: {matches: '^été'}", "hashtags: {matches: '^ete'}", "^ete"),
    Row("pattern-letter-so", of(Charter), RULE, "hashtags: {matches: '^#promo'}", "hashtags: {matches: '^promo'}", "^promo"),
    Row("pattern-letter-so", of(Charter), RULE, "text: {matches: 'et…'}", "text: {matches: 'et\\.\\.\\.'}", "et\\.\\.\\."),
    Row("pattern-letter-so", of(Charter), RULE, 'text: {matches: "12\\u00A0€"}', 'text: {matches: "12 €"}', "12 €"),
    Row("pattern-letter-so", of(Charter), RULE, 'text: {matches: "a\\u200Db"}', "text: {matches: ab}", "ab"),
    Row("pattern-script", of(Charter), RULE, "hosts: {matches: '^xn--mnchen'}", "hosts: {matches: '^münchen'}", "münchen"),
    Row("other-name", of(Charter), RULE, "network: {matches: 'tw[i]tter'}", "network: {matches: x}", "x"),
    # circuits
    Row("write-ask", of(Charter), ASK, "need: 1", "ask: {role: lead}, need: 1", "role"),
    Row("write-ask", of(Charter), ASK, "ask: {role: lead, team: a}", "ask: {role: lead}", "role"),
    Row("write:wrong-value", of(Charter), ASK, "ask: lead", "ask: {role: lead}", "{role: lead}"),
    Row("zone-without-hours", of(Charter), STAGE, ", within: 2 h, zone: UTC", ", within: 2 h, zone: UTC, during: Mon-Fri", "during"),
    Row("hours-without-time", of(Charter), STAGE, ", during: Mon-Fri", ", during: Mon-Fri, within: 2 h", "within"),
    Row("clock-never-runs", of(Charter), STAGE, ", within: 2 h, during: never", ", within: 2 h, during: Mon-Fri 09:00-18:00", "Mon-Fri 09:00-18:00"),
    Row("silence-without-end", of(Charter), STAGE, ", need: no objection", ", need: no objection, within: 7 d", "within: 7 d"),
    Row("thing:quorum", of(Charter), STAGE, ", need: most", ", need: majority", "majority"),
    Row("thing:quorum", of(Charter), STAGE, ", need: most", ", need: 50%", "50%"),
    Row("circuit-alone", of(ValidationCircuit), "@", "stages: []\nid: a", "crisis: [{ask: {role: lead}}]", "{crisis: [...]}"),
    Row("thing:rate-of-acts", of(Charter), f"charter: c\n{CHARTER}volume: {{publish: @}}", "14 days since", "3 in 1 h"),
    Row("thing:rate-of-acts", of(Charter), RULE, "recent.any: {more than: often}", "recent.any: {more than: 3 in 1 h}", "3 in 1 h"),
    Row("thing:rate-of-acts", of(Charter), RULE, "recent.any: {fewer than: 14 days since}", "recent.any: {fewer than: 3 in 1 h}", "3 in 1 h"),
    *(Row("thing:rate-or-quiet", of(Charter), RULE, "recent.any: {at least: often}", f"recent.any: {{at least: {way}}}", way) for way in ("3 in 1 h", "14 days since")),
    *(Row("write-ask", of(Charter), ASK, "need: 1", f"ask: {{{way}: lead}}, need: 1", way) for way in ("skill", "team", "name")),
    *(Row("thing:quorum", of(Charter), STAGE, ", need: most", f", need: {way}", way) for way in ("any", "all", "2/3")),
    # incidents and playbooks
    Row("name-incident", of(Incident), f"@scale: [watch]\nzone: UTC\nevents: [{{opened: o, at: {AT}}}]", "", "incident: aquarelle\n", "incident: aquarelle"),
    Row("write-events", of(Incident), "incident: i\n@", "", f"events:\n- {{opened: o1, at: {AT}}}", "- {opened: o1, at: …}"),
    Row("incident-never-opens", of(Incident), f"incident: i\nevents:\n- {{held: h, at: {AT}}}\n@", "", f"- {{opened: o1, at: {AT}}}", "{opened: o1, at: …}"),
    Row("no-event", of(Incident), EVENT, f"at: {AT}", f"inbound: m1, at: {AT}, by: a customer", "{inbound: m1, at: …, by: a customer}"),
    Row("near:no-event", of(Incident), EVENT, f"tweet: m1, at: {AT}", f"publish: m1, at: {AT}", "publish"),
    Row("one-of", of(Incident), EVENT, f"zzzz: m1, at: {AT}", f"inbound: m1, at: {AT}", "inbound"),
    Row("write-when", of(Incident), EVENT, "held: p", f"held: p, at: {AT}", "2026-01-31T09:00+01:00"),
    Row("write-that", of(Incident), EVENT, f"fact: p, at: {AT}", f"fact: p, at: {AT}, that: {{refunded: no}}", "that: {refunded: no}"),
    Row("write-promise", of(Incident), EVENT, f"reply: p, at: {AT}, promises: [{{by: 2026-03-03T12:00+01:00}}]", f"reply: p, at: {AT}, promises: [{{that: {{delivered: yes}}, by: 2026-03-03T12:00+01:00}}]", "that: {delivered: yes}"),
    Row("put-in-note", of(Incident), EVENT, f"resolved: p, at: {AT}, reason: x", f"resolved: p, at: {AT}, note: x", "note"),
    Row("bad-tolerance", of(Incident), EVENT, f"held: p, at: {AT}, tolerance: -5 min", f"held: p, at: {AT}, tolerance: 30 min", "30 min"),
    Row("unknown-source", of(Incident), f"@incident: i\nevents: [{{opened: o, at: {AT}, source: press}}]", "", "sources: {press: https://example.org}\n", "sources"),
    Row("near:unknown-source", of(Incident), f"sources: {{press: https://example.org}}\nincident: i\nevents: [{{opened: o, at: {AT}, source: @}}]", "pres", "press"),
    Row("near:unknown-event", of(Incident), EVENT, f"held: one, at: {AT}}}\n  - {{reviewed: p, at: {AT}, about: [oen]", f"held: one, at: {AT}}}\n  - {{reviewed: p, at: {AT}, about: [one]", "one"),
    Row("level-never-reached", of(Incident), f"incident: i\nscale: [watch, {{level: bad@}}]\nevents: [{{opened: o, at: {AT}}}]", "", ", when: {messages: 100}", "when: {messages: 100}"),
    Row("near:unknown-level", python, "Scale([Level('watch'), Level('serious', {'messages': 9})]).rank('@')", "seroius", "serious"),
    Row("unknown-event-kind", of(Incident), f"incident: i\nuntold: [@]\nevents: [{{opened: o, at: {AT}}}]", "zzzz", "alerted, held", "untold: [alerted, held]"),
    Row("near:unknown-event-kind", of(Incident), f"incident: i\nuntold: [@]\nevents: [{{opened: o, at: {AT}}}]", "hled", "held"),
    Row("name-playbook", of(Playbook), "@duties: []", "", "playbook: crisis\n", "playbook: crisis"),
    Row("no-duty", of(Playbook), DUTY, "within: 1 h", "answer: first-word, within: 1 h", "{answer: first-word, within: 1 h}"),
    Row("near:no-duty", of(Playbook), DUTY, "answr: first-word, within: 1 h", "answer: first-word, within: 1 h", "answer"),
    Row("give-within", of(Playbook), DUTY, "answer: a", "answer: a, within: 1 h", "within: 1 h"),
    Row("name-those-told", of(Playbook), DUTY, "alert: a, within: 1 h", "alert: a, within: 1 h, roles: management", "roles: management"),
    Row("name-word", of(Playbook), DUTY, "never say: a, words: []", "never say: a, words: [], label: rude", "label"),
    Row("near:unknown-act-kind", of(Playbook), DUTY, "answer: a, within: 1 h, acts: [publsh]", "answer: a, within: 1 h, acts: [publish]", "publish"),
    Row("known:unknown-act-kind", of(Playbook), DUTY, "answer: a, within: 1 h, acts: [zzzz]", "answer: a, within: 1 h, acts: [publish]", "publish"),
    Row("no-event", of(Incident), EVENT, f"at: {AT}", f"reply: a1, at: {AT}", "{reply: a1, at: …}"),
    # needs, teams, plans
    Row("name-needs", of(Needs), "@seats: {lead: 1}", "", "needs: airline\n", "needs: airline"),
    Row("write-week", of(Needs), NEEDS, "hours: [{least: 1}]", "hours: [{week: Mon-Fri 09:00-18:00}]", "week: Mon-Fri 09:00-18:00"),
    Row("write-trait", of(Needs), NEEDS, "mix: [{least: 2}]", "mix: [{least: 2, of: trade}]", "of: trade"),
    Row("mix-of-several", of(Needs), NEEDS, "mix: [{of: trade}]", "mix: [{of: trade, least: 2}]", "least"),
    Row("supervision-of-one", of(Needs), NEEDS, "supervision: [{roles: [lead]}]", "supervision: [{contract: internship}]", "{contract: internship}"),
    Row("not-two-roles", of(Needs), NEEDS, "separation: [[author]]", "separation: [[author, approver]]", "[author, approver]"),
    Row("name-team", of(Team), "@members: {}", "", "team: airline\n", "team: airline"),
    Row("thing:day", of(Team), MEMBER, "leaves: ['31/01/2026']", "leaves: [2026-01-31]", "2026-01-31"),
    Row("write-leave", of(Team), MEMBER, "leaves: [3]", "leaves: [{from: 2026-08-03, through: 2026-08-21}]", "{from: 2026-08-03, through: 2026-08-21}"),
    Row("write-leave", of(Team), MEMBER, "leaves: [{from: 2026-08-03}]", "leaves: [{from: 2026-08-03T12:00+02:00, to: 2026-08-03T18:00+02:00}]", "{from: 2026-08-03T12:00+02:00, to: 2026-08-03T18:00+02:00}"),
    Row("minutes-out-of-range", of(Team), MEMBER, "day: 25 h", "day: 0 min", "0 min"),
    Row("day-not-instant", of(Team), MEMBER, "leaves: [{from: 2026-08-03, to: 2026-08-21}]", "leaves: [{from: 2026-08-03, through: 2026-08-21}]", "through: 2026-08-21"),
    Row("near:unknown-contract", of(Team), MEMBER, "contract: internshp", "contract: internship", "internship"),
    Row("known:unknown-contract", of(Team), MEMBER, "contract: zzzz", "contract: internship", "internship"),
    Row("near:unknown-role", of(Team), "team: t\nroles: {analyst: {}}\nmembers: {ana: {roles: [@]}}", "anlyst", "analyst"),
    Row("write-plan", of(Plan), "@", "{}", "plan: {maud: [analyst]}", "plan: {maud: [analyst]}"),
    Row("thing:list-of-roles", of(Plan), "plan: {maud: @}", "{analyst: 1}", "[coordinator, analyst]"),
    Row("mix-of-several", of(Needs), NEEDS, "mix: [{of: level}]", "mix: [{of: level, not only: junior}]", "not only"),
    # requests and desks
    Row("write-requests", of(RequestLog), "@", "{}", f"events: [{{received: r1, at: {AT}}}]", "{received: r1, at: …}"),
    Row("no-request-event", of(RequestLog), f"events: [{{received: r1, at: {AT}}}, {{@}}]", f"at: {AT}", f"answered: r1, at: {AT}, by: ana", "{answered: r1, at: …, by: ana}"),
    Row("say-how", of(RequestLog), f"events: [{{received: r1, at: {AT}}}, {{@}}]", f"resolved: r1, at: {AT}", f"resolved: r1, at: {AT}, how: spam", "spam"),
    Row("near:unknown-request", of(RequestLog), f"events: [{{received: ticket, at: {AT}}}, {{@}}]", f"answered: tikcet, at: {AT}, by: ana", f"answered: ticket, at: {AT}, by: ana", "ticket"),
    Row("name-desk", of(Desk), "@targets: []", "", "desk: customer care\n", "desk: customer care"),
    Row("write-within", of(Desk), TARGET, "topics: [refund]", "topics: [refund], within: 2 h", "within: 2 h"),
    Row("no-request-event", of(RequestLog), "events: [{@}]", f"at: {AT}", f"received: r1, at: {AT}", "{received: r1, at: …}"),
    Row("write-requests", of(RequestLog), "@", "{}", f"events: [{{received: r1, at: {AT}}}, {{answered: r1, at: {AT}, by: ana}}]", "{answered: r1, at: …, by: ana}"),
    Row("say-how", of(RequestLog), f"events: [{{received: r1, at: {AT}}}, {{@}}]", f"resolved: r1, at: {AT}", f"resolved: r1, at: {AT}, how: refunded", "refunded"),
    # parts of another shape
    *(
        Row("as-in", of(kind), text, "5", EXAMPLES[key])
        for key, kind, text in (
            ("circuits", Charter, "charter: c\ndefault: desk\ncircuits: @"),
            ("labels", Charter, "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nlabels: @"),
            ("volume", Charter, f"charter: c\n{CHARTER}volume: @"),
            ("when", Charter, f"charter: c\n{CHARTER}rules: [{{permit: a, because: x, when: @}}]"),
            ("duties", Playbook, "playbook: p\nduties: @"),
            ("hours", Needs, NEEDS.replace("@", "hours: @")),
            ("mix", Needs, NEEDS.replace("@", "mix: @")),
            ("seats", Needs, NEEDS.replace("@", "seats: @")),
            ("separation", Needs, NEEDS.replace("@", "separation: @")),
            ("supervision", Needs, NEEDS.replace("@", "supervision: @")),
            ("work", Needs, NEEDS.replace("@", "work: @")),
            ("members", Team, "team: t\nroles: {writer: {}}\nmembers: @"),
            ("roles", Team, "team: t\nroles: @"),
            ("roles", Team, "team: t\nroles: {writer: {}, analyst: {}}\nmembers: {ana: {roles: @}}"),
            ("leaves", Team, MEMBER.replace("@", "leaves: @")),
            ("plan", Plan, "plan: @"),
            ("routes", Desk, "desk: d\nroutes: @"),
            ("targets", Desk, "desk: d\ntargets: @"),
            ("scale", Incident, f"incident: i\nevents: [{{opened: o, at: {AT}}}]\nscale: @"),
            ("claims", Incident, EVENT.replace("@", f"reply: p, at: {AT}, claims: @")),
        )
    ),
    # histories
    Row("write:wrong-value", cells, "kind,in_reply_to.followers\nreply,@", "1'250", "1250"),
    Row("other-separator", python, "[*read_history(table('kind;text\\nedit;a'), COVERING@)]", "", ", separator=';'", "separator"),
    Row("quote-within-cell", cells, 'kind,text\nedit,"a @b"\n', '"', '""'),
    Row("ragged-row", cells, "kind,text\nedit,@\n", "a, b", '"a, b"', ","),
    Row("several-words", cells, "kind,topics\nedit,@", '"a, b"', "a|b"),
    Row("no-columns", cells, "@\nedit,a\n", "what,said", "kind,text", "text"),
    Row("no-columns", python, "[*read_history(table('what\\nedit'), COVERING@)]", "", ", columns={'kind': 'what'}", "columns"),
    Row("or-underscore", python, "read_case({'kind': 'edit', '@': 1}, COVERING)", "zzzz", "_zzzz", "_"),
    Row("near:unknown-fact", cells, "kind,@\nedit,a\n", "netwrok", "network", "network"),
    Row("near:no-column", python, "[*read_history(table('kind,what\\nedit,a'), COVERING, columns={'text': '@'})]", "waht", "what"),
    Row("known:no-column", python, "[*read_history(table('kind,what\\nedit,a'), COVERING, columns={'text': '@'})]", "zzzzz", "what"),
    Row("near:unknown-absence", python, "structure({'kind': 'publish', 'absent': ['@']}, Act)", "templte", "template"),
    # values made in Python, and what is asked of them
    Row("thing:approvers", python, "Stage(@)", '"lawyer"', 'Approvers("role", {"lawyer"})'),
    Row("thing:clock", python, 'Stage(Approvers("role", {"lawyer"}), within=hours(2), clock=@)', "8", 'BusinessClock(Week.parse("Mon-Fri"))', "BusinessClock"),
    Row("thing:duration", python, 'Stage(Approvers("role", {"lawyer"}), within=@)', "2", "hours(2)"),
    Row("thing:made-quorum", python, 'Stage(Approvers("role", {"lawyer"}), @)', "need=2", "need=Quorum.parse(2)", "Quorum.parse(2)"),
    Row("thing:made-quorum", python, 'Stage(Approvers("role", {"lawyer"}), @)', "need=2", "need=NO_OBJECTION, within=hours(2)", "NO_OBJECTION"),
    Row("thing:list-of-stages", python, 'ValidationCircuit("c", @)', "3", "[Stage(Approvers('role', {'lawyer'}))]", "Stage"),
    Row("thing:stage", python, 'ValidationCircuit("c", [@])', "3", "Stage(Approvers('role', {'lawyer'}))", "Stage"),
    Row("thing:made-day", python, "Term(since=@)", '"2026-01-31"', "date(2026, 1, 31)"),
    Row("thing:moment", python, "Act(at=@)", '"2026-01-31"', "datetime.now(UTC)"),
    Row("aware-datetime", python, "due(INCIDENT, PLAYBOOK, @)", "datetime(2026, 1, 31)", "datetime.now(UTC)"),
    Row("thing:condition", python, "all_of(@)", '"topics"', 'fact("topics").any_of("event")'),
    Row("list-conditions", python, "AtLeast(1, @)", "[]", "of=[ALWAYS]", "of"),
    Row("thing:type", python, 'parse("charter: c\\ncircuits: {d: [{ask: {role: a}}]}\\ndefault: d", @)', '"Charter"', "Charter"),
    Row("thing:list-of-files", python, "Act().digest(@)", '"a"', "[path.read_bytes()]"),
    Row("thing:file", python, "Act().digest(@)", '["a"]', "[path.read_bytes()]"),
    Row("no-plain-form", python, "parse(SOUND, @)", "memoryview", "Charter"),
    Row("thing:pairs", python, "Plan(@)", "'maud'", "[('maud', 'coordinator')]"),
    Row("thing:team", python, "assign(@, Needs('n'))", "3", "Team('t')", "Team"),
    Row("thing:span", python, "completable(COVERING, TEAM, @)", "3", "Span(NOW, NOW + hours(1))", "Span(start, stop)"),
    Row("thing:span", python, "detect([], at=NOW, leave_out=[@])", "3", "Span(NOW, NOW + hours(1))", "Span(start, stop)"),
    Row("thing:duration", python, "detect([], at=NOW, window=[days(1), @])", "3", "hours(2)"),
    Row("window-missing", python, "coverage(TEAM, WATCHED@)", "", ", start=NOW, stop=NOW + weeks(1)", "start"),
    Row("no-whole-hour", python, "arrivals(RequestLog(())@)", "", ", start=NOW, stop=NOW + hours(24)", "start"),
    Row("rhythm-too-short", python, "detect([], at=NOW, window=days(2), rhythm='@')", "day", "week"),
    Row("unknown-question", python, "checkup(Organisation('o'), NOW, questions=['@'])", "zzz", "001.6"),
    Row("near:unknown-question", python, "checkup(Organisation('o'), NOW, questions=['@'])", "001.66", "001.6"),
    Row("thing:remedy-option", python, "remedy(assign(TEAM, Needs('n')), [@])", "3", "Training('ana', skills={'law'})", "Training"),
    Row("thing:reviewed", python, "promote(COVERING, [@])", "3", "Reviewed(Case(Act()), 'open')", "Reviewed"),
    Row("known:empty", python, "detect([], at=NOW, kinds=@)", "[]", "['volume']", "volume"),
    Row("known:needs-question", of(Charter), RULE, "in_reply_to.age: 3 h", "in_reply_to.age: {above: 3 h}", "above"),
    Row("known:no-chart", python, "chart(@)", "NOW", "structure(unstructure(AUDIT), Audit)", "Audit"),
    Row("known:no-schema", python, "schema(@)", "tuple", "Charter"),
    Row("near:no-schema", python, "schema(@)", "type('Chartr', (), {})", "Charter"),
    Row("known:not-a-choice", python, "dump({'a': 1}, format='@')", "zzz", "yaml"),
    Row("near:not-a-choice", of(Charter), STAGE, ", within: 2 h, else: lapze", ", within: 2 h, else: lapse", "lapse"),
    Row("known:not-in-catalog", python, "catalog.design(['@'])", "zzzz", "notoriety"),
    Row("near:not-in-catalog", python, "catalog.design(['@'])", "notoreity", "notoriety"),
    Row("known:not-in-dilemma", python, "catalog.dilemmas['intern-or-senior'].advise({'@': True})", "zzzz", "assisted"),
    Row("near:not-in-dilemma", python, "catalog.dilemmas['intern-or-senior'].advise({'@': True})", "asisted", "assisted"),
    Row("known:unknown-format", python, "read(table(SOUND, 'rules@'), Charter)", ".txt", ".yaml"),
    Row("known:unknown-kind", shell, "check given.yaml\n@", "zzz: 1", SOUND, "charter"),
    Row("known:unknown-language", python, "view(COVERING, '@')", "de", "fr"),
    Row("known:unknown-level", python, "Scale().rank('@')", "zzzz", "incident"),
    Row("known:unknown-practice", python, "Deed('@', date(2026, 1, 31))", "zzzz", "celebration"),
    Row("near:unknown-practice", python, "Deed('@', date(2026, 1, 31))", "celebraton", "celebration"),
    Row("known:unknown-role", of(Team), "team: t\nroles: {analyst: {}}\nmembers: {ana: {roles: [@]}}", "zzzz", "analyst"),
    Row("known:unknown-signal", python, "detect([], at=NOW).signal('@')", "silence", "volume"),
    Row("known:unknown-table", python, "to_frame(AUDIT, table='@')", "zzzz", "causes"),
    Row("near:unknown-table", python, "to_frame(AUDIT, table='@')", "cuases", "causes"),
    Row("known:missing-key", python, "structure({@'by': 'ana', 'at': '2026-03-02T12:00Z'}, Withdrawn)", "", "'event': 'withdrawn', ", "withdrawn"),
    Row("near:wrong-value", python, "structure({'event': '@', 'by': 'ana', 'at': '2026-03-02T12:00Z'}, Withdrawn)", "withdrwan", "withdrawn"),
    Row("wrong-event", python, "structure({'event': '@', 'by': 'ana', 'at': '2026-03-02T12:00Z'}, Withdrawn)", "escalated", "withdrawn"),
    Row("known:wrong-value", python, "REVIEW.opening and Review(REVIEW.opening, [@])", "3", "Withdrawn('ana', at=NOW)", "Withdrawn"),
    Row("near:unknown-member", shell, "circuit charter.yaml --team team.yaml --start 2026-03-02 --author @", "anna", "ana"),
    Row("author-looks-alike", python, "reviewed_of(author='@')", "\u0430na", "ana"),
    Row("no-author", python, "reviewed_of(@)", "", "author='ana'", "author"),
    Row("merged-into-closed", of(RequestLog), MERGED, "{merged: r3, into: r1, at: 2026-03-03T12:00Z}", "{merged: r3, into: r2, at: 2026-03-03T12:00Z}", "r2"),
    Row("move-not-possible", of(RequestLog), MERGED, "{wrote again: r1, at: 2026-03-03T12:00Z}", "{wrote again: r2, at: 2026-03-03T12:00Z}", "r2"),
    Row("thing:instant", of(Incident), EVENT, "held: p, at: noon", f"held: p, at: {AT}", "2026-01-31T09:00+01:00"),
    Row("no-columns", cells, "@\nedit,a\n", "what,said", "kind,text", "kind"),
    Row("unknown-question", python, "checkup(Organisation('o'), NOW, questions=['@'])", "zzz", "001"),
    Row("thing:remedy-option", python, "remedy(assign(TEAM, Needs('n')), [@])", "3", "Hire(Member('bo'))", "Hire"),
    Row("thing:reviewed", python, "promote(COVERING, [@])", "3", "(Case(REVIEW.opening.act), REVIEW)", NOTHING),
    Row("window-missing", python, "coverage(TEAM, WATCHED, start=NOW@)", "", ", stop=NOW + weeks(1)", "stop"),
    Row("no-whole-hour", python, "arrivals(RequestLog(())@)", "", ", start=NOW, stop=NOW + hours(24)", "stop"),
    Row("other-separator", shell, "audit charter.yaml semicolons.csv@", "", " --separator ;", "--separator"),
    Row("start-and-stop", shell, "staffing empty.yaml --handling 8min@", "", " --start 2026-03-02 --stop 2026-03-09", "--stop"),
    # the command line
    Row("add-approved-by", shell, "check given.yaml\n" + SOUND.replace("approved by: [ana]\n", "@"), "", "approved by: [ana]\n", "approved by"),
    Row("no-review-date", shell, "check given.yaml\n" + SOUND.replace("review by: 2036-01-01\n", "@"), "", "review by: 2036-01-01\n", "review by"),
    Row("review-overdue", shell, "check given.yaml --at 2027-01-01\n" + SOUND.replace("2036", "@"), "2026", "2036", "review by"),
    Row("no-permit", shell, "check given.yaml\n" + SOUND.replace("permit: a", "@"), "forbid: a", "permit: a", "permit"),
    Row("permits-whatever", shell, "check given.yaml\n" + SOUND.replace(", when: {paid: no}", "@"), "", ", when: {paid: no}", "when"),
    Row("same-version", shell, "check given.yaml --against charter.yaml\ntitle: new\n@" + SOUND, "", "version: 2\n", "version: 2"),
    Row("act-alone", shell, "@ act.yaml", "check", "decide charter.yaml", "cmcore decide CHARTER ACT"),
    Row("history-alone", shell, "@ history.csv", "check", "audit charter.yaml", "cmcore audit CHARTER HISTORY"),
    Row("empty-act", shell, "decide charter.yaml given.yaml\n@", "{}", "kind: publish"),
    Row("empty-act", shell, "decide charter.yaml given.yaml\n@", " ", "kind: publish"),
    Row("empty-act", shell, "decide charter.yaml given.yaml\n@", "kind: null", "kind: publish"),
    Row("drawn-without-team", shell, "circuit charter.yaml --mermaid@", " --team team.yaml --start 2026-03-02", "", NOTHING),
    Row("first-day", shell, "circuit charter.yaml --team team.yaml@", "", " --start 2026-03-02", "--start 2026-03-02"),
    Row("name-team-option", shell, "circuit charter.yaml@ --start 2026-03-02", "", " --team team.yaml", "--team"),
    Row("at-option", shell, "detect empty.yaml@", "", " --at 2026-03-02T12:00Z", "--at"),
    Row("start-and-stop", shell, "staffing empty.yaml --handling 8min@", "", " --start 2026-03-02 --stop 2026-03-09", "--start"),
    # what is said in words alone
    Row("bad-start", YAML, "a: @", "`b", "'`b'", NOTHING),
    Row("bad-toml-value", TOML, "a = @", "b", "'b'", NOTHING),
    Row("bad-toml-key", TOML, "@ = 1", "é", '"é"', NOTHING),
    Row("stray-colon", YAML, "a: @", "b: c", "'b: c'", NOTHING),
    Row("quote-open", YAML, "a: @", "'b", "'b'", NOTHING),
    Row("line-break-in-toml", TOML, "a = @", '"b\nc"', '"""b\nc"""', NOTHING),
    Row("number-too-large", YAML, "a: @", "1234567890123456789", "'1234567890123456789'", NOTHING),
    Row("too-long-unquoted", TOML, "a = @", "1" * 301, f"'{'1' * 301}'", NOTHING),
    Row("illegal-character", YAML, 'a: "b@c"', "\x85", "\\x85", NOTHING),
    Row("merge-key", YAML, "@", "<<: {b: 1}", "b: 1", NOTHING),
    Row("quote", of(Charter), f"charter: c\n{CHARTER}title: @", "5", '"5"', NOTHING),
    Row("ambiguous-number", cells, "kind,score\nedit,@", "12.000", "12000", NOTHING),
    Row("ambiguous-number", cells, "kind,score\nedit,@", "1.125", "1.1250", NOTHING),
    Row("bad-count", of(Needs), NEEDS, "seats: {lead: -1}", "seats: {lead: 1}", NOTHING),
    Row("from-to", of(Needs), NEEDS, "seats: {lead: {least: 1, weight: 0}}", "seats: {lead: {least: 1, weight: 1}}", NOTHING),
    Row("bad-affinity", of(Team), MEMBER, "affinity: {lead: -1}", "affinity: {lead: 1}", NOTHING),
    Row("empty-window", Week.parse, "@", "Mon 09:00-09:00", "Mon", NOTHING),
    Row("escalates-early", of(Playbook), DUTY, "answer: a, within: 1 h, escalate: {to: boss, after: -1 h}", "answer: a, within: 1 h, escalate: {to: boss, after: 0 h}", NOTHING),
    Row("fact-twice", python, "structure({'kind': 'reply', 'in_reply_to': {'tone': 'a'}@}, Act)", ", 'in_reply_to.tone': 'a'", "", NOTHING),
    Row("id-not-composed", python, "Member('@')", "e\u0301", "\u00e9", NOTHING),
    Row("mixed-scripts", python, "Member('@')", "an\u0430", "ana", NOTHING),
    Row("list-of-rows", python, "[*read_history(table('@', 'rows.jsonl'), COVERING)]", '[{"kind": "edit"}]', '{"kind": "edit"}', NOTHING),
    Row("shorter-than-a-day", python, "Aims(recent=@)", "hours(1)", "days(1)", NOTHING),
    Row("thing:growth", python, "Aims(jump=@)", "0", "0.5", NOTHING),
    Row("thing:measure", of(Incident), EVENT, f"signal: s, at: {AT}, measure: m, number: -1", f"signal: s, at: {AT}, measure: m, number: 0", NOTHING),
    Row("thing:pair", python, "Plan([@])", "3", "('maud', 'coordinator')", NOTHING),
    Row("thing:share", of(Charter), f"charter: c\n{CHARTER}target: @", "95", "1", NOTHING),
    Row("thing:file-digest", python, "evolve(REVIEW.opening, files=[@])", "'x'", "'0' * 64", NOTHING),
    Row("thing:rate-an-hour", python, "Arrivals([@] * 168)", "-1", "0", NOTHING),
    Row("write-account", of(Charter), RULE, "account: '“a”'", "account: a", NOTHING),
    Row("write-word", of(Charter), RULE, "topics: ['“kep”']", "topics: [kep]", NOTHING),
    Row("write-number", of(Incident), EVENT, f"signal: s, at: {AT}, measure: m", f"signal: s, at: {AT}, measure: m, number: 12", NOTHING),
    Row("quote-never-opened", cells, "kind,text\nedit,@", 'a"', '"a"', NOTHING),
]
# fmt: on

#: What stands between backticks is there already, or is not for whoever reads the hint to write.
NOT_WRITTEN: Final[dict[str, str]] = {
    "about-later": "what stands where",
    "amended-by-other-charter": "which charter to decide by",
    "amended-other-act": "which act it is",
    "bad-alias": "as that of `alias`: PyYAML in Python says it otherwise",
    "bad-anchor": "as that of `anchor`: PyYAML in Python says it otherwise",
    "event-too-late": "what stands where",
    "install-zones": "a command for the machine",
    "not-yaml": "what is wrong is not known",
    "write-as-listed": "never given: what is written exactly has a form",
    "looks-back": "another function to call",
    "not-approved-content": "which content it is",
    "not-delegated": "who could let them",
    "not-the-author": "who it is",
    "not-under-review": "which content it is",
    "pattern-letter": "what is not there",
    "review-of-other-act": "which act it is",
    "tally-of-other": "which tally it is",
}


def problems(read: Read, text: str) -> tuple[Problem, ...]:
    try:
        read(text)
    except InvalidError as error:
        return error.problems
    return ()


def keys_of(problem: Problem) -> Iterator[str]:
    """Yield the keys of what a problem may say to write."""
    for name in ("near", "known", "write"):
        if name in problem.params:
            yield f"{name}:{problem.code}"
    if problem.hint_code:
        yield problem.hint_code
    yield problem.code
    if "wanted" in problem.params:
        yield f"thing:{problem.params['wanted']}"
