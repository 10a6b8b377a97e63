"""How Python writes things, which no sentence that people read holds."""

import re
from typing import Final

#: A collection, an object, a value or a length of time as Python's `repr` or `str` has it.
PYTHON: Final = re.compile(
    r"(?:frozenset|set|mappingproxy|range|bytearray|FrozenMap|timedelta|datetime)\("
    r"| object at 0x|<class '|<enum |<\w+(?:\.\w+)*: |\b[A-Z]\w+\(\w+=|\bTruth\.|`b'"
    r"|`-?(?:\d+ days?, )?\d+:\d\d:\d\d(?:\.\d+)?`"
)
