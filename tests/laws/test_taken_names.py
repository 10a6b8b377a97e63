"""A name that cannot be given says what has it already, and where, in the words of the file."""

import pytest

from cmcore import Charter, InvalidError, parse

CHARTER = "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("kinds: {publish: {en: Post, fr: Publier}}", "`publish` is built in"),
        ("kinds: {open-account: {en: '', fr: Ouvrir}}", "say what it is called"),
        ("labels: {text: flag}", "`text` already has a meaning"),
        ("labels: {all: flag}", "`all` already has a meaning"),
        ("counts: {publish: {kind: delete}}", "`publish` already has a meaning"),
        ("counts: {any: {kind: delete}}", "`any` already has a meaning"),
        (
            "expect: [{id: a, of: any, at least: 1 per day}, {id: a, of: any, at most: 9 per day}]",
            "expect[0] has it already",
        ),
        ("expect: [{id: a, of: any, at least: 1 per day, within: 4 d}]", "`after` or `before`"),
        ("expect: [{id: a, of: any, at least: 3 in 1 h}]", "2 per week"),
    ],
)
def test_what_has_a_name_already_is_said(given: str, said: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(CHARTER + given, Charter)
    told = str(caught.value)
    assert said in told
    assert "expectations[" not in told
    assert "did you mean `publish`" not in told
