"""Prove an install with nothing but the base dependencies: run as a script, no pytest needed."""

import sys

import cmcore

# What `import cmcore` must not bring in: cattrs waits for the first document, the rest are extras.
LATE = ("cattrs", "click", "hypothesis", "re2", "rich", "tomli_w", "yaml")


def decide_and_write() -> None:
    """Check that a charter decides, explains itself, and survives being written.

    Raises:
        SystemExit: It does not.
    """
    desk = cmcore.ValidationCircuit("desk", [cmcore.Stage(cmcore.Approvers("role", {"editor"}))])
    quiet = ~cmcore.fact("text").mentions("rappel")
    daily = cmcore.Rule.permit("daily", when=quiet, because="Our daily life.")
    charter = cmcore.Charter("smoke", rules=[daily], circuits=[desk], default="desk")
    act = cmcore.Act(kind="publish", text="Rappel de nos tartes")
    decision = cmcore.decide(charter, act)
    if decision.outcome is not cmcore.Outcome.EXCEPTION or decision.repair is None:
        sys.exit(f"smoke: not what should be decided:\n{decision}")
    written = cmcore.dump(charter, format="json")
    if cmcore.parse(written, cmcore.Charter, format="json") != charter:
        sys.exit(f"smoke: not read back as it was written:\n{written}")


def read_catalog() -> None:
    """Check that the data of the catalog came along, and that it reads.

    Raises:
        SystemExit: It does not.
    """
    from cmcore import catalog

    for name in catalog.__all__:
        shelf = getattr(catalog, name)
        if isinstance(shelf, catalog.Shelf) and not all(shelf.values()):
            sys.exit(f"smoke: the catalog has no {name}")


def main() -> None:
    """Check that the import is light, that every public name resolves, and that it decides.

    Raises:
        SystemExit: An optional package was imported, or a public name is missing.
    """
    early = [name for name in LATE if name in sys.modules]
    if early:
        sys.exit(f"smoke: `import cmcore` also imports {', '.join(early)}")
    missing = [name for name in dir(cmcore) if not hasattr(cmcore, name)]
    if missing:
        sys.exit(f"smoke: `cmcore` promises what it does not have: {', '.join(missing)}")
    decide_and_write()
    read_catalog()
    print(f"smoke: {len(dir(cmcore))} public names on Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
