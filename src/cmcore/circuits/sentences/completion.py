"""What is said of circuits that a team can complete."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "can complete": (
        "{team} can complete {subject} at any moment",
        "{team} peut mener à terme {subject} à tout moment",
    ),
    "cannot complete": (
        "{team} completes {subject} {share} of the time",
        "{team} mène à terme {subject} {share} du temps",
    ),
    "circuits of": ("the circuits of {charter}", "les circuits de {charter}"),
    "in turn": (" then ", " puis "),
    "vacant": ("nobody", "personne"),
    "fails": ("fails", "échoue"),
    "fails when": ("{when}: {why} ({length})", "{when} : {why} ({length})"),
    "want nobody found": (
        "stage {stages} asks {who}: the team has nobody",
        "l'étape {stages} demande un accord ({who}) : l'équipe n'a personne",
    ),
    "want nobody found else": (
        "stage {stages} asks {who}: the team has nobody else",
        "l'étape {stages} demande un accord ({who}) : l'équipe n'a personne d'autre",
    ),
    "want few found else": (
        "stage {stages} needs {needed} of {who}: the team has {have} besides {author:member}",
        (
            "accords demandés à l'étape {stages} : {needed} ({who}) ; "
            "l'équipe a {have} en dehors de {author:member}"
        ),
    ),
    "want few found": (
        "stage {stages} needs {needed} of {who}: the team has {have}",
        "accords demandés à l'étape {stages} : {needed} ({who}) ; l'équipe a {have}",
    ),
    "want few there": (
        "stage {stages} needs {needed} of {who}, {have} there in time",
        "accords demandés à l'étape {stages} : {needed} ({who}) ; disponibles à temps : {have}",
    ),
    "want few together": (
        "stages {stages} need {needed} different people of {who}, {have} there in time",
        (
            "les étapes {stages} demandent {needed} personnes distinctes ({who}) ; "
            "disponibles à temps : {have}"
        ),
    ),
    "want no end": (
        "the time of stage {stages} never ends",
        "le temps de l'étape {stages} ne finit jamais",
    ),
    "lacks skills of": (
        "{who:member} has the role {role:role} without {lacks}, which it requires",
        "{who:member} a le rôle {role:role} sans {lacks}, que ce rôle exige",
    ),
    "have nobody": ("nobody", "personne"),
    "when writing": ("when {author:member} writes, {told}", "quand {author:member} écrit, {told}"),
    "completion": ("From opened to approved", "De l'ouverture à l'accord"),
    "circuit": ("circuit", "circuit"),
    "until hour": ("{first}-{last}", "{first}–{last}"),
    "until midnight": ("{first}-24:00", "{first}–24 h"),
    "completes": ("completes", "aboutit"),
    "typical": ("typical time", "délai habituel"),
    "worst": ("worst time", "pire délai"),
    "worst from": ("opened at", "ouvert le"),
    "worst author": ("worst author", "pire auteur"),
    "escalates": ("escalates", "escalade"),
    "escalates for": ("stage {stage}: {length}", "étape {stage} : {length}"),
    "written by": ("written by {author:member}", "écrit par {author:member}"),
    "in emergency": ("in emergency", "en urgence"),
}
