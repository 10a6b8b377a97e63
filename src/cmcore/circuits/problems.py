"""What is wrong with circuits and their stages."""

from typing import Final

from cmcore.base.said import Said

PROBLEMS: Final[dict[str, Said]] = {
    "nobody-asked": Said(
        (
            "nobody in the team matches the {by} {names:or}",
            "personne dans l'équipe ne correspond à `{by}` {names:or}",
        ),
        ("name somebody in the team", "nommez quelqu'un de l'équipe"),
    ),
    "asked-twice": Said(
        (
            "`{name}` is listed twice, and its approval counts once",
            "`{name}` figure deux fois, et son accord compte une fois",
        ),
        (
            "list it once, and say how many must agree",
            "nommez-le une fois, et dites combien doivent être d'accord",
        ),
    ),
    "too-few-asked": Said(
        (
            "{want} people must agree, and only {size} can be asked",
            "{want} personnes doivent être d'accord, et on ne peut en consulter que {size}",
        ),
        ("ask fewer, or more people", "demandez-en moins, ou consultez plus de monde"),
    ),
    "bad-quorum": Said(
        (
            "`{given}` does not say how many must agree",
            "`{given}` ne dit pas combien doivent être d'accord",
        ),
        (
            "ask for at least one, and no more than all",
            "demandez-en un au moins, et pas plus que tous",
        ),
    ),
    "quorum-too-large": Said(
        ("`{given}` approvals are too many", "`{given}` accords, c'est trop"),
        ("{most:,} at most, or a share of them", "{most:,} au plus, ou une part des personnes"),
        "too-large",
    ),
    "clock-never-runs": Said(
        ("the clock of a stage never runs", "l'horloge d'une étape n'avance jamais"),
        (
            "give it hours, such as `Mon-Fri 09:00-18:00`",
            "donnez-lui des heures, par exemple `Mon-Fri 09:00-18:00`",
        ),
    ),
    "time-never-out": Said(
        (
            "`{otherwise}` is for when time is out, and the stage has no time",
            "`{otherwise}` vaut quand le délai est écoulé, et l'étape n'a pas de délai",
        ),
        ("give it one, as in `within: 2 h`", "donnez-lui-en un, par exemple `within: 2 h`"),
    ),
    "emergency-not-shorter": Said(
        (
            "the emergency is not shorter than the circuit",
            "l'urgence n'est pas plus courte que le circuit",
        ),
        (
            "take a stage away, or leave the emergency out",
            "retirez une étape, ou retirez l'urgence",
        ),
    ),
    "nobody-to-differ-from": Said(
        (
            "`differ` goes with a number of people, two or more, and not with `{need}`",
            "`differ` va avec un nombre de personnes, deux ou plus, et non avec `{need}`",
        ),
        (
            "as in `need: 2`",
            "par exemple `need: 2`",
        ),
    ),
    "too-few-differ": Said(
        (
            "{want} people who differ in {trait} must agree, of {size} who are known to differ",
            (
                "{want} personnes qui diffèrent par `{trait}` doivent être d'accord, "
                "sur {size} dont on sait qu'elles diffèrent"
            ),
        ),
        (
            "ask fewer, or say the {trait} of more people",
            "demandez-en moins, ou donnez `{trait}` de plus de personnes",
        ),
    ),
    "owed-without-end": Said(
        (
            "a review that is asked afterwards has no end",
            "une validation demandée après coup n'a pas de fin",
        ),
        (
            "say within what time it is owed, as in `within: 24 h`",
            "dites en combien de temps elle est due, par exemple `within: 24 h`",
        ),
    ),
    "nothing-owed": Said(
        (
            "`{need}` asks nobody to review what has gone out",
            "`{need}` ne demande à personne de valider ce qui est paru",
        ),
        (
            "say how many must, as in `need: any`",
            "dites combien de personnes le doivent, par exemple `need: any`",
        ),
    ),
    "owed-when-late": Said(
        (
            "`{otherwise}` has no effect: what is asked afterwards is still owed when it is late",
            (
                "`{otherwise}` n'a pas d'effet : ce qui est demandé après coup reste "
                "dû en cas de retard"
            ),
        ),
        ("leave out what happens at the deadline", "retirez ce qui arrive à l'échéance"),
    ),
    "afterwards-misplaced": Said(
        (
            "only the one stage of an emergency can be asked afterwards",
            "seule l'unique étape d'une urgence peut être demandée après coup",
        ),
        (
            "make it the only stage of the emergency, or ask it before the act goes out",
            "faites-en la seule étape de l'urgence, ou demandez-la avant la parution de l'acte",
        ),
    ),
    "hours-without-time": Said(
        (
            "hours have no effect without a time limit",
            "des heures sont sans effet en l'absence de délai",
        ),
        (
            "say how long, under `within`, or leave the hours out",
            "donnez le délai sous `within`, ou retirez les heures",
        ),
    ),
    "no-stage": Said(
        ("a circuit needs a stage", "un circuit a besoin d'une étape"),
        (
            "name who is asked; nothing is approved by nobody",
            "nommez qui est consulté ; personne n'approuve rien tout seul",
        ),
    ),
    "silence-without-end": Said(
        ("`{need}` has no end", "`{need}` n'a pas de fin"),
        (
            "say how long to wait for objections, as in `within: 7 d`",
            "dites combien de temps attendre les objections, par exemple `within: 7 d`",
        ),
    ),
}
