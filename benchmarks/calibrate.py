"""How often a calibration breaks its promise, in simulation, over ten kinds of classifiers.

Run by hand: `python benchmarks/calibrate.py labels [CALIBRATIONS] [EXAMPLES] [SEED]` calibrates so
many times (10,000), a tenth of them for each kind, on so many examples (500), and compares the
promises with the true shares, which are known; and what is called with what the best thresholds
would call, had one known the truth. `outcomes` does the same for the decisions of a charter with
two labels, and for the share covered.
"""

import sys
from collections.abc import Callable, Iterator
from math import exp
from random import Random

from cmcore import Act, Charter, parse
from cmcore.labellers import Calibration, by_function, by_several, calibrate

SEED = 2026
RISK = 0.05
CONFIDENCE = 0.9
#: The acts by which true shares are measured; those of the kinds below are drawn alike.
MANY = 20_000

#: The share of replies.
REPLIES = 0.4

#: A score, and whether the label is truly yes.
Pair = tuple[float, bool]
Kind = Callable[[Random], Pair]


def drawn(share: float, shift: float) -> Kind:
    """Return a classifier whose scores of yes lie so much above those of no."""

    def pair(rng: Random) -> Pair:
        truth = rng.random() < share
        return 1 / (1 + exp(-rng.gauss(shift if truth else -shift, 1))), truth

    return pair


def tied(pair: Kind, steps: int) -> Kind:
    """Return a classifier whose scores are few."""

    def rounded(rng: Random) -> Pair:
        score, truth = pair(rng)
        return round(score * steps) / steps, truth

    return rounded


def on_the_edge(rng: Random) -> Pair:
    """Draw one of four scores, whose wrong ones are just above the risk, step by step."""
    score = rng.randrange(4)
    return float(score), rng.random() < (0.19, 0.22, 0.5, 0.9)[score]


def just_beyond(rng: Random) -> Pair:
    """Draw a lone score that is wrong a little more often than is promised."""
    return 0.0, rng.random() < RISK + 0.001


KINDS: dict[str, Kind] = {
    "good": drawn(0.3, 2),
    "fair": drawn(0.3, 1),
    "poor": drawn(0.3, 0.3),
    "useless": drawn(0.3, 0),
    "inverted": drawn(0.3, -1),
    "rare yes": drawn(0.02, 1.5),
    "rare no": drawn(0.97, 1.5),
    "few scores": tied(drawn(0.3, 1), 5),
    "on the edge": on_the_edge,
    "just beyond": just_beyond,
}


def seeded(*parts: object) -> Random:
    """Return a source of chance that is the same at every run."""
    return Random(" ".join(map(str, parts)))  # noqa: S311 - a simulation


def label_runs(runs: int, examples: int, seed: int) -> Iterator[tuple[str, int, float, float]]:
    """Yield each kind, how often its promise was broken, and the shares called: ours, the best."""
    for name, kind in KINDS.items():
        truth = seeded(seed, name)
        population = [kind(truth) for _ in range(MANY)]
        acts = [Act(labels={"score": score, "x": is_yes}) for score, is_yes in population]
        shares = {says: _Shares(population, says=says) for says in (False, True)}
        labeller = by_function("x", lambda act: act.labels["score"], version="1")
        broken, called = 0, 0.0
        for run in range(runs):
            rng = seeded(seed, name, run)
            # drawn from what the shares are measured on, so that they are exact
            told = rng.choices(acts, k=examples)
            found = calibrate(labeller, told, risk=RISK, confidence=CONFIDENCE)
            ends = {one.says: one.at for one in found.thresholds}
            broken += any(shares[says].wrong(at) > RISK for says, at in ends.items())
            called += sum(shares[says].called(at) for says, at in ends.items())
        best = min(1.0, sum(one.best() for one in shares.values()))
        yield name, broken, called / runs, best


