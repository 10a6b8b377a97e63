"""What the library says of each kind of problem, by subject: the tables of the codes.

Every code stays what it is from one version to the next; sentences may be bettered.
"""

from collections.abc import Mapping
from typing import Final

from cmcore.base import hints, things
from cmcore.base import problems as values
from cmcore.base.said import GENERIC, Category, Said
from cmcore.base.things import CLASSES, Thing
from cmcore.charters.problems import audits, charters
from cmcore.charters.problems import facts as domains
from cmcore.circuits import problems as circuits
from cmcore.cli import problems as edges
from cmcore.codec.errors import documents, files, histories
from cmcore.incidents import problems as incidents
from cmcore.requests import problems as requests
from cmcore.reviews import problems as reviews
from cmcore.teams import problems as teams
from cmcore.text import problems as text
from cmcore.time import problems as time

__all__ = [
    "CLASSES",
    "GENERIC",
    "HINTS",
    "PROBLEMS",
    "SUBJECTS",
    "THINGS",
    "Category",
    "Said",
    "Thing",
]

#: subject -> code -> what is said.
SUBJECTS: Final[Mapping[str, Mapping[str, Said]]] = {
    "Values": values.PROBLEMS,
    "Time": time.PROBLEMS,
    "Text": text.PROBLEMS,
    "Documents": documents.PROBLEMS,
    "Files": files.PROBLEMS,
    "Histories": histories.PROBLEMS,
    "Charters and acts": charters.PROBLEMS,
    "Facts": domains.PROBLEMS,
    "Circuits": circuits.PROBLEMS,
    "Teams": teams.PROBLEMS,
    "Reviews": reviews.PROBLEMS,
    "Incidents": incidents.PROBLEMS,
    "Requests": requests.PROBLEMS,
    "Audits and checkups": audits.PROBLEMS,
    "Frames, tables, catalog and command line": edges.PROBLEMS,
}

#: code -> what is said.
PROBLEMS: Final[Mapping[str, Said]] = {
    code: said for subject in SUBJECTS.values() for code, said in subject.items()
}

#: code of a hint -> what is said, where it is not the own hint of a kind of problem.
HINTS: Final[Mapping[str, str]] = hints.HINTS

#: word -> the thing with its article, and how it is written.
THINGS: Final[Mapping[str, Thing]] = things.THINGS
