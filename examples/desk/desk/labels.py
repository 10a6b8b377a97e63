"""Labels that nobody gave: what a word list says of them, where labelled posts show it is right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cmcore import Act, Charter, read_history
from cmcore.charters import Case
from cmcore.labellers import LabelledAct, by_words, calibrate, label_acts


def label_of(folder: Path, told: dict[str, Any], charter: Charter) -> Callable[[Act], LabelledAct]:
    """Return what labels acts: people's labels stand, and what is not believed stays unknown."""
    labeller = by_words(told["label"], told["list"], version=str(told["version"]))
    rows = read_history(folder / told["labelled"], charter)
    examples = [row for row in rows if isinstance(row, Case)]
    calibration = calibrate(labeller, examples, risk=told["risk"])
    return lambda act: label_acts(labeller, calibration, [act])[0]
