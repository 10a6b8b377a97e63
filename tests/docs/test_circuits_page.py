"""The drawing on the page of circuits is what the library draws."""

from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "circuits.md").read_text("utf-8")


def test_the_page_shows_the_drawing_that_it_prints() -> None:
    printed = PAGE.partition(">>> print(mermaid(crisis))\n")[2].partition("```")[0]
    assert printed.startswith("flowchart TD\n    opened")
    assert f"```mermaid\n{printed}```\n" in PAGE
