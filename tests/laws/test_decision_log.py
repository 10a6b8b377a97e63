"""The decision log: replayed equal, changed in vain, redacted for good, and never torn for others.

What was logged replays equal; any change of a byte is found; what is erased stands nowhere; and of
what is redacted nothing is said that some value of it would belie.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cmcore import (
    Act,
    Charter,
    Context,
    Decision,
    InvalidError,
    Message,
    Outcome,
    Rule,
    decide,
    fact,
    parse,
    unstructure,
)
from cmcore.base import Problem
from cmcore.charters import Author, Case, Earlier, Scope, Situation, Term, Unreadable
from cmcore.charters.conditions.facts import OF_LINKS, RESERVED
from cmcore.charters.conditions.vocabulary import Vocabulary
from cmcore.charters.decisions.judgement import judge_plainly
from cmcore.codec import append_to_log, line_digest, log_line, read_log, verify_log
from cmcore.decisionlog import (
    NAMES_AND_TEXTS,
    LogCheck,
    LogEntry,
    Redaction,
    Replay,
    decide_again,
    entries,
    entry,
    masked,
    replay,
)
from cmcore.decisionlog.redactions import REDACTABLE
from cmcore.strategies import cases, charters_and_cases, log_entries, redactions

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
DESK: Final = """
charter: shop
circuits: {desk: [{ask: {role: lead}}]}
default: desk
labels: {price: flag}
rules:
  - {permit: all, when: {kind: [publish, reply]}, because: Everyday.}
  - {refer: prices, to: desk, when: {price: yes}, because: Prices are seen first.}
  - {forbid: insults, when: {text: {mentions: [idiot]}}, because: We are polite.}
