"""What is wrong with the files and rows of histories."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "given-and-absent": Said(
        "`{fact}` has a value and is marked absent", "leave out one of the two", "conflict"
    ),
    "fact-twice": Said("`{fact}` is given twice", "keep one of them", "conflict"),
    "blank-row": Said("the line is blank", "remove it if no act is missing there"),
    "cell-too-long": Said("a cell has more than {most:,} characters", "shorten it", "too-large"),
    "empty-row": Said("the row is empty", "remove it if no act is missing there"),
    "id-repeated": Said("a row above it has the same id", "keep one row of each act", "conflict"),
    "late-row": Said("comes before the row above", "put the history in order of time", "conflict"),
    "line-bytes": Said("the line has more than {most:,} bytes", "split it", "too-large"),
    "line-not-read": Said("line {last} was not read"),
    "line-too-long": Said("the line has more than {most:,} characters", "split it", "too-large"),
    "lines-not-read": Said("lines {first}–{last} were not read"),
    "list-of-nothing": Said("`{given}` is a list without a word", "write `{none}`"),
    "list-of-rows": Said(
        "the file is one JSON list", "write each object of the list on a line of its own"
    ),
    "other-separator": Said(
        "the cells are separated by `{separator}`", "say so: `separator`, or `--separator`"
    ),
    "quote-around-rows": Said(
        "a quote opened on line {opened} is not closed before line {last}, and what it holds "
        "looks like rows",
        "close it where its cell ends",
    ),
    "quote-never-closed": Said(
        "a quote opened on line {opened} is never closed", "close it on line {opened}"
    ),
    "quote-never-opened": Said("a quote closes a cell that none opens", "quote the whole cell"),
    "quote-within-cell": Said(
        "a quote opened on line {opened} is closed in the middle of a cell",
        'double the quotes within a cell, as in `""`',
    ),
    "ragged-row": Said(
        "the number of cells is {count}, not {due}", "quote cells that hold `{separator}`"
    ),
    "several-words": Said(
        "`{given}` is several words in one", "write `{cell}` in a cell, and a list elsewhere"
    ),
    "too-many-lines": Said(
        "there are more than {most:,} lines", "split them into several files", "too-large"
    ),
    "damaged-text": Said(
        "`{fact}` holds {character}, the mark of a character that could not be read",
        "export the file again, as UTF-8 from end to end",
    ),
    "encoded-twice": Said(
        "`{fact}` holds `{given}`, which is UTF-8 that was read as Windows-1252",
        "export the file again, as UTF-8 from end to end",
    ),
    "empty-word": Said(
        "a word of the list is empty",
        "write the word that is missing, or take its separator off",
    ),
    "placeholder": Said(
        "`{given}` is what programs write where there is nothing, or an error",
        "leave `{fact}` empty where it is not known, or write `{none}` where there is none",
    ),
    "file-compressed": Said("the file is compressed", "unpack it first"),
    "file-not-utf": Said("the file is in UTF-16", "save it as UTF-8, which Excel calls CSV UTF-8"),
    "file-workbook": Said(
        "the file is a workbook or an archive",
        "export the sheet as UTF-8, which Excel calls CSV UTF-8",
    ),
    "header-again": Said(
        "the header is repeated here", "remove it if no row stands both above and below it"
    ),
    "mark-in-row": Said(
        "the row begins with a byte order mark",
        "files were put together here: read each of them alone",
    ),
    "row-without-fact": Said(
        "the row gives no fact", "name one of its columns or keys after a fact, such as its id"
    ),
    "left-alone": Said("`{key}` is no fact, and was left alone in {count:,} rows"),
    "row-not-utf": Said(
        "the row is not UTF-8",
        "save the file as UTF-8: it may be in Windows-1252, as files of older spreadsheets are",
    ),
    "cell-without-column": Said("`{cell}` is in a column without a name", "name the column"),
    "fact-of-no-column": Said(
        "`{fact}` is made of other facts: no column can hold it",
        "leave the column out, and give what it is made of",
    ),
    "no-columns": Said(
        "no column holds a fact; the columns are {names}",
        "name the columns after facts, such as `kind` and `text`, or map them with `columns`",
    ),
    "no-column": Said("there is no column `{column}`", category="unknown"),
}
