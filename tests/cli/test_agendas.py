"""`cmcore due`: everything that an organisation owes, from one command that a scheduler calls."""

import json
from pathlib import Path

import pytest

from cmcore import (
    Act,
    Approvers,
    Charter,
    Member,
    Organisation,
    Stage,
    Team,
    ValidationCircuit,
    decide,
    hours,
    open_review,
    read,
    record,
    structure,
    write,
)
from cmcore.organisations import Agenda, Checkup, agenda
from cmcore.reviews import Published
from cmcore.strategies._incidents import _START

from .conftest import Run

NINE = _START
SHOP = f"""\
organisation: shop
incidents: [{{incident: lamps, events: [{{opened: o, at: {NINE.isoformat()}}}]}}]
playbook:
  playbook: small
  calendar: {{years: [{NINE.year}]}}
  duties:
    - {{answer: first-word, within: 2 h}}
    - {{review: lessons, within: 2 d}}
requests: {{events: [{{received: r1, at: {NINE.isoformat()}}}]}}
desk: {{desk: d, targets: [4 h]}}
"""


@pytest.fixture(autouse=True)
def _shop(run: Run) -> None:
    del run  # which goes into a folder of its own
    Path("shop.yaml").write_text(SHOP, encoding="utf-8")
    head = Approvers("name", {"bo"})
    desk = ValidationCircuit("desk", [Stage(head)], [Stage(head, within=hours(3), afterwards=True)])
    charter = Charter("shop", circuits=[desk], default="desk")
    post = Act(id="p1", author="ana", kind="publish", text="Do not eat the cake.")
    review = open_review(
        decide(charter, post), post, charter, NINE, team=Team("t", [Member("ana"), Member("bo")]),
        emergency=True,
    )  # fmt: skip
    write(record(review, Published(post.digest(), at=NINE)), "review.json")


@pytest.mark.parametrize(("later", "code"), [(1, 0), (3, 1)])
def test_the_exit_code_says_whether_something_is_overdue(run: Run, later: int, code: int) -> None:
    at = (NINE + hours(later)).isoformat()
    assert run("due", "shop.yaml", "--at", at).exit_code == code


def test_reviews_are_listed_among_the_rest_by_deadline(run: Run) -> None:
    at = NINE + hours(1)
    shown = run("due", "shop.yaml", "--review", "review.json", "--at", at.isoformat(), "--json")
    found = structure(json.loads(shown.stdout), Agenda)
    assert [(one.kind, one.about) for one in found.owed] == [
        ("duty", "lamps"), ("review", "p1"), ("answer", "r1"), ("duty", "lamps"),
    ]  # fmt: skip
    assert found.owed[1].people == ("bo",)
    french = run("due", "shop.yaml", "--review", "review.json", "--at", at.isoformat(),
                 "--lang", "fr").stdout  # fmt: skip
    assert "validation" in french
    assert "4 dus, 0 en retard" in french


def test_what_nobody_gave_is_said_and_never_good(run: Run) -> None:
    text = SHOP.partition("playbook:")[0] + SHOP[SHOP.index("requests:") : SHOP.index("desk:")]
    Path("less.yaml").write_text(text, encoding="utf-8")
    shown = run("due", "less.yaml", "--at", (NINE + hours(1)).isoformat())
    assert shown.exit_code == 3
    assert "no playbook is given" in shown.stdout
    assert "no desk is given" in shown.stdout
    assert agenda(read("less.yaml", Organisation), NINE).missing == ("playbook", "desk")
    now = run("due", "less.yaml")
    assert now.exit_code == 3


@pytest.mark.parametrize(("later", "known"), [(2, "unknown"), (4, "no")])
def test_a_checkup_looks_at_the_reviews_that_it_is_given(run: Run, later: int, known: str) -> None:
    asked = ("checkup", "shop.yaml", "--at", (NINE + hours(later)).isoformat())
    found = structure(json.loads(run(*asked, "--review", "review.json", "--json").stdout), Checkup)
    assert found.check("exceptions asked").known == known
    shown = run(*asked, "--review", "review.json").stdout
    assert ("the review is late: `p1`" in shown) is (known == "no")
    assert "the review is late" not in run(*asked).stdout
    assert run(*asked, "--review", "shop.yaml").exit_code == 2