"""
SHOP: Final = parse(DESK, Charter)
#: What an entry says that was ruled.
RULED: Final = ("outcome", "circuits", "determining", "reasons")


@pytest.fixture(autouse=True, scope="module")
def _in_a_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with chdir(tmp_path_factory.mktemp("logs")):
        yield


def logged(charter: Charter, case: Case, redaction: Redaction | None = None) -> LogEntry:
    decision = decide(charter, case.act, case.context, repair=False)
    return entry(decision, case.context, charter, id="d", at=NOON, redaction=redaction)


def lines_of(*entries: LogEntry) -> list[bytes]:
    made: list[bytes] = []
    for one in entries:
        made.append(log_line(one, line_digest(made[-1])) if made else log_line(one))
    return made


def three() -> list[bytes]:
    acts = [Act(kind="publish", text=text) for text in ("Open.", "Closed — é.", "idiot")]
    return lines_of(*(logged(SHOP, Case(act)) for act in acts))


def codes(check: LogCheck) -> list[str]:
    return [problem.code for problem in check.problems]


# ---------------------------------------------------------------------------------- what was logged


@given(charters_and_cases(ill=True))
def test_what_was_logged_replays_equal(drawn: tuple[Charter, Case]) -> None:
    charter, case = drawn
    assert replay([logged(charter, case)], [charter]) == Replay(equal=1)


@given(st.lists(log_entries(), max_size=3))
def test_what_was_logged_is_read_equal(many: list[LogEntry]) -> None:
    path = Path("read-equal.jsonl")
    path.write_bytes(b"".join(lines_of(*many)))
    log = read_log(path)
    assert list(log) == many
    assert log.check.is_intact
    assert log.check == verify_log(path)


@given(charters_and_cases(), st.data())
def test_a_decision_that_the_log_has_otherwise_is_different(
    drawn: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, case = drawn
    other = data.draw(cases(charter))
    false = decide(charter, other.act, other.context, repair=False)
    true = logged(charter, case)
    forged = attrs.evolve(
        true, outcome=false.outcome, circuits=false.circuits, determining=false.determining,
        reasons=logged(charter, other).reasons,
    )  # fmt: skip
    found = replay([forged], [charter])
    is_same = (forged.determining, forged.outcome, forged.reasons) == (
        *(true.determining, true.outcome, true.reasons),
    )
    assert (found.equal, found.different) == ((1, 0) if is_same else (0, 1))
    assert set(found.reasons) <= {"unexplained"}


@given(charters_and_cases(ill=True), st.data())
def test_many_entries_are_judged_together_as_each_is_plainly(
    drawn: tuple[Charter, Case], data: st.DataObject
) -> None:
    charter, case = drawn
    some = [case, *data.draw(st.lists(cases(charter), max_size=4))]
    true = [logged(charter, one) for one in some]
    rulings = [{key: getattr(one, key) for key in RULED} for one in true]
    # every entry also as if it had been decided as each of the others
    log = [attrs.evolve(one, **ruled) for one in true for ruled in rulings] * 2
    together = replay(log, [charter])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide_again, "judge_act", judge_plainly)
        assert together == replay(log, [charter])
    assert together.equal >= 2 * len(true)


def test_entries_of_several_charters_are_not_judged_by_one_memory() -> None:
    """Two charters of one shape leave the same bits: their rules are others."""
    strict = parse(DESK.replace("forbid: insults", "forbid: incivility"), Charter)
    case = Case(Act(kind="publish", text="idiot", labels={"price": False}))
    log = [logged(charter, case) for charter in (SHOP, strict, SHOP)]
    assert replay(log, [SHOP, strict]) == Replay(equal=3)


@given(charters_and_cases())
def test_another_library_explains_a_difference_and_no_equality(
    drawn: tuple[Charter, Case],
) -> None:
    charter, case = drawn
    true = attrs.evolve(logged(charter, case), library="0.0.1")
    assert replay([true], [charter]).equal == 1
    false = attrs.evolve(true, determining=(), reasons=())
    assume(true.reasons)
    assert replay([false], [charter]).reasons == {"another library": 1}


@given(charters_and_cases())
def test_another_charter_is_never_equal(drawn: tuple[Charter, Case]) -> None:
    charter, case = drawn
    one = logged(charter, case)
    strict = charter.with_rule(Rule.forbid("all of it", because="Closed."))
    found = replay([one], [strict])
    assert found.equal == 0
    assert found.reasons == {"another charter": 1}
    assert found.different == (one.outcome != "forbidden")
    assert replay([one], [strict, charter]).equal == 1
    assert replay([one], []).reasons == {"no charter": 1}


# --------------------------------------------------------------------------------- what was changed


def changes(data: bytes) -> Iterator[bytes]:
    """Yield a log with one byte changed, removed or added, in every place."""
    for place, byte in enumerate(data):
        for other in {byte ^ 1, byte ^ 0x20, 0x0A, 0x20, 0xFF} - {byte}:
            yield data[:place] + bytes([other]) + data[place + 1 :]
        yield data[:place] + data[place + 1 :]
        yield data[:place] + b" " + data[place:]


def test_any_change_of_a_byte_is_found() -> None:
    data = b"".join(three()[:2])
    assert verify_log(data.splitlines(keepends=True)).is_intact
    for changed in changes(data):
        assert verify_log(_cut(changed)).problems, changed


def _cut(data: bytes) -> list[bytes]:
    """Return the lines of a file: what stands between line feeds, and nothing else."""
    *whole, rest = data.split(b"\n")
    return [*(line + b"\n" for line in whole), *([rest] if rest else [])]


@given(st.lists(log_entries(), min_size=1, max_size=3), st.data())
def test_a_change_drawn_anywhere_is_found(many: list[LogEntry], data: st.DataObject) -> None:
    whole = b"".join(lines_of(*many))
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.binary(max_size=3))
    length = data.draw(st.integers(0, 3))
    changed = whole[:place] + other + whole[place + length :]
    is_cut_tail = whole.startswith(changed) and (not changed or changed.endswith(b"\n"))
    assume(changed != whole and not is_cut_tail)
    assert verify_log(_cut(changed)).problems


def test_lines_removed_swapped_or_doubled_are_found() -> None:
    one, two, last = three()
    for many in (
        [two, last],
        [one, last],
        [two, one, last],
        [one, one, two, last],
        [one, two, two],
    ):
        assert "log-line-out-of-place" in codes(verify_log(many))


def test_what_follows_an_unreadable_line_is_not_blamed_for_it() -> None:
    one, two, last = three()
    for spoilt in (b"\xef\xbb\xbf" + two, two[:-1] + b"\r\n", two.replace(b":", b": ", 1), b"x\n"):
        found = verify_log([one, spoilt, last])
        assert [(it.code, it.line) for it in found.problems] == [("log-line-damaged", 2)]
        assert ("saved the file" in str(found)) == spoilt.endswith((two, b"\r\n"))
    assert codes(verify_log([b"x\n", two, one])) == ["log-line-damaged", "log-line-out-of-place"]


def test_two_logs_that_were_joined_are_called_so() -> None:
    made = three()
    found = verify_log([*made, *made])
    assert codes(found) == ["log-line-out-of-place"]
    assert "another log begins here" in str(found)
    assert "another log" not in str(verify_log([made[0], made[2]]))


def test_a_line_that_lacks_only_its_break_is_whole() -> None:
    *most, last = three()
    found = verify_log([*most, last.removesuffix(b"\n")])
    assert (found.entries, found.is_only_torn) == (3, True)
    assert "its entry is whole" in str(found)
    assert "its entry is whole" not in str(verify_log([*most, last[:-9]]))


def test_an_unreadable_line_is_listed_by_its_place_in_the_readers_language() -> None:
    found = replay(read_log([b"x\n"]), [])
    assert "line 1" in found.text()
    assert "ligne 1" in found.text("fr")
    assert "line 1" not in found.text("fr")


def test_a_cut_tail_shows_by_the_head_that_was_kept_alone() -> None:
    made = three()
    head = line_digest(made[2])
    assert verify_log(made[:2]).is_intact
    assert codes(verify_log(made[:2], head=head)) == ["log-head-missing"]
    assert verify_log(made, head=head).after == 0
    assert verify_log(made, head=line_digest(made[0])).after == 2
    assert verify_log(made, head="0" * 64).after == 3
    with pytest.raises(InvalidError, match="SHA-256"):
        verify_log(made, head="abc")


def usual(data: Any, **options: Any) -> str:  # noqa: ANN401 - plain data
    told = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False, **options}
    return json.dumps(data, **told)


TWINS: Final[dict[str, Callable[[Any], str]]] = {
    "spaces": lambda data: usual(data, separators=(",", ": ")),
    "escapes": lambda data: usual(data, ensure_ascii=True),
    "order": lambda data: usual(
        {**data, "entry": dict(reversed(data["entry"].items()))}, sort_keys=False
    ),
    "double": lambda data: usual(data).replace('"id":"d"', '"id":"c","id":"d"'),
}


@pytest.mark.parametrize("written", TWINS.values(), ids=TWINS)
def test_a_twin_of_a_line_is_found_whatever_digest_it_has(written: Callable[[Any], str]) -> None:
    line = three()[1]
    data = json.loads(line)
    digest = data.pop("digest")
    for claimed in (digest, sha256(written(data).encode()).hexdigest()):
        text = '{"digest":"' + claimed + '",' + written(data)[1:] + "\n"
        twin = text.encode()
        assert twin != line
        assert verify_log([three()[0], twin]).problems


# --------------------------------------------------------------------------------- what is redacted


def everything(token: Callable[[str], str]) -> tuple[Act, Context]:
    """Return an act and a context that say a token of their own wherever a text can stand."""

    def message(of: str) -> Message:
        return Message(
            id=token(f"{of}.id"), author=token(f"{of}.author"), text=token(f"{of}.text"),
            tone=token(f"{of}.tone"), language=token(f"{of}.language"),
            topics={token(f"{of}.topics")}, at=NOON, kind=token(f"{of}.kind"),
            author_kind=token(f"{of}.author_kind"),
        )  # fmt: skip

    act = Act(
        id=token("id"), kind="own-kind", at=NOON, network=token("network"),
        account=token("account"), author=token("author"), language=token("language"),
        topics={token("topics")}, text=token("text"), links={token("links")},
        hashtags={token("hashtags")}, mentions={token("mentions")}, media={token("media")},
        template=token("template"), format=token("format"), recipient=token("recipient"),
        in_reply_to=message("in_reply_to"), target=message("target"),
        labels={"remark": token("remark")}, absent={"duration"},
    )  # fmt: skip
    around = Context(
        at=NOON,
        author=Author(roles={token("author.roles")}, seniority=token("author.seniority"),
                      trained_in={token("author.trained_in")}),
        incident=Situation(open=True, severity=token("incident.severity")),
        earlier=Earlier([attrs.evolve(act, id="before")]),
        events={"launch": NOON},
    )  # fmt: skip
    return act, around


TOKENS: Final = sorted(
    {*REDACTABLE, "remark"}
    - {"kind", "at", "described", "paid", "scheduled", "duration", "author.contract"}
    - {"incident.open", "earlier", "events", "holidays", *OF_LINKS}
    - {f"{of}.{name}" for of in ("in_reply_to", "target") for name in
       ("at", "ours", "followers", "replies")}
)  # fmt: skip
COUNTING: Final = SHOP.with_rule(
    Rule.refer(
        "often", to="desk", because="Often.", when=fact("recent.any").more_than(9, ever=True)
    )
)


@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize("way", ["erase", "mask"])
def test_what_is_redacted_stands_nowhere_in_the_line(name: str, way: str) -> None:
    act, around = everything(lambda of: f"token-of-{of.replace('.', '-')}-end")
    decision = decide(COUNTING, act, around)
    plain = log_line(entry(decision, around, COUNTING, id="d", at=NOON))
    names = {name, "text"} if name in {"links", "hashtags", "mentions"} else {name}
    policy = Redaction(**{way: names})
    made = entry(decision, around, COUNTING, id="d", at=NOON, redaction=policy)
    line = log_line(made)
    part = {"labels": "remark", "incident": "incident.severity"}.get(name, name)
    part = f"{name}.author" if name in {"in_reply_to", "target"} else part
    token = f"token-of-{part.replace('.', '-')}-end".encode()
    assert token in plain
    assert token not in line
    assert any(
        key == name or key.startswith(f"{name}.") or name == "labels" for key in made.redacted
    )
    left = made.redacted.get({"labels": "remark", "incident": "incident.severity"}.get(name, name))
    assert bool(left) == (way == "mask")
    assert b"token-of-" in line, "only what is named goes"


def test_names_and_texts_are_gone_by_the_policy_that_says_so() -> None:
    act, around = everything(lambda of: f"token-of-{of.replace('.', '-')}-end")
    made = entry(
        decide(COUNTING, act, around), around, COUNTING,
        id="d", at=NOON, redaction=NAMES_AND_TEXTS, key=b"k" * 16,
    )  # fmt: skip
    line = log_line(made).decode()
    for name in ("author", "text", "recipient", "mentions", "in_reply_to-author", "target-text"):
        assert f"token-of-{name}-end" not in line
    assert made.redacted["text"] == masked("token-of-text-end", b"k" * 16)
    assert made.redacted["text"] != masked("token-of-text-end")


def test_what_is_known_to_be_absent_goes_too() -> None:
    act = Act(kind="publish", absent={"template"}, in_reply_to=Message(absent={"author"}))
    policy = Redaction(erase={"template", "in_reply_to.author"})
    made = logged(SHOP, Case(act), policy)
    assert made.act == Act(kind="publish", in_reply_to=Message())
    assert made.redacted == {"template": "", "in_reply_to.author": ""}


@given(charters_and_cases(), redactions(), st.data())
@settings(max_examples=3 * settings().max_examples)
def test_a_redacted_entry_is_equal_only_if_whatever_was_there_gives_the_same(
    drawn: tuple[Charter, Case], policy: Redaction, data: st.DataObject
) -> None:
    charter, case = drawn
    made = logged(charter, case, policy)
    found = replay([made], [charter])
    assert found.different == 0, "the log is true"
    if found.equal:
        other = filled(made, data.draw(cases(charter)))
        decision = decide(charter, other.act, other.context, repair=False)
        assert (decision.outcome, decision.circuits) == (made.outcome, made.circuits)
        assert decision.determining == made.determining


@given(charters_and_cases(), redactions(), st.data())
def test_a_redacted_entry_is_different_only_if_whatever_was_there_belies_it(
    drawn: tuple[Charter, Case], policy: Redaction, data: st.DataObject
) -> None:
    charter, case = drawn
    false = logged(charter, data.draw(cases(charter)), policy)
    made = attrs.evolve(logged(charter, case, policy), outcome=false.outcome,
        circuits=false.circuits, determining=false.determining, reasons=false.reasons)  # fmt: skip
    if replay([made], [charter]).different:
        assume(made.redacted)
        other = filled(made, data.draw(cases(charter)))
        decision = decide(charter, other.act, other.context, repair=False)
        again = logged(charter, other)
        assert (decision.outcome, decision.circuits, again.reasons) != (
            *(made.outcome, made.circuits, made.reasons),
        )


def filled(made: LogEntry, other: Case) -> Case:
    """Return an entry's act and context, what was redacted taken from another case."""
    act, context = made.act, made.context
    for name in (one for one in made.redacted if not one.startswith("earlier.")):
        head, _, rest = name.partition(".")
        if head in {"in_reply_to", "target"} and rest:
            message = taken(getattr(act, head), getattr(other.act, head) or Message(), rest)
            act = attrs.evolve(act, **{head: message})
        elif head in {"author", "incident"} and rest:
            part = taken(getattr(context, head), getattr(other.context, head), rest)
            context = attrs.evolve(context, **{head: part})
        elif name in {"holidays", "events", "earlier"}:
            context = taken(context, other.context, name)
        elif hasattr(act, name):
            act = taken(act, other.act, name)
        else:
            label = {name: other.act.labels[name]} if name in other.act.labels else {}
            act = attrs.evolve(act, labels={**act.labels, **label})
    return Case(act, context)


