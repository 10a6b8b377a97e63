"""What is wrong with documents, files and histories."""

from collections.abc import Mapping
from typing import Final

from cmcore.base.said import Said
from cmcore.codec.problems import archives, calendars, documents, files, histories

#: Code -> sentence, hint and category.
PROBLEMS: Final[Mapping[str, Said]] = {
    **documents.PROBLEMS,
    **files.PROBLEMS,
    **histories.PROBLEMS,
    **archives.PROBLEMS,
    **calendars.PROBLEMS,
}