class _Shares:
    """The true shares that a threshold calls, by a population."""

    def __init__(self, population: list[Pair], *, says: bool) -> None:
        self._says, self._count = says, len(population)
        self._at: dict[float, tuple[int, int]] = {}
        wrong = 0
        ordered = sorted(population, reverse=says)
        for place, (score, truth) in enumerate(ordered, 1):
            wrong += truth is not says
            self._at[score] = wrong, place

    def wrong(self, at: float | None) -> float:
        return 0.0 if at is None else self._at[at][0] / self._count

    def called(self, at: float | None) -> float:
        return 0.0 if at is None else self._at[at][1] / self._count

    def best(self) -> float:
        kept = [place for wrong, place in self._at.values() if wrong <= RISK * self._count]
        return max(kept, default=0) / self._count


CHARTER = """
charter: simulated
labels: {claim: flag, promise: flag}
circuits: {desk: [{ask: {role: coordinator}}]}
default: desk
rules:
  - permit: plain
    when: {claim: no, promise: no}
    because: It says nothing that binds us.
  - permit: kept
    when: {claim: no, promise: yes, kind: reply}
    because: We promise to answer.
  - forbid: claims
    when: {claim: yes}
    because: No prices.
"""


def outcome_runs(runs: int, examples: int, seed: int) -> Iterator[tuple[str, int, float, float]]:
    """Yield each kind, how often its promise was broken, and the shares covered: ours, by truth."""
    charter = parse(CHARTER, Charter)
    labeller = by_several(
        *(by_function(name, lambda act, name=name: act.labels[f"s_{name}"], version="1")
          for name in ("claim", "promise"))
    )  # fmt: skip
    for name, kind in KINDS.items():
        truth = seeded(seed, name)
        population = [(kind(truth), kind(truth), truth.random() < REPLIES) for _ in range(MANY)]
        acts = [act_of(*one) for one in population]
        broken, covered = 0, 0.0
        right = sum(not claim and (not promise or is_reply)
                    for (_, claim), (_, promise), is_reply in population) / MANY  # fmt: skip
        for run in range(runs):
            rng = seeded(seed, name, run)
            told = rng.choices(acts, k=examples)
            found = calibrate(labeller, told, risk=RISK, confidence=CONFIDENCE, charter=charter)
            wrongly, share = outcome(found, population)
            broken += wrongly > RISK
            covered += share
        yield name, broken, covered / runs, right


def act_of(claim: Pair, promise: Pair, is_reply: bool) -> Act:  # noqa: FBT001 - as drawn
    """Return an act with its true labels and its scores."""
    labels = {
        "s_claim": claim[0],
        "claim": claim[1],
        "s_promise": promise[0],
        "promise": promise[1],
    }
    return Act(kind="reply" if is_reply else "publish", labels=labels)


def outcome(found: Calibration, population: list[tuple[Pair, Pair, bool]]) -> tuple[float, float]:
    """Return which share of a population is covered wrongly, and which is covered."""
    ends = {(one.label, one.says): one for one in found.thresholds}

    def called(label: str, score: float) -> bool | None:
        for says in (False, True):
            if ends[label, says].calls(score):
                return says
        return None

    def is_covered(claim: bool | None, promise: bool | None, is_reply: bool) -> bool:  # noqa: FBT001
        plain = claim is False and promise is False
        return plain or (claim is False and promise is True and is_reply)

    wrongly = covered = 0
    for claim, promise, is_reply in population:
        if is_covered(called("claim", claim[0]), called("promise", promise[0]), is_reply):
            covered += 1
            wrongly += not is_covered(claim[1], promise[1], is_reply)
    return wrongly / len(population), covered / len(population)


def main(what: str = "labels", runs: str = "10000", examples: str = "500", seed: str = "") -> None:
    """Print what came of each kind, and of all."""
    each = int(runs) // len(KINDS)
    made = label_runs if what == "labels" else outcome_runs
    total = 0
    for name, broken, ours, best in made(each, int(examples), int(seed or SEED)):
        total += broken
        print(f"{name:<12} broken {broken:>4} of {each}   {ours:.3f}   {best:.3f}")
    allowed = (1 - CONFIDENCE) * each * len(KINDS)
    print(f"{total} of {each * len(KINDS)} broken; {allowed:.0f} would be as stated")


if __name__ == "__main__":
    main(*sys.argv[1:])
