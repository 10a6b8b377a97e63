"""The landing page: a charter and a post, edited and run in the reader's browser."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

POST = """\
kind: publish
topics: [{topic}]
labels: {{price_claim: no}}
text: Our shortbread is back, {words}.
"""
MESSAGE = """\
type: publication
sujets: [produit]
étiquettes: {parle_de_prix: non}
texte: Les sablés sont de retour.
"""


def answer(page: "Page", button: str) -> "Locator":
    """Press the button, and return the panel once it holds what Python showed."""
    page.get_by_role("button", name=button, exact=True).click()
    panel = page.locator(".run-output:not([aria-busy])")
    panel.locator(".run-text").first.wait_for()
    return panel


@pytest.fixture(scope="module")
def landing(visit: Callable[..., Any]) -> Any:  # noqa: ANN401
    """Open the landing page once: its Python is started by the first test that runs it."""
    opened = visit()
    opened.go("")
    opened.page.wait_for_load_state("networkidle")
    return opened


def test_python_is_fetched_only_when_run_is_pressed(landing: Any) -> None:  # noqa: ANN401
    before = list(landing.asked)
    assert landing.page.locator(".run-output").inner_text().startswith("exception → crisis")
    answer(landing.page, "Run")
    after = landing.asked[len(before) :]

    assert not [each for each in before if "/vendor/" in each]
    assert [each for each in after if each.endswith(".wasm")]


def test_an_edited_post_gets_a_new_decision(landing: Any) -> None:  # noqa: ANN401
    page = landing.page
    field = page.get_by_label("Text of the file (post.yaml)")

    field.fill(POST.format(topic="product", words="for Christmas"))
    assert answer(page, "Run").inner_text().startswith("covered")
    field.fill(POST.format(topic="product", words="recall the taste"))
    assert "covered if you remove `recall` from `text`" in answer(page, "Run").inner_text()
    field.fill(POST.format(topic="competitor-trouble", words="not theirs"))
    assert answer(page, "Run").inner_text().startswith("forbidden")
    page.get_by_role("button", name="Undo my changes (post.yaml)").click()
    assert answer(page, "Run").inner_text().startswith("exception → crisis")


def test_an_edited_charter_decides_otherwise(landing: Any) -> None:  # noqa: ANN401
    page = landing.page
    field = page.get_by_label("Text of the file (charter.yaml)")
    text = field.input_value()

    field.fill(text.replace("recall, ", "").replace("      price_claim: no\n", ""))
    assert answer(page, "Run").inner_text().startswith("covered")
    field.fill(text.replace("recall", "shortbread"))
    assert "`text` mentions `shortbread`" in answer(page, "Run").inner_text()
    page.get_by_role("button", name="Undo my changes (charter.yaml)").click()
    assert field.input_value() == text


def test_what_cannot_be_read_is_told(landing: Any) -> None:  # noqa: ANN401
    page = landing.page
    field = page.get_by_label("Text of the file (post.yaml)")
    field.fill("kynd: publish\n")
    page.get_by_role("button", name="Run", exact=True).click()
    error = page.locator(".run-error")
    error.first.wait_for()

    assert "kynd" in error.all_inner_texts()[0]


def test_a_value_shows_as_it_does_in_a_notebook(landing: Any) -> None:  # noqa: ANN401
    page = landing.page
    page.get_by_role("button", name="Edit").click()
    code = page.get_by_label("Code of the example (3)")
    code.fill(
        "from cmcore import Act, Charter, decide, read\n"
        'decide(read("charter.yaml", Charter), Act(topics={"recipe"}))'
    )
    page.get_by_role("button", name="Run", exact=True).click()
    frame = page.frame_locator(".run-output iframe")

    frame.get_by_text("exception → crisis").wait_for()
    assert page.locator(".run-output .run-text").count() == 0


def test_in_french(visit: Callable[..., Any]) -> None:
    page = visit().go("fr/")
    page.get_by_label("Texte du fichier (message.yaml)").fill(MESSAGE)

    assert page.locator("html").get_attribute("lang") == "fr"
    assert answer(page, "Exécuter").inner_text().startswith("couvert")


def test_a_key_runs_and_a_run_can_be_stopped(visit: Callable[..., Any]) -> None:
    page = visit().go("")
    page.get_by_label("Text of the file (post.yaml)").press("Control+Enter")
    page.get_by_role("button", name="Stop", exact=True).click()

    assert page.locator(".run-output").inner_text() == "Stopped."
    assert page.get_by_role("button", name="Run", exact=True).is_visible()


@pytest.mark.parametrize("path", ["", "fr/"])
def test_charter_post_and_decision_fit_one_screen(visit: Callable[..., Any], path: str) -> None:
    page = visit(viewport={"width": 1280, "height": 900}).go(path)
    first = [page.locator("h1"), page.get_by_text("pip install")]
    parts = [*first, *page.locator("textarea").all(), page.locator(".run-output")]
    boxes = [part.bounding_box() for part in parts]

    assert len(boxes) == 5
    assert all(box["y"] + box["height"] <= 900 for box in boxes)
    assert not page.locator(".live pre:visible", has_text="charter:").all()


@pytest.mark.parametrize("path", ["", "fr/"])
def test_on_a_phone_the_answer_follows_the_post(visit: Callable[..., Any], path: str) -> None:
    page = visit(viewport={"width": 390, "height": 844}).go(path)
    charter, post = (area.bounding_box() for area in page.locator("textarea").all())
    answered = page.locator(".run-output").bounding_box()

    assert post["y"] < answered["y"] < charter["y"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("path", ["", "fr/"])
def test_the_first_screen_says_what_it_is_how_to_install_it_and_what_it_answers(
    visit: Callable[..., Any], path: str, width: int, height: int
) -> None:
    page = visit(viewport={"width": width, "height": height}).go(path)
    post = page.locator("textarea").nth(1)
    shown = [page.locator(".cm-hero"), page.get_by_text("pip install"), post]
    answered = page.locator(".run-output").bounding_box()

    assert "Python" in page.locator(".cm-kicker").inner_text()
    for box in [part.bounding_box() for part in shown]:
        assert box["y"] + box["height"] <= height
    assert answered["y"] + 80 <= height  # four lines of it at least
