"""Questions: what the five source texts ask of a company, and the checks that answer each."""

from collections.abc import Mapping
from typing import Final

#: Question, by text and section -> the checks that answer it.
QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "000.1": ("objectives set",),
    "000.2": ("charter in force", "charter fresh", "rules for employees"),
    "000.3": ("mixed team", "fit"),
    "000.4": ("core roles", "none neglected", "private way", "charter signed"),
    "000.5": ("mistakes corrected", "playbook kept"),
    "001.1": ("watch hours", "watch reported"),
    "001.2": ("on time", "none neglected", "answers kept"),
    "001.3": ("honest", "promises kept", "criticism kept"),
    "001.4": ("single contact", "one hand", "fit", "departments"),
    "001.5": ("interns supervised",),
    "001.6": ("charter in force", "charter signed", "charter framed", "networks covered"),
    "001.7": ("no bought followers", "engagement measured"),
    "001.8": ("objectives set", "strategy reviewed"),
    "001.9": ("own words", "little promotion"),
    "001.10": ("reports made", "engagement measured"),
    "002.1": ("insiders",),
    "002.2": ("specialists",),
    "002.3": ("time set aside",),
    "002.4": ("team meetings",),
    "002.5": ("little promotion", "training"),
    "002.6": ("open access",),
    "002.7": ("ambassadors",),
    "002.8": ("content by employees",),
    "003.1": ("charter signed", "strategy approved"),
    "003.2": ("employees briefed", "rules for employees"),
    "003.3": ("mixed team", "front line", "co-design", "subscribers asked"),
    "003.4": ("fit", "training"),
    "003.5": ("informed", "sharing"),
    "003.6": ("share covered", "short way", "circuits complete", "exceptions asked", "referents"),
    "003.7": ("community manager", "time set aside"),
    "003.8": ("cadence", "own words"),
    "003.9": ("met in person",),
    "003.10": ("tools reviewed",),
    "004.1": ("charter framed", "networks covered", "objectives set", "exceptions asked"),
    "004.2": ("engagement measured", "reports made"),
    "004.3": ("departments", "alert planned", "alerts kept"),
    "004.4": ("watch reported", "reports made", "returns measured"),
    "004.5": ("interns supervised", "objectives set"),
}
#: Everything that can be said not to apply: a check, or a whole question.
ASKED: Final = frozenset(QUESTIONS) | {code for codes in QUESTIONS.values() for code in codes}
#: Theme -> the checks about it; each check is about one.
THEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "aims": ("objectives set", "strategy approved", "strategy reviewed"),
    "charter": (
        *("charter in force", "charter signed", "charter fresh", "charter framed"),
        *("networks covered", "rules for employees", "share covered"),
    ),
    "circuits": ("short way", "circuits complete", "exceptions asked"),
    "team": (
        *("core roles", "community manager", "departments", "front line", "single contact"),
        *("referents", "insiders", "specialists", "fit", "time set aside", "mixed team"),
        *("interns supervised", "team meetings", "training"),
    ),
    "listening": ("watch hours", "watch reported", "subscribers asked"),
    "answers": ("on time", "none neglected", "one hand", "answers kept", "private way"),
    "honesty": (
        *("honest", "promises kept", "criticism kept", "mistakes corrected", "alert planned"),
        *("alerts kept", "playbook kept"),
    ),
    "content": (
        *("cadence", "own words", "little promotion", "sharing", "ambassadors"),
        "content by employees",
    ),
    "company": ("employees briefed", "informed", "open access", "co-design", "met in person"),
    "figures": (
        *("engagement measured", "no bought followers", "returns measured", "reports made"),
        "tools reviewed",
    ),
}
