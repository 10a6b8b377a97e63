"""What is wrong with values of any kind: ids, names, numbers, choices."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "ambiguous-number": Said("`{given}` may be `{whole}` or `{fraction}`", "write one of the two"),
    "bad-count": Said(
        "`{given}` is not a valid number here", "write a whole number, {least} or more"
    ),
    "most-below-least": Said(
        "`most_roles` is {most}, but `least_roles` is {least}",
        "write `most_roles: {least}`, or `least_roles: {most}`",
    ),
    "bad-id": Said(
        "`{given}` cannot be an id", "1 to {most} printable characters, no spaces at either end"
    ),
    "duplicate-id": Said(
        "the id `{id}` is used more than once", "give each an id of its own", "conflict"
    ),
    "id-not-composed": Said(
        "the accents of `{given}` are separate from their letters",
        "write it in normal form C (NFC), as keyboards do",
    ),
    "id-not-seen": Said("`{given}` holds a character that cannot be seen", "type it again"),
    "looks-alike": Said(
        "`{id}` looks like `{twin}`", "give each an id that nobody takes for another", "conflict"
    ),
    "mixed-scripts": Said("`{given}` mixes letters of {scripts:and}", "write it in one script"),
    "empty": Said("`{key}` is empty", "name at least one"),
    "bad-name": Said(
        "`{given}` cannot be a name",
        "a name starts with a letter and goes on with letters, digits, `_` or `-`",
    ),
    "lone-text": Said("`{given}` is one text, not a list of them", "put it in a list or a set"),
    "more-problems": Said("only the first {most:,} problems are listed"),
    "missing-parameters": Said("the problem `{given}` needs {names}"),
    "unfit-parameters": Said("these parameters do not fit the sentence of `{given}`"),
    "unknown-code": Said("no problem or hint has the code `{given}`", category="unknown"),
    "not-asked-for": Said("no check or question is called `{name}`", category="unknown"),
    "reason-missing": Said("no reason is given", "say why it does not apply"),
    "not-a-choice": Said("`{given}` is not a valid choice"),
    "foreign-type": Said("expected {wanted:a}, not a Python `{kind}`", "{wanted:how}"),
    "not-shown": Said(
        "`{kind}` cannot be shown", "give a value of cmcore: a charter, an act, a decision…"
    ),
    "unknown-contract": Said("there is no contract `{name}`", category="unknown"),
    "unknown-language": Said("there are no sentences in `{language}`", category="unknown"),
    "unknown-practice": Said("there is no practice `{name}`", category="unknown"),
    "wrong-shape": Said("expected {wanted:a}, not {found:a}", "{wanted:how}"),
    "wrong-class": Said("expected {names:or}, not `{given}`"),
    "wrong-condition": Said("the condition is of the kind `{found}`, not `{wanted}`"),
    "wrong-length": Said("{count} are given, not {wanted}"),
    "wrong-value": Said("`{given}` is not {wanted:a}", "{wanted:how}"),
}
