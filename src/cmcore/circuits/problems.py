"""What is wrong with circuits and their stages."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "nobody-asked": Said(
        "nobody in the team matches the {by} {names:or}", "name somebody in the team"
    ),
    "too-few-asked": Said(
        "{want} people must agree, of {size} who are asked", "ask fewer, or more people"
    ),
    "bad-quorum": Said(
        "`{given}` approvals make no sense", "ask for at least one, and no more than all"
    ),
    "quorum-too-large": Said(
        "`{given}` approvals are too many", "{most:,} at most, or a share of them", "too-large"
    ),
    "clock-never-runs": Said(
        "the clock of a stage never runs", "give it hours, such as `Mon-Fri 09:00-18:00`"
    ),
    "emergency-not-shorter": Said(
        "the emergency is not shorter than the circuit",
        "take a stage away, or leave the emergency out",
    ),
    "nobody-to-differ-from": Said(
        "`{need}` does not ask for several people, who could differ",
        "ask for a number of them, two or more, as in `need: 2`",
    ),
    "too-few-differ": Said(
        "{want} people who differ in {trait} must agree, of {size} who are known to differ",
        "ask fewer, or say the {trait} of more people",
    ),
    "owed-without-end": Said(
        "a review that is asked afterwards has no end",
        "say within what time it is owed, as in `within: 24 h`",
    ),
    "nothing-owed": Said(
        "`{need}` asks nobody to review what has gone out",
        "say how many must, as in `need: any`",
    ),
    "owed-when-late": Said(
        "`{otherwise}` has no effect: what is asked afterwards is still owed when it is late",
        "leave out what happens at the deadline",
    ),
    "afterwards-misplaced": Said(
        "only the one stage of an emergency can be asked afterwards",
        "make it the only stage of the emergency, or ask it before the act goes out",
    ),
    "hours-without-time": Said(
        "hours have no effect without a time limit",
        "say how long, under `within`, or leave the hours out",
    ),
    "no-stage": Said("a circuit needs a stage", "name who is asked; nothing is approved by nobody"),
    "silence-without-end": Said(
        "`{need}` has no end", "say how long to wait for objections, as in `within: 7 d`"
    ),
}
