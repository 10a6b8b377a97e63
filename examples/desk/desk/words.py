"""What the pages say besides what cmcore says, in English and in French."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def words(language: str) -> dict[str, str]:
    """Return the words of a language."""
    many: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return {key: pair[language == "fr"] for key, pair in many.items()}
