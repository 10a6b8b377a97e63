"""Who is there: passwords, sessions, and the token that shows that a form is one of ours."""

import hmac
from hashlib import scrypt, sha256
from secrets import token_bytes, token_hex, token_urlsafe
from typing import Final

from attrs import frozen
from sqlalchemy import Connection, delete, func, or_, select

from desk.store import PEOPLE, SESSIONS, TRIES, Store

#: How many wrong passwords an account, and an address, may give within so many seconds.
MOST: Final = {"account": 10, "address": 50}
WITHIN: Final = 900
COST: Final = {"n": 2**14, "r": 8, "p": 1}


@frozen
class Session:
    """Somebody who is signed in: a member of the team, until when, and the token of their forms."""

    member: str
    csrf: str
    until: float


def hashed(password: str, salt: bytes | None = None) -> str:
    """Return what is kept of a password."""
    salt = salt or token_bytes(16)
    return f"{salt.hex()}${scrypt(password.encode(), salt=salt, **COST).hex()}"


#: What the password of nobody is compared with, so that who exists cannot be told by the time.
_NOBODY: Final = hashed(token_urlsafe())


def set_password(store: Store, member: str, password: str) -> None:
    """Give somebody a password; whoever was signed in as them no longer is."""

    def work(db: Connection) -> None:
        db.execute(delete(PEOPLE).where(PEOPLE.c.member == member))
        db.execute(PEOPLE.insert().values(member=member, password=hashed(password)))
        db.execute(delete(SESSIONS).where(SESSIONS.c.member == member))

    store.write(work)


class TooManyTriesError(Exception):
    """So many wrong passwords came that none is looked at for a while."""


def sign_in(  # noqa: PLR0913 - who, from where and until when
    store: Store, member: str, password: str, now: float, until: float, *, address: str = ""
) -> str | None:
    """Return the token of a new session, if that is their password, and not tried too often."""
    whose = {"address": f"address {address}"}
    if member:
        whose["account"] = f"account {member}"
    tries = {kind: token_hex(16) for kind in whose}

    def tried(db: Connection) -> bool:
        db.execute(delete(TRIES).where(TRIES.c.at <= now - WITHIN))
        counted = select(func.count()).select_from(TRIES)
        for kind, one in whose.items():
            if db.scalar(counted.where(TRIES.c.whose == one)) >= MOST[kind]:
                return False
        rows = [{"id": tries[kind], "whose": one, "at": now} for kind, one in whose.items()]
        db.execute(TRIES.insert(), rows)
        return True

    if not store.write(tried):  # counted before it is looked at, so that many at once are no more
        raise TooManyTriesError
    with store.reading() as db:
        kept = db.scalar(select(PEOPLE.c.password).where(PEOPLE.c.member == member))
    salt = bytes.fromhex((kept or _NOBODY).partition("$")[0])
    if not hmac.compare_digest(kept or _NOBODY, hashed(password, salt)) or not kept:
        return None
    token, csrf = token_urlsafe(32), token_urlsafe(32)
    row = {"token": _digest(token), "member": member, "csrf": csrf, "until": until}

    def work(db: Connection) -> str:
        right = or_(TRIES.c.whose == f"account {member}", TRIES.c.id == tries["address"])
        db.execute(delete(TRIES).where(right))
        db.execute(delete(SESSIONS).where(SESSIONS.c.until < now))
        db.execute(SESSIONS.insert().values(**row))
        return token

    return store.write(work)


def session_of(store: Store, token: str, now: float) -> Session | None:
    """Return the session of a token, while it lasts."""
    asked = select(SESSIONS.c.member, SESSIONS.c.csrf, SESSIONS.c.until)
    with store.reading() as db:
        row = db.execute(asked.where(SESSIONS.c.token == _digest(token))).first()
    return Session(*row) if row and row.until > now else None


def sign_out(store: Store, token: str) -> None:
    """End a session, wherever its token may be kept."""
    store.write(
        lambda db: db.execute(delete(SESSIONS).where(SESSIONS.c.token == _digest(token))) and None
    )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
