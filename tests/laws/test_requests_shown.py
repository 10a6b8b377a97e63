"""What is found of requests shows itself, in English and in French, in terminals and notebooks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.display.views import Viewable
from cmcore.display.wording import LANGUAGES
from cmcore.strategies import backlogs, response_times, routings, staffings

SHOWN = {"backlog": backlogs, "times": response_times, "routing": routings, "staffing": staffings}


class TestShown:
    """Everything that is found has a title, lines and tables in both languages."""

    @pytest.mark.parametrize("name", SHOWN)
    @given(data=st.data())
    def test_it_shows_itself_in_both_languages(self, name: str, data: st.DataObject) -> None:
        found: Any = data.draw(SHOWN[name]())
        english, french = (found.text(language) for language in LANGUAGES)
        assert english != french
        shown(found)


def shown(found: Viewable) -> None:
    for language in LANGUAGES:
        view = found.view(language)
        assert view.title
        for table in view.tables:
            assert table.title
            assert {len(row) for row in (*table.rows, *table.tones)} <= {len(table.headings)}
        assert found.text(language).startswith(view.title)
    bundle = found._repr_mimebundle_()
    assert bundle["text/plain"] == str(found)
    assert "<script" not in bundle["text/html"]
