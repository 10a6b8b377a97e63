"""What is wrong with the text of a document: JSON, YAML or TOML."""

from typing import Final

from cmcore.base.said import Said

_ESCAPE: Final = "write `\\\\` for a backslash"
_QUOTES: Final = "put it in quotes"

PROBLEMS: Final[dict[str, Said]] = {
    "unknown-country": Said(
        "no holidays are known of the country `{name}`", "write its code, as in `FR`", "unknown"
    ),
    "unknown-region": Said(
        "`{country}` has no region `{name}` with its own holidays", category="unknown"
    ),
    "worked-anyway": Said(
        "{day} is no holiday of the country: it is worked anyway", "leave it out"
    ),
    "year-without-holidays": Said(
        "no holidays are known of {year}", "years run from {first} to {last}", "unknown"
    ),
    "alias": Said(
        "the alias `*{name}` is not allowed",
        "repeat what it stands for, or quote a text that starts with `*`",
    ),
    "anchor": Said(
        "the anchor `&{name}` is not allowed", "remove it, or quote a text that starts with `&`"
    ),
    "bad-alias": Said("aliases are not allowed", "quote a text that starts with `*`"),
    "bad-anchor": Said("anchors are not allowed", "quote a text that starts with `&`"),
    "bad-date": Said("a date or a time is not valid"),
    "bad-directive": Said("a `%` line is not valid", "remove it"),
    "bad-escape": Said("an escape in a text is not valid", _ESCAPE),
    "bad-indentation": Said(
        "the indentation does not fit the lines above",
        "align it with spaces, and check the `:` or the quote just before",
    ),
    "bad-number": Said("a number of an escape or of a `%` line is not valid"),
    "bad-start": Said("a text cannot start with this character", "put the text in quotes"),
    "bad-tag": Said("tags are not allowed", "quote a text that starts with `!`"),
    "bad-toml-key": Said("a key is not valid", _QUOTES),
    "bad-toml-value": Said("a value is missing or not valid", "a text is in quotes"),
    "bracket-missing": Said("a `,` or a closing bracket is missing"),
    "collection-as-key": Said("a list or a mapping is used as a key", "a key is one text"),
    "colon-missing": Said("a `:` is missing after a key", "write `key: value`"),
    "decimal-comma": Said("the number `{given}` is cut at its comma"),
    "empty-document": Said("the document is empty"),
    "equals-missing": Said("a `=` is missing after a key", "write `key = value`"),
    "half-character-in-text": Said("the text holds half a character, {character}"),
    "illegal-character": Said(
        "the character {character} is not allowed here",
        "remove it, or write it as an escape in double quotes",
    ),
    "json-key-missing": Said(
        "a key in double quotes is missing", 'write `"key": value`, no `,` last'
    ),
    "json-value-missing": Said(
        "a value is missing", "a text is in double quotes, and no `,` comes last"
    ),
    "key-before-colon": Said("a key is missing before `:`", "write `key: value`"),
    "key-given-twice": Said("a key or a table is given twice", "keep one of them", "conflict"),
    "key-repeated": Said(
        "the key `{key}` is repeated", "it is already on line {first}: keep one of them", "conflict"
    ),
    "line-break-in-json": Said("a text holds a line break or a tab", "write it `\\n` or `\\t`"),
    "line-break-in-toml": Said("a text holds a line break", "use three quotes for several lines"),
    "merge-key": Said("the merge key `<<` is not allowed", "write out what it would bring in"),
    "more-after-block-sign": Said(
        "something follows the `|` or `>` of a text", "start it on the next line"
    ),
    "more-after-end": Said("something follows the end of the document", "keep one document"),
    "more-on-line": Said("something follows a value on its line", "one key on each line"),
    "no-null": Said("there is no null in this format", "leave the key out"),
    "not-json": Said("this is not valid JSON"),
    "not-plain": Said("`{kind}` is not plain data"),
    "not-toml": Said("this is not valid TOML"),
    "not-utf": Said("the text is not in UTF-8", "save the file again in UTF-8"),
    "not-yaml": Said("this is not valid YAML", "put in quotes any text with special characters"),
    "number-not-finite": Said("a number is not finite, or too large to be held"),
    "number-too-large": Said(
        "a whole number has more than {most} digits",
        "write a smaller one; if it is an identifier, put it in quotes",
        "too-large",
    ),
    "odd-indentation": Said(
        "the indentation holds {character}, which only looks like a space", "use spaces"
    ),
    "quote-open": Said("a quote is opened and never closed"),
    "several-documents": Said("there is more than one document", "keep one, and no `---` after it"),
    "stray-colon": Said("a `:` is out of place", "quote the text"),
    "stray-dash": Said("a `-` is out of place", "start it on its own line"),
    "tab-as-indentation": Said("a tab is used as indentation", "use spaces"),
    "table-bracket-missing": Said("a closing bracket is missing after the name of a table"),
    "tag": Said(
        "the tag `{name}` is not allowed", "remove it, or quote a text that starts with `!`"
    ),
    "tag-line": Said("a `%TAG` line is not allowed", "tags are not supported"),
    "text-cut": Said("`{rest}` does not belong to the text"),
    "text-too-long": Said(
        "the text is longer than {most:,} bytes", "split it into several files", "too-large"
    ),
    "too-deep": Said("there are more than {most} levels of nesting", category="too-large"),
    "too-long-unquoted": Said(
        "more than {most} characters in a row have no quotes",
        "put a long key or text in quotes",
        "too-large",
    ),
    "too-many-values": Said(
        "there are more than {most:,} values", "split it into several files", "too-large"
    ),
    "toml-not-mapping": Said("a TOML document is a mapping of keys to values"),
    "trailing-comma": Said("a `,` comes last", "remove it"),
    "yaml-value-missing": Said("a value is missing, or a bracket is not closed"),
}