def taken(mine: Any, theirs: Any, name: str) -> Any:  # noqa: ANN401 - one kind of value
    """Return a value with a field of another one, which may say that there is none."""
    if name in getattr(theirs, "absent", ()):
        return attrs.evolve(mine, absent=mine.absent | {name})
    return attrs.evolve(mine, **{name: getattr(theirs, name)})


def test_what_cannot_matter_is_told_equal_without_it() -> None:
    act = Act(kind="publish", author="ana", text="Open.", labels={"price": False})
    without = logged(SHOP, Case(act), Redaction(erase={"author"}))
    assert without.act.author is None
    assert replay([without], [SHOP]).equal == 1
    without = logged(SHOP, Case(act), Redaction(mask={"text"}))
    found = replay([without], [SHOP])
    assert (found.equal, found.untold, dict(found.reasons)) == (0, 1, {"redacted": 1})


@pytest.mark.parametrize(("term", "untold"), [(Term(), 0), (Term(through=NOON.date()), 1)])
def test_when_an_act_was_matters_to_a_rule_of_some_days_alone(term: Term, untold: int) -> None:
    permit, prices, *others = SHOP.rules
    shop = attrs.evolve(SHOP, rules=[permit, attrs.evolve(prices, term=term), *others])
    case = Case(Act(kind="publish", at=NOON, text="Open."))
    made = logged(shop, case, Redaction(erase={"at"}))
    assert replay([made], [shop]).untold == untold


