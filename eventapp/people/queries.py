from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, or_, select

from eventapp.ground.db import db, table_of
from eventapp.ground.db.types import Base
from eventapp.history.models import Entry
from eventapp.people.addresses import address_of
from eventapp.people.models import NO_LETTER, Administrator, Person, SignIn, SignInRequest

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


def has_unused_link(address: str, *, since: datetime, at: datetime) -> bool:
    """Whether a letter went to this address since then whose link still works and was not used.

    One that was asked before we knew this person, or made without a letter, is not counted.
    """
    now_there = select(Person.id).where(Person.email == address).scalar_subquery()
    sent = select(SignInRequest.id).where(
        SignInRequest.email == address,
        SignInRequest.used_at.is_(None),
        SignInRequest.asked_at > since,
        SignInRequest.expires_at > at,
        SignInRequest.person_id.is_not_distinct_from(now_there),
        SignInRequest.code_hash != NO_LETTER,
    )
    return db.session.scalar(sent.limit(1)) is not None


def is_in_use(person: Person, *, but: str = "") -> bool:
    """Whether anything hangs on this person, whatever feature has it: all but links to sign in, which anybody asks for,
    and the table `but`.

    History counts too: it names people by their numbers, and SQLite gives a number that became free again.
    """
    things = [
        exists().where(column == person.id)
        for table in Base.metadata.sorted_tables
        if table.name not in (SignInRequest.__tablename__, but)
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    ]
    about = and_(Entry.thing == Person.__tablename__, Entry.thing_id == person.id)
    things.append(exists().where(or_(Entry.by_id == person.id, about)))
    return any(db.session.execute(select(*things)).one())


def is_administrator(person: Person) -> bool:
    """Whether this person may act everywhere, now."""
    return grant_of(person) is not None


def grant_of(person: Person) -> Administrator | None:
    """What lets this person act everywhere, now."""
    grant = select(Administrator).where(Administrator.person_id == person.id, Administrator.ended_at.is_(None))
    return db.session.scalar(grant.order_by(Administrator.id).limit(1))


def administrators() -> list[Person]:
    """Who may act everywhere now, by name; not who may not sign in."""
    granted = select(Administrator.person_id).where(Administrator.ended_at.is_(None))
    query = select(Person).where(Person.id.in_(granted), Person.disabled_at.is_(None))
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))


def people_like(words: str, *, most: int) -> list[Person]:
    """People with these words in their name or address, by name; the disabled ones where no words are given."""
    query = select(Person).where(Person.disabled_at.is_not(None))
    if words:
        query = select(Person).where(
            Person.name.icontains(words, autoescape=True) | Person.email.icontains(words, autoescape=True)
        )
    return list(db.session.scalars(query.order_by(Person.name, Person.id).limit(most)))


def open_sign_ins(person: Person, *, at: datetime, idle: timedelta) -> list[SignIn]:
    """Where this person is signed in, the newest first."""
    query = select(SignIn).where(
        SignIn.person_id == person.id,
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > at - idle,
    )
    return list(db.session.scalars(query.order_by(SignIn.signed_in_at.desc())))


def entries_about(person: Person) -> list[Entry]:
    """What happened to this person's right to sign in and to act everywhere, the newest first."""
    grants = select(Administrator.id).where(Administrator.person_id == person.id)
    query = select(Entry).where(
        and_(Entry.thing == Person.__tablename__, Entry.thing_id == person.id)
        | and_(Entry.thing == Administrator.__tablename__, Entry.thing_id.in_(grants))
    )
    return list(db.session.scalars(query.order_by(Entry.id.desc())))
