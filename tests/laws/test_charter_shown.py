"""What a charter says besides its rules is seen where it is shown: in its view, and by `check`."""

from collections.abc import Iterator
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from cmcore import Charter, strategies, view
from cmcore.cli.summary import summary
from cmcore.display.names import reader
from cmcore.display.views import as_html
from cmcore.display.wording import Language


def said(charter: Charter, language: Language) -> Iterator[str]:
    """Yield what a reader of a charter looks for."""
    yield from charter.scope.networks or ()
    for volume in charter.scope.volume:
        yield f"{volume.at_most} "
        yield volume.kind
    for one in charter.expectations:
        yield from (one.id, one.of, one.because)
        yield str(one.before or one.after or one.among or one.of)
    for name, kind in charter.kinds.items():
        yield from (name, kind.name(language))
    yield from charter.counts
    if charter.calendar is not None:
        yield from map(str, charter.calendar.years)


@given(strategies.charters(), st.sampled_from(["en", "fr"]))
def test_all_that_a_charter_says_besides_its_rules_is_shown(
    charter: Charter, language: Language
) -> None:
    shown = view(charter, language, ids=True)
    for text in (
        str(shown),
        str(summary(charter, reader(language, ids=True))),
        unescape(as_html(shown)),
    ):
        words = text.replace("<code>", "`").replace("</code>", "`")
        assert [one for one in said(charter, language) if one not in words] == []