def test_a_forged_outcome_shows_where_what_is_left_decides() -> None:
    act = Act(kind="publish", author="ana", text="idiot")
    one = logged(SHOP, Case(act), Redaction(erase={"labels", "kind"}))
    forged = attrs.evolve(one, outcome=Outcome.COVERED, circuits=(), determining=(), reasons=())
    assert replay([forged], [SHOP]).different == 1


def silenced(rules: str, gone: str = "text", **told: Any) -> Replay:  # noqa: ANN401 - of an act
    """Return what comes of an act under a charter with rules, once something of it is erased."""
    desk = "charter: s, circuits: {d: [{ask: {role: lead}}]}, default: d"
    charter = parse(f"{{{desk}, {rules}}}", Charter)
    context = told.pop("context", Context())
    case = Case(Act(at=NOON, **told), context)
    return replay([logged(charter, case, Redaction(erase={gone}))], [charter])


REACTIONS: Final = "{permit: all, when: {kind: [publish, react]}, because: Fine.}"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        # a reaction has no text unless it is given: without it, it would be known to have none
        ("{forbid: i, when: {text: {mentions: [idiot]}}, because: No.}", {"text": "idiot"}),
        ("{forbid: i, when: {text: {mentions: [idiot]}}, because: No.}", {"text": "Open."}),
        ("{refer: t, to: d, when: {text: {present: no}}, because: Seen.}", {"text": "Open."}),
        ("{forbid: t, when: {text: {present: no}}, because: No.}", {"text": "Open."}),
    ],
)
def test_what_is_gone_of_an_act_is_not_taken_for_absent(rule: str, told: dict[str, Any]) -> None:
    found = silenced(f"rules: [{REACTIONS}, {rule}]", kind="react", **told)
    assert (found.equal, found.different, found.untold) == (0, 0, 1)


