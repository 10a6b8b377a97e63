"""Run the desk: `python run.py`, or `make desk` at the top of the repository.

With no database yet, it makes one with invented people and a few invented posts, and says how to
sign in. `--url` names another database, `--folder` another desk.
"""

import argparse
import signal
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from secrets import token_hex, token_urlsafe

import uvicorn
from attrs import evolve
from sqlalchemy.exc import SQLAlchemyError

from cmcore import InvalidError
from desk.app import make_app
from desk.signin import set_password
from desk.work import Desk, open_desk

HERE = Path(__file__).parent
#: What brings the module of a driver.
DRIVERS = {"psycopg": "psycopg[binary]"}
#: Who wrote what, how long ago, and what they said of it: (price, people, topics).
POSTS = [
    ("camille", 50, "La lampe Brume revient en trois couleurs.", ("no", "no", ["lamps"])),
    ("louis", 45, "Our workshop is open on Sunday.", ("no", "no", ["workshop"])),
    ("camille", 30, "Brume à 49 € jusqu’à dimanche.", ("yes", "no", ["lamps"])),
    ("eliott", 20, "Meet Djamila, who blows our glass.", ("no", "yes", ["workshop"])),
    ("joris", 10, "Rappel de la Brume 2 : débranchez-la.", ("no", "no", ["lamps"])),
]


def invent(desk: Desk, password: str) -> None:
    """Fill a desk with people who can sign in, and with posts of the last hour."""
    for one in desk.team.members:
        set_password(desk.store, one.id, password)
    for author, ago, text, (price, people, topics) in POSTS:
        at = desk.clock() - timedelta(minutes=ago)
        then = evolve(desk, clock=lambda at=at: at)
        form = {"text": text, "network": "instagram", "topics": topics, "price": price}
        then.submit(token_hex(12), author, {**form, "people": people})


def main() -> None:
    """Open the desk and answer until it is stopped."""
    asked = argparse.ArgumentParser(description="A publishing desk on cmcore.")
    asked.add_argument("--folder", type=Path, default=HERE)
    asked.add_argument("--url", help="of the database; by default, a new one that is thrown away")
    asked.add_argument("--port", type=int, default=8000)
    told = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # what is thrown away is thrown away then
    with tempfile.TemporaryDirectory() as scratch:
        try:
            desk = open_desk(told.folder, told.url or f"sqlite:///{scratch}/desk.db")
        except ModuleNotFoundError as error:
            package = DRIVERS.get(str(error.name), error.name)
            asked.error(f"`{error.name}` is missing: pip install '{package}'")
        except (OSError, InvalidError) as error:
            asked.error(f"the desk of `{told.folder}` does not open: {error}")
        except (SQLAlchemyError, KeyError) as error:
            asked.error(f"the database does not open: {str(error).splitlines()[0]}")
        if told.url is None:
            password = token_urlsafe(6)
            invent(desk, password)
            print(f"http://127.0.0.1:{told.port}/  password of everybody: {password}", flush=True)
        uvicorn.run(make_app(desk), port=told.port, log_level="warning")


if __name__ == "__main__":
    main()
