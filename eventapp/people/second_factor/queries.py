from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.ground.security.tokens import hashes
from eventapp.people.models import Person
from eventapp.people.second_factor.models import Passkey, RecoveryCode


@dataclass(frozen=True)
class Codes:
    """How many recovery codes somebody has left, of how many, since when, and when one was used last."""

    left: int
    made: int
    made_at: datetime | None
    used_at: datetime | None


def passkeys_of(person: Person) -> list[Passkey]:
    """The passkeys of this person, the oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)))


def passkey_of(person: Person, number: int) -> Passkey | None:
    """The passkey of this person under this number."""
    return db.session.scalar(select(Passkey).where(Passkey.person_id == person.id, Passkey.id == number))


def passkey_named(person: Person, credential: str) -> Passkey | None:
    """The passkey of this person that answers under this name."""
    query = select(Passkey).where(Passkey.person_id == person.id, Passkey.credential == credential)
    return db.session.scalar(query)


def is_taken(credential: str) -> bool:
    """Whether somebody has this passkey already."""
    return db.session.scalar(select(Passkey.id).where(Passkey.credential == credential)) is not None


def codes_of(person: Person) -> Codes:
    """The recovery codes of this person, counted."""
    made_at, used_at = RecoveryCode.made_at, RecoveryCode.used_at
    query = select(func.count(used_at), func.count(), func.max(made_at), func.max(used_at))
    used, made, last_made, last_used = db.session.execute(query.where(RecoveryCode.person_id == person.id)).one()
    return Codes(made - used, made, last_made, last_used)


def unused_code(person: Person, code: str) -> RecoveryCode | None:
    """The recovery code of this person that reads like this and was not used."""
    right = RecoveryCode.code_hash.in_(hashes(seed_of(person, code)))
    return db.session.scalar(
        select(RecoveryCode).where(RecoveryCode.person_id == person.id, right, RecoveryCode.used_at.is_(None))
    )


def seed_of(person: Person, code: str) -> str:
    """What is hashed of a recovery code: two people never share one."""
    return f"recovery {person.id} {code}"
