"""People, added where we meet them first."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Executable, bindparam, delete, select, update

from eventapp.ground.db import db, lock_whole
from eventapp.ground.db.dialects import insert_of
from eventapp.ground.db.types import Base
from eventapp.people.addresses import address_of
from eventapp.people.models import Person, SignInRequest
from eventapp.people.queries import is_in_use

# Statements of every registration, made once: building one costs more than running it.
PEOPLE = Base.metadata.tables[Person.__tablename__]
AT_ADDRESS = select(PEOPLE.c.id, PEOPLE.c.language).where(PEOPLE.c.email == bindparam("address"))


@cache
def meeting_them(dialect: str) -> Executable:
    """The statement that adds whoever we meet first, made once: building one costs more than running it."""
    row = {"name": "called", "email": "address", "language": "reads", "known_since": "since"}
    statement = insert_of(dialect)(PEOPLE).values({column: bindparam(word) for column, word in row.items()})
    added: Executable = statement.on_conflict_do_nothing(index_elements=["email"]).returning(PEOPLE.c.id)
    return added


class Met(NamedTuple):
    """Somebody at an address: their row's number, how to write to them, and whether this is the first we hear."""

    id: int
    email: str
    language: str
    is_new: bool


def meet(name: str, email: str, *, at: datetime, language: str = "en") -> Met:
    """The person at this address, added where we meet them first. Two who meet them at once make one row."""
    address = address_of(email)
    row = {"called": name.strip(), "address": address, "reads": language, "since": at}
    number = db.session.scalar(meeting_them(db.engine.dialect.name), row)
    if number is not None:
        return Met(number, address, language, is_new=True)
    number, language = db.session.execute(AT_ADDRESS, {"address": address}).one()
    return Met(number, address, language, is_new=False)


def know(name: str, email: str, *, at: datetime, language: str = "en") -> Person:
    """The row of the person at this address, added where we meet them first."""
    return db.session.get_one(Person, meet(name, email, at=at, language=language).id)


def forget_unused(person: Person) -> None:
    """Delete somebody on whom nothing hangs any more: their name and address would stand nowhere else, for ever."""
    lock_whole(person)
    if is_in_use(person):
        return
    asked = update(SignInRequest).where(SignInRequest.person_id == person.id)
    db.session.execute(asked.values(person_id=None))
    db.session.execute(delete(Person).where(Person.id == person.id))
