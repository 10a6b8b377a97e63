"""What a calibration promises on real data, and what comes of it on examples that it never saw.

Run by hand, with scikit-learn installed: `python benchmarks/real.py [SPLITS]` takes two sets that
scikit-learn ships, tumours (malignant or not) and handwritten digits (is it this one?);
`python benchmarks/real.py SPLITS FILE TEXT LABEL YES` takes posts of a CSV file, where LABEL is a
column and YES what stands in it for yes.

A classifier learns from one half of the examples. On a quarter it is calibrated, and on the last
one it is seen what share is called wrongly, and what stays unknown.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from random import Random
from statistics import mean, median

from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from cmcore import Act
from cmcore.labellers import by_classifier, calibrate, score

CONFIDENCE = 0.95
RISKS = (0.01, 0.02, 0.05)
#: What a classifier is given of an example, and whether the label is truly yes.
Example = tuple[object, bool]


def shipped() -> Iterator[tuple[str, list[Example]]]:
    """Yield the labels of the sets that scikit-learn ships, with their examples."""
    tumours = load_breast_cancer()
    yield "malignant", [(x, not y) for x, y in zip(tumours.data, tumours.target, strict=True)]
    digits = load_digits()
    for digit in range(10):
        told = [(x, bool(y == digit)) for x, y in zip(digits.data, digits.target, strict=True)]
        yield f"digit_{digit}", told


def posts(path: str, text: str, label: str, yes: str) -> list[Example]:
    """Return the posts of a file; of equal texts one, or it would be learnt by heart."""
    with open(path, encoding="utf-8", newline="") as file:  # noqa: PTH123 - given by hand
        return [
            *{row[text]: (row[text], row[label] == yes) for row in csv.DictReader(file)}.values()
        ]


def judged(
    label: str, examples: Sequence[Example], risk: float, split: int
) -> tuple[dict[bool, float], float]:
    """Return the shares called no and yes wrongly, and the share that stays unknown."""
    order = list(range(len(examples)))
    Random(split).shuffle(order)  # noqa: S311 - a simulation
    half, most = len(order) // 2, 3 * len(order) // 4
    first = (
        TfidfVectorizer(sublinear_tf=True, min_df=2)
        if isinstance(examples[0][0], str)
        else StandardScaler()
    )
    model = make_pipeline(first, LogisticRegression(max_iter=1000))
    model.fit([examples[n][0] for n in order[:half]], [examples[n][1] for n in order[:half]])
    labeller = by_classifier(
        label, model, version="1", features=lambda act: examples[int(act.id or 0)][0]
    )
    acts = [Act(id=str(n), labels={label: examples[n][1]}) for n in order]
    found = calibrate(labeller, acts[half:most], risk=risk, confidence=CONFIDENCE)
    later = acts[most:]
    called = [found.calls(Act(id=act.id), scores).get(label)
              for act, scores in zip(later, score(labeller, later), strict=True)]  # fmt: skip
    pairs = list(zip(called, (act.labels[label] for act in later), strict=True))
    wrong = {says: mean(one is says and truth is not says for one, truth in pairs)
             for says in (False, True)}  # fmt: skip
    return wrong, mean(one is None for one, _ in pairs)


def main(splits: str = "20", *told: str) -> None:
    """Print what was promised of each label, what came of it, and what stays unknown."""
    sets = [(told[2], posts(*told))] if told else list(shipped())
    for label, examples in sets:
        yes = sum(truth for _, truth in examples)
        print(f"{label}: {len(examples)} examples, {yes} yes")
        for risk in RISKS:
            runs = [judged(label, examples, risk, split) for split in range(int(splits))]
            no, so = ([wrong[says] for wrong, _ in runs] for says in (False, True))
            above = sum(max(wrong.values()) > risk for wrong, _ in runs)
            print(f"  at most {risk:.0%}: no wrongly {mean(no):.2%} (worst {max(no):.2%}), "
                  f"yes wrongly {mean(so):.2%} (worst {max(so):.2%}), above in {above}; "
                  f"unknown {median(unknown for _, unknown in runs):.1%}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
