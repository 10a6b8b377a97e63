"""The page of reviews has the table of the code; run this file as a script to write it again."""

from collections.abc import Iterator
from pathlib import Path

from cmcore.reviews.events import ReviewMove, ReviewState
from cmcore.reviews.fold.transitions import TERMINAL, TRANSITIONS, diagram

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reviews.md"
BEGIN, END = "<!-- transitions: begin -->\n", "<!-- transitions: end -->\n"


def sections() -> Iterator[str]:
    yield "```mermaid"
    yield from diagram()
    yield "```\n"
    states = [state for state in ReviewState if state not in TERMINAL]
    yield f"| | {' | '.join(f'*{state}*' for state in states)} |"
    yield f"|---|{'---|' * len(states)}"
    for move in ReviewMove:
        cells = (str(TRANSITIONS[state].get(move, "")) for state in states)
        yield f"| `{move}` | {' | '.join(cells)} |"


def written(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    body = "\n".join(sections())
    return f"{before}{BEGIN}\n{body}\n\n{END}{rest.partition(END)[2]}"


def test_the_page_of_reviews_has_the_table_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert BEGIN in page
    assert page == written(page), "run this file as a script"


def test_every_move_and_every_state_stands_in_the_table() -> None:
    assert TRANSITIONS.keys() == {*ReviewState}
    assert {move for moves in TRANSITIONS.values() for move in moves} == {*ReviewMove}
    reached = {state for moves in TRANSITIONS.values() for state in moves.values()}
    assert reached == {*ReviewState}


def test_every_arrow_of_the_diagram_is_one_of_the_table() -> None:
    lines = [line.strip() for line in diagram()]
    arrows = {line.split(": ")[0] for line in lines if "-->" in line and "[*]" not in line}
    names = {state: state.replace(" ", "_") for state in ReviewState}
    assert arrows == {
        f"{names[state]} --> {names[to]}"
        for state, moves in TRANSITIONS.items()
        for to in moves.values()
    }
    assert {line.split()[0] for line in lines if line.endswith("[*]")} == {
        names[state] for state in TERMINAL
    }


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
