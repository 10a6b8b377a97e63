"""What is said of charters."""

from typing import Final

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "valid": ("{charter}: valid", "{charter} : valide"),
    "labels": ("labels", "étiquettes"),
    "target": ("target", "objectif"),
    "in force": ("in force", "en vigueur"),
    "from day": ("from {day}", "à partir du {day}"),
    "through day": ("through {day}", "jusqu'au {day} inclus"),
    "approved": ("approved", "approuvée"),
    "by names": ("by {names}", "par {names}"),
    "review by": ("review by", "à relire avant le"),
    "conjuncts": ("conjuncts", "conjonctions"),
    "facts read": ("facts read", "faits lus"),
    "by hand": ("by hand", "à la main"),
    "compiled": (
        "{charter}, version {version}, compiled",
        "{charter}, version {version}, compilée",
    ),
    "charter covers": ("covers", "couvre"),
    "charter limits": ("limits", "limite"),
    "charter limit": ("{of}: at most {bound}", "{of} : au plus {bound}"),
    "charter expects": ("expects", "attend"),
    "charter counts": ("counts", "compte"),
    "charter has kind": ("kind", "type"),
    "charter closes": ("closes", "ferme"),
    "guarantee always": ("always", "toujours"),
    "guarantee never": ("never", "jamais"),
    "guaranteed": ("{gets}: {when}", "{gets} : {when}"),
    "closed days": ("{count} days", "{count} jours"),
    "closed days one": ("{count} day", "{count} jour"),
    "count permit": ("{count} permit", "{count} qui autorisent"),
    "count permit one": ("{count} permit", "{count} qui autorise"),
    "count refer": ("{count} refer", "{count} qui renvoient"),
    "count refer one": ("{count} refer", "{count} qui renvoie"),
    "count forbid": ("{count} forbid", "{count} qui interdisent"),
    "count forbid one": ("{count} forbid", "{count} qui interdit"),
    "by default": ("{circuit} (default)", "{circuit} (par défaut)"),
}
