"""Prove an install with nothing but the base dependencies: run as a script, no pytest needed."""

import sys

import cmcore

# What `import cmcore` must not bring in: cattrs waits for the first document, the rest are extras.
LATE = ("cattrs", "click", "hypothesis", "re2", "rich", "tomli_w", "yaml")


def main() -> None:
    """Check that the import is light and that every public name resolves.

    Raises:
        SystemExit: An optional package was imported, or a public name is missing.
    """
    early = [name for name in LATE if name in sys.modules]
    if early:
        sys.exit(f"smoke: `import cmcore` also imports {', '.join(early)}")
    missing = [name for name in cmcore.__all__ if not hasattr(cmcore, name)]
    if missing:
        sys.exit(f"smoke: `cmcore` promises what it does not have: {', '.join(missing)}")
    print(f"smoke: {len(cmcore.__all__)} public names on Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
