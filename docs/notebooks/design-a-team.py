# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Design a team
#
# Who is on duty when people write to you, and what happens when somebody is ill? Twelve people
# speak for Ombrevive, which makes lamps. Here are the team and its needs.

# %%
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs

from cmcore import Needs, Team, Week, assign, chart, coverage, read, to_frame, view, what_if

folders = [Path.cwd(), *Path.cwd().parents]
examples = next(folder / "examples" for folder in folders if (folder / "examples").is_dir())
team = read(examples / "brand-team" / "team.yaml", Team)
needs = read(examples / "brand-team" / "needs.yaml", Needs)
team

# %% [markdown]
# Every value displays itself, including the needs and a single person.

# %%
needs

# %%
team.member("agathe")

# %% [markdown]
# ## What is missing
#
# A week in March. The map has a cell for each hour: people on duty out of people needed, for the
# need that is worst off at that time. Darker means more people to spare, or more missing.

# %%
paris = ZoneInfo("Europe/Paris")
monday = datetime(2026, 3, 2, tzinfo=paris)
week = {"start": monday, "stop": monday + timedelta(days=7)}
found = coverage(team, needs, **week)
found

# %% [markdown]
# Customers are promised an answer until six on Saturdays, but everybody leaves at four. Agathe has
# too much to do. Only Djamila knows the products. Here is the same as data, in the data frame
# library you use:

# %%
to_frame(found, table="absences")

# %% [markdown]
# ## Assign the roles again
#
# Coverage first, then the fewest changes, then affinity, then balance; each is proven the best.

# %%
dealt = assign(team, needs, **week)
dealt

# %% [markdown]
# The plan relieves Agathe, and says that no assignment of roles fills Saturday: hours must change.
# Let Camille and Karine start and stop two hours later on that day.


# %%
def later_on_saturday(member):
    """Return the member, at work on Saturday from ten to six."""
    hours = Week.parse("Tue-Fri 08:00-16:00; Sat 10:00-18:00")
    return attrs.evolve(member, availability=attrs.evolve(member.availability, week=hours))


mended = dealt.team.with_member(
    *(later_on_saturday(dealt.team.member(name)) for name in ("camille", "karine"))
)
after = coverage(mended, needs, **week)
after

# %% [markdown]
# ## And if somebody leaves?
#
# Everything is covered, but still only thanks to Djamila. What if she left, and Karine learned?

# %%
what_if(assign(mended, needs, **week), leaves=["djamila"], learns={"karine": ["products"]})

# %% [markdown]
# In French, and as an Altair chart to restyle or to publish:

# %%
view(after, "fr")

# %%
chart(after)
