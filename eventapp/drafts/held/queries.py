from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from eventapp.drafts.held.models import HeldFile
from eventapp.ground.db import db
from eventapp.ground.db.files import ReadFile
from eventapp.ground.security.sealing import END, opened, seal
from eventapp.ground.security.tokens import hashed

HELD_FOR = timedelta(hours=2)


@dataclass(frozen=True)
class Held:
    """A held file as it came."""

    field: str
    content_type: str
    content: bytes
    size: int
    sha256: str
    given_name: str


def held_files(form_secret: str, *, at: datetime) -> dict[str, Held]:
    """The files that are held for the form with this secret, by their fields; without those that no key opens."""
    if not form_secret:
        return {}
    query = select(HeldFile).where(HeldFile.form_hash == hashed(form_secret), HeldFile.held_at > at - HELD_FOR)
    found = (as_it_came(one) for one in db.session.scalars(query))
    return {one.field: one for one in found if one}


def sealed(row: HeldFile, file: ReadFile) -> bytes:
    """This file with its name, as the row holds it."""
    return seal(owner_of(row), file.given_name.encode() + END + file.content)


def as_it_came(row: HeldFile) -> Held | None:
    """What is held, opened; None where no key opens it."""
    name, content = row.given_name, row.content
    if row.is_sealed:
        whole = opened(owner_of(row), row.content)
        if whole is None:
            return None
        written, _end, content = whole.partition(END)
        name = written.decode()
    return Held(row.field, row.content_type, content, row.size, row.sha256, name)


def owner_of(row: HeldFile) -> str:
    """Whose it is, as what is sealed says it."""
    return f"held {row.form_hash} {row.field}"


def has_old(at: datetime) -> bool:
    """Whether there are files whose form nobody sent again in time."""
    return db.session.scalar(select(HeldFile.id).where(HeldFile.held_at <= at - HELD_FOR).limit(1)) is not None
