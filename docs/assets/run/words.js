// What the buttons of the examples say, in the languages of the pages.
window.cmcoreWords = {
  en: {
    run: "Run",
    stop: "Stop",
    edit: "Edit",
    reset: "Undo my changes",
    code: "Code of the example",
    file: "Text of the file",
    output: "What it shows",
    drawing: "Diagram; its text follows",
    diagram: "The text of the diagram",
    lacks: "Runs on a computer, not in this page, where it would need: ",
    lacking: "It runs on a computer, not in this page: a package is missing.",
    fetching: "Fetching Python, the first time only…",
    starting: "Starting Python…",
    running: "Running…",
    stopped: "Stopped.",
    nothing: "It ran, and shows nothing.",
    failed: "This could not run: ",
    absent:
      "This copy of the site was built without Python. " +
      "Build it with “make site”, and the examples run here.",
    local:
      "A browser runs Python only in pages that come from a server. " +
      "In the folder of the site: python -m http.server",
  },
  fr: {
    run: "Exécuter",
    stop: "Arrêter",
    edit: "Modifier",
    reset: "Annuler mes changements",
    code: "Code de l’exemple",
    file: "Texte du fichier",
    output: "Ce qui s’affiche",
    drawing: "Schéma ; son texte suit",
    diagram: "Le texte du schéma",
    lacks: "S’exécute sur un ordinateur, pas dans cette page, où il faudrait : ",
    lacking: "Cela s’exécute sur un ordinateur, pas dans cette page : il manque une bibliothèque.",
    fetching: "Téléchargement de Python, la première fois seulement…",
    starting: "Démarrage de Python…",
    running: "Exécution…",
    stopped: "Arrêté.",
    nothing: "L’exemple a tourné, et n’affiche rien.",
    failed: "Exécution impossible : ",
    absent:
      "Cette copie du site a été construite sans Python. " +
      "« make site » la construit avec, et les exemples tournent ici.",
    local:
      "Un navigateur n’exécute Python que dans des pages servies. " +
      "Dans le dossier du site : python -m http.server",
  },
};
