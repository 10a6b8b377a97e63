"""How things look: on a terminal and in a pipe, with text that came from a stranger."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from rich.console import Console

from cmcore.charters import Case, Unreadable
from cmcore.cli import inputs, show
from cmcore.cli.show import show as print_views
from cmcore.display.views import Line, Table, View

from .conftest import CHARTER, Run

SENTENCE = "the words of a sentence that is longer than a line of the terminal is wide, by far"


Draw = Callable[[View], str]
Rows = Iterator[Case | Unreadable]


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Return what draws a view on a terminal of 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)

    def draw(view: View) -> str:
        with redirect_stdout(Screen()) as screen:
            print_views(view)
        return screen.getvalue()

    return draw


def test_a_terminal_gets_colours_and_lines_of_its_width(drawn: Draw) -> None:
    text = drawn(View(title="t", tone="covered", lines=(Line("", "", SENTENCE),)))
    assert "\x1b[1;38" in text
    first, *rest = text.splitlines()[1:]
    assert len(first) <= 60
    assert first.startswith("  the words")
    assert rest
    assert all(line.startswith("    ") for line in rest)
    assert " ".join([first, *rest]).split() == SENTENCE.split()


def test_no_color_is_honoured(drawn: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "38;" not in drawn(View(title="t", tone="covered"))


def test_long_words_are_folded_and_never_cut(drawn: Draw) -> None:
    word = "x" * 100
    text = drawn(View(title="t", tables=(Table(("a", "b"), ((word, word),)),)))
    assert text.count("x") == 200
    assert all(len(plain(line)) <= 60 for line in text.splitlines())


def test_what_a_tone_marks_already_is_not_marked_twice(drawn: Draw) -> None:
    assert plain(drawn(View(title="exception → desk", tone="exception"))).strip() == (
        "exception → desk"
    )


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_pipe_breaks_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = (Line("refer", "rule", SENTENCE * 3), Line("", "", SENTENCE * 3))
    print_views(View(title="t", lines=lines), View(title="u", foot="f"))
    assert capsys.readouterr().out.splitlines() == [
        "t",
        f"  refer  rule  {SENTENCE * 3}",
        f"  {SENTENCE * 3}",
        "",
        "u",
        "  (f)",
    ]


def test_figures_stand_on_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    rows = (("a", "1", "5.0%", "–", "–"), ("bb", "10", "100,0\u00a0%", "3", "–"))
    print_views(View(title="t", tables=(Table(("n", "acts", "share", "x", "none"), rows, "T"),)))
    assert capsys.readouterr().out.splitlines() == [
        "t",
        "",
        "T",
        "  n    acts     share   x   none",
        "  ──────────────────────────────",
        "  a       1      5.0%   –   –",
        "  bb     10   100,0\u00a0%   3   –",
    ]


def test_markup_from_a_stranger_is_text(run: Run) -> None:
    text = CHARTER.replace("No word on a competitor.", "'[bold red]x[/] :smile: [/nothing]'")
    Path("charter.yaml").write_text(text, encoding="utf-8")
    shown = run("decide", "charter.yaml", "--fact", "topics=competitor")
    assert "[bold red]x[/] :smile: [/nothing]" in shown.stdout


def test_escapes_from_a_stranger_do_not_reach_the_terminal(run: Run) -> None:
    Path("odd.csv").write_text("id,kind\na,pub\x1b[2Jlish\n", encoding="utf-8")
    shown = run("audit", "charter.yaml", "odd.csv")
    assert "\x1b" not in shown.output
    assert r"pub\x1b[2Jlish" in shown.output


def test_what_an_encoding_cannot_say_is_replaced() -> None:
    class Ascii(io.StringIO):
        encoding = "ascii"

    with redirect_stdout(Ascii()) as stream:
        print_views(View(title="é", tone="covered"))
    assert stream.getvalue() == "? ?\n"


def test_json_is_utf_8_whatever_the_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    show.show_json({"é": "\ud800"})
    assert capsysbinary.readouterr().out == '{\n  "é": "\\ud800"\n}\n'.encode()


class TestProgress:
    """A bar on standard error, where somebody looks on and it takes a while."""

    @pytest.fixture
    def watched(self, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
        stream = io.StringIO()
        monkeypatch.setattr(
            inputs, "Console", lambda **_: Console(file=stream, force_terminal=True)
        )
        return stream

    @staticmethod
    def rows() -> Rows:
        yield from (Unreadable(f"line {n}") for n in range(2, 252))

    def test_a_short_history_shows_none(self, watched: io.StringIO, tmp_path: Path) -> None:
        path = tmp_path / "h.csv"
        path.write_text("id\n" * 251, encoding="utf-8")
        assert list(inputs._watched(self.rows(), path)) == list(self.rows())  # noqa: SLF001
        assert not watched.getvalue()

    def test_a_long_one_does(
        self, watched: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inputs, "_FEW", 100)
        path = tmp_path / "h.csv"
        path.write_text("id\n" * 251, encoding="utf-8")
        assert list(inputs._watched(self.rows(), path)) == list(self.rows())  # noqa: SLF001
        assert "reading" in watched.getvalue()

    def test_a_pipe_has_no_known_end(self, watched: io.StringIO, tmp_path: Path) -> None:
        assert len(list(inputs._watched(self.rows(), tmp_path))) == 250  # noqa: SLF001
        assert "reading" in watched.getvalue()

    def test_it_is_there_only_where_somebody_looks_on(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[Path] = []

        def watched(rows: Rows, path: Path) -> Rows:
            seen.append(path)
            return rows

        monkeypatch.setattr(inputs, "_watched", watched)
        assert run("audit", "charter.yaml", "met.csv").exit_code == 0
        assert not seen
        monkeypatch.setattr(inputs, "_looked_at", lambda: True)
        assert run("audit", "charter.yaml", "met.csv").exit_code == 0
        assert seen == [Path("met.csv")]


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", "à 9\xa0h\u202f; l’heure"),
        ("latin-1", "à 9\xa0h ; l'heure"),
        ("ascii", "? 9 h ; l'heure"),
    ],
)
def test_what_an_encoding_lacks_is_set_plainly(encoding: str, written: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert show._written("à 9\xa0h\u202f; l’heure", stream) == written  # noqa: SLF001 - a stream is not had otherwise
