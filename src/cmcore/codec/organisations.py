"""Organisations to and from plain data, the way their files write them.

A file of an organisation names the files of its parts, or has the parts in place. What reads it
from a folder (`linked`) puts in what those files hold; plain data alone has no folder.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import attrs
import cattrs

from cmcore.base.errors import Problem, refuse
from cmcore.base.ids import nearest
from cmcore.charters.charter import Charter
from cmcore.charters.conditions.facts import BUILTIN
from cmcore.charters.history import Case, Unreadable
from cmcore.codec.bounds import Data
from cmcore.codec.forms import Form, Key, zone_key
from cmcore.codec.plain import BROKEN, Gather, Hooks, as_mapping, as_text, each
from cmcore.codec.shapes import Schema, either, listed, mapping, named, ref
from cmcore.codec.values import (
    DAY,
    ID,
    SOME,
    TEXT,
    Value,
    list_of,
    mapping_of,
    parts_of,
    whole_number,
    with_words,
)
from cmcore.incidents.incident import Incident
from cmcore.incidents.playbook import Playbook
from cmcore.organisations.organisation import PRACTICES, Deed, Figures, Organisation
from cmcore.organisations.questions import ASKED
from cmcore.organisations.words import OBJECTIVES, ROLES
from cmcore.requests.desk import Desk
from cmcore.requests.log import RequestLog
from cmcore.teams.needs import Needs
from cmcore.teams.team import Team

#: The parts that have a file each: what each holds, and what editors show about it.
PARTS: Final[Mapping[str, tuple[type, str]]] = {
    "team": (Team, "Its team."),
    "needs": (Needs, "What the team is needed for."),
    "charter": (Charter, "Its charter."),
    "playbook": (Playbook, "What it does in a crisis."),
    "desk": (Desk, "How it treats requests."),
    "requests": (RequestLog, "The requests it received, and what befell them."),
}
_COUNT: Final = whole_number(0)
#: A day that stands for one that does not read; it never leaves this package.
_NO_DAY: Final = date(1970, 1, 1)
#: The name of a file.
FILE: Final[Schema] = {"title": "file", "type": "string", "minLength": 1}


@attrs.frozen
class Linked:
    """What stands in the place of the name of a file: what that file holds; None if it is lost."""

    held: Any


def _in_place(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Return what reads a part that is in place, or is what its file holds."""

    def found(data: object) -> Any:  # noqa: ANN401 - a part
        if isinstance(data, Linked):
            return data.held
        if isinstance(data, str):
            raise refuse("file-not-here", file=data)
        return read(data)

    return found


# -------------------------------------------------------------------------- what was done, counted

_DETAILS: Final = ("by", "note")


def read_deed(data: object) -> Deed:
    """Return a good practice carried out on a day: `{report: 2026-02-20, by: ana}`."""
    item, gather = as_mapping(data), Gather()
    named = [key for key in item if key not in _DETAILS]
    if not named:
        raise refuse("no-practice")
    known = [key for key in named if key in PRACTICES]
    if len(known) > 1:
        raise refuse("several-kinds", kinds=known)
    gather.add(_no_practice(key) for key in named if key not in known)
    gather.done()
    (practice,) = known
    on = gather.key(item, practice, DAY.read, _NO_DAY)
    by = gather.key(item, "by", ID.read, None)
    note = gather.key(item, "note", as_text, "")
    made = gather.at((), Deed, practice, on, by=by, note=note)
    return gather.made(made)


def _no_practice(key: str) -> Problem:
    near, known = nearest(key, PRACTICES), sorted(PRACTICES)
    return Problem.of("unknown-practice", key, name=key, near=near, known=known)


def write_deed(deed: Deed) -> dict[str, Data]:
    """Return the plain data of a good practice."""
    more = {"by": deed.by, "note": deed.note}
    return {deed.practice: deed.on.isoformat(), **{key: one for key, one in more.items() if one}}


FIGURES: Final = Form(
    Figures,
    "figures",
    "What was counted on one network at the end of a day.",
    Key("on", DAY, "The day.", missing=_NO_DAY, needed=True),
    Key("network", ID, "The network.", missing=BROKEN, needed=True),
    Key("followers", _COUNT, "How many follow."),
    Key("engagement", _COUNT, "The likes, comments and shares of that day."),
    Key("reach", _COUNT, "How many people saw something of it."),
    Key("posts", _COUNT, "How much went out."),
    Key("orders", _COUNT, "The orders that came from it."),
    Key("revenue", _COUNT, "What they brought, in whole units of the currency."),
)