@pytest.mark.parametrize("message", ["in_reply_to", "target"])
def test_who_is_answered_is_not_taken_for_nobody(message: str) -> None:
    rule = f"{{forbid: z, when: {{{message}.author: {{present: yes}}}}, because: No.}}"
    told: dict[str, Any] = {message: Message(author="zoe")}
    found = silenced(f"rules: [{REACTIONS}, {rule}]", message, kind="publish", **told)
    assert (found.equal, found.different, found.untold) == (0, 0, 1)


def test_a_day_off_that_is_gone_may_have_decided() -> None:
    rule = "{refer: h, to: d, when: {holiday: yes}, because: Closed.}"
    off = Context(at=NOON, holidays={NOON.date()})
    found = silenced(f"rules: [{REACTIONS}, {rule}]", "holidays", kind="publish", context=off)
    assert (found.equal, found.different, found.untold) == (0, 0, 1)


def test_where_a_link_leads_is_not_known_once_it_is_gone_with_the_text() -> None:
    rule = "{refer: l, to: d, when: {domains: {any of: [luxor.com]}}, because: Rivals.}"
    found = silenced(f"rules: [{REACTIONS}, {rule}]", kind="publish", links={"https://luxor.com/a"})
    assert (found.equal, found.different, found.untold) == (0, 0, 1)


def test_whether_a_charter_was_in_force_is_not_known_once_the_moment_is_gone() -> None:
    rules = f"through: {NOON.date()}, rules: [{REACTIONS}]"
    found = silenced(rules, "at", kind="publish")
    assert (found.equal, found.different, found.untold) == (0, 0, 1)


@pytest.mark.parametrize(
    ("counted", "gone", "told"),
    [
        ("recent.hide.same_message", "target", {"kind": "hide", "target": Message(id="m")}),
        ("recent.tagged", "text", {"kind": "publish", "text": "Open #sunday"}),
        ("recent.reply.same_person", "in_reply_to",
         {"kind": "reply", "in_reply_to": Message(author="zoe")}),
    ],
)  # fmt: skip
def test_what_earlier_acts_were_about_is_not_known_once_it_is_gone(
    counted: str, gone: str, told: dict[str, Any]
) -> None:
    before = Act(at=NOON - timedelta(minutes=5), **told)
    context = Context(at=NOON, earlier=Earlier([before], NOON - timedelta(days=9)))
    own = "counts: {tagged: {hashtags: {any of: [sunday]}}}"
    rule = f"{{refer: r, to: d, when: {{{counted}: {{more than: 0 in 1 h}}}}, because: Again.}}"
    permit = "{permit: all, when: {kind: [publish, hide, reply]}, because: Fine.}"
    found = silenced(f"{own}, rules: [{permit}, {rule}]", gone, context=context, **told)
    assert (found.equal, found.different, found.untold) == (0, 0, 1)


@pytest.mark.parametrize("text", ["idiot", "Open."])
def test_what_is_gone_of_earlier_acts_is_not_taken_for_absent(text: str) -> None:
    before = Act(kind="react", at=NOON - timedelta(minutes=5), text=text)
    context = Context(at=NOON, earlier=Earlier([before], NOON - timedelta(days=9)))
    counted = "counts: {rude: {text: {mentions: [idiot]}}}, rules: [" + REACTIONS
    rule = "{refer: r, to: d, when: {recent.rude: {more than: 0 in 1 h}}, because: Rude.}]"
    found = silenced(f"{counted}, {rule}", kind="publish", text="Hello", context=context)
    assert (found.equal, found.different, found.untold) == (0, 0, 1)


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"erase": {"autor"}}, "unknown-redaction"),
        ({"erase": {"no name"}}, "unknown-redaction"),
        ({"erase": {"author"}, "mask": {"author"}}, "erased-and-masked"),
        ({"mask": {"mentions"}}, "left-in-text"),
        ({"erase": {"links"}}, "left-in-text"),
        ({"erase": {"hosts"}}, "left-in-text"),
        ({"mask": {"domains"}}, "left-in-text"),
    ],
)
def test_a_policy_that_would_not_do_what_it_says_is_refused(
    given_: dict[str, set[str]], code: str
) -> None:
    with pytest.raises(InvalidError) as failure:
        Redaction(**given_)
    assert [problem.code for problem in failure.value.problems] == [code]


