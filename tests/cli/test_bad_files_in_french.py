"""Bad files of every kind: with `--lang fr`, what is wrong is said without a word of English."""

import re
from pathlib import Path
from typing import Final

import pytest
from tests.laws.test_french_problems import english_in

from .conftest import Run

#: File -> what is in it, with several things wrong.
BAD: Final = {
    "charte.yaml": """\
        charter: boutique
        version: deux
        circuits: {patron: [{ask: {role: patron}, need: 0, within: 2 lustres}]}
        default: patronne
        rules:
          - {permit: vie, when: {netwrok: x, kind: chanter, local.hour: {above: midi}}}
          - {refer: prix, to: caisse, when: {text: {matches: '(a'}}, because: On relit.}
        """,
    "équipe.yaml": """\
        team: boutique
        zone: Europe/Pariss
        roles: {fleuriste: {minutes: beaucoup, requires: 3}}
        members:
          rose: {roles: [vendeuse], hours: lun 25:00-18:00, languages: [martien], contract: copain}
          théo: {rolls: [fleuriste]}
        """,
    "besoins.yaml": """\
        needs: boutique
        seats: {fleuriste: -1, caisse: {least: 3, most: 1}}
        hours: [{week: lun 9h, role: fleuriste, least: zéro}]
        mix: [{of: taille, least: 1}]
        """,
    "plan.yaml": "plan: [rose, fleuriste]\n",
    "incident.yaml": """\
        incident: roses
        events:
          - {inbound: plainte, at: hier, text: 12}
          - {act: réponse, at: 2026-02-30 09:00, kind: chanter, about: [rien]}
          - {step: fin, at: 2026-03-01 09:00+01:00}
        """,
    "consignes.yaml": """\
        playbook: roses
        duties:
          - {answer: vite, within: jamais, acts: [chanter]}
          - {acknowledge: vite, within: -2 h}
          - {review: bilan}
          - {dormir: bien}
        """,
    "demandes.jsonl": """\
        {"request": 1, "at": "bientôt"}
        [1, 2]
        {"request": "a", "received": "2026-03-01T09:00+01:00", "network": ""}
        """,
    "service.yaml": """\
        desk: boutique
        zone: Lune
        targets: [{within: 0 h, for: {network: 3}}]
        routes: [{to: 4}]
        """,
    "organisation.yaml": """\
        organisation: boutique
        team: nulle-part.yaml
        charter: 3
        practices: [{danse: hier}]
        """,
    "acte.yaml": "kind: chanter\nat: hier\nlinks: deux\ntpoics: []\n",
    "chiffres.yaml": """\
        organisation: boutique
        figures: [{day: demain, network: x, followers: beaucoup, engagement: -1}]
        """,
}
#: Files with nothing wrong, beside which the others are read.
GOOD: Final = {
    "bonne.yaml": """\
        charter: boutique
        circuits: {patron: [{ask: {role: patron}}]}
        default: patron
        """,
    "bonne-équipe.yaml": "team: boutique\nmembers: {rose: {}}\n",
    "bons-besoins.yaml": "needs: boutique\nlanguages: {fr: 1}\n",
    "bon.yaml": "incident: roses\nevents: [{opened: o, at: 2026-03-01T09:00+01:00}]\n",
}
#: File -> the command that reads it.
READS: Final = {
    "charte.yaml": "check charte.yaml",
    "équipe.yaml": "coverage équipe.yaml bons-besoins.yaml",
    "besoins.yaml": "coverage bonne-équipe.yaml besoins.yaml",
    "plan.yaml": "assign bonne-équipe.yaml bons-besoins.yaml --previous plan.yaml",
    "incident.yaml": "incident replay incident.yaml",
    "consignes.yaml": "incident replay bon.yaml --playbook consignes.yaml",
    "demandes.jsonl": "requests demandes.jsonl",
    "service.yaml": "check service.yaml",
    "organisation.yaml": "checkup organisation.yaml",
    "acte.yaml": "decide bonne.yaml acte.yaml",
    "chiffres.yaml": "checkup chiffres.yaml",
}
#: The place in a file: its name, its line, and the keys that lead there.
PLACE: Final = re.compile(r"^\S+?: |^(?:erreur|avertissement) : (?:[\w.\[\]-]+ : )?", re.UNICODE)


@pytest.mark.parametrize("name", READS)
def test_what_is_wrong_in_a_file_is_said_in_french(run: Run, name: str) -> None:
    for file, text in {**BAD, **GOOD}.items():
        lines = (line.removeprefix(" " * 8) for line in text.splitlines())
        Path(file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    shown = run(*READS[name].split(), "--lang", "fr")
    assert (shown.exit_code, shown.stdout) == (2, "")
    told = shown.stderr.splitlines()
    assert told
    for line in told:
        plain = re.sub(r"[\u00a0\u202f]", " ", line)
        assert plain.startswith(name), line
        said = PLACE.sub("", PLACE.sub("", plain))
        assert english_in(said) == [], line
        assert re.search(r"\w\[\d+\]", re.sub(r"`[^`]*`", "", said)) is None, line
