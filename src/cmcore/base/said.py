"""What one row of the tables of problems says."""

from typing import Final, Literal, NamedTuple

#: The HTTP statuses for a service: 422, 404, 403, 409, 412 and 413.
Category = Literal["invalid", "unknown", "forbidden", "conflict", "stale", "too-large"]


#: What is said in English and in French.
Words = tuple[str, str]
#: Nothing, in both languages.
UNSAID: Final[Words] = ("", "")


class Said(NamedTuple):
    """The sentence of a kind of problem, what to do about it, and what sort of problem it is.

    Each is in English and in French, which may leave a parameter out.

    `{name}` stands for a parameter. A list reads as `{names}`, `{names:or}` or `{names:and}`;
    `{thing:a}` is what the table of things calls it, `{thing:how}` how one is written;
    `{state:say while}` is the sentence `while …` of the other tables, and `{outcome:word}` their
    sentence `covered`.
    """

    message: Words
    hint: Words = UNSAID
    category: Category = "invalid"


#: Parameters that any problem may have: the known names nearest to a wrong one, all of them, and
#: what to write in place of what is wrong, as YAML has it.
GENERIC: Final = frozenset({"near", "known", "write"})
