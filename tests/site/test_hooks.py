"""What the site changes in the text of a page before readers see it."""

import runpy
from pathlib import Path

import pytest

HOOKS = runpy.run_path(str(Path(__file__).parents[2] / "docs" / ".site" / "hooks.py"))


def test_marks_for_the_tests_are_taken_out() -> None:
    page = "```pycon\n>>> print(1)  # doctest: +ELLIPSIS\n1\n<BLANKLINE>\n```\n"

    assert HOOKS["on_page_markdown"](page) == "```pycon\n>>> print(1)\n1\n\n```\n"


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        ("```python\nimport cedarpy\n```", "cedarpy"),
        (
            "```pycon\n>>> from pandas.api import types\n>>> import altair as alt\n```",
            "altair pandas",
        ),
        ("```pycon\n>>> def f():\n...     import polars\n```", "polars"),
        ("```python\nimport json\nfrom cmcore import Act\nfrom attrs import frozen\n```", None),
        ("```pycon\n>>> chart(report)\n```", "altair"),
        ("```pycon\n>>> rows = to_frame(report).rows()\n```", "polars"),
        ('```pycon\n>>> to_frame(report, "pandas", table="rules")\n```', "pandas"),
        ('```python\nlot = fact("text").matches("lot [0-9]+")\n```', "google-re2"),
        ("```python\nfact.mentions(to_frame)\n```", None),
        ("```yaml\nimport: cedarpy\n```", None),
        ("import cedarpy, in a sentence", None),
    ],
)
def test_what_needs_more_than_the_site_serves_is_marked(code: str, lacking: str | None) -> None:
    seen = HOOKS["on_page_markdown"](code)

    mark = f'<div class="run-lacks" data-lacks="{lacking}"></div>\n\n'
    assert seen == (code if lacking is None else mark + code)


def test_what_reads_a_name_that_could_not_be_made_is_marked_too() -> None:
    blocks = [
        "```python\nimport json\nimport cedarpy as cedar\nanswer = cedar.ask()\n```",
        "```pycon\n>>> answer.decision\n'Allow'\n>>> json.dumps(1)\n```",
        "```pycon\n>>> 1 +\n```",
        "```pycon\n>>> print(1)\n1\n```",
    ]
    seen = HOOKS["on_page_markdown"]("\n\n".join(blocks))

    mark = '<div class="run-lacks" data-lacks="cedarpy"></div>\n\n'
    assert seen == "\n\n".join([mark + blocks[0], mark + blocks[1], *blocks[2:]])


@pytest.mark.parametrize("language", ["console", "pycon"])
def test_a_table_among_the_answers_is_marked_for_its_rows_not_to_wrap(language: str) -> None:
    plain = f'<div class="language-{language} highlight"><pre>$ a\nno table</pre></div>'
    ruled = plain.replace("no table", "a  b\n────")

    assert HOOKS["on_page_content"](plain) == plain
    marked = HOOKS["on_page_content"](plain + ruled + plain)
    assert marked == plain + ruled.replace("highlight", "highlight cm-ruled") + plain
