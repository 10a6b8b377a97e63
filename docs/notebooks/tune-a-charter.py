# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Write and tune a charter on a history
#
# The Node.js project wrote down what may go out on Bluesky without review, and kept records of what
# it posted. How much of that did the list cover, and what would cover more?

# %%
from pathlib import Path

from cmcore import (
    Act,
    Charter,
    Rule,
    audit,
    chart,
    compare,
    decide,
    fact,
    read,
    read_history,
    to_frame,
    view,
)

folders = [Path.cwd(), *Path.cwd().parents]
examples = next(folder / "examples" for folder in folders if (folder / "examples").is_dir())
charter = read(examples / "nodejs-bluesky" / "charter.yaml", Charter)
history = list(read_history(examples / "nodejs-bluesky" / "history.csv", charter))
charter

# %% [markdown]
# A rule is a value like any other, and so is the circuit that exceptions go through.

# %%
charter.rules[-1]

# %%
charter.circuit("tsc")

# %% [markdown]
# ## The share
#
# The dot is the share that the charter covers, the band its confidence interval, and the dashed
# line the target.

# %%
report = audit(charter, history)
report

# %% [markdown]
# What is not covered, and why, as a frame:

# %%
to_frame(report, table="causes")

# %% [markdown]
# ## One exception
#
# A decision gives the outcome, the rules behind it, and the smallest change that would cover it.

# %%
decide(charter, Act(kind="share", network="bluesky", topics={"security"}))

# %%
view(decide(charter, Act(kind="publish", network="bluesky", topics={"automation-test"})), "fr")

# %% [markdown]
# ## Tune it
#
# Sharing the project's own security announcements was always right. What if it went out at once?

# %%
security = Rule.permit(
    "security",
    when=fact("kind").is_("share") & fact("topics").any_of("security"),
    because="Security announcements of the project are shared at once.",
)
tuned = charter.with_rule(security)
compare(charter, tuned, history)

# %% [markdown]
# Slightly more is covered. Most exceptions come from `news-and-requests`; discuss that next.

# %%
chart(audit(tuned, history))
