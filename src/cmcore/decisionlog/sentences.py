"""What is said of decision logs, in English and in French."""

from collections.abc import Mapping
from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "log entry": ("{id}: {outcome}", "{id} : {outcome}"),
    "log entry foot": (
        "{at}; {charter}, version {version}; cmcore {library}",
        "{at} ; {charter}, version {version} ; cmcore {library}",
    ),
    "log reason unknown": ("{because} (unknown: {facts})", "{because} (inconnu : {facts})"),
    "log redacted": ("not in the log: {facts}", "absent du journal : {facts}"),
    "log redacted before": (
        "not in the log, of earlier acts: {facts}",
        "absent du journal, pour les actes antérieurs : {facts}",
    ),
    "log intact": (
        "the log is intact: {count} entries",
        "le journal est intact : {count} entrées",
    ),
    "log intact one": (
        "the log is intact: {count} entry",
        "le journal est intact : {count} entrée",
    ),
    "log torn": (
        "the log is intact but for what was not written to its end: {count} entries",
        "le journal est intact, hormis ce qui n'a pas été écrit jusqu'au bout : {count} entrées",
    ),
    "log torn one": (
        "the log is intact but for what was not written to its end: {count} entry",
        "le journal est intact, hormis ce qui n'a pas été écrit jusqu'au bout : {count} entrée",
    ),
    "log broken": (
        "the log is not as it was written: {count} whole entries",
        "le journal n'est plus tel qu'il a été écrit : {count} entrées entières",
    ),
    "log broken one": (
        "the log is not as it was written: {count} whole entry",
        "le journal n'est plus tel qu'il a été écrit : {count} entrée entière",
    ),
    "log after": (
        "the head that was kept is there, and {count} entries after it",
        "l'empreinte conservée s'y trouve, suivie de {count} entrées",
    ),
    "log after one": (
        "the head that was kept is there, and {count} entry after it",
        "l'empreinte conservée s'y trouve, suivie de {count} entrée",
    ),
    "log head": ("head: {head}", "empreinte finale : {head}"),
    "kind LogReason": ("reason of an entry", "raison d'une entrée"),
    "kind Redaction": ("redaction", "occultation"),
    "kind Replayed": ("entry decided again", "décision reprise"),
    "field erase": ("erased", "effacés"),
    "field mask": ("masked", "masqués"),
    "replay": (
        "{count} entries decided again: {equal} equal, {different} different, {untold} cannot tell",
        (
            "{count} décisions reprises : {equal} identiques, {different} différentes, "
            "{untold} en doute"
        ),
    ),
    "replay one": (
        "{count} entry decided again: {equal} equal, {different} different, {untold} cannot tell",
        "{count} décision reprise : {equal} identique, {different} différente, {untold} en doute",
    ),
    "replay entries": ("{count} entries", "{count} entrées"),
    "replay entries one": ("{count} entry", "{count} entrée"),
    "replay by": ("decided by cmcore {library}", "décidé par cmcore {library}"),
    "replay all": ("Not equal", "Non identiques"),
    "replay listed": ("Not equal, and {count} more", "Non identiques, et {count} autres"),
    "replay listed one": ("Not equal, and {count} more", "Non identiques, et {count} autre"),
    "replay head entry": ("entry", "entrée"),
    "replay head verdict": ("verdict", "verdict"),
    "replay head why": ("why", "pourquoi"),
    "replay verdict equal": ("equal", "identique"),
    "replay verdict different": ("different", "différente"),
    "replay verdict cannot tell": ("cannot tell", "en doute"),
    "replay instead": (
        "{logged} in the log, {found} now",
        "au journal : {logged} ; à présent : {found}",
    ),
    "replay no charter": ("its charter was not given", "sa charte n'est pas donnée"),
    "replay another charter": (
        "decided by another version of its charter",
        "décidée selon une autre version de sa charte",
    ),
    "replay another library": (
        "written by another version of cmcore",
        "écrite par une autre version de cmcore",
    ),
    "replay redacted": (
        "what was redacted may have decided it",
        "ce qui n'est plus au journal a pu être décisif",
    ),
    "replay unreadable": ("the line cannot be read", "la ligne est illisible"),
    "replay unexplained": (
        "nothing explains it: its context may be another, or the entry is false",
        "rien ne l'explique : son contexte était peut-être autre, ou l'entrée est fausse",
    ),
}
