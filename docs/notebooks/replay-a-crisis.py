# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Replay a crisis
#
# In August 2012, a customer of Aquarelle, a French florist, complained on Facebook that her flowers
# had not arrived. Three days later the whole country knew. Here is what happened, in our own words:

# %%
from datetime import datetime
from pathlib import Path

from cmcore import Charter, Incident, Playbook, chart, conduct, due, read, to_frame, view

folders = [Path.cwd(), *Path.cwd().parents]
examples = next(folder / "examples" for folder in folders if (folder / "examples").is_dir())
incident = read(examples / "incidents" / "aquarelle.yaml", Incident)
incident

# %% [markdown]
# ## What was owed
#
# A playbook lists the duties in a crisis, and a charter says what nobody may say alone.

# %%
playbook = read(examples / "incidents" / "playbook.yaml", Playbook)
charter = read(examples / "incidents" / "charter.yaml", Charter)
playbook

# %%
charter.circuit("crisis")

# %% [markdown]
# ## What was kept, and what was breached
#
# Time runs downwards. A mark is a duty that the event breaches, or puts in doubt.

# %%
found = conduct(incident, playbook, charter)
found

# %% [markdown]
# The first act that the charter would have stopped, and where it would have sent it:

# %%
found.first.decision

# %% [markdown]
# ## During the crisis
#
# What was owed on the first evening, and by whom? This is what a team on duty would have seen.

# %%
evening = datetime.fromisoformat("2012-08-06T16:30+02:00")
due(incident, playbook, evening)

# %% [markdown]
# In French, as a frame, and as a chart:

# %%
view(found.of("breached")[0], "fr")

# %%
to_frame(found).head(8)

# %%
chart(found)
