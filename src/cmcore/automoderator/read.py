"""Reading a file of AutoModerator as a charter for what members post."""

import os
from pathlib import Path

from cmcore.automoderator.charter import imported
from cmcore.automoderator.imported import AutomoderatorImport
from cmcore.base.asked import checked
from cmcore.codec.bounds import read_bounded
from cmcore.display.wording import Language


@checked
def read_automoderator(
    path: str | os.PathLike[str], *, language: Language = "en"
) -> AutomoderatorImport:
    r"""Return the rules of AutoModerator in a file as a charter for what members post.

    What it cannot say is a label that nobody supplies, so somebody looks at the posts in question.

    Raises:
        InvalidError: the file is too large, or is no text.
        MissingExtraError: PyYAML or google-re2 is not installed.
        OSError: the file cannot be read.

    Examples:
        >>> from pathlib import Path
        >>> from cmcore.automoderator import read_automoderator
        >>> _ = Path("automoderator.yaml").write_text("title: [lottery]\naction: remove")
        >>> found = read_automoderator("automoderator.yaml")
        >>> [str(rule.effect) for rule in found.charter.rules]
        ['forbid', 'permit']
        >>> print(found.text().splitlines()[0])
        rules of AutoModerator carried over whole: 1 of 1
    """
    with Path(path).open("rb") as stream:
        return imported(read_bounded(stream), language)
