from hypothesis import given

from cmcore.charters.act import Act
from cmcore.charters.audits.comparison import Changed, Comparison
from cmcore.charters.decision import Outcome
from cmcore.charters.history import Case
from cmcore.strategies import comparisons

COMPARISON = Comparison(
    ("airline", 3),
    ("airline", 4),
    moves=(("covered", "covered", 5), ("covered", "exception", 2), ("exception", "covered", 3)),
    changed=(
        Changed(
            Case(Act(), place="line 7"),
            Outcome.COVERED,
            Outcome.EXCEPTION,
            (),
            ("crisis", "desk"),
            ("daily",),
            (),
        ),
    ),
    changed_count=5,
)
SHOWN = """\
5 of 10 acts change outcome
  covered share: 70.0% → 80.0%

What changes
  act     before   after                     rules (before)  rules (after)
  line 7  covered  exception → crisis, desk  daily           –
  (airline 3 → airline 4)"""


def test_a_comparison_shows_what_changes() -> None:
    assert str(COMPARISON) == SHOWN
    assert COMPARISON.total == 10
    assert COMPARISON.shares() == (0.7, 0.8)


def test_a_comparison_tells_what_could_not_be_read() -> None:
    made = Comparison(("a", 1), ("a", 1), moves=(), changed=(), changed_count=0, unreadable=3)
    assert str(made).splitlines() == [
        "0 of 0 acts change outcome",
        "  covered share: – → –",
        "  3 could not be read",
        "  (a 1 → a 1)",
    ]
    assert made.shares() == (None, None)
    assert made.view("fr").tables == ()


@given(comparisons())
def test_any_comparison_adds_up_and_shows_itself(made: Comparison) -> None:
    before, after = made.shares()
    assert (before is None) == (after is None) == (made.total == 0)
    assert len(made.changed) <= made.changed_count <= made.total
    assert all((c.before, c.circuits_before) != (c.after, c.circuits_after) for c in made.changed)
    for language in ("en", "fr"):
        assert made.text(language)