_COLUMNS: Final = attrs.evolve(
    mapping_of(TEXT),
    schema=named(TEXT.schema, properties=dict.fromkeys(["id", *BUILTIN], TEXT.schema)),
)
#: How a history is to be read from its file: where facts stand, and what all its rows share.
HISTORY: Final[Form[dict[str, Any]]] = Form(
    dict,
    "history",
    "The file of a history, and how it is to be read.",
    Key("file", TEXT, "Its name.", missing="", needed=True),
    Key("columns", _COLUMNS, "The column of each fact that is called otherwise."),
    Key("separator", TEXT, "What separates the cells of a CSV file.", missing=","),
    Key("facts", Value(as_mapping, named({}), dict, {}), "What all its rows share."),
)


# ------------------------------------------------------------------------------- an organisation

#: Why something does not apply, by the check or the question.
_REASONS: Final = attrs.evolve(
    mapping_of(TEXT),
    schema=mapping(dict.fromkeys(sorted(ASKED), TEXT.shaped(minLength=1).schema)),
)


def form_with(made: cattrs.Converter) -> Form[Organisation]:
    """Return the form of an organisation whose parts a converter reads and writes."""

    def part(kind: Any, schema: Schema) -> Value[Any]:  # noqa: ANN401 - a type
        return Value(_in_place(lambda data: made.structure(data, kind)), schema, made.unstructure)

    def many(kind: Any) -> Value[Any]:  # noqa: ANN401 - a type
        def read(data: object) -> list[Any]:
            return each(data, lambda one: made.structure(one, kind))

        return Value(
            _in_place(read), {"type": "array"}, lambda rows: [made.unstructure(one) for one in rows]
        )

    incident = part(Incident, either(FILE, ref("incident")))
    history = many(Case)
    return Form(
        Organisation,
        "organisation",
        "All that is known of a company on social media; what is left out is unknown.",
        Key("organisation", ID, "Its id.", "id", missing=BROKEN, needed="name-organisation"),
        Key("name", TEXT, "What people call it.", missing=""),
        zone_key("The IANA time zone of its days."),
        *(
            Key(name, part(kind, either(FILE, ref(name))), f"{about} A file, or its keys.")
            for name, (kind, about) in PARTS.items()
        ),
        Key(
            "incidents",
            parts_of(incident),
            "Its incidents, each a file or its keys; an empty list says that there were none.",
            missing=None,
        ),
        Key(
            "history",
            attrs.evolve(history, schema=either(FILE, ref("history"), history.schema)),
            "What it published: a file, or `file` and how it is to be read.",
            missing=None,
        ),
        Key("unread", many(Unreadable), "What could not be read of it.", missing=()),
        Key(
            "figures",
            attrs.evolve(
                list_of(Value(FIGURES.read, ref("figures"), FIGURES.write)),
                read=_in_place(lambda data: each(data, FIGURES.read)),
                schema=either(FILE, listed(ref("figures"))),
            ),
            "What was counted, by network and day: a list, or a file with a column for each.",
            missing=None,
        ),
        Key(
            "practices",
            parts_of(Value(read_deed, ref("practice"), write_deed)),
            "The good practices carried out, each with its day: `report: 2026-02-20`.",
            "deeds",
            missing=None,
        ),
        *(
            Key(name, value, about, missing=None)
            for name, value, about in (
                (
                    "objectives",
                    with_words(SOME, OBJECTIVES),
                    "What it wants of social media, as in the catalog.",
                ),
                ("leaders", SOME, "Who directs it, by their ids."),
            )
        ),
        Key("contact", ID, "The one person to turn to, by their id."),
        *(
            Key(name, value, about, missing=None)
            for name, value, about in (
                ("sites", SOME, "Its places or countries."),
                (
                    "departments",
                    with_words(SOME, ROLES),
                    "The departments it has; nothing is asked of others.",
                ),
            )
        ),
        Key(
            "does not apply",
            _REASONS,
            "What does not apply to it, a check or the number of a question, each with the reason.",
            "not_applicable",
        ),
    )


#: The keys of a file of an organisation.
KEYS: Final = form_with(cattrs.Converter()).names


def hooks(made: cattrs.Converter) -> Hooks:
    """Return what reads and writes organisations and what was done and counted there."""
    form = form_with(made)
    return (
        {Organisation: form.read, Deed: read_deed, Figures: FIGURES.read},
        {Organisation: form.write, Deed: write_deed, Figures: FIGURES.write},
    )