def test_a_fact_of_which_a_log_holds_nothing_is_no_label() -> None:
    asked = [name for name in Vocabulary().names() if name not in REDACTABLE]
    assert {"fits", "holiday", "local.hour", "text.length"} < {*asked}
    for name in (*asked, *sorted(RESERVED - REDACTABLE), "act", "context"):
        with pytest.raises(InvalidError) as failure:
            Redaction(erase={name, "text"})
        assert [problem.code for problem in failure.value.problems] == ["unknown-redaction"], name


@pytest.mark.parametrize("name", ["count", "words", "rules", "hour", "person", "since", "length"])
@pytest.mark.parametrize("way", ["erase", "mask"])
def test_a_label_goes_whatever_it_is_called(name: str, way: str) -> None:
    charter = parse(DESK.replace("price", name), Charter)
    case = Case(Act(kind="publish", text="Open.", labels={name: True}))
    made = logged(charter, case, parse(f"{way}: [{name}]", Redaction))
    assert not made.act.labels
    assert made.redacted == {name: masked(True) if way == "mask" else ""}  # noqa: FBT003
    assert replay([made], [charter]).reasons == {"redacted": 1}


def test_an_entry_warns_of_a_name_that_its_charter_does_not_have() -> None:
    case = Case(Act(kind="publish", text="Open."))
    policy = Redaction(erase={"clinet", "hour", "text"})
    with pytest.warns(UserWarning, match="called") as told:
        logged(SHOP, case, policy)
    assert [str(one.message).partition("called ")[2] for one in told] == ["`clinet`", "`hour`"]
    logged(SHOP, case, NAMES_AND_TEXTS)


def test_a_name_that_the_act_has_is_no_slip() -> None:
    case = Case(Act(kind="publish", text="Open.", labels={"client": "Ana"}))
    assert not logged(SHOP, case, Redaction(erase={"client"})).act.labels


