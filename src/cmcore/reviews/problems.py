"""Why a review cannot be opened, or an event cannot happen to it."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "amended-by-other-charter": Said(
        "the new content was decided by another charter",
        "decide by the charter that the review began under: `{charter}`, version {version}",
        "stale",
    ),
    "amended-other-act": Said("`{found}` is a different act", "the review is of `{act}`", "stale"),
    "amended-other-circuit": Said(
        "the circuit `{id}` has changed",
        "a review keeps the circuits it began with",
        "stale",
    ),
    "amended-to-forbidden": Said(
        "the new content is forbidden by {rules}",
        "change what they forbid, or withdraw the act",
        "forbidden",
    ),
    "author-looks-alike": Said(
        "`{author}` is not in the team, but looks like `{twin}`",
        "write `{twin}` if that is who it is; if not, give them another id",
        "forbidden",
    ),
    "author-not-in-team": Said(
        "`{author}` is not in the team",
        "give the id of a member, or say that the author is external",
        "forbidden",
    ),
    "change-not-made": Said(
        "`{fact}` of the act cannot be changed in this way", "decide the act again", "conflict"
    ),
    "circuits-missing": Said("what is `{outcome}` goes to a circuit", "name it", "conflict"),
    "circuits-needless": Said("what is `{outcome}` goes to no circuit", "drop it", "conflict"),
    "decision-against-rules": Said(
        "its rules come to `{found}`, not to `{given}`", "decide the act again", "conflict"
    ),
    "finding-against-act": Said(
        "this contradicts the act, on `{fact}`", "decide the act again", "conflict"
    ),
    "finding-against-rest": Said(
        "this contradicts the rest of the decision, on `{fact}`", "decide the act again", "conflict"
    ),
    "finding-against-test": Said(
        "what was read makes the test {found}, not {given}", "decide the act again", "conflict"
    ),
    "hides-from-no-rule": Said(
        "no rule `{rule}` refers or forbids this act", "decide the act again", "conflict"
    ),
    "hits-against-test": Said("what the test finds is {found}", "decide the act again", "conflict"),
    "other-zone": Said(
        "another finding is on the clock of `{found}`", "one charter has one zone", "conflict"
    ),
    "part-against-rules": Said(
        "its rules come to {found}, not to {named}", "decide the act again", "conflict"
    ),
    "part-needless": Said("a decision that is `{outcome}` has no `{part}`", "drop it", "conflict"),
    "repair-against-changes": Said(
        "the act is not the result of the changes", "decide the act again", "conflict"
    ),
    "repair-hides-from-rule": Said(
        "the changes hide from the rule `{rule}` what the act is about",
        "decide the act again",
        "conflict",
    ),
    "repair-leaves-rule": Said(
        "the rule `{rule}` applies to the changed act too", "decide the act again", "conflict"
    ),
    "rule-against-charter": Said(
        "this contradicts the charter, on the rule `{rule}`", "decide the act again", "conflict"
    ),
    "rule-against-findings": Said(
        "the findings for the rule `{rule}` do not lead to this",
        "decide the act again",
        "conflict",
    ),
    "rule-not-found": Said(
        "the rule `{rule}` is not among the findings", "decide the act again", "conflict"
    ),
    "circuits-left-out": Said(
        "a circuit of the decision is missing: {names}", "give all circuits of the decision"
    ),
    "circuits-not-decided": Said(
        "the decision does not send it to {names:or}", "give the circuits of the decision alone"
    ),
    "already-approved": Said("`{by}` has approved this content already", category="conflict"),
    "already-delegated": Said("`{by}` has delegated to `{to}` already", category="conflict"),
    "already-spoken": Said("`{by}` has spoken already", category="conflict"),
    "already-spoken-for": Said("`{by}` has spoken for `{person}` already", category="conflict"),
    "asked-later": Said(
        "`{by}` is asked by a later stage, which is not open yet", category="conflict"
    ),
    "content-unchanged": Said(
        "the content is the same as before", "an amendment changes its digest", "conflict"
    ),
    "decision-of-other-act": Said(
        "the decision is of an act with other {fields}",
        "decide again, and give the act that was decided",
        "stale",
    ),
    "decision-of-other-charter": Said(
        "the decision is of `{charter}`, version {version}", "give the charter it is of", "stale"
    ),
    "decision-of-other-rules": Said(
        "the decision is of another charter that is also called `{charter}`, version {version}",
        "give each changed charter a version of its own",
        "stale",
    ),
    "event-out-of-order": Said("it comes before the latest event", "that was at {at}", "conflict"),
    "is-author": Said(
        "`{author}` is the author: nobody reviews their own act", category="forbidden"
    ),
    "no-author": Said(
        "it is not known who the author is",
        "say who wrote it, in `author`: nobody approves their own act",
    ),
    "not-a-deputy": Said(
        "`{to}` is not a deputy of `{by}`",
        "the circuit says who the deputies of a stage are",
        "forbidden",
    ),
    "not-an-exception": Said(
        "the act is {outcome}: only an exception is reviewed", category="conflict"
    ),
    "not-approved-content": Said(
        "`{digest:.16}` is not the content approved", "that is `{current:.16}`", "stale"
    ),
    "not-asked": Said("`{by}` is not asked", category="forbidden"),
    "not-delegated": Said(
        "`{by}` may not speak for `{person}`", "only `{person}` can let them", "forbidden"
    ),
    "not-possible-now": Said(
        "{state:say while}: it cannot be `{move}` now", "it may be {moves}", "conflict"
    ),
    "not-the-author": Said("`{by}` is not the author", "that is `{author}`", "forbidden"),
    "not-under-review": Said(
        "`{digest:.16}` is not the content under review", "that is `{current:.16}`", "stale"
    ),
    "nothing-to-escalate": Said(
        "`{by}` has nothing to escalate",
        "only those asked by an open stage, with another after it, may escalate it",
        "forbidden",
    ),
    "nothing-waits": Said("nothing that is open now awaits `{by}`", category="conflict"),
    "review-closed": Said(
        "the review is {state:say state}: nothing more can happen to it",
        "open another review",
        "conflict",
    ),
    "review-not-open-yet": Said("the review was not open yet", "it opened at {at}", "conflict"),
    "time-is-out": Said("the time for `{by}` to answer is over", category="conflict"),
    "review-of-other-act": Said(
        "the review is of `{act}`", "give the act it is of, not `{given}`", "stale"
    ),
}
