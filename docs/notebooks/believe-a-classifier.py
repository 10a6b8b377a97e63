# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Believe a classifier, as far as it is right
#
# A classifier gives each post a score, and a score is no fact. It becomes *yes* or *no* where
# labelled examples show that few are called wrongly, and stays unknown everywhere else. Here is
# what that promise is worth on real data.
#
# The public sets that scikit-learn ships hold no posts. These are 1,797 handwritten digits, and the
# label is: is it an eight? What came of the same on real posts stands in [*How far a machine is
# believed*](../explanation/labels.md#what-comes-of-it). Beside cmcore, you need
# `pip install scikit-learn`.

# %%
import altair as alt
import polars as pl
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import shuffle

from cmcore import Act
from cmcore.labellers import by_classifier, calibrate, score

pixels, digits = shuffle(*load_digits(return_X_y=True), random_state=1)
half, most = len(digits) // 2, 3 * len(digits) // 4


def acts(digit, places):
    """Return digits as acts, each with its true label."""
    return [Act(id=str(n), labels={f"is_{digit}": bool(digits[n] == digit)}) for n in places]


examples = acts(8, range(half, most))
examples[0]

# %% [markdown]
# ## A classifier, and how far it is believed
#
# It learns from one half. A quarter that it never saw shows how its scores lie: with 95 %
# confidence, 2 % of all acts at most will be called *no* wrongly, and 2 % at most *yes*.


# %%
def trained(digit):
    """Return a labeller that has learnt one digit from the first half."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(pixels[:half], digits[:half] == digit)
    return by_classifier(
        f"is_{digit}", model, version="1", features=lambda act: pixels[int(act.id)]
    )


eights = trained(8)
calibration = calibrate(eights, examples, risk=0.02, confidence=0.95)
calibration

# %% [markdown]
# The lower curve is how much of all acts may be wrong, were scores believed so far: up to the
# dashed line, they are. Between the two thresholds, the label stays unknown.
#
# ## Promised, and what came of it
#
# The last quarter was seen neither in training nor in calibration. Less risk leaves more unknown.


# %%
def came(digit, labeller, risk):
    """Return what a calibration promises, and what it calls wrongly in the last quarter."""
    label = f"is_{digit}"
    believed = calibrate(labeller, acts(digit, range(half, most)), risk=risk, confidence=0.95)
    later = acts(digit, range(most, len(digits)))
    called = [
        believed.calls(Act(id=act.id), scores).get(label)
        for act, scores in zip(later, score(labeller, later), strict=True)
    ]
    pairs = [(says, act.labels[label]) for says, act in zip(called, later, strict=True)]
    return {
        "digit": str(digit),
        "risk": risk,
        "no, wrongly": round(pairs.count((False, True)) / len(later), 4),
        "yes, wrongly": round(pairs.count((True, False)) / len(later), 4),
        "unknown": round(called.count(None) / len(later), 4),
    }


pl.DataFrame([came(8, eights, risk) for risk in (0.01, 0.02, 0.05)])

# %% [markdown]
# ## All ten
#
# One label proves little. Here are all ten digits, at 2 %: each mark is a share that was called
# wrongly, and the line is what was promised. A quarter is a sample, too, and each calibration may
# break its promise with a chance of one in twenty: a mark beyond the line need not be a fault.

# %%
ten = pl.DataFrame([came(digit, trained(digit), 0.02) for digit in range(10)])
marks = ten.unpivot(["no, wrongly", "yes, wrongly"], index="digit", variable_name="called")
points = (
    alt.Chart(alt.Data(values=marks.to_dicts()))
    .mark_point(size=70)
    .encode(
        alt.X("value:Q", title="share of all acts", axis=alt.Axis(format=".1%", tickCount=6)),
        alt.Y("digit:O", title="is it a"),
        alt.Color("called:N", scale=alt.Scale(range=["#1b62a5", "#a34700"])),
        alt.Shape("called:N"),
    )
)
promised = alt.Chart(alt.Data(values=[{"value": 0.02}])).mark_rule(strokeDash=[6, 4])
alt.layer(
    points,
    promised.encode(alt.X("value:Q")),
    description="Shares called wrongly of each digit, beside the 2 % promised",
    width=480,
    background="#ffffff",
)

# %% [markdown]
# ## And posts?
#
# Nothing here knows what a digit is. For posts, put `TfidfVectorizer()` in the place of the scaler,
# and leave out `features`: the pipeline is given their texts. On French posts about an internet
# provider, 16.5 % stayed unknown at a risk of 1 %, and 1.3 % at 2 % (is it the brand's own?).
#
# What is unknown never lets more through: where the charter asks for it, such a post goes to a
# person. Digits stay as they are, but posts change: [see whether it still
# holds](../how-to/let-a-classifier-help.md#see-whether-it-still-holds).
