"""Holding the files of a form, and letting them go."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select

from eventapp.drafts.held.models import HeldFile
from eventapp.drafts.held.queries import HELD_FOR, sealed
from eventapp.ground.db import db
from eventapp.ground.db.files import ReadFile
from eventapp.ground.security.sealing import can_seal
from eventapp.ground.security.tokens import hashed, secret

MOST_FILES = 20  # of one form
ROOM = 200 * 1024 * 1024  # bytes of all files that are held: what comes after is asked for again
AT_ONCE = 50  # rows that the sweep deletes in one transaction


def hold(files: Mapping[str, ReadFile], form_secret: str, *, at: datetime) -> str:
    """Hold these files, by the name of their field, for the form with this secret, a new one where it has none.

    Returns the secret; "" where there is no room, and nothing more is held. A file takes the place of the one before.
    """
    form_secret = form_secret or secret()
    form_hash = hashed(form_secret)
    db.session.execute(delete(HeldFile).where(HeldFile.form_hash == form_hash, HeldFile.held_at <= at - HELD_FOR))
    before = {one.field: one for one in db.session.scalars(select(HeldFile).where(HeldFile.form_hash == form_hash))}
    taken = db.session.scalar(select(func.coalesce(func.sum(HeldFile.size), 0))) or 0
    new = {name: one for name, one in files.items() if name not in before or before[name].sha256 != one.sha256}
    if taken + sum(len(one.content) for one in new.values()) > ROOM or len(before.keys() | new) > MOST_FILES:
        return ""
    for name, one in new.items():
        row = before.setdefault(name, HeldFile(form_hash=form_hash, field=name))
        row.content_type, row.size, row.sha256 = one.content_type, len(one.content), one.sha256
        row.is_sealed = can_seal()  # it may be the picture of a passport
        row.given_name = "" if row.is_sealed else one.given_name
        row.content = sealed(row, one) if row.is_sealed else one.content
        db.session.add(row)
    for row in before.values():
        row.held_at = at
    db.session.flush()
    return form_secret


def let_go(form_secret: str, fields: Iterable[str]) -> None:
    """Delete what is held in these fields of the form with this secret: somebody left the file out."""
    names = list(fields)
    db.session.execute(delete(HeldFile).where(HeldFile.form_hash == hashed(form_secret), HeldFile.field.in_(names)))


def forget_held(at: datetime) -> int:
    """Delete the next files whose form nobody sent again in time, or that went with it. Returns how many."""
    old = select(HeldFile.id).where(HeldFile.held_at <= at - HELD_FOR).order_by(HeldFile.id).limit(AT_ONCE)
    numbers = list(db.session.scalars(old))
    db.session.execute(delete(HeldFile).where(HeldFile.id.in_(numbers)))
    return len(numbers)