def test_a_policy_is_looked_at_once_for_a_charter(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = list[object]()

    def look(policy: Redaction, _: list[Charter]) -> tuple[Problem, ...]:
        looked.append(policy)
        return ()

    monkeypatch.setattr(entries, "stray_names", look)
    charter = attrs.evolve(SHOP, version=7)
    for policy in (NAMES_AND_TEXTS, Redaction(mask={"text"}), NAMES_AND_TEXTS):
        logged(charter, Case(Act(kind="publish", text="Open.")), policy)
    assert len(looked) == 2


def test_a_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(InvalidError, match="can be guessed"):
        masked("a", b"secret")


# ------------------------------------------------------------------------------------ hostile files


HOSTILE: Final = [
    b"\n", b"null\n", b"{}\n", b"[1,2]\n", b"\x00\x00\n", b"\xff\xfe\n", b'{"digest":"\n',
    b'{"digest":"' + b"0" * 64 + b'","entry":{},"previous":"' + b"0" * 64 + b'"}\n',
    b"x" * 100_000 + b"\n", b'{"digest":"' + b"0" * 64 + b'",' + b"[" * 50_000 + b"\n",
]  # fmt: skip


def unread(row: LogEntry | Unreadable) -> tuple[Problem, ...]:
    assert isinstance(row, Unreadable)
    return row.problems


def sealed(body: str) -> bytes:
    """Return a line whose digest is right, whatever it holds."""
    text = '{"entry":' + body + ',"previous":"' + "0" * 64 + '"}'
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f'{{"digest":"{digest}",{text[1:]}\n'.encode("utf-8", "surrogatepass")


DEEP: Final = '{"a":' * 50_000 + "1" + "}" * 50_000
BODIES: Final = [
    "{}", '{"format":2,"later":1}', '{"format":1}', DEEP, '{"a":' + "9" * 5000 + "}",
    '{"a":NaN}', '{"a":1e999}', '{"a":"\\ud800"}', '{"a":"\ud800"}', '{"format":[]}',
    '{"act":{"kind":"<script>"},"format":1}', '{"a":' + "[" * 70 + "]" * 70 + "}",
]  # fmt: skip


@pytest.mark.parametrize(
    "line", [*HOSTILE, *map(sealed, BODIES)], ids=range(len(HOSTILE) + len(BODIES))
)
def test_whatever_a_line_holds_is_told_and_the_rest_is_read(line: bytes) -> None:
    made = three()
    path = Path("hostile.jsonl")
    path.write_bytes(made[0] + line + b"".join(made[1:]))
    log = read_log(path)
    rows = list(log)
    assert [type(row) for row in rows] == [LogEntry, Unreadable, LogEntry, LogEntry]
    told = unread(rows[1])
    assert told
    assert all(problem.line == 2 for problem in told)
    found = replay(rows, [SHOP])
    assert (found.equal, dict(found.reasons)) == (3, {"unreadable": 1})
    assert found.total == len(rows)


def test_a_format_of_another_version_is_told_and_nothing_else_of_that_entry() -> None:
    Path("later.jsonl").write_bytes(sealed('{"format":2,"later":1}'))
    (row,) = read_log("later.jsonl")
    assert [problem.code for problem in unread(row)] == ["unknown-log-format"]


def test_all_problems_are_listed_up_to_a_limit() -> None:
    found = verify_log([b"x\n"] * 3)
    assert [problem.line for problem in found.problems] == [1, 2, 3]
    assert codes(verify_log([b"x\n"] * 2000))[-1] == "more-problems"
    assert len(verify_log([b"x\n"] * 2000).problems) == 1001


def test_a_line_without_end_is_told_and_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcore.codec.decisionlog.LONGEST", 5000)
    path = Path("endless.jsonl")
    path.write_bytes(three()[0] + b"x" * 20_000 + b"\n" + three()[1])
    assert codes(verify_log(path)) == ["line-bytes"]
    path.write_bytes(b"x" * 200_000)
    with pytest.raises(InvalidError, match="something else"):
        append_to_log(path, [])
    long = logged(SHOP, Case(Act(kind="publish", text="x" * 6000)))
    with pytest.raises(InvalidError, match="5,000"):
        log_line(long)


def test_what_no_file_can_hold_is_refused() -> None:
    half = logged(SHOP, Case(Act(kind="publish", text="a\ud800")))
    with pytest.raises(InvalidError) as failure:
        log_line(half)
    assert [problem.code for problem in failure.value.problems] == ["half-character-in-text"]
    with pytest.raises(InvalidError, match="SHA-256"):
        log_line(logged(SHOP, Case(Act(kind="publish"))), "abc")
    with pytest.raises(InvalidError, match="no line"):
        line_digest(b"abc")


# --------------------------------------------------------------------------------------- appending


def test_a_line_cut_anywhere_is_told_and_breaks_nothing_after_it() -> None:
    made = three()
    whole = b"".join(made)
    path = Path("torn.jsonl")
    more = logged(SHOP, Case(Act(kind="reply", text="More.")))
    for cut in range(0, len(whole) + 1, 23):
        path.write_bytes(whole[:cut])
        head = append_to_log(path, [more, more])
        found = verify_log(path, head=head)
        ends = [sum(map(len, made[:count])) for count in range(4)]
        is_whole = cut in ends or cut + 1 in ends
        kept = sum(end <= cut + (cut + 1 in ends) for end in ends[1:])
        assert found.entries == kept + 2
        assert found.is_intact if is_whole else found.is_only_torn, (cut, found)
        assert found.after == 0
        head = append_to_log(path, [more])
        assert verify_log(path, head=head).entries == kept + 3


def test_a_last_line_that_has_no_end_is_told() -> None:
    path = Path("open.jsonl")
    path.write_bytes(b"".join(three())[:-1])
    found = verify_log(path)
    assert (found.entries, found.is_only_torn, codes(found)) == (3, True, ["log-line-torn"])


@pytest.mark.parametrize(
    "line",
    [b"hello\n", b"{}\n", b"\0\0\0\n", b"\n", b" \n", b"\r\n", b'{"digest":"abc"}\n', b"hello"],
)
def test_what_is_no_beginning_of_a_line_is_damage(line: bytes) -> None:
    found = verify_log([*three(), line])
    assert (found.is_only_torn, codes(found)) == (False, ["log-line-damaged"])


def test_line_breaks_of_another_system_are_a_change() -> None:
    found = verify_log([line.replace(b"\n", b"\r\n") for line in three()])
    assert (found.is_only_torn, {*codes(found)}) == (False, {"log-line-damaged"})


def test_something_else_is_never_appended_to() -> None:
    path = Path("notes.md")
    path.write_text("# Notes\n\nKeep me.\n", encoding="utf-8")
    with pytest.raises(InvalidError, match="something else"):
        append_to_log(path, [])
    assert path.read_text(encoding="utf-8") == "# Notes\n\nKeep me.\n"


def test_where_files_cannot_be_locked_one_process_appends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    append_to_log("unlocked.jsonl", [logged(SHOP, Case(Act(kind="publish")))])
    assert verify_log("unlocked.jsonl").entries == 1


def test_where_a_folder_cannot_be_opened_its_file_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    append_to_log("folder.jsonl", [logged(SHOP, Case(Act(kind="publish")))])
    assert verify_log("folder.jsonl").entries == 1


WRITER: Final = """
import sys
from cmcore import Charter, parse
from cmcore.codec import append_to_log, read_log
(one,) = read_log("one.jsonl")
for _ in range(20):
    append_to_log("shared.jsonl", [one])
"""


def test_processes_that_append_at_once_make_one_chain() -> None:
    append_to_log("one.jsonl", [logged(SHOP, Case(Act(kind="publish")))])
    running = [subprocess.Popen([sys.executable, "-c", WRITER]) for _ in range(3)]  # noqa: S603
    assert [one.wait() for one in running] == [0, 0, 0]
    found = verify_log("shared.jsonl")
    assert (found.entries, found.problems) == (60, ())


# ----------------------------------------------------------------------------------------- entries


def test_a_decision_of_another_charter_is_not_logged_under_this_one() -> None:
    decision = decide(SHOP, Act(kind="publish"))
    other = attrs.evolve(SHOP, version=2)
    with pytest.raises(InvalidError) as failure:
        entry(decision, Context(), other, id="d", at=NOON)
    assert [problem.code for problem in failure.value.problems] == ["decision-of-other-rules"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"format": 2}, "unknown-log-format"),
        ({"id": ""}, "bad-id"),
        ({"version": 0}, "bad-count"),
        ({"charter_digest": "abc"}, "wrong-value"),
        ({"circuits": ()}, "circuits-missing"),
        ({"outcome": "covered"}, "circuits-needless"),
        ({"determining": ("other",)}, "rule-not-found"),
        ({"at": NOON.replace(tzinfo=None)}, "naive-datetime"),
    ],
)
def test_an_entry_says_nothing_against_itself(changed: dict[str, Any], code: str) -> None:
    one = logged(SHOP, Case(Act(kind="publish", labels={"price": True}, text="")))
    with pytest.raises(InvalidError) as failure:
        attrs.evolve(one, **changed)
    assert code in [problem.code for problem in failure.value.problems]


