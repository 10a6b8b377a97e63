"""Regular expressions are compiled when they are first used, and are patterns then."""

import re
import subprocess
import sys

from cmcore.base.regex import regex


def test_it_finds_what_a_pattern_finds() -> None:
    later, pattern = regex("a(b)?", re.IGNORECASE), re.compile("a(b)?", re.IGNORECASE)
    assert later.findall("AB a") == pattern.findall("AB a")
    assert later.sub("x", "AB a") == pattern.sub("x", "AB a")
    assert (later.pattern, later.flags) == (pattern.pattern, pattern.flags)


def test_an_import_compiles_no_pattern_that_knows_scripts() -> None:
    program = (
        "import re\n"
        "usual, long = re.compile, []\n"
        "def noted(pattern, flags=0):\n"
        "    long.append(pattern) if len(pattern) > 99 and not pattern.isascii() else None\n"
        "    return usual(pattern, flags)\n"
        "re.compile = noted\n"
        "from cmcore import Act, Charter, Rule, decide\n"
        "assert not long, long\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - its own words
