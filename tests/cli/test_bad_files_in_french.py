"""Bad files of every kind: with `--lang fr`, what is wrong is said without a word of English."""

import re
from pathlib import Path
from textwrap import dedent
from typing import Final

import pytest
from tests.laws.test_french_problems import english_in

from .conftest import Run
from .french_files import BESIDE, TOLD

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


#: What comes before the sentence: the file, its line, and keys that have spaces as well.
KEYS: Final = re.compile(r"\S+ erreur : (?:[^`:]+ : )?")
#: File -> what is in it, the command that reads it, and the lines that have something wrong.
WORSE: Final = {
    "pire-charte.yaml": (
        """\
            charte: mairie
            version: 1.5
            objectif: 140 %
            fuseau: Europe/Lyon
            réseaux: [facebouk]
            étiquettes: {ton-dur: drapeau, sujet: {valeurs: []}}
            circuits:
              bureau:
                - consulte: {rôle: []}
                  il faut: 3/2
                  sous: 2 heurs
                - consulte: {rôles: élu}
                  sinon: escalade
              vide: []
            par défaut: burreau
            règles:
              - autorise: quotidien
                quand: {type: publié, sujets: {seulment: [fêtes]}, local.heure: {entre: [8]}}
                parce que: ""
              - renvoie: nuit
                vers: [bureau, bureau]
                quand: {pas: {récents.publication: {plus de: 3}}}
                parce que: Nuit.
              - interdit: nuit
                quand: {texte: {mentions: []}}
                jusqu'au: 31/02/2026
                parce que: Non.
              - permet: tout
                quand: {}
            attentes: [{id: x, de: danse, au moins: 2 par lustre}]
            exemples: [{acte: {type: publication}, attendu: peut-être}]
            """,
        "check",
        [2, 3, 4, 6, 9, 10, 11, 12, 13, 14, 15, 18, 19, 22, 24, 25, 26, 28, 29, 30, 31],
    ),
    "pire-charter.yaml": (
        """\
            charter: town
            version: [1]
            target: high
            zone: 5
            labels: {promise: flagg, kind: flag}
            kinds: {publish: {en: Post}, Wave!: {fr: 3}}
            circuits:
              desk:
                - {ask: {role: mayor, skill: calm}, need: everyone, within: 30, else: wait}
                - ask: mayor
            default: [desk]
            calendar: {country: ZZ, years: [soon]}
            rules:
              - permit: [a]
                when: {text: {matches: '(?<=a)b'}, links: {at most: two}}
                because: 12
              - forbid: x
                when: {any: [{paid: perhaps}, {media.count: {above: -1}}]}
                because: No.
                since: tomorrow
              - refer: y
                to: moon
                when: {at least: {n: 9, of: [{paid: yes}]}}
                because: Read.
            counts: {busy: {kind: publish}, busy2: 3}
            always: [{if: {paid: yes}, then: covered}]
            """,
        "check",
        [2, 3, 4, 5, 6, 9, 10, 11, 12, 14, 15, 16, 18, 20, 22, 23, 25, 26],
    ),
    "pire-organisation.yaml": (
        """\
            organisation: mairie
            nom: 12
            fuseau: Europe/Paris
            équipe: {collaborateurs: {léa: {rôles: [x]}}}
            charte: rien.yaml
            objectifs: [gloire, gloire]
            direction: [personne]
            interlocuteur: [léa]
            sites: Lyon
            bonnes pratiques:
              - {rapprt: 2026-01-01}
              - {rapport: hier, par: léa}
              - formation: 2026-13-01
              - {}
            sans objet: {départemens: Trop petit., stagiaires encadrés: ""}
            historique: {fichier: outbox.txt, séparateur: ";;", colonnes: {type: quoi}}
            chiffres: nulle-part.csv
            """,
        "checkup",
        [2, 4, 5, 8, 11, 12, 13, 14, 15, 16, 17],
    ),
    "pire-incident.yaml": (
        """\
            incident: eau
            titre: 3
            fuseau: Europe/Paris
            jusqu'à: 2026-02-01
            noms: {fuite: la fuite, portée: 7}
            échelle:
              - {niveau: veille, quand: {messages: 1}}
              - grave
              - {niveau: grave, quand: {messages: beaucoup}}
            événements:
              - {reçu: r1, moment: 2026-02-01T09:00, texte: "Eau trouble", critique: peut-être}
              - {réponse: a1, moment: 2026-02-01T10:00+01:00, à propos de: r9, affirmations: {fuite: [oui]}}
              - {publication: a1, moment: 2026-02-03T10:00+01:00, promesses: [{que: {}, pour: bientôt}]}
              - {signl: s, moment: 2026-02-01T10:00+01:00, mesure: messages, chiffre: -3}
              - {prévenu: p, moment: 2026-02-01T11:00+01:00, rôles: elu, source: journal}
              - {clos: fin, moment: 2026-02-01T08:00+01:00}
            """,  # noqa: E501 - as people write
        "check",
        [2, 4, 5, 9, 11, 12, 13, 14, 15],
    ),
    "pire-demandes.jsonl": (
        """\
            {"demande": "d1", "reçue": "2026-03-01", "réseau": 5}
            {"demande": "d1", "reçue": "2026-03-01T09:00+01:00", "langue": "klingon"}
            {"demande": "d2", "reçue": "2026-03-01T09:00+01:00", "sujets": "eau", "couleur": "bleu"}
            {"demande": "", "reçue": 12
            {"attribuée": "d9", "moment": "2026-03-01T10:00+01:00", "à": "léa"}
            {"répondue": "d2", "moment": "2026-02-01T10:00+01:00"}
            {"dansée": "d2", "moment": "2026-03-01T10:00+01:00"}
            """,
        "requests",
        [1, 2, 3, 4, 5, 6, 7],
    ),
    "pire-columns.yaml": (
        """\
            columns: {what: knid, when: at, x: text, y: text, z: 5}
            separator: tab
            zone: Moon
            same: {network: [x]}
            values: {kind: {post: sing}}
            """,
        "audit bonne.yaml histoire.csv --columns",
        [1, 3, 4, 5],
    ),
    "pire-dico.yaml": (
        """\
            text: [a]
            kind: 5
            media: {b: c}
            """,
        "audit bonne.yaml histoire.csv --columns",
        [1, 2, 3],
    ),
    "pire-equipe.yaml": (
        """\
            équipe: [mairie]
            fuseau: Paris
            rôles:
              élu: {exige: calme, minutes: -5, rôles_au_plus: 2}
              clerc: {inspiré de: coordinatrice-en-chef, fr: ""}
            collaborateurs:
              léa: {rôles: [ellu, clerc], horaires: lun-ven 18h-9h30m, langues: [fr, klingon], ancienneté: vieux}
              karim: {contrat: intérimm, congés: [{du: 2026-05-10, au: 2026-05-01}], minutes: {élu: beaucoup}}
              odile: {compétences: {calme: demain}, affinité: {élu: énorme}, âge: -3}
              odi le: {réseaux: facebook twitter}
              "Léa": {nom: [x]}
            """,  # noqa: E501 - as people write
        "check",
        [1, 2, 4, 7, 8, 9, 11],
    ),
    "pire-masque.yaml": (
        """\
            masquage: mairie
            effacer: [texte, texxte]
            masquer: {auteur: 3}
            hacher: auteur
            étiquettes: ton
            """,
        "check",
        [1, 2, 3, 4, 5],
    ),
}