def test_the_reasons_of_a_replay_add_up() -> None:
    with pytest.raises(InvalidError, match="counted"):
        Replay(different=1)


def test_earlier_acts_that_no_rule_counts_are_not_kept() -> None:
    act = Act(kind="publish", at=NOON)
    old = Act(kind="publish", at=datetime(2020, 1, 1, tzinfo=UTC), text="long ago")
    near = Act(kind="publish", at=NOON, text="just now")
    around = Context(earlier=Earlier([old, near]))
    weekly = SHOP.with_rule(
        Rule.refer("w", to="desk", because="W.", when=fact("recent.any").more_than(9, per="week"))
    )
    for charter, kept in ((SHOP, None), (weekly, [near]), (COUNTING, [old, near])):
        made = logged(charter, Case(act, around)).context.earlier
        assert (None if made is None else list(made.acts)) == kept
        assert replay([logged(charter, Case(act, around))], [charter]).equal == 1
    since = Context(earlier=Earlier([near], since=NOON))
    made = logged(weekly, Case(act, since)).context.earlier
    assert made is not None
    assert made.since == NOON


def test_what_is_shown_of_an_entry_and_of_a_replay() -> None:
    one = logged(
        SHOP, Case(Act(kind="delete", labels={"price": True}, author="<b>")), NAMES_AND_TEXTS
    )
    assert "not in the log: `author`" in one.text()
    assert "absent du journal" in one.text("fr")
    assert "<b>" not in one.view()._repr_mimebundle_()["text/html"]
    found = replay([one] * 150, [])
    assert "and 50 more" in str(found)
    assert len(found.listed) == 100
    assert "exception → desk" in str(one)
    assert unstructure(found)["untold"] == 150
    check = LogCheck(2, problems=(), after=1)
    assert "1 entry after it" in str(check)
    assert isinstance(decide(SHOP, Act()), Decision)


def test_what_is_gone_is_called_as_its_reader_calls_it_of_earlier_acts_apart() -> None:
    earlier = Earlier([Act(kind="publish", text="Open.", author="ana", at=NOON)])
    case = Case(Act(kind="publish", text="Open.", author="ana", at=NOON), Context(earlier=earlier))
    charter = SHOP.with_rule(
        Rule.refer(
            "busy", to="desk", when=fact("recent.publish").more_than(3, ever=True), because="Busy."
        )
    )
    one = logged(charter, case, Redaction(erase={"author", "text"}))
    assert "not in the log: `author`, `text`\n" in one.text()
    assert "not in the log, of earlier acts: `author`, `text`\n" in one.text()
    assert "absent du journal\xa0: `auteur`, `texte`\n" in one.text("fr")
    assert "pour les actes antérieurs\xa0: `auteur`, `texte`\n" in one.text("fr")


def test_an_entry_says_what_was_unknown_and_that_nothing_permits_it() -> None:
    unknown = logged(SHOP, Case(Act(kind="publish", text="Open.")))
    assert "(unknown: `price`)" in unknown.text()
    bare = logged(SHOP, Case(Act(kind="delete", text="", labels={"price": False})))
    assert "nothing permits it" in bare.text()
    assert "rien ne l’autorise" in bare.text("fr")


def test_what_happened_around_an_act_goes_where_a_policy_names_it() -> None:
    around = Context(events={"launch": NOON}, holidays={NOON.date()})
    made = logged(SHOP, Case(Act(kind="publish"), around), Redaction(erase={"events", "holidays"}))
    assert made.context == Context()
    assert dict(made.redacted) == {"events": "", "holidays": ""}


def test_a_permit_reads_the_scope_of_its_charter() -> None:
    scoped = attrs.evolve(SHOP, scope=Scope(networks={"x"}))
    act = Act(kind="publish", network="x", text="Open.", labels={"price": False})
    assert replay([logged(scoped, Case(act))], [scoped]).equal == 1
    without = logged(scoped, Case(act), Redaction(erase={"network"}))
    assert replay([without], [scoped]).reasons == {"redacted": 1}
