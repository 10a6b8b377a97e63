"""Adapters: labellers made of functions, classifiers, answers of services, words and patterns."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from attrs import field

from cmcore.base.asked import checked, checked_late
from cmcore.base.errors import Problem, refuse, refuse_any
from cmcore.base.values import internal
from cmcore.charters.act import Act
from cmcore.labellers.labeller import Failed, Labeller, kind_of, labeller_problems, scored
from cmcore.text.measures import compile_pattern
from cmcore.text.words import WordList

_Answers = Sequence[Mapping[str, object]]


@internal
class MadeLabeller:
    """A labeller made by an adapter of this library."""

    name: str
    version: str
    labels: tuple[str, ...]
    _scores: Callable[[Sequence[Act]], _Answers] = field(repr=False)

    @checked_late
    def scores(self, acts: Sequence[Act]) -> _Answers:
        """Return the scores of each act."""
        return self._scores(acts)


def _made(
    name: str, version: str, labels: Iterable[str], scores: Callable[[Sequence[Act]], _Answers]
) -> Labeller:
    made = MadeLabeller(name, version, tuple(dict.fromkeys(labels)), scores)
    refuse_any(labeller_problems(made))
    return made


def _each(label: str, function: Callable[[Act], object]) -> Callable[[Sequence[Act]], _Answers]:
    """Return what scores acts one by one: what raises for one of them says nothing of that one."""

    def scored(act: Act) -> object:
        try:
            return function(act)
        except Exception as error:  # noqa: BLE001 - whatever it raises, its answer is unknown
            return Failed(kind_of(error))

    return lambda acts: [{label: scored(act)} for act in acts]


def _on_text(function: Callable[[str], object]) -> Callable[[Act], object]:
    return lambda act: None if act.text is None else function(act.text)


@checked
def by_function(
    label: str, function: Callable[[Act], object], *, version: str, name: str | None = None
) -> Labeller:
    """Make a labeller of a function that gives one act a score, or None where it cannot tell.

    Where it raises, its answer is unknown. It is called by the name of the label unless another is
    given.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_function, score
        >>> loud = by_function("shouting", lambda act: act.text.count("!"), version="1")
        >>> [one.of for one in score(loud, [Act(text="Now!!"), Act()])]
        [{'shouting': 2.0}, {}]
    """
    return _made(name or label, version, [label], _each(label, function))


@checked
def by_words(
    label: str,
    words: WordList | Iterable[str],
    *,
    version: str,
    name: str | None = None,
) -> Labeller:
    """Make a labeller of a list of words: the score of a text is how many of them it has.

    An act without a known text has no score.

    Raises:
        InvalidError: if there are no words.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_words, score
        >>> prices = by_words("price_claim", ["euro*", "discount"], version="3")
        >>> score(prices, [Act(text="Crossings from 12 euros")])[0].of
        {'price_claim': 1.0}
    """
    known = words if isinstance(words, WordList) else WordList(words)
    if not known.entries:
        raise refuse("empty", "words", key="words")
    return by_function(label, _on_text(lambda text: len(known.find(text))), version=version,
                       name=name)  # fmt: skip


@checked
def by_pattern(label: str, pattern: str, *, version: str, name: str | None = None) -> Labeller:
    r"""Make a labeller of a pattern of RE2: the score of a text is how often it is found there.

    Raises:
        InvalidError: if the pattern is not one of RE2.
        MissingExtraError: if google-re2 is not installed.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_pattern, score
        >>> prices = by_pattern("price_claim", r"\d+ ?€", version="1")
        >>> score(prices, [Act(text="12 € today, 14€ on Sunday")])[0].of
        {'price_claim': 2.0}
    """
    compiled = compile_pattern(pattern, caseless=True)
    found = _on_text(lambda text: sum(1 for _ in compiled.finditer(text)))
    return by_function(label, found, version=version, name=name)


#: So many classes of a classifier are named.
_SHOWN: Final = 10


def _python(one: Any) -> str:  # noqa: ANN401 - a class may be anything
    """Return how a class is written in Python, of whatever kind of number or text it is."""
    return repr(one.item() if hasattr(one, "item") else one)


def _text(act: Act) -> object:
    return act.text


@checked
def by_classifier(  # noqa: PLR0913 - each option is named and independent
    label: str,
    classifier: Any,  # noqa: ANN401 - whatever has `predict_proba` and `classes_`
    *,
    version: str,
    name: str | None = None,
    yes: object = True,
    features: Callable[[Act], object] = _text,
) -> Labeller:
    """Make a labeller of a fitted classifier of two classes or more, as scikit-learn's pipelines.

    The score is the probability that its `predict_proba` gives to the class `yes`. It is given the
    text of each act, or what `features` makes of it; an act of which that is None has no score.

    Raises:
        InvalidError: when it has no `predict_proba`, answers for several labels at once, or has no
            class `yes` among its `classes_`.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_classifier, score
        >>> class Model:
        ...     classes_ = [False, True]
        ...     def predict_proba(self, texts):
        ...         return [[0.2, 0.8] if "€" in text else [0.9, 0.1] for text in texts]
        >>> prices = by_classifier("price_claim", Model(), version="2026-03")
        >>> [one.of for one in score(prices, [Act(text="12 €"), Act(text="Fog"), Act()])]
        [{'price_claim': 0.8}, {'price_claim': 0.1}, {}]
    """
    classes = list(getattr(classifier, "classes_", ()))
    kind = type(classifier).__name__
    if not classes or not callable(getattr(classifier, "predict_proba", None)):
        raise refuse("no-classifier", "classifier", kind=kind)
    if any(isinstance(one, Iterable) and not isinstance(one, str | bytes) for one in classes):
        raise refuse("several-outputs", "classifier", kind=kind)
    if yes not in classes:
        known = [_python(one) for one in classes[:_SHOWN]]
        raise refuse("no-such-class", "yes", kind=kind, yes=_python(yes), classes=known)
    place = classes.index(yes)

    def scores(acts: Sequence[Act]) -> _Answers:
        given = [features(act) for act in acts]
        told = [one for one in given if one is not None]
        shares = iter(classifier.predict_proba(told) if told else ())
        return [{} if one is None else {label: next(shares)[place]} for one in given]

    return _made(name or label, version, [label], scores)


@checked
def by_answers(
    labels: Iterable[str],
    ask: Callable[[Sequence[Act]], Iterable[Mapping[str, object]]],
    *,
    name: str,
    version: str,
) -> Labeller:
    """Make a labeller of a service that you ask yourself, over HTTP or however you like.

    `ask` is given up to 64 acts and returns an answer for each, in order: a mapping of labels to
    numbers, as its JSON has it. The library opens no connection. What is missing from an answer or
    is no number is unknown, and so is everything where it raises, or answers too few or too many.

    Examples:
        >>> from cmcore import Act
        >>> from cmcore.labellers import by_answers, score
        >>> def ask(acts):  # instead of a request to a service
        ...     return [{"promise": 0.7, "why": "…"} for act in acts]
        >>> model = by_answers(["promise"], ask, name="model", version="7")
        >>> score(model, [Act(text="Soon!")])[0].of
        {'promise': 0.7}
    """
    return _made(name, version, labels, lambda acts: list(islice(ask(acts), len(acts) + 1)))


@checked
def by_several(*labellers: Labeller, name: str | None = None) -> Labeller:
    """Make one labeller of several, each for labels of its own; its version names theirs.

    Where one of them raises, only its own labels are unknown.

    Raises:
        InvalidError: when two of them score the same label.

    Examples:
        >>> from cmcore.labellers import by_several, by_words
        >>> both = by_several(by_words("insult", ["fool"], version="1"),
        ...                   by_words("promise", ["soon"], version="4"))
        >>> both.name, both.version, both.labels
        ('insult+promise', '1+4', ('insult', 'promise'))
    """
    refuse_any(*(labeller_problems(one, "labellers", n) for n, one in enumerate(labellers)))
    labels = [label for one in labellers for label in one.labels]
    twice = sorted(label for label, count in Counter(labels).items() if count > 1)
    refuse_any(Problem.of("scored-twice", "labellers", label=label) for label in twice)

    def scores(acts: Sequence[Act]) -> _Answers:
        found: list[dict[str, object]] = [{} for _ in acts]
        for one in labellers:
            for made, answer in zip(found, scored(one, acts), strict=True):
                made.update(answer.of)
                if answer.failure is not None:
                    failed = Failed(answer.failure)
                    made.update((label, failed) for label in one.labels if label not in answer.of)
        return found

    names, versions = ("+".join(part) for part in (
        [one.name for one in labellers], [one.version for one in labellers]))  # fmt: skip
    return _made(name or names, versions, labels, scores)
