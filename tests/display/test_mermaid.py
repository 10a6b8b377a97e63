"""Flowcharts: labels are labels, whatever they say."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmcore.display.mermaid import Arrow, Flow, Node, label

LABEL = re.compile(r'"(?:[^\W_]|[ .,:/-]|#\d+;|<br>)*"')


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("crisis", "crisis"),
        ("Été 2026: 30 min, 2/3", "Été 2026: 30 min, 2/3"),
        ('a"] --> b["', "a#34;#93; --#62; b#91;#34;"),
        ("<br><script>", "#60;br#62;#60;script#62;"),
        ("%% gone", "#37;#37; gone"),
        ("#quot;", "#35;quot#59;"),
        ("`*_x_*`", "#96;#42;#95;x#95;#42;#96;"),
        ("one\nend\r\n two", "one end two"),
        ("a\u202eb\u200d", "a#92;u202eb#65533;"),
        ("🔥", "#128293;"),
        ("", ""),
    ],
)
def test_what_is_no_plain_word_is_written_as_a_number(text: str, written: str) -> None:
    assert label(text) == f'"{written}"'


def test_a_label_may_have_several_lines_none_of_them_endless() -> None:
    assert label("one", "two") == '"one<br>two"'
    assert len(label("x" * 1000)) < 200


@given(st.lists(st.text()))
@example(['"', "`", ";", "\u2028", "|", "]"])
def test_nothing_gets_out_of_a_label(lines: list[str]) -> None:
    written = label(*lines)
    assert LABEL.fullmatch(written)
    assert written.count("<br>") == max(0, len(lines) - 1)


def test_a_flow_has_its_nodes_then_what_is_aside_then_arrows_and_the_looks_used() -> None:
    flow = Flow(
        [Node("a", ("one", "two")), Node("b", ("end",), "round", "now")],
        [Arrow("a", "b"), Arrow("b", "c", "why not?")],
        [Node("c", ("three",))],
        title="else",
        looks={"past": "stroke:red", "now": "stroke:green"},
    )
    assert str(flow).splitlines() == [
        "flowchart TD",
        '    a["one<br>two"]',
        '    b(["end"]):::now',
        '    subgraph aside["else"]',
        '        c["three"]',
        "    end",
        "    a --> b",
        '    b -->|"why not#63;"| c',
        "    classDef now stroke:green",
    ]


def test_without_anything_aside_there_is_no_frame() -> None:
    assert str(Flow([Node("a", ("x",))], [])) == 'flowchart TD\n    a["x"]'
