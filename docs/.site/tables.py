"""Write the tables of ideas and of questions into their pages: `python docs/.site/tables.py`.

Both are what the library has; a test fails where a page says otherwise.
"""  # noqa: INP001 - a script

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from cmcore import catalog
from cmcore.codec.archives.networks import ARCHIVES, ASKED
from cmcore.codec.keys import KEYS, VALUES
from cmcore.display.wording import Language, say
from cmcore.organisations.questions import QUESTIONS

_DOCS = Path(__file__).parents[1]
#: The texts, with their titles as they are published.
TEXTS = {
    "000": "« Comment bâtir une équipe de community managers de choc ? »",
    "001": "« Les 10 commandements du community manager », Social and Com’",
    "002": "« Comment trouver son community manager », Lalée Pinoncely",
    "003": "« 10 conditions pour animer une communauté d'entreprise »",
    "004": "An intern, or a senior? On two opposite views of the post",
}


def ideas() -> Iterator[str]:
    """Yield a table for each text: a row for each idea."""
    for text, title in TEXTS.items():
        yield f"\n## {text}: {title}\n"
        yield "| idea | what it says | what carries it |"
        yield "|---|---|---|"
        for idea in catalog.ideas.values():
            if idea.id.startswith(f"{text}."):
                carriers = ", ".join(f"`{carrier}`" for carrier in idea.carriers)
                carriers = f"prose only: {carriers}" if idea.prose else carriers
                if idea.not_carried:
                    carriers += f"; not carried: {idea.not_carried.en}"
                yield f"| {idea.id} | {idea.en} | {carriers} |"


def questions() -> Iterator[str]:
    """Yield a table: a row for each question, with its checks."""
    yield "\n| question | asks whether | checks |"
    yield "|---|---|---|"
    for question, codes in QUESTIONS.items():
        checks = ", ".join(f"`{code}`" for code in codes)
        yield f"| {question} | {say(f'question {question}')} | {checks} |"


def keys() -> Iterator[str]:
    """Yield a table of the keys of files, and one of their closed words, in both languages."""
    for title, rows in (("clé", KEYS), ("valeur", VALUES)):
        yield f"\n| {title} en français | en anglais |"
        yield "|---|---|"
        yield from (f"| `{french}` | `{english}` |" for english, french in rows.items())


#: How an archive gives something, in French.
GIVEN = {"yes": "oui", "no": "non", "some": "en partie"}


def archives(language: Language = "en") -> Iterator[str]:
    """Yield two tables: the files of each archive that are read, and what each archive gives."""
    head = "réseau | fichiers lus" if language == "fr" else "network | files that are read"
    yield f"\n| {head} |\n|---|---|"
    for one in ARCHIVES.values():
        files = ", ".join(f"`{file}`" for file in one.names)
        yield f"| [{one.name}]({one.source}) | {files} |"
    yield f"\n| | {' | '.join(one.name for one in ARCHIVES.values())} |"
    yield f"|---|{'---|' * len(ARCHIVES)}"
    for asked, (english, french) in ASKED.items():
        cells = [one.gives[asked] for one in ARCHIVES.values()]
        told = [GIVEN[cell] for cell in cells] if language == "fr" else cells
        yield f"| {french if language == 'fr' else english} | {' | '.join(told)} |"


#: Page -> what its table is called, and how it is made.
PAGES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "explanation/sources.md": ("ideas", ideas),
    "how-to/audit-your-archive.md": ("archives", archives),
    "fr/guides/auditer-son-archive.md": ("archives", partial(archives, "fr")),
    "reference/checkup.md": ("questions", questions),
    "fr/ecrire-en-francais.md": ("keys", keys),
}


def refreshed(name: str, text: str) -> str:
    """Return a page with its table as it is now."""
    called, lines = PAGES[name]
    begin, end = f"<!-- the {called} begin -->\n", f"<!-- the {called} end -->\n"
    head, rest = text.split(begin)
    table = "\n".join(lines())
    return f"{head}{begin}{table}\n\n{end}{rest.split(end)[1]}"


if __name__ == "__main__":
    for page in PAGES:
        path = _DOCS / page
        path.write_text(refreshed(page, path.read_text(encoding="utf-8")), encoding="utf-8")
