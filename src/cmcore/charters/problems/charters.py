"""What is wrong with charters, their rules, and acts."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "bad-version": Said("there is no version `{version}`", "count versions from 1"),
    "circuit-not-asked": Said(
        "a {effect} rule goes to no circuit", "make it a refer rule, or name no circuit"
    ),
    "circuit-not-named": Said("rule `{rule}` refers to no circuit", "name a circuit"),
    "empty-act": Said("the act is empty", "say what it is, as in `kind: publish`"),
    "ends-before-it-begins": Said("it ends before it begins", "swap the two dates"),
    "no-circuit": Said(
        "the charter has no circuit", "say under `circuits` who decides where no rule does"
    ),
    "no-permit": Said(
        "no rule permits anything: the charter covers nothing", "write a rule with `permit`"
    ),
    "permits-whatever": Said(
        "rule `{rule}` asks nothing: it permits every act that no other rule stops",
        "say under `when` what it is about",
    ),
    "rule-never-true": Said(
        "rule `{rule}` can never be true: what it asks of a fact contradicts itself",
        "ask for less, or drop the rule",
    ),
    "count-never-true": Said(
        "`{count}` never counts an act: what it asks of a fact contradicts itself",
        "ask for less, or drop the count",
    ),
    "no-reason": Said("rule `{rule}` gives no reason", "tell the author why"),
    "not-approved": Said("no approver is named", "name one, or leave the approval out"),
    "built-in-kind": Said(
        "`{kind}` is built in: every charter has it", "leave it out, or choose another name"
    ),
    "unknown-act-kind": Said("there is no kind of act `{kind}`", category="unknown"),
    "unknown-circuit": Said("no circuit is called `{name}`", category="unknown"),
    "unknown-fact": Said("there is no fact `{fact}`", "declare it under `labels`", "unknown"),
    "unknown-value": Said("`{fact}` is never `{value}`", category="unknown"),
    "at-least-alone": Said(
        "`at least` goes with `of`, and nothing else",
        "write the two in a mapping of their own, under `all` where there is more",
    ),
    "bad-at-least": Said("at least {count} of {of} makes no sense", "ask for 1 to {of}"),
    "condition-too-deep": Said(
        "the condition is nested more than {most} deep", "split the rule", "too-large"
    ),
    "empty-condition": Said("a condition asks nothing", "leave `when` out for always"),
    "label-as-log": Said("a label cannot be a `log`", "logs come from the history"),
    "label-with-values": Said(
        "a label of type `{type}` has no list of values", "only symbols have one"
    ),
    "list-without-brackets": Said(
        "`{stray}` follows `{first}` without brackets",
        "write a list in brackets: `{op}: [{first}, {stray}]`",
    ),
    "needs-question": Said("{type:a} needs a question"),
    "not-two": Said(
        "`between` takes two values, not {count}",
        "as in `[1, 5]`; decimals have a point, as in `[0.2, 0.7]`",
    ),
    "nothing-asked": Said("nothing is asked of `{fact}`", "as in `{{present: yes}}`"),
    "not-one-window": Said(
        "acts are counted in one window",
        'say one of `within=hours(1)`, `per="week"` and `ever=True`',
    ),
    "count-of-context": Said(
        "`{fact}` is not known of earlier acts",
        "count them by what an act says itself: its kind, topics, labels, author or moment",
    ),
    "after-at-any-time": Said(
        "it is not said within what time acts are to follow `{after}`", "as in `within: 24 h`"
    ),
    "after-itself": Said("`{of}` cannot be what is to follow `{of}`", "name what is to follow"),
    "before-at-any-time": Said(
        "it is not said by what time acts are to come before `{before}`",
        "as in `by: [3 days, 30 min]`",
    ),
    "before-in-no-time": Said(
        "nothing comes `{within}` before at most and `{by}` before at least",
        "give a longer time, or leave it out",
    ),
    "not-after-acts": Said(
        "`{given}` does not go with acts that are to follow others, or to come before an event",
        "leave it out",
    ),
    "unknown-charter-event": Said(
        "the charter has no event `{name}`", "declare it under `events`", "unknown"
    ),
    "bound-never-missed": Said(
        "`{given}` is true of any acts", "ask for more than nothing, and for less than all"
    ),
    "expectations-clash": Said(
        "no period can meet both `{one}` and `{other}`",
        "ask for less of the one, or allow more of the other",
        "conflict",
    ),
    "never-in-force": Said(
        "`{name}` is never in force: the charter is not in force on any of its days",
        "bring its days within those of the charter, or drop it",
    ),
    "calendar-too-short": Said(
        "the calendar says nothing of {year}: whether a day is a holiday is then unknown",
        "add {year} to its `years`, with its holidays",
    ),
    "expects-nothing": Said(
        "expectation `{expectation}` gives no bound",
        "write `at least`, `at most`, `after` or `before`",
    ),
    "expects-twice": Said(
        "expectation `{expectation}` gives two bounds", "make an expectation of each"
    ),
    "no-share": Said("`{given}` is no share of anything", "write a share, as in `20 % per month`"),
    "not-of-calendar": Said(
        "`{given}` names no day, week, month, quarter or year", "as in `2 per week`"
    ),
    "share-of-itself": Said("all of `{of}` is among `{of}`", "name what the share is taken of"),
    "share-too-large": Said(
        "`{given}` is more than all of them", "write at most `100 %`", "too-large"
    ),
    "share-of-nothing": Said(
        "it is not said what `{given}` is a share of", "as in `among: publish`"
    ),
    "reserved-name": Said("`{name}` already has a meaning of its own", "choose another name"),
    "stands-alone": Said("`{key}` is on its own", "it goes with {beside:or}"),
    "unknown-op": Said("{type:a} cannot be asked `{op}`", category="unknown"),
    "wrong-operand": Said("`{fact}` {op} takes {wanted:a}, not `{given}`", "{wanted:how}"),
}
