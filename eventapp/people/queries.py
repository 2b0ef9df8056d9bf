from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from eventapp.db import db, table_of
from eventapp.people.addresses import address_of
from eventapp.people.models import Administrator, Person, SignIn

_sign_in = table_of(SignIn).c
# What makes a sign-in a living one, told the hash of its secret and since when it must have begun and been used.
LIVING = (
    _sign_in.secret_hash == bindparam("secret_hash"),
    _sign_in.ended_at.is_(None),
    _sign_in.last_seen_at > bindparam("used_after"),
    _sign_in.signed_in_at > bindparam("begun_after"),
)


def person_at(email: str) -> Person | None:
    """The person with this address, None where we know nobody there."""
    return db.session.scalar(select(Person).where(Person.email == address_of(email)))


def is_administrator(person: Person) -> bool:
    """Whether this person may act everywhere, now."""
    grant = select(Administrator.id).where(Administrator.person_id == person.id, Administrator.ended_at.is_(None))
    return db.session.scalar(grant.limit(1)) is not None


def open_sign_ins(person: Person, *, at: datetime, idle: timedelta) -> list[SignIn]:
    """Where this person is signed in, the newest first."""
    query = select(SignIn).where(
        SignIn.person_id == person.id,
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > at - idle,
    )
    return list(db.session.scalars(query.order_by(SignIn.signed_in_at.desc())))
