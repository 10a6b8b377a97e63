"""What is wrong with frames, tables, charts, the catalog, and what is typed in a terminal."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "column-not-readable": Said(
        "`{fact}` is {type:a}, which a column of type `{kind}` cannot hold"
    ),
    "column-taken": Said(
        "the frame has a column `{column}` already", "rename it, or leave it out", "conflict"
    ),
    "computed-fact": Said(
        "the fact `{fact}` is computed, never given",
        "leave the column out, or give it another name",
    ),
    "drawn-without-team": Said(
        "what is drawn is circuits, not teams", "leave `--team` out, or this"
    ),
    "charter-expired": Said("the charter expired on {day}", "remove it, or renew it", "stale"),
    "rule-expired": Said("rule `{rule}` expired on {day}", "remove it, or renew it", "stale"),
    "file-not-read": Said("{reason}"),
    "looks-back": Said(
        "`{charter}` counts earlier acts, which other parts may hold",
        "audit the table in one piece, with `audit_frame`",
    ),
    "mixed-rows": Said(
        "no table is made of {kinds}",
        "give at least one thing, all of one kind: acts, decisions, requests…",
    ),
    "no-chart": Said("there is no chart of `{kind}`", category="unknown"),
    "cell-without-column": Said("`{cell}` stands under a column without a name", "name the column"),
    "fact-of-no-column": Said(
        "`{fact}` is made of other facts: no column can hold it",
        "leave the column out, and give what it is made of",
    ),
    "empty-frame": Said(
        "the frame has no columns", "give one of which the columns are called as facts are"
    ),
    "no-columns": Said(
        "no column holds a fact; the columns are {names}",
        "name the columns after facts, such as `kind` and `text`, or map them with `columns`",
    ),
    "no-column": Said("there is no column `{column}`", category="unknown"),
    "no-review-date": Said("no day is set to read it again", "add `review by`"),
    "no-table": Said(
        "there is no table of `{kind}`", "give a verdict, or acts, decisions, requests and the like"
    ),
    "not-in-catalog": Said("the catalog has no {what} `{name}`", category="unknown"),
    "not-in-dilemma": Said("`{name}` is not asked", category="unknown"),
    "nothing-came-in": Said("nothing came in"),
    "option-without-team": Said("`{option}` needs a team", "give a team too"),
    "review-overdue": Said(
        "it was due to be read again by {day}", "read it again, then move `review by`", "stale"
    ),
    "unknown-table": Said("there is no table `{name}`", category="unknown"),
    "window-without-start": Said("a window needs a start"),
}
