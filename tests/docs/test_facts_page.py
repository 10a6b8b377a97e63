"""The page of facts says what the code knows; run this file as a script to write it again."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from cmcore.charters.conditions.facts import BUILTIN, MEASURES, SAME, FactSpec
from cmcore.charters.formats import FORMATS
from cmcore.charters.kinds import KINDS, Kind, Trait
from cmcore.time.week import WEEKDAYS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"
BEGIN, END = "<!-- facts: begin -->\n", "<!-- facts: end -->\n"
MEANINGS = {
    "length": ("how many characters it has", "son nombre de caractères"),
    "graphemes": (
        "how many characters readers see, as Bluesky counts",
        "son nombre de caractères tels qu'on les voit, comme Bluesky compte",
    ),
    "length_on_mastodon": ("its length as Mastodon counts", "sa longueur comptée par Mastodon"),
    "length_on_threads": ("its length as Threads counts", "sa longueur comptée par Threads"),
    "length_on_x": ("its length as X counts", "sa longueur comptée par X"),
    "words": ("how many words it has", "son nombre de mots"),
    "capitals": ("share of capitals among its letters, 0 to 1", "part de capitales, de 0 à 1"),
    "capital_words": (
        "how many words of two letters or more are all capitals",
        "son nombre de mots tout en capitales, de deux lettres au moins",
    ),
    "emoji": ("how many emoji it has", "son nombre d'émojis"),
    "emoji_run": (
        "how often one emoji stands in a row at most",
        "combien de fois de suite, au plus, il répète un même émoji",
    ),
    "exclamations": ("how many exclamation marks it has", "son nombre de points d'exclamation"),
    "exclamation_run": (
        "how many exclamation marks stand in a row at most",
        "combien de points d'exclamation se suivent, au plus",
    ),
    "hashtag_word": (
        "letters of the longest word of a hashtag, a capital beginning another",
        "lettres du plus long mot d'un mot-dièse, chaque capitale en commençant un autre",
    ),
    "links": ("how many links it has", "son nombre de liens"),
    "middle_dots": (
        "how many dots at mid-height it has within words",
        "son nombre de points médians",
    ),
    "fancy": ("it has bold, script or circled letters", "il a des lettres grasses ou cerclées"),
    "ends_with_link": ("it ends with a link", "il finit par un lien"),
    "count": ("how many words the set has", "le nombre de mots de l'ensemble"),
}
SAME_MEANINGS = {
    "same_network": ("on the same network", "sur le même réseau"),
    "same_account": ("from the same account", "depuis le même compte"),
    "same_author": ("by the same person of the team", "par la même personne de l'équipe"),
    "same_language": ("in the same language", "dans la même langue"),
    "same_topic": ("with a topic in common", "avec un sujet commun"),
    "same_template": ("made from the same template", "tirés du même modèle"),
    "same_link": ("with a link in common", "avec un lien commun"),
    "same_hashtag": ("with a hashtag in common", "avec un mot-dièse commun"),
    "same_text": ("with the same words in the same order", "aux mêmes mots dans le même ordre"),
    "same_person": ("to the same person outside", "envers la même personne à l'extérieur"),
    "same_message": ("about the same message", "au sujet du même message"),
}


def table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(heads)
    yield f"## {title}\n"
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def row(spec: FactSpec) -> list[str]:
    days = ", ".join(f"`{day}`" for day in WEEKDAYS)
    english = f"{spec.english}: {days}" if spec.name == "local.weekday" else spec.english
    return [f"`{spec.name}`", str(spec.type), english, spec.french]


#: What a rule must know of a kind of act.
TRAITS = {
    "says or shows something": {Trait.SAYS, Trait.SHOWS},
    "answers a message": {Trait.ANSWERS},
    "acts upon a message": {Trait.TARGETS},
}


def true_of(kind: Kind) -> Iterator[str]:
    yield from ("yes" if kind.traits & traits else "" for traits in TRAITS.values())
    yield ", ".join(f"`{name}`" for name in sorted(kind.undoes))


def sections() -> Iterator[str]:
    heads = ("fact", "type", "meaning", "en français")
    messages = ("in_reply_to", "target")
    of = {spec.name: spec.name.partition(".")[0] for spec in BUILTIN.values()}
    specs = list(BUILTIN.values())
    own = [s for s in specs if s.source == "act" and of[s.name] not in messages]
    yield from table("The act", heads, map(row, own))
    yield from table(
        "The kinds of act",
        ("kind", "meaning", "en français", *TRAITS, "undoes"),
        ([f"`{name}`", *kind.phrase, *true_of(kind)] for name, kind in KINDS.items()),
    )
    yield from table(
        "The formats",
        ("format", "in English", "en français", "also written"),
        (
            [f"`{name}`", english, french, ", ".join(f"`{word}`" for word in words)]
            for name, (english, french, words) in FORMATS.items()
        ),
    )
    pointed = [s for s in specs if of[s.name] in messages]
    yield from table("The message answered, or acted upon", heads, map(row, pointed))
    around = [s for s in specs if s.source == "context"]
    yield from table("The context", heads, map(row, around))
    yield from measures()
    yield from logs()


def measures() -> Iterator[str]:
    rows = [
        [f"`….{name}`", str(of), str(kind), *MEANINGS[name]]
        for of, made in MEASURES.items()
        for name, (kind, _) in made.items()
    ]
    heads = ("measure", "of", "type", "meaning", "en français")
    yield from table("Measures of texts and sets", heads, rows)
    yield "As in `text.length`, `in_reply_to.text.capitals` or `topics.count`.\n"


def logs() -> Iterator[str]:
    log = ["`recent.<kind>`", "log", "earlier acts of that kind", "les actes précédents de ce type"]
    counted = ["`recent.<count>`", "log", "earlier acts of a count that the charter declares",
               "les actes précédents d'un compte déclaré"]  # fmt: skip
    every = ["`recent.any`", "log", "all earlier acts", "tous les actes précédents"]
    narrowed = [[f"`recent.<kind>.{same}`", "log", f"those {en}", f"ceux {fr}"]
                for same, (en, fr) in SAME_MEANINGS.items()]  # fmt: skip
    labelled = [
        "`recent.<kind>.same_<label>`",
        "log",
        "those with a word in common under a label of the charter",
        "ceux avec un mot commun sous une étiquette de la charte",
    ]
    since = ["`since.<event>`", "duration", "time since an event that the charter declares",
             "temps écoulé depuis un événement déclaré"]  # fmt: skip
    heads = ("fact", "type", "meaning", "en français")
    yield from table(
        "Earlier acts, and events", heads, [log, every, counted, *narrowed, labelled, since]
    )
    yield "They may be narrowed twice or more, as in `recent.publish.same_network.same_topic`.\n"


def written(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + "\n" + "\n".join(sections()) + "\n" + END + rest.partition(END)[2]


def test_the_page_of_facts_says_what_the_code_knows() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert BEGIN in page
    assert page == written(page), "run this file as a script"


def test_what_earlier_acts_may_have_in_common_is_all_told() -> None:
    assert tuple(SAME_MEANINGS) == SAME


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
