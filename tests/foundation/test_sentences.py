"""The sentences of all themes make one table, in which no theme hides another's."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from cmcore.base import sentences


def test_no_code_is_of_two_themes_and_no_theme_is_left_out() -> None:
    themes = [module.name for module in iter_modules(sentences.__path__) if not module.ispkg]
    codes = Counter(
        code
        for theme in themes
        for code in import_module(f"{sentences.__name__}.{theme}").SENTENCES
    )
    assert [code for code, count in codes.items() if count > 1] == []
    assert {*codes} == {*sentences.SENTENCES}
