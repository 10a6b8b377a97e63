"""What is said of the operators: a row for each."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

#: What is said in English and in French.
Said = tuple[str, str]


class Words(NamedTuple):
    """What is said of an operator.

    `asks` stands between the fact and what is asked, and `denies` where it is denied; `held` and
    `failed` say what a test found where it is true and where it is false; `wants` is what a rule
    asks for where a fact has no value, which makes most operators fail.
    """

    asks: Said
    denies: Said
    held: Said
    failed: Said
    wants: Said | None = None


OPERATORS: Final[Mapping[str, Words]] = {
    "is": Words(
        ("is", "vaut"),
        ("is not", "ne vaut pas"),
        ("{fact} is {got}", "{fact} vaut {got}"),
        ("{fact} is {got}, not {want}", "{fact} vaut {got}, pas {want}"),
        ("{want}", "{want}"),
    ),
    "one of": Words(
        ("is one of", "est l'un de"),
        ("is none of", "n'est aucun de"),
        ("{fact} is {got}", "{fact} vaut {got}"),
        ("{fact} is {got}, not one of {want}", "{fact} vaut {got}, pas l'un de {want}"),
        ("one of {want}", "l'un de {want}"),
    ),
    "any of": Words(
        ("has any of", "comprend l'un de"),
        ("has none of", "ne comprend aucun de"),
        ("{fact} has {hit}", "{fact} comprend {hit}"),
        ("{fact} has none of {want}", "{fact} ne comprend rien de {want}"),
        ("any of {want}", "l'un de {want}"),
    ),
    "all of": Words(
        ("has all of", "comprend tous"),
        ("does not have all of", "ne comprend pas tous"),
        ("{fact} has all of {want}", "{fact} comprend tout {want}"),
        ("{fact} does not have {rest}", "il manque {rest} à {fact}"),
        ("all of {want}", "tout {want}"),
    ),
    "none of": Words(
        ("has none of", "ne comprend aucun de"),
        ("has any of", "comprend l'un de"),
        ("{fact} has none of {want}", "{fact} ne comprend rien de {want}"),
        ("{fact} has {hit}", "{fact} comprend {hit}"),
    ),
    "only": Words(
        ("has only", "ne comprend que"),
        ("does not have only", "ne comprend pas que"),
        ("{fact} has only {want}", "{fact} ne comprend que {want}"),
        ("{fact} has {extra}, beyond {want}", "{fact} comprend {extra}, en plus de {want}"),
    ),
    "below": Words(
        ("is below", "est inférieur à"),
        ("is not below", "n'est pas inférieur à"),
        ("{fact} is {got}, below {want}", "{fact} vaut {got}, moins de {want}"),
        (
            "{fact} is {got}, not below {want}",
            "{fact} vaut {got}, ce qui n'est pas moins de {want}",
        ),
        ("less than {want}", "moins de {want}"),
    ),
    "at most": Words(
        ("is at most", "est au plus"),
        ("is not at most", "n'est pas au plus"),
        ("{fact} is {got}, at most {want}", "{fact} vaut {got}, au plus {want}"),
        ("{fact} is {got}, more than {want}", "{fact} vaut {got}, plus de {want}"),
        ("at most {want}", "au plus {want}"),
    ),
    "at least": Words(
        ("is at least", "est au moins"),
        ("is not at least", "n'est pas au moins"),
        ("{fact} is {got}, at least {want}", "{fact} vaut {got}, au moins {want}"),
        ("{fact} is {got}, short of {want}", "{fact} vaut {got}, moins que {want}"),
        ("at least {want}", "au moins {want}"),
    ),
    "above": Words(
        ("is above", "est supérieur à"),
        ("is not above", "n'est pas supérieur à"),
        ("{fact} is {got}, above {want}", "{fact} vaut {got}, plus de {want}"),
        ("{fact} is {got}, not above {want}", "{fact} vaut {got}, ce qui n'est pas plus de {want}"),
        ("more than {want}", "plus de {want}"),
    ),
    "between": Words(
        ("is between", "est entre"),
        ("is not between", "n'est pas entre"),
        ("{fact} is {got}, within {want}", "{fact} vaut {got}, dans {want}"),
        ("{fact} is {got}, outside {want}", "{fact} vaut {got}, hors de {want}"),
        ("{want}", "{want}"),
    ),
    "more than": Words(
        ("is more than", "est plus de"),
        ("is not more than", "n'est pas plus de"),
        ("{fact} has {got}, more than {want}", "{fact} compte {got}, plus de {want}"),
        (
            "{fact} has {got}, not more than {want}",
            "{fact} compte {got}, ce qui n'est pas plus de {want}",
        ),
    ),
    "fewer than": Words(
        ("is fewer than", "est moins de"),
        ("is not fewer than", "n'est pas moins de"),
        ("{fact} has {got}, fewer than {want}", "{fact} compte {got}, moins de {want}"),
        (
            "{fact} has {got}, not fewer than {want}",
            "{fact} compte {got}, ce qui n'est pas moins de {want}",
        ),
    ),
    "mentions": Words(
        ("mentions", "mentionne"),
        ("does not mention", "ne mentionne pas"),
        ("{fact} mentions {hit}", "{fact} contient {hit}"),
        ("{fact} mentions none of {want}", "{fact} ne contient rien de {want}"),
        ("a mention of {want}", "une mention de {want}"),
    ),
    "matches": Words(
        ("matches", "correspond à"),
        ("does not match", "ne correspond pas à"),
        ("{fact} matches {hit}", "{fact} correspond à {hit}"),
        ("{fact} does not match {want}", "{fact} ne correspond pas à {want}"),
        ("something like {want}", "quelque chose comme {want}"),
    ),
    "all match": Words(
        ("has only what matches", "ne comprend que ce qui correspond à"),
        ("does not have only what matches", "ne comprend pas que ce qui correspond à"),
        (
            "{fact} has only what matches {want}",
            "{fact} ne comprend que ce qui correspond à {want}",
        ),
        (
            "{fact} has {hit}, beyond what matches {want}",
            "{fact} comprend {hit}, en plus de ce qui correspond à {want}",
        ),
    ),
    "during": Words(
        ("is during", "a lieu pendant"),
        ("is not during", "n'a pas lieu pendant"),
        ("{fact} is {got}, during {want}", "{fact} est le {got}, pendant {want}"),
        ("{fact} is {got}, outside {want}", "{fact} est le {got}, hors de {want}"),
        ("a moment in {want}", "un moment dans {want}"),
    ),
    "present": Words(
        ("is there", "est là"),
        ("is not there", "n'est pas là"),
        ("{fact} is {got}", "{fact} vaut {got}"),
        ("{fact} is {got}", "{fact} vaut {got}"),
    ),
}


def _sentences() -> Iterator[tuple[str, Said]]:
    for op, words in OPERATORS.items():
        yield from ((f"{code} {op}", said) for code, said in words._asdict().items() if said)


#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, Said]] = {
    **dict(_sentences()),
    "asks absent": ("is not there", "n'est pas là"),
    "denies absent": ("is there", "est là"),
    "held quiet": ("{fact} has none within {want}", "{fact} n'en compte aucun en {want}"),
    "failed quiet": (
        "{fact} has {got} within {want}, not 0",
        "{fact} en compte {got} en {want}, et non 0",
    ),
}
