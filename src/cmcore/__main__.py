"""`python -m cmcore`: the command line, where the script is not on the path."""

from cmcore.cli import main

if __name__ == "__main__":
    main()
