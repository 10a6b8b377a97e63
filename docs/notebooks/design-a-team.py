# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Design a team
#
# Who is there when people write to you, and what happens when somebody is ill? Ombrevive, a maker
# of lamps, has twelve people who speak for it. Here are the team and what is asked of it.

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
# Every value shows itself, the needs too, and one person.

# %%
needs

# %%
team.member("agathe")

# %% [markdown]
# ## What lacks
#
# A week of March. The map has a cell for each hour: how many people are on duty, out of how many
# are needed, for the need that is worst off then. Darker is more to spare, or more that lack.

# %%
paris = ZoneInfo("Europe/Paris")
monday = datetime(2026, 3, 2, tzinfo=paris)
week = {"start": monday, "stop": monday + timedelta(days=7)}
found = coverage(team, needs, **week)
found

# %% [markdown]
# Customers are promised an answer on Saturday until six, and everybody leaves at four. Agathe has
# too much. Only Djamila knows the products. The same as data, in whatever frame you work with:

# %%
to_frame(found, table="absences")

# %% [markdown]
# ## Deal the roles again
#
# Cover first, then the fewest changes, then who likes what, then balance; each proven the best.

# %%
dealt = assign(team, needs, **week)
dealt

# %% [markdown]
# It takes the load off Agathe, and says that no deal of the roles fills Saturday: hours do. Let
# Camille and Karine start and stop two hours later on that day.


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
# Everything holds, but still only thanks to Djamila. What if she left, and Karine learned?

# %%
what_if(assign(mended, needs, **week), leaves=["djamila"], learns={"karine": ["products"]})

# %% [markdown]
# In French, and as an Altair chart to restyle or to publish:

# %%
view(after, "fr")

# %%
chart(after)