@pytest.mark.parametrize("name", WORSE)
def test_every_mistake_is_told_in_french_at_its_line(run: Run, name: str) -> None:
    text, command, lines = WORSE[name]
    Path(name).write_text(dedent(text), encoding="utf-8")
    Path("bonne.yaml").write_text(dedent(GOOD["bonne.yaml"]), encoding="utf-8")
    Path("histoire.csv").write_text("id,kind\na,publish\n", encoding="utf-8")
    shown = run(*command.split(), name, "--lang", "fr")
    assert (shown.exit_code, shown.stdout) == (2, "")
    told = shown.stderr.splitlines()
    for line in told:
        said = KEYS.sub("", re.sub(r"[\u00a0\u202f]", " ", line))
        assert english_in(said) == [], line
    assert sorted({int(line.split(":")[1]) for line in told}) == lines


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_of_a_file_is_exactly_this(run: Run, name: str) -> None:
    text, command, lines = TOLD[name]
    for file, good in {**BESIDE, name: text}.items():
        Path(file).write_text(good, encoding="utf-8")
    shown = run(*command.split(), "--lang", "fr")
    told = re.sub(r"[\u00a0\u202f]", " ", shown.stderr or shown.stdout)
    assert told == lines
    assert english_in(re.sub(r"\S*[.:]\S*|\w+(?= : )", "", told)) == []
